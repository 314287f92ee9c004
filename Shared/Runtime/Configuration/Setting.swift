import Configuration

/// One configuration key: its name, type, default, allowed values and meaning.
///
/// Declare each as a constant beside the code that it configures, list it in a `SettingScope`, and read it from a
/// `ResolvedConfiguration`. The same declaration gives the flag, the environment variable, the key of the YAML file
/// and the help text.
public struct Setting<Value: Sendable>: Sendable {
  /// What is known about the key without its type.
  public let description: SettingDescription
  /// The value when no layer says anything.
  public let defaultValue: Value
  let decode: @Sendable (ConfigContent) throws(SettingValueError) -> Value

  init(
    description: SettingDescription, defaultValue: Value,
    decode: @escaping @Sendable (ConfigContent) throws(SettingValueError) -> Value
  ) {
    self.description = description
    self.defaultValue = defaultValue
    self.decode = decode
  }

  /// The dotted name, such as `database.pool.size`.
  public var name: String { description.name }

  /// The same key with another default: how a service gives a shared key its own, such as its fixed port.
  ///
  /// A default outside the allowed values is a programmer's error and traps.
  func defaulting(to value: Value, text: String, content: ConfigContent) -> Setting<Value> {
    do {
      _ = try decode(content)
    } catch {
      preconditionFailure("the default of \(name) is not allowed: \(error.reason)")
    }
    var description = description
    description.defaultText = text
    description.defaultContent = content
    return Setting(description: description, defaultValue: value, decode: decode)
  }
}

extension Setting where Value == Int {
  /// The same key with another default.
  public func defaulting(to value: Int) -> Setting<Int> {
    defaulting(to: value, text: String(value), content: .int(value))
  }
}

extension Setting where Value == String {
  /// The same key with another default.
  public func defaulting(to value: String) -> Setting<String> {
    defaulting(to: value, text: value.isEmpty ? "none" : value, content: .string(value))
  }
}

/// A setting without its type, as a scope lists it.
public protocol AnySetting: Sendable {
  /// What is known about the key without its type.
  var description: SettingDescription { get }
  /// The setting with its type forgotten.
  var erased: ErasedSetting { get }
}

extension Setting: AnySetting {
  public var erased: ErasedSetting {
    let decode = decode
    return ErasedSetting(description: description) { content throws(SettingValueError) in try decode(content) }
  }
}

/// A setting whose type only its declaration knows.
public struct ErasedSetting: Sendable {
  let description: SettingDescription
  let decode: @Sendable (ConfigContent) throws(SettingValueError) -> any Sendable
}

/// The part of a setting that help, checks and messages need.
public struct SettingDescription: Sendable {
  /// Lower-case words joined by dashes, in groups joined by dots: `database.pool.size`.
  public let name: String
  /// What the key does, in a sentence or two.
  public let explanation: String
  /// Type, unit and range in words: `duration, 100ms to 1m`.
  public let allowed: String
  /// The default in the form in which it would be written.
  public internal(set) var defaultText: String
  /// Its value must not appear in logs, errors or the list of processes.
  public let isSecret: Bool
  let storage: ConfigType
  var defaultContent: ConfigContent

  init(
    name: String, explanation: String, allowed: String, defaultText: String, isSecret: Bool = false,
    storage: ConfigType, defaultContent: ConfigContent
  ) {
    precondition(Self.isLegal(name: name), "\(name) is not a legal name of a setting")
    self.name = name
    self.explanation = explanation
    self.allowed = allowed
    self.defaultText = defaultText
    self.isSecret = isSecret
    self.storage = storage
    self.defaultContent = defaultContent
  }

  /// The groups and the last word of the name.
  var components: [String] { name.split(separator: ".").map(String.init) }

  /// The command-line flag, such as `--database-pool-size`.
  public var flag: String { "--" + name.replacing(".", with: "-") }

  /// The environment variable, such as `TWIN_DATABASE_POOL_SIZE`.
  public var environmentName: String {
    EnvironmentNames.prefix + name.uppercased().replacing(".", with: "_").replacing("-", with: "_")
  }

  private static func isLegal(name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
      guard let first = word.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
      return word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
    }
  }
}

/// Why a value isn't allowed. The reason never holds the value of a secret.
public struct SettingValueError: Error, Sendable, Equatable {
  /// Reads on from "KEY: ".
  public let reason: String

  public init(_ reason: String) { self.reason = reason }
}

/// The settings of one library or one part of a service.
public struct SettingScope: Sendable {
  /// The heading in the help text.
  public let title: String
  /// The settings in the order of the help text.
  public let settings: [any AnySetting]

  public init(_ title: String, _ settings: [any AnySetting]) {
    self.title = title
    self.settings = settings
  }
}
