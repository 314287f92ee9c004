import SimulationDatabases
import Testing

@Suite struct SettingsTests {
  @Test(arguments: [
    ("2GB", SettingUnit.blocks, 262_144.0), ("16384", .blocks, 16_384), ("4MB", .kilobytes, 4_096),
    ("4096", .kilobytes, 4_096), (" 64 kB ", .kilobytes, 64), ("1.5GB", .megabytes, 1_536),
    ("1TB", .megabytes, 1_048_576),
    ("200", .milliseconds, 200), ("5min", .milliseconds, 300_000), ("1h", .minutes, 60), ("1d", .seconds, 86_400),
    ("500us", .milliseconds, 0.5), ("-1", .kilobytes, -1), ("0x10", .none, 16), ("1e3", .none, 1_000),
  ])
  func `a value with a unit`(_ text: String, _ unit: SettingUnit, _ value: Double) throws {
    #expect(try #require(SettingQuantity(text, baseUnit: unit)).value == value)
  }

  @Test(arguments: ["", "GB", "2gb", "2 Gb", "10%", "4MBs", "12 apples", "nan", "inf"])
  func `what the server refuses`(_ text: String) {
    #expect(SettingQuantity(text, baseUnit: .blocks) == nil)
  }

  @Test func `sizes as other systems write them`() {
    #expect(SizeNotation.redis.bytes("1gb") == 1_073_741_824 && SizeNotation.redis.bytes("1G") == 1e9)
    #expect(SizeNotation.java.bytes("512m") == 536_870_912)
    #expect(SizeNotation.kubernetes.bytes("1.5Gi") == 1_610_612_736 && SizeNotation.kubernetes.bytes("1G") == 1e9)
    #expect(SizeNotation.kubernetes.bytes("1GB") == nil && SizeNotation.postgres.bytes("2048") == nil)
    #expect(SizeNotation.postgres.bytes("2GB") == 2_147_483_648)
  }

  @Test func `parameters by version`() throws {
    func parameter(_ name: String, _ major: Int?) throws -> PostgresParameter {
      try #require(PostgresParameter.named(name, major: major), "\(name)")
    }
    #expect(try parameter("Shared_Buffers", 15).needsRestart)
    #expect(try parameter("work_mem", 15).defaultNumber == 4_096)
    #expect(try parameter("hash_mem_multiplier", 13).defaultNumber == 1)
    #expect(try parameter("hash_mem_multiplier", 15).defaultNumber == 2)
    #expect(PostgresParameter.named("hash_mem_multiplier", major: 12) == nil)
    #expect(try parameter("autovacuum_vacuum_cost_delay", 11).defaultNumber == 20)
    #expect(try parameter("autovacuum_vacuum_cost_delay", 12).defaultNumber == 2)
    #expect(try parameter("autovacuum_max_workers", 17).needsRestart)
    #expect(try !parameter("autovacuum_max_workers", 18).needsRestart)
    #expect(try parameter("autovacuum_max_workers", nil).needsRestart)
    #expect(try parameter("checkpoint_completion_target", 13).defaultNumber == 0.5)
    #expect(PostgresParameter.named("wal_keep_segments", major: 13) == nil)
    #expect(PostgresParameter.named("reserved_connections", major: 15) == nil)
    #expect(PostgresParameter.named("no_such_thing", major: nil) == nil)
    #expect(try parameter("fsync", 15).category == .durability)
    #expect(try parameter("wal_level", 9).defaultValue == "minimal")
    for major in 9...18 { #expect(PostgresParameter.names(major: major).count > 240) }
  }

  @Test func `every default is a value of its parameter`() throws {
    for major in 9...18 {
      for name in PostgresParameter.names(major: major) {
        let parameter = try #require(PostgresParameter.named(name, major: major))
        // Enumerations of other systems' values and paths apart, what is built in must be accepted.
        if parameter.defaultValue.isEmpty || parameter.type == .string { continue }
        #expect(throws: Never.self, "\(name) \(major)") { try parameter.value(of: parameter.defaultValue) }
      }
    }
  }

  @Test func `values as postgresql conf has them`() throws {
    let buffers = try #require(PostgresParameter.named("shared_buffers", major: 15))
    #expect(try buffers.value(of: "2GB") == .number(262_144))
    #expect(throws: PostgresParameter.Refusal.self) { try buffers.value(of: "8kB") }
    #expect(throws: PostgresParameter.Refusal.notANumber("lots")) { try buffers.value(of: "lots") }
    let fsync = try #require(PostgresParameter.named("fsync", major: 15))
    #expect(try fsync.value(of: "OFF") == .flag(false) && fsync.value(of: "tr") == .flag(true))
    #expect(throws: PostgresParameter.Refusal.notAFlag("o")) { try fsync.value(of: "o") }
    let commit = try #require(PostgresParameter.named("synchronous_commit", major: 15))
    #expect(try commit.value(of: "Remote_Apply") == .text("remote_apply") && commit.value(of: "false") == .text("off"))
    #expect(throws: PostgresParameter.Refusal.self) { try commit.value(of: "sometimes") }
  }
}
