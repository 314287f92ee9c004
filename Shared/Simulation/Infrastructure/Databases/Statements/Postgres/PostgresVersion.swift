/// A major version of PostgreSQL, as the rules ask for it.
struct PostgresVersion: Sendable, Hashable {
  /// The versions whose documentation the rules were taken from; 9 stands for 9.6.
  static let documented = 9...18

  /// nil when unknown, or older than what is documented.
  let major: Int?
  let notes: [String]

  init(major: Int?) {
    guard let major else {
      self.major = nil
      notes = ["the PostgreSQL version is unknown: the most expensive rule of 9.6 to 18 applies"]
      return
    }
    if major < Self.documented.lowerBound {
      self.major = nil
      notes = ["PostgreSQL \(major) is older than 9.6: the most expensive rule of 9.6 to 18 applies"]
    } else {
      self.major = min(major, Self.documented.upperBound)
      notes =
        major > Self.documented.upperBound ? ["PostgreSQL \(major) is newer than 18, whose rules apply"] : []
    }
  }

  /// Whether an improvement that came with `version` is there; an unknown version hasn't got it.
  func has(since version: Int) -> Bool { major.map { $0 >= version } ?? false }

  /// Whether a statement form that came with `version` is refused; only a known version refuses.
  func lacks(since version: Int) -> Bool { major.map { $0 < version } ?? false }

  var name: String { major.map { $0 == 9 ? "9.6" : String($0) } ?? "of unknown version" }
}
