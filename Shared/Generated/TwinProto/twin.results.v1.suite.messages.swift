// Generated from twin/results/v1/suite.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// A run of a suite.
public struct SuiteRun: Sendable, Equatable {
  /// Id such as "suite-run-000001".
  public var id: String
  /// Name of the suite.
  public var name: String
  /// Where it stands.
  public var status: JobStatus
  /// pass when every case passes and none regressed; unspecified until it ends.
  public var verdict: Verdict
  /// Cases in the order of the suite.
  public var cases: [SuiteCaseResult]
  /// Cases with verdict pass.
  public var passed: UInt32
  /// Cases with verdict fail.
  public var failed: UInt32
  /// Cases with verdict error.
  public var errors: UInt32
  /// Cases worse than in the baseline.
  public var regressions: UInt32
  /// Suite run it is compared with; empty when none.
  public var baselineID: String
  /// When it started.
  public var startTime: ProtoTimestamp?
  /// When it ended; absent before.
  public var endTime: ProtoTimestamp?
  /// Share covered, 0 to 1, by what is covered, such as "library" or a parameter space.
  public var coverage: [String: Double]

  public init(
    id: String = "",
    name: String = "",
    status: JobStatus = .unspecified,
    verdict: Verdict = .unspecified,
    cases: [SuiteCaseResult] = [],
    passed: UInt32 = 0,
    failed: UInt32 = 0,
    errors: UInt32 = 0,
    regressions: UInt32 = 0,
    baselineID: String = "",
    startTime: ProtoTimestamp? = nil,
    endTime: ProtoTimestamp? = nil,
    coverage: [String: Double] = [:]
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.verdict = verdict
    self.cases = cases
    self.passed = passed
    self.failed = failed
    self.errors = errors
    self.regressions = regressions
    self.baselineID = baselineID
    self.startTime = startTime
    self.endTime = endTime
    self.coverage = coverage
  }
}

/// One case of a suite's run.
public struct SuiteCaseResult: Sendable, Equatable {
  /// Name of the case.
  public var name: String
  /// Scenario type.
  public var type: String
  /// Verdict.
  public var verdict: Verdict
  /// Run of the case.
  public var runID: String
  /// Computing time in s.
  public var durationS: Double
  /// Criteria with what was reached.
  public var criteria: [Criterion]
  /// Whether it is worse than in the baseline.
  public var regression: Bool
  /// Why it fails or regressed; empty on pass.
  public var message: String

  public init(
    name: String = "",
    type: String = "",
    verdict: Verdict = .unspecified,
    runID: String = "",
    durationS: Double = 0,
    criteria: [Criterion] = [],
    regression: Bool = false,
    message: String = ""
  ) {
    self.name = name
    self.type = type
    self.verdict = verdict
    self.runID = runID
    self.durationS = durationS
    self.criteria = criteria
    self.regression = regression
    self.message = message
  }
}

/// A suite's run to store.
public struct RecordSuiteRunRequest: Sendable, Equatable {
  /// The run; its id identifies it.
  public var suiteRun: SuiteRun?

  public init(
    suiteRun: SuiteRun? = nil
  ) {
    self.suiteRun = suiteRun
  }
}

/// The suite's run is stored.
public struct RecordSuiteRunResponse: Sendable, Equatable {
  public init() {}
}

/// Names a suite's run.
public struct GetSuiteRunRequest: Sendable, Equatable {
  /// Id of the suite's run.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of suite runs.
public struct ListSuiteRunsRequest: Sendable, Equatable {
  /// Runs a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this suite; empty means all.
  public var name: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    name: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.name = name
  }
}

/// A page of suite runs.
public struct ListSuiteRunsResponse: Sendable, Equatable {
  /// Runs, newest first.
  public var suiteRuns: [SuiteRun]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    suiteRuns: [SuiteRun] = [],
    nextPageToken: String = ""
  ) {
    self.suiteRuns = suiteRuns
    self.nextPageToken = nextPageToken
  }
}

/// Names the run that becomes the baseline.
public struct SetBaselineRequest: Sendable, Equatable {
  /// Id of the suite's run; its suite's baseline becomes it.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The baseline is set.
public struct SetBaselineResponse: Sendable, Equatable {
  /// Name of the suite.
  public var name: String
  /// Suite run that is the baseline now.
  public var baselineID: String

