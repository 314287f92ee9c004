/// What the texts of a target say of the data it holds.
enum DataClass: Int, Sendable, Comparable {
  case open, ordinary, sensitive

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// nil: nobody said.
  init?(_ s: Situation) {
    let texts = s.state.texts("data", "regime", "data_class", "classification").joined(separator: " ").lowercased()
    guard !texts.isEmpty else { return nil }
    func says(_ words: [String]) -> Bool { words.contains { texts.contains($0) } }
    let isOpen = says([
      "already public", "already on the public", "public website", "public site", "synthetic", "fake", "marketing",
      "static asset", "open data", "test data", "no personal", "press", "stock photo",
    ])
    let isSensitive = says([
      "phi", "health", "patient", "hipaa", "pii", "personal data", "customer", "payment", "card", "pci", "gdpr",
      "secret",
      "credential", "password", "token", "salary", "financial", "confidential", "invoice", "order", "user", "email",
      "medical", "soc2", "soc 2", "production", "audit", "backup", "dump", "internal", "private", "account", "key",
      "pension", "claim", "record",
    ])
    // Sensitive words outweigh open ones, unless what they speak of is said to be public already.
    if says(["already public", "already on the public", "synthetic", "fake", "no personal"]),
      !says(["not anonym", "not synth"])
    {
      self = .open
    } else if isSensitive {
      self = .sensitive
    } else {
      self = isOpen ? .open : .ordinary
    }
  }
}

/// Requirements by their ids; the texts stay with who wrote them.
struct Requirement: Sendable, Hashable {
  var code: String
  var source: String

  /// Encryption of what is stored.
  static func encryptionAtRest(_ regime: String) -> [String] {
    references(
      regime,
      [
        ("hipaa", "HIPAA 45 CFR 164.312(a)(2)(iv)"), ("gdpr", "GDPR Art. 32(1)(a)"), ("soc", "SOC 2 CC6.1"),
        ("pci", "PCI DSS 4.0 3.5.1"),
      ], "CIS AWS Foundations 3.0.0 2.2.1")
  }

  static func encryptionInTransit(_ regime: String) -> [String] {
    references(
      regime,
      [
        ("hipaa", "HIPAA 45 CFR 164.312(e)(1)"), ("gdpr", "GDPR Art. 32(1)(a)"), ("soc", "SOC 2 CC6.7"),
        ("pci", "PCI DSS 4.0 4.2.1"),
      ], "NIST SP 800-52r2")
  }

  static func audit(_ regime: String) -> [String] {
    references(
      regime,
      [
        ("hipaa", "HIPAA 45 CFR 164.312(b)"), ("gdpr", "GDPR Art. 30"), ("soc", "SOC 2 CC7.2"),
        ("pci", "PCI DSS 4.0 10.2"),
      ], "CIS AWS Foundations 3.0.0 3.1")
  }

  private static func references(_ regime: String, _ by: [(String, String)], _ other: String) -> [String] {
    let regime = regime.lowercased()
    let found = by.filter { regime.contains($0.0) }.map(\.1)
    return found + [other]
  }
}
