import SimulationInput

/// What a policy lets whom do.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 1.16 (no full administration); NIST SP 800-53r5 AC-6 (least
/// privilege).
enum PolicyCheck: ChangeCheck {
  static let model = "identity"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let grants = [
      "attach", "attach_policy", "grant", "add_statement", "policy_statement", "add_permission", "policy",
      "role_binding",
    ]
    guard s.proposal.kind == .security else { return }
    if let field = ["detach", "detach_policy", "revoke", "remove_permission", "remove_statement"].first(where: {
      s.change.has($0)
    }) {
      report.ran(self)
      report.understand(field, s.change.has("principal") ? "principal" : nil)
      RouteCheck.loss(field, "a permission goes", s, &report)
    }
    guard let field = grants.first(where: { s.change.has($0) }), let value = s.change.object[field] else { return }
    var statements: [InputValue] = if case .array(let list) = value { list } else { [value] }
    // A whole policy document holds its statements.
    if let inner = value["Statement"] ?? value["statement"] ?? value["statements"] {
      if case .array(let list) = inner { statements = list } else { statements = [inner] }
    }
    guard statements.allSatisfy({ if case .object = $0 { true } else { false } }) || named(value) != nil else { return }
    report.ran(self)
    report.understand(
      field, s.change.has("principal") ? "principal" : nil, s.change.has("condition") ? "condition" : nil)
    let principal = (s.change.text("principal", "role", "user") ?? "").lowercased()
    for statement in statements { grant(statement, field, principal, s, &report) }
  }

  /// A policy by its name only, such as "AdministratorAccess" or "cluster-admin".
  private static func named(_ value: InputValue) -> String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  private static func grant(
    _ statement: InputValue, _ field: String, _ principal: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let isDenial = (statement["Effect"] ?? statement["effect"]).flatMap(FactValue.text)?.lowercased() == "deny"
    guard !isDenial else { return }
    let name = named(statement)?.lowercased() ?? ""
    var actions =
      ["Action", "action", "actions", "verbs", "NotAction"].lazy.compactMap { statement[$0].flatMap(FactValue.texts) }
      .first ?? []
    var resources =
      ["Resource", "resource", "resources"].lazy.compactMap { statement[$0].flatMap(FactValue.texts) }.first ?? []
    let broad = ["admin", "poweruser", "owner", "fullaccess", "masters", "editor", "contributor", "root", "superuser"]
    if broad.contains(where: { name.contains($0) }) || statement["NotAction"] != nil {
      (actions, resources) = (["*"], ["*"])
    }
    if name.contains("readonly") || name.contains("viewer") { (actions, resources) = (["*:Get*"], ["*"]) }
    let breadth = actions.map(Self.power).max() ?? (name.isEmpty ? 0.3 : 0.4)
    let isEverywhere =
      resources.isEmpty
      || resources.contains { $0 == "*" || $0.hasSuffix(":::*") || $0.hasSuffix(":::*/*") || $0.contains("::*:") }
    // The share of what could be done that this allows.
    let power = breadth * (isEverywhere ? 1 : 0.35)
    let exposed = (s.state.text("principal_exposed") ?? "").lowercased()
    let runsForeign = [
      "pull-request", "pull request", "untrusted", "public", "internet", "everyone", "anonymous", "fork", "user code",
      "third", "external", "contractor",
    ].contains { exposed.contains($0) }
    let isNarrow = !runsForeign && (exposed.contains(" only") || exposed.hasPrefix("only"))
    let isAnyone =
      principal == "*" || exposed.contains("any ") || exposed.contains("repo:*")
      || (statement["Principal"].map { $0.summary.contains("*") } ?? false)
    let probability =
      isNarrow && power < 0.9
      ? 0.15
      : min(
        0.97, power * (runsForeign || isAnyone ? 1.15 : 0.9) + (isAnyone ? 0.5 : runsForeign && power > 0.2 ? 0.15 : 0))
    guard probability > 0.05 else { return }
    let isFull = breadth >= 1 && isEverywhere
    let calculation = Calculation(
      equation: "breadth of actions x breadth of resources",
      inputs: ["breadth": breadth, "resources": isEverywhere ? 1 : 0.35],
      value: power, unit: "1", threshold: 0.5, source: "NIST SP 800-53r5 AC-6; CIS AWS Foundations 3.0.0, 1.16")
    let message =
      "\(principal.isEmpty ? "the principal" : principal) may \(actions.isEmpty ? name : actions.prefix(4).joined(separator: ", ")) on "
      + "\(resources.isEmpty ? "everything" : resources.prefix(3).joined(separator: ", "))"
      + (exposed.isEmpty ? "" : ", and it \(exposed)")
    report.add(
      issue(
        "PRIVILEGE", Weight(severity: .critical, consequence: 0.97, reversibility: 0.2), s, probability: probability,
        message, calculation, field: field, exposure: max(s.exposure, runsForeign || isFull ? 0.85 : 0.5),
        remedy: "name the actions and the resources"))
    if isFull {
      report.add(
        issue(
          "CIS_1.16", .violation, s, probability: 0.95,
          "CIS AWS Foundations 3.0.0, 1.16: full administration is attached", calculation, field: field))
    }
  }

  /// How much an action can do, 0 to 1.
  private static func power(_ action: String) -> Double {
    let action = action.lowercased()
    if action == "*" || action == "*:*" { return 1 }
    let name = action.split(separator: ":").last.map(String.init) ?? action
    let service = action.split(separator: ":").first.map(String.init) ?? ""
    let reads =
      name.hasPrefix("get") || name.hasPrefix("list") || name.hasPrefix("describe") || name.hasPrefix("read")
      || name.hasPrefix("watch") || name.hasPrefix("view") || name.hasPrefix("select")
    // What can give itself more is worth everything (Rhino Security Labs' list of IAM escalations, AWS documentation).
    let escalates = [
      "iam:passrole", "iam:createaccesskey", "iam:attach", "iam:put", "iam:updateassumerolepolicy",
      "iam:createpolicyversion", "iam:setdefaultpolicyversion", "sts:assumerole", "lambda:updatefunctioncode",
      "impersonate", "escalate", "bind", "iam:createloginprofile", "iam:addusertogroup", "iam:updateloginprofile",
      "ssm:sendcommand", "ssm:startsession", "lambda:createfunction", "ec2:runinstances", "cloudformation:",
    ]
    if escalates.contains(where: { action.hasPrefix($0) }) { return 0.95 }
    if ["iam", "sts", "kms", "organizations", "secretsmanager"].contains(service), name == "*" { return 0.95 }
    if name == "*" { return 0.75 }
    if reads { return ["secretsmanager", "ssm", "kms"].contains(service) || name.contains("secret") ? 0.6 : 0.25 }
    if name.hasPrefix("delete") || name.hasPrefix("terminate") || name.hasPrefix("drop") || name.hasPrefix("exec") {
      return 0.7
    }
    if name == "decrypt" { return 0.55 }
    return 0.4
  }
}
