// Generated from twin/statesync/v1/telemetry.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Why a sample isn't stored.
public enum RejectionReason: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// Not readable as a sample.
  case malformed
  /// A required field is absent.
  case missingField
  /// A value is outside its range or not finite.
  case outOfRange
  /// No twin stands for the vehicle.
  case unknownVehicle
  /// A field or column that samples don't have.
  case unknownField
  /// Measured before what is retained.
  case tooOld
  /// Measured later than the bound after our clock.
  case inFuture
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [RejectionReason] {
    [
      .unspecified,
      .malformed,
      .missingField,
      .outOfRange,
      .unknownVehicle,
      .unknownField,
      .tooOld,
      .inFuture,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .malformed
    case 2: self = .missingField
    case 3: self = .outOfRange
    case 4: self = .unknownVehicle
    case 5: self = .unknownField
    case 6: self = .tooOld
    case 7: self = .inFuture
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .malformed: 1
    case .missingField: 2
    case .outOfRange: 3
    case .unknownVehicle: 4
    case .unknownField: 5
    case .tooOld: 6
    case .inFuture: 7
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Format of an upload.
public enum UploadFormat: Sendable, Hashable, CaseIterable {
  /// Invalid.
  case unspecified
  /// One JSON telemetry sample a line.
  case ndjson
  /// RFC 4180 with a header line of field names.
  case csv
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [UploadFormat] {
    [
      .unspecified,
      .ndjson,
      .csv,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .ndjson
    case 2: self = .csv
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .ndjson: 1
    case .csv: 2
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// One batch of one vehicle and source. Each kind of sample counts its sequences on its own: vehicle, environment and
/// operations samples by (vehicle, source), sensor samples by (vehicle, source, sensor_id).
public struct StreamTelemetryRequest: Sendable, Equatable {
  /// Twin id such as "twin-001"; empty when physical_vehicle_id names the vehicle.
  public var vehicleID: String
  /// Physical id such as "AV-001"; empty when vehicle_id names the vehicle.
  public var physicalVehicleID: String
  /// Who sends, 1 to 128 characters; empty means "default".
  public var source: String
  /// Number the sender gives the batch; the acknowledgement repeats it.
  public var batchID: UInt64
  /// Vehicle samples, at most 1,000 a batch (all four kinds together).
  public var samples: [TelemetrySample]
  /// Sensor samples.
  public var sensorSamples: [SensorSample]
  /// Environment samples.
  public var environmentSamples: [EnvironmentSample]
  /// Operations samples.
  public var operationsSamples: [OperationsSample]
  /// Whether the vehicle's virtual telemetry is to be sent back on this stream from now on.
  public var wantVirtualTelemetry: Bool
  /// When the batch was sent, by the source's clock. With `echo` it tells by how much that clock is ahead of ours.
  public var sendTime: ProtoTimestamp?
  /// An acknowledgement that came back on this stream for the same vehicle and source, best the newest; absent before.
  public var echo: AckEcho?

  public init(
    vehicleID: String = "",
    physicalVehicleID: String = "",
    source: String = "",
    batchID: UInt64 = 0,
    samples: [TelemetrySample] = [],
    sensorSamples: [SensorSample] = [],
    environmentSamples: [EnvironmentSample] = [],
    operationsSamples: [OperationsSample] = [],
    wantVirtualTelemetry: Bool = false,
    sendTime: ProtoTimestamp? = nil,
    echo: AckEcho? = nil
  ) {
    self.vehicleID = vehicleID
    self.physicalVehicleID = physicalVehicleID
    self.source = source
    self.batchID = batchID
    self.samples = samples
    self.sensorSamples = sensorSamples
    self.environmentSamples = environmentSamples
    self.operationsSamples = operationsSamples
    self.wantVirtualTelemetry = wantVirtualTelemetry
    self.sendTime = sendTime
    self.echo = echo
  }
}

/// An acknowledgement as the sender saw it arrive.
public struct AckEcho: Sendable, Equatable {
  /// The batch that it acknowledged, which carried a send_time.
  public var batchID: UInt64
  /// When the acknowledgement arrived, by the source's clock.
  public var receiveTime: ProtoTimestamp?

  public init(
    batchID: UInt64 = 0,
    receiveTime: ProtoTimestamp? = nil
  ) {
    self.batchID = batchID
    self.receiveTime = receiveTime
  }
}

/// What flows back to the sender.
public struct StreamTelemetryResponse: Sendable, Equatable {
  public var content: OneOfContent?

  public enum OneOfContent: Sendable, Equatable {
    /// A batch is committed.
    case ack(TelemetryAck)
    /// A virtual state of a vehicle that asked for it.
    case virtualTelemetry(VirtualTelemetry)
    /// Only between replicas: a batch was passed on to one that isn't its vehicle's home.
    case refused(RefusedBatch)
  }

  public init(
    content: OneOfContent? = nil
  ) {
    self.content = content
  }
}

/// A batch that was passed on by a replica which takes another one for its vehicle's home. Nothing of it was taken.
public struct RefusedBatch: Sendable, Equatable {
  public var batchID: UInt64
  /// Address of the home by the one that refuses.
  public var home: String

  public init(
    batchID: UInt64 = 0,
    home: String = ""
  ) {
    self.batchID = batchID
    self.home = home
  }
}

/// A batch is committed: whatever it says was accepted is in the database. Its counts are over all kinds of samples, its
/// sequences are those of the vehicle samples. Batches with samples of other kinds may be acknowledged after later ones.
public struct TelemetryAck: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String
  /// Physical id.
  public var physicalVehicleID: String
  /// Source of the batch.
  public var source: String
  /// The sender's number of the batch.
  public var batchID: UInt64
  /// Highest sequence committed for (vehicle, source).
  public var lastSequence: UInt64
  /// Highest sequence up to which every one is committed for (vehicle, source).
  public var contiguousSequence: UInt64
  /// Samples stored.
  public var accepted: UInt32
  /// Samples that were stored before.
  public var duplicate: UInt32
  /// Samples stored although a newer one was; part of `accepted`.
  public var late: UInt32
  /// Samples not stored.
  public var rejected: UInt32
  /// Reason of each rejected sample, at most 100.
  public var rejections: [RejectedSample]
  /// When the batch was committed, by our clock.
  public var commitTime: ProtoTimestamp?
  /// When the batch arrived, by our clock.
  public var receiveTime: ProtoTimestamp?

  public init(
    vehicleID: String = "",
    physicalVehicleID: String = "",
    source: String = "",
    batchID: UInt64 = 0,
    lastSequence: UInt64 = 0,
    contiguousSequence: UInt64 = 0,
    accepted: UInt32 = 0,
    duplicate: UInt32 = 0,
    late: UInt32 = 0,
    rejected: UInt32 = 0,
    rejections: [RejectedSample] = [],
    commitTime: ProtoTimestamp? = nil,
    receiveTime: ProtoTimestamp? = nil
  ) {
    self.vehicleID = vehicleID
    self.physicalVehicleID = physicalVehicleID
    self.source = source
    self.batchID = batchID
    self.lastSequence = lastSequence
    self.contiguousSequence = contiguousSequence
    self.accepted = accepted
    self.duplicate = duplicate
    self.late = late
    self.rejected = rejected
    self.rejections = rejections
    self.commitTime = commitTime
    self.receiveTime = receiveTime
  }
}

/// A sample that isn't stored.
public struct RejectedSample: Sendable, Equatable {
  /// Row of the file from 1 (neither a CSV header nor an empty line is one), or index in the batch's list of the sample's
  /// kind from 0.
  public var row: UInt64
  /// The sample's sequence; 0 when unreadable.
  public var sequence: UInt64
  /// Why.
  public var reason: RejectionReason
  /// The field that is wrong; empty when it isn't one field. Of a sample that isn't a vehicle sample it says which one,
  /// such as "sensor_samples[3].sensor_id".
  public var field: String
  /// The reason in a sentence.
  public var message: String

  public init(
    row: UInt64 = 0,
    sequence: UInt64 = 0,
    reason: RejectionReason = .unspecified,
    field: String = "",
    message: String = ""
  ) {
    self.row = row
    self.sequence = sequence
    self.reason = reason
    self.field = field
    self.message = message
  }
}

/// A virtual state that flows back to the vehicle.
public struct VirtualTelemetry: Sendable, Equatable {
  /// Newest virtual state with its predictions.
  public var state: VehicleState?

  public init(
    state: VehicleState? = nil
  ) {
    self.state = state
  }
}

/// Samples of one vehicle and source.
public struct PushTelemetryRequest: Sendable, Equatable {
  /// Twin id such as "twin-001"; empty when physical_vehicle_id names the vehicle.
  public var vehicleID: String
  /// Physical id such as "AV-001"; empty when vehicle_id names the vehicle.
  public var physicalVehicleID: String
  /// Who sends, 1 to 128 characters; empty means "default".
  public var source: String
  /// Vehicle samples, at most 1,000 a call (all four kinds together).
  public var samples: [TelemetrySample]
  /// Sensor samples.
  public var sensorSamples: [SensorSample]
  /// Environment samples.
  public var environmentSamples: [EnvironmentSample]
  /// Operations samples.
  public var operationsSamples: [OperationsSample]

  public init(
    vehicleID: String = "",
    physicalVehicleID: String = "",
    source: String = "",
    samples: [TelemetrySample] = [],
    sensorSamples: [SensorSample] = [],
    environmentSamples: [EnvironmentSample] = [],
    operationsSamples: [OperationsSample] = []
  ) {
    self.vehicleID = vehicleID
    self.physicalVehicleID = physicalVehicleID
    self.source = source
    self.samples = samples
    self.sensorSamples = sensorSamples
    self.environmentSamples = environmentSamples
    self.operationsSamples = operationsSamples
  }
}

/// What became of the samples.
public struct PushTelemetryResponse: Sendable, Equatable {
  /// Twin id.
  public var vehicleID: String
  /// Highest sequence committed for (vehicle, source).
  public var lastSequence: UInt64
  /// Samples stored.
  public var accepted: UInt32
  /// Samples that were stored before.
  public var duplicate: UInt32
  /// Samples stored although a newer one was; part of `accepted`.
  public var late: UInt32
  /// Samples not stored.
  public var rejected: UInt32
  /// Reason of each rejected sample, at most 100.
  public var rejections: [RejectedSample]

  public init(
    vehicleID: String = "",
    lastSequence: UInt64 = 0,
    accepted: UInt32 = 0,
    duplicate: UInt32 = 0,
    late: UInt32 = 0,
    rejected: UInt32 = 0,
    rejections: [RejectedSample] = []
  ) {
    self.vehicleID = vehicleID
    self.lastSequence = lastSequence
    self.accepted = accepted
    self.duplicate = duplicate
    self.late = late
    self.rejected = rejected
    self.rejections = rejections
  }
}

/// Part of an upload: a header first, then chunks.
public struct UploadTelemetryRequest: Sendable, Equatable {
  public var content: OneOfContent?

  public enum OneOfContent: Sendable, Equatable {
    /// What comes; the first message.
    case header(UploadHeader)
    /// The next bytes of the file, at most 1 MiB.
    case chunk([UInt8])
  }

  public init(
    content: OneOfContent? = nil
  ) {
    self.content = content
  }
}

/// What an upload holds.
public struct UploadHeader: Sendable, Equatable {
  /// Format of the file. Required.
  public var format: UploadFormat
  /// Whether the bytes are compressed by gzip.
  public var gzip: Bool
  /// Twin of the rows that name none; may be empty.
  public var vehicleID: String
  /// Source of the rows that name none; empty means "upload".
  public var source: String
  /// UUID by the caller; a repeat returns the first upload, unless its header was another one. May be empty.
  public var requestID: String

  public init(
    format: UploadFormat = .unspecified,
    gzip: Bool = false,
    vehicleID: String = "",
    source: String = "",
    requestID: String = ""
  ) {
    self.format = format
    self.gzip = gzip
    self.vehicleID = vehicleID
    self.source = source
    self.requestID = requestID
  }
}

/// An upload and what became of its rows.
public struct Upload: Sendable, Equatable {
  /// Id such as "upload-000001".
  public var id: String
  /// Where it stands: queued, running, completed, or failed. What was stored before it failed stays.
  public var status: JobStatus
  /// Bytes that came, as sent.
  public var bytesReceived: UInt64
  /// Rows read so far.
  public var rows: UInt64
  /// Rows stored.
  public var accepted: UInt64
  /// Rows that were stored before.
  public var duplicate: UInt64
  /// Rows stored although a newer one was; part of `accepted`.
  public var late: UInt64
  /// Rows not stored.
  public var rejected: UInt64
  /// The first rejected rows, at most 100; ListUploadRejections lists the first 10,000, further ones are only counted.
  public var rejections: [RejectedSample]
  /// Share worked off, 0 to 1.
  public var progress: Double
  /// Why it failed.
  public var error: String?
  /// When it began.
  public var createTime: ProtoTimestamp?
  /// When it ended; absent before.
  public var endTime: ProtoTimestamp?

  public init(
    id: String = "",
    status: JobStatus = .unspecified,
    bytesReceived: UInt64 = 0,
    rows: UInt64 = 0,
    accepted: UInt64 = 0,
    duplicate: UInt64 = 0,
    late: UInt64 = 0,
    rejected: UInt64 = 0,
    rejections: [RejectedSample] = [],
    progress: Double = 0,
    error: String? = nil,
    createTime: ProtoTimestamp? = nil,
    endTime: ProtoTimestamp? = nil
  ) {
    self.id = id
    self.status = status
    self.bytesReceived = bytesReceived
    self.rows = rows
    self.accepted = accepted
    self.duplicate = duplicate
    self.late = late
    self.rejected = rejected
    self.rejections = rejections
    self.progress = progress
    self.error = error
    self.createTime = createTime
    self.endTime = endTime
  }
}

/// Names an upload.
public struct GetUploadRequest: Sendable, Equatable {
  /// Id of the upload.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of rejected rows.
public struct ListUploadRejectionsRequest: Sendable, Equatable {
  /// Id of the upload.
  public var id: String
  /// Rows a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    id: String = "",
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.id = id
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of rejected rows.
public struct ListUploadRejectionsResponse: Sendable, Equatable {
  /// Rejected rows in the order of the file.
  public var rejections: [RejectedSample]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    rejections: [RejectedSample] = [],
    nextPageToken: String = ""
  ) {
    self.rejections = rejections
    self.nextPageToken = nextPageToken
  }
}

/// A CloudEvents 1.0 event.
public struct Event: Sendable, Equatable {
  /// Id, unique within `source`, 1 to 256 characters.
  public var id: String
  /// URI reference of where it happened, 1 to 1,024 characters. No two events with one source have the same id.
  public var source: String
  /// "1.0".
  public var specversion: String
  /// What happened, such as "twin.vehicle.hard_brake"; 1 to 256 characters.
  public var type: String
  /// Vehicle it is about: twin id or physical id, 1 to 128 characters. Absent for what is about no vehicle.
  public var subject: String?
  /// When it happened; absent means when it arrived.
  public var time: ProtoTimestamp?
  /// Media type of the data, at most 256 characters; absent means JSON unless the data is binary.
  public var datacontenttype: String?
  /// URI of the data's schema, at most 1,024 characters.
  public var dataschema: String?
  /// JSON data, at most 64 KiB encoded; absent when there is none or it is binary.
  public var data: ProtoValue?
  /// Binary data, at most 64 KiB.
  public var dataBase64: [UInt8]?
  /// Extension attributes (in CloudEvents JSON they stand beside the others), at most 64: names of 1 to 64 characters of
  /// [a-z0-9], values texts of at most 1,024 characters, booleans or whole numbers of 32 bits.
  public var extensions: ProtoStruct?

  public init(
    id: String = "",
    source: String = "",
    specversion: String = "",
    type: String = "",
    subject: String? = nil,
    time: ProtoTimestamp? = nil,
    datacontenttype: String? = nil,
    dataschema: String? = nil,
    data: ProtoValue? = nil,
    dataBase64: [UInt8]? = nil,
    extensions: ProtoStruct? = nil
  ) {
    self.id = id
    self.source = source
    self.specversion = specversion
    self.type = type
    self.subject = subject
    self.time = time
    self.datacontenttype = datacontenttype
    self.dataschema = dataschema
    self.data = data
    self.dataBase64 = dataBase64
    self.extensions = extensions
  }
}

/// Events to take in.
public struct PublishEventsRequest: Sendable, Equatable {
  /// Events, 1 to 1,000.
  public var events: [Event]

  public init(
    events: [Event] = []
  ) {
    self.events = events
  }
}

/// What became of the events.
public struct PublishEventsResponse: Sendable, Equatable {
  /// Events stored.
  public var accepted: UInt32
  /// Events that were stored before.
  public var duplicate: UInt32
  /// Events not stored.
  public var rejected: UInt32
  /// Reason of each rejected event.
  public var rejections: [RejectedEvent]

  public init(
    accepted: UInt32 = 0,
    duplicate: UInt32 = 0,
    rejected: UInt32 = 0,
    rejections: [RejectedEvent] = []
  ) {
    self.accepted = accepted
    self.duplicate = duplicate
    self.rejected = rejected
    self.rejections = rejections
  }
}

/// An event that isn't stored.
public struct RejectedEvent: Sendable, Equatable {
  /// Index in the request, from 0.
  public var index: UInt32
  /// The attribute that is wrong.
  public var field: String
  /// Why.
  public var message: String

  public init(
    index: UInt32 = 0,
    field: String = "",
    message: String = ""
  ) {
    self.index = index
    self.field = field
    self.message = message
  }
}

extension StreamTelemetryRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.StreamTelemetryRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamTelemetryRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__stream_telemetry_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__StreamTelemetryRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.StreamTelemetryRequest.vehicle_id")
    let value1 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.statesync.v1.StreamTelemetryRequest.physical_vehicle_id")
    let value2 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.StreamTelemetryRequest.source")
    let value3 = c.pointee.batch_id
    let value4 = try MessageCodec.messages(c.pointee.samples, c.pointee.n_samples, TelemetrySample.self)
    let value5 = try MessageCodec.messages(c.pointee.sensor_samples, c.pointee.n_sensor_samples, SensorSample.self)
    let value6 = try MessageCodec.messages(c.pointee.environment_samples, c.pointee.n_environment_samples, EnvironmentSample.self)
    let value7 = try MessageCodec.messages(c.pointee.operations_samples, c.pointee.n_operations_samples, OperationsSample.self)
    let value8 = c.pointee.want_virtual_telemetry != 0
    let value9 = try MessageCodec.message(c.pointee.send_time, ProtoTimestamp.self)
    let value10 = try MessageCodec.message(c.pointee.echo, AckEcho.self)
    room.put(\.vehicleID, value0)
    room.put(\.physicalVehicleID, value1)
    room.put(\.source, value2)
    room.put(\.batchID, value3)
    room.put(\.samples, value4)
    room.put(\.sensorSamples, value5)
    room.put(\.environmentSamples, value6)
    room.put(\.operationsSamples, value7)
    room.put(\.wantVirtualTelemetry, value8)
    room.put(\.sendTime, value9)
    room.put(\.echo, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__StreamTelemetryRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__StreamTelemetryRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.batch_id = self.batchID
    c.pointee.n_samples = self.samples.count
    c.pointee.samples = try scratch.messages(self.samples)
    c.pointee.n_sensor_samples = self.sensorSamples.count
    c.pointee.sensor_samples = try scratch.messages(self.sensorSamples)
    c.pointee.n_environment_samples = self.environmentSamples.count
    c.pointee.environment_samples = try scratch.messages(self.environmentSamples)
    c.pointee.n_operations_samples = self.operationsSamples.count
    c.pointee.operations_samples = try scratch.messages(self.operationsSamples)
    c.pointee.want_virtual_telemetry = self.wantVirtualTelemetry ? 1 : 0
    if let value = self.sendTime { c.pointee.send_time = try scratch.message(value) }
    if let value = self.echo { c.pointee.echo = try scratch.message(value) }
  }
}

extension AckEcho: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.AckEcho" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension AckEcho: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__ack_echo__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__AckEcho>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.batch_id
    let value1 = try MessageCodec.message(c.pointee.receive_time, ProtoTimestamp.self)
    room.put(\.batchID, value0)
    room.put(\.receiveTime, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__AckEcho>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__AckEcho())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.batch_id = self.batchID
    if let value = self.receiveTime { c.pointee.receive_time = try scratch.message(value) }
  }
}

extension StreamTelemetryResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.StreamTelemetryResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamTelemetryResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__stream_telemetry_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__StreamTelemetryResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 1:
      value0 = try MessageCodec.message(c.pointee.ack, TelemetryAck.self).map { .ack($0) }
    case 2:
      value0 = try MessageCodec.message(c.pointee.virtual_telemetry, VirtualTelemetry.self).map { .virtualTelemetry($0) }
    case 3:
      value0 = try MessageCodec.message(c.pointee.refused, RefusedBatch.self).map { .refused($0) }
    default: value0 = nil
    }
    room.put(\.content, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__StreamTelemetryResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__StreamTelemetryResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    switch self.content {
    case .ack(let value)?:
      c.pointee.ack = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__StreamTelemetryResponse__ContentCase(rawValue: 1)
    case .virtualTelemetry(let value)?:
      c.pointee.virtual_telemetry = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__StreamTelemetryResponse__ContentCase(rawValue: 2)
    case .refused(let value)?:
      c.pointee.refused = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__StreamTelemetryResponse__ContentCase(rawValue: 3)
    case nil: break
    }
  }
}

