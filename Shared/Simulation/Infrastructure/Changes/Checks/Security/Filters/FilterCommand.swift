import SimulationFirewall

/// Reads command lines of packet filters as edits of their rules.
enum FilterCommand {
  /// - Returns: the edits, none for a command that only shows or saves; nil for one that can't be read.
  static func edits(_ line: String, field: String) -> [FirewallEdit]? {
    guard line.utf8.count <= AccessForms.maxCommandLength, let program = CommandForm.program(line),
      let words = CommandLine.words(CommandLine.withoutSudo(line)), !words.isEmpty
    else { return nil }
    let arguments = Array(words.dropFirst())
    switch program {
    case "ufw": return UFWCommand.edits(arguments, field)
    case "nft": return NFTCommand.edits(arguments, field)
    case "firewall-cmd", "firewall_cmd", "firewalld": return FirewalldCommand.edits(arguments, field)
    default: return IPTablesCommand.edits(arguments, field, version: program.hasPrefix("ip6") ? .six : .four)
    }
  }

  /// Words as a line that ``IPTablesParser`` and ``NFTParser`` split the same way.
  static func line(_ words: [String]) -> String {
    words.map { word in
      let plain = word.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline }
      return plain.contains(" ") || plain.isEmpty ? "\"\(plain)\"" : plain
    }.joined(separator: " ")
  }

  /// The address as the parsers read it: "0/0", "anywhere" and "Anywhere (v6)" are everything.
  static func address(_ word: String) -> String {
    switch word.lowercased() {
    case "0/0", "anywhere", "any/0", "any", "all", "everyone", "everywhere", "world", "internet": "0.0.0.0/0"
    default: word
    }
  }
}
