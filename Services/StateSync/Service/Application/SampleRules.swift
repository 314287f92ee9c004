import FleetCore
import TwinProto

/// What a sample must be to be stored: the ranges that the contract states.
struct SampleRules: Sendable {
  /// A sample measured later than this after our clock isn't believed, s. Generous, because clocks that drift belong to
  /// vehicles that must not be lost.
  var furthestAhead = 60.0
  /// A sample measured longer ago isn't kept, s.
  var retention = 30.0 * 86_400

  /// Why a sample isn't stored.
  struct Problem: Error, Sendable, Hashable {
    var reason: RejectionReason
    var field: String
    var message: String
  }

  static let maximumSensors = 64
  /// What the sensors of one sample may take when they are encoded. Whoever forwards samples must be able to send one.
  static let maximumSensorBytes = 256 << 10

  /// Checks a sample.
  ///
  /// - Returns: when it was measured, in whole microseconds, and what its sensors take when they are encoded.
  func check(_ sample: TelemetrySample, now: UTCInstant) throws(Problem) -> (time: UTCInstant, sensorBytes: Int) {
    try Self.checkSequence(sample.sequence)
    let time = try checkTime(sample.time, now: now)
    try Self.checkNumbers(sample)
    try Self.checkSensors(sample.sensors)
    for (index, sensor) in sample.sensors.enumerated() {
      guard let own = sensor.time else { continue }
      do throws(Problem) {
        _ = try checkTime(own, now: now)
      } catch {
        throw Problem(reason: error.reason, field: "sensors[\(index)].\(error.field)", message: error.message)
      }
    }
    guard let bytes = try? sample.sensorBytes(), bytes <= Self.maximumSensorBytes else {
      throw Problem(
        reason: .outOfRange, field: "sensors", message: "must take at most \(Self.maximumSensorBytes) bytes encoded")
    }
    return (time, bytes)
  }

  static func checkSequence(_ sequence: UInt64) throws(Problem) {
    guard sequence > 0 else {
      throw Problem(reason: .missingField, field: "sequence", message: "is required; it counts from 1")
    }
    guard sequence <= UInt64(Int64.max) else {
      throw Problem(reason: .outOfRange, field: "sequence", message: "must lie in 1 to \(Int64.max)")
    }
  }

  /// Checks when something was measured.
  ///
  /// - Returns: the moment in whole microseconds.
  func checkTime(_ timestamp: ProtoTimestamp?, now: UTCInstant) throws(Problem) -> UTCInstant {
    guard let timestamp else {
      throw Problem(reason: .missingField, field: "time", message: "is required")
    }
    guard let time = UTCInstant(timestamp), time.nanoseconds >= 0 else {
      throw Problem(reason: .outOfRange, field: "time", message: "must lie in 1970 to 2262")
    }
    guard time.seconds(since: now) <= furthestAhead else {
      throw Problem(
        reason: .inFuture, field: "time", message: "is more than \(Int(furthestAhead)) s ahead of our clock")
    }
    guard now.seconds(since: time) <= retention else {
      throw Problem(
        reason: .tooOld, field: "time", message: "is more than \(Self.text(retention / 86_400)) days ago")
    }
    return UTCInstant(microseconds: time.microseconds)
  }

  private static func checkNumbers(_ sample: TelemetrySample) throws(Problem) {
    try pair("lat", sample.lat, "lon", sample.lon)
    try pair("x_m", sample.xM, "y_m", sample.yM)
    try range("lat", sample.lat, -90...90)
    try range("lon", sample.lon, -180...180)
    try range("x_m", sample.xM, -10_000_000...10_000_000)
    try range("y_m", sample.yM, -10_000_000...10_000_000)
    try range("altitude_m", sample.altitudeM, -1_000...20_000)
    try range("speed_mps", sample.speedMps, -50...150)
    try range("heading_deg", sample.headingDeg, -360...360)
    try range("yaw_rate_rps", sample.yawRateRps, -10...10)
    try range("steering_rad", sample.steeringRad, -1.6...1.6)
    try range("acceleration_mps2", sample.accelerationMps2, -100...100)
    try range("lateral_acceleration_mps2", sample.lateralAccelerationMps2, -100...100)
    try range("throttle", sample.throttle, 0...1)
    try range("brake", sample.brake, 0...1)
    try range("gear", sample.gear.map { Double($0) }, -1...20)
    try deviation("position_std_m", sample.positionStdM, upTo: 1_000)
    try deviation("speed_std_mps", sample.speedStdMps, upTo: 100)
    try deviation("heading_std_deg", sample.headingStdDeg, upTo: 180)
    try deviation("yaw_rate_std_rps", sample.yawRateStdRps, upTo: 10)
    try deviation("acceleration_std_mps2", sample.accelerationStdMps2, upTo: 100)
    try range("leader_gap_m", sample.leaderGapM, 0...1_000)
    try range("leader_speed_mps", sample.leaderSpeedMps, -50...150)
    try range("energy_j", sample.energyJ, 0...Double.greatestFiniteMagnitude)
  }

  private static func checkSensors(_ sensors: [SensorSample]) throws(Problem) {
    guard sensors.count <= maximumSensors else {
      throw Problem(reason: .outOfRange, field: "sensors", message: "must be at most \(maximumSensors)")
    }
    for (index, sensor) in sensors.enumerated() {
      try ObservationRules.checkSensor(sensor, at: "sensors[\(index)].")
    }
  }

  private static func pair(_ first: String, _ a: Double?, _ second: String, _ b: Double?) throws(Problem) {
    guard (a == nil) != (b == nil) else { return }
    let missing = a == nil ? first : second
    throw Problem(
      reason: .missingField, field: missing, message: "is required beside \(a == nil ? second : first)")
  }

  static func range(_ field: String, _ value: Double?, _ range: ClosedRange<Double>) throws(Problem) {
    guard let value, !range.contains(value) else { return }
    guard value.isFinite else { throw Problem(reason: .outOfRange, field: field, message: "must be a finite number") }
    throw Problem(
      reason: .outOfRange, field: field, message: "must lie in \(text(range.lowerBound)) to \(text(range.upperBound))")
  }

  private static func deviation(_ field: String, _ value: Double?, upTo bound: Double) throws(Problem) {
    guard let value, !(value > 0 && value <= bound) else { return }
    throw Problem(reason: .outOfRange, field: field, message: "must be more than 0 and at most \(text(bound))")
  }

  private static func text(_ bound: Double) -> String {
    bound == bound.rounded() && abs(bound) < 1e15 ? String(Int64(bound)) : String(bound)
  }
}
