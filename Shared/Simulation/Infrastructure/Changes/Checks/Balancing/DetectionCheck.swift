#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationDatabases
import SimulationInput
import SimulationQueueing

/// How a balancer finds out that a backend has failed, and how often it is wrong: `HealthCheck`.
enum DetectionCheck: ChangeCheck {
  static let model = "health_checks"
  /// Detection that users put up with when no objective is known: AWS's default is 2 checks, 30 s apart.
  private static let usualDetection = 60.0
  /// From here on an operator would have noticed first, s.
  private static let longDetection = 180.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    detection(s, &report)
    disabled(s, &report)
    deep(s, &report)
    path(s, &report)
  }

  private static func detection(_ s: Situation, _ report: inout ChangeReport) {
    let interval = s.reading(
      [
        "interval_s", "health_check_interval_s", "health_check_interval", "check_interval_s", "interval", "inter",
        "probe_interval_s",
      ], state: ["before_interval_s"]
    ) { FactValue.seconds($0) }
    let threshold = s.reading(
      [
        "unhealthy_threshold", "threshold", "failure_threshold", "fall", "health_check_threshold", "failures",
        "probe_failure_threshold",
      ], state: ["before_threshold"])
    let timeout = s.reading(["health_check_timeout_s", "probe_timeout_s", "check_timeout_s"]) {
      FactValue.seconds($0)
    }
    guard let field = interval.field ?? threshold.field ?? timeout.field,
      s.proposal.kind == .loadBalancing || s.speaks(of: "lb", "balancer", "ingress", "gateway", "proxy")
    else { return }
    report.ran(self)
    report.understand(interval.field, threshold.field, timeout.field)
    guard let every = interval.after, let failures = threshold.after ?? 2 as Double?, every > 0, failures > 0 else {
      report.unknown(
        ["before_interval_s", "before_threshold"], self, "how often backends are checked is not known",
        worst: .fragility,
        s, field: field, alsoCode: "DETECTION_DELAY")
      return
    }
    guard let checks = Checks(every, failures, timeout.after) else { return }
    let earlier = interval.before.flatMap { Checks($0, threshold.before ?? failures, timeout.before ?? timeout.after) }
    report.metric("detection_s", earlier?.longest, checks.longest)
    if checks.longest > earlier?.longest ?? usualDetection { slow(checks, earlier?.longest, field, s, &report) }
    if let earlier, checks.longest < earlier.longest, failures <= 1 || every < 2 {
      flapping(checks, field, s, &report)
    }
  }

  /// A balancer's checks before or after the change.
  private struct Checks {
    let check: HealthCheck
    /// A backend that hangs takes the last check's whole time; where nobody said how long that is, one that refuses counts.
    let failure: HealthCheck.Failure

    /// nil for what no balancer takes.
    init?(_ interval: Double, _ fall: Double, _ timeout: Double?) {
      let fall = FactValue.whole(fall, in: 1...HealthCheck.maxFall)
      guard let check = try? HealthCheck(interval: interval, timeout: timeout ?? interval, fall: fall) else {
        return nil
      }
      self.check = check
      failure = timeout == nil ? .refuses : .hangs
    }

    /// Seconds until a failed backend is out at the latest.
    var longest: Double { check.detection(failure).upperBound }

    /// How often a day a healthy backend is taken out by mistake.
    func flapsPerDay(falseFailure: Double) -> Double { 86_400 / check.meanTimeToFlap(falseFailure: falseFailure) }
  }

  private static func slow(
    _ checks: Checks, _ before: Double?, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let after = checks.longest
    let mean = checks.check.meanDetection(checks.failure)
    let backends = max(1, s.state.number("backends") ?? 2)
    let mtbf = s.state.number("backend_mtbf_h").map { $0 * 3_600 }
    let lost = mtbf.map { checks.check.errorShare(meanTimeBetweenFailures: $0, checks.failure) }
    let objective = s.state.share("slo_availability")
    let budget = objective.map { 1 - $0 }
    // One failure's burst against what people put up with, the sum of them against the objective.
    let byBurst = Exceedance(spread: 0.4, reserve: 0).probability(demand: after, limit: longDetection)
    let byBudget = budget.flatMap { budget in
      lost.map { Exceedance(spread: 0.4, reserve: 0).probability(demand: $0, limit: budget * 0.5) }
    }
    let monthly = mtbf.map { backends * 730 * 3_600 / $0 }
    // Minutes of the month's error budget: each failure costs 1/n of the requests for D.
    let minutes = monthly.map { $0 * mean / 60 / backends }
    let left = s.state.number("error_budget_min_per_month").map { $0 * (s.state.share("error_budget_left") ?? 1) }
    let byMinutes = minutes.flatMap { minutes in
      left.map { Exceedance(spread: 0.4, reserve: 0).probability(demand: minutes, limit: $0) }
    }
    // Backends that hardly ever fail make a late discovery rare.
    let happens = monthly.map { 1 - exp(-$0) } ?? 0.9
    // Where a budget says what a failure may cost, the budget decides.
    let probability = byMinutes ?? byBudget.map { max($0, byBurst * happens * 0.5) } ?? byBurst * max(happens, 0.1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DETECTION_DELAY", Weight(severity: .high, consequence: 0.85, reversibility: 0.4), s, probability: probability,
        "a backend that fails keeps getting 1 of \(brief(backends)) requests for up to \(brief(after)) s"
          + (before.map { " instead of \(brief($0)) s" } ?? "")
          + (monthly.map { ", \(brief($0)) times a month" } ?? ""),
        Calculation(
          equation: "D <= interval x threshold + timeout of the last; loss = mean D / (MTBF + mean D)",
          inputs: [
            "interval_s": checks.check.interval, "threshold": Double(checks.check.fall),
            "timeout_s": checks.failure == .hangs ? checks.check.timeout : nil, "before_s": before,
            "mean_detection_s": mean, "backends": backends, "backend_mtbf_h": mtbf.map { $0 / 3_600 },
            "lost_share": lost,
          ], value: after, unit: "s", threshold: longDetection,
          source: "HAProxy documentation, inter and fall; renewal-reward theorem"), field: field,
        remedy: "keep interval x threshold under a minute"))
  }

  /// One lost check takes a healthy backend out.
  private static func flapping(
    _ checks: Checks, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let tail = LatencyTail { s.state.number("\($0)_ms").map { $0 / 1_000 } }
    let share = tail?.share(above: checks.check.timeout) ?? 1e-4
    let backends = max(1, s.state.number("backends") ?? 2)
    let perDay = checks.flapsPerDay(falseFailure: share) * backends
    let probability = Exceedance(spread: 1, reserve: 0).probability(demand: perDay, limit: 20)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .nuisance, s, probability: probability,
        "one slow answer takes a healthy backend out, about \(brief(perDay)) times a day",
        Calculation(
          equation: "day / (interval (1 - p^k) / ((1 - p) p^k)) x backends, p = P(latency > timeout), k = threshold",
          inputs: [
            "interval_s": checks.check.interval, "timeout_s": checks.check.timeout,
            "threshold": Double(checks.check.fall), "share_late": share, "backends": backends,
          ], value: perDay, unit: "1/day", threshold: 20, source: "Feller, vol. 1, XIII.7: runs of failures"),
        field: field))
  }

  /// What a check asks for, and which answers count: a wrong one takes every backend out, or none ever.
  private static func path(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .loadBalancing,
      let field = ["health_check_path", "matcher", "healthy_threshold", "protocol"].first(where: { s.change.has($0) }),
      !s.change.has("interval_s", "threshold", "health_check_timeout_s")
    else { return }
    report.unknown(
      ["health_check_answers"], self,
      "whether backends answer \(s.change.text(field) ?? field) as healthy ones should isn't known",
      worst: .outage, s, field: field, alsoCode: "DOWNTIME")
  }

  /// Checks that time out while the backend is well, all at once where they ask what all share.
  private static func deep(_ s: Situation, _ report: inout ChangeReport) {
    guard let timeout = s.change.seconds("health_check_timeout_s") ?? s.change.number("timeout_ms").map({ $0 / 1_000 }),
      let tail = LatencyTail({ s.state.number("query_\($0)_ms", "\($0)_ms").map { $0 / 1_000 } })
    else { return }
    let field = s.change.has("health_check_timeout_s") ? "health_check_timeout_s" : "timeout_ms"
    report.ran(self)
    report.understand(field)
    let failures = s.change.number("threshold") ?? s.state.number("before_threshold") ?? 2
    let every = s.change.seconds("interval_s") ?? s.state.seconds("before_interval_s") ?? 10
    let share = tail.share(above: timeout)
    guard let checks = Checks(every, failures, timeout) else { return }
    let perDay = checks.flapsPerDay(falseFailure: share)
    let isShared = !s.state.texts("external_dependencies").isEmpty
    let probability = Exceedance(spread: 0.7, reserve: 0).probability(demand: perDay, limit: 3)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "ERROR_RATE", isShared ? .outage : .degradation, s, probability: probability,
        "\(percent(share)) of the checks take longer than \(brief(timeout)) s: each backend is taken out "
          + "\(brief(perDay)) times a day" + (isShared ? ", and all at once when what they share is slow" : ""),
        Calculation(
          equation: "day / (interval (1 - p^k) / ((1 - p) p^k)), p = P(check > timeout), k = threshold",
          inputs: ["timeout_s": timeout, "threshold": failures, "interval_s": every, "share_late": share],
          value: perDay, unit: "1/day", threshold: 3,
          source: "Feller, vol. 1, XIII.7; AWS Builders' Library, Implementing health checks"), field: field))
  }

  private static func disabled(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = ["health_check", "health_checks", "health_check_enabled", "active_checks", "outlier_detection"]
        .first(where: { s.change.has($0) })
    else { return }
    report.ran(self)
    report.understand(field)
    guard s.change.flag(field) == false || s.change.text(field)?.lowercased() == "tcp" else { return }
    let isOff = s.change.flag(field) == false
    report.add(
      issue(
        "DETECTION_DELAY", isOff ? .fragility : .nuisance, s, probability: isOff ? 0.9 : 0.6,
        isOff
          ? "a backend that fails keeps its share of the requests until somebody notices"
          : "a backend that accepts connections and answers errors counts as healthy",
        Calculation(
          equation: "D without checks is unbounded", inputs: ["backends": s.state.number("backends")], value: 0,
          unit: "s", source: "HAProxy documentation, option httpchk"), field: field))
  }
}
