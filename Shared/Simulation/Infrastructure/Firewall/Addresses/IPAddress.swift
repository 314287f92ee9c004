/// The version of the Internet Protocol.
public enum IPVersion: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case four = 4
  case six = 6

  /// Length of an address in bits: 32 or 128.
  public var width: Int { self == .four ? 32 : 128 }

  /// The highest address as a number.
  public var maximum: UInt128 { self == .four ? 0xFFFF_FFFF : .max }

  public static func < (a: IPVersion, b: IPVersion) -> Bool { a.rawValue < b.rawValue }
}

/// An IPv4 or IPv6 address as a number in network order.
///
/// Text forms: dotted quad (RFC 791; four decimal octets without leading zeros, as inet_pton(3) takes them) and all
/// three forms of RFC 4291, section 2.2: full, `::`, and a dotted quad at the end. A zone (`%eth0`, RFC 4007) is refused,
/// for it means nothing outside its host.
public struct IPAddress: Sendable, Hashable, Comparable, LosslessStringConvertible {
  public let version: IPVersion
  public let value: UInt128

  /// The value is cut to the version's width.
  public init(_ version: IPVersion, _ value: UInt128) {
    self.version = version
    self.value = value & version.maximum
  }

  public init?(_ text: String) { self.init(text[...]) }

  init?(_ text: Substring) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let value = Self.parseSix(text) else { return nil }
      self.init(.six, value)
    } else {
      guard let value = Self.parseFour(text) else { return nil }
      self.init(.four, UInt128(value))
    }
  }

  public static func < (a: IPAddress, b: IPAddress) -> Bool { (a.version, a.value) < (b.version, b.value) }

  /// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`.
  public var description: String {
    if version == .four {
      return (0..<4).map { String(UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt128($0)))) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> (112 - 16 * UInt128($0))) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
    return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }

  private static func parseFour(_ text: Substring) -> UInt32? {
    var value: UInt32 = 0
    var octets = 0
    for part in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
      var octet: UInt32 = 0
      for digit in part {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        octet = octet * 10 + UInt32(digit - UInt8(ascii: "0"))
      }
      guard octet <= 255, octets < 4 else { return nil }
      value = value << 8 | octet
      octets += 1
    }
    return octets == 4 ? value : nil
  }

  private static func parseSix(_ text: Substring) -> UInt128? {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // A leading or trailing "::" leaves one empty part too many; a single ":" there is an error.
    if text.hasPrefix("::") { parts.removeFirst() } else if text.hasPrefix(":") { return nil }
    if text.hasSuffix("::") { parts.removeLast() } else if text.hasSuffix(":") { return nil }
    if text == "::" { return 0 }
    var groups: [UInt16] = []
    var gap: Int?
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if index == parts.count - 1, part.contains(".") {
        guard let four = parseFour(part) else { return nil }
        groups += [UInt16(four >> 16), UInt16(truncatingIfNeeded: four)]
      } else {
        guard part.utf8.count <= 4, part.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    if let gap {
      guard groups.count <= 7 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    return groups.count == 8 ? groups.reduce(0) { $0 << 16 | UInt128($1) } : nil
  }
}
