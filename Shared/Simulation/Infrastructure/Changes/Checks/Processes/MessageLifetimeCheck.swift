import SimulationDatabases
import SimulationInput

/// How long messages may wait before they are thrown away, against how long they do wait.
///
/// The share that expires is the tail of the measured waiting time beyond the lifetime. Source: RabbitMQ documentation,
/// "Time-To-Live and Expiration" (expired messages are dropped, or dead-lettered where that is set up).
enum MessageLifetimeCheck: ChangeCheck {
  static let model = "message_lifetime"
  /// The share of lost messages that nobody minds where nothing is said: one in ten thousand.
  private static let tolerated = 1e-4
  /// What waits a week was forgotten, unless somebody says that it is fetched less often: 7 days.
  private static let longEnough = 604_800.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let life = s.reading(["message_ttl"]) { FactValue.seconds($0) }
    guard let field = life.field, let after = life.after else { return }
    report.ran(self)
    report.understand(field)
    guard life.before == nil || life.isLowered else { return }
    let value = Reloadable(s)
    let weight: Weight = value.isReloadable || isKept(value.text) ? .nuisance : .lossOfData
    if let field = life.field, s.change.number(field) != nil, after > 0 {
      // Some brokers count ms, others s.
      return report.unknown(
        [field], self, "a lifetime of \(brief(after)), and whether that is ms or s is not known", worst: weight, s,
        field: field, alsoCode: "DATA_LOSS")
    }
    if periodic(after, weight, field, s, &report) { return }
    let isWaiting = saysWaiting(s)
    guard
      let tail = LatencyTail({ name in
        (s.state.number("wait_\(name)_ms") ?? (isWaiting ? s.state.number("\(name)_ms") : nil)).map { $0 / 1_000 }
      })
    else {
      if let lag = s.state.seconds("consumer_lag_s"), lag < after / 4 { return }
      guard after < longEnough else { return }
      report.unknown(
        ["wait_p99_ms"], self,
        "what waits longer than \(brief(after)) s is thrown away, and how long messages wait is not known",
        worst: weight, s, field: field, alsoCode: "DATA_LOSS")
      return
    }
    let share = tail.share(above: after)
    report.metric("expired_share", life.before.map(tail.share(above:)) ?? 0, share)
    let probability = Exceedance(spread: 0.7, reserve: 0).probability(demand: share, limit: tolerated)
    guard probability > 0.02 else { return }
    let rate = s.state.number("write_tps", "peak_rps").map { $0 * share }
    report.add(
      issue(
        "DATA_LOSS", weight, s, probability: min(0.95, probability),
        "\(percent(share)) of the messages wait longer than \(brief(after)) s and expire"
          + (rate.map { ", \(brief($0)) a second" } ?? "") + (value.text.isEmpty ? "" : " (\(value.text))"),
        Calculation(
          equation: "P(wait > lifetime), lognormal through the measured quantiles",
          inputs: ["ttl_s": after, "wait_p99_ms": s.state.number("wait_p99_ms", "p99_ms"), "rate": rate], value: share,
          unit: "1", threshold: tolerated, source: "RabbitMQ documentation, Time-To-Live and Expiration"), field: field)
    )
  }

  /// Whether what expires goes to a queue of its own.
  private static func isKept(_ text: String) -> Bool {
    let clauses = Clause.all(text).filter { clause in
      ["dead letter", "dead-letter", "deadletter", "dlq", "dlx"].contains { clause.contains($0) }
    }
    return !clauses.isEmpty && !clauses.contains(where: Clause.isDenied)
  }

  /// Whether the state says that its quantiles are of the time that messages wait: those of answers say nothing of it.
  private static func saysWaiting(_ s: Situation) -> Bool {
    ["type", "data", "asset", "before"].flatMap { s.state.texts($0) }.flatMap(Clause.all).contains { clause in
      ["p95", "p99", "p999", "quantile", "percentile"].contains { clause.contains($0) }
        && ["wait", "in the queue"].contains { clause.contains($0) } && !Clause.isDenied(clause)
    }
  }

  /// Who fetches every so often leaves messages for up to that long: of messages that come evenly the share 1 − ttl/period
  /// waits longer. True when that decides.
  private static func periodic(
    _ after: Double, _ weight: Weight, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) -> Bool {
    let periods = s.consumers.filter { Situation.words($0).contains("every") }.compactMap { FactValue.seconds(in: $0) }
    guard let period = periods.max(), period > after else { return false }
    let share = 1 - after / period
    report.metric("expired_share", 0, share)
    report.add(
      issue(
        "DATA_LOSS", weight, s, probability: 0.95,
        "messages are fetched every \(brief(period)) s and expire after \(brief(after)) s: \(percent(share)) of them",
        Calculation(
          equation: "1 - lifetime / period, arrivals spread evenly", inputs: ["ttl_s": after, "period_s": period],
          value: share, unit: "1", threshold: tolerated, source: "RabbitMQ documentation, Time-To-Live and Expiration"),
        field: field))
    return true
  }
}
