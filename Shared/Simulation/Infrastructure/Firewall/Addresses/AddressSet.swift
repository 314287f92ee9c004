/// A set of addresses of both versions: sorted, disjoint, non-adjacent ranges.
public struct AddressSet: Sendable, Hashable {
  public let ranges: [IPRange]

  /// Ranges in any order, overlapping or not.
  public init(ranges: some Sequence<IPRange>) {
    let sorted = ranges.sorted { ($0.version, $0.lower, $0.upper) < ($1.version, $1.lower, $1.upper) }
    var merged: [IPRange] = []
    merged.reserveCapacity(sorted.count)
    for range in sorted {
      if let last = merged.last, last.version == range.version, last.upper == .max || range.lower <= last.upper + 1 {
        merged[merged.count - 1] = IPRange(unchecked: last.version, last.lower, max(last.upper, range.upper))
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  public init(_ prefixes: some Sequence<IPPrefix>) { self.init(ranges: prefixes.map(\.range)) }

  public init(_ prefix: IPPrefix) { ranges = [prefix.range] }

  /// A prefix, an address, a range `a-b`, a comma-separated list of these, or `any`, `all`, `*` for both versions.
  public init?(_ text: String) {
    var ranges: [IPRange] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.drop { $0 == " " }
      if part == "any" || part == "all" || part == "*" {
        ranges += AddressSet.everything.ranges
      } else {
        guard let range = IPRange(part) else { return nil }
        ranges.append(range)
      }
    }
    self.init(ranges: ranges)
  }

  public static let empty = AddressSet(ranges: [])
  /// Every address of both versions.
  public static let everything = AddressSet(ranges: IPVersion.allCases.map(IPRange.everything))
  public static func everything(_ version: IPVersion) -> AddressSet { AddressSet(ranges: [.everything(version)]) }

  public var isEmpty: Bool { ranges.isEmpty }
  public var isEverything: Bool { self == .everything }

  public func ranges(of version: IPVersion) -> [IPRange] { ranges.filter { $0.version == version } }

  public func contains(_ address: IPAddress) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < address { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(address)
  }

  public func contains(_ range: IPRange) -> Bool {
    ranges.contains { $0.version == range.version && $0.lower <= range.lower && range.upper <= $0.upper }
  }

  public func overlaps(_ range: IPRange) -> Bool {
    ranges.contains { $0.version == range.version && $0.lower <= range.upper && range.lower <= $0.upper }
  }

  public func union(_ other: AddressSet) -> AddressSet { AddressSet(ranges: ranges + other.ranges) }

  public func intersection(_ other: AddressSet) -> AddressSet {
    var result: [IPRange] = []
    var (i, j) = (0, 0)
    while i < ranges.count, j < other.ranges.count {
      let (a, b) = (ranges[i], other.ranges[j])
      if a.version == b.version, max(a.lower, b.lower) <= min(a.upper, b.upper) {
        result.append(IPRange(unchecked: a.version, max(a.lower, b.lower), min(a.upper, b.upper)))
      }
      if (a.version, a.upper) < (b.version, b.upper) { i += 1 } else { j += 1 }
    }
    return AddressSet(ranges: result)
  }

  /// All other addresses of the given version.
  public func complement(_ version: IPVersion) -> AddressSet {
    var result: [IPRange] = []
    var next: UInt128? = 0
    for range in ranges where range.version == version {
      if let start = next, start < range.lower {
        result.append(IPRange(unchecked: version, start, range.lower - 1))
      }
      next = range.upper == version.maximum ? nil : range.upper + 1
    }
    if let start = next { result.append(IPRange(unchecked: version, start, version.maximum)) }
    return AddressSet(ranges: result)
  }

  /// All other addresses of both versions.
  public var complement: AddressSet { complement(.four).union(complement(.six)) }

  public func subtracting(_ other: AddressSet) -> AddressSet { intersection(other.complement) }

  /// The fewest CIDR blocks with the same addresses, in order.
  public var prefixes: [IPPrefix] { ranges.flatMap(\.prefixes) }

  /// Number of addresses, both versions together.
  public var addressCount: Double { ranges.reduce(0) { $0 + $1.addressCount } }
}
