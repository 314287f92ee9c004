// Generated from twin/engine/v1/twin.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.engine.v1.TwinService`.
public enum TwinServiceMethods {
  public static let createTwin = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "CreateTwin", kind: .unary, isIdempotent: true)
  public static let getTwin = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "GetTwin", kind: .unary, isIdempotent: true)
  public static let listTwins = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "ListTwins", kind: .unary, isIdempotent: true)
  public static let deleteTwin = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "DeleteTwin", kind: .unary, isIdempotent: true)
  public static let resolveTwins = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "ResolveTwins", kind: .unary, isIdempotent: true)
  public static let watchTwins = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "WatchTwins", kind: .serverStreaming, isIdempotent: true)
  public static let getTwinState = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "GetTwinState", kind: .unary, isIdempotent: true)
  public static let watchTwinStates = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "WatchTwinStates", kind: .serverStreaming, isIdempotent: true)
  public static let getTwinSnapshot = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "GetTwinSnapshot", kind: .unary, isIdempotent: true)
  public static let listModelTypes = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "ListModelTypes", kind: .unary, isIdempotent: true)
  public static let getModelType = MethodDescriptor(
    service: "twin.engine.v1.TwinService", method: "GetModelType", kind: .unary, isIdempotent: true)
}

/// Keeps twins of vehicles.
public protocol TwinServiceHandler: RPCService {
  /// Creates a twin; ids count up from "twin-001". A second twin of one physical vehicle is ALREADY_EXISTS
  /// (TWIN_ALREADY_EXISTS). Safe to retry with the same request_id.
  func createTwin(_ request: CreateTwinRequest, _ call: ServerCall) async throws -> Twin

  /// Reads a twin.
  func getTwin(_ request: GetTwinRequest, _ call: ServerCall) async throws -> Twin

  /// Lists twins, ordered by id.
  func listTwins(_ request: ListTwinsRequest, _ call: ServerCall) async throws -> ListTwinsResponse

  /// Deletes a twin with its calibrations; its raw telemetry stays as long as it is retained.
  func deleteTwin(_ request: DeleteTwinRequest, _ call: ServerCall) async throws -> DeleteTwinResponse

  /// Finds the twins of physical vehicles.
  func resolveTwins(_ request: ResolveTwinsRequest, _ call: ServerCall) async throws -> ResolveTwinsResponse

  /// Follows creations and deletions of twins; the first messages hold the twins that exist.
  func watchTwins(_ request: WatchTwinsRequest, _ responses: RPCWriter<TwinUpdate>, _ call: ServerCall) async throws

  /// Reads the newest virtual state of a twin.
  func getTwinState(_ request: GetTwinStateRequest, _ call: ServerCall) async throws -> VehicleState

  /// Follows virtual states. A slow reader gets the newest state of each twin.
  func watchTwinStates(_ request: WatchTwinStatesRequest, _ responses: RPCWriter<WatchTwinStatesResponse>, _ call: ServerCall) async throws

  /// Reads what a simulation needs to start from a twin: model, parameters, driver and state at one moment.
  func getTwinSnapshot(_ request: GetTwinSnapshotRequest, _ call: ServerCall) async throws -> TwinSnapshot

  /// Lists the model types with every parameter's unit, default and range.
  func listModelTypes(_ request: ListModelTypesRequest, _ call: ServerCall) async throws -> ListModelTypesResponse

  /// Reads one model type.
  func getModelType(_ request: GetModelTypeRequest, _ call: ServerCall) async throws -> ModelType
}

extension TwinServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(TwinServiceMethods.createTwin) { request, call in
        try await self.createTwin(request, call)
      },
      .unary(TwinServiceMethods.getTwin) { request, call in
        try await self.getTwin(request, call)
      },
      .unary(TwinServiceMethods.listTwins) { request, call in
        try await self.listTwins(request, call)
      },
      .unary(TwinServiceMethods.deleteTwin) { request, call in
        try await self.deleteTwin(request, call)
      },
      .unary(TwinServiceMethods.resolveTwins) { request, call in
        try await self.resolveTwins(request, call)
      },
      .serverStreaming(TwinServiceMethods.watchTwins) { request, responses, call in
        try await self.watchTwins(request, responses, call)
      },
      .unary(TwinServiceMethods.getTwinState) { request, call in
        try await self.getTwinState(request, call)
      },
      .serverStreaming(TwinServiceMethods.watchTwinStates) { request, responses, call in
        try await self.watchTwinStates(request, responses, call)
      },
      .unary(TwinServiceMethods.getTwinSnapshot) { request, call in
        try await self.getTwinSnapshot(request, call)
      },
      .unary(TwinServiceMethods.listModelTypes) { request, call in
        try await self.listModelTypes(request, call)
      },
      .unary(TwinServiceMethods.getModelType) { request, call in
        try await self.getModelType(request, call)
      },
    ]
  }
}

