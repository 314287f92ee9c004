import SimulationInput

/// Another server becomes the primary: what it hasn't got yet is lost when it is forced, and waited for when it isn't.
///
/// Lost writes = lag × rate, an asynchronous standby's. Source: PostgreSQL documentation 27.2 Log-Shipping Standby Servers
/// and 27.3 Failover (asynchronous replication: a small delay in which committed transactions can be lost).
enum FailoverCheck: ChangeCheck {
  static let model = "failover"
  private static let fields = [
    "failback_to", "failover_to", "promote", "promote_replica", "switchover", "switchover_to", "failback", "failover",
    "new_primary", "primary", "cutover",
  ]
  /// A lag that is over before anybody notices, s.
  private static let unnoticed = 5.0

  private enum Manner { case forced, planned, unsaid, unread }

  /// How it is done, from a switch or from a word for it.
  private static func manner(_ s: Situation) -> Manner {
    var found = Manner.unsaid
    for name in ["force", "method", "mode", "manner", "type", "failover_mode"] {
      guard let value = s.change.object[name], let text = FactValue.text(value) else { continue }
      if let flag = FactValue.flag(value) {
        if flag, name == "force" { return .forced }
        continue
      }
      let words = Situation.words(text)
      let isForced = words.contains { word in
        ["forc", "immediat", "emergenc", "abort", "unplanned", "now", "hard", "fast", "skip"].contains {
          word.hasPrefix($0)
        }
      }
      if isForced || name == "force" { return .forced }
      let isPlanned = words.contains { word in
        ["planned", "graceful", "controlled", "coordinated", "clean", "wait", "smooth"].contains { word.hasPrefix($0) }
      }
      found = isPlanned && !Clause.isDenied(text) ? .planned : .unread
    }
    return found
  }

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isDatabase || s.state.has("replication_lag_s"),
      let field = fields.first(where: { s.change.has($0) }), s.change.flag(field) != false
    else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["force", "wait_for_catch_up", "synchronous", "stop_writes_first", "wait_until_lag_s"]
    where s.change.has(manner) { report.understand(manner) }
    let manner = manner(s)
    guard let lag = s.state.seconds("replication_lag_s") else {
      return report.unknown(
        ["replication_lag_s"], self, "another server takes over, and how far it is behind is not known",
        worst: .lossOfData, s, field: field, alsoCode: "DATA_LOSS")
    }
    // What the new primary may still be behind when it takes over.
    let accepted = s.change.seconds("wait_until_lag_s")
    let isStopped = s.change.flag("stop_writes_first") == true
    if isStopped, accepted == nil, s.change.flag("wait_for_catch_up") != true, lag > unnoticed {
      return report.unknown(
        ["wait_until_lag_s"], self,
        "writes stop first, and whether the new primary takes over before it has the last \(brief(lag)) s is not known",
        worst: .lossOfData, s, field: field, alsoCode: "DATA_LOSS")
    }
    if manner == .unread, lag > unnoticed {
      return report.unknown(
        ["wait_for_catch_up"], self,
        "another server takes over, and whether it has the last \(brief(lag)) s by then can't be read",
        worst: .lossOfData,
        s, field: field, alsoCode: "DATA_LOSS")
    }
    let waits =
      manner != .forced
      && (s.change.flag("wait_for_catch_up") == true || isStopped && accepted.map { $0 < unnoticed } ?? true
        || manner == .planned || field.hasPrefix("switchover"))
    let rate = s.state.number("write_tps")
    let missing = min(lag, accepted ?? lag)
    let lost = rate.map { $0 * missing }
    let calculation = Calculation(
      equation: waits ? "time without writes = lag" : "lost = lag x write_tps",
      inputs: ["replication_lag_s": lag, "accepted_lag_s": accepted, "write_tps": rate],
      value: waits ? lag : lost ?? missing,
      unit: waits ? "s" : rate == nil ? "s" : "writes", threshold: waits ? unnoticed : 0,
      source: "PostgreSQL documentation 27.3 Failover")
    if waits {
      let probability = Exceedance(spread: 0.5, reserve: 0).probability(demand: lag, limit: s.isQuiet == true ? 60 : 30)
      guard probability > 0.02 else { return }
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: probability, "writes stand still until \(brief(lag)) s are caught up",
          calculation, field: field))
      return
    }
    guard lost != 0, missing > 0 else { return }
    let value = Reloadable(s)
    let probability = Exceedance(spread: 1, reserve: 0).probability(demand: missing, limit: unnoticed)
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s,
        probability: manner == .forced ? max(0.3, probability) : probability * 0.9,
        "the new primary is \(brief(missing)) s behind"
          + (lost.map { ": \(brief($0)) committed writes are gone" } ?? "")
          + (value.text.isEmpty ? "" : " (\(value.text))"), calculation, field: field,
        remedy: "let it catch up, then switch over"))
  }
}
