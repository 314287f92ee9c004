// Generated from twin/engine/v1/twin.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// A twin of a vehicle.
public struct Twin: Sendable, Equatable {
  /// Id such as "twin-001".
  public var id: String
  /// Id of the physical vehicle, such as "AV-001".
  public var physicalVehicleID: String
  /// Model type, such as "sedan".
  public var modelType: String
  /// Parameters that differ from the model type's defaults (overrides and calibrated values), by name.
  public var parameters: ProtoStruct?
  /// Whether the twin hears from its vehicle.
  public var status: SyncStatus
  /// When it was created.
  public var createTime: ProtoTimestamp?
  /// Calibration in use; 0 when none.
  public var calibrationVersion: UInt32
  /// When its parameters changed last.
  public var updateTime: ProtoTimestamp?

  public init(
    id: String = "",
    physicalVehicleID: String = "",
    modelType: String = "",
    parameters: ProtoStruct? = nil,
    status: SyncStatus = .unspecified,
    createTime: ProtoTimestamp? = nil,
    calibrationVersion: UInt32 = 0,
    updateTime: ProtoTimestamp? = nil
  ) {
    self.id = id
    self.physicalVehicleID = physicalVehicleID
    self.modelType = modelType
    self.parameters = parameters
    self.status = status
    self.createTime = createTime
    self.calibrationVersion = calibrationVersion
    self.updateTime = updateTime
  }
}

/// A new twin.
public struct CreateTwinRequest: Sendable, Equatable {
  /// Id of the physical vehicle, 1 to 128 characters. Required.
  public var physicalVehicleID: String
  /// Model type; see ListModelTypes. Required.
  public var modelType: String
  /// Overrides of the model type's defaults, by name; checked against the type's parameters.
  public var parameters: ProtoStruct?
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    physicalVehicleID: String = "",
    modelType: String = "",
    parameters: ProtoStruct? = nil,
    requestID: String = ""
  ) {
    self.physicalVehicleID = physicalVehicleID
    self.modelType = modelType
    self.parameters = parameters
    self.requestID = requestID
  }
}

/// Names a twin.
public struct GetTwinRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of twins.
public struct ListTwinsRequest: Sendable, Equatable {
  /// Twins a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only twins of this model type; empty means all.
  public var modelType: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    modelType: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.modelType = modelType
  }
}

/// A page of twins.
public struct ListTwinsResponse: Sendable, Equatable {
  /// Twins, ordered by id.
  public var vehicles: [Twin]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    vehicles: [Twin] = [],
    nextPageToken: String = ""
  ) {
    self.vehicles = vehicles
    self.nextPageToken = nextPageToken
  }
}

/// Names the twin to delete.
public struct DeleteTwinRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The twin is gone.
public struct DeleteTwinResponse: Sendable, Equatable {
  public init() {}
}

/// Asks for the twins of physical vehicles.
public struct ResolveTwinsRequest: Sendable, Equatable {
  /// Physical ids, at most 10,000.
  public var physicalVehicleIds: [String]

  public init(
    physicalVehicleIds: [String] = []
  ) {
    self.physicalVehicleIds = physicalVehicleIds
  }
}

/// Twins of physical vehicles; those without a twin are absent.
public struct ResolveTwinsResponse: Sendable, Equatable {
  /// Twin id by physical id.
  public var twinIds: [String: String]

  public init(
    twinIds: [String: String] = [:]
  ) {
    self.twinIds = twinIds
  }
}

/// Asks to follow twins.
public struct WatchTwinsRequest: Sendable, Equatable {
  public init() {}
}

/// Twins came or went.
public struct TwinUpdate: Sendable, Equatable {
  /// Twins that exist (first messages) or were created.
  public var added: [TwinIdentity]
  /// Ids of twins that were deleted.
  public var removedIds: [String]
  /// Whether every twin that existed at the start has been told.
  public var complete: Bool

