import SimulationBehaviour

/// A stretch of a log without interruption, ready to be replayed: the leader as speeds at every step, the follower as
/// gaps to compare with.
struct FollowingStretch: Sendable {
  var initialGap: Double
  var initialSpeed: Double
  /// At the start of every step, and after the last.
  var leaderSpeeds: [Double]
  /// What was measured: where it lies between the steps, how large.
  var measured: [Measured]
  /// Seconds.
  var duration: Double

  struct Measured: Sendable {
    /// The step before, and the share of a step since.
    var step: Int
    var share: Double
    var gap: Double
    var speed: Double
  }
}

/// Errors of a replay, summed.
struct ReplayErrors: Sendable {
  var count = 0
  var gapSquares = 0.0
  var gapMagnitudes = 0.0
  var speedSquares = 0.0
  var measuredSquares = 0.0
  var smallestGap = Double.infinity
  var collisions = 0

  /// By name, as a fit reports them.
  var metrics: [String: Double] {
    guard count > 0 else { return [:] }
    let rows = Double(count)
    return [
      "gap_rmse_m": (gapSquares / rows).squareRoot(), "gap_mae_m": gapMagnitudes / rows,
      "gap_relative_error": (gapSquares / measuredSquares).squareRoot(),
      "speed_rmse_mps": (speedSquares / rows).squareRoot(), "min_simulated_gap_m": smallestGap,
      "simulated_collisions": Double(collisions),
    ]
  }
}

extension FollowingStretch {
  /// Cuts a log where rows are missing for longer than `longestPause` seconds.
  ///
  /// - Parameters:
  ///   - rows: ascending in time; rows with NaN count as missing.
  ///   - shortest: stretches below this many seconds are left out.
  static func stretches(
    of rows: some Collection<FollowingRow>, longestPause: Double, shortest: Double
  ) -> [FollowingStretch] {
    var found: [FollowingStretch] = []
    var current: [FollowingRow] = []
    func finish() {
      if let stretch = FollowingStretch(current), stretch.duration >= shortest { found.append(stretch) }
      current.removeAll(keepingCapacity: true)
    }
    for row in rows where row.gap.isFinite && row.speed.isFinite && row.leaderSpeed.isFinite && row.gap > 0 {
      if let last = current.last, row.time - last.time > longestPause { finish() }
      current.append(row)
    }
    finish()
    return found
  }

  private init?(_ rows: [FollowingRow]) {
    guard rows.count >= 2, let first = rows.first else { return nil }
    let track = LeaderTrack(rows.map { .init(time: $0.time, speed: max(0, $0.leaderSpeed)) })
    leaderSpeeds = track.speedsAtSteps()
    guard leaderSpeeds.count >= 2 else { return nil }
    initialGap = first.gap
    initialSpeed = max(0, first.speed)
    duration = track.duration
    measured = []
    measured.reserveCapacity(rows.count)
    let last = leaderSpeeds.count - 1
    for row in rows.dropFirst() {
      let place = (row.time - track.start) / CarFollower.stepLength
      // Times in decimal aren't exact in binary: what is within a millionth of a step lies on it.
      let nearest = place.rounded()
      let step = abs(place - nearest) < 1e-6 * max(1, nearest) ? nearest : place.rounded(.down)
      guard step < Double(last) || place - step < 1e-6 * max(1, place) else { break }
      measured.append(
        Measured(step: Int(step), share: max(0, place - step), gap: row.gap, speed: row.speed))
    }
  }

  /// Replays the leader from the true gap and speed at the start and adds up how far the follower is off.
  ///
  /// - Parameter onError: called with the error of the gap for every measured row.
  func replay(
    _ driver: DriverParameters, into errors: inout ReplayErrors, onError: (Double) -> Void = { _ in }
  ) {
    var follower = CarFollower(driver, gap: initialGap, speed: initialSpeed, leaderSpeed: leaderSpeeds[0])
    var before = (gap: follower.gap, speed: follower.speed)
    var next = 0
    var hasCollided = false
    for step in 0..<(leaderSpeeds.count - 1) {
      before = (follower.gap, follower.speed)
      follower.advance(leaderFrom: leaderSpeeds[step], to: leaderSpeeds[step + 1])
      errors.smallestGap = min(errors.smallestGap, follower.gap)
      if follower.gap <= 0 { hasCollided = true }
      // Rows from the step's start up to, but not at, its end; the last step has its end, too.
      while next < measured.count,
        measured[next].step == step || (measured[next].step == step + 1 && step == leaderSpeeds.count - 2)
      {
        let row = measured[next]
        let share = row.step == step ? row.share : 1
        let gap = before.gap + (follower.gap - before.gap) * share - row.gap
        let speed = before.speed + (follower.speed - before.speed) * share - row.speed
        errors.count += 1
        errors.gapSquares += gap * gap
        errors.gapMagnitudes += abs(gap)
        errors.speedSquares += speed * speed
        errors.measuredSquares += row.gap * row.gap
        onError(gap)
        next += 1
      }
    }
    if hasCollided { errors.collisions += 1 }
  }
}
