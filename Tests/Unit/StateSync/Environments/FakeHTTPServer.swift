import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A small HTTP server on loopback that answers what the test says.
enum FakeHTTPServer {
  struct Request: Sendable {
    var path: String
    var query: [String: String]
    var authorization: String?
    var method: String
  }

  struct Answer: Sendable {
    var status = 200
    var body: String
  }

  /// Runs `body` with the server's URL and what it was asked.
  ///
  /// - Parameter tls: what a server over HTTPS shows; its name is localhost.
  @discardableResult
  static func with<Result>(
    tls: NIOSSLContext? = nil, _ answer: @escaping @Sendable (Request) -> Answer,
    _ body: (_ url: String, _ requests: @Sendable () -> [Request]) async throws -> Result
  ) async throws -> Result {
    let seen = Seen()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(seen: seen, answer: answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    do {
      let result = try await body(
        tls == nil ? "http://127.0.0.1:\(port)" : "https://localhost:\(port)", { seen.requests.withLock(\.self) })
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private final class Seen: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let seen: Seen
    private let answer: @Sendable (Request) -> Answer

    init(seen: Seen, answer: @escaping @Sendable (Request) -> Answer) {
      self.seen = seen
      self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(let head) = unwrapInboundIn(data) else { return }
      let parts = head.uri.split(separator: "?", maxSplits: 1)
      var query: [String: String] = [:]
      for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        query[Self.decoded(sides[0])] = sides.count > 1 ? Self.decoded(sides[1]) : ""
      }
      let request = Request(
        path: String(parts[0]), query: query, authorization: head.headers.first(name: "Authorization"),
        method: head.method.rawValue)
      seen.requests.withLock { $0.append(request) }
      let answer = answer(request)
      var headers = HTTPHeaders()
      headers.add(name: "Content-Type", value: "application/json")
      headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)")
      context.write(
        wrapOutboundOut(
          .head(.init(version: .http1_1, status: .init(statusCode: answer.status), headers: headers))), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private static func decoded(_ text: some StringProtocol) -> String {
      var bytes: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2,
          let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
          bytes.append(value)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
