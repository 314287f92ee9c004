import SimulationDatabases
import SimulationInput

/// Memory of a PostgreSQL server at its measured peak against what the host has, by `PostgresMemory`.
///
/// Source: PostgreSQL 18 documentation, 19.4 "Resource Consumption" and 18.4.5 "Linux Huge Pages".
enum PostgresMemoryCheck: ChangeCheck {
  static let model = "postgresql_memory"
  /// What `max_connections` and counts of workers can be at most.
  private static let counts = 0...262_143
  /// The largest value that `max_parallel_workers` takes.
  private static let mostParallelWorkers = 1_024

  private static let kilobytes = 1.0 / 1_048_576
  private static let pages = 8.0 / 1_048_576

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    let shared = s.reading(["shared_buffers"]) { FactValue.gigabytes($0, bareGigabytes: pages) }
    let connections = s.reading(["max_connections"])
    let workMem = s.reading(["work_mem"]) { FactValue.gigabytes($0, bareGigabytes: kilobytes) }
    let multiplier = s.reading(["hash_mem_multiplier"])
    let parallel = s.reading(["max_parallel_workers_per_gather", "parallel_workers"])
    let parallelMost = s.reading(["max_parallel_workers"])
    let maintenance = s.reading(["maintenance_work_mem", "autovacuum_work_mem"]) {
      FactValue.gigabytes($0, bareGigabytes: kilobytes)
    }
    let workers = s.reading(["autovacuum_max_workers"])
    let ram = s.reading(["memory_gb", "ram_gb"], state: ["container_memory_limit_gb", "ram_gb"]) {
      FactValue.gigabytes($0)
    }
    let readings = [shared, connections, workMem, multiplier, parallel, parallelMost, maintenance, workers, ram]
    // Pages of 2 MiB, the usual size on x86-64.
    let hugePages = s.reading(["nr_hugepages"]) { FactValue.number($0).map { $0 / 512 } }
    let reservedBefore = s.state.gigabytes("hugepages_reserved_gb") ?? hugePages.before ?? 0
    let pool = Situation.Reading(
      field: hugePages.field, before: reservedBefore, after: hugePages.field == nil ? reservedBefore : hugePages.after)
    guard readings.contains(where: { $0.field != nil }) || s.change.has("huge_pages") || pool.field != nil else {
      return
    }
    report.ran(self)
    readings.forEach { report.understand($0.field) }
    report.understand(pool.field)

    let backends = s.state.number("peak_backends")
    let active = s.state.number("peak_active") ?? backends
    func memory(_ at: (Situation.Reading) -> Double?, most: Double? = nil) -> PostgresMemory? {
      guard let shared = at(shared) else { return nil }
      func count(_ value: Double) -> Int { FactValue.whole(value, in: counts) }
      var settings = PostgresMemorySettings(defaultsOf: s.postgresMajor)
      settings.sharedBuffers = shared * FactValue.gigabyte
      let sessions = backends ?? at(connections)
      settings.maxConnections = count(at(connections) ?? max(Double(settings.maxConnections), sessions ?? 0))
      if let value = at(workMem) { settings.workMem = value * FactValue.gigabyte }
      if let value = at(multiplier) { settings.hashMemMultiplier = value }
      if let value = at(parallel) { settings.maxParallelWorkersPerGather = count(value) }
      if let most {
        settings.maxParallelWorkers = count(most)
      } else if let value = at(parallelMost) {
        settings.maxParallelWorkers = count(value)
      } else if at(parallel) != nil {
        // Who set the one may have raised the other, and nobody said.
        settings.maxParallelWorkers = mostParallelWorkers
      }
      if let value = at(maintenance) { settings.maintenanceWorkMem = value * FactValue.gigabyte }
      if let value = at(workers) { settings.autovacuumMaxWorkers = count(value) }
      return PostgresMemory(
        settings, load: PostgresMemoryLoad(backends: count(sessions ?? 0), active: count(active ?? sessions ?? 0)))
    }
    report.understand(s.change.has("huge_pages") ? "huge_pages" : nil)
    let reserved = pool.after ?? 0
    let isLoadKnown = { (at: (Situation.Reading) -> Double?) -> Bool in backends != nil || at(connections) != nil }
    /// GB with the huge pages that nothing can use.
    func demand(_ at: (Situation.Reading) -> Double?, most: Double? = nil) -> Double? {
      guard isLoadKnown(at), let memory = memory(at, most: most) else { return nil }
      let budget = MemoryBudget(ramBytes: .infinity, hugePageBytes: (at(pool) ?? 0) * FactValue.gigabyte)
      return budget.demand(shared: memory.sharedBytes, total: memory.peakBytes) / FactValue.gigabyte
    }
    // Where the change sets both, the state's one number may have been either; the smaller demand was surely met.
    let isEither = parallel.field != nil && parallelMost.field != nil && parallelMost.before == nil
    let before =
      isEither
      ? [demand(\.before), demand(\.before, most: parallel.before)].compactMap(\.self).min() : demand(\.before)
    let after = demand(\.after)
    report.metric("memory_demand_gb", before, after)
    guard let limit = ram.after else {
      let grows = readings.dropLast().contains { $0.isRaised } || pool.isRaised
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
    let sharedSize = memory(\.after).map { $0.sharedBytes / FactValue.gigabyte }
    exhaustion(
      s, &report, readings.dropLast() + [pool, ram], before: before, memory(\.after), after: after, ram: ram,
      limit: limit, reserved: reserved)
    buffering(s, &report, shared, limit: limit)
    reservation(s, &report, shared, sharedSize, reserved: reserved)
  }

