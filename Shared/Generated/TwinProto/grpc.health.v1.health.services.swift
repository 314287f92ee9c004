// Generated from grpc/health/v1/health.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `grpc.health.v1.Health`.
public enum GRPCHealthMethods {
  public static let check = MethodDescriptor(
    service: "grpc.health.v1.Health", method: "Check", kind: .unary, isIdempotent: false)
  public static let list = MethodDescriptor(
    service: "grpc.health.v1.Health", method: "List", kind: .unary, isIdempotent: false)
  public static let watch = MethodDescriptor(
    service: "grpc.health.v1.Health", method: "Watch", kind: .serverStreaming, isIdempotent: false)
}

/// Tells whether services of a server can take calls.
public protocol GRPCHealthHandler: RPCService {
  /// Reads the status of a service; an empty name asks for the server as a whole. An unknown service is NOT_FOUND.
  func check(_ request: GRPCHealthCheckRequest, _ call: ServerCall) async throws -> GRPCHealthCheckResponse

  /// Reads the status of all services; more than 100 are RESOURCE_EXHAUSTED.
  func list(_ request: GRPCHealthListRequest, _ call: ServerCall) async throws -> GRPCHealthListResponse

  /// Follows the status of a service: the current one at once, then each change. An unknown service is SERVICE_UNKNOWN
  /// and the call stays open.
  func watch(_ request: GRPCHealthCheckRequest, _ responses: RPCWriter<GRPCHealthCheckResponse>, _ call: ServerCall) async throws
}

extension GRPCHealthHandler {
  public var methods: [RPCMethod] {
    [
      .unary(GRPCHealthMethods.check) { request, call in
        try await self.check(request, call)
      },
      .unary(GRPCHealthMethods.list) { request, call in
        try await self.list(request, call)
      },
      .serverStreaming(GRPCHealthMethods.watch) { request, responses, call in
        try await self.watch(request, responses, call)
      },
    ]
  }
}

/// Tells whether services of a server can take calls.
public struct GRPCHealthClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Reads the status of a service; an empty name asks for the server as a whole. An unknown service is NOT_FOUND.
  public func check(_ request: GRPCHealthCheckRequest, options: CallOptions = CallOptions()) async throws
    -> GRPCHealthCheckResponse
  {
    try await channel.unary(GRPCHealthMethods.check, request, options: options)
  }

  /// Reads the status of all services; more than 100 are RESOURCE_EXHAUSTED.
  public func list(_ request: GRPCHealthListRequest, options: CallOptions = CallOptions()) async throws
    -> GRPCHealthListResponse
  {
    try await channel.unary(GRPCHealthMethods.list, request, options: options)
  }

  /// Follows the status of a service: the current one at once, then each change. An unknown service is SERVICE_UNKNOWN
  /// and the call stays open.
  public func watch<Result: Sendable>(
    _ request: GRPCHealthCheckRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<GRPCHealthCheckResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(GRPCHealthMethods.watch, request, options: options, body)
  }
}
