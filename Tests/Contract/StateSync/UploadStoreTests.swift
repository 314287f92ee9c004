import FleetCore
import Testing
import TwinProto

@testable import StateSyncService

@Suite("What every store of uploads does")
struct UploadStoreTests {
  private static let start = UTCInstant(microseconds: 1_800_000_000_000_000)

  /// A store of uploads, beside the telemetry that it looks at.
  private func stage(_ kind: StoreKind) async throws -> (uploads: any UploadStore, telemetry: any TelemetryStore) {
    switch kind {
    case .memory:
      let telemetry = MemoryTelemetryStore()
      return (MemoryUploadStore(telemetry), telemetry)
    case .postgres:
      let database = try await TelemetryDatabase()
      return (PostgresUploadStore(database.app), database.store)
    }
  }

  private func upload(_ file: String, requestID: String? = nil, folder: String = "here", after seconds: Double = 0)
    -> NewUpload
  {
    NewUpload(
      request: UploadRequest(
        format: .csv, isGzip: true, vehicleID: "twin-001", source: "logger", requestID: requestID), folder: folder,
      file: file, bytes: 1_234, created: Self.start.adding(seconds: seconds))
  }

  @Test(arguments: StoreKind.allCases) func anUploadIsKeptAsItCame(_ kind: StoreKind) async throws {
    let store = try await stage(kind).uploads
    let made = try await store.add(upload("a", requestID: "one"))
    #expect(made.status == .queued && made.counts == UploadCounts() && made.round == nil && made.ended == nil)
    #expect(made.file == "a" && made.folder == "here" && made.bytes == 1_234 && made.created == Self.start)
    #expect(made.request == upload("a", requestID: "one").request)
    #expect(try await store.upload(made.key) == made)
    #expect(try await store.upload(requestID: "one") == made)
    #expect(try await store.upload(requestID: "two") == nil)
    #expect(try await store.upload(made.key + 1) == nil)
    #expect(UploadRecord.key(of: made.id) == made.key)
  }

  @Test(arguments: StoreKind.allCases) func aRequestIDIsUsedOnce(_ kind: StoreKind) async throws {
    let store = try await stage(kind).uploads
    let first = try await store.add(upload("a", requestID: "one"))
    let again = try await store.add(upload("b", requestID: "one"))
    #expect(again == first)
    let other = try await store.add(upload("c"))
    let another = try await store.add(upload("d"))
    #expect(Set([first.key, other.key, another.key]).count == 3)
    #expect(try await store.open(inFolder: "here", limit: 10).map(\.file) == ["a", "c", "d"])
    #expect(try await store.open(inFolder: "here", limit: 2).map(\.file) == ["a", "c"])
    #expect(try await store.open(inFolder: "there", limit: 2).isEmpty)
  }

  @Test(arguments: StoreKind.allCases) func progressIsNotedAsAWhole(_ kind: StoreKind) async throws {
    let store = try await stage(kind).uploads
    let made = try await store.add(upload("a"))
    let counts = UploadCounts(rows: 10, accepted: 5, duplicate: 2, late: 1, rejected: 3)
    let rejections = [
      RejectedSample(row: 2, sequence: .max, reason: .outOfRange, field: "sequence", message: "line 3: it is 'ö'"),
      RejectedSample(row: 9, sequence: 0, reason: .malformed, field: "", message: "line 10: no"),
    ]
    let round = UploadRound(
      received: Self.start.adding(seconds: 1), rows: 4_000, highest: [7: 12, 9: UInt64(Int64.max)])
    let progress = UploadProgress(
      status: .running, counts: counts, bytesDone: 400, rejections: rejections, round: round, time: Self.start)
    for _ in 0..<2 { try await store.note(progress, of: made.key) }
    let noted = try #require(try await store.upload(made.key))
    #expect(noted.status == .running && noted.counts == counts && noted.bytesDone == 400 && noted.round == round)
    #expect(noted.ended == nil && noted.error == nil)
    #expect(try await store.rejections(of: made.key, after: 0, limit: 10) == rejections)
    #expect(try await store.rejections(of: made.key, after: 2, limit: 10) == [rejections[1]])
    #expect(try await store.rejections(of: made.key, after: 0, limit: 1) == [rejections[0]])

    let end = UploadProgress(
      status: .failed, counts: counts, bytesDone: 500, error: "cut short", time: Self.start.adding(seconds: 2))
    try await store.note(end, of: made.key)
    let ended = try #require(try await store.upload(made.key))
    #expect(ended.status == .failed && ended.error == "cut short" && ended.round == nil && ended.bytesDone == 500)
    #expect(ended.ended == Self.start.adding(seconds: 2))
    #expect(try await store.open(inFolder: "here", limit: 10).isEmpty)
    #expect(try await store.rejections(of: made.key, after: 0, limit: 10).count == 2)
    // It stays ended, whoever still works on it.
    let late = UploadProgress(
      status: .running, counts: counts, bytesDone: 600,
      rejections: [RejectedSample(row: 7, reason: .malformed, message: "late")], time: Self.start.adding(seconds: 3))
    await #expect(throws: UploadEnded.self) { try await store.note(late, of: made.key) }
    #expect(try await store.upload(made.key) == ended)
    #expect(try await store.rejections(of: made.key, after: 0, limit: 10).count == 2)
  }

