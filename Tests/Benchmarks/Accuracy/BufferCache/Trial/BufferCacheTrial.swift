import Foundation
public import PostgresDriver
public import PostgresTesting
public import SimulationDatabases
import SimulationKernel
import Waiting

/// Measures the hit ratio of a private PostgreSQL under pgbench's select-only load and predicts each from page counts and
/// access law alone: nothing is fitted.
public struct BufferCacheTrial: Sendable {
  /// One setting of the server under one law.
  public struct Cell: Sendable {
    public var megabytes: Int
    public var access: RowAccess
    /// Blocks asked for during the measurement.
    public var accesses: Int
    /// Hit ratios, 0 to 1.
    public var measured: Double
    public var predicted: Double
    /// The same by least recently used, which PostgreSQL isn't.
    public var predictedByLRU: Double

    /// In points of percent.
    public var error: Double { 100 * abs(predicted - measured) }
  }

  /// 100,000 rows each.
  public var scale: Int
  /// Values of `shared_buffers`.
  public var sizes: [Int]
  public var laws: [RowAccess]
  /// Transactions of one measurement; each is four or so accesses.
  public var transactions: Int
  /// Misses before a measurement, in sizes of the cache.
  public var warmUpTurns: Double

  public init(
    scale: Int, sizes: [Int], laws: [RowAccess] = [.uniform, .scatteredZipf(exponent: 1.05)], transactions: Int,
    warmUpTurns: Double
  ) {
    self.scale = scale
    self.sizes = sizes
    self.laws = laws
    self.transactions = transactions
    self.warmUpTurns = warmUpTurns
  }

  private static let databaseName = "buffer_cache"
  private static let clients = 4
  private var rows: Int { scale * 100_000 }

