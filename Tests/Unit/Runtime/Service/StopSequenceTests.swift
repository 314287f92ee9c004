import ServiceLifecycle
import RuntimeTesting
import Testing
import UnixSignals

@testable import ServiceRuntime

/// A service of three parts on a virtual clock, with signals from the test.
private struct Stage {
  let recorder = EventRecorder()
  let clock = VirtualClock()
  let health = HealthRegistry()
  let signals: AsyncStream<UnixSignal>
  let send: AsyncStream<UnixSignal>.Continuation

  init() { (signals, send) = AsyncStream.makeStream() }

  func run(_ behaviours: KeyValuePairs<String, RecordedPart.Behaviour>) async -> Int32 {
    let recorder = recorder
    let sequence = StopSequence(
      health: health, limits: StopLimits(drainDelay: .seconds(3), drainTimeout: .seconds(20)), clock: clock,
      logger: silent
    ) { recorder.record("exit \($0)") }
    return await sequence.run(
      behaviours.map { ($0.key, RecordedPart(name: $0.key, recorder: recorder, behaviour: $0.value)) },
      signals: signals)
  }

  func waitUntilStarted(_ names: String...) async {
    for name in names { await recorder.wait(for: "start \(name)") }
  }
}

@Suite(.timeLimit(.minutes(1))) struct Stopping {
  @Test func readinessFallsFirstThenPartsStopInReverseOrder() async {
    let stage = Stage()
    async let code = stage.run(["admin": .stops, "database": .stops, "rpc": .stops])
    await stage.waitUntilStarted("admin", "database", "rpc")
    #expect(stage.health.report.isReady)
    stage.send.yield(.sigterm)
    await stage.clock.sleeper(of: .seconds(3))
    #expect(stage.health.report.isDraining)
    #expect(stage.recorder.events.filter { $0.hasPrefix("stop") } == [])
    stage.clock.advance(by: .seconds(3))
    #expect(await code == ExitCode.success)
    #expect(stage.recorder.events.suffix(3) == ["stop rpc", "stop database", "stop admin"])
  }

  @Test func aPartIsWaitedForBeforeTheOneBelowItStops() async {
    let stage = Stage()
    async let code = stage.run(["database": .stops, "rpc": .hangs])
    await stage.waitUntilStarted("database", "rpc")
    stage.send.yield(.sigint)
    await stage.clock.sleeper(of: .seconds(3))
    stage.clock.advance(by: .seconds(3))
    await stage.clock.sleeper(of: .seconds(20))
    #expect(!stage.recorder.events.contains("stop database"))
    stage.recorder.record("let rpc go")
    #expect(await code == ExitCode.success)
    #expect(stage.recorder.events.suffix(2) == ["stop rpc", "stop database"])
  }

  @Test func drainingIsCutOffAtItsBound() async {
    let stage = Stage()
    async let code = stage.run(["rpc": .hangs])
    await stage.waitUntilStarted("rpc")
    stage.send.yield(.sigterm)
    await stage.clock.sleeper(of: .seconds(3))
    stage.clock.advance(by: .seconds(3))
    await stage.clock.sleeper(of: .seconds(20))
    stage.clock.advance(by: .seconds(20))
    await stage.recorder.wait(for: "exit 4")
    // In a process that would have been all; here the part has to be let go.
    stage.recorder.record("let rpc go")
    _ = await code
  }

  @Test func aSecondSignalEndsTheProcessAtOnce() async {
    let stage = Stage()
    async let code = stage.run(["rpc": .hangs])
    await stage.waitUntilStarted("rpc")
    stage.send.yield(.sigterm)
    await stage.clock.sleeper(of: .seconds(3))
    stage.send.yield(.sigint)
    await stage.recorder.wait(for: "exit 130")
    stage.clock.advance(by: .seconds(3))
    stage.recorder.record("let rpc go")
    _ = await code
  }

  @Test func aPartThatFailsStopsTheOthersInOrder() async {
    let stage = Stage()
    async let code = stage.run(["admin": .stops, "monitor": .fails, "rpc": .stops])
    await stage.clock.sleeper(of: .seconds(3))
    #expect(stage.health.report.isDraining)
    stage.clock.advance(by: .seconds(3))
    #expect(await code == ExitCode.failure)
    #expect(stage.recorder.events.suffix(2) == ["stop rpc", "stop admin"])
  }

  @Test func aSignalDuringAFailureIsTheFirstOne() {
    var policy = StopPolicy()
    #expect(policy.received(.failure(part: "rpc")) == .drain)
    #expect(policy.received(.failure(part: "database")) == .nothing)
    #expect(policy.received(.signal(.sigterm)) == .nothing)
    #expect(policy.received(.signal(.sigterm)) == .exit(143))
  }
}
