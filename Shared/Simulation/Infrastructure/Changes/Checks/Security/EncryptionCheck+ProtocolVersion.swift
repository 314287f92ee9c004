import SimulationInput

extension EncryptionCheck {
  private static let versions = ["1.0", "1.1", "1.2", "1.3"]

  /// Clients that can't speak what is asked for. Source: RFC 8996 (1.0 and 1.1 are deprecated), NIST SP 800-52r2.
  static func protocolVersion(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "min_tls", "min_tls_version", "tls_min_version", "ssl_min_protocol_version", "minimum_tls", "tls_version",
      "ssl_protocols", "minimum_protocol_version",
    ]
    guard let field = fields.first(where: { s.change.has($0) }), let text = s.change.text(field) else { return }
    report.ran(self)
    report.understand(field)
    // Policies of load balancers name the newest and the oldest version they speak: "TLS13-1-2" is 1.2 and 1.3.
    let digits =
      Self.policyVersion(text)
      ?? text.lowercased().replacing("tlsv", with: "").replacing("tls", with: "").replacing("_", with: ".")
    let oldest = digits.contains("sslv2") || digits.contains("sslv3") || Situation.words(text).contains("tlsv1")
    guard let least = oldest ? "1.0" : versions.first(where: { digits.contains($0) }) else {
      report.unknown(
        [field], self, "\(text) isn't a version of TLS that is known", worst: .violation, s, field: field,
        alsoCode: "COMPLIANCE")
      return
    }
    // A version beside a policy's name that says the same says nothing more.
    for beside in ["minimum", "minimum_version", "min_version"] where beside != field {
      guard let text = s.change.text(beside)?.lowercased() else { continue }
      if text.contains(least), versions.allSatisfy({ $0 == least || !text.contains($0) }) { report.understand(beside) }
    }
    if least < "1.2" {
      report.add(
        issue(
          "COMPLIANCE", .violation, s, probability: 0.9, "TLS \(least) is deprecated and open to known attacks",
          Calculation(
            equation: "version >= 1.2", inputs: [:], value: Double(least) ?? 1, unit: "version", threshold: 1.2,
            source: "RFC 8996; \(Requirement.encryptionInTransit(regime(s)).joined(separator: ", "))"), field: field))
    }
    guard let shares = s.state.value(["client_share"]) else {
      if least == "1.3" {
        report.unknown(
          ["client_share"], self, "clients without TLS 1.3 are cut off, and how many there are is not known",
          worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      }
      return
    }
    func share(_ version: String) -> Double? {
      for name in [version, "TLSv\(version)", "TLS \(version)", "tls\(version)", "tls_\(version)", "TLS\(version)"] {
        if let share = shares[name].flatMap(FactValue.share) { return share }
      }
      return nil
    }
    guard versions.contains(where: { share($0) != nil }) else {
      return report.unknown(
        ["client_share"], self, "how many clients speak what can't be read", worst: .degradation, s, field: field,
        alsoCode: "ERROR_RATE")
    }
    let cut = versions.filter { $0 < least }.compactMap(share).reduce(0, +)
    if cut > 0 { cutOff(versions.filter { $0 < least && (share($0) ?? 0) > 0 }, cut, field, s, &report) }
    report.metric("clients_cut_off_share", 0, cut)
    TimeoutCheck.failures(
      cut, tolerated: nil, "\(percent(cut)) of the clients speak nothing from TLS \(least) on",
      Calculation(
        equation: "sum of the shares below the minimum", inputs: [:], value: cut, unit: "1",
        threshold: TimeoutCheck.toleratedShare, source: "measured shares; RFC 8996"), field, s, &report)
  }

  /// Consumers of whom the twin knows that they are those who are cut off: few handshakes may be much of the business.
  private static func cutOff(
    _ versions: [String], _ share: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let nobodys: Set<String> = [
      "scanner", "scanners", "bot", "bots", "crawler", "crawlers", "probe", "probes", "retired", "attackers", "test",
      "unknown", "nobody", "none",
    ]
    for text in s.consumers
    where versions.contains(where: { text.contains($0) }) && Situation.words(text).isDisjoint(with: nobodys) {
      let told = FactValue.percentage(in: text)
      report.add(
        issue(
          "REACHABILITY_LOSS", .outage.hitting(max(0.5, told ?? share)), s, probability: 0.85,
          "\(text): who speaks nothing newer is cut off",
          Calculation(
            equation: "named consumers below the minimum", inputs: ["share": share, "told_share": told],
            value: told ?? share, unit: "1", threshold: TimeoutCheck.toleratedShare, source: "the target's consumers"),
          field: field))
    }
  }

  private static func policyVersion(_ text: String) -> String? {
    let words = text.uppercased().split(separator: "-").map(String.init)
    guard let place = words.firstIndex(where: { $0.hasPrefix("TLS") }) else { return nil }
    let numbers = words[(place + 1)...].prefix(2)
    return numbers.count == 2 && numbers.allSatisfy({ $0.count == 1 && Int($0) != nil })
      ? numbers.joined(separator: ".") : nil
  }
}
