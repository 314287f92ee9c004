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

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let life = s.reading(["message_ttl"]) { FactValue.seconds($0) }
    guard let field = life.field, let after = life.after else { return }
    report.ran(self)
    report.understand(field)
    guard life.before == nil || life.isLowered else { return }
    let value = Reloadable(s)
    let text = value.text.lowercased()
    let isKept =
      ["dead letter", "dead-letter", "dlq"].contains { text.contains($0) }
      && !["no dead", "without dead", "no dlq"].contains { text.contains($0) }
    let weight: Weight = value.isReloadable || isKept ? .nuisance : .lossOfData
    guard
      let tail = LatencyTail({ s.state.number("wait_\($0)_ms", "\($0)_ms", "query_\($0)_ms").map { $0 / 1_000 } })
    else {
      if let lag = s.state.seconds("consumer_lag_s", "replication_lag_s"), lag < after / 4 { return }
      report.unknown(
        ["p99_ms"], self,
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
          inputs: ["ttl_s": after, "p99_ms": s.state.number("wait_p99_ms", "p99_ms"), "rate": rate], value: share,
          unit: "1", threshold: tolerated, source: "RabbitMQ documentation, Time-To-Live and Expiration"), field: field)
    )
  }
}
