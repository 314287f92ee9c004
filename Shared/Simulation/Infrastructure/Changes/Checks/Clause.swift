/// The parts of a description that each say one thing, and whether such a part denies what it speaks of.
enum Clause {
  /// Cut at commas, semicolons, brackets and full stops; a stop within a number separates nothing.
  static func all(_ text: String) -> [String] {
    text.lowercased().replacing(". ", with: ";").split { ",;()\n".contains($0) }.map(String.init)
  }

  /// "DLQ not configured", "without a dead-letter queue", "gh-ost isn't available".
  static func isDenied(_ clause: String) -> Bool {
    let words = Set(clause.lowercased().split { !$0.isLetter }.map(String.init))
    return !words.isDisjoint(with: negations)
  }

  private static let negations: Set<String> = [
    "no", "not", "none", "without", "never", "lacks", "lack", "lacking", "missing", "isn", "doesn", "don", "hasn",
    "haven", "wasn", "aren", "cannot", "unavailable", "unset", "unconfigured", "disabled", "off", "absent",
  ]
}