  public init(
    added: [TwinIdentity] = [],
    removedIds: [String] = [],
    complete: Bool = false
  ) {
    self.added = added
    self.removedIds = removedIds
    self.complete = complete
  }
}

/// Ids of a twin.
public struct TwinIdentity: Sendable, Equatable {
  /// Twin id.
  public var id: String
  /// Physical id.
  public var physicalVehicleID: String

  public init(
    id: String = "",
    physicalVehicleID: String = ""
  ) {
    self.id = id
    self.physicalVehicleID = physicalVehicleID
  }
}

/// Names the twin whose state is asked for.
public struct GetTwinStateRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks to follow states.
public struct WatchTwinStatesRequest: Sendable, Equatable {
  /// Twin ids, at most 10,000; empty means all.
  public var ids: [String]
  /// Whether states carry predictions.
  public var withPredictions: Bool

  public init(
    ids: [String] = [],
    withPredictions: Bool = false
  ) {
    self.ids = ids
    self.withPredictions = withPredictions
  }
}

/// Newest states of twins that changed.
public struct WatchTwinStatesResponse: Sendable, Equatable {
  /// States, one a twin.
  public var states: [VehicleState]
  /// States left out since the last message because the reader was slow.
  public var skipped: UInt64

  public init(
    states: [VehicleState] = [],
    skipped: UInt64 = 0
  ) {
    self.states = states
    self.skipped = skipped
  }
}

/// Asks for the start of a simulation.
public struct GetTwinSnapshotRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// A twin at one moment, complete for a simulation.
public struct TwinSnapshot: Sendable, Equatable {
  /// The twin.
  public var twin: Twin?
  /// Its state; without time and position when no sample has come yet.
  public var state: VehicleState?
  /// Every physical parameter in use (defaults, overrides, calibrated), by name.
  public var parameters: ProtoStruct?
  /// Every parameter of its driver or ACC in use, by name.
  public var driverParameters: ProtoStruct?
  /// Newest weather and road around it; absent when unknown.
  public var environment: EnvironmentSample?
  /// When the snapshot was taken.
  public var snapshotTime: ProtoTimestamp?
  /// Newest mission, load and driver; absent when unknown.
  public var operations: OperationsSample?
  /// Newest report, without detections and other readings, of each sensor that has reported; ordered by sensor_id.
  public var sensors: [SensorSample]

  public init(
    twin: Twin? = nil,
    state: VehicleState? = nil,
    parameters: ProtoStruct? = nil,
    driverParameters: ProtoStruct? = nil,
    environment: EnvironmentSample? = nil,
    snapshotTime: ProtoTimestamp? = nil,
    operations: OperationsSample? = nil,
    sensors: [SensorSample] = []
  ) {
    self.twin = twin
    self.state = state
    self.parameters = parameters
    self.driverParameters = driverParameters
    self.environment = environment
    self.snapshotTime = snapshotTime
    self.operations = operations
    self.sensors = sensors
  }
}

/// Asks for a page of model types.
public struct ListModelTypesRequest: Sendable, Equatable {
  /// Types a page, 1 to 1,000; 0 means 100.
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

/// A page of model types.
public struct ListModelTypesResponse: Sendable, Equatable {
  /// Types, ordered by name.
  public var modelTypes: [ModelType]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    modelTypes: [ModelType] = [],
    nextPageToken: String = ""
  ) {
    self.modelTypes = modelTypes
    self.nextPageToken = nextPageToken
  }
}

/// Names a model type.
public struct GetModelTypeRequest: Sendable, Equatable {
  /// Name of the type.
  public var name: String

  public init(
    name: String = ""
  ) {
    self.name = name
  }
}

/// A kind of vehicle that twins can be of.
public struct ModelType: Sendable, Equatable {
  /// Name such as "sedan" or "commonroad_2".
  public var name: String
  /// What it stands for, one sentence.
  public var description: String
  /// Its physical parameters with unit, default and range, ordered by name.
  public var parameters: [ParameterSpec]
  /// Parameters of its driver or ACC.
  public var driverParameters: [ParameterSpec]
  /// Publication the defaults come from.
  public var source: String

