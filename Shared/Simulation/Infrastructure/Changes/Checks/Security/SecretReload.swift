import SimulationInput

/// How soon all consumers of a secret have a new one, by what is said of how they read it.
enum SecretReload: Sendable, Hashable {
  /// Each reads it by itself within so many seconds.
  case within(Double)
  /// Somebody has to restart or deploy at least one of them.
  case byHand
  /// Nobody said, or in words that nobody here knows.
  case untold

  /// What consumers that read "automatically" may take when nobody said: the cache of AWS Secrets Manager's client libraries
  /// and External Secrets' `refreshInterval` are an hour by default.
  static let automaticPeriod = 3_600.0

  private static let byHandWords: Set<String> = [
    "restart", "restarts", "restarted", "restarting", "redeploy", "redeploys", "redeployed", "redeployment", "deploy",
    "deploys", "deployed", "deployment", "rollout", "release", "releases", "manual", "manually", "hand", "start",
    "starts", "startup", "boot", "reboot", "reboots", "build", "rebuild", "ticket", "operator", "never", "baked",
  ]
  private static let automaticWords: Set<String> = [
    "auto", "automatic", "automatically", "hot", "dynamic", "dynamically", "sidecar", "poll", "polls", "polling",
    "polled",
    "refresh", "refreshes", "refreshed", "agent", "reloads",
  ]
  private static let immediateWords: Set<String> = [
    "live", "watch", "watches", "watched", "watching", "inotify", "immediate", "immediately", "instant", "instantly",
  ]
  private static let negations: Set<String> = [
    "no", "not", "non", "without", "never",
  ]
  /// "not until restart" is at the restart.
  private static let limits: Set<String> = ["until", "before", "unless", "only", "except"]
  /// "restart not needed".
  private static let needless = ["not needed", "not required", "not necessary", "unnecessary", "unneeded"]
  private static let periods: [String: Double] = [
    "hourly": 3_600, "daily": 86_400, "nightly": 86_400, "weekly": 604_800, "monthly": 2_678_400,
    "quarterly": 8_035_200,
    "yearly": 31_622_400,
  ]
  private static let units: [String: Double] = [
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "night": 86_400, "week": 604_800, "month": 2_678_400,
  ]

  init(_ text: String) {
    let text = text.lowercased().replacing("on change", with: "immediately").replacing("n't", with: " not")
    guard !text.isEmpty, text.utf8.count <= FactValue.maxText else {
      self = .untold
      return
    }
    // A bare number is a period in seconds, and a switch says whether it happens at all.
    if let seconds = FactValue.number(.string(text)), seconds > 1 {
      self = .within(seconds)
      return
    }
    if let switched = FactValue.flag(.string(text)) {
      self = switched ? .within(Self.automaticPeriod) : .byHand
      return
    }
    // Each sentence speaks of other consumers, or of the same in other words; the slowest counts.
    let sentences = text.split { $0 == ";" || $0 == "\n" }.map { Self.sentence(String($0)) }
    self = sentences.reduce(.untold) { Self.slower($0, $1) }
  }

  private static func slower(_ a: SecretReload, _ b: SecretReload) -> SecretReload {
    switch (a, b) {
    case (.byHand, _), (_, .byHand): .byHand
    case (.within(let first), .within(let second)): .within(max(first, second))
    case (.untold, let other), (let other, .untold): other
    }
  }

  private static func sentence(_ text: String) -> SecretReload {
    var text = text
    for word in [" and ", " but ", " while ", " whereas ", "(", ")", " & ", ": "] {
      text = text.replacing(word, with: ",")
    }
    let clauses = text.split(separator: ",").map { Clause(String($0)) }
    // "restart only, each restarted every 168 h": the second says how often the first happens.
    let isBounded = clauses.contains { $0.isByHand && $0.period != nil }
    if clauses.contains(where: { $0.isByHand && ($0.period == nil && !isBounded || $0.isAutomatic) }) { return .byHand }
    if let longest = clauses.compactMap(\.period).max() { return .within(longest) }
    if clauses.contains(where: \.isImmediate) { return .within(0) }
    return clauses.contains(where: \.isAutomatic) ? .within(automaticPeriod) : .untold
  }

  private struct Clause {
    var isByHand = false
    var isAutomatic = false
    var isImmediate = false
    /// The longest time that it names, s.
    var period: Double?

    init(_ text: String) {
      let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
      for (index, word) in words.enumerated() {
        let before = words[max(0, index - 2)..<index]
        let isNegated =
          before.contains(where: SecretReload.negations.contains)
          && !before.contains(where: SecretReload.limits.contains)
        let after = words[(index + 1)...].prefix(3).joined(separator: " ")
        let isNeedless = SecretReload.needless.contains(where: after.contains)
        if SecretReload.byHandWords.contains(word) { isByHand = isByHand || !isNegated && !isNeedless }
        if SecretReload.automaticWords.contains(word) {
          if isNegated { isByHand = true } else { isAutomatic = true }
        }
        if SecretReload.immediateWords.contains(word) {
          if isNegated { isByHand = true } else { isImmediate = true }
        }
        // "on each request", "at every connection".
        if ["request", "connection", "call", "use", "login", "read"].contains(word), index > 0,
          ["each", "every", "per"].contains(words[index - 1])
        {
          isImmediate = true
        }
        let next = index + 1 < words.count ? words[index + 1] : ""
        let isEach = index > 0 && ["every", "each", "per", "a", "an", "once", "within"].contains(words[index - 1])
        let time: Double? =
          SecretReload.periods[word] ?? (isEach ? SecretReload.units[word] : nil)
          ?? (word.first?.isNumber == true
            ? FactValue.number(.string(word)) == nil
              ? FactValue.seconds(.string(word)) : FactValue.seconds(in: word + " " + next) : nil)
        if let time { period = max(period ?? 0, time) }
      }
    }
  }
}
