import NIOCore
import Testing

@testable import RPCHTTP2

@Suite struct HTTP2ConnectionTests {
  @Test(arguments: [1, 2, 7, 64, Int.max])
  func aCallCrossesInPiecesOfAnySize(piece: Int) throws {
    let pair = try ConnectionPair()
    var headers = ConnectionPair.requestHeaders(path: "/a.B/C")
    headers.add("x-custom", "value")
    let request = try pair.client.request(headers)
    pair.client.send(request, ByteBuffer(string: "question"))
    pair.client.end(request)
    try pair.exchange(piece: piece)

    let stream = try #require(pair.server.stream(request.id))
    let received = try #require(pair.serverEvents.headers(stream).first)
    #expect(received.block.text(.path) == "/a.B/C")
    #expect(received.block.text(.contentType) == "application/grpc")
    var others: [String: String] = [:]
    received.block.forEach { token, name, value in
      if token == .other { others[String(decoding: name)] = String(decoding: value) }
    }
    #expect(others == ["x-custom": "value"])
    #expect(!received.isLast)
    #expect(pair.serverEvents.data(stream) == Array("question".utf8))
    #expect(stream.remoteEnded)

    pair.server.respond(stream, ConnectionPair.responseHeaders)
    pair.server.send(stream, ByteBuffer(string: "an"))
    pair.server.send(stream, ByteBuffer(string: "swer"))
    pair.server.end(stream, trailers: ConnectionPair.okTrailers)
    try pair.exchange(piece: piece)
    let answers = pair.clientEvents.headers(request)
    #expect(answers.map(\.isLast) == [false, true])
    #expect(answers.last?.block.text(.grpcStatus) == "0")
    #expect(pair.clientEvents.data(request) == Array("answer".utf8))
    #expect(pair.clientEvents.closeCode(request) == .noError)
    #expect(pair.serverEvents.closeCode(stream) == .noError)
    #expect(pair.client.streamCount == 0 && pair.server.streamCount == 0)
  }

  @Test func anAnswerOfHeadersAloneEndsTheStreamAndTellsTheClientToStop() throws {
    let pair = try ConnectionPair()
    let (request, stream) = try pair.open()
    pair.server.respondOnly(stream, ConnectionPair.okTrailers.withStatus)
    try pair.exchange()
    #expect(pair.clientEvents.headers(request).map(\.isLast) == [true])
    // The request had not ended: RFC 9113 §8.1 lets the server reset it without blame.
    #expect(pair.clientEvents.closeCode(request) == .noError)
    #expect(pair.server.streamCount == 0)
  }

  @Test func aPeerSendsNoMoreThanTheStreamWindowUntilTheReaderConsumes() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 100_000
    let pair = try ConnectionPair(server: limits)
    let (request, stream) = try pair.open()
    pair.client.send(request, ByteBuffer(repeating: 7, count: 250_000))
    try pair.exchange()
    #expect(pair.serverEvents.data(stream).count == 100_000)
    #expect(request.queuedBytes == 150_000)
    #expect(pair.client.queuedBytes == 150_000)
    // A second stream has a window of its own.
    let (other, otherStream) = try pair.open()
    pair.client.send(other, ByteBuffer(string: "x"))
    try pair.exchange()
    #expect(pair.serverEvents.data(otherStream).count == 1)

