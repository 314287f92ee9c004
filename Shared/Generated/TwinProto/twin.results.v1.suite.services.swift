// Generated from twin/results/v1/suite.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.results.v1.SuiteResultService`.
public enum SuiteResultServiceMethods {
  public static let recordSuiteRun = MethodDescriptor(
    service: "twin.results.v1.SuiteResultService", method: "RecordSuiteRun", kind: .unary, isIdempotent: true)
  public static let getSuiteRun = MethodDescriptor(
    service: "twin.results.v1.SuiteResultService", method: "GetSuiteRun", kind: .unary, isIdempotent: true)
  public static let listSuiteRuns = MethodDescriptor(
    service: "twin.results.v1.SuiteResultService", method: "ListSuiteRuns", kind: .unary, isIdempotent: true)
  public static let setBaseline = MethodDescriptor(
    service: "twin.results.v1.SuiteResultService", method: "SetBaseline", kind: .unary, isIdempotent: true)
}

/// Keeps suite runs and their baselines.
public protocol SuiteResultServiceHandler: RPCService {
  /// Stores a suite's run, or its newest progress.
  func recordSuiteRun(_ request: RecordSuiteRunRequest, _ call: ServerCall) async throws -> RecordSuiteRunResponse

  /// Reads a suite's run.
  func getSuiteRun(_ request: GetSuiteRunRequest, _ call: ServerCall) async throws -> SuiteRun

  /// Lists suite runs, newest first.
  func listSuiteRuns(_ request: ListSuiteRunsRequest, _ call: ServerCall) async throws -> ListSuiteRunsResponse

  /// Makes a suite's run the baseline that later runs are compared with.
  func setBaseline(_ request: SetBaselineRequest, _ call: ServerCall) async throws -> SetBaselineResponse
}

extension SuiteResultServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(SuiteResultServiceMethods.recordSuiteRun) { request, call in
        try await self.recordSuiteRun(request, call)
      },
      .unary(SuiteResultServiceMethods.getSuiteRun) { request, call in
        try await self.getSuiteRun(request, call)
      },
      .unary(SuiteResultServiceMethods.listSuiteRuns) { request, call in
        try await self.listSuiteRuns(request, call)
      },
      .unary(SuiteResultServiceMethods.setBaseline) { request, call in
        try await self.setBaseline(request, call)
      },
    ]
  }
}

/// Keeps suite runs and their baselines.
public struct SuiteResultServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Stores a suite's run, or its newest progress.
  public func recordSuiteRun(_ request: RecordSuiteRunRequest, options: CallOptions = CallOptions()) async throws
    -> RecordSuiteRunResponse
  {
    try await channel.unary(SuiteResultServiceMethods.recordSuiteRun, request, options: options)
  }

  /// Reads a suite's run.
  public func getSuiteRun(_ request: GetSuiteRunRequest, options: CallOptions = CallOptions()) async throws
    -> SuiteRun
  {
    try await channel.unary(SuiteResultServiceMethods.getSuiteRun, request, options: options)
  }

  /// Lists suite runs, newest first.
  public func listSuiteRuns(_ request: ListSuiteRunsRequest, options: CallOptions = CallOptions()) async throws
    -> ListSuiteRunsResponse
  {
    try await channel.unary(SuiteResultServiceMethods.listSuiteRuns, request, options: options)
  }

  /// Makes a suite's run the baseline that later runs are compared with.
  public func setBaseline(_ request: SetBaselineRequest, options: CallOptions = CallOptions()) async throws
    -> SetBaselineResponse
  {
    try await channel.unary(SuiteResultServiceMethods.setBaseline, request, options: options)
  }
}

/// The methods of `twin.results.v1.DatasetService`.
public enum DatasetServiceMethods {
  public static let recordDataset = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "RecordDataset", kind: .unary, isIdempotent: true)
  public static let writeDatasetFile = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "WriteDatasetFile", kind: .clientStreaming, isIdempotent: true)
  public static let getDataset = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "GetDataset", kind: .unary, isIdempotent: true)
  public static let listDatasets = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "ListDatasets", kind: .unary, isIdempotent: true)
  public static let readDatasetFile = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "ReadDatasetFile", kind: .serverStreaming, isIdempotent: true)
  public static let deleteDataset = MethodDescriptor(
    service: "twin.results.v1.DatasetService", method: "DeleteDataset", kind: .unary, isIdempotent: true)
}

