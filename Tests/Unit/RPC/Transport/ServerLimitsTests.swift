import RPCHTTP2
import RPCTransport
import Testing

@Suite struct ServerLimitsTests {
  @Test func theBoundsOfAConnectionHoldTwoOfItsLongestMessages() {
    var limits = ServerLimits()
    limits.call.maxReceivedMessage = 100 << 20
    limits.call.maxSentMessage = 256 << 20
    limits.fitConnectionBounds()
    #expect(limits.maxUnreadBytesPerConnection == 200 << 20)
    #expect(limits.maxUnsentBytesPerConnection == 512 << 20)
  }

  @Test func aConnectionHasHandlersForTwiceItsStreams() {
    var limits = ServerLimits()
    limits.http2.maxConcurrentStreams = 100_000
    limits.fitConnectionBounds()
    #expect(limits.maxHandlersPerConnection == 200_000)
  }

  @Test func smallMessagesLowerNoBound() {
    let standard = ServerLimits()
    var limits = standard
    limits.call.maxReceivedMessage = 64 << 10
    limits.call.maxSentMessage = 64 << 10
    limits.http2.maxConcurrentStreams = 1
    limits.fitConnectionBounds()
    #expect(limits.maxUnreadBytesPerConnection == standard.maxUnreadBytesPerConnection)
    #expect(limits.maxUnsentBytesPerConnection == standard.maxUnsentBytesPerConnection)
    #expect(limits.maxHandlersPerConnection == 1_024)
  }
}
