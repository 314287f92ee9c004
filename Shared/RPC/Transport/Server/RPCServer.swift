public import NIOCore
import NIOPosix
import NIOSSL
public import RPCCore
import Synchronization

/// Where and how a server listens.
public struct RPCServerConfiguration: Sendable {
  /// A name or address; `127.0.0.1` unless told otherwise.
  public var host: String
  /// 0 lets the system choose.
  public var port: Int
  /// nil for plain text.
  public var tls: RPCServerTLS?
  public var limits = ServerLimits()
  /// Connections that wait to be accepted.
  public var backlog: Int32 = 256

  public init(host: String = "127.0.0.1", port: Int, tls: RPCServerTLS? = nil) {
    self.host = host
    self.port = port
    self.tls = tls
  }
}

/// A gRPC server on a socket.
public final class RPCServer: Sendable {
  /// The port that it listens on.
  public let port: Int
  public let statistics: ServerStatistics
  private let channel: any Channel
  private let connections: Connections

  private init(channel: any Channel, connections: Connections, statistics: ServerStatistics) {
    self.channel = channel
    self.connections = connections
    self.statistics = statistics
    port = channel.localAddress?.port ?? 0
  }

  /// Binds and serves.
  ///
  /// - Throws: when the address can't be bound, or the TLS files can't be read.
  public static func start(_ configuration: RPCServerConfiguration, router: Router, group: any EventLoopGroup)
    async throws -> RPCServer
  {
    let statistics = ServerStatistics()
    let connections = Connections()
    let load = ServerLoad()
    let wheels = DeadlineWheels()
    let limits = configuration.limits
    let tls = try configuration.tls.map { try NIOSSLContext(configuration: try $0.nioConfiguration()) }
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: configuration.backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(
        .writeBufferWaterMark, value: .init(low: limits.socketLowWater, high: limits.socketHighWater)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard connections.reserve(max: limits.maxConnections) else {
            statistics.connectionRefused()
            throw ChannelError.ioOnClosedChannel
          }
          statistics.connectionOpened()
          let connection = ServerConnection(
            loop: channel.eventLoop, router: router, limits: limits, wheel: wheels.wheel(channel.eventLoop),
            statistics: statistics, load: load
          ) { connection in
            statistics.connectionClosed()
            connections.remove(connection)
          }
          connections.insert(connection)
          do {
            if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
            try channel.pipeline.syncOperations.addHandler(connection)
          } catch {
            // Its handler will never be told that the channel has closed.
            statistics.connectionClosed()
            connections.remove(connection)
            throw error
          }
        }
      }
      .bind(host: configuration.host, port: configuration.port).get()
    return RPCServer(channel: channel, connections: connections, statistics: statistics)
  }

  /// Stops accepting, tells clients to go elsewhere, and waits for the calls that are open.
  ///
  /// - Parameter grace: the longest wait; what is still open then is ended with `UNAVAILABLE`.
  public func shutdown(grace: Duration) async {
    try? await channel.close().get()
    connections.order(.shutdown)
    let timer = Task {
      try await Task.sleep(for: grace)
      connections.order(.abort)
    }
    await connections.waitUntilEmpty()
    timer.cancel()
  }
}

/// The open connections of a server.
private final class Connections: Sendable {
  private struct State {
    var count = 0
    var open: [ObjectIdentifier: ServerConnection] = [:]
    var waiting: [CheckedContinuation<Void, Never>] = []
    /// What every connection was told; one that is still being accepted is told when it comes.
    var standing: ServerCommand?
  }

  private let state = Mutex(State())

  func reserve(max: Int) -> Bool {
    state.withLock { state in
      guard state.count < max, state.standing == nil else { return false }
      state.count += 1
      return true
    }
  }

  func insert(_ connection: ServerConnection) {
    let order = state.withLock { state in
      state.open[ObjectIdentifier(connection)] = connection
      return state.standing
    }
    if let order { connection.mailbox.post(order) }
  }

  func remove(_ connection: ServerConnection) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard state.open.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return [] }
      state.count -= 1
      guard state.count == 0 else { return [] }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Tells every connection, and those that come later.
  func order(_ command: ServerCommand) {
    let open = state.withLock { state in
      state.standing = command
      return Array(state.open.values)
    }
    for connection in open { connection.mailbox.post(command) }
  }

  func waitUntilEmpty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        // Those that are reserved but not in yet count, too.
        if state.count > 0 { state.waiting.append(continuation) }
        return state.count == 0
      }
      if isEmpty { continuation.resume() }
    }
  }
}

/// One deadline wheel for each event loop.
final class DeadlineWheels: Sendable {
  private let wheels = Mutex<[ObjectIdentifier: LoopBound]>([:])

  private struct LoopBound: @unchecked Sendable { let wheel: DeadlineWheel }

  func wheel(_ loop: any EventLoop) -> DeadlineWheel {
    wheels.withLock { wheels in
      if let known = wheels[ObjectIdentifier(loop)] { return known }
      let made = LoopBound(wheel: DeadlineWheel(loop: loop))
      wheels[ObjectIdentifier(loop)] = made
      return made
    }.wheel
  }
}
