import FleetCore
import NIOCore
import PostgresDriver
import TwinProto

/// The columns of the table `telemetry` and how a row is written to them and read from them.
///
/// Spelled out three times in one order, because key paths would cost more than everything else of a write together.
enum TelemetryColumns {
  static let all = [
    "log_position", "vehicle_key", "source_key", "sequence", "time", "receive_time", "lat", "lon", "x_m", "y_m",
    "altitude_m", "speed_mps", "heading_deg", "yaw_rate_rps", "steering_rad", "acceleration_mps2",
    "lateral_acceleration_mps2", "throttle", "brake", "gear", "position_std_m", "speed_std_mps", "heading_std_deg",
    "yaw_rate_std_rps", "acceleration_std_mps2", "leader_gap_m", "leader_speed_mps", "energy_j", "sensors",
  ]
  static let list = all.joined(separator: ", ")
  /// The columns of a row in the order in which `encode` writes them.
  static let written = all + ["log_id"]
  /// A statement for a page of rows that the server weighs, so that large ones which are too many never come here; with
  /// the number of rows that there were.
  ///
  /// - Parameters:
  ///   - rows: a statement for one row more than the page may have.
  ///   - bytes: names the parameter that says what they may take.
  static func page(of rows: String, order: String, bytes: String) -> String {
    """
    SELECT \(list), found FROM (
      SELECT *, count(*) OVER () AS found, row_number() OVER (ORDER BY \(order)) AS place,
        sum(\(LogRow.bytesBesideSensors) + coalesce(octet_length(sensors), 0)) OVER (ORDER BY \(order)) AS sum_bytes
      FROM (\(rows)) AS wanted) AS weighed
    WHERE sum_bytes <= \(bytes) OR place = 1 ORDER BY \(order)
    """
  }

  static func decode(page: PostgresRows, limit: Int) throws -> LogPage {
    let rows = try page.prefix(limit).map { try decode($0) }
    let found = try page.first.map { try Int64(postgres: $0[all.count]) } ?? 0
    return LogPage(rows: rows, isLast: Int64(rows.count) == found)
  }

  static let key = ["vehicle_key", "time", "source_key", "sequence"]

  static func encode(_ row: LogRow, of log: Int32, into buffer: inout CopyBuffer) throws {
    let sample = row.sample
    buffer.int8(row.position)
    buffer.int4(row.vehicleKey)
    buffer.int4(row.sourceKey)
    buffer.int8(Int64(sample.sequence))
    buffer.timestamptz(PostgresTimestamp(row.time))
    buffer.timestamptz(PostgresTimestamp(row.received))
    buffer.optional(sample.lat)
    buffer.optional(sample.lon)
    buffer.optional(sample.xM)
    buffer.optional(sample.yM)
    buffer.optional(sample.altitudeM)
    buffer.optional(sample.speedMps)
    buffer.optional(sample.headingDeg)
    buffer.optional(sample.yawRateRps)
    buffer.optional(sample.steeringRad)
    buffer.optional(sample.accelerationMps2)
    buffer.optional(sample.lateralAccelerationMps2)
    buffer.optional(sample.throttle)
    buffer.optional(sample.brake)
    if let gear = sample.gear { buffer.int4(gear) } else { buffer.null() }
    buffer.optional(sample.positionStdM)
    buffer.optional(sample.speedStdMps)
    buffer.optional(sample.headingStdDeg)
    buffer.optional(sample.yawRateStdRps)
    buffer.optional(sample.accelerationStdMps2)
    buffer.optional(sample.leaderGapM)
    buffer.optional(sample.leaderSpeedMps)
    buffer.optional(sample.energyJ)
    if sample.sensors.isEmpty {
      buffer.null()
    } else {
      var bytes = ByteBuffer()
      try TelemetrySample(sensors: sample.sensors).serialize(into: &bytes)
      buffer.bytea(Array(bytes.readableBytesView))
    }
    buffer.int4(log)
  }

  static func decode(_ row: PostgresRow) throws -> LogRow {
    let time = UTCInstant(try PostgresTimestamp(postgres: row[4]))
    var sample = TelemetrySample(sequence: UInt64(try Int64(postgres: row[3])), time: time.timestamp)
    sample.lat = try row[6].number
    sample.lon = try row[7].number
    sample.xM = try row[8].number
    sample.yM = try row[9].number
    sample.altitudeM = try row[10].number
    sample.speedMps = try row[11].number
    sample.headingDeg = try row[12].number
    sample.yawRateRps = try row[13].number
    sample.steeringRad = try row[14].number
    sample.accelerationMps2 = try row[15].number
    sample.lateralAccelerationMps2 = try row[16].number
    sample.throttle = try row[17].number
    sample.brake = try row[18].number
    sample.gear = try Int32?(postgres: row[19])
    sample.positionStdM = try row[20].number
    sample.speedStdMps = try row[21].number
    sample.headingStdDeg = try row[22].number
    sample.yawRateStdRps = try row[23].number
    sample.accelerationStdMps2 = try row[24].number
    sample.leaderGapM = try row[25].number
    sample.leaderSpeedMps = try row[26].number
    sample.energyJ = try row[27].number
    let sensors = try [UInt8]?(postgres: row[28])
    if let sensors {
      sample.sensors = try TelemetrySample(serialized: ByteBuffer(bytes: sensors)).sensors
    }
    return LogRow(
      position: try Int64(postgres: row[0]), vehicleKey: try Int32(postgres: row[1]),
      sourceKey: try Int32(postgres: row[2]), received: UTCInstant(try PostgresTimestamp(postgres: row[5])), time: time,
      sample: sample, sensorBytes: sensors?.count ?? 0)
  }
}

extension CopyBuffer {
  fileprivate mutating func optional(_ value: Double?) {
    if let value { float8(value) } else { null() }
  }
}

extension PostgresCell {
  fileprivate var number: Double? { get throws { try Double?(postgres: self) } }
}

extension PostgresTimestamp {
  init(_ instant: UTCInstant) { self.init(microsecondsSinceUnixEpoch: instant.microseconds) }
}

extension UTCInstant {
  init(_ timestamp: PostgresTimestamp) { self.init(microseconds: timestamp.microsecondsSinceUnixEpoch) }
}
