import FleetCore
import SimulationCalibration
import TwinProto

extension DynamicsRow {
  /// The rows of a drive: one a sample that tells the speed, ascending by time. Samples of several sources at the same
  /// moment make one row.
  static func rows(_ samples: [TelemetrySample]) -> [DynamicsRow] {
    var rows: [DynamicsRow] = []
    rows.reserveCapacity(samples.count)
    var powers: [String: EnergyMeter] = [:]
    var start: UTCInstant?
    for sample in samples {
      guard let time = sample.time.flatMap({ UTCInstant($0) }) else { continue }
      let origin = start ?? time
      start = origin
      let power = powers[sample.source ?? "", default: EnergyMeter()].power(sample.energyJ, at: time)
      guard let speed = sample.speedMps else { continue }
      let row = DynamicsRow(
        time: time.seconds(since: origin), speed: speed, steering: sample.steeringRad, yawRate: sample.yawRateRps,
        acceleration: sample.accelerationMps2, lateralAcceleration: sample.lateralAccelerationMps2,
        throttle: sample.throttle, brake: sample.brake, power: power)
      if let last = rows.last, last.time >= row.time {
        if last.time == row.time { rows[rows.count - 1] = last.completed(by: row) }
      } else {
        rows.append(row)
      }
    }
    return rows
  }

  private func completed(by other: DynamicsRow) -> DynamicsRow {
    var row = self
    row.steering = steering ?? other.steering
    row.yawRate = yawRate ?? other.yawRate
    row.acceleration = acceleration ?? other.acceleration
    row.lateralAcceleration = lateralAcceleration ?? other.lateralAcceleration
    row.throttle = throttle ?? other.throttle
    row.brake = brake ?? other.brake
    row.power = power ?? other.power
    return row
  }

  /// Makes power of a source's energy counter.
  private struct EnergyMeter {
    /// Longer pauses tell a mean that belongs to no moment, s.
    private static let longestPause = 5.0

    private var last: (energy: Double, time: UTCInstant)?

    /// The mean power since the counter was read last, W; nil at first, after a pause, and when the counter began anew.
    mutating func power(_ energy: Double?, at time: UTCInstant) -> Double? {
      guard let energy else { return nil }
      defer { last = (energy, time) }
      guard let last else { return nil }
      let seconds = time.seconds(since: last.time)
      guard seconds > 0, seconds <= Self.longestPause, energy >= last.energy else { return nil }
      return (energy - last.energy) / seconds
    }
  }
}

extension FollowingRow {
  /// A speed that is negative by less is one of 0, m/s. Nobody follows backwards.
  static let standstillNoise = 0.5

  /// The rows of a drive behind a leader: one a sample that tells of both, ascending by time.
  static func rows(_ samples: [TelemetrySample]) -> [FollowingRow] {
    var rows: [FollowingRow] = []
    var start: UTCInstant?
    for sample in samples {
      guard let time = sample.time.flatMap({ UTCInstant($0) }), let speed = sample.speedMps,
        let leader = sample.leaderSpeedMps, let gap = sample.leaderGapM,
        speed > -standstillNoise, leader > -standstillNoise
      else { continue }
      let origin = start ?? time
      start = origin
      let row = FollowingRow(
        time: time.seconds(since: origin), leaderSpeed: max(0, leader), speed: max(0, speed), gap: gap)
      if let last = rows.last, last.time >= row.time { continue }
      rows.append(row)
    }
    return rows
  }
}
