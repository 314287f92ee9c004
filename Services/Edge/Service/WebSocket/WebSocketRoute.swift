import Hummingbird
import NIOCore

/// What a WebSocket sends, from its begin to its end: returns when there is nothing more to come. It is cancelled when
/// the client goes away.
typealias WebSocketFeed = @Sendable (WebSocketConnection) async throws -> Void

/// One path that answers with a WebSocket.
struct WebSocketRoute: Sendable {
  var path: String
  /// Reads the request before anything is upgraded.
  ///
  /// - Throws: what the client is answered with instead, such as a `Problem`.
  var open: @Sendable (Request) async throws -> WebSocketFeed
}
