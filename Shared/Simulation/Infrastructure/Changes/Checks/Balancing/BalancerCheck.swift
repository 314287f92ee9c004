#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationDatabases
import SimulationInput

/// How a balancer finds out that a backend has failed, and how it spreads requests.
///
/// With checks every I seconds a failed backend is out after I·k on average between k − ½ and k + ½ intervals; until
/// then 1/n of the requests fail. Per backend that happens once in its MTBF.
/// Source: HAProxy documentation, "inter", "fall", "rise"; AWS documentation, target group health checks.
enum BalancerCheck: ChangeCheck {
  static let model = "health_checks"
  /// Detection that users put up with when no objective is known: AWS's default is 2 checks, 30 s apart.
  private static let usualDetection = 60.0
  /// From here on an operator would have noticed first, s.
  private static let longDetection = 180.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    detection(s, &report)
    disabled(s, &report)
    algorithm(s, &report)
    draining(s, &report)
    removal(s, &report)
    deep(s, &report)
    path(s, &report)
    for name in [
      "slow_start_s", "slow_start", "access_logs", "cross_zone", "http2", "rise", "path",

    ]
    where s.proposal.kind == .loadBalancing && s.change.has(name) { report.understand(name) }
  }

  // MARK: Detection

  private static func seconds(_ value: InputValue) -> Double? { FactValue.seconds(value) }

  private static func detection(_ s: Situation, _ report: inout ChangeReport) {
    let interval = s.reading(
      [
        "interval_s", "health_check_interval_s", "health_check_interval", "check_interval_s", "interval", "inter",
        "probe_interval_s",
      ], state: ["before_interval_s"], seconds)
    let threshold = s.reading(
      [
        "unhealthy_threshold", "threshold", "failure_threshold", "fall", "health_check_threshold", "failures",
        "probe_failure_threshold",
      ], state: ["before_threshold"])
    let timeout = s.reading(["health_check_timeout_s", "probe_timeout_s", "check_timeout_s"], seconds)
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
    let after = every * failures
    let before = interval.before.map { $0 * (threshold.before ?? failures) }
    report.metric("detection_s", before, after)
    if after > (before ?? usualDetection) { slow(after, before, every, failures, field, s, &report) }
    if let before, after < before, failures <= 1 || every < 2 { flapping(every, failures, after, field, s, &report) }
  }

  private static func slow(
    _ after: Double, _ before: Double?, _ every: Double, _ failures: Double, _ field: String, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let backends = max(1, s.state.number("backends") ?? 2)
    let mtbf = s.state.number("backend_mtbf_h").map { $0 * 3_600 }
    // Share of all requests that a year's failures take while nobody has noticed.
    let lost = mtbf.map { after / ($0 + after) }
    let objective = s.state.share("slo_availability")
    let budget = objective.map { 1 - $0 }
    // One failure's burst against what people put up with, the sum of them against the objective.
    let byBurst = Exceedance(spread: 0.4, reserve: 0).probability(demand: after, limit: longDetection)
    let byBudget = budget.flatMap { budget in
      lost.map { Exceedance(spread: 0.4, reserve: 0).probability(demand: $0, limit: budget * 0.5) }
    }
    let monthly = mtbf.map { backends * 730 * 3_600 / $0 }
    // Minutes of the month's error budget: each failure costs 1/n of the requests for D.
    let minutes = monthly.map { $0 * after / 60 / backends }
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
        "a backend that fails keeps getting 1 of \(brief(backends)) requests for about \(brief(after)) s"
          + (before.map { " instead of \(brief($0)) s" } ?? "")
          + (monthly.map { ", \(brief($0)) times a month" } ?? ""),
        Calculation(
          equation: "D = interval x threshold; loss = D / (MTBF + D)",
          inputs: [
            "interval_s": every, "threshold": failures, "before_s": before, "backends": backends,
            "backend_mtbf_h": mtbf.map { $0 / 3_600 }, "lost_share": lost,
          ], value: after, unit: "s", threshold: longDetection,
          source: "HAProxy documentation, inter and fall; renewal-reward theorem"), field: field,
        remedy: "keep interval x threshold under a minute"))
  }

  /// One lost check takes a healthy backend out.
  private static func flapping(
    _ every: Double, _ failures: Double, _ after: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let tail = LatencyTail { s.state.number("\($0)_ms").map { $0 / 1_000 } }
    let share = pow(tail?.share(above: every) ?? 1e-4, failures)
    let backends = max(1, s.state.number("backends") ?? 2)
    let perDay = share * 86_400 / every * backends
    let probability = Exceedance(spread: 1, reserve: 0).probability(demand: perDay, limit: 20)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .nuisance, s, probability: probability,
        "one slow answer takes a healthy backend out, about \(brief(perDay)) times a day",
        Calculation(
          equation: "P(latency > interval)^threshold x checks a day",
          inputs: ["interval_s": every, "threshold": failures, "backends": backends], value: perDay, unit: "1/day",
          threshold: 20, source: "independent checks"), field: field))
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
    let perDay = pow(share, failures) * 86_400 / every
    let isShared = !s.state.texts("external_dependencies").isEmpty
    let probability = Exceedance(spread: 0.7, reserve: 0).probability(demand: perDay, limit: 3)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "ERROR_RATE", isShared ? .outage : .degradation, s, probability: probability,
        "\(percent(share)) of the checks take longer than \(brief(timeout)) s: each backend is taken out "
          + "\(brief(perDay)) times a day" + (isShared ? ", and all at once when what they share is slow" : ""),
        Calculation(
          equation: "P(check > timeout)^threshold x checks a day",
          inputs: ["timeout_s": timeout, "threshold": failures, "interval_s": every], value: perDay, unit: "1/day",
          threshold: 3, source: "independent checks; AWS Builders' Library, Implementing health checks"), field: field))
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

  // MARK: Spreading

  private static func algorithm(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = ["algorithm"].first(where: {
        s.change.has($0)
      }), s.proposal.kind == .loadBalancing, let name = s.change.text(field)?.lowercased()
    else { return }
    report.ran(self)
    report.understand(field)
    let isBlind = name.contains("round") || name.contains("random") || name.contains("hash") || name.contains("sticky")
    let isEven = s.state.flag("homogeneous")
    let isHash = name.contains("hash") || name.contains("sticky")
    let rho = s.state.share("rho", "utilization")
    guard isBlind, isEven == false || isHash else { return }
    // Unequal backends get equal shares: between two generations of machines a ratio of two is usual.
    let hot = rho.map { $0 * (isHash ? 1.4 : 2) }
    let probability =
      hot.map { Exceedance(spread: 0.15, reserve: 0).probability(demand: $0, limit: 1) }
      ?? (isEven == false ? 0.6 : 0.2)
    guard probability > 0.02 else { return }
    let longLived = (s.state.share("long_poll_share") ?? 0) > 0.2
    report.add(
      issue(
        "SATURATION", isEven == false ? .degradation : .nuisance, s,
        probability: min(0.95, probability + (longLived ? 0.2 : 0)),
        isHash
          ? "requests stick to backends: the fullest one gets about 40 % more than its share"
          : "backends of unequal speed get equal shares: the slow ones reach a utilisation of about "
            + (hot.map { brief($0) } ?? "more than the others'"),
        Calculation(
          equation: "rho_slow = rho x 2 (blind), rho x 1.4 (hash)",
          inputs: ["rho": rho, "backends": s.state.number("backends")],
          value: hot ?? 0, unit: "1", threshold: 1,
          source: "Mitzenmacher, The Power of Two Choices, IEEE TPDS 12 (2001) on load-blind assignment"),
        field: field))
  }

  /// Taking a backend out waits this long for what it still serves.
  private static func draining(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "deregistration_delay_s", "drain_s", "drain_timeout_s", "connection_draining_s", "deregistration_delay",
    ]
    let drain = s.reading(names, state: ["before_s"], seconds)
    guard let field = drain.field, let after = drain.after else { return }
    report.ran(self)
    report.understand(field)
    guard drain.isLowered || drain.before == nil else { return }
    let longest = s.state.seconds("long_poll_s") ?? s.state.number("p999_ms", "p99_ms").map { $0 / 1_000 }
    guard let longest else {
      if after < 1 {
        report.unknown(
          ["p99_ms", "long_poll_s"], self, "requests are cut when a backend goes, and how long they take is not known",
          worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      }
      return
    }
    guard longest > after else { return }
    let share = s.state.share("long_poll_share") ?? 0.01
    // Only deployments cut; in between nothing happens.
    TimeoutCheck.failures(
      share * 0.5, tolerated: nil,
      "each time a backend is taken out, requests of up to \(brief(longest)) s (\(percent(share))) are cut after "
        + "\(brief(after)) s",
      Calculation(
        equation: "long_poll_s <= drain", inputs: ["long_poll_s": longest, "drain_s": after, "share": share],
        value: longest, unit: "s", threshold: after, source: "AWS documentation, deregistration delay"), field, s,
      &report)
  }

  private static func removal(_ s: Situation, _ report: inout ChangeReport) {
    let backends = s.reading(["backends", "remove_backends"], state: ["backends"]) { value in
      if case .array(let list) = value { Double(list.count) } else { FactValue.number(value) }
    }
    guard s.proposal.kind == .loadBalancing || s.change.has("remove_backends"), let field = backends.field,
      let told = backends.after, let before = backends.before
    else { return }
    report.ran(self)
    report.understand(field)
    let after = field == "remove_backends" ? before - told : told
    guard after < before else { return }
    let rho = s.state.share("rho", "utilization")
    let during = rho.map { after > 0 ? $0 * before / after : .infinity }
    report.metric("utilization", rho, during)
    if after <= 1 {
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.85, "\(brief(after)) of \(brief(before)) backends is left",
          Calculation(
            equation: "backends > 1", inputs: ["before": before], value: after, unit: "backends", threshold: 2,
            source: "single point of failure"), field: field))
    }
    guard let during else {
      report.unknown(
        ["rho"], self, "fewer backends serve, and how busy they are is not known", worst: .outage, s, field: field,
        alsoCode: "SATURATION")
      return
    }
    let probability = Exceedance.load.probability(demand: during, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "\(brief(after)) of \(brief(before)) backends carry a utilisation of \(brief(during))",
        Calculation(
          equation: "rho n / n'", inputs: ["rho": rho, "before": before, "after": after], value: during, unit: "1",
          threshold: 1, source: "utilisation law"), field: field))
  }
}
