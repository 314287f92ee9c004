import SimulationInput

/// What a policy lets whom do.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 1.16 (no full administration); NIST SP 800-53r5 AC-6 (least
/// privilege).
enum PolicyCheck: ChangeCheck {
  static let model = "identity"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    documents(s, &report)
    guard s.proposal.kind == .security else { return }
    if let field = ["detach", "detach_policy", "revoke", "remove_permission", "remove_statement"].first(where: {
      s.change.has($0)
    }) {
      report.ran(self)
      report.understand(field)
      // Sessions that end with it are those of who used it.
      for manner in ["principal", "drop_sessions", "terminate_sessions"] where s.change.has(manner) {
        report.understand(manner)
      }
      RouteCheck.loss(field, "a permission goes", s, &report)
    }
    // Policies by their names, such as "AdministratorAccess" or "cluster-admin".
    let grants = [
      "attach", "attach_policy", "grant", "add_statement", "policy_statement", "add_permission", "policy",
      "role_binding",
    ]
    guard let field = grants.first(where: { s.change.has($0) }), let value = s.change.object[field] else { return }
    let names: [InputValue] = if case .array(let list) = value { list } else { [value] }
    guard names.allSatisfy({ if case .string = $0 { true } else { false } }) else { return }
    report.ran(self)
    report.understand(
      field, s.change.has("principal") ? "principal" : nil, s.change.has("condition") ? "condition" : nil)
    for name in names.compactMap(FactValue.text) { grant(Grant(named: name), field, s, &report) }
  }

  /// Policies that are written out.
  private static func documents(_ s: Situation, _ report: inout ChangeReport) {
    guard case .array(let parts)? = s.change.object[AccessForms.policies] else { return }
    report.ran(self)
    for part in parts {
      guard let place = part["attached_to"].flatMap(FactValue.text).flatMap(PolicyPlace.init(rawValue:)),
        let document = part["document"].flatMap(PolicyDocument.init)
      else { continue }
      report.understand(AccessForms.policies)
      for beside in ["principal", "condition", "role", "user", "bucket", "policy_name", "policy_arn"]
      where s.change.has(beside) { report.understand(beside) }
      for statement in document.statements {
        switch (place, statement.allows) {
        case (.identity, true): grant(Grant(statement), AccessForms.policies, s, &report)
        case (_, true): ResourcePolicy.admits(statement, place, s, &report)
        case (_, false): ResourcePolicy.denies(statement, place, s, &report)
        }
      }
    }
  }

  /// What somebody may do with what.
  struct Grant {
    var name = ""
    var actions: [String]
    var resources: [String]
    var isToAnyone = false
    var isBound = false

    init(named name: String) {
      self.name = name.lowercased()
      (actions, resources) = ([], [])
      let broad = [
        "admin", "poweruser", "owner", "fullaccess", "masters", "editor", "contributor", "root", "superuser",
      ]
      if broad.contains(where: { self.name.contains($0) }) { (actions, resources) = (["*"], ["*"]) }
      if self.name.contains("readonly") || self.name.contains("viewer") { (actions, resources) = (["*:Get*"], ["*"]) }
    }

    init(_ statement: PolicyStatement) {
      actions = statement.actions
      resources = statement.resources
      if statement.areActionsExcluded { (actions, resources) = (["*"], ["*"]) }
      isToAnyone = statement.principals.contains(.anyone)
      isBound = statement.isBound
    }
  }

  private static func grant(_ grant: Grant, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let (actions, resources) = (grant.actions, grant.resources)
    let principal = (s.change.text("principal", "role", "user") ?? "").lowercased()
    let breadth = actions.map(ActionPower.of).max() ?? (grant.name.isEmpty ? 0.3 : 0.4)
    let isEverywhere =
      resources.isEmpty
      || resources.contains { $0 == "*" || $0.hasSuffix(":::*") || $0.hasSuffix(":::*/*") || $0.contains("::*:") }
    // The share of what could be done that this allows.
    let power = breadth * (isEverywhere ? 1 : 0.35)
    let who = PrincipalExposure(s)
    let isAnyone = principal == "*" || who.isAnyone || grant.isToAnyone && !grant.isBound
    let probability =
      who.isNarrow && power < 0.9
      ? 0.15
      : min(
        0.97,
        power * (who.runsForeign || isAnyone ? 1.15 : 0.9)
          + (isAnyone ? 0.5 : who.runsForeign && power > 0.2 ? 0.15 : 0))
    guard probability > 0.05 else { return }
    let isFull = breadth >= 1 && isEverywhere
    let calculation = Calculation(
      equation: "breadth of actions x breadth of resources",
      inputs: ["breadth": breadth, "resources": isEverywhere ? 1 : 0.35],
      value: power, unit: "1", threshold: 0.5, source: "NIST SP 800-53r5 AC-6; CIS AWS Foundations 3.0.0, 1.16")
    let message =
      "\(principal.isEmpty ? "the principal" : principal) may "
      + "\(actions.isEmpty ? grant.name : actions.prefix(4).joined(separator: ", ")) on "
      + "\(resources.isEmpty ? "everything" : resources.prefix(3).joined(separator: ", "))"
      + (who.text.isEmpty ? "" : ", and it \(who.text)")
    report.add(
      issue(
        "PRIVILEGE", Weight(severity: .critical, consequence: 0.97, reversibility: 0.2), s, probability: probability,
        message, calculation, field: field, exposure: max(s.exposure, who.runsForeign || isFull ? 0.85 : 0.5),
        remedy: "name the actions and the resources"))
    if isFull {
      report.add(
        issue(
          "CIS_1.16", .violation, s, probability: 0.95,
          "CIS AWS Foundations 3.0.0, 1.16: full administration is attached", calculation, field: field))
    }
  }
}

/// What the state says of who a principal is.
struct PrincipalExposure: Sendable {
  /// In lower case; empty where nothing is known.
  let text: String
  let runsForeign: Bool
  let isNarrow: Bool
  let isAnyone: Bool

  init(_ s: Situation) {
    let exposed = (s.state.text("principal_exposed") ?? "").lowercased()
    text = exposed
    let foreign = [
      "pull-request", "pull request", "untrusted", "public", "internet", "everyone", "anonymous", "fork", "user code",
      "third", "external", "contractor",
    ].contains { exposed.contains($0) }
    runsForeign = foreign
    isNarrow = !foreign && (exposed.contains(" only") || exposed.hasPrefix("only"))
    isAnyone = exposed.contains("any ") || exposed.contains("repo:*")
  }
}