  public init(
    name: String = "",
    baselineID: String = ""
  ) {
    self.name = name
    self.baselineID = baselineID
  }
}

/// A labelled dataset.
public struct Dataset: Sendable, Equatable {
  /// Id such as "dataset-000001".
  public var id: String
  /// Name for people.
  public var name: String
  /// Where making it stands.
  public var status: JobStatus
  /// Share made, 0 to 1.
  public var progress: Double
  /// Seed it is reproducible from.
  public var seed: UInt64
  /// Its files, ordered by name.
  public var files: [DatasetFile]
  /// Runs in the training part.
  public var trainCount: UInt64
  /// Runs in the test part; no scenario is in both.
  public var testCount: UInt64
  /// Data card in Markdown.
  public var card: String
  /// Why making it failed.
  public var error: String?
  /// When it was asked for.
  public var createTime: ProtoTimestamp?
  /// Version of each model that took part.
  public var modelVersions: [String: String]

  public init(
    id: String = "",
    name: String = "",
    status: JobStatus = .unspecified,
    progress: Double = 0,
    seed: UInt64 = 0,
    files: [DatasetFile] = [],
    trainCount: UInt64 = 0,
    testCount: UInt64 = 0,
    card: String = "",
    error: String? = nil,
    createTime: ProtoTimestamp? = nil,
    modelVersions: [String: String] = [:]
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.progress = progress
    self.seed = seed
    self.files = files
    self.trainCount = trainCount
    self.testCount = testCount
    self.card = card
    self.error = error
    self.createTime = createTime
    self.modelVersions = modelVersions
  }
}

/// A file of a dataset.
public struct DatasetFile: Sendable, Equatable {
  /// Name such as "train/labels.ndjson".
  public var name: String
  /// "ndjson", "csv", "protobuf", "json" or "markdown".
  public var format: String
  /// Size in bytes.
  public var sizeBytes: UInt64
  /// SHA-256 of the content, lower-case hex.
  public var sha256: String
  /// Rows or messages in it.
  public var rows: UInt64

  public init(
    name: String = "",
    format: String = "",
    sizeBytes: UInt64 = 0,
    sha256: String = "",
    rows: UInt64 = 0
  ) {
    self.name = name
    self.format = format
    self.sizeBytes = sizeBytes
    self.sha256 = sha256
    self.rows = rows
  }
}

/// A dataset to store.
public struct RecordDatasetRequest: Sendable, Equatable {
  /// The dataset; its id identifies it.
  public var dataset: Dataset?

  public init(
    dataset: Dataset? = nil
  ) {
    self.dataset = dataset
  }
}

/// The dataset is stored.
public struct RecordDatasetResponse: Sendable, Equatable {
  public init() {}
}

/// A part of a file.
public struct WriteDatasetFileRequest: Sendable, Equatable {
  /// Dataset; on every message.
  public var datasetID: String
  /// Name of the file; on every message.
  public var name: String
  /// Position of the chunk in bytes.
  public var offset: UInt64
  /// Content, at most 1 MiB.
  public var chunk: [UInt8]

  public init(
    datasetID: String = "",
    name: String = "",
    offset: UInt64 = 0,
    chunk: [UInt8] = []
  ) {
    self.datasetID = datasetID
    self.name = name
    self.offset = offset
    self.chunk = chunk
  }
}

/// The file is stored.
public struct WriteDatasetFileResponse: Sendable, Equatable {
  /// Bytes stored.
  public var sizeBytes: UInt64

  public init(
    sizeBytes: UInt64 = 0
  ) {
    self.sizeBytes = sizeBytes
  }
}

/// Names a dataset.
public struct GetDatasetRequest: Sendable, Equatable {
  /// Id of the dataset.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of datasets.
public struct ListDatasetsRequest: Sendable, Equatable {
  /// Datasets a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of datasets.
public struct ListDatasetsResponse: Sendable, Equatable {
  /// Datasets, newest first.
  public var datasets: [Dataset]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    datasets: [Dataset] = [],
    nextPageToken: String = ""
  ) {
    self.datasets = datasets
    self.nextPageToken = nextPageToken
  }
}

/// Names a file.
public struct ReadDatasetFileRequest: Sendable, Equatable {
  /// Dataset.
  public var datasetID: String
  /// Name of the file.
  public var name: String
  /// Position to start at in bytes.
  public var offset: UInt64

