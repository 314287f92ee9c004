import NIOCore
import NIOPosix
import NIOSSL
import RPCCore
import RPCResolver
import Synchronization

/// Keeps a connection to every address of a target and hands them out in turn.
///
/// One task looks the names up again and again, one task for each address connects, waits until that connection is
/// lost, and connects again after a backoff.
final class Balancer: Sendable {
  private struct Waiter {
    let id: UInt64
    let continuation: CheckedContinuation<ClientConnection, any Error>
  }

  private struct State {
    var subchannels: [SocketAddress: Task<Void, Never>] = [:]
    /// The addresses whose last attempt failed, with the reason.
    var failing: [SocketAddress: String] = [:]
    var ready: [ClientConnection] = []
    var next = 0
    var waiters: [Waiter] = []
    var nextWaiter: UInt64 = 0
    /// Why there is no connection and none in sight; nil while there is one, or an address that may still give one.
    var lastFailure: String?
    /// Grows when a server complains.
    var keepaliveTime: Duration
    var resolving: Task<Void, Never>?
    var isShutDown = false
  }

  /// A connection that was lost sooner than this after it was made counts as a failed attempt.
  private static let shortLife = TimeAmount.seconds(1)

  private let target: RPCTarget
  private let authority: String
  private let limits: ClientLimits
  private let group: any EventLoopGroup
  private let tls: NIOSSLContext?
  private let serverName: String?
  private let resolver: any AddressResolver
  private let wheels = DeadlineWheels()
  private let state: Mutex<State>
  private let nudges: AsyncStream<Void>
  private let nudge: AsyncStream<Void>.Continuation

  init(
    target: RPCTarget, authority: String?, limits: ClientLimits, group: any EventLoopGroup, tls: NIOSSLContext?,
    serverName: String?, resolver: any AddressResolver
  ) {
    self.target = target
    self.authority = authority ?? Self.authority(of: target)
    self.limits = limits
    self.group = group
    self.tls = tls
    self.serverName = serverName
    self.resolver = resolver
    state = Mutex(State(keepaliveTime: limits.keepaliveTime))
    (nudges, nudge) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  // MARK: Picking

  /// The next connection in turn; waits for one while it is being made.
  func pick(waitForReady: Bool, deadline: Deadline?) async throws -> ClientConnection {
    enum Found {
      case connection(ClientConnection)
      case error(RPCError)
      case wait
    }
    let found = state.withLock { state -> Found in
      if let connection = Self.next(&state) { return .connection(connection) }
      if state.isShutDown { return .error(RPCError(.unavailable, "the client is shut down")) }
      if state.resolving == nil { state.resolving = Task { await self.resolve() } }
      if let reason = state.lastFailure, !waitForReady {
        return .error(.unprocessed("no connection to \(target): \(reason)"))
      }
      return .wait
    }
    switch found {
    case .connection(let connection): return connection
    case .error(let error): throw error
    case .wait: return try await wait(waitForReady: waitForReady, deadline: deadline)
    }
  }

  private static func next(_ state: inout State) -> ClientConnection? {
    guard !state.ready.isEmpty else { return nil }
    state.next = (state.next + 1) % state.ready.count
    return state.ready[state.next]
  }

  private func wait(waitForReady: Bool, deadline: Deadline?) async throws -> ClientConnection {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let timer = deadline.map { deadline in
      group.any().scheduleTask(deadline: deadline.instant) {
        self.fail(waiter: id, RPCError(.deadlineExceeded, "the deadline passed while waiting for a connection"))
      }
    }
    defer { timer?.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = state.withLock { state -> Result<ClientConnection, any Error>? in
          if let connection = Self.next(&state) { return .success(connection) }
          if state.isShutDown { return .failure(RPCError(.unavailable, "the client is shut down")) }
          if let reason = state.lastFailure, !waitForReady {
            return .failure(RPCError.unprocessed("no connection to \(target): \(reason)"))
          }
          if let deadline, deadline.instant <= .now() {
            return .failure(RPCError(.deadlineExceeded, "the deadline passed while waiting for a connection"))
          }
          guard state.waiters.count < limits.maxWaitingCalls else {
            return .failure(RPCError(.resourceExhausted, "too many calls wait for a connection to \(target)"))
          }
          state.waiters.append(Waiter(id: id, continuation: continuation))
          return nil
        }
        if let outcome {
          continuation.resume(with: outcome)
        } else if Task.isCancelled {
          fail(waiter: id, RPCError(.cancelled, "the call was cancelled"))
        }
      }
    } onCancel: {
      fail(waiter: id, RPCError(.cancelled, "the call was cancelled"))
    }
  }

