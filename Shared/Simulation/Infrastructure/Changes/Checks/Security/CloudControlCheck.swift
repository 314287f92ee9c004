import SimulationInput

/// Settings by which clouds guard accounts: access keys, instance metadata, key rotation, trails.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 1.12 (credentials unused for 45 days or more are disabled),
/// 3.1 to 3.3, 3.6 and 5.6; Amazon EC2 user guide, instance metadata options (with `required` a call without a session token
/// is answered 401; a token travels as many hops as the limit says, and a container is one further); AWS KMS developer
/// guide, rotating keys (old material is kept, so nothing is encrypted anew).
enum CloudControlCheck: ChangeCheck {
  static let model = "cloud_controls"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    accessKey(s, &report)
    metadata(s, &report)
    rotation(s, &report)
    trail(s, &report)
  }

  /// The setting whose name ends in one of `names`, whatever object it came in.
  private static func setting(_ s: Situation, _ names: String...) -> String? {
    s.change.names.first { setting in names.contains { setting == $0 || setting.hasSuffix("_" + $0) } }
  }

  // MARK: Access keys

  private static func accessKey(_ s: Situation, _ report: inout ChangeReport) {
    let names = s.change.names.filter { $0.contains("access_key") || $0 == "status" }
    let isKey = names.contains { $0.contains("access_key") }
    let deletes = names.first { name in
      ["deactivate_access_key", "disable_access_key", "delete_access_key", "remove_access_key"].contains {
        name.hasPrefix($0)
      }
    }
    guard isKey, let field = deletes ?? names.first(where: { $0.hasSuffix("status") }) else { return }
    let text = s.change.text(field)?.lowercased() ?? ""
    if deletes == nil, !["inactive", "active"].contains(text) { return }
    report.ran(self)
    report.understand(field)
    for beside in s.change.names
    where beside.contains("access_key") || beside == "user_name" || beside == "user" { report.understand(beside) }
    guard deletes != nil || text == "inactive", s.change.flag(field) != false else {
      return report.add(
        issue(
          "PRIVILEGE", .nuisance, s, probability: 0.3, "a key that was out of use opens again",
          Calculation(
            equation: "active keys", inputs: [:], value: 1, unit: "keys", threshold: 1,
            source: "CIS AWS Foundations 3.0.0, 1.13"), field: field))
    }
    if s.isUsed == nil, let days = idleDays(s), days >= 45 {
      return report.add(
        issue(
          "REACHABILITY_LOSS", .note, s, probability: 0.3, "the key was last used \(brief(days)) days ago",
          Calculation(
            equation: "days without use >= 45", inputs: ["days": days], value: days, unit: "d", threshold: 45,
            source: "CIS AWS Foundations 3.0.0, 1.12"), field: field))
    }
    RouteCheck.loss(field, "the key is refused from now on", s, &report)
  }

  /// Days since the last use, from words such as "last used 210 days ago".
  private static func idleDays(_ s: Situation) -> Double? {
    if let days = s.state.number("last_used_days", "unused_days", "days_since_last_use") { return days }
    let texts = ["last_used", "before", "asset", "principal_exposed"].compactMap { s.state.text($0)?.lowercased() }
    guard let text = texts.first(where: { $0.contains("last used") || $0.contains("unused") }) else { return nil }
    if text.contains("never used") { return 10_000 }
    return FactValue.seconds(in: text).map { $0 / 86_400 }
  }

  // MARK: Instance metadata

  private static func metadata(_ s: Situation, _ report: inout ChangeReport) {
    let tokens = setting(s, "http_tokens", "imdsv2", "metadata_http_tokens")
    let hops = setting(s, "http_put_response_hop_limit")
    let endpoint = setting(s, "metadata_options_http_endpoint", "http_endpoint")
    guard tokens != nil || hops != nil || endpoint.flatMap({ s.change.flag($0) }) != nil else { return }
    report.ran(self)
    report.understand(tokens, hops, endpoint)
    if let protocolSix = setting(s, "http_protocol_ipv6"), s.change.flag(protocolSix) != nil {
      report.understand(protocolSix)
    }
    if let tags = setting(s, "instance_metadata_tags"), s.change.flag(tags) != nil { report.understand(tags) }
    if let endpoint, s.change.flag(endpoint) == false {
      RouteCheck.loss(endpoint, "instances get no metadata and no credentials of their role", s, &report)
    }
    if let tokens, let text = s.change.text(tokens)?.lowercased() {
      if text == "required" || s.change.flag(tokens) == true {
        withoutToken(tokens, s, &report)
      } else if text == "optional" || s.change.flag(tokens) == false {
        report.add(
          issue(
            "CIS_5.6", .violation, s, probability: 0.9,
            "CIS AWS Foundations 3.0.0, 5.6: credentials of the role are given without a session token",
            Calculation(
              equation: "session token required", inputs: [:], value: 0, unit: "1", threshold: 1,
              source: "CIS AWS Foundations 3.0.0"), field: tokens))
      } else {
        report.unknown(
          [tokens], self, "\(text) is no mode of instance metadata", worst: .degradation, s, field: tokens,
          alsoCode: "NOT_EXTRAPOLABLE")
      }
    }
    guard let hops, let limit = s.change.number(hops) else { return }
    let words = Situation.words(
      (s.state.texts("asset") + s.consumers + [s.targetKind, s.proposal.target]).joined(separator: " "))
    let hasContainers = !words.isDisjoint(with: [
      "container", "containers", "pod", "pods", "kubernetes", "eks", "ecs", "docker", "k8s",
    ])
    guard limit < 2, hasContainers else { return }
    RouteCheck.loss(hops, "answers go \(brief(limit)) hop far, and containers are one further", s, &report)
  }

  private static func withoutToken(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let asset = s.state.texts("asset").joined(separator: " ").lowercased()
    let isMeasured = ["without token", "without a token", "no token", "metadatanotoken", "imdsv1"].contains {
      asset.contains($0)
    }
    let calls =
      s.state.number("metadata_no_token", "metadata_no_token_per_min", "imdsv1_calls_per_min")
      ?? (isMeasured ? s.state.number("flows_per_min") : nil)
    guard let calls else {
      report.unknown(
        ["metadata_no_token"], self, "calls without a session token are refused, and how many there are is not known",
        worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      return
    }
    guard calls > 0 else { return }
    let calculation = Calculation(
      equation: "calls without a token", inputs: ["calls_per_min": calls], value: calls, unit: "1/min", threshold: 0,
      source: "Amazon EC2 user guide, MetadataNoToken")
    report.add(
      issue(
        "ERROR_RATE", .outage, s, probability: 0.9,
        "\(brief(calls)) calls a minute come without a session token and are answered 401: no credentials any more",
        calculation, field: field, remedy: "wait until MetadataNoToken is 0"))
  }

  // MARK: Keys and trails

  private static func rotation(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = setting(s, "enable_key_rotation", "key_rotation_enabled", "enable_rotation", "key_rotation"),
      let on = s.change.flag(field)
    else { return }
    report.ran(self)
    report.understand(field)
    if let period = setting(s, "rotation_period_in_days", "rotation_period", "rotation_days"),
      s.change.value([period]) != nil
    {
      report.understand(period)
    }
    guard !on else { return }
    report.add(
      issue(
        "CIS_3.6", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, 3.6: the key is no longer rotated",
        Calculation(
          equation: "rotated", inputs: [:], value: 0, unit: "1", threshold: 1, source: "CIS AWS Foundations 3.0.0"),
        field: field))
  }

  /// What a trail no longer records.
  private static func trail(_ s: Situation, _ report: inout ChangeReport) {
    let settings: [(names: [String], control: String, lost: String)] = [
      (["is_multi_region_trail", "multi_region_trail", "multi_region"], "3.1", "what happens in other regions"),
      (["include_global_service_events"], "3.1", "what happens in global services"),
      (["enable_log_file_validation", "log_file_validation_enabled"], "3.2", "whether a record was altered"),
      (["is_organization_trail"], "3.1", "what happens in other accounts"),
    ]
    for (names, control, lost) in settings {
      guard
        let field = s.change.names.first(where: { name in names.contains { name == $0 || name.hasSuffix("_" + $0) } }),
        let on = s.change.flag(field)
      else { continue }
      report.ran(self)
      report.understand(field)
      if let home = setting(s, "home_region") { report.understand(home) }
      guard !on else { continue }
      let references = Requirement.audit((s.state.texts("regime") + s.state.texts("data")).joined(separator: " "))
      let calculation = Calculation(
        equation: "recorded", inputs: [:], value: 0, unit: "1", threshold: 1,
        source: references.joined(separator: "; "))
      report.add(
        issue(
          "COMPLIANCE", .violation, s, probability: 0.9,
          "\(lost) is no longer recorded: \(references.joined(separator: "; "))", calculation, field: field))
      report.add(
        issue(
          "CIS_\(control)", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, \(control): \(lost) is lost",
          calculation, field: field))
    }
  }
}
