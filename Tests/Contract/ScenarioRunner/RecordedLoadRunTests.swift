import FleetCore
import Logging
import NIOPosix
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationInfrastructure
import Synchronization
import Testing
import TwinProto

@testable import ScenarioRunnerService

/// state-sync's metrics: those of one target, two days a page.
private final class FakeMetrics: RPCService {
  private static let pagePoints = 2 * 288

  let points: [MetricPoint]
  let fault: ServiceFault?
  let asked = Mutex<[ListMetricsRequest]>([])

  init(_ points: [MetricPoint], fault: ServiceFault? = nil) { (self.points, self.fault) = (points, fault) }

  var methods: [RPCMethod] {
    [.unary(EnvironmentServiceMethods.listMetrics) { request, _ in try self.list(request) }]
  }

  private func list(_ request: ListMetricsRequest) throws -> ListMetricsResponse {
    asked.withLock { $0.append(request) }
    if let fault { throw fault }
    let offset = Int(request.pageToken) ?? 0
    let page = points.dropFirst(offset).prefix(Self.pagePoints)
    let next = offset + page.count
    return ListMetricsResponse(
      environmentID: request.environmentID,
      series: page.isEmpty
        ? [] : [MetricSeries(target: request.target, metric: request.metric, points: Array(page))],
      nextPageToken: next < points.count ? "\(next)" : "")
  }
}

/// One target that serves.
private struct ServingEnvironment: EnvironmentSource {
  var state: [String: Double] = ["current_instances": 8, "cpu": 2, "cpu_demand_ms": 100]

  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot {
    let fields = state.mapValues { ProtoValue(kind: .numberValue($0)) }
    return EnvironmentSnapshot(
      environmentID: "production", kind: .production,
      targets: [
        TargetTwin(target: Target(name: target, environmentID: "production", state: ProtoStruct(fields: fields)))
      ], syncTime: ProtoTimestamp(seconds: 1_800_000_000))
  }
}

@Suite("Changes under the load that was recorded")
struct RecordedLoadRunTests {
  private static let now: Int64 = 1_800_000_000

  /// Five minutes each up to now, a saw between 20 and 60 requests/s every day.
  private static func recorded(days: Int) -> [MetricPoint] {
    let first = now / 300 - Int64(days) * 288
    return (0..<Int64(days) * 288).map { place in
      let time = (first + place) * 300
      let share = Double(time % 86_400) / 86_400
      return MetricPoint(time: ProtoTimestamp(seconds: time), value: 20 + 40 * share + Double(place * 7 % 5))
    }
  }

