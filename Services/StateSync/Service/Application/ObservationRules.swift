import FleetCore
import NIOCore
import TwinProto

/// What sensor, environment and operations samples must be to be stored: the ranges that the contract states.
struct ObservationRules: Sendable {
  typealias Problem = SampleRules.Problem

  /// Of ids, categories and states, in characters.
  static let maximumNameLength = 128
  static let maximumDetections = 1_024
  /// What one sample may take when it is encoded.
  static let maximumBytes = 256 << 10

  /// For times.
  var samples = SampleRules()

  // MARK: Samples

  /// Checks a report that a sensor makes on its own.
  ///
  /// - Returns: when it was measured, in whole microseconds.
  func check(_ sample: SensorSample, now: UTCInstant) throws(Problem) -> UTCInstant {
    try Self.checkSensor(sample)
    return try moment(sample.sequence ?? 0, sample.time, now)
  }

  func check(_ sample: EnvironmentSample, now: UTCInstant) throws(Problem) -> UTCInstant {
    let time = try moment(sample.sequence, sample.time, now)
    if case .unrecognized = sample.roadCondition { throw .unknownWord("road_condition") }
    try SampleRules.range("road_friction", sample.roadFriction, 0...1.5)
    try SampleRules.range("temperature_c", sample.temperatureC, -80...70)
    try SampleRules.range("road_temperature_c", sample.roadTemperatureC, -80...90)
    try SampleRules.range("rain_mm_per_h", sample.rainMmPerH, 0...500)
    try SampleRules.range("snow_mm_per_h", sample.snowMmPerH, 0...100)
    try SampleRules.range("visibility_m", sample.visibilityM, 0...100_000)
    try SampleRules.range("wind_speed_mps", sample.windSpeedMps, 0...120)
    try SampleRules.range("wind_from_deg", sample.windFromDeg, 0...360)
    try SampleRules.range("illuminance_lx", sample.illuminanceLx, 0...200_000)
    return time
  }

  func check(_ sample: OperationsSample, now: UTCInstant) throws(Problem) -> UTCInstant {
    let time = try moment(sample.sequence, sample.time, now)
    try Self.checkLength("mission_id", sample.missionID)
    try Self.checkLength("mission_state", sample.missionState)
    if case .unrecognized = sample.driverMode { throw .unknownWord("driver_mode") }
    try SampleRules.range("load_kg", sample.loadKg, 0...100_000)
    try SampleRules.range("passengers", sample.passengers.map { Double($0) }, 0...300)
    try SampleRules.range("fuel_share", sample.fuelShare, 0...1)
    try SampleRules.range("odometer_km", sample.odometerKm, 0...10_000_000)
    return time
  }

  private func moment(_ sequence: UInt64, _ time: ProtoTimestamp?, _ now: UTCInstant) throws(Problem) -> UTCInstant {
    try SampleRules.checkSequence(sequence)
    return try samples.checkTime(time, now: now)
  }

  // MARK: Sensors

  /// Checks what a report says of a sensor, wherever it stands.
  ///
  /// - Parameter place: what the names of fields begin with, such as `sensors[2].`.
  static func checkSensor(_ sensor: SensorSample, at place: @autoclosure () -> String = "") throws(Problem) {
    do throws(Problem) {
      try checkFields(of: sensor)
    } catch {
      // Names are made only for what is wrong: samples come by thousands a second.
      throw Problem(reason: error.reason, field: place() + error.field, message: error.message)
    }
  }

  private static func checkFields(of sensor: SensorSample) throws(Problem) {
    guard (1...maximumNameLength).contains(sensor.sensorID.count) else {
      throw Problem(
        reason: sensor.sensorID.isEmpty ? .missingField : .outOfRange, field: "sensor_id",
        message: "must have 1 to \(maximumNameLength) characters")
    }
    guard sensor.sensorID.isFreeOfControls else {
      throw Problem(reason: .malformed, field: "sensor_id", message: "must not hold control characters")
    }
    if let sequence = sensor.sequence { try SampleRules.checkSequence(sequence) }
    if case .unrecognized = sensor.kind { throw .unknownWord("kind") }
    if case .unrecognized = sensor.health { throw .unknownWord("health") }
    try SampleRules.range("rate_hz", sensor.rateHz, 0...100_000)
    try SampleRules.range("latency_ms", sensor.latencyMs, 0...60_000)
    guard sensor.detections.count <= maximumDetections else {
      throw Problem(reason: .outOfRange, field: "detections", message: "must be at most \(maximumDetections)")
    }
    for (index, detection) in sensor.detections.enumerated() {
      do throws(Problem) {
        try checkFields(of: detection)
      } catch {
        throw Problem(reason: error.reason, field: "detections[\(index)].\(error.field)", message: error.message)
      }
    }
  }

  private static func checkFields(of detection: Detection) throws(Problem) {
    try SampleRules.range("x_m", detection.xM, -1_000...1_000)
    try SampleRules.range("y_m", detection.yM, -1_000...1_000)
    try SampleRules.range("speed_mps", detection.speedMps, -150...150)
    try SampleRules.range("lateral_speed_mps", detection.lateralSpeedMps, -150...150)
    try SampleRules.range("length_m", detection.lengthM, 0...100)
    try SampleRules.range("width_m", detection.widthM, 0...100)
    try SampleRules.range("confidence", detection.confidence, 0...1)
  }

  private static func checkLength(_ field: String, _ text: String) throws(Problem) {
    guard text.count > maximumNameLength else { return }
    throw Problem(reason: .outOfRange, field: field, message: "must have at most \(maximumNameLength) characters")
  }
}

extension SampleRules.Problem {
  static func unknownWord(_ field: String) -> Self {
    Self(reason: .outOfRange, field: field, message: "is no value that this version knows")
  }
}

extension String {
  /// Whether it holds no control characters, which make names that look alike.
  var isFreeOfControls: Bool { unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
}
