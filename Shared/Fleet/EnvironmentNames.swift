/// How environments are named, and when what is known of them is old.
public enum EnvironmentNames {
  /// An environment that nobody named.
  public static let usual = "production"
  public static let maximumLength = 63
  /// What is known of an environment or target counts as stale when it is older than this, s.
  public static let staleAfter = 1_800.0

  /// Whether a text may be an environment's or a source's name: 1 to 63 characters of `[a-z0-9-]`.
  public static func isValid(_ name: String) -> Bool {
    (1...maximumLength).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-")
      }
  }

  /// The id that a short name stands for; nil for a text that is none. An environment that has the short name itself as
  /// its id goes before.
  public static func meaning(of alias: String) -> String? {
    switch alias {
    case "dev": "development"
    case "stage": "staging"
    case "prod": "production"
    default: nil
    }
  }

  /// Whether something that was true at a moment is stale; what never was known is.
  public static func isStale(_ time: UTCInstant?, at now: UTCInstant) -> Bool {
    guard let time else { return true }
    return now.seconds(since: time) > staleAfter
  }
}
