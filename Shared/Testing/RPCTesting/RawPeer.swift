import NIOCore
import NIOPosix
import Synchronization

/// A TCP client that sends what a test tells it, byte by byte if need be, and keeps what comes back.
public final class RawPeer: Sendable {
  private let channel: any Channel
  private let input: Input

  /// What has arrived, kept up to a bound; the rest is only counted.
  private final class Input: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    struct State {
      var bytes: [UInt8] = []
      var count = 0
    }

    static let kept = 1 << 20
    let state = Mutex(State())
    let changes = Events<Void>()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      state.withLock { state in
        state.count += buffer.readableBytes
        if state.bytes.count < Self.kept { state.bytes.append(contentsOf: buffer.readableBytesView) }
      }
      changes.record(())
    }

    func channelInactive(context: ChannelHandlerContext) { changes.record(()) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  private init(channel: any Channel, input: Input) {
    self.channel = channel
    self.input = input
  }

  /// - Parameters:
  ///   - reads: false for a peer that never reads.
  ///   - receiveBuffer: bytes that the kernel keeps for a peer that doesn't read; nil for the system's choice.
  public static func connect(port: Int, reads: Bool = true, receiveBuffer: Int? = nil) async throws -> RawPeer {
    let input = Input()
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: reads)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(input) }
      }
    if let receiveBuffer {
      bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
    }
    return RawPeer(channel: try await bootstrap.connect(host: "127.0.0.1", port: port).get(), input: input)
  }

  /// Sends bytes and waits until the kernel has them. A connection that the server has closed is no error.
  public func write(_ bytes: [UInt8]) async { try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

  /// Sends bytes without waiting; they stay in this process while the server doesn't read.
  public func post(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

  /// Starts to read.
  public func startReading() async { try? await channel.setOption(.autoRead, value: true).get() }

  /// What has arrived, up to 1 MiB.
  public var received: [UInt8] { input.state.withLock { $0.bytes } }

  public var receivedCount: Int { input.state.withLock { $0.count } }

  /// Whether the connection is open as far as this side knows.
  public var isOpen: Bool { channel.isActive }

  /// Waits until what has arrived fulfils `condition`, or the server has closed.
  public func waitForBytes(_ condition: @escaping @Sendable ([UInt8]) -> Bool) async throws {
    try await within(.seconds(30), "bytes of the server") { [input, channel] in
      try await input.changes.wait { _ in condition(input.state.withLock { $0.bytes }) || !channel.isActive }
    }
  }

  /// Waits until the server has closed the connection.
  public func waitUntilClosed() async throws {
    try await within(.seconds(30), "the server to close") { [channel] in try await channel.closeFuture.get() }
  }

  public func close() async { try? await channel.close().get() }
}

/// Frames as they go over the wire. Source: RFC 9113 §4.1 and §6
public enum WireFrame {
  public static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  public enum Kind: UInt8, Sendable, CaseIterable {
    case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
  }

  public static let endStream: UInt8 = 0x1
  public static let acknowledge: UInt8 = 0x1
  public static let endHeaders: UInt8 = 0x4
  public static let padded: UInt8 = 0x8

  /// One frame.
  ///
  /// - Parameter length: what the frame says of its length; nil for the truth.
  public static func frame(
    _ kind: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = [], length: Int? = nil
  ) -> [UInt8] {
    let length = length ?? payload.count
    return [
      UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
      UInt8(truncatingIfNeeded: length),
    ]
      + [kind, flags] + word(stream) + payload
  }

  public static func frame(
    _ kind: Kind, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = [], length: Int? = nil
  ) -> [UInt8] {
    frame(kind.rawValue, flags: flags, stream: stream, payload, length: length)
  }

  /// A big-endian number of four bytes.
  public static func word(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  public static func settings(_ entries: [(id: UInt16, value: UInt32)] = []) -> [UInt8] {
    frame(
      .settings,
      entries.flatMap { [UInt8(truncatingIfNeeded: $0.id >> 8), UInt8(truncatingIfNeeded: $0.id)] + word($0.value) })
  }

  public static let settingsAcknowledgement = frame(.settings, flags: acknowledge)

  /// What a client says first.
  public static let hello = preface + settings() + settingsAcknowledgement

  /// Headers in HPACK's plainest form: literals without indexing. Source: RFC 7541 §6.2.2
  public static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { [0] + text($0.0) + text($0.1) }
  }

  private static func text(_ value: String) -> [UInt8] { integer(value.utf8.count, prefix: 7) + Array(value.utf8) }

  /// An integer with a prefix of so many bits. Source: RFC 7541 §5.1
  public static func integer(_ value: Int, prefix: Int, flags: UInt8 = 0) -> [UInt8] {
    let most = (1 << prefix) - 1
    guard value >= most else { return [flags | UInt8(value)] }
    var bytes = [flags | UInt8(most)]
    var rest = value - most
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  /// The header fields of a call.
  public static func call(_ path: String, _ more: [(String, String)] = []) -> [(String, String)] {
    [
      (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"), ("te", "trailers"),
      ("content-type", "application/grpc"),
    ] + more
  }

  public static func headers(_ stream: UInt32, _ fields: [(String, String)], endStream: Bool = false) -> [UInt8] {
    frame(.headers, flags: endHeaders | (endStream ? Self.endStream : 0), stream: stream, block(fields))
  }

  /// One gRPC message in one DATA frame, which ends the stream unless told otherwise.
  public static func message(_ stream: UInt32, _ bytes: [UInt8], endStream: Bool = true) -> [UInt8] {
    frame(
      .data, flags: endStream ? Self.endStream : 0, stream: stream, [0] + word(UInt32(bytes.count)) + bytes)
  }

  public static func reset(_ stream: UInt32, code: UInt32 = 8) -> [UInt8] {
    frame(.reset, stream: stream, word(code))
  }

  public static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> [UInt8] {
    frame(.windowUpdate, stream: stream, word(increment))
  }

  /// The frames in these bytes, as far as they are whole.
  public static func parse(_ bytes: [UInt8]) -> [(
    kind: UInt8, flags: UInt8, stream: UInt32, payload: ArraySlice<UInt8>
  )] {
    var frames: [(kind: UInt8, flags: UInt8, stream: UInt32, payload: ArraySlice<UInt8>)] = []
    var index = 0
    while index + 9 <= bytes.count {
      let length = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
      guard index + 9 + length <= bytes.count else { break }
      let stream = bytes[(index + 5)..<(index + 9)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      frames.append((bytes[index + 3], bytes[index + 4], stream, bytes[(index + 9)..<(index + 9 + length)]))
      index += 9 + length
    }
    return frames
  }
}
