/// Decides everything about a pool: who gets which connection, when to open, check and close one, how long to back off.
///
/// Pure: each event takes the present time and returns what to do; the pool does it. Time is the `PoolClock`'s.
///
/// The life of a connection:
///
///     connecting ──▶ idle ◀──▶ leased
///         │          ▲  │
///         │          │  ▼
///         │        checking
///         ▼             ▼
///       gone ◀── closed (too old, idle too long, broken, pool closing)
struct PoolStateMachine {
  typealias ConnectionID = Int
  typealias WaiterID = Int

  enum Action: Equatable {
    case connect(ConnectionID)
    /// Hand the connection to the waiting caller.
    case lease(ConnectionID, to: WaiterID)
    case check(ConnectionID)
    case close(ConnectionID, CloseReason)
    case fail(WaiterID, FailureReason)
    /// Closing is complete: no connection is left.
    case drained
  }

  enum FailureReason: Equatable { case exhausted, timeout, closed }

  private struct Connection {
    enum State: Equatable {
      case connecting
      case idle(since: Duration)
      case checking
      case leased
    }
    var id: ConnectionID
    var state: State
    var expires: Duration = .zero
    /// When a round trip last succeeded.
    var verified: Duration = .zero
    /// When a caller last used it; checks don't count, or nothing would ever be idle for long.
    var used: Duration = .zero
  }

  private struct Waiter {
    var id: WaiterID
    var deadline: Duration
  }

  let configuration: PoolConfiguration
  private var random: SplitMix64
  /// In the order of opening. The idle one used last is leased first, so that surplus ones stay idle and expire.
  private var connections: [Connection] = []
  /// First come, first served; with one timeout for all, also in the order of their deadlines, save for callers that
  /// come back because their connection was found dead.
  private var waiters: [Waiter] = []
  private var nextConnection = 0
  private var consecutiveFailures = 0
  private var retryAt: Duration?
  private(set) var isClosing = false

  /// - Parameter seed: of the jitter; equal seeds and events give equal actions.
  init(configuration: PoolConfiguration, seed: UInt64) {
    precondition(configuration.maximumConnections >= 1, "a pool holds at least one connection")
    precondition(
      (0...configuration.maximumConnections).contains(configuration.minimumConnections),
      "the minimum of connections lies between 0 and the maximum")
    precondition(configuration.maximumWaiters >= 0, "the number of waiters cannot be negative")
    self.configuration = configuration
    random = SplitMix64(state: seed)
  }

  // MARK: Events

  /// The pool starts: opens the minimum.
  mutating func start(now: Duration) -> [Action] { openMissing(now) }

  /// An idle connection at once, if there is one.
  mutating func leaseIdle(now: Duration) -> (ConnectionID?, [Action]) {
    var actions: [Action] = []
    while !isClosing, let index = mostRecentlyUsedIdle() {
      guard connections[index].expires > now else {
        actions.append(.close(connections.remove(at: index).id, .expired))
        continue
      }
      connections[index].state = .leased
      connections[index].used = now
      return (connections[index].id, actions)
    }
    return (nil, actions)
  }

  /// A caller starts waiting.
  mutating func wait(_ waiter: WaiterID, until deadline: Duration, now: Duration) -> [Action] {
    guard !isClosing else { return [.fail(waiter, .closed)] }
    // One may have become idle since the caller looked.
    let (connection, actions) = leaseIdle(now: now)
    if let connection { return actions + [.lease(connection, to: waiter)] }
    guard waiters.count < configuration.maximumWaiters else { return actions + [.fail(waiter, .exhausted)] }
    waiters.append(Waiter(id: waiter, deadline: deadline))
    return actions + openMissing(now)
  }

  /// A caller was cancelled. False: it was no longer waiting.
  mutating func cancel(_ waiter: WaiterID) -> Bool {
    guard let index = waiters.firstIndex(where: { $0.id == waiter }) else { return false }
    waiters.remove(at: index)
    return true
  }

  mutating func connected(_ id: ConnectionID, now: Duration) -> [Action] {
    consecutiveFailures = 0
    retryAt = nil
    guard let index = connections.firstIndex(where: { $0.id == id }) else { return [.close(id, .poolClosed)] }
    if isClosing { return remove(index, .poolClosed) }
    let jitter = 1 + PoolConfiguration.lifetimeJitter * (2 * random.nextUnit() - 1)
    connections[index].expires = now + configuration.maximumLifetime * jitter
    connections[index].verified = now
    connections[index].used = now
    return makeAvailable(index, now) + openMissing(now)
  }

  mutating func connectFailed(_ id: ConnectionID, now: Duration) -> [Action] {
    if let index = connections.firstIndex(where: { $0.id == id }) { connections.remove(at: index) }
    if isClosing { return connections.isEmpty ? [.drained] : [] }
    consecutiveFailures += 1
    // Doubling 20 times reaches any sensible maximum and cannot overflow.
    let doublings = min(consecutiveFailures - 1, 20)
    let full = min(configuration.backoffBase * (1 << doublings), configuration.backoffMaximum)
    retryAt = now + full * (0.5 + 0.5 * random.nextUnit())
    return []
  }

  /// A caller gives its connection back; `isUsable` is false when it is broken or in an unknown state.
  mutating func release(_ id: ConnectionID, isUsable: Bool, now: Duration) -> [Action] {
    guard let index = connections.firstIndex(where: { $0.id == id }) else { return [] }
    precondition(connections[index].state == .leased, "released a connection that was not leased")
    connections[index].used = now
    if isClosing { return remove(index, .poolClosed) }
    if !isUsable { return remove(index, .broken) + suspectIdle(now) + openMissing(now) }
    if connections[index].expires <= now { return remove(index, .expired) + openMissing(now) }
    connections[index].verified = now
    return makeAvailable(index, now)
  }

