// Generated from twin/statesync/v1/fleet.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Kind of an observation.
public enum ObservationKind: Sendable, Hashable, CaseIterable {
  /// All kinds.
  case unspecified
  /// Sensor samples.
  case sensor
  /// Environment samples.
  case environment
  /// Operations samples.
  case operations
  /// Events.
  case event
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ObservationKind] {
    [
      .unspecified,
      .sensor,
      .environment,
      .operations,
      .event,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .sensor
    case 2: self = .environment
    case 3: self = .operations
    case 4: self = .event
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .sensor: 1
    case .environment: 2
    case .operations: 3
    case .event: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Kind of a fleet update.
public enum FleetUpdateKind: Sendable, Hashable, CaseIterable {
  /// All kinds.
  case unspecified
  /// A sample of the real vehicle.
  case real
  /// A state of the virtual vehicle.
  case virtual
  /// An event.
  case event
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [FleetUpdateKind] {
    [
      .unspecified,
      .real,
      .virtual,
      .event,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .real
    case 2: self = .virtual
    case 3: self = .event
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .real: 1
    case .virtual: 2
    case .event: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Asks for a vehicle's samples.
public struct GetHistoryRequest: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String
  /// Earliest time, inclusive; absent means all that is retained.
  public var from: ProtoTimestamp?
  /// Latest time, exclusive; absent means now.
  public var to: ProtoTimestamp?
  /// Samples a page, 1 to 10,000; 0 means 1,000.
  public var limit: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Downsampling: the last sample of each interval of this length in s, over 0 to 86,400; absent means every
  /// sample.
  public var intervalS: Double?
  /// Only this source; empty means all.
  public var source: String

  public init(
    vehicleID: String = "",
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    limit: Int32 = 0,
    pageToken: String = "",
    intervalS: Double? = nil,
    source: String = ""
  ) {
    self.vehicleID = vehicleID
    self.from = from
    self.to = to
    self.limit = limit
    self.pageToken = pageToken
    self.intervalS = intervalS
    self.source = source
  }
}

/// A page of samples.
public struct GetHistoryResponse: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String
  /// Samples, ascending by time.
  public var samples: [TelemetrySample]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    vehicleID: String = "",
    samples: [TelemetrySample] = [],
    nextPageToken: String = ""
  ) {
    self.vehicleID = vehicleID
    self.samples = samples
    self.nextPageToken = nextPageToken
  }
}

/// Asks for a vehicle's observations.
public struct ListObservationsRequest: Sendable, Equatable {
  /// Twin id; empty for the events that are about no vehicle.
  public var vehicleID: String
  /// Kind; unspecified means all.
  public var kind: ObservationKind
  /// Earliest time, inclusive; absent means all that is retained.
  public var from: ProtoTimestamp?
  /// Latest time, exclusive; absent means now.
  public var to: ProtoTimestamp?
  /// Observations a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    vehicleID: String = "",
    kind: ObservationKind = .unspecified,
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.vehicleID = vehicleID
    self.kind = kind
    self.from = from
    self.to = to
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of observations.
public struct ListObservationsResponse: Sendable, Equatable {
  /// Observations, ascending by time.
  public var observations: [Observation]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    observations: [Observation] = [],
    nextPageToken: String = ""
  ) {
    self.observations = observations
    self.nextPageToken = nextPageToken
  }
}

/// One observation of a vehicle.
public struct Observation: Sendable, Equatable {
  /// Source it came from; for an event that of the event.
  public var source: String
  public var content: OneOfContent?
  /// When it arrived, by our clock.
  public var receiveTime: ProtoTimestamp?

  public enum OneOfContent: Sendable, Equatable {
    /// A sensor's report.
    case sensor(SensorSample)
    /// Weather and road.
    case environment(EnvironmentSample)
    /// Mission, load, driver.
    case operations(OperationsSample)
    /// A discrete happening.
    case event(Event)
  }

  public init(
    source: String = "",
    content: OneOfContent? = nil,
    receiveTime: ProtoTimestamp? = nil
  ) {
    self.source = source
    self.content = content
    self.receiveTime = receiveTime
  }
}

/// Asks to follow the fleet.
public struct SubscribeFleetRequest: Sendable, Equatable {
  /// Twin ids, at most 10,000; empty means all.
  public var vehicleIds: [String]
  /// Kinds; empty means all.
  public var kinds: [FleetUpdateKind]
  /// Continue after the update with this cursor; absent means from now on.
  public var resumeFrom: UInt64?
  /// Most updates a second and vehicle, over 0 to 1,000; absent means all.
  public var maxRateHz: Double?

  public init(
    vehicleIds: [String] = [],
    kinds: [FleetUpdateKind] = [],
    resumeFrom: UInt64? = nil,
    maxRateHz: Double? = nil
  ) {
    self.vehicleIds = vehicleIds
    self.kinds = kinds
    self.resumeFrom = resumeFrom
    self.maxRateHz = maxRateHz
  }
}

/// A change of the fleet.
public struct FleetUpdate: Sendable, Equatable {
  /// Position in the sequence of updates, ascending; SubscribeFleetRequest.resume_from takes it.
  public var cursor: UInt64
  /// Twin id; empty for an event that is about no vehicle.
  public var vehicleID: String
  public var content: OneOfContent?
  /// Updates of this vehicle left out since the last one sent, because the reader was slow or asked for fewer.
  public var skipped: UInt64

  public enum OneOfContent: Sendable, Equatable {
    /// A sample of the real vehicle.
    case real(TelemetrySample)
    /// A state of the virtual vehicle.
    case virtualState(VehicleState)
    /// An event.
    case event(Event)
  }

  public init(
    cursor: UInt64 = 0,
    vehicleID: String = "",
    content: OneOfContent? = nil,
    skipped: UInt64 = 0
  ) {
    self.cursor = cursor
    self.vehicleID = vehicleID
    self.content = content
    self.skipped = skipped
  }
}

/// Asks for sync quality.
public struct GetSyncReportRequest: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String

  public init(
    vehicleID: String = ""
  ) {
    self.vehicleID = vehicleID
  }
}

/// Sync quality of a vehicle.
public struct SyncReport: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String
  /// Whether the twin hears from its vehicle.
  public var status: SyncStatus
  /// Its sources, ordered by name.
  public var sources: [SourceReport]

  public init(
    vehicleID: String = "",
    status: SyncStatus = .unspecified,
    sources: [SourceReport] = []
  ) {
    self.vehicleID = vehicleID
    self.status = status
    self.sources = sources
  }
}

