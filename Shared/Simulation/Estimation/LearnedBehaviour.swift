/// What a virtual vehicle has learned of its vehicle and sensors, to be kept over a restart.
public struct LearnedBehaviour: Sendable, Hashable {
  /// Standard deviations of the noise of positions (metres per axis) and speeds (m/s) that don't state it.
  public var positionNoise: Double
  public var speedNoise: Double
  /// Logarithms of factors on the standard deviations of predictions, by the horizons of `VirtualVehicle.horizons`: the
  /// level of the errors, and what the ellipse and the circle need beside it for 90 %.
  public var levels: [Double]
  public var ellipses: [Double]
  public var circles: [Double]
  /// Comparisons behind them, by horizon.
  public var counts: [Int]

  public init(
    positionNoise: Double, speedNoise: Double, levels: [Double], ellipses: [Double], circles: [Double], counts: [Int]
  ) {
    self.positionNoise = positionNoise
    self.speedNoise = speedNoise
    self.levels = levels
    self.ellipses = ellipses
    self.circles = circles
    self.counts = counts
  }
}

extension VirtualVehicle {
  /// What was learned so far.
  public var learned: LearnedBehaviour {
    let horizons = 0..<Self.horizons.count
    return LearnedBehaviour(
      positionNoise: positionNoise.deviation, speedNoise: speedNoise.deviation,
      levels: horizons.map { Double(regions.levels[$0]) }, ellipses: horizons.map { Double(regions.ellipses[$0]) },
      circles: horizons.map { Double(regions.circles[$0]) }, counts: horizons.map { Int(regions.counts[$0]) })
  }

  /// Takes up which channels were outside their bounds before; each stays so until it is compared again.
  public mutating func recall(outside channels: [Channel]) { divergence.outside = channels }

  /// Goes on from what was learned before. Values that no learning could have led to are left out.
  public mutating func recall(_ learned: LearnedBehaviour) {
    positionNoise.recall(learned.positionNoise, within: parameters.positionNoiseRange)
    speedNoise.recall(learned.speedNoise, within: parameters.speedNoiseRange)
    regions.recall(learned)
  }
}

extension NoiseEstimate {
  fileprivate mutating func recall(_ deviation: Double, within range: ClosedRange<Double>) {
    guard deviation.isFinite, range.contains(deviation) else { return }
    self = NoiseEstimate(deviation: deviation, count: .max)
  }
}

extension PredictionRegions {
  fileprivate mutating func recall(_ learned: LearnedBehaviour) {
    let all = [learned.levels, learned.ellipses, learned.circles]
    let count = Self.horizons.count
    guard all.allSatisfy({ $0.count == count }), learned.counts.count == count else { return }
    guard all.joined().allSatisfy({ $0.isFinite && abs($0) < Self.greatestLogarithm }) else { return }
    for horizon in 0..<count {
      recall(
        horizon, level: Float(learned.levels[horizon]), ellipse: Float(learned.ellipses[horizon]),
        circle: Float(learned.circles[horizon]), count: UInt16(clamping: learned.counts[horizon]))
    }
  }

  /// A factor of e¹⁰ on a standard deviation says that nothing was learned.
  private static let greatestLogarithm = 10.0
}
