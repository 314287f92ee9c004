import ChangeConversions
import RPCCore
import RPCErrors
import TwinProto

/// `twin.scenario.v1.ChangeSimulationService`: keeps simulations of changes and runs them.
struct ChangeHandler: ChangeSimulationServiceHandler {
  let store: any ChangeStore
  let runner: ChangeRunner

  func createChangeSimulation(_ request: CreateChangeSimulationRequest, _ call: ServerCall) async throws
    -> TwinProto.ChangeSimulation
  {
    guard var change = request.changeRequest else { throw ServiceFault.invalid("change_request", "is required") }
    var wrong = change.problems(path: "change_request.").map { ServiceFault.FieldViolation($0.field, $0.reason) }
    if let violation = RequestID.violation(request.requestID) { wrong.append(violation) }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    if change.environment.isEmpty { change.environment = ChangeRequest.usualEnvironment }
    switch try await store.create(change, for: request) {
    case .created(let stored), .repeated(let stored): return stored.simulation
    case .conflict, .full:
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "request_id \(request.requestID) came with another content before",
        facts: ["request_id": request.requestID])
    }
  }

  func runChangeSimulation(_ request: RunChangeSimulationRequest, _ call: ServerCall) async throws
    -> TwinProto.ChangeSimulation
  {
    var wrong: [ServiceFault.FieldViolation] = []
    if request.id.isEmpty { wrong.append(.init("id", "is required")) }
    if let violation = RequestID.violation(request.requestID) { wrong.append(violation) }
    if let reason = ChangeRequest.problem(durationHours: request.durationHours) {
      wrong.append(.init("duration_hours", reason))
    }
    if let limit = request.timeLimitS, !(limit > 0 && limit <= ChangeLimits.longestTimeLimit) {
      wrong.append(.init("time_limit_s", "must be over 0 and at most \(Int(ChangeLimits.longestTimeLimit))"))
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    return try await runner.run(request, deadline: call.deadline)
  }

  func getChangeSimulation(_ request: GetChangeSimulationRequest, _ call: ServerCall) async throws
    -> TwinProto.ChangeSimulation
  {
    guard let stored = try await store.change(id: request.id) else { throw ServiceFault.noChange(request.id) }
    return stored.simulation.withProgress(runner.board)
  }

  func listChangeSimulations(_ request: ListChangeSimulationsRequest, _ call: ServerCall) async throws
    -> ListChangeSimulationsResponse
  {
    let page = try PageRequest(
      "changes", request.environment, "\(request.status.rawValue)", size: request.pageSize, token: request.pageToken)
    let found = try await store.changes(
      environment: request.environment, status: request.status, before: page.before, limit: page.limit + 1)
    return ListChangeSimulationsResponse(
      simulations: found.prefix(page.limit).map { stored in
        var simulation = stored.simulation.withProgress(runner.board)
        // A page of them would be larger than a message may be.
        simulation.outcome?.series = []
        return simulation
      }, nextPageToken: page.next(found.map(\.ordinal)))
  }

  func deleteChangeSimulation(_ request: DeleteChangeSimulationRequest, _ call: ServerCall) async throws
    -> DeleteChangeSimulationResponse
  {
    guard try await store.delete(request.id) else { throw ServiceFault.noChange(request.id) }
    runner.stop(request.id)
    return DeleteChangeSimulationResponse()
  }

  func attachImpact(_ request: AttachImpactRequest, _ call: ServerCall) async throws -> TwinProto.ChangeSimulation {
    guard let impact = request.predictedImpact else { throw ServiceFault.invalid("predicted_impact", "is required") }
    guard let stored = try await store.attach(impact, confidence: request.confidence, to: request.id) else {
      throw ServiceFault.noChange(request.id)
    }
    runner.board.announce()
    return stored.simulation.withProgress(runner.board)
  }
}

extension TwinProto.ChangeSimulation {
  /// With the share done: all of it when it has ended, none before it begins.
  func withProgress(_ board: RunBoard) -> TwinProto.ChangeSimulation {
    var simulation = self
    switch status {
    case .completed: simulation.progress = 1
    default: simulation.progress = board.progress(of: id) ?? 0
    }
    return simulation
  }
}
