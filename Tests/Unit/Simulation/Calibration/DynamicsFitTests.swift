import SimulationCalibration
import SimulationKernel
import SimulationVehicles
import Testing

@Suite struct DynamicsFitTests {
  /// A vehicle of known behaviour, driven by known pedals and steering, and measured with noise at 10 Hz.
  struct Drive {
    var ratio = 15.0
    var gradient = 0.003
    var brakeDeadTime = 0.18
    var brakeRamp = 0.35
    var driveDeadTime = 0.12
    var driveLag = 0.45
    var friction = 0.9
    var noise = 1.0
    var interval = 0.1
    var seconds = 310.0
    var steers = true
    var efficiency = 0.4
    var offset = 9_000.0

    static let vehicle = VehicleCatalogue.all[0].parameters
    private static let step = 0.01
    private static let throttleGain = 4.0
    private static let brakeGain = 8.0

    /// Pedals and front wheel angle over a cycle of 45 s, then coasting.
    private func controls(_ time: Double, _ speed: Double, _ jitter: [Double]) -> (Double, Double, Double) {
      if time > seconds - 130 {
        let since = time - (seconds - 130)
        return (since < 12 ? 0.55 : 0, 0, 0)
      }
      let cycle = time.truncatingRemainder(dividingBy: 45)
      let shift = jitter[Int(time / 45) % jitter.count]
      let at = cycle - shift
      let throttle =
        at < 1 ? 0 : at < 6 ? 0.5 : at < 8 ? 0.2 : at < 12 ? 0.45 : at < 22 ? 0 : at < 25 ? 0.3 : at < 44 ? 0.08 : 0
      let brake = at < 16 ? 0 : at < 18 ? 0.4 : at < 18.7 ? 0 : at < 20 ? 0.25 : 0
      var steering = 0.0
      if steers, at > 26, at < 43 { steering = [0.02, -0.03, 0.04, -0.015][Int((at - 26) / 4.3) % 4] }
      return (speed > 32 ? 0 : throttle, brake, steering)
    }

    func log() -> [DynamicsRow] {
      var stream = RunSeed(11).stream(for: "drive")
      let jitter = (0..<20).map { _ in stream.uniform() * 0.9 }
      let vehicle = Self.vehicle
      var (speed, throttleState) = (8.0, 0.0)
      var pedals: [(throttle: Double, brake: Double)] = []
      var rows: [DynamicsRow] = []
      let every = Int((interval / Self.step).rounded())
      func past(_ seconds: Double, _ index: Int) -> Int { max(0, index - Int((seconds / Self.step).rounded())) }
      for index in 0..<Int(seconds / Self.step) {
        let time = Double(index) * Self.step
        let (throttle, brake, steering) = controls(time, speed, jitter)
        pedals.append((throttle, brake))
        let late = pedals[past(driveDeadTime, index)].throttle
        throttleState += (late - throttleState) * Self.step / driveLag
        let (newest, oldest) = (past(brakeDeadTime, index), past(brakeDeadTime + brakeRamp, index))
        var ramped = 0.0
        if newest > oldest {
          for place in oldest..<newest { ramped += pedals[place].brake }
          ramped /= Double(newest - oldest)
        }
        let load = vehicle.roadLoadA + vehicle.roadLoadB * speed + vehicle.roadLoadC * speed * speed
        let rotating = 1.03 * vehicle.mass
        let driven = Self.throttleGain * throttleState
        let acceleration = max(-friction * gravity, driven - Self.brakeGain * ramped - load / rotating)
        if index % every == 0 {
          let yawRate = speed * steering / (vehicle.wheelbase + gradient * speed * speed)
          let wheel = driven * rotating * speed
          func noisy(_ value: Double, _ deviation: Double) -> Double {
            value + noise * stream.normal(standardDeviation: deviation)
          }
          rows.append(
            DynamicsRow(
              time: time, speed: max(0, noisy(speed, 0.03)), steering: noisy(ratio * steering, 0.005) + 0.02,
              yawRate: noisy(yawRate, 0.003), acceleration: noisy(acceleration, 0.05),
              lateralAcceleration: noisy(yawRate * speed, 0.05), throttle: throttle, brake: brake, grade: 0,
              power: max(0, wheel) / efficiency + offset))
        }
        speed = max(0, speed + acceleration * Self.step)
      }
      return rows
    }
  }

  private func expect(_ fit: ParameterFit, _ name: String, _ truth: Double, atMost std: Double) throws {
    let estimate = try #require(fit.parameters[name], "\(name): \(fit.omitted[name] ?? "missing")")
    #expect(abs(estimate.value - truth) <= 1.96 * estimate.std, "\(name): \(estimate), truth \(truth)")
    // An interval that holds everything would say nothing.
    #expect(estimate.std <= std && estimate.std > 0, "\(name): \(estimate)")
  }

