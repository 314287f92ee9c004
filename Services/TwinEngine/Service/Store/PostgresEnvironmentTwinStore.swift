import FleetCore
import NIOCore
import PostgresDriver
import PostgresPool
import TwinProto

/// Keeps twins of environments in the schema `twin_engine`.
struct PostgresEnvironmentTwinStore: EnvironmentTwinStore {
  private let pool: PostgresPool

  init(_ pool: PostgresPool) { self.pool = pool }

  func apply(_ update: EnvironmentTwinUpdate) async throws -> Int {
    try await reachable {
      try await pool.transaction(TransactionOptions()) { connection in
        // Updates of one environment take turns, also the first ones.
        try await connection.query(
          "SELECT pg_advisory_xact_lock(hashtextextended(\("environment twin " + update.environment.id), 0))")
        return try await apply(update, on: connection)
      }
    }
  }

  private func apply(_ update: EnvironmentTwinUpdate, on connection: PostgresConnection) async throws -> Int {
    let new = update.environment
    let known = try await Self.record(new.id, on: connection)
    let fate = EnvironmentTwinRules.fate(of: known, by: update)
    switch fate {
    case .nothing, .older: break
    case .delete, .replace:
      try await connection.query("DELETE FROM environment_twins WHERE environment_id = \(new.id)")
      if fate == .delete { return 0 }
    case .update:
      try await connection.query(
        "DELETE FROM environment_twin_targets WHERE environment_id = \(new.id) AND name = ANY(\(update.removed))")
    }
    if fate == .update || fate == .replace {
      let synced = new.syncTime.map { PostgresTimestamp($0) }
      try await connection.query(
        """
        INSERT INTO environment_twins (environment_id, kind, create_time, sync_time)
        VALUES (\(new.id), \(Int(new.kind.rawValue)), \(PostgresTimestamp(new.createTime)), \(nullable: synced))
        ON CONFLICT (environment_id) DO UPDATE SET kind = excluded.kind, sync_time = excluded.sync_time
        """)
    }
    if fate != .nothing { try await put(update.targets, fate, of: new.id, on: connection) }
    return try await connection.query(
      "SELECT count(*) FROM environment_twin_targets WHERE environment_id = \(new.id)")[0].decode(Int.self)
  }

  private func put(
    _ targets: [Target], _ fate: EnvironmentTwinRules.Fate, of id: String, on connection: PostgresConnection
  ) async throws {
    let rows = try await connection.query(
      """
      SELECT name, version, sync_time FROM environment_twin_targets
      WHERE environment_id = \(id) AND name = ANY(\(targets.map(\.name)))
      """
    ).decode(String.self, Int64.self, PostgresTimestamp.self)
    let known = Dictionary(
      rows.map { name, version, time in
        (name, Target(name: name, syncTime: UTCInstant(time).timestamp, version: UInt64(version)))
      }
    ) { $1 }
    let statements = try targets.compactMap { EnvironmentTwinRules.merged(known[$0.name], $0, fate) }.map {
      target -> SQL in
      let time = PostgresTimestamp(target.syncTime.flatMap { UTCInstant($0) } ?? UTCInstant(nanoseconds: 0))
      var bytes = ByteBuffer()
      try target.serialize(into: &bytes)
      return """
        INSERT INTO environment_twin_targets (environment_id, name, version, sync_time, target)
        VALUES (\(id), \(target.name), \(Int64(target.version)), \(time), \(Array(bytes.readableBytesView)))
        ON CONFLICT (environment_id, name) DO UPDATE
        SET version = excluded.version, sync_time = excluded.sync_time, target = excluded.target
        """
    }
    var rest = statements[...]
    while !rest.isEmpty {
      _ = try await connection.pipeline(Array(rest.prefix(PostgresConnection.maximumPipelineStatements)))
      rest = rest.dropFirst(PostgresConnection.maximumPipelineStatements)
    }
  }

  func environment(_ id: String) async throws -> EnvironmentTwinRecord? {
    try await reachable { try await pool.withConnection { try await Self.record(id, on: $0) } }
  }

  private static func record(_ id: String, on connection: PostgresConnection) async throws -> EnvironmentTwinRecord? {
    guard
      let row = try await connection.query(
        "SELECT kind, create_time, sync_time FROM environment_twins WHERE environment_id = \(id)"
      ).first
    else { return nil }
    let (kind, created, synced) = try row.decode(Int32.self, PostgresTimestamp.self, PostgresTimestamp?.self)
    return EnvironmentTwinRecord(
      id: id, kind: EnvironmentKind(rawValue: kind), createTime: UTCInstant(created),
      syncTime: synced.map { UTCInstant($0) })
  }

  func environmentIDs() async throws -> [String] {
    try await reachable {
      try await pool.query("SELECT environment_id FROM environment_twins ORDER BY environment_id")
    }.map { try $0.decode(String.self) }
  }

  func targets(of id: String, named names: [String]?) async throws -> [TargetTwin] {
    let rows = try await reachable {
      try await pool.query(
        """
        SELECT target, parameters FROM environment_twin_targets
        WHERE environment_id = \(id) AND (\(names == nil) OR name = ANY(\(names ?? []))) ORDER BY name
        """)
    }
    return try rows.map { row in
      let (target, parameters) = try row.decode([UInt8].self, [UInt8]?.self)
      var twin = try parameters.map { try TargetTwin(serialized: ByteBuffer(bytes: $0)) } ?? TargetTwin()
      twin.target = try Target(serialized: ByteBuffer(bytes: target))
      return twin
    }
  }

  func save(_ parameters: [String: [CalibratedParameter]], of id: String) async throws {
    let statements = try parameters.sorted { $0.key < $1.key }.map { name, values -> SQL in
      var bytes = ByteBuffer()
      try TargetTwin(parameters: values).serialize(into: &bytes)
      return """
        UPDATE environment_twin_targets SET parameters = \(Array(bytes.readableBytesView))
        WHERE environment_id = \(id) AND name = \(name)
        """
    }
    guard !statements.isEmpty else { return }
    try await reachable {
      try await pool.transaction(TransactionOptions()) { connection in
        var rest = statements[...]
        while !rest.isEmpty {
          _ = try await connection.pipeline(Array(rest.prefix(PostgresConnection.maximumPipelineStatements)))
          rest = rest.dropFirst(PostgresConnection.maximumPipelineStatements)
        }
      }
    }
  }

  private func reachable<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable {
      throw StoreUnavailable(error.description)
    }
  }
}
