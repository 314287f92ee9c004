// Generated from twin/engine/v1/environment.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.engine.v1.EnvironmentTwinService`.
public enum EnvironmentTwinServiceMethods {
  public static let getEnvironmentSnapshot = MethodDescriptor(
    service: "twin.engine.v1.EnvironmentTwinService", method: "GetEnvironmentSnapshot", kind: .unary, isIdempotent: true)
  public static let updateEnvironment = MethodDescriptor(
    service: "twin.engine.v1.EnvironmentTwinService", method: "UpdateEnvironment", kind: .unary, isIdempotent: true)
  public static let calibrateEnvironment = MethodDescriptor(
    service: "twin.engine.v1.EnvironmentTwinService", method: "CalibrateEnvironment", kind: .unary, isIdempotent: true)
}

/// Keeps twins of environments.
public protocol EnvironmentTwinServiceHandler: RPCService {
  /// Reads what a simulation of a change needs: the environment's targets with state and calibrated parameters.
  func getEnvironmentSnapshot(_ request: GetEnvironmentSnapshotRequest, _ call: ServerCall) async throws -> EnvironmentSnapshot

  /// Applies what a sync found. Applying a target's version again changes at most its sync_time. An environment with
  /// another create_time is another one: what was known under its id goes.
  func updateEnvironment(_ request: UpdateEnvironmentRequest, _ call: ServerCall) async throws -> UpdateEnvironmentResponse

  /// Calibrates an environment's models from its synced metrics.
  func calibrateEnvironment(_ request: CalibrateEnvironmentRequest, _ call: ServerCall) async throws -> CalibrateEnvironmentResponse
}

extension EnvironmentTwinServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(EnvironmentTwinServiceMethods.getEnvironmentSnapshot) { request, call in
        try await self.getEnvironmentSnapshot(request, call)
      },
      .unary(EnvironmentTwinServiceMethods.updateEnvironment) { request, call in
        try await self.updateEnvironment(request, call)
      },
      .unary(EnvironmentTwinServiceMethods.calibrateEnvironment) { request, call in
        try await self.calibrateEnvironment(request, call)
      },
    ]
  }
}

/// Keeps twins of environments.
public struct EnvironmentTwinServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Reads what a simulation of a change needs: the environment's targets with state and calibrated parameters.
  public func getEnvironmentSnapshot(_ request: GetEnvironmentSnapshotRequest, options: CallOptions = CallOptions()) async throws
    -> EnvironmentSnapshot
  {
    try await channel.unary(EnvironmentTwinServiceMethods.getEnvironmentSnapshot, request, options: options)
  }

  /// Applies what a sync found. Applying a target's version again changes at most its sync_time. An environment with
  /// another create_time is another one: what was known under its id goes.
  public func updateEnvironment(_ request: UpdateEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> UpdateEnvironmentResponse
  {
    try await channel.unary(EnvironmentTwinServiceMethods.updateEnvironment, request, options: options)
  }

  /// Calibrates an environment's models from its synced metrics.
  public func calibrateEnvironment(_ request: CalibrateEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> CalibrateEnvironmentResponse
  {
    try await channel.unary(EnvironmentTwinServiceMethods.calibrateEnvironment, request, options: options)
  }
}
