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
}
