import NIOCore
import RPCCore
import RPCTesting
import Testing

@testable import RPCTransport

@Suite struct CallStreamTests {
  /// Bytes that the peer may send again, as a stream gave them.
  private final class Stream: CallStream, @unchecked Sendable {
    let credits = Events<Int>()
    override func credit(_ bytes: Int) { credits.record(bytes) }
  }

  private static let window = 1_000

  private static func stream(takesOneMessage: Bool = false, maxMessage: Int = 10_000) -> Stream {
    var limits = CallLimits()
    limits.maxReceivedMessage = maxMessage
    limits.maxSentMessage = 1_000
    limits.sendHighWater = 2_000
    return Stream(limits: limits, streamWindow: window, takesOneMessage: takesOneMessage)
  }

  private static func wire(_ count: Int) -> ByteBuffer {
    ByteBuffer(bytes: [0] + WireFrame.word(UInt32(count)) + BytesMessage.filled(count).bytes)
  }

  @Test func whatNobodyHasReadIsNotGivenBack() async throws {
    let stream = Self.stream()
    #expect(try stream.deliver(Self.wire(495)).credit == 0)
    #expect(try stream.deliver(Self.wire(495)).credit == 0)
    #expect(stream.memory >= 1_000)
    // The first one leaves half a window free; the second one all of it.
    #expect(try await stream.receiveMessage()?.readableBytes == 495)
    #expect(stream.credits.all == [500])
    #expect(try await stream.receiveMessage()?.readableBytes == 495)
    #expect(stream.credits.all == [500, 500])
    #expect(stream.memory == 0)
  }

  @Test func smallReadsAreGivenBackTogether() async throws {
    let stream = Self.stream()
    for _ in 0..<20 { _ = try stream.deliver(Self.wire(5)) }
    for _ in 0..<20 { _ = try await stream.receiveMessage() }
    #expect(stream.credits.all.isEmpty)
    _ = try stream.deliver(Self.wire(200))
    _ = try await stream.receiveMessage()
    #expect(stream.credits.all == [405])
  }

  @Test func aMessageLongerThanTheWindowIsLetThroughInParts() throws {
    let stream = Self.stream()
    var bytes = Self.wire(5_000)
    var sent = 0
    var allowed = Self.window
    while bytes.readableBytes > 0 {
      let part = min(bytes.readableBytes, allowed - sent)
      #expect(part > 0)
      guard part > 0 else { return }
      allowed += try stream.deliver(bytes.readSlice(length: part)!).credit
      sent += part
    }
    #expect(stream.waitingMessages == 1)
    // While it waits to be read, at most a window more may come.
    #expect(allowed - sent <= Self.window)
  }

  @Test func behindAMessageThatWaitsNothingIsLetThrough() throws {
    let stream = Self.stream()
    #expect(try stream.deliver(Self.wire(95)).credit == 0)
    var long = Self.wire(5_000)
    #expect(try stream.deliver(long.readSlice(length: 900)!).credit == 0)
  }

  @Test func aSecondMessageOfAMethodWithOneIsAnError() throws {
    let stream = Self.stream(takesOneMessage: true)
    _ = try stream.deliver(Self.wire(1))
    #expect(throws: RPCError.self) { try stream.deliver(Self.wire(1)) }
  }

  @Test func manyEmptyMessagesCountAsMoreThanTheirBytes() throws {
    let stream = Self.stream()
    var buffer = ByteBuffer()
    for _ in 0..<100 { buffer.writeBytes([0, 0, 0, 0, 0]) }
    #expect(try stream.deliver(buffer).memory >= 100 * 64)
  }

  @Test func readersGetWhatArrivedThenTheEnd() async throws {
    let stream = Self.stream()
    _ = try stream.deliver(Self.wire(3))
    stream.endInbound()
    #expect(try await stream.receiveMessage()?.readableBytes == 3)
    #expect(try await stream.receiveMessage() == nil)
    #expect(try await stream.receiveMessage() == nil)
  }

  @Test func aFailureReachesReadersNowOrBehindWhatArrived() async throws {
    let (now, later) = (Self.stream(), Self.stream())
    for stream in [now, later] { _ = try stream.deliver(Self.wire(3)) }
    now.fail(RPCError(.aborted, "first"))
    now.fail(RPCError(.internalError, "second"))
    later.fail(RPCError(.aborted, "first"), keepingMessages: true)
    #expect(await status { try await now.receiveMessage() } == RPCError(.aborted, "first"))
    #expect(try await later.receiveMessage()?.readableBytes == 3)
    #expect(await status { try await later.receiveMessage() } == RPCError(.aborted, "first"))
    #expect(throws: RPCError(.aborted, "first")) { try now.admit(10) }
  }

  @Test func aSenderMustWaitAboveTheHighWaterMarkOnly() throws {
    let stream = Self.stream()
    #expect(try [!stream.admit(1_000), !stream.admit(1_000), stream.admit(1)] == [true, true, true])
    stream.drained(unsent: 100)
    #expect(try !stream.admit(900))
    #expect(throws: RPCError.self) { try stream.admit(1_006) }
    stream.endSending()
    #expect(throws: RPCError.self) { try stream.admit(1) }
  }
}
