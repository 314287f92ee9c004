// Generated from twin/results/v1/result.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// An outcome to store.
public struct RecordOutcomeRequest: Sendable, Equatable {
  /// The outcome; its id identifies it.
  public var outcome: RunOutcome?

  public init(
    outcome: RunOutcome? = nil
  ) {
    self.outcome = outcome
  }
}

/// The outcome is stored.
public struct RecordOutcomeResponse: Sendable, Equatable {
  /// When it was committed.
  public var commitTime: ProtoTimestamp?

  public init(
    commitTime: ProtoTimestamp? = nil
  ) {
    self.commitTime = commitTime
  }
}

/// A part of a trace.
public struct RecordTraceRequest: Sendable, Equatable {
  /// Run; on every message.
  public var runID: String
  /// Number of the first row within the trace, from 0.
  public var offset: UInt64
  /// Rows, at most 10,000, ordered by time, then actor.
  public var rows: [TraceRow]

  public init(
    runID: String = "",
    offset: UInt64 = 0,
    rows: [TraceRow] = []
  ) {
    self.runID = runID
    self.offset = offset
    self.rows = rows
  }
}

/// The trace is stored.
public struct RecordTraceResponse: Sendable, Equatable {
  /// Rows of the trace that are stored.
  public var rowCount: UInt64

  public init(
    rowCount: UInt64 = 0
  ) {
    self.rowCount = rowCount
  }
}

/// Names a result.
public struct GetResultRequest: Sendable, Equatable {
  /// Id of a run, a simulation or a scenario.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of outcomes.
public struct ListResultsRequest: Sendable, Equatable {
  /// Outcomes a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this simulation; empty means all.
  public var simulationID: String
  /// Only this type; empty means all.
  public var scenarioType: String
  /// Only this verdict; unspecified means all.
  public var verdict: Verdict
  /// Only variants of this run; empty means runs of their own.
  public var parentRunID: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    simulationID: String = "",
    scenarioType: String = "",
    verdict: Verdict = .unspecified,
    parentRunID: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.simulationID = simulationID
    self.scenarioType = scenarioType
    self.verdict = verdict
    self.parentRunID = parentRunID
  }
}

/// A page of outcomes.
public struct ListResultsResponse: Sendable, Equatable {
  /// Outcomes, newest first (variants by their number).
  public var results: [RunOutcome]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    results: [RunOutcome] = [],
    nextPageToken: String = ""
  ) {
    self.results = results
    self.nextPageToken = nextPageToken
  }
}

/// Asks for a trace.
public struct StreamTraceRequest: Sendable, Equatable {
  /// Id of a run, a simulation or a scenario (its newest run).
  public var id: String
  /// Only this actor; empty means all.
  public var actor: String
  /// Earliest simulated time in s, inclusive.
  public var fromS: Double?
  /// Latest simulated time in s, exclusive.
  public var toS: Double?
  /// Downsampling: the last row of each interval of this length in s and actor, over 0; absent means every row.
  public var intervalS: Double?

  public init(
    id: String = "",
    actor: String = "",
    fromS: Double? = nil,
    toS: Double? = nil,
    intervalS: Double? = nil
  ) {
    self.id = id
    self.actor = actor
    self.fromS = fromS
    self.toS = toS
    self.intervalS = intervalS
  }
}

/// A part of a trace.
public struct TraceChunk: Sendable, Equatable {
  /// Run.
  public var runID: String
  /// Rows, ordered by time, then actor.
  public var rows: [TraceRow]

  public init(
    runID: String = "",
    rows: [TraceRow] = []
  ) {
    self.runID = runID
    self.rows = rows
  }
}

/// Names two runs.
public struct CompareRunsRequest: Sendable, Equatable {
  /// Run, simulation or scenario to compare with.
  public var baseID: String
  /// Run, simulation or scenario that is compared.
  public var otherID: String

  public init(
    baseID: String = "",
    otherID: String = ""
  ) {
    self.baseID = baseID
    self.otherID = otherID
  }
}

/// Two runs side by side.
public struct Comparison: Sendable, Equatable {
  /// Run compared with.
  public var baseRunID: String
  /// Run that is compared.
  public var otherRunID: String
  /// Verdict of the first.
  public var baseVerdict: Verdict
  /// Verdict of the second.
  public var otherVerdict: Verdict
  /// Metrics that either has, ordered by name.
  public var metrics: [MetricComparison]
  /// Whether both have the same state hash.
  public var identical: Bool
  /// Parameters that differ: name to [first, second].
  public var parameterChanges: ProtoStruct?

