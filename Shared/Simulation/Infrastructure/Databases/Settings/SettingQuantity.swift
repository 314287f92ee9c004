/// The unit in which a PostgreSQL parameter counts a bare number.
public enum SettingUnit: String, Sendable, Hashable, CaseIterable {
  /// A plain number, a flag or a text.
  case none = ""
  case bytes = "B"
  case kilobytes = "kB"
  /// Blocks of 8 kB: `BLCKSZ`, and `XLOG_BLCKSZ` for WAL buffers.
  case blocks = "8kB"
  case megabytes = "MB"
  case microseconds = "us"
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "min"

  /// Bytes in one; nil for times and plain numbers.
  public var bytes: Double? {
    switch self {
    case .bytes: 1
    case .kilobytes: 1_024
    case .blocks: 8_192
    case .megabytes: 1_048_576
    default: nil
    }
  }

  /// Seconds in one; nil for sizes and plain numbers.
  public var seconds: Double? {
    switch self {
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    case .minutes: 60
    default: nil
    }
  }
}

/// A number with a unit, as PostgreSQL's settings write it: "2GB", "512", "100ms", "1.5h".
///
/// Source: PostgreSQL 18 documentation, 19.1.1 Parameter Names and Values. The multiplier of memory units is 1,024;
/// units are case-sensitive; white space before the unit is allowed; a bare number is in the parameter's base unit.
public struct SettingQuantity: Sendable, Hashable {
  /// In units of `baseUnit`, as written: an integer parameter rounds it.
  public var value: Double
  public var baseUnit: SettingUnit

  private static let memoryUnits: [(name: String, bytes: Double)] = [
    ("B", 1), ("kB", 1_024), ("MB", 1_048_576), ("GB", 1_073_741_824), ("TB", 1_099_511_627_776),
  ]
  private static let timeUnits: [(name: String, seconds: Double)] = [
    ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400),
  ]

  /// Reads a value; nil where the server would refuse it.
  public init?(_ text: String, baseUnit: SettingUnit) {
    guard let (number, unit) = NumberText.split(text) else { return nil }
    self.baseUnit = baseUnit
    if unit.isEmpty {
      value = number
    } else if let base = baseUnit.bytes, let factor = Self.memoryUnits.first(where: { $0.name == unit })?.bytes {
      value = number * factor / base
    } else if let base = baseUnit.seconds, let factor = Self.timeUnits.first(where: { $0.name == unit })?.seconds {
      value = number * factor / base
    } else {
      return nil
    }
  }

  /// nil where the unit is no size.
  public var bytes: Double? { baseUnit.bytes.map { value * $0 } }

  /// nil where the unit is no time.
  public var seconds: Double? { baseUnit.seconds.map { value * $0 } }
}

/// Numbers at the start of a text.
enum NumberText {
  /// The number and the trimmed rest; nil where no finite number comes first. Hexadecimal integers count.
  static func split(_ text: String) -> (number: Double, rest: String)? {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count, isSpace(bytes[start]) { start += 1 }
    var end = start
    if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") { end += 1 }
    if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "0"), bytes[end + 1] | 0x20 == UInt8(ascii: "x") {
      let digits = bytes[(end + 2)...].prefix { isHexadecimal($0) }
      guard let number = Int64(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      let sign: Double = bytes[start] == UInt8(ascii: "-") ? -1 : 1
      return (sign * Double(number), trimmed(bytes[digits.endIndex...]))
    }
    while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    // An exponent, not the unit that may follow.
    if end + 1 < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var exponent = end + 1
      if bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-") { exponent += 1 }
      let digits = exponent
      while exponent < bytes.count, isDigit(bytes[exponent]) { exponent += 1 }
      if exponent > digits { end = exponent }
    }
    guard let number = Double(String(decoding: bytes[start..<end], as: UTF8.self)), number.isFinite else { return nil }
    return (number, trimmed(bytes[end...]))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}

/// How a system writes sizes.
public enum SizeNotation: Sendable, Hashable, CaseIterable {
  /// B, kB, MB, GB, TB, case-sensitive, by 1,024; a bare number has no meaning without its parameter and is refused.
  case postgres
  /// k = 1,000, kb = 1,024, likewise m and g, any case; a bare number is bytes (comment at the top of `redis.conf`).
  case redis
  /// k, m, g, t by 1,024, any case; a bare number is bytes (the `java` command, `-Xmx`).
  case java
  /// Ki, Mi, Gi, Ti by 1,024 and k, M, G, T by 1,000; `m` is a thousandth; a bare number is bytes (Kubernetes
  /// documentation, Resource Management, "Meaning of memory").
  case kubernetes

  /// Bytes; nil where the system would refuse the text.
  public func bytes(_ text: String) -> Double? {
    guard let (number, unit) = NumberText.split(text), number >= 0 else { return nil }
    let lower = unit.lowercased()
    switch self {
    case .postgres:
      return unit.isEmpty ? nil : SettingQuantity(text, baseUnit: .bytes)?.bytes
    case .redis:
      let powers = ["": 1.0, "b": 1, "k": 1e3, "m": 1e6, "g": 1e9, "kb": 1_024, "mb": 1_048_576, "gb": 1_073_741_824]
      return powers[lower].map { number * $0 }
    case .java:
      let powers = ["": 1.0, "k": 1_024, "m": 1_048_576, "g": 1_073_741_824, "t": 1_099_511_627_776]
      return powers[lower].map { number * $0 }
    case .kubernetes:
      let powers = [
        "": 1.0, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "Ki": 1_024, "Mi": 1_048_576,
        "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
      ]
      return powers[unit].map { number * $0 }
    }
  }
}
