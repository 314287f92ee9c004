/// Moments and spans as protobuf keeps them, and as text.
struct SecondsAndNanos: Equatable {
  var seconds: Int64
  /// 0 to 999,999,999; of a span below zero 0 down to -999,999,999.
  var nanos: Int32

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, the years that google.protobuf.Timestamp allows.
  static let timestampSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  /// About ±10,000 years, what google.protobuf.Duration allows.
  static let durationSeconds: ClosedRange<Int64> = -315_576_000_000...315_576_000_000

  var isTimestamp: Bool { Self.timestampSeconds.contains(seconds) && (0...999_999_999).contains(nanos) }

  var isDuration: Bool {
    Self.durationSeconds.contains(seconds) && (-999_999_999...999_999_999).contains(nanos)
      && (seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0))
  }

  // MARK: RFC 3339

  /// A moment from RFC 3339 text with up to nine digits of a second; nil for anything else. There is no leap second:
  /// protobuf counts none.
  init?(rfc3339 text: [UInt8]) {
    var scanner = Scanner(text)
    guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
      let day = scanner.number(2), scanner.take("T") || scanner.take("t"), let hour = scanner.number(2),
      scanner.take(":"), let minute = scanner.number(2), scanner.take(":"), let second = scanner.number(2)
    else { return nil }
    guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year), hour < 24,
      minute < 60, second < 60
    else { return nil }
    var nanos: Int64 = 0
    if scanner.take(".") {
      guard let fraction = scanner.fraction() else { return nil }
      nanos = fraction
    }
    var offset: Int64 = 0
    if !scanner.take("Z"), !scanner.take("z") {
      let isBehind = scanner.take("-")
      guard isBehind || scanner.take("+"), let hours = scanner.number(2), scanner.take(":"),
        let minutes = scanner.number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 3600 + minutes * 60) * (isBehind ? -1 : 1)
    }
    guard scanner.isAtEnd else { return nil }
    seconds = Self.daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    self.nanos = Int32(nanos)
    guard isTimestamp else { return nil }
  }

  /// The moment in UTC with 0, 3, 6 or 9 digits of a second. Must be a timestamp.
  var rfc3339: String {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    let (year, month, dayOfMonth) = Self.date(daysSinceEpoch: day)
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
    let time = "\(Self.padded(rest / 3600, 2)):\(Self.padded(rest / 60 % 60, 2)):\(Self.padded(rest % 60, 2))"
    return "\(date)T\(time)\(Self.fraction(Int64(nanos)))Z"
  }

  // MARK: Spans

  /// A span from text such as "1.5s" or "-0.25s" with up to nine digits of a second; nil for anything else.
  init?(duration text: [UInt8]) {
    var scanner = Scanner(text)
    let isNegative = scanner.take("-")
    guard let whole = scanner.number(1...12) else { return nil }
    var nanos: Int64 = 0
    if scanner.take(".") {
      guard let fraction = scanner.fraction() else { return nil }
      nanos = fraction
    }
    guard scanner.take("s"), scanner.isAtEnd else { return nil }
    seconds = isNegative ? -whole : whole
    self.nanos = Int32(isNegative ? -nanos : nanos)
    guard isDuration else { return nil }
  }

  /// The span as text with 0, 3, 6 or 9 digits of a second. Must be a duration.
  var duration: String {
    let sign = seconds < 0 || nanos < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(Self.fraction(Int64(nanos.magnitude)))s"
  }

  init(seconds: Int64, nanos: Int32) {
    self.seconds = seconds
    self.nanos = nanos
  }

  // MARK: Calendar

  /// Days from 1970-01-01. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day from year 1 on. Source: the same, civil_from_days.
  private static func date(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = daysSinceEpoch + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func fraction(_ nanos: Int64) -> String {
    if nanos == 0 { return "" }
    if nanos % 1_000_000 == 0 { return ".\(padded(nanos / 1_000_000, 3))" }
    if nanos % 1000 == 0 { return ".\(padded(nanos / 1000, 6))" }
    return ".\(padded(nanos, 9))"
  }

  /// Reads digits and signs.
  private struct Scanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    var isAtEnd: Bool { position == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func number(_ count: Int) -> Int64? { number(count...count) }

    /// A number of as many digits, at most 18.
    mutating func number(_ counts: ClosedRange<Int>) -> Int64? {
      let start = position
      var value: Int64 = 0
      while position < text.count, position - start < counts.upperBound,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position])
      {
        value = value * 10 + Int64(text[position] - UInt8(ascii: "0"))
        position += 1
      }
      return position - start >= counts.lowerBound ? value : nil
    }

    /// Nanoseconds from one to nine digits behind the point.
    mutating func fraction() -> Int64? {
      let start = position
      guard var value = number(1...9) else { return nil }
      for _ in position - start..<9 { value *= 10 }
      return value
    }
  }
}
