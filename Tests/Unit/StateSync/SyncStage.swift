import FleetCore
import Logging
import RPCCore
import RPCErrors
import RPCInProcess
import Synchronization
import Testing
import TwinProto
import Waiting

@testable import StateSyncService
@testable import TwinEngineService

/// How often something happened, for tasks that run side by side.
final class Tally: Sendable {
  private let tally = Mutex(0)

  var count: Int { tally.withLock(\.self) }

  func add() { tally.withLock { $0 += 1 } }
}

/// A clock that tests set.
final class SettableClock: Sendable {
  private let time = Mutex(UTCInstant(nanoseconds: 1_800_000_000_000_000_000))

  var now: UTCInstant { time.withLock(\.self) }
  var wallClock: WallClock { WallClock { self.now } }

  func advance(seconds: Double) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A twin-engine that can be away, and be replaced as after a crash.
final class SwitchableEngine: TwinEngine {
  private struct State {
    var current: RemoteTwinEngine?
    /// Of the twin-engine that is there now; begins when it goes.
    var departure = DrainSignal()
  }

  private let state = Mutex(State())

  init(_ channel: (any RPCChannel)?) { state.withLock { $0.current = channel.map { RemoteTwinEngine($0) } } }

  /// nil takes it away. Calls that are open end.
  func replace(with channel: (any RPCChannel)?) {
    let departure = state.withLock { state in
      state.current = channel.map { RemoteTwinEngine($0) }
      defer { state.departure = DrainSignal() }
      return state.departure
    }
    departure.begin()
  }

  private var current: RemoteTwinEngine {
    get throws {
      guard let engine = state.withLock(\.current) else {
        throw ServiceFault(.unavailable, .upstreamUnavailable, "twin-engine was taken away")
      }
      return engine
    }
  }

  func identity(of reference: VehicleDirectory.Reference) async throws -> VehicleIdentity? {
    try await current.identity(of: reference)
  }

  func watch(_ body: (TwinUpdate) async throws -> Void) async throws { try await current.watch(body) }

  let replicas = Replicas(own: nil, addresses: ["engine"]) { _ in InProcessChannel(Router(services: [])) }

  func sync(
    at address: String,
    _ body:
      @escaping @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Void
  ) async throws {
    let (engine, departure) = (try current, state.withLock(\.departure))
    let call = Task { try await engine.sync(at: "twin-engine", body) }
    try await withTaskCancellationHandler {
      try await departure.whileOpen(onDrain: { call.cancel() }) { try await call.value }
    } onCancel: {
      call.cancel()
    }
  }
}

/// A state-sync and a twin-engine in one process, on stores in memory.
final class SyncStage: Sendable {
  let clock: SettableClock
  let twinStore: MemoryTwinStore
  let store: MemoryTelemetryStore
  let observations: MemoryObservationStore
  let engine: SwitchableEngine
  let parts: SyncParts
  let telemetry: TelemetryServiceClient
  let fleet: FleetServiceClient
  private let engineParts: Mutex<EngineParts>
  private let tasks: [Task<Void, Never>]
  /// Ends with the writing of the log.
  let writing: Task<Void, any Error>

