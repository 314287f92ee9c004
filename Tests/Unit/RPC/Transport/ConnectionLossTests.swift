import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionLossTests {
  @Test func everyPendingCallFailsWhenItsConnectionDies() async throws {
    let seen = Events<Int32>()
    let peer = try await ScriptedPeer.listen { connection, event in
      guard case .headers(let stream, _, _) = event else { return }
      seen.record(stream.id)
      if seen.all.count == 20 { connection.close() }
    }
    let client = try Loopback.client(port: peer.port)
    let codes = try await within {
      await withTaskGroup(of: StatusCode?.self) { group in
        for index in 0..<20 {
          group.addTask {
            await status {
              if index % 2 == 0 {
                _ = try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self)
              } else {
                try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
                  _ = try await call.receive(BytesMessage.self)
                }
              }
            }?.code
          }
        }
        var codes: [StatusCode?] = []
        for await code in group { codes.append(code) }
        return codes
      }
    }
    #expect(codes == Array(repeating: .unavailable, count: 20))
    client.shutDown()
    await peer.close()
  }

  @Test func aPeerThatFallsSilentIsFoundByKeepalive() async throws {
    let peer = try await ScriptedPeer.listen { connection, event in
      // From the first call on not a byte: the acknowledgement of the ping isn't flushed either.
      if case .headers = event { connection.fallSilent() }
    }
    let client = try Loopback.client(port: peer.port) { limits in
      limits.keepaliveTime = .milliseconds(20)
      limits.keepaliveTimeout = .milliseconds(20)
      limits.housekeepingInterval = .milliseconds(5)
    }
    let error = try await within {
      await status { try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self) }
    }
    #expect(error == RPCError(.unavailable, "the server doesn't answer"))
    client.shutDown()
    await peer.close()
  }

  @Test func aServerThatNeverSpeaksIsGivenUp() async throws {
    let peer = try await ScriptedPeer.listen(isMute: true) { _, _ in }
    let client = try Loopback.client(port: peer.port) { $0.connectTimeout = .milliseconds(500) }
    let error = try await within {
      await status { try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self) }
    }
    #expect(error?.code == .unavailable)
    client.shutDown()
    await peer.close()
  }

  @Test func aServerThatSpeaksSomethingElseIsGivenUp() async throws {
    let server = try await Loopback.server([])
    // A TLS client on a plain port: each side finds the other unintelligible.
    let client = try Loopback.client(port: server.port, tls: RPCClientTLS())
    let error = try await within {
      await status { try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self) }
    }
    #expect(error?.code == .unavailable)
    client.shutDown()
    await server.shutdown(grace: .zero)
  }

  @Test func withoutAServerACallFailsAtOnceUnlessItInsists() async throws {
    let port = try await Self.freePort()
    let client = try Loopback.client(port: port)
    let error = try await within {
      await status { try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self) }
    }
    #expect(error?.code == .unavailable)
    let insisting = try await within {
      await status {
        try await client.unary(
          TestMethod.unary(), BytesMessage(""), options: CallOptions(timeout: .milliseconds(100), waitForReady: true),
          response: BytesMessage.self)
      }
    }
    #expect(insisting?.code == .deadlineExceeded)

    let waiting = Task {
      try await client.unary(
        Handlers.echo.descriptor, BytesMessage("x"), options: CallOptions(waitForReady: true),
        response: BytesMessage.self)
    }
    let server = try await Loopback.server([Handlers.echo], port: port)
    #expect(try await within { try await waiting.value } == "x")
    client.shutDown()
    await server.shutdown(grace: .zero)
  }

  @Test func aWaitingCallCanBeCancelled() async throws {
    let client = try Loopback.client(port: try await Self.freePort())
    let waiting = Task {
      await status {
        try await client.unary(
          TestMethod.unary(), BytesMessage("x"), options: CallOptions(waitForReady: true), response: BytesMessage.self)
      }
    }
    waiting.cancel()
    #expect(try await within { await waiting.value }?.code == .cancelled)
    let second = Task {
      await status {
        try await client.unary(
          TestMethod.unary(), BytesMessage("x"), options: CallOptions(waitForReady: true), response: BytesMessage.self)
      }
    }
    await Task.yield()
    client.shutDown()
    #expect(try await within { await second.value }?.code == .unavailable)
  }

  @Test func aClientComesBackToAServerThatWasRestartedOnItsPort() async throws {
    let first = try await Loopback.server([Handlers.echo])
    let client = try Loopback.client(port: first.port)
    let _: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("first"))
    await first.shutdown(grace: .zero)
    let second = try await Loopback.server([Handlers.echo], port: first.port)
    let answer = try await within {
      try await client.unary(
        Handlers.echo.descriptor, BytesMessage("second"), options: CallOptions(waitForReady: true),
        response: BytesMessage.self)
    }
    #expect(answer == "second")
    #expect(second.statistics.snapshot.callsStarted == 1)
    client.shutDown()
    await second.shutdown(grace: .zero)
  }

  @Test func aClientThatIsLetGoClosesItsConnections() async throws {
    let server = try await Loopback.server([Handlers.echo])
    var client: RPCClient? = try Loopback.client(port: server.port)
    let _: BytesMessage? = try await client?.unary(Handlers.echo.descriptor, BytesMessage("x"))
    client = nil
    // Returns only when no connection is left; nothing ends them but the client itself.
    try await within { await server.shutdown(grace: .seconds(3_600)) }
    #expect(server.statistics.snapshot.connectionsOpen == 0)
  }

  /// A port that nobody listens on.
  private static func freePort() async throws -> Int {
    let server = try await Loopback.server([])
    let port = server.port
    await server.shutdown(grace: .zero)
    return port
  }
}
