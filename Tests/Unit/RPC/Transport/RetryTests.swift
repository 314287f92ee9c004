import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryTests {
  /// Fails with `UNAVAILABLE` the first `times` times.
  private static func flaky(_ times: Int, isIdempotent: Bool, _ calls: Events<Void>) -> RPCMethod {
    RPCMethod.unary(TestMethod.unary("Flaky", isIdempotent: isIdempotent)) {
      (request: BytesMessage, _) -> BytesMessage in
      calls.record(())
      if calls.all.count <= times { throw RPCError(.unavailable, "not now") }
      return request
    }
  }

  @Test func anIdempotentCallIsMadeAgainUntilItSucceeds() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(3, isIdempotent: true, calls)
    try await Loopback.run([method]) { client, _ in
      let answer: BytesMessage = try await client.unary(method.descriptor, BytesMessage("x"))
      #expect(answer == "x")
      #expect(calls.all.count == 4)
    }
  }

  @Test func attemptsAreLimited() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(1_000, isIdempotent: true, calls)
    try await Loopback.run([method], client: { $0.retry.maxAttempts = 3 }) { client, _ in
      let error = await status {
        try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self)
      }
      #expect(error == RPCError(.unavailable, "not now"))
      #expect(calls.all.count == 3)
    }
  }

  @Test func aCallThatIsNotIdempotentIsMadeOnce() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(1, isIdempotent: false, calls)
    try await Loopback.run([method]) { client, _ in
      let error = await status {
        try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self)
      }
      #expect(error?.code == .unavailable)
      #expect(calls.all.count == 1)
    }
  }

  @Test func otherErrorsAreNotRetried() async throws {
    let calls = Events<Void>()
    let method = RPCMethod.unary(TestMethod.unary("Aborts", isIdempotent: true)) {
      (_: BytesMessage, _) -> BytesMessage in
      calls.record(())
      throw RPCError(.aborted, "no")
    }
    try await Loopback.run([method]) { client, _ in
      let error = await status {
        try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self)
      }
      #expect(error?.code == .aborted)
      #expect(calls.all.count == 1)
    }
  }

  @Test func theBudgetStopsRetriesWhenAServerKeepsFailing() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(1_000_000, isIdempotent: true, calls)
    try await Loopback.run(
      [method],
      client: { limits in
        limits.retry.maxTokens = 20
        limits.retry.tokenRatio = 0
      }
    ) { client, _ in
      for _ in 0..<100 {
        let error = await status {
          try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self)
        }
        #expect(error?.code == .unavailable)
      }
      // Nine failures leave eleven tokens; two of them were the last attempt of their call, seven were retried.
      #expect(calls.all.count == 107)
    }
  }

  @Test func aRefusedStreamIsTriedAgainWhateverItsMethod() async throws {
    let seen = Events<Int32>()
    let peer = try await ScriptedPeer.listen { connection, event in
      guard case .headers(let stream, _, _) = event else { return }
      seen.record(stream.id)
      if seen.all.count <= 3 { connection.http2.reset(stream, .refusedStream) } else { connection.answer(stream, [7]) }
    }
    let client = try Loopback.client(port: peer.port)
    let answer = try await within {
      try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self)
    }
    #expect(answer.bytes == [7])
    #expect(seen.all == [1, 3, 5, 7])
    client.shutDown()
    await peer.close()
  }

  @Test func aCallThatAGoAwayLeftBehindIsMadeOnTheNextConnection() async throws {
    let peer = try await ScriptedPeer.listen { connection, event in
      guard case .headers(let stream, _, _) = event else { return }
      if connection.number == 1 {
        // As a server that had not come to this stream yet says it.
        connection.sendGoAway(lastStreamID: 0)
      } else {
        connection.answer(stream, [UInt8(connection.number)])
      }
    }
    let client = try Loopback.client(port: peer.port)
    let answer = try await within {
      try await client.unary(TestMethod.unary(), BytesMessage(""), response: BytesMessage.self)
    }
    #expect(answer.bytes == [2])
    client.shutDown()
    await peer.close()
  }

  @Test func aRetryThatDoesNotFitBeforeTheDeadlineIsNotMade() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(1_000, isIdempotent: true, calls)
    try await Loopback.run(
      [method],
      client: { limits in
        limits.retry.backoff.initial = .seconds(3_600)
        limits.retry.backoff.maximum = .seconds(3_600)
      }
    ) { client, _ in
      let error = await status {
        try await client.unary(
          method.descriptor, BytesMessage("x"), options: CallOptions(timeout: .seconds(600)),
          response: BytesMessage.self)
      }
      #expect(error?.code == .unavailable)
      #expect(calls.all.count == 1)
    }
  }

  // MARK: Calls whose answer is a stream

  private static func listing(isIdempotent: Bool) -> MethodDescriptor {
    MethodDescriptor(service: "test.Service", method: "List", kind: .serverStreaming, isIdempotent: isIdempotent)
  }

  /// What a call of `method` gives; records every run of its body.
  private static func list(_ client: RPCClient, _ method: MethodDescriptor, _ bodies: Events<Void> = Events())
    async throws -> [BytesMessage]
  {
    try await client.serverStreaming(method, BytesMessage("x")) { (responses: ClientResponses<BytesMessage>) in
      bodies.record(())
      var all: [BytesMessage] = []
      for try await response in responses { all.append(response) }
      return all
    }
  }

  @Test func anIdempotentStreamIsAskedForAgainUntilItsFirstMessage() async throws {
    let calls = Events<BytesMessage>()
    let bodies = Events<Void>()
    let method = RPCMethod.serverStreaming(Self.listing(isIdempotent: true)) {
      (request: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
      calls.record(request)
      if calls.all.count <= 3 { throw RPCError(.unavailable, "not now") }
      try await responses.write("a")
      try await responses.write("b")
    }
    try await Loopback.run([method]) { client, _ in
      let answers = try await Self.list(client, method.descriptor, bodies)
      #expect(answers == ["a", "b"])
      #expect(calls.all == ["x", "x", "x", "x"])
      #expect(bodies.all.count == 1)
    }
  }

  @Test func aStreamIsNotAskedForAgainAfterItsFirstMessage() async throws {
    let calls = Events<Void>()
    let method = RPCMethod.serverStreaming(Self.listing(isIdempotent: true)) {
      (_: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
      calls.record(())
      try await responses.write("a")
      throw RPCError(.unavailable, "no more")
    }
    try await Loopback.run([method]) { client, _ in
      let error = await status { try await Self.list(client, method.descriptor) }
      #expect(error == RPCError(.unavailable, "no more"))
      #expect(calls.all.count == 1)
    }
  }

  @Test func aStreamThatIsNotIdempotentIsAskedForOnce() async throws {
    let calls = Events<Void>()
    let method = RPCMethod.serverStreaming(Self.listing(isIdempotent: false)) {
      (_: BytesMessage, _: RPCWriter<BytesMessage>, _) in
      calls.record(())
      throw RPCError(.unavailable, "not now")
    }
    try await Loopback.run([method]) { client, _ in
      let error = await status { try await Self.list(client, method.descriptor) }
      #expect(error == RPCError(.unavailable, "not now"))
      #expect(calls.all.count == 1)
    }
  }

  @Test func aRefusedStreamingCallIsTriedAgainWhateverItsMethod() async throws {
    let seen = Events<Int32>()
    let peer = try await ScriptedPeer.listen { connection, event in
      guard case .headers(let stream, _, _) = event else { return }
      seen.record(stream.id)
      if seen.all.count <= 3 { connection.http2.reset(stream, .refusedStream) } else { connection.answer(stream, [7]) }
    }
    let client = try Loopback.client(port: peer.port)
    let answers = try await within { try await Self.list(client, Self.listing(isIdempotent: false)) }
    #expect(answers == [BytesMessage([7])])
    #expect(seen.all == [1, 3, 5, 7])
    client.shutDown()
    await peer.close()
  }

  @Test func metadataAloneLetTheBodyOfAStreamBegin() async throws {
    let gate = Events<Void>()
    let method = RPCMethod.serverStreaming(Self.listing(isIdempotent: true)) {
      (_: BytesMessage, responses: RPCWriter<BytesMessage>, call: ServerCall) in
      call.sendInitialMetadata()
      try await gate.wait(count: 1)
      try await responses.write("a")
    }
    try await Loopback.run([method]) { client, _ in
      let answers = try await Self.list(client, method.descriptor, gate)
      #expect(answers == ["a"])
    }
  }

  @Test func aStreamThatIsNotAnsweredYetCanBeCancelled() async throws {
    let events = Events<String>()
    let method = RPCMethod.serverStreaming(Self.listing(isIdempotent: true)) {
      (_: BytesMessage, _: RPCWriter<BytesMessage>, _) in
      events.record("started")
      do { try await Task.sleep(for: .seconds(3_600)) } catch {
        events.record("cancelled")
        throw error
      }
    }
    try await Loopback.run([method]) { client, _ in
      let call = Task { await status { try await Self.list(client, method.descriptor) } }
      try await events.wait(count: 1)
      call.cancel()
      #expect(await call.value?.code == .cancelled)
      try await events.wait { $0 == ["started", "cancelled"] }
    }
  }

  // MARK: What the budget counts

  @Test func aServerThatCannotBeReachedDoesNotSpendTheBudget() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(3, isIdempotent: true, calls)
    let first = try await Loopback.server([Handlers.echo])
    let client = try Loopback.client(port: first.port) { limits in
      // Three failures may be retried, and the budget never fills again.
      limits.retry.maxTokens = 8
      limits.retry.tokenRatio = 0
    }
    await first.shutdown(grace: .zero)
    for _ in 0..<20 {
      let error = await status {
        try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self)
      }
      #expect(error?.code == .unavailable)
    }
    let second = try await Loopback.server([method], port: first.port)
    let answer = try await within {
      try await client.unary(
        method.descriptor, BytesMessage("x"), options: CallOptions(waitForReady: true), response: BytesMessage.self)
    }
    #expect(answer == "x")
    #expect(calls.all.count == 4)
    client.shutDown()
    await second.shutdown(grace: .zero)
  }

  @Test func aCallThatCouldOnlyBeStartedGivesNothingBackToTheBudget() async throws {
    let calls = Events<Void>()
    let method = Self.flaky(1_000_000, isIdempotent: true, calls)
    try await Loopback.run(
      [method, Handlers.bidirectionalEcho],
      client: { limits in
        limits.retry.maxTokens = 4
        limits.retry.tokenRatio = 4
      }
    ) { client, _ in
      func failedAttempts() async -> Int {
        let before = calls.all.count
        _ = await status { try await client.unary(method.descriptor, BytesMessage("x"), response: BytesMessage.self) }
        return calls.all.count - before
      }
      #expect(await failedAttempts() == 2)
      try await client.call(TestMethod.bidirectional, options: CallOptions()) { _ in }
      #expect(await failedAttempts() == 1)
      // One that ends well does.
      try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
        call.finishSending()
        let answer = try await call.receive(BytesMessage.self)
        #expect(answer == nil)
      }
      #expect(await failedAttempts() == 2)
    }
  }
}