/// Sync quality of one source of a vehicle since its first sample.
public struct SourceReport: Sendable, Equatable {
  /// Name of the source.
  public var source: String
  /// Samples stored.
  public var accepted: UInt64
  /// Repeats.
  public var duplicate: UInt64
  /// Samples that came after a newer one.
  public var late: UInt64
  /// Samples not stored.
  public var rejected: UInt64
  /// Sequences below the highest that never came.
  public var missing: UInt64
  /// Highest sequence stored.
  public var lastSequence: UInt64
  /// Highest sequence up to which every one is stored.
  public var contiguousSequence: UInt64
  /// Time of the newest sample by the source's clock.
  public var lastTime: ProtoTimestamp?
  /// Estimated offset of the source's clock (source minus ours) in ms; absent until estimated.
  public var clockSkewMs: Double?
  /// Standard deviation of the estimate in ms.
  public var clockSkewStdMs: Double?
  /// Median lag from measurement to virtual state over the window, in ms.
  public var lagP50Ms: Double
  /// 99th percentile of that lag, in ms.
  public var lagP99Ms: Double

  public init(
    source: String = "",
    accepted: UInt64 = 0,
    duplicate: UInt64 = 0,
    late: UInt64 = 0,
    rejected: UInt64 = 0,
    missing: UInt64 = 0,
    lastSequence: UInt64 = 0,
    contiguousSequence: UInt64 = 0,
    lastTime: ProtoTimestamp? = nil,
    clockSkewMs: Double? = nil,
    clockSkewStdMs: Double? = nil,
    lagP50Ms: Double = 0,
    lagP99Ms: Double = 0
  ) {
    self.source = source
    self.accepted = accepted
    self.duplicate = duplicate
    self.late = late
    self.rejected = rejected
    self.missing = missing
    self.lastSequence = lastSequence
    self.contiguousSequence = contiguousSequence
    self.lastTime = lastTime
    self.clockSkewMs = clockSkewMs
    self.clockSkewStdMs = clockSkewStdMs
    self.lagP50Ms = lagP50Ms
    self.lagP99Ms = lagP99Ms
  }
}

extension GetHistoryRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetHistoryRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetHistoryRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_history_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetHistoryRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.GetHistoryRequest.vehicle_id")
    let value1 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value2 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value3 = c.pointee.limit
    let value4 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.GetHistoryRequest.page_token")
    let value5 = c.pointee.interval_s_presence_case.rawValue == 6 ? c.pointee.interval_s : nil
    let value6 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.GetHistoryRequest.source")
    room.put(\.vehicleID, value0)
    room.put(\.from, value1)
    room.put(\.to, value2)
    room.put(\.limit, value3)
    room.put(\.pageToken, value4)
    room.put(\.intervalS, value5)
    room.put(\.source, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetHistoryRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetHistoryRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    c.pointee.limit = self.limit
    c.pointee.page_token = try scratch.string(self.pageToken)
    if let value = self.intervalS {
      c.pointee.interval_s = value
      c.pointee.interval_s_presence_case = Twin__Statesync__V1__GetHistoryRequest__IntervalSPresenceCase(rawValue: 6)
    }
    c.pointee.source = try scratch.string(self.source)
  }
}

