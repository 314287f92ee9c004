import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// The errors of environments.
extension ServiceFault {
  static func noEnvironment(_ id: String) -> ServiceFault {
    ServiceFault(
      .notFound, .environmentNotFound, "no environment has the id '\(id)'", facts: ["environment": id])
  }

  static func environmentExists(_ id: String) -> ServiceFault {
    ServiceFault(
      .alreadyExists, .environmentAlreadyExists, "an environment has the id '\(id)' already",
      facts: ["environment": id])
  }

  static func noTarget(_ name: String, of id: String) -> ServiceFault {
    ServiceFault(
      .notFound, .targetNotFound, "the environment '\(id)' has no target '\(name)'",
      facts: ["environment": id, "target": name])
  }

  static func environmentRequestReused(_ requestID: String, by id: String) -> ServiceFault {
    ServiceFault(
      .alreadyExists, .requestIDReused, "a request with this request_id but another content has made '\(id)'",
      facts: ["request_id": requestID, "environment": id])
  }
}

extension EnvironmentBoundReached: RPCErrorConvertible {
  var rpcError: RPCError { ServiceFault(.resourceExhausted, .overloaded, description).rpcError }
}
