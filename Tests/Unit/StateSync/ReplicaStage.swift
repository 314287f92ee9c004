import FleetCore
import Logging
import NIOCore
import RPCCore
import RPCErrors
import RPCInProcess
import Synchronization
import TwinProto
import Waiting

@testable import StateSyncService
@testable import TwinEngineService

/// Several state-syncs and several twin-engines in one process, on stores in memory.
final class ReplicaStage: Sendable {
  /// A twin-engine.
  struct Engine: Sendable {
    let parts: EngineParts
    let replicas: Replicas
    let tasks: [Task<Void, Never>]
  }

  /// A state-sync.
  struct Sync: Sendable {
    let parts: SyncParts
    /// The state-syncs, and the twin-engines that it knows.
    let replicas: Replicas
    let engines: Replicas
    let telemetry: TelemetryServiceClient
    let fleet: FleetServiceClient
    let tasks: [Task<Void, Never>]
  }

  static let engineAddresses = ["engine-1:1", "engine-2:1"]
  static let syncAddresses = ["sync-1:1", "sync-2:1"]
  static let vehicleCount = 8

  let clock = SettableClock()
  let twinStore = MemoryTwinStore()
  let store = MemoryTelemetryStore()
  let observations = MemoryObservationStore()
  private let channels: Mutex<[String: InProcessChannel]> = Mutex([:])
  private let engines: Mutex<[String: Engine]> = Mutex([:])
  private let syncs: Mutex<[String: Sync]> = Mutex([:])

  init() async throws {
    for address in Self.engineAddresses { try await startEngine(address) }
    let twins = TwinServiceClient(channel(to: Self.engineAddresses[0]))
    for number in 1...Self.vehicleCount {
      _ = try await twins.createTwin(CreateTwinRequest(physicalVehicleID: "AV-00\(number)", modelType: "sedan"))
    }
    for address in Self.syncAddresses { try await startSync(address) }
  }

  deinit {
    for engine in engines.withLock({ Array($0.values) }) { engine.tasks.forEach { $0.cancel() } }
    for sync in syncs.withLock({ Array($0.values) }) { sync.tasks.forEach { $0.cancel() } }
  }

  static func twin(_ number: Int) -> String { "twin-00\(number)" }
  static let twins = (1...vehicleCount).map(twin)

  /// The twins with their home at an address while all replicas are there.
  static func twins(at address: String) -> [String] {
    let ring = HashRing(engineAddresses.contains(address) ? engineAddresses : syncAddresses)
    return twins.filter { ring.home(of: $0) == address }
  }

  /// Whoever is at an address when a call is made.
  private struct Address: RPCChannel {
    let text: String
    weak let stage: ReplicaStage?

    private var channel: InProcessChannel {
      get throws {
        guard let channel = stage?.channels.withLock({ $0[text] }) else {
          throw RPCError(.unavailable, "nobody is at \(text)")
        }
        return channel
      }
    }

    func call<Result: Sendable>(
      _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
    ) async throws -> Result { try await channel.call(method, options: options, body) }

    func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
      -> RawUnaryResponse
    { try await channel.unary(method, framed: request, options: options) }

    func serverStreaming<Result: Sendable>(
      _ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions,
      _ body: @Sendable (ClientCall) async throws -> Result
    ) async throws -> Result {
      try await channel.serverStreaming(method, framed: request, options: options, body)
    }
  }

  private func channel(to address: String) -> any RPCChannel { Address(text: address, stage: self) }

