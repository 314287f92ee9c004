public import NIOCore
import NIOPosix
public import RPCHTTP2

/// An HTTP/2 end that answers as a test's script says, for peers that our own server or client would never be.
public final class ScriptedPeer: Sendable {
  /// Runs on the connection's event loop for everything that happens; what it does is written afterwards.
  public typealias Script = @Sendable (Connection, HTTP2Event) -> Void

  /// One connection as the script sees it. Belongs to its event loop.
  public final class Connection: ChannelInboundHandler, @unchecked Sendable {
    public typealias InboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    /// Counts from one in the order in which the peer accepted.
    public let number: Int
    public let http2: HTTP2Connection
    private let script: Script
    private let isMute: Bool
    private let onClose: @Sendable () -> Void
    private var context: ChannelHandlerContext?
    private var isSilent = false

    init(
      number: Int, role: HTTP2Connection.Role, limits: HTTP2Limits, isMute: Bool, script: @escaping Script,
      onClose: @escaping @Sendable () -> Void
    ) {
      self.number = number
      self.isMute = isMute
      self.script = script
      self.onClose = onClose
      http2 = HTTP2Connection(role: role, limits: limits)
    }

    public func handlerAdded(context: ChannelHandlerContext) {
      self.context = context
      if context.channel.isActive { flush() }
    }

    public func channelActive(context: ChannelHandlerContext) { flush() }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      do { try http2.receive(unwrapInboundIn(data)) } catch { return context.close(promise: nil) }
      http2.drainEvents { script(self, $0) }
      flush()
    }

    public func channelInactive(context: ChannelHandlerContext) {
      self.context = nil
      onClose()
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Writes what is due.
    public func flush() {
      guard let context, !isMute, !isSilent else { return }
      var more = true
      while more {
        var output = ByteBuffer()
        more = (try? http2.write(into: &output)) ?? false
        http2.drainEvents { script(self, $0) }
        if output.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(output), promise: nil) }
      }
    }

    /// Writes nothing from now on.
    public func fallSilent() { isSilent = true }

    /// Says that no stream above this one was looked at.
    public func sendGoAway(lastStreamID: UInt32) {
      let frame = WireFrame.frame(.goAway, WireFrame.word(lastStreamID) + WireFrame.word(0))
      context?.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil)
    }

    /// Cuts the connection off.
    public func close() { context?.close(promise: nil) }
  }

  private let channel: any Channel
  /// The number of each connection that came, as it comes.
  public let opened: Events<Int>
  public let closed: Events<Int>

  private init(channel: any Channel, opened: Events<Int>, closed: Events<Int>) {
    self.channel = channel
    self.opened = opened
    self.closed = closed
  }

  public var port: Int { channel.localAddress?.port ?? 0 }

  /// A server on a free port.
  ///
  /// - Parameter isMute: whether it never sends a byte.
  public static func listen(
    limits: HTTP2Limits = HTTP2Limits(), isMute: Bool = false, _ script: @escaping Script
  ) async throws -> ScriptedPeer {
    let (opened, closed) = (Events<Int>(), Events<Int>())
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = opened.all.count + 1
          try channel.pipeline.syncOperations.addHandler(
            Connection(number: number, role: .server, limits: limits, isMute: isMute, script: script) {
              closed.record(number)
            })
          opened.record(number)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return ScriptedPeer(channel: channel, opened: opened, closed: closed)
  }

  /// A client of a server.
  public static func connect(
    port: Int, limits: HTTP2Limits = HTTP2Limits(), _ script: @escaping Script
  ) async throws -> ScriptedPeer {
    let (opened, closed) = (Events<Int>(), Events<Int>())
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            Connection(number: 1, role: .client, limits: limits, isMute: false, script: script) { closed.record(1) })
          opened.record(1)
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return ScriptedPeer(channel: channel, opened: opened, closed: closed)
  }

  /// Runs on the loop of a peer that connected.
  public func perform(_ body: @escaping @Sendable (Connection) -> Void) async throws {
    try await channel.eventLoop.submit { [channel] in
      let connection = try channel.pipeline.syncOperations.handler(type: Connection.self)
      body(connection)
      connection.flush()
    }.get()
  }

  public func waitUntilClosed() async throws {
    try await within(.seconds(30), "the connection to close") { [closed] in try await closed.wait(count: 1) }
  }

  public func close() async { try? await channel.close().get() }

  /// The headers of an answer that messages follow.
  public static let responseHeaders = list([(":status", "200"), ("content-type", "application/grpc")])

  /// Trailers with this status.
  public static func trailers(_ status: Int, _ message: String = "") -> HeaderList {
    list([("grpc-status", String(status))] + (message.isEmpty ? [] : [("grpc-message", message)]))
  }

  public static func list(_ fields: [(String, String)]) -> HeaderList {
    var list = HeaderList()
    for (name, value) in fields { list.add(name, value) }
    return list
  }

  /// A message behind its prefix.
  public static func framed(_ bytes: [UInt8]) -> ByteBuffer {
    ByteBuffer(bytes: [0] + WireFrame.word(UInt32(bytes.count)) + bytes)
  }
}

extension ScriptedPeer.Connection {
  /// Answers a call with one message and status OK.
  public func answer(_ stream: HTTP2Stream, _ bytes: [UInt8] = []) {
    http2.respond(stream, ScriptedPeer.responseHeaders)
    http2.send(stream, ScriptedPeer.framed(bytes))
    http2.end(stream, trailers: ScriptedPeer.trailers(0))
  }
}
