import SimulationDatabases
import SimulationInput

/// Memory and persistence of a key-value cache such as Redis: `ForkedSnapshot` and `RedisEviction`.
enum CacheMemoryCheck: ChangeCheck {
  static let model = "cache_memory"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let most = s.reading(["maxmemory", "maxmemory_gb", "max_memory", "memory_limit_mb"]) {
      // Redis counts bytes; what is far too few of them for a cache was meant in gigabytes.
      FactValue.gigabytes($0, bareGigabytes: (FactValue.number($0) ?? 0) > 65_536 ? 1 / 1_073_741_824 : 1)
    }
    policy(s, &report)
    persistence(s, &report)
    guard let field = most.field, let after = most.after else { return }
    report.ran(self)
    report.understand(field)
    if after == 0 {
      report.unknown(
        [field], self, "0 is no limit: the cache takes all the memory that there is", worst: .outage, s, field: field,
        alsoCode: "OOM_RISK")
      return
    }
    let forks = isSaved(s)
    let copied = { (size: Double) -> Double in forks ? Self.copied(size, s) : 0 }
    // Whether it saves itself may be unknown; where a copy decides, that does.
    let mayFork =
      !forks && s.state.texts("data", "persistence").isEmpty && !s.state.has("persistence", "rdb", "appendonly")
    if mayFork, most.isRaised, let limit = s.state.gigabytes("container_memory_limit_gb", "ram_gb"), after * 1.8 > limit
    {
      report.unknown(
        ["persistence"], self, "a snapshot may copy up to \(brief(after)) GB, and whether there are any is not known",
        worst: .outage, s, field: field, alsoCode: "OOM_RISK")
    }
    let peak = after + copied(after)
    report.metric("memory_demand_gb", most.before.map { $0 + copied($0) }, peak)
    evictions(field, after, s, &report)
    guard most.isRaised else { return }
    guard let limit = s.state.gigabytes("container_memory_limit_gb", "ram_gb") else {
      report.unknown(
        ["container_memory_limit_gb"], self,
        "the cache may take \(brief(after)) GB, and how much there is is not known",
        worst: .outage, s, field: field, alsoCode: "OOM_RISK")
      return
    }
    let probability = Exceedance.memory.probability(demand: peak, limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "OOM_RISK", .outage, s, probability: probability,
        "\(brief(after)) GB of data and \(brief(copied(after))) GB of pages copied while a snapshot is written are "
          + "\(brief(peak)) of \(brief(limit)) GB",
        Calculation(
          equation: "M + M (1 - exp(-w T / P)), T = M / rate, P = M / 4 KiB",
          inputs: [
            "maxmemory_gb": after, "write_tps": s.state.number("write_tps"),
            "rewrite_mb_s": s.state.number("rewrite_mb_s"), "before_gb": most.before,
          ], value: peak, unit: "GB", threshold: limit,
          source: "Redis documentation, administration and persistence"), field: field,
        remedy: "leave memory for a copy, or save on a replica"))
  }

  /// GB of `size` that a snapshot copies; all of it where nobody knows how fast it is written and saved.
  private static func copied(_ size: Double, _ s: Situation) -> Double {
    guard let writes = s.state.number("write_tps"), let rate = s.state.number("rewrite_mb_s"),
      let snapshot = ForkedSnapshot(
        dataBytes: size * FactValue.gigabyte, writesPerSecond: writes, saveBytesPerSecond: rate * FactValue.megabyte)
    else { return size }
    return size * snapshot.copiedShare
  }

  private static func isSaved(_ s: Situation) -> Bool {
    if let saved = s.state.flag("persistence", "rdb", "appendonly", "aof") { return saved }
    let text = (s.state.texts("data", "asset", "persistence")).joined(separator: " ").lowercased()
    if text.contains("no persistence") || text.contains("not persisted") || text.contains("no snapshot") {
      return false
    }
    return ["rdb", "snapshot", "aof", "append-only", "bgsave", "persist", "backup"].contains { text.contains($0) }
  }

  /// A limit below what is stored: keys go, or writes fail.
  private static func evictions(_ field: String, _ limit: Double, _ s: Situation, _ report: inout ChangeReport) {
    guard let used = s.state.gigabytes("used_gb", "working_set_gb"), used > limit else { return }
    let policy = eviction(s.change.text("maxmemory_policy", "maxmemory-policy") ?? s.state.text("maxmemory_policy"))
    let value = Reloadable(s)
    let refuses = policy == .noEviction
    let code = refuses ? "ERROR_RATE" : "DATA_LOSS"
    let weight: Weight = refuses ? .outage : value.isReloadable ? .nuisance : .lossOfData
    report.add(
      issue(
        code, weight, s, probability: 0.9,
        "\(brief(used)) GB are stored and \(brief(limit)) GB may be: "
          + (refuses ? "writes fail" : "\(percent(1 - limit / used)) of the keys are evicted"),
        Calculation(
          equation: "used <= maxmemory", inputs: ["used_gb": used, "maxmemory_gb": limit], value: used, unit: "GB",
          threshold: limit, source: "Redis documentation, key eviction"), field: field))
  }

  /// The policy that a text names; nil for one that Redis doesn't know.
  private static func eviction(_ text: String?) -> RedisEviction? {
    text.flatMap { text in RedisEviction.allCases.first { text.lowercased().contains($0.rawValue) } }
  }

  private static func policy(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = s.settings.first(where: { $0 == "maxmemory_policy" || $0 == "maxmemory-policy" }),
      let text = s.change.text(field)
    else { return }
    report.ran(self)
    report.understand(field)
    let value = Reloadable(s)
    let policy = eviction(text)
    guard policy != .noEviction else {
      // Grown by the end of the simulated time.
      let growth = 1 + (s.state.number("growth_percent_per_day") ?? 0) / 100 * s.proposal.durationHours / 24
      let limit =
        s.state.gigabytes("maxmemory", "size_gb", "container_memory_limit_gb")
        ?? FactValue.size(in: s.state.text("before"), after: "maxmemory")
      let share = s.state.gigabytes("used_gb").flatMap { used in limit.map { used * growth / $0 } }
      guard let share, share > 0.8 else { return }
      report.add(
        issue(
          "ERROR_RATE", .outage, s, probability: share > 0.95 ? 0.9 : 0.6,
          "\(percent(share)) of the memory is used, and nothing is evicted any more: writes fail when it is full",
          Calculation(
            equation: "used / maxmemory", inputs: [:], value: share, unit: "1", threshold: 1,
            source: "Redis documentation, key eviction"), field: field))
      return
    }
    guard policy?.losesPersistentKeys == true, !value.isReloadable else { return }
    guard !value.text.isEmpty else {
      report.unknown(
        ["data"], self, "any key may be evicted, and what is stored is not known", worst: .lossOfData, s, field: field,
        alsoCode: "DATA_LOSS")
      return
    }
    report.add(
      issue(
        "DATA_LOSS", .lossOfData, s, probability: 0.7, "any key may be evicted, and \(value.text) can't be had again",
        Calculation(
          equation: "allkeys evicts keys without an expiry", inputs: [:], value: 1, unit: "1",
          source: "Redis documentation, key eviction"), field: field))
  }

  private static func persistence(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = s.settings.first(where: { ["appendonly", "aof", "save", "rdb", "persistence"].contains($0) })
    else { return }
    report.ran(self)
    report.understand(field)
    let text = s.change.text(field)?.lowercased() ?? ""
    guard s.change.flag(field) == false || text.isEmpty || text == "\"\"" else { return }
    let value = Reloadable(s)
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.7,
        "nothing is on disk any more: a restart loses "
          + (value.text.isEmpty ? "everything, and what that is is not known" : value.text),
        Calculation(
          equation: "loss at restart = what is stored", inputs: ["used_gb": s.state.gigabytes("used_gb")],
          value: s.state.gigabytes("used_gb") ?? 0, unit: "GB", threshold: 0,
          source: "Redis documentation, persistence"), field: field))
  }
}
