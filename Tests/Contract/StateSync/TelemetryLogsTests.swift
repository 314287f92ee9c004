import FleetCore
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Logs of several writers in one store")
struct TelemetryLogsTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)

  /// A store with the source `can` of one vehicle, and two logs.
  private struct Stage {
    let store: any TelemetryStore
    let source: SampleSource
    let a: LogHold
    let b: LogHold

    init(_ kind: StoreKind) async throws {
      store = try await kind.make()
      let vehicle = try #require(
        try await store.remember([VehicleIdentity(id: "twin-001", physicalID: "AV-001")]).first)
      source = try #require(try await store.openSources([SourceName(vehicleKey: vehicle.key, name: "can")]).first)
      a = try await store.openLog("a", by: 1, again: false).hold
      b = try await store.openLog("b", by: 2, again: false).hold
    }

    func row(_ position: Int64, _ sequence: UInt64, day: Int64 = 0) -> LogRow {
      let time = UTCInstant(microseconds: start.adding(seconds: Double(sequence) + Double(day) * 86_400).microseconds)
      return LogRow(
        position: position, vehicleKey: source.vehicleKey, sourceKey: source.key, received: time, time: time,
        sample: TelemetrySample(sequence: sequence, time: time.timestamp))
    }

    func record(for log: LogHold) async throws -> SourceRecord {
      try #require(try await store.load([source], for: log.log).first)
    }

    func record(for log: LogHold, duplicate: UInt64) async throws -> SourceRecord {
      var record = try await record(for: log)
      record.counts.duplicate = duplicate
      return record
    }

    func stores(_ record: SourceRecord, of log: LogHold, through position: Int64) async throws {
      try await store.checkpoint([record], of: log, checkpoint: position, forwarded: 0)
    }
  }

  @Test("whoever opens a log ends the writing of whoever had it open", arguments: StoreKind.allCases)
  func takenOver(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    let store = stage.store
    #expect(try await store.append([stage.row(1, 1)], to: stage.a) == [])
    let new = try await store.openLog("a", by: 9, again: false)
    #expect(new.hold.log == stage.a.log)
    #expect(new.marks.last == 1)
    await #expect(throws: LogTakenOver.self) { try await store.append([stage.row(2, 2)], to: stage.a) }
    // Also when there is nothing to insert.
    await #expect(throws: LogTakenOver.self) { try await store.append([stage.row(2, 1)], to: stage.a) }
    await #expect(throws: LogTakenOver.self) {
      try await store.checkpoint([], of: stage.a, checkpoint: 1, forwarded: 1)
    }
    await #expect(throws: LogTakenOver.self) { try await store.openLog("a", by: 1, again: true) }
    // The one that has it may open it again, and goes on; the other log is untouched.
    let again = try await store.openLog("a", by: 9, again: true)
    await #expect(throws: LogTakenOver.self) { try await store.append([stage.row(2, 2)], to: new.hold) }
    #expect(try await store.append([stage.row(2, 2)], to: again.hold) == [])
    #expect(try await store.append([stage.row(1, 3)], to: stage.b) == [])
  }

  @Test("positions are each log's own, and a sample is stored once over all", arguments: StoreKind.allCases)
  func positions(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    let store = stage.store
    _ = try await store.append([stage.row(1, 1), stage.row(2, 2)], to: stage.a)
    #expect(try await store.append([stage.row(1, 2), stage.row(5, 3)], to: stage.b) == [0])
    let inA = try await store.rows(of: stage.a.log, after: 0, limit: 9, bytes: 1 << 20).rows
    let inB = try await store.rows(of: stage.b.log, after: 0, limit: 9, bytes: 1 << 20).rows
    #expect(inA.map(\.sample.sequence) == [1, 2])
    #expect(inB.map(\.sample.sequence) == [3])
    #expect(try await store.logs().map(\.marks.last) == [2, 5])
    let history = HistoryQuery(
      vehicleKey: stage.source.vehicleKey, to: Self.start.adding(seconds: 99), limit: 9, bytes: 1 << 20)
    #expect(try await store.history(history).rows.map(\.sample.sequence) == [1, 2, 3])
  }

  @Test("what has come is what all logs' records and rows tell", arguments: StoreKind.allCases)
  func load(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    let store = stage.store
    #expect(try await stage.record(for: stage.a) == SourceRecord(stage.source))
    #expect(try await store.sourcesAhead(of: stage.a.log).isEmpty)
    _ = try await store.append([stage.row(1, 1), stage.row(2, 4)], to: stage.a)
    #expect(try await store.sourcesAhead(of: stage.a.log) == [stage.source])
    var record = try await stage.record(for: stage.a)
    record.counts.duplicate = 7
    try await stage.stores(record, of: stage.a, through: 2)
    #expect(try await store.sourcesAhead(of: stage.a.log).isEmpty)
    // Not in a's checkpoint any more.
    _ = try await store.append([stage.row(3, 2)], to: stage.a)
    // The vehicle's home becomes b.
    _ = try await store.append([stage.row(1, 5), stage.row(2, 3)], to: stage.b)
    let seen = try await stage.record(for: stage.b)
    #expect(seen.window.contiguous == 5)
    #expect(seen.elsewhere == SourceCounts(accepted: 3, duplicate: 7, late: 1))
    #expect(seen.counts == SourceCounts(accepted: 2, late: 1))
    #expect(seen.lastTime == stage.row(0, 5).time)
    // b's record knows a's row, which a's record doesn't count yet. Nobody counts it twice, or not at all.
    try await stage.stores(seen, of: stage.b, through: 2)
    #expect(try await stage.record(for: stage.b).total.accepted == 5)
    let back = try await stage.record(for: stage.a)
    #expect(back.window == seen.window)
    #expect(back.counts.accepted == 3)
    #expect(back.elsewhere == seen.counts)
    try await stage.stores(back, of: stage.a, through: 3)
    #expect(try await stage.record(for: stage.b).total == SourceCounts(accepted: 5, duplicate: 7, late: 1))
  }

  @Test("a log whose writer is gone can be found and forwarded by another", arguments: StoreKind.allCases)
  func adoption(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    _ = try await stage.store.append([stage.row(1, 1), stage.row(2, 2)], to: stage.a)
    #expect(try await stage.store.logs().filter(\.isBehind).map(\.name) == ["a"])
    try await stage.store.noteForwarded(2, of: stage.a.log)
    try await stage.store.noteForwarded(1, of: stage.a.log)
    #expect(try await stage.store.logs().allSatisfy { !$0.isBehind })
    // A writer that is there after all and says less takes nothing back.
    try await stage.store.checkpoint([], of: stage.a, checkpoint: 2, forwarded: 1)
    #expect(try await stage.store.logs().first?.marks.forwarded == 2)
  }

  @Test("what came by a log whose writer is gone stays known after its rows are gone", arguments: StoreKind.allCases)
  func settle(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    let store = stage.store
    _ = try await store.append([stage.row(1, 1), stage.row(2, 4)], to: stage.a)
    let record = try await stage.record(for: stage.a, duplicate: 7)
    try await stage.stores(record, of: stage.a, through: 2)
    _ = try await store.append([stage.row(3, 2), stage.row(4, 5)], to: stage.a)
    _ = try await store.append([stage.row(1, 6)], to: stage.b)
    let before = try await stage.record(for: stage.b)
    #expect(try await store.logs().map(\.isUnsettled) == [true, true])
    try await store.settle(stage.a.log)
    #expect(try await store.logs().map(\.isUnsettled) == [false, true])
    #expect(try await store.sourcesAhead(of: stage.a.log).isEmpty)
    #expect(try await stage.record(for: stage.b) == before)
    // Twice tells nothing new, and a log that isn't there nothing at all.
    try await store.settle(stage.a.log)
    try await store.settle(999)
    #expect(try await stage.record(for: stage.b) == before)
    _ = try await store.drop(before: Self.start.day + 1)
    let after = try await stage.record(for: stage.a)
    #expect(after.counts == SourceCounts(accepted: 4, duplicate: 7, late: 1))
    #expect(after.window.contiguous == 2)
    #expect(after.window.highest >= 5)
    // Its writer was about to store what was true before.
    await #expect(throws: StoreUnavailable.self) {
      try await store.checkpoint([record], of: stage.a, checkpoint: 2, forwarded: 0)
    }
    #expect(try await stage.record(for: stage.a) == after)
    // Its writer was there after all: what it stores then is as good.
    let more = try await store.openLog("a", by: 1, again: true)
    #expect(more.marks == LogMarks(last: 4, checkpoint: 4, forwarded: 0))
    #expect(try await store.append([stage.row(5, 7)], to: more.hold) == [])
    #expect(try await stage.record(for: stage.a).counts.accepted == 5)
  }

  @Test(
    "a day that is dropped takes its samples and nothing else; positions never go back", arguments: StoreKind.allCases)
  func retention(_ kind: StoreKind) async throws {
    let stage = try await Stage(kind)
    let store = stage.store
    // The newest positions hold the oldest sample.
    let rows = [stage.row(1, 1, day: 2), stage.row(2, 2, day: 1), stage.row(3, 3, day: 0), stage.row(4, 4, day: -3)]
    _ = try await store.append(rows, to: stage.a)
    _ = try await store.append([stage.row(9, 5, day: -3)], to: stage.b)
    try await stage.stores(try await stage.record(for: stage.a), of: stage.a, through: 4)
    let today = Self.start.day
    #expect(try await store.drop(before: today).filter { $0 >= today - 3 } == [today - 3])
    let left = try await store.rows(of: stage.a.log, after: 0, limit: 9, bytes: 1 << 20).rows
    #expect(left.map(\.sample.sequence) == [1, 2, 3])
    #expect(try await store.drop(before: today).isEmpty)
    #expect(try await store.logs().first?.marks.last == 4)
    #expect(try await stage.record(for: stage.a).window.contiguous == 5)
    #expect(try await store.vehicles().count == 1)
    // The day can come again: for a sample that is late but not too late.
    #expect(try await store.append([stage.row(5, 6, day: -3)], to: stage.a) == [])
    try await store.prepare(days: today...today + 2)
  }
}