/// Keeps datasets and their files.
public protocol DatasetServiceHandler: RPCService {
  /// Stores a dataset's manifest, or its newest progress.
  func recordDataset(_ request: RecordDatasetRequest, _ call: ServerCall) async throws -> RecordDatasetResponse

  /// Stores a dataset's file chunk by chunk; a repeated offset changes nothing.
  func writeDatasetFile(_ requests: RPCReader<WriteDatasetFileRequest>, _ call: ServerCall) async throws -> WriteDatasetFileResponse

  /// Reads a dataset's manifest.
  func getDataset(_ request: GetDatasetRequest, _ call: ServerCall) async throws -> Dataset

  /// Lists datasets, newest first.
  func listDatasets(_ request: ListDatasetsRequest, _ call: ServerCall) async throws -> ListDatasetsResponse

  /// Reads a dataset's file chunk by chunk.
  func readDatasetFile(_ request: ReadDatasetFileRequest, _ responses: RPCWriter<ReadDatasetFileResponse>, _ call: ServerCall) async throws

  /// Deletes a dataset with its files.
  func deleteDataset(_ request: DeleteDatasetRequest, _ call: ServerCall) async throws -> DeleteDatasetResponse
}

extension DatasetServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(DatasetServiceMethods.recordDataset) { request, call in
        try await self.recordDataset(request, call)
      },
      .clientStreaming(DatasetServiceMethods.writeDatasetFile) { requests, call in
        try await self.writeDatasetFile(requests, call)
      },
      .unary(DatasetServiceMethods.getDataset) { request, call in
        try await self.getDataset(request, call)
      },
      .unary(DatasetServiceMethods.listDatasets) { request, call in
        try await self.listDatasets(request, call)
      },
      .serverStreaming(DatasetServiceMethods.readDatasetFile) { request, responses, call in
        try await self.readDatasetFile(request, responses, call)
      },
      .unary(DatasetServiceMethods.deleteDataset) { request, call in
        try await self.deleteDataset(request, call)
      },
    ]
  }
}

/// Keeps datasets and their files.
public struct DatasetServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Stores a dataset's manifest, or its newest progress.
  public func recordDataset(_ request: RecordDatasetRequest, options: CallOptions = CallOptions()) async throws
    -> RecordDatasetResponse
  {
    try await channel.unary(DatasetServiceMethods.recordDataset, request, options: options)
  }

  /// Stores a dataset's file chunk by chunk; a repeated offset changes nothing.
  public func writeDatasetFile(
    options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<WriteDatasetFileRequest>) async throws -> Void
  ) async throws -> WriteDatasetFileResponse {
    try await channel.clientStreaming(DatasetServiceMethods.writeDatasetFile, options: options, body)
  }

  /// Reads a dataset's manifest.
  public func getDataset(_ request: GetDatasetRequest, options: CallOptions = CallOptions()) async throws
    -> Dataset
  {
    try await channel.unary(DatasetServiceMethods.getDataset, request, options: options)
  }

  /// Lists datasets, newest first.
  public func listDatasets(_ request: ListDatasetsRequest, options: CallOptions = CallOptions()) async throws
    -> ListDatasetsResponse
  {
    try await channel.unary(DatasetServiceMethods.listDatasets, request, options: options)
  }

  /// Reads a dataset's file chunk by chunk.
  public func readDatasetFile<Result: Sendable>(
    _ request: ReadDatasetFileRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<ReadDatasetFileResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(DatasetServiceMethods.readDatasetFile, request, options: options, body)
  }

  /// Deletes a dataset with its files.
  public func deleteDataset(_ request: DeleteDatasetRequest, options: CallOptions = CallOptions()) async throws
    -> DeleteDatasetResponse
  {
    try await channel.unary(DatasetServiceMethods.deleteDataset, request, options: options)
  }
}
