import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves metrics and health over HTTP/1.1, apart from the port of the service's work.
///
/// NIO's HTTP/1 codec alone does for three paths, and every service links NIO anyway.
struct AdminServer: Service {
  /// A scraper and a few probes need no more; a leak of connections must not eat descriptors.
  static let maximumConnections = 64
  /// A connection without a request for so long is closed.
  static let idleLimit = TimeAmount.seconds(60)

  private let channel: any Channel

  /// Where it listens.
  var address: String { "\(channel.localAddress?.ipAddress ?? "?"):\(port)" }
  var port: Int { channel.localAddress?.port ?? 0 }

  /// Binds and answers from now on.
  static func start(host: String, port: Int, routes: AdminRoutes, group: any EventLoopGroup) async throws -> AdminServer
  {
    let open = OpenConnections()
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        guard open.reserve(maximumConnections) else { return channel.close() }
        channel.closeFuture.whenComplete { _ in open.release() }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: idleLimit))
          try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
          try pipeline.addHandler(AdminHandler(routes: routes))
        }
      }
      .bind(host: host, port: port).get()
    return AdminServer(channel: channel)
  }

  private init(channel: any Channel) { self.channel = channel }

  /// Goes on until the service stops; it's the last to go, so that draining can be watched.
  func run() async throws {
    try? await gracefulShutdown()
    try await close()
  }

  /// Stops listening.
  func close() async throws { try await channel.close() }

  private final class OpenConnections: Sendable {
    private let count = Atomic(0)

    func reserve(_ maximum: Int) -> Bool {
      guard count.wrappingAdd(1, ordering: .relaxed).newValue <= maximum else {
        release()
        return false
      }
      return true
    }

    func release() { count.wrappingSubtract(1, ordering: .relaxed) }
  }
}

/// One connection: answers when a request has ended, ignores its body.
private final class AdminHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let routes: AdminRoutes
  private var head: HTTPRequestHead?

  init(routes: AdminRoutes) { self.routes = routes }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: break
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, context)
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    // Writing out all metrics takes its time, which the loop's calls shouldn't wait for.
    let routes = routes
    let method = head.method.rawValue
    let target = head.uri
    let promise = context.eventLoop.makePromise(of: AdminRoutes.Response.self)
    promise.completeWithTask { routes.respond(method: method, target: target) }
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    promise.futureResult.whenSuccess { response in
      let (handler, context) = bound.value
      handler.write(response, to: head, context)
    }
  }

  private func write(_ response: AdminRoutes.Response, to request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    var head = HTTPResponseHead(version: request.version, status: .init(statusCode: response.status))
    head.headers.add(name: "content-type", value: response.contentType)
    head.headers.add(name: "content-length", value: String(response.body.utf8.count))
    head.headers.add(name: "cache-control", value: "no-store")
    if response.status == 405 { head.headers.add(name: "allow", value: "GET, HEAD") }
    if !request.isKeepAlive { head.headers.add(name: "connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: response.body)))), promise: nil)
    }
    let isLast = !request.isKeepAlive
    let done = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    done.futureResult.whenComplete { _ in if isLast { bound.value.close(promise: nil) } }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
