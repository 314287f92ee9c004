import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import PredictionService

@Suite("Performance of a target from its calibrated twin")
struct TargetPerformanceTests {
  private static func number(_ value: Double) -> ProtoValue { ProtoValue(kind: .numberValue(value)) }

  private static func fact(
    _ name: String, _ value: Double, std: Double = 0, _ regime: [String: (Double, Double)] = [:]
  ) -> CalibratedParameter {
    CalibratedParameter(
      name: name, value: value, std: std, model: "mmc",
      regime: ProtoStruct(
        fields: regime.mapValues {
          ProtoValue(kind: .listValue(ProtoListValue(values: [number($0.0), number($0.1)])))
        }), sampleCount: 100)
  }

  /// A service of 8 processors: 10 ms a request, 500 requests/s on average, up to 600 measured.
  private static let service = [
    fact("cpu_demand_ms", 10, std: 0.2, ["requests_per_s": (100, 600)]),
    fact("arrival_rate_per_s", 500, std: 5, ["requests_per_s": (100, 600)]),
  ]

  private static func stage(
    _ parameters: [CalibratedParameter] = service, _ state: [String: Double] = ["cores": 8]
  ) -> PredictionStage {
    let stage = PredictionStage()
    stage.twins.set {
      $0.targets = [
        TargetTwin(
          target: Target(
            name: "web", environmentID: "production", kind: "service",
            state: ProtoStruct(fields: state.mapValues(number))), parameters: parameters)
      ]
    }
    return stage
  }

  private static func output(_ answer: PredictPerformanceResponse, _ name: String) -> Double? {
    if case .numberValue(let value)? = answer.outputs?.fields[name]?.kind { value } else { nil }
  }

  private static func input(_ answer: PredictPerformanceResponse, _ name: String) -> Double? {
    if case .numberValue(let value)? = answer.inputs?.fields[name]?.kind { value } else { nil }
  }

  @Test("at its load now it is M/M/c with the calibrated demand")
  func current() async throws {
    let stage = Self.stage()
    let answer = try await stage.predictions.predictPerformance(PredictPerformanceRequest(target: "web"))
    #expect(answer.model == "mmc")
    #expect(answer.environment == "production" && answer.target == "web")
    #expect(answer.regime == "mmc:rho<0.7")
    #expect(Self.output(answer, "throughput_per_s") == 500)
    #expect(abs(try #require(Self.output(answer, "utilization")) - 0.625) < 1e-12)
    // Erlang C of 5 Erlang on 8 servers is 0.167267: 0.167267/(800 − 500) s of waiting, by an independent calculation.
    let mean = try #require(Self.output(answer, "mean_response_ms"))
    #expect(abs(mean - (10 + 1_000 * 0.167_266_506_66 / 300)) < 1e-6, "\(mean)")
    let bare = try await stage.predictions.predictPerformance(
      PredictPerformanceRequest(
        model: "mgc",
        inputs: ProtoStruct(fields: [
          "arrival_rate_per_s": Self.number(500), "mean_service_s": Self.number(0.01), "servers": Self.number(8),
        ])))
    for (name, bareName) in [("p95_ms", "p95_response_s"), ("p99_ms", "p99_response_s")] {
      let told = try #require(Self.output(answer, name))
      #expect(abs(told - 1_000 * (try #require(Self.output(bare, bareName)))) < 1e-6 * told)
    }
    let interval = try #require(answer.predictionIntervals["utilization"])
    // 1.645 · sqrt((0.625 · 2 %)² + (0.625 · 1 %)²) to either side.
    #expect(abs(interval.high - interval.low - 2 * 0.022_99) < 2e-4, "\(interval)")
    #expect(interval.level == 0.9)
    #expect(!answer.calibrated && answer.confidence <= 0.85)
    #expect(!answer.equation.isEmpty && !answer.source.isEmpty && !answer.assumptions.isEmpty)
    #expect(Self.input(answer, "cpu_demand_ms") == 10)
    #expect(answer.inputs?.fields["load_from"] == ProtoValue(kind: .stringValue("arrival_rate_per_s")))
    #expect(answer.unknowns.contains { $0.hasPrefix("memory_gb") })
    #expect(!answer.stale)
    #expect(stage.twins.asked.map(\.targets) == [["web"]])
  }

