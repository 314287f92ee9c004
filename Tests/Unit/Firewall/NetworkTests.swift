import SimulationFirewall
import SimulationKernel
import Testing

@Suite struct NetworkTests {
  static func route(_ prefix: String, _ hop: String, metric: Int = 0) throws -> PrefixTable.Route {
    PrefixTable.Route(try #require(IPPrefix(prefix)), hop == "blackhole" ? .blackhole : .via(hop), metric: metric)
  }

  @Test func removingARouteShowsWhoLosesTheWay() throws {
    let narrow = try Self.route("10.1.0.0/16", "peer")
    let table = PrefixTable([try Self.route("10.0.0.0/8", "core"), narrow, try Self.route("10.1.2.0/24", "vpn")])
    let changes = table.changes(to: table.removing(narrow))
    #expect(changes.map(\.destinations) == ["10.1.0.0-10.1.1.255", "10.1.3.0-10.1.255.255"].compactMap { IPRange($0) })
    #expect(changes.allSatisfy { $0.before == .via("peer") && $0.after == .via("core") && !$0.losesRoute })
    let lost = table.changes(to: table.adding(try Self.route("10.1.2.128/25", "blackhole")))
    #expect(lost.count == 1 && lost[0].losesRoute && lost[0].destinations == IPRange("10.1.2.128/25"))
    #expect(table.changes(to: table).isEmpty)
  }

  @Test func theSweepAgreesWithLookups() throws {
    var random = RandomStream(seed: 8)
    func table() -> PrefixTable {
      PrefixTable(
        (0..<30).map { _ in
          let address = IPAddress(.four, UInt128(random.next() % 4096))
          let prefix = IPPrefix(address, length: 20 + Int(random.next() % 13))
          let hop: PrefixTable.NextHop = random.bernoulli(0.1) ? .blackhole : .via("gateway \(random.next() % 4)")
          return PrefixTable.Route(prefix, hop, metric: Int(random.next() % 2))
        })
    }
    for _ in 0..<20 {
      let (before, after) = (table(), table())
      let changes = before.changes(to: after)
      for value in 0..<4100 {
        let address = IPAddress(.four, UInt128(value))
        let (was, becomes) = (before.route(to: address)?.nextHop, after.route(to: address)?.nextHop)
        let change = changes.filter { $0.destinations.contains(address) }
        #expect(change.count == (was == becomes ? 0 : 1))
        if let change = change.first { #expect(change.before == was && change.after == becomes) }
      }
    }
  }

  @Test func aTunnelWithReportsBlockedIsABlackHole() throws {
    let open = PathMTU.Hop(linkMTU: 1500, encapsulations: [.wireGuard])
    let blocked = PathMTU.Hop(linkMTU: 1500, encapsulations: [.wireGuard], reportsReachSender: false)
    #expect(try PathMTU(.four, interfaceMTU: 1500, hops: [open]).outcome() == .discovered(mtu: 1440))
    let path = try PathMTU(.four, interfaceMTU: 1500, hops: [PathMTU.Hop(linkMTU: 1500), blocked])
    #expect(path.outcome() == .blackHole(above: 1440))
    #expect(PathMTU.Hop(linkMTU: 1500, encapsulations: [.espCBC]).mtu == 1427)
    #expect(path.outcome(forbidsFragments: false) == .fragmented(mtu: 1440))
    #expect(path.outcome(clamp: 1400) == .fits)
    #expect(path.outcome(clamp: 1401) == .blackHole(above: 1440))
    #expect(
      try PathMTU(.six, interfaceMTU: 1500, hops: [blocked]).outcome(forbidsFragments: false) == .blackHole(above: 1440)
    )
    #expect(throws: PathMTU.Failure.outOfRange(mtu: 1200)) {
      try PathMTU(.six, interfaceMTU: 1500, hops: [PathMTU.Hop(linkMTU: 1200)])
    }
    let rules = try RuleSet(text: "DROP icmp any\nACCEPT all any")
    let (router, sender) = (try #require(IPAddress("192.0.2.1")), try #require(IPAddress("10.0.0.1")))
    #expect(PathMTU.passesReports(rules, from: router, to: sender) == .deny)
  }

  /// The renewal formula against a simulated cache with Poisson queries.
  @Test func missesFollowTheRenewalFormula() throws {
    var random = RandomStream(seed: 21)
    let cache = try ResolverCache(queryRate: 0.05, timeToLive: 60)
    var (time, expires, misses, queries) = (0.0, 0.0, 0, 0)
    while queries < 200_000 {
      // Sum of many short steps would bias; the exponential is drawn by inversion of the normal pair's radius.
      let (x, y) = (random.normal(), random.normal())
      time += (x * x + y * y) / 2 / cache.queryRate
      queries += 1
      if time >= expires {
        misses += 1
        expires = time + cache.timeToLive
      }
    }
    let share = Double(misses) / Double(queries)
    #expect(abs(share - (1 - cache.hitRatio)) < 0.005)
    #expect(abs(cache.missRate - 0.0125) < 1e-12)
    #expect(cache.movedShare(after: 60) == 1)
    #expect(abs(cache.movedShare(after: 0) - 0.25) < 1e-12)
    let time90 = try cache.time(untilMoved: 0.9)
    #expect(abs(cache.movedShare(after: time90) - 0.9) < 1e-12)
    #expect(throws: ResolverCache.Failure.outOfRange) { try ResolverCache(queryRate: 0, timeToLive: 60) }
  }

  /// The bound holds for idle caches and is reached by busy ones.
  @Test func aShorterTimeToLiveAsksAtMostInProportion() throws {
    for queryRate in [1e-4, 0.05, 1, 1e6] {
      let before = try ResolverCache(queryRate: queryRate, timeToLive: 300).authoritativeRate(caches: 20)
      let after = try ResolverCache(queryRate: queryRate, timeToLive: 5).authoritativeRate(caches: 20)
      let most = ResolverCache.mostQuestions(rate: before, before: 300, after: 5)
      #expect(after <= most && (queryRate < 1e6 || after > 0.999 * most))
    }
    #expect(ResolverCache.mostQuestions(rate: 2, before: 5, after: 300) == 2)
    #expect(ResolverCache.mostQuestions(rate: 2, before: 5, after: 0) == .infinity)
  }

  @Test func sourcePortsRunOutAtTheirCapacity() throws {
    let ports = try SourcePorts(addresses: 1, portsPerAddress: 10, holdTime: 60)
    #expect(ports.inUse(rate: 0.1, duration: 40) == 10)
    // Erlang's table: 10 servers, 10 erlangs, 21.46 % blocked.
    #expect(abs(ports.refusedShare(rate: 0.1, duration: 40) - 0.2146) < 5e-5)
    #expect(abs(ports.maximumRate(duration: 40) - 0.1) < 1e-12)
    let gateway = try SourcePorts(addresses: 2, portsPerAddress: SourcePorts.awsGateway, holdTime: 0)
    #expect(gateway.capacity == 110_000 && gateway.refusedShare(rate: 100, duration: 10) < 1e-12)
    #expect(throws: SourcePorts.Failure.outOfRange) { try SourcePorts(addresses: 0, portsPerAddress: 1, holdTime: 0) }
  }

  @Test func overlappingNetworksAreNamed() throws {
    func network(_ name: String, _ blocks: String...) -> AddressPlan.Network {
      AddressPlan.Network(name: name, blocks: blocks.compactMap { IPPrefix($0) })
    }
    let plan = [network("a", "10.0.0.0/16"), network("b", "10.1.0.0/16"), network("c", "10.0.128.0/17", "10.1.1.0/24")]
    let overlaps = AddressPlan.overlaps(plan)
    #expect(overlaps.map { $0.first + $0.second } == ["ac", "bc"])
    #expect(overlaps[1].shared.map(\.description) == ["10.1.1.0/24"])
  }
}
