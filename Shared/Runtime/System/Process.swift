import Glibc

/// The process itself, as the operating system sees it.
public enum CurrentProcess {
  public static let standardOutput: Int32 = STDOUT_FILENO
  public static let standardError: Int32 = STDERR_FILENO

  public static var identifier: Int32 { getpid() }

  /// Whether a person reads this descriptor.
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Ends the process at once: no destructors, no flushing.
  public static func exitNow(_ code: Int32) -> Never { _exit(code) }

  /// Makes a write to a closed pipe an error of that write instead of the end of the process.
  public static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Every environment variable. A name that stands there twice keeps its first value, as `getenv` does.
  public static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, variables[String(parts[0])] == nil { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }
}

/// Wall-clock time: for people and records, never for measuring.
public struct WallTime: Sendable, Hashable {
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static var now: WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Appends RFC 3339 in UTC with milliseconds, such as `2026-11-21T02:41:07.123Z`.
  public func appendRFC3339(to bytes: inout [UInt8]) {
    let milliseconds = nanoseconds.floored(by: 1_000_000)
    let seconds = milliseconds.floored(by: 1000)
    let days = seconds.floored(by: 86_400)
    let (year, month, day) = Self.civil(days: days)
    let second = seconds - days * 86_400
    func digits(_ value: Int64, _ width: Int) {
      var divisor: Int64 = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
    digits(year, 4)
    bytes.append(UInt8(ascii: "-"))
    digits(month, 2)
    bytes.append(UInt8(ascii: "-"))
    digits(day, 2)
    bytes.append(UInt8(ascii: "T"))
    digits(second / 3600, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(second / 60 % 60, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(second % 60, 2)
    bytes.append(UInt8(ascii: "."))
    digits(milliseconds - seconds * 1000, 3)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// RFC 3339 in UTC with milliseconds.
  public var rfc3339: String {
    var bytes: [UInt8] = []
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The date of a day counted from 1970-01-01, by the proleptic Gregorian calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int64 {
  /// Division that rounds down, also below zero.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