  /// - Parameters:
  ///   - previous: a stage whose stores and twin-engine are taken over: state-sync after a restart.
  ///   - vehicles: physical ids to make twins of.
  ///   - log: what the log of this replica is called.
  init(
    after previous: SyncStage? = nil, vehicles: [String] = ["AV-001"], log: String = "main",
    observationMetrics: ObservationMetrics = ObservationMetrics()
  ) async throws {
    let clock = previous?.clock ?? SettableClock()
    let twinStore = previous?.twinStore ?? MemoryTwinStore()
    let store = previous?.store ?? MemoryTelemetryStore()
    let observations = previous?.observations ?? MemoryObservationStore()
    let engineParts = try await Self.makeEngine(twinStore, clock)
    let channel = InProcessChannel(Router(services: engineParts.rpcServices))
    if previous == nil {
      for vehicle in vehicles {
        _ = try await TwinServiceClient(channel).createTwin(
          CreateTwinRequest(physicalVehicleID: vehicle, modelType: "sedan"))
      }
    }
    let engine = SwitchableEngine(channel)
    let parts = SyncParts(
      logName: log, store: store, observations: observations, engine: engine, rules: SampleRules(),
      clock: clock.wallClock, pace: ContinuousClock(),
      metrics: IngestMetrics(), observationMetrics: observationMetrics,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      maximumMessage: 4 << 20)
    try await parts.start()
    writing = Task { try await parts.log.run() }
    tasks = [
      Task { try? await parts.observations.log.run() },
      Self.again { try await parts.observations.forwarder.forward() },
      Self.again { try await parts.observations.alarms.run() },
      Self.again { try await parts.forwarder.forward(parts.ownLog) },
      Self.again { try await parts.directory.follow() },
    ]
    let own = InProcessChannel(Router(services: parts.rpcServices))
    telemetry = TelemetryServiceClient(own)
    fleet = FleetServiceClient(own)
    (self.clock, self.twinStore, self.store, self.engine, self.parts) = (clock, twinStore, store, engine, parts)
    self.observations = observations
    self.engineParts = Mutex(engineParts)
  }

  /// Does something again whenever it ends, after a pause that lets others work.
  private static func again(_ work: @escaping @Sendable () async throws -> Void) -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        try? await work()
        try? await Task.sleep(for: .milliseconds(1))
      }
    }
  }

  deinit { stop() }

  /// Ends what runs, like a crash: nothing is stored any more.
  func stop() {
    writing.cancel()
    for task in tasks { task.cancel() }
  }

  private static func makeEngine(_ store: MemoryTwinStore, _ clock: SettableClock) async throws -> EngineParts {
    let parts = EngineParts(
      store: store, environments: MemoryEnvironmentTwinStore(), environmentMetrics: NoMetrics(), policy: SyncPolicy(),
      clock: clock.wallClock)
    try await parts.loader.refresh()
    return parts
  }

  // MARK: twin-engine

  var twins: EngineParts { engineParts.withLock(\.self) }

  /// Takes twin-engine away, its unstored states lost.
  func crashEngine() { engine.replace(with: nil) }

  /// Brings twin-engine back with what is stored.
  func restartEngine() async throws {
    let parts = try await Self.makeEngine(twinStore, clock)
    engineParts.withLock { $0 = parts }
    engine.replace(with: InProcessChannel(Router(services: parts.rpcServices)))
  }

  /// Returns the twin once so many samples are in its state.
  func twin(_ id: String, withSamples count: UInt64) async throws -> LiveTwin {
    try await until { twins.fleet.twin(id).map { $0.samples >= count } ?? false }
    return try #require(twins.fleet.twin(id))
  }

  // MARK: Sending

  /// A vehicle on its way east at 20 m/s, measured 10 times a second.
  func sample(_ sequence: UInt64) -> TelemetrySample {
    TelemetrySample(
      sequence: sequence, time: Self.epoch.adding(seconds: Double(sequence) * 0.1).timestamp,
      xM: Double(sequence) * 2, yM: 5, speedMps: 20, headingDeg: 90)
  }

  /// When the drives of these tests began.
  static let epoch = UTCInstant(nanoseconds: 1_799_997_500_000_000_000)

  @discardableResult
  func push(_ sequences: some Sequence<UInt64>, to id: String = "twin-001", source: String = "") async throws
    -> PushTelemetryResponse
  {
    try await telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: id, source: source, samples: sequences.map { sample($0) }))
  }

  func batch(_ batch: UInt64, _ sequences: some Sequence<UInt64>, of vehicle: String = "AV-001")
    -> StreamTelemetryRequest
  { StreamTelemetryRequest(physicalVehicleID: vehicle, batchID: batch, samples: sequences.map { sample($0) }) }

  /// The stored sequences of the log in its order.
  var storedSequences: [UInt64] { store.allRows.map(\.sample.sequence) }
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

/// Returns once a condition holds that other tasks bring about.
func until(_ condition: () async throws -> Bool) async throws {
  try await eventually("what the test waits for", condition)
}

/// A state-sync without metrics.
struct NoMetrics: EnvironmentMetrics {
  func series(of target: String, in id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws
    -> [MetricSeries]
  { [] }
}
