import SimulationFirewall
import SimulationInput

/// Policies of what is reached rather than of who reaches: trust of roles, buckets, keys, queues.
///
/// Source: AWS IAM user guide, policy evaluation logic (an allow of the resource's policy is enough within an account, and
/// lets others in); CIS Amazon Web Services Foundations Benchmark 3.0.0, 2.1.4; AWS IAM user guide, the confused deputy.
enum ResourcePolicy {
  static func admits(
    _ statement: PolicyStatement, _ place: PolicyPlace, _ s: Situation, _ report: inout ChangeReport
  ) {
    let who = PrincipalExposure(s)
    var reach = statement.reach(place, exposed: who.text)
    if place == .trust {
      // The state knows who gets a token where the statement doesn't say.
      if who.isAnyone || who.text.contains("everyone") {
        reach = .anyone
      } else if who.runsForeign {
        reach = max(reach, .crowd)
      }
      return trust(statement, reach, who, s, &report)
    }
    // The account itself in its key's policy is what lets identities' policies count.
    if place == .key, reach == .named, statement.principals.allSatisfy(\.isAccount) { reach = .own }
    opens(statement, place, reach, s, &report)
  }

  private static func trust(
    _ statement: PolicyStatement, _ reach: PolicyReach, _ who: PrincipalExposure, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let probability =
      switch reach {
      case .own: 0.1
      case .named: who.isNarrow ? 0.12 : 0.3
      case .crowd: 0.7
      case .anyone: 0.95
      }
    let calculation = Calculation(
      equation: "who may become the role", inputs: [:], value: Double(reach.rawValue), unit: "1", threshold: 1,
      source: "AWS IAM user guide, trust policies; OIDC subject conditions")
    let message = "\(reach.words) may take the role" + (who.text.isEmpty ? "" : ": \(who.text)")
    report.add(
      PolicyCheck.issue(
        "PRIVILEGE", Weight(severity: .critical, consequence: 0.97, reversibility: 0.2), s, probability: probability,
        message, calculation, field: AccessForms.policies, exposure: max(s.exposure, reach >= .crowd ? 0.85 : 0.5),
        remedy: "name the subject, the account, or an external id"))
    guard reach == .anyone else { return }
    report.add(
      PolicyCheck.issue(
        "EXPOSURE", .exposure, s, probability: 0.9, message, calculation, field: AccessForms.policies,
        exposure: max(s.exposure, 0.85)))
  }

  private static func opens(
    _ statement: PolicyStatement, _ place: PolicyPlace, _ reach: PolicyReach, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let field = AccessForms.policies
    let writes = statement.areActionsExcluded || !statement.actions.allSatisfy(ActionPower.reads)
    let data = DataClass(s)
    let calculation = Calculation(
      equation: "callers that a condition doesn't bind", inputs: [:], value: Double(reach.rawValue), unit: "1",
      threshold: 1, source: "Amazon S3 user guide, the meaning of public; CIS AWS Foundations 3.0.0, 2.1.4")
    let message =
      "\(reach.words) may \(statement.actions.prefix(4).joined(separator: ", ")): \(s.state.text("data", "asset") ?? "what is stored")"
    guard reach > .own else {
      report.add(PolicyCheck.issue("EXPOSURE", .note, s, probability: 0.2, message, calculation, field: field))
      return
    }
    guard reach >= .crowd else {
      report.add(
        PolicyCheck.issue(
          "EXPOSURE", .exposure, s, probability: data == .sensitive ? 0.45 : data == .open ? 0.1 : 0.3, message,
          calculation, field: field, remedy: "bind it to the organisation or to fixed addresses"))
      return
    }
    if data == nil, !writes {
      report.unknown(
        ["data"], PolicyCheck.self, "everybody may read what is stored, and what that is is not known",
        worst: .exposure, s, field: field, alsoCode: "EXPOSURE", exposure: 1)
      return
    }
    let isHarmless = data == .open && !writes
    report.add(
      PolicyCheck.issue(
        "EXPOSURE", isHarmless ? .note : .exposure, s,
        probability: isHarmless ? 0.5 : writes ? 0.9 : data == .sensitive ? 0.95 : 0.7, message, calculation,
        field: field, exposure: isHarmless ? nil : 1, remedy: "bind it to fixed callers"))
    guard !isHarmless else { return }
    if place == .bucket {
      report.add(
        PolicyCheck.issue(
          "CIS_2.1.4", .violation, s, probability: 0.9,
          "CIS AWS Foundations 3.0.0, 2.1.4: public access isn't blocked", calculation, field: field))
    }
    if s.state.has("regime"), data == .sensitive {
      report.add(
        PolicyCheck.issue(
          "COMPLIANCE", .violation, s, probability: 0.9,
          "\(s.state.texts("regime").joined(separator: ", ")): what is protected by law is open to everybody",
          calculation, field: field))
    }
  }

  // MARK: Denials

  /// A denial outweighs every permission: whom does it hit?
  static func denies(
    _ statement: PolicyStatement, _ place: PolicyPlace, _ s: Situation, _ report: inout ChangeReport
  ) {
    let field = AccessForms.policies
    let what = "\(statement.actions.prefix(4).joined(separator: ", ")) is denied"
    let breadth = statement.areActionsExcluded ? 1 : statement.actions.map(ActionPower.of).max() ?? 0
    guard !statement.conditions.isEmpty else {
      // A single action that nobody may do any more is a guard rail; all of a service is somebody's work.
      let isBroad = place == .identity ? breadth >= 0.75 : statement.principals.contains(.anyone)
      if isBroad { RouteCheck.loss(field, what, s, &report) }
      return
    }
    // "Everybody but": who comes from elsewhere is shut out.
    guard
      let limit = statement.conditions.first(where: {
        $0.test.contains("not") && $0.key != "aws:securetransport"
      }), s.isUsed != false
    else { return }
    if limit.key == "aws:sourceip", !s.consumers.isEmpty {
      let ends = s.consumers.map(FlowEnd.init)
      let allowed = limit.values.compactMap { IPPrefix($0) }
      let isOutside = ends.contains { end in
        end.address.map { address in !allowed.contains { $0.contains(address) } } ?? false
      }
      if isOutside { return RouteCheck.loss(field, what, s, &report) }
      if ends.allSatisfy({ $0.address != nil }) { return }
    }
    if PrincipalExposure(s).isNarrow { return }
    report.unknown(
      ["consumers"], PolicyCheck.self,
      "\(what) to all but \(limit.values.prefix(3).joined(separator: ", ")): "
        + "whether somebody comes from elsewhere is not known", worst: .outage, s, field: field,
      alsoCode: "REACHABILITY_LOSS")
  }
}

extension PolicyReach {
  var words: String {
    switch self {
    case .own: "only callers that a condition names"
    case .named: "somebody outside who is named"
    case .crowd: "any of a crowd that others let in"
    case .anyone: "everybody"
    }
  }
}

extension PolicyStatement.Principal {
  /// A whole account: its number, or its root's ARN.
  var isAccount: Bool {
    guard case .identity(let name) = self else { return false }
    return name.hasSuffix(":root") || name.count == 12 && name.allSatisfy(\.isNumber)
  }
}
