/// An address block in CIDR notation (RFC 4632, RFC 4291 section 2.3).
///
/// Text forms: `10.0.0.0/8`, `2001:db8::/32`, a single address, a dotted netmask as iptables-save of old wrote it
/// (`10.0.0.0/255.0.0.0`), and `any` or `all`, which are read as `0.0.0.0/0`; use ``AddressSet`` where these words shall
/// mean both versions. Host bits are allowed and cleared, as iptables and the cloud consoles do.
public struct IPPrefix: Sendable, Hashable, Comparable, LosslessStringConvertible {
  /// The lowest address of the block.
  public let network: IPAddress
  /// Number of fixed leading bits, 0 to 32 or 0 to 128.
  public let prefixLength: Int

  /// Clears the host bits. The length is clamped to the version's width.
  public init(_ address: IPAddress, length: Int) {
    prefixLength = min(max(length, 0), address.version.width)
    network = IPAddress(address.version, address.value & ~Self.hostMask(address.version, prefixLength))
  }

  public init?(_ text: String) { self.init(text[...]) }

  init?(_ text: Substring) {
    if text == "any" || text == "all" {
      self.init(IPAddress(.four, 0), length: 0)
      return
    }
    guard let slash = text.firstIndex(of: "/") else {
      guard let address = IPAddress(text) else { return nil }
      self.init(address, length: address.version.width)
      return
    }
    let suffix = text[text.index(after: slash)...]
    guard let address = IPAddress(text[..<slash]), let length = Self.length(suffix, address.version) else { return nil }
    self.init(address, length: length)
  }

  private static func length(_ text: Substring, _ version: IPVersion) -> Int? {
    if text.contains(".") {
      guard version == .four, let mask = IPAddress(text), mask.version == .four else { return nil }
      let inverse = ~UInt32(truncatingIfNeeded: mask.value)
      return inverse & (inverse &+ 1) == 0 ? inverse.leadingZeroBitCount : nil
    }
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(text),
      length <= version.width
    else { return nil }
    return length
  }

  static func hostMask(_ version: IPVersion, _ length: Int) -> UInt128 {
    length == version.width ? 0 : version.maximum >> UInt128(length)
  }

  public var version: IPVersion { network.version }

  /// The highest address of the block.
  public var last: IPAddress { IPAddress(version, network.value | Self.hostMask(version, prefixLength)) }

  public var range: IPRange { IPRange(unchecked: version, network.value, last.value) }

  /// Number of addresses, 1 to 2¹²⁸; a Double, for 2¹²⁸ has no UInt128.
  public var addressCount: Double { Double(sign: .plus, exponent: version.width - prefixLength, significand: 1) }

  /// True for `0.0.0.0/0` and `::/0`.
  public var isAny: Bool { prefixLength == 0 }

  public func contains(_ address: IPAddress) -> Bool { range.contains(address) }

  public func contains(_ other: IPPrefix) -> Bool {
    version == other.version && prefixLength <= other.prefixLength && contains(other.network)
  }

  /// Two blocks overlap exactly if one contains the other.
  public func overlaps(_ other: IPPrefix) -> Bool { contains(other) || other.contains(self) }

  /// Whether no address of the block is reachable across the public Internet. See ``SpecialPurposeAddresses``.
  public var isPrivate: Bool { !SpecialPurposeAddresses.publicAddresses.overlaps(range) }

  /// Whether every address of the block is globally reachable unicast.
  public var isPubliclyRoutable: Bool { SpecialPurposeAddresses.publicAddresses.contains(range) }

  /// The block of one bit less that holds this one and its sibling; nil for a block that is everything.
  public var parent: IPPrefix? { prefixLength == 0 ? nil : IPPrefix(network, length: prefixLength - 1) }

  /// The fewest blocks that cover exactly the same addresses, in order.
  public static func aggregate(_ prefixes: some Sequence<IPPrefix>) -> [IPPrefix] { AddressSet(prefixes).prefixes }

  public static func < (a: IPPrefix, b: IPPrefix) -> Bool {
    (a.network, a.prefixLength) < (b.network, b.prefixLength)
  }

  public var description: String { "\(network)/\(prefixLength)" }
}

/// An inclusive range of addresses of one version.
public struct IPRange: Sendable, Hashable {
  public let version: IPVersion
  public let lower: UInt128
  public let upper: UInt128

  init(unchecked version: IPVersion, _ lower: UInt128, _ upper: UInt128) {
    self.version = version
    self.lower = lower
    self.upper = upper
  }

  /// Nil if the versions differ or the range is empty.
  public init?(_ first: IPAddress, _ last: IPAddress) {
    guard first.version == last.version, first <= last else { return nil }
    self.init(unchecked: first.version, first.value, last.value)
  }

  /// `a-b`, or whatever ``IPPrefix`` takes.
  public init?(_ text: String) { self.init(text[...]) }

  init?(_ text: Substring) {
    guard let dash = text.firstIndex(of: "-") else {
      guard let prefix = IPPrefix(text) else { return nil }
      self = prefix.range
      return
    }
    guard let first = IPAddress(text[..<dash]), let last = IPAddress(text[text.index(after: dash)...]) else {
      return nil
    }
    self.init(first, last)
  }

  public static func everything(_ version: IPVersion) -> IPRange { IPRange(unchecked: version, 0, version.maximum) }

  public var first: IPAddress { IPAddress(version, lower) }
  public var last: IPAddress { IPAddress(version, upper) }

  public func contains(_ address: IPAddress) -> Bool {
    address.version == version && lower <= address.value && address.value <= upper
  }

  /// The fewest CIDR blocks that cover exactly this range, in order: at most 2·width - 2.
  public var prefixes: [IPPrefix] {
    var result: [IPPrefix] = []
    var start = lower
    while true {
      let aligned = start == 0 ? version.width : min(version.width, start.trailingZeroBitCount)
      let left = upper - start
      let fitting = left == .max ? 128 : 127 - (left + 1).leadingZeroBitCount
      let bits = min(aligned, fitting)
      result.append(IPPrefix(IPAddress(version, start), length: version.width - bits))
      let end = start | IPPrefix.hostMask(version, version.width - bits)
      if end >= upper { return result }
      start = end + 1
    }
  }

  public var addressCount: Double { Double(upper - lower) + 1 }
}
