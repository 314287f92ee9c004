import SimulationInput

extension CredentialCheck {
  static func secondFactor(_ s: Situation, _ report: inout ChangeReport) {
    for field in ["mfa", "require_mfa", "mfa_required", "enforce_mfa", "mfa_delete"] {
      guard let on = s.change.flag(field) else { continue }
      report.ran(self)
      report.understand(field)
      if on {
        lockedOut(field, s, &report)
      } else if s.state.flag("mfa") != false {
        dropped(field, s, &report)
      }
    }
  }

  private static func dropped(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
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

  /// Who has no second factor to show, and is refused. People enrol at the next sign-in; programs can't.
  private static func lockedOut(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    if let share = withoutFactor(s) {
      TimeoutCheck.failures(
        share, tolerated: nil, "\(percent(share)) of those who sign in have no second factor",
        Calculation(
          equation: "share without a second factor", inputs: ["share": share], value: share, unit: "1",
          threshold: TimeoutCheck.toleratedShare, source: "measured shares; NIST SP 800-63B, 4.2"), field, s, &report)
      return
    }
    let machines = s.consumers.filter(isMachine)
    guard !machines.isEmpty else { return }
    report.unknown(
      ["client_share"], self,
      "\(machines.joined(separator: ", ")) can't show a second factor, and whether they need one is not known",
      worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
  }

  private static func isMachine(_ text: String) -> Bool {
    !Situation.words(text).isDisjoint(with: [
      "ci", "cd", "job", "jobs", "batch", "cron", "service", "services", "robot", "robots", "bot", "bots", "machine",
      "machines", "pipeline", "pipelines", "script", "scripts", "automation", "backup", "etl", "worker", "workers",
    ])
  }

  /// Share of those who sign in that has no second factor; nil when nobody said.
  private static func withoutFactor(_ s: Situation) -> Double? {
    // "enrolled: 36 of 38".
    if let text = s.state.text("mfa"), Situation.words(text).contains("enrolled") {
      let numbers = text.split { !$0.isNumber }.compactMap { Double($0) }
      if numbers.count == 2, text.contains(" of "), numbers[1] > 0 { return max(0, 1 - numbers[0] / numbers[1]) }
    }
    guard case .object(let shares)? = s.state.value(["client_share"]) else { return nil }
    var lacking: Double?
    var having: Double?
    for share in shares {
      guard let part = FactValue.share(share.value) else { continue }
      let words = Situation.words(share.name)
      let lacks = !words.isDisjoint(with: ["without", "no", "not", "lacking", "unenrolled", "missing", "never"])
      let speaks = !words.isDisjoint(with: [
        "mfa", "2fa", "factor", "factors", "otp", "totp", "token", "enrolled", "unenrolled", "passkey", "webauthn",
      ])
      if speaks, !lacks {
        having = (having ?? 0) + part
      } else if speaks || isMachine(share.name) {
        lacking = (lacking ?? 0) + part
      }
    }
    return lacking ?? having.map { max(0, 1 - $0) }
  }
}
