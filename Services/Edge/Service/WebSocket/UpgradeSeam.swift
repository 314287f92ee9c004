import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// Where a connection of HTTP becomes a WebSocket.
///
/// The pipeline is Hummingbird's own for HTTP/1, and this only passes everything on, until a response with the status 101
/// goes out that somebody has announced here. Then it takes what is HTTP's out of the pipeline and puts a
/// `WebSocketHandler` in, before the client can have answered. (NIO's own upgrade handler decides at the first request of
/// a connection, and until that has come, neither the idle timeout nor a stop of the service reaches it.)
final class UpgradeSeam: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum State {
    case http
    /// The next response is the upgrade.
    case announced(WebSocketHandler, EventLoopPromise<WebSocketConnection>)
    case upgraded
  }

  private var state = State.http
  private var isQuiescing = false
  /// Whether the request asked for an upgrade: the decoder reads nothing after it, whether it gets one or not.
  private var endsConnection = false

  /// Says that the next response on a connection is the upgrade.
  ///
  /// - Returns: the WebSocket, once it is one.
  static func announce(
    on channel: any Channel, _ limits: WebSocketLimits, _ metrics: WebSocketMetrics
  ) async throws -> EventLoopFuture<WebSocketConnection> {
    try await channel.eventLoop.submit {
      let seam = try channel.pipeline.syncOperations.handler(type: UpgradeSeam.self)
      guard channel.isActive, case .http = seam.state else { throw ChannelError.inappropriateOperationForState }
      let promise = channel.eventLoop.makePromise(of: WebSocketConnection.self)
      seam.state = .announced(WebSocketHandler(limits, metrics), promise)
      return promise.futureResult
    }.get()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data), Self.asksForUpgrade(head) { endsConnection = true }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch (unwrapOutboundIn(data), state) {
    case (.head(let head), .announced(let socket, let upgraded)):
      state = .http
      guard head.status == .switchingProtocols else {
        upgraded.fail(ChannelError.inappropriateOperationForState)
        return pass(context, head, promise)
      }
      context.write(data, promise: promise)
      takeOver(context, socket, upgraded)
    case (_, .upgraded): promise?.fail(ChannelError.inappropriateOperationForState)
    case (.head(let head), .http): pass(context, head, promise)
    case (.end, _) where endsConnection:
      let written = promise ?? context.eventLoop.makePromise()
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
      context.write(data, promise: written)
    case (.body, _), (.end, _): context.write(data, promise: promise)
    }
  }

  private static func asksForUpgrade(_ head: HTTPRequest) -> Bool {
    head.headerFields[.upgrade] != nil
      && WebSocketHandshake.tokens(head.headerFields[values: .connection]).contains("upgrade")
  }

  /// A response that isn't the upgrade.
  private func pass(_ context: ChannelHandlerContext, _ head: HTTPResponse, _ promise: EventLoopPromise<Void>?) {
    var head = head
    if endsConnection, head.status.kind != .informational { head.headerFields[.connection] = "close" }
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }

  private func takeOver(
    _ context: ChannelHandlerContext, _ socket: WebSocketHandler, _ upgraded: EventLoopPromise<WebSocketConnection>
  ) {
    state = .upgraded
    context.flush()
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandler(WebSocketFrameEncoder(), position: .before(self))
      try pipeline.addHandler(
        ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: socket.maxFrame)), position: .before(self))
      try pipeline.addHandler(socket, position: .before(self))
      let removals = [
        pipeline.removeHandler(try pipeline.handler(type: HTTPConnectionStateHandler.self)),
        pipeline.removeHandler(try pipeline.handler(type: ContinueHandler.self)),
        pipeline.removeHandler(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)),
        pipeline.removeHandler(try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)),
        pipeline.removeHandler(try pipeline.handler(type: HTTPResponseEncoder.self)),
      ]
      let connection = WebSocketConnection(socket, on: context.eventLoop)
      let isQuiescing = isQuiescing
      EventLoopFuture.andAllSucceed(removals, on: context.eventLoop).assumeIsolated().whenComplete { result in
        switch result {
        case .success:
          socket.begin()
          if isQuiescing { socket.end(.goingAway) }
          upgraded.succeed(connection)
        case .failure(let error):
          context.close(promise: nil)
          upgraded.fail(error)
        }
      }
    } catch {
      context.close(promise: nil)
      upgraded.fail(error)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { isQuiescing = true }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    forget()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { forget() }

  private func forget() {
    guard case .announced(_, let promise) = state else { return }
    state = .http
    promise.fail(ChannelError.ioOnClosedChannel)
  }
}

/// An open WebSocket for those who aren't on its event loop.
struct WebSocketConnection: Sendable {
  private let eventLoop: any EventLoop
  private let socket: NIOLoopBound<WebSocketHandler>
  /// When the connection is gone.
  let closed: EventLoopFuture<Void>

  /// On the event loop.
  init(_ socket: WebSocketHandler, on eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
    self.socket = NIOLoopBound(socket, eventLoop: eventLoop)
    closed = socket.closed
  }

  /// Suspends while too many messages of other subjects wait. One call at a time.
  ///
  /// - Throws: `WebSocketEnd` when the connection closes.
  func send(_ message: OutgoingMessage) async throws {
    try await eventLoop.flatSubmit { socket.value.send(message) }.get()
  }

  /// Closes once everything is sent.
  func end(_ end: WebSocketEnd) { eventLoop.execute { socket.value.end(end) } }
}
