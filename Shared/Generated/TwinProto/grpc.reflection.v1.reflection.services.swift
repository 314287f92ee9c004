// Generated from grpc/reflection/v1/reflection.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `grpc.reflection.v1.ServerReflection`.
public enum GRPCReflectionV1ServerReflectionMethods {
  public static let serverReflectionInfo = MethodDescriptor(
    service: "grpc.reflection.v1.ServerReflection", method: "ServerReflectionInfo", kind: .bidirectional, isIdempotent: false)
}

/// Describes the services of a server.
public protocol GRPCReflectionV1ServerReflectionHandler: RPCService {
  /// Answers each question in its order.
  func serverReflectionInfo(_ requests: RPCReader<GRPCReflectionV1ServerReflectionRequest>, _ responses: RPCWriter<GRPCReflectionV1ServerReflectionResponse>, _ call: ServerCall) async throws
}

extension GRPCReflectionV1ServerReflectionHandler {
  public var methods: [RPCMethod] {
    [
      .bidirectional(GRPCReflectionV1ServerReflectionMethods.serverReflectionInfo) { requests, responses, call in
        try await self.serverReflectionInfo(requests, responses, call)
      },
    ]
  }
}

/// Describes the services of a server.
public struct GRPCReflectionV1ServerReflectionClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Answers each question in its order.
  public func serverReflectionInfo<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<GRPCReflectionV1ServerReflectionRequest>, ClientResponses<GRPCReflectionV1ServerReflectionResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(GRPCReflectionV1ServerReflectionMethods.serverReflectionInfo, options: options, body)
  }
}
