import SimulationInput

/// Caches that are emptied or start empty: what they answered is asked of what stands behind them.
///
/// A cache with the hit share h lets 1 − h through; without it 1/(1 − h) times as much comes to the database. Source: M.
/// Bronson et al., "Metastable failures in distributed systems", HotOS 2021 (look-aside caches).
enum ColdCacheCheck: ChangeCheck {
  static let model = "cold_cache"
  private static let emptied = [
    "flush_cache", "clear_cache", "purge_cache", "invalidate_cache", "flushall", "flushdb", "restart_cache",
    "cold_cache",
    "cache_flush",
  ]
  private static let kept = [
    "cache_warmup", "warm_up", "warmup", "cache_warming", "prewarm", "cache_enabled", "use_cache",
  ]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let gone = emptied.first { s.change.flag($0) ?? s.change.has($0) }
    let cold = kept.first { s.change.flag($0) == false }
    for name in emptied + kept where s.change.has(name) { report.understand(name) }
    guard let field = gone ?? cold else { return }
    report.ran(self)
    guard let hits = hitShare(s), let busy = s.state.share("db_cpu", "database_cpu") else {
      return report.unknown(
        ["cache_hit_share", "db_cpu"], self,
        "what the cache answered is asked of the database at once, and how much that is is not known", worst: .outage,
        s,
        field: field, alsoCode: "SATURATION")
    }
    let after = busy / max(1e-6, 1 - hits)
    report.metric("database_cpu", busy, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "db_cpu / (1 - hit share)", inputs: ["db_cpu": busy, "hit_share": hits], value: after, unit: "1",
      threshold: 1, source: "Bronson et al., Metastable failures, HotOS 2021")
    let message =
      "\(percent(hits)) of the reads were answered by the cache; without it the database is asked for \(percent(after)) of "
      + "what it can do"
    // Where only a part starts cold, as in steps, the rest keeps answering.
    let isInSteps = s.change.text("strategy").map { $0.contains("rolling") || $0.contains("canary") } ?? false
    report.add(
      issue(
        "SATURATION", isInSteps ? .degradation : .outage, s, probability: probability * (isInSteps ? 0.6 : 1), message,
        calculation, field: field, remedy: "warm the caches, or move traffic in steps"))
  }

  /// Share of reads that the cache answers: told, or in a text of the state that speaks of a cache.
  private static func hitShare(_ s: Situation) -> Double? {
    if let told = s.state.share("cache_hit_share", "cache_hit_rate", "hit_ratio") { return told }
    for key in ["before", "data", "type", "asset"] {
      guard let text = s.state.text(key), text.lowercased().contains("cache") else { continue }
      if let share = FactValue.share(in: text) { return share }
      if let number = FactValue.leadingNumber(.string(text)), number > 0, number < 1 { return number }
    }
    return nil
  }
}