  public init(
    datasetID: String = "",
    name: String = "",
    offset: UInt64 = 0
  ) {
    self.datasetID = datasetID
    self.name = name
    self.offset = offset
  }
}

/// A part of a file.
public struct ReadDatasetFileResponse: Sendable, Equatable {
  /// Content, at most 1 MiB.
  public var chunk: [UInt8]

  public init(
    chunk: [UInt8] = []
  ) {
    self.chunk = chunk
  }
}

/// Names the dataset to delete.
public struct DeleteDatasetRequest: Sendable, Equatable {
  /// Id of the dataset.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The dataset is gone.
public struct DeleteDatasetResponse: Sendable, Equatable {
  public init() {}
}

extension SuiteRun: RPCMessage {
  public static var messageName: String { "twin.results.v1.SuiteRun" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SuiteRun: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__suite_run__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__SuiteRun>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.SuiteRun.id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.results.v1.SuiteRun.name")
    let value2 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value4 = try MessageCodec.messages(c.pointee.cases, c.pointee.n_cases, SuiteCaseResult.self)
    let value5 = c.pointee.passed
    let value6 = c.pointee.failed
    let value7 = c.pointee.errors
    let value8 = c.pointee.regressions
    let value9 = try MessageCodec.string(c.pointee.baseline_id, "twin.results.v1.SuiteRun.baseline_id")
    let value10 = try MessageCodec.message(c.pointee.start_time, ProtoTimestamp.self)
    let value11 = try MessageCodec.message(c.pointee.end_time, ProtoTimestamp.self)
    let value12 = try MessageCodec.map(c.pointee.coverage, c.pointee.n_coverage) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.results.v1.SuiteRun.CoverageEntry.key"), entry.value)
    }
    room.put(\.id, value0)
    room.put(\.name, value1)
    room.put(\.status, value2)
    room.put(\.verdict, value3)
    room.put(\.cases, value4)
    room.put(\.passed, value5)
    room.put(\.failed, value6)
    room.put(\.errors, value7)
    room.put(\.regressions, value8)
    room.put(\.baselineID, value9)
    room.put(\.startTime, value10)
    room.put(\.endTime, value11)
    room.put(\.coverage, value12)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__SuiteRun>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__SuiteRun())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(13 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.n_cases = self.cases.count
    c.pointee.cases = try scratch.messages(self.cases)
    c.pointee.passed = self.passed
    c.pointee.failed = self.failed
    c.pointee.errors = self.errors
    c.pointee.regressions = self.regressions
    c.pointee.baseline_id = try scratch.string(self.baselineID)
    if let value = self.startTime { c.pointee.start_time = try scratch.message(value) }
    if let value = self.endTime { c.pointee.end_time = try scratch.message(value) }
    c.pointee.n_coverage = self.coverage.count
    c.pointee.coverage = try scratch.map(self.coverage.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Results__V1__SuiteRun__CoverageEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Results__V1__SuiteRun__CoverageEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__results__v1__suite_run__coverage_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
  }
}

extension SuiteCaseResult: RPCMessage {
  public static var messageName: String { "twin.results.v1.SuiteCaseResult" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SuiteCaseResult: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__suite_case_result__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__SuiteCaseResult>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.results.v1.SuiteCaseResult.name")
    let value1 = try MessageCodec.string(c.pointee.type, "twin.results.v1.SuiteCaseResult.type")
    let value2 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value3 = try MessageCodec.string(c.pointee.run_id, "twin.results.v1.SuiteCaseResult.run_id")
    let value4 = c.pointee.duration_s
    let value5 = try MessageCodec.messages(c.pointee.criteria, c.pointee.n_criteria, Criterion.self)
    let value6 = c.pointee.regression != 0
    let value7 = try MessageCodec.string(c.pointee.message, "twin.results.v1.SuiteCaseResult.message")
    room.put(\.name, value0)
    room.put(\.type, value1)
    room.put(\.verdict, value2)
    room.put(\.runID, value3)
    room.put(\.durationS, value4)
    room.put(\.criteria, value5)
    room.put(\.regression, value6)
    room.put(\.message, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__SuiteCaseResult>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__SuiteCaseResult())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.duration_s = self.durationS
    c.pointee.n_criteria = self.criteria.count
    c.pointee.criteria = try scratch.messages(self.criteria)
    c.pointee.regression = self.regression ? 1 : 0
    c.pointee.message = try scratch.string(self.message)
  }
}

extension RecordSuiteRunRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordSuiteRunRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordSuiteRunRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_suite_run_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordSuiteRunRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.suite_run, SuiteRun.self)
    room.put(\.suiteRun, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordSuiteRunRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordSuiteRunRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.suiteRun { c.pointee.suite_run = try scratch.message(value) }
  }
}

extension RecordSuiteRunResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordSuiteRunResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordSuiteRunResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_suite_run_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordSuiteRunResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordSuiteRunResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordSuiteRunResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension GetSuiteRunRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.GetSuiteRunRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetSuiteRunRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__get_suite_run_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__GetSuiteRunRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.GetSuiteRunRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__GetSuiteRunRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__GetSuiteRunRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListSuiteRunsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListSuiteRunsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSuiteRunsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_suite_runs_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListSuiteRunsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.results.v1.ListSuiteRunsRequest.page_token")
    let value2 = try MessageCodec.string(c.pointee.name, "twin.results.v1.ListSuiteRunsRequest.name")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.name, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListSuiteRunsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListSuiteRunsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.name = try scratch.string(self.name)
  }
}