extension GetHistoryResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetHistoryResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetHistoryResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_history_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetHistoryResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.GetHistoryResponse.vehicle_id")
    let value1 = try MessageCodec.messages(c.pointee.samples, c.pointee.n_samples, TelemetrySample.self)
    let value2 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.GetHistoryResponse.next_page_token")
    room.put(\.vehicleID, value0)
    room.put(\.samples, value1)
    room.put(\.nextPageToken, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetHistoryResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetHistoryResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.n_samples = self.samples.count
    c.pointee.samples = try scratch.messages(self.samples)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension ListObservationsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListObservationsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListObservationsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_observations_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListObservationsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.ListObservationsRequest.vehicle_id")
    let value1 = ObservationKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value3 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value4 = c.pointee.page_size
    let value5 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.ListObservationsRequest.page_token")
    room.put(\.vehicleID, value0)
    room.put(\.kind, value1)
    room.put(\.from, value2)
    room.put(\.to, value3)
    room.put(\.pageSize, value4)
    room.put(\.pageToken, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListObservationsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListObservationsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.kind = Twin__Statesync__V1__ObservationKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListObservationsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListObservationsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListObservationsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_observations_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListObservationsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.observations, c.pointee.n_observations, Observation.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.ListObservationsResponse.next_page_token")
    room.put(\.observations, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListObservationsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListObservationsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_observations = self.observations.count
    c.pointee.observations = try scratch.messages(self.observations)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension Observation: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Observation" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Observation: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__observation__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Observation>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.Observation.source")
    let value1: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 2:
      value1 = try MessageCodec.message(c.pointee.sensor, SensorSample.self).map { .sensor($0) }
    case 3:
      value1 = try MessageCodec.message(c.pointee.environment, EnvironmentSample.self).map { .environment($0) }
    case 4:
      value1 = try MessageCodec.message(c.pointee.operations, OperationsSample.self).map { .operations($0) }
    case 5:
      value1 = try MessageCodec.message(c.pointee.event, Event.self).map { .event($0) }
    default: value1 = nil
    }
    let value2 = try MessageCodec.message(c.pointee.receive_time, ProtoTimestamp.self)
    room.put(\.source, value0)
    room.put(\.content, value1)
    room.put(\.receiveTime, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Observation>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Observation())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.source = try scratch.string(self.source)
    switch self.content {
    case .sensor(let value)?:
      c.pointee.sensor = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__Observation__ContentCase(rawValue: 2)
    case .environment(let value)?:
      c.pointee.environment = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__Observation__ContentCase(rawValue: 3)
    case .operations(let value)?:
      c.pointee.operations = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__Observation__ContentCase(rawValue: 4)
    case .event(let value)?:
      c.pointee.event = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__Observation__ContentCase(rawValue: 5)
    case nil: break
    }
    if let value = self.receiveTime { c.pointee.receive_time = try scratch.message(value) }
  }
}

extension SubscribeFleetRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SubscribeFleetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SubscribeFleetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__subscribe_fleet_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SubscribeFleetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.array(c.pointee.vehicle_ids, c.pointee.n_vehicle_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.statesync.v1.SubscribeFleetRequest.vehicle_ids")
    }
    let value1 = try MessageCodec.array(c.pointee.kinds, c.pointee.n_kinds) { element throws(DecodingFault) in
      FleetUpdateKind(rawValue: Int32(truncatingIfNeeded: element.rawValue))
    }
    let value2 = c.pointee.resume_from_presence_case.rawValue == 3 ? c.pointee.resume_from : nil
    let value3 = c.pointee.max_rate_hz_presence_case.rawValue == 4 ? c.pointee.max_rate_hz : nil
    room.put(\.vehicleIds, value0)
    room.put(\.kinds, value1)
    room.put(\.resumeFrom, value2)
    room.put(\.maxRateHz, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SubscribeFleetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SubscribeFleetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.n_vehicle_ids = self.vehicleIds.count
    c.pointee.vehicle_ids = try scratch.array(self.vehicleIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_kinds = self.kinds.count
    c.pointee.kinds = try scratch.array(self.kinds) { element throws(EncodingFault) in
      Twin__Statesync__V1__FleetUpdateKind(rawValue: .init(truncatingIfNeeded: element.rawValue))
    }
    if let value = self.resumeFrom {
      c.pointee.resume_from = value
      c.pointee.resume_from_presence_case = Twin__Statesync__V1__SubscribeFleetRequest__ResumeFromPresenceCase(rawValue: 3)
    }
    if let value = self.maxRateHz {
      c.pointee.max_rate_hz = value
      c.pointee.max_rate_hz_presence_case = Twin__Statesync__V1__SubscribeFleetRequest__MaxRateHzPresenceCase(rawValue: 4)
    }
  }
}

