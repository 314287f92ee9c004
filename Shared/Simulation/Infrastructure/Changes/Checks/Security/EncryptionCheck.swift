import SimulationInput

/// Encryption at rest and on the way, audit trails, and where data may be.
enum EncryptionCheck: ChangeCheck {
  static let model = "encryption"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    protocolVersion(s, &report)
    atRest(s, &report)
    inTransit(s, &report)
    clientCertificates(s, &report)
    trail(s, &report)
    guards(s, &report)
    residency(s, &report)
  }

  static func regime(_ s: Situation) -> String {
    (s.state.texts("regime") + s.state.texts("data")).joined(separator: " ")
  }

  private static func atRest(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "encryption_at_rest", "encrypted", "encryption", "storage_encrypted", "sse", "disk_encryption", "kms_encryption",
      "tde", "server_side_encryption",
    ]
    guard let field = fields.first(where: { s.change.has($0) }) else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["kms_key", "kms_key_id", "bucket_key_enabled"] where s.change.has(manner) {
      report.understand(manner)
    }
    guard
      s.change.flag(field) == false
        || ["none", "plaintext", "null", "unencrypted", "identity"].contains(s.change.text(field)?.lowercased() ?? "")
    else {
      return encrypting(field, s, &report)
    }
    let data = DataClass(s)
    if data == nil {
      report.unknown(
        ["data", "regime"], self, "what is stored is no longer encrypted, and what that is is not known",
        worst: .violation, s, field: field, alsoCode: "COMPLIANCE")
      return
    }
    let references = Requirement.encryptionAtRest(regime(s))
    let isBound = references.count > 1 || data == .sensitive
    report.add(
      issue(
        "COMPLIANCE", isBound ? Weight(severity: .critical, consequence: 0.95, reversibility: 0.3) : .nuisance, s,
        probability: isBound ? 0.95 : 0.4,
        "\(s.state.text("data") ?? "data") is stored in the clear: \(references.joined(separator: "; "))",
        Calculation(
          equation: "encrypted at rest", inputs: [:], value: 0, unit: "1", threshold: 1,
          source: references.joined(separator: "; ")), field: field))
  }

  /// What encryption costs, and what must be written anew.
  private static func encrypting(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let scope = (s.change.text("scope") ?? "").lowercased()
    overhead("encryption", field, s, &report)
    if s.state.flag("kms_rate_limit_ok") == false, s.change.flag("bucket_key_enabled") != true {
      report.add(
        issue(
          "ERROR_RATE", .outage, s, probability: 0.85, "the key service refuses calls beyond its rate",
          Calculation(
            equation: "calls <= limit", inputs: ["peak_rps": s.state.number("peak_rps")],
            value: s.state.number("peak_rps") ?? 1, unit: "1/s", threshold: 0,
            source: "AWS KMS documentation, request quotas"), field: field, remedy: "use bucket keys"))
    }
    if scope.contains("existing") || scope.contains("all"), s.isQuiet != true {
      report.add(
        issue(
          "DOWNTIME", .degradation, s, probability: s.isQuiet == false ? 0.85 : 0.65,
          "what exists is copied to encrypted volumes, and swapped",
          Calculation(
            equation: "existing volumes can't be encrypted in place", inputs: [:], value: 1, unit: "1", threshold: 0,
            source: "AWS documentation, EBS encryption"), field: field))
    }
  }

  /// Processor time that encryption takes, measured as a share of what is used.
  private static func overhead(_ what: String, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    if let overhead = s.state.share("cpu_overhead"), let rho = s.state.share("rho", "utilization", "cpu_peak") {
      let after = rho * (1 + overhead)
      report.metric("utilization", rho, after)
      let probability = Exceedance.load.probability(demand: after, limit: 1)
      if probability > 0.02 {
        report.add(
          issue(
            "SATURATION", .outage, s, probability: probability,
            "\(what) takes \(percent(overhead)): utilisation \(brief(after))",
            Calculation(
              equation: "rho (1 + overhead)", inputs: ["rho": rho, "cpu_overhead": overhead], value: after, unit: "1",
              threshold: 1, source: "utilisation law"), field: field))
      }
    } else if let overhead = s.state.share("cpu_overhead"), overhead > 0.25 {
      report.add(
        issue(
          "SATURATION", .degradation, s, probability: 0.75, "\(what) takes \(percent(overhead)) of the processors",
          Calculation(
            equation: "overhead", inputs: ["cpu_overhead": overhead], value: overhead, unit: "1", threshold: 0.25,
            source: "measured"), field: field))
    }
  }

  private static func inTransit(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "tls", "ssl", "require_ssl", "force_ssl", "require_tls", "https_only", "encryption_in_transit", "sslmode", "mtls",
      "mtls_mode", "tls_mode", "peer_authentication",
      "plaintext", "verify_certificates", "tls_verify",
    ]
    guard let field = fields.first(where: { s.change.has($0) }),
      s.proposal.kind == .security || s.proposal.kind == .configuration
    else { return }
    report.ran(self)
    report.understand(field)
    let text = s.change.text(field)?.lowercased() ?? ""
    let off =
      field == "plaintext"
      ? s.change.flag(field) == true
      : s.change.flag(field) == false || ["disable", "allow", "prefer", "permissive", "optional"].contains(text)
    if off {
      let references = Requirement.encryptionInTransit(regime(s))
      let isOpen = DataClass(s) == .open
      report.add(
        issue(
          "COMPLIANCE", isOpen ? .nuisance : .violation, s, probability: isOpen ? 0.4 : 0.9,
          "data goes over the wire in the clear: \(references.joined(separator: "; "))",
          Calculation(
            equation: "encrypted in transit", inputs: [:], value: 0, unit: "1", threshold: 1,
            source: references.joined(separator: "; ")), field: field))
      report.add(
        issue(
          "EXPOSURE", isOpen ? .nuisance : .exposure, s, probability: isOpen ? 0.3 : 0.6,
          "who is on the path can read along",
          Calculation(
            equation: "encrypted in transit", inputs: [:], value: 0, unit: "1", threshold: 1, source: "NIST SP 800-52r2"
          ),
          field: field))
      return
    }
    overhead("encryption on the way", field, s, &report)
    guard let shares = s.state.value(["client_share"]) else { return }
    let plain = ["plain", "plaintext", "none", "http", "unencrypted", "no_tls"].compactMap {
      shares[$0].flatMap(FactValue.share)
    }.reduce(0, +)
    TimeoutCheck.failures(
      plain, tolerated: nil, "\(percent(plain)) of the clients don't encrypt",
      Calculation(
        equation: "share of clients without encryption", inputs: [:], value: plain, unit: "1",
        threshold: TimeoutCheck.toleratedShare, source: "measured shares"), field, s, &report)
  }

  /// Clients that have to show a certificate, and don't have one. Source: RFC 8446 4.4.2.4 (certificate_required).
  private static func clientCertificates(_ s: Situation, _ report: inout ChangeReport) {
    let field = ["client_certificate", "require_client_certificate", "ssl_verify_client", "client_cert"].first {
      s.change.has($0)
    }
    guard let field else { return }
    report.ran(self)
    report.understand(field)
    let text = s.change.text(field)?.lowercased() ?? ""
    guard s.change.flag(field) == true || ["require", "required", "on", "mandatory", "strict"].contains(text) else {
      return
    }
    var have: Double?
    if case .object(let shares)? = s.state.value(["client_share"]) {
      for share in shares {
        let words = Situation.words(share.name)
        guard !words.isDisjoint(with: ["certificate", "certificates", "cert", "mtls"]) else { continue }
        let lacks = !words.isDisjoint(with: ["without", "no", "not"])
        have = FactValue.share(share.value).map { lacks ? 1 - $0 : $0 }
      }
    }
    guard let have else {
      return report.unknown(
        ["client_share"], self, "clients without a certificate are refused, and how many there are is not known",
        worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
    }
    let cut = max(0, 1 - have)
    let calculation = Calculation(
      equation: "1 - share with a certificate", inputs: ["share": have], value: cut, unit: "1",
      threshold: TimeoutCheck.toleratedShare, source: "measured shares; RFC 8446 section 4.4.2.4")
    TimeoutCheck.failures(
      cut, tolerated: nil, "\(percent(cut)) of the clients have no certificate", calculation, field, s, &report)
  }

  private static func trail(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "audit_log", "audit_logging", "cloudtrail", "logging", "flow_logs", "log_connections", "pgaudit", "guardduty",
      "alerting",
    ]
    guard let field = fields.first(where: { s.change.has($0) }), s.proposal.kind == .security,
      let on = s.change.flag(field)
    else { return }
    report.ran(self)
    report.understand(field)
    guard !on else { return }
    let references = Requirement.audit(regime(s))
    report.add(
      issue(
        "COMPLIANCE", .violation, s, probability: 0.9,
        "what happens is no longer recorded: \(references.joined(separator: "; "))",
        Calculation(
          equation: "recorded", inputs: [:], value: 0, unit: "1", threshold: 1,
          source: references.joined(separator: "; ")),
        field: field))
    if field == "cloudtrail" || field == "audit_log" {
      report.add(
        issue(
          "CIS_3.1", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, 3.1: trails are off",
          Calculation(
            equation: "recorded", inputs: [:], value: 0, unit: "1", threshold: 1, source: "CIS AWS Foundations 3.0.0"),
          field: field))
    }
  }
}
