// Generated from twin/scenario/v1/scenario.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Category of a scenario type.
public enum ScenarioCategory: Sendable, Hashable, CaseIterable {
  /// All, in a filter.
  case unspecified
  /// Collisions and their avoidance.
  case safety
  /// Efficiency and flow.
  case performance
  /// Rare and hard conditions.
  case edgeCases
  /// Comparison with references and regulations.
  case validation
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ScenarioCategory] {
    [
      .unspecified,
      .safety,
      .performance,
      .edgeCases,
      .validation,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .safety
    case 2: self = .performance
    case 3: self = .edgeCases
    case 4: self = .validation
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .safety: 1
    case .performance: 2
    case .edgeCases: 3
    case .validation: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A scenario: a type of the library with its parameters set.
public struct Scenario: Sendable, Equatable {
  /// Id such as "scenario-000001".
  public var id: String
  /// Id of its simulation.
  public var simulationID: String
  /// Type of the library, such as "emergency_braking".
  public var type: String
  /// Twin that gives vehicle and start state; empty when none does.
  public var vehicleID: String
  /// Name for people; may be empty.
  public var name: String
  /// The type's parameters, defaults included, as the caller wrote them (speeds in km/h).
  public var parameters: ProtoStruct?
  /// Weather: a preset's name or an object; absent means the type's default.
  public var weather: ProtoValue?
  /// Seed of runs that name none.
  public var seed: UInt64?
  /// Where its newest run stands.
  public var status: JobStatus
  /// When it was created.
  public var createTime: ProtoTimestamp?
  /// Category of the type.
  public var category: ScenarioCategory

  public init(
    id: String = "",
    simulationID: String = "",
    type: String = "",
    vehicleID: String = "",
    name: String = "",
    parameters: ProtoStruct? = nil,
    weather: ProtoValue? = nil,
    seed: UInt64? = nil,
    status: JobStatus = .unspecified,
    createTime: ProtoTimestamp? = nil,
    category: ScenarioCategory = .unspecified
  ) {
    self.id = id
    self.simulationID = simulationID
    self.type = type
    self.vehicleID = vehicleID
    self.name = name
    self.parameters = parameters
    self.weather = weather
    self.seed = seed
    self.status = status
    self.createTime = createTime
    self.category = category
  }
}

/// A new scenario. In JSON the members beside these fields are the type's parameters.
public struct CreateScenarioRequest: Sendable, Equatable {
  /// Type of the library. Required.
  public var type: String
  /// Twin that gives vehicle and start state; may be empty.
  public var vehicleID: String
  /// Name for people, at most 256 characters.
  public var name: String
  /// The type's parameters (speeds in km/h); checked against its schema.
  public var parameters: ProtoStruct?
  /// Weather: a preset's name such as "rain", or an object.
  public var weather: ProtoValue?
  /// Seed of runs that name none; absent means 1.
  public var seed: UInt64?
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    type: String = "",
    vehicleID: String = "",
    name: String = "",
    parameters: ProtoStruct? = nil,
    weather: ProtoValue? = nil,
    seed: UInt64? = nil,
    requestID: String = ""
  ) {
    self.type = type
    self.vehicleID = vehicleID
    self.name = name
    self.parameters = parameters
    self.weather = weather
    self.seed = seed
    self.requestID = requestID
  }
}

/// Names a scenario.
public struct GetScenarioRequest: Sendable, Equatable {
  /// Id of the scenario.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of scenarios.
public struct ListScenariosRequest: Sendable, Equatable {
  /// Scenarios a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this type; empty means all.
  public var type: String
  /// Only this twin; empty means all.
  public var vehicleID: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    type: String = "",
    vehicleID: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.type = type
    self.vehicleID = vehicleID
  }
}

/// A page of scenarios.
public struct ListScenariosResponse: Sendable, Equatable {
  /// Scenarios, newest first.
  public var scenarios: [Scenario]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    scenarios: [Scenario] = [],
    nextPageToken: String = ""
  ) {
    self.scenarios = scenarios
    self.nextPageToken = nextPageToken
  }
}

/// Names the scenario to delete.
public struct DeleteScenarioRequest: Sendable, Equatable {
  /// Id of the scenario.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The scenario is gone.
public struct DeleteScenarioResponse: Sendable, Equatable {
  public init() {}
}

/// Asks for a page of types.
public struct ListScenarioTypesRequest: Sendable, Equatable {
  /// Types a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this category; unspecified means all.
  public var category: ScenarioCategory

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    category: ScenarioCategory = .unspecified
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.category = category
  }
}

/// A page of types.
public struct ListScenarioTypesResponse: Sendable, Equatable {
  /// Types, ordered by name.
  public var scenarioTypes: [ScenarioType]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    scenarioTypes: [ScenarioType] = [],
    nextPageToken: String = ""
  ) {
    self.scenarioTypes = scenarioTypes
    self.nextPageToken = nextPageToken
  }
}

/// Names a type.
public struct GetScenarioTypeRequest: Sendable, Equatable {
  /// Name of the type.
  public var type: String

