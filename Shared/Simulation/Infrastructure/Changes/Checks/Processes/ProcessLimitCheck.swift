import SimulationDatabases
import SimulationInput

/// What one process may have: descriptors and connections (`DescriptorBudget`), heap (`JavaMemory`) and memory of its
/// container.
///
/// Source: getrlimit(2) RLIMIT_NOFILE; Kubernetes documentation, "Resource Management for Pods and Containers".
enum ProcessLimitCheck: ChangeCheck {
  static let model = "process_limits"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    descriptors(s, &report)
    heap(s, &report)
    container(s, &report)
  }

  // MARK: Descriptors

  private static func descriptors(_ s: Situation, _ report: inout ChangeReport) {
    let perWorker = s.reading(["worker_connections", "max_clients", "maxclients", "max_conns", "maxconn"])
    let limit = s.reading([
      "ulimit_nofile", "worker_rlimit_nofile", "nofile", "limit_nofile", "LimitNOFILE", "open_files", "max_open_files",
    ])
    let workers = s.reading(["worker_processes", "workers"])
    guard let field = perWorker.field ?? limit.field ?? (perWorker.before == nil ? nil : workers.field) else { return }
    report.ran(self)
    report.understand(perWorker.field, limit.field, workers.field)
    let sides = s.state.flag("proxy") == true ? 2.0 : 1.0
    let count = max(1, workers.after ?? 1)
    let peak = s.state.number("peak_connections")
    func whole(_ value: Double) -> Int { FactValue.whole(value, in: 0...1_000_000_000) }
    func budget(_ at: (Situation.Reading) -> Double?) -> DescriptorBudget {
      // nginx counts both sides of a proxied request as connections; the others count clients.
      let each = at(perWorker).map { perWorker.field == "worker_connections" ? $0 : $0 * sides }
      return DescriptorBudget(
        limit: whole(at(limit) ?? 0), workers: whole(at(workers) ?? count), connectionsPerWorker: each.map(whole),
        descriptorsPerClient: Int(sides))
    }
    let server = budget(\.after)
    if let most = perWorker.after, let peak, let admitted = server.admittedClients {
      let capacity = Double(admitted)
      report.metric(
        "connection_share", budget(\.before).admittedClients.map { peak / Double($0) }, peak / capacity)
      let lowered = perWorker.isLowered || workers.isLowered
      let probability = Exceedance.count.probability(demand: peak, limit: capacity)
      if lowered, probability > 0.02 {
        report.add(
          issue(
            "CONNECTION_EXHAUSTION", .outage.hitting(max(0.5, 1 - capacity / peak)), s, probability: probability,
            "\(brief(peak)) connections at peak, and \(brief(count)) workers take \(brief(capacity))",
            Calculation(
              equation: "peak <= workers x worker_connections / sides",
              inputs: ["peak_connections": peak, "workers": count, "worker_connections": most, "sides": sides],
              value: peak, unit: "connections", threshold: capacity,
              source: "nginx documentation, ngx_core_module worker_connections"), field: field))
      }
    }
    if peak == nil, perWorker.isLowered, let before = perWorker.before, let most = perWorker.after, most < before / 2 {
      report.unknown(
        ["peak_connections"], self,
        "a worker takes \(brief(most)) instead of \(brief(before)) connections, and how many come is "
          + "not known", worst: .outage, s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
    }
    guard let files = limit.after else {
      if perWorker.isRaised, let promised = server.promisedDescriptorsPerWorker, promised > 1_024 {
        report.unknown(
          ["ulimit_nofile"], self,
          "a worker may need \(promised) descriptors, and how many it may have is not known",
          worst: .outage, s, field: field, alsoCode: "FD_EXHAUSTION")
      }
      return
    }
    // Descriptors at the measured peak, and at what the configuration promises.
    let demand = peak.map { Double(server.descriptorsPerWorker(clients: whole($0))) }
    let promised = server.promisedDescriptorsPerWorker.map(Double.init)
    guard let need = demand ?? promised else {
      if limit.isLowered {
        report.unknown(
          ["peak_connections"], self, "fewer descriptors are allowed, and how many are used is not known",
          worst: .outage, s, field: field, alsoCode: "FD_EXHAUSTION")
      }
      return
    }
    report.metric("descriptor_share", limit.before.map { need / $0 }, need / files)
    let atPeak = Exceedance.count.probability(demand: need, limit: files)
    let atPromise = promised.map { Exceedance.count.probability(demand: $0, limit: files) } ?? 0
    guard max(atPeak, atPromise) > 0.02 else { return }
    guard perWorker.isRaised || limit.isLowered || workers.isLowered || promised ?? 0 > files else {
      return
    }
    // A limit that the configuration promises but the peak doesn't reach yet waits for the next burst.
    let probability = max(atPeak, atPromise * (peak == nil || perWorker.isRaised ? 0.75 : 0.4))
    report.add(
      issue(
        "FD_EXHAUSTION", .outage, s, probability: probability,
        "a worker needs \(brief(max(need, promised ?? 0))) descriptors (\(brief(sides)) a connection) and may have "
          + "\(brief(files)): accept fails with EMFILE",
        Calculation(
          equation: "min(connections x sides / workers, worker_connections) + fixed <= RLIMIT_NOFILE",
          inputs: [
            "peak_connections": peak, "worker_connections": perWorker.after, "workers": count, "sides": sides,
            "fixed": Double(server.fixed),
          ], value: max(need, promised ?? 0), unit: "descriptors", threshold: files,
          source: "getrlimit(2); nginx documentation, worker_rlimit_nofile"), field: field,
        remedy: "raise the limit of descriptors first"))
  }

  // MARK: Memory

  private static func heap(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "heap_gb", "max_heap", "max_heap_gb", "xmx", "Xmx", "-Xmx", "jvm_heap", "heap", "heap_size", "java_heap",
      "max_old_space_size", "max_ram_percentage", "java_opts", "jvm_options",
    ]
    let limit = s.reading(["container_memory_limit_gb", "memory_limit", "memory_limit_gb", "memory_gb"]) {
      FactValue.gigabytes($0)
    }
    let heap = s.reading(names) { value in
      heapSize(
        value,
        s.change.has("max_ram_percentage") || s.change.text("heap")?.contains("MaxRAMPercentage") == true, limit.after)
    }
    guard let field = heap.field, let size = heap.after else { return }
    report.ran(self)
    report.understand(field)
    guard let most = limit.after ?? s.state.gigabytes("ram_gb") else {
      if heap.isRaised {
        report.unknown(
          ["container_memory_limit_gb"], self, "the heap grows to \(brief(size)) GB, and the limit is not known",
          worst: .outage, s, field: field, alsoCode: "OOM_RISK")
      }
      return
    }
    let beside = s.state.gigabytes("rss_non_heap_gb")
    /// With what lies beside the heap; the most of it when nobody measured.
    func resident(_ heap: Double) -> Double {
      let memory = JavaMemory(
        heapBytes: heap * FactValue.gigabyte, nonHeapBytes: beside.map { $0 * FactValue.gigabyte })
      return memory.residentBytes.upperBound / FactValue.gigabyte
    }
    let need = resident(size)
    report.metric("memory_demand_gb", heap.before.map(resident), need)
    // What was there before may be unknown; both bounds count then.
    if heap.before == nil { used(size, beside, field, s, &report) }
    guard heap.isRaised || limit.isLowered else {
      return used(size, beside, field, s, &report)
    }
    limited(need, most, "a heap of \(brief(size)) GB and \(brief(need - size)) GB beside it", field, s, &report)
  }

  /// A heap below what is used of it.
  private static func used(
    _ size: Double, _ beside: Double?, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let working = s.state.gigabytes("rss_p99_gb").map({ $0 - (beside ?? $0 * 0.2) }) else { return }
    let probability = Exceedance.memory.probability(demand: working, limit: size)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "OOM_RISK", .outage, s, probability: probability,
        "\(brief(working)) GB of heap are used, and \(brief(size)) GB may be",
        Calculation(
          equation: "used heap <= heap", inputs: ["rss_p99_gb": s.state.gigabytes("rss_p99_gb"), "heap_gb": size],
          value: working, unit: "GB", threshold: size, source: "OpenJDK, java(1) -Xmx"), field: field))
  }

  private static func heapSize(_ value: InputValue, _ isShare: Bool, _ limit: Double?) -> Double? {
    if isShare, let limit, let share = FactValue.number(value) {
      return JavaMemory.heap(containerLimit: limit, maxRAMPercentage: share)
    }
    if let size = FactValue.gigabytes(value) { return size }
    guard case .string(let text) = value else { return nil }
    if let share = text.firstRange(of: "MaxRAMPercentage="), let limit {
      return Double(text[share.upperBound...].prefix { $0.isNumber || $0 == "." }).map {
        JavaMemory.heap(containerLimit: limit, maxRAMPercentage: $0)
      }
    }
    // Of several the JVM takes the last one.
    guard let range = text.ranges(of: "-Xmx").last else { return nil }
    return FactValue.gigabytes(.string(String(text[range.upperBound...].prefix { !$0.isWhitespace })))
  }

  private static func limited(
    _ need: Double, _ limit: Double, _ what: String, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let probability = Exceedance.memory.probability(demand: need, limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "OOM_RISK", .outage, s, probability: probability,
        "\(what) are \(brief(need)) of \(brief(limit)) GB: the kernel kills the process",
        Calculation(
          equation: "resident memory <= limit", inputs: ["need_gb": need, "limit_gb": limit], value: need, unit: "GB",
          threshold: limit, source: "Kubernetes documentation, Resource Management for Pods and Containers"),
        field: field, remedy: "leave the limit above the measured p99"))
  }

  private static func container(_ s: Situation, _ report: inout ChangeReport) {
    let limit = s.reading(["memory_gb", "memory_limit", "memory_limit_gb", "container_memory_limit_gb", "memory"]) {
      FactValue.gigabytes($0)
    }
    guard let field = limit.field, let most = limit.after, !s.isPostgres else { return }
    report.ran(self)
    report.understand(field)
    // A bare number far beyond what is there was meant in other units.
    let bare = FactValue.number(s.change.object[field] ?? .null)
    if let bare, bare >= 64, bare > 16 * (limit.before ?? s.state.gigabytes("rss_p99_gb") ?? bare) {
      report.unknown(
        [field], self, "\(brief(bare)) without a unit may be bytes, mebibytes or gigabytes", worst: .outage, s,
        field: field,
        alsoCode: "OOM_RISK")
      return
    }
    if s.isDatabase { return cached(field, limit, s, &report) }
    // Kubernetes reads a memory of "512m" as thousandths of a byte.
    if let text = s.change.text(field), text.hasSuffix("m"), FactValue.number(.string(String(text.dropLast()))) != nil,
      s.proposal.kind != .configuration
    {
      return limited(
        s.state.gigabytes("rss_p99_gb") ?? 0.01, 1e-9, "\(text) is thousandths of a byte, so what an instance uses",
        field,
        s, &report)
    }
    guard let resident = s.state.gigabytes("rss_p99_gb", "rss_gb", "used_gb") else {
      if limit.isLowered {
        report.unknown(
          ["rss_p99_gb"], self, "instances get \(brief(most)) GB, and how much they use is not known", worst: .outage,
          s, field: field, alsoCode: "OOM_RISK")
      }
      return
    }
    report.metric("memory_share", limit.before.map { resident / $0 }, resident / most)
    limited(resident, most, "the p99 of \(brief(resident)) GB that an instance uses", field, s, &report)
  }

  /// Memory of a database is its cache: what no longer fits is read from the disk.
  private static func cached(
    _ field: String, _ memory: Situation.Reading, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard memory.isLowered, let most = memory.after else { return }
    guard let working = s.state.gigabytes("working_set_gb", "used_gb") else {
      report.unknown(
        ["working_set_gb"], self, "the server gets \(brief(most)) GB, and how much it works with is not known",
        worst: .degradation, s, field: field, alsoCode: "IO_SATURATION")
      return
    }
    report.metric("working_set_share", memory.before.map { working / $0 }, working / most)
    let probability = Exceedance(spread: 0.15, reserve: 0.1).probability(demand: working, limit: most)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "IO_SATURATION", .degradation, s, probability: probability,
        "\(brief(working)) GB are worked with and \(brief(most)) GB hold them: the rest is read from the disk each time",
        Calculation(
          equation: "working set <= memory", inputs: ["working_set_gb": working, "memory_gb": most], value: working,
          unit: "GB", threshold: most, source: "cache larger than the working set; Denning (1968)"), field: field))
  }
}
