// Generated from grpc/reflection/v1alpha/reflection.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// One question.
public struct GRPCReflectionV1AlphaServerReflectionRequest: Sendable, Equatable {
  /// Host that is asked about; echoed in the answer.
  public var host: String
  /// The question.
  public var messageRequest: OneOfMessageRequest?

  public enum OneOfMessageRequest: Sendable, Equatable {
    /// The file with this name.
    case fileByFilename(String)
    /// The file that declares this symbol (service, method, message, enum, field), fully qualified without a leading dot.
    case fileContainingSymbol(String)
    /// The file that declares this extension.
    case fileContainingExtension(GRPCReflectionV1AlphaExtensionRequest)
    /// The numbers of all extensions of this message, fully qualified.
    case allExtensionNumbersOfType(String)
    /// All services; the text means nothing.
    case listServices(String)
  }

  public init(
    host: String = "",
    messageRequest: OneOfMessageRequest? = nil
  ) {
    self.host = host
    self.messageRequest = messageRequest
  }
}

/// An extension.
public struct GRPCReflectionV1AlphaExtensionRequest: Sendable, Equatable {
  /// The extended message, fully qualified.
  public var containingType: String
  /// Number of the extension.
  public var extensionNumber: Int32

  public init(
    containingType: String = "",
    extensionNumber: Int32 = 0
  ) {
    self.containingType = containingType
    self.extensionNumber = extensionNumber
  }
}

/// One answer.
public struct GRPCReflectionV1AlphaServerReflectionResponse: Sendable, Equatable {
  /// Host that was asked about.
  public var validHost: String
  /// The question.
  public var originalRequest: GRPCReflectionV1AlphaServerReflectionRequest?
  /// The answer, by the kind of the question.
  public var messageResponse: OneOfMessageResponse?

  public enum OneOfMessageResponse: Sendable, Equatable {
    /// The file and files it imports, to file_by_filename, file_containing_symbol and file_containing_extension.
    case fileDescriptorResponse(GRPCReflectionV1AlphaFileDescriptorResponse)
    /// Answer to all_extension_numbers_of_type.
    case allExtensionNumbersResponse(GRPCReflectionV1AlphaExtensionNumberResponse)
    /// Answer to list_services.
    case listServicesResponse(GRPCReflectionV1AlphaListServiceResponse)
    /// There is no answer.
    case errorResponse(GRPCReflectionV1AlphaErrorResponse)
  }

  public init(
    validHost: String = "",
    originalRequest: GRPCReflectionV1AlphaServerReflectionRequest? = nil,
    messageResponse: OneOfMessageResponse? = nil
  ) {
    self.validHost = validHost
    self.originalRequest = originalRequest
    self.messageResponse = messageResponse
  }
}

/// Files.
public struct GRPCReflectionV1AlphaFileDescriptorResponse: Sendable, Equatable {
  /// Serialised google.protobuf.FileDescriptorProto messages.
  public var fileDescriptorProto: [[UInt8]]

  public init(
    fileDescriptorProto: [[UInt8]] = []
  ) {
    self.fileDescriptorProto = fileDescriptorProto
  }
}

/// Extensions of a message.
public struct GRPCReflectionV1AlphaExtensionNumberResponse: Sendable, Equatable {
  /// The message, fully qualified.
  public var baseTypeName: String
  /// Numbers of its extensions.
  public var extensionNumber: [Int32]

  public init(
    baseTypeName: String = "",
    extensionNumber: [Int32] = []
  ) {
    self.baseTypeName = baseTypeName
    self.extensionNumber = extensionNumber
  }
}

/// All services.
public struct GRPCReflectionV1AlphaListServiceResponse: Sendable, Equatable {
  /// The services.
  public var service: [GRPCReflectionV1AlphaServiceResponse]

  public init(
    service: [GRPCReflectionV1AlphaServiceResponse] = []
  ) {
    self.service = service
  }
}

/// A service.
public struct GRPCReflectionV1AlphaServiceResponse: Sendable, Equatable {
  /// Full name.
  public var name: String

  public init(
    name: String = ""
  ) {
    self.name = name
  }
}

/// Why there is no answer.
public struct GRPCReflectionV1AlphaErrorResponse: Sendable, Equatable {
  /// A google.rpc.Code.
  public var errorCode: Int32
  /// The reason in words.
  public var errorMessage: String

  public init(
    errorCode: Int32 = 0,
    errorMessage: String = ""
  ) {
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }
}

