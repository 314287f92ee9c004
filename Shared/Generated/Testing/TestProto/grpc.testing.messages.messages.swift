// Generated from grpc/testing/messages.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTestProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Kind of a payload.
public enum PayloadType: Sendable, Hashable, CaseIterable {
  /// Bytes that compress well.
  case compressable
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [PayloadType] {
    [
      .compressable,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .compressable
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .compressable: 0
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// How a client reached the server, in tests of grpclb.
public enum GrpclbRouteType: Sendable, Hashable, CaseIterable {
  /// Not known.
  case unknown
  /// By the fallback address.
  case fallback
  /// By an address the balancer gave.
  case backend
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [GrpclbRouteType] {
    [
      .unknown,
      .fallback,
      .backend,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unknown
    case 1: self = .fallback
    case 2: self = .backend
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unknown: 0
    case .fallback: 1
    case .backend: 2
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A bool that can be absent.
public struct BoolValue: Sendable, Equatable {
  /// The value.
  public var value: Bool

  public init(
    value: Bool = false
  ) {
    self.value = value
  }
}

/// Bytes of a wanted size.
public struct Payload: Sendable, Equatable {
  /// Kind of the bytes.
  public var type: PayloadType
  /// The bytes.
  public var body: [UInt8]

  public init(
    type: PayloadType = .compressable,
    body: [UInt8] = []
  ) {
    self.type = type
    self.body = body
  }
}

/// A status that the server shall answer with.
public struct EchoStatus: Sendable, Equatable {
  /// Status code.
  public var code: Int32
  /// Status message.
  public var message: String

  public init(
    code: Int32 = 0,
    message: String = ""
  ) {
    self.code = code
    self.message = message
  }
}

/// Request of a unary call.
public struct SimpleRequest: Sendable, Equatable {
  /// Wanted kind of the answer's payload.
  public var responseType: PayloadType
  /// Wanted size of the answer's payload in bytes.
  public var responseSize: Int32
  /// Payload of the request.
  public var payload: Payload?
  /// Whether the answer shall hold the user's name.
  public var fillUsername: Bool
  /// Whether the answer shall hold the OAuth scope.
  public var fillOauthScope: Bool
  /// Whether the answer shall be compressed.
  public var responseCompressed: BoolValue?
  /// Status to answer with.
  public var responseStatus: EchoStatus?
  /// Whether the server shall find this request compressed.
  public var expectCompressed: BoolValue?
  /// Whether the answer shall hold the server's id.
  public var fillServerID: Bool
  /// Whether the answer shall hold the route's kind.
  public var fillGrpclbRouteType: Bool

  public init(
    responseType: PayloadType = .compressable,
    responseSize: Int32 = 0,
    payload: Payload? = nil,
    fillUsername: Bool = false,
    fillOauthScope: Bool = false,
    responseCompressed: BoolValue? = nil,
    responseStatus: EchoStatus? = nil,
    expectCompressed: BoolValue? = nil,
    fillServerID: Bool = false,
    fillGrpclbRouteType: Bool = false
  ) {
    self.responseType = responseType
    self.responseSize = responseSize
    self.payload = payload
    self.fillUsername = fillUsername
    self.fillOauthScope = fillOauthScope
    self.responseCompressed = responseCompressed
    self.responseStatus = responseStatus
    self.expectCompressed = expectCompressed
    self.fillServerID = fillServerID
    self.fillGrpclbRouteType = fillGrpclbRouteType
  }
}

/// Answer of a unary call.
public struct SimpleResponse: Sendable, Equatable {
  /// The wanted payload.
  public var payload: Payload?
  /// Name of the user.
  public var username: String
  /// OAuth scope.
  public var oauthScope: String
  /// Id of the server.
  public var serverID: String
  /// Kind of the route.
  public var grpclbRouteType: GrpclbRouteType
  /// Host of the server.
  public var hostname: String

  public init(
    payload: Payload? = nil,
    username: String = "",
    oauthScope: String = "",
    serverID: String = "",
    grpclbRouteType: GrpclbRouteType = .unknown,
    hostname: String = ""
  ) {
    self.payload = payload
    self.username = username
    self.oauthScope = oauthScope
    self.serverID = serverID
    self.grpclbRouteType = grpclbRouteType
    self.hostname = hostname
  }
}

/// One message of a client-streaming call.
public struct StreamingInputCallRequest: Sendable, Equatable {
  /// Payload of the message.
  public var payload: Payload?
  /// Whether the server shall find this message compressed.
  public var expectCompressed: BoolValue?

  public init(
    payload: Payload? = nil,
    expectCompressed: BoolValue? = nil
  ) {
    self.payload = payload
    self.expectCompressed = expectCompressed
  }
}

/// Answer of a client-streaming call.
public struct StreamingInputCallResponse: Sendable, Equatable {
  /// Size of all payloads together in bytes.
  public var aggregatedPayloadSize: Int32

  public init(
    aggregatedPayloadSize: Int32 = 0
  ) {
    self.aggregatedPayloadSize = aggregatedPayloadSize
  }
}

/// What one answer of a stream shall be.
public struct ResponseParameters: Sendable, Equatable {
  /// Wanted size of the payload in bytes.
  public var size: Int32
  /// Wanted time before this answer in microseconds.
  public var intervalUs: Int32
  /// Whether the answer shall be compressed.
  public var compressed: BoolValue?

  public init(
    size: Int32 = 0,
    intervalUs: Int32 = 0,
    compressed: BoolValue? = nil
  ) {
    self.size = size
    self.intervalUs = intervalUs
    self.compressed = compressed
  }
}

/// Request of a server-streaming or bidirectional call.
public struct StreamingOutputCallRequest: Sendable, Equatable {
  /// Wanted kind of the answers' payloads.
  public var responseType: PayloadType
  /// The wanted answers.
  public var responseParameters: [ResponseParameters]
  /// Payload of the request.
  public var payload: Payload?
  /// Status to answer with.
  public var responseStatus: EchoStatus?

  public init(
    responseType: PayloadType = .compressable,
    responseParameters: [ResponseParameters] = [],
    payload: Payload? = nil,
    responseStatus: EchoStatus? = nil
  ) {
    self.responseType = responseType
    self.responseParameters = responseParameters
    self.payload = payload
    self.responseStatus = responseStatus
  }
}

/// One answer of a stream.
public struct StreamingOutputCallResponse: Sendable, Equatable {
  /// The wanted payload.
  public var payload: Payload?

  public init(
    payload: Payload? = nil
  ) {
    self.payload = payload
  }
}

extension BoolValue: RPCMessage {
  public static var messageName: String { "grpc.testing.BoolValue" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension BoolValue: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__bool_value__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__BoolValue>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.value != 0
    room.put(\.value, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__BoolValue>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__BoolValue())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.value = self.value ? 1 : 0
  }
}

extension Payload: RPCMessage {
  public static var messageName: String { "grpc.testing.Payload" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Payload: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__payload__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__Payload>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = PayloadType(rawValue: Int32(truncatingIfNeeded: c.pointee.type.rawValue))
    let value1 = MessageCodec.bytes(c.pointee.body)
    room.put(\.type, value0)
    room.put(\.body, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__Payload>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__Payload())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.type = Grpc__Testing__PayloadType(rawValue: .init(truncatingIfNeeded: self.type.rawValue))
    c.pointee.body = try scratch.bytes(self.body)
  }
}

extension EchoStatus: RPCMessage {
  public static var messageName: String { "grpc.testing.EchoStatus" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EchoStatus: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__echo_status__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__EchoStatus>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.code
    let value1 = try MessageCodec.string(c.pointee.message, "grpc.testing.EchoStatus.message")
    room.put(\.code, value0)
    room.put(\.message, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__EchoStatus>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__EchoStatus())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.code = self.code
    c.pointee.message = try scratch.string(self.message)
  }
}

extension SimpleRequest: RPCMessage {
  public static var messageName: String { "grpc.testing.SimpleRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SimpleRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__simple_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__SimpleRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = PayloadType(rawValue: Int32(truncatingIfNeeded: c.pointee.response_type.rawValue))
    let value1 = c.pointee.response_size
    let value2 = try MessageCodec.message(c.pointee.payload, Payload.self)
    let value3 = c.pointee.fill_username != 0
    let value4 = c.pointee.fill_oauth_scope != 0
    let value5 = try MessageCodec.message(c.pointee.response_compressed, BoolValue.self)
    let value6 = try MessageCodec.message(c.pointee.response_status, EchoStatus.self)
    let value7 = try MessageCodec.message(c.pointee.expect_compressed, BoolValue.self)
    let value8 = c.pointee.fill_server_id != 0
    let value9 = c.pointee.fill_grpclb_route_type != 0
    room.put(\.responseType, value0)
    room.put(\.responseSize, value1)
    room.put(\.payload, value2)
    room.put(\.fillUsername, value3)
    room.put(\.fillOauthScope, value4)
    room.put(\.responseCompressed, value5)
    room.put(\.responseStatus, value6)
    room.put(\.expectCompressed, value7)
    room.put(\.fillServerID, value8)
    room.put(\.fillGrpclbRouteType, value9)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__SimpleRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__SimpleRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.response_type = Grpc__Testing__PayloadType(rawValue: .init(truncatingIfNeeded: self.responseType.rawValue))
    c.pointee.response_size = self.responseSize
    if let value = self.payload { c.pointee.payload = try scratch.message(value) }
    c.pointee.fill_username = self.fillUsername ? 1 : 0
    c.pointee.fill_oauth_scope = self.fillOauthScope ? 1 : 0
    if let value = self.responseCompressed { c.pointee.response_compressed = try scratch.message(value) }
    if let value = self.responseStatus { c.pointee.response_status = try scratch.message(value) }
    if let value = self.expectCompressed { c.pointee.expect_compressed = try scratch.message(value) }
    c.pointee.fill_server_id = self.fillServerID ? 1 : 0
    c.pointee.fill_grpclb_route_type = self.fillGrpclbRouteType ? 1 : 0
  }
}

extension SimpleResponse: RPCMessage {
  public static var messageName: String { "grpc.testing.SimpleResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SimpleResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__simple_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__SimpleResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.payload, Payload.self)
    let value1 = try MessageCodec.string(c.pointee.username, "grpc.testing.SimpleResponse.username")
    let value2 = try MessageCodec.string(c.pointee.oauth_scope, "grpc.testing.SimpleResponse.oauth_scope")
    let value3 = try MessageCodec.string(c.pointee.server_id, "grpc.testing.SimpleResponse.server_id")
    let value4 = GrpclbRouteType(rawValue: Int32(truncatingIfNeeded: c.pointee.grpclb_route_type.rawValue))
    let value5 = try MessageCodec.string(c.pointee.hostname, "grpc.testing.SimpleResponse.hostname")
    room.put(\.payload, value0)
    room.put(\.username, value1)
    room.put(\.oauthScope, value2)
    room.put(\.serverID, value3)
    room.put(\.grpclbRouteType, value4)
    room.put(\.hostname, value5)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__SimpleResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__SimpleResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    if let value = self.payload { c.pointee.payload = try scratch.message(value) }
    c.pointee.username = try scratch.string(self.username)
    c.pointee.oauth_scope = try scratch.string(self.oauthScope)
    c.pointee.server_id = try scratch.string(self.serverID)
    c.pointee.grpclb_route_type = Grpc__Testing__GrpclbRouteType(rawValue: .init(truncatingIfNeeded: self.grpclbRouteType.rawValue))
    c.pointee.hostname = try scratch.string(self.hostname)
  }
}

extension StreamingInputCallRequest: RPCMessage {
  public static var messageName: String { "grpc.testing.StreamingInputCallRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamingInputCallRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__streaming_input_call_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__StreamingInputCallRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.payload, Payload.self)
    let value1 = try MessageCodec.message(c.pointee.expect_compressed, BoolValue.self)
    room.put(\.payload, value0)
    room.put(\.expectCompressed, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingInputCallRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__StreamingInputCallRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.payload { c.pointee.payload = try scratch.message(value) }
    if let value = self.expectCompressed { c.pointee.expect_compressed = try scratch.message(value) }
  }
}

extension StreamingInputCallResponse: RPCMessage {
  public static var messageName: String { "grpc.testing.StreamingInputCallResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamingInputCallResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__streaming_input_call_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__StreamingInputCallResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.aggregated_payload_size
    room.put(\.aggregatedPayloadSize, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingInputCallResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__StreamingInputCallResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.aggregated_payload_size = self.aggregatedPayloadSize
  }
}

extension ResponseParameters: RPCMessage {
  public static var messageName: String { "grpc.testing.ResponseParameters" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ResponseParameters: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__response_parameters__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__ResponseParameters>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.size
    let value1 = c.pointee.interval_us
    let value2 = try MessageCodec.message(c.pointee.compressed, BoolValue.self)
    room.put(\.size, value0)
    room.put(\.intervalUs, value1)
    room.put(\.compressed, value2)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__ResponseParameters>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__ResponseParameters())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.size = self.size
    c.pointee.interval_us = self.intervalUs
    if let value = self.compressed { c.pointee.compressed = try scratch.message(value) }
  }
}

extension StreamingOutputCallRequest: RPCMessage {
  public static var messageName: String { "grpc.testing.StreamingOutputCallRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamingOutputCallRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__streaming_output_call_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__StreamingOutputCallRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = PayloadType(rawValue: Int32(truncatingIfNeeded: c.pointee.response_type.rawValue))
    let value1 = try MessageCodec.messages(c.pointee.response_parameters, c.pointee.n_response_parameters, ResponseParameters.self)
    let value2 = try MessageCodec.message(c.pointee.payload, Payload.self)
    let value3 = try MessageCodec.message(c.pointee.response_status, EchoStatus.self)
    room.put(\.responseType, value0)
    room.put(\.responseParameters, value1)
    room.put(\.payload, value2)
    room.put(\.responseStatus, value3)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingOutputCallRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__StreamingOutputCallRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.response_type = Grpc__Testing__PayloadType(rawValue: .init(truncatingIfNeeded: self.responseType.rawValue))
    c.pointee.n_response_parameters = self.responseParameters.count
    c.pointee.response_parameters = try scratch.messages(self.responseParameters)
    if let value = self.payload { c.pointee.payload = try scratch.message(value) }
    if let value = self.responseStatus { c.pointee.response_status = try scratch.message(value) }
  }
}

extension StreamingOutputCallResponse: RPCMessage {
  public static var messageName: String { "grpc.testing.StreamingOutputCallResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StreamingOutputCallResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__streaming_output_call_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__StreamingOutputCallResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.payload, Payload.self)
    room.put(\.payload, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingOutputCallResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__StreamingOutputCallResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.payload { c.pointee.payload = try scratch.message(value) }
  }
}