/// Keeps twins of vehicles.
public struct TwinServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Creates a twin; ids count up from "twin-001". A second twin of one physical vehicle is ALREADY_EXISTS
  /// (TWIN_ALREADY_EXISTS). Safe to retry with the same request_id.
  public func createTwin(_ request: CreateTwinRequest, options: CallOptions = CallOptions()) async throws
    -> Twin
  {
    try await channel.unary(TwinServiceMethods.createTwin, request, options: options)
  }

  /// Reads a twin.
  public func getTwin(_ request: GetTwinRequest, options: CallOptions = CallOptions()) async throws
    -> Twin
  {
    try await channel.unary(TwinServiceMethods.getTwin, request, options: options)
  }

  /// Lists twins, ordered by id.
  public func listTwins(_ request: ListTwinsRequest, options: CallOptions = CallOptions()) async throws
    -> ListTwinsResponse
  {
    try await channel.unary(TwinServiceMethods.listTwins, request, options: options)
  }

  /// Deletes a twin with its calibrations; its raw telemetry stays as long as it is retained.
  public func deleteTwin(_ request: DeleteTwinRequest, options: CallOptions = CallOptions()) async throws
    -> DeleteTwinResponse
  {
    try await channel.unary(TwinServiceMethods.deleteTwin, request, options: options)
  }

  /// Finds the twins of physical vehicles.
  public func resolveTwins(_ request: ResolveTwinsRequest, options: CallOptions = CallOptions()) async throws
    -> ResolveTwinsResponse
  {
    try await channel.unary(TwinServiceMethods.resolveTwins, request, options: options)
  }

  /// Follows creations and deletions of twins; the first messages hold the twins that exist.
  public func watchTwins<Result: Sendable>(
    _ request: WatchTwinsRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<TwinUpdate>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(TwinServiceMethods.watchTwins, request, options: options, body)
  }

  /// Reads the newest virtual state of a twin.
  public func getTwinState(_ request: GetTwinStateRequest, options: CallOptions = CallOptions()) async throws
    -> VehicleState
  {
    try await channel.unary(TwinServiceMethods.getTwinState, request, options: options)
  }

  /// Follows virtual states. A slow reader gets the newest state of each twin.
  public func watchTwinStates<Result: Sendable>(
    _ request: WatchTwinStatesRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<WatchTwinStatesResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(TwinServiceMethods.watchTwinStates, request, options: options, body)
  }

  /// Reads what a simulation needs to start from a twin: model, parameters, driver and state at one moment.
  public func getTwinSnapshot(_ request: GetTwinSnapshotRequest, options: CallOptions = CallOptions()) async throws
    -> TwinSnapshot
  {
    try await channel.unary(TwinServiceMethods.getTwinSnapshot, request, options: options)
  }

  /// Lists the model types with every parameter's unit, default and range.
  public func listModelTypes(_ request: ListModelTypesRequest, options: CallOptions = CallOptions()) async throws
    -> ListModelTypesResponse
  {
    try await channel.unary(TwinServiceMethods.listModelTypes, request, options: options)
  }

  /// Reads one model type.
  public func getModelType(_ request: GetModelTypeRequest, options: CallOptions = CallOptions()) async throws
    -> ModelType
  {
    try await channel.unary(TwinServiceMethods.getModelType, request, options: options)
  }
}

/// The methods of `twin.engine.v1.TwinSyncService`.
public enum TwinSyncServiceMethods {
  public static let syncTwins = MethodDescriptor(
    service: "twin.engine.v1.TwinSyncService", method: "SyncTwins", kind: .bidirectional, isIdempotent: true)
}

/// How state-sync keeps twins in step.
public protocol TwinSyncServiceHandler: RPCService {
  /// Applies committed samples to twins and returns the virtual states that follow. Applying a (twin, source,
  /// sequence)
  /// again changes nothing.
  func syncTwins(_ requests: RPCReader<SyncTwinsRequest>, _ responses: RPCWriter<SyncTwinsResponse>, _ call: ServerCall) async throws
}

extension TwinSyncServiceHandler {
  public var methods: [RPCMethod] {
    [
      .bidirectional(TwinSyncServiceMethods.syncTwins) { requests, responses, call in
        try await self.syncTwins(requests, responses, call)
      },
    ]
  }
}

/// How state-sync keeps twins in step.
public struct TwinSyncServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Applies committed samples to twins and returns the virtual states that follow. Applying a (twin, source,
  /// sequence)
  /// again changes nothing.
  public func syncTwins<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(TwinSyncServiceMethods.syncTwins, options: options, body)
  }
}
