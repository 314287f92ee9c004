import SimulationInput

/// Who may do what, and by which proof.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, section 1 (1.5 and 1.10 second factor, 1.16 no full
/// administration); NIST SP 800-53r5 AC-6 (least privilege), IA-5 (rotation).
enum IdentityCheck: ChangeCheck {
  static let model = "identity"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    policies(s, &report)
    secondFactor(s, &report)
    credentials(s, &report)
    keys(s, &report)
    publicAccess(s, &report)
  }

  // MARK: Policies

  private static func policies(_ s: Situation, _ report: inout ChangeReport) {
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

  // MARK: Proofs

  private static func secondFactor(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = ["mfa", "require_mfa", "mfa_required", "enforce_mfa", "mfa_delete"].first(where: { s.change.has($0) }
      ),
      let on = s.change.flag(field)
    else { return }
    report.ran(self)
    report.understand(field)
    guard !on, s.state.flag("mfa") != false else { return }
    report.add(
      issue(
        "PRIVILEGE", .exposure, s, probability: 0.7, "one stolen password is enough from now on",
        Calculation(
          equation: "factors", inputs: [:], value: 1, unit: "factors", threshold: 2,
          source: "CIS AWS Foundations 3.0.0, 1.5 and 1.10; NIST SP 800-63B"), field: field))
    report.add(
      issue(
        "CIS_1.10", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, 1.10: a second factor is missing",
        Calculation(
          equation: "factors", inputs: [:], value: 1, unit: "factors", threshold: 2,
          source: "CIS AWS Foundations 3.0.0"), field: field))
  }

  private static func credentials(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "rotate", "rotate_secret", "rotate_credentials", "rotate_password", "revoke_credentials", "new_password",
      "expire", "revoke_key", "rotate_key", "disable_user", "delete_user",
    ]
    guard let field = fields.first(where: { s.change.has($0) }), s.change.flag(field) != false,
      !(s.speaks(of: "kms") && field == "rotate_key")
    else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["dual_credentials", "grace_hours", "overlap_hours", "grace_period_h"] where s.change.has(manner) {
      report.understand(manner)
    }
    let overlaps =
      s.change.flag("dual_credentials") ?? s.state.flag("dual_credentials")
      ?? (s.change.seconds("grace_s").map { $0 > 0 } ?? false)
    let reload = (s.state.text("secret_reload") ?? "").lowercased()
    let byItself = ["auto", "hot", "watch", "poll", "sidecar", "live", "dynamic", "immediate", "on change"].contains {
      reload.contains($0)
    }
    let takesAway = field.hasPrefix("revoke") || field.hasPrefix("disable") || field.hasPrefix("delete")
    // Both work for a while: enough where consumers look more often than that.
    let grace = s.change.seconds("grace_s")
    let period = FactValue.seconds(in: reload)
    let isTooShort =
      grace.flatMap { grace in period.map { $0 > grace } } ?? (grace != nil && reload.contains("restart"))
    guard !overlaps || takesAway || isTooShort else { return }
    guard let count = s.consumerCount else {
      report.unknown(
        ["consumers", "secret_reload"], self, "the old secret stops working, and who uses it is not known",
        worst: .outage,
        s, field: field, alsoCode: "ERROR_RATE")
      return
    }
    guard count > 0 else { return }
    if byItself, !takesAway, !isTooShort {
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.3, "\(brief(count)) consumers read the new secret by themselves",
          Calculation(
            equation: "consumers", inputs: ["consumers": count], value: count, unit: "consumers", threshold: 0,
            source: "NIST SP 800-57 part 1, 5.3"), field: field))
      return
    }
    report.add(
      issue(
        "ERROR_RATE", .outage, s, probability: reload.isEmpty && !takesAway ? 0.75 : 0.93,
        "the old secret stops working at once: \(brief(count)) consumers fail until each has the new one"
          + (reload.isEmpty ? "" : " (\(reload))"),
        Calculation(
          equation: "consumers without the new secret", inputs: ["consumers": count], value: count, unit: "consumers",
          threshold: 0, source: "NIST SP 800-57 part 1, 5.3 (overlapping validity)"), field: field,
        remedy: "let both work until all have changed"))
  }

  // MARK: Keys

  private static func keys(_ s: Situation, _ report: inout ChangeReport) {
    let fields = ["disable_key", "delete_key", "schedule_key_deletion", "revoke_grant", "schedule_deletion"]
    guard let field = fields.first(where: { s.change.has($0) }), s.change.flag(field) != false else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["pending_days", "pending_window_days", "waiting_days"] where s.change.has(manner) {
      report.understand(manner)
    }
    let isFinal = field.contains("delet")
    let flows = s.state.number("flows_per_min")
    guard let isUsed = s.isUsed else {
      report.unknown(
        ["consumers", "flows_per_min"], self, "what is encrypted with the key is not known", worst: .lossOfData, s,
        field: field, alsoCode: "DATA_LOSS", exposure: isFinal ? 1 : nil)
      return
    }
    let calls = flows.map { $0 * 60 * s.proposal.durationHours }
    let calculation = Calculation(
      equation: "refused calls = calls/min x 60 x duration",
      inputs: ["flows_per_min": flows, "duration_h": s.proposal.durationHours, "consumers": s.consumerCount],
      value: calls ?? s.consumerCount ?? 0, unit: "calls", threshold: 0,
      source: "AWS KMS documentation, enabling and disabling keys; deleting keys")
    guard isUsed else {
      if isFinal {
        let value = Reloadable(s)
        report.add(
          issue(
            "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.45,
            "nothing uses the key now, and what was ever encrypted with it is gone for good", calculation, field: field,
            remedy: "disable it first and wait"))
      }
      return
    }
    report.add(
      issue(
        "DATA_LOSS", isFinal ? .lossOfData : Weight(severity: .critical, consequence: 0.9, reversibility: 0.4), s,
        probability: 0.9,
        "\(s.consumers.joined(separator: ", ")) can neither write nor read"
          + (calls.map { ": \(brief($0)) refused calls in \(brief(s.proposal.durationHours)) h" } ?? ""),
        calculation, field: field))
    report.add(
      issue(
        "REACHABILITY_LOSS", .outage, s, probability: 0.9, "what is encrypted can't be read", calculation, field: field)
    )
  }

  /// Whether a word for who may read means everybody, or anybody outside.
  private static func opens(_ text: String) -> Bool {
    let words = Situation.words(text)
    if !words.isDisjoint(with: ["non", "not", "deny", "private", "block", "no"]) { return false }
    return text == "*"
      || !words.isDisjoint(with: ["public", "everyone", "all", "authenticated", "anonymous", "allusers"])
      || text.count >= 12 && text.allSatisfy(\.isNumber)
  }

  // MARK: Storage that everybody reads

  private static func publicAccess(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "bucket_policy", "acl", "public_access", "bucket_acl", "publicly_accessible", "public", "anonymous_access",
      "block_public_access", "share_snapshot", "share", "snapshot_visibility",
    ]
    guard let field = fields.first(where: { s.change.has($0) }), let text = s.change.text(field)?.lowercased() else {
      return
    }
    report.ran(self)
    report.understand(field)
    let opens =
      field == "block_public_access"
      ? s.change.flag(field) == false
      : Self.opens(text)
        || s.change.flag(field) == true
    guard opens else {
      if s.isUsed == true,
        s.state.text("principal_exposed")?.lowercased().contains("everyone") == true || field == "publicly_accessible"
      {
        RouteCheck.loss(field, "what was public is closed", s, &report)
      }
      return
    }
    let writes = text.contains("write") || text.contains("full")
    let data = DataClass(s)
    if data == nil, !writes {
      report.unknown(
        ["data"], self, "everybody may read what is stored, and what that is is not known", worst: .exposure, s,
        field: field, alsoCode: "EXPOSURE", exposure: 1)
      return
    }
    let probability = writes ? 0.9 : data == .sensitive ? 0.95 : data == .ordinary ? 0.7 : 0.5
    let weight: Weight = !writes && data == .open ? .note : .exposure
    report.add(
      issue(
        "EXPOSURE", weight, s, probability: probability,
        writes
          ? "everybody may write"
          : "everybody may read \(s.state.text("data") ?? "what is stored")"
            + (data == .open ? ", which is public already" : ""),
        Calculation(
          equation: "readers = everybody", inputs: [:], value: 1, unit: "1", threshold: 0,
          source: "CIS AWS Foundations 3.0.0, 2.1.4"), field: field, exposure: data == .open ? nil : 1))
    if data != .open || writes {
      report.add(
        issue(
          "CIS_2.1.4", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, 2.1.4: public access isn't blocked",
          Calculation(
            equation: "public access", inputs: [:], value: 1, unit: "1", threshold: 0,
            source: "CIS AWS Foundations 3.0.0"), field: field))
    }
  }
}
