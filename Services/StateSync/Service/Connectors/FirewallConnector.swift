import SimulationInput

/// Reads a rule set that `iptables-save`, `ip6tables-save` or `nft list ruleset` wrote to a file.
struct FirewallConnector: SourceConnector {
  /// The longest dump.
  static let maximumBytes = 768 << 10
  static let usualTarget = "firewall-rules"

  let requiredRole = "read access to the dump file; whoever writes it needs CAP_NET_ADMIN"

  func problems(with config: SourceConfig) -> [SourceConfig.Problem] {
    config.problems(["path": .text, "target": .text, "format": .text], required: ["path"])
      + Self.formatProblems(config)
  }

  private static func formatProblems(_ config: SourceConfig) -> [SourceConfig.Problem] {
    guard let format = config.text("format"), Format(rawValue: format) == nil else { return [] }
    return [.init(key: "format", description: "must be iptables-save or nft")]
  }

  /// How a dump is written.
  enum Format: String, Sendable {
    case iptables = "iptables-save"
    case nft
  }

  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading {
    guard let path = config.text("path") else { throw SourceFailure("path is required") }
    let bytes = try config.files.file(path, key: "path", maximumBytes: Self.maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw SourceFailure("path: the dump isn't text in UTF-8")
    }
    guard let format = config.text("format").flatMap(Format.init(rawValue:)) ?? Self.format(of: text) else {
      throw SourceFailure("path: the file is neither a dump by iptables-save nor one by nft")
    }
    // Comments hold the time and the program's version, counters what has passed: neither is a rule.
    let rules = Self.rules(text, format)
    var state: TargetState = [
      "ruleset": .string(text), "format": .string(format.rawValue), "rule_count": .number(Double(rules.count)),
      "rules_hash": .string(Self.hash(rules.joined(separator: "\n"))),
    ]
    let policies = Self.policies(text, format)
    if !policies.isEmpty {
      state["policies"] = .object(
        policies.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
    }
    let target = config.text("target") ?? Self.usualTarget
    return MirrorReading(targets: [target: ReportedTarget(kind: "firewall", state: state)])
  }

  private static func format(of text: String) -> Format? {
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop(while: \.isWhitespace)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("*") { return .iptables }
      return line.hasPrefix("table ") || line.hasPrefix("flush ruleset") || line.hasPrefix("add ") ? .nft : nil
    }
    return nil
  }

  /// The lines that say what passes, without comments and counters.
  static func rules(_ text: String, _ format: Format) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line -> String? in
      var line = line.drop(while: \.isWhitespace)
      guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
      switch format {
      case .iptables:
        if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
          line = line[line.index(after: end)...].drop(while: \.isWhitespace)
        }
        guard line.hasPrefix("-A") || line.hasPrefix("-I") else { return nil }
        return String(line)
      case .nft:
        let isBlock = line.hasSuffix("{") || line == "}" || line.hasPrefix("type ") || line.hasPrefix("policy ")
        guard !isBlock, !line.hasPrefix("flush ") else { return nil }
        return String(line.replacing(/counter packets \d+ bytes \d+/, with: "counter"))
      }
    }
  }

  /// The policy of each base chain, by `table/chain`.
  private static func policies(_ text: String, _ format: Format) -> [String: String] {
    var policies: [String: String] = [:]
    var (table, chain) = ("", "")
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { $0.isWhitespace || $0 == ";" }
      guard let first = words.first else { continue }
      switch format {
      case .iptables:
        if first.hasPrefix("*") { table = String(first.dropFirst()) }
        if first.hasPrefix(":"), words.count > 1, words[1] != "-" {
          policies["\(table)/\(first.dropFirst())"] = String(words[1])
        }
      case .nft:
        if first == "table", words.count > 2 { table = "\(words[1]) \(words[2])" }
        if first == "chain", words.count > 1 { chain = String(words[1]) }
        if let place = words.firstIndex(of: "policy"), place + 1 < words.count {
          policies["\(table)/\(chain)"] = String(words[place + 1])
        }
      }
    }
    return policies
  }

  /// FNV-1a with 64 bits: tells rule sets apart, protects against nobody.
  private static func hash(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let hex = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - hex.count) + hex
  }
}
