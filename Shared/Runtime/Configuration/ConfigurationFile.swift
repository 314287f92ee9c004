import Configuration
import RuntimeSystem
import Yams

/// The keys of a YAML file, checked against the schema.
///
/// swift-configuration reads the values; it has no way to list the keys, so they are walked here once more, which
/// also gives their places.
struct ConfigurationFile {
  /// No configuration is larger; a wrong path to a huge file is refused before it is read.
  static let maximumBytes = 1 << 20

  private(set) var problems: [ConfigurationError.Problem] = []
  /// Line and column of each key, from 1.
  private(set) var places: [String: String] = [:]

  /// - Throws: `ConfigurationError` when the file can't be read or isn't YAML.
  init(path: String, schema: ConfigurationSchema) throws(ConfigurationError) {
    let text = try Self.read(path)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw ConfigurationError([.init(place: path, reason: "is not valid YAML: \(error)")])
    }
    guard let root else { return }
    guard let mapping = root.mapping else {
      throw ConfigurationError([.init(place: path, reason: "must hold keys with values at its top")])
    }
    walk(mapping, prefix: "", path: path, schema: schema)
  }

  private mutating func walk(_ mapping: Node.Mapping, prefix: String, path: String, schema: ConfigurationSchema) {
    for (keyNode, value) in mapping {
      let mark = keyNode.mark.map { ":\($0.line):\($0.column)" } ?? ""
      guard let key = keyNode.string else {
        problems.append(.init(place: path + mark, reason: "a key must be text"))
        continue
      }
      let name = prefix.isEmpty ? key : "\(prefix).\(key)"
      let place = "\(path)\(mark): \(name)"
      places[name] = place
      if let inner = value.mapping, schema.byName[name] == nil {
        walk(inner, prefix: name, path: path, schema: schema)
      } else if name == ConfigurationSchema.file.name {
        problems.append(.init(place: place, reason: "can't be set in the file itself"))
      } else if let setting = schema.byName[name] {
        check(value, of: setting.description, place: place)
      } else if schema.byName.keys.contains(where: { $0.hasPrefix(name + ".") }) {
        // An empty group is harmless: somebody commented out all its keys.
        if value.scalar.map({ !$0.string.isEmpty }) ?? true {
          problems.append(.init(place: place, reason: "is a group of keys and has no value of its own"))
        }
      } else {
        problems.append(
          .unknown("key", place: place, meant: Suggestion.nearest(to: name, in: schema.byName.keys)))
      }
    }
  }

  private mutating func check(_ value: Node, of setting: SettingDescription, place: String) {
    let isList = setting.storage == .stringArray
    if let items = value.sequence {
      if !isList || !items.allSatisfy({ $0.scalar != nil }) {
        problems.append(
          .init(place: place, reason: isList ? "must be a list of texts" : "must be one value, not a list"))
      }
    } else if value.mapping != nil {
      problems.append(.init(place: place, reason: "must be a value, not a group of keys"))
    } else if isList {
      // The file provider reads a list only from a YAML sequence.
      problems.append(.init(place: place, reason: "must be a list: [a, b]"))
    }
  }

  private static func read(_ path: String) throws(ConfigurationError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try Files.read(path, maximumBytes: maximumBytes)
    } catch {
      throw ConfigurationError([.init(place: path, reason: "can't be read: \(error)")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError([.init(place: path, reason: "is not UTF-8")])
    }
    return text
  }
}