  public init(
    name: String = "",
    description: String = "",
    parameters: [ParameterSpec] = [],
    driverParameters: [ParameterSpec] = [],
    source: String = ""
  ) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.driverParameters = driverParameters
    self.source = source
  }
}

/// Committed samples of several twins.
public struct SyncTwinsRequest: Sendable, Equatable {
  /// Number the sender gives the batch, ascending; the answer repeats it.
  public var batchID: UInt64
  /// Samples by twin and source; at most 1,000 entries.
  public var twins: [TwinSamples]
  /// Twins whose states the sender wants back from now on without samples (predictions, status changes).
  public var followIds: [String]

  public init(
    batchID: UInt64 = 0,
    twins: [TwinSamples] = [],
    followIds: [String] = []
  ) {
    self.batchID = batchID
    self.twins = twins
    self.followIds = followIds
  }
}

/// Committed samples of one twin and source.
public struct TwinSamples: Sendable, Equatable {
  /// Id of the twin.
  public var twinID: String
  /// Source of the samples.
  public var source: String
  /// Vehicle samples, ascending by sequence.
  public var samples: [TelemetrySample]
  /// Newest report of each sensor. Of these and the next two the newest by (time, sequence) counts, so that sending one
  /// again changes nothing.
  public var sensorSamples: [SensorSample]
  /// Newest environment sample.
  public var environmentSamples: [EnvironmentSample]
  /// Newest operations sample.
  public var operationsSamples: [OperationsSample]
  /// Estimated offset of the source's clock (source minus ours) in ms.
  public var clockSkewMs: Double?
  /// When the newest of the samples arrived at state-sync.
  public var receiveTime: ProtoTimestamp?

  public init(
    twinID: String = "",
    source: String = "",
    samples: [TelemetrySample] = [],
    sensorSamples: [SensorSample] = [],
    environmentSamples: [EnvironmentSample] = [],
    operationsSamples: [OperationsSample] = [],
    clockSkewMs: Double? = nil,
    receiveTime: ProtoTimestamp? = nil
  ) {
    self.twinID = twinID
    self.source = source
    self.samples = samples
    self.sensorSamples = sensorSamples
    self.environmentSamples = environmentSamples
    self.operationsSamples = operationsSamples
    self.clockSkewMs = clockSkewMs
    self.receiveTime = receiveTime
  }
}

/// Virtual states after a batch.
public struct SyncTwinsResponse: Sendable, Equatable {
  /// The batch that is applied; 0 for states that no batch caused.
  public var batchID: UInt64
  /// States that changed, one a twin.
  public var states: [VehicleState]
  /// Twins of the batch that don't exist here.
  public var unknownIds: [String]
  /// Twins of the batch whose home is another replica.
  public var moved: [TwinHome]
  /// Every batch up to this one is stored with the twins, so the sender needn't send it again, whatever happens; 0 says
  /// nothing. It comes after the batch is applied and may come on its own.
  public var durableBatchID: UInt64

  public init(
    batchID: UInt64 = 0,
    states: [VehicleState] = [],
    unknownIds: [String] = [],
    moved: [TwinHome] = [],
    durableBatchID: UInt64 = 0
  ) {
    self.batchID = batchID
    self.states = states
    self.unknownIds = unknownIds
    self.moved = moved
    self.durableBatchID = durableBatchID
  }
}

/// Where a twin is kept.
public struct TwinHome: Sendable, Equatable {
  /// Id of the twin.
  public var twinID: String
  /// Address of its replica, "host:port".
  public var address: String

  public init(
    twinID: String = "",
    address: String = ""
  ) {
    self.twinID = twinID
    self.address = address
  }
}

