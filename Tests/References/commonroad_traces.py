"""Makes the reference motions in Tests/Unit/Simulation/Vehicles/CommonRoadTraces.swift, from the CommonRoad vehicle models.

pip install commonroad-vehicle-models==3.0.2 numpy scipy omegaconf; then: python commonroad_traces.py
Kinematic (KS), linear (ST) and drift (STD) single-track model of the parameter sets 1 to 3. stepsteer20: 20 m/s, 0.2 rad/s
for 0.1 s. sine0p5Hz15: 15 m/s, 0.04 rad * sin(2 pi * 0.5 Hz * t) for 2 s. LSODA, relative error 1e-10. x and y are those of
the rear axle (KS) or the centre of gravity.
"""

import math

import numpy as np
from scipy.integrate import odeint
from vehiclemodels.vehicle_parameters import setup_vehicle_parameters
from vehiclemodels.vehicle_dynamics_ks import vehicle_dynamics_ks
from vehiclemodels.vehicle_dynamics_st import vehicle_dynamics_st
from vehiclemodels.vehicle_dynamics_std import vehicle_dynamics_std
from vehiclemodels.init_ks import init_ks
from vehiclemodels.init_st import init_st
from vehiclemodels.init_std import init_std

# Of 401, one each 0.01 s.
SAMPLES = (25, 50, 75, 100, 150, 200, 300, 400)


def run(vehicle, manoeuvre, model):
    parameters = setup_vehicle_parameters(vehicle)
    if manoeuvre == "stepsteer20":
        speed, end, steering_rate = 20.0, 10, lambda t: 0.2
    else:
        speed, end, steering_rate = 15.0, 200, lambda t: 0.04 * math.pi * math.cos(math.pi * t)
    start = [0.0, 0.0, 0.0, speed, 0.0, 0.0, 0.0]
    rates, state = {
        "KS": (vehicle_dynamics_ks, init_ks(start)),
        "ST": (vehicle_dynamics_st, init_st(start)),
        "STD": (vehicle_dynamics_std, init_std(start, parameters)),
    }[model]
    times = np.arange(401) * 0.01
    accuracy = {"rtol": 1e-10, "atol": 1e-12, "hmax": 0.005}
    # In two parts, so that no step of the integrator lies across the change.
    steered = odeint(lambda x, t: rates(list(x), [steering_rate(t), 0.0], parameters), state, times[: end + 1], **accuracy)
    held = odeint(lambda x, t: rates(list(x), [0.0, 0.0], parameters), steered[-1], times[end:], **accuracy)
    x = np.vstack([steered, held[1:]])
    if model == "KS":
        return x, x[:, 3] * np.tan(x[:, 2]) / (parameters.a + parameters.b)
    return x, x[:, 5]


if __name__ == '__main__':
    for model in ("KS", "ST", "STD"):
        for manoeuvre in ("stepsteer20", "sine0p5Hz15"):
            for vehicle in (1, 2, 3):
                x, yaw_rate = run(vehicle, manoeuvre, model)
                for i in SAMPLES:
                    print(f"{model},{manoeuvre},{vehicle},{i},{x[i, 0]:.9g},{x[i, 1]:.9g},{yaw_rate[i]:.9g}")
