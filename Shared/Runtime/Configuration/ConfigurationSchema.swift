/// All settings that one program knows. What isn't in it is an error wherever it stands.
public struct ConfigurationSchema: Sendable {
  /// The name of the program, such as `state-sync`.
  public let program: String
  /// What the program does, in a sentence.
  public let summary: String
  /// The scopes in the order of the help text.
  public let scopes: [SettingScope]
  /// Every setting, in order.
  let settings: [ErasedSetting]
  let byName: [String: ErasedSetting]
  let byFlag: [String: ErasedSetting]
  let byEnvironmentName: [String: ErasedSetting]

  /// Two settings whose name, flag or environment variable is the same are a programmer's error and trap.
  public init(program: String, summary: String, scopes: [SettingScope]) {
    self.program = program
    self.summary = summary
    self.scopes = [SettingScope("Configuration", [Self.file])] + scopes
    settings = self.scopes.flatMap { $0.settings.map(\.erased) }
    byName = Self.index(settings, \.name)
    byFlag = Self.index(settings, \.flag)
    byEnvironmentName = Self.index(settings, \.environmentName)
  }

  private static func index(
    _ settings: [ErasedSetting], _ key: KeyPath<SettingDescription, String>
  ) -> [String: ErasedSetting] {
    Dictionary(settings.map { ($0.description[keyPath: key], $0) }) { first, _ in
      preconditionFailure("two settings share \(first.description[keyPath: key])")
    }
  }

  /// The file of the third layer. It can't be named in the file itself.
  public static let file = Setting.text(
    "config", allowed: "path",
    "The YAML file to read. Its keys are nested as their names are: 'rpc.port' is port under rpc.")

  /// The names of all keys.
  public var names: [String] { settings.map(\.description.name) }
}

/// Names of environment variables.
enum EnvironmentNames {
  /// Every variable of the suite begins so.
  static let prefix = "TWIN_"

  /// Variables of the scripts that start the services (deploy/dev), which pass their own environment on.
  static let ofScripts: Set<String> = [
    "TWIN_DEV_DIR", "TWIN_BIN_DIR", "TWIN_PG_PORT", "TWIN_PG_BIN", "TWIN_PG_WATCH_PID",
  ]

  /// The variables that Kubernetes or Docker set for each service of the cluster, which for a service named
  /// `twin-engine` begin with the suite's own prefix: `TWIN_ENGINE_SERVICE_HOST`, `TWIN_ENGINE_PORT_50052_TCP_ADDR`.
  ///
  /// A group counts as theirs only when both variables that are always set together exist.
  ///
  /// Source: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
  static func serviceLinks(in environment: [String: String]) -> Set<String> {
    let host = "_SERVICE_HOST"
    let groups = environment.keys.filter { $0.hasSuffix(host) }.map { String($0.dropLast(host.count)) }
      .filter { environment[$0 + "_SERVICE_PORT"] != nil }
    return Set(
      environment.keys.filter { name in
        groups.contains { group in
          name == group + host || name == group + "_SERVICE_PORT" || name.hasPrefix(group + "_SERVICE_PORT_")
            || name == group + "_PORT" || name.hasPrefix(group + "_PORT_")
        }
      })
  }
}

/// Finds what somebody probably meant.
enum Suggestion {
  /// The candidate nearest to `word`; nil when none is near enough to be a slip of the keyboard.
  static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let limit = max(2, word.count / 3)
    let ranked = candidates.map { (distance: distance(Array(word.utf8), Array($0.utf8)), word: $0) }
      .filter { $0.distance <= limit }
    return ranked.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        var best = min(replaced, last[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