  private func fail(waiter id: UInt64, _ error: RPCError) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
      return state.waiters.remove(at: index)
    }
    waiter?.continuation.resume(throwing: error)
  }

  // MARK: Addresses

  private func resolve() async {
    var changes = nudges.makeAsyncIterator()
    var known: [RPCTarget.Host: [SocketAddress]] = [:]
    while !Task.isCancelled {
      var failure: (any Error)?
      for host in target.hosts {
        // What was known of a name stays in use while its look-up fails.
        do { known[host] = try await resolver.addresses(host: host.name, port: host.port) } catch { failure = error }
      }
      let addresses = target.hosts.flatMap { known[$0] ?? [] }
      update(Array(addresses.prefix(limits.maxAddresses)))
      if addresses.isEmpty { failed(nil, failure.map { "\($0)" } ?? "the name has no addresses") }
      if failure != nil { nudge.yield() }
      try? await Task.sleep(for: limits.minResolveInterval)
      let interval = limits.resolveInterval
      let timer = Task {
        try await Task.sleep(for: interval)
        nudge.yield()
      }
      _ = await changes.next()
      timer.cancel()
    }
  }

  private func update(_ addresses: [SocketAddress]) {
    let (gone, waiters) = state.withLock { state -> ([Task<Void, Never>], [Waiter]) in
      guard !state.isShutDown else { return ([], []) }
      let wanted = Set(addresses)
      let gone = state.subchannels.filter { !wanted.contains($0.key) }
      for address in gone.keys {
        state.subchannels[address] = nil
        state.failing[address] = nil
      }
      for address in addresses where state.subchannels[address] == nil {
        state.subchannels[address] = Task { await self.keepConnected(address) }
        state.lastFailure = nil
      }
      // What went may have been the one address that was still hoped for.
      return (Array(gone.values), state.failing.first.map { Self.giveUp(&state, $0.value) } ?? [])
    }
    for task in gone { task.cancel() }
    tell(waiters)
  }

  // MARK: Connections

  private func keepConnected(_ address: SocketAddress) async {
    var attempt = 0
    while !Task.isCancelled {
      do {
        let started = NIODeadline.now()
        let reason = try await useConnection(address)
        attempt = .now() - started < Self.shortLife ? attempt + 1 : 0
        // Calls wait for the one attempt that is made at once, and are told when there is none.
        if attempt > 0, let reason { failed(address, reason) }
      } catch {
        attempt += 1
        failed(address, "\(error)")
      }
      nudge.yield()
      guard attempt > 0 else { continue }
      try? await Task.sleep(for: limits.backoff.delay(attempt: attempt - 1, random: .random(in: -1...1)))
    }
  }

  /// Connects and returns when the connection takes no more calls. Calls come to know of it, and no longer know of it,
  /// on its event loop, so that none is put on a dead one.
  ///
  /// - Returns: why the connection was lost; nil when it drains.
  /// - Throws: when no connection came about.
  private func useConnection(_ address: SocketAddress) async throws -> String? {
    let (events, sink) = AsyncStream.makeStream(of: ClientConnection.Event.self)
    let (channel, connection) = try await connect(address, sink)
    let timer = channel.eventLoop.scheduleTask(in: .nanoseconds(limits.connectTimeout.wholeNanoseconds)) {
      sink.yield(.closed("the server didn't speak HTTP/2 in time"))
    }
    defer {
      timer.cancel()
      withdraw(connection)
    }
    var wasReady = false
    return try await withTaskCancellationHandler {
      for await event in events {
        switch event {
        case .ready:
          timer.cancel()
          wasReady = true
        case .tooManyPings: continue
        case .draining: return nil
        case .closed(let reason):
          connection.mailbox.post(.abort)
          guard wasReady else { throw ConnectionFailure(description: reason) }
          return reason
        }
      }
      return nil
    } onCancel: {
      connection.mailbox.post(.close)
      sink.finish()
    }
  }

  private func connect(_ address: SocketAddress, _ sink: AsyncStream<ClientConnection.Event>.Continuation) async throws
    -> (any Channel, ClientConnection)
  {
    let loop = group.next()
    var limits = limits
    limits.keepaliveTime = keepaliveTime
    let connection = ClientConnection(
      loop: loop, limits: limits, wheel: wheels.wheel(loop), scheme: tls == nil ? "http" : "https",
      authority: authority
    ) { connection, event in
      switch event {
      case .ready: self.offer(connection, address)
      case .draining, .closed: self.withdraw(connection)
      case .tooManyPings: self.slowKeepaliveDown()
      }
      sink.yield(event)
    }
    let channel = try await ClientBootstrap(group: loop)
      .connectTimeout(.nanoseconds(limits.connectTimeout.wholeNanoseconds))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.writeBufferWaterMark, value: .init(low: limits.socketLowWater, high: limits.socketHighWater))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls = self.tls {
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: tls, serverHostname: self.serverName))
          }
          try channel.pipeline.syncOperations.addHandler(connection)
        }
      }
      .connect(to: address).get()
    return (channel, connection)
  }

  private static func authority(of target: RPCTarget) -> String {
    guard let host = target.hosts.first else { return "localhost" }
    return host.name.contains(":") ? "[\(host.name)]:\(host.port)" : "\(host.name):\(host.port)"
  }

  private func offer(_ connection: ClientConnection, _ address: SocketAddress) {
    let waiters = state.withLock { state -> [Waiter]? in
      guard !state.isShutDown else { return nil }
      state.ready.append(connection)
      state.failing[address] = nil
      state.lastFailure = nil
      defer { state.waiters = [] }
      return state.waiters
    }
    guard let waiters else { return connection.mailbox.post(.close) }
    for waiter in waiters { waiter.continuation.resume(returning: connection) }
  }

  private func withdraw(_ connection: ClientConnection) {
    state.withLock { $0.ready.removeAll { $0 === connection } }
  }

  /// An attempt failed.
  ///
  /// - Parameter address: nil when the name gave none.
  private func failed(_ address: SocketAddress?, _ reason: String) {
    let waiters = state.withLock { state -> [Waiter] in
      if let address {
        guard state.subchannels[address] != nil else { return [] }
        state.failing[address] = reason
      }
      return Self.giveUp(&state, reason)
    }
    tell(waiters)
  }

  /// Calls that don't insist are told when no connection is left, and every address has failed: while one of them may
  /// still give a connection, they wait for it.
  private static func giveUp(_ state: inout State, _ reason: String) -> [Waiter] {
    guard state.ready.isEmpty, state.failing.count == state.subchannels.count else { return [] }
    state.lastFailure = reason
    defer { state.waiters = [] }
    return state.waiters
  }

  private func tell(_ waiters: [Waiter]) {
    let reason = state.withLock { $0.lastFailure } ?? "every attempt to connect failed"
    for waiter in waiters {
      // Those that do insist come back to wait: only they look at the flag again.
      waiter.continuation.resume(throwing: WaitAgain(reason: reason))
    }
  }

  private struct ConnectionFailure: Error, CustomStringConvertible {
    let description: String
  }

  /// No connection could be made just now.
  struct WaitAgain: Error {
    let reason: String
  }

  /// How long a connection that is made now may be silent before it is pinged.
  var keepaliveTime: Duration { state.withLock { $0.keepaliveTime } }

  private func slowKeepaliveDown() {
    state.withLock { $0.keepaliveTime = min($0.keepaliveTime * 2, max(limits.keepaliveTimeCeiling, $0.keepaliveTime)) }
  }

  var isConnected: Bool { state.withLock { !$0.ready.isEmpty } }

  func shutDown() {
    let (tasks, waiters, connections) = state.withLock { state in
      state.isShutDown = true
      let tasks = Array(state.subchannels.values) + [state.resolving].compactMap { $0 }
      defer {
        state.subchannels = [:]
        state.failing = [:]
        state.waiters = []
        state.ready = []
      }
      return (tasks, state.waiters, state.ready)
    }
    for task in tasks { task.cancel() }
    nudge.finish()
    for connection in connections { connection.mailbox.post(.close) }
    for waiter in waiters {
      waiter.continuation.resume(throwing: RPCError(.unavailable, "the client is shut down"))
    }
  }
}
