import SimulationInput
import SimulationQueueing
import SimulationSeries

extension Timeline {
  static let model = "pipeline_hybrid"
  /// An overload that is over after so many seconds is felt; a longer one is an outage (a choice).
  private static let outageSeconds = 300.0

  /// Writes what the hours show: metrics before and after, and the issues that the change causes in them.
  func report(_ s: Situation, to findings: inout ChangeFindings) {
    findings.series = moments
    findings.stateHash = stateHash
    findings.regimes.append(regime)
    findings.modelVersions.append(.init(Self.model, .string("2")))
    findings.modelVersions.sort { $0.name < $1.name }
    findings.hours = told
    compare(&findings)
    let judged = afterUpper ?? after
    for index in findings.findings.indices where findings.findings[index].code == "SATURATION" {
      findings.findings[index].firstHour = findings.findings[index].firstHour ?? judged.saturatesAt.map { $0 / 3_600 }
    }
    // An assumed day has the known peak as its crest, which the checks have judged already.
    guard setting.isDisrupted || load.told.source == .forecast || load.told.source == .recorded else { return }
    for finding in [saturation(s), storm(s)].compactMap(\.self) { add(finding, to: &findings) }
    findings.findings = findings.findings.enumerated()
      .sorted { ($1.element.risk, $0.offset) < ($0.element.risk, $1.offset) }.map(\.element)
  }

  /// Keeps the graver one of two issues with one code about one field.
  private func add(_ finding: Finding, to findings: inout ChangeFindings) {
    let same = findings.findings.firstIndex { $0.code == finding.code && $0.field == finding.field }
    guard let same else { return findings.findings.append(finding) }
    if finding.risk > findings.findings[same].risk { findings.findings[same] = finding }
  }

  // MARK: Metrics

  private func compare(_ findings: inout ChangeFindings) {
    guard let before else { return }
    func add(_ name: String, _ old: Double?, _ new: Double?) {
      guard let old, let new, old.isFinite, new.isFinite, !findings.before.contains(where: { $0.name == name }) else {
        return
      }
      findings.before.append(.init(name, .number(old)))
      findings.after.append(.init(name, .number(new)))
    }
    func add(_ name: String, _ value: (HoursRun) -> Double?) { add(name, value(before), value(after)) }
    add("hours_peak_utilization") { $0.peakOffered }
    add("hours_peak_p99_ms") { $0.peakP99.map { $0 * 1_000 } }
    add("hours_mean_ms") { $0.result.meanLatency.map { $0 * 1_000 } }
    add("hours_error_share") { $0.result.errorShare }
    add("hours_saturated_minutes") { $0.saturatedSeconds / 60 }
    add("hours_peak_attempts_per_request") { $0.peakAttempts }
    if let beforeUpper, let afterUpper {
      add("hours_upper_peak_utilization", beforeUpper.peakOffered, afterUpper.peakOffered)
      add("hours_upper_saturated_minutes", beforeUpper.saturatedSeconds / 60, afterUpper.saturatedSeconds / 60)
    }
  }

  // MARK: Issues

  /// More time over the capacity than without the change. What is overloaded anyway isn't the change's doing, and shows
  /// in the metrics only.
  private func saturation(_ s: Situation) -> Finding? {
    let judged = afterUpper ?? after
    guard let old = afterUpper == nil ? before : beforeUpper, judged.overloadedSeconds > old.overloadedSeconds else {
      return nil
    }
    let isForecast = afterUpper != nil
    let probability =
      isForecast
      ? exceedance(judged) : Exceedance.load.probability(demand: judged.peakOffered, limit: 1)
    let weight = judged.overloadedSeconds > Self.outageSeconds ? Weight.outage : .degradation
    let minutes = brief(judged.overloadedSeconds / 60)
    var inputs: [InputValue.Member] = [
      .init("peak_rate_per_s", .number(judged.peakRate)),
      .init("cpu_demand_ms", .number(s.state.number("cpu_demand_ms") ?? 0)),
      .init("overloaded_minutes", .number(judged.overloadedSeconds / 60)),
      .init("overloaded_minutes_before", .number(old.overloadedSeconds / 60)),
      .init("peak_before", .number(old.peakOffered)),
    ]
    if let coverage = told.coverage { inputs.append(.init("coverage", .number(coverage))) }
    inputs.append(.init("load", .string(told.statement)))
    return issue(
      "SATURATION", weight, s, probability: probability,
      "in the simulated hours more comes for \(minutes) min than can be served, up to "
        + "\(brief(judged.peakOffered)) times the capacity (\(brief(old.peakOffered)) without the change)"
        + (isForecast ? ", at the upper end of the forecast" : ""),
      FindingEvidence(
        model: Self.model, equation: "rho(t) = lambda(t) D / (n(t) c)", inputs: inputs, value: judged.peakOffered,
        unit: "1", threshold: 1,
        source: "Lazowska et al. (1984), utilisation law, over the hours of \(told.scenario)"),
      firstHour: judged.saturatesAt)
  }

