import SimulationInput

/// Memory of a PostgreSQL server: shared buffers, what each backend keeps, what queries may take.
///
/// M = S + B·b + A·w·h·(1 + p) + V·m, with shared buffers S, B backends of b = 10 MB each (catalogue caches; idle ones
/// were measured at 1.3 MB), A active ones with one hash of work_mem w times hash_mem_multiplier h in each of 1 + p
/// processes, and V autovacuum workers of m = maintenance_work_mem. Huge pages that the kernel reserved are gone for
/// everything but shared buffers that fit into them.
///
/// Source: PostgreSQL 18 documentation, 19.4 "Resource Consumption" and 18.4.5 "Linux Huge Pages".
enum PostgresMemoryCheck: ChangeCheck {
  static let model = "postgresql_memory"
  /// Private memory of a backend that has worked, GB.
  static let backend = 10.0 / 1_024
  /// PostgreSQL's defaults (documentation 19.4), GB.
  private static let defaultWorkMem = 4.0 / 1_024
  private static let defaultMaintenanceMem = 64.0 / 1_024

  private static let kilobytes = 1.0 / 1_048_576
  private static let pages = 8.0 / 1_048_576

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    let shared = s.reading(["shared_buffers"]) { FactValue.gigabytes($0, bareGigabytes: pages) }
    let connections = s.reading(["max_connections"])
    let workMem = s.reading(["work_mem"]) { FactValue.gigabytes($0, bareGigabytes: kilobytes) }
    let multiplier = s.reading(["hash_mem_multiplier"])
    let parallel = s.reading(["max_parallel_workers_per_gather", "parallel_workers"])
    let maintenance = s.reading(["maintenance_work_mem", "autovacuum_work_mem"]) {
      FactValue.gigabytes($0, bareGigabytes: kilobytes)
    }
    let workers = s.reading(["autovacuum_max_workers"])
    let ram = s.reading(["memory_gb", "ram_gb"], state: ["container_memory_limit_gb", "ram_gb"]) {
      FactValue.gigabytes($0)
    }
    let readings = [shared, connections, workMem, multiplier, parallel, maintenance, workers, ram]
    guard readings.contains(where: { $0.field != nil }) || s.change.has("huge_pages") else { return }
    report.ran(self)
    readings.forEach { report.understand($0.field) }

