import FleetCore
import Logging
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationInput
import Synchronization
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

/// A twin-engine that can be away.
final class SwitchableTwins: StateSyncService.EnvironmentTwins {
  private let current = Mutex<RemoteEnvironmentTwins?>(nil)
  private let messages = Mutex<[UpdateEnvironmentRequest]>([])

  /// nil takes it away.
  func replace(with channel: (any RPCChannel)?) {
    current.withLock { $0 = channel.map { RemoteEnvironmentTwins($0) } }
  }

  /// What it was told.
  var told: [UpdateEnvironmentRequest] { messages.withLock(\.self) }

  func update(_ request: UpdateEnvironmentRequest) async throws -> Int {
    guard let twins = current.withLock(\.self) else {
      throw ServiceFault(.unavailable, .upstreamUnavailable, "twin-engine was taken away")
    }
    messages.withLock { $0.append(request) }
    return try await twins.update(request)
  }
}

/// A source that answers what the test says.
final class ScriptedConnector: SourceConnector {
  private let answer: Mutex<@Sendable (SourceConfig) async throws -> MirrorReading>
  let reads = Tally()
  let requiredRole = "reader"

  init(_ answer: @escaping @Sendable (SourceConfig) async throws -> MirrorReading) { self.answer = Mutex(answer) }

  func set(_ new: @escaping @Sendable (SourceConfig) async throws -> MirrorReading) { answer.withLock { $0 = new } }

  func problems(with config: SourceConfig) -> [SourceConfig.Problem] {
    config.problems(["host": .text, "password_file": .text])
  }

  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading {
    reads.add()
    return try await answer.withLock(\.self)(config)
  }
}

/// The mirrors of a state-sync with a twin-engine in one process, on stores in memory.
final class EnvironmentStage: Sendable {
  let clock = SettableClock()
  let store: MemoryEnvironmentStore
  let twins = SwitchableTwins()
  let parts: EnvironmentParts
  let client: EnvironmentServiceClient
  let drain = DrainSignal()
  private let engineChannel: Mutex<InProcessChannel>

  init(_ connectors: [SourceKind: any SourceConnector] = [:], sourceTimeout: Duration = .seconds(20)) {
    store = MemoryEnvironmentStore(at: clock.now)
    parts = EnvironmentParts(
      store: store, twins: twins, connectors: SourceConnectors(connectors),
      policy: EnvironmentPolicy(sourceTimeout: sourceTimeout), clock: clock.wallClock, pace: ContinuousClock(),
      drain: drain, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, maximumMessage: 4 << 20)
    client = EnvironmentServiceClient(InProcessChannel(Router(services: parts.rpcServices)))
    let channel = Self.engine(clock)
    engineChannel = Mutex(channel)
    twins.replace(with: channel)
  }

  private static func engine(_ clock: SettableClock) -> InProcessChannel {
    let parts = EngineParts(
      store: MemoryTwinStore(), history: NoHistory(), environments: MemoryEnvironmentTwinStore(),
      environmentMetrics: NoMetrics(), policy: SyncPolicy(), clock: clock.wallClock)
    return InProcessChannel(Router(services: parts.rpcServices))
  }

  /// Gives a twin-engine that has lost everything.
  func replaceEngine() {
    let channel = Self.engine(clock)
    engineChannel.withLock { $0 = channel }
    twins.replace(with: channel)
  }

  /// Takes twin-engine away; it keeps what it has.
  func takeEngineAway() { twins.replace(with: nil) }

  func bringEngineBack() { twins.replace(with: engineChannel.withLock(\.self)) }

  func snapshot(_ id: String = "production", _ targets: [String] = []) async throws -> EnvironmentSnapshot {
    try await EnvironmentTwinServiceClient(engineChannel.withLock(\.self)).getEnvironmentSnapshot(
      GetEnvironmentSnapshotRequest(environmentID: id, targets: targets))
  }

  @discardableResult
  func push(_ targets: [String: [String: ProtoValue]], to id: String = "production", kind: String = "service")
    async throws -> SyncEnvironmentResponse
  {
    try await client.syncEnvironment(
      SyncEnvironmentRequest(
        environmentID: id,
        targets: targets.mapValues { InlineTarget(kind: kind, state: ProtoStruct(fields: $0)) }))
  }

  @discardableResult
  func create(_ id: String, _ sources: [Source] = [], requestID: String = "") async throws -> TwinProto.Environment {
    try await client.createEnvironment(
      CreateEnvironmentRequest(id: id, kind: .production, sources: sources, requestID: requestID))
  }
}

extension ProtoValue {
  static func number(_ value: Double) -> ProtoValue { ProtoValue(kind: .numberValue(value)) }
  static func text(_ value: String) -> ProtoValue { ProtoValue(kind: .stringValue(value)) }
}