extension RefusedBatch: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.RefusedBatch" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RefusedBatch: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__refused_batch__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__RefusedBatch>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.batch_id
    let value1 = try MessageCodec.string(c.pointee.home, "twin.statesync.v1.RefusedBatch.home")
    room.put(\.batchID, value0)
    room.put(\.home, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__RefusedBatch>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__RefusedBatch())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.batch_id = self.batchID
    c.pointee.home = try scratch.string(self.home)
  }
}

extension TelemetryAck: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.TelemetryAck" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TelemetryAck: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__telemetry_ack__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__TelemetryAck>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.TelemetryAck.vehicle_id")
    let value1 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.statesync.v1.TelemetryAck.physical_vehicle_id")
    let value2 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.TelemetryAck.source")
    let value3 = c.pointee.batch_id
    let value4 = c.pointee.last_sequence
    let value5 = c.pointee.contiguous_sequence
    let value6 = c.pointee.accepted
    let value7 = c.pointee.duplicate
    let value8 = c.pointee.late
    let value9 = c.pointee.rejected
    let value10 = try MessageCodec.messages(c.pointee.rejections, c.pointee.n_rejections, RejectedSample.self)
    let value11 = try MessageCodec.message(c.pointee.commit_time, ProtoTimestamp.self)
    let value12 = try MessageCodec.message(c.pointee.receive_time, ProtoTimestamp.self)
    room.put(\.vehicleID, value0)
    room.put(\.physicalVehicleID, value1)
    room.put(\.source, value2)
    room.put(\.batchID, value3)
    room.put(\.lastSequence, value4)
    room.put(\.contiguousSequence, value5)
    room.put(\.accepted, value6)
    room.put(\.duplicate, value7)
    room.put(\.late, value8)
    room.put(\.rejected, value9)
    room.put(\.rejections, value10)
    room.put(\.commitTime, value11)
    room.put(\.receiveTime, value12)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__TelemetryAck>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__TelemetryAck())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(13 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.batch_id = self.batchID
    c.pointee.last_sequence = self.lastSequence
    c.pointee.contiguous_sequence = self.contiguousSequence
    c.pointee.accepted = self.accepted
    c.pointee.duplicate = self.duplicate
    c.pointee.late = self.late
    c.pointee.rejected = self.rejected
    c.pointee.n_rejections = self.rejections.count
    c.pointee.rejections = try scratch.messages(self.rejections)
    if let value = self.commitTime { c.pointee.commit_time = try scratch.message(value) }
    if let value = self.receiveTime { c.pointee.receive_time = try scratch.message(value) }
  }
}

