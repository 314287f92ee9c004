extension VirtualVehicle {
  /// The newest state; nil before the first sample.
  public var state: VirtualState? { time.flatMap { state(at: $0) } }

  /// The state at an instant, extrapolated where it lies after the newest sample; nil before the first sample. An instant
  /// before the newest sample gives the newest state.
  public func state(at nanoseconds: Int64) -> VirtualState? {
    guard let time else { return nil }
    let ahead = predicted(by: Double(max(0, nanoseconds - time)) / 1e9)
    let position = hasPosition ? VehicleSample.LocalPosition(x: ahead[.x], y: ahead[.y]) : nil
    var turn = MotionVector(repeating: 0)
    turn[MotionComponent.speed.rawValue] = ahead[.curvature]
    turn[MotionComponent.curvature.rawValue] = ahead[.speed]
    return VirtualState(
      nanoseconds: max(nanoseconds, time), local: position, geodetic: position.flatMap { geodetic($0) },
      heading: hasHeading ? ahead[.heading] : nil, speed: ahead[.speed], acceleration: ahead[.acceleration],
      yawRate: ahead.yawRate, curvature: ahead[.curvature], steering: steering,
      positionDeviation: ahead.position.worst.squareRoot(),
      speedDeviation: ahead.covariance(.speed, .speed).squareRoot(),
      headingDeviation: ahead.covariance(.heading, .heading).squareRoot(),
      yawRateDeviation: turn.times(ahead.covariance(with: turn)).squareRoot())
  }

  /// The horizons of the product's predictions, seconds.
  public static let horizons = PredictionRegions.horizons

  /// Predicted states at `horizons` seconds after the newest sample, ascending; empty while position or direction are
  /// unknown.
  public func predictions(at horizons: [Double] = VirtualVehicle.horizons) -> [PredictedState] {
    guard hasPosition, hasHeading else { return [] }
    var ahead = filter
    var elapsed = 0.0
    return horizons.map { horizon in
      ahead.predict(by: horizon - elapsed, parameters: parameters)
      elapsed = horizon
      let position = VehicleSample.LocalPosition(x: ahead[.x], y: ahead[.y])
      let region = regions.region(measured(ahead.position), seconds: horizon)
      return PredictedState(
        seconds: horizon, local: position, geodetic: geodetic(position), speed: ahead[.speed],
        heading: ahead[.heading], covariance: region.covariance, region90Radius: region.radius)
    }
  }

  /// What a sample's readings would add to the normalised innovation if it came now: by channel the square of the
  /// difference from what is expected, over the variance that it should have. χ² with two degrees of freedom for the
  /// position and one for the others. Channels are left out of which nothing is known yet, and all of a late sample.
  public func normalisedSquares(of sample: VehicleSample) -> [Channel: Double] {
    guard let time, sample.nanoseconds >= time else { return [:] }
    var ahead = self
    ahead.filter = predicted(by: Double(sample.nanoseconds - time) / 1e9)
    var squares: [Channel: Double] = [:]
    for channel in Channel.allCases where sample.has(channel) && (channel != .heading || hasHeading) {
      squares[channel] = ahead.square(of: channel, sample)
    }
    return squares
  }

  /// With the noise of the measurement that will show what happened.
  private func measured(_ covariance: PositionCovariance) -> PositionCovariance {
    var measured = covariance
    measured.xx += newestPositionVariance
    measured.yy += newestPositionVariance
    return measured
  }

  /// Keeps predictions for the regions to learn from, when some are due.
  mutating func spawnPredictions() {
    guard let time, hasPosition, hasHeading, regions.isDue(at: time, speed: filter[.speed]) else { return }
    var ahead = filter
    var elapsed = 0.0
    let kept = Self.horizons.map { horizon in
      ahead.predict(by: horizon - elapsed, parameters: parameters)
      elapsed = horizon
      return (x: ahead[.x], y: ahead[.y], covariance: measured(ahead.position))
    }
    regions.keep(kept, at: time)
  }
}
