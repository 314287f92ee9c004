/// A routing table: the longest prefix that holds the destination decides, among equal prefixes the lowest metric.
public struct PrefixTable: Sendable, Hashable {
  public enum NextHop: Sendable, Hashable {
    /// A gateway, interface or gateway identifier, as the table's owner names it.
    case via(String)
    /// Packets are dropped on purpose (Linux: blackhole, unreachable, prohibit).
    case blackhole
  }

  public struct Route: Sendable, Hashable {
    public let prefix: IPPrefix
    public let nextHop: NextHop
    public let metric: Int

    public init(_ prefix: IPPrefix, _ nextHop: NextHop, metric: Int = 0) {
      self.prefix = prefix
      self.nextHop = nextHop
      self.metric = metric
    }
  }

  /// In the order given; of routes with equal prefix and metric the first counts.
  public let routes: [Route]

  public init(_ routes: [Route] = []) { self.routes = routes }

  public func adding(_ route: Route) -> PrefixTable { PrefixTable(routes + [route]) }

  public func removing(_ route: Route) -> PrefixTable { PrefixTable(routes.filter { $0 != route }) }

  public func route(to address: IPAddress) -> Route? {
    var best: Route?
    for route in routes where route.prefix.contains(address) {
      guard let old = best else {
        best = route
        continue
      }
      if (-route.prefix.prefixLength, route.metric) < (-old.prefix.prefixLength, old.metric) { best = route }
    }
    return best
  }

  /// What becomes of a range of destinations that fare differently under two tables.
  public struct Change: Sendable, Hashable {
    public let destinations: IPRange
    /// Nil if no route matches.
    public let before: NextHop?
    public let after: NextHop?

    /// Had a way before and has none now: unreachable, or dropped by a blackhole route.
    public var losesRoute: Bool {
      if case .via = before { return after == nil || after == .blackhole }
      return false
    }
  }

  /// The destinations whose next hop changes, exactly, as maximal ranges in order.
  ///
  /// Time n·log n in the number of routes: a sweep over all boundaries with the stack of prefixes around the place.
  public func changes(to after: PrefixTable) -> [Change] {
    var result: [Change] = []
    for version in IPVersion.allCases {
      var starts: Set<UInt128> = [0]
      for prefix in (routes + after.routes).map(\.prefix) where prefix.version == version {
        starts.insert(prefix.network.value)
        if prefix.last.value < version.maximum { starts.insert(prefix.last.value + 1) }
      }
      var old = Sweep(self, version)
      var new = Sweep(after, version)
      let sorted = starts.sorted()
      for (index, start) in sorted.enumerated() {
        let end = index + 1 < sorted.count ? sorted[index + 1] - 1 : version.maximum
        let (was, becomes) = (old.nextHop(at: start), new.nextHop(at: start))
        guard was != becomes else { continue }
        if let last = result.last, last.destinations.version == version, last.destinations.upper &+ 1 == start,
          last.before == was, last.after == becomes
        {
          let merged = IPRange(unchecked: version, last.destinations.lower, end)
          result[result.count - 1] = Change(destinations: merged, before: was, after: becomes)
        } else {
          result.append(Change(destinations: IPRange(unchecked: version, start, end), before: was, after: becomes))
        }
      }
    }
    return result
  }

  /// Answers lookups at growing addresses.
  private struct Sweep {
    private let routes: [Route]
    private var next = 0
    private var open: [Route] = []

    init(_ table: PrefixTable, _ version: IPVersion) {
      var seen: Set<IPPrefix> = []
      // Of equal prefixes the best metric comes first, then the first given.
      routes = table.routes.enumerated().filter { $0.element.prefix.version == version }
        .sorted {
          ($0.element.prefix, $0.element.metric, $0.offset) < ($1.element.prefix, $1.element.metric, $1.offset)
        }
        .map(\.element).filter { seen.insert($0.prefix).inserted }
    }

    mutating func nextHop(at address: UInt128) -> NextHop? {
      while next < routes.count, routes[next].prefix.network.value <= address {
        close(routes[next].prefix.network.value)
        open.append(routes[next])
        next += 1
      }
      close(address)
      return open.last?.nextHop
    }

    private mutating func close(_ address: UInt128) {
      while let last = open.last, last.prefix.last.value < address { open.removeLast() }
    }
  }
}
