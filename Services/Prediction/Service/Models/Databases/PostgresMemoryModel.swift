import RPCErrors
import SimulationDatabases
import SimulationInput

/// A PostgreSQL server's memory as a bare model.
struct PostgresMemoryModel: BareModel {
  let name = "postgresql_memory"
  let meaning = "How much memory a PostgreSQL server takes, expected and at its worst."
  let equation =
    "shared = buffers + WAL + locks + processes; private = backends b + active nodes work_mem hash_mem_multiplier"
  let source = "PostgreSQL 18 documentation, 19.4.1 Memory and 19.12 Lock Management; overheads measured on 15.18"
  let regime = "x86-64, versions 9.6 to 18"
  let assumptions = [
    "the ceiling has every connection active with its nodes full; functions may take more",
    "settings that aren't given have the defaults of the version", "use is null where ram_bytes isn't given",
  ]
  private static let bytes = ModelInput.Kind.number(0...1e15)
  let inputs = [
    ModelInput("postgres_major", .integer(9...30), usual: .null, "Major version, 9 for 9.6; absent for the newest."),
    ModelInput("shared_buffers_bytes", bytes, usual: .null, "shared_buffers."),
    ModelInput("max_connections", .integer(1...262_143), usual: .null, "max_connections."),
    ModelInput("work_mem_bytes", bytes, usual: .null, "work_mem."),
    ModelInput("hash_mem_multiplier", .number(1...1_000), usual: .null, "hash_mem_multiplier."),
    ModelInput("maintenance_work_mem_bytes", bytes, usual: .null, "maintenance_work_mem."),
    ModelInput("autovacuum_max_workers", .integer(0...262_143), usual: .null, "autovacuum_max_workers."),
    ModelInput("backends", .integer(0...262_143), "Sessions connected at the busiest."),
    ModelInput("active_backends", .integer(0...262_143), "Those of them that run a statement."),
    ModelInput("nodes_per_query", .number(0...1_000), usual: 1, "Sorts and hashes that a statement holds at a time."),
    ModelInput("ram_bytes", .number(1...1e15), usual: .null, "RAM of the host, or the control group's limit."),
    ModelInput("huge_page_bytes", bytes, usual: 0, "Huge pages that the kernel set aside."),
  ]
  let outputNames = [
    "shared_bytes", "expected_least_bytes", "expected_most_bytes", "ceiling_bytes", "expected_use", "ceiling_use",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    var settings = PostgresMemorySettings(defaultsOf: inputs.number("postgres_major").map { Int($0) })
    if let value = inputs.number("shared_buffers_bytes") { settings.sharedBuffers = value }
    if let value = inputs.number("max_connections") { settings.maxConnections = Int(value) }
    if let value = inputs.number("work_mem_bytes") { settings.workMem = value }
    if let value = inputs.number("hash_mem_multiplier") { settings.hashMemMultiplier = value }
    if let value = inputs.number("maintenance_work_mem_bytes") { settings.maintenanceWorkMem = value }
    if let value = inputs.number("autovacuum_max_workers") { settings.autovacuumMaxWorkers = Int(value) }
    var wrong: [ServiceFault.FieldViolation] = []
    if inputs.integer("backends") > settings.maxConnections {
      wrong.append(.init("inputs.backends", "must be at most max_connections, which is \(settings.maxConnections)"))
    }
    if inputs.integer("active_backends") > inputs.integer("backends") {
      wrong.append(.init("inputs.active_backends", "must be at most backends"))
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    let memory = PostgresMemory(
      settings,
      load: PostgresMemoryLoad(
        backends: inputs.integer("backends"), active: inputs.integer("active_backends"),
        nodesPerQuery: inputs["nodes_per_query"]))
    let budget = inputs.number("ram_bytes")
      .map { MemoryBudget(ramBytes: $0, hugePageBytes: inputs["huge_page_bytes"]) }
    let expected = memory.expectedBytes
    return [
      .number(memory.sharedBytes), .number(expected.lowerBound), .number(expected.upperBound),
      .number(memory.ceilingBytes),
      InputValue(budget.map { $0.use(shared: memory.sharedBytes, total: expected.upperBound) }),
      InputValue(budget.map { $0.use(shared: memory.sharedBytes, total: memory.ceilingBytes) }),
    ]
  }
}
