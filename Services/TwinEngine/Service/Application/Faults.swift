import RPCCore
import RPCErrors
import SimulationVehicles
import TwinProto

/// The errors of this service beside those of FleetCore.
extension ServiceFault {
  static func vehicleTaken(_ vehicle: String, by id: String) -> ServiceFault {
    ServiceFault(
      .alreadyExists, .twinAlreadyExists, "the vehicle '\(vehicle)' has a twin already: \(id)",
      facts: ["physical_vehicle_id": vehicle, "twin": id])
  }

  static func requestIDReused(_ requestID: String, by id: String) -> ServiceFault {
    ServiceFault(
      .alreadyExists, .requestIDReused, "a request with this request_id but another content has made \(id)",
      facts: ["request_id": requestID, "twin": id])
  }

  static func unknownModelType(_ name: String, besides violations: [FieldViolation] = []) -> ServiceFault {
    let known = ModelTypes.all.map(\.name).joined(separator: ", ")
    let violation = FieldViolation(
      "model_type", name.isEmpty ? "is required; it is one of \(known)" : "must be one of \(known), not '\(name)'")
    let all = violations + [violation]
    return ServiceFault(
      .invalidArgument, .modelTypeNotFound, all.map { "\($0.field): \($0.description)" }.joined(separator: "; "),
      facts: ["model_type": name], violations: all)
  }

  /// A stored twin is of a type, or has parameters, that this version doesn't know.
  static func unknownModel(of twin: TwinRecord) -> ServiceFault {
    ServiceFault(
      .failedPrecondition, .modelTypeNotFound,
      "this version has no model type '\(twin.modelType)' with the twin's parameters",
      facts: ["twin": twin.id, "model_type": twin.modelType])
  }

  static func noModelType(_ name: String) -> ServiceFault {
    ServiceFault(
      .notFound, .modelTypeNotFound, "no model type has the name '\(name)'", facts: ["model_type": name])
  }

  /// - Parameter violations: at least one. The reason is the one that all share, or the general one.
  static func wrongParameters(_ violations: [ModelTypes.Violation]) -> ServiceFault {
    let kinds = Set(violations.map(\.kind))
    let reason: ErrorReason =
      switch kinds.count == 1 ? kinds.first : nil {
      case .unknown: .parameterUnknown
      case .outOfRange: .parameterOutOfRange
      case nil: .invalidArgument
      }
    return ServiceFault(
      .invalidArgument, reason, violations.map { "\($0.field): \($0.description)" }.joined(separator: "; "),
      violations: violations.map { .init($0.field, $0.description) })
  }
}
