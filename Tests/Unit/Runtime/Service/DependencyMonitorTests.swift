import ServiceLifecycle
import ServiceLifecycleTestKit
import Synchronization
import RuntimeTesting
import Testing

@testable import ServiceRuntime

/// Answers as a script says; after its end it keeps giving the last answer.
private final class ScriptedDependency: Dependency {
  enum Answer: Sendable { case ok, error(String), permanent(String), hang }
  struct Refused: Error, CustomStringConvertible { let description: String }

  let name = "database"
  private let script: Mutex<[Answer]>
  private let calls = Mutex<[String]>([])

  init(_ script: [Answer]) { self.script = Mutex(script) }

  var history: [String] { calls.withLock { $0 } }

  func prepare() async throws { try await answer("prepare") }
  func check() async throws { try await answer("check") }

  private func answer(_ call: String) async throws {
    calls.withLock { $0.append(call) }
    let answer = script.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    switch answer {
    case .ok: return
    case .error(let text): throw Refused(description: text)
    case .permanent(let text): throw PermanentFailure(text)
    case .hang:
      while !Task.isCancelled { await Task.yield() }
      throw CancellationError()
    }
  }
}

/// One monitor with everything around it on a virtual clock.
private struct Stage {
  // All different, so that a test can tell from its length who sleeps.
  static let limits = DependencyLimits(
    checkInterval: .seconds(50), checkTimeout: .seconds(70), prepareTimeout: .seconds(110),
    retry: RetrySchedule(first: .seconds(1), longest: .seconds(4)))

  let clock = VirtualClock()
  let registry = HealthRegistry()
  let dependency: ScriptedDependency

  init(_ script: [ScriptedDependency.Answer]) { dependency = ScriptedDependency(script) }

  func monitor() -> DependencyMonitor<VirtualClock> {
    DependencyMonitor(
      dependency, health: registry.add("database"), limits: Self.limits, clock: clock, logger: silent, seed: 7)
  }

  var state: HealthState { registry.report.checks[0].state }

  /// Lets the monitor wait for its next attempt and gives the length of the wait.
  func retry() async -> Duration {
    let wait = await clock.sleeper { $0 <= .seconds(4) }
    return wait
  }
}

@Suite(.timeLimit(.minutes(1))) struct DependencyMonitors {
  @Test func waitsForADatabaseThatIsNotThereYetWithGrowingPauses() async throws {
    let stage = Stage([.error("refused"), .error("refused"), .error("refused"), .error("refused"), .ok])
    let monitor = stage.monitor()
    #expect(!stage.registry.report.isReady)
    let task = Task { try await monitor.run() }
    for full in [1.0, 2, 4, 4] {
      let wait = await stage.retry() / .seconds(1)
      #expect(wait >= full / 2 && wait <= full)
      #expect(stage.state == .starting("refused"))
      stage.clock.advance(by: .seconds(4))
    }
    await stage.clock.sleeper(of: .seconds(50))
    #expect(stage.state == .ok)
    #expect(stage.registry.report.isReady)
    #expect(stage.dependency.history == Array(repeating: "prepare", count: 5))
    task.cancel()
    try await task.value
  }

  @Test func readinessFallsWhenTheDatabaseGoesAndRisesWhenItReturns() async throws {
    let stage = Stage([.ok, .ok, .error("server closed"), .error("refused"), .ok])
    let monitor = stage.monitor()
    let task = Task { try await monitor.run() }
    await stage.clock.sleeper(of: .seconds(50))
    stage.clock.advance(by: .seconds(50))
    await stage.clock.sleeper(of: .seconds(50))
    #expect(stage.state == .ok)
    stage.clock.advance(by: .seconds(50))
    _ = await stage.retry()
    #expect(stage.state == .failing("server closed"))
    #expect(!stage.registry.report.isReady)
    stage.clock.advance(by: .seconds(4))
    _ = await stage.retry()
    #expect(stage.state == .failing("refused"))
    stage.clock.advance(by: .seconds(4))
    await stage.clock.sleeper(of: .seconds(50))
    #expect(stage.state == .ok)
    #expect(stage.dependency.history == ["prepare", "check", "check", "check", "check"])
    task.cancel()
    try await task.value
  }

  @Test func aCheckThatHangsIsCutOffAtItsBound() async throws {
    let stage = Stage([.ok, .hang, .ok])
    let monitor = stage.monitor()
    let task = Task { try await monitor.run() }
    await stage.clock.sleeper(of: .seconds(50))
    stage.clock.advance(by: .seconds(50))
    await stage.clock.sleeper(of: .seconds(70))
    stage.clock.advance(by: .seconds(70))
    _ = await stage.retry()
    #expect(stage.state == .failing("no answer within 70.0 seconds"))
    stage.clock.advance(by: .seconds(4))
    await stage.clock.sleeper(of: .seconds(50))
    #expect(stage.state == .ok)
    task.cancel()
    try await task.value
  }

  @Test func whatWaitingCannotCureEndsTheMonitor() async {
    let stage = Stage([.permanent("migration 0002 was changed")])
    let monitor = stage.monitor()
    await #expect(throws: PermanentFailure.self) { try await monitor.run() }
    #expect(stage.state == .failing("migration 0002 was changed"))
  }

  @Test func stoppingEndsTheWaitAtOnce() async throws {
    let stage = Stage([.error("refused")])
    let monitor = stage.monitor()
    try await testGracefulShutdown { trigger in
      try await withThrowingTaskGroup { group in
        group.addTask { try await monitor.run() }
        _ = await stage.retry()
        trigger.triggerGracefulShutdown()
        try await group.waitForAll()
      }
    }
    #expect(stage.dependency.history == ["prepare"])
  }
}
