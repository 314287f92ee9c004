import SimulationInput

/// Caches that are emptied or start empty: what they answered is asked of what stands behind them.
///
/// A cache with the hit share h lets 1 − h through; without it 1/(1 − h) times as much comes to the database. Source: N.
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
    restarts(s, &report)
    let gone = emptied.first { s.change.flag($0) ?? s.change.has($0) }
    let cold = kept.first { s.change.flag($0) == false || skips(s.change.text($0)) }
    for name in emptied where s.change.has(name) { report.understand(name) }
    for name in kept where s.change.has(name) {
      guard let value = s.change.object[name], FactValue.flag(value) == nil, !skips(FactValue.text(value)),
        FactValue.seconds(value) == nil
      else {
        report.understand(name)
        continue
      }
      report.unknown(
        [name], self, "whether the cache is warm can't be read from \(String(value.summary.prefix(80)))",
        worst: .outage, s, field: name, alsoCode: "SATURATION")
    }
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
    // Where only a part starts cold, as in steps, the rest keeps answering. What is emptied is empty for all.
    let isInSteps =
      gone == nil
      && s.change.text("strategy").flatMap { Rollout.Strategy(words: $0) }.map { [.rolling, .canary].contains($0) }
        ?? false
    report.add(
      issue(
        "SATURATION", isInSteps ? .degradation : .outage, s, probability: probability * (isInSteps ? 0.6 : 1), message,
        calculation, field: field, remedy: "warm the caches, or move traffic in steps"))
  }

  /// Nodes of a cache that come back empty, batch by batch: with the share c of them cold, (1 − h) + c·h of the reads go
  /// through, instead of 1 − h.
  private static func restarts(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .deployment || s.proposal.kind == .rollback, startsEmpty(s), let hits = hitShare(s) else {
      return
    }
    let rollout = Rollout(s)
    guard let count = rollout.instances, count > 0 else { return }
    report.ran(self)
    let field = ["max_unavailable", "batch_percent", "strategy"].first { s.change.has($0) } ?? s.settings.first
    guard let busy = s.state.share("db_cpu", "database_cpu") else {
      return report.unknown(
        ["db_cpu"], self, "nodes of the cache come back empty, and how busy what stands behind it is is not known",
        worst: .outage, s, field: field, alsoCode: "SATURATION")
    }
    let batch = rollout.maxUnavailable > 0 ? rollout.maxUnavailable : max(1, rollout.maxSurge)
    let pause = s.change.number("pause_minutes").map { $0 * 60 } ?? s.change.seconds("pause_s", "pause")
    let refill = s.state.seconds("cache_refill_s", "refill_s", "warmup_s")
    // Batches that haven't refilled when the next one goes. Without a pause nothing has; with one, nobody said otherwise.
    let cold: Double
    switch (pause, refill) {
    case (let pause?, let refill?) where pause > 0: cold = max(1, (refill / pause).rounded(.up)) * batch / count
    case (let pause?, nil) where pause > 0: cold = batch / count
    default: cold = 1
    }
    let share = min(1, cold)
    let after = busy * ((1 - hits) + share * hits) / max(1e-6, 1 - hits)
    report.metric("database_cpu", busy, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "\(percent(share)) of the cache is empty at a time: the database is asked for \(percent(after)) of what it can do",
        Calculation(
          equation: "db_cpu (1 - h + c h) / (1 - h)",
          inputs: ["db_cpu": busy, "hit_share": hits, "cold_share": share, "pause_s": pause, "refill_s": refill],
          value: after, unit: "1", threshold: 1, source: "Bronson et al., Metastable failures, HotOS 2021"),
        field: field, remedy: "smaller batches, with time to refill between"))
  }

  /// Memcached and Varnish keep nothing over a restart; of others the state must say that they start empty.
  private static func startsEmpty(_ s: Situation) -> Bool {
    if s.change.flag("cache_warmup", "warm_up", "warmup", "prewarm") == true { return false }
    if s.speaks(of: "memcached", "varnish") { return true }
    let text = ["data", "type", "asset", "before"].compactMap { s.state.text($0)?.lowercased() }.joined(separator: " ")
    let isCache = s.speaks(of: "cache", "redis") || text.contains("cache")
    return isCache && Situation.words(text).contains { $0 == "empty" || $0 == "cold" }
  }

  /// Share of reads that the cache answers: told, or in a text of the state that speaks of a cache.
  private static func hitShare(_ s: Situation) -> Double? {
    if let told = s.state.share("cache_hit_share", "cache_hit_rate", "hit_ratio") { return told }
    for key in ["before", "data", "type", "asset"] {
      guard let text = s.state.text(key), text.lowercased().contains("cache") else { continue }
      let shares = Clause.all(text).compactMap { clause -> Double? in
        let words = clause.split { $0 == " " || $0 == ":" || $0 == "=" }.map(String.init)
        // How full it is, or how busy, is another share.
        guard Set(words).isDisjoint(with: ["memory", "full", "used", "cpu", "disk", "ram"]) else { return nil }
        if let share = FactValue.share(in: clause) { return share }
        // A bare fraction is a share only beside a word for one; with a unit it is a time or a size.
        for (index, word) in words.enumerated() {
          guard let number = Double(word), number > 0, number < 1 else { continue }
          let before = words[max(0, index - 3)..<index]
          let isNamed = (before + words[(index + 1)...].prefix(2)).contains { word in
            ["hit", "ratio", "share", "reads", "lookups", "answered", "rate"].contains { word.hasPrefix($0) }
          }
          let next = index + 1 < words.count ? words[index + 1] : ""
          if isNamed, FactValue.kind(.string(word + next)) == .word || next.isEmpty { return number }
        }
        return nil
      }
      if let share = shares.first { return share }
    }
    return nil
  }

  /// Words for "not at all" that are no switch.
  private static func skips(_ text: String?) -> Bool {
    guard let text else { return false }
    return Clause.isDenied(text)
      || !Situation.words(text).isDisjoint(with: ["skip", "skipped", "cold", "omit", "omitted"])
  }
}