extension RejectedSample: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.RejectedSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RejectedSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__rejected_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__RejectedSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.row
    let value1 = c.pointee.sequence
    let value2 = RejectionReason(rawValue: Int32(truncatingIfNeeded: c.pointee.reason.rawValue))
    let value3 = try MessageCodec.string(c.pointee.field, "twin.statesync.v1.RejectedSample.field")
    let value4 = try MessageCodec.string(c.pointee.message, "twin.statesync.v1.RejectedSample.message")
    room.put(\.row, value0)
    room.put(\.sequence, value1)
    room.put(\.reason, value2)
    room.put(\.field, value3)
    room.put(\.message, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__RejectedSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__RejectedSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.row = self.row
    c.pointee.sequence = self.sequence
    c.pointee.reason = Twin__Statesync__V1__RejectionReason(rawValue: .init(truncatingIfNeeded: self.reason.rawValue))
    c.pointee.field = try scratch.string(self.field)
    c.pointee.message = try scratch.string(self.message)
  }
}

extension VirtualTelemetry: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.VirtualTelemetry" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension VirtualTelemetry: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__virtual_telemetry__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__VirtualTelemetry>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.state, VehicleState.self)
    room.put(\.state, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__VirtualTelemetry>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__VirtualTelemetry())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.state { c.pointee.state = try scratch.message(value) }
  }
}

