// Generated from twin/scenario/v1/scenario.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.scenario.v1.ScenarioService`.
public enum ScenarioServiceMethods {
  public static let createScenario = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "CreateScenario", kind: .unary, isIdempotent: true)
  public static let getScenario = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "GetScenario", kind: .unary, isIdempotent: true)
  public static let listScenarios = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "ListScenarios", kind: .unary, isIdempotent: true)
  public static let deleteScenario = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "DeleteScenario", kind: .unary, isIdempotent: true)
  public static let listScenarioTypes = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "ListScenarioTypes", kind: .unary, isIdempotent: true)
  public static let getScenarioType = MethodDescriptor(
    service: "twin.scenario.v1.ScenarioService", method: "GetScenarioType", kind: .unary, isIdempotent: true)
}

/// Keeps scenarios and the library of scenario types.
public protocol ScenarioServiceHandler: RPCService {
  /// Creates a scenario and its simulation. Safe to retry with the same request_id.
  func createScenario(_ request: CreateScenarioRequest, _ call: ServerCall) async throws -> Scenario

  /// Reads a scenario.
  func getScenario(_ request: GetScenarioRequest, _ call: ServerCall) async throws -> Scenario

  /// Lists scenarios, newest first.
  func listScenarios(_ request: ListScenariosRequest, _ call: ServerCall) async throws -> ListScenariosResponse

  /// Deletes a scenario; its results stay.
  func deleteScenario(_ request: DeleteScenarioRequest, _ call: ServerCall) async throws -> DeleteScenarioResponse

  /// Lists the library: category, parameters with unit, default and range, pass criteria.
  func listScenarioTypes(_ request: ListScenarioTypesRequest, _ call: ServerCall) async throws -> ListScenarioTypesResponse

  /// Reads one type of the library.
  func getScenarioType(_ request: GetScenarioTypeRequest, _ call: ServerCall) async throws -> ScenarioType
}

extension ScenarioServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(ScenarioServiceMethods.createScenario) { request, call in
        try await self.createScenario(request, call)
      },
      .unary(ScenarioServiceMethods.getScenario) { request, call in
        try await self.getScenario(request, call)
      },
      .unary(ScenarioServiceMethods.listScenarios) { request, call in
        try await self.listScenarios(request, call)
      },
      .unary(ScenarioServiceMethods.deleteScenario) { request, call in
        try await self.deleteScenario(request, call)
      },
      .unary(ScenarioServiceMethods.listScenarioTypes) { request, call in
        try await self.listScenarioTypes(request, call)
      },
      .unary(ScenarioServiceMethods.getScenarioType) { request, call in
        try await self.getScenarioType(request, call)
      },
    ]
  }
}

/// Keeps scenarios and the library of scenario types.
public struct ScenarioServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Creates a scenario and its simulation. Safe to retry with the same request_id.
  public func createScenario(_ request: CreateScenarioRequest, options: CallOptions = CallOptions()) async throws
    -> Scenario
  {
    try await channel.unary(ScenarioServiceMethods.createScenario, request, options: options)
  }

  /// Reads a scenario.
  public func getScenario(_ request: GetScenarioRequest, options: CallOptions = CallOptions()) async throws
    -> Scenario
  {
    try await channel.unary(ScenarioServiceMethods.getScenario, request, options: options)
  }

  /// Lists scenarios, newest first.
  public func listScenarios(_ request: ListScenariosRequest, options: CallOptions = CallOptions()) async throws
    -> ListScenariosResponse
  {
    try await channel.unary(ScenarioServiceMethods.listScenarios, request, options: options)
  }

  /// Deletes a scenario; its results stay.
  public func deleteScenario(_ request: DeleteScenarioRequest, options: CallOptions = CallOptions()) async throws
    -> DeleteScenarioResponse
  {
    try await channel.unary(ScenarioServiceMethods.deleteScenario, request, options: options)
  }

  /// Lists the library: category, parameters with unit, default and range, pass criteria.
  public func listScenarioTypes(_ request: ListScenarioTypesRequest, options: CallOptions = CallOptions()) async throws
    -> ListScenarioTypesResponse
  {
    try await channel.unary(ScenarioServiceMethods.listScenarioTypes, request, options: options)
  }

  /// Reads one type of the library.
  public func getScenarioType(_ request: GetScenarioTypeRequest, options: CallOptions = CallOptions()) async throws
    -> ScenarioType
  {
    try await channel.unary(ScenarioServiceMethods.getScenarioType, request, options: options)
  }
}
