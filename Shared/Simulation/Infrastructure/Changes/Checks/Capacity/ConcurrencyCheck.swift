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
    guard bound.isLowered else { return raised(bound, field, s, &report) }
    if after <= 0 { return RouteCheck.loss(field, "no call is let through", s, &report) }
    guard let rate = s.state.number("peak_rps"), let time = duration(s), time > 0 else {
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
    failures(share, tolerated: nil, message, calculation, field, s, &report)
  }

  /// Time of a call, s.
  private static func duration(_ s: Situation) -> Double? {
    s.state.seconds("duration_s", "mean_duration_s")
      ?? s.state.number("duration_ms", "mean_duration_ms", "cpu_demand_ms").map { $0 / 1_000 }
  }

  /// Calls that waited or were refused reach what stands behind: its connections, and its work in proportion.
  private static func raised(
    _ bound: Situation.Reading, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard bound.isChanged, let before = bound.before, before > 0, let after = bound.after else { return }
    let offered = s.state.number("peak_rps").flatMap { rate in duration(s).map { rate * $0 } }
    let (was, will) = (min(before, offered ?? before), min(after, offered ?? after))
    // Nothing was held back by the old bound.
    guard will > was else { return }
    let limit = s.state.number("db_max_connections")
    let busy = s.state.share("db_cpu", "database_cpu")
    if let limit {
      let usable = PostgresConnectionCheck.usable(limit, s)
      let each = s.state.number("db_pool_per_instance") ?? 1
      let others = max(0, (s.state.number("peak_backends") ?? was * each) - was * each)
      let held = will * each + others
      report.metric("connection_share", (was * each + others) / usable, held / usable)
      let probability = Exceedance(spread: 0.05, reserve: 0).probability(demand: held, limit: usable)
      if probability > 0.02 {
        report.add(
          issue(
            "CONNECTION_EXHAUSTION", .outage, s, probability: probability * (offered == nil ? 0.7 : 1),
            "\(brief(will)) calls at once hold \(brief(held)) connections, and \(brief(usable)) may be used",
            Calculation(
              equation: "calls x pool + others <= max_connections - reserved",
              inputs: ["calls": will, "pool": each, "others": others], value: held, unit: "connections",
              threshold: usable, source: "PostgreSQL documentation 19.3.1"), field: field))
      }
    }
    if let busy {
      // All of the database's work grows with the calls at worst.
      let worst = busy * will / was
      report.metric("database_cpu", busy, min(1, worst))
      let probability = Exceedance(spread: 0.15, reserve: 0).probability(demand: worst, limit: 1)
      if probability > 0.02 {
        report.add(
          issue(
            "SATURATION", .degradation, s, probability: probability * (offered == nil ? 0.7 : 0.9),
            "\(brief(will)) instead of \(brief(was)) calls run at once: up to \(percent(worst)) of what the database can do",
            Calculation(
              equation: "db_cpu x calls / before", inputs: ["db_cpu": busy, "calls": will, "before": was],
              value: worst, unit: "1", threshold: 1, source: "utilisation law; an upper bound"), field: field))
      }
    }
    if limit == nil, busy == nil {
      report.unknown(
        ["peak_rps", "db_cpu"], self,
        "\(brief(will)) instead of \(brief(was)) calls may run at once, and what stands behind them is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    }
  }
}