extension Twin: RPCMessage {
  public static var messageName: String { "twin.engine.v1.Twin" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Twin: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__Twin>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.Twin.id")
    let value1 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.engine.v1.Twin.physical_vehicle_id")
    let value2 = try MessageCodec.string(c.pointee.model_type, "twin.engine.v1.Twin.model_type")
    let value3 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value4 = SyncStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value5 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value6 = c.pointee.calibration_version
    let value7 = try MessageCodec.message(c.pointee.update_time, ProtoTimestamp.self)
    room.put(\.id, value0)
    room.put(\.physicalVehicleID, value1)
    room.put(\.modelType, value2)
    room.put(\.parameters, value3)
    room.put(\.status, value4)
    room.put(\.createTime, value5)
    room.put(\.calibrationVersion, value6)
    room.put(\.updateTime, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__Twin>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__Twin())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
    c.pointee.model_type = try scratch.string(self.modelType)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    c.pointee.status = Twin__Common__V1__SyncStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    c.pointee.calibration_version = self.calibrationVersion
    if let value = self.updateTime { c.pointee.update_time = try scratch.message(value) }
  }
}

extension CreateTwinRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.CreateTwinRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateTwinRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__create_twin_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__CreateTwinRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.engine.v1.CreateTwinRequest.physical_vehicle_id")
    let value1 = try MessageCodec.string(c.pointee.model_type, "twin.engine.v1.CreateTwinRequest.model_type")
    let value2 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value3 = try MessageCodec.string(c.pointee.request_id, "twin.engine.v1.CreateTwinRequest.request_id")
    room.put(\.physicalVehicleID, value0)
    room.put(\.modelType, value1)
    room.put(\.parameters, value2)
    room.put(\.requestID, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__CreateTwinRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__CreateTwinRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
    c.pointee.model_type = try scratch.string(self.modelType)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension GetTwinRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetTwinRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetTwinRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_twin_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetTwinRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetTwinRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetTwinRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetTwinRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListTwinsRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListTwinsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTwinsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_twins_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListTwinsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.engine.v1.ListTwinsRequest.page_token")
    let value2 = try MessageCodec.string(c.pointee.model_type, "twin.engine.v1.ListTwinsRequest.model_type")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.modelType, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListTwinsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListTwinsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.model_type = try scratch.string(self.modelType)
  }
}

