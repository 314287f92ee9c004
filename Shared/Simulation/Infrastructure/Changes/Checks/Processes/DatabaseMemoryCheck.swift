import SimulationInput

/// Memory of databases that keep their own cache: MySQL and MariaDB (InnoDB), MongoDB (WiredTiger).
///
/// M = C·(1 + o) + B·b: the cache with its bookkeeping o, and what each of B connections keeps. InnoDB's bookkeeping is
/// about a tenth (MySQL 8.4 manual, 17.8.3.1: "reserves additional memory for buffers and control structures, so that the
/// total allocated space is approximately 10% greater"). A connection takes its stack and buffers, up to the sum of the
/// per-session ones (10.12.3.1 "How MySQL Uses Memory"); MongoDB's take up to 1 MB of stack each (production notes).
enum DatabaseMemoryCheck: ChangeCheck {
  static let model = "database_memory"
  private static let bookkeeping = 0.1
  private static let megabyte = 1.0 / 1_024
  /// Per-session buffers of MySQL by default: 256 KiB each of sort, join and read_rnd, 128 KiB read, 1 MiB stack, and up
  /// to 16 MiB for an internal temporary table in use.
  private static let mysqlConnection = 18 * megabyte
  /// More reads of the disk than this many times today's are seldom planned for.
  private static let toleratedReads = 1.5
  private static let mongoConnection = 1 * megabyte

  private static let caches = ["innodb_buffer_pool_size", "wiredtiger_cache_gb"]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard !s.isPostgres else { return }
    let cache = s.reading(caches) {
      // MySQL counts bytes; MongoDB gigabytes.
      FactValue.gigabytes($0, bareGigabytes: (FactValue.number($0) ?? 0) > 65_536 ? 1 / 1_073_741_824 : 1)
    }
    let connections = s.reading(["max_connections"])
    let isMongo = cache.field == "wiredtiger_cache_gb" || s.speaks(of: "mongo")
    guard let field = cache.field ?? (cache.before == nil ? nil : connections.field) else { return }
    report.ran(self)
    report.understand(cache.field, connections.field)
    for name in s.settings where name.hasPrefix("innodb_buffer_pool_") { report.understand(name) }
    guard let ram = s.state.gigabytes("container_memory_limit_gb", "ram_gb") else {
      guard cache.isRaised || connections.isRaised else { return }
      report.unknown(
        ["ram_gb"], self, "the cache grows to \(brief(cache.after ?? 0)) GB, and how much memory there is is not known",
        worst: .outage, s, field: field, alsoCode: "OOM_RISK")
      return
    }
    let each = isMongo ? mongoConnection : mysqlConnection
    // A peak of none was not measured.
    let peak = s.state.number("peak_backends", "peak_connections").flatMap { $0 > 0 ? $0 : nil }
    func demand(_ at: (Situation.Reading) -> Double?) -> Double? {
      guard let cache = at(cache) else { return nil }
      let most = at(connections)
      let used = peak.map { min($0, most ?? $0) } ?? most ?? 151
      return cache * (1 + bookkeeping) + used * each
    }
    guard let after = demand(\.after) else { return }
    let before = demand(\.before)
    report.metric("memory_demand_gb", before, after)
    misses(cache, field, s, &report)
    guard after > before ?? 0 else { return }
    let probability = Exceedance.memory.probability(demand: after, limit: ram)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "OOM_RISK", .outage, s, probability: probability,
        "cache and connections take \(brief(after)) of \(brief(ram)) GB",
        Calculation(
          equation: "M = 1.1 C + B b",
          inputs: [
            "cache_gb": cache.after, "connections": s.state.number("peak_backends", "peak_connections"),
            "connection_gb": each,
          ], value: after, unit: "GB", threshold: ram,
          source: isMongo ? "MongoDB manual, production notes" : "MySQL 8.4 reference manual, 10.12.3.1 and 17.8.3.1"),
        field: field))
  }

  /// A cache that no longer holds what is used reads from the disk.
  private static func misses(
    _ cache: Situation.Reading, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard cache.isLowered, let after = cache.after else { return }
    guard let set = s.state.gigabytes("working_set_gb") else {
      report.unknown(
        ["working_set_gb"], self, "the cache shrinks to \(brief(after)) GB, and how much is used again is not known",
        worst: .degradation, s, field: field, alsoCode: "IO_SATURATION")
      return
    }
    guard set > after else { return }
    if let before = cache.before, set > before * 1.2 {
      // It never fitted: of evenly used pages the share 1 - cache / set is read from the disk, before and after.
      let growth = (1 - after / set) / (1 - before / set)
      let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: growth, limit: toleratedReads)
      guard probability > 0.02 else { return }
      report.add(
        issue(
          "IO_SATURATION", .degradation, s, probability: probability,
          "of \(brief(set)) GB that are used the cache keeps \(brief(after)) instead of \(brief(before)): "
            + "\(brief(growth)) times as many reads come to the disk",
          Calculation(
            equation: "(1 - after / set) / (1 - before / set)",
            inputs: ["working_set_gb": set, "before_gb": before, "after_gb": after], value: growth, unit: "1",
            threshold: toleratedReads, source: "MySQL 8.4 reference manual, 17.5.1 Buffer Pool"), field: field))
      return
    }
    report.add(
      issue(
        "IO_SATURATION", .degradation, s,
        probability: Exceedance(spread: 0.2, reserve: 0).probability(demand: set, limit: after),
        "\(brief(set)) GB are used again and again, and the cache keeps \(brief(after))",
        Calculation(
          equation: "working set <= cache", inputs: ["working_set_gb": set, "before_gb": cache.before], value: set,
          unit: "GB", threshold: after, source: "MySQL 8.4 reference manual, 17.5.1 Buffer Pool"), field: field))
  }
}
