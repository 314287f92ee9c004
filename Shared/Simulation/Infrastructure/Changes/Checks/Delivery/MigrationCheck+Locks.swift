import SimulationDatabases
import SimulationInput

/// For how long a statement blocks others, and how much room it takes meanwhile.
extension MigrationCheck {
  /// An index entry is narrower than its row: all indexes of a table, or one of one column, as a share of it. An upper
  /// estimate, where nobody measured.
  static let indexShare = 0.3
  /// How long writes may stand still before users notice, s: at peak, when nobody said, and in a window.
  private static let tolerated = (peak: 5.0, unknown: 10.0, quiet: 60.0)

  /// nil when nobody said how big the table is.
  private static func size(_ s: Situation) -> TableSize? {
    s.state.gigabytes("table_gb").map { size in
      let bytes = size * FactValue.gigabyte
      return TableSize(tableBytes: bytes, indexBytes: bytes * indexShare, builtIndexBytes: bytes * indexShare)
    }
  }

  private static func rates(_ s: Situation) -> WorkRates {
    .careful(rewriteBytesPerSecond: s.state.number("rewrite_mb_s").map { $0 * FactValue.megabyte })
  }

  static func locks(_ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let effect = statement.effect
    guard let lock = effect.lock, effect.blocksReads || effect.blocksWrites else { return }
    let patience =
      statement.lockTimeoutMilliseconds.flatMap { $0 > 0 ? $0 / 1_000 : nil }
      ?? s.change.number("lock_timeout_ms").map { $0 / 1_000 } ?? s.change.seconds("lock_timeout")
      ?? s.state.number("lock_timeout_ms").flatMap { $0 > 0 ? $0 / 1_000 : nil }
      // MySQL's name for it, in seconds; a year where nobody set it.
      ?? s.change.seconds("lock_wait_timeout") ?? s.state.seconds("lock_wait_timeout")
    let longest = s.state.seconds("longest_transaction_s")
    // Everything that comes later waits behind the one who waits for the lock.
    let wait = [longest, patience].compactMap(\.self).min()
    let size = size(s)
    guard size != nil || !effect.dependsOnSize else {
      report.unknown(
        ["table_gb"], self,
        "\(statement.command) \(effect.work == .rewrite ? "rewrites" : "reads") the table under \(lock.name), and how big "
          + "it is is not known", worst: .outage, s, field: field, alsoCode: "LOCK")
      return
    }
    let rates = rates(s)
    let timing = SchemaChangeTiming(
      effect, size: size ?? TableSize(tableBytes: 0), rates: rates,
      // Nobody waits where nobody knows of a transaction; that the wait may be long is said beside it.
      traffic: TableTraffic(longestTransactionSeconds: wait ?? 0, lockTimeoutSeconds: patience))
    let blocked = max(timing.blockedReadSeconds.upperBound, timing.blockedWriteSeconds.upperBound)
    report.metric("blocked_s", 0, blocked)
    let limit = s.isQuiet == true ? tolerated.quiet : s.isQuiet == false ? tolerated.peak : tolerated.unknown
    var probability = Exceedance(spread: 0.6, reserve: 0).probability(demand: blocked, limit: limit)
    // Nobody said how long transactions take, and nothing bounds the wait.
    let isUnbounded = wait == nil
    if isUnbounded { probability = max(probability, s.isQuiet == true ? 0.1 : 0.35) }
    let writes = s.state.number("write_tps")
    // Who writes nothing isn't kept from it.
    if let writes, writes < 0.1, !effect.blocksReads { probability *= 0.2 }
    let calculation = Calculation(
      equation: "blocked = min(longest transaction, lock_timeout) + bytes / rate",
      inputs: [
        "table_gb": s.state.gigabytes("table_gb"),
        "rate_mb_s": (effect.work == .scan ? rates.scan : rates.rewrite).lowerBound / FactValue.megabyte,
        "longest_transaction_s": longest, "lock_timeout_s": patience, "write_tps": writes,
      ], value: blocked, unit: "s", threshold: limit,
      source: "\(manual(s)), \(s.isMySQL ? "metadata locks" : "13.3"), \(statement.command)")
    let message =
      "\(statement.command) takes \(lock.name): \(effect.blocksReads ? "nothing can be read or written" : "nothing can be written")"
      + " for about \(brief(blocked)) s"
      + (writes.map { ", \(brief($0 * blocked)) writes wait" } ?? "")
      + (isUnbounded ? "; how long the lock is waited for is not known, and no lock_timeout bounds it" : "")
    guard blocked > 0.5 || isUnbounded else { return }
    report.add(
      issue(
        "LOCK", effect.blocksReads ? .outage : Weight(severity: .high, consequence: 0.85, reversibility: 0.5), s,
        probability: probability, message, calculation, field: field,
        remedy: effect.work == .indexBuild
          ? "CREATE INDEX CONCURRENTLY" : "set lock_timeout and try again; change in steps"))
    if blocked > 60, s.isQuiet != true {
      report.add(
        issue("DOWNTIME", .degradation, s, probability: probability, message, calculation, field: field))
    }
    // Even a window ends.
    let window = s.proposal.durationHours * 3_600
    if s.isQuiet == true, blocked > window * 0.8 {
      report.add(
        issue("DOWNTIME", .outage, s, probability: 0.8, "\(message), longer than the window", calculation, field: field)
      )
    }
  }

  static func disk(_ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let size = size(s) else { return }
    let timing = SchemaChangeTiming(statement.effect, size: size, rates: rates(s))
    let extra = timing.extraDiskBytes.upperBound / FactValue.gigabyte
    guard extra > 0 else { return }
    guard let free = s.state.gigabytes("disk_free_gb") else {
      if extra > 50 {
        report.unknown(
          ["disk_free_gb"], self, "\(brief(extra)) GB more are needed meanwhile, and how much is free is not known",
          worst: .outage, s, field: field, alsoCode: "DISK_FULL")
      }
      return
    }
    // The same is written to the WAL, which is kept until it is archived and replayed.
    let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: extra, limit: free)
    report.metric("extra_disk_gb", 0, extra)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(statement.command) needs \(brief(extra)) GB beside the table, and \(brief(free)) are free",
        Calculation(
          equation: "table x (rewritten) + \(indexShare) table x (indexes built)",
          inputs: ["table_gb": s.state.gigabytes("table_gb")],
          value: extra,
          unit: "GB", threshold: free, source: "\(manual(s)), ALTER TABLE, notes"), field: field))
  }
}
