#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How large the regions around predictions must be for 90 % of what happens to lie in them, learned from what happened.
///
/// The filter's own covariance knows the sensors and the average driver, not this one. So a few predictions are kept until
/// their time has come and compared with the position that is measured then. For each horizon that gives two things. A
/// level, the mean logarithm of the normalised distance less what it is for a normal distribution: it finds the size of
/// the errors within a few comparisons. And a correction on top, which goes up where a position fell outside its region
/// and down where it didn't, by steps that balance at 90 % whatever the distribution (adaptive conformal inference:
/// I. Gibbs, E. Candès, NeurIPS 2021; as quantile tracking: A. Angelopoulos, E. Candès, R. Tibshirani, "Conformal PID
/// control for time series prediction", NeurIPS 2023). Two shapes are corrected: the ellipse of the covariance, and a
/// circle. Memory is constant: ten predictions, three numbers for each horizon.
struct PredictionRegions: Sendable {
  /// s, ascending.
  static let horizons = [0.5, 1, 2, 3, 5]
  /// What the corrections aim at. Errors come in clusters and are known the later the farther ahead they were, so regions
  /// lag behind; aiming higher by as much as that costs gave 90 % on the first halves of the OpenACC files.
  private static let shares: InlineArray<5, Double> = [0.9, 0.91, 0.91, 0.91, 0.92]
  /// No region claims more than this standard deviation, metres: what is at rest is measured to wander by millimetres.
  private static let floor = 0.01

  /// Logarithms of factors on the standard deviations, by horizon.
  private(set) var levels = InlineArray<5, Float>(repeating: 0)
  /// What the ellipse, and what the circle needs beside the level.
  /// Far ahead the positions lie in a bow that no ellipse fits, so they begin where drives by the filter's own model end.
  private(set) var ellipses: InlineArray<5, Float> = [0, 0, 0.05, 0.12, 0.3]
  private(set) var circles = InlineArray<5, Float>(repeating: 0)
  /// Comparisons so far, by horizon.
  private(set) var counts = InlineArray<5, UInt16>(repeating: 0)
  private var pending = InlineArray<10, Pending>(repeating: Pending())
  /// When the next prediction of each horizon is kept, nanoseconds since the Unix epoch.
  private var next = InlineArray<5, Int64>(repeating: .min)

  /// A prediction whose time hasn't come.
  private struct Pending: Sendable {
    /// Nanoseconds since the Unix epoch; 0 for none.
    var due: Int64 = 0
    var x = 0.0
    var y = 0.0
    var xx: Float = 0
    var xy: Float = 0
    var yy: Float = 0
  }