  private static func again(_ work: @escaping @Sendable () async throws -> Void) -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        try? await work()
        try? await Task.sleep(for: .milliseconds(1))
      }
    }
  }

  // MARK: twin-engine

  func engine(_ address: String) -> Engine { engines.withLock { $0[address]! } }

  func startEngine(_ address: String, known: [String] = engineAddresses) async throws {
    let replicas = Replicas(own: address, addresses: known) { [weak self] in Address(text: $0, stage: self) }
    let parts = EngineParts(
      store: twinStore, history: NoHistory(), environments: MemoryEnvironmentTwinStore(),
      environmentMetrics: NoMetrics(), policy: SyncPolicy(), clock: clock.wallClock, replicas: replicas)
    try await parts.loader.refresh()
    let tasks = [
      Self.again { try await parts.writer.flush() },
      Self.again { try await parts.loader.refresh() },
      Self.again {
        let view = replicas.view
        try await parts.homes.settle(view)
        _ = try await replicas.changed(since: view.version)
      },
    ]
    let channel = InProcessChannel(Router(services: parts.rpcServices))
    channels.withLock { $0[address] = channel }
    engines.withLock { $0[address] = Engine(parts: parts, replicas: replicas, tasks: tasks) }
  }

  /// Ends a twin-engine as a crash does: what it hasn't stored is lost.
  func killEngine(_ address: String) {
    let engine = engine(address)
    engine.tasks.forEach { $0.cancel() }
    channels.withLock { $0[address] = nil }
    engine.parts.drain.begin()
  }

  /// Tells everybody which twin-engines there are.
  func setEngines(_ addresses: [String]) {
    for engine in engines.withLock({ Array($0.values) }) { engine.replicas.update(addresses) }
    for sync in syncs.withLock({ Array($0.values) }) { sync.engines.update(addresses) }
  }

  // MARK: state-sync

  func sync(_ address: String) -> Sync { syncs.withLock { $0[address]! } }

  func startSync(_ address: String, known: [String] = syncAddresses) async throws {
    let connect: @Sendable (String) -> any RPCChannel = { [weak self] in Address(text: $0, stage: self) }
    let replicas = Replicas(own: address, addresses: known, connect: connect)
    let engines = Replicas(own: nil, addresses: Self.engineAddresses, connect: connect)
    let parts = SyncParts(
      logName: address, store: store, observations: observations,
      engine: RemoteTwinEngine(channel(to: Self.engineAddresses[1]), engines), rules: SampleRules(),
      clock: clock.wallClock, pace: ContinuousClock(), metrics: IngestMetrics(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, maximumMessage: 4 << 20, replicas: replicas)
    try await parts.start()
    let tasks = [
      Task { _ = try? await parts.log.run() },
      Self.again { try await parts.forwarder.forward(parts.ownLog) },
      Self.again { try await parts.directory.follow() },
      Self.again { try await parts.keepHomes() },
      Self.again { try await parts.peerFeeds.run() },
      Self.again { try await parts.orphans.keepForwarding(ContinuousClock()) },
    ]
    try await eventually("\(address) knows the twins") {
      Self.twins.allSatisfy { parts.directory.known(.twin($0)) != nil }
    }
    let channel = InProcessChannel(Router(services: parts.rpcServices))
    channels.withLock { $0[address] = channel }
    syncs.withLock {
      $0[address] = Sync(
        parts: parts, replicas: replicas, engines: engines, telemetry: TelemetryServiceClient(channel),
        fleet: FleetServiceClient(channel), tasks: tasks)
    }
  }

  /// Ends a state-sync as a crash does.
  func killSync(_ address: String) {
    let sync = sync(address)
    sync.tasks.forEach { $0.cancel() }
    channels.withLock { $0[address] = nil }
    sync.parts.drain.begin()
  }

  /// Tells everybody which state-syncs there are.
  func setSyncs(_ addresses: [String]) {
    for sync in syncs.withLock({ Array($0.values) }) { sync.replicas.update(addresses) }
  }

  // MARK: Sending

  func sample(_ sequence: UInt64) -> TelemetrySample {
    TelemetrySample(
      sequence: sequence, time: SyncStage.epoch.adding(seconds: Double(sequence) * 0.1).timestamp,
      xM: Double(sequence) * 2, yM: 5, speedMps: 20, headingDeg: 90)
  }

  /// Sends samples of every vehicle on one stream through one replica, and waits for the acknowledgements.
  ///
  /// - Returns: the acknowledgements in the order in which they came.
  @discardableResult
  func stream(_ sequences: ClosedRange<UInt64>, through address: String) async throws -> [TelemetryAck] {
    try await sync(address).telemetry.streamTelemetry { [self] requests, responses in
      for (index, twin) in Self.twins.enumerated() {
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: twin, batchID: UInt64(index + 1), samples: sequences.map { sample($0) }))
      }
      requests.finish()
      var acks: [TelemetryAck] = []
      for try await response in responses { if case .ack(let ack)? = response.content { acks.append(ack) } }
      return acks
    }
  }

  /// The live states that twin-engines have of a twin: one, unless something is wrong.
  func states(of twin: String) -> [LiveTwin] {
    let alive = channels.withLock { Set($0.keys) }
    return engines.withLock { $0.filter { alive.contains($0.key) }.map(\.value) }
      .compactMap { $0.parts.fleet.twin(twin) }.filter(\.isHere)
  }

  /// Returns once every twin has come to a sequence, without gaps, at one home.
  func caughtUp(_ sequence: UInt64, _ twins: [String] = twins) async throws {
    try await eventually("the twins have come to \(sequence)") {
      twins.allSatisfy { twin in
        let states = states(of: twin)
        return states.count == 1 && states[0].sources["default"]?.contiguous == sequence
      }
    }
  }
}
