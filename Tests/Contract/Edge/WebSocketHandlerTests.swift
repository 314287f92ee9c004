import NIOCore
import NIOEmbedded
import NIOWebSocket
import RuntimeTelemetry
import Testing

@testable import EdgeService

/// One WebSocket without a network, on a loop whose time only passes when told.
@Suite("The protocol of a WebSocket")
struct WebSocketHandlerTests {
  private final class Stage {
    let channel = EmbeddedChannel()
    let metrics = WebSocketMetrics()
    let socket: WebSocketHandler
    private var received = ByteBuffer()

    init(_ limits: WebSocketLimits = WebSocketLimits()) throws {
      socket = WebSocketHandler(limits, metrics)
      try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
      try channel.pipeline.syncOperations.addHandlers([
        WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.maxFrame)), socket,
      ])
      socket.begin()
    }

    func receive(_ frame: ByteBuffer) { _ = try? channel.writeInbound(frame) }

    /// What was sent since the last call.
    func sent() throws -> [WireFrame.Received] {
      while var part = try channel.readOutbound(as: ByteBuffer.self) { received.writeBuffer(&part) }
      var frames: [WireFrame.Received] = []
      while let frame = WireFrame.next(&received) { frames.append(frame) }
      return frames
    }

    func setWritable(_ isWritable: Bool) {
      channel.isWritable = isWritable
      channel.pipeline.fireChannelWritabilityChanged()
    }

    func message(_ subject: String, _ text: String) -> OutgoingMessage {
      OutgoingMessage(subject: subject, text: ByteBuffer(string: text))
    }

    func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }
  }

  @Test("text goes out in whole frames, and a ping is answered with what it holds")
  func textAndPing() throws {
    let stage = try Stage()
    _ = stage.socket.send(stage.message("a", "{\"id\":\"ä\"}"))
    stage.receive(WireFrame.client(0x89, Array("hello".utf8)))
    stage.receive(WireFrame.client(0x81, Array("ignored ü".utf8)))
    let sent = try stage.sent()
    #expect(sent.map(\.opcode) == [1, 10])
    #expect(sent.map(\.text) == ["{\"id\":\"ä\"}", "hello"])
    #expect(stage.channel.isActive)
    #expect(stage.metrics.sent.value == 1 && stage.metrics.openSockets.value == 1)
  }

  @Test("a long text has a long length", arguments: [125, 126, 65_535, 65_536])
  func lengths(count: Int) throws {
    let stage = try Stage()
    _ = stage.socket.send(stage.message("a", String(repeating: "x", count: count)))
    #expect(try stage.sent().map(\.payload.readableBytes) == [count])
  }

  @Test("a close is answered with its code, and the connection ends", arguments: [1_000, 1_001, 3_000, 4_999])
  func close(code: UInt16) throws {
    let stage = try Stage()
    stage.receive(WireFrame.close(code))
    #expect(try stage.sent().map(\.closeCode) == [code])
    #expect(!stage.channel.isActive)
    #expect(stage.metrics.openSockets.value == 0)
  }

  @Test("a close without a code is answered without one")
  func emptyClose() throws {
    let stage = try Stage()
    stage.receive(WireFrame.client(0x88))
    let sent = try stage.sent()
    #expect(sent.count == 1 && sent[0].opcode == 8 && sent[0].payload.readableBytes == 0)
    #expect(!stage.channel.isActive)
  }

  /// What is wrong, on the wire, with the code that answers it.
  static let wrong: [(String, ByteBuffer, UInt16)] = [
    ("not masked", WireFrame.client(0x81, [0x61], isMasked: false), 1_002),
    ("a reserved bit", WireFrame.client(0xC1, [0x61]), 1_002),
    ("an unknown opcode", WireFrame.client(0x83, [0x61]), 1_002),
    ("an unknown control opcode", WireFrame.client(0x8B), 1_002),
    ("a continuation of nothing", WireFrame.client(0x80, [0x61]), 1_002),
    ("a ping in parts", WireFrame.client(0x09, [0x61]), 1_002),
    ("a ping that is too long", WireFrame.client(0x89, [UInt8](repeating: 0, count: 126)), 1_002),
    ("a close of one byte", WireFrame.client(0x88, [0x03]), 1_002),
    ("a close with a code that is never sent", WireFrame.close(1_005), 1_002),
    ("a close with a code of nobody", WireFrame.close(999), 1_002),
    ("a close whose reason isn't UTF-8", WireFrame.client(0x88, [0x03, 0xE8, 0xFF]), 1_007),
    ("text that isn't UTF-8", WireFrame.client(0x81, [0xC3, 0x28]), 1_007),
    ("a message in parts", WireFrame.client(0x01, [0x61]), 1_003),
    ("binary", WireFrame.client(0x82, [0x61]), 1_003),
    ("a long frame", WireFrame.client(0x81, [UInt8](repeating: 0x61, count: 4_097)), 1_009),
    ("a frame without end", ByteBuffer(bytes: [0x81, 0xFF, 0x7F] + [UInt8](repeating: 0xFF, count: 7)), 1_009),
  ]

  @Test("what a client must not send closes the connection by the right code", arguments: wrong.indices)
  func violations(index: Int) throws {
    let (name, frame, code) = Self.wrong[index]
    let stage = try Stage()
    stage.receive(frame)
    #expect(try stage.sent().map(\.closeCode) == [code], "\(name)")
    // Nothing that comes later is answered.
    stage.receive(WireFrame.client(0x89))
    stage.pass(.seconds(5))
    #expect(try stage.sent().isEmpty, "\(name)")
    #expect(!stage.channel.isActive, "\(name)")
  }

  @Test("while a client doesn't read, only the newest of each subject waits, and the source waits from the bound on")
  func slow() throws {
    var limits = WebSocketLimits()
    limits.maxQueued = 2
    let stage = try Stage(limits)
    stage.setWritable(false)
    for (subject, text) in [("a", "a1"), ("b", "b1"), ("a", "a2"), ("b", "b2"), ("a", "a3")] {
      _ = stage.socket.send(stage.message(subject, text))
    }
    var isTaken = false
    stage.socket.send(stage.message("c", "c1")).assumeIsolated().whenSuccess { isTaken = true }
    #expect(try stage.sent().isEmpty)
    #expect(!isTaken)
    stage.setWritable(true)
    #expect(isTaken)
    #expect(try stage.sent().map(\.text) == ["a3", "b2", "c1"])
    #expect(stage.metrics.replaced.value == 3)
  }

  @Test("messages that wait are bounded in bytes, too, but one may be larger than that")
  func slowLarge() throws {
    var limits = WebSocketLimits()
    limits.maxQueuedBytes = 100
    let stage = try Stage(limits)
    stage.setWritable(false)
    _ = stage.socket.send(stage.message("a", String(repeating: "x", count: 1_000)))
    _ = stage.socket.send(stage.message("a", String(repeating: "x", count: 60)))
    _ = stage.socket.send(stage.message("b", String(repeating: "x", count: 40)))
    var isTaken = false
    stage.socket.send(stage.message("c", "x")).assumeIsolated().whenSuccess { isTaken = true }
    #expect(!isTaken)
    stage.setWritable(true)
    #expect(isTaken)
    #expect(try stage.sent().map(\.payload.readableBytes) == [60, 40, 1])
  }

  @Test("a client that doesn't read for too long is closed, and its source is told")
  func stalled() throws {
    let stage = try Stage()
    stage.setWritable(false)
    _ = stage.socket.send(stage.message("a", "1"))
    stage.pass(.seconds(29))
    #expect(stage.channel.isActive)
    stage.setWritable(true)
    stage.setWritable(false)
    #expect(try stage.sent().map(\.text) == ["1"])
    _ = stage.socket.send(stage.message("a", "2"))
    stage.pass(.seconds(30))
    #expect(try stage.sent().map(\.closeCode) == [1_008])
    // At once, not when the connection is gone.
    var failed = false
    stage.socket.send(stage.message("a", "3")).assumeIsolated().whenFailure { _ in failed = true }
    #expect(failed && stage.channel.isActive)
    stage.pass(.seconds(5))
    #expect(!stage.channel.isActive)
    #expect(stage.metrics.lost.value == 1)
  }

  @Test("of many pings that can't be answered at once only the newest is")
  func pings() throws {
    let stage = try Stage()
    stage.setWritable(false)
    for text in ["1", "2", "3"] { stage.receive(WireFrame.client(0x89, Array(text.utf8))) }
    #expect(try stage.sent().isEmpty)
    stage.setWritable(true)
    #expect(try stage.sent().map(\.text) == ["3"])
  }

  @Test("a client is pinged, and closed when it says nothing")
  func keepAlive() throws {
    let stage = try Stage()
    for _ in 0..<3 {
      stage.pass(.seconds(20))
      #expect(try stage.sent().map(\.opcode) == [9])
      stage.receive(WireFrame.client(0x8A))
    }
    stage.pass(.seconds(20))
    stage.pass(.seconds(20))
    #expect(try stage.sent().map(\.closeCode) == [nil, 1_011])
    stage.pass(.seconds(5))
    #expect(!stage.channel.isActive)
  }

  @Test("an end waits for what is to be sent, then for the client's close, but not for ever", arguments: [true, false])
  func end(answers: Bool) throws {
    let stage = try Stage()
    stage.setWritable(false)
    _ = stage.socket.send(stage.message("a", "last"))
    stage.socket.end(.normal)
    #expect(try stage.sent().isEmpty)
    stage.setWritable(true)
    let sent = try stage.sent()
    #expect(sent.map(\.opcode) == [1, 8] && sent.last?.closeCode == 1_000)
    #expect(stage.channel.isActive)
    // What the client said before it heard of the end isn't held against it.
    stage.receive(WireFrame.client(0x82, [1]))
    if answers { stage.receive(WireFrame.close(1_000)) } else { stage.pass(.seconds(5)) }
    #expect(!stage.channel.isActive)
    #expect(try stage.sent().isEmpty)
  }

  @Test("a stop of the service closes with 1001")
  func drain() throws {
    let stage = try Stage()
    stage.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    #expect(try stage.sent().map(\.closeCode) == [1_001])
    stage.receive(WireFrame.close(1_001))
    #expect(!stage.channel.isActive)
  }

  @Test("a reason is cut to what a control frame holds, between characters")
  func reason() throws {
    let end = WebSocketEnd(1_011, String(repeating: "ü", count: 100))
    #expect(end.reason == String(repeating: "ü", count: 61))
  }
}