    pair.server.consume(stream, bytes: 100_000)
    try pair.exchange()
    #expect(pair.serverEvents.data(stream).count == 200_000)
    pair.server.consume(stream, bytes: 100_000)
    try pair.exchange()
    #expect(pair.serverEvents.data(stream).count == 250_000)
    #expect(pair.client.queuedBytes == 0)
  }

  @Test func theConnectionWindowIsGivenBackAsBytesArrive() throws {
    var limits = HTTP2Limits()
    limits.connectionWindow = 65_535
    limits.streamWindow = 1_000_000
    let pair = try ConnectionPair(server: limits)
    let (request, stream) = try pair.open()
    pair.client.send(request, ByteBuffer(repeating: 7, count: 900_000))
    try pair.exchange()
    #expect(pair.serverEvents.data(stream).count == 900_000)
  }

  @Test func drainedIsToldOnceWhenTheQueueHasFallenToTheMark() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 70_000
    let pair = try ConnectionPair(server: limits)
    let (request, stream) = try pair.open()
    pair.client.send(request, ByteBuffer(repeating: 7, count: 100_000))
    pair.client.notifyDrained(request, mark: 10_000)
    try pair.exchange()
    #expect(pair.clientEvents.drainedCount(request) == 0)
    pair.server.consume(stream, bytes: 70_000)
    try pair.exchange()
    #expect(pair.clientEvents.drainedCount(request) == 1)
    #expect(request.queuedBytes == 0)
  }

  @Test func aQueueThatNeverRunsDryLetsGoOfWhatHasLeft() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 65_535
    let pair = try ConnectionPair(server: limits)
    let (request, stream) = try pair.open()
    pair.client.send(request, ByteBuffer(repeating: 1, count: 65_535))
    try pair.exchange()
    // From here on one buffer more is always queued than the window lets through.
    for _ in 0..<2_000 {
      pair.client.send(request, ByteBuffer(repeating: 1, count: 40_000))
      pair.server.consume(stream, bytes: 40_000)
      try pair.exchange()
      #expect(request.queuedBytes <= 80_000)
    }
    #expect(request.queueSlots < 100)
  }

  @Test func aResetEndsBothSidesAndDropsWhatIsQueued() throws {
    let pair = try ConnectionPair()
    let (request, stream) = try pair.open()
    pair.client.send(request, ByteBuffer(repeating: 7, count: 10_000_000))
    try pair.exchange()
    #expect(pair.client.queuedBytes > 0)
    pair.client.reset(request, .cancel)
    #expect(pair.client.queuedBytes == 0)
    try pair.exchange()
    #expect(pair.serverEvents.closeCode(stream) == .cancel)
    #expect(pair.clientEvents.closeCode(request) == .cancel)
    #expect(stream.isClosed && request.isClosed)

    let (second, secondStream) = try pair.open()
    pair.server.reset(secondStream, .enhanceYourCalm)
    try pair.exchange()
    #expect(pair.clientEvents.closeCode(second) == .enhanceYourCalm)
    // What is done with a stream that is gone has no effect.
    pair.server.send(secondStream, ByteBuffer(string: "late"))
    pair.server.end(secondStream)
    pair.server.reset(secondStream, .cancel)
    try pair.exchange()
    #expect(pair.server.streamCount == 0)
  }

  @Test func dataForAStreamThatWasResetDoesNotEatTheConnectionWindow() throws {
    var limits = HTTP2Limits()
    limits.connectionWindow = 65_535
    let pair = try ConnectionPair(server: limits)
    for _ in 0..<20 {
      let (request, stream) = try pair.open()
      pair.server.reset(stream, .cancel)
      pair.client.send(request, ByteBuffer(repeating: 1, count: 30_000))
      try pair.exchange()
    }
    let (last, lastStream) = try pair.open()
    pair.client.send(last, ByteBuffer(repeating: 1, count: 30_000))
    try pair.exchange()
    #expect(pair.serverEvents.data(lastStream).count == 30_000)
  }

  @Test func trailersPassAWindowThatIsUsedUp() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 65_535
    let pair = try ConnectionPair(client: limits)
    let (request, stream) = try pair.open()
    pair.server.respond(stream, ConnectionPair.responseHeaders)
    pair.server.send(stream, ByteBuffer(repeating: 7, count: 65_535))
    try pair.exchange()
    #expect(pair.clientEvents.data(request).count == 65_535)
    // The client has all of the answer and need not open its window again.
    pair.server.end(stream, trailers: ConnectionPair.okTrailers)
    try pair.exchange()
    #expect(pair.clientEvents.headers(request).last?.block.text(.grpcStatus) == "0")
    #expect(pair.server.streamCount == 0)
  }

  @Test func trailersAtOnceDropWhatIsQueuedBehindAWindowThatIsUsedUp() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 65_535
    let pair = try ConnectionPair(client: limits)
    let (request, stream) = try pair.open()
    pair.server.respond(stream, ConnectionPair.responseHeaders)
    pair.server.send(stream, ByteBuffer(repeating: 7, count: 1_000_000))
    try pair.exchange()
    pair.server.endNow(stream, trailers: ConnectionPair.okTrailers)
    #expect(pair.server.queuedBytes == 0)
    try pair.exchange()
    #expect(pair.clientEvents.data(request).count == 65_535)
    #expect(pair.clientEvents.headers(request).last?.block.text(.grpcStatus) == "0")
    #expect(pair.client.streamCount == 0 && pair.server.streamCount == 0)
  }

  @Test func trailersAtOnceFollowHeadersThatHaveNotLeftYet() throws {
    let pair = try ConnectionPair()
    let (request, stream) = try pair.open()
    pair.server.respond(stream, ConnectionPair.responseHeaders)
    pair.server.send(stream, ByteBuffer(string: "dropped"))
    pair.server.endNow(stream, trailers: ConnectionPair.okTrailers)
    try pair.exchange()
    #expect(pair.clientEvents.headers(request).map(\.isLast) == [false, true])
    #expect(pair.clientEvents.data(request).isEmpty)
    #expect(pair.server.streamCount == 0)
  }

  @Test func aShutdownIsAnnouncedThenFinalAndLetsOpenStreamsFinish() throws {
    let pair = try ConnectionPair()
    let (request, stream) = try pair.open()
    pair.server.announceShutdown()
    try pair.exchange()
    #expect(pair.clientEvents.goAways.map(\.lastStreamID) == [Int32.max])
    let late = try pair.client.request(ConnectionPair.requestHeaders())
    try pair.exchange()
    #expect(pair.clientEvents.closeCode(late) == .refusedStream)
    pair.server.goAway(reason: "done")
    try pair.exchange()
    #expect(pair.clientEvents.goAways.last?.lastStreamID == stream.id)
    #expect(pair.clientEvents.goAways.last?.reason == "done")
    #expect(!pair.server.isFinished)
    pair.server.respondOnly(stream, ConnectionPair.okTrailers.withStatus)
    pair.client.end(request)
    try pair.exchange()
    #expect(pair.clientEvents.headers(request).count == 1)
    #expect(pair.server.isFinished && pair.client.isFinished)
  }

  @Test func streamsAboveTheGoAwayAreRefusedSoThatTheyCanBeTriedElsewhere() throws {
    let pair = try ConnectionPair()
    _ = try pair.open()
    pair.server.goAway()
    // Crosses the GOAWAY on the wire.
    let late = try pair.client.request(ConnectionPair.requestHeaders())
    try pair.exchange()
    #expect(pair.clientEvents.closeCode(late) == .refusedStream)
  }

  @Test func requestsBeyondThePeersLimitWaitInTurn() throws {
    var limits = HTTP2Limits()
    limits.maxConcurrentStreams = 2
    let pair = try ConnectionPair(server: limits)
    let requests = try (0..<4).map { _ in try pair.client.request(ConnectionPair.requestHeaders()) }
    try pair.exchange()
    #expect(pair.server.streamCount == 2)
    #expect(pair.client.streamCount == 4)
    // One that waits can be given up.
    pair.client.reset(requests[2], .cancel)
    for id in [requests[0].id, requests[1].id] {
      pair.server.respondOnly(try #require(pair.server.stream(id)), ConnectionPair.okTrailers.withStatus)
    }
    try pair.exchange()
    #expect(pair.clientEvents.closeCode(requests[2]) == .cancel)
    #expect(pair.server.stream(requests[2].id) == nil)
    #expect(pair.server.stream(requests[3].id) != nil)
  }

  @Test func aHeaderListOverTheLimitIsMarkedAndOneFarOverItIsNotReadToItsEnd() throws {
    var limits = HTTP2Limits()
    limits.maxHeaderListSize = 1_000
    let pair = try ConnectionPair(server: limits)
    var long = ConnectionPair.requestHeaders()
    long.add("x-long", String(repeating: "a", count: 1_500))
    let request = try pair.client.request(long)
    try pair.exchange()
    let stream = try #require(pair.server.stream(request.id))
    #expect(try #require(pair.serverEvents.headers(stream).first).block.isTruncated)

    var hopeless = ConnectionPair.requestHeaders()
    for index in 0..<10 { hopeless.add("x-long-\(index)", String(repeating: "a", count: 600)) }
    let second = try pair.client.request(hopeless)
    try pair.exchange()
    #expect(pair.clientEvents.closeCode(second) == .enhanceYourCalm)
    // The connection goes on: its header table is still in step.
    let (third, thirdStream) = try pair.open()
    #expect(pair.serverEvents.headers(thirdStream).first?.block.text(.path) == "/test.Service/Unary")
    #expect(third.id == thirdStream.id)
  }

  @Test func namesOfAnyLengthCross() throws {
    let pair = try ConnectionPair()
    let name = String(repeating: "n", count: 300)
    var headers = ConnectionPair.requestHeaders()
    headers.add(name, "v")
    #expect(headers.listSize > 300)
    let request = try pair.client.request(headers)
    try pair.exchange()
    let stream = try #require(pair.server.stream(request.id))
    var names: [String] = []
    try #require(pair.serverEvents.headers(stream).first).block.forEach { token, name, _ in
      if token == .other { names.append(String(decoding: name)) }
    }
    #expect(names == [name])
  }

  @Test func pingsAreAnsweredAndTold() throws {
    let pair = try ConnectionPair()
    pair.client.ping()
    try pair.exchange()
    #expect(
      pair.serverEvents.contains { if case .ping = $0 { true } else { false } })
    #expect(
      pair.clientEvents.contains { if case .pingAcknowledged = $0 { true } else { false } })
  }

  @Test func itIsTrackedWhetherCallsWereSent() throws {
    let pair = try ConnectionPair()
    pair.server.ping()
    try pair.exchange()
    #expect(!pair.server.hasSentCalls)
    let (_, stream) = try pair.open()
    pair.server.respond(stream, ConnectionPair.responseHeaders)
    try pair.exchange()
    #expect(pair.server.hasSentCalls)
  }

  @Test func bytesThatAreNotHTTP2AreFatalAndNothingIsWrittenAfterwards() throws {
    let server = HTTP2Connection(role: .server)
    #expect(throws: HTTP2ConnectionError.self) { try server.receive(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n")) }
    var output = ByteBuffer()
    #expect(try !server.write(into: &output))
    #expect(output.readableBytes == 0)
  }

  @Test func callsFromInsideTheEventsAreSeenInTurnAndOnce() throws {
    let pair = try ConnectionPair()
    let request = try pair.client.request(ConnectionPair.requestHeaders())
    pair.client.end(request)
    var output = ByteBuffer()
    _ = try pair.client.write(into: &output)
    try pair.server.receive(output)
    var seen: [String] = []
    pair.server.drainEvents { event in
      if case .headers(let stream, _, _) = event {
        seen.append("headers")
        pair.server.respondOnly(stream, ConnectionPair.okTrailers.withStatus)
        var answer = ByteBuffer()
        _ = try? pair.server.write(into: &answer)
        pair.server.drainEvents { _ in seen.append("inner") }
      }
      if case .closed = event { seen.append("closed") }
    }
    #expect(seen == ["headers", "closed"])
  }
}

extension HeaderList {
  /// The same fields as an answer on their own.
  fileprivate var withStatus: HeaderList {
    var list = HeaderList()
    list.add(":status", "200")
    list.add("content-type", "application/grpc")
    list.add("grpc-status", "0")
    return list
  }
}
