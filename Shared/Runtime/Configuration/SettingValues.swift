/// A value that must not be shown: its text appears in no description, mirror or interpolation.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String

  public init(_ value: String) { self.value = value }

  /// The text itself, for the one place that needs it.
  public func reveal() -> String { value }

  public var isEmpty: Bool { value.isEmpty }
  public var description: String { value.isEmpty ? "<not set>" : "<redacted>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A number of bytes, written with a unit.
public struct ByteCount: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let bytes: Int

  public init(bytes: Int) { self.bytes = bytes }

  public static func kibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 10) }
  public static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }
  public static func gibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 30) }

  private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

  /// Reads a whole number and its unit (`B`, `KiB`, `MiB`, `GiB`); nil for anything else.
  public init?(_ text: String) {
    for (unit, size) in Self.units where text.hasSuffix(unit) {
      guard let count = Int(text.dropLast(unit.count)), count >= 0 else { return nil }
      let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { return nil }
      self.bytes = bytes
      return
    }
    return nil
  }

  public var description: String {
    for (unit, size) in Self.units where bytes >= size && bytes.isMultiple(of: size) { return "\(bytes / size)\(unit)" }
    return "\(bytes)B"
  }

  public static func < (lhs: ByteCount, rhs: ByteCount) -> Bool { lhs.bytes < rhs.bytes }
}

/// Lengths of time as people write them: a whole number and a unit.
public enum DurationText {
  private static let units: [(name: String, length: Duration)] = [
    ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)), ("ms", .milliseconds(1)),
    ("us", .microseconds(1)),
  ]
  /// 24 hours for each day of a year; nothing here waits longer, and every product below stays exact.
  private static let longest: Int64 = 366 * 24 * 3600 * 1_000_000

  /// Reads `250ms`, `30s`, `5m`, `1h`; nil for anything else, also for a bare number, whose unit nobody knows.
  public static func parse(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count <= longest,
      let unit = units.first(where: { $0.name == text.dropFirst(digits.count) })
    else { return nil }
    return unit.length * Int(count)
  }

  /// The shortest text that `parse` reads as this length; parts below a microsecond are lost.
  public static func format(_ duration: Duration) -> String {
    if duration == .zero { return "0s" }
    for unit in units {
      let count = Int64((duration / unit.length).rounded())
      if count > 0, unit.length * Int(count) == duration { return "\(count)\(unit.name)" }
    }
    return "\(Int64((duration / .microseconds(1)).rounded()))us"
  }
}

/// A host and a TCP port.
public struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
  /// A DNS name or an IP address, IPv6 without brackets.
  public let host: String
  /// 0 to 65535.
  public let port: Int

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[ipv6]:port`; nil for anything else. Port 0 names nothing to connect to.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
