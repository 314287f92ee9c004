// Generated from grpc/reflection/v1alpha/reflection.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `grpc.reflection.v1alpha.ServerReflection`.
public enum GRPCReflectionV1AlphaServerReflectionMethods {
  public static let serverReflectionInfo = MethodDescriptor(
    service: "grpc.reflection.v1alpha.ServerReflection", method: "ServerReflectionInfo", kind: .bidirectional, isIdempotent: false)
}

/// Describes the services of a server.
public protocol GRPCReflectionV1AlphaServerReflectionHandler: RPCService {
  /// Answers each question in its order.
  func serverReflectionInfo(_ requests: RPCReader<GRPCReflectionV1AlphaServerReflectionRequest>, _ responses: RPCWriter<GRPCReflectionV1AlphaServerReflectionResponse>, _ call: ServerCall) async throws
}

extension GRPCReflectionV1AlphaServerReflectionHandler {
  public var methods: [RPCMethod] {
    [
      .bidirectional(GRPCReflectionV1AlphaServerReflectionMethods.serverReflectionInfo) { requests, responses, call in
        try await self.serverReflectionInfo(requests, responses, call)
      },
    ]
  }
}

/// Describes the services of a server.
public struct GRPCReflectionV1AlphaServerReflectionClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Answers each question in its order.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<GRPCReflectionV1AlphaServerReflectionRequest>, ClientResponses<GRPCReflectionV1AlphaServerReflectionResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(GRPCReflectionV1AlphaServerReflectionMethods.serverReflectionInfo, options: options, body)
  }
}
