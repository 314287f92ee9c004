import FleetCore
import PostgresDriver
import PostgresPool
import Testing

@testable import StateSyncService

@Suite("Partitions by day, made and dropped by a role that can't change the schema")
struct DayPartitionsTests {
  private func fails(_ code: PostgresError.Code, _ call: () async throws -> some Sendable) async -> Bool {
    do {
      _ = try await call()
      return false
    } catch {
      return (error as? PostgresError)?.code == code
    }
  }

  @Test("days are made where they don't exist, and dropped oldest first up to a day")
  func makeAndDrop() async throws {
    let database = try await TelemetryDatabase()
    let days = DayPartitions(database.app, table: "metric_points")
    #expect(try await days.existing().isEmpty)
    try await days.make([20_000, 19_998, 20_000, -3])
    try await days.make([20_000, 20_001])
    #expect(try await days.existing() == [-3, 19_998, 20_000, 20_001])
    #expect(try await days.drop(before: 20_000) == [-3, 19_998])
    #expect(try await days.existing() == [20_000, 20_001])
    // One that was dropped is made again.
    try await days.make([19_998])
    #expect(try await days.existing() == [19_998, 20_000, 20_001])
  }

  @Test("many that make the same days at once don't disturb each other")
  func manyAtOnce() async throws {
    let database = try await TelemetryDatabase()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { try await DayPartitions(database.app, table: "metric_points").make(100..<110) }
      }
      try await group.waitForAll()
    }
    #expect(try await DayPartitions(database.app, table: "metric_points").existing() == Array(100..<110))
  }

  @Test("a day ends at midnight in UTC, whatever the session's time zone is")
  func bounds() async throws {
    let database = try await TelemetryDatabase()
    try await database.app.withConnection { connection in
      try await connection.query("SET TimeZone = 'Pacific/Kiritimati'")
      try await connection.query("SELECT make_day_partitions('metric_points', ARRAY[20000, 20001]::bigint[])")
      for (time, day) in [
        ("2024-10-04 00:00:00Z", "20000"), ("2024-10-04 23:59:59.999999Z", "20000"), ("2024-10-05 00:00:00Z", "20001"),
      ] {
        let rows = try await connection.query(
          """
          INSERT INTO metric_points (series_key, time, value) VALUES (1, \(time)::text::timestamptz, 0)
          RETURNING tableoid::regclass::text
          """)
        #expect(try rows[0].decode(String.self) == "metric_points_\(day)")
      }
      try await connection.query("RESET TimeZone")
    }
  }

  @Test("the service's role makes no other tables and drops none")
  func leastPrivilege() async throws {
    let database = try await TelemetryDatabase()
    #expect(await fails(.insufficientPrivilege) { try await database.app.query("CREATE TABLE mine (a int)") })
    #expect(await fails(.insufficientPrivilege) { try await database.app.query("DROP TABLE vehicles") })
    for table in ["vehicles", "nothing", "vehicles\"; DROP TABLE sources; --", "pg_class"] {
      let days = DayPartitions(database.app, table: table)
      #expect(await fails(.undefinedTable) { try await days.make([1]) })
      #expect(
        await fails(.undefinedTable) { try await database.app.query("SELECT drop_day_partition(\(table), 1)") })
    }
    #expect(try await database.app.query("SELECT count(*) FROM vehicles")[0].decode(Int64.self) == 0)
  }
}
