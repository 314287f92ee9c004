import Configuration

/// The checked values of all settings of a program. It doesn't change while the program runs.
public struct ResolvedConfiguration: Sendable {
  struct Entry: Sendable {
    let value: any Sendable
    let content: ConfigContent
    let layer: ConfigurationLayer
  }

  private let schema: ConfigurationSchema
  private let entries: [String: Entry]

  init(schema: ConfigurationSchema, entries: [String: Entry]) {
    self.schema = schema
    self.entries = entries
  }

  /// The value of a setting. Asking for one that isn't in the schema is a programmer's error and traps.
  public subscript<Value>(_ setting: Setting<Value>) -> Value {
    guard let entry = entries[setting.name], let value = entry.value as? Value else {
      preconditionFailure("\(setting.name) is not in the schema of \(schema.program)")
    }
    return value
  }

  /// Where the value of a setting came from.
  public func layer<Value>(of setting: Setting<Value>) -> ConfigurationLayer {
    entries[setting.name]?.layer ?? .defaults
  }

  /// Every setting that isn't at its default, for a line in the log; secrets are redacted.
  public var overrides: [(name: String, value: String, layer: ConfigurationLayer)] {
    schema.settings.compactMap { setting in
      let description = setting.description
      guard let entry = entries[description.name], entry.layer != .defaults else { return nil }
      return (description.name, description.isSecret ? "<redacted>" : entry.content.text, entry.layer)
    }
  }
}

extension ConfigContent {
  fileprivate var text: String {
    switch self {
    case .string(let value): value
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .bool(let value): String(value)
    case .stringArray(let values): values.joined(separator: ",")
    default: "<bytes>"
    }
  }
}
