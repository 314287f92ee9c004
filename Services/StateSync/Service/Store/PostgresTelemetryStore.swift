import FleetCore
import PostgresDriver
import PostgresGroupCommit
import PostgresPool
import Synchronization

/// Keeps telemetry in the schema `state_sync`.
struct PostgresTelemetryStore: TelemetryStore {
  /// How long an append waits for a database that is away before its sender is told.
  static let patience = Duration.seconds(2)
  /// How long the outcome of a commit is looked for whose connection was lost.
  static let outcomePatience = Duration.seconds(10)

  let pool: PostgresPool
  let days: DayPartitions
  /// By the logs that this process writes.
  let writers: LogWriters

  init(_ pool: PostgresPool, observer: (any GroupCommitObserver)? = nil) {
    self.pool = pool
    days = DayPartitions(pool, table: "telemetry")
    writers = LogWriters(pool, observer: observer)
  }

  // MARK: Vehicles

  func vehicles() async throws -> [Vehicle] {
    try await query("SELECT \(unescaped: Self.vehicleColumns) FROM vehicles ORDER BY vehicle_key").map {
      try Self.vehicle($0)
    }
  }

  func remember(_ identities: [VehicleIdentity]) async throws -> [Vehicle] {
    guard !identities.isEmpty else { return [] }
    return try await query(
      """
      INSERT INTO vehicles (vehicle_id, physical_vehicle_id)
      SELECT * FROM unnest(\(identities.map(\.id))::text[], \(identities.map(\.physicalID))::text[])
      ON CONFLICT (vehicle_id) DO UPDATE SET is_removed = false RETURNING \(unescaped: Self.vehicleColumns)
      """
    ).map { try Self.vehicle($0) }
  }

  func forget(_ ids: [String]) async throws {
    guard !ids.isEmpty else { return }
    try await query("UPDATE vehicles SET is_removed = true WHERE vehicle_id = ANY(\(ids))")
  }

  private static let vehicleColumns = "vehicle_key, vehicle_id, physical_vehicle_id, is_removed"

  private static func vehicle(_ row: PostgresRow) throws -> Vehicle {
    let (key, id, physicalID, isRemoved) = try row.decode(Int32.self, String.self, String.self, Bool.self)
    return Vehicle(key: key, id: id, physicalID: physicalID, isRemoved: isRemoved)
  }

  // MARK: Days

  func prepare(days: ClosedRange<Int64>) async throws { try await self.days.make(days) }

  func drop(before day: Int64) async throws -> [Int64] { try await days.drop(before: day) }

  // MARK: Reading

  func history(_ query: HistoryQuery) async throws -> LogPage {
    try TelemetryColumns.decode(page: try await self.query(query.sql), limit: query.limit)
  }

  @discardableResult
  func query(_ sql: SQL) async throws -> PostgresRows { try await pool.reachable { try await $0.query(sql) } }
}
