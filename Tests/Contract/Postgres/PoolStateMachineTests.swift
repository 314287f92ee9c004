import Testing

@testable import PostgresPool

/// Events and the actions they must lead to; time is whatever the test says it is.
@Suite("Pool decisions on a virtual clock")
struct PoolStateMachineTests {
  typealias Action = PoolStateMachine.Action

  static func machine(
    minimum: Int = 0, maximum: Int = 2, waiters: Int = 3, now: Duration = .zero
  ) -> PoolStateMachine {
    PoolStateMachine(
      configuration: PoolConfiguration(
        minimumConnections: minimum, maximumConnections: maximum, maximumWaiters: waiters,
        acquireTimeout: .seconds(5), idleTimeout: .seconds(60), maximumLifetime: .seconds(1000),
        healthCheckInterval: .seconds(15), backoffBase: .milliseconds(100), backoffMaximum: .seconds(2)),
      seed: 1)
  }

  /// A machine with `count` idle connections, opened at time zero.
  static func withIdle(_ count: Int, minimum: Int = 0, maximum: Int = 2) -> PoolStateMachine {
    var machine = machine(minimum: minimum, maximum: maximum, waiters: 10)
    for waiter in 0..<count { _ = machine.wait(waiter, until: .seconds(5), now: .zero) }
    for id in 0..<count { _ = machine.connected(id, now: .zero) }
    for id in 0..<count { _ = machine.release(id, isUsable: true, now: .zero) }
    #expect(machine.idleCount == count)
    return machine
  }

  @Test("opens on demand, never beyond the maximum, and serves callers in order")
  func opensOnDemand() {
    var machine = Self.machine()
    #expect(machine.start(now: .zero) == [])
    #expect(machine.leaseIdle(now: .zero).0 == nil)
    #expect(machine.wait(1, until: .seconds(5), now: .zero) == [.connect(0)])
    #expect(machine.wait(2, until: .seconds(5), now: .zero) == [.connect(1)])
    #expect(machine.wait(3, until: .seconds(5), now: .zero) == [])
    #expect(machine.wait(4, until: .seconds(5), now: .zero) == [.fail(4, .exhausted)])
    #expect(machine.connected(1, now: .seconds(1)) == [.lease(1, to: 1)])
    #expect(machine.connected(0, now: .seconds(1)) == [.lease(0, to: 2)])
    #expect(machine.release(0, isUsable: true, now: .seconds(2)) == [.lease(0, to: 3)])
    #expect(machine.waitingCount == 0)
    #expect(machine.leasedCount == 2)
  }

  @Test("keeps the minimum open from the start")
  func minimum() {
    var machine = Self.machine(minimum: 2)
    #expect(machine.start(now: .zero) == [.connect(0), .connect(1)])
  }

  @Test("lends the connection used last, so that the others can expire")
  func lendsMostRecentlyUsed() {
    var machine = Self.withIdle(2)
    #expect(machine.leaseIdle(now: .seconds(1)).0 == 1)
    #expect(machine.leaseIdle(now: .seconds(1)).0 == 0)
    _ = machine.release(1, isUsable: true, now: .seconds(2))
    _ = machine.release(0, isUsable: true, now: .seconds(3))
    #expect(machine.leaseIdle(now: .seconds(4)).0 == 0)
  }

  @Test("a caller fails at its deadline, and a cancelled one leaves the queue")
  func waiterDeadline() {
    var machine = Self.machine(maximum: 1)
    _ = machine.wait(1, until: .seconds(5), now: .zero)
    _ = machine.wait(2, until: .seconds(6), now: .seconds(1))
    _ = machine.wait(3, until: .seconds(7), now: .seconds(2))
    #expect(machine.nextWake == .seconds(5))
    #expect([machine.cancel(2), machine.cancel(2)] == [true, false])
    #expect(machine.wake(now: .seconds(5)) == [.fail(1, .timeout)])
    #expect(machine.nextWake == .seconds(7))
    #expect(machine.connected(0, now: .seconds(6)) == [.lease(0, to: 3)])
  }