extension ListSuiteRunsResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListSuiteRunsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSuiteRunsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_suite_runs_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListSuiteRunsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.suite_runs, c.pointee.n_suite_runs, SuiteRun.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.results.v1.ListSuiteRunsResponse.next_page_token")
    room.put(\.suiteRuns, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListSuiteRunsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListSuiteRunsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_suite_runs = self.suiteRuns.count
    c.pointee.suite_runs = try scratch.messages(self.suiteRuns)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension SetBaselineRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.SetBaselineRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SetBaselineRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__set_baseline_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__SetBaselineRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.SetBaselineRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__SetBaselineRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__SetBaselineRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension SetBaselineResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.SetBaselineResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SetBaselineResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__set_baseline_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__SetBaselineResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.results.v1.SetBaselineResponse.name")
    let value1 = try MessageCodec.string(c.pointee.baseline_id, "twin.results.v1.SetBaselineResponse.baseline_id")
    room.put(\.name, value0)
    room.put(\.baselineID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__SetBaselineResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__SetBaselineResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.baseline_id = try scratch.string(self.baselineID)
  }
}

extension Dataset: RPCMessage {
  public static var messageName: String { "twin.results.v1.Dataset" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Dataset: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__dataset__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__Dataset>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.Dataset.id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.results.v1.Dataset.name")
    let value2 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = c.pointee.progress
    let value4 = c.pointee.seed
    let value5 = try MessageCodec.messages(c.pointee.files, c.pointee.n_files, DatasetFile.self)
    let value6 = c.pointee.train_count
    let value7 = c.pointee.test_count
    let value8 = try MessageCodec.string(c.pointee.card, "twin.results.v1.Dataset.card")
    let value9 = try c.pointee.error_presence_case.rawValue == 10 ? MessageCodec.string(c.pointee.error, "twin.results.v1.Dataset.error") : nil
    let value10 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value11 = try MessageCodec.map(c.pointee.model_versions, c.pointee.n_model_versions) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.results.v1.Dataset.ModelVersionsEntry.key"), MessageCodec.string(entry.value, "twin.results.v1.Dataset.ModelVersionsEntry.value"))
    }
    room.put(\.id, value0)
    room.put(\.name, value1)
    room.put(\.status, value2)
    room.put(\.progress, value3)
    room.put(\.seed, value4)
    room.put(\.files, value5)
    room.put(\.trainCount, value6)
    room.put(\.testCount, value7)
    room.put(\.card, value8)
    room.put(\.error, value9)
    room.put(\.createTime, value10)
    room.put(\.modelVersions, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__Dataset>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__Dataset())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.progress = self.progress
    c.pointee.seed = self.seed
    c.pointee.n_files = self.files.count
    c.pointee.files = try scratch.messages(self.files)
    c.pointee.train_count = self.trainCount
    c.pointee.test_count = self.testCount
    c.pointee.card = try scratch.string(self.card)
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Results__V1__Dataset__ErrorPresenceCase(rawValue: 10)
    }
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    c.pointee.n_model_versions = self.modelVersions.count
    c.pointee.model_versions = try scratch.map(self.modelVersions.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Results__V1__Dataset__ModelVersionsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Results__V1__Dataset__ModelVersionsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__results__v1__dataset__model_versions_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
  }
}

