import SimulationRecordings
import TwinConversions
import TwinProto

extension TelemetrySample {
  /// A recorded sample as it goes out.
  ///
  /// - Parameter time: microseconds since the Unix epoch.
  init(_ values: TelemetryValues, sequence: UInt64, time: Int64) {
    self.init()
    self.sequence = sequence
    self.time = ProtoTimestamp(microsecondsSinceUnixEpoch: time)
    lat = values.latitude
    lon = values.longitude
    xM = values.x
    yM = values.y
    altitudeM = values.altitude
    speedMps = values.speed
    headingDeg = values.headingDegrees
    yawRateRps = values.yawRate
    steeringRad = values.steering
    accelerationMps2 = values.acceleration
    lateralAccelerationMps2 = values.lateralAcceleration
    throttle = values.throttle
    brake = values.brake
    gear = values.gear.map { Int32($0) }
    positionStdM = values.positionDeviation
    speedStdMps = values.speedDeviation
    headingStdDeg = values.headingDeviationDegrees
    yawRateStdRps = values.yawRateDeviation
    accelerationStdMps2 = values.accelerationDeviation
    leaderGapM = values.leaderGap
    leaderSpeedMps = values.leaderSpeed
    energyJ = values.energy
  }
}

/// Which times the samples of a replay carry.
struct ReplayClock: Sendable {
  /// Microseconds since the Unix epoch at which the drive's first sample was measured.
  let start: Int64

  /// The drive keeps its own pace in the samples, whatever the speed-up, since twins take speeds and times together. It
  /// ends with the replay, so that no sample comes from the future.
  ///
  /// - Parameters:
  ///   - now: microseconds since the Unix epoch.
  ///   - duration: of the replay, in seconds.
  init(now: Int64, duration: Double, speedUp: Double) {
    start = now - Int64((duration * (speedUp - 1) * 1e6).rounded(.up))
  }

  /// - Parameters:
  ///   - due: seconds after the replay's start.
  func time(due: Double, speedUp: Double) -> Int64 { start + Int64((due * speedUp * 1e6).rounded()) }
}
