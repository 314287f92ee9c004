// Generated from twin/statesync/v1/telemetry.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.statesync.v1.TelemetryService`.
public enum TelemetryServiceMethods {
  public static let streamTelemetry = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "StreamTelemetry", kind: .bidirectional, isIdempotent: true)
  public static let pushTelemetry = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "PushTelemetry", kind: .unary, isIdempotent: true)
  public static let uploadTelemetry = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "UploadTelemetry", kind: .clientStreaming, isIdempotent: false)
  public static let getUpload = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "GetUpload", kind: .unary, isIdempotent: true)
  public static let listUploadRejections = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "ListUploadRejections", kind: .unary, isIdempotent: true)
  public static let publishEvents = MethodDescriptor(
    service: "twin.statesync.v1.TelemetryService", method: "PublishEvents", kind: .unary, isIdempotent: true)
}

/// Takes telemetry in, in order and exactly once by (vehicle, source, sequence).
public protocol TelemetryServiceHandler: RPCService {
  /// Streams batches of any number of vehicles. Each batch is acknowledged after its samples are committed; a sample
  /// that repeats an acknowledged (vehicle, source, sequence) counts as a duplicate, so unacknowledged batches are
  /// safe
  /// to send again. When the store is slower than the senders, the stream's flow control slows them.
  func streamTelemetry(_ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>, _ call: ServerCall) async throws

  /// Takes one vehicle's samples and answers after they are committed.
  func pushTelemetry(_ request: PushTelemetryRequest, _ call: ServerCall) async throws -> PushTelemetryResponse

  /// Takes a file of samples of any number of vehicles; a job works it off, to be polled by GetUpload.
  func uploadTelemetry(_ requests: RPCReader<UploadTelemetryRequest>, _ call: ServerCall) async throws -> Upload

  /// Reads the progress and the counts of an upload.
  func getUpload(_ request: GetUploadRequest, _ call: ServerCall) async throws -> Upload

  /// Lists the rows that an upload rejected, with the reason of each, in the order of the file.
  func listUploadRejections(_ request: ListUploadRejectionsRequest, _ call: ServerCall) async throws -> ListUploadRejectionsResponse

  /// Takes discrete happenings and answers after they are committed; a repeated (source, id) is a duplicate.
  func publishEvents(_ request: PublishEventsRequest, _ call: ServerCall) async throws -> PublishEventsResponse
}

extension TelemetryServiceHandler {
  public var methods: [RPCMethod] {
    [
      .bidirectional(TelemetryServiceMethods.streamTelemetry) { requests, responses, call in
        try await self.streamTelemetry(requests, responses, call)
      },
      .unary(TelemetryServiceMethods.pushTelemetry) { request, call in
        try await self.pushTelemetry(request, call)
      },
      .clientStreaming(TelemetryServiceMethods.uploadTelemetry) { requests, call in
        try await self.uploadTelemetry(requests, call)
      },
      .unary(TelemetryServiceMethods.getUpload) { request, call in
        try await self.getUpload(request, call)
      },
      .unary(TelemetryServiceMethods.listUploadRejections) { request, call in
        try await self.listUploadRejections(request, call)
      },
      .unary(TelemetryServiceMethods.publishEvents) { request, call in
        try await self.publishEvents(request, call)
      },
    ]
  }
}

/// Takes telemetry in, in order and exactly once by (vehicle, source, sequence).
public struct TelemetryServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Streams batches of any number of vehicles. Each batch is acknowledged after its samples are committed; a sample
  /// that repeats an acknowledged (vehicle, source, sequence) counts as a duplicate, so unacknowledged batches are
  /// safe
  /// to send again. When the store is slower than the senders, the stream's flow control slows them.
  public func streamTelemetry<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<StreamTelemetryRequest>, ClientResponses<StreamTelemetryResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(TelemetryServiceMethods.streamTelemetry, options: options, body)
  }

  /// Takes one vehicle's samples and answers after they are committed.
  public func pushTelemetry(_ request: PushTelemetryRequest, options: CallOptions = CallOptions()) async throws
    -> PushTelemetryResponse
  {
    try await channel.unary(TelemetryServiceMethods.pushTelemetry, request, options: options)
  }

  /// Takes a file of samples of any number of vehicles; a job works it off, to be polled by GetUpload.
  public func uploadTelemetry(
    options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<UploadTelemetryRequest>) async throws -> Void
  ) async throws -> Upload {
    try await channel.clientStreaming(TelemetryServiceMethods.uploadTelemetry, options: options, body)
  }

  /// Reads the progress and the counts of an upload.
  public func getUpload(_ request: GetUploadRequest, options: CallOptions = CallOptions()) async throws
    -> Upload
  {
    try await channel.unary(TelemetryServiceMethods.getUpload, request, options: options)
  }

  /// Lists the rows that an upload rejected, with the reason of each, in the order of the file.
  public func listUploadRejections(_ request: ListUploadRejectionsRequest, options: CallOptions = CallOptions()) async throws
    -> ListUploadRejectionsResponse
  {
    try await channel.unary(TelemetryServiceMethods.listUploadRejections, request, options: options)
  }

  /// Takes discrete happenings and answers after they are committed; a repeated (source, id) is a duplicate.
  public func publishEvents(_ request: PublishEventsRequest, options: CallOptions = CallOptions()) async throws
    -> PublishEventsResponse
  {
    try await channel.unary(TelemetryServiceMethods.publishEvents, request, options: options)
  }
}
