import SimulationInput

extension EncryptionCheck {
  /// What a filter of requests does with what it takes for an attack.
  enum GuardMode: Sendable, Hashable {
    /// Refuses it.
    case refuses
    /// Lets it pass: counts, reports, learns, or is off.
    case watches
  }

  /// Words of modes that refuse, and of those that let pass. What is in neither is no mode that anybody here knows.
  ///
  /// Source: AWS WAF developer guide (rule actions block, count), ModSecurity reference (`SecRuleEngine On`,
  /// `DetectionOnly`, `Off`), Azure Application Gateway documentation (prevention, detection), F5 BIG-IP ASM documentation
  /// (enforcement mode blocking, transparent), Cloudflare documentation (block, challenge, log), Suricata documentation
  /// (inline and passive).
  private static let refusingWords: Set<String> = [
    "block", "blocks", "blocking", "prevent", "prevention", "preventing", "enforce", "enforced", "enforcing",
    "enforcement", "deny", "denies", "drop", "reject", "refuse", "protect", "active", "inline", "challenge", "captcha",
    "true", "on", "enabled", "enable", "yes", "required", "1",
  ]
  private static let watchingWords: Set<String> = [
    "count", "counts", "counting", "monitor", "monitors", "monitoring", "detectiononly", "detection", "detect",
    "detecting", "log", "logs", "logging", "passive", "transparent", "bypass", "bypassed", "bypassing", "learn",
    "learning",
    "simulate", "simulation", "permissive", "report", "reporting", "alert", "alerts", "alerting", "observe",
    "observing",
    "tap", "shadow", "audit", "staging", "disabled", "disable", "off", "false", "none", "no", "not", "non", "without",
    "never", "0", "allow", "pass", "passthrough", "skip", "absent", "removed", "detached", "inactive",
  ]

  static func mode(_ text: String) -> GuardMode? {
    let words = Situation.words(text)
    // One word for watching is enough: "blocks nothing yet, only counts".
    if !words.isDisjoint(with: watchingWords) { return .watches }
    return words.isDisjoint(with: refusingWords) ? nil : .refuses
  }

  /// Filters before what is public.
  static func guards(_ s: Situation, _ report: inout ChangeReport) {
    for field in ["waf", "waf_enabled", "waf_mode", "rate_limit_enabled", "ddos_protection", "ids"] {
      guard let value = s.change.value([field]), let text = FactValue.text(value)?.lowercased() else { continue }
      report.ran(self)
      report.understand(field)
      let told =
        s.state.text(field, "current_\(field)") ?? (field.hasPrefix("waf") ? s.state.text("waf", "waf_mode") : nil)
        ?? (s.settings.count == 1 ? s.state.text("before") : nil)
      let before = told.flatMap(mode)
      let after = FactValue.number(value).map { $0 > 0 ? .refuses : .watches } ?? mode(text)
      switch after {
      case .refuses?: refusing(field, text, s, &report)
      case .watches?: unguarded(field, before, s, &report)
      case nil where before == .watches: unguarded(field, before, s, &report)
      case nil:
        report.unknown(
          [field], self, "whether the mode \"\(text.prefix(60))\" refuses anything is not known", worst: .exposure, s,
          field: field, alsoCode: "EXPOSURE")
      }
    }
  }

  private static func refusing(_ field: String, _ text: String, _ s: Situation, _ report: inout ChangeReport) {
    if let share = refusedShare(s) {
      // A legitimate request that is refused is a failed one.
      TimeoutCheck.failures(
        share, tolerated: nil, "\(percent(share)) of the requests are legitimate, match a rule and are refused",
        Calculation(
          equation: "share of legitimate requests that match", inputs: ["share": share], value: share, unit: "1",
          threshold: TimeoutCheck.toleratedShare, source: "measured while rules only count"), field, s, &report)
    } else if text == "block", s.state.flag("staged") != true {
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.5,
          "requests that rules take for attacks are refused from the first minute",
          Calculation(
            equation: "false positives unknown", inputs: [:], value: 0, unit: "1",
            source: "OWASP Core Rule Set documentation, tuning"), field: field, remedy: "count first, then block"))
    }
  }

  private static func unguarded(
    _ field: String, _ before: GuardMode?, _ s: Situation, _ report: inout ChangeReport
  ) {
    // Where nothing was refused before, nothing more gets through.
    let isSame = before == .watches
    report.add(
      issue(
        isSame ? "INEFFECTIVE_RULE" : "EXPOSURE",
        isSame ? .note : Weight(severity: .high, consequence: 0.85, reversibility: 0.5), s,
        probability: isSame ? 0.5 : 0.75,
        isSame
          ? "requests pass as they did: nothing refused them before, either"
          : "nothing filters requests before they reach \(s.state.text("asset") ?? "the service")",
        Calculation(
          equation: "filters that refuse", inputs: ["before": before.map { $0 == .refuses ? 1 : 0 }], value: 0,
          unit: "filters", threshold: 1, source: "OWASP Top Ten 2021"), field: field))
  }

  /// Share of all requests that are legitimate and match a rule, as it was measured; nil when nobody did.
  private static func refusedShare(_ s: Situation) -> Double? {
    if let told = s.state.share("false_positive_rate", "false_positive_share", "legitimate_match_share") { return told }
    guard case .object(let shares)? = s.state.value(["client_share"]) else { return nil }
    let hit = shares.filter { member in
      let words = Situation.words(member.name)
      return !words.isDisjoint(with: ["legitimate", "legit", "genuine", "false"])
        && !words.isDisjoint(with: ["match", "matches", "matched", "blocked", "flagged", "positive", "positives"])
        && words.isDisjoint(with: ["no", "not", "unmatched"])
    }
    return hit.isEmpty ? nil : hit.compactMap { FactValue.share($0.value) }.reduce(0, +)
  }
}
