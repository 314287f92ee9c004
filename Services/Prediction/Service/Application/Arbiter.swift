import ChangeConversions
import FleetCore
import Logging
import RPCCore
import RPCErrors
import SimulationInfrastructure
import TwinProto

/// Judges changes before anyone applies them: simulates, assesses, asks a person where one must agree, and leaves a trace
/// of every decision.
struct Arbiter: Sendable {
  let changes: ChangeSimulationServiceClient
  let store: any PredictionStore
  let judge: Judge
  let trail: AuditTrail
  let clock: WallClock
  /// How long a person may take to decide.
  let approvalLifetime: Duration
  let logger: Logger

  /// What the caller got wrong, or has to wait for: told as an error. Whatever else goes wrong is a check that failed.
  private static let tellable: Set<StatusCode> = [
    .invalidArgument, .notFound, .alreadyExists, .failedPrecondition, .resourceExhausted, .permissionDenied,
    .unauthenticated, .cancelled,
  ]

  /// Judges a change, and decides what has to happen before it is applied.
  ///
  /// - Parameter caller: who asks, where that is known.
  /// - Throws: `RPCError` for what is wrong with the request; errors of the store; `CancellationError`.
  func check(_ request: CheckChangeRequest, caller: String?) async throws -> CheckChangeResponse {
    if !request.requestID.isEmpty, let known = try await store.judgement(requestID: request.requestID) {
      guard known.request == request else { throw ServiceFault.requestReused(request.requestID) }
      return known.answer
    }
    var simulation = TwinProto.ChangeSimulation()
    do {
      simulation = try await existing(request)
      let ran = try await run(simulation.id, request)
      simulation = ran
      guard let outcome = ran.outcome, ran.status == .completed else {
        return try await fail(request, simulation, caller, ran.error ?? "the simulation was stopped")
      }
      let judgement = try await judge.judge(outcome, callerBand: Self.band(request, ran.changeRequest))
      return try await decide(request, ran, outcome, judgement, caller)
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as RPCError where Self.tellable.contains(error.code) {
      throw error
    } catch let error as ServiceFault {
      throw error
    } catch let error as RPCError {
      let reason = ServiceFault(error).map(\.reason) ?? error.code.name
      return try await fail(request, simulation, caller, "\(reason): \(error.message)")
    } catch let error as ImpossibleJudgement {
      return try await fail(request, simulation, caller, "INTERNAL: \(error)")
    }
  }

  /// Simulates and judges without deciding anything.
  func predict(_ request: CheckChangeRequest) async throws -> (TwinProto.ChangeSimulation, Judgement) {
    let simulation = try await existing(request)
    let ran = try await run(simulation.id, request)
    guard let outcome = ran.outcome, ran.status == .completed else {
      let reason = ran.error ?? "the simulation was stopped"
      guard reason.hasPrefix(ErrorReason.environmentNotFound.wireName) else {
        throw ServiceFault(
          .unavailable, .upstreamUnavailable, "the change could not be simulated: \(reason)", retryAfter: .seconds(1))
      }
      throw ServiceFault(.notFound, .environmentNotFound, reason)
    }
    return (ran, try await judge.judge(outcome, callerBand: Self.band(request, ran.changeRequest)))
  }

  // MARK: Simulation

  /// Simulates a change, without judging it.
  func simulate(_ change: ChangeRequest) async throws -> TwinProto.ChangeSimulation {
    let request = CheckChangeRequest(changeRequest: change)
    return try await run(try await existing(request).id, request)
  }

  private func existing(_ request: CheckChangeRequest) async throws -> TwinProto.ChangeSimulation {
    guard let change = request.changeRequest else {
      return try await changes.getChangeSimulation(GetChangeSimulationRequest(id: request.simulationID))
    }
    return try await changes.createChangeSimulation(
      CreateChangeSimulationRequest(changeRequest: change, requestID: request.requestID))
  }

  private func run(_ id: String, _ request: CheckChangeRequest) async throws -> TwinProto.ChangeSimulation {
    try await changes.runChangeSimulation(
      RunChangeSimulationRequest(id: id, requestID: request.requestID, durationHours: request.durationHours))
  }

  /// The higher of what is said beside the change and in it.
  private static func band(_ request: CheckChangeRequest, _ change: ChangeRequest?) -> RiskBand? {
    let levels = [request.riskLevel, change?.riskLevel ?? .unspecified].filter { $0 != .unspecified }
    let bands = levels.compactMap(\.band)
    return RiskBand.allCases.last { bands.contains($0) }
  }

  // MARK: Decision

  private func decide(
    _ request: CheckChangeRequest, _ simulation: TwinProto.ChangeSimulation, _ outcome: ChangeOutcome,
    _ judgement: Judgement, _ caller: String?
  ) async throws -> CheckChangeResponse {
    let now = clock.now()
    var answer = CheckChangeResponse(
      status: .success, simulationID: simulation.id, predictedImpact: judgement.impact,
      confidence: judgement.confidence, calibrated: judgement.calibration.isCalibrated,
      regime: judgement.regime, predictionInterval: judgement.interval,
      predictionIntervals: judgement.intervals, environment: outcome.environmentID, syncTime: outcome.syncTime,
      modelVersions: outcome.modelVersions, seed: outcome.seed, simulatedHours: outcome.hours)
    var approval: Approval?
    if judgement.needsApproval {
      var change = simulation.changeRequest
      change?.environment = outcome.environmentID
      let name = Approval.name(try await store.nextApprovalNumber())
      approval = Approval(
        id: name, simulationID: simulation.id, status: .pending, changeRequest: change,
        predictedImpact: judgement.impact, createTime: now.timestamp,
        expireTime: now.adding(seconds: approvalLifetime / .seconds(1)).timestamp)
      answer.approvalID = name
    }
    var details = AuditTrail.facts(simulation.changeRequest).merging(AuditTrail.facts(judgement.impact)) { $1 }
    details["confidence"] = .number(judgement.confidence)
    details["caller_risk_level"] = request.riskLevel == .unspecified ? nil : .text("\(request.riskLevel)")
    details["approval_id"] = answer.approvalID.map { .text($0) }
    let entry = AuditTrail.entry(
      "change.checked", by: caller ?? simulation.changeRequest?.requestedBy ?? "", on: simulation.id,
      environment: outcome.environmentID,
      outcome: RecommendationWord.text(judgement.impact.recommendation), requestID: request.requestID, at: now,
      details: details)
    switch try await store.keep(Judged(answer: answer, request: request, approval: approval, audit: entry)) {
    case .kept: break
    case .repeated(let known): return known
    case .conflict: throw ServiceFault.requestReused(request.requestID)
    }
    do {
      _ = try await changes.attachImpact(
        AttachImpactRequest(
          id: simulation.id, predictedImpact: judgement.impact, confidence: judgement.confidence))
    } catch {
      // The decision stands and is kept; only whoever looks at the simulation doesn't see it there.
      logger.warning(
        "an impact could not be attached", metadata: ["simulation": "\(simulation.id)", "error": "\(error)"])
    }
    await trail.flush()
    return answer
  }

  /// A check that could not be made: no score, and never one that is too low.
  private func fail(
    _ request: CheckChangeRequest, _ simulation: TwinProto.ChangeSimulation, _ caller: String?, _ reason: String
  ) async throws -> CheckChangeResponse {
    let change = simulation.changeRequest ?? request.changeRequest
    let named = change?.environment ?? ""
    let environment = named.isEmpty ? ChangeRequest.usualEnvironment : named
    var details = AuditTrail.facts(change)
    details["error"] = .text(reason)
    try await store.note(
      AuditTrail.entry(
        "change.checked", by: caller ?? change?.requestedBy ?? "", on: simulation.id, environment: environment,
        outcome: "failed", requestID: request.requestID, at: clock.now(), details: details))
    await trail.flush()
    return CheckChangeResponse(
      status: .failed, simulationID: simulation.id, error: reason, environment: environment)
  }
}

/// Recommendations as the contract words them.
enum RecommendationWord {
  static func text(_ recommendation: Recommendation) -> String {
    switch recommendation {
    case .approve: "approve"
    case .approveWithMonitoring: "approve_with_monitoring"
    case .requireApproval: "require_approval"
    case .block: "block"
    case .unspecified, .unrecognized: ""
    }
  }
}

extension ServiceFault {
  static func requestReused(_ id: String) -> ServiceFault {
    ServiceFault(
      .alreadyExists, .requestIDReused, "request_id \(id) came with another content before",
      facts: ["request_id": id])
  }
}
