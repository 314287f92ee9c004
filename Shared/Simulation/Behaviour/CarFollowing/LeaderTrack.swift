/// A leader's recorded speed, linear between its points.
public struct LeaderTrack: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    /// Seconds.
    public var time: Double
    /// m/s.
    public var speed: Double

    public init(time: Double, speed: Double) {
      self.time = time
      self.speed = speed
    }
  }

  public let points: [Point]

  /// - Precondition: at least two points, ascending in time.
  public init(_ points: [Point]) {
    precondition(points.count >= 2 && zip(points, points.dropFirst()).allSatisfy { $0.time < $1.time })
    self.points = points
  }

  public var start: Double { points[0].time }
  public var duration: Double { points[points.count - 1].time - points[0].time }

  /// Whole steps of a follower that the track covers. Times in decimal aren't exact in binary, hence the tolerance.
  public var stepCount: Int { Int((duration / CarFollower.stepLength + 1e-6).rounded(.down)) }

  /// The speed at the start of every step, and after the last one: `stepCount` + 1 values.
  public func speedsAtSteps() -> [Double] {
    var speeds: [Double] = []
    let count = stepCount
    speeds.reserveCapacity(count + 1)
    var stretch = 0
    for step in 0...count {
      let time = start + Double(step) / stepsPerSecond
      while stretch < points.count - 2, points[stretch + 1].time <= time { stretch += 1 }
      let (a, b) = (points[stretch], points[stretch + 1])
      let share = min(1, max(0, (time - a.time) / (b.time - a.time)))
      speeds.append(a.speed + (b.speed - a.speed) * share)
    }
    return speeds
  }

  /// Its reciprocal isn't exact in binary, so times are divided, not multiplied.
  private var stepsPerSecond: Double { (1 / CarFollower.stepLength).rounded() }
}
