/// Everything that is wrong with a configuration, found in one go.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Sendable, Equatable, CustomStringConvertible {
    /// What was given: a flag, a variable, or a place in a file (`twin.yaml:3:5: rpc.prot`).
    public let place: String
    /// What is wrong with it, and what would be right.
    public let reason: String

    public init(place: String, reason: String) {
      self.place = place
      self.reason = reason
    }

    public var description: String { "\(place): \(reason)" }
  }

  public let problems: [Problem]

  public init(_ problems: [Problem]) { self.problems = problems }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension ConfigurationError.Problem {
  static func unknown(_ what: String, place: String, meant: String?) -> Self {
    Self(place: place, reason: "unknown \(what)" + (meant.map { "; did you mean \($0)?" } ?? ""))
  }

  /// The value of a key isn't allowed.
  static func invalid(_ setting: SettingDescription, place: String, _ error: SettingValueError) -> Self {
    let key = place == setting.name || place.hasSuffix(" \(setting.name)") ? "" : " for \(setting.name)"
    return Self(place: place, reason: "\(error.reason)\(key) (allowed: \(setting.allowed))")
  }
}
