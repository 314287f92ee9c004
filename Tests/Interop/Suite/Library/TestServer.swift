public import RPCCore
import TestProto

/// The server's side of the suite: `grpc.testing.TestService` with every feature that the description names but those
/// that need cloud credentials.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md ("Server")
public struct SuiteService: RPCService {
  /// Bytes of the longest payload that a request may ask for.
  public static let maxPayload = 64 * 1024 * 1024

  public init() {}

  /// All but `UnimplementedCall`, which the runtime itself must answer.
  public var methods: [RPCMethod] {
    TestServer().methods.filter { $0.descriptor != TestServiceMethods.unimplementedCall }
  }
}

private struct TestServer: TestServiceHandler {
  func emptyCall(_ request: Empty, _ call: ServerCall) async throws -> Empty {
    EchoMetadata.apply(to: call)
    return Empty()
  }

  func unaryCall(_ request: SimpleRequest, _ call: ServerCall) async throws -> SimpleResponse {
    EchoMetadata.apply(to: call)
    try Self.check(request.expectCompressed, call)
    try Self.echo(request.responseStatus)
    if request.responseCompressed?.value == true { call.responseEncoding = .gzip }
    return SimpleResponse(
      payload: try Self.payload(request.responseType, size: request.responseSize),
      serverID: request.fillServerID ? "interop-server" : "")
  }

  func cacheableUnaryCall(_ request: SimpleRequest, _ call: ServerCall) async throws -> SimpleResponse {
    EchoMetadata.apply(to: call)
    call.initialMetadata.add("cache-control", "max-age=60, public")
    let (seconds, attoseconds) = Self.reference.duration(to: .now).components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    return SimpleResponse(payload: Payload(body: Array("\(nanoseconds)".utf8)))
  }

  func streamingOutputCall(
    _ request: StreamingOutputCallRequest, _ responses: RPCWriter<StreamingOutputCallResponse>, _ call: ServerCall
  ) async throws {
    EchoMetadata.apply(to: call)
    try Self.echo(request.responseStatus)
    Self.announceCompression(for: request, call)
    try await Self.answer(request, responses)
  }

  func streamingInputCall(_ requests: RPCReader<StreamingInputCallRequest>, _ call: ServerCall) async throws
    -> StreamingInputCallResponse
  {
    EchoMetadata.apply(to: call)
    var total = 0
    for try await request in requests {
      try Self.check(request.expectCompressed, call)
      total += request.payload?.body.count ?? 0
    }
    return StreamingInputCallResponse(aggregatedPayloadSize: Int32(clamping: total))
  }

  func fullDuplexCall(
    _ requests: RPCReader<StreamingOutputCallRequest>, _ responses: RPCWriter<StreamingOutputCallResponse>,
    _ call: ServerCall
  ) async throws {
    EchoMetadata.apply(to: call)
    for try await request in requests {
      try Self.echo(request.responseStatus)
      // Counts only before the first response; then the encoding is fixed.
      Self.announceCompression(for: request, call)
      try await Self.answer(request, responses)
    }
  }

  func halfDuplexCall(
    _ requests: RPCReader<StreamingOutputCallRequest>, _ responses: RPCWriter<StreamingOutputCallResponse>,
    _ call: ServerCall
  ) async throws {
    EchoMetadata.apply(to: call)
    var kept: [StreamingOutputCallRequest] = []
    for try await request in requests {
      guard kept.count < Self.maxKeptRequests else {
        throw RPCError(.resourceExhausted, "more than \(Self.maxKeptRequests) requests before the half-close")
      }
      kept.append(request)
      Self.announceCompression(for: request, call)
    }
    for request in kept {
      try Self.echo(request.responseStatus)
      try await Self.answer(request, responses)
    }
  }

  func unimplementedCall(_ request: Empty, _ call: ServerCall) async throws -> Empty {
    throw RPCError(.unimplemented, "never implemented")
  }

  // MARK: Features

  private static let maxKeptRequests = 1_000
  private static let maxPayload = Int32(SuiteService.maxPayload)
  private static let reference = ContinuousClock.now

  /// CompressedRequest.
  private static func check(_ expected: BoolValue?, _ call: ServerCall) throws {
    guard let expected else { return }
    guard expected.value == call.lastRequestWasCompressed else {
      throw RPCError(
        .invalidArgument,
        expected.value
          ? "expected a compressed request, got an uncompressed one"
          : "expected an uncompressed request, got a compressed one")
    }
  }

  /// Echo Status.
  private static func echo(_ status: EchoStatus?) throws {
    guard let status, status.code != 0 else { return }
    throw RPCError(StatusCode(rawValue: Int(status.code)) ?? .unknown, status.message)
  }

  /// CompressedResponse: what isn't announced with the headers can't be used later.
  private static func announceCompression(for request: StreamingOutputCallRequest, _ call: ServerCall) {
    if request.responseParameters.contains(where: { $0.compressed?.value == true }) { call.responseEncoding = .gzip }
  }

  private static func answer(
    _ request: StreamingOutputCallRequest, _ responses: RPCWriter<StreamingOutputCallResponse>
  ) async throws {
    for parameters in request.responseParameters {
      // The interval counts from the response before.
      if parameters.intervalUs > 0 { try await Task.sleep(for: .microseconds(parameters.intervalUs)) }
      let payload = try payload(request.responseType, size: parameters.size)
      try await responses.write(
        StreamingOutputCallResponse(payload: payload), compress: parameters.compressed?.value == true)
    }
  }

  private static func payload(_ type: PayloadType, size: Int32) throws -> Payload {
    guard type == .compressable else {
      throw RPCError(.invalidArgument, "response_type \(type.rawValue) is not supported")
    }
    guard (0...maxPayload).contains(size) else {
      throw RPCError(.invalidArgument, "response_size \(size) is not from 0 to \(maxPayload)")
    }
    return Payload(body: [UInt8](repeating: 0, count: Int(size)))
  }
}

/// Echo Metadata.
enum EchoMetadata {
  static let initialKey = "x-grpc-test-echo-initial"
  static let trailingKey = "x-grpc-test-echo-trailing-bin"

  static func apply(to call: ServerCall) {
    if let value = call.metadata[initialKey] { call.initialMetadata.add(initialKey, value) }
    if let value = call.metadata[bytes: trailingKey] { call.trailers.add(trailingKey, bytes: value) }
  }
}