  public init(
    type: String = ""
  ) {
    self.type = type
  }
}

/// A scenario type of the library.
public struct ScenarioType: Sendable, Equatable {
  /// Name such as "emergency_braking".
  public var type: String
  /// Category.
  public var category: ScenarioCategory
  /// What it simulates.
  public var description: String
  /// Its parameters with unit, default and range.
  public var parameters: [ParameterSpec]
  /// Its pass criteria.
  public var criteria: [CriterionSpec]
  /// Metrics its outcome holds.
  public var metrics: [String]
  /// Regulation or publication it follows; empty when it is ours.
  public var source: String
  /// Version, counting up from 1.
  public var version: UInt32

  public init(
    type: String = "",
    category: ScenarioCategory = .unspecified,
    description: String = "",
    parameters: [ParameterSpec] = [],
    criteria: [CriterionSpec] = [],
    metrics: [String] = [],
    source: String = "",
    version: UInt32 = 0
  ) {
    self.type = type
    self.category = category
    self.description = description
    self.parameters = parameters
    self.criteria = criteria
    self.metrics = metrics
    self.source = source
    self.version = version
  }
}

/// A pass criterion of a type.
public struct CriterionSpec: Sendable, Equatable {
  /// Stable name, such as "no_collision".
  public var name: String
  /// The criterion in a sentence.
  public var description: String
  /// Metric that it judges.
  public var metric: String
  /// One of "<", "<=", ">", ">=", "==".
  public var comparison: String
  /// The bound; absent when it depends on parameters.
  public var bound: Double?
  /// Unit of the bound.
  public var unit: String

  public init(
    name: String = "",
    description: String = "",
    metric: String = "",
    comparison: String = "",
    bound: Double? = nil,
    unit: String = ""
  ) {
    self.name = name
    self.description = description
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
    self.unit = unit
  }
}

extension Scenario: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.Scenario" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Scenario: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__scenario__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__Scenario>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.Scenario.id")
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.scenario.v1.Scenario.simulation_id")
    let value2 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.Scenario.type")
    let value3 = try MessageCodec.string(c.pointee.vehicle_id, "twin.scenario.v1.Scenario.vehicle_id")
    let value4 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.Scenario.name")
    let value5 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value6 = try MessageCodec.message(c.pointee.weather, ProtoValue.self)
    let value7 = c.pointee.seed_presence_case.rawValue == 8 ? c.pointee.seed : nil
    let value8 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value9 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value10 = ScenarioCategory(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    room.put(\.id, value0)
    room.put(\.simulationID, value1)
    room.put(\.type, value2)
    room.put(\.vehicleID, value3)
    room.put(\.name, value4)
    room.put(\.parameters, value5)
    room.put(\.weather, value6)
    room.put(\.seed, value7)
    room.put(\.status, value8)
    room.put(\.createTime, value9)
    room.put(\.category, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__Scenario>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__Scenario())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.name = try scratch.string(self.name)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.weather { c.pointee.weather = try scratch.message(value) }
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Scenario__V1__Scenario__SeedPresenceCase(rawValue: 8)
    }
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    c.pointee.category = Twin__Scenario__V1__ScenarioCategory(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
  }
}

extension CreateScenarioRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CreateScenarioRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateScenarioRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__create_scenario_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CreateScenarioRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.CreateScenarioRequest.type")
    let value1 = try MessageCodec.string(c.pointee.vehicle_id, "twin.scenario.v1.CreateScenarioRequest.vehicle_id")
    let value2 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.CreateScenarioRequest.name")
    let value3 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value4 = try MessageCodec.message(c.pointee.weather, ProtoValue.self)
    let value5 = c.pointee.seed_presence_case.rawValue == 6 ? c.pointee.seed : nil
    let value6 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.CreateScenarioRequest.request_id")
    room.put(\.type, value0)
    room.put(\.vehicleID, value1)
    room.put(\.name, value2)
    room.put(\.parameters, value3)
    room.put(\.weather, value4)
    room.put(\.seed, value5)
    room.put(\.requestID, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CreateScenarioRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CreateScenarioRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.name = try scratch.string(self.name)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.weather { c.pointee.weather = try scratch.message(value) }
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Scenario__V1__CreateScenarioRequest__SeedPresenceCase(rawValue: 6)
    }
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension GetScenarioRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.GetScenarioRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetScenarioRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__get_scenario_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__GetScenarioRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.GetScenarioRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__GetScenarioRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__GetScenarioRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListScenariosRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListScenariosRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListScenariosRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_scenarios_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListScenariosRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.scenario.v1.ListScenariosRequest.page_token")
    let value2 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.ListScenariosRequest.type")
    let value3 = try MessageCodec.string(c.pointee.vehicle_id, "twin.scenario.v1.ListScenariosRequest.vehicle_id")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.type, value2)
    room.put(\.vehicleID, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListScenariosRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListScenariosRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
  }
}

