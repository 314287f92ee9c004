import SimulationInput

/// Going back to a copy.
extension DurabilityCheck {
  /// Going back to a copy loses what was written since.
  static func restore(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["restore_snapshot", "restore_snapshot_age"].first(where: { s.change.has($0) }),
      s.change.flag(field) != false
    else { return }
    report.ran(self)
    report.understand(field)
    // Beside the original nothing is lost, where there is room for both.
    let manners = ["mode", "restore_as", "into", "to", "target_instance", "new_instance", "as"]
    let texts = ([field] + manners).compactMap { s.change.text($0)?.lowercased() }
    let beside: Set = ["beside", "new", "separate", "alongside", "parallel"]
    let over: Set = ["replace", "replaces", "replacing", "over", "overwrite", "place"]
    let words = texts.map(Situation.words)
    if words.contains(where: { !$0.isDisjoint(with: beside) }), words.allSatisfy({ $0.isDisjoint(with: over) }) {
      for manner in manners where s.change.has(manner) { report.understand(manner) }
      guard let size = s.state.gigabytes("db_size_gb"), let free = s.state.gigabytes("disk_free_gb") else { return }
      let probability = Exceedance.disk.probability(demand: size, limit: free)
      guard probability > 0.02 else { return }
      report.add(
        issue(
          "DISK_FULL", .outage, s, probability: probability,
          "the copy takes \(brief(size)) GB, and \(brief(free)) are free",
          Calculation(
            equation: "size <= free", inputs: ["db_size_gb": size], value: size, unit: "GB", threshold: free,
            source: "arithmetic"), field: field))
      return
    }
    let value = Reloadable(s)
    let age = s.change.seconds("snapshot_age", "restore_snapshot_age") ?? s.state.seconds("snapshot_age")
    let writes = s.state.number("write_tps")
    let lost = age.flatMap { age in writes.map { $0 * age } }
    if lost == 0 { return }
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: lost == nil ? 0.75 : 0.95,
        "what was written since the copy was made goes"
          + (lost.map { ": \(brief($0)) writes" } ?? ", how much that is is not known")
          + (value.text.isEmpty ? "" : " (\(value.text))"),
        Calculation(
          equation: "lost = write_tps x age of the copy", inputs: ["write_tps": writes, "age_s": age], value: lost ?? 0,
          unit: "writes", threshold: 0, source: "recovery point"), field: field))
  }
}