extension PushTelemetryRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PushTelemetryRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PushTelemetryRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__push_telemetry_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PushTelemetryRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.PushTelemetryRequest.vehicle_id")
    let value1 = try MessageCodec.string(c.pointee.physical_vehicle_id, "twin.statesync.v1.PushTelemetryRequest.physical_vehicle_id")
    let value2 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.PushTelemetryRequest.source")
    let value3 = try MessageCodec.messages(c.pointee.samples, c.pointee.n_samples, TelemetrySample.self)
    let value4 = try MessageCodec.messages(c.pointee.sensor_samples, c.pointee.n_sensor_samples, SensorSample.self)
    let value5 = try MessageCodec.messages(c.pointee.environment_samples, c.pointee.n_environment_samples, EnvironmentSample.self)
    let value6 = try MessageCodec.messages(c.pointee.operations_samples, c.pointee.n_operations_samples, OperationsSample.self)
    room.put(\.vehicleID, value0)
    room.put(\.physicalVehicleID, value1)
    room.put(\.source, value2)
    room.put(\.samples, value3)
    room.put(\.sensorSamples, value4)
    room.put(\.environmentSamples, value5)
    room.put(\.operationsSamples, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PushTelemetryRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PushTelemetryRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.physical_vehicle_id = try scratch.string(self.physicalVehicleID)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.n_samples = self.samples.count
    c.pointee.samples = try scratch.messages(self.samples)
    c.pointee.n_sensor_samples = self.sensorSamples.count
    c.pointee.sensor_samples = try scratch.messages(self.sensorSamples)
    c.pointee.n_environment_samples = self.environmentSamples.count
    c.pointee.environment_samples = try scratch.messages(self.environmentSamples)
    c.pointee.n_operations_samples = self.operationsSamples.count
    c.pointee.operations_samples = try scratch.messages(self.operationsSamples)
  }
}

