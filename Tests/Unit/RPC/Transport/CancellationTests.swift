import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
  private static func everyStartIsCancelled(_ events: [String]) -> Bool {
    events.count { $0 == "started" } == events.count { $0 == "cancelled" }
  }

  @Test func aDeadlineEndsTheCallOnBothSides() async throws {
    let events = Events<String>()
    try await Loopback.run([Handlers.stuck(events)]) { client, _ in
      // Until one has reached the server: on a busy machine the time may run out on the way.
      while events.all.isEmpty {
        let error = await status {
          try await client.unary(
            TestMethod.unary("Stuck"), BytesMessage(""), options: CallOptions(timeout: .milliseconds(30)),
            response: BytesMessage.self)
        }
        #expect(error?.code == .deadlineExceeded)
      }
      // More than one may have: each that started is cancelled.
      try await events.wait { Self.everyStartIsCancelled($0) }
    }
  }

  @Test func theServerKeepsADeadlineThatItsClientForgets() async throws {
    let events = Events<String>()
    let answers = Events<String>()
    let server = try await Loopback.server([Handlers.stuck(events)])
    let peer = try await ScriptedPeer.connect(port: server.port) { _, event in
      if case .headers(_, let block, let isLast) = event {
        answers.record("\(block.text(.grpcStatus) ?? "") \(isLast)")
      }
    }
    try await peer.perform { connection in
      let headers = ScriptedPeer.list(WireFrame.call("/test.Service/Stuck", [("grpc-timeout", "30m")]))
      guard let stream = try? connection.http2.request(headers) else { return }
      connection.http2.send(stream, ScriptedPeer.framed([]))
      connection.http2.end(stream)
    }
    try await within { try await answers.wait(count: 1) }
    #expect(answers.all == ["4 true"])
    try await within { try await events.wait { Self.everyStartIsCancelled($0) } }
    await peer.close()
    await server.shutdown(grace: .zero)
  }

  @Test func aDeadlineThatHasPassedNeverReachesTheServer() async throws {
    try await Loopback.run([Handlers.echo]) { client, server in
      let _: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("connects"))
      for timeout in [Duration.zero, .seconds(-5)] {
        let error = await status {
          try await client.unary(
            Handlers.echo.descriptor, BytesMessage(""), options: CallOptions(timeout: timeout),
            response: BytesMessage.self)
        }
        #expect(error?.code == .deadlineExceeded)
      }
      #expect(server.statistics.snapshot.callsStarted == 1)
    }
  }

  @Test func aDownstreamCallGetsWhatIsLeftOfTheTime() async throws {
    let seen = Events<Duration?>()
    let downstream = try await Loopback.server([
      .unary(TestMethod.unary("Inner")) { (request: BytesMessage, call) -> BytesMessage in
        seen.record(call.deadline?.remaining)
        return request
      }
    ])
    let inner = try Loopback.client(port: downstream.port)
    let outer = RPCMethod.unary(TestMethod.unary("Outer")) { (request: BytesMessage, _) -> BytesMessage in
      let longer = CallOptions(timeout: .seconds(3_600))
      _ = try await inner.unary(TestMethod.unary("Inner"), request, options: longer, response: BytesMessage.self)
      return try await inner.unary(TestMethod.unary("Inner"), request)
    }
    try await Loopback.run([outer]) { client, _ in
      let _: BytesMessage = try await client.unary(
        TestMethod.unary("Outer"), BytesMessage("x"), options: CallOptions(timeout: .seconds(40)))
      let remaining = try #require(seen.all.first ?? nil)
      #expect(remaining > .zero && remaining < .seconds(40))
      let later = try #require(seen.all.last ?? nil)
      #expect(later > .zero && later < remaining)
      // Without a deadline on the way in there is none on the way out.
      let _: BytesMessage = try await client.unary(TestMethod.unary("Outer"), BytesMessage("x"))
      #expect(seen.all.count == 4 && seen.all[3] == nil)
    }
    inner.shutDown()
    await downstream.shutdown(grace: .zero)
  }

  @Test func cancellingTheTaskCancelsTheHandler() async throws {
    let events = Events<String>()
    try await Loopback.run([Handlers.stuck(events)]) { client, _ in
      let call = Task {
        await status {
          try await client.unary(TestMethod.unary("Stuck"), BytesMessage(""), response: BytesMessage.self)
        }
      }
      try await events.wait(count: 1)
      call.cancel()
      #expect(await call.value?.code == .cancelled)
      try await events.wait { $0 == ["started", "cancelled"] }
    }
  }

  @Test func leavingTheClosureCancelsTheHandler() async throws {
    let events = Events<String>()
    let method = RPCMethod.bidirectional(TestMethod.bidirectional) {
      (requests: RPCReader<BytesMessage>, responses: RPCWriter<BytesMessage>, _) in
      try await responses.write("hello")
      do {
        for try await _ in requests {}
        events.record("ended")
      } catch let error as RPCError {
        events.record(error.code.name)
      }
    }
    try await Loopback.run([method]) { client, _ in
      let first = try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
        try await call.receive(BytesMessage.self)
      }
      #expect(first == "hello")
      try await events.wait { $0 == ["CANCELLED"] }
    }
  }

  @Test func aCallCancelledByHandEndsItsReader() async throws {
    try await Loopback.run([Handlers.bidirectionalEcho]) { client, _ in
      let error = await status {
        try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
          call.cancel()
          return try await call.receive(BytesMessage.self)
        }
      }
      #expect(error?.code == .cancelled)
    }
  }

  @Test func aServerThatResetsACallCancelsIt() async throws {
    let peer = try await ScriptedPeer.listen { connection, event in
      if case .headers(let stream, _, _) = event { connection.http2.reset(stream, .cancel) }
    }
    let client = try Loopback.client(port: peer.port)
    let error = try await within {
      await status { try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self) }
    }
    #expect(error?.code == .cancelled)
    client.shutDown()
    await peer.close()
  }

  @Test func tasksThatOutliveTheirHandlerAreNotLeftWaiting() async throws {
    let events = Events<String>()
    let method = RPCMethod.bidirectional(TestMethod.bidirectional) {
      (requests: RPCReader<BytesMessage>, responses: RPCWriter<BytesMessage>, _) in
      Task {
        do { for try await _ in requests {} } catch { events.record("reader") }
      }
      Task {
        do { while true { try await responses.write(.filled(10_000)) } } catch { events.record("writer") }
      }
      try await events.wait { $0.contains("go") }
    }
    try await Loopback.run([method]) { client, _ in
      try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
        #expect(try await call.receive(BytesMessage.self) != nil)
        events.record("go")
        while try await call.receive(BytesMessage.self) != nil {}
      }
      try await events.wait { $0.contains("reader") && $0.contains("writer") }
    }
  }

  @Test func threeThousandCancelsInARowAreHonest() async throws {
    let events = Events<String>()
    try await Loopback.run([Handlers.stuck(events), Handlers.echo]) { client, server in
      for index in 1...3_000 {
        let call = Task {
          await status {
            try await client.unary(TestMethod.unary("Stuck"), BytesMessage(""), response: BytesMessage.self)
          }
        }
        if index % 2 == 0 { await Task.yield() }
        call.cancel()
        #expect(await call.value?.code == .cancelled)
      }
      let answer: BytesMessage = try await client.unary(Handlers.echo.descriptor, BytesMessage("still here"))
      #expect(answer == "still here")
      #expect(server.statistics.snapshot.connectionsOpened == 1)
    }
  }
}
