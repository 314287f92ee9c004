import FleetCore
import Testing

@Suite("Values that tasks wait for", .timeLimit(.minutes(1)))
struct WatchedTests {
  @Test("everybody who waits goes on once their condition holds, and nobody before")
  func changes() async throws {
    let number = Watched(0)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for goal in 1...20 {
        group.addTask {
          try await number.wait { $0 < goal }
          #expect(number.withLock(\.self) >= goal)
          return goal
        }
      }
      for _ in 1...20 {
        number.change { $0 += 1 }
        await Task.yield()
      }
      var reached: Set<Int> = []
      for try await goal in group { reached.insert(goal) }
      #expect(reached == Set(1...20))
    }
  }

  @Test("one that is cancelled stops waiting, before and while it waits; the others go on waiting")
  func cancellation() async throws {
    let flag = Watched(false)
    let other = Task { try await flag.wait { !$0 } }
    for _ in 0..<100 {
      let waiting = Task { try await flag.wait { !$0 } }
      await Task.yield()
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
    }
    flag.change { $0 = true }
    try await other.value
  }
}
