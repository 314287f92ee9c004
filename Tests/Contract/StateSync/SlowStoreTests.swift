import FleetCore
import Foundation
import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import RPCCore
import RPCErrors
import Synchronization
import Testing
import TwinProto
import Waiting

@testable import StateSyncService

@Suite("A database that is slow, or full")
struct SlowStoreTests {
  /// The sequences in the order of the log.
  private func stored(_ pool: PostgresPool) async throws -> [Int64] {
    try await pool.query("SELECT sequence FROM telemetry ORDER BY log_position").decode(Int64.self)
  }

  @Test("while the table is locked a sender is slowed down, nothing is acknowledged, and nothing is lost afterwards")
  func locked() async throws {
    let database = try await TelemetryDatabase()
    let replica = try await Replica(database.store)
    _ = try await replica.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", samples: [Replica.sample(1)]))
    let total: UInt64 = 10_000
    let progress = Progress()
    let locking = Task {
      try await database.app.withConnection { connection in
        try await connection.transaction { connection in
          try await connection.executeScript("LOCK TABLE telemetry IN EXCLUSIVE MODE")
          // How much of it waits in the log's queue and how much in the commit that the lock holds up is chance.
          var (seen, looks): (UInt64, Int) = (0, 0)
          try await eventually("the sender can't send more") {
            let sent = progress.sent.withLock(\.self)
            (seen, looks) = (sent, sent == seen ? looks + 1 : 0)
            return sent >= UInt64(TelemetryStream.maximumInFlight) && looks >= 20
          }
          // What is in memory is bounded by the stream's places, and so is what was read of the stream.
          #expect(replica.parts.log.backlog <= TelemetryStream.maximumInFlight)
          #expect(progress.sent.withLock(\.self) < total / 2)
          #expect(progress.acknowledged.withLock(\.self) == 1)
        }
      }
    }
    try await eventually("the lock") {
      try await !database.app.query(
        "SELECT FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'telemetry'::regclass AND granted"
      ).isEmpty
    }
    try await replica.telemetry.streamTelemetry { requests, responses in
      async let sending: Void = {
        for sequence in 2...total {
          try await requests.write(
            StreamTelemetryRequest(vehicleID: "twin-001", batchID: sequence, samples: [Replica.sample(sequence)]))
          progress.sent.withLock { $0 = sequence }
        }
        requests.finish()
      }()
      for try await response in responses {
        if case .ack(let ack)? = response.content { progress.acknowledged.withLock { $0 = ack.contiguousSequence } }
      }
      try await sending
    }
    try await locking.value
    #expect(progress.acknowledged.withLock(\.self) == total)
    #expect(try await stored(database.app) == Array(1...Int64(total)))
    replica.crash()
  }

  /// Sends until the disk is full, makes room, and goes on.
  ///
  /// - Parameter makeRoom: what takes the fault away.
  private func fill(_ database: TelemetryDatabase, _ makeRoom: () async throws -> Void) async throws {
    let replica = try await Replica(database.store)
    var acknowledged: UInt64 = 0
    func push() async throws {
      let answer = try await replica.telemetry.pushTelemetry(
        PushTelemetryRequest(
          vehicleID: "twin-001", samples: (acknowledged + 1...acknowledged + 500).map { Replica.sample($0) }))
      #expect(answer.accepted == 500)
      acknowledged += 500
    }
    var full: ServiceFault?
    for _ in 0..<200 where full == nil { full = await fault { try await push() } }
    #expect(full?.code == .unavailable)
    #expect(full?.reason == "STORE_UNAVAILABLE")
    #expect(full?.message.contains("disk is full") == true)
    #expect(full?.retryAfter != nil)
    // What was acknowledged is there and can be read; the rest isn't, and isn't taken for stored.
    #expect(acknowledged > 0)
    #expect(try await stored(database.app) == Array(1...Int64(acknowledged)))
    #expect(await fault { try await push() }?.code == .unavailable)
    try await makeRoom()
    try await push()
    #expect(try await stored(database.app) == Array(1...Int64(acknowledged)))
    let report = try await replica.fleet.getSyncReport(GetSyncReportRequest(vehicleID: "twin-001"))
    #expect(report.sources.first?.accepted == acknowledged)
    #expect(report.sources.first?.duplicate == 0)
    replica.crash()
  }

  @Test("a database that says that its disk is full is taken at its word")
  func saysFull() async throws {
    let database = try await TelemetryDatabase()
    let owner = try await PostgresConnection.connect(database.owner)
    // The third batch finds no room.
    try await owner.executeScript(
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.sequence > 1000 THEN
          RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
        END IF;
        RETURN NEW;
      END $$;
      GRANT EXECUTE ON FUNCTION refuse() TO PUBLIC;
      CREATE TRIGGER refuse BEFORE INSERT ON telemetry FOR EACH ROW EXECUTE FUNCTION refuse();
      """)
    try await fill(database) { try await owner.executeScript("DROP TRIGGER refuse ON telemetry") }
    await owner.close()
  }

  @Test(
    "a disk that is really full refuses samples, loses none, and takes more once there is room",
    .enabled(if: SmallDisk.isPossible, "needs root and Linux, to mount a small file system"))
  func reallyFull() async throws {
    // A server of its own: it loses a disk at the end.
    let server = PostgresTestServer()
    let admin = try await PostgresConnection.connect(try PostgresConfiguration(url: try await server.start()))
    let folder = try await admin.query("SHOW data_directory")[0].decode(String.self)
    let disk = try SmallDisk(megabytes: 3, ownedLike: folder)
    defer { disk.remove() }
    try await admin.executeScript("CREATE TABLESPACE small LOCATION '\(disk.space)'")
    let database = try await TelemetryDatabase(server) { name in
      try await admin.executeScript(
        """
        GRANT CREATE ON TABLESPACE small TO state_sync_owner;
        ALTER DATABASE \(name) SET default_tablespace = small;
        ALTER DATABASE \(name) SET temp_tablespaces = pg_default
        """)
    }
    let owner = try await PostgresConnection.connect(database.owner)
    try await owner.executeScript(
      "CREATE TABLE ballast AS SELECT repeat(md5(n::text), 30) AS text FROM generate_series(1, 1000) AS n")
    try await fill(database) { try await owner.executeScript("DROP TABLE ballast") }
    await owner.close()
    await admin.close()
    await database.app.close()
    try await server.stop()
  }
}

/// How far a sender is.
private final class Progress: Sendable {
  let sent = Mutex<UInt64>(1)
  let acknowledged = Mutex<UInt64>(1)
}

/// A file system in memory that is soon full.
private struct SmallDisk {
  let folder: String
  /// Belongs to the server's user.
  var space: String { folder + "/space" }

  static var isPossible: Bool {
    #if os(Linux)
      getuid() == 0
    #else
      false
    #endif
  }

  init(megabytes: Int, ownedLike path: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("twin-disk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0755", "none", folder)
    try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: true)
    try Self.run("chown", "--reference=\(path)", space)
  }

  func remove() {
    try? Self.run("umount", "-l", folder)
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments.joined(separator: " "))")
  }
}
