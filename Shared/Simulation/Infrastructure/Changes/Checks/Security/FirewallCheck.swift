import SimulationFirewall
import SimulationInput

/// Rules of packet filters: what they let in that they didn't, and what they shut out.
///
/// Exact where the rules are known: both rule sets are compiled to disjoint header sets and compared. A security group of
/// which only the changed rule is known is that rule over "deny". Source: SimulationFirewall, RuleSetDifference.
enum FirewallCheck: ChangeCheck {
  static let model = "firewall_reachability"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    for command in FirewallEdit.commands(s) {
      report.ran(self)
      report.understand(AccessForms.commands)
      guard command.edits == nil else { continue }
      report.unknown(
        [AccessForms.commands], self, "the command can't be read: \(command.line.prefix(120))", worst: .exposure, s,
        field: AccessForms.commands, alsoCode: "EXPOSURE", exposure: 1)
    }
    // A rule that is switched off edits nothing.
    if s.change.has(AccessForms.rules) { report.understand(AccessForms.rules) }
    let all = FirewallEdit.read(s)
    guard !all.isEmpty || s.change.has("default_policy", "policy", "firewall", "ruleset") else { return }
    if all.isEmpty { return policy(s, &report) }
    report.ran(self)
    for edit in all { report.understand(edit.field) }
    let outbound = all.filter { $0.direction == .outbound }
    if !outbound.isEmpty { EgressCheck.examine(outbound, s, &report) }
    let edits = all.filter { $0.direction == .inbound }
    guard let field = edits.first?.field else { return }
    do {
      if let known = try FirewallEdit.rules(s, chain: edits.lazy.compactMap(\.chain).first) {
        let numbers = s.state.texts("rules").compactMap(FirewallEdit.number)
        var after = known
        for edit in edits { after = try edit.applied(to: after, isKnown: true, numbers: numbers) }
        let difference = try RuleSet.diff(before: known, after: after)
        judge(difference, edits, areRulesKnown: true, s, &report)
        try order(known, after, edits, difference, s, &report)
      } else {
        try withoutRules(edits, s, &report)
      }
    } catch let error as RuleSyntaxError {
      report.unknown(
        ["rules"], self, "a rule can't be read (\(error.text))", worst: .exposure, s, field: field,
        alsoCode: "EXPOSURE", exposure: 1)
    } catch {
      report.unknown(
        ["rules"], self, "the rules can't be compared (\(error))", worst: .exposure, s, field: field,
        alsoCode: "EXPOSURE", exposure: 1)
    }
  }

  /// Edits of a list that isn't known: what they allow over "deny", and what they deny over "allow".
  private static func withoutRules(_ edits: [FirewallEdit], _ s: Situation, _ report: inout ChangeReport) throws {
    var removed: [Rule] = []
    var granted: [Rule] = []
    var denied: [Rule] = []
    for edit in edits {
      switch (edit.kind, edit.rule) {
      case (.policy(let accepts), _): standard(accepts, edit.field, s, &report)
      case (.flush, _), (.remove, nil), (.replace, nil):
        report.unknown(
          ["rules"], self, "rules go, and which ones they are is not known", worst: .exposure, s, field: edit.field,
          alsoCode: "EXPOSURE", exposure: 1)
      case (.remove, let rule?):
        // Without a rule that denied it, what it matched may be let in.
        if rule.action == .accept { removed.append(rule) } else { granted.append(rule.accepting) }
      case (_, let rule?): if rule.action == .accept { granted.append(rule) } else { denied.append(rule) }
      default: continue
      }
    }
    // Removing a rule that isn't listed: it was there, and it was all that allowed this.
    let start = granted.isEmpty && denied.isEmpty ? try RuleSet(removed) : try RuleSet([])
    judge(try RuleSet.diff(before: start, after: try RuleSet(granted)), edits, areRulesKnown: false, s, &report)
    guard !denied.isEmpty else { return }
    // What is denied and allowed at once is as its order says, and which came first isn't known: it is shut out.
    let open = try RuleSet([], acceptsByDefault: true)
    judge(
      try RuleSet.diff(before: open, after: try RuleSet(denied, acceptsByDefault: true)), edits, areRulesKnown: false,
      s, &report)
  }

  // MARK: Verdicts

  private static func judge(
    _ difference: RuleSetDifference, _ edits: [FirewallEdit], areRulesKnown: Bool, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let field = edits[0].field
    let opened = (difference.newlyAllowed.sets + difference.possiblyNewlyAllowed.sets).filter(\.opensConnections)
    if let gravest = opened.map({ Opening($0, s) }).max(by: { $0.risk < $1.risk }) {
      gravest.report(field, opened.count, s, &report)
    }
    let closed = (difference.newlyDenied.sets + difference.possiblyNewlyDenied.sets).filter(\.carriesConnections)
    guard !closed.isEmpty else { return }
    ShutOut(
      closed: closed, field: field, isRemoval: edits.allSatisfy { $0.kind == .remove || $0.kind == .flush },
      areRulesKnown: areRulesKnown,
      isStateless: edits.contains(where: \.isStateless) || ShutOut.isStateless(s)
    ).report(s, &report)
  }

  /// Rules that the change makes pointless, and changes that change nothing.
  private static func order(
    _ before: RuleSet, _ after: RuleSet, _ edits: [FirewallEdit], _ difference: RuleSetDifference, _ s: Situation,
    _ report: inout ChangeReport
  ) throws {
    let field = edits[0].field
    if difference.isEmpty {
      let wantsToBlock = edits.contains { $0.rule?.action == .deny && $0.kind != .remove }
      report.add(
        issue(
          "INEFFECTIVE_RULE", wantsToBlock ? .nuisance : .note, s, probability: 0.95,
          "no packet fares differently: earlier rules decide all that this one matches",
          Calculation(
            equation: "diff of both rule sets is empty", inputs: ["rules": Double(before.rules.count)], value: 0,
            unit: "header sets", threshold: 1, source: "first match; RuleSetDifference"), field: field))
      return
    }
    let idle = try RuleSetAnalysis(before).shadowedRules().map(\.text)
    let shadowed = try RuleSetAnalysis(after).shadowedRules().filter { !idle.contains($0.text) }
    guard !shadowed.isEmpty else { return }
    let hidesDenials = shadowed.contains {
      $0.text.uppercased().contains("DROP") || $0.text.uppercased().contains("REJECT")
        || $0.text.uppercased().contains("DENY")
    }
    report.add(
      issue(
        "SHADOWING", hidesDenials ? .fragility : .nuisance, s, probability: 0.9,
        "\(brief(Double(shadowed.count))) of \(brief(Double(before.rules.count))) rules are never reached any more: "
          + shadowed.prefix(3).map(\.text).joined(separator: "; "),
        Calculation(
          equation: "rules that no packet reaches", inputs: ["rules": Double(before.rules.count)],
          value: Double(shadowed.count), unit: "rules", threshold: 0, source: "first match; RuleSetAnalysis"),
        field: field, exposure: 1))
  }

  private static func policy(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["default_policy", "policy", "firewall"].first(where: { s.change.has($0) }),
      let text = s.change.text(field)?.lowercased()
    else { return }
    guard s.proposal.kind == .security || s.proposal.kind == .network else { return }
    let words = Situation.words(text)
    report.ran(self)
    if !words.isDisjoint(with: [
      "accept", "allow", "off", "disabled", "disable", "false", "inactive", "none", "stopped",
    ]) {
      report.understand(field)
      standard(true, field, s, &report)
    } else if !words.isDisjoint(with: ["drop", "deny", "reject", "block"]) {
      report.understand(field)
      standard(false, field, s, &report)
    } else if field == "firewall" {
      enabled(field, s, &report)
    }
  }

  /// A filter that is switched on: what its rules don't let in is shut out.
  private static func enabled(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.understand(field)
    guard s.isUsed != false else { return }
    guard let known = try? FirewallEdit.rules(s), let open = try? RuleSet([], acceptsByDefault: true),
      let difference = try? RuleSet.diff(before: open, after: known)
    else {
      report.unknown(
        ["rules"], self, "the filter is switched on, and what its rules let in is not known", worst: .outage, s,
        field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    // Consumers come by TCP unless they say otherwise; that ICMP is closed isn't what they miss.
    let isDatagram = s.speaks(of: "dns", "resolver", "ntp", "syslog", "udp", "quic")
    let closed = (difference.newlyDenied.sets + difference.possiblyNewlyDenied.sets).filter { set in
      set.carriesConnections
        && set.protocols.map { $0.contains(IPProtocol.tcp) || isDatagram && $0.contains(IPProtocol.udp) } ?? true
    }
    guard !closed.isEmpty else { return }
    ShutOut(
      closed: closed, field: field, isRemoval: false, areRulesKnown: true, isStateless: ShutOut.isStateless(s)
    ).report(s, &report)
  }

  /// What happens to packets that no rule names, where the rules aren't known.
  private static func standard(_ accepts: Bool, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard accepts else { return RouteCheck.loss(field, "everything that no rule names is shut out", s, &report) }
    report.add(
      issue(
        "EXPOSURE", .exposure, s, probability: 0.85, "everything that no rule names is let in",
        Calculation(
          equation: "default = accept", inputs: [:], value: 1, unit: "1", threshold: 0,
          source: "CIS AWS Foundations 3.0.0, 5.4 (default group restricts all traffic)"), field: field, exposure: 1))
  }
}
