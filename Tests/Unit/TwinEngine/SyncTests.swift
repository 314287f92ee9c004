import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("Keeping twins in step")
struct SyncTests {
  @Test("a twin without telemetry says that it waits")
  func waiting() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let state = try await stage.state("twin-001")
    #expect(state.vehicleID == "twin-001")
    #expect(state.sync?.status == .waiting)
    #expect(state.time == nil)
    #expect(state.position == nil)
    #expect(state.predicted.isEmpty)
    #expect(state.revision == 0)
  }

  @Test("samples move the virtual vehicle, and it says what comes next")
  func moves() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let answers = try await stage.send(
      (1...20).map { stage.batch($0, "twin-001", [stage.sample($0)]) })
    #expect(answers.map(\.batchID) == Array(1...20))
    let state = try #require(answers.last?.states.first)
    #expect(state.time == stage.sample(20).time)
    #expect(abs((state.position?.xM ?? 0) - 40) < 0.5)
    #expect(abs((state.position?.yM ?? 0) - 5) < 0.5)
    #expect(abs((state.headingDeg ?? 0) - 90) < 1)
    #expect(abs((state.speedMps ?? 0) - 20) < 0.2)
    #expect(state.sync?.lastSequence == 20)
    #expect(state.sync?.samples == 20)
    #expect(state.sync?.source == "default")
    #expect(state.predicted.map(\.tS) == [0.5, 1, 2, 3, 5])
    #expect(abs((state.predicted[2].xM ?? 0) - 80) < 2)
    #expect(state.divergence?.diverged == false)
    #expect(try await stage.state("twin-001") == state)
  }

  @Test("the lag is that from the measurement to the state")
  func lag() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let measured = stage.clock.now
    stage.clock.advance(seconds: 0.04)
    let sample = TelemetrySample(sequence: 1, time: measured.timestamp, speedMps: 3)
    try await stage.send([stage.batch(1, "twin-001", [sample])])
    let state = try await stage.state("twin-001")
    #expect(abs((state.sync?.lagMs ?? 0) - 40) < 1e-6)
    #expect(state.sync?.status == .inSync)
    #expect(state.sync?.receivedTime == stage.clock.now.timestamp)
  }

  @Test("a lag beyond its bound, silence, and long silence are told apart; readers hear of it")
  func status() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let sample = TelemetrySample(
      sequence: 1, time: stage.clock.now.adding(seconds: -0.15).timestamp, speedMps: 3)
    try await stage.send([stage.batch(1, "twin-001", [sample])])
    #expect(try await stage.state("twin-001").sync?.status == .lagging)
    try await stage.twins.watchTwinStates(WatchTwinStatesRequest(ids: ["twin-001"])) { states in
      var iterator = states.makeAsyncIterator()
      let first = try await iterator.next()?.states.first
      #expect(first?.sync?.status == .lagging)
      stage.clock.advance(seconds: 5.5)
      stage.parts.fleet.observeTime()
      let second = try await iterator.next()?.states.first
      #expect(second?.sync?.status == .stale)
      #expect(second?.revision == (first?.revision ?? 0) + 1)
      stage.parts.fleet.observeTime()
      stage.clock.advance(seconds: 60)
      stage.parts.fleet.observeTime()
      #expect(try await iterator.next()?.states.first?.sync?.status == .offline)
    }
    #expect(try await stage.twins.getTwin(GetTwinRequest(id: "twin-001")).status == .offline)
    try await stage.send([
      stage.batch(
        2, "twin-001", [TelemetrySample(sequence: 2, time: stage.clock.now.timestamp, speedMps: 3)])
    ])
    #expect(try await stage.state("twin-001").sync?.status == .inSync)
  }

  @Test("the same sequence of a source changes nothing a second time; of another source it does")
  func exactlyOnce() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let samples = (1...5).map { stage.sample($0) }
    try await stage.send([stage.batch(1, "twin-001", samples)])
    let before = try await stage.state("twin-001")
    let again = try await stage.send([stage.batch(2, "twin-001", samples)])
    #expect(again.first?.states.isEmpty == true)
    #expect(try await stage.state("twin-001") == before)
    try await stage.send([stage.batch(3, "twin-001", source: "gnss", [stage.sample(6)])])
    let after = try await stage.state("twin-001")
    #expect(after.sync?.samples == 6)
    #expect(after.sync?.source == "gnss")
    #expect(after.revision == before.revision + 1)
  }

  @Test("a late sample is taken note of but doesn't turn the state back")
  func late() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.send([stage.batch(1, "twin-001", [1, 2, 4, 5].map { stage.sample($0) })])
    let before = try await stage.state("twin-001")
    try await stage.send([stage.batch(2, "twin-001", [stage.sample(3)])])
    #expect(try await stage.state("twin-001") == before)
    #expect(stage.parts.fleet.twin("twin-001")?.sources["default"]?.missing == 0)
  }

  @Test("a source whose clock was set back is believed after a second of samples")
  func clockSetBack() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.send([stage.batch(1, "twin-001", (100...110).map { stage.sample($0) })])
    // The same drive from its start, by a clock 10 s back; sequences go on.
    let again = (1...UInt64(LiveTwin.lateSamplesUntilRestart)).map { index in
      var sample = stage.sample(index)
      sample.sequence = 110 + index
      return sample
    }
    try await stage.send([stage.batch(2, "twin-001", again)])
    let state = try await stage.state("twin-001")
    #expect(state.time == again.last?.time)
    #expect(state.sync?.lastSequence == again.last?.sequence)
  }

  @Test("twins that don't exist are named, the others of the batch are applied")
  func unknown() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    var batch = stage.batch(1, "twin-007", [stage.sample(1)])
    batch.twins += stage.batch(1, "twin-001", [stage.sample(1)]).twins
    let answer = try await stage.send([batch]).first
    #expect(answer?.unknownIds == ["twin-007"])
    #expect(answer?.states.map(\.vehicleID) == ["twin-001"])
  }

  @Test("batches are called durable once the states are stored, not before")
  func durable() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.sync.syncTwins { requests, responses in
      var iterator = responses.makeAsyncIterator()
      try await requests.write(stage.batch(7, "twin-001", [stage.sample(1)]))
      let applied = try await iterator.next()
      #expect(applied?.batchID == 7)
      #expect(applied?.durableBatchID == 0)
      stage.store.isAway = true
      await #expect(throws: StoreUnavailable.self) { try await stage.parts.writer.flush() }
      stage.store.isAway = false
      try await stage.parts.writer.flush()
      #expect(try await iterator.next()?.durableBatchID == 7)
      requests.finish()
    }
  }

  @Test("after a crash the state is there again, and samples sent again change nothing but what is missing")
  func restart() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.create("AV-002")
    try await stage.send([stage.batch(1, "twin-001", (1...10).map { stage.sample($0) })])
    try await stage.parts.writer.flush()
    let stored = try await stage.state("twin-001")
    try await stage.send([stage.batch(2, "twin-001", (11...15).map { stage.sample($0) })])
    let lost = try await stage.state("twin-001")

    let after = try await EngineStage(store: stage.store, clock: stage.clock)
    let restored = try await after.state("twin-001")
    #expect(restored.sync == stored.sync)
    #expect(restored.time == stored.time)
    #expect(abs((restored.position?.xM ?? 0) - (stored.position?.xM ?? 1)) < 1e-9)
    #expect(restored.revision > lost.revision)
    #expect(try await after.state("twin-002").sync?.status == .waiting)
    // State-sync sends everything again that wasn't called durable, and more.
    try await after.send([after.batch(3, "twin-001", (5...15).map { after.sample($0) })])
    let state = try await after.state("twin-001")
    #expect(state.sync?.samples == 15)
    #expect(state.sync?.lastSequence == 15)
    #expect(state.time == lost.time)
    #expect(abs((state.position?.xM ?? 0) - (lost.position?.xM ?? 1)) < 0.2)
    #expect(state.revision > restored.revision)
  }

  @Test("a slow watcher gets the newest state of each twin and how many were left out")
  func slowWatcher() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let total = UInt64(4 * TwinServiceAPI.watchBacklog)
    try await stage.twins.watchTwinStates(WatchTwinStatesRequest()) { states in
      var iterator = states.makeAsyncIterator()
      #expect(try await iterator.next()?.states.count == 1)
      // Applied to the fleet alone, past what loads the state.
      stage.parts.fleet.enter(1, from: nil)
      for index in 1...total {
        _ = stage.parts.fleet.apply(
          [SampleBatch(source: "default", samples: [stage.sample(index)], received: stage.clock.now)], to: "twin-001")
      }
      var skipped: UInt64 = 0
      var received: UInt64 = 0
      var newest: UInt64 = 0
      while newest < total, let message = try await iterator.next() {
        received += UInt64(message.states.count)
        skipped += message.skipped
        newest = message.states.last?.sync?.lastSequence ?? 0
      }
      #expect(newest == total)
      #expect(received + skipped == total)
      #expect(skipped > 0)
    }
  }
}