extension GRPCReflectionV1AlphaServerReflectionRequest: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ServerReflectionRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaServerReflectionRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__server_reflection_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ServerReflectionRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.host, "grpc.reflection.v1alpha.ServerReflectionRequest.host")
    let value1: OneOfMessageRequest?
    switch c.pointee.message_request_case.rawValue {
    case 3:
      value1 = .fileByFilename(try MessageCodec.string(c.pointee.file_by_filename, "grpc.reflection.v1alpha.ServerReflectionRequest.file_by_filename"))
    case 4:
      value1 = .fileContainingSymbol(try MessageCodec.string(c.pointee.file_containing_symbol, "grpc.reflection.v1alpha.ServerReflectionRequest.file_containing_symbol"))
    case 5:
      value1 = try MessageCodec.message(c.pointee.file_containing_extension, GRPCReflectionV1AlphaExtensionRequest.self).map { .fileContainingExtension($0) }
    case 6:
      value1 = .allExtensionNumbersOfType(try MessageCodec.string(c.pointee.all_extension_numbers_of_type, "grpc.reflection.v1alpha.ServerReflectionRequest.all_extension_numbers_of_type"))
    case 7:
      value1 = .listServices(try MessageCodec.string(c.pointee.list_services, "grpc.reflection.v1alpha.ServerReflectionRequest.list_services"))
    default: value1 = nil
    }
    room.put(\.host, value0)
    room.put(\.messageRequest, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ServerReflectionRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ServerReflectionRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.host = try scratch.string(self.host)
    switch self.messageRequest {
    case .fileByFilename(let value)?:
      c.pointee.file_by_filename = try scratch.string(value)
      c.pointee.message_request_case = Grpc__Reflection__V1alpha__ServerReflectionRequest__MessageRequestCase(rawValue: 3)
    case .fileContainingSymbol(let value)?:
      c.pointee.file_containing_symbol = try scratch.string(value)
      c.pointee.message_request_case = Grpc__Reflection__V1alpha__ServerReflectionRequest__MessageRequestCase(rawValue: 4)
    case .fileContainingExtension(let value)?:
      c.pointee.file_containing_extension = try scratch.message(value)
      c.pointee.message_request_case = Grpc__Reflection__V1alpha__ServerReflectionRequest__MessageRequestCase(rawValue: 5)
    case .allExtensionNumbersOfType(let value)?:
      c.pointee.all_extension_numbers_of_type = try scratch.string(value)
      c.pointee.message_request_case = Grpc__Reflection__V1alpha__ServerReflectionRequest__MessageRequestCase(rawValue: 6)
    case .listServices(let value)?:
      c.pointee.list_services = try scratch.string(value)
      c.pointee.message_request_case = Grpc__Reflection__V1alpha__ServerReflectionRequest__MessageRequestCase(rawValue: 7)
    case nil: break
    }
  }
}

extension GRPCReflectionV1AlphaExtensionRequest: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ExtensionRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaExtensionRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__extension_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ExtensionRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.containing_type, "grpc.reflection.v1alpha.ExtensionRequest.containing_type")
    let value1 = c.pointee.extension_number
    room.put(\.containingType, value0)
    room.put(\.extensionNumber, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ExtensionRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ExtensionRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.containing_type = try scratch.string(self.containingType)
    c.pointee.extension_number = self.extensionNumber
  }
}

