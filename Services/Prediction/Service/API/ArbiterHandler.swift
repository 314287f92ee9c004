import ChangeConversions
import RPCCore
import RPCErrors
import TwinProto

/// `twin.prediction.v1.ArbiterService`: whether a change may be applied.
struct ArbiterHandler: ArbiterServiceHandler {
  private static let maximumRequestID = 128

  let arbiter: Arbiter
  let admission: AdmissionReviewer

  func checkChange(_ request: CheckChangeRequest, _ call: ServerCall) async throws -> CheckChangeResponse {
    try Self.check(request)
    return try await arbiter.check(request, caller: call.identity)
  }

  func reviewAdmission(_ request: ReviewAdmissionRequest, _ call: ServerCall) async throws -> ReviewAdmissionResponse {
    try await admission.review(request, caller: call.identity)
  }

  /// - Throws: `ServiceFault` naming each field.
  static func check(_ request: CheckChangeRequest) throws {
    var wrong: [ServiceFault.FieldViolation] = []
    switch (request.simulationID.isEmpty, request.changeRequest) {
    case (true, nil): wrong.append(.init("change_request", "is required, unless simulation_id is given"))
    case (false, .some): wrong.append(.init("simulation_id", "must not be given beside change_request"))
    case (true, let change?):
      wrong += change.problems(path: "change_request.").map { .init($0.field, $0.reason) }
    case (false, nil): break
    }
    if let reason = ChangeRequest.problem(durationHours: request.durationHours) {
      wrong.append(.init("duration_hours", reason))
    }
    if request.requestID.utf8.count > maximumRequestID {
      wrong.append(.init("request_id", "is longer than \(maximumRequestID) characters"))
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
  }
}