extension FleetUpdate: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.FleetUpdate" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension FleetUpdate: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__fleet_update__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__FleetUpdate>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.cursor
    let value1 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.FleetUpdate.vehicle_id")
    let value2: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 3:
      value2 = try MessageCodec.message(c.pointee.real, TelemetrySample.self).map { .real($0) }
    case 4:
      value2 = try MessageCodec.message(c.pointee.virtual_state, VehicleState.self).map { .virtualState($0) }
    case 5:
      value2 = try MessageCodec.message(c.pointee.event, Event.self).map { .event($0) }
    default: value2 = nil
    }
    let value3 = c.pointee.skipped
    room.put(\.cursor, value0)
    room.put(\.vehicleID, value1)
    room.put(\.content, value2)
    room.put(\.skipped, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__FleetUpdate>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__FleetUpdate())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.cursor = self.cursor
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    switch self.content {
    case .real(let value)?:
      c.pointee.real = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__FleetUpdate__ContentCase(rawValue: 3)
    case .virtualState(let value)?:
      c.pointee.virtual_state = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__FleetUpdate__ContentCase(rawValue: 4)
    case .event(let value)?:
      c.pointee.event = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__FleetUpdate__ContentCase(rawValue: 5)
    case nil: break
    }
    c.pointee.skipped = self.skipped
  }
}

extension GetSyncReportRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetSyncReportRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetSyncReportRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_sync_report_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetSyncReportRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.GetSyncReportRequest.vehicle_id")
    room.put(\.vehicleID, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetSyncReportRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetSyncReportRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
  }
}

extension SyncReport: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SyncReport" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncReport: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__sync_report__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SyncReport>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.SyncReport.vehicle_id")
    let value1 = SyncStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value2 = try MessageCodec.messages(c.pointee.sources, c.pointee.n_sources, SourceReport.self)
    room.put(\.vehicleID, value0)
    room.put(\.status, value1)
    room.put(\.sources, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SyncReport>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SyncReport())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.status = Twin__Common__V1__SyncStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.n_sources = self.sources.count
    c.pointee.sources = try scratch.messages(self.sources)
  }
}

extension SourceReport: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SourceReport" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SourceReport: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__source_report__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SourceReport>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.SourceReport.source")
    let value1 = c.pointee.accepted
    let value2 = c.pointee.duplicate
    let value3 = c.pointee.late
    let value4 = c.pointee.rejected
    let value5 = c.pointee.missing
    let value6 = c.pointee.last_sequence
    let value7 = c.pointee.contiguous_sequence
    let value8 = try MessageCodec.message(c.pointee.last_time, ProtoTimestamp.self)
    let value9 = c.pointee.clock_skew_ms_presence_case.rawValue == 10 ? c.pointee.clock_skew_ms : nil
    let value10 = c.pointee.clock_skew_std_ms_presence_case.rawValue == 11 ? c.pointee.clock_skew_std_ms : nil
    let value11 = c.pointee.lag_p50_ms
    let value12 = c.pointee.lag_p99_ms
    room.put(\.source, value0)
    room.put(\.accepted, value1)
    room.put(\.duplicate, value2)
    room.put(\.late, value3)
    room.put(\.rejected, value4)
    room.put(\.missing, value5)
    room.put(\.lastSequence, value6)
    room.put(\.contiguousSequence, value7)
    room.put(\.lastTime, value8)
    room.put(\.clockSkewMs, value9)
    room.put(\.clockSkewStdMs, value10)
    room.put(\.lagP50Ms, value11)
    room.put(\.lagP99Ms, value12)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SourceReport>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SourceReport())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(13 * 2 * Scratch.headBytes)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.accepted = self.accepted
    c.pointee.duplicate = self.duplicate
    c.pointee.late = self.late
    c.pointee.rejected = self.rejected
    c.pointee.missing = self.missing
    c.pointee.last_sequence = self.lastSequence
    c.pointee.contiguous_sequence = self.contiguousSequence
    if let value = self.lastTime { c.pointee.last_time = try scratch.message(value) }
    if let value = self.clockSkewMs {
      c.pointee.clock_skew_ms = value
      c.pointee.clock_skew_ms_presence_case = Twin__Statesync__V1__SourceReport__ClockSkewMsPresenceCase(rawValue: 10)
    }
    if let value = self.clockSkewStdMs {
      c.pointee.clock_skew_std_ms = value
      c.pointee.clock_skew_std_ms_presence_case = Twin__Statesync__V1__SourceReport__ClockSkewStdMsPresenceCase(rawValue: 11)
    }
    c.pointee.lag_p50_ms = self.lagP50Ms
    c.pointee.lag_p99_ms = self.lagP99Ms
  }
}
