/// Sorted, disjoint, non-adjacent ranges of 16-bit numbers: ports, or ICMP types times 256 plus codes.
public struct PortSet: Sendable, Hashable, CustomStringConvertible {
  public let ranges: [ClosedRange<UInt16>]

  public init(_ ranges: some Sequence<ClosedRange<UInt16>>) {
    var merged: [ClosedRange<UInt16>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = merged.last, UInt32(range.lowerBound) <= UInt32(last.upperBound) + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  public init(_ port: UInt16) { ranges = [port...port] }

  /// `22`, `80,443`, `1024-2047` or `1024:2047`; an open end (`1024:`) goes to the end. Nil if malformed.
  public init?(_ text: String) {
    var ranges: [ClosedRange<UInt16>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.drop { $0 == " " }
      guard let mark = part.firstIndex(where: { $0 == ":" || $0 == "-" }) else {
        guard let port = Self.number(part) else { return nil }
        ranges.append(port...port)
        continue
      }
      let (low, high) = (part[..<mark], part[part.index(after: mark)...])
      guard low.isEmpty == false || high.isEmpty == false else { return nil }
      guard let first = low.isEmpty ? 0 : Self.number(low), let last = high.isEmpty ? .max : Self.number(high),
        first <= last
      else { return nil }
      ranges.append(first...last)
    }
    self.init(ranges)
  }

  private static func number(_ text: Substring) -> UInt16? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? UInt16(text) : nil
  }

  public static let all = PortSet([0...UInt16.max])

  public var isEmpty: Bool { ranges.isEmpty }
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }
  public func contains(_ port: UInt16) -> Bool { ranges.contains { $0.contains(port) } }

  public var complement: PortSet {
    var result: [ClosedRange<UInt16>] = []
    var next = 0
    for range in ranges {
      if next < Int(range.lowerBound) { result.append(UInt16(next)...(range.lowerBound - 1)) }
      next = Int(range.upperBound) + 1
    }
    if next <= Int(UInt16.max) { result.append(UInt16(next)...UInt16.max) }
    return PortSet(result)
  }

  public func intersection(_ other: PortSet) -> PortSet {
    PortSet(ranges.flatMap { a in other.ranges.filter { $0.overlaps(a) }.map { $0.clamped(to: a) } })
  }

  public var description: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }
}

/// A condition on an interface's name; a trailing `+` (iptables) or `*` (nftables) matches any continuation.
public struct InterfaceCondition: Sendable, Hashable {
  /// The name, or its beginning.
  public let name: String
  public let isWildcard: Bool
  public let isNegated: Bool

  public init(_ pattern: String, negated: Bool = false) {
    isWildcard = pattern.hasSuffix("+") || pattern.hasSuffix("*")
    name = isWildcard ? String(pattern.dropLast()) : pattern
    isNegated = negated
  }

  public func matches(_ interface: String) -> Bool {
    (isWildcard ? interface.hasPrefix(name) : interface == name) != isNegated
  }
}

/// A condition on TCP flags: among the flags in `mask` exactly those in `set` are on.
public struct FlagCondition: Sendable, Hashable {
  public let mask: TCPFlags
  public let set: TCPFlags
  public let isNegated: Bool

  public init(mask: TCPFlags, set: TCPFlags, negated: Bool = false) {
    self.mask = mask
    self.set = set
    isNegated = negated
  }

  public func matches(_ flags: TCPFlags) -> Bool { (flags.intersection(mask) == set) != isNegated }
}

/// A conjunction of conditions on a packet; nil means no condition. Negations are resolved on entry, so that each field
/// holds the set of values that match.
///
/// Conditions on ports hold for protocols with ports only, on ICMP for ICMP only and on flags for TCP only, whether or
/// not `protocols` says so.
public struct Match: Sendable, Hashable {
  public var source: AddressSet?
  public var destination: AddressSet?
  /// Sorted protocol numbers.
  public var protocols: [UInt8]?
  public var sourcePorts: PortSet?
  public var destinationPorts: PortSet?
  /// ICMP types times 256 plus codes.
  public var icmp: PortSet?
  /// All must hold.
  public var inInterfaces: [InterfaceCondition]
  public var outInterfaces: [InterfaceCondition]
  public var states: Set<ConnectionState>?
  /// All must hold.
  public var flags: [FlagCondition]
  /// Conditions this model cannot decide, as the source wrote them: the packet may match or not.
  public var undecided: [String]

  public init(
    source: AddressSet? = nil, destination: AddressSet? = nil, protocols: [UInt8]? = nil, sourcePorts: PortSet? = nil,
    destinationPorts: PortSet? = nil, icmp: PortSet? = nil, inInterfaces: [InterfaceCondition] = [],
    outInterfaces: [InterfaceCondition] = [], states: Set<ConnectionState>? = nil, flags: [FlagCondition] = [],
    undecided: [String] = []
  ) {
    self.source = source
    self.destination = destination
    self.protocols = protocols
    self.sourcePorts = sourcePorts
    self.destinationPorts = destinationPorts
    self.icmp = icmp
    self.inInterfaces = inInterfaces
    self.outInterfaces = outInterfaces
    self.states = states
    self.flags = flags
    self.undecided = undecided
  }

  /// The protocols a packet may have, with what the other conditions imply; nil for any.
  var impliedProtocols: [UInt8]? {
    var result = protocols
    func restrict(_ allowed: [UInt8]) { result = result.map { $0.filter(allowed.contains) } ?? allowed }
    if sourcePorts != nil || destinationPorts != nil { restrict(IPProtocol.withPorts) }
    if icmp != nil { restrict([IPProtocol.icmp, IPProtocol.icmpSix]) }
    if !flags.isEmpty { restrict([IPProtocol.tcp]) }
    return result
  }

  /// Whether the decided conditions hold.
  public func matches(_ packet: Packet) -> Bool {
    if let source, !source.contains(packet.source) { return false }
    if let destination, !destination.contains(packet.destination) { return false }
    if let protocols, !protocols.contains(packet.proto) { return false }
    if let sourcePorts, !packet.hasPorts || !sourcePorts.contains(packet.sourcePort) { return false }
    if let destinationPorts, !packet.hasPorts || !destinationPorts.contains(packet.destinationPort) { return false }
    if let icmp, !packet.hasICMP || !icmp.contains(packet.icmp) { return false }
    if let states, !states.contains(packet.state) { return false }
    if !flags.isEmpty, packet.proto != IPProtocol.tcp || !flags.allSatisfy({ $0.matches(packet.flags) }) {
      return false
    }
    return inInterfaces.allSatisfy { $0.matches(packet.inInterface) }
      && outInterfaces.allSatisfy { $0.matches(packet.outInterface) }
  }
}
