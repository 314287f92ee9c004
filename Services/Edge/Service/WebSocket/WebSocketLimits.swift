import NIOCore

/// The bounds of WebSockets.
struct WebSocketLimits: Sendable {
  /// Open at once, on all ports together; further ones are refused with 503.
  var maxSockets = 256
  /// Longest frame that a client may send, in bytes. Clients have nothing to say but what keeps a connection.
  var maxFrame = 4_096
  /// Messages that wait for a client; of each subject only the newest. Over it the source waits.
  var maxQueued = 64
  /// Their bytes together; a single message may be larger.
  var maxQueuedBytes = 1 << 20
  /// How long a client may take without reading before it is closed.
  var stall = TimeAmount.seconds(30)
  /// How often a client is pinged; one that wasn't heard of since the last ping is closed.
  var pingInterval = TimeAmount.seconds(20)
  /// How long the other side's close may take before the connection is cut.
  var closeWait = TimeAmount.seconds(5)
  /// Origins of web pages that may connect beside the edge's own, such as `https://ops.example.com`; `*` for all.
  var origins: Set<String> = []
}

/// Why a WebSocket is closed. Source of the codes: RFC 6455 §7.4.1
struct WebSocketEnd: Error, Hashable, Sendable {
  var code: UInt16
  var reason: String

  /// The longest reason: a control frame holds 125 bytes, two of them the code. Source: RFC 6455 §5.5
  private static let maxReason = 123

  init(_ code: UInt16, _ reason: String) {
    self.code = code
    var reason = reason[...]
    while reason.utf8.count > Self.maxReason { reason.removeLast() }
    self.reason = String(reason)
  }

  static let normal = WebSocketEnd(1_000, "")
  static let goingAway = WebSocketEnd(1_001, "the service stops")
  static func protocolError(_ reason: String) -> WebSocketEnd { WebSocketEnd(1_002, reason) }
  static func unacceptable(_ reason: String) -> WebSocketEnd { WebSocketEnd(1_003, reason) }
  static let notText = WebSocketEnd(1_007, "text must be UTF-8")
  static let tooSlow = WebSocketEnd(1_008, "the client reads too slowly")
  static let tooLarge = WebSocketEnd(1_009, "the frame is too large")
  static let silent = WebSocketEnd(1_011, "no pong came in time")

  /// No close came from either side. Never sent.
  static let abnormal: UInt16 = 1_006
  /// The other side's close had no code. Never sent.
  static let noCode: UInt16 = 1_005

  /// Whether a code may stand in a close frame. Source: RFC 6455 §7.4
  static func maySend(_ code: UInt16) -> Bool {
    switch code {
    case 1_000...1_003, 1_007...1_014, 3_000...4_999: true
    default: false
    }
  }
}
