/// A sentence of the twin, read for whether it says a word and means it.
///
/// A word counts as a whole, or by its beginning where a stem is asked for, and not where the sentence denies it: "not
/// reloadable", "impossible to recreate", "outside maintenance hours", "a DLQ isn't configured". A denial reaches over the
/// few words that follow it in its clause, and over the word before "is not".
struct FreeText: Sendable {
  /// The words of each clause, lower case.
  let clauses: [[String]]

  /// Longer texts are no descriptions.
  static let maxLength = 4_096
  /// How many words after a denial it still reaches: "not to be rebuilt", "can't easily be rebuilt".
  private static let reach = 4

  private static let denials: Set<String> = [
    "not", "no", "never", "without", "cannot", "non", "nothing", "nobody", "none", "neither", "nor", "outside",
    "impossible", "except", "hardly", "unable", "excluding", "instead", "unlike", "isnt", "cant", "lacks", "lacking",
  ]
  private static let verbs: Set<String> = [
    "is", "are", "was", "were", "be", "been", "has", "have", "does", "do", "can",
  ]
  private static let pauses: Set<String> = ["but", "although", "though", "while"]

  init(_ text: String) {
    var clauses: [[String]] = []
    let lower = text.lowercased().replacing("’", with: "'").prefix(Self.maxLength)
    for part in lower.split(whereSeparator: { ",;.:()[]\n".contains($0) }) {
      var words: [String] = []
      for piece in part.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "'" }) {
        // An apostrophe belongs to a word, and quotation marks round it don't.
        let word = String(piece.drop { $0 == "'" }.reversed().drop { $0 == "'" }.reversed())
        if word.isEmpty { continue }
        if Self.pauses.contains(word) {
          clauses.append(words)
          words = []
        } else {
          words.append(word)
        }
      }
      clauses.append(words)
    }
    self.clauses = clauses.filter { !$0.isEmpty }
  }

  private static func isDenial(_ word: String) -> Bool { denials.contains(word) || word.hasSuffix("n't") }

  /// Whether the word at a place is denied in its clause.
  private static func isDenied(_ index: Int, in clause: [String]) -> Bool {
    // "Not only" affirms.
    for place in clause.indices.prefix(index).suffix(reach) where isDenial(clause[place]) {
      if clause[place + 1] != "only" { return true }
    }
    guard index + 1 < clause.count else { return false }
    if isDenial(clause[index + 1]) { return clause[index + 1] != "without" && clause[index + 1] != "outside" }
    return verbs.contains(clause[index + 1]) && index + 2 < clause.count && isDenial(clause[index + 2])
  }

  /// Whether it says one of the words and means it.
  func says(_ words: Set<String>) -> Bool { says { words.contains($0) } }

  /// Whether it says a word that begins with one of the stems and means it.
  func says(stems: [String]) -> Bool { says { word in stems.contains { word.hasPrefix($0) } } }

  func says(_ matches: (String) -> Bool) -> Bool {
    clauses.contains { clause in
      clause.indices.contains { matches(clause[$0]) && !Self.isDenied($0, in: clause) }
    }
  }

  /// Whether it says one of the words or stems, and denies it.
  func denies(stems: [String]) -> Bool {
    clauses.contains { clause in
      clause.indices.contains { index in
        stems.contains { clause[index].hasPrefix($0) } && Self.isDenied(index, in: clause)
      }
    }
  }
}

/// Whether data is worth nothing, by what the twin says of it.
///
/// Two ways to say it: that it can be had back ("reloadable from a dump", "rebuilt every night"), which is said of the
/// whole, and what it is ("page cache", "scratch"), which is said of one of the things that are listed, so it must hold of
/// each of them. What data goes through isn't what it is: orders that are read through a cache aren't a cache.
struct Reloadable: Sendable {
  let isReloadable: Bool
  let text: String

  private static let restorable = [
    "reload", "rebuil", "replay", "recomput", "reimport", "regenerat", "recreat", "disposable", "ephemeral",
  ]
  private static let worthless = ["cache", "derived", "scratch", "temporary", "synthetic"]
  private static let ways: Set<String> = [
    "through", "via", "behind", "beside", "from", "for", "by", "of", "before", "under", "with", "over", "without",
  ]

  private static let joints: Set<String> = ["and", "plus", "or"]

  init(_ s: Situation) { self.init(s.state.text("data") ?? "") }

  init(_ text: String) {
    self.text = text
    let written = text.lowercased().replacing("re-", with: "re").replacing("can be loaded", with: "reloadable")
    let said = FreeText(written)
    let denied = ["only copy", "irreplac", "entered once", "published once", "by hand"].contains {
      written.contains($0)
    }
    if denied || said.denies(stems: Self.restorable) {
      isReloadable = false
    } else if said.says(stems: Self.restorable) {
      // Said of a later thing of several, it leaves the others: "orders and reports that are rebuilt".
      isReloadable = said.clauses.contains { clause in
        let first = clause.prefix { !Self.joints.contains($0) }
        return FreeText(first.joined(separator: " ")).says(stems: Self.restorable)
      }
    } else {
      // Things are listed in the first clause.
      let things = (said.clauses.first ?? []).split(whereSeparator: Self.joints.contains)
      isReloadable =
        !things.isEmpty
        && things.allSatisfy { thing in
          let thing = Array(thing)
          let head = thing.prefix { !Self.ways.contains($0) }
          let isTestData = zip(thing, thing.dropFirst()).contains { $0 == "test" && $1 == "data" }
          return isTestData || FreeText(head.joined(separator: " ")).says(stems: Self.worthless)
        }
    }
  }
}