extension PushTelemetryResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PushTelemetryResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PushTelemetryResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__push_telemetry_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PushTelemetryResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.PushTelemetryResponse.vehicle_id")
    let value1 = c.pointee.last_sequence
    let value2 = c.pointee.accepted
    let value3 = c.pointee.duplicate
    let value4 = c.pointee.late
    let value5 = c.pointee.rejected
    let value6 = try MessageCodec.messages(c.pointee.rejections, c.pointee.n_rejections, RejectedSample.self)
    room.put(\.vehicleID, value0)
    room.put(\.lastSequence, value1)
    room.put(\.accepted, value2)
    room.put(\.duplicate, value3)
    room.put(\.late, value4)
    room.put(\.rejected, value5)
    room.put(\.rejections, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PushTelemetryResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PushTelemetryResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.last_sequence = self.lastSequence
    c.pointee.accepted = self.accepted
    c.pointee.duplicate = self.duplicate
    c.pointee.late = self.late
    c.pointee.rejected = self.rejected
    c.pointee.n_rejections = self.rejections.count
    c.pointee.rejections = try scratch.messages(self.rejections)
  }
}

extension UploadTelemetryRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.UploadTelemetryRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension UploadTelemetryRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__upload_telemetry_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__UploadTelemetryRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 1:
      value0 = try MessageCodec.message(c.pointee.header, UploadHeader.self).map { .header($0) }
    case 2:
      value0 = .chunk(MessageCodec.bytes(c.pointee.chunk))
    default: value0 = nil
    }
    room.put(\.content, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__UploadTelemetryRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__UploadTelemetryRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    switch self.content {
    case .header(let value)?:
      c.pointee.header = try scratch.message(value)
      c.pointee.content_case = Twin__Statesync__V1__UploadTelemetryRequest__ContentCase(rawValue: 1)
    case .chunk(let value)?:
      c.pointee.chunk = try scratch.bytes(value)
      c.pointee.content_case = Twin__Statesync__V1__UploadTelemetryRequest__ContentCase(rawValue: 2)
    case nil: break
    }
  }
}