  @Test("other loads, the measured peak, and a change with what it was before")
  func loads() async throws {
    let stage = Self.stage(Self.service, ["instances": 4, "cores": 2, "peak_rps": 700])
    func ask(_ change: (inout PredictPerformanceRequest) -> Void) async throws -> PredictPerformanceResponse {
      var request = PredictPerformanceRequest(target: "web")
      change(&request)
      return try await stage.predictions.predictPerformance(request)
    }
    let given = try await ask { $0.arrivalRatePerS = 640 }
    #expect(abs(try #require(Self.output(given, "utilization")) - 0.8) < 1e-12)
    #expect(given.regime == "mmc:rho<0.85")
    let factor = try await ask { $0.loadFactor = 1.28 }
    #expect(abs(try #require(Self.output(factor, "utilization")) - 0.8) < 1e-12)
    let peak = try await ask { $0.loadScenario = ProtoValue(kind: .stringValue("peak_traffic")) }
    #expect(Self.output(peak, "throughput_per_s") == 700)
    let more = try await ask { $0.change = ProtoStruct(fields: ["instances": Self.number(6)]) }
    #expect(abs(try #require(Self.output(more, "utilization")) - 5.0 / 12) < 1e-12)
    #expect(more.before?.fields["utilization"] == Self.number(0.625))
    #expect(try #require(Self.output(more, "p99_ms")) < 50)
    let fewer = try await ask { $0.change = ProtoStruct(fields: ["replicas": Self.number(3)]) }
    #expect(try #require(Self.output(fewer, "utilization")) > 0.8)
    let larger = try await ask { $0.change = ProtoStruct(fields: ["cores": Self.number(4)]) }
    #expect(abs(try #require(Self.output(larger, "utilization")) - 5.0 / 16) < 1e-12)
  }

  @Test("what it uses without requests counts, variability makes it M/G/c, and memory follows its connections")
  func more() async throws {
    let stage = Self.stage(
      Self.service + [
        Self.fact("arrival_cv2", 2), Self.fact("cpu_base_cores", 0.4, std: 0.01),
        Self.fact("memory_base_gb", 4, std: 0.1),
        Self.fact("memory_per_connection_mb", 10.24, std: 0.1, ["backends": (40, 150)]),
      ], ["cores": 8, "backends": 100, "max_connections": 200, "ram_gb": 16])
    let answer = try await stage.predictions.predictPerformance(
      PredictPerformanceRequest(target: "web", loadFactor: 1.2))
    #expect(answer.model == "mgc")
    #expect(abs(try #require(Self.output(answer, "utilization")) - (6 + 0.4) / 8) < 1e-9)
    #expect(abs(try #require(Self.output(answer, "connections")) - 120) < 1e-9)
    #expect(abs(try #require(Self.output(answer, "memory_gb")) - 5.2) < 1e-9)
    #expect(answer.predictionIntervals["memory_gb"] != nil)
    guard case .structValue(let resources)? = answer.outputs?.fields["utilization_by_resource"]?.kind else {
      Issue.record("no resources")
      return
    }
    #expect(Set(resources.fields.keys) == ["cpu", "connections", "memory"])
    #expect(resources.fields["memory"] == Self.number(5.2 / 16))
    #expect(answer.unknowns.isEmpty)
  }

  @Test("clients that think make it a closed network")
  func clients() async throws {
    let stage = Self.stage(
      [
        Self.fact("cpu_demand_ms", 20, std: 0.2, ["requests_per_s": (5, 60)]),
        Self.fact("think_time_s", 2, std: 0.02, ["clients": (20, 100)]),
      ], ["cores": 2, "clients": 100])
    func ask(_ clients: UInt32?) async throws -> PredictPerformanceResponse {
      try await stage.predictions.predictPerformance(PredictPerformanceRequest(target: "web", clients: clients))
    }
    let now = try await ask(nil)
    #expect(now.model == "mva")
    let throughput = try #require(Self.output(now, "throughput_per_s"))
    let mean = try #require(Self.output(now, "mean_response_ms"))
    // The interactive law.
    #expect(abs(100 - throughput * (2 + mean / 1_000)) < 1e-6)
    let bare = try await stage.predictions.predictPerformance(
      PredictPerformanceRequest(
        model: "mva",
        inputs: ProtoStruct(fields: [
          "stations": ProtoValue(
            kind: .listValue(
              ProtoListValue(values: [
                ProtoValue(
                  kind: .structValue(
                    ProtoStruct(fields: ["demand_s": Self.number(0.02), "servers": Self.number(2)])))
              ]))), "think_time_s": Self.number(2), "population": Self.number(100),
        ])))
    #expect(abs(throughput - (try #require(Self.output(bare, "throughput_per_s")))) < 1e-9 * throughput)
    let p95 = try #require(Self.output(now, "p95_ms"))
    let p99 = try #require(Self.output(now, "p99_ms"))
    #expect(mean < p95 && p95 < p99)
    #expect(now.predictionIntervals["p99_ms"] != nil)
    // Saturated, which a closed network survives.
    let many = try await ask(400)
    #expect(abs(try #require(Self.output(many, "throughput_per_s")) - 100) < 1)
    let tooMany = await fault { _ = try await ask(401) }
    #expect(tooMany?.reason == "NOT_EXTRAPOLABLE")
    #expect(tooMany?.facts["most_measured"] == "100.0")
    // Without a think time nobody knows what clients do.
    let open = await fault {
      _ = try await Self.stage().predictions.predictPerformance(PredictPerformanceRequest(target: "web", clients: 10))
    }
    #expect(open?.reason == "FACTS_MISSING")
    #expect(open?.violations.map(\.field) == ["think_time_s"])
  }

