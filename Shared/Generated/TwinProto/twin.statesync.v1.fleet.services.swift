// Generated from twin/statesync/v1/fleet.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.statesync.v1.FleetService`.
public enum FleetServiceMethods {
  public static let getHistory = MethodDescriptor(
    service: "twin.statesync.v1.FleetService", method: "GetHistory", kind: .unary, isIdempotent: true)
  public static let listObservations = MethodDescriptor(
    service: "twin.statesync.v1.FleetService", method: "ListObservations", kind: .unary, isIdempotent: true)
  public static let subscribeFleet = MethodDescriptor(
    service: "twin.statesync.v1.FleetService", method: "SubscribeFleet", kind: .serverStreaming, isIdempotent: true)
  public static let getSyncReport = MethodDescriptor(
    service: "twin.statesync.v1.FleetService", method: "GetSyncReport", kind: .unary, isIdempotent: true)
}

/// Reads stored telemetry and follows live states.
public protocol FleetServiceHandler: RPCService {
  /// Lists a vehicle's stored samples of a time range in the order of their time, downsampled on demand.
  func getHistory(_ request: GetHistoryRequest, _ call: ServerCall) async throws -> GetHistoryResponse

  /// Lists a vehicle's sensor, environment or operations samples or events of a time range in the order of their time.
  func listObservations(_ request: ListObservationsRequest, _ call: ServerCall) async throws -> ListObservationsResponse

  /// Follows real and virtual states and events. A slow reader gets the newest state of each vehicle and is told how
  /// many updates were left out; it never slows the fleet.
  func subscribeFleet(_ request: SubscribeFleetRequest, _ responses: RPCWriter<FleetUpdate>, _ call: ServerCall) async throws

  /// Reads the sync quality of a vehicle's sources: gaps, duplicates, clock skew, lag.
  func getSyncReport(_ request: GetSyncReportRequest, _ call: ServerCall) async throws -> SyncReport
}

extension FleetServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(FleetServiceMethods.getHistory) { request, call in
        try await self.getHistory(request, call)
      },
      .unary(FleetServiceMethods.listObservations) { request, call in
        try await self.listObservations(request, call)
      },
      .serverStreaming(FleetServiceMethods.subscribeFleet) { request, responses, call in
        try await self.subscribeFleet(request, responses, call)
      },
      .unary(FleetServiceMethods.getSyncReport) { request, call in
        try await self.getSyncReport(request, call)
      },
    ]
  }
}

/// Reads stored telemetry and follows live states.
public struct FleetServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Lists a vehicle's stored samples of a time range in the order of their time, downsampled on demand.
  public func getHistory(_ request: GetHistoryRequest, options: CallOptions = CallOptions()) async throws
    -> GetHistoryResponse
  {
    try await channel.unary(FleetServiceMethods.getHistory, request, options: options)
  }

  /// Lists a vehicle's sensor, environment or operations samples or events of a time range in the order of their time.
  public func listObservations(_ request: ListObservationsRequest, options: CallOptions = CallOptions()) async throws
    -> ListObservationsResponse
  {
    try await channel.unary(FleetServiceMethods.listObservations, request, options: options)
  }

  /// Follows real and virtual states and events. A slow reader gets the newest state of each vehicle and is told how
  /// many updates were left out; it never slows the fleet.
  public func subscribeFleet<Result: Sendable>(
    _ request: SubscribeFleetRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<FleetUpdate>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(FleetServiceMethods.subscribeFleet, request, options: options, body)
  }

  /// Reads the sync quality of a vehicle's sources: gaps, duplicates, clock skew, lag.
  public func getSyncReport(_ request: GetSyncReportRequest, options: CallOptions = CallOptions()) async throws
    -> SyncReport
  {
    try await channel.unary(FleetServiceMethods.getSyncReport, request, options: options)
  }
}
