import FleetCore
import Logging
import RPCCore
import RPCErrors
import RPCInProcess
import TwinProto

@testable import StateSyncService

/// A twin-engine that knows some twins and takes nothing: "twin-001" stands for "AV-001".
struct KnownTwins: TwinEngine {
  var ids = ["twin-001"]
  let replicas = Replicas.alone()

  private static func physical(_ id: String) -> String { "AV" + id.dropFirst("twin".count) }

  func identity(of reference: VehicleDirectory.Reference) async throws -> VehicleIdentity? {
    let id =
      switch reference {
      case .twin(let id): ids.first { $0 == id }
      case .physical(let id): ids.first { Self.physical($0) == id }
      }
    return id.map { VehicleIdentity(id: $0, physicalID: Self.physical($0)) }
  }

  func watch(_ body: (TwinUpdate) async throws -> Void) async throws {}

  func sync(
    at address: String,
    _ body: @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Void
  ) async throws {}
}

/// A state-sync on a store, in this process.
struct Replica: Sendable {
  /// Somewhat after the samples of these tests.
  static let now = UTCInstant(microseconds: 1_800_000_000_000_000)
  static let clock = WallClock { now }

  let parts: SyncParts
  let telemetry: TelemetryServiceClient
  let fleet: FleetServiceClient
  private let writing: Task<Void, any Error>

  init(
    _ store: any TelemetryStore, log: String = "main", twins: [String] = ["twin-001"], clock: WallClock = Self.clock
  ) async throws {
    let parts = SyncParts(
      logName: log, store: store, observations: MemoryObservationStore(), engine: KnownTwins(ids: twins),
      rules: SampleRules(), clock: clock, pace: ContinuousClock(), metrics: IngestMetrics(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, maximumMessage: 4 << 20)
    try await parts.start()
    writing = Task { try await parts.log.run() }
    let channel = InProcessChannel(Router(services: parts.rpcServices))
    (telemetry, fleet) = (TelemetryServiceClient(channel), FleetServiceClient(channel))
    self.parts = parts
  }

  /// Ends it like a crash: nothing is stored any more.
  func crash() { writing.cancel() }

  /// Ends it as it should end.
  func stop() async throws {
    parts.log.close()
    try await writing.value
    _ = try await parts.checkpoint(since: nil)
  }

  /// Measured at 1 kHz, the last of 300,000 right before now.
  static func sample(_ sequence: UInt64) -> TelemetrySample {
    TelemetrySample(
      sequence: sequence, time: now.adding(seconds: (Double(sequence) - 300_000) * 0.001).timestamp,
      speedMps: Double(sequence % 100))
  }
}

/// The rich error that a call fails with; nil when it doesn't, or fails otherwise.
func fault(of call: () async throws -> some Sendable) async -> ServiceFault? {
  do {
    _ = try await call()
    return nil
  } catch let error as RPCError {
    return ServiceFault(error)
  } catch {
    return nil
  }
}
