import FleetCore
import Foundation
import Glibc
import RPCCore
import RPCErrors
import Testing
import TwinProto
import Waiting

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Uploads")
struct UploadTests {
  private static let ndjson = UploadHeader(format: .ndjson)

  private func text(_ sequences: some Sequence<UInt64>) -> [UInt8] {
    Array(sequences.map { SyncStage.line($0) }.joined().utf8)
  }

  // MARK: What becomes of rows

  @Test func rowsAreStoredAndWhatIsWrongIsToldRowByRow() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let lines = [
      SyncStage.line(1), SyncStage.line(3), SyncStage.line(2), SyncStage.line(1),
      SyncStage.line(4, of: "twin-999"), SyncStage.line(5, more: ",\"speed\":1"), "nonsense\n",
      SyncStage.line(6, more: ",\"heading_deg\":400"),
    ]
    let upload = try await stage.upload(Array(lines.joined().utf8), Self.ndjson)
    #expect(upload.status == .queued && upload.id == "upload-000001")
    let ended = try await stage.ended(upload)
    #expect(ended.status == .completed && ended.error == nil && ended.progress == 1 && ended.endTime != nil)
    #expect(ended.rows == 8)
    #expect(ended.accepted == 3 && ended.late == 1 && ended.duplicate == 1 && ended.rejected == 4)
    #expect(ended.rejections.map(\.row) == [5, 6, 7, 8])
    #expect(ended.rejections.map(\.reason) == [.unknownVehicle, .unknownField, .malformed, .outOfRange])
    #expect(ended.rejections.map(\.field) == ["vehicle_id", "speed", "", "heading_deg"])
    #expect(ended.rejections.map(\.sequence) == [4, 0, 0, 6])
    #expect(ended.rejections[3].message == "line 8: heading_deg must lie in -360 to 360")
    #expect(stage.storedSequences == [1, 3, 2])
    #expect(stage.store.allRows.allSatisfy { $0.isStored })
    #expect(folder.files.isEmpty)
    let vehicle = try #require(stage.parts.directory.known(.twin("twin-001")))
    let source = try #require(try await stage.parts.log.report(of: vehicle).first)
    #expect(source.source.name == "upload")
    #expect(source.counts.rejected == 1, "one was rejected whose vehicle is known")
  }

  @Test func compressedFilesAndTablesAreReadTheSame() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let csv = "sequence,time,speed_mps\n" + (1...9).map { "\($0),2027-01-15T07:18:0\($0)Z,20\n" }.joined()
    // Two members, as of files that were put together.
    let bytes = gzip(Array(csv.utf8.prefix(60))) + gzip(Array(csv.utf8.dropFirst(60)))
    let header = UploadHeader(format: .csv, gzip: true, vehicleID: "twin-001", source: "logger")
    let ended = try await stage.ended(try await stage.upload(bytes, header, piece: 7))
    #expect(ended.status == .completed && ended.accepted == 9, "\(ended)")
    #expect(ended.bytesReceived == UInt64(bytes.count))
    #expect(stage.storedSequences == Array(1...9))
  }

  @Test func rowsThatTheLogHasCountAsDuplicates() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    try await stage.push(1...5, source: "can")
    let header = UploadHeader(format: .ndjson, source: "can")
    let ended = try await stage.ended(try await stage.upload(text(3...8), header))
    #expect(ended.accepted == 3 && ended.duplicate == 3)
    #expect(stage.storedSequences == Array(1...8))
  }

  @Test func rejectionsAreListedInPages() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let lines = (1...250).map { $0 % 2 == 0 ? SyncStage.line(UInt64($0)) : "{\"sequence\":\($0)}\n" }
    let ended = try await stage.ended(try await stage.upload(Array(lines.joined().utf8), Self.ndjson))
    #expect(ended.rejected == 125 && ended.rejections.count == 100)
    var rows: [UInt64] = []
    var token = ""
    var pages = 0
    repeat {
      let page = try await stage.telemetry.listUploadRejections(
        ListUploadRejectionsRequest(id: ended.id, pageSize: 50, pageToken: token))
      rows += page.rejections.map(\.row)
      token = page.nextPageToken
      pages += 1
    } while !token.isEmpty
    #expect(pages == 3 && rows == stride(from: 1, through: 249, by: 2).map { UInt64($0) })
    let wrong = await fault(of: {
      try await stage.telemetry.listUploadRejections(ListUploadRejectionsRequest(id: ended.id, pageToken: "x"))
    })
    #expect(wrong?.reason == "PAGE_TOKEN_INVALID")
    let unknown = await fault(of: { try await stage.telemetry.getUpload(GetUploadRequest(id: "upload-000099")) })
    #expect(unknown?.reason == "UPLOAD_NOT_FOUND" && unknown?.code == .notFound)
  }

  @Test func anOldFileLeavesTheLiveTwinWhereItIs() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    try await stage.push(1_000...1_050, source: "can")
    let before = try await stage.twin("twin-001", withSamples: 51)
    // In a row, from a source of its own: as a clock that was set back would look.
    let ended = try await stage.ended(try await stage.upload(text(1...200), Self.ndjson))
    #expect(ended.accepted == 200)
    // What comes after it in the log is applied after it.
    try await stage.push([1_051], source: "can")
    let after = try await stage.twin("twin-001", withSamples: 52)
    #expect(after.samples == 52 && after.revision == before.revision + 1)
    #expect(after.newest?.sequence == 1_051 && after.sources["upload"]?.contiguous == 200)
  }

  // MARK: Failures

  @Test func aFileThatCannotBeReadOnFailsAfterWhatCouldBe() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let packed = gzip(text(1...500))
    let header = UploadHeader(format: .ndjson, gzip: true)
    let cut = try await stage.ended(try await stage.upload(Array(packed.dropLast(9)), header))
    #expect(cut.status == .failed)
    #expect(cut.error == "not valid gzip at byte \(packed.count - 9): the file is cut short")
    #expect(cut.accepted >= 499 && stage.storedSequences.count == Int(cut.accepted))
    let none = try await stage.ended(try await stage.upload(text(1...5), header))
    #expect(none.error == "not valid gzip at byte 2: incorrect header check")
    let column = try await stage.ended(try await stage.upload(Array("a,b\n".utf8), UploadHeader(format: .csv)))
    #expect(column.status == .failed && column.error?.hasPrefix("line 1: the header's column 'a' isn't known") == true)
    #expect(folder.files.isEmpty)
  }

  @Test func aFileThatUnfoldsWithoutEndIsStopped() async throws {
    let folder = UploadFolder()
    let header = UploadHeader(format: .ndjson, gzip: true)
    // One line without end, of which nothing is kept.
    let bomb = gzip([UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) + 4_096))
    var limits = UploadLimits()
    limits.longestUnpacked = 512 << 10
    let bounded = try await SyncStage(uploadsIn: folder.spool, uploadLimits: limits)
    let long = try await bounded.ended(try await bounded.upload(bomb, header))
    #expect(long.status == .failed)
    #expect(long.error == "the file is longer than 524288 bytes once decompressed")
    // A thousand times its length: stopped by the ratio, which telemetry doesn't reach.
    limits = UploadLimits()
    limits.expansionFloor = 128 << 10
    let stage = try await SyncStage(uploadsIn: folder.spool, uploadLimits: limits)
    let wide = try await stage.ended(try await stage.upload(bomb, header))
    #expect(wide.error?.hasSuffix("unfold to more than 200 times as many") == true, "\(wide)")
    // Without it, it is one row that is too long.
    let calm = try await SyncStage(uploadsIn: folder.spool)
    let read = try await calm.ended(try await calm.upload(bomb, header))
    #expect(read.status == .completed && read.rows == 1 && read.rejected == 1, "\(read)")
  }

  @Test func aRepeatOfARequestIsTheFirstUpload() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let header = UploadHeader(format: .ndjson, requestID: "a-uuid")
    let first = try await stage.upload(text(1...5), header)
    let second = try await stage.upload(text(1...5), header)
    #expect(second.id == first.id)
    let other = UploadHeader(format: .csv, requestID: "a-uuid")
    let reused = await fault(of: { try await stage.upload(text(1...5), other) })
    #expect(reused?.reason == "REQUEST_ID_REUSED")
    let ended = try await stage.ended(first)
    #expect(ended.accepted == 5 && ended.duplicate == 0)
    #expect(folder.files.isEmpty)
  }

  @Test func wrongHeadersAndLongFilesAreRefusedAndLeaveNothing() async throws {
    let folder = UploadFolder()
    var limits = UploadLimits()
    limits.longest = 1_000
    let stage = try await SyncStage(uploadsIn: folder.spool, uploadLimits: limits)
    let format = await fault(of: { try await stage.upload(text(1...2), UploadHeader()) })
    #expect(format?.violations.first?.field == "header.format")
    let empty = await fault(of: { try await stage.upload([], Self.ndjson) })
    #expect(empty?.violations.first?.field == "chunk")
    let headerless = await fault(of: {
      try await stage.telemetry.uploadTelemetry {
        try await $0.write(UploadTelemetryRequest(content: .chunk([1])))
      }
    })
    #expect(headerless?.violations.first?.field == "header")
    let long = await fault(of: { try await stage.upload(text(1...50), Self.ndjson) })
    #expect(long?.code == .invalidArgument && long?.message.contains("longer than 1000 bytes") == true)
    #expect(folder.files.isEmpty && stage.parts.uploads?.uploads.intake.spooled == 0)
    #expect(try await stage.uploadStore.open(inFolder: "", limit: 10).isEmpty)
    #expect(try await stage.uploadStore.upload(1) == nil)
  }

  @Test func aDiskThatIsFullRefusesTheUploadAndKeepsNothing() async throws {
    let folder = UploadFolder()
    var spool = folder.spool
    // Every write to it says that there is no room.
    spool.make = { path in
      close(open(path, O_RDWR | O_CREAT, 0o600))
      return open("/dev/full", O_RDWR)
    }
    let stage = try await SyncStage(uploadsIn: spool)
    let full = await fault(of: { try await stage.upload(text(1...50), Self.ndjson) })
    #expect(full?.code == .resourceExhausted && full?.retryAfter != nil)
    #expect(folder.files.isEmpty && stage.parts.uploads?.uploads.intake.spooled == 0)
    #expect(try await stage.uploadStore.upload(1) == nil)
  }

  @Test func filesThatWaitHaveABound() async throws {
    let folder = UploadFolder()
    var limits = UploadLimits()
    limits.spool = 2_000
    let stage = try await SyncStage(uploadsIn: folder.spool, uploadLimits: limits)
    let full = await fault(of: { try await stage.upload(text(1...50), Self.ndjson) })
    #expect(full?.code == .resourceExhausted)
    #expect(folder.files.isEmpty)
    // What is worked off makes room.
    for start in [1, 11, 21] as [UInt64] {
      let ended = try await stage.ended(try await stage.upload(text(start..<(start + 10)), Self.ndjson))
      #expect(ended.accepted == 10)
    }
  }

  @Test func aConnectionThatBreaksLeavesNothing() async throws {
    struct Broken: Error {}
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    await #expect(throws: Broken.self) {
      try await stage.telemetry.uploadTelemetry { requests in
        try await requests.write(UploadTelemetryRequest(content: .header(Self.ndjson)))
        try await requests.write(UploadTelemetryRequest(content: .chunk(text(1...20))))
        try await until { folder.files.count == 1 }
        throw Broken()
      }
    }
    try await until { folder.files.isEmpty }
    #expect(try await stage.uploadStore.upload(1) == nil)
  }

  // MARK: Crashes

  /// Rows of two vehicles: most good, some repeated, late or wrong.
  private static func mixedFile() -> [UInt8] {
    var random = SeededGenerator(state: 42)
    var next: [UInt64] = [1, 1]
    var lines: [String] = []
    for _ in 0..<13_000 {
      let vehicle = Int.random(in: 0..<2, using: &random)
      let id = "twin-00\(vehicle + 1)"
      switch Int.random(in: 0..<20, using: &random) {
      case 0: lines.append(SyncStage.line(max(1, next[vehicle] - min(next[vehicle] - 1, 30)), of: id))
      case 1:
        lines.append(SyncStage.line(next[vehicle] + 1, of: id))
        lines.append(SyncStage.line(next[vehicle], of: id))
        next[vehicle] += 2
      case 2: lines.append("{\"vehicle_id\":\"\(id)\"}\n")
      default:
        lines.append(SyncStage.line(next[vehicle], of: id))
        next[vehicle] += 1
      }
    }
    return Array(lines.joined().utf8)
  }

  private func counts(_ upload: Upload) -> [UInt64] {
    [upload.rows, upload.accepted, upload.duplicate, upload.late, upload.rejected]
  }

  @Test func crashesDoNotChangeWhatIsCounted() async throws {
    let file = Self.mixedFile()
    let vehicles = ["AV-001", "AV-002"]
    let (calm, folder) = (UploadFolder(), UploadFolder())
    let reference = try await SyncStage(vehicles: vehicles, uploadsIn: calm.spool)
    let expected = try await reference.ended(try await reference.upload(file, Self.ndjson, piece: 100_000))
    #expect(expected.duplicate > 100 && expected.late > 100 && expected.rejected > 100)

    var stage = try await SyncStage(vehicles: vehicles, uploadsIn: folder.spool)
    let upload = try await stage.upload(file, Self.ndjson, piece: 100_000)
    // In the midst of rounds, twice in the same one.
    for threshold in [700, 1_500, 2_600, 6_500, 9_100] {
      try await until { stage.store.allRows.count >= threshold }
      await stage.stopAndWait()
      stage = try await SyncStage(after: stage, vehicles: vehicles, uploadsIn: folder.spool)
    }
    let ended = try await stage.ended(upload)
    #expect(ended.status == .completed, "\(ended)")
    #expect(counts(ended) == counts(expected))
    #expect(ended.rejections == expected.rejections)
    #expect(stage.store.allRows.count == Int(expected.accepted))
    #expect(folder.files.isEmpty)
  }

  @Test func aDatabaseThatGoesAwayDoesNotChangeWhatIsCounted() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    stage.store.hold()
    let upload = try await stage.upload(text(1...2_000), Self.ndjson)
    try await until { stage.store.heldAppends == 1 }
    // It takes effect and doesn't say so.
    stage.store.loseNextOutcome()
    stage.store.release()
    let ended = try await stage.ended(upload)
    #expect(counts(ended) == [2_000, 2_000, 0, 0, 0])
    #expect(stage.storedSequences == Array(1...2_000))
  }

  @Test func filesWithoutAJobAreSweptAndJobsWithoutAFileFail() async throws {
    let folder = UploadFolder()
    var stage = try await SyncStage(uploadsIn: folder.spool)
    stage.store.hold()
    let upload = try await stage.upload(text(1...20), Self.ndjson)
    try await until { stage.store.heldAppends == 1 }
    let stopping = stage
    async let stopped: Void = stopping.stopAndWait()
    stage.store.release()
    await stopped
    // As a crash while a file came leaves it.
    try #require(FileManager.default.createFile(atPath: "\(folder.path)/left.upload", contents: nil))
    for file in folder.files where file != "left.upload" {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)")
    }
    stage = try await SyncStage(after: stage, uploadsIn: folder.spool)
    let ended = try await stage.ended(upload)
    #expect(ended.status == .failed)
    #expect(ended.error == "the file is gone from the folder that it was kept in")
    try await until { folder.files.isEmpty }
  }

  @Test func finishedUploadsAreForgottenAfterTheirTime() async throws {
    let folder = UploadFolder()
    let stage = try await SyncStage(uploadsIn: folder.spool)
    let ended = try await stage.ended(try await stage.upload(text(1...2), Self.ndjson))
    let store = stage.uploadStore
    let time = try #require(ended.endTime.flatMap { UTCInstant($0) })
    #expect(try await store.drop(endedBefore: time, limit: 10) == 0)
    #expect(try await store.drop(endedBefore: time.adding(seconds: 1), limit: 10) == 1)
    let gone = await fault(of: { try await stage.telemetry.getUpload(GetUploadRequest(id: ended.id)) })
    #expect(gone?.code == .notFound)
  }
}