extension UploadHeader: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.UploadHeader" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension UploadHeader: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__upload_header__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__UploadHeader>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = UploadFormat(rawValue: Int32(truncatingIfNeeded: c.pointee.format.rawValue))
    let value1 = c.pointee.gzip != 0
    let value2 = try MessageCodec.string(c.pointee.vehicle_id, "twin.statesync.v1.UploadHeader.vehicle_id")
    let value3 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.UploadHeader.source")
    let value4 = try MessageCodec.string(c.pointee.request_id, "twin.statesync.v1.UploadHeader.request_id")
    room.put(\.format, value0)
    room.put(\.gzip, value1)
    room.put(\.vehicleID, value2)
    room.put(\.source, value3)
    room.put(\.requestID, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__UploadHeader>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__UploadHeader())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.format = Twin__Statesync__V1__UploadFormat(rawValue: .init(truncatingIfNeeded: self.format.rawValue))
    c.pointee.gzip = self.gzip ? 1 : 0
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension Upload: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Upload" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Upload: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__upload__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Upload>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.Upload.id")
    let value1 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value2 = c.pointee.bytes_received
    let value3 = c.pointee.rows
    let value4 = c.pointee.accepted
    let value5 = c.pointee.duplicate
    let value6 = c.pointee.late
    let value7 = c.pointee.rejected
    let value8 = try MessageCodec.messages(c.pointee.rejections, c.pointee.n_rejections, RejectedSample.self)
    let value9 = c.pointee.progress
    let value10 = try c.pointee.error_presence_case.rawValue == 11 ? MessageCodec.string(c.pointee.error, "twin.statesync.v1.Upload.error") : nil
    let value11 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value12 = try MessageCodec.message(c.pointee.end_time, ProtoTimestamp.self)
    room.put(\.id, value0)
    room.put(\.status, value1)
    room.put(\.bytesReceived, value2)
    room.put(\.rows, value3)
    room.put(\.accepted, value4)
    room.put(\.duplicate, value5)
    room.put(\.late, value6)
    room.put(\.rejected, value7)
    room.put(\.rejections, value8)
    room.put(\.progress, value9)
    room.put(\.error, value10)
    room.put(\.createTime, value11)
    room.put(\.endTime, value12)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Upload>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Upload())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(13 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.bytes_received = self.bytesReceived
    c.pointee.rows = self.rows
    c.pointee.accepted = self.accepted
    c.pointee.duplicate = self.duplicate
    c.pointee.late = self.late
    c.pointee.rejected = self.rejected
    c.pointee.n_rejections = self.rejections.count
    c.pointee.rejections = try scratch.messages(self.rejections)
    c.pointee.progress = self.progress
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Statesync__V1__Upload__ErrorPresenceCase(rawValue: 11)
    }
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    if let value = self.endTime { c.pointee.end_time = try scratch.message(value) }
  }
}