  mutating func checked(_ id: ConnectionID, isHealthy: Bool, now: Duration) -> [Action] {
    guard let index = connections.firstIndex(where: { $0.id == id }) else { return [] }
    if isClosing { return remove(index, .poolClosed) }
    if !isHealthy { return remove(index, .broken) + suspectIdle(now) + openMissing(now) }
    connections[index].verified = now
    return makeAvailable(index, now)
  }

  /// The time asked for by `nextWake` has come.
  mutating func wake(now: Duration) -> [Action] {
    var actions: [Action] = []
    waiters.removeAll { waiter in
      guard waiter.deadline <= now else { return false }
      actions.append(.fail(waiter.id, .timeout))
      return true
    }
    guard !isClosing else { return actions }
    for connection in connections {
      guard case .idle = connection.state, let index = connections.firstIndex(where: { $0.id == connection.id }) else {
        continue
      }
      if connection.expires <= now {
        actions += remove(index, .expired)
      } else if connection.used + configuration.idleTimeout <= now,
        connections.count > configuration.minimumConnections
      {
        actions += remove(index, .idle)
      } else if connection.verified + configuration.healthCheckInterval <= now {
        connections[index].state = .checking
        actions.append(.check(connection.id))
      }
    }
    return actions + openMissing(now)
  }

  /// Fails all waiters, closes idle connections now and the others as they come back.
  mutating func close() -> [Action] {
    guard !isClosing else { return [] }
    isClosing = true
    var actions = waiters.map { Action.fail($0.id, .closed) }
    waiters = []
    for connection in connections {
      guard case .idle = connection.state else { continue }
      actions.append(.close(connection.id, .poolClosed))
    }
    connections.removeAll { if case .idle = $0.state { true } else { false } }
    if connections.isEmpty { actions.append(.drained) }
    return actions
  }

  /// When `wake` must be called at the latest; nil when nothing is due.
  var nextWake: Duration? {
    var next: Duration?
    func consider(_ instant: Duration) { next = next.map { min($0, instant) } ?? instant }
    for waiter in waiters { consider(waiter.deadline) }
    guard !isClosing else { return next }
    if let retryAt, wantsMore { consider(retryAt) }
    for connection in connections {
      guard case .idle = connection.state else { continue }
      consider(connection.expires)
      consider(connection.verified + configuration.healthCheckInterval)
      if connections.count > configuration.minimumConnections { consider(connection.used + configuration.idleTimeout) }
    }
    return next
  }

  // MARK: Figures

  var waitingCount: Int { waiters.count }
  var openCount: Int { connections.count - connectingCount }
  var connectingCount: Int { connections.count { $0.state == .connecting } }
  var leasedCount: Int { connections.count { $0.state == .leased } }
  var idleCount: Int { openCount - leasedCount }
  var failureCount: Int { consecutiveFailures }

  // MARK: Parts of decisions

  private func mostRecentlyUsedIdle() -> Int? {
    var best: (index: Int, since: Duration)?
    for (index, connection) in connections.enumerated() {
      guard case .idle(let since) = connection.state else { continue }
      if best.map({ since >= $0.since }) ?? true { best = (index, since) }
    }
    return best?.index
  }

  private mutating func makeAvailable(_ index: Int, _ now: Duration) -> [Action] {
    guard !waiters.isEmpty else {
      connections[index].state = .idle(since: now)
      return []
    }
    connections[index].state = .leased
    connections[index].used = now
    return [.lease(connections[index].id, to: waiters.removeFirst().id)]
  }

  private mutating func remove(_ index: Int, _ reason: CloseReason) -> [Action] {
    let id = connections.remove(at: index).id
    return [.close(id, reason)] + (isClosing && connections.isEmpty ? [.drained] : [])
  }

  /// One dead connection makes the idle ones suspect: a restarted server has cut them all.
  private mutating func suspectIdle(_ now: Duration) -> [Action] {
    var actions: [Action] = []
    for index in connections.indices {
      guard case .idle = connections[index].state else { continue }
      connections[index].state = .checking
      actions.append(.check(connections[index].id))
    }
    return actions
  }

  private var wantsMore: Bool {
    guard connections.count < configuration.maximumConnections else { return false }
    return connectingCount < waiters.count || connections.count < configuration.minimumConnections
  }

  /// Opens a connection for each caller that waits for one, within the bounds. While the server does not answer, one
  /// attempt at a time goes out, so that a server coming back isn't stormed.
  private mutating func openMissing(_ now: Duration) -> [Action] {
    var actions: [Action] = []
    while !isClosing, wantsMore {
      if consecutiveFailures > 0 {
        if let retryAt, retryAt > now { break }
        if connectingCount > 0 { break }
      }
      let id = nextConnection
      nextConnection += 1
      connections.append(Connection(id: id, state: .connecting))
      actions.append(.connect(id))
    }
    return actions
  }
}

/// Why a pool closed a connection.
public enum CloseReason: Sendable, Hashable {
  case broken
  /// Reached its maximum lifetime.
  case expired
  /// Idle for longer than the idle timeout.
  case idle
  case poolClosed
}

/// Vigna's SplitMix64, https://prng.di.unimi.it/splitmix64.c: enough for jitter, and the same on every run.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 up to, not including, 1.
  mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
