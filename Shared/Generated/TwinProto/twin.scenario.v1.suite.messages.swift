// Generated from twin/scenario/v1/suite.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Asks for a page of suites.
public struct ListSuitesRequest: Sendable, Equatable {
  /// Suites a page, 1 to 1,000; 0 means 100.
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

/// A page of suites.
public struct ListSuitesResponse: Sendable, Equatable {
  /// Suites, ordered by name.
  public var suites: [Suite]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    suites: [Suite] = [],
    nextPageToken: String = ""
  ) {
    self.suites = suites
    self.nextPageToken = nextPageToken
  }
}

/// A suite.
public struct Suite: Sendable, Equatable {
  /// Name such as "safety".
  public var name: String
  /// What it judges.
  public var description: String
  /// Its cases.
  public var cases: [SuiteCase]

  public init(
    name: String = "",
    description: String = "",
    cases: [SuiteCase] = []
  ) {
    self.name = name
    self.description = description
    self.cases = cases
  }
}

/// One case of a suite.
public struct SuiteCase: Sendable, Equatable {
  /// Name, unique in the suite.
  public var name: String
  /// Scenario type.
  public var type: String
  /// Parameters of the scenario (speeds in km/h).
  public var parameters: ProtoStruct?

  public init(
    name: String = "",
    type: String = "",
    parameters: ProtoStruct? = nil
  ) {
    self.name = name
    self.type = type
    self.parameters = parameters
  }
}

/// Asks for a suite's run.
public struct RunSuiteRequest: Sendable, Equatable {
  /// Name of the suite.
  public var name: String
  /// Twin to run it with; empty means the suite's own vehicles.
  public var vehicleID: String
  /// Seed; absent means 1.
  public var seed: UInt64?
  /// Suite run to compare with; empty means the stored baseline.
  public var baseline: String
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    name: String = "",
    vehicleID: String = "",
    seed: UInt64? = nil,
    baseline: String = "",
    requestID: String = ""
  ) {
    self.name = name
    self.vehicleID = vehicleID
    self.seed = seed
    self.baseline = baseline
    self.requestID = requestID
  }
}

/// The suite has started.
public struct RunSuiteResponse: Sendable, Equatable {
  /// Id of the suite's run such as "suite-run-000001".
  public var id: String
  /// Name of the suite.
  public var name: String
  /// Where it stands.
  public var status: JobStatus
  /// Cases it runs.
  public var caseCount: UInt32

  public init(
    id: String = "",
    name: String = "",
    status: JobStatus = .unspecified,
    caseCount: UInt32 = 0
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.caseCount = caseCount
  }
}

/// Names the suite's run to stop.
public struct CancelSuiteRequest: Sendable, Equatable {
  /// Id of the suite's run.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The suite's run is stopped.
public struct CancelSuiteResponse: Sendable, Equatable {
  public init() {}
}

/// What to make.
public struct CreateDatasetRequest: Sendable, Equatable {
  /// Name for people, at most 256 characters.
  public var name: String
  /// Scenarios to draw from, 1 to 1,000.
  public var cases: [SuiteCase]
  /// Runs to make, 1 to 1,000,000.
  public var samples: UInt32
  /// Seed; absent means 1. Equal seeds give equal data.
  public var seed: UInt64?
  /// Share of the scenarios kept for testing, 0 to 1; absent means 0.2.
  public var testShare: Double?
  /// Of "ndjson", "csv", "protobuf"; empty means ndjson.
  public var formats: [String]
  /// Sensors whose output is included; empty means all of the vehicle.
  public var sensors: [String]
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    name: String = "",
    cases: [SuiteCase] = [],
    samples: UInt32 = 0,
    seed: UInt64? = nil,
    testShare: Double? = nil,
    formats: [String] = [],
    sensors: [String] = [],
    requestID: String = ""
  ) {
    self.name = name
    self.cases = cases
    self.samples = samples
    self.seed = seed
    self.testShare = testShare
    self.formats = formats
    self.sensors = sensors
    self.requestID = requestID
  }
}

/// The dataset is being made.
public struct CreateDatasetResponse: Sendable, Equatable {
  /// Id of the dataset such as "dataset-000001".
  public var id: String
  /// Where it stands.
  public var status: JobStatus

  public init(
    id: String = "",
    status: JobStatus = .unspecified
  ) {
    self.id = id
    self.status = status
  }
}

/// Names the dataset to stop making.
public struct CancelDatasetRequest: Sendable, Equatable {
  /// Id of the dataset.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Making the dataset is stopped.
public struct CancelDatasetResponse: Sendable, Equatable {
  public init() {}
}

extension ListSuitesRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListSuitesRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSuitesRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_suites_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListSuitesRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.scenario.v1.ListSuitesRequest.page_token")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListSuitesRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListSuitesRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListSuitesResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListSuitesResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSuitesResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_suites_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListSuitesResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.suites, c.pointee.n_suites, Suite.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.scenario.v1.ListSuitesResponse.next_page_token")
    room.put(\.suites, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListSuitesResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListSuitesResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_suites = self.suites.count
    c.pointee.suites = try scratch.messages(self.suites)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension Suite: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.Suite" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Suite: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__suite__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__Suite>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.Suite.name")
    let value1 = try MessageCodec.string(c.pointee.description, "twin.scenario.v1.Suite.description")
    let value2 = try MessageCodec.messages(c.pointee.cases, c.pointee.n_cases, SuiteCase.self)
    room.put(\.name, value0)
    room.put(\.description, value1)
    room.put(\.cases, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__Suite>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__Suite())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.description = try scratch.string(self.description)
    c.pointee.n_cases = self.cases.count
    c.pointee.cases = try scratch.messages(self.cases)
  }
}