  @Test func `A known vehicle is found within the stated intervals`() throws {
    let drive = Drive()
    let vehicle = Drive.vehicle
    let fit = try DynamicsFit.fit(drive.log(), vehicle: vehicle, holdoutShare: 0, seed: 1)
    try expect(fit, "steering_ratio", drive.ratio, atMost: 0.3)
    try expect(fit, "understeer_gradient_rad_per_mps2", drive.gradient, atMost: 0.0005)
    try expect(fit, "brake_dead_time_s", drive.brakeDeadTime, atMost: 0.06)
    try expect(fit, "brake_ramp_s", drive.brakeRamp, atMost: 0.1)
    try expect(fit, "drive_dead_time_s", drive.driveDeadTime, atMost: 0.06)
    try expect(fit, "drive_lag_s", drive.driveLag, atMost: 0.1)
    try expect(fit, "road_load_a_n", vehicle.roadLoadA, atMost: 80)
    try expect(fit, "road_load_b_n_per_mps", vehicle.roadLoadB, atMost: 8)
    try expect(fit, "road_load_c_n_per_mps2", vehicle.roadLoadC, atMost: 0.3)
    try expect(fit, "willans_efficiency", drive.efficiency, atMost: 0.05)
    #expect(fit.omitted["tyre_friction"]?.contains("a lower bound") == true)
    #expect(try #require(fit.fit["braking_acceleration_rmse_mps2"]) < 0.15)
    #expect(try #require(fit.fit["steering_rmse_rad"]) < 0.02)
  }

  @Test func `The held-back part has errors of its own and no say in the values`() throws {
    let log = Drive().log()
    let fit = try DynamicsFit.fit(log, vehicle: Drive.vehicle, holdoutShare: 0.5, seed: 1)
    #expect(fit.sampleCount == 1_550 && fit.holdoutCount == 1_550)
    #expect(try #require(fit.holdout["steering_rmse_rad"]) < 0.03)
    #expect(try #require(fit.holdout["driving_acceleration_rmse_mps2"]) < 0.2)
    var other = log
    for index in 1_550..<other.count { other[index].steering = (other[index].steering ?? 0) + 0.2 }
    let again = try DynamicsFit.fit(other, vehicle: Drive.vehicle, holdoutShare: 0.5, seed: 1)
    #expect(again.parameters == fit.parameters)
    #expect(try #require(again.holdout["steering_rmse_rad"]) > 0.1)
  }

  @Test func `What the log doesn't excite is left out with the reason`() throws {
    var drive = Drive()
    drive.steers = false
    let straight = try DynamicsFit.fit(drive.log(), vehicle: Drive.vehicle, holdoutShare: 0, seed: 1)
    #expect(straight.parameters["steering_ratio"] == nil)
    #expect(straight.omitted["steering_ratio"]?.contains("no bend") == true)
    #expect(straight.parameters["brake_dead_time_s"] != nil)

    var coarse = Drive()
    coarse.interval = 1
    let slow = try DynamicsFit.fit(coarse.log(), vehicle: Drive.vehicle, holdoutShare: 0, seed: 1)
    #expect(slow.omitted["brake_dead_time_s"]?.contains("samples are 1.0 s apart") == true)
    #expect(slow.omitted["drive_lag_s"] != nil)

    var bare = Drive().log()
    for index in bare.indices { (bare[index].throttle, bare[index].power) = (nil, nil) }
    let unknown = try DynamicsFit.fit(bare, vehicle: Drive.vehicle, holdoutShare: 0, seed: 1)
    for name in ["road_load_a_n", "drive_lag_s", "willans_efficiency"] {
      #expect(unknown.parameters[name] == nil && unknown.omitted[name] != nil)
    }
  }

  @Test func `Full braking that the tyres limit tells the friction, anything less only bounds it`() throws {
    let rows = (0..<400).map { index -> DynamicsRow in
      // Three stops from 20 m/s: full pedal, 5 m/s² of deceleration where the brakes could do 10.
      let time = Double(index) * 0.1
      let at = time.truncatingRemainder(dividingBy: 10)
      let brakes = at >= 6
      return DynamicsRow(
        time: time, speed: brakes ? max(3, 20 - 5 * (at - 6)) : 20, acceleration: brakes ? -5 : 0,
        brake: brakes ? 1 : 0)
    }
    let fit = try DynamicsFit.fit(rows, vehicle: Drive.vehicle, holdoutShare: 0, seed: 1)
    #expect(abs((fit.parameters["tyre_friction"]?.value ?? 0) - 5 / gravity) < 0.01)
  }

  @Test func `What can't be fitted is refused with the field and the reason`() {
    func refusal(_ log: [DynamicsRow], _ share: Double = 0) -> FitRefusal? {
      #expect(throws: FitRefusal.self) {
        _ = try DynamicsFit.fit(log, vehicle: Drive.vehicle, holdoutShare: share, seed: 1)
      }
    }
    let steady = (0..<100).map { DynamicsRow(time: Double($0) * 0.1, speed: 10) }
    #expect(refusal(steady)?.reason.contains("nothing can be told") == true)
    #expect(refusal(steady, -0.1)?.field == "holdout_share")
    #expect(refusal(Array(steady.prefix(10)))?.reason.contains("at least 50") == true)
    var twice = steady
    twice[3].time = twice[2].time
    #expect(refusal(twice)?.field == "samples[3].time")
  }
}