  /// Where pgbench lies; nil where there is none.
  public static let pgbench: String? = {
    var folders: [String] = []
    if let folder = ProcessInfo.processInfo.environment["TWIN_PG_BIN"] { folders.append(folder) }
    let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    folders += installed.compactMap(Int.init).sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
    return folders.map { $0 + "/pgbench" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Runs all cells on a server that nothing else uses, and calls `report` after each.
  public func run(on server: PostgresTestServer, report: (Cell) -> Void = { _ in }) async throws -> [Cell] {
    var configuration = try PostgresConfiguration(url: try await server.start())
    let admin = try await PostgresConnection.connect(configuration)
    try await admin.executeScript("CREATE DATABASE \(Self.databaseName)")
    await admin.close()
    configuration.database = Self.databaseName
    try await bench(configuration, ["--initialize", "--quiet", "--scale=\(scale)"])
    let table = try await measureTable(configuration)
    let loads = try laws.map { law -> PagePopularity in
      var stream = RunSeed(1).stream(for: "buffer-cache-trial")
      guard let load = table.popularity(law, stream: &stream) else {
        throw TrialFailure(reason: "\(rows) rows are too many for \(law)")
      }
      return load
    }
    var cells: [Cell] = []
    for megabytes in sizes {
      try await resize(server, configuration, to: megabytes)
      for (law, load) in zip(laws, loads) {
        let cell = try await measure(configuration, megabytes, law, load)
        report(cell)
        cells.append(cell)
      }
    }
    return cells
  }

  /// Loads the server by one law at each size of the cache, and calls `observe` after each start, after the cache has been
  /// filled, and after each of `windows` measurements.
  ///
  /// - Returns: the load, page by page.
  public func observe(
    on server: PostgresTestServer, _ law: RowAccess, windows: Int,
    _ observe: (PostgresConfiguration) async throws -> Void
  ) async throws -> PagePopularity {
    var configuration = try PostgresConfiguration(url: try await server.start())
    let admin = try await PostgresConnection.connect(configuration)
    try await admin.executeScript("CREATE DATABASE \(Self.databaseName)")
    await admin.close()
    configuration.database = Self.databaseName
    try await bench(configuration, ["--initialize", "--quiet", "--scale=\(scale)"])
    let table = try await measureTable(configuration)
    var stream = RunSeed(1).stream(for: "buffer-cache-trial")
    guard let load = table.popularity(law, stream: &stream) else {
      throw TrialFailure(reason: "\(rows) rows are too many for \(law)")
    }
    for megabytes in sizes {
      try await resize(server, configuration, to: megabytes)
      try await observe(configuration)
      let pages = Double(megabytes) * 128
      let hits = BufferCache(pages: pages)?.performance(load)?.hitRatio ?? 1
      try await counted(
        configuration, law, count: Int(warmUpTurns * pages / max(0.05, (1 - hits) * load.totalRate)), seed: megabytes)
      try await observe(configuration)
      for window in 1...windows {
        try await counted(configuration, law, count: transactions, seed: 1_000 * window + megabytes)
        try await observe(configuration)
      }
    }
    return load
  }

  /// Looks rows up, and waits until the server has counted all.
  private func counted(
    _ configuration: PostgresConfiguration, _ law: RowAccess, count: Int, seed: Int
  ) async throws {
    let before = try await counts(configuration)
    try await lookUp(configuration, law, count: count, seed: seed)
    let expected = Int64(max(1, count / Self.clients) * Self.clients)
    try await eventually("pgbench's lookups show in the statistics") {
      try await counts(configuration).heap >= before.heap + expected
    }
  }

  private func measureTable(_ configuration: PostgresConfiguration) async throws -> IndexedTable {
    let connection = try await PostgresConnection.connect(configuration)
    try await connection.executeScript("CREATE EXTENSION pageinspect")
    try await connection.executeScript("VACUUM ANALYZE pgbench_accounts", timeout: .seconds(120))
    let row = try await connection.query(
      """
      SELECT (SELECT relpages FROM pg_class WHERE relname = 'pgbench_accounts')::int8,
        (SELECT relpages FROM pg_class WHERE relname = 'pgbench_accounts_pkey')::int8,
        (SELECT level FROM bt_metap('pgbench_accounts_pkey'))::int8
      """)[0]
    let (heap, index, height) = try row.decode(Int64.self, Int64.self, Int64.self)
    await connection.close()
    let levels = IndexedTable.levels(pages: Int(index), height: Int(height))
    guard let table = IndexedTable(rows: rows, heapPages: Int(heap), indexLevels: levels) else {
      throw TrialFailure(reason: "\(heap) and \(index) pages make no table")
    }
    return table
  }

  private func resize(
    _ server: PostgresTestServer, _ configuration: PostgresConfiguration, to megabytes: Int
  ) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    // Statements that a transaction block would refuse go one by one.
    for setting in ["shared_buffers = '\(megabytes)MB'", "autovacuum = off"] {
      try await connection.executeScript("ALTER SYSTEM SET \(setting)")
    }
    await connection.close()
    try await server.stop()
    try await server.restart(port: configuration.port)
  }

  private func measure(
    _ configuration: PostgresConfiguration, _ megabytes: Int, _ law: RowAccess, _ load: PagePopularity
  ) async throws -> Cell {
    let pages = Double(megabytes) * 128
    guard let predicted = BufferCache(pages: pages)?.performance(load)?.hitRatio,
      let byLRU = BufferCache(pages: pages, replacement: .lru)?.performance(load)?.hitRatio
    else { throw TrialFailure(reason: "\(megabytes) MB hold nothing") }
    let missesPerTransaction = max(0.05, (1 - predicted) * load.totalRate)
    try await lookUp(configuration, law, count: Int(warmUpTurns * pages / missesPerTransaction))
    let before = try await counts(configuration)
    try await lookUp(configuration, law, count: transactions)
    let expected = Int64(transactions / Self.clients * Self.clients)
    // The server adds up a session's counters as the session ends.
    try await eventually("pgbench's lookups show in the statistics") {
      try await counts(configuration).heap >= before.heap + expected
    }
    let after = try await counts(configuration)
    let hits = after.hits - before.hits
    let reads = after.reads - before.reads
    return Cell(
      megabytes: megabytes, access: law, accesses: Int(hits + reads), measured: Double(hits) / Double(hits + reads),
      predicted: predicted, predictedByLRU: byLRU)
  }

  /// - Parameter seed: of the keys that are drawn; the same ones again would be found in the cache.
  private func lookUp(
    _ configuration: PostgresConfiguration, _ law: RowAccess, count: Int, seed: Int = 4711
  ) async throws {
    let draw =
      switch law {
      case .uniform: "\\set aid random(1, \(rows))"
      case .scatteredZipf(let exponent):
        "\\set rank random_zipfian(1, \(rows), \(exponent))\n\\set aid permute(:rank - 1, \(rows), 4711) + 1"
      }
    let script = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-pgbench-\(UUID().uuidString.prefix(8)).sql")
    try (draw + "\nSELECT abalance FROM pgbench_accounts WHERE aid = :aid;\n")
      .write(to: script, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: script) }
    try await bench(
      configuration,
      [
        "--no-vacuum", "--protocol=prepared", "--client=\(Self.clients)", "--random-seed=\(seed)",
        "--transactions=\(max(1, count / Self.clients))", "--file=\(script.path)",
      ])
  }

  private func counts(
    _ configuration: PostgresConfiguration
  ) async throws -> (hits: Int64, reads: Int64, heap: Int64) {
    let connection = try await PostgresConnection.connect(configuration)
    let row = try await connection.query(
      """
      SELECT heap_blks_hit + idx_blks_hit, heap_blks_read + idx_blks_read, heap_blks_hit + heap_blks_read
      FROM pg_statio_all_tables WHERE relname = 'pgbench_accounts'
      """)[0]
    let (hits, reads, heap) = try row.decode(Int64.self, Int64.self, Int64.self)
    await connection.close()
    return (hits, reads, heap)
  }

  private func bench(_ configuration: PostgresConfiguration, _ arguments: [String]) async throws {
    guard let pgbench = Self.pgbench else { throw TrialFailure(reason: "there is no pgbench") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: pgbench)
    process.arguments =
      arguments + [
        "--host=\(configuration.host)", "--port=\(configuration.port)", "--username=\(configuration.user)",
        configuration.database,
      ]
    process.standardOutput = FileHandle.nullDevice
    let errors = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-pgbench-\(UUID().uuidString.prefix(8)).err")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardError = try FileHandle(forWritingTo: errors)
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    guard status == 0 else {
      let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      throw TrialFailure(reason: "pgbench \(arguments.joined(separator: " ")) failed (\(status)): \(text.suffix(500))")
    }
  }
}

/// The trial couldn't be held.
public struct TrialFailure: Error, CustomStringConvertible {
  public var reason: String
  public var description: String { reason }
}
