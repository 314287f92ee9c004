import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Several replicas, each with a log of its own")
struct SeveralLogsTests {
  private func report(_ stage: SyncStage) async throws -> SourceReport {
    let report = try await stage.fleet.getSyncReport(GetSyncReportRequest(vehicleID: "twin-001"))
    return try #require(report.sources.first)
  }

  @Test(
    "a vehicle that moves from one replica to another and back is counted as if it had stayed",
    arguments: [true, false])
  func moves(_ storesBefore: Bool) async throws {
    let a = try await SyncStage(log: "a")
    let b = try await SyncStage(after: a, log: "b")
    let key = try await a.parts.directory.resolve(.twin("twin-001")).key
    #expect(try await a.push([1, 2, 5, 5]).duplicate == 1)
    if storesBefore { _ = try await a.parts.checkpoint(since: nil) }
    // The home becomes b.
    a.parts.log.release([key])
    let first = try await b.push([2, 3, 6])
    #expect(first.accepted == 2)
    #expect(first.duplicate == 1)
    #expect(first.late == 1)
    #expect(first.lastSequence == 6)
    _ = try await a.parts.checkpoint(since: nil)
    _ = try await b.parts.checkpoint(since: nil)
    // And a again, which must have forgotten what it knew.
    b.parts.log.release([key])
    let second = try await a.push([3, 4, 6, 7])
    #expect(second.accepted == 2)
    #expect(second.duplicate == 2)
    #expect(try await report(a).accepted == 7)
    #expect(try await report(a).contiguousSequence == 7)
    #expect(try await report(a).duplicate == 4)
    #expect(try await report(a).missing == 0)
    // As old there as a's last checkpoint says, with the rows after it.
    #expect(try await report(b).accepted == 7)
    #expect(a.storedSequences.sorted() == Array(1...7))
  }

  @Test("a sample that two replicas take at once is stored once")
  func both() async throws {
    let a = try await SyncStage(log: "a")
    let b = try await SyncStage(after: a, log: "b")
    #expect(try await b.push(1...1).accepted == 1)
    #expect(try await a.push(1...5).accepted == 4)
    // b doesn't know of a's samples: the key of the store finds them.
    let answer = try await b.push(2...6)
    #expect(answer.accepted == 1)
    #expect(answer.duplicate == 4)
    #expect(b.storedSequences == [1, 2, 3, 4, 5, 6])
  }

  @Test("a process whose log was opened by another stops writing, and tells its senders")
  func zombie() async throws {
    let old = try await SyncStage(log: "a")
    try await old.push(1...3)
    let new = try await SyncStage(after: old, log: "a")
    let error = await fault { try await old.push(4...4) }
    #expect(error?.reason == "STORE_UNAVAILABLE")
    await #expect(throws: LogTakenOver.self) { try await old.writing.value }
    #expect(await fault { try await old.push(4...4) }?.code == .unavailable)
    #expect(try await new.push(3...4).accepted == 1)
    #expect(new.storedSequences == [1, 2, 3, 4])
  }

  @Test("each forwards its own log only, also samples of sources that it hasn't heard of since its start")
  func forwarding() async throws {
    let a = try await SyncStage(vehicles: ["AV-001", "AV-002"], log: "a")
    try await until { a.parts.directory.known(.twin("twin-001")) != nil }
    a.crashEngine()
    try await a.push(1...3)
    _ = try await a.parts.checkpoint(since: nil)
    let b = try await SyncStage(after: a, log: "b")
    try await b.push(1...2, to: "twin-002")
    _ = try await b.twin("twin-002", withSamples: 2)
    #expect(b.twins.fleet.twin("twin-001")?.samples == 0)
    a.stop()
    let again = try await SyncStage(after: a, log: "a")
    let twin = try await again.twin("twin-001", withSamples: 3)
    #expect(twin.newest?.source == "default")
    #expect(again.twins.fleet.twin("twin-002")?.samples == 0)
  }
}