  public init(
    baseRunID: String = "",
    otherRunID: String = "",
    baseVerdict: Verdict = .unspecified,
    otherVerdict: Verdict = .unspecified,
    metrics: [MetricComparison] = [],
    identical: Bool = false,
    parameterChanges: ProtoStruct? = nil
  ) {
    self.baseRunID = baseRunID
    self.otherRunID = otherRunID
    self.baseVerdict = baseVerdict
    self.otherVerdict = otherVerdict
    self.metrics = metrics
    self.identical = identical
    self.parameterChanges = parameterChanges
  }
}

/// One metric of two runs.
public struct MetricComparison: Sendable, Equatable {
  /// Name with the unit in the name.
  public var metric: String
  /// Value of the first; absent when it has none.
  public var base: Double?
  /// Value of the second; absent when it has none.
  public var other: Double?
  /// Second minus first.
  public var delta: Double?
  /// Delta over the first's magnitude; absent when that is 0.
  public var relative: Double?

  public init(
    metric: String = "",
    base: Double? = nil,
    other: Double? = nil,
    delta: Double? = nil,
    relative: Double? = nil
  ) {
    self.metric = metric
    self.base = base
    self.other = other
    self.delta = delta
    self.relative = relative
  }
}

extension RecordOutcomeRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordOutcomeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordOutcomeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_outcome_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordOutcomeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.outcome, RunOutcome.self)
    room.put(\.outcome, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordOutcomeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordOutcomeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.outcome { c.pointee.outcome = try scratch.message(value) }
  }
}

extension RecordOutcomeResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordOutcomeResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordOutcomeResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_outcome_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordOutcomeResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.commit_time, ProtoTimestamp.self)
    room.put(\.commitTime, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordOutcomeResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordOutcomeResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.commitTime { c.pointee.commit_time = try scratch.message(value) }
  }
}

extension RecordTraceRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordTraceRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordTraceRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_trace_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordTraceRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.run_id, "twin.results.v1.RecordTraceRequest.run_id")
    let value1 = c.pointee.offset
    let value2 = try MessageCodec.messages(c.pointee.rows, c.pointee.n_rows, TraceRow.self)
    room.put(\.runID, value0)
    room.put(\.offset, value1)
    room.put(\.rows, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordTraceRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordTraceRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.offset = self.offset
    c.pointee.n_rows = self.rows.count
    c.pointee.rows = try scratch.messages(self.rows)
  }
}

extension RecordTraceResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordTraceResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordTraceResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_trace_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordTraceResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.row_count
    room.put(\.rowCount, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordTraceResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordTraceResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.row_count = self.rowCount
  }
}

extension GetResultRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.GetResultRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetResultRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__get_result_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__GetResultRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.GetResultRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__GetResultRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__GetResultRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListResultsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListResultsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListResultsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_results_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListResultsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.results.v1.ListResultsRequest.page_token")
    let value2 = try MessageCodec.string(c.pointee.simulation_id, "twin.results.v1.ListResultsRequest.simulation_id")
    let value3 = try MessageCodec.string(c.pointee.scenario_type, "twin.results.v1.ListResultsRequest.scenario_type")
    let value4 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value5 = try MessageCodec.string(c.pointee.parent_run_id, "twin.results.v1.ListResultsRequest.parent_run_id")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.simulationID, value2)
    room.put(\.scenarioType, value3)
    room.put(\.verdict, value4)
    room.put(\.parentRunID, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListResultsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListResultsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.scenario_type = try scratch.string(self.scenarioType)
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.parent_run_id = try scratch.string(self.parentRunID)
  }
}

extension ListResultsResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListResultsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListResultsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_results_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListResultsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.results, c.pointee.n_results, RunOutcome.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.results.v1.ListResultsResponse.next_page_token")
    room.put(\.results, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListResultsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListResultsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_results = self.results.count
    c.pointee.results = try scratch.messages(self.results)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension StreamTraceRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.StreamTraceRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamTraceRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__stream_trace_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__StreamTraceRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.StreamTraceRequest.id")
    let value1 = try MessageCodec.string(c.pointee.actor, "twin.results.v1.StreamTraceRequest.actor")
    let value2 = c.pointee.from_s_presence_case.rawValue == 3 ? c.pointee.from_s : nil
    let value3 = c.pointee.to_s_presence_case.rawValue == 4 ? c.pointee.to_s : nil
    let value4 = c.pointee.interval_s_presence_case.rawValue == 5 ? c.pointee.interval_s : nil
    room.put(\.id, value0)
    room.put(\.actor, value1)
    room.put(\.fromS, value2)
    room.put(\.toS, value3)
    room.put(\.intervalS, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__StreamTraceRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__StreamTraceRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.actor = try scratch.string(self.actor)
    if let value = self.fromS {
      c.pointee.from_s = value
      c.pointee.from_s_presence_case = Twin__Results__V1__StreamTraceRequest__FromSPresenceCase(rawValue: 3)
    }
    if let value = self.toS {
      c.pointee.to_s = value
      c.pointee.to_s_presence_case = Twin__Results__V1__StreamTraceRequest__ToSPresenceCase(rawValue: 4)
    }
    if let value = self.intervalS {
      c.pointee.interval_s = value
      c.pointee.interval_s_presence_case = Twin__Results__V1__StreamTraceRequest__IntervalSPresenceCase(rawValue: 5)
    }
  }
}