extension SuiteCase: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.SuiteCase" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SuiteCase: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__suite_case__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__SuiteCase>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.SuiteCase.name")
    let value1 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.SuiteCase.type")
    let value2 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    room.put(\.name, value0)
    room.put(\.type, value1)
    room.put(\.parameters, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__SuiteCase>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__SuiteCase())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.type = try scratch.string(self.type)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
  }
}

extension RunSuiteRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.RunSuiteRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RunSuiteRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__run_suite_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__RunSuiteRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.RunSuiteRequest.name")
    let value1 = try MessageCodec.string(c.pointee.vehicle_id, "twin.scenario.v1.RunSuiteRequest.vehicle_id")
    let value2 = c.pointee.seed_presence_case.rawValue == 3 ? c.pointee.seed : nil
    let value3 = try MessageCodec.string(c.pointee.baseline, "twin.scenario.v1.RunSuiteRequest.baseline")
    let value4 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.RunSuiteRequest.request_id")
    room.put(\.name, value0)
    room.put(\.vehicleID, value1)
    room.put(\.seed, value2)
    room.put(\.baseline, value3)
    room.put(\.requestID, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__RunSuiteRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__RunSuiteRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Scenario__V1__RunSuiteRequest__SeedPresenceCase(rawValue: 3)
    }
    c.pointee.baseline = try scratch.string(self.baseline)
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension RunSuiteResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.RunSuiteResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RunSuiteResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__run_suite_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__RunSuiteResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.RunSuiteResponse.id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.RunSuiteResponse.name")
    let value2 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = c.pointee.case_count
    room.put(\.id, value0)
    room.put(\.name, value1)
    room.put(\.status, value2)
    room.put(\.caseCount, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__RunSuiteResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__RunSuiteResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.case_count = self.caseCount
  }
}

extension CancelSuiteRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CancelSuiteRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CancelSuiteRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__cancel_suite_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CancelSuiteRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.CancelSuiteRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CancelSuiteRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CancelSuiteRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension CancelSuiteResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CancelSuiteResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CancelSuiteResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__cancel_suite_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CancelSuiteResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CancelSuiteResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CancelSuiteResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension CreateDatasetRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CreateDatasetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateDatasetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__create_dataset_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CreateDatasetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.CreateDatasetRequest.name")
    let value1 = try MessageCodec.messages(c.pointee.cases, c.pointee.n_cases, SuiteCase.self)
    let value2 = c.pointee.samples
    let value3 = c.pointee.seed_presence_case.rawValue == 4 ? c.pointee.seed : nil
    let value4 = c.pointee.test_share_presence_case.rawValue == 5 ? c.pointee.test_share : nil
    let value5 = try MessageCodec.array(c.pointee.formats, c.pointee.n_formats) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.CreateDatasetRequest.formats")
    }
    let value6 = try MessageCodec.array(c.pointee.sensors, c.pointee.n_sensors) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.CreateDatasetRequest.sensors")
    }
    let value7 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.CreateDatasetRequest.request_id")
    room.put(\.name, value0)
    room.put(\.cases, value1)
    room.put(\.samples, value2)
    room.put(\.seed, value3)
    room.put(\.testShare, value4)
    room.put(\.formats, value5)
    room.put(\.sensors, value6)
    room.put(\.requestID, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CreateDatasetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CreateDatasetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.n_cases = self.cases.count
    c.pointee.cases = try scratch.messages(self.cases)
    c.pointee.samples = self.samples
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Scenario__V1__CreateDatasetRequest__SeedPresenceCase(rawValue: 4)
    }
    if let value = self.testShare {
      c.pointee.test_share = value
      c.pointee.test_share_presence_case = Twin__Scenario__V1__CreateDatasetRequest__TestSharePresenceCase(rawValue: 5)
    }
    c.pointee.n_formats = self.formats.count
    c.pointee.formats = try scratch.array(self.formats) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_sensors = self.sensors.count
    c.pointee.sensors = try scratch.array(self.sensors) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension CreateDatasetResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CreateDatasetResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateDatasetResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__create_dataset_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CreateDatasetResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.CreateDatasetResponse.id")
    let value1 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    room.put(\.id, value0)
    room.put(\.status, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CreateDatasetResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CreateDatasetResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

extension CancelDatasetRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CancelDatasetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CancelDatasetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__cancel_dataset_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CancelDatasetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.CancelDatasetRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CancelDatasetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CancelDatasetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension CancelDatasetResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CancelDatasetResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CancelDatasetResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__cancel_dataset_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CancelDatasetResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CancelDatasetResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CancelDatasetResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}