  /// So many predictions of each horizon may be on their way.
  private static let slots: InlineArray<5, Int> = [1, 2, 2, 2, 3]
  private static let horizonOfSlot: InlineArray<10, Int> = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]

  // MARK: Learning

  /// Below this a vehicle is at rest, which says nothing of how it drives, m/s.
  private static let slowest = 0.5
  /// A position so much later than a prediction's time, s, isn't led back to it.
  private static let latest = 0.3
  /// E(ln √χ²) with two degrees of freedom, (ln 2 − γ)/2.
  private static let meanLogarithm: Float = 0.057_966
  /// Normalised distances count as no less than exp(−3), so that a perfect prediction doesn't end the matter.
  private static let leastLogarithm: Float = -3
  /// Weight of one comparison in the level in the long run; the first ones weigh like `prior` more.
  private static let levelRate: Float = 0.005
  private static let prior: Float = 2
  /// Step of the corrections.
  private static let step: Float = 0.2

  mutating func forgetPending() {
    pending = InlineArray(repeating: Pending())
    next = InlineArray(repeating: .min)
  }

  /// Compares what is due with a measured position.
  mutating func observe(_ position: VehicleSample.LocalPosition, at nanoseconds: Int64, _ filter: MotionFilter) {
    for slot in 0..<10 where pending[slot].due != 0 && pending[slot].due <= nanoseconds {
      let prediction = pending[slot]
      pending[slot].due = 0
      let late = Double(nanoseconds - prediction.due) / 1e9
      guard late <= Self.latest else { continue }
      let way = filter[.speed] * late
      let (dx, dy) = (
        position.x - way * cos(filter[.heading]) - prediction.x, position.y - way * sin(filter[.heading]) - prediction.y
      )
      let covariance = PositionCovariance(
        xx: Double(prediction.xx), xy: Double(prediction.xy), yy: Double(prediction.yy))
      learn(dx, dy, covariance, horizon: Self.horizonOfSlot[slot])
    }
  }

  private mutating func learn(_ dx: Double, _ dy: Double, _ covariance: PositionCovariance, horizon: Int) {
    let square = covariance.normalisedSquare(x: dx, y: dy)
    let region = region(covariance, horizon: horizon)
    let share = Self.shares[horizon]
    let inEllipse = region.covariance.normalisedSquare(x: dx, y: dy) <= PositionCovariance.quantile90
    let inCircle = (dx * dx + dy * dy).squareRoot() <= region.radius
    ellipses[horizon] += Self.step * Float(inEllipse ? share - 1 : share)
    circles[horizon] += Self.step * Float(inCircle ? share - 1 : share)
    let logarithm = max(Self.leastLogarithm, Float(0.5 * log(square))) - Self.meanLogarithm
    let weight = max(Self.levelRate, 1 / (Self.prior + Float(counts[horizon]) + 1))
    levels[horizon] += weight * (logarithm - levels[horizon])
    if counts[horizon] < .max { counts[horizon] += 1 }
  }

  /// Whether a prediction should be kept now.
  func isDue(at nanoseconds: Int64, speed: Double) -> Bool {
    guard abs(speed) > Self.slowest else { return false }
    return (0..<5).contains { next[$0] <= nanoseconds }
  }

  /// Keeps predictions, which are those of `horizons`, unscaled.
  mutating func keep(_ positions: [(x: Double, y: Double, covariance: PositionCovariance)], at nanoseconds: Int64) {
    for slot in 0..<10 {
      let horizon = Self.horizonOfSlot[slot]
      guard next[horizon] <= nanoseconds, pending[slot].due < nanoseconds else { continue }
      let (x, y, covariance) = positions[horizon]
      pending[slot] = Pending(
        due: nanoseconds + Int64(Self.horizons[horizon] * 1e9), x: x, y: y, xx: Float(covariance.xx),
        xy: Float(covariance.xy), yy: Float(covariance.yy))
      next[horizon] = nanoseconds + Self.pause(horizon, at: nanoseconds)
    }
  }

  /// Time until the next prediction of a horizon, from 1 to 1½ of its share in nanoseconds. It varies, so that what has a
  /// period of its own (a receiver's solution that is corrected every second) isn't always met in the same phase.
  private static func pause(_ horizon: Int, at nanoseconds: Int64) -> Int64 {
    let share = horizons[horizon] / Double(slots[horizon])
    let mixed = (UInt64(bitPattern: nanoseconds) &+ UInt64(horizon)) &* 0x9e37_79b9_7f4a_7c15
    return Int64(share * (1 + 0.5 * Double(mixed >> 40) / 16_777_216) * 1e9)
  }

  /// Sets what was learned of a horizon before.
  mutating func recall(_ horizon: Int, level: Float, ellipse: Float, circle: Float, count: UInt16) {
    levels[horizon] = level
    ellipses[horizon] = ellipse
    circles[horizon] = circle
    counts[horizon] = count
  }

  // MARK: Answers

  /// The region around a prediction: its covariance scaled, and the circle's radius.
  typealias Region = (covariance: PositionCovariance, radius: Double)

  private static func region(_ covariance: PositionCovariance, ellipse: Float, circle: Float) -> Region {
    (
      covariance.scaled(by: exp(2 * Double(ellipse))).widened(by: Self.floor * Self.floor),
      (PositionCovariance.quantile90 * (covariance.worst * exp(2 * Double(circle)) + Self.floor * Self.floor))
        .squareRoot()
    )
  }

  private func region(_ covariance: PositionCovariance, horizon: Int) -> Region {
    Self.region(
      covariance, ellipse: levels[horizon] + ellipses[horizon], circle: levels[horizon] + circles[horizon])
  }

  /// The region of a prediction with an unscaled covariance. Between two horizons its scales are on the line between
  /// theirs, beyond them those of the nearest.
  func region(_ covariance: PositionCovariance, seconds: Double) -> Region {
    guard let next = Self.horizons.firstIndex(where: { $0 >= seconds }) else { return region(covariance, horizon: 4) }
    guard next > 0 else { return region(covariance, horizon: 0) }
    let span = Self.horizons[next] - Self.horizons[next - 1]
    let share = Float((seconds - Self.horizons[next - 1]) / span)
    func between(_ scales: InlineArray<5, Float>) -> Float {
      scales[next - 1] + share * (scales[next] - scales[next - 1])
    }
    let level = between(levels)
    return Self.region(covariance, ellipse: level + between(ellipses), circle: level + between(circles))
  }
}