  @Test("while the server is away one attempt at a time goes out, with growing, bounded, jittered pauses")
  func backoff() throws {
    var machine = Self.machine(maximum: 5)
    #expect(machine.wait(1, until: .seconds(500), now: .zero) == [.connect(0)])
    #expect(machine.wait(2, until: .seconds(500), now: .zero) == [.connect(1)])
    #expect(machine.connectFailed(0, now: .zero) == [])
    #expect(machine.connectFailed(1, now: .zero) == [])
    var now = Duration.zero
    var pauses: [Duration] = []
    for id in 2..<12 {
      let retry = try #require(machine.nextWake)
      pauses.append(retry - now)
      now = retry
      #expect(machine.wake(now: now) == [.connect(id)])
      #expect(machine.wait(100 + id, until: .seconds(500), now: now).isEmpty || machine.waitingCount >= 3)
      #expect(machine.connectFailed(id, now: now) == [])
    }
    // The second failure doubled the base of 100 ms before the first pause.
    for (index, pause) in pauses.enumerated() {
      let full = min(Duration.milliseconds(200) * (1 << index), .seconds(2))
      #expect(pause >= full / 2 && pause <= full)
    }
    #expect(Set(pauses.suffix(4)).count > 1, "the pauses at the maximum differ by their jitter")
    let retry = try #require(machine.nextWake)
    #expect(machine.wake(now: retry) == [.connect(12)])
    // The server is back: everyone who waits gets a connection of their own at once.
    #expect(machine.connected(12, now: retry) == [.lease(12, to: 1), .connect(13), .connect(14)])
  }

  @Test("equal seeds give equal pauses")
  func seeded() {
    func firstPause(seed: UInt64) -> Duration? {
      var machine = PoolStateMachine(configuration: PoolConfiguration(), seed: seed)
      _ = machine.wait(1, until: .seconds(5), now: .zero)
      _ = machine.connectFailed(0, now: .zero)
      return machine.nextWake
    }
    #expect(firstPause(seed: 7) == firstPause(seed: 7))
    #expect(firstPause(seed: 7) != firstPause(seed: 8))
  }

  @Test("without callers a failed connect is not repeated")
  func noDemandNoRetry() {
    var machine = Self.machine()
    _ = machine.wait(1, until: .seconds(5), now: .zero)
    _ = machine.cancel(1)
    #expect(machine.waitingCount == 0)
    #expect(machine.connectFailed(0, now: .zero) == [])
    #expect(machine.nextWake == nil)
  }

  @Test("idle connections are checked, and those above the minimum closed when idle for long")
  func idleUpkeep() {
    var machine = Self.withIdle(2, minimum: 1)
    #expect(machine.nextWake == .seconds(15))
    #expect(machine.wake(now: .seconds(15)) == [.check(0), .check(1)])
    #expect(machine.leaseIdle(now: .seconds(15)).0 == nil, "a connection being checked is not lent")
    #expect(machine.checked(0, isHealthy: true, now: .seconds(16)) == [])
    #expect(machine.checked(1, isHealthy: true, now: .seconds(16)) == [])
    #expect(machine.nextWake == .seconds(31))
    _ = machine.wake(now: .seconds(31))
    _ = machine.checked(0, isHealthy: true, now: .seconds(59))
    _ = machine.checked(1, isHealthy: true, now: .seconds(59))
    #expect(machine.nextWake == .seconds(60))
    #expect(machine.wake(now: .seconds(60)) == [.close(0, .idle)])
    #expect(machine.idleCount == 1)
  }

  @Test("a caller that comes during a check gets the checked connection")
  func waitsForCheck() {
    var machine = Self.withIdle(1, maximum: 1)
    #expect(machine.wake(now: .seconds(15)) == [.check(0)])
    #expect(machine.wait(9, until: .seconds(20), now: .seconds(15)) == [])
    #expect(machine.checked(0, isHealthy: true, now: .seconds(16)) == [.lease(0, to: 9)])
  }

  @Test("one dead connection has all idle ones checked")
  func suspicion() {
    var machine = Self.withIdle(3, maximum: 3)
    let (leased, _) = machine.leaseIdle(now: .seconds(1))
    #expect(leased == 2)
    #expect(machine.release(2, isUsable: false, now: .seconds(2)) == [.close(2, .broken), .check(0), .check(1)])
    #expect(machine.checked(0, isHealthy: false, now: .seconds(3)) == [.close(0, .broken)])
    #expect(machine.checked(1, isHealthy: true, now: .seconds(3)) == [])
    #expect(machine.openCount == 1)
  }

  @Test("a broken connection is replaced for the callers that wait")
  func replacement() {
    var machine = Self.machine(maximum: 1)
    _ = machine.wait(1, until: .seconds(5), now: .zero)
    #expect(machine.connected(0, now: .zero) == [.lease(0, to: 1)])
    #expect(machine.wait(2, until: .seconds(5), now: .zero) == [])
    #expect(machine.release(0, isUsable: false, now: .seconds(1)) == [.close(0, .broken), .connect(1)])
    #expect(machine.connected(1, now: .seconds(2)) == [.lease(1, to: 2)])
  }

