import Foundation
import PostgresDriver
import PostgresGroupCommit
import PostgresMigrations
import PostgresPool
import PostgresTesting

/// Measures what storing telemetry costs, stage by stage, against a bare COPY of the same rows: on a fresh database with
/// state-sync's own schema, read from its migrations.
struct TelemetryWrites {
  /// A row of the fleet: position, speed, heading, yaw rate, steering, acceleration, pedals; 16 of 30 columns.
  private static let columns = [
    "log_position", "sequence", "time", "receive_time", "log_id", "vehicle_key", "source_key", "gear", "lat", "lon",
    "x_m", "y_m", "altitude_m", "speed_mps", "heading_deg", "yaw_rate_rps", "steering_rad", "acceleration_mps2",
    "lateral_acceleration_mps2", "throttle", "brake", "position_std_m", "speed_std_mps", "heading_std_deg",
    "yaw_rate_std_rps", "acceleration_std_mps2", "leader_gap_m", "leader_speed_mps", "energy_j", "sensors",
  ]
  private static let vehicles = 400
  private static let start: Int64 = 1_763_692_800_000_000
  private static let migrations = [
    "0001_telemetry.sql", "0002_environments.sql", "0003_partitioned_logs.sql",
  ]

  private static func encode(_ number: Int, _ row: inout CopyBuffer) {
    let (vehicle, step) = (number % vehicles, number / vehicles)
    let time = start + Int64(step) * 100_000 + Int64(vehicle)
    let value = Double(number)
    row.int8(Int64(number))
    row.int8(Int64(step + 1))
    row.timestamptz(PostgresTimestamp(microsecondsSinceUnixEpoch: time))
    row.timestamptz(PostgresTimestamp(microsecondsSinceUnixEpoch: time + 2_000))
    row.int4(1)
    row.int4(Int32(vehicle + 1))
    row.int4(Int32(vehicle + 1))
    row.null()
    row.null()
    row.null()
    for factor in 1...2 { row.float8(value * Double(factor)) }
    row.null()
    for factor in 3...8 { row.float8(value * Double(factor)) }
    row.float8(0.2)
    row.float8(0)
    for _ in 0..<8 { row.null() }
    row.null()
  }

  private let admin: PostgresConfiguration
  private let app: PostgresConfiguration

  init() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Services/StateSync/Service/Migrations")
    let history = try Self.migrations.map { name in
      try Migration(file: name, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }
    try await SchemaMigrations(schema: "state_sync", history).apply(as: database.configuration("state_sync", .owner))
    (admin, app) = (database.admin, database.configuration("state_sync", .app))
    let connection = try await PostgresConnection.connect(app)
    try await connection.executeScript("INSERT INTO logs (name, epoch) VALUES ('bench', 1)")
    try await connection.query(
      "SELECT make_day_partitions('telemetry', ARRAY[\(Self.start / 86_400_000_000)]::bigint[])")
    await connection.close()
    let owner = try await PostgresConnection.connect(database.configuration("state_sync", .owner))
    // The same rows without indexes, without partitions, and without both.
    try await owner.executeScript(
      """
      CREATE TABLE bare (LIKE telemetry);
      CREATE TABLE keyed (LIKE telemetry, PRIMARY KEY (vehicle_key, time, source_key, sequence));
      CREATE TABLE indexed (LIKE telemetry, PRIMARY KEY (vehicle_key, time, source_key, sequence));
      CREATE INDEX ON indexed (log_id, log_position);
      """)
    await owner.close()
  }

  /// Rows a second, and processor time of this process for each row.
  private func measured(_ name: String, rows: Int, _ body: () async throws -> Void) async throws -> Double {
    let (start, processor) = (ContinuousClock.now, processorTime())
    try await body()
    let rate = Double(rows) / ((ContinuousClock.now - start) / .seconds(1))
    print("\(name): \(Int(rate)) rows/s, client processor time \(describe((processorTime() - processor) / rows)) a row")
    return rate
  }

  func run(rows: Int, batches: [Int]) async throws {
    let connection = try await PostgresConnection.connect(app)
    func copy(_ table: String, _ batch: Int) async throws {
      for first in stride(from: 0, to: rows, by: batch) {
        try await connection.copyIn(
          into: CopyTarget(schema: "state_sync", table: table, columns: Self.columns),
          rows: first..<min(first + batch, rows)
        ) { Self.encode($0, &$1) }
      }
    }
    for batch in batches {
      let admin = try await PostgresConnection.connect(admin)
      try await admin.executeScript(
        "TRUNCATE state_sync.bare, state_sync.keyed, state_sync.indexed, state_sync.telemetry; CHECKPOINT")
      print("\(rows) rows in commits of \(batch):")
      let bare = try await measured("  COPY, no index", rows: rows) { try await copy("bare", batch) }
      _ = try await measured("  COPY, key", rows: rows) { try await copy("keyed", batch) }
      _ = try await measured("  COPY, key and log index", rows: rows) { try await copy("indexed", batch) }
      let partitioned = try await measured("  COPY, the same in partitions", rows: rows) {
        try await copy("telemetry", batch)
      }
      try await admin.executeScript("TRUNCATE state_sync.telemetry; CHECKPOINT")
      let pool = PostgresPool(app, configuration: PoolConfiguration(maximumConnections: 2))
      let target = GroupCommitTarget(
        CopyTarget(schema: "state_sync", table: "telemetry", columns: Self.columns),
        key: ["vehicle_key", "time", "source_key", "sequence"],
        condition: "state_sync.hold_log((SELECT log_id FROM state_sync.logs), 1)")
      let committer = GroupCommitter<Int>(pool: pool, target: target) { Self.encode($0, &$1) }
      let grouped = try await measured("  group commit, as state-sync does", rows: rows) {
        for first in stride(from: 0, to: rows, by: batch) {
          _ = try await committer.append(Array(first..<min(first + batch, rows)))
        }
      }
      print(
        "  ratios: to bare COPY \(percent(grouped / bare)), to COPY into the same table \(percent(grouped / partitioned))"
      )
      await committer.close()
      await pool.close()
      await admin.close()
    }
    await connection.close()
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
