import SimulationInput

/// A rule that inspects every request: what it takes of the processors, and whom it refuses.
///
/// ρ' = ρ (1 + overhead) on every host that has the rule, and the share of legitimate requests that match fails.
/// Source: utilisation law; OWASP Core Rule Set documentation (tuning, detection before blocking); Cloudflare, "Details of
/// the Cloudflare outage on July 2, 2019" (a rule whose backtracking took all processors).
enum InspectionCheck: ChangeCheck {
  static let model = "inspection_rule"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let field = "enable_rule"
    guard s.change.has(field), s.speaks(of: "waf", "edge", "cdn", "proxy", "gateway", "ips", "modsecurity") else {
      return
    }
    report.ran(self)
    report.understand(field)
    for manner in ["mode", "percent", "action"] where s.change.has(manner) { report.understand(manner) }
    let told = s.change.share("percent").map { $0 > 1 ? $0 / 100 : $0 }
    let part = min(1, max(0, told ?? 1))
    work(part, field, s, &report)
    let mode = s.change.text("mode", "action")?.lowercased() ?? "block"
    guard !["count", "log", "monitor", "detect", "detection", "detectiononly", "simulate", "dry_run"].contains(mode)
    else { return }
    refusals(part, field, s, &report)
  }

  private static func work(_ part: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let rho = s.state.share("cpu_peak", "rho", "utilization"), let overhead = s.state.share("cpu_overhead") else {
      return report.unknown(
        ["cpu_peak", "cpu_overhead"], self, "every request is inspected, and what that takes is not known",
        worst: .outage.hitting(part), s, field: field, alsoCode: "SATURATION")
    }
    let after = rho * (1 + overhead)
    report.metric("utilization", rho, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage.hitting(part), s, probability: probability,
        "the rule takes \(percent(overhead)) of what is used: utilisation \(brief(after)) on \(percent(part)) of the hosts "
          + "at once",
        Calculation(
          equation: "rho (1 + overhead)", inputs: ["rho": rho, "cpu_overhead": overhead, "hosts_share": part],
          value: after, unit: "1", threshold: 1, source: "utilisation law"), field: field,
        remedy: "roll it out in stages"))
  }

  private static func refusals(_ part: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let share = matched(s) else {
      return report.unknown(
        ["client_share"], self, "requests that match are refused, and how many legitimate ones do is not known",
        worst: .degradation.hitting(part), s, field: field, alsoCode: "ERROR_RATE")
    }
    failures(
      share * part, tolerated: nil, "\(percent(share)) of the requests match and are refused",
      Calculation(
        equation: "share that matches x share of hosts", inputs: ["share": share, "hosts_share": part],
        value: share * part, unit: "1", threshold: TimeoutCheck.toleratedShare,
        source: "measured while the rule only counts"), field, s, &report)
  }

  /// Share of the requests that match, legitimate or not: the most that can be refused wrongly.
  private static func matched(_ s: Situation) -> Double? {
    if let told = s.state.share("false_positive_rate", "false_positive_share", "legitimate_match_share") { return told }
    guard case .object(let shares)? = s.state.value(["client_share"]) else { return nil }
    let hits = shares.filter { member in
      let words = Situation.words(member.name)
      return !words.isDisjoint(with: ["match", "matches", "matched", "matching", "flagged", "blocked"])
        && words.isDisjoint(with: ["no", "not", "unmatched", "attacks", "attack", "malicious"])
    }
    return hits.isEmpty ? nil : hits.compactMap { FactValue.share($0.value) }.reduce(0, +)
  }
}