  @Test("an old connection is replaced on return and never lent again")
  func lifetime() {
    var machine = Self.withIdle(1)
    // The lifetime of 1000 s varies by a tenth.
    #expect(machine.leaseIdle(now: .seconds(899)).0 == 0)
    #expect(machine.release(0, isUsable: true, now: .seconds(1101)) == [.close(0, .expired)])

    var second = Self.withIdle(1)
    let (connection, actions) = second.leaseIdle(now: .seconds(1101))
    #expect(connection == nil)
    #expect(actions == [.close(0, .expired)])
  }

  @Test("closing fails callers, closes idle connections, and is complete with the last return")
  func closing() {
    var machine = Self.withIdle(2)
    #expect(machine.leaseIdle(now: .seconds(1)).0 == 1)
    #expect(machine.close() == [.close(0, .poolClosed)])
    #expect(machine.close() == [])
    #expect(machine.wait(7, until: .seconds(9), now: .seconds(2)) == [.fail(7, .closed)])
    #expect(machine.release(1, isUsable: true, now: .seconds(3)) == [.close(1, .poolClosed), .drained])
  }

  @Test("closing while connecting ends with the connect")
  func closingWhileConnecting() {
    var machine = Self.machine()
    _ = machine.wait(1, until: .seconds(5), now: .zero)
    _ = machine.wait(2, until: .seconds(5), now: .zero)
    #expect(machine.close() == [.fail(1, .closed), .fail(2, .closed)])
    #expect(machine.connectFailed(0, now: .seconds(1)) == [])
    #expect(machine.connected(1, now: .seconds(1)) == [.close(1, .poolClosed), .drained])
  }

  @Test("any order of events keeps the bounds", arguments: 0..<20)
  func randomEvents(seed: UInt64) {
    var machine = Self.machine(minimum: 1, maximum: 4, waiters: 6)
    var random = SplitMix64(state: seed)
    var now = Duration.zero
    var connecting: [Int] = []
    var leased: [Int] = []
    var checking: [Int] = []
    var waiting: Set<Int> = []
    var nextWaiter = 0
    func obey(_ actions: [Action]) {
      for action in actions {
        switch action {
        case .connect(let id): connecting.append(id)
        case .lease(let id, let waiter):
          #expect(waiting.remove(waiter) != nil)
          #expect(!leased.contains(id))
          leased.append(id)
        case .check(let id): checking.append(id)
        case .close(let id, _): #expect(!leased.contains(id) && !checking.contains(id))
        case .fail(let waiter, _): #expect(waiting.remove(waiter) != nil)
        case .drained: Issue.record("drained without close")
        }
      }
    }
    obey(machine.start(now: now))
    for _ in 0..<2000 {
      now += .milliseconds(Int.random(in: 0..<3000, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0, 1:
        nextWaiter += 1
        let (id, actions) = machine.leaseIdle(now: now)
        obey(actions)
        if let id {
          leased.append(id)
        } else {
          waiting.insert(nextWaiter)
          obey(machine.wait(nextWaiter, until: now + .seconds(5), now: now))
        }
      case 2 where !connecting.isEmpty: obey(machine.connected(connecting.removeFirst(), now: now))
      case 3 where !connecting.isEmpty: obey(machine.connectFailed(connecting.removeFirst(), now: now))
      case 4 where !leased.isEmpty:
        let id = leased.remove(at: Int.random(in: 0..<leased.count, using: &random))
        obey(machine.release(id, isUsable: Bool.random(using: &random), now: now))
      case 5 where !checking.isEmpty:
        obey(machine.checked(checking.removeFirst(), isHealthy: Bool.random(using: &random), now: now))
      default:
        if let next = machine.nextWake, next <= now { obey(machine.wake(now: now)) }
        if let waiter = waiting.min(), Bool.random(using: &random) {
          let wasWaiting = machine.cancel(waiter)
          #expect(wasWaiting)
          waiting.remove(waiter)
        }
      }
      #expect(machine.openCount + machine.connectingCount <= 4)
      #expect(machine.waitingCount <= 6)
      #expect(machine.waitingCount == waiting.count)
      #expect(machine.leasedCount == leased.count)
    }
  }
}
