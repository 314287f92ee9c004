// Generated from twin/scenario/v1/change.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.scenario.v1.ChangeSimulationService`.
public enum ChangeSimulationServiceMethods {
  public static let createChangeSimulation = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "CreateChangeSimulation", kind: .unary, isIdempotent: true)
  public static let runChangeSimulation = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "RunChangeSimulation", kind: .unary, isIdempotent: true)
  public static let getChangeSimulation = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "GetChangeSimulation", kind: .unary, isIdempotent: true)
  public static let listChangeSimulations = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "ListChangeSimulations", kind: .unary, isIdempotent: true)
  public static let deleteChangeSimulation = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "DeleteChangeSimulation", kind: .unary, isIdempotent: true)
  public static let attachImpact = MethodDescriptor(
    service: "twin.scenario.v1.ChangeSimulationService", method: "AttachImpact", kind: .unary, isIdempotent: true)
}

/// Keeps and runs simulations of changes.
public protocol ChangeSimulationServiceHandler: RPCService {
  /// Creates a simulation of a change, not started. Safe to retry with the same request_id.
  func createChangeSimulation(_ request: CreateChangeSimulationRequest, _ call: ServerCall) async throws -> ChangeSimulation

  /// Runs a simulation and answers when it ends, also when it fails: its status and error say so. A later run replaces
  /// what an earlier one found. WatchSimulations shows the progress; the call's deadline bounds the run and its
  /// cancellation stops it. Safe to retry with the same request_id. INVALID_ARGUMENT for a change that can't be
  /// understood, RESOURCE_EXHAUSTED (QUEUE_FULL) when too many wait, FAILED_PRECONDITION (SIMULATION_NOT_RUNNABLE) while
  /// another request runs it.
  func runChangeSimulation(_ request: RunChangeSimulationRequest, _ call: ServerCall) async throws -> ChangeSimulation

  /// Reads a simulation.
  func getChangeSimulation(_ request: GetChangeSimulationRequest, _ call: ServerCall) async throws -> ChangeSimulation

  /// Lists simulations, newest first.
  func listChangeSimulations(_ request: ListChangeSimulationsRequest, _ call: ServerCall) async throws -> ListChangeSimulationsResponse

  /// Stops a simulation if it runs and deletes it; the audit stays.
  func deleteChangeSimulation(_ request: DeleteChangeSimulationRequest, _ call: ServerCall) async throws -> DeleteChangeSimulationResponse

  /// Stores the assessed impact beside the simulation, so that reading it shows both. The answer leaves the outcome out.
  func attachImpact(_ request: AttachImpactRequest, _ call: ServerCall) async throws -> ChangeSimulation
}

extension ChangeSimulationServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(ChangeSimulationServiceMethods.createChangeSimulation) { request, call in
        try await self.createChangeSimulation(request, call)
      },
      .unary(ChangeSimulationServiceMethods.runChangeSimulation) { request, call in
        try await self.runChangeSimulation(request, call)
      },
      .unary(ChangeSimulationServiceMethods.getChangeSimulation) { request, call in
        try await self.getChangeSimulation(request, call)
      },
      .unary(ChangeSimulationServiceMethods.listChangeSimulations) { request, call in
        try await self.listChangeSimulations(request, call)
      },
      .unary(ChangeSimulationServiceMethods.deleteChangeSimulation) { request, call in
        try await self.deleteChangeSimulation(request, call)
      },
      .unary(ChangeSimulationServiceMethods.attachImpact) { request, call in
        try await self.attachImpact(request, call)
      },
    ]
  }
}

/// Keeps and runs simulations of changes.
public struct ChangeSimulationServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Creates a simulation of a change, not started. Safe to retry with the same request_id.
  public func createChangeSimulation(_ request: CreateChangeSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> ChangeSimulation
  {
    try await channel.unary(ChangeSimulationServiceMethods.createChangeSimulation, request, options: options)
  }

  /// Runs a simulation and answers when it ends, also when it fails: its status and error say so. A later run replaces
  /// what an earlier one found. WatchSimulations shows the progress; the call's deadline bounds the run and its
  /// cancellation stops it. Safe to retry with the same request_id. INVALID_ARGUMENT for a change that can't be
  /// understood, RESOURCE_EXHAUSTED (QUEUE_FULL) when too many wait, FAILED_PRECONDITION (SIMULATION_NOT_RUNNABLE) while
  /// another request runs it.
  public func runChangeSimulation(_ request: RunChangeSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> ChangeSimulation
  {
    try await channel.unary(ChangeSimulationServiceMethods.runChangeSimulation, request, options: options)
  }

  /// Reads a simulation.
  public func getChangeSimulation(_ request: GetChangeSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> ChangeSimulation
  {
    try await channel.unary(ChangeSimulationServiceMethods.getChangeSimulation, request, options: options)
  }

  /// Lists simulations, newest first.
  public func listChangeSimulations(_ request: ListChangeSimulationsRequest, options: CallOptions = CallOptions()) async throws
    -> ListChangeSimulationsResponse
  {
    try await channel.unary(ChangeSimulationServiceMethods.listChangeSimulations, request, options: options)
  }

  /// Stops a simulation if it runs and deletes it; the audit stays.
  public func deleteChangeSimulation(_ request: DeleteChangeSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> DeleteChangeSimulationResponse
  {
    try await channel.unary(ChangeSimulationServiceMethods.deleteChangeSimulation, request, options: options)
  }

  /// Stores the assessed impact beside the simulation, so that reading it shows both. The answer leaves the outcome out.
  public func attachImpact(_ request: AttachImpactRequest, options: CallOptions = CallOptions()) async throws
    -> ChangeSimulation
  {
    try await channel.unary(ChangeSimulationServiceMethods.attachImpact, request, options: options)
  }
}
