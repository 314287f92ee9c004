import FleetCore
import SimulationRecordings
import TwinProto

/// A column that an uploaded table may have: the fields of `TelemetrySample` that hold one value.
///
/// Spelled out, because key paths would cost more than reading the value.
enum SampleColumn: String, Sendable, CaseIterable {
  case sequence, time, lat, lon
  case x = "x_m"
  case y = "y_m"
  case altitude = "altitude_m"
  case speed = "speed_mps"
  case heading = "heading_deg"
  case yawRate = "yaw_rate_rps"
  case steering = "steering_rad"
  case acceleration = "acceleration_mps2"
  case lateralAcceleration = "lateral_acceleration_mps2"
  case throttle, brake, gear
  case vehicleID = "vehicle_id"
  case physicalVehicleID = "physical_vehicle_id"
  case source
  case positionDeviation = "position_std_m"
  case speedDeviation = "speed_std_mps"
  case headingDeviation = "heading_std_deg"
  case yawRateDeviation = "yaw_rate_std_rps"
  case accelerationDeviation = "acceleration_std_mps2"
  case leaderGap = "leader_gap_m"
  case leaderSpeed = "leader_speed_mps"
  case energy = "energy_j"

  /// Reads a cell, which isn't empty, into a sample.
  func read(_ text: String, into sample: inout TelemetrySample) throws(RowProblem) {
    switch self {
    case .sequence:
      guard let number = UInt64(text) else { throw problem("must be a whole number from 1") }
      sample.sequence = number
    case .time:
      guard let instant = Timestamp.nanoseconds(text) else {
        throw problem("must be a time by RFC 3339 such as 2026-01-31T12:00:00.5Z")
      }
      sample.time = UTCInstant(nanoseconds: instant).timestamp
    case .gear:
      guard let number = Int32(text) else { throw problem("must be a whole number") }
      sample.gear = number
    case .vehicleID: sample.vehicleID = text
    case .physicalVehicleID: sample.physicalVehicleID = text
    case .source: sample.source = text
    case .lat: sample.lat = try number(text)
    case .lon: sample.lon = try number(text)
    case .x: sample.xM = try number(text)
    case .y: sample.yM = try number(text)
    case .altitude: sample.altitudeM = try number(text)
    case .speed: sample.speedMps = try number(text)
    case .heading: sample.headingDeg = try number(text)
    case .yawRate: sample.yawRateRps = try number(text)
    case .steering: sample.steeringRad = try number(text)
    case .acceleration: sample.accelerationMps2 = try number(text)
    case .lateralAcceleration: sample.lateralAccelerationMps2 = try number(text)
    case .throttle: sample.throttle = try number(text)
    case .brake: sample.brake = try number(text)
    case .positionDeviation: sample.positionStdM = try number(text)
    case .speedDeviation: sample.speedStdMps = try number(text)
    case .headingDeviation: sample.headingStdDeg = try number(text)
    case .yawRateDeviation: sample.yawRateStdRps = try number(text)
    case .accelerationDeviation: sample.accelerationStdMps2 = try number(text)
    case .leaderGap: sample.leaderGapM = try number(text)
    case .leaderSpeed: sample.leaderSpeedMps = try number(text)
    case .energy: sample.energyJ = try number(text)
    }
  }

  private func problem(_ message: String) -> RowProblem {
    RowProblem(reason: .malformed, field: rawValue, message: "\(rawValue) \(message)")
  }

  /// Swift would take words and hexadecimal numbers, too.
  private func number(_ text: String) throws(RowProblem) -> Double {
    guard text.utf8.allSatisfy(Self.isOfNumber), let value = Double(text), value.isFinite else {
      throw problem("must be a finite number or empty")
    }
    return value
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
