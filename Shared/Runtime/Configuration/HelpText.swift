extension ConfigurationSchema {
  private static let width = 100

  /// What `--help` prints: every key with its meaning, allowed values, default, variable and flag.
  public var helpText: String {
    var lines = [
      "\(program): \(summary)",
      "",
      "Usage: \(program) [--KEY VALUE]...",
      "",
      "A value is taken from the first that has it: flag, environment variable, YAML file (--config), default.",
      "--help prints this text, --version the version.",
    ]
    for scope in scopes where !scope.settings.isEmpty {
      lines += ["", scope.title]
      for setting in scope.settings.map(\.description) {
        lines.append("  " + (setting.isSecret ? setting.environmentName : setting.flag))
        lines += Self.wrap(setting.explanation, indent: "      ")
        lines.append("      allowed: \(setting.allowed); default: \(setting.defaultText)")
        let variable = setting.isSecret ? [] : ["environment: \(setting.environmentName)"]
        let key = setting.name == Self.file.name ? [] : ["file: \(setting.name)"]
        lines.append("      " + (variable + key).joined(separator: "; "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func wrap(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > width, line != indent {
        lines.append(line)
        line = indent
      }
      line += (line == indent ? "" : " ") + word
    }
    lines.append(line)
    return lines
  }
}
