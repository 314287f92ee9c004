// Generated from twin/results/v1/result.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.results.v1.ResultService`.
public enum ResultServiceMethods {
  public static let recordOutcome = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "RecordOutcome", kind: .unary, isIdempotent: true)
  public static let recordTrace = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "RecordTrace", kind: .clientStreaming, isIdempotent: true)
  public static let getResult = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "GetResult", kind: .unary, isIdempotent: true)
  public static let listResults = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "ListResults", kind: .unary, isIdempotent: true)
  public static let streamTrace = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "StreamTrace", kind: .serverStreaming, isIdempotent: true)
  public static let compareRuns = MethodDescriptor(
    service: "twin.results.v1.ResultService", method: "CompareRuns", kind: .unary, isIdempotent: true)
}

/// Keeps outcomes and traces of runs.
public protocol ResultServiceHandler: RPCService {
  /// Stores an outcome. Storing the outcome of a run again replaces nothing and succeeds when it is equal.
  func recordOutcome(_ request: RecordOutcomeRequest, _ call: ServerCall) async throws -> RecordOutcomeResponse

  /// Stores a run's trace chunk by chunk; a repeated offset changes nothing. Answers after the commit.
  func recordTrace(_ requests: RPCReader<RecordTraceRequest>, _ call: ServerCall) async throws -> RecordTraceResponse

  /// Reads an outcome by the id of a run, a simulation or a scenario (its newest run).
  func getResult(_ request: GetResultRequest, _ call: ServerCall) async throws -> RunOutcome

  /// Lists outcomes, newest first.
  func listResults(_ request: ListResultsRequest, _ call: ServerCall) async throws -> ListResultsResponse

  /// Reads a run's trace in the order of time, then actor.
  func streamTrace(_ request: StreamTraceRequest, _ responses: RPCWriter<TraceChunk>, _ call: ServerCall) async throws

  /// Compares two runs, metric by metric.
  func compareRuns(_ request: CompareRunsRequest, _ call: ServerCall) async throws -> Comparison
}

extension ResultServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(ResultServiceMethods.recordOutcome) { request, call in
        try await self.recordOutcome(request, call)
      },
      .clientStreaming(ResultServiceMethods.recordTrace) { requests, call in
        try await self.recordTrace(requests, call)
      },
      .unary(ResultServiceMethods.getResult) { request, call in
        try await self.getResult(request, call)
      },
      .unary(ResultServiceMethods.listResults) { request, call in
        try await self.listResults(request, call)
      },
      .serverStreaming(ResultServiceMethods.streamTrace) { request, responses, call in
        try await self.streamTrace(request, responses, call)
      },
      .unary(ResultServiceMethods.compareRuns) { request, call in
        try await self.compareRuns(request, call)
      },
    ]
  }
}

/// Keeps outcomes and traces of runs.
public struct ResultServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Stores an outcome. Storing the outcome of a run again replaces nothing and succeeds when it is equal.
  public func recordOutcome(_ request: RecordOutcomeRequest, options: CallOptions = CallOptions()) async throws
    -> RecordOutcomeResponse
  {
    try await channel.unary(ResultServiceMethods.recordOutcome, request, options: options)
  }

  /// Stores a run's trace chunk by chunk; a repeated offset changes nothing. Answers after the commit.
  public func recordTrace(
    options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<RecordTraceRequest>) async throws -> Void
  ) async throws -> RecordTraceResponse {
    try await channel.clientStreaming(ResultServiceMethods.recordTrace, options: options, body)
  }

  /// Reads an outcome by the id of a run, a simulation or a scenario (its newest run).
  public func getResult(_ request: GetResultRequest, options: CallOptions = CallOptions()) async throws
    -> RunOutcome
  {
    try await channel.unary(ResultServiceMethods.getResult, request, options: options)
  }

  /// Lists outcomes, newest first.
  public func listResults(_ request: ListResultsRequest, options: CallOptions = CallOptions()) async throws
    -> ListResultsResponse
  {
    try await channel.unary(ResultServiceMethods.listResults, request, options: options)
  }

  /// Reads a run's trace in the order of time, then actor.
  public func streamTrace<Result: Sendable>(
    _ request: StreamTraceRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<TraceChunk>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(ResultServiceMethods.streamTrace, request, options: options, body)
  }

  /// Compares two runs, metric by metric.
  public func compareRuns(_ request: CompareRunsRequest, options: CallOptions = CallOptions()) async throws
    -> Comparison
  {
    try await channel.unary(ResultServiceMethods.compareRuns, request, options: options)
  }
}
