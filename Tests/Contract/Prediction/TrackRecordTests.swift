import RPCErrors
import Testing
import TwinProto

@testable import PredictionService

@Suite("Predicted against actual")
struct TrackRecordTests {
  private func record(_ stage: PredictionStage, _ p99: Double, simulation: String = "change-1", at seconds: Int64)
    async throws -> [TrackRecord]
  {
    try await stage.predictions.recordActual(
      RecordActualRequest(
        simulationID: simulation, actuals: ["p99_ms": p99], appliedTime: ProtoTimestamp(seconds: seconds))
    ).records
  }

  @Test("twenty residuals calibrate: an interval is stated and its coverage counted", arguments: StoreKind.allCases)
  func calibrating(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make(), score: 10)
    _ = try await stage.check()
    for index in 1...19 { _ = try await record(stage, 20 + Double(index) / 10, at: Int64(index)) }
    let before = try await stage.check()
    #expect(before.calibrated == false)
    #expect(before.predictionIntervals.isEmpty)
    #expect(try #require(before.confidence) <= 0.85)
    _ = try await record(stage, 22, at: 20)
    let after = try await stage.check()
    #expect(after.calibrated == true)
    // Wilson's lower bound of 20 of 20 within 10 %: 20/(20 + 1.645²)
    #expect(abs(try #require(after.confidence) - 0.880842) < 1e-6)
    // ⌈21 · 0.9⌉ = 19th smallest of 0.1, 0.2, … 2.0
    let interval = try #require(after.predictionIntervals["p99_ms"])
    #expect(abs(interval.low - 18.1) < 1e-9)
    #expect(abs(interval.high - 21.9) < 1e-9)
    let inside = try await record(stage, 21, simulation: after.simulationID, at: 100)
    #expect(inside.map(\.covered) == [true])
    #expect(inside.first?.interval == interval)
    let outside = try await record(stage, 30, simulation: after.simulationID, at: 101)
    #expect(outside.map(\.covered) == [false])
    let list = try await stage.predictions.listTrackRecord(ListTrackRecordRequest(environment: "production"))
    #expect(list.total == 22)
    #expect(list.coverage == 0.5)
    #expect(list.records.first?.actual == 30)
    #expect(list.records.first?.model == "mgc")
    #expect(list.records.first?.regime == "mgc:rho<0.7")
    #expect(try await stage.predictions.listTrackRecord(ListTrackRecordRequest(environment: "staging")).total == 0)
  }

  @Test("an actual value is recorded once", arguments: StoreKind.allCases)
  func recordsOnce(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make(), score: 10)
    _ = try await stage.check()
    let first = try await record(stage, 21, at: 5)
    #expect(try await record(stage, 99, at: 5) == first)
    #expect(try await stage.predictions.listTrackRecord(ListTrackRecordRequest()).total == 1)
  }

  @Test("issues that occurred stand beside their probability, and calibrate no metric")
  func incidents() async throws {
    let stage = PredictionStage(score: 10)
    stage.changes.set {
      $0.outcome?.issues = [
        Issue(code: "OOM_RISK", evidence: Evidence(model: "postgresql_memory"), factors: RiskFactors(probability: 0.5)),
        Issue(code: "OOM_RISK", evidence: Evidence(model: "postgresql_memory"), factors: RiskFactors(probability: 0.5)),
      ]
    }
    _ = try await stage.check()
    let records = try await stage.predictions.recordActual(
      RecordActualRequest(
        simulationID: "change-1", appliedTime: ProtoTimestamp(seconds: 5), incidents: ["DOWNTIME"])
    ).records
    #expect(records.map(\.metric) == ["incident.DOWNTIME", "incident.OOM_RISK"])
    #expect(records.map(\.predicted) == [0, 0.75])
    #expect(records.map(\.actual) == [1, 0])
    let residuals = try await stage.store.residuals(model: "postgresql_memory", regime: "mgc:rho<0.7", limit: 10)
    #expect(residuals.isEmpty)
  }

  @Test("what nobody predicted can't be recorded")
  func refusals() async throws {
    let stage = PredictionStage(score: 10)
    _ = try await stage.check()
    let wrong = await fault {
      _ = try await stage.predictions.recordActual(
        RecordActualRequest(
          simulationID: "change-1", actuals: ["cpu": 1], appliedTime: ProtoTimestamp(seconds: 5)))
    }
    #expect(wrong?.violations.map(\.field) == ["actuals.cpu"])
    let empty = await fault { _ = try await stage.predictions.recordActual(RecordActualRequest()) }
    #expect(empty?.violations.map(\.field) == ["simulation_id", "actuals", "applied_time"])
    stage.changes.set { $0.failure = "away" }
    _ = try await stage.check()
    let early = await fault { _ = try await record(stage, 1, simulation: "change-2", at: 5) }
    #expect(early?.reason == "RESULT_NOT_READY")
  }
}
