import SimulationInput

/// By which proof somebody is let in, and the keys that data is read with.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 1.5 and 1.10 (second factor); NIST SP 800-53r5 IA-5
/// (rotation).
enum CredentialCheck: ChangeCheck {
  static let model = "identity"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    secondFactor(s, &report)
    credentials(s, &report)
    keys(s, &report)
  }

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
}
