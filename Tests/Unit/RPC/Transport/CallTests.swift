import NIOCore
import RPCCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallTests {
  @Test func aUnaryCallIsAnswered() async throws {
    try await Loopback.run([Handlers.echo]) { client, server in
      for message in ["", "hello"] as [BytesMessage] {
        let answer: BytesMessage = try await client.unary(Handlers.echo.descriptor, message)
        #expect(answer == message)
      }
      let large = BytesMessage.filled(4 << 20)
      let answer: BytesMessage = try await client.unary(Handlers.echo.descriptor, large)
      #expect(answer == large)
      #expect(server.statistics.snapshot.callsStarted == 3)
    }
  }

  @Test func aClientStreamIsSummedUp() async throws {
    let sum = RPCMethod.clientStreaming(TestMethod.clientStreaming) {
      (requests: RPCReader<BytesMessage>, _) -> BytesMessage in
      var all: [UInt8] = []
      for try await request in requests { all += request.bytes }
      return BytesMessage(all)
    }
    try await Loopback.run([sum]) { client, _ in
      let joined: BytesMessage = try await client.clientStreaming(TestMethod.clientStreaming) {
        (requests: ClientRequests<BytesMessage>) in
        for index in 0..<100 { try await requests.write(BytesMessage([UInt8(index)])) }
      }
      #expect(joined.bytes == (0..<100).map { UInt8($0) })
      let none: BytesMessage = try await client.clientStreaming(TestMethod.clientStreaming) {
        (_: ClientRequests<BytesMessage>) in
      }
      #expect(none.bytes.isEmpty)
    }
  }

  @Test func aServerStreamComesInOrder() async throws {
    let count = RPCMethod.serverStreaming(TestMethod.serverStreaming) {
      (request: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
      for index in 0..<request.bytes[0] { try await responses.write(BytesMessage([index])) }
    }
    try await Loopback.run([count]) { client, _ in
      for length in [0, 1, 200] as [UInt8] {
        let received = try await client.serverStreaming(TestMethod.serverStreaming, BytesMessage([length])) {
          (responses: ClientResponses<BytesMessage>) in
          var bytes: [UInt8] = []
          for try await response in responses { bytes += response.bytes }
          return bytes
        }
        #expect(received == Array(0..<length))
      }
    }
  }

  @Test func aBidirectionalCallGoesBackAndForth() async throws {
    try await Loopback.run([Handlers.bidirectionalEcho]) { client, _ in
      let received = try await client.bidirectional(TestMethod.bidirectional) {
        (requests: ClientRequests<BytesMessage>, responses: ClientResponses<BytesMessage>) in
        var iterator = responses.makeAsyncIterator()
        var received = 0
        for index in 0..<300 {
          let message = BytesMessage.filled(index * 7)
          try await requests.write(message)
          #expect(try await iterator.next() == message)
          received += 1
        }
        requests.finish()
        #expect(try await iterator.next() == nil)
        return received
      }
      #expect(received == 300)
    }
  }

  @Test func metadataTravelsBothWays() async throws {
    let method = RPCMethod.unary(TestMethod.unary()) { (request: BytesMessage, call) -> BytesMessage in
      #expect(call.metadata["x-text"] == "text")
      #expect(call.metadata.values("x-text").count == 2)
      #expect(call.metadata[bytes: "x-data-bin"] == [0, 1, 255])
      var initial = Metadata()
      initial.add("x-initial", "i")
      initial.add("x-long-" + String(repeating: "n", count: 300), "long")
      call.initialMetadata = initial
      var trailers = Metadata()
      trailers.add("x-trailer-bin", bytes: [9])
      call.trailers = trailers
      return request
    }
    try await Loopback.run([method]) { client, _ in
      var options = CallOptions()
      options.metadata.add("x-text", "text")
      options.metadata.add("x-text", "again")
      options.metadata.add("x-data-bin", bytes: [0, 1, 255])
      let answer = try await client.unaryWithMetadata(
        TestMethod.unary(), BytesMessage("m"), options: options, response: BytesMessage.self)
      #expect(answer.message == "m")
      #expect(answer.initialMetadata["x-initial"] == "i")
      #expect(answer.initialMetadata["x-long-" + String(repeating: "n", count: 300)] == "long")
      #expect(answer.trailers[bytes: "x-trailer-bin"] == [9])
    }
  }

  @Test func whatAHandlerThrowsIsTheStatus() async throws {
    struct Domain: RPCErrorConvertible {
      var rpcError: RPCError { RPCError(.failedPrecondition, "domain") }
    }
    struct Private: Error { let secret = "password" }
    var trailers = Metadata()
    trailers.add("x-reason", "because")
    let rich = RPCError(.notFound, "no such twin ☺ 100%", statusDetails: [8, 5, 0, 255], trailers: trailers)
    let methods = [
      Handlers.failing(rich, "Rich"), Handlers.failing(Domain(), "Domain"), Handlers.failing(Private(), "Private"),
      Handlers.failing(CancellationError(), "Cancelled"),
      Handlers.failing(MessageCodingError(messageName: "m", reason: "r"), "Coding"),
    ]
    try await Loopback.run(methods) { client, server in
      func call(_ name: String) async -> RPCError? {
        await status { try await client.unary(TestMethod.unary(name), BytesMessage(""), response: BytesMessage.self) }
      }
      #expect(await call("Rich") == rich)
      #expect(await call("Domain") == RPCError(.failedPrecondition, "domain"))
      #expect(await call("Private") == RPCError(.unknown, "the handler failed"))
      #expect(await call("Cancelled")?.code == .cancelled)
      #expect(await call("Coding")?.code == .internalError)
      #expect(await call("Missing")?.code == .unimplemented)
      let snapshot = server.statistics.snapshot
      #expect(snapshot.callsStarted == 6 && snapshot.callsEnded == 6)
    }
  }

  @Test func anErrorBeforeAnyMessageIsTrailersOnly() async throws {
    try await Loopback.run([
      .serverStreaming(TestMethod.serverStreaming) {
        (_: BytesMessage, _: RPCWriter<BytesMessage>, call: ServerCall) in
        var unused = Metadata()
        unused.add("x-initial", "never sent")
        call.initialMetadata = unused
        throw RPCError(.outOfRange, "none")
      }
    ]) { client, _ in
      let error = await status {
        try await client.call(TestMethod.serverStreaming, options: CallOptions()) { call in
          try await call.send(BytesMessage(""))
          call.finishSending()
          return try await call.initialMetadata
        }
      }
      #expect(error == RPCError(.outOfRange, "none"))
    }
  }

  @Test func messagesBeforeAnErrorAreStillRead() async throws {
    try await Loopback.run([
      .serverStreaming(TestMethod.serverStreaming) {
        (_: BytesMessage, responses: RPCWriter<BytesMessage>, _) in
        for index in 0..<10 { try await responses.write(BytesMessage([UInt8(index)])) }
        throw RPCError(.dataLoss, "after ten")
      }
    ]) { client, _ in
      let received = Events<UInt8>()
      let error = await status {
        try await client.serverStreaming(TestMethod.serverStreaming, BytesMessage("")) {
          (responses: ClientResponses<BytesMessage>) in
          for try await response in responses { received.record(response.bytes[0]) }
        }
      }
      #expect(error == RPCError(.dataLoss, "after ten"))
      #expect(received.all == Array(0..<10))
    }
  }

  @Test func initialMetadataCanBeSentAlone() async throws {
    try await Loopback.run([
      .bidirectional(TestMethod.bidirectional) {
        (requests: RPCReader<BytesMessage>, _: RPCWriter<BytesMessage>, call: ServerCall) in
        call.initialMetadata.add("x-early", "1")
        call.sendInitialMetadata()
        for try await _ in requests {}
      }
    ]) { client, _ in
      let early = try await client.call(TestMethod.bidirectional, options: CallOptions()) { call in
        let metadata = try await call.initialMetadata
        call.finishSending()
        #expect(try await call.receive(BytesMessage.self) == nil)
        return metadata["x-early"]
      }
      #expect(early == "1")
    }
  }

  @Test func messagesOverTheLimitAreRefusedOnEachSide() async throws {
    try await Loopback.run(
      [Handlers.echo, Handlers.bidirectionalEcho],
      server: { limits in
        limits.call.maxReceivedMessage = 1_000
        limits.call.maxSentMessage = 500
      },
      client: { $0.call.maxReceivedMessage = 100 }
    ) { client, _ in
      func echo(_ count: Int) async -> StatusCode? {
        await status {
          try await client.unary(Handlers.echo.descriptor, BytesMessage.filled(count), response: BytesMessage.self)
        }?.code
      }
      #expect(await echo(100) == nil)
      // Too long for the client to take in, for the server to send, for the server to take in.
      #expect(await echo(101) == .resourceExhausted)
      #expect(await echo(501) == .resourceExhausted)
      #expect(await echo(1_001) == .resourceExhausted)
      #expect(await echo(5 << 20) == .resourceExhausted)
      #expect(await echo(100) == nil)
    }
  }

  @Test func metadataLongerThanThePeerTakesIsAnErrorAndNoHang() async throws {
    let method = RPCMethod.unary(TestMethod.unary()) { (request: BytesMessage, call) -> BytesMessage in
      let long = String(repeating: "x", count: 20_000)
      switch request.text {
      case "initial": call.initialMetadata.add("x-long", long)
      case "trailers": call.trailers.add("x-long", long)
      case "huge": call.trailers.add("x-long", String(repeating: "x", count: 3 << 20))
      case "message": throw RPCError(.aborted, long)
      default: break
      }
      return request
    }
    try await Loopback.run([method]) { client, _ in
      func call(_ text: String, _ options: CallOptions = CallOptions()) async -> StatusCode? {
        await status {
          try await client.unary(
            TestMethod.unary(), BytesMessage(Array(text.utf8)), options: options, response: BytesMessage.self)
        }?.code
      }
      #expect(await call("initial") == .resourceExhausted)
      #expect(await call("trailers") == .resourceExhausted)
      #expect(await call("huge") == .resourceExhausted)
      #expect(await call("message") == .aborted)
      var options = CallOptions()
      options.metadata.add("x-long", String(repeating: "x", count: 20_000))
      #expect(await call("", options) == .resourceExhausted)
      #expect(await call("fine") == nil)
    }
  }

  @Test func gzipIsUsedInBothDirectionsWhenAskedFor() async throws {
    let method = RPCMethod.unary(TestMethod.unary()) { (request: BytesMessage, call) -> BytesMessage in
      #expect(call.lastRequestWasCompressed)
      call.responseEncoding = .gzip
      return request
    }
    try await Loopback.run([method]) { client, _ in
      let message = BytesMessage(Array(repeating: 65, count: 100_000))
      let answer: BytesMessage = try await client.unary(
        TestMethod.unary(), message, options: CallOptions(encoding: .gzip))
      #expect(answer == message)
      let wasCompressed = try await client.call(TestMethod.unary(), options: CallOptions(encoding: .gzip)) { call in
        try await call.send(message)
        call.finishSending()
        #expect(try await call.receive(BytesMessage.self) == message)
        return call.lastResponseWasCompressed
      }
      #expect(wasCompressed)
    }
  }

  @Test func aMessageThatUnfoldsBeyondTheLimitIsRefused() async throws {
    try await Loopback.run([Handlers.echo], server: { $0.call.maxReceivedMessage = 100_000 }) { client, _ in
      let error = await status {
        try await client.unary(
          Handlers.echo.descriptor, BytesMessage(Array(repeating: 0, count: 4_000_000)),
          options: CallOptions(encoding: .gzip), response: BytesMessage.self)
      }
      #expect(error?.code == .resourceExhausted)
    }
  }

  @Test func manyCallsAtOnceShareAConnection() async throws {
    try await Loopback.run([Handlers.echo], server: { $0.http2.maxConcurrentStreams = 16 }) { client, server in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<1_000 {
          group.addTask {
            let message = BytesMessage.filled(index)
            return try await client.unary(Handlers.echo.descriptor, message) == message
          }
        }
        for try await isSame in group { #expect(isSame) }
      }
      #expect(server.statistics.snapshot.connectionsOpened == 1)
    }
  }
}