extension GetUploadRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetUploadRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetUploadRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_upload_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetUploadRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.GetUploadRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetUploadRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetUploadRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListUploadRejectionsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListUploadRejectionsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListUploadRejectionsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_upload_rejections_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListUploadRejectionsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.ListUploadRejectionsRequest.id")
    let value1 = c.pointee.page_size
    let value2 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.ListUploadRejectionsRequest.page_token")
    room.put(\.id, value0)
    room.put(\.pageSize, value1)
    room.put(\.pageToken, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListUploadRejectionsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListUploadRejectionsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListUploadRejectionsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListUploadRejectionsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListUploadRejectionsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_upload_rejections_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListUploadRejectionsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.rejections, c.pointee.n_rejections, RejectedSample.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.ListUploadRejectionsResponse.next_page_token")
    room.put(\.rejections, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListUploadRejectionsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListUploadRejectionsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_rejections = self.rejections.count
    c.pointee.rejections = try scratch.messages(self.rejections)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension Event: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Event" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Event: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__event__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Event>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.Event.id")
    let value1 = try MessageCodec.string(c.pointee.source, "twin.statesync.v1.Event.source")
    let value2 = try MessageCodec.string(c.pointee.specversion, "twin.statesync.v1.Event.specversion")
    let value3 = try MessageCodec.string(c.pointee.type, "twin.statesync.v1.Event.type")
    let value4 = try c.pointee.subject_presence_case.rawValue == 5 ? MessageCodec.string(c.pointee.subject, "twin.statesync.v1.Event.subject") : nil
    let value5 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value6 = try c.pointee.datacontenttype_presence_case.rawValue == 7 ? MessageCodec.string(c.pointee.datacontenttype, "twin.statesync.v1.Event.datacontenttype") : nil
    let value7 = try c.pointee.dataschema_presence_case.rawValue == 8 ? MessageCodec.string(c.pointee.dataschema, "twin.statesync.v1.Event.dataschema") : nil
    let value8 = try MessageCodec.message(c.pointee.data, ProtoValue.self)
    let value9 = c.pointee.data_base64_presence_case.rawValue == 10 ? MessageCodec.bytes(c.pointee.data_base64) : nil
    let value10 = try MessageCodec.message(c.pointee.extensions, ProtoStruct.self)
    room.put(\.id, value0)
    room.put(\.source, value1)
    room.put(\.specversion, value2)
    room.put(\.type, value3)
    room.put(\.subject, value4)
    room.put(\.time, value5)
    room.put(\.datacontenttype, value6)
    room.put(\.dataschema, value7)
    room.put(\.data, value8)
    room.put(\.dataBase64, value9)
    room.put(\.extensions, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Event>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Event())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.source = try scratch.string(self.source)
    c.pointee.specversion = try scratch.string(self.specversion)
    c.pointee.type = try scratch.string(self.type)
    if let value = self.subject {
      c.pointee.subject = try scratch.string(value)
      c.pointee.subject_presence_case = Twin__Statesync__V1__Event__SubjectPresenceCase(rawValue: 5)
    }
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    if let value = self.datacontenttype {
      c.pointee.datacontenttype = try scratch.string(value)
      c.pointee.datacontenttype_presence_case = Twin__Statesync__V1__Event__DatacontenttypePresenceCase(rawValue: 7)
    }
    if let value = self.dataschema {
      c.pointee.dataschema = try scratch.string(value)
      c.pointee.dataschema_presence_case = Twin__Statesync__V1__Event__DataschemaPresenceCase(rawValue: 8)
    }
    if let value = self.data { c.pointee.data = try scratch.message(value) }
    if let value = self.dataBase64 {
      c.pointee.data_base64 = try scratch.bytes(value)
      c.pointee.data_base64_presence_case = Twin__Statesync__V1__Event__DataBase64PresenceCase(rawValue: 10)
    }
    if let value = self.extensions { c.pointee.extensions = try scratch.message(value) }
  }
}

