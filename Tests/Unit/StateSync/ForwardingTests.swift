import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Forwarding committed samples to twin-engine")
struct ForwardingTests {
  @Test("what is committed becomes visible in the virtual state")
  func forwards() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...20)
    let twin = try await stage.twin("twin-001", withSamples: 20)
    #expect(twin.newest?.sequence == 20)
    #expect(twin.newest?.source == "default")
    #expect(twin.newest?.received == stage.clock.now)
  }

  @Test(
    "the skew of a source's clock goes with its samples, and the lag is what is left without it",
    arguments: [-30.0, 30])
  func clockSkew(_ skew: Double) async throws {
    let stage = try await SyncStage()
    // All of it within one moment of our clock: only the source's clock differs.
    let now = stage.clock.now.adding(seconds: skew / 1_000)
    let theirs = now.timestamp
    try await stage.telemetry.streamTelemetry { requests, responses in
      var iterator = responses.makeAsyncIterator()
      for sequence in 1...2 as ClosedRange<UInt64> {
        var sample = stage.sample(sequence)
        sample.time = now.adding(seconds: 0.1 * (Double(sequence) - 2)).timestamp
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: "twin-001", batchID: sequence, samples: [sample], sendTime: theirs,
            echo: sequence == 1 ? nil : AckEcho(batchID: 1, receiveTime: theirs)))
        _ = try await iterator.next()
      }
      requests.finish()
    }
    let twin = try await stage.twin("twin-001", withSamples: 2)
    #expect(abs((twin.newest?.clockSkewMs ?? 0) - skew) < 1e-6)
    #expect(abs(twin.newest?.lag ?? 1) < 1e-6)
    let report = try await stage.fleet.getSyncReport(GetSyncReportRequest(vehicleID: "twin-001"))
    #expect(abs((report.sources.first?.clockSkewMs ?? 0) - skew) < 1e-6)
  }

  @Test("while twin-engine is away known vehicles are accepted; it catches up from the database when it is back")
  func engineAway() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...1)
    _ = try await stage.twin("twin-001", withSamples: 1)
    stage.crashEngine()
    // More than is kept in memory.
    let total = UInt64(3 * LogTail.capacity)
    for first in stride(from: UInt64(2), through: total, by: 1_000) {
      #expect(try await stage.push(first...min(first + 999, total)).rejected == 0)
    }
    let error = await fault { try await stage.push(1...1, to: "twin-002") }
    #expect(error?.reason == "UPSTREAM_UNAVAILABLE")
    try await stage.restartEngine()
    let twin = try await stage.twin("twin-001", withSamples: total)
    #expect(twin.newest?.sequence == total)
    #expect(twin.sources["default"]?.contiguous == total)
  }

  @Test("large samples are forwarded in as many batches as they take, also those that come from the store")
  func largeSamples() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...1)
    stage.crashEngine()
    // 100 MB: more than the memory keeps, and far more than one message may hold.
    for sequence in 2...400 as ClosedRange<UInt64> {
      var sample = stage.sample(sequence)
      sample.sensors = [SensorSample(sensorID: "lidar", detections: Self.detections)]
      let answer = try await stage.telemetry.pushTelemetry(
        PushTelemetryRequest(vehicleID: "twin-001", samples: [sample]))
      #expect(answer.accepted == 1)
    }
    try await stage.restartEngine()
    let twin = try await stage.twin("twin-001", withSamples: 400)
    #expect(twin.samples == 400)
  }

  /// About 240 kB.
  private static let detections = (0..<1_000).map {
    Detection(objectID: "\($0)", category: String(repeating: "c", count: 200), xM: 30, yM: -1, confidence: 0.9)
  }

  @Test("what twin-engine loses in a crash is sent again, what it had stored changes nothing")
  func engineCrash() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...10)
    _ = try await stage.twin("twin-001", withSamples: 10)
    // Again, since the samples may be in the twin before the session has noted their batch.
    try await until {
      try await stage.twins.writer.flush()
      return stage.parts.tail.start.forwarded == 10
    }
    try await stage.push(11...15)
    _ = try await stage.twin("twin-001", withSamples: 15)
    // Not flushed: samples 11 to 15 are lost with the process.
    stage.crashEngine()
    try await stage.push(16...17)
    try await stage.restartEngine()
    let twin = try await stage.twin("twin-001", withSamples: 17)
    #expect(twin.samples == 17)
    #expect(twin.sources["default"]?.contiguous == 17)
  }

  @Test(
    "state-sync goes on after a crash of its own: nothing is forgotten, nothing is taken twice",
    arguments: [true, false])
  func ownCrash(_ hasCheckpoint: Bool) async throws {
    let stage = try await SyncStage()
    try await stage.push(1...5)
    try await stage.push([8])
    if hasCheckpoint { _ = try await stage.parts.checkpoint(since: nil) }
    try await stage.push([10, 7])
    stage.stop()

    let after = try await SyncStage(after: stage)
    let report = try await after.fleet.getSyncReport(GetSyncReportRequest(vehicleID: "twin-001"))
    let source = try #require(report.sources.first)
    #expect(source.accepted == 8)
    #expect(source.late == 1)
    #expect(source.lastSequence == 10)
    #expect(source.contiguousSequence == 5)
    #expect(source.missing == 2)
    let answer = try await after.push([5, 6, 7, 8, 11])
    #expect(answer.accepted == 2)
    #expect(answer.duplicate == 3)
    #expect(after.storedSequences == [1, 2, 3, 4, 5, 8, 10, 7, 6, 11])
    #expect(after.store.allRows.map(\.position) == after.store.allRows.map(\.position).sorted())
    let twin = try await after.twin("twin-001", withSamples: 8)
    #expect(twin.sources["default"]?.contiguous == 8)
  }

  @Test("a commit whose outcome was lost isn't acknowledged; sent again its samples count once and are forwarded")
  func lostOutcome() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...2)
    stage.store.loseNextOutcome()
    let error = await fault { try await stage.push(3...4) }
    #expect(error?.reason == "STORE_UNAVAILABLE")
    let again = try await stage.push(3...5)
    #expect(again.accepted == 1)
    #expect(again.duplicate == 2)
    #expect(stage.storedSequences == [1, 2, 3, 4, 5])
    let twin = try await stage.twin("twin-001", withSamples: 5)
    #expect(twin.sources["default"]?.contiguous == 5)
  }

  @Test("a deleted twin takes nothing more; its successor starts anew, and its history stays")
  func deletedTwin() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...3)
    let twins = Twins(store: stage.twinStore, loader: stage.twins.loader, clock: stage.clock.wallClock)
    try await twins.delete("twin-001")
    try await until { stage.parts.directory.known(.twin("twin-001")) == nil }
    let error = await fault { try await stage.push(4...4) }
    #expect(error?.reason == "TWIN_NOT_FOUND")
    _ = try await twins.create(
      TwinDraft(physicalVehicleID: "AV-001", modelType: "sedan", overrides: [:], requestID: nil))
    let answer = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(physicalVehicleID: "AV-001", samples: [stage.sample(1)]))
    #expect(answer.vehicleID == "twin-002")
    #expect(answer.accepted == 1)
    let history = try await stage.fleet.getHistory(GetHistoryRequest(vehicleID: "twin-001"))
    #expect(history.samples.count == 3)
  }
}
