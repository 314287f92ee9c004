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
    let takesAway = field.hasPrefix("revoke") || field.hasPrefix("disable") || field.hasPrefix("delete")
    let told = s.state.text("secret_reload") ?? ""
    let reload = SecretReload(told)
    // A time after which the old one goes bounds "both work", too.
    let isDual = s.change.flag("dual_credentials") ?? s.state.flag("dual_credentials")
    let grace = isDual == false ? nil : s.change.seconds("grace_s")
    if !takesAway {
      if let grace, grace > 0 {
        switch reload {
        case .within(let period) where period < grace: return
        case .untold: return unread(grace, field, s, &report)
        default: break
        }
      } else if isDual == true, !s.change.has("grace_s") {
        return
      }
    }
    guard let count = s.consumerCount else {
      report.unknown(
        ["consumers", "secret_reload"], self, "the old secret stops working, and who uses it is not known",
        worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
      return
    }
    guard count > 0 else { return }
    if !takesAway, case .within(let period) = reload, grace == nil || grace == 0 {
      return gap(period, count, field, s, &report)
    }
    report.add(
      issue(
        "ERROR_RATE", .outage, s, probability: told.isEmpty && !takesAway ? 0.75 : 0.93,
        "the old secret stops working \(grace.map { $0 > 0 ? "after \(brief($0)) s" : "at once" } ?? "at once"): "
          + "\(brief(count)) consumers fail until each has the new one" + (told.isEmpty ? "" : " (\(told))"),
        Calculation(
          equation: "consumers without the new secret", inputs: ["consumers": count, "grace_s": grace], value: count,
          unit: "consumers", threshold: 0, source: "NIST SP 800-57 part 1, 5.3 (overlapping validity)"), field: field,
        remedy: "let both work until all have changed"))
  }

  /// Both work for a while, and when consumers look isn't known.
  private static func unread(_ grace: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard s.isUsed != false else { return }
    report.unknown(
      ["secret_reload"], self,
      "the old secret works for another \(brief(grace)) s, and when its users read the new one is not known",
      worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
  }

  /// Nothing overlaps, and consumers look for themselves: they fail until they do.
  private static func gap(
    _ period: Double, _ count: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    // A minute of refused logins is what retries bridge; an hour is an outage.
    let weight: Weight = period <= 60 ? .nuisance : period < 3_600 ? .degradation : .outage
    report.add(
      issue(
        "ERROR_RATE", weight, s, probability: period <= 60 ? 0.3 : 0.8,
        "\(brief(count)) consumers read the new secret by themselves within \(brief(period)) s, and fail until then",
        Calculation(
          equation: "reload period - overlap", inputs: ["consumers": count, "overlap_s": 0], value: period, unit: "s",
          threshold: 60, source: "NIST SP 800-57 part 1, 5.3"), field: field,
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