extension ListTwinsResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListTwinsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTwinsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_twins_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListTwinsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.vehicles, c.pointee.n_vehicles, Twin.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.engine.v1.ListTwinsResponse.next_page_token")
    room.put(\.vehicles, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListTwinsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListTwinsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_vehicles = self.vehicles.count
    c.pointee.vehicles = try scratch.messages(self.vehicles)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension DeleteTwinRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.DeleteTwinRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteTwinRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__delete_twin_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__DeleteTwinRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.DeleteTwinRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__DeleteTwinRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__DeleteTwinRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension DeleteTwinResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.DeleteTwinResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteTwinResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__delete_twin_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__DeleteTwinResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__DeleteTwinResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__DeleteTwinResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension ResolveTwinsRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ResolveTwinsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ResolveTwinsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__resolve_twins_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ResolveTwinsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.array(c.pointee.physical_vehicle_ids, c.pointee.n_physical_vehicle_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.ResolveTwinsRequest.physical_vehicle_ids")
    }
    room.put(\.physicalVehicleIds, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ResolveTwinsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ResolveTwinsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_physical_vehicle_ids = self.physicalVehicleIds.count
    c.pointee.physical_vehicle_ids = try scratch.array(self.physicalVehicleIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension ResolveTwinsResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ResolveTwinsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ResolveTwinsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__resolve_twins_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ResolveTwinsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.map(c.pointee.twin_ids, c.pointee.n_twin_ids) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.ResolveTwinsResponse.TwinIdsEntry.key"), MessageCodec.string(entry.value, "twin.engine.v1.ResolveTwinsResponse.TwinIdsEntry.value"))
    }
    room.put(\.twinIds, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ResolveTwinsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ResolveTwinsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_twin_ids = self.twinIds.count
    c.pointee.twin_ids = try scratch.map(self.twinIds.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__ResolveTwinsResponse__TwinIdsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__ResolveTwinsResponse__TwinIdsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__resolve_twins_response__twin_ids_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
  }
}

extension WatchTwinsRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.WatchTwinsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchTwinsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__watch_twins_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__WatchTwinsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__WatchTwinsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__WatchTwinsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension TwinUpdate: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TwinUpdate" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TwinUpdate: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin_update__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TwinUpdate>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.added, c.pointee.n_added, TwinIdentity.self)
    let value1 = try MessageCodec.array(c.pointee.removed_ids, c.pointee.n_removed_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.TwinUpdate.removed_ids")
    }
    let value2 = c.pointee.complete != 0
    room.put(\.added, value0)
    room.put(\.removedIds, value1)
    room.put(\.complete, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TwinUpdate>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TwinUpdate())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.n_added = self.added.count
    c.pointee.added = try scratch.messages(self.added)
    c.pointee.n_removed_ids = self.removedIds.count
    c.pointee.removed_ids = try scratch.array(self.removedIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.complete = self.complete ? 1 : 0
  }
}

extension TwinIdentity: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TwinIdentity" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TwinIdentity: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin_identity__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TwinIdentity>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.TwinIdentity.id")
    let value1 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.engine.v1.TwinIdentity.physical_vehicle_id")
    room.put(\.id, value0)
    room.put(\.physicalVehicleID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TwinIdentity>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TwinIdentity())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
  }
}

extension GetTwinStateRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetTwinStateRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetTwinStateRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_twin_state_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetTwinStateRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetTwinStateRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetTwinStateRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetTwinStateRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension WatchTwinStatesRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.WatchTwinStatesRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchTwinStatesRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__watch_twin_states_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__WatchTwinStatesRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.array(c.pointee.ids, c.pointee.n_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.WatchTwinStatesRequest.ids")
    }
    let value1 = c.pointee.with_predictions != 0
    room.put(\.ids, value0)
    room.put(\.withPredictions, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__WatchTwinStatesRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__WatchTwinStatesRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_ids = self.ids.count
    c.pointee.ids = try scratch.array(self.ids) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.with_predictions = self.withPredictions ? 1 : 0
  }
}

extension WatchTwinStatesResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.WatchTwinStatesResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchTwinStatesResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__watch_twin_states_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__WatchTwinStatesResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.states, c.pointee.n_states, VehicleState.self)
    let value1 = c.pointee.skipped
    room.put(\.states, value0)
    room.put(\.skipped, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__WatchTwinStatesResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__WatchTwinStatesResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_states = self.states.count
    c.pointee.states = try scratch.messages(self.states)
    c.pointee.skipped = self.skipped
  }
}

extension GetTwinSnapshotRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetTwinSnapshotRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetTwinSnapshotRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_twin_snapshot_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetTwinSnapshotRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetTwinSnapshotRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetTwinSnapshotRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetTwinSnapshotRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension TwinSnapshot: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TwinSnapshot" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TwinSnapshot: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin_snapshot__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TwinSnapshot>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.twin, Twin.self)
    let value1 = try MessageCodec.message(c.pointee.state, VehicleState.self)
    let value2 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value3 = try MessageCodec.message(c.pointee.driver_parameters, ProtoStruct.self)
    let value4 = try MessageCodec.message(c.pointee.environment, EnvironmentSample.self)
    let value5 = try MessageCodec.message(c.pointee.snapshot_time, ProtoTimestamp.self)
    let value6 = try MessageCodec.message(c.pointee.operations, OperationsSample.self)
    let value7 = try MessageCodec.messages(c.pointee.sensors, c.pointee.n_sensors, SensorSample.self)
    room.put(\.twin, value0)
    room.put(\.state, value1)
    room.put(\.parameters, value2)
    room.put(\.driverParameters, value3)
    room.put(\.environment, value4)
    room.put(\.snapshotTime, value5)
    room.put(\.operations, value6)
    room.put(\.sensors, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TwinSnapshot>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TwinSnapshot())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    if let value = self.twin { c.pointee.twin = try scratch.message(value) }
    if let value = self.state { c.pointee.state = try scratch.message(value) }
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.driverParameters { c.pointee.driver_parameters = try scratch.message(value) }
    if let value = self.environment { c.pointee.environment = try scratch.message(value) }
    if let value = self.snapshotTime { c.pointee.snapshot_time = try scratch.message(value) }
    if let value = self.operations { c.pointee.operations = try scratch.message(value) }
    c.pointee.n_sensors = self.sensors.count
    c.pointee.sensors = try scratch.messages(self.sensors)
  }
}

