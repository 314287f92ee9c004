// Generated from twin/scenario/v1/suite.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.scenario.v1.SuiteService`.
public enum SuiteServiceMethods {
  public static let listSuites = MethodDescriptor(
    service: "twin.scenario.v1.SuiteService", method: "ListSuites", kind: .unary, isIdempotent: true)
  public static let runSuite = MethodDescriptor(
    service: "twin.scenario.v1.SuiteService", method: "RunSuite", kind: .unary, isIdempotent: true)
  public static let cancelSuite = MethodDescriptor(
    service: "twin.scenario.v1.SuiteService", method: "CancelSuite", kind: .unary, isIdempotent: true)
}

/// Runs suites; results keeps what they come to.
public protocol SuiteServiceHandler: RPCService {
  /// Lists the suites that exist.
  func listSuites(_ request: ListSuitesRequest, _ call: ServerCall) async throws -> ListSuitesResponse

  /// Starts a suite. Safe to retry with the same request_id.
  func runSuite(_ request: RunSuiteRequest, _ call: ServerCall) async throws -> RunSuiteResponse

  /// Stops a suite's run.
  func cancelSuite(_ request: CancelSuiteRequest, _ call: ServerCall) async throws -> CancelSuiteResponse
}

extension SuiteServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(SuiteServiceMethods.listSuites) { request, call in
        try await self.listSuites(request, call)
      },
      .unary(SuiteServiceMethods.runSuite) { request, call in
        try await self.runSuite(request, call)
      },
      .unary(SuiteServiceMethods.cancelSuite) { request, call in
        try await self.cancelSuite(request, call)
      },
    ]
  }
}

/// Runs suites; results keeps what they come to.
public struct SuiteServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Lists the suites that exist.
  public func listSuites(_ request: ListSuitesRequest, options: CallOptions = CallOptions()) async throws
    -> ListSuitesResponse
  {
    try await channel.unary(SuiteServiceMethods.listSuites, request, options: options)
  }

  /// Starts a suite. Safe to retry with the same request_id.
  public func runSuite(_ request: RunSuiteRequest, options: CallOptions = CallOptions()) async throws
    -> RunSuiteResponse
  {
    try await channel.unary(SuiteServiceMethods.runSuite, request, options: options)
  }

  /// Stops a suite's run.
  public func cancelSuite(_ request: CancelSuiteRequest, options: CallOptions = CallOptions()) async throws
    -> CancelSuiteResponse
  {
    try await channel.unary(SuiteServiceMethods.cancelSuite, request, options: options)
  }
}

/// The methods of `twin.scenario.v1.DatasetGenerationService`.
public enum DatasetGenerationServiceMethods {
  public static let createDataset = MethodDescriptor(
    service: "twin.scenario.v1.DatasetGenerationService", method: "CreateDataset", kind: .unary, isIdempotent: true)
  public static let cancelDataset = MethodDescriptor(
    service: "twin.scenario.v1.DatasetGenerationService", method: "CancelDataset", kind: .unary, isIdempotent: true)
}

/// Makes labelled synthetic data; results keeps it.
public protocol DatasetGenerationServiceHandler: RPCService {
  /// Starts making a dataset. Safe to retry with the same request_id.
  func createDataset(_ request: CreateDatasetRequest, _ call: ServerCall) async throws -> CreateDatasetResponse

  /// Stops making a dataset.
  func cancelDataset(_ request: CancelDatasetRequest, _ call: ServerCall) async throws -> CancelDatasetResponse
}

extension DatasetGenerationServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(DatasetGenerationServiceMethods.createDataset) { request, call in
        try await self.createDataset(request, call)
      },
      .unary(DatasetGenerationServiceMethods.cancelDataset) { request, call in
        try await self.cancelDataset(request, call)
      },
    ]
  }
}

/// Makes labelled synthetic data; results keeps it.
public struct DatasetGenerationServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Starts making a dataset. Safe to retry with the same request_id.
  public func createDataset(_ request: CreateDatasetRequest, options: CallOptions = CallOptions()) async throws
    -> CreateDatasetResponse
  {
    try await channel.unary(DatasetGenerationServiceMethods.createDataset, request, options: options)
  }

  /// Stops making a dataset.
  public func cancelDataset(_ request: CancelDatasetRequest, options: CallOptions = CallOptions()) async throws
    -> CancelDatasetResponse
  {
    try await channel.unary(DatasetGenerationServiceMethods.cancelDataset, request, options: options)
  }
}
