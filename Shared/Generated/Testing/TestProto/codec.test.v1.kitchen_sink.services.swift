// Generated from codec/test/v1/kitchen_sink.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `codec.test.v1.KitchenSink`.
public enum KitchenSinkMethods {
  public static let getScalars = MethodDescriptor(
    service: "codec.test.v1.KitchenSink", method: "GetScalars", kind: .unary, isIdempotent: true)
  public static let watchTrees = MethodDescriptor(
    service: "codec.test.v1.KitchenSink", method: "WatchTrees", kind: .serverStreaming, isIdempotent: false)
  public static let sendTrees = MethodDescriptor(
    service: "codec.test.v1.KitchenSink", method: "SendTrees", kind: .clientStreaming, isIdempotent: false)
  public static let exchangeTrees = MethodDescriptor(
    service: "codec.test.v1.KitchenSink", method: "ExchangeTrees", kind: .bidirectional, isIdempotent: false)
}

public protocol KitchenSinkHandler: RPCService {
  /// One answer.
  func getScalars(_ request: Nothing, _ call: ServerCall) async throws -> Scalars

  /// Several answers.
  func watchTrees(_ request: Nothing, _ responses: RPCWriter<Tree>, _ call: ServerCall) async throws

  /// Several requests.
  func sendTrees(_ requests: RPCReader<Tree>, _ call: ServerCall) async throws -> Nothing

  /// Both.
  func exchangeTrees(_ requests: RPCReader<Tree>, _ responses: RPCWriter<Tree>, _ call: ServerCall) async throws
}

extension KitchenSinkHandler {
  public var methods: [RPCMethod] {
    [
      .unary(KitchenSinkMethods.getScalars) { request, call in
        try await self.getScalars(request, call)
      },
      .serverStreaming(KitchenSinkMethods.watchTrees) { request, responses, call in
        try await self.watchTrees(request, responses, call)
      },
      .clientStreaming(KitchenSinkMethods.sendTrees) { requests, call in
        try await self.sendTrees(requests, call)
      },
      .bidirectional(KitchenSinkMethods.exchangeTrees) { requests, responses, call in
        try await self.exchangeTrees(requests, responses, call)
      },
    ]
  }
}

public struct KitchenSinkClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// One answer.
  public func getScalars(_ request: Nothing, options: CallOptions = CallOptions()) async throws
    -> Scalars
  {
    try await channel.unary(KitchenSinkMethods.getScalars, request, options: options)
  }

  /// Several answers.
  public func watchTrees<Result: Sendable>(
    _ request: Nothing, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<Tree>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(KitchenSinkMethods.watchTrees, request, options: options, body)
  }

  /// Several requests.
  public func sendTrees(
    options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<Tree>) async throws -> Void
  ) async throws -> Nothing {
    try await channel.clientStreaming(KitchenSinkMethods.sendTrees, options: options, body)
  }

  /// Both.
  public func exchangeTrees<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<Tree>, ClientResponses<Tree>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(KitchenSinkMethods.exchangeTrees, options: options, body)
  }
}