extension TraceChunk: RPCMessage {
  public static var messageName: String { "twin.results.v1.TraceChunk" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TraceChunk: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__trace_chunk__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__TraceChunk>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.run_id, "twin.results.v1.TraceChunk.run_id")
    let value1 = try MessageCodec.messages(c.pointee.rows, c.pointee.n_rows, TraceRow.self)
    room.put(\.runID, value0)
    room.put(\.rows, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__TraceChunk>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__TraceChunk())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.n_rows = self.rows.count
    c.pointee.rows = try scratch.messages(self.rows)
  }
}

extension CompareRunsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.CompareRunsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CompareRunsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__compare_runs_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__CompareRunsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.base_id, "twin.results.v1.CompareRunsRequest.base_id")
    let value1 = try MessageCodec.string(c.pointee.other_id, "twin.results.v1.CompareRunsRequest.other_id")
    room.put(\.baseID, value0)
    room.put(\.otherID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__CompareRunsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__CompareRunsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.base_id = try scratch.string(self.baseID)
    c.pointee.other_id = try scratch.string(self.otherID)
  }
}

extension Comparison: RPCMessage {
  public static var messageName: String { "twin.results.v1.Comparison" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Comparison: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__comparison__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__Comparison>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.base_run_id, "twin.results.v1.Comparison.base_run_id")
    let value1 = try MessageCodec.string(c.pointee.other_run_id, "twin.results.v1.Comparison.other_run_id")
    let value2 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.base_verdict.rawValue))
    let value3 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.other_verdict.rawValue))
    let value4 = try MessageCodec.messages(c.pointee.metrics, c.pointee.n_metrics, MetricComparison.self)
    let value5 = c.pointee.identical != 0
    let value6 = try MessageCodec.message(c.pointee.parameter_changes, ProtoStruct.self)
    room.put(\.baseRunID, value0)
    room.put(\.otherRunID, value1)
    room.put(\.baseVerdict, value2)
    room.put(\.otherVerdict, value3)
    room.put(\.metrics, value4)
    room.put(\.identical, value5)
    room.put(\.parameterChanges, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__Comparison>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__Comparison())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.base_run_id = try scratch.string(self.baseRunID)
    c.pointee.other_run_id = try scratch.string(self.otherRunID)
    c.pointee.base_verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.baseVerdict.rawValue))
    c.pointee.other_verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.otherVerdict.rawValue))
    c.pointee.n_metrics = self.metrics.count
    c.pointee.metrics = try scratch.messages(self.metrics)
    c.pointee.identical = self.identical ? 1 : 0
    if let value = self.parameterChanges { c.pointee.parameter_changes = try scratch.message(value) }
  }
}

extension MetricComparison: RPCMessage {
  public static var messageName: String { "twin.results.v1.MetricComparison" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension MetricComparison: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__metric_comparison__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__MetricComparison>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.metric, "twin.results.v1.MetricComparison.metric")
    let value1 = c.pointee.base_presence_case.rawValue == 2 ? c.pointee.base : nil
    let value2 = c.pointee.other_presence_case.rawValue == 3 ? c.pointee.other : nil
    let value3 = c.pointee.delta_presence_case.rawValue == 4 ? c.pointee.delta : nil
    let value4 = c.pointee.relative_presence_case.rawValue == 5 ? c.pointee.relative : nil
    room.put(\.metric, value0)
    room.put(\.base, value1)
    room.put(\.other, value2)
    room.put(\.delta, value3)
    room.put(\.relative, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__MetricComparison>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__MetricComparison())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.metric = try scratch.string(self.metric)
    if let value = self.base {
      c.pointee.base = value
      c.pointee.base_presence_case = Twin__Results__V1__MetricComparison__BasePresenceCase(rawValue: 2)
    }
    if let value = self.other {
      c.pointee.other = value
      c.pointee.other_presence_case = Twin__Results__V1__MetricComparison__OtherPresenceCase(rawValue: 3)
    }
    if let value = self.delta {
      c.pointee.delta = value
      c.pointee.delta_presence_case = Twin__Results__V1__MetricComparison__DeltaPresenceCase(rawValue: 4)
    }
    if let value = self.relative {
      c.pointee.relative = value
      c.pointee.relative_presence_case = Twin__Results__V1__MetricComparison__RelativePresenceCase(rawValue: 5)
    }
  }
}
