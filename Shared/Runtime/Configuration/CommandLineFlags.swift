import Configuration

/// What a command line says, checked against the schema.
///
/// The provider for flags that swift-configuration has ignores what it doesn't know and splits every value at commas,
/// so flags are parsed here, by the declared type of each key, and handed on as typed values.
struct CommandLineFlags {
  /// What the program was asked to do instead of running.
  enum Request {
    case help
    case version
  }

  private(set) var values: [String: ConfigContent] = [:]
  private(set) var request: Request?
  private(set) var problems: [ConfigurationError.Problem] = []

  /// - Parameter arguments: without the name of the program.
  init(_ arguments: [String], schema: ConfigurationSchema) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": request = request ?? .help
      case "--version": request = request ?? .version
      case _ where argument.hasPrefix("--"):
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        take(parts[0], value: parts.count > 1 ? parts[1] : nil, rest: &rest, schema: schema)
      default:
        problems.append(.init(place: argument, reason: "is not a flag; every setting is --KEY VALUE"))
      }
    }
  }

  private mutating func take(
    _ flag: String, value given: String?, rest: inout ArraySlice<String>, schema: ConfigurationSchema
  ) {
    guard let setting = schema.byFlag[flag] else {
      let known = schema.settings.lazy.map(\.description).filter { !$0.isSecret }.map(\.flag)
      // A value that belongs to the unknown flag isn't a second mistake.
      if given == nil, let next = rest.first, !next.hasPrefix("-") { rest.removeFirst() }
      problems.append(.unknown("flag", place: flag, meant: Suggestion.nearest(to: flag, in: known)))
      return
    }
    let description = setting.description
    if description.isSecret {
      if given == nil, let next = rest.first, !next.hasPrefix("-") { rest.removeFirst() }
      problems.append(
        .init(
          place: flag,
          reason: "a secret can't be a flag, which other users can read; use \(description.environmentName) or the file"
        ))
      return
    }
    let text: String
    if let given {
      text = given
    } else if description.storage == .bool {
      text = "true"
    } else if let next = rest.first, !next.hasPrefix("--") {
      text = rest.removeFirst()
    } else {
      problems.append(.init(place: flag, reason: "needs a value (allowed: \(description.allowed))"))
      return
    }
    guard values[description.name] == nil else {
      problems.append(.init(place: flag, reason: "is given more than once"))
      return
    }
    guard let content = Self.content(text, as: description.storage) else {
      problems.append(.invalid(description, place: flag, SettingValueError("'\(text)' can't be read")))
      return
    }
    values[description.name] = content
  }

  private static func content(_ text: String, as type: ConfigType) -> ConfigContent? {
    switch type {
    case .bool: Bool(text).map(ConfigContent.bool)
    case .int: Int(text).map(ConfigContent.int)
    case .double: Double(text).map(ConfigContent.double)
    case .stringArray:
      .stringArray(text.split(separator: ",", omittingEmptySubsequences: true).map(String.init))
    default: .string(text)
    }
  }
}