  private static func exhaustion(
    _ s: Situation, _ report: inout ChangeReport, _ readings: [Situation.Reading], before: Double?,
    _ memory: PostgresMemory?, after: Double, ram: Situation.Reading, limit: Double, reserved: Double
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
          equation: "M = S + (B + W) b + (A + W) w h + V m + unusable huge pages, W = min(max_parallel_workers, A p)",
          inputs: [
            "shared_buffers_gb": memory.map { $0.settings.sharedBuffers / FactValue.gigabyte },
            "shared_memory_gb": memory.map { $0.sharedBytes / FactValue.gigabyte },
            "peak_backends": s.state.number("peak_backends"), "peak_active": s.state.number("peak_active"),
            "max_connections": memory.map { Double($0.settings.maxConnections) },
            "work_mem_gb": memory.map { $0.settings.workMem / FactValue.gigabyte },
            "hash_mem_multiplier": memory?.settings.hashMemMultiplier,
            "parallel_workers_per_gather": memory.map { Double($0.settings.maxParallelWorkersPerGather) },
            "max_parallel_workers": memory.map { Double($0.settings.maxParallelWorkers) },
            "maintenance_work_mem_gb": memory.map { $0.settings.maintenanceWorkMem / FactValue.gigabyte },
            "hugepages_reserved_gb": reserved, "before_gb": before,
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

  private static func reservation(
    _ s: Situation, _ report: inout ChangeReport, _ shared: Situation.Reading, _ sharedSize: Double?,
    reserved: Double
  ) {
    let wanted = s.change.text("huge_pages") ?? s.state.text("huge_pages")
    let isRequired = wanted?.lowercased() == "on" || wanted == "true"
    if isRequired, s.change.has("huge_pages"), shared.after == nil || !s.state.has("hugepages_reserved_gb") {
      report.unknown(
        ["shared_buffers", "hugepages_reserved_gb"], self,
        "with huge_pages = on the server starts only if they fit, and whether they do is not known", worst: .outage, s,
        field: "huge_pages", alsoCode: "DOWNTIME")
    }
    guard let size = sharedSize, size > reserved, reserved > 0 || isRequired,
      shared.isRaised || s.change.has("huge_pages")
    else { return }
    report.add(
      issue(
        isRequired ? "DOWNTIME" : "OOM_RISK", isRequired ? .outage : .fragility, s,
        probability: isRequired ? 0.95 : 0.75,
        "shared memory of \(brief(size)) GB doesn't fit the \(brief(reserved)) GB of huge pages that the kernel reserved: "
          + (isRequired
            ? "with huge_pages = on the server doesn't start"
            : "the server takes ordinary pages, and the reserved ones are lost to everything"),
        Calculation(
          equation: "buffers and their overheads, WAL, locks, processes <= huge pages reserved",
          inputs: ["shared_buffers_gb": shared.after, "shared_memory_gb": size, "hugepages_reserved_gb": reserved],
          value: size, unit: "GB",
          threshold: reserved, source: "PostgreSQL documentation 18.4.5 Linux Huge Pages"),
        field: shared.field, remedy: "raise vm.nr_hugepages before shared_buffers"))
  }
}
