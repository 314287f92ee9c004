import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Reading the fleet")
struct FleetServiceTests {
  @Test("history comes in the order of time, page by page, of one moment's extent")
  func history() async throws {
    let stage = try await SyncStage()
    try await stage.push([3, 1, 2, 7, 5, 4, 6])
    var sequences: [UInt64] = []
    var token = ""
    repeat {
      let page = try await stage.fleet.getHistory(
        GetHistoryRequest(vehicleID: "twin-001", limit: 3, pageToken: token))
      sequences += page.samples.map(\.sequence)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(sequences == [1, 2, 3, 4, 5, 6, 7])
    let part = try await stage.fleet.getHistory(
      GetHistoryRequest(vehicleID: "twin-001", from: stage.sample(2).time, to: stage.sample(5).time))
    #expect(part.samples.map(\.sequence) == [2, 3, 4])
    #expect(part.samples.first == stage.sample(2))
  }

  @Test("downsampled history holds the last sample of each interval, also across pages")
  func downsampling() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...35)
    var sequences: [UInt64] = []
    var token = ""
    repeat {
      let page = try await stage.fleet.getHistory(
        GetHistoryRequest(vehicleID: "twin-001", limit: 2, pageToken: token, intervalS: 1))
      sequences += page.samples.map(\.sequence)
      token = page.nextPageToken
    } while !token.isEmpty
    // Samples are 0.1 s apart; the drive began at a full second.
    #expect(sequences == [9, 19, 29, 35])
  }

  @Test("history of one source holds no others")
  func historyOfSource() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...3, source: "can")
    try await stage.push(2...4, source: "gnss")
    let one = try await stage.fleet.getHistory(GetHistoryRequest(vehicleID: "twin-001", source: "gnss"))
    #expect(one.samples.map(\.sequence) == [2, 3, 4])
    let both = try await stage.fleet.getHistory(GetHistoryRequest(vehicleID: "twin-001"))
    #expect(both.samples.count == 6)
    let none = try await stage.fleet.getHistory(GetHistoryRequest(vehicleID: "twin-001", source: "lidar"))
    #expect(none.samples.isEmpty)
  }

  @Test("wrong questions name the field")
  func wrongQuestions() async throws {
    let stage = try await SyncStage()
    for (field, request) in [
      ("limit", GetHistoryRequest(vehicleID: "twin-001", limit: 10_001)),
      ("page_token", GetHistoryRequest(vehicleID: "twin-001", pageToken: "nonsense")),
      ("interval_s", GetHistoryRequest(vehicleID: "twin-001", intervalS: 0)),
      ("from", GetHistoryRequest(vehicleID: "twin-001", from: stage.sample(2).time, to: stage.sample(1).time)),
    ] {
      let error = await fault { try await stage.fleet.getHistory(request) }
      #expect(error?.violations.map(\.field) == [field])
    }
    let missing = await fault { try await stage.fleet.getHistory(GetHistoryRequest(vehicleID: "twin-009")) }
    #expect(missing?.reason == "TWIN_NOT_FOUND")
  }

  /// Subscribes and runs `body` with what comes, once the subscription holds.
  private func subscribe<Result: Sendable>(
    _ stage: SyncStage, _ request: SubscribeFleetRequest,
    _ body: @Sendable (inout ClientResponses<FleetUpdate>.Iterator) async throws -> Result
  ) async throws -> Result {
    try await stage.fleet.subscribeFleet(request) { updates in
      _ = try await updates.call.initialMetadata
      var iterator = updates.makeAsyncIterator()
      return try await body(&iterator)
    }
  }

  @Test("subscribers get the real sample and the virtual state that follows")
  func subscription() async throws {
    let stage = try await SyncStage(vehicles: ["AV-001", "AV-002"])
    try await subscribe(stage, SubscribeFleetRequest(vehicleIds: ["twin-001"])) { updates in
      try await stage.push(1...1, to: "twin-002")
      try await stage.push(1...1)
      var kinds: Set<String> = []
      var cursors: [UInt64] = []
      while kinds.count < 2, let update = try await updates.next() {
        #expect(update.vehicleID == "twin-001")
        cursors.append(update.cursor)
        switch update.content {
        case .real(let sample)?:
          #expect(sample == stage.sample(1))
          kinds.insert("real")
        case .virtualState(let state)?:
          #expect(state.sync?.lastSequence == 1)
          #expect(state.time == stage.sample(1).time)
          kinds.insert("virtual")
        default: Issue.record("an unexpected update")
        }
      }
      #expect(cursors == cursors.sorted())
    }
  }

  @Test("a subscriber that reads too slowly gets the newest of each vehicle and how many it missed")
  func slowSubscriber() async throws {
    let stage = try await SyncStage()
    let total = UInt64(8 * FleetServiceAPI.backlog)
    try await subscribe(stage, SubscribeFleetRequest(kinds: [.real])) { updates in
      for first in stride(from: UInt64(1), through: total, by: 1_000) {
        try await stage.push(first...min(first + 999, total))
      }
      var received: UInt64 = 0
      var skipped: UInt64 = 0
      var newest: UInt64 = 0
      while newest < total, let update = try await updates.next() {
        guard case .real(let sample)? = update.content else { continue }
        #expect(sample.sequence > newest)
        newest = sample.sequence
        received += 1
        skipped += update.skipped
      }
      #expect(received + skipped == total)
      #expect(skipped > 0)
    }
  }

  @Test("a subscriber that comes back goes on after its last update, or hears that it is gone")
  func resume() async throws {
    let stage = try await SyncStage()
    let cursor = try await subscribe(stage, SubscribeFleetRequest(kinds: [.real])) { updates in
      try await stage.push(1...2)
      _ = try await updates.next()
      return try await updates.next()?.cursor ?? 0
    }
    try await stage.push(3...5)
    let sequences = try await subscribe(stage, SubscribeFleetRequest(kinds: [.real], resumeFrom: cursor)) { updates in
      var sequences: [UInt64] = []
      while sequences.count < 3, let update = try await updates.next() {
        if case .real(let sample)? = update.content { sequences.append(sample.sequence) }
      }
      return sequences
    }
    #expect(sequences == [3, 4, 5])
    for first in stride(from: UInt64(6), to: 4_006, by: 1_000) { try await stage.push(first..<(first + 1_000)) }
    let gone = await fault {
      try await stage.fleet.subscribeFleet(SubscribeFleetRequest(resumeFrom: cursor)) { updates in
        for try await _ in updates {}
      }
    }
    #expect(gone?.code == .outOfRange)
    #expect(gone?.reason == "HISTORY_EXPIRED")
  }

  @Test("with a highest rate, updates of a period are coalesced to the newest of each vehicle")
  func rate() async throws {
    let stage = try await SyncStage()
    try await subscribe(stage, SubscribeFleetRequest(kinds: [.real], maxRateHz: 100)) { updates in
      try await stage.push(1...500)
      var counted: UInt64 = 0
      var newest: UInt64 = 0
      var messages = 0
      while newest < 500, let update = try await updates.next() {
        guard case .real(let sample)? = update.content else { continue }
        newest = sample.sequence
        counted += 1 + update.skipped
        messages += 1
      }
      #expect(counted == 500)
      #expect(messages < 500)
    }
  }

  @Test("virtual telemetry flows back on the stream of a sender that asked for it")
  func virtualTelemetry() async throws {
    let stage = try await SyncStage()
    try await stage.telemetry.streamTelemetry { requests, responses in
      var batch = stage.batch(1, 1...2)
      batch.wantVirtualTelemetry = true
      try await requests.write(batch)
      var isAcknowledged = false
      var state: VehicleState?
      var iterator = responses.makeAsyncIterator()
      while !isAcknowledged || state?.sync?.lastSequence != 2, let response = try await iterator.next() {
        switch response.content {
        case .ack?: isAcknowledged = true
        case .virtualTelemetry(let telemetry)?: state = telemetry.state
        case .refused, nil: break
        }
      }
      #expect(state?.vehicleID == "twin-001")
      #expect(state?.predicted.map(\.tS) == [0.5, 1, 2, 3, 5])
      requests.finish()
    }
  }

  @Test("the sync report tells of each source and of the twin's standing")
  func report() async throws {
    let stage = try await SyncStage()
    try await subscribe(stage, SubscribeFleetRequest(kinds: [.virtual])) { updates in
      try await stage.push([1, 2, 2, 5], source: "can")
      while let update = try await updates.next() {
        if case .virtualState(let state)? = update.content, state.sync?.lastSequence == 5 { break }
      }
    }
    let report = try await stage.fleet.getSyncReport(GetSyncReportRequest(vehicleID: "twin-001"))
    #expect(report.status == .lagging)
    let source = try #require(report.sources.first)
    #expect(source.source == "can")
    #expect(source.accepted == 3)
    #expect(source.duplicate == 1)
    #expect(source.missing == 2)
    #expect(source.lastTime == stage.sample(5).time)
    // The clock stands 2,499.5 s after the newest sample.
    #expect(abs(source.lagP99Ms - 2_499_500) < 1)
  }
}
