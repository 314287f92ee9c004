import FleetCore
import NIOCore
import PostgresDriver
import PostgresPool
import TwinProto

extension PostgresTwinStore {
  func conditions(after name: ConditionName?, limit: Int) async throws -> [StoredCondition] {
    let (number, kind, sensorID) = (name?.number ?? 0, Int64(name?.kind.rawValue ?? 0), name?.sensorID ?? "")
    let rows = try await query(
      """
      SELECT number, kind, sensor_id, time, sequence, report FROM twin_conditions
      WHERE (number, kind, sensor_id) > (\(number), \(kind), \(sensorID)) ORDER BY number, kind, sensor_id LIMIT \(limit)
      """)
    return try rows.compactMap { try Self.condition($0) }
  }

  func conditions(of numbers: [Int64]) async throws -> [StoredCondition] {
    precondition(numbers.count <= TwinStoreLimits.statesPerLoad, "too many twins for one load")
    return try await query(
      """
      SELECT number, kind, sensor_id, time, sequence, report FROM twin_conditions WHERE number = ANY(\(numbers))
      """
    ).compactMap { try Self.condition($0) }
  }

  private static func condition(_ row: PostgresRow) throws -> StoredCondition? {
    let (number, kind, sensorID, time, sequence, report) = try row.decode(
      Int64.self, Int32.self, String.self, PostgresTimestamp.self, Int64.self, [UInt8].self)
    guard let kind = ConditionName.Kind(rawValue: kind) else { return nil }
    return StoredCondition(
      name: ConditionName(number: number, kind: kind, sensorID: sensorID), time: UTCInstant(time),
      sequence: UInt64(sequence), report: try ConditionReport(kind, ByteBuffer(bytes: report)))
  }

  func save(conditions: [StoredCondition]) async throws {
    precondition(conditions.count <= TwinStoreLimits.statesPerSave, "too many conditions for one save")
    let statements = try conditions.map { condition -> SQL in
      """
      INSERT INTO twin_conditions (number, kind, sensor_id, time, sequence, report)
      VALUES (\(condition.name.number), \(condition.name.kind.rawValue), \(condition.name.sensorID),
        \(PostgresTimestamp(condition.time)), \(Int64(clamping: condition.sequence)), \(try condition.report.encoded))
      ON CONFLICT (number, kind, sensor_id) DO UPDATE SET time = excluded.time, sequence = excluded.sequence,
        report = excluded.report
      WHERE (excluded.time, excluded.sequence) >= (twin_conditions.time, twin_conditions.sequence)
      """
    }
    try await reachable { _ = try await pool.pipeline(statements) }
  }
}

extension ConditionReport {
  fileprivate init(_ kind: ConditionName.Kind, _ buffer: ByteBuffer) throws {
    switch kind {
    case .sensor: self = .sensor(try SensorSample(serialized: buffer))
    case .environment: self = .environment(try EnvironmentSample(serialized: buffer))
    case .operations: self = .operations(try OperationsSample(serialized: buffer))
    }
  }

  fileprivate var encoded: [UInt8] {
    get throws {
      var buffer = ByteBuffer()
      switch self {
      case .sensor(let sample): try sample.serialize(into: &buffer)
      case .environment(let sample): try sample.serialize(into: &buffer)
      case .operations(let sample): try sample.serialize(into: &buffer)
      }
      return Array(buffer.readableBytesView)
    }
  }
}
