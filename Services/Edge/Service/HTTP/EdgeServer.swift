import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// One port of the edge.
enum EdgeServer {
  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - onRunning: told the port.
  static func application(
    _ responder: some HTTPResponder<BasicRequestContext>, host: String, port: Int, idleTimeout: TimeAmount,
    maxConnections: Int, eventLoops: EventLoopGroupProvider = .singleton, logger: Logger,
    onRunning: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    Application(
      responder: ConnectionResponder(inner: responder),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ContinueHandler(), UpgradeSeam()], idleTimeout: idleTimeout)),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(maxConnections, logger: logger)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
      eventLoopGroupProvider: eventLoops, logger: logger)
  }
}

/// Tells those who answer a request on which connection it came.
private struct ConnectionResponder<Inner: HTTPResponder<BasicRequestContext>>: HTTPResponder {
  struct Context: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
      channel = source.channel
      logger = source.logger
    }
  }

  let inner: Inner

  func respond(to request: Request, context: Context) async throws -> Response {
    try await WebSocketGateway.$channel.withValue(context.channel) {
      try await inner.respond(
        to: request, context: BasicRequestContext(source: .init(channel: context.channel, logger: context.logger)))
    }
  }
}
