import SimulationDatabases
import SimulationInput
import SimulationQueueing

/// Retries, which turn a short failure into a load that keeps itself up: `RetryStorm`.
enum RetryCheck: ChangeCheck {
  static let model = "retry_amplification"
  private static let retryNames = ["retries", "max_retries", "retry_count", "num_retries", "retry_limit", "retry"]
  private static let attemptNames = ["attempts", "max_attempts", "retry_attempts"]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let retries = s.reading(retryNames)
    let attempts = s.reading(attemptNames)
    guard let field = retries.field ?? attempts.field,
      let after = retries.field != nil ? retries.after.map({ $0 + 1 }) : attempts.after
    else { return }
    report.ran(self)
    report.understand(field)
    for manner in [
      "backoff", "jitter", "retry_budget", "circuit_breaker", "backoff_ms", "exponential_backoff", "budget",
      "retry_on", "per_try_timeout_ms", "backoff_base_ms", "idempotent_only",
    ]
    where s.change.has(manner) { report.understand(manner) }
    let before = (retries.field != nil ? retries.before.map { $0 + 1 } : attempts.before) ?? 1
    let budget = s.change.share("retry_budget", "budget") ?? s.state.share("retry_budget")
    let isBroken = s.change.flag("circuit_breaker") ?? s.state.flag("circuit_breaker") ?? false
    // A breaker that opens lets one in ten through to see whether it may close.
    func failing(_ rho: Double, _ attempts: Double) -> Double {
      RetryStorm.stuckUtilisation(
        rho, maxAttempts: isBroken ? .infinity : attempts, retryBudget: isBroken ? 0.1 : budget)
    }
    let factor = failing(1, after)
    guard let rho = s.state.share("rho", "utilization", "cpu_peak") else {
      if after > before, factor > 1.5 {
        report.unknown(
          ["rho"], self,
          "each failing request is sent \(brief(after)) times, and how busy the callee is is not known",
          worst: .degradation, s, field: field, alsoCode: "RETRY_STORM")
      }
      return
    }
    let load = failing(rho, after)
    report.metric("failing_load", rho * before, load)
    guard after > before else { return }
    let hasBackoff =
      s.change.flag("backoff", "exponential_backoff", "jitter")
      ?? s.change.has("backoff", "backoff_ms", "backoff_base_ms")
    // Backoff spreads the retries of one request; the rate of a lasting failure stays.
    let probability = Exceedance(spread: 0.15, reserve: 0.05).probability(demand: load, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "RETRY_STORM", .degradation, s, probability: probability * (hasBackoff ? 0.8 : 0.95),
        "when the callee fails, each request comes \(brief(factor)) times: its load goes from \(brief(rho)) to "
          + "\(brief(load)), and it can't recover",
        Calculation(
          equation: "rho x min(attempts, 1 + budget) < 1",
          inputs: ["rho": rho, "attempts": after, "retry_budget": budget],
          value: load, unit: "1", threshold: 1,
          source: "Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021"), field: field,
        remedy: "a retry budget of 10 %, or a circuit breaker"))
    if let tail = LatencyTail({ s.state.number("\($0)_ms", "query_\($0)_ms") }),
      let timeout = s.state.number("timeout_ms")
    {
      let share = tail.share(above: timeout)
      guard share > 0.01 else { return }
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.6,
          "already now \(percent(share)) of the attempts take longer than their limit and are repeated",
          Calculation(
            equation: "share = P(latency > timeout)",
            inputs: ["timeout_ms": timeout, "p99_ms": s.state.number("p99_ms")],
            value: share, unit: "1", threshold: 0.01, source: "measured quantiles"), field: field))
    }
  }
}
