import SimulationInput

/// Values with which a parameter of a harmless family isn't harmless.
///
/// Source: PostgreSQL 18 documentation, chapter 19, of each parameter.
struct PostgresValueCost {
  var code: String
  var weight: Weight
  var probability: Double
  var what: String
  var calculation: Calculation

  /// Bytes that one logged statement takes: a timestamped prefix and a statement of a few lines. A choice.
  private static let loggedBytes = 200.0

  /// What a value costs that is known to cost something; nil for all others.
  static func of(_ name: String, _ value: InputValue, _ s: Situation) -> PostgresValueCost? {
    let text = FactValue.text(value)?.lowercased() ?? ""
    switch name.lowercased() {
    case "temp_buffers": return sessionBuffers(value, s)
    case "commit_delay":
      let delay = FactValue.seconds(value, bareSeconds: 1e-6) ?? 0
      guard delay > 0.01 else { return nil }
      return cost(
        "SATURATION", .degradation, 0.85, "each commit waits \(brief(delay * 1_000)) ms for others", "commit_delay",
        delay,
        "s", 0.01, "19.5.1")
    case "max_replication_slots":
      guard let used = slotsInUse(s), let slots = FactValue.number(value), slots < used else { return nil }
      return cost(
        "DOWNTIME", .outage, 0.95, "\(brief(used)) slots exist: the server doesn't start with room for \(brief(slots))",
        "slots in use <= max_replication_slots", used, "slots", slots, "19.6.1")
    case "log_min_duration_statement", "log_statement", "log_duration", "log_min_duration_sample":
      guard logsEverything(name.lowercased(), value), let rate = statementRate(s),
        let free = s.state.gigabytes("disk_free_gb")
      else { return nil }
      let need = rate * loggedBytes * s.proposal.durationHours * 3_600 / FactValue.gigabyte
      let probability = Exceedance.disk.probability(demand: need, limit: free)
      guard probability > 0.02 else { return nil }
      return cost(
        "DISK_FULL", .outage, probability,
        "\(brief(rate)) statements a second are logged: \(brief(need)) GB, and \(brief(free)) are free",
        "rate x 200 B x time <= free", need, "GB", free, "19.8.2")
    case "standard_conforming_strings", "backslash_quote", "transform_null_equals", "array_nulls":
      let usual = name.lowercased() == "standard_conforming_strings" || name.lowercased() == "array_nulls"
      guard let flag = FactValue.flag(value), flag != usual else { return nil }
      return cost(
        "EXPOSURE", .exposure, 0.6,
        "statements mean something else than their authors wrote: quoting no longer protects",
        "\(name) = \(text)", 1, "1", 0, "19.13.1")
    case "max_locks_per_transaction":
      guard let locks = FactValue.number(value), locks < 64 else { return nil }
      return cost(
        "ERROR_RATE", .outage, 0.65, "fewer locks than by default: statements over many partitions run out of them",
        "max_locks_per_transaction", locks, "locks", 64, "19.12")
    case "deadlock_timeout":
      let wait = FactValue.seconds(value, bareSeconds: 1e-3) ?? 0
      guard wait > 60 else { return nil }
      return cost(
        "LOCK", .degradation, 0.85, "a deadlock stands for \(brief(wait / 60)) min before it is seen",
        "deadlock_timeout",
        wait, "s", 60, "19.12")
    case "default_transaction_isolation":
      guard text != "read committed", text != "read uncommitted", s.state.flag("retries_serialization") != true else {
        return nil
      }
      return cost(
        "ERROR_RATE", .degradation, 0.85,
        "transactions fail with 40001 where others changed what they read, and whether they are retried is not known",
        "default_transaction_isolation", 1, "1", 0, "13.2")
    default: return nil
    }
  }

  /// The fact without which a value can't be called harmless.
  static func missing(_ name: String, _ value: InputValue, _ s: Situation) -> String? {
    switch name.lowercased() {
    case "max_replication_slots":
      let old = s.reading([name]).before ?? 10
      guard slotsInUse(s) == nil, let slots = FactValue.number(value), slots < old else { return nil }
      return "replication_slots_in_use"
    case "temp_buffers":
      let size = FactValue.gigabytes(value, bareGigabytes: 8 / FactValue.megabyte) ?? 0
      return size > 0.25 && s.state.gigabytes("ram_gb") == nil ? "ram_gb" : nil
    case "log_min_duration_statement", "log_statement", "log_duration", "log_min_duration_sample":
      guard logsEverything(name.lowercased(), value) else { return nil }
      return statementRate(s) == nil ? "write_tps" : s.state.has("disk_free_gb") ? nil : "disk_free_gb"
    default: return nil
    }
  }

  /// Buffers of temporary tables stay with each session that ever used them.
  private static func sessionBuffers(_ value: InputValue, _ s: Situation) -> PostgresValueCost? {
    guard let size = FactValue.gigabytes(value, bareGigabytes: 8 / FactValue.megabyte),
      let memory = s.state.gigabytes("ram_gb")
    else { return nil }
    let sessions = s.state.number("peak_backends") ?? s.state.number("max_connections") ?? 100
    let free = max(0, memory - (s.state.gigabytes("shared_buffers") ?? memory / 4))
    let need = size * sessions
    let probability = Exceedance.memory.probability(demand: need, limit: free)
    guard probability > 0.02 else { return nil }
    // Not every session has temporary tables; how many do isn't known.
    return cost(
      "OOM_RISK", .outage, 0.7 * probability,
      "\(brief(sessions)) sessions may keep \(brief(size)) GB each: \(brief(need)) of \(brief(free)) GB",
      "sessions x temp_buffers <= ram - shared_buffers", need, "GB", free, "19.4.1")
  }

  private static func logsEverything(_ name: String, _ value: InputValue) -> Bool {
    switch name {
    case "log_statement": return ["all", "mod"].contains(FactValue.text(value)?.lowercased() ?? "")
    case "log_duration": return FactValue.flag(value) == true
    default: return FactValue.seconds(value, bareSeconds: 1e-3).map { $0 >= 0 && $0 < 0.001 } ?? false
    }
  }

  private static func statementRate(_ s: Situation) -> Double? {
    let rates = ["write_tps", "tps", "read_tps", "peak_rps", "statements_per_s"].compactMap { s.state.number($0) }
    return rates.max()
  }

  private static func slotsInUse(_ s: Situation) -> Double? {
    s.state.number("replication_slots_in_use", "slots_in_use", "replication_slots")
  }

  private static func cost(
    _ code: String, _ weight: Weight, _ probability: Double, _ what: String, _ equation: String, _ value: Double,
    _ unit: String, _ threshold: Double, _ section: String
  ) -> PostgresValueCost {
    PostgresValueCost(
      code: code, weight: weight, probability: probability, what: what,
      calculation: Calculation(
        equation: equation, inputs: [:], value: value, unit: unit, threshold: threshold,
        source: "PostgreSQL documentation \(section)"))
  }
}
