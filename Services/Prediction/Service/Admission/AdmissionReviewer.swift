import ChangeConversions
import FleetCore
import Logging
import RPCCore
import RPCErrors
import SimulationInfrastructure
import SimulationInput
import TwinConversions
import TwinProto

/// Answers Kubernetes' question whether an object may be created or changed.
struct AdmissionReviewer: Sendable {
  /// From this score on the object is denied.
  private static let stopScore = SimulationInfrastructure.RiskAssessment.stopScore

  let arbiter: Arbiter
  let store: any PredictionStore
  let clock: WallClock
  /// Whether what can't be judged is allowed.
  let failsOpen: Bool
  let logger: Logger

  /// - Throws: `ServiceFault` for a document that isn't a review; whatever goes wrong later is an answer, too.
  func review(_ request: ReviewAdmissionRequest, caller: String?) async throws -> ReviewAdmissionResponse {
    let review = try AdmissionReview(request.review)
    let environment = request.environment.isEmpty ? ChangeRequest.usualEnvironment : request.environment
    guard let proposed = AdmissionChanges(review) else {
      return unjudged(review, "\(review.operation) of a \(review.kind) can't be judged")
    }
    guard !proposed.changes.isEmpty else { return ReviewAdmissionResponse(review: review.answer(isAllowed: true)) }
    do {
      var verdicts: [Verdict] = []
      for change in proposed.changes {
        verdicts.append(try await judge(change, proposed.target, review, environment, caller))
      }
      return answer(review, verdicts)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      logger.warning("an admission could not be judged", metadata: ["error": "\(error)"])
      return unjudged(review, "the check failed: \(Self.text(error))")
    }
  }

  /// What became of one change.
  private struct Verdict {
    var simulationID: String
    /// nil when the check failed.
    var impact: PredictedImpact?
    var error = ""
    var approvalID: String?
    /// The approval that allows it in spite of its score.
    var grantedBy: String?

    var isAllowed: Bool { impact.map { $0.riskScore < stopScore || grantedBy != nil } ?? false }
  }

  private func judge(
    _ change: (type: ChangeType, change: InputValue, context: InputValue), _ name: String, _ review: AdmissionReview,
    _ environment: String, _ caller: String?
  ) async throws -> Verdict {
    func request(_ target: String) -> ChangeRequest {
      ChangeRequest(
        type: change.type, target: target, environment: environment, change: ProtoStruct(change.change),
        context: ProtoStruct(change.context),
        description: "\(review.operation) of \(review.kind) \(review.namespace)/\(review.name)",
        requestedBy: String(review.username.prefix(256)))
    }
    // The twin may know the object by its name alone; the full name goes first, since it is unambiguous.
    let names = review.namespace.isEmpty ? [name] : ["\(review.namespace)/\(name)", name]
    var chosen = request(names[0])
    for name in names {
      guard let outcome = try await arbiter.simulate(request(name)).outcome else { break }
      // Approvals are kept under the id, also where the request says an alias.
      chosen.environment = outcome.environmentID
      if outcome.targetKnown {
        chosen.target = name
        break
      }
    }
    if review.isDryRun {
      let (simulation, judgement) = try await arbiter.predict(CheckChangeRequest(changeRequest: chosen))
      return Verdict(simulationID: simulation.id, impact: judgement.impact)
    }
    if let granted = try await granted(chosen) { return granted }
    let check = try await arbiter.check(CheckChangeRequest(changeRequest: chosen), caller: caller ?? review.username)
    return Verdict(
      simulationID: check.simulationID, impact: check.predictedImpact, error: check.error ?? "",
      approvalID: check.approvalID)
  }

  /// A person has agreed to just this change, and not too long ago.
  private func granted(_ change: ChangeRequest) async throws -> Verdict? {
    let now = clock.now().microseconds
    let found = try await store.granted(environment: change.environment, target: change.target, at: now)
    guard let approval = found.last(where: { $0.changeRequest?.isSame(as: change) ?? false }) else { return nil }
    return Verdict(
      simulationID: approval.simulationID, impact: approval.predictedImpact, grantedBy: approval.id)
  }

  // MARK: Answers

  private func answer(_ review: AdmissionReview, _ verdicts: [Verdict]) -> ReviewAdmissionResponse {
    let simulationID = verdicts.last { !$0.isAllowed }?.simulationID ?? verdicts.last?.simulationID ?? ""
    if let failed = verdicts.first(where: { $0.impact == nil }) {
      return unjudged(review, "the check failed: \(failed.error)", simulationID)
    }
    let warnings = verdicts.flatMap { verdict -> [String] in
      let approval = verdict.grantedBy.map { ["allowed by \($0)"] } ?? []
      return approval + (verdict.impact?.issues ?? []).map(Self.text)
    }
    let denied = verdicts.filter { !$0.isAllowed }
    guard !denied.isEmpty else {
      return ReviewAdmissionResponse(
        review: review.answer(isAllowed: true, warnings: warnings), simulationID: simulationID)
    }
    let message = denied.map { verdict in
      let impact = verdict.impact ?? PredictedImpact()
      let issues = impact.issues.map(Self.text).joined(separator: "; ")
      let reasons = issues.isEmpty ? (impact.factors?.raisedBy ?? []).joined(separator: ", ") : issues
      let approval = verdict.approvalID.map { "; a person can allow it: \($0)" } ?? ""
      return
        "risk score \(InputValue.text(of: impact.riskScore.rounded())) (\(impact.riskLevel)): \(reasons)\(approval)"
    }.joined(separator: " | ")
    return ReviewAdmissionResponse(
      review: review.answer(isAllowed: false, message: message, warnings: warnings), simulationID: simulationID)
  }

  private func unjudged(_ review: AdmissionReview, _ reason: String, _ simulationID: String = "")
    -> ReviewAdmissionResponse
  {
    let answer =
      failsOpen
      ? review.answer(isAllowed: true, warnings: ["not judged: \(reason)"])
      : review.answer(isAllowed: false, message: "not judged, so denied: \(reason)")
    return ReviewAdmissionResponse(review: answer, simulationID: simulationID)
  }

  private static func text(_ issue: Issue) -> String { "\(issue.code): \(issue.message)" }

  private static func text(_ error: any Error) -> String {
    switch error {
    case let error as ServiceFault: error.message
    case let error as RPCError: error.message
    case let error as any RPCErrorConvertible: error.rpcError.message
    default: "an unexpected fault"
    }
  }
}

extension ChangeRequest {
  /// Whether another proposes the same change of the same target.
  fileprivate func isSame(as other: ChangeRequest) -> Bool {
    type == other.type && target == other.target && environment == other.environment && change == other.change
      && context == other.context
  }
}
