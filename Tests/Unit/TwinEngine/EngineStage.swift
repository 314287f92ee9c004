import FleetCore
import RPCCore
import RPCErrors
import RPCInProcess
import Synchronization
import TwinProto

@testable import TwinEngineService

/// A clock that tests set.
final class SettableClock: Sendable {
  private let time = Mutex(UTCInstant(nanoseconds: 1_800_000_000_000_000_000))

  var now: UTCInstant { time.withLock(\.self) }
  var wallClock: WallClock { WallClock { self.now } }

  func advance(seconds: Double) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A twin-engine on a store in memory, called within the process.
struct EngineStage {
  let store: MemoryTwinStore
  let clock: SettableClock
  let parts: EngineParts
  let twins: TwinServiceClient
  let sync: TwinSyncServiceClient
  let calibrations: CalibrationServiceClient

  /// - Parameters:
  ///   - store: one that another stage filled, to be the engine after a restart.
  ///   - history: what state-sync has.
  init(
    store: MemoryTwinStore = MemoryTwinStore(), clock: SettableClock = SettableClock(),
    history: any TwinHistory = GivenHistory(), bench: Workbench = Workbench(places: 1, timeLimit: .seconds(60)),
    fits: Fits = .standard
  ) async throws {
    self.store = store
    self.clock = clock
    parts = EngineParts(
      store: store, history: history, bench: bench, fits: fits, environments: MemoryEnvironmentTwinStore(),
      environmentMetrics: NoMetrics(), policy: SyncPolicy(), clock: clock.wallClock)
    try await parts.loader.refresh()
    let channel = InProcessChannel(Router(services: parts.rpcServices))
    twins = TwinServiceClient(channel)
    sync = TwinSyncServiceClient(channel)
    calibrations = CalibrationServiceClient(channel)
  }

  @discardableResult
  func create(_ vehicle: String, type: String = "sedan", parameters: [String: ProtoValue] = [:], requestID: String = "")
    async throws -> Twin
  {
    try await twins.createTwin(
      CreateTwinRequest(
        physicalVehicleID: vehicle, modelType: type,
        parameters: parameters.isEmpty ? nil : ProtoStruct(fields: parameters), requestID: requestID))
  }

  func state(_ id: String) async throws -> VehicleState { try await twins.getTwinState(GetTwinStateRequest(id: id)) }

  /// Sends batches on one stream and returns the answer to each.
  @discardableResult
  func send(_ batches: [SyncTwinsRequest]) async throws -> [SyncTwinsResponse] {
    try await sync.syncTwins { requests, responses in
      var answers: [SyncTwinsResponse] = []
      var iterator = responses.makeAsyncIterator()
      for batch in batches {
        try await requests.write(batch)
        while let answer = try await iterator.next() {
          guard answer.batchID != 0 else { continue }
          answers.append(answer)
          break
        }
      }
      requests.finish()
      return answers
    }
  }

  /// A batch of one twin's samples.
  func batch(_ id: UInt64, _ twin: String, source: String = "default", _ samples: [TelemetrySample]) -> SyncTwinsRequest
  {
    SyncTwinsRequest(
      batchID: id,
      twins: [
        TwinSamples(twinID: twin, source: source, samples: samples, receiveTime: clock.now.timestamp)
      ])
  }

  /// A vehicle on its way east at 20 m/s since `clock.now`, measured 10 times a second.
  func sample(_ sequence: UInt64, speed: Double = 20) -> TelemetrySample {
    let elapsed = Double(sequence) * 0.1
    return TelemetrySample(
      sequence: sequence, time: clock.now.adding(seconds: elapsed - 0.03).timestamp, xM: elapsed * speed, yM: 5,
      speedMps: speed, headingDeg: 90)
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

/// A state-sync that has what tests give it.
final class GivenHistory: TwinHistory {
  private let samples: Mutex<[String: [TelemetrySample]]>
  private let asked = Mutex(0)
  private let pageSize: Int

  /// - Parameter samples: by twin, ascending by time.
  init(_ samples: [String: [TelemetrySample]] = [:], pageSize: Int = 1_000) {
    self.samples = Mutex(samples)
    self.pageSize = pageSize
  }

  func set(_ samples: [TelemetrySample], of id: String) { self.samples.withLock { $0[id] = samples } }

  /// Pages that were asked for.
  var pages: Int { asked.withLock(\.self) }

  func page(of id: String, from: UTCInstant, to: UTCInstant, _ page: String) async throws -> (
    samples: [TelemetrySample], next: String
  ) {
    asked.withLock { $0 += 1 }
    let range = samples.withLock { $0[id] ?? [] }.filter { sample in
      guard let time = sample.time.flatMap({ UTCInstant($0) }) else { return false }
      return from <= time && time < to
    }
    let start = Int(page) ?? 0
    let end = min(start + pageSize, range.count)
    return (Array(range[start..<end]), end < range.count ? "\(end)" : "")
  }
}

/// A state-sync without metrics.
struct NoMetrics: EnvironmentMetrics {
  func series(of target: String, in id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws
    -> [MetricSeries]
  { [] }
}
