import RPCCore
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BalancingTests {
  /// Servers that answer with their index.
  private static func servers(_ count: Int) async throws -> [RPCServer] {
    var servers: [RPCServer] = []
    for index in 0..<count {
      servers.append(
        try await Loopback.server([
          .unary(TestMethod.unary("Who", isIdempotent: true)) { (_: BytesMessage, _) in BytesMessage([UInt8(index)]) }
        ]))
    }
    return servers
  }

  private static func who(_ client: RPCClient) async throws -> UInt8 {
    let answer: BytesMessage = try await client.unary(TestMethod.unary("Who", isIdempotent: true), BytesMessage(""))
    return answer.bytes[0]
  }

  /// Calls until the answers of a full round are these servers and no others.
  private static func callUntil(_ client: RPCClient, reaches expected: Set<UInt8>) async throws {
    try await within(.seconds(30), "calls to reach \(expected)") {
      while true {
        var seen: Set<UInt8> = []
        for _ in 0..<expected.count * 3 { seen.insert(try await who(client)) }
        if seen == expected { return }
        try Task.checkCancellation()
      }
    }
  }

  @Test func callsGoRoundAllAddresses() async throws {
    let servers = try await Self.servers(3)
    let resolver = ListResolver(ports: servers.map(\.port))
    let client = try Loopback.client(port: 1, resolver: resolver)
    try await Self.callUntil(client, reaches: [0, 1, 2])
    var counts = [0, 0, 0]
    for _ in 0..<30 { counts[Int(try await Self.who(client))] += 1 }
    #expect(counts == [10, 10, 10])
    client.shutDown()
    for server in servers { await server.shutdown(grace: .zero) }
  }

  @Test func addressesThatComeAndGoAreFollowed() async throws {
    let servers = try await Self.servers(3)
    let resolver = ListResolver(ports: [servers[0].port])
    let client = try Loopback.client(port: 1, resolver: resolver) { $0.resolveInterval = .milliseconds(5) }
    try await Self.callUntil(client, reaches: [0])
    resolver.set(ports: [servers[1].port, servers[2].port])
    try await Self.callUntil(client, reaches: [1, 2])
    // What was known stays in use while the look-up fails.
    resolver.fail("the name server is gone")
    let lookUps = resolver.lookUps.all.count
    try await within { try await resolver.lookUps.wait(count: lookUps + 3) }
    try await Self.callUntil(client, reaches: [1, 2])
    client.shutDown()
    for server in servers { await server.shutdown(grace: .zero) }
  }

  @Test func aLostServerIsLeftOutAndLooksTheNameUpAgain() async throws {
    let servers = try await Self.servers(2)
    let resolver = ListResolver(ports: servers.map(\.port))
    let client = try Loopback.client(port: 1, resolver: resolver) { $0.resolveInterval = .seconds(3_600) }
    try await Self.callUntil(client, reaches: [0, 1])
    let lookUps = resolver.lookUps.all.count
    await servers[0].shutdown(grace: .zero)
    try await Self.callUntil(client, reaches: [1])
    try await within { try await resolver.lookUps.wait(count: lookUps + 1) }
    client.shutDown()
    await servers[1].shutdown(grace: .zero)
  }

  /// The first address refuses at once, while the connection to the second one is still being made.
  @Test func anAddressThatRefusesDoesNotFailCallsThatAnotherWillTake() async throws {
    let servers = try await Self.servers(2)
    // Nobody listens there any more.
    await servers[1].shutdown(grace: .zero)
    for _ in 0..<20 {
      let resolver = ListResolver(ports: [servers[1].port, servers[0].port])
      let client = try Loopback.client(port: 1, resolver: resolver)
      #expect(try await within { try await Self.who(client) } == 0)
      client.shutDown()
    }
    // With the last hope gone, calls are told.
    let resolver = ListResolver(ports: [servers[1].port, servers[0].port])
    let client = try Loopback.client(port: 1, resolver: resolver) { $0.resolveInterval = .milliseconds(5) }
    try await Self.callUntil(client, reaches: [0])
    resolver.set(ports: [servers[1].port])
    try await within {
      while await status({ try await Self.who(client) })?.code != .unavailable { try Task.checkCancellation() }
    }
    client.shutDown()
    await servers[0].shutdown(grace: .zero)
  }

  @Test func aNameWithoutAddressesFailsCallsInsteadOfHoldingThem() async throws {
    let resolver = ListResolver(ports: [])
    let client = try Loopback.client(port: 1, resolver: resolver)
    let error = try await within { await status { try await Self.who(client) } }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("no addresses") == true)
    client.shutDown()
  }

  @Test func aNameThatDoesNotResolveFailsCallsWithTheReason() async throws {
    let resolver = ListResolver(ports: [])
    resolver.fail("no such name")
    let client = try Loopback.client(port: 1, resolver: resolver)
    let error = try await within { await status { try await Self.who(client) } }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("no such name") == true)
    client.shutDown()
  }
}
