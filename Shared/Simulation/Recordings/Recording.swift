/// The recorded drive of one vehicle.
public struct Recording: Sendable, Hashable {
  public struct Sample: Sendable, Hashable {
    /// Seconds from the start of the recording.
    public var time: Double
    public var values: TelemetryValues

    public init(time: Double, values: TelemetryValues) {
      self.time = time
      self.values = values
    }
  }

  /// As the recording names its vehicle; nil where it doesn't.
  public let vehicle: String?
  /// In ascending time, the first at 0.
  public let samples: [Sample]

  /// Between samples farther apart than this nothing is interpolated, seconds.
  public static let longestInterpolatedGap = 2.0

  /// - Parameter samples: at least one, in any order; of samples at the same time the first counts.
  public init(vehicle: String?, samples: [Sample]) {
    precondition(!samples.isEmpty, "a recording has samples")
    self.vehicle = vehicle
    let order = samples.indices.sorted { (samples[$0].time, $0) < (samples[$1].time, $1) }
    let start = samples[order[0]].time
    var kept: [Sample] = []
    kept.reserveCapacity(samples.count)
    for index in order {
      let sample = Sample(time: samples[index].time - start, values: samples[index].values)
      if let last = kept.last, last.time == sample.time { continue }
      kept.append(sample)
    }
    self.samples = kept
  }

  /// A vehicle that drives a cycle exactly, straight east from the origin of the local frame.
  public init(driving cycle: DriveCycle, rate: Double = 10) {
    let samples = cycle.resampled(rate: rate).map { motion in
      var values = TelemetryValues()
      values.x = motion.distance
      values.y = 0
      values.speed = motion.speed
      values.acceleration = motion.acceleration
      values.headingDegrees = 90
      values.yawRate = 0
      return Sample(time: motion.time, values: values)
    }
    self.init(vehicle: nil, samples: samples)
  }

  /// Seconds from the first to the last sample.
  public var duration: Double { samples[samples.count - 1].time }

  /// The values `time` seconds after the start, linear between samples; nil outside the recording and inside its gaps.
  public func values(at time: Double) -> TelemetryValues? {
    guard time >= 0, time <= duration else { return nil }
    var (low, high) = (0, samples.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if samples[middle].time <= time { low = middle } else { high = middle - 1 }
    }
    let sample = samples[low]
    guard sample.time < time, low + 1 < samples.count else { return sample.values }
    let next = samples[low + 1]
    let gap = next.time - sample.time
    guard gap <= Self.longestInterpolatedGap else { return nil }
    return sample.values.interpolated(to: next.values, share: (time - sample.time) / gap)
  }
}