extension ListModelTypesRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListModelTypesRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListModelTypesRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_model_types_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListModelTypesRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.engine.v1.ListModelTypesRequest.page_token")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListModelTypesRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListModelTypesRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListModelTypesResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListModelTypesResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListModelTypesResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_model_types_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListModelTypesResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.model_types, c.pointee.n_model_types, ModelType.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.engine.v1.ListModelTypesResponse.next_page_token")
    room.put(\.modelTypes, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListModelTypesResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListModelTypesResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_model_types = self.modelTypes.count
    c.pointee.model_types = try scratch.messages(self.modelTypes)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension GetModelTypeRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetModelTypeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetModelTypeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_model_type_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetModelTypeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.engine.v1.GetModelTypeRequest.name")
    room.put(\.name, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetModelTypeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetModelTypeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
  }
}

extension ModelType: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ModelType" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ModelType: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__model_type__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ModelType>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.engine.v1.ModelType.name")
    let value1 = try MessageCodec.string(c.pointee.description, "twin.engine.v1.ModelType.description")
    let value2 = try MessageCodec.messages(c.pointee.parameters, c.pointee.n_parameters, ParameterSpec.self)
    let value3 = try MessageCodec.messages(c.pointee.driver_parameters, c.pointee.n_driver_parameters, ParameterSpec.self)
    let value4 = try MessageCodec.string(c.pointee.source, "twin.engine.v1.ModelType.source")
    room.put(\.name, value0)
    room.put(\.description, value1)
    room.put(\.parameters, value2)
    room.put(\.driverParameters, value3)
    room.put(\.source, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ModelType>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ModelType())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.description = try scratch.string(self.description)
    c.pointee.n_parameters = self.parameters.count
    c.pointee.parameters = try scratch.messages(self.parameters)
    c.pointee.n_driver_parameters = self.driverParameters.count
    c.pointee.driver_parameters = try scratch.messages(self.driverParameters)
    c.pointee.source = try scratch.string(self.source)
  }
}

