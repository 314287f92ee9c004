import Synchronization
import Testing
import Waiting

@testable import PredictionService

@Suite struct SharedRoundsTests {
  /// Work that waits at a gate each time, and counts.
  final class Gate: Sendable {
    private let state = Mutex<(begun: Int, open: Int, isFailing: Bool)>((0, 0, false))

    var begun: Int { state.withLock(\.begun) }
    func open(_ rounds: Int) { state.withLock { $0.open += rounds } }
    func fail() { state.withLock { $0.isFailing = true } }

    func work() async throws {
      let number = state.withLock { state in
        state.begun += 1
        return state.begun
      }
      try await eventually("the gate opens", every: .milliseconds(1)) { state.withLock { $0.open >= number } }
      if state.withLock(\.isFailing) { throw NeverHappened(description: "told to fail") }
    }
  }

  final class Count: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock(\.self) }
    func add() { number.withLock { $0 += 1 } }
  }

  @Test func `whoever joins while a round runs shares the next one`() async throws {
    let gate = Gate()
    let rounds = SharedRounds { try await gate.work() }
    let ended = Count()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await rounds.join() }
      try await eventually("the first round runs", every: .milliseconds(1)) { gate.begun == 1 }
      for _ in 0..<10 {
        group.addTask {
          try await rounds.join()
          ended.add()
        }
      }
      gate.open(1)
      try await eventually("the second round runs", every: .milliseconds(1)) { gate.begun == 2 }
      // Nobody who came after the first round began is served by it.
      #expect(ended.value == 0)
      gate.open(10)
      try await group.waitForAll()
    }
    // Tasks may join after the second round began: then there is a third, but never one for each.
    #expect(gate.begun <= 3)
    try await rounds.join()
    #expect(gate.begun <= 4)
  }

  @Test func `a round that fails fails for its own callers, and the next one runs`() async throws {
    let gate = Gate()
    let rounds = SharedRounds { try await gate.work() }
    gate.open(1)
    try await rounds.join()
    gate.fail()
    gate.open(1)
    await #expect(throws: NeverHappened.self) { try await rounds.join() }
    #expect(gate.begun == 2)
  }

  @Test func `only a caller that may stops a round`() async throws {
    let rounds = SharedRounds { try await Task.sleep(for: .seconds(3_600)) }
    let caller = Task { try await rounds.join(stopsRound: true) }
    caller.cancel()
    await #expect(throws: CancellationError.self) { try await caller.value }
  }
}
