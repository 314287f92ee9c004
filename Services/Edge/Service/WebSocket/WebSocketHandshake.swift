import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// A client's opening handshake. Source: RFC 6455 §4.2
struct WebSocketHandshake {
  private static let version = "13"

  private let key: String
  private let origin: String?
  private let authority: String?

  /// - Throws: `Problem`: 426 for a request that asks for no WebSocket or for another version, 400 for a wrong key.
  init(_ request: Request) throws {
    let headers = request.headers
    guard request.method == .get, Self.tokens(headers[values: .upgrade]).contains("websocket"),
      Self.tokens(headers[values: .connection]).contains("upgrade")
    else {
      var problem = Problem(.upgradeRequired, "UPGRADE_REQUIRED", "\(request.uri.path) is a WebSocket")
      problem.headers = [.upgrade: "websocket", .connection: "Upgrade"]
      throw problem
    }
    guard headers[values: .secWebSocketVersion] == [Self.version] else {
      var problem = Problem(
        .upgradeRequired, "UPGRADE_REQUIRED", "only version \(Self.version) of WebSockets is spoken here")
      problem.headers = [
        .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: Self.version,
      ]
      throw problem
    }
    let keys = headers[values: .secWebSocketKey]
    guard keys.count == 1, Data(base64Encoded: keys[0])?.count == 16 else {
      throw Problem.invalid("Sec-WebSocket-Key", "must be 16 bytes in base64")
    }
    key = keys[0]
    origin = headers[.origin]
    authority = request.head.authority
  }

  /// Web pages of others must not read along: browsers let any page open a WebSocket, and say only where it is from.
  ///
  /// - Throws: `Problem` (403).
  func checkOrigin(allowed: Set<String>) throws {
    guard let origin, !allowed.contains("*"), !allowed.contains(origin) else { return }
    let own = origin.range(of: "://").map { origin[$0.upperBound...].lowercased() }
    guard let own, own == authority?.lowercased() else {
      throw Problem(
        .forbidden, "ORIGIN_NOT_ALLOWED", "pages from \(origin) may not connect; http.websocket-origins names who may")
    }
  }

  /// What proves that the handshake was understood.
  func accept(on channel: any Channel) async throws -> String {
    let upgrader = NIOTypedWebSocketServerUpgrader<Void>(
      shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
      upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/",
      headers: ["Sec-WebSocket-Key": key, "Sec-WebSocket-Version": Self.version])
    let headers = try await upgrader.buildUpgradeResponse(
      channel: channel, upgradeRequest: head, initialResponseHeaders: [:]
    ).get()
    return headers["Sec-WebSocket-Accept"].first ?? ""
  }

  /// The words of a list, in lower case.
  static func tokens(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  }
}
