import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOWebSocket
import RPCCore
import Synchronization

/// Upgrades requests to WebSockets, as many as there may be, and sees each to its end.
struct WebSocketGateway: Sendable {
  /// The connection of the request that is being answered; nil where there is none, as in a test of the router alone.
  @TaskLocal static var channel: (any Channel)?

  let limits: WebSocketLimits
  let metrics: WebSocketMetrics
  private let slots: SocketSlots

  init(limits: WebSocketLimits = WebSocketLimits(), metrics: WebSocketMetrics = WebSocketMetrics()) {
    self.limits = limits
    self.metrics = metrics
    slots = SocketSlots(limits.maxSockets)
  }

  func handle(_ request: Request, _ route: WebSocketRoute) async throws -> Response {
    do {
      return try await upgrade(request, route)
    } catch {
      metrics.refuse(Problem(thrown: error).status)
      throw error
    }
  }

  private func upgrade(_ request: Request, _ route: WebSocketRoute) async throws -> Response {
    let handshake = try WebSocketHandshake(request)
    try handshake.checkOrigin(allowed: limits.origins)
    let feed = try await route.open(request)
    let slot = try slots.take()
    guard let channel = Self.channel else {
      throw Problem(.notImplemented, "NOT_IMPLEMENTED", "this connection can't become a WebSocket")
    }
    let accept = try await handshake.accept(on: channel)
    let upgraded = try await UpgradeSeam.announce(on: channel, limits, metrics)
    let call = CallContext.current
    let body = ResponseBody { _ in
      let connection = try await upgraded.get()
      await CallContext.$current.withValue(call) { await Self.run(feed, on: connection) }
      // Held until here, also when the body is never begun.
      withExtendedLifetime(slot) {}
    }
    return Response(
      status: .switchingProtocols,
      headers: [.upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: accept], body: body)
  }

  /// Feeds a WebSocket until either side ends it.
  private static func run(_ feed: @escaping WebSocketFeed, on connection: WebSocketConnection) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await feed(connection)
          connection.end(.normal)
        } catch {
          // Nobody hears it where the client went away first.
          let problem = Problem(thrown: error)
          connection.end(WebSocketEnd(1_011, "\(problem.code): \(problem.detail)"))
        }
      }
      try? await connection.closed.get()
      group.cancelAll()
    }
  }
}

/// How many WebSockets there are.
private final class SocketSlots: Sendable {
  /// One of them, until nobody holds it.
  final class Slot: Sendable {
    private let slots: SocketSlots

    fileprivate init(_ slots: SocketSlots) { self.slots = slots }

    deinit { slots.taken.withLock { $0 -= 1 } }
  }

  private let maximum: Int
  private let taken = Mutex(0)

  init(_ maximum: Int) { self.maximum = maximum }

  func take() throws -> Slot {
    let isTaken = taken.withLock { taken in
      guard taken < maximum else { return false }
      taken += 1
      return true
    }
    guard isTaken else {
      var problem = Problem(.serviceUnavailable, "TOO_MANY_SOCKETS", "\(maximum) WebSockets are open already")
      problem.retryAfter = 5
      throw problem
    }
    return Slot(self)
  }
}
