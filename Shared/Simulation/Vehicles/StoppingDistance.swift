/// Closed forms of the stopping distance, beside which simulated ones are reported.
public enum StoppingDistance {
  /// v²/2a: full deceleration from the first instant to standstill, metres.
  ///
  /// - Parameters:
  ///   - speed: m/s.
  ///   - deceleration: m/s², μ·g where friction limits it.
  public static func ideal(from speed: Double, deceleration: Double) -> Double { speed * speed / (2 * deceleration) }

  /// The exact distance with a dead time and a linear build-up, metres:
  /// v·(t_d + t_r/2) + v²/2a − a·t_r²/24, or the part of it until standstill where the stop ends inside the build-up.
  public static func withLag(from speed: Double, deceleration: Double, actuator: BrakeActuator) -> Double {
    let ramp = actuator.ramp
    let beforeBraking = speed * actuator.deadTime
    let speedAfterRamp = speed - 0.5 * deceleration * ramp
    guard speedAfterRamp > 0 else {
      let duration = (2 * speed * ramp / deceleration).squareRoot()
      return beforeBraking + speed * duration - deceleration * duration * duration * duration / (6 * ramp)
    }
    let duringRamp = speed * ramp - deceleration * ramp * ramp / 6
    return beforeBraking + duringRamp + ideal(from: speedAfterRamp, deceleration: deceleration)
  }

  /// (m/2C)·ln(1 + C·v²/(m·a)): full deceleration `a` plus the air drag C·v², metres.
  ///
  /// - Parameter dragPerMass: C/m, 1/m.
  public static func withAirDrag(from speed: Double, deceleration: Double, dragPerMass: Double) -> Double {
    guard dragPerMass > 0 else { return ideal(from: speed, deceleration: deceleration) }
    return naturalLogarithm(1 + dragPerMass * speed * speed / deceleration) / (2 * dragPerMass)
  }

  /// d/dμ of v²/2μg, metres per unit of friction.
  public static func frictionSensitivity(from speed: Double, friction: Double) -> Double {
    -speed * speed / (2 * gravity * friction * friction)
  }
}
