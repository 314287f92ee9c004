public import RPCHTTP2

/// The bounds of a server; each protects it from a peer, or the peers from each other.
public struct ServerLimits: Sendable {
  public var http2 = HTTP2Limits()
  public var call = CallLimits()
  /// Connections open at once; further ones are closed as they come.
  public var maxConnections = 4_096
  /// Handlers that run at once for one connection, those of cancelled calls included: a peer that opens and resets
  /// streams can't pile up work.
  public var maxHandlersPerConnection = 1_024
  /// Handlers that run at once for all connections; over it calls are refused unprocessed, so that clients may go
  /// elsewhere with any of them.
  public var maxHandlers = 8_192
  /// Bytes that all calls of one connection may hold unread; the call that goes over it ends with `RESOURCE_EXHAUSTED`.
  public var maxUnreadBytesPerConnection = 64 * 1024 * 1024
  /// Bytes of answers that may wait for one connection's client to read; the call that goes over it ends with
  /// `RESOURCE_EXHAUSTED`.
  public var maxUnsentBytesPerConnection = 64 * 1024 * 1024
  /// Bytes that all calls of all connections may hold unread. The call that goes over it ends with `RESOURCE_EXHAUSTED`,
  /// even if its own connection is within bounds: it is the process that would run out of memory. Kept to within what
  /// each connection takes in with one read.
  public var maxUnreadBytes = 512 * 1024 * 1024
  /// Bytes of answers that may wait for the clients of all connections; over it as for `maxUnreadBytes`. Kept to within
  /// what each connection queues in one turn of its loop.
  public var maxUnsentBytes = 512 * 1024 * 1024
  /// Frames, data apart, that may wait for a client that doesn't read; with more of them its connection is closed.
  public var maxQueuedFrames = 10_000
  /// How long a new connection may take to speak HTTP/2.
  public var handshakeTimeout = Duration.seconds(10)
  /// A connection without calls is closed after this; nil for never.
  public var maxIdle: Duration? = .seconds(30 * 60)
  /// A connection is asked to go after this, so that clients see new addresses; nil for never. A tenth is added at random.
  public var maxAge: Duration?
  /// How long calls may go on after that.
  public var maxAgeGrace = Duration.seconds(60)
  /// The server pings a connection that was silent for this long.
  public var keepaliveTime = Duration.seconds(60)
  /// A connection that doesn't answer within this is dead.
  public var keepaliveTimeout = Duration.seconds(20)
  /// Pings that come faster than this are strikes.
  public var minPingInterval = Duration.seconds(5)
  /// More strikes than this end the connection with ENHANCE_YOUR_CALM.
  public var maxPingStrikes = 2
  /// Output that waits in a socket before no more is made.
  public var socketHighWater = 256 * 1024
  public var socketLowWater = 64 * 1024

  /// How long a client has to answer before the announced end of its connection becomes final.
  public var shutdownNotice = Duration.seconds(1)
  /// How long the last bytes of a connection that is done may take to leave.
  public var lingerTimeout = Duration.seconds(5)
  /// How often ages and silences are looked at; the times above are kept to within this.
  public var housekeepingInterval = Duration.seconds(1)

  public init() {}

  /// Raises the bounds of one connection to what its own calls need: a message of the longest length beside another one,
  /// and a handler for every stream while those of as many cancelled calls still come to their end. Those of the server
  /// hold at least one connection at its bounds. Called once `call` and `http2` are set; lowers nothing.
  public mutating func fitConnectionBounds() {
    maxHandlersPerConnection = max(maxHandlersPerConnection, 1_024, 2 * http2.maxConcurrentStreams)
    maxUnreadBytesPerConnection = max(maxUnreadBytesPerConnection, 2 * call.maxReceivedMessage)
    maxUnsentBytesPerConnection = max(maxUnsentBytesPerConnection, 2 * call.maxSentMessage)
    maxHandlers = max(maxHandlers, maxHandlersPerConnection)
    maxUnreadBytes = max(maxUnreadBytes, maxUnreadBytesPerConnection)
    maxUnsentBytes = max(maxUnsentBytes, maxUnsentBytesPerConnection)
  }
}
