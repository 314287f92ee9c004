import ChangeConversions
import RPCCore
import RPCErrors
import SimulationInfrastructure
import Testing
import TwinProto

@testable import PredictionService

@Suite("The Arbiter check")
struct ArbiterTests {
  @Test(
    "each score has its recommendation; a person is asked from 50 to below 80",
    arguments: [
      (0.0, Recommendation.approve, false), (19.9, .approve, false), (20, .approveWithMonitoring, false),
      (49.9, .approveWithMonitoring, false), (50, .requireApproval, true), (79.9, .requireApproval, true),
      (80, .block, false), (100, .block, false),
    ])
  func thresholds(score: Double, recommendation: Recommendation, asks: Bool) async throws {
    let stage = PredictionStage(score: score)
    let answer = try await stage.check()
    #expect(answer.status == .success)
    #expect(answer.predictedImpact?.riskScore == score)
    #expect(answer.predictedImpact?.recommendation == recommendation)
    #expect((answer.approvalID != nil) == asks)
    #expect(answer.error == nil)
    let listed = try await stage.approvals.listApprovals(ListApprovalsRequest())
    #expect(listed.approvals.map(\.id) == (asks ? ["approval-000001"] : []))
  }

  @Test("the answer says what it rests on, and the simulation shows it")
  func answer() async throws {
    let stage = PredictionStage()
    let answer = try await stage.check()
    #expect(answer.simulationID == "change-1")
    #expect(answer.environment == "production")
    #expect(answer.syncTime?.seconds == 1_799_999_000)
    #expect(answer.regime == "mgc:rho<0.7")
    #expect(answer.calibrated == false)
    #expect(answer.confidence == 0.5)
    #expect(answer.predictionInterval?.level == 0.9)
    #expect(answer.predictionIntervals.isEmpty)
    #expect(stage.changes.attached.map(\.predictedImpact) == [answer.predictedImpact])
  }

  @Test("every decision is in the audit, and waits for one that is away", arguments: StoreKind.allCases)
  func audit(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    _ = try await stage.check()
    let entry = try #require(stage.audit.entries.first)
    #expect(entry.action == "change.checked")
    #expect(entry.actor == "agent-7")
    #expect(entry.resource == "change-1")
    #expect(entry.outcome == "require_approval")
    #expect(entry.details?.fields["risk_score"] == ProtoValue(kind: .numberValue(61)))
    #expect(entry.details?.fields["type"] == ProtoValue(kind: .stringValue("scaling")))
    #expect(entry.details?.fields["approval_id"] == ProtoValue(kind: .stringValue("approval-000001")))
    stage.audit.setAway(true)
    #expect(try await stage.check().status == .success)
    #expect(stage.audit.entries.count == 1)
    stage.audit.setAway(false)
    await stage.parts.trail.flush()
    #expect(stage.audit.entries.map(\.resource) == ["change-1", "change-2"])
    #expect(try await stage.store.undelivered(after: 0, limit: 10).isEmpty)
  }

