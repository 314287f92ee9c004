import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

/// How much a sender gets rid of while its peer doesn't read. The bounds hold at any moment, so when they are looked at
/// doesn't matter; other calls on the connection give the sender every chance to break them.
@Suite(.timeLimit(.minutes(1))) struct BackPressureTests {
  private static let size = 1_000
  private static let count = 20_000
  private static let window = 64 * 1024

  /// Bytes that may be under way: the peer's window twice (what it holds unread, and what it gave back for messages that
  /// its reader is about to take), what the sender may queue, and one message.
  private static let bound = 2 * window + 64 * 1024 + size

  @Test func aServerThatStreamsToASlowReaderIsHeldUp() async throws {
    let accepted = Events<Void>()
    let method = RPCMethod.serverStreaming(TestMethod.serverStreaming) {
      (_: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
      let message = BytesMessage.filled(Self.size)
      for _ in 0..<Self.count {
        try await responses.write(message)
        accepted.record(())
      }
    }
    try await Loopback.run([method, Handlers.echo], client: { $0.http2.streamWindow = Self.window }) { client, _ in
      let received = try await client.call(TestMethod.serverStreaming, options: CallOptions()) { call in
        try await call.send(BytesMessage(""))
        call.finishSending()
        try await accepted.wait(count: Self.window / Self.size)
        for _ in 0..<100 { let _: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("x")) }
        #expect(accepted.all.count * Self.size <= Self.bound)
        var received = 0
        while let message: BytesMessage = try await call.receive() {
          received += 1
          #expect(message.bytes.count == Self.size)
        }
        return received
      }
      #expect(received == Self.count)
      #expect(accepted.all.count == Self.count)
    }
  }

  @Test func aClientThatStreamsToASlowHandlerIsHeldUp() async throws {
    let accepted = Events<Void>()
    let gate = Events<Void>()
    let method = RPCMethod.clientStreaming(TestMethod.clientStreaming) {
      (requests: RPCReader<BytesMessage>, _) -> BytesMessage in
      try await gate.wait(count: 1)
      var count = 0
      for try await _ in requests { count += 1 }
      return BytesMessage("\(count)")
    }
    try await Loopback.run([method, Handlers.echo], server: { $0.http2.streamWindow = Self.window }) { client, _ in
      let answer: BytesMessage = try await client.clientStreaming(TestMethod.clientStreaming) {
        (requests: ClientRequests<BytesMessage>) in
        async let observer: Void = {
          try await accepted.wait(count: Self.window / Self.size)
          for _ in 0..<100 { let _: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("x")) }
          #expect(accepted.all.count * Self.size <= Self.bound)
          gate.record(())
        }()
        let message = BytesMessage.filled(Self.size)
        for _ in 0..<Self.count {
          try await requests.write(message)
          accepted.record(())
        }
        try await observer
      }
      #expect(answer.text == "\(Self.count)")
    }
  }

  @Test func oneSlowReaderDoesNotHoldUpOtherCalls() async throws {
    let method = RPCMethod.serverStreaming(TestMethod.serverStreaming) {
      (_: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
      while true { try await responses.write(.filled(50_000)) }
    }
    try await Loopback.run([method, Handlers.echo], client: { $0.http2.connectionWindow = 65_535 }) { client, _ in
      try await client.call(TestMethod.serverStreaming, options: CallOptions()) { call in
        try await call.send(BytesMessage(""))
        call.finishSending()
        #expect(try await call.receive(BytesMessage.self) != nil)
        // Far more than the connection's window.
        for _ in 0..<50 {
          let message = BytesMessage.filled(30_000)
          #expect(try await client.unary(Handlers.echo.descriptor, message) == message)
        }
      }
    }
  }

  @Test func messagesLargerThanTheWindowPass() async throws {
    try await Loopback.run(
      [Handlers.bidirectionalEcho],
      server: { limits in
        limits.http2.streamWindow = 65_535
        limits.call.maxReceivedMessage = 2 << 20
      },
      client: { $0.http2.streamWindow = 65_535 }
    ) { client, _ in
      try await client.bidirectional(TestMethod.bidirectional) {
        (requests: ClientRequests<BytesMessage>, responses: ClientResponses<BytesMessage>) in
        var iterator = responses.makeAsyncIterator()
        for size in [65_530, 65_531, 100_000, 1 << 20, 1] {
          let message = BytesMessage.filled(size)
          async let written: Void = requests.write(message)
          #expect(try await iterator.next() == message)
          try await written
        }
        requests.finish()
      }
    }
  }

  @Test func whatAllCallsOfAConnectionHoldUnreadIsBounded() async throws {
    let gate = Events<Void>()
    let method = RPCMethod.clientStreaming(TestMethod.clientStreaming) {
      (requests: RPCReader<BytesMessage>, _) -> BytesMessage in
      try await gate.wait(count: 1)
      for try await _ in requests {}
      return BytesMessage("read")
    }
    let sent = Events<Void>()
    try await Loopback.run(
      [method, Handlers.echo],
      server: { limits in
        limits.http2.streamWindow = 100_000
        limits.maxUnreadBytesPerConnection = 350_000
      }
    ) { client, _ in
      let codes = try await withThrowingTaskGroup(of: StatusCode?.self) { group in
        for _ in 0..<6 {
          group.addTask {
            await status {
              let _: BytesMessage = try await client.clientStreaming(TestMethod.clientStreaming) {
                (requests: ClientRequests<BytesMessage>) in
                try await requests.write(.filled(80_000))
                sent.record(())
              }
            }?.code
          }
        }
        // Four times 80 kB fit, the fifth doesn't; a call that was ended holds nothing any more.
        var codes: [StatusCode?] = []
        for try await code in group {
          codes.append(code)
          if codes.count == 2 { gate.record(()) }
        }
        return codes
      }
      #expect(codes.filter { $0 == .resourceExhausted }.count == 2)
      #expect(codes.filter { $0 == nil }.count == 4)
      let _: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("x"))
    }
  }

  @Test func whatAllAnswersOfAConnectionHoldUnsentIsBounded() async throws {
    let server = try await Loopback.server([
      .unary(TestMethod.unary()) { (_: BytesMessage, _) in BytesMessage.filled(100_000) }, Handlers.echo,
    ]) { $0.maxUnsentBytesPerConnection = 250_000 }
    var limits = HTTP2Limits()
    // The peer lets nothing out but headers.
    limits.streamWindow = 0
    let statuses = Events<String>()
    let peer = try await ScriptedPeer.connect(port: server.port, limits: limits) { _, event in
      if case .headers(_, let block, _) = event, let status = block.text(.grpcStatus) { statuses.record(status) }
    }
    try await peer.perform { connection in
      for _ in 0..<10 {
        guard
          let stream = try? connection.http2.request(ScriptedPeer.list(WireFrame.call("/test.Service/Unary")))
        else { return }
        connection.http2.send(stream, ScriptedPeer.framed([]))
        connection.http2.end(stream)
      }
    }
    // Two answers fit; the others end with RESOURCE_EXHAUSTED.
    try await within { try await statuses.wait(count: 8) }
    #expect(statuses.all == Array(repeating: "8", count: 8))
    await peer.close()
    await server.shutdown(grace: .zero)
  }
}