  /// The greatest probability of a step of the forecast that its load is at least what can be served then.
  private func exceedance(_ judged: HoursRun) -> Double {
    guard let forecast = load.forecast, let coverage = told.coverage, let upper = load.upper,
      let bound = try? LoadProfile(upper)
    else { return 1 }
    var greatest = 0.0
    for index in 0..<judged.result.count {
      let step = judged.result[index]
      let offered = step.offered.max() ?? 0
      guard offered >= 1 else { continue }
      let place = Int(step.time / load.forecastSeconds) % forecast.steps.count
      // The crowd scales what is forecast, so the forecast has to reach that much less.
      let rate = bound.rate(at: step.time + judged.result.stepSeconds / 2)
      let told = forecast.probability(ofReaching: rate / offered, at: place)
      // Where too few errors are known, what the upper end of the interval is by itself.
      greatest = max(greatest, told ?? (1 - coverage) / 2)
    }
    return greatest
  }

  /// Whether what fails leaves the callers' retries keeping the target overloaded when it has gone.
  private func storm(_ s: Situation) -> Finding? {
    guard let span = setting.span, let demand = s.state.number("cpu_demand_ms") else { return nil }
    let length = span.to - span.from
    let judged = (afterUpper ?? after).result
    let steps = (0..<judged.count).lazy.map { judged[$0] }.filter { (span.from..<span.to).contains($0.time) }
    guard let rate = steps.map(\.arrivalRate).max() else { return nil }
    func model(_ after: Bool) -> (RetryStorm, Double)? {
      let callers = setting.callers(after: after)
      guard let timeout = callers.timeout, callers.maxAttempts > 1,
        let tier = setting.pipeline(after: after, demand: demand / 1_000)?.tiers.first,
        let storm = try? RetryStorm(
          rate: rate, servers: tier.instances * tier.serversPerInstance, service: tier.service, timeout: timeout,
          maxAttempts: callers.maxAttempts)
      else { return nil }
      let left = setting.capacityLeft(of: Double(tier.instances), after: after)
      return storm.sufficientTrigger(capacityShare: left).map { (storm, $0) }
    }
    guard let (storm, trigger) = model(true), storm.state == .vulnerable, trigger <= length else { return nil }
    // As it is now it may be stuck as well.
    if let (_, old) = model(false), old <= length { return nil }
    let inputs: [InputValue.Member] = [
      .init("rate_per_s", .number(rate)), .init("capacity_per_s", .number(storm.capacity)),
      .init("hidden_capacity_per_s", .number(storm.hiddenCapacity)), .init("timeout_s", .number(storm.timeout)),
      .init("max_attempts", .number(Double(storm.maxAttempts))), .init("trigger_s", .number(trigger)),
    ]
    return issue(
      "RETRY_STORM", .degradation, s, probability: 0.8,
      "\(brief(trigger / 60)) min of \(told.scenario) are enough for retries to keep it overloaded afterwards, and "
        + "\(brief(length / 60)) min are simulated",
      FindingEvidence(
        model: Self.model, equation: "trigger = ((timeout - S) c mu + (c mu - lambda) timeout) / (lambda - c mu share)",
        inputs: inputs, value: length, unit: "s", threshold: trigger,
        source: "Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021"),
      firstHour: span.from + trigger, remedy: "a retry budget of 10 %, or a circuit breaker")
  }

  private func issue(
    _ code: String, _ weight: Weight, _ s: Situation, probability: Double, _ message: String,
    _ evidence: FindingEvidence, firstHour time: Double?, remedy: String = ""
  ) -> Finding {
    Finding(
      code, weight.severity, message, evidence: evidence,
      factors: FindingFactors(
        probability: probability, consequence: weight.consequence, exposure: s.exposure,
        reversibility: weight.reversibility, blastRadius: weight.blast),
      field: setting.field, firstHour: time.map { $0 / 3_600 }, remedy: remedy)
  }
}
