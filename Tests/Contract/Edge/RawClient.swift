import NIOCore
import NIOPosix
import Waiting

/// A connection to a port of this host that sends and reads bytes, and WebSocket frames made by hand.
final class RawClient {
  typealias Outbound = NIOAsyncChannelOutboundWriter<ByteBuffer>
  typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

  private let outbound: Outbound
  private var inbound: Inbound
  private var buffer = ByteBuffer()

  private init(_ outbound: Outbound, _ inbound: Inbound) {
    self.outbound = outbound
    self.inbound = inbound
  }

  /// - Parameter receives: the socket's buffer in bytes; nil for the system's choice.
  static func with<Result: Sendable>(
    port: Int, receives: Int? = nil, _ body: (RawClient) async throws -> Result
  ) async throws -> Result {
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    if let receives { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receives) }
    let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
    return try await channel.executeThenClose { inbound, outbound in
      try await body(RawClient(outbound, inbound.makeAsyncIterator()))
    }
  }

  func send(_ bytes: ByteBuffer) async throws { try await outbound.write(bytes) }

  func send(_ text: String) async throws {
    try await send(ByteBuffer(string: text.replacing("\n", with: "\r\n")))
  }

  /// Whether more came; false at the end.
  private func more() async throws -> Bool {
    guard var part = try await inbound.next() else { return false }
    buffer.writeBuffer(&part)
    return true
  }

  /// Everything up to the end of the connection that wasn't read yet.
  func rest() async throws -> ByteBuffer {
    while (try? await more()) == true {}
    defer { buffer.clear() }
    return buffer.slice()
  }

  /// The head of the next HTTP response, without the empty line that ends it, and its body when it says its length.
  func response() async throws -> (head: String, body: String) {
    while true {
      let text = String(buffer: buffer)
      if let end = text.firstRange(of: "\r\n\r\n") {
        let head = String(text[..<end.lowerBound])
        let length =
          head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
        let headBytes = head.utf8.count + 4
        while buffer.readableBytes < headBytes + length {
          guard try await more() else { break }
        }
        buffer.moveReaderIndex(forwardBy: headBytes)
        return (head, buffer.readString(length: min(length, buffer.readableBytes)) ?? "")
      }
      guard try await more() else { throw NeverHappened(description: "a response came, only: \(text)") }
    }
  }

  /// The next frame; nil at the end of the connection.
  func frame() async throws -> WireFrame.Received? {
    while true {
      if let frame = WireFrame.next(&buffer) { return frame }
      guard try await more() else { return nil }
    }
  }

  /// The next frame that isn't a ping, as text.
  func text() async throws -> String {
    while let frame = try await frame() {
      if frame.opcode == 1 { return frame.text }
      if frame.opcode == 8 { throw NeverHappened(description: "a text came, but \(frame)") }
    }
    throw NeverHappened(description: "a text came before the end")
  }

  /// The key of the example in RFC 6455 §1.3, whose answer is there, too.
  static let key = "dGhlIHNhbXBsZSBub25jZQ=="
  static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

  static func handshake(_ path: String, _ more: String = "") -> String {
    """
    GET \(path) HTTP/1.1
    Host: twin.example
    Connection: keep-alive, Upgrade
    Upgrade: websocket
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: \(key)
    \(more)

    """
  }

  /// Opens a WebSocket.
  ///
  /// - Parameter more: further fields, each with its line's end.
  @discardableResult
  func upgrade(_ path: String, _ more: String = "") async throws -> String {
    try await send(Self.handshake(path, more))
    let head = try await response().head
    guard head.hasPrefix("HTTP/1.1 101 ") else { throw NeverHappened(description: "an upgrade, but \(head)") }
    return head
  }
}