  private func run(
    _ metrics: FakeMetrics?, scenario: ProtoValue? = nil, hours: Double = 4, store kind: StoreKind = .memory,
    environment: ServingEnvironment = ServingEnvironment(), inside: ProtoValue? = nil
  ) async throws -> TwinProto.ChangeSimulation {
    let store = try await kind.makeChanges().store
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let loads = metrics.map { metrics in
      StateSyncLoadSource(
        client: EnvironmentServiceClient(InProcessChannel(Router(services: [metrics]))),
        clock: WallClock { UTCInstant(microseconds: Self.now * 1_000_000) })
    }
    let runner = ChangeRunner(
      store: store, environments: environment, loads: loads, board: RunBoard(), limits: ChangeLimits(),
      threads: threads, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    let client = ChangeSimulationServiceClient(
      InProcessChannel(Router(services: [ChangeHandler(store: store, runner: runner)])))
    var fields = ["instances": ProtoValue(kind: .numberValue(6))]
    fields["load_scenario"] = inside
    let result: Result<TwinProto.ChangeSimulation, any Error>
    do {
      let created = try await client.createChangeSimulation(
        CreateChangeSimulationRequest(
          changeRequest: ChangeRequest(
            type: .scaling, target: "web", environment: "production", change: ProtoStruct(fields: fields),
            durationHours: hours, loadScenario: scenario, seed: 7)))
      _ = try await client.runChangeSimulation(RunChangeSimulationRequest(id: created.id))
      result = .success(try await client.getChangeSimulation(GetChangeSimulationRequest(id: created.id)))
    } catch {
      result = .failure(error)
    }
    try await threads.shutdownGracefully()
    return try result.get()
  }

  private func hours(_ simulation: TwinProto.ChangeSimulation) throws -> TwinProto.SimulatedHours {
    #expect(simulation.status == .completed, "\(simulation.error ?? "")")
    return try #require(simulation.outcome?.hours)
  }

  @Test("a week of metrics is read page by page and forecast, and the outcome says so", arguments: StoreKind.allCases)
  func forecast(kind: StoreKind) async throws {
    let metrics = FakeMetrics(Self.recorded(days: 8))
    let simulation = try await run(metrics, store: kind)
    let hours = try hours(simulation)
    #expect(hours.loadScenario == "forecast" && hours.loadSource == .forecast)
    #expect(hours.metric == "requests_per_s" && hours.points == 8 * 288 && hours.filledPoints == 0)
    #expect(hours.stepS == 300 && hours.windowEnd?.seconds == Self.now / 300 * 300)
    #expect(hours.windowStart?.seconds == Self.now / 300 * 300 - 8 * 86_400)
    #expect(!hours.method.isEmpty && hours.heldOutError != nil && hours.naiveError != nil && hours.coverage == 0.9)
    #expect(hours.statement.contains(hours.method))
    #expect(hours.seed == 7 && hours.analyticS + hours.fluidS + hours.discreteEventS + hours.heldS == 14_400)
    #expect(hours.windows.first?.fromS == 0 && hours.windows.last?.toS == 14_400)
    #expect(simulation.outcome?.simulatedS == 14_400)
    #expect(simulation.outcome?.before?.fields["hours_peak_utilization"] != nil)
    let asked = metrics.asked.withLock { $0 }
    #expect(asked.count == 4 && asked.allSatisfy { $0.target == "web" && $0.stepS == 300 })
    #expect(asked.first?.from?.seconds == Self.now - 16 * 86_400)
    // The same seed and record give the same bits.
    let again = try await run(FakeMetrics(Self.recorded(days: 8)))
    #expect(again.outcome?.stateHash == simulation.outcome?.stateHash)
    #expect(try self.hours(again) == hours)
    let other = try await run(FakeMetrics(Self.recorded(days: 7)))
    #expect(other.outcome?.stateHash != simulation.outcome?.stateHash)
  }

  @Test("a replay is what was recorded, and too short a record is replayed instead of forecast")
  func replay() async throws {
    let name = ProtoValue(kind: .stringValue("recorded"))
    let replayed = try hours(try await run(FakeMetrics(Self.recorded(days: 8)), scenario: name))
    #expect(replayed.loadSource == .recorded && replayed.points == 288 && replayed.method.isEmpty)
    let short = try hours(try await run(FakeMetrics(Self.recorded(days: 2))))
    #expect(short.loadSource == .recorded && short.statement.contains("a forecast needs 7 days"))
  }

  @Test("without a record, or where it can't be read, the load is assumed, and the outcome says why")
  func assumed() async throws {
    var environment = ServingEnvironment()
    environment.state["peak_rps"] = 60
    let none = try hours(try await run(FakeMetrics([]), environment: environment))
    #expect(none.loadSource == .assumed && none.statement.hasPrefix("load assumed: "))
    let fault = ServiceFault(.unavailable, .storeUnavailable, "the store is away")
    let away = try hours(try await run(FakeMetrics([], fault: fault), environment: environment))
    #expect(away.loadSource == .assumed && away.statement.contains("what was recorded could not be read: "))
    let unknown = try await run(FakeMetrics([]))
    #expect(unknown.outcome?.hours?.notSimulated.hasPrefix("the load is unknown") == true)
  }

  @Test("metrics of a target whose hours can't be simulated aren't asked for")
  func notAsked() async throws {
    let metrics = FakeMetrics(Self.recorded(days: 1))
    _ = try await run(metrics, environment: ServingEnvironment(state: ["current_instances": 8]))
    #expect(metrics.asked.withLock { $0.isEmpty })
  }

  @Test("a scenario as an object changes the hours; an unknown one is refused by its field")
  func scenarios() async throws {
    func object(_ fields: [String: ProtoValue.OneOfKind]) -> ProtoValue {
      ProtoValue(kind: .structValue(ProtoStruct(fields: fields.mapValues { ProtoValue(kind: $0) })))
    }
    let crowd = object([
      "type": .stringValue("flash_crowd"), "factor": .numberValue(4), "duration_minutes": .numberValue(20),
    ])
    let simulation = try await run(FakeMetrics(Self.recorded(days: 8)), scenario: crowd)
    #expect(try hours(simulation).loadScenario == "flash_crowd")
    #expect(try hours(simulation).parameters?.fields["factor"]?.kind == .numberValue(4))
    #expect(simulation.outcome?.issues.contains { $0.code == "SATURATION" } == true)
    func violations(_ scenario: ProtoValue?, inside: ProtoValue? = nil) async -> [ServiceFault.FieldViolation] {
      do {
        _ = try await run(nil, scenario: scenario, inside: inside)
        return []
      } catch {
        return (error as? RPCError).flatMap { ServiceFault($0) }?.violations ?? []
      }
    }
    let unknown = await violations(ProtoValue(kind: .stringValue("sale")))
    #expect(unknown.map(\.field) == ["change_request.load_scenario"])
    #expect(unknown.first?.description.contains("forecast, recorded, peak_traffic, flash_crowd") == true)
    let wrong = object(["type": .stringValue("flash_crowd"), "factor": .numberValue(0), "size": .numberValue(1)])
    #expect(
      await violations(wrong).map(\.field).sorted() == [
        "change_request.load_scenario.factor", "change_request.load_scenario.size",
      ])
    #expect(
      await violations(nil, inside: wrong).map(\.field).sorted() == [
        "change_request.change.load_scenario.factor", "change_request.change.load_scenario.size",
      ])
  }
}