extension DatasetFile: RPCMessage {
  public static var messageName: String { "twin.results.v1.DatasetFile" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DatasetFile: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__dataset_file__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__DatasetFile>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.results.v1.DatasetFile.name")
    let value1 = try MessageCodec.string(c.pointee.format, "twin.results.v1.DatasetFile.format")
    let value2 = c.pointee.size_bytes
    let value3 = try MessageCodec.string(c.pointee.sha256, "twin.results.v1.DatasetFile.sha256")
    let value4 = c.pointee.rows
    room.put(\.name, value0)
    room.put(\.format, value1)
    room.put(\.sizeBytes, value2)
    room.put(\.sha256, value3)
    room.put(\.rows, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__DatasetFile>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__DatasetFile())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.format = try scratch.string(self.format)
    c.pointee.size_bytes = self.sizeBytes
    c.pointee.sha256 = try scratch.string(self.sha256)
    c.pointee.rows = self.rows
  }
}

extension RecordDatasetRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordDatasetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordDatasetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_dataset_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordDatasetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.dataset, Dataset.self)
    room.put(\.dataset, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordDatasetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordDatasetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.dataset { c.pointee.dataset = try scratch.message(value) }
  }
}

extension RecordDatasetResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordDatasetResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordDatasetResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_dataset_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordDatasetResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordDatasetResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordDatasetResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension WriteDatasetFileRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.WriteDatasetFileRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WriteDatasetFileRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__write_dataset_file_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__WriteDatasetFileRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.dataset_id, "twin.results.v1.WriteDatasetFileRequest.dataset_id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.results.v1.WriteDatasetFileRequest.name")
    let value2 = c.pointee.offset
    let value3 = MessageCodec.bytes(c.pointee.chunk)
    room.put(\.datasetID, value0)
    room.put(\.name, value1)
    room.put(\.offset, value2)
    room.put(\.chunk, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__WriteDatasetFileRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__WriteDatasetFileRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.dataset_id = try scratch.string(self.datasetID)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.offset = self.offset
    c.pointee.chunk = try scratch.bytes(self.chunk)
  }
}

extension WriteDatasetFileResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.WriteDatasetFileResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WriteDatasetFileResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__write_dataset_file_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__WriteDatasetFileResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.size_bytes
    room.put(\.sizeBytes, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__WriteDatasetFileResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__WriteDatasetFileResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.size_bytes = self.sizeBytes
  }
}

extension GetDatasetRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.GetDatasetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetDatasetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__get_dataset_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__GetDatasetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.GetDatasetRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__GetDatasetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__GetDatasetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListDatasetsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListDatasetsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListDatasetsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_datasets_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListDatasetsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.results.v1.ListDatasetsRequest.page_token")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListDatasetsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListDatasetsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListDatasetsResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListDatasetsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListDatasetsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_datasets_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListDatasetsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.datasets, c.pointee.n_datasets, Dataset.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.results.v1.ListDatasetsResponse.next_page_token")
    room.put(\.datasets, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListDatasetsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListDatasetsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_datasets = self.datasets.count
    c.pointee.datasets = try scratch.messages(self.datasets)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension ReadDatasetFileRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ReadDatasetFileRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ReadDatasetFileRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__read_dataset_file_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ReadDatasetFileRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.dataset_id, "twin.results.v1.ReadDatasetFileRequest.dataset_id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.results.v1.ReadDatasetFileRequest.name")
    let value2 = c.pointee.offset
    room.put(\.datasetID, value0)
    room.put(\.name, value1)
    room.put(\.offset, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ReadDatasetFileRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ReadDatasetFileRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.dataset_id = try scratch.string(self.datasetID)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.offset = self.offset
  }
}

extension ReadDatasetFileResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ReadDatasetFileResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ReadDatasetFileResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__read_dataset_file_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ReadDatasetFileResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = MessageCodec.bytes(c.pointee.chunk)
    room.put(\.chunk, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ReadDatasetFileResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ReadDatasetFileResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.chunk = try scratch.bytes(self.chunk)
  }
}

extension DeleteDatasetRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.DeleteDatasetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteDatasetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__delete_dataset_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__DeleteDatasetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.DeleteDatasetRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__DeleteDatasetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__DeleteDatasetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension DeleteDatasetResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.DeleteDatasetResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteDatasetResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__delete_dataset_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__DeleteDatasetResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__DeleteDatasetResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__DeleteDatasetResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}