extension ListScenariosResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListScenariosResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListScenariosResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_scenarios_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListScenariosResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.scenarios, c.pointee.n_scenarios, Scenario.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.scenario.v1.ListScenariosResponse.next_page_token")
    room.put(\.scenarios, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListScenariosResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListScenariosResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_scenarios = self.scenarios.count
    c.pointee.scenarios = try scratch.messages(self.scenarios)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension DeleteScenarioRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DeleteScenarioRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteScenarioRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__delete_scenario_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DeleteScenarioRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.DeleteScenarioRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DeleteScenarioRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DeleteScenarioRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension DeleteScenarioResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DeleteScenarioResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteScenarioResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__delete_scenario_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DeleteScenarioResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DeleteScenarioResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DeleteScenarioResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension ListScenarioTypesRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListScenarioTypesRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListScenarioTypesRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_scenario_types_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListScenarioTypesRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.scenario.v1.ListScenarioTypesRequest.page_token")
    let value2 = ScenarioCategory(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.category, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListScenarioTypesRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListScenarioTypesRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.category = Twin__Scenario__V1__ScenarioCategory(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
  }
}

extension ListScenarioTypesResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListScenarioTypesResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListScenarioTypesResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_scenario_types_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListScenarioTypesResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.scenario_types, c.pointee.n_scenario_types, ScenarioType.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.scenario.v1.ListScenarioTypesResponse.next_page_token")
    room.put(\.scenarioTypes, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListScenarioTypesResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListScenarioTypesResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_scenario_types = self.scenarioTypes.count
    c.pointee.scenario_types = try scratch.messages(self.scenarioTypes)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension GetScenarioTypeRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.GetScenarioTypeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetScenarioTypeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__get_scenario_type_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__GetScenarioTypeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.GetScenarioTypeRequest.type")
    room.put(\.type, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__GetScenarioTypeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__GetScenarioTypeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.type = try scratch.string(self.type)
  }
}

extension ScenarioType: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ScenarioType" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ScenarioType: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__scenario_type__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ScenarioType>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.ScenarioType.type")
    let value1 = ScenarioCategory(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    let value2 = try MessageCodec.string(c.pointee.description, "twin.scenario.v1.ScenarioType.description")
    let value3 = try MessageCodec.messages(c.pointee.parameters, c.pointee.n_parameters, ParameterSpec.self)
    let value4 = try MessageCodec.messages(c.pointee.criteria, c.pointee.n_criteria, CriterionSpec.self)
    let value5 = try MessageCodec.array(c.pointee.metrics, c.pointee.n_metrics) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.ScenarioType.metrics")
    }
    let value6 = try MessageCodec.string(c.pointee.source, "twin.scenario.v1.ScenarioType.source")
    let value7 = c.pointee.version
    room.put(\.type, value0)
    room.put(\.category, value1)
    room.put(\.description, value2)
    room.put(\.parameters, value3)
    room.put(\.criteria, value4)
    room.put(\.metrics, value5)
    room.put(\.source, value6)
    room.put(\.version, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ScenarioType>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ScenarioType())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.category = Twin__Scenario__V1__ScenarioCategory(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    c.pointee.description = try scratch.string(self.description)
    c.pointee.n_parameters = self.parameters.count
    c.pointee.parameters = try scratch.messages(self.parameters)
    c.pointee.n_criteria = self.criteria.count
    c.pointee.criteria = try scratch.messages(self.criteria)
    c.pointee.n_metrics = self.metrics.count
    c.pointee.metrics = try scratch.array(self.metrics) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.source = try scratch.string(self.source)
    c.pointee.version = self.version
  }
}

extension CriterionSpec: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CriterionSpec" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CriterionSpec: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__criterion_spec__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CriterionSpec>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.scenario.v1.CriterionSpec.name")
    let value1 = try MessageCodec.string(c.pointee.description, "twin.scenario.v1.CriterionSpec.description")
    let value2 = try MessageCodec.string(c.pointee.metric, "twin.scenario.v1.CriterionSpec.metric")
    let value3 = try MessageCodec.string(c.pointee.comparison, "twin.scenario.v1.CriterionSpec.comparison")
    let value4 = c.pointee.bound_presence_case.rawValue == 5 ? c.pointee.bound : nil
    let value5 = try MessageCodec.string(c.pointee.unit, "twin.scenario.v1.CriterionSpec.unit")
    room.put(\.name, value0)
    room.put(\.description, value1)
    room.put(\.metric, value2)
    room.put(\.comparison, value3)
    room.put(\.bound, value4)
    room.put(\.unit, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CriterionSpec>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CriterionSpec())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.description = try scratch.string(self.description)
    c.pointee.metric = try scratch.string(self.metric)
    c.pointee.comparison = try scratch.string(self.comparison)
    if let value = self.bound {
      c.pointee.bound = value
      c.pointee.bound_presence_case = Twin__Scenario__V1__CriterionSpec__BoundPresenceCase(rawValue: 5)
    }
    c.pointee.unit = try scratch.string(self.unit)
  }
}
