// Generated from twin/scenario/v1/simulation.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.scenario.v1.SimulationService`.
public enum SimulationServiceMethods {
  public static let runSimulation = MethodDescriptor(
    service: "twin.scenario.v1.SimulationService", method: "RunSimulation", kind: .unary, isIdempotent: true)
  public static let getSimulation = MethodDescriptor(
    service: "twin.scenario.v1.SimulationService", method: "GetSimulation", kind: .unary, isIdempotent: true)
  public static let listSimulations = MethodDescriptor(
    service: "twin.scenario.v1.SimulationService", method: "ListSimulations", kind: .unary, isIdempotent: true)
  public static let cancelSimulation = MethodDescriptor(
    service: "twin.scenario.v1.SimulationService", method: "CancelSimulation", kind: .unary, isIdempotent: true)
  public static let watchSimulations = MethodDescriptor(
    service: "twin.scenario.v1.SimulationService", method: "WatchSimulations", kind: .serverStreaming, isIdempotent: true)
}

/// Runs simulations of vehicle scenarios.
public protocol SimulationServiceHandler: RPCService {
  /// Starts a run (or a sweep of runs) of a simulation. Safe to retry with the same request_id.
  func runSimulation(_ request: RunSimulationRequest, _ call: ServerCall) async throws -> Simulation

  /// Reads a simulation with the progress of its newest run, or of the run named.
  func getSimulation(_ request: GetSimulationRequest, _ call: ServerCall) async throws -> Simulation

  /// Lists simulations, newest first.
  func listSimulations(_ request: ListSimulationsRequest, _ call: ServerCall) async throws -> ListSimulationsResponse

  /// Stops one run: the newest of a simulation, or the one named.
  func cancelSimulation(_ request: CancelSimulationRequest, _ call: ServerCall) async throws -> Simulation

  /// Follows the progress of one simulation until its run ends, or of all that run.
  func watchSimulations(_ request: WatchSimulationsRequest, _ responses: RPCWriter<SimulationProgress>, _ call: ServerCall) async throws
}

extension SimulationServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(SimulationServiceMethods.runSimulation) { request, call in
        try await self.runSimulation(request, call)
      },
      .unary(SimulationServiceMethods.getSimulation) { request, call in
        try await self.getSimulation(request, call)
      },
      .unary(SimulationServiceMethods.listSimulations) { request, call in
        try await self.listSimulations(request, call)
      },
      .unary(SimulationServiceMethods.cancelSimulation) { request, call in
        try await self.cancelSimulation(request, call)
      },
      .serverStreaming(SimulationServiceMethods.watchSimulations) { request, responses, call in
        try await self.watchSimulations(request, responses, call)
      },
    ]
  }
}

/// Runs simulations of vehicle scenarios.
public struct SimulationServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Starts a run (or a sweep of runs) of a simulation. Safe to retry with the same request_id.
  public func runSimulation(_ request: RunSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> Simulation
  {
    try await channel.unary(SimulationServiceMethods.runSimulation, request, options: options)
  }

  /// Reads a simulation with the progress of its newest run, or of the run named.
  public func getSimulation(_ request: GetSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> Simulation
  {
    try await channel.unary(SimulationServiceMethods.getSimulation, request, options: options)
  }

  /// Lists simulations, newest first.
  public func listSimulations(_ request: ListSimulationsRequest, options: CallOptions = CallOptions()) async throws
    -> ListSimulationsResponse
  {
    try await channel.unary(SimulationServiceMethods.listSimulations, request, options: options)
  }

  /// Stops one run: the newest of a simulation, or the one named.
  public func cancelSimulation(_ request: CancelSimulationRequest, options: CallOptions = CallOptions()) async throws
    -> Simulation
  {
    try await channel.unary(SimulationServiceMethods.cancelSimulation, request, options: options)
  }

  /// Follows the progress of one simulation until its run ends, or of all that run.
  public func watchSimulations<Result: Sendable>(
    _ request: WatchSimulationsRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<SimulationProgress>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(SimulationServiceMethods.watchSimulations, request, options: options, body)
  }
}
