// Generated from grpc/testing/test.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `grpc.testing.TestService`.
public enum TestServiceMethods {
  public static let emptyCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "EmptyCall", kind: .unary, isIdempotent: false)
  public static let unaryCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "UnaryCall", kind: .unary, isIdempotent: false)
  public static let cacheableUnaryCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "CacheableUnaryCall", kind: .unary, isIdempotent: false)
  public static let streamingOutputCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "StreamingOutputCall", kind: .serverStreaming, isIdempotent: false)
  public static let streamingInputCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "StreamingInputCall", kind: .clientStreaming, isIdempotent: false)
  public static let fullDuplexCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "FullDuplexCall", kind: .bidirectional, isIdempotent: false)
  public static let halfDuplexCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "HalfDuplexCall", kind: .bidirectional, isIdempotent: false)
  public static let unimplementedCall = MethodDescriptor(
    service: "grpc.testing.TestService", method: "UnimplementedCall", kind: .unary, isIdempotent: false)
}

/// Every kind of call, for tests between implementations.
public protocol TestServiceHandler: RPCService {
  /// Nothing in, nothing out.
  func emptyCall(_ request: Empty, _ call: ServerCall) async throws -> Empty

  /// One payload in, one out, as the request says.
  func unaryCall(_ request: SimpleRequest, _ call: ServerCall) async throws -> SimpleResponse

  /// As UnaryCall, with headers that let a proxy cache the answer.
  func cacheableUnaryCall(_ request: SimpleRequest, _ call: ServerCall) async throws -> SimpleResponse

  /// One request, a sequence of payloads as it says.
  func streamingOutputCall(_ request: StreamingOutputCallRequest, _ responses: RPCWriter<StreamingOutputCallResponse>, _ call: ServerCall) async throws

  /// A sequence of payloads, one answer with their size.
  func streamingInputCall(_ requests: RPCReader<StreamingInputCallRequest>, _ call: ServerCall) async throws -> StreamingInputCallResponse

  /// A sequence of requests, each answered at once by the payloads it says.
  func fullDuplexCall(_ requests: RPCReader<StreamingOutputCallRequest>, _ responses: RPCWriter<StreamingOutputCallResponse>, _ call: ServerCall) async throws

  /// A sequence of requests, answered after the last one.
  func halfDuplexCall(_ requests: RPCReader<StreamingOutputCallRequest>, _ responses: RPCWriter<StreamingOutputCallResponse>, _ call: ServerCall) async throws

  /// No server implements this.
  func unimplementedCall(_ request: Empty, _ call: ServerCall) async throws -> Empty
}

extension TestServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(TestServiceMethods.emptyCall) { request, call in
        try await self.emptyCall(request, call)
      },
      .unary(TestServiceMethods.unaryCall) { request, call in
        try await self.unaryCall(request, call)
      },
      .unary(TestServiceMethods.cacheableUnaryCall) { request, call in
        try await self.cacheableUnaryCall(request, call)
      },
      .serverStreaming(TestServiceMethods.streamingOutputCall) { request, responses, call in
        try await self.streamingOutputCall(request, responses, call)
      },
      .clientStreaming(TestServiceMethods.streamingInputCall) { requests, call in
        try await self.streamingInputCall(requests, call)
      },
      .bidirectional(TestServiceMethods.fullDuplexCall) { requests, responses, call in
        try await self.fullDuplexCall(requests, responses, call)
      },
      .bidirectional(TestServiceMethods.halfDuplexCall) { requests, responses, call in
        try await self.halfDuplexCall(requests, responses, call)
      },
      .unary(TestServiceMethods.unimplementedCall) { request, call in
        try await self.unimplementedCall(request, call)
      },
    ]
  }
}

/// Every kind of call, for tests between implementations.
public struct TestServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Nothing in, nothing out.
  public func emptyCall(_ request: Empty, options: CallOptions = CallOptions()) async throws
    -> Empty
  {
    try await channel.unary(TestServiceMethods.emptyCall, request, options: options)
  }

  /// One payload in, one out, as the request says.
  public func unaryCall(_ request: SimpleRequest, options: CallOptions = CallOptions()) async throws
    -> SimpleResponse
  {
    try await channel.unary(TestServiceMethods.unaryCall, request, options: options)
  }

  /// As UnaryCall, with headers that let a proxy cache the answer.
  public func cacheableUnaryCall(_ request: SimpleRequest, options: CallOptions = CallOptions()) async throws
    -> SimpleResponse
  {
    try await channel.unary(TestServiceMethods.cacheableUnaryCall, request, options: options)
  }

  /// One request, a sequence of payloads as it says.
  public func streamingOutputCall<Result: Sendable>(
    _ request: StreamingOutputCallRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<StreamingOutputCallResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(TestServiceMethods.streamingOutputCall, request, options: options, body)
  }

  /// A sequence of payloads, one answer with their size.
  public func streamingInputCall(
    options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<StreamingInputCallRequest>) async throws -> Void
  ) async throws -> StreamingInputCallResponse {
    try await channel.clientStreaming(TestServiceMethods.streamingInputCall, options: options, body)
  }

  /// A sequence of requests, each answered at once by the payloads it says.
  public func fullDuplexCall<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<StreamingOutputCallRequest>, ClientResponses<StreamingOutputCallResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(TestServiceMethods.fullDuplexCall, options: options, body)
  }

  /// A sequence of requests, answered after the last one.
  public func halfDuplexCall<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<StreamingOutputCallRequest>, ClientResponses<StreamingOutputCallResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(TestServiceMethods.halfDuplexCall, options: options, body)
  }

  /// No server implements this.
  public func unimplementedCall(_ request: Empty, options: CallOptions = CallOptions()) async throws
    -> Empty
  {
    try await channel.unary(TestServiceMethods.unimplementedCall, request, options: options)
  }
}

/// The methods of `grpc.testing.UnimplementedService`.
public enum UnimplementedServiceMethods {
  public static let unimplementedCall = MethodDescriptor(
    service: "grpc.testing.UnimplementedService", method: "UnimplementedCall", kind: .unary, isIdempotent: false)
}

/// No server implements this.
public protocol UnimplementedServiceHandler: RPCService {
  /// No server implements this.
  func unimplementedCall(_ request: Empty, _ call: ServerCall) async throws -> Empty
}

extension UnimplementedServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(UnimplementedServiceMethods.unimplementedCall) { request, call in
        try await self.unimplementedCall(request, call)
      },
    ]
  }
}

/// No server implements this.
public struct UnimplementedServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// No server implements this.
  public func unimplementedCall(_ request: Empty, options: CallOptions = CallOptions()) async throws
    -> Empty
  {
    try await channel.unary(UnimplementedServiceMethods.unimplementedCall, request, options: options)
  }
}