  @Test("decisions that come together reach the audit once each", arguments: StoreKind.allCases)
  func auditTogether(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await stage.check() } }
      try await group.waitForAll()
    }
    #expect(stage.audit.entries.count == 20)
    // Each by itself would bring what the others noted, too.
    #expect(stage.audit.calls == 20)
    #expect(try await stage.store.undelivered(after: 0, limit: 10).isEmpty)
  }

  @Test("what the caller says raises the score, wherever it stands, and never lowers it")
  func callerLevel() async throws {
    let stage = PredictionStage(score: 61)
    #expect(try await stage.check("", .low).predictedImpact?.riskScore == 61)
    #expect(try await stage.check("", .critical).predictedImpact?.riskScore == 80)
    var change = PredictionStage.change()
    change.riskLevel = .critical
    let inside = try await stage.arbiter.checkChange(
      CheckChangeRequest(changeRequest: change, riskLevel: .low))
    #expect(inside.predictedImpact?.riskScore == 80)
  }

  @Test("a simulation that failed, an absent service and a score that is none are failed checks without a score")
  func failures() async throws {
    let stage = PredictionStage()
    stage.changes.set { $0.failure = "ENVIRONMENT_NOT_FOUND: there is no environment x" }
    let failed = try await stage.check()
    #expect(failed.status == .failed)
    #expect(failed.error == "ENVIRONMENT_NOT_FOUND: there is no environment x")
    #expect(failed.predictedImpact == nil)
    #expect(failed.confidence == nil)
    stage.changes.set { $0.fault = RPCError(.unavailable, "nobody there") }
    let absent = try await stage.check()
    #expect(absent.status == .failed)
    #expect(absent.error?.contains("nobody there") == true)
    #expect(absent.predictedImpact == nil)
    #expect(stage.audit.entries.map(\.outcome) == ["failed", "failed"])
    let odd = PredictionStage(score: -1)
    // The range of the interval can't hold NaN, so a score below 0 stands for what no method gives.
    #expect(try await odd.check().status == .failed)
  }

  @Test("bad input, an unknown simulation and a full queue are told as what they are")
  func refusals() async throws {
    let stage = PredictionStage()
    let neither = await fault { _ = try await stage.arbiter.checkChange(CheckChangeRequest()) }
    #expect(neither?.violations.map(\.field) == ["change_request"])
    let both = await fault {
      _ = try await stage.arbiter.checkChange(
        CheckChangeRequest(
          simulationID: "change-1", changeRequest: PredictionStage.change(), durationHours: 0))
    }
    #expect(both?.violations.map(\.field) == ["simulation_id", "duration_hours"])
    let empty = await fault {
      _ = try await stage.arbiter.checkChange(CheckChangeRequest(changeRequest: ChangeRequest()))
    }
    #expect(
      empty?.violations.map(\.field) == ["change_request.type", "change_request.target", "change_request.change"])
    let unknown = await fault {
      _ = try await stage.arbiter.checkChange(CheckChangeRequest(simulationID: "change-9"))
    }
    #expect(unknown?.reason == "SIMULATION_NOT_FOUND")
    stage.changes.set { $0.fault = ServiceFault(.resourceExhausted, .queueFull, "full").rpcError }
    #expect(await fault { _ = try await stage.check() }?.reason == "QUEUE_FULL")
  }

  @Test("a repeated request gets the first judgement, another one with its id none", arguments: StoreKind.allCases)
  func idempotency(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    stage.changes.set { $0.failure = "away" }
    #expect(try await stage.check("r-1").status == .failed)
    stage.changes.set { $0.failure = nil }
    let first = try await stage.check("r-1")
    #expect(first.status == .success)
    #expect(try await stage.check("r-1") == first)
    #expect(stage.changes.runs.count == 2)
    #expect(try await stage.approvals.listApprovals(ListApprovalsRequest()).approvals.count == 1)
    let other = await fault {
      _ = try await stage.arbiter.checkChange(
        CheckChangeRequest(changeRequest: PredictionStage.change("db"), requestID: "r-1"))
    }
    #expect(other?.reason == "REQUEST_ID_REUSED")
  }

  @Test("of the same request made at once, one is judged and all are told", arguments: StoreKind.allCases)
  func concurrentRepeats(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    let answers = try await withThrowingTaskGroup(of: CheckChangeResponse.self) { group in
      for _ in 0..<8 { group.addTask { try await stage.check("r-1") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 8)
    #expect(answers.allSatisfy { $0 == answers[0] })
    let pending = try await stage.approvals.listApprovals(ListApprovalsRequest())
    #expect(pending.approvals.map(\.id) == [answers[0].approvalID])
    #expect(stage.audit.entries.count == 1)
  }

  @Test("a created simulation is judged by its id, for the time that is asked for")
  func byID() async throws {
    let stage = PredictionStage()
    _ = try await stage.check()
    let again = try await stage.arbiter.checkChange(
      CheckChangeRequest(simulationID: "change-1", durationHours: 48))
    #expect(again.simulationID == "change-1")
    #expect(stage.changes.runs.last?.durationHours == 48)
    #expect(stage.changes.simulations.count == 1)
  }

  @Test("a prediction decides nothing, and says why when there is none")
  func predicting() async throws {
    let stage = PredictionStage()
    let predicted = try await stage.predictions.predictImpact(
      PredictImpactRequest(changeRequest: PredictionStage.change()))
    #expect(predicted.predictedImpact?.riskScore == 61)
    #expect(predicted.confidenceDetail?.model == "mgc")
    #expect(stage.audit.entries.isEmpty)
    #expect(try await stage.approvals.listApprovals(ListApprovalsRequest()).approvals.isEmpty)
    stage.changes.set { $0.failure = "ENVIRONMENT_NOT_FOUND: there is no environment x" }
    let missing = await fault {
      _ = try await stage.predictions.predictImpact(PredictImpactRequest(changeRequest: PredictionStage.change()))
    }
    #expect(missing?.reason == "ENVIRONMENT_NOT_FOUND")
  }

  @Test("with nothing known of the target there is no confidence")
  func unknownTarget() async throws {
    let stage = PredictionStage()
    stage.changes.set { $0.targets = [] }
    #expect(try await stage.check().confidence == 0)
  }
}
