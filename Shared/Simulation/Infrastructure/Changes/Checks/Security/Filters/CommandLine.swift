import SimulationInput

/// Words of command lines, as a shell has them (POSIX.1-2024, Shell Command Language, 2.2 and 2.3).
enum CommandLine {
  /// The most words of one command; a line with more can't be read.
  static let maxWords = 256

  static func withoutSudo(_ line: String) -> String {
    var rest = line.drop { $0 == " " }
    while rest.hasPrefix("sudo ") { rest = rest.dropFirst(5).drop { $0 == " " } }
    return String(rest)
  }

  /// The words of a line without its comment; nil for open quotes, and for too many.
  static func words(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else if character == "#", word == nil {
        break
      } else {
        word = (word ?? "") + String(character)
      }
      guard words.count < maxWords else { return nil }
    }
    if let word { words.append(word) }
    return quote == nil && !isEscaped ? words : nil
  }

  /// The commands of a text, which `;`, `&&` and line ends part; those within quotes or braces don't.
  static func commands(_ text: String) -> [String] {
    var result: [String] = [""]
    var quote: Character?
    var depth = 0
    var isComment = false
    for character in text {
      if character.isNewline { isComment = false }
      if isComment {
        result[result.count - 1].append(character)
        continue
      }
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#", result[result.count - 1].last.map(\.isWhitespace) ?? true {
        isComment = true
      } else if character == "{" {
        depth += 1
      } else if character == "}" {
        depth -= 1
      } else if depth <= 0, character == ";" || character == "&" || character.isNewline {
        result.append("")
        continue
      }
      result[result.count - 1].append(character)
    }
    return result.map { String($0.drop { $0.isWhitespace }) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  /// Options as words, from an object that has each by its name; nil when one has no place in a line.
  ///
  /// The names are those of iptables(8) with and without dashes, and those that `iptables -L` heads its columns with.
  static func words(of options: [InputValue.Member], _ program: String) -> String? {
    var words: [String] = []
    var first: [String] = []
    for option in options {
      guard let value = FactValue.text(option.value) ?? FactValue.texts(option.value)?.joined(separator: ",") else {
        return nil
      }
      let quoted = value.contains(" ") ? "'\(value.filter { $0 != "'" })'" : value
      let name = option.name.lowercased().drop { $0 == "-" }.replacing("_", with: "-")
      if program.hasPrefix("firewall") {
        words.append(value == "true" ? "--\(name)" : "--\(name)=\(quoted)")
        continue
      }
      switch name {
      case "num", "rulenum", "position", "index", "line", "rule-number": first.append(quoted)
      case "table", "t": first.insert(contentsOf: ["-t", quoted], at: 0)
      case "target", "jump", "j", "action", "verdict": words += ["-j", quoted.uppercased()]
      case "proto", "protocol", "p", "prot": words.insert(contentsOf: ["-p", quoted], at: 0)
      case "source", "src", "s", "from": words += ["-s", quoted]
      case "destination", "dst", "d", "to": words += ["-d", quoted]
      case "dport", "port", "destination-port", "dpt": words += ["--dport", quoted]
      case "dports", "ports", "destination-ports": words += ["-m", "multiport", "--dports", quoted]
      case "sport", "source-port", "spt": words += ["--sport", quoted]
      case "sports", "source-ports": words += ["-m", "multiport", "--sports", quoted]
      case "in", "in-interface", "i": words += ["-i", quoted]
      case "out", "out-interface", "o": words += ["-o", quoted]
      case "state", "ctstate", "states": words += ["-m", "conntrack", "--ctstate", quoted.uppercased()]
      case "comment": words += ["-m", "comment", "--comment", quoted]
      case "rule", "spec": words.append(value)
      default: return nil
      }
    }
    // The policy of a chain is its only word.
    return (first + words).joined(separator: " ")
  }
}
