import NIOCore
import RPCHTTP2
import Testing

/// Two ends of an HTTP/2 connection joined by arrays of bytes, without a socket.
final class ConnectionPair {
  let client: HTTP2Connection
  let server: HTTP2Connection
  private(set) var clientEvents: [HTTP2Event] = []
  private(set) var serverEvents: [HTTP2Event] = []

  init(client clientLimits: HTTP2Limits = HTTP2Limits(), server serverLimits: HTTP2Limits = HTTP2Limits()) throws {
    client = HTTP2Connection(role: .client, limits: clientLimits)
    server = HTTP2Connection(role: .server, limits: serverLimits)
    try exchange()
    clientEvents = []
    serverEvents = []
  }

  /// Carries bytes both ways until neither end has anything to say.
  ///
  /// - Parameter piece: how many bytes each read gets.
  func exchange(piece: Int = .max) throws {
    var moved = true
    while moved {
      moved = try carry(from: client, to: server, piece: piece)
      server.drainEvents { serverEvents.append($0) }
      client.drainEvents { clientEvents.append($0) }
      if try carry(from: server, to: client, piece: piece) { moved = true }
      server.drainEvents { serverEvents.append($0) }
      client.drainEvents { clientEvents.append($0) }
    }
  }

  private func carry(from source: HTTP2Connection, to target: HTTP2Connection, piece: Int) throws -> Bool {
    var moved = false
    var more = true
    while more {
      var output = ByteBuffer()
      more = try source.write(into: &output)
      while output.readableBytes > 0 {
        moved = true
        try target.receive(output.readSlice(length: min(piece, output.readableBytes))!)
      }
    }
    return moved
  }

  /// The headers that a call starts with.
  static func requestHeaders(path: String = "/test.Service/Unary") -> HeaderList {
    var list = HeaderList()
    list.add(":method", "POST")
    list.add(":scheme", "http")
    list.add(":path", path)
    list.add(":authority", "localhost")
    list.add("content-type", "application/grpc")
    list.add("te", "trailers")
    return list
  }

  static let responseHeaders = {
    var list = HeaderList()
    list.add(":status", "200")
    list.add("content-type", "application/grpc")
    return list
  }()

  static let okTrailers = {
    var list = HeaderList()
    list.add("grpc-status", "0")
    return list
  }()

  /// Opens a stream and gives both ends of it.
  func open() throws -> (client: HTTP2Stream, server: HTTP2Stream) {
    let stream = try client.request(Self.requestHeaders())
    try exchange()
    return (stream, try #require(server.stream(stream.id)))
  }
}

extension [HTTP2Event] {
  /// All data of a stream, joined.
  func data(_ stream: HTTP2Stream) -> [UInt8] {
    var joined: [UInt8] = []
    for case .data(let of, let bytes) in self where of === stream {
      joined.append(contentsOf: bytes.readableBytesView)
    }
    return joined
  }

  func headers(_ stream: HTTP2Stream) -> [(block: HeaderBlock, isLast: Bool)] {
    compactMap { event in
      guard case .headers(let of, let block, let isLast) = event, of === stream else { return nil }
      return (block, isLast)
    }
  }

  func closeCode(_ stream: HTTP2Stream) -> HTTP2ErrorCode? {
    for event in self {
      if case .closed(let of, let code) = event, of === stream { return code }
    }
    return nil
  }

  func drainedCount(_ stream: HTTP2Stream) -> Int {
    filter { event in
      if case .drained(let of) = event { of === stream } else { false }
    }.count
  }

  var goAways: [(lastStreamID: Int32, code: HTTP2ErrorCode, reason: String)] {
    compactMap { event in
      guard case .goAway(let last, let code, let reason) = event else { return nil }
      return (last, code, reason)
    }
  }
}
