import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
  @Test func callsInFlightFinishAndNewOnesGoElsewhere() async throws {
    let events = Events<String>()
    let large = BytesMessage.filled(3 << 20)
    let method = RPCMethod.unary(TestMethod.unary()) { (_: BytesMessage, _) -> BytesMessage in
      events.record("started")
      try await events.wait { $0.contains("go") }
      return large
    }
    let server = try await Loopback.server([method, Handlers.bidirectionalEcho])
    let client = try Loopback.client(port: server.port)
    let unary = Task {
      try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self)
    }
    let stream = Task {
      try await client.bidirectional(TestMethod.bidirectional) {
        (requests: ClientRequests<BytesMessage>, responses: ClientResponses<BytesMessage>) in
        var iterator = responses.makeAsyncIterator()
        try await requests.write("one")
        #expect(try await iterator.next() == "one")
        events.record("streaming")
        try await events.wait { $0.contains("go") }
        try await requests.write("two")
        #expect(try await iterator.next() == "two")
        requests.finish()
        #expect(try await iterator.next() == nil)
      }
    }
    try await within { try await events.wait { $0.contains("started") && $0.contains("streaming") } }
    let shutdown = Task { await server.shutdown(grace: .seconds(3_600)) }
    // The client has heard of it once it has let go of the connection.
    try await within {
      while client.isConnected {
        try Task.checkCancellation()
        await Task.yield()
      }
    }
    let late = await status {
      try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self)
    }
    #expect(late?.code == .unavailable)
    events.record("go")
    #expect(try await within { try await unary.value } == large)
    try await within { try await stream.value }
    try await within { await shutdown.value }
    #expect(server.statistics.snapshot.connectionsOpen == 0)
    client.shutDown()
  }

  @Test func theGraceBoundsHowLongCallsMayGoOn() async throws {
    let events = Events<String>()
    let server = try await Loopback.server([Handlers.stuck(events)])
    let client = try Loopback.client(port: server.port)
    let call = Task {
      await status { try await client.unary(TestMethod.unary("Stuck"), BytesMessage(""), response: BytesMessage.self) }
    }
    try await within { try await events.wait { $0.contains("started") } }
    try await within { await server.shutdown(grace: .milliseconds(20)) }
    #expect(try await within { await call.value }?.code == .unavailable)
    try await within { try await events.wait { $0.contains("cancelled") } }
    client.shutDown()
  }

  @Test func theTailOfALargeAnswerToASlowReaderIsNotCutOff() async throws {
    let size = 2 << 20
    let server = try await Loopback.server([
      .unary(TestMethod.unary()) { (_: BytesMessage, _) in BytesMessage.filled(size) }
    ]) { limits in
      limits.lingerTimeout = .seconds(30)
    }
    // Windows that let all of the answer out at once, and a small socket that holds it up.
    let peer = try await RawPeer.connect(port: server.port, reads: false, receiveBuffer: 4_096)
    await peer.write(
      WireFrame.preface + WireFrame.settings([(id: 4, value: 1 << 30)]) + WireFrame.settingsAcknowledgement
        + WireFrame.windowUpdate(0, 1 << 30)
        + WireFrame.headers(1, WireFrame.call("/test.Service/Unary")) + WireFrame.message(1, []))
    try await within {
      while server.statistics.snapshot.callsEnded == 0 {
        try Task.checkCancellation()
        await Task.yield()
      }
    }
    let finished = Task { await server.shutdown(grace: .seconds(3_600)) }
    await peer.startReading()
    try await peer.waitUntilClosed()
    #expect(peer.receivedCount > size)
    try await within { await finished.value }
  }

  @Test func onlyTheAnswerToItsOwnPingMakesAShutdownFinal() async throws {
    let server = try await Loopback.server([Handlers.echo]) { $0.shutdownNotice = .seconds(3_600) }
    let peer = try await RawPeer.connect(port: server.port)
    await peer.write(WireFrame.hello)
    try await peer.waitForBytes { !WireFrame.parse($0).isEmpty }
    let finished = Task { await server.shutdown(grace: .seconds(3_600)) }
    @Sendable func pings(_ bytes: [UInt8]) -> [[UInt8]] {
      WireFrame.parse(bytes).filter { $0.kind == WireFrame.Kind.ping.rawValue }.map { Array($0.payload) }
    }
    try await peer.waitForBytes { !pings($0).isEmpty }
    // As to a keepalive ping that crossed the notice, and a call that did.
    await peer.write(
      WireFrame.frame(.ping, flags: WireFrame.acknowledge, [UInt8](repeating: 0, count: 8))
        + WireFrame.headers(1, WireFrame.call("/test.Service/Echo")) + WireFrame.message(1, []))
    try await peer.waitForBytes { WireFrame.parse($0).contains { $0.stream == 1 } }
    let goAway = WireFrame.Kind.goAway.rawValue
    #expect(WireFrame.parse(peer.received).count { $0.kind == goAway } == 1)
    let ping = try #require(pings(peer.received).first)
    await peer.write(WireFrame.frame(.ping, flags: WireFrame.acknowledge, ping))
    try await peer.waitUntilClosed()
    let last = WireFrame.parse(peer.received).last { $0.kind == goAway }
    #expect(last?.payload.prefix(4).elementsEqual(WireFrame.word(1)) == true)
    try await within { await finished.value }
  }

  @Test func anOldConnectionIsReplacedWithoutAFailedCall() async throws {
    let method = RPCMethod.unary(TestMethod.unary()) { (request: BytesMessage, _) -> BytesMessage in
      await Task.yield()
      return request
    }
    try await Loopback.run(
      [method],
      server: { limits in
        limits.maxAge = .milliseconds(50)
        limits.housekeepingInterval = .milliseconds(2)
      },
      client: { limits in
        limits.backoff.initial = .milliseconds(1)
        limits.backoff.maximum = .milliseconds(1)
      }
    ) { client, server in
      while server.statistics.snapshot.connectionsOpened < 5 {
        for _ in 0..<20 {
          let answer: BytesMessage = try await client.unary(TestMethod.unary(), BytesMessage("x"))
          #expect(answer == "x")
        }
        try Task.checkCancellation()
      }
    }
  }

  @Test func aConnectionWithoutCallsIsClosedWhenItHasBeenIdle() async throws {
    let server = try await Loopback.server([Handlers.echo]) { limits in
      limits.maxIdle = .milliseconds(20)
      limits.housekeepingInterval = .milliseconds(5)
    }
    let goAways = Events<HTTP2ErrorCode>()
    let peer = try await ScriptedPeer.connect(port: server.port) { _, event in
      if case .goAway(_, let code, _) = event { goAways.record(code) }
    }
    try await peer.waitUntilClosed()
    #expect(goAways.all.first == .noError)
    await server.shutdown(grace: .zero)
  }

  @Test func aConnectionWithACallIsNotIdle() async throws {
    try await Loopback.run(
      [Handlers.bidirectionalEcho],
      server: { limits in
        limits.maxIdle = .milliseconds(200)
        limits.housekeepingInterval = .milliseconds(5)
      }
    ) { client, server in
      try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
        try await call.send(BytesMessage("x"))
        #expect(try await call.receive(BytesMessage.self) == "x")
        // One that came later is closed as idle, so this one would have been.
        let idle = try await ScriptedPeer.connect(port: server.port) { _, _ in }
        try await idle.waitUntilClosed()
        try await call.send(BytesMessage("y"))
        #expect(try await call.receive(BytesMessage.self) == "y")
        call.finishSending()
        #expect(try await call.receive(BytesMessage.self) == nil)
      }
    }
  }

  @Test func aClientThatNoLongerAnswersIsClosedByTheServersKeepalive() async throws {
    let server = try await Loopback.server([Handlers.echo]) { limits in
      limits.keepaliveTime = .milliseconds(20)
      limits.keepaliveTimeout = .milliseconds(20)
      limits.housekeepingInterval = .milliseconds(5)
    }
    let peer = try await RawPeer.connect(port: server.port)
    await peer.write(WireFrame.hello)
    try await peer.waitUntilClosed()
    let kinds = WireFrame.parse(peer.received).map(\.kind)
    #expect(kinds.contains(WireFrame.Kind.ping.rawValue))
    await server.shutdown(grace: .zero)
  }

  @Test func aClientThatAnswersPingsIsKept() async throws {
    let server = try await Loopback.server([Handlers.echo]) { limits in
      limits.keepaliveTime = .milliseconds(1)
      limits.keepaliveTimeout = .seconds(30)
      limits.housekeepingInterval = .milliseconds(1)
    }
    let pings = Events<Void>()
    let peer = try await ScriptedPeer.connect(port: server.port) { _, event in
      if case .ping = event { pings.record(()) }
    }
    try await within { try await pings.wait(count: 20) }
    #expect(peer.closed.all.isEmpty)
    await peer.close()
    await server.shutdown(grace: .zero)
  }
}