extension GRPCReflectionV1AlphaServerReflectionResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ServerReflectionResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaServerReflectionResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__server_reflection_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ServerReflectionResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.valid_host, "grpc.reflection.v1alpha.ServerReflectionResponse.valid_host")
    let value1 = try MessageCodec.message(c.pointee.original_request, GRPCReflectionV1AlphaServerReflectionRequest.self)
    let value2: OneOfMessageResponse?
    switch c.pointee.message_response_case.rawValue {
    case 4:
      value2 = try MessageCodec.message(c.pointee.file_descriptor_response, GRPCReflectionV1AlphaFileDescriptorResponse.self).map { .fileDescriptorResponse($0) }
    case 5:
      value2 = try MessageCodec.message(c.pointee.all_extension_numbers_response, GRPCReflectionV1AlphaExtensionNumberResponse.self).map { .allExtensionNumbersResponse($0) }
    case 6:
      value2 = try MessageCodec.message(c.pointee.list_services_response, GRPCReflectionV1AlphaListServiceResponse.self).map { .listServicesResponse($0) }
    case 7:
      value2 = try MessageCodec.message(c.pointee.error_response, GRPCReflectionV1AlphaErrorResponse.self).map { .errorResponse($0) }
    default: value2 = nil
    }
    room.put(\.validHost, value0)
    room.put(\.originalRequest, value1)
    room.put(\.messageResponse, value2)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ServerReflectionResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ServerReflectionResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.valid_host = try scratch.string(self.validHost)
    if let value = self.originalRequest { c.pointee.original_request = try scratch.message(value) }
    switch self.messageResponse {
    case .fileDescriptorResponse(let value)?:
      c.pointee.file_descriptor_response = try scratch.message(value)
      c.pointee.message_response_case = Grpc__Reflection__V1alpha__ServerReflectionResponse__MessageResponseCase(rawValue: 4)
    case .allExtensionNumbersResponse(let value)?:
      c.pointee.all_extension_numbers_response = try scratch.message(value)
      c.pointee.message_response_case = Grpc__Reflection__V1alpha__ServerReflectionResponse__MessageResponseCase(rawValue: 5)
    case .listServicesResponse(let value)?:
      c.pointee.list_services_response = try scratch.message(value)
      c.pointee.message_response_case = Grpc__Reflection__V1alpha__ServerReflectionResponse__MessageResponseCase(rawValue: 6)
    case .errorResponse(let value)?:
      c.pointee.error_response = try scratch.message(value)
      c.pointee.message_response_case = Grpc__Reflection__V1alpha__ServerReflectionResponse__MessageResponseCase(rawValue: 7)
    case nil: break
    }
  }
}

extension GRPCReflectionV1AlphaFileDescriptorResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.FileDescriptorResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaFileDescriptorResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__file_descriptor_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__FileDescriptorResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.array(c.pointee.file_descriptor_proto, c.pointee.n_file_descriptor_proto) { element throws(DecodingFault) in
      MessageCodec.bytes(element)
    }
    room.put(\.fileDescriptorProto, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__FileDescriptorResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__FileDescriptorResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_file_descriptor_proto = self.fileDescriptorProto.count
    c.pointee.file_descriptor_proto = try scratch.array(self.fileDescriptorProto) { element throws(EncodingFault) in
      try scratch.bytes(element)
    }
  }
}

extension GRPCReflectionV1AlphaExtensionNumberResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ExtensionNumberResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaExtensionNumberResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__extension_number_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ExtensionNumberResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.base_type_name, "grpc.reflection.v1alpha.ExtensionNumberResponse.base_type_name")
    let value1 = MessageCodec.array(c.pointee.extension_number, c.pointee.n_extension_number)
    room.put(\.baseTypeName, value0)
    room.put(\.extensionNumber, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ExtensionNumberResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ExtensionNumberResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.base_type_name = try scratch.string(self.baseTypeName)
    c.pointee.n_extension_number = self.extensionNumber.count
    c.pointee.extension_number = try scratch.array(self.extensionNumber)
  }
}

extension GRPCReflectionV1AlphaListServiceResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ListServiceResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaListServiceResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__list_service_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ListServiceResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.service, c.pointee.n_service, GRPCReflectionV1AlphaServiceResponse.self)
    room.put(\.service, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ListServiceResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ListServiceResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_service = self.service.count
    c.pointee.service = try scratch.messages(self.service)
  }
}

extension GRPCReflectionV1AlphaServiceResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ServiceResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaServiceResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__service_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ServiceResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "grpc.reflection.v1alpha.ServiceResponse.name")
    room.put(\.name, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ServiceResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ServiceResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
  }
}

extension GRPCReflectionV1AlphaErrorResponse: RPCMessage {
  public static var messageName: String { "grpc.reflection.v1alpha.ErrorResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCReflectionV1AlphaErrorResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__reflection__v1alpha__error_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Reflection__V1alpha__ErrorResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.error_code
    let value1 = try MessageCodec.string(c.pointee.error_message, "grpc.reflection.v1alpha.ErrorResponse.error_message")
    room.put(\.errorCode, value0)
    room.put(\.errorMessage, value1)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Reflection__V1alpha__ErrorResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Reflection__V1alpha__ErrorResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.error_code = self.errorCode
    c.pointee.error_message = try scratch.string(self.errorMessage)
  }
}
