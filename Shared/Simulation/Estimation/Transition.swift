#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One step of the motion with its Jacobian.
///
/// The vehicle covers s = v·h + a·h²/2 on an arc of curvature κ: it turns by κ·s and moves by s·sin(u)/u in direction
/// ψ + u with u = κ·s/2. Exact for constant curvature; the decay of the acceleration within the step is left out of s, an
/// error of a·h³/(6·τ).
struct Transition {
  /// Where the step leads.
  var target: MotionVector
  /// Rows of the Jacobian without their unit entries.
  var x: Slopes
  var y: Slopes
  var heading: Slopes
  var speedByAcceleration: Double
  var accelerationDecay: Double
  var curvatureDecay: Double
  var speedBiasDecay: Double
  var yawRateBiasDecay: Double

  struct Slopes {
    var heading = 0.0
    var speed = 0.0
    var acceleration = 0.0
    var curvature = 0.0
  }

  /// - Parameter h: s; below 0 for the way back, on which nothing decays.
  init(from mean: MotionVector, by h: Double, parameters: EstimationParameters) {
    let (heading, speed, acceleration, curvature) = (mean[2], mean[3], mean[4], mean[5])
    let distance = speed * h + 0.5 * acceleration * h * h
    let halfTurn = 0.5 * curvature * distance
    let (chord, chordSlope) = Self.chord(halfTurn)
    let (sine, cosine) = (sin(heading + halfTurn), cos(heading + halfTurn))

    // d(s·k)/ds = k + u·k′, because u grows with s; d(s·k)/dκ = s·k′·s/2.
    let along = chord + halfTurn * chordSlope
    let across = 0.5 * curvature * distance * chord
    let byDistance = (x: along * cosine - across * sine, y: along * sine + across * cosine)
    let half = 0.5 * distance * distance
    let byHeading = (x: -distance * chord * sine, y: distance * chord * cosine)
    x = Slopes(
      heading: byHeading.x, speed: h * byDistance.x, acceleration: 0.5 * h * h * byDistance.x,
      curvature: half * (chordSlope * cosine - chord * sine))
    y = Slopes(
      heading: byHeading.y, speed: h * byDistance.y, acceleration: 0.5 * h * h * byDistance.y,
      curvature: half * (chordSlope * sine + chord * cosine))
    self.heading = Slopes(speed: h * curvature, acceleration: 0.5 * h * h * curvature, curvature: distance)

    let forward = max(h, 0)
    accelerationDecay = exp(-forward / parameters.accelerationTime)
    speedByAcceleration =
      h < 0 || parameters.accelerationTime.isInfinite
      ? h : -parameters.accelerationTime * expm1(-h / parameters.accelerationTime)
    curvatureDecay = exp(-forward / parameters.curvatureTime)
    speedBiasDecay = exp(-forward / parameters.speedBiasTime)
    yawRateBiasDecay = exp(-forward / parameters.yawRateBiasTime)

    target = mean
    target[0] += distance * chord * cosine
    target[1] += distance * chord * sine
    target[2] = Angle.wrapped(heading + 2 * halfTurn)
    target[3] += acceleration * speedByAcceleration
    target[4] *= accelerationDecay
    target[5] *= curvatureDecay
    target[6] *= speedBiasDecay
    target[7] *= yawRateBiasDecay
  }

  /// sin(u)/u and its derivative.
  private static func chord(_ u: Double) -> (value: Double, slope: Double) {
    abs(u) < 1e-3 ? (1 - u * u / 6, -u / 3) : (sin(u) / u, (u * cos(u) - sin(u)) / (u * u))
  }

  /// h·F for a row h of a measurement's Jacobian.
  func pulled(_ row: MotionVector) -> MotionVector {
    var result = row
    result[2] += row[0] * x.heading + row[1] * y.heading
    result[3] += row[0] * x.speed + row[1] * y.speed + row[2] * heading.speed
    result[4] =
      row[0] * x.acceleration + row[1] * y.acceleration + row[2] * heading.acceleration
      + row[3] * speedByAcceleration + row[4] * accelerationDecay
    result[5] = row[0] * x.curvature + row[1] * y.curvature + row[2] * heading.curvature + row[5] * curvatureDecay
    result[6] *= speedBiasDecay
    result[7] *= yawRateBiasDecay
    return result
  }
}
