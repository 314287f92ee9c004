// Generated from twin/statesync/v1/environment.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.statesync.v1.EnvironmentService`.
public enum EnvironmentServiceMethods {
  public static let createEnvironment = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "CreateEnvironment", kind: .unary, isIdempotent: true)
  public static let getEnvironment = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "GetEnvironment", kind: .unary, isIdempotent: true)
  public static let listEnvironments = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "ListEnvironments", kind: .unary, isIdempotent: true)
  public static let deleteEnvironment = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "DeleteEnvironment", kind: .unary, isIdempotent: true)
  public static let syncEnvironment = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "SyncEnvironment", kind: .unary, isIdempotent: true)
  public static let getTarget = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "GetTarget", kind: .unary, isIdempotent: true)
  public static let listTargets = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "ListTargets", kind: .unary, isIdempotent: true)
  public static let listMetrics = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "ListMetrics", kind: .unary, isIdempotent: true)
  public static let pushMetrics = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "PushMetrics", kind: .unary, isIdempotent: true)
  public static let watchEnvironments = MethodDescriptor(
    service: "twin.statesync.v1.EnvironmentService", method: "WatchEnvironments", kind: .serverStreaming, isIdempotent: true)
}

/// Keeps mirrors of environments in step. It only ever reads what it mirrors.
///
/// Where an id names an environment, its alias does, too: dev, stage and prod mean development, staging and production
/// unless an environment has that very id.
public protocol EnvironmentServiceHandler: RPCService {
  /// Adds an environment. Safe to retry with the same request_id.
  func createEnvironment(_ request: CreateEnvironmentRequest, _ call: ServerCall) async throws -> Environment

  /// Reads an environment.
  func getEnvironment(_ request: GetEnvironmentRequest, _ call: ServerCall) async throws -> Environment

  /// Lists environments, ordered by id.
  func listEnvironments(_ request: ListEnvironmentsRequest, _ call: ServerCall) async throws -> ListEnvironmentsResponse

  /// Deletes an environment with its snapshots and metrics.
  func deleteEnvironment(_ request: DeleteEnvironmentRequest, _ call: ServerCall) async throws -> DeleteEnvironmentResponse

  /// Syncs an environment now and reports what changed.
  func syncEnvironment(_ request: SyncEnvironmentRequest, _ call: ServerCall) async throws -> SyncEnvironmentResponse

  /// Reads the newest synced state of a target.
  func getTarget(_ request: GetTargetRequest, _ call: ServerCall) async throws -> Target

  /// Lists the targets of an environment with their newest synced state, ordered by name.
  func listTargets(_ request: ListTargetsRequest, _ call: ServerCall) async throws -> ListTargetsResponse

  /// Reads metric series of an environment.
  func listMetrics(_ request: ListMetricsRequest, _ call: ServerCall) async throws -> ListMetricsResponse

  /// Stores metric points that an agent pushes; a repeated (target, metric, labels, time) replaces the value.
  func pushMetrics(_ request: PushMetricsRequest, _ call: ServerCall) async throws -> PushMetricsResponse

  /// Follows syncs as they end.
  func watchEnvironments(_ request: WatchEnvironmentsRequest, _ responses: RPCWriter<EnvironmentUpdate>, _ call: ServerCall) async throws
}

extension EnvironmentServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(EnvironmentServiceMethods.createEnvironment) { request, call in
        try await self.createEnvironment(request, call)
      },
      .unary(EnvironmentServiceMethods.getEnvironment) { request, call in
        try await self.getEnvironment(request, call)
      },
      .unary(EnvironmentServiceMethods.listEnvironments) { request, call in
        try await self.listEnvironments(request, call)
      },
      .unary(EnvironmentServiceMethods.deleteEnvironment) { request, call in
        try await self.deleteEnvironment(request, call)
      },
      .unary(EnvironmentServiceMethods.syncEnvironment) { request, call in
        try await self.syncEnvironment(request, call)
      },
      .unary(EnvironmentServiceMethods.getTarget) { request, call in
        try await self.getTarget(request, call)
      },
      .unary(EnvironmentServiceMethods.listTargets) { request, call in
        try await self.listTargets(request, call)
      },
      .unary(EnvironmentServiceMethods.listMetrics) { request, call in
        try await self.listMetrics(request, call)
      },
      .unary(EnvironmentServiceMethods.pushMetrics) { request, call in
        try await self.pushMetrics(request, call)
      },
      .serverStreaming(EnvironmentServiceMethods.watchEnvironments) { request, responses, call in
        try await self.watchEnvironments(request, responses, call)
      },
    ]
  }
}

/// Keeps mirrors of environments in step. It only ever reads what it mirrors.
///
/// Where an id names an environment, its alias does, too: dev, stage and prod mean development, staging and production
/// unless an environment has that very id.
public struct EnvironmentServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Adds an environment. Safe to retry with the same request_id.
  public func createEnvironment(_ request: CreateEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> Environment
  {
    try await channel.unary(EnvironmentServiceMethods.createEnvironment, request, options: options)
  }

  /// Reads an environment.
  public func getEnvironment(_ request: GetEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> Environment
  {
    try await channel.unary(EnvironmentServiceMethods.getEnvironment, request, options: options)
  }

  /// Lists environments, ordered by id.
  public func listEnvironments(_ request: ListEnvironmentsRequest, options: CallOptions = CallOptions()) async throws
    -> ListEnvironmentsResponse
  {
    try await channel.unary(EnvironmentServiceMethods.listEnvironments, request, options: options)
  }

  /// Deletes an environment with its snapshots and metrics.
  public func deleteEnvironment(_ request: DeleteEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> DeleteEnvironmentResponse
  {
    try await channel.unary(EnvironmentServiceMethods.deleteEnvironment, request, options: options)
  }

  /// Syncs an environment now and reports what changed.
  public func syncEnvironment(_ request: SyncEnvironmentRequest, options: CallOptions = CallOptions()) async throws
    -> SyncEnvironmentResponse
  {
    try await channel.unary(EnvironmentServiceMethods.syncEnvironment, request, options: options)
  }

  /// Reads the newest synced state of a target.
  public func getTarget(_ request: GetTargetRequest, options: CallOptions = CallOptions()) async throws
    -> Target
  {
    try await channel.unary(EnvironmentServiceMethods.getTarget, request, options: options)
  }

  /// Lists the targets of an environment with their newest synced state, ordered by name.
  public func listTargets(_ request: ListTargetsRequest, options: CallOptions = CallOptions()) async throws
    -> ListTargetsResponse
  {
    try await channel.unary(EnvironmentServiceMethods.listTargets, request, options: options)
  }

  /// Reads metric series of an environment.
  public func listMetrics(_ request: ListMetricsRequest, options: CallOptions = CallOptions()) async throws
    -> ListMetricsResponse
  {
    try await channel.unary(EnvironmentServiceMethods.listMetrics, request, options: options)
  }

  /// Stores metric points that an agent pushes; a repeated (target, metric, labels, time) replaces the value.
  public func pushMetrics(_ request: PushMetricsRequest, options: CallOptions = CallOptions()) async throws
    -> PushMetricsResponse
  {
    try await channel.unary(EnvironmentServiceMethods.pushMetrics, request, options: options)
  }

  /// Follows syncs as they end.
  public func watchEnvironments<Result: Sendable>(
    _ request: WatchEnvironmentsRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<EnvironmentUpdate>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(EnvironmentServiceMethods.watchEnvironments, request, options: options, body)
  }
}