extension SyncTwinsRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.SyncTwinsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncTwinsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__sync_twins_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__SyncTwinsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.batch_id
    let value1 = try MessageCodec.messages(c.pointee.twins, c.pointee.n_twins, TwinSamples.self)
    let value2 = try MessageCodec.array(c.pointee.follow_ids, c.pointee.n_follow_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.SyncTwinsRequest.follow_ids")
    }
    room.put(\.batchID, value0)
    room.put(\.twins, value1)
    room.put(\.followIds, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__SyncTwinsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__SyncTwinsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.batch_id = self.batchID
    c.pointee.n_twins = self.twins.count
    c.pointee.twins = try scratch.messages(self.twins)
    c.pointee.n_follow_ids = self.followIds.count
    c.pointee.follow_ids = try scratch.array(self.followIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension TwinSamples: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TwinSamples" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TwinSamples: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin_samples__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TwinSamples>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.twin_id, "twin.engine.v1.TwinSamples.twin_id")
    let value1 = try MessageCodec.string(c.pointee.source, "twin.engine.v1.TwinSamples.source")
    let value2 = try MessageCodec.messages(c.pointee.samples, c.pointee.n_samples, TelemetrySample.self)
    let value3 = try MessageCodec.messages(c.pointee.sensor_samples, c.pointee.n_sensor_samples, SensorSample.self)
    let value4 = try MessageCodec.messages(c.pointee.environment_samples, c.pointee.n_environment_samples, EnvironmentSample.self)
    let value5 = try MessageCodec.messages(c.pointee.operations_samples, c.pointee.n_operations_samples, OperationsSample.self)
    let value6 = c.pointee.clock_skew_ms_presence_case.rawValue == 7 ? c.pointee.clock_skew_ms : nil
    let value7 = try MessageCodec.message(c.pointee.receive_time, ProtoTimestamp.self)
    room.put(\.twinID, value0)
    room.put(\.source, value1)
    room.put(\.samples, value2)
    room.put(\.sensorSamples, value3)
    room.put(\.environmentSamples, value4)
    room.put(\.operationsSamples, value5)
    room.put(\.clockSkewMs, value6)
    room.put(\.receiveTime, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TwinSamples>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TwinSamples())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.twin_id = try scratch.string(self.twinID)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.n_samples = self.samples.count
    c.pointee.samples = try scratch.messages(self.samples)
    c.pointee.n_sensor_samples = self.sensorSamples.count
    c.pointee.sensor_samples = try scratch.messages(self.sensorSamples)
    c.pointee.n_environment_samples = self.environmentSamples.count
    c.pointee.environment_samples = try scratch.messages(self.environmentSamples)
    c.pointee.n_operations_samples = self.operationsSamples.count
    c.pointee.operations_samples = try scratch.messages(self.operationsSamples)
    if let value = self.clockSkewMs {
      c.pointee.clock_skew_ms = value
      c.pointee.clock_skew_ms_presence_case = Twin__Engine__V1__TwinSamples__ClockSkewMsPresenceCase(rawValue: 7)
    }
    if let value = self.receiveTime { c.pointee.receive_time = try scratch.message(value) }
  }
}

extension SyncTwinsResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.SyncTwinsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncTwinsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__sync_twins_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__SyncTwinsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.batch_id
    let value1 = try MessageCodec.messages(c.pointee.states, c.pointee.n_states, VehicleState.self)
    let value2 = try MessageCodec.array(c.pointee.unknown_ids, c.pointee.n_unknown_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.SyncTwinsResponse.unknown_ids")
    }
    let value3 = try MessageCodec.messages(c.pointee.moved, c.pointee.n_moved, TwinHome.self)
    let value4 = c.pointee.durable_batch_id
    room.put(\.batchID, value0)
    room.put(\.states, value1)
    room.put(\.unknownIds, value2)
    room.put(\.moved, value3)
    room.put(\.durableBatchID, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__SyncTwinsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__SyncTwinsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.batch_id = self.batchID
    c.pointee.n_states = self.states.count
    c.pointee.states = try scratch.messages(self.states)
    c.pointee.n_unknown_ids = self.unknownIds.count
    c.pointee.unknown_ids = try scratch.array(self.unknownIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_moved = self.moved.count
    c.pointee.moved = try scratch.messages(self.moved)
    c.pointee.durable_batch_id = self.durableBatchID
  }
}

extension TwinHome: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TwinHome" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TwinHome: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__twin_home__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TwinHome>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.twin_id, "twin.engine.v1.TwinHome.twin_id")
    let value1 = try MessageCodec.string(c.pointee.address, "twin.engine.v1.TwinHome.address")
    room.put(\.twinID, value0)
    room.put(\.address, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TwinHome>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TwinHome())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.twin_id = try scratch.string(self.twinID)
    c.pointee.address = try scratch.string(self.address)
  }
}
