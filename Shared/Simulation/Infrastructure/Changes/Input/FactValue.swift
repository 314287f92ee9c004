import SimulationInput

/// Readings of a value as people and systems write it. nil: it can't be read as that.
enum FactValue {
  /// A number, also as text ("3", "1e6").
  static func number(_ value: InputValue) -> Double? {
    switch value {
    case .number(let number): number.isFinite ? number : nil
    case .string(let text): Double(trimmed(text)).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// Bytes of a gigabyte and of a megabyte as sizes here have them.
  static let gigabyte = 1_073_741_824.0
  static let megabyte = 1_048_576.0

  /// A size in gigabytes of 2³⁰ bytes. "2GB", "512MB", "8kB", "1.5TB", "4Gi", "200m" (mebibytes as JVMs write it).
  ///
  /// - Parameter bareGigabytes: what 1 without a unit is worth, in gigabytes.
  static func gigabytes(_ value: InputValue, bareGigabytes: Double = 1) -> Double? {
    if let bare = number(value) { return bare * bareGigabytes }
    guard case .string(let text) = value, let (amount, unit) = split(text) else { return nil }
    let scale: Double? =
      switch unit.lowercased() {
      case "b", "bytes": 1 / 1_073_741_824
      case "k", "kb", "ki", "kib": 1 / 1_048_576
      case "m", "mb", "mi", "mib": 1 / 1_024
      case "g", "gb", "gi", "gib": 1
      case "t", "tb", "ti", "tib": 1_024
      case "p", "pb", "pi", "pib": 1_048_576
      default: nil
      }
    return scale.map { amount * $0 }
  }

  /// A time in seconds. "500ms", "30s", "5min", "2h", "7d".
  ///
  /// - Parameter bareSeconds: what 1 without a unit is worth, in seconds.
  static func seconds(_ value: InputValue, bareSeconds: Double = 1) -> Double? {
    if let bare = number(value) { return bare * bareSeconds }
    guard case .string(let text) = value, let (amount, unit) = split(text) else { return nil }
    let scale: Double? =
      switch unit.lowercased() {
      case "us", "µs": 1e-6
      case "ms", "msec", "millis", "milliseconds": 1e-3
      case "s", "sec", "secs", "second", "seconds": 1
      case "m", "min", "mins", "minute", "minutes": 60
      case "h", "hr", "hour", "hours": 3_600
      case "d", "day", "days": 86_400
      case "w", "week", "weeks": 604_800
      default: nil
      }
    return scale.map { amount * $0 }
  }

  /// The first time in a text such as "every 6 h" or "polls every 300 s without restart".
  static func seconds(in text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == "," || $0 == ";" || $0 == "(" || $0 == ")" }.map(String.init)
    return words.indices.lazy.compactMap { index in
      guard words[index].first?.isNumber == true else { return nil }
      if let whole = split(words[index]), !whole.1.isEmpty { return seconds(.string(words[index])) }
      // Two numbers in a row are no time: "0 0 1 1 *" is a cron line.
      guard index + 1 < words.count, words[index + 1].first?.isLetter == true else { return nil }
      return seconds(.string(words[index] + words[index + 1]))
    }.first
  }

  /// The first share in a text such as "60 % of turnover".
  static func percentage(in text: String) -> Double? {
    guard let sign = text.firstIndex(of: "%") else { return nil }
    let before = text[..<sign].reversed().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
    return Double(String(before.reversed())).map { $0 / 100 }
  }

  /// A share of 1: 0.25 or "25%".
  static func share(_ value: InputValue) -> Double? {
    if case .string(let text) = value, let (amount, unit) = split(text), unit == "%" { return amount / 100 }
    return number(value)
  }

  /// The first percentage in a text such as "answers 85 % of lookups".
  static func share(in text: String) -> Double? {
    guard let sign = text.firstIndex(of: "%") else { return nil }
    let digits = text[..<sign].reversed().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
    return Double(String(digits.reversed())).map { $0 / 100 }
  }

  /// A number of processors: 2, "2", "500m" (thousandths, as Kubernetes writes them).
  static func cores(_ value: InputValue) -> Double? {
    if case .string(let text) = value, let (amount, unit) = split(text), unit == "m" { return amount / 1_000 }
    return number(value)
  }

  enum Kind: Sendable, Hashable { case size, time, count, flag, word }

  /// What a value is by its looks.
  static func kind(_ value: InputValue) -> Kind {
    if number(value) != nil { return .count }
    if flag(value) != nil { return .flag }
    if seconds(value) != nil { return .time }
    return gigabytes(value) != nil ? .size : .word
  }

  static func flag(_ value: InputValue) -> Bool? {
    switch value {
    case .bool(let flag): flag
    case .number(0): false
    case .number(1): true
    case .string(let text):
      switch trimmed(text).lowercased() {
      case "on", "true", "yes", "enabled", "enable", "required", "1": true
      case "off", "false", "no", "disabled", "disable", "none", "0": false
      default: nil
      }
    default: nil
    }
  }

  static func text(_ value: InputValue) -> String? {
    switch value {
    case .string(let text): text
    case .number, .bool: value.summary
    default: nil
    }
  }

  /// A list of texts; one text is a list of one.
  static func texts(_ value: InputValue) -> [String]? {
    switch value {
    case .array(let values): values.compactMap(text)
    case .string(let text): [text]
    default: nil
    }
  }

  /// A whole number within bounds; what lies beyond is cut to them, so that no number from outside is too big to count.
  static func whole(_ value: Double, in bounds: ClosedRange<Int>) -> Int {
    guard value > Double(bounds.lowerBound) else { return bounds.lowerBound }
    return value < Double(bounds.upperBound) ? Int(value) : bounds.upperBound
  }

  /// The first number in a text such as "-1 (unlimited)" or "PostgreSQL 15.4".
  static func leadingNumber(_ value: InputValue) -> Double? {
    if let number = number(value) { return number }
    guard case .string(let text) = value else { return nil }
    guard let start = text.firstIndex(where: { $0.isNumber || $0 == "-" }) else { return nil }
    return Double(text[start...].prefix { $0.isNumber || $0 == "." || $0 == "-" })
  }

  /// The size that follows a word in a text, such as 8 GB in "allkeys-lru, maxmemory 8GB".
  static func size(in text: String?, after word: String) -> Double? {
    guard let text, let range = text.firstRange(of: word) else { return nil }
    let rest = text[range.upperBound...].drop { $0 == " " || $0 == "=" || $0 == ":" }
    return gigabytes(.string(String(rest.prefix { $0.isNumber || $0 == "." || $0.isLetter })))
  }

  /// The value that stands beside a name in a text such as "min.insync.replicas 1, replication factor 3", "retention 48 h"
  /// or "ndots 1, the same 6 search domains"; nil where no clause has both.
  ///
  /// - Parameter name: in lower-case words with underscores. Dots, dashes and spaces of the text separate words, too.
  static func named(_ name: String, in text: String) -> InputValue? {
    let sought = name.split(separator: "_").map(String.init)
    guard !sought.isEmpty, text.utf8.count <= maxText else { return nil }
    for clause in clauses(of: text) {
      guard clause.count > sought.count,
        let start = (0...(clause.count - sought.count)).first(where: {
          Array(clause[$0..<($0 + sought.count)]) == sought
        })
      else { continue }
      let rest = Array(clause[(start + sought.count)...].drop { ["is", "of", "was", "at"].contains($0) })
      if let first = rest.first, isNumeric(first) {
        // A unit may be a word of its own.
        let isBare = Double(first) != nil
        let joined = first + (isBare && rest.count > 1 ? rest[1] : "")
        return .string(isBare && kind(.string(joined)) == .word ? first : joined)
      }
      if let first = rest.first, flag(.string(first)) != nil { return .string(first) }
      if start > 0, isNumeric(clause[start - 1]) { return .string(clause[start - 1]) }
    }
    return nil
  }

  /// Longer texts are no descriptions.
  static let maxText = 4_096

  /// The words of each clause, lower case. A comma within a number separates nothing.
  private static func clauses(of text: String) -> [[String]] {
    text.lowercased().replacing(", ", with: ";").split(separator: ";").map { clause in
      clause.split { " ,=:()\t\n".contains($0) }.flatMap { word in
        isNumeric(String(word)) ? [String(word)] : word.split { "._-".contains($0) }.map(String.init)
      }
    }
  }

  private static func isNumeric(_ word: String) -> Bool {
    (word.first == "-" ? word.dropFirst().first : word.first)?.isNumber ?? false
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The amount and the unit of "1.5 GB".
  private static func split(_ text: String) -> (Double, String)? {
    let text = trimmed(text)
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    guard let amount = Double(digits), amount.isFinite else { return nil }
    return (amount, trimmed(String(text.dropFirst(digits.count))))
  }
}