extension PublishEventsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PublishEventsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PublishEventsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__publish_events_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PublishEventsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.events, c.pointee.n_events, Event.self)
    room.put(\.events, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PublishEventsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PublishEventsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_events = self.events.count
    c.pointee.events = try scratch.messages(self.events)
  }
}

extension PublishEventsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PublishEventsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PublishEventsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__publish_events_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PublishEventsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.accepted
    let value1 = c.pointee.duplicate
    let value2 = c.pointee.rejected
    let value3 = try MessageCodec.messages(c.pointee.rejections, c.pointee.n_rejections, RejectedEvent.self)
    room.put(\.accepted, value0)
    room.put(\.duplicate, value1)
    room.put(\.rejected, value2)
    room.put(\.rejections, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PublishEventsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PublishEventsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.accepted = self.accepted
    c.pointee.duplicate = self.duplicate
    c.pointee.rejected = self.rejected
    c.pointee.n_rejections = self.rejections.count
    c.pointee.rejections = try scratch.messages(self.rejections)
  }
}

extension RejectedEvent: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.RejectedEvent" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RejectedEvent: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__rejected_event__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__RejectedEvent>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.index
    let value1 = try MessageCodec.string(c.pointee.field, "twin.statesync.v1.RejectedEvent.field")
    let value2 = try MessageCodec.string(c.pointee.message, "twin.statesync.v1.RejectedEvent.message")
    room.put(\.index, value0)
    room.put(\.field, value1)
    room.put(\.message, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__RejectedEvent>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__RejectedEvent())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.index = self.index
    c.pointee.field = try scratch.string(self.field)
    c.pointee.message = try scratch.string(self.message)
  }
}