  @Test("outside of what was measured there is no number")
  func notExtrapolable() async throws {
    let stage = Self.stage(Self.service, ["cores": 32])
    func reason(_ rate: Double) async -> ServiceFault? {
      await fault {
        _ = try await stage.predictions.predictPerformance(
          PredictPerformanceRequest(target: "web", arrivalRatePerS: rate))
      }
    }
    #expect(await reason(1_200) == nil)
    let far = await reason(1_201)
    #expect(far?.reason == "NOT_EXTRAPOLABLE")
    #expect(far?.code == .failedPrecondition)
    #expect(far?.facts["highest_measured_per_s"] == "600.0")
    // The queue grows without end.
    let full = await fault {
      _ = try await Self.stage().predictions.predictPerformance(
        PredictPerformanceRequest(target: "web", arrivalRatePerS: 800))
    }
    #expect(full?.reason == "NOT_EXTRAPOLABLE")
    let wild = await fault {
      _ = try await Self.stage(Self.service + [Self.fact("arrival_cv2", 9)]).predictions.predictPerformance(
        PredictPerformanceRequest(target: "web"))
    }
    #expect(wild?.facts["cv2"] == "9.0")
  }

  @Test("what isn't known is named")
  func missing() async throws {
    let empty = await fault {
      _ = try await Self.stage([], [:]).predictions.predictPerformance(PredictPerformanceRequest(target: "web"))
    }
    #expect(empty?.reason == "FACTS_MISSING")
    #expect(empty?.code == .failedPrecondition)
    #expect(empty?.violations.map(\.field) == ["cores", "cpu_demand_ms"])
    let unloaded = await fault {
      _ = try await Self.stage([Self.fact("cpu_demand_ms", 10)]).predictions.predictPerformance(
        PredictPerformanceRequest(target: "web"))
    }
    #expect(unloaded?.violations.map(\.field) == ["requests_per_s"])
    // A measured busy share stands in for the demand.
    let busy = try await Self.stage([], ["cores": 8, "rho": 0.5, "requests_per_s": 400]).predictions
      .predictPerformance(PredictPerformanceRequest(target: "web", loadFactor: 1.5))
    #expect(abs(try #require(Self.output(busy, "utilization")) - 0.75) < 1e-12)
    #expect(Self.input(busy, "cpu_demand_ms") == 10)
    let stage = Self.stage()
    let nobody = await fault {
      _ = try await stage.predictions.predictPerformance(PredictPerformanceRequest(target: "nobody"))
    }
    #expect(nobody?.reason == "TARGET_NOT_FOUND" && nobody?.code == .notFound)
    let nowhere = await fault {
      _ = try await stage.predictions.predictPerformance(
        PredictPerformanceRequest(environment: "mars", target: "web"))
    }
    #expect(nowhere?.reason == "ENVIRONMENT_NOT_FOUND")
    stage.twins.set { $0.isAway = true }
    let away = await fault {
      _ = try await stage.predictions.predictPerformance(PredictPerformanceRequest(target: "web"))
    }
    #expect(away?.reason == "UPSTREAM_UNAVAILABLE")
  }

  @Test("a wrong question names its fields")
  func wrong() async throws {
    let stage = Self.stage()
    func fields(_ request: PredictPerformanceRequest) async -> [String]? {
      await fault { _ = try await stage.predictions.predictPerformance(request) }?.violations.map(\.field)
    }
    #expect(
      await fields(
        PredictPerformanceRequest(
          inputs: ProtoStruct(), target: "web", durationHours: 2, arrivalRatePerS: -1, clients: 0, loadFactor: .nan))
        == ["inputs", "duration_hours", "arrival_rate_per_s", "clients", "load_factor"])
    #expect(
      await fields(PredictPerformanceRequest(target: "web", arrivalRatePerS: 1, loadFactor: 2)) == ["load_factor"])
    #expect(
      await fields(PredictPerformanceRequest(target: "web", loadScenario: ProtoValue(kind: .stringValue("moon"))))
        == ["load_scenario"])
    let colour = ProtoStruct(fields: ["colour": ProtoValue(kind: .stringValue("red"))])
    #expect(await fields(PredictPerformanceRequest(target: "web", change: colour)) == ["change.colour"])
    let none = ProtoStruct(fields: ["instances": Self.number(0)])
    #expect(await fields(PredictPerformanceRequest(target: "web", change: none)) == ["change"])
  }

  @Test("what came true of the model calibrates its confidence and intervals")
  func calibrated() async throws {
    let stage = Self.stage()
    let residuals = (0..<40).map { index in
      Residual(
        simulationID: "change-\(index)", metric: "utilization", appliedTime: Int64(index), environment: "production",
        model: "mmc", regime: "mmc:rho<0.7", predicted: 0.5, actual: 0.5 * (1 + 0.001 * Double(index)))
    }
    _ = try await stage.store.record(residuals, audit: AuditEntry())
    let answer = try await stage.predictions.predictPerformance(PredictPerformanceRequest(target: "web"))
    #expect(answer.calibrated)
    #expect(answer.confidence > 0.85)
    // The 37th of 40 errors of 0 to 3.9 %.
    let interval = try #require(answer.predictionIntervals["utilization"])
    #expect(abs(interval.high - 0.625 * 1.036) < 1e-9, "\(interval)")
  }
}
