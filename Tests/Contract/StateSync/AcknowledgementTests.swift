import FleetCore
import Logging
import PostgresDriver
import PostgresPool
import PostgresTesting
import RPCCore
import RPCInProcess
import Testing
import TwinProto
import Waiting

@testable import StateSyncService

@Suite("Acknowledged telemetry on a real server")
struct AcknowledgementTests {
  /// A twin-engine that knows one twin and takes nothing.
  private struct OneTwin: TwinEngine {
    func identity(of reference: VehicleDirectory.Reference) async throws -> VehicleIdentity? {
      VehicleIdentity(id: "twin-001", physicalID: "AV-001")
    }

    func watch(_ body: (TwinUpdate) async throws -> Void) async throws {}

    let replicas = Replicas.alone()

    func sync(
      at address: String,
      _ body: @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Void
    ) async throws {}
  }

  /// Somewhat after the samples.
  private static let clock = WallClock { UTCInstant(microseconds: 1_700_000_100_000_000) }

  private func parts(_ store: any TelemetryStore) async throws -> SyncParts {
    let parts = SyncParts(
      store: store, observations: MemoryObservationStore(), engine: OneTwin(), rules: SampleRules(), clock: Self.clock,
      pace: ContinuousClock(),
      metrics: IngestMetrics(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      maximumMessage: 4 << 20)
    try await parts.start()
    return parts
  }

  private func sample(_ sequence: UInt64) -> TelemetrySample {
    TelemetrySample(
      sequence: sequence, time: UTCInstant(microseconds: 1_700_000_000_000_000 + Int64(sequence) * 100_000).timestamp,
      speedMps: 3)
  }

  @Test("when an acknowledgement arrives, another session sees its samples committed")
  func committedBeforeAcknowledged() async throws {
    let database = try await TelemetryDatabase()
    let parts = try await parts(database.store)
    let writing = Task { try await parts.log.run() }
    defer { writing.cancel() }
    let client = TelemetryServiceClient(InProcessChannel(Router(services: parts.rpcServices)))
    try await client.streamTelemetry { requests, responses in
      var iterator = responses.makeAsyncIterator()
      // All on their way before the first acknowledgement, so that commits are shared.
      for batch in 1...40 as ClosedRange<UInt64> {
        let first = (batch - 1) * 5 + 1
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: "twin-001", batchID: batch, samples: (first..<first + 5).map { sample($0) }))
      }
      requests.finish()
      var acknowledged = 0
      while let response = try await iterator.next() {
        guard case .ack(let ack)? = response.content else { continue }
        let stored = try await database.app.query(
          """
          SELECT count(*) FROM telemetry_samples
          WHERE vehicle_id = 'twin-001' AND source = 'default' AND sequence <= \(Int64(ack.contiguousSequence))
          """)[0].decode(Int64.self)
        #expect(stored == Int64(ack.contiguousSequence))
        acknowledged += Int(ack.accepted)
      }
      #expect(acknowledged == 200)
    }
  }

  @Test("a connection lost again and again loses no acknowledged sample and stores none twice")
  func lostConnections() async throws {
    let database = try await TelemetryDatabase()
    let parts = try await parts(database.store)
    let writing = Task { try await parts.log.run() }
    defer { writing.cancel() }
    let client = TelemetryServiceClient(InProcessChannel(Router(services: parts.rpcServices)))
    let killing = Task {
      while !Task.isCancelled {
        _ = try? await database.app.query(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
          """)
        await Task.yield()
      }
    }
    var acknowledged: Set<UInt64> = []
    for sequence in 1...150 as ClosedRange<UInt64> {
      // As a sender does: the same sample again until it is acknowledged.
      while !acknowledged.contains(sequence) {
        let answer = try? await client.pushTelemetry(
          PushTelemetryRequest(vehicleID: "twin-001", samples: [sample(sequence)]))
        guard let answer else { continue }
        #expect(answer.accepted + answer.duplicate == 1)
        acknowledged.insert(sequence)
      }
    }
    killing.cancel()
    _ = await killing.value
    let stored = try await database.app.query("SELECT sequence FROM telemetry ORDER BY log_position").decode(Int64.self)
    #expect(stored == Array(1...150))
  }

  @Test("a process that starts waits for commits that its predecessor left under way, and for those of nobody else")
  func predecessorsCommit() async throws {
    let database = try await TelemetryDatabase()
    let store = database.store
    let vehicle = try #require(
      try await store.remember([VehicleIdentity(id: "twin-001", physicalID: "AV-001")]).first)
    let source = try #require(
      try await store.openSources([SourceName(vehicleKey: vehicle.key, name: "default")]).first)
    let old = try await store.openLog("a", by: 1, again: false).hold
    try await DayPartitions(database.app, table: "telemetry").make([UTCInstant(microseconds: 1_700_000_000_000_000).day]
    )
    async let marks = database.app.withConnection { connection in
      try await connection.transaction { connection in
        try await connection.query("SELECT hold_log(\(old.log), \(old.epoch))")
        try await connection.query(
          """
          INSERT INTO telemetry (log_id, log_position, vehicle_key, source_key, sequence, time, receive_time)
          VALUES (\(old.log), 7, \(vehicle.key), \(source.key), 1, to_timestamp(1700000000), now())
          """)
        let opening = Task { try await store.openLog("a", by: 2, again: false).marks }
        // Held up by this very transaction.
        try await eventually("a wait for the log") {
          try await !database.app.query("SELECT FROM pg_locks WHERE NOT granted").isEmpty
        }
        // Another log is nobody's business.
        _ = try await store.openLog("b", by: 3, again: false)
        return opening
      }
    }.value
    #expect(try await marks.last == 7)
  }
}
