import SimulationInput
import SimulationQueueing

/// A bound on how many calls of a function run at once.
///
/// λT calls run at once on average (J. D. C. Little, Operations Research 9 (1961)). A call that comes when c run is refused:
/// a loss system, where the share B(c, λT) is refused, whatever the law of T (Erlang's B formula).
/// Source: Kleinrock, Queueing Systems 1 (1975), 3.6; AWS documentation, "Understanding Lambda function scaling"
/// (concurrency = requests per second x duration; 429 beyond the reserved concurrency).
enum ConcurrencyCheck: ChangeCheck {
  static let model = "function_concurrency"
  /// More calls at once are no function's.
  private static let most = 1_000_000

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let bound = s.reading(["function_concurrency"])
    guard let field = bound.field, let after = bound.after else { return }
    report.ran(self)
    report.understand(field)
    guard bound.isLowered else { return }
    if after <= 0 { return RouteCheck.loss(field, "no call is let through", s, &report) }
    let time =
      s.state.seconds("duration_s", "mean_duration_s")
      ?? s.state.number("duration_ms", "mean_duration_ms", "cpu_demand_ms").map { $0 / 1_000 }
    guard let rate = s.state.number("peak_rps"), let time, time > 0 else {
      return report.unknown(
        ["peak_rps", "duration_ms"], self, "\(brief(after)) calls may run at once, and how many do is not known",
        worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
    }
    let offered = rate * time
    func refused(_ places: Double) -> Double {
      ErlangLoss.blocking(offeredLoad: offered, servers: FactValue.whole(places, in: 0...most))
    }
    let share = refused(after)
    report.metric("throttled_share", bound.before.map(refused), share)
    let calculation = Calculation(
      equation: "B(c, lambda T)", inputs: ["peak_rps": rate, "duration_s": time, "concurrency": after],
      value: share, unit: "1", threshold: TimeoutCheck.toleratedShare,
      source: "Kleinrock, Queueing Systems 1 (1975), 3.6; AWS Lambda documentation, function scaling")
    let message =
      "at peak \(brief(offered)) calls run at once, and \(brief(after)) may: \(percent(share)) are refused"
    // What comes from a queue is tried again later.
    guard !s.isQueueWorker else {
      guard offered > after else { return }
      report.add(
        issue("SATURATION", .degradation, s, probability: 0.8, message, calculation, field: field))
      return
    }
    TimeoutCheck.failures(share, tolerated: nil, message, calculation, field, s, &report)
  }
}
