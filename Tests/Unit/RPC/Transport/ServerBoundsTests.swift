import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

/// The bounds of a whole server, reached by connections that are each within their own.
@Suite(.timeLimit(.minutes(1))) struct ServerBoundsTests {
  private enum Answer: Equatable {
    case headers(status: String)
    case reset
    case pong
  }

  /// A client whose answers can't leave the server but for their headers.
  private struct Peer {
    let peer: ScriptedPeer
    let answers = Events<Answer>()

    init(_ server: RPCServer) async throws {
      var limits = HTTP2Limits()
      limits.streamWindow = 0
      peer = try await ScriptedPeer.connect(port: server.port, limits: limits) { [answers] _, event in
        switch event {
        case .headers(_, let block, _): answers.record(.headers(status: block.text(.grpcStatus) ?? ""))
        case .closed(_, .refusedStream): answers.record(.reset)
        case .pingAcknowledged: answers.record(.pong)
        default: break
        }
      }
    }

    /// Makes one call with one request.
    ///
    /// - Returns: its first answer; none if the server has taken the request and says nothing. The server has then ended
    ///   the turn of its loop in which it did.
    func call(_ method: String, _ bytes: [UInt8] = [], ends: Bool = true) async throws -> Answer? {
      let known = answers.all.count
      try await peer.perform { connection in
        guard
          let stream = try? connection.http2.request(ScriptedPeer.list(WireFrame.call("/test.Service/\(method)")))
        else { return }
        connection.http2.send(stream, ScriptedPeer.framed(bytes))
        if ends { connection.http2.end(stream) }
      }
      // Twice: the first comes with the answer, the second from a later turn.
      for _ in 0..<2 {
        let pongs = answers.all.count { $0 == .pong }
        try await peer.perform { $0.http2.ping() }
        try await within { [answers] in try await answers.wait { $0.count { $0 == .pong } > pongs } }
      }
      return answers.all[known...].first { $0 != .pong }
    }
  }

  private static func waitForConnections(_ count: Int, of server: RPCServer) async throws {
    try await within {
      while server.statistics.snapshot.connectionsOpen != count {
        try Task.checkCancellation()
        await Task.yield()
      }
    }
  }

  @Test func theHandlersOfAllConnectionsAreBounded() async throws {
    let events = Events<String>()
    let server = try await Loopback.server([Handlers.stuck(events), Handlers.echo]) { limits in
      limits.minPingInterval = .zero
      limits.maxHandlers = 3
    }
    let holders = [try await Peer(server), try await Peer(server), try await Peer(server)]
    for (index, holder) in holders.enumerated() {
      #expect(try await holder.call("Stuck") == nil)
      try await within { try await events.wait(count: index + 1) }
    }
    let late = try await Peer(server)
    #expect(try await late.call("Echo") == .reset)
    #expect(server.statistics.snapshot.callsStarted == 4 && server.statistics.snapshot.callsEnded == 1)
    // A handler goes on counting until it has really ended, so its end is what is waited for.
    await holders[0].peer.close()
    try await within { try await events.wait { $0.contains("cancelled") } }
    let client = try Loopback.client(port: server.port)
    let answer = try await within {
      while true {
        let error = await status { try await client.unary(Handlers.echo.descriptor, BytesMessage("x")) as BytesMessage }
        guard let error else { return true }
        guard error.code == .unavailable else { return false }
        try Task.checkCancellation()
      }
    }
    #expect(answer)
    client.shutDown()
    for holder in holders + [late] { await holder.peer.close() }
    await server.shutdown(grace: .zero)
  }

  @Test func whatAllConnectionsHoldUnreadIsBounded() async throws {
    let events = Events<String>()
    let method = RPCMethod.clientStreaming(TestMethod.clientStreaming) {
      (_: RPCReader<BytesMessage>, _) -> BytesMessage in
      events.record("started")
      try await Task.sleep(for: .seconds(3_600))
      return ""
    }
    let server = try await Loopback.server([method, Handlers.echo]) { limits in
      limits.minPingInterval = .zero
      limits.maxUnreadBytes = 35_000
    }
    var holders: [Peer] = []
    for _ in 0..<3 {
      let holder = try await Peer(server)
      #expect(try await holder.call("ClientStreaming", BytesMessage.filled(10_000).bytes, ends: false) == nil)
      holders.append(holder)
    }
    let late = try await Peer(server)
    #expect(
      try await late.call("ClientStreaming", BytesMessage.filled(10_000).bytes, ends: false)
        == .headers(status: "8"))
    // What goes with its connection makes room.
    await holders[0].peer.close()
    try await Self.waitForConnections(3, of: server)
    #expect(try await late.call("ClientStreaming", BytesMessage.filled(10_000).bytes, ends: false) == nil)
    for holder in holders + [late] { await holder.peer.close() }
    await server.shutdown(grace: .zero)
  }

  @Test func whatAllConnectionsHoldUnsentIsBounded() async throws {
    let server = try await Loopback.server([
      .unary(TestMethod.unary()) { (_: BytesMessage, _) in BytesMessage.filled(100_000) }
    ]) { limits in
      limits.minPingInterval = .zero
      limits.maxUnsentBytes = 350_000
    }
    var holders: [Peer] = []
    for _ in 0..<3 {
      let holder = try await Peer(server)
      #expect(try await holder.call("Unary") == .headers(status: ""))
      holders.append(holder)
    }
    let late = try await Peer(server)
    #expect(try await late.call("Unary") == .headers(status: "8"))
    await holders[0].peer.close()
    try await Self.waitForConnections(3, of: server)
    #expect(try await late.call("Unary") == .headers(status: ""))
    for holder in holders + [late] { await holder.peer.close() }
    await server.shutdown(grace: .zero)
  }
}