  @Test(arguments: StoreKind.allCases) func whatEndedIsDroppedAfterItsTime(_ kind: StoreKind) async throws {
    let store = try await stage(kind).uploads
    let (old, new, open) = (
      try await store.add(upload("a")), try await store.add(upload("b")), try await store.add(upload("c"))
    )
    for (record, seconds) in [(old, 10.0), (new, 20.0)] {
      let rejections = [RejectedSample(row: 1, reason: .malformed, message: "no")]
      try await store.note(
        UploadProgress(
          status: .completed, counts: UploadCounts(), bytesDone: 0, rejections: rejections,
          time: Self.start.adding(seconds: seconds)), of: record.key)
    }
    #expect(try await store.drop(endedBefore: Self.start.adding(seconds: 15), limit: 10) == 1)
    #expect(try await store.upload(old.key) == nil)
    #expect(try await store.rejections(of: old.key, after: 0, limit: 10).isEmpty)
    #expect(try await store.upload(new.key) != nil)
    #expect(try await store.upload(open.key) != nil)
  }

  @Test(arguments: StoreKind.allCases) func whatNobodyWorksOnElsewhereFails(_ kind: StoreKind) async throws {
    let store = try await stage(kind).uploads
    let here = try await store.add(upload("a"))
    let gone = try await store.add(upload("b", folder: "there"))
    let busy = try await store.add(upload("c", folder: "there"))
    try await store.note(
      UploadProgress(status: .running, counts: UploadCounts(), bytesDone: 0, time: Self.start.adding(seconds: 50)),
      of: busy.key)
    let now = Self.start.adding(seconds: 60)
    try await store.fail(untouchedSince: Self.start.adding(seconds: 40), error: "nobody", at: now, except: "here")
    #expect(try await store.upload(here.key)?.status == .queued)
    #expect(try await store.upload(busy.key)?.status == .running)
    let failed = try #require(try await store.upload(gone.key))
    #expect(failed.status == .failed && failed.error == "nobody" && failed.ended == now)
  }

  @Test(arguments: StoreKind.allCases) func whatARoundBroughtIntoTheLogIsFound(_ kind: StoreKind) async throws {
    let (store, telemetry) = try await stage(kind)
    let vehicle = try #require(
      try await telemetry.remember([VehicleIdentity(id: "twin-001", physicalID: "AV-001")]).first)
    let source = try #require(
      try await telemetry.openSources([SourceName(vehicleKey: vehicle.key, name: "upload")]).first)
    let log = try await telemetry.openLog("main", by: 1, again: false)
    func time(_ sequence: UInt64) -> UTCInstant { Self.start.adding(seconds: Double(sequence) * 0.1) }
    let (before, round) = (Self.start.adding(seconds: 1_000), Self.start.adding(seconds: 2_000))
    let rows = ([1, 2, 3, 4] as [UInt64]).map { sequence in
      LogRow(
        position: Int64(sequence), vehicleKey: vehicle.key, sourceKey: source.key,
        received: sequence <= 2 ? before : round, time: time(sequence),
        sample: TelemetrySample(sequence: sequence, time: time(sequence).timestamp, speedMps: 1), isStored: true)
    }
    _ = try await telemetry.append(rows, to: log.hold)
    func key(_ sequence: UInt64, _ source: String = "upload") -> UploadedKey {
      UploadedKey(vehicleKey: vehicle.key, source: source, time: time(sequence), sequence: sequence)
    }
    let asked = [key(4), key(2), key(9), key(3, "other"), key(3)]
    #expect(try await store.arrived(asked, at: round) == [source.key, nil, nil, nil, source.key])
    #expect(try await store.arrived(asked, at: before) == [nil, source.key, nil, nil, nil])
    #expect(try await store.arrived([], at: before).isEmpty)
    let kept = try await telemetry.rows(of: log.hold.log, after: 0, limit: 10, bytes: 1 << 20).rows
    #expect(kept.count == 4 && kept.allSatisfy { $0.isStored })
  }
}