    let backends = s.state.number("peak_backends")
    let active = s.state.number("peak_active") ?? backends
    func demand(_ at: (Situation.Reading) -> Double?) -> Double? {
      guard let shared = at(shared) else { return nil }
      let most = at(connections)
      guard let backends = backends.map({ min($0, most ?? $0) }) ?? most else { return nil }
      let query = (at(workMem) ?? defaultWorkMem) * max(1, at(multiplier) ?? 2) * (1 + max(0, at(parallel) ?? 0))
      return shared + backends * backend + min(active ?? backends, backends) * query
        + (at(workers) ?? 3) * (at(maintenance) ?? defaultMaintenanceMem)
    }
    report.understand(s.change.has("huge_pages") ? "huge_pages" : nil)
    let reserved = s.state.gigabytes("hugepages_reserved_gb") ?? 0
    /// What the demand competes for: reserved huge pages help only shared buffers that fit.
    func lost(_ shared: Double?) -> Double {
      guard let shared else { return 0 }
      return shared <= reserved ? reserved - shared : reserved
    }
    let before = demand(\.before).map { $0 + lost(shared.before) }
    let after = demand(\.after).map { $0 + lost(shared.after) }
    report.metric("memory_demand_gb", before, after)
    guard let limit = ram.after else {
      let grows = readings.dropLast().contains { $0.isRaised }
      if grows {
        report.unknown(
          ["ram_gb"], self, "the change takes more memory, and how much the host has is not known", worst: .outage, s,
          field: readings.first { $0.isRaised }?.field, alsoCode: "OOM_RISK")
      }
      return
    }
    guard let after else {
      let raised = readings.dropLast().first { $0.isRaised } ?? (ram.isLowered && ram.before != nil ? ram : nil)
      if let raised {
        report.unknown(
          ["shared_buffers", "peak_backends"], self,
          "the change takes more memory, and what the server takes now is not known", worst: .outage, s,
          field: raised.field, alsoCode: "OOM_RISK")
      }
      return
    }
    report.metric("memory_share", before.map { $0 / (ram.before ?? limit) }, after / limit)
    exhaustion(s, &report, readings, before: before, after: after, ram: ram, limit: limit, reserved: reserved)
    buffering(s, &report, shared, limit: limit)
    hugePages(s, &report, shared, reserved: reserved)
  }

  private static func exhaustion(
    _ s: Situation, _ report: inout ChangeReport, _ readings: [Situation.Reading], before: Double?, after: Double,
    ram: Situation.Reading, limit: Double, reserved: Double
  ) {
    let probability = Exceedance.memory.probability(demand: after, limit: limit)
    // What was there before isn't the change's doing, unless the change makes it worse.
    if let before, after <= before, limit >= ram.before ?? limit { return }
    guard probability > 0.02 else { return }
    let field = readings.first { $0.isChanged }?.field ?? readings.first { $0.field != nil }?.field ?? nil
    let comparison = before.map { " (before \(brief($0)))" } ?? ""
    report.add(
      issue(
        "OOM_RISK", .outage, s, probability: probability,
        "at its measured peak the server needs \(brief(after)) GB\(comparison) of \(brief(limit)) GB: when memory is "
          + "gone the kernel kills a backend, and every connection is reset",
        Calculation(
          equation: "M = S + B b + A w h (1 + p) + V m + unusable huge pages",
          inputs: [
            "shared_buffers_gb": s.reading(["shared_buffers"]) { FactValue.gigabytes($0, bareGigabytes: pages) }.after,
            "peak_backends": s.state.number("peak_backends"), "backend_gb": backend,
            "peak_active": s.state.number("peak_active"),
            "work_mem_gb": s.reading(["work_mem"]) { FactValue.gigabytes($0, bareGigabytes: kilobytes) }.after,
            "hash_mem_multiplier": s.reading(["hash_mem_multiplier"]).after, "hugepages_reserved_gb": reserved,
            "before_gb": before,
          ], value: after, unit: "GB", threshold: limit,
          source: "PostgreSQL documentation 19.4.1 Memory; 18.4.4 Linux Memory Overcommit"),
        field: field, remedy: "lower work_mem or the number of connections, or pool connections"))
  }

  /// Shared buffers beyond 40 % of memory hold pages that the kernel's cache holds, too.
  private static func buffering(
    _ s: Situation, _ report: inout ChangeReport, _ shared: Situation.Reading, limit: Double
  ) {
    guard shared.isRaised, let size = shared.after else { return }
    let share = size / limit
    // Nothing is held twice when what is worked with fits the buffers and the rest is hardly read.
    let workingSet = s.state.gigabytes("working_set_gb", "db_size_gb")
    let fits = workingSet.map { $0 <= size } ?? false
    guard share > 0.4 else { return }
    let isGrave = share > 0.6 || (share > 0.5 && !fits)
    report.add(
      issue(
        "DOUBLE_BUFFERING", isGrave ? .degradation : .nuisance, s, probability: isGrave ? 0.8 : 0.5,
        "shared buffers take \(percent(share)) of \(brief(limit)) GB: pages are held twice, and sorts, backups and "
          + "writes are left with \(brief(limit - size)) GB",
        Calculation(
          equation: "share = shared_buffers / ram",
          inputs: ["shared_buffers_gb": size, "ram_gb": limit, "working_set_gb": workingSet], value: share, unit: "1",
          threshold: 0.4,
          source: "PostgreSQL documentation 19.4.1: more than 40 % of RAM is unlikely to work better"),
        field: shared.field, remedy: "25 % of memory is the usual start, 40 % the most"))
  }

  private static func hugePages(
    _ s: Situation, _ report: inout ChangeReport, _ shared: Situation.Reading, reserved: Double
  ) {
    let wanted = s.change.text("huge_pages") ?? s.state.text("huge_pages")
    let isRequired = wanted?.lowercased() == "on" || wanted == "true"
    // Shared memory is about 3 % more than the buffers: lock tables, WAL buffers, process array (18.4.5).
    if isRequired, s.change.has("huge_pages"), shared.after == nil || !s.state.has("hugepages_reserved_gb") {
      report.unknown(
        ["shared_buffers", "hugepages_reserved_gb"], self,
        "with huge_pages = on the server starts only if they fit, and whether they do is not known", worst: .outage, s,
        field: "huge_pages", alsoCode: "DOWNTIME")
    }
    guard let size = shared.after.map({ $0 * 1.03 }), size > reserved, reserved > 0 || isRequired,
      shared.isRaised || s.change.has("huge_pages")
    else { return }
    report.add(
      issue(
        isRequired ? "DOWNTIME" : "OOM_RISK", isRequired ? .outage : .fragility, s,
        probability: isRequired ? 0.95 : 0.75,
        "shared buffers of \(brief(size)) GB don't fit the \(brief(reserved)) GB of huge pages that the kernel reserved: "
          + (isRequired
            ? "with huge_pages = on the server doesn't start"
            : "the server takes ordinary pages, and the reserved ones are lost to everything"),
        Calculation(
          equation: "shared_buffers <= huge pages reserved",
          inputs: ["shared_buffers_gb": size, "hugepages_reserved_gb": reserved], value: size, unit: "GB",
          threshold: reserved, source: "PostgreSQL documentation 18.4.5 Linux Huge Pages"),
        field: shared.field, remedy: "raise vm.nr_hugepages before shared_buffers"))
  }
}
