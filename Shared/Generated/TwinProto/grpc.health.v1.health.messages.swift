// Generated from grpc/health/v1/health.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Names a service.
public struct GRPCHealthCheckRequest: Sendable, Equatable {
  /// Full name of the service; empty means the server as a whole.
  public var service: String

  public init(
    service: String = ""
  ) {
    self.service = service
  }
}

/// Status of a service.
public struct GRPCHealthCheckResponse: Sendable, Equatable {
  /// The status.
  public var status: GRPCHealthCheckResponse.ServingStatus

  /// Whether a service can take calls.
  public enum ServingStatus: Sendable, Hashable, CaseIterable {
    /// Not known yet.
    case unknown
    /// Takes calls.
    case serving
    /// Takes no calls now.
    case notServing
    /// The server has no such service; only in answers of Watch.
    case serviceUnknown
    /// A number that this version of the contract doesn't name.
    case unrecognized(Int32)

    /// The cases that have a name.
    public static var allCases: [ServingStatus] {
      [
        .unknown,
        .serving,
        .notServing,
        .serviceUnknown,
      ]
    }

    public init(rawValue: Int32) {
      switch rawValue {
      case 0: self = .unknown
      case 1: self = .serving
      case 2: self = .notServing
      case 3: self = .serviceUnknown
      default: self = .unrecognized(rawValue)
      }
    }

    public var rawValue: Int32 {
      switch self {
      case .unknown: 0
      case .serving: 1
      case .notServing: 2
      case .serviceUnknown: 3
      case .unrecognized(let rawValue): rawValue
      }
    }
  }

  public init(
    status: GRPCHealthCheckResponse.ServingStatus = .unknown
  ) {
    self.status = status
  }
}

/// Asks for all services.
public struct GRPCHealthListRequest: Sendable, Equatable {
  public init() {}
}

/// Status of all services.
public struct GRPCHealthListResponse: Sendable, Equatable {
  /// Status by the full name of the service.
  public var statuses: [String: GRPCHealthCheckResponse]

  public init(
    statuses: [String: GRPCHealthCheckResponse] = [:]
  ) {
    self.statuses = statuses
  }
}

extension GRPCHealthCheckRequest: RPCMessage {
  public static var messageName: String { "grpc.health.v1.HealthCheckRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCHealthCheckRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__health__v1__health_check_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Health__V1__HealthCheckRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.service, "grpc.health.v1.HealthCheckRequest.service")
    room.put(\.service, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthCheckRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Health__V1__HealthCheckRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.service = try scratch.string(self.service)
  }
}

extension GRPCHealthCheckResponse: RPCMessage {
  public static var messageName: String { "grpc.health.v1.HealthCheckResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCHealthCheckResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__health__v1__health_check_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Health__V1__HealthCheckResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = GRPCHealthCheckResponse.ServingStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    room.put(\.status, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthCheckResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Health__V1__HealthCheckResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.status = Grpc__Health__V1__HealthCheckResponse__ServingStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

extension GRPCHealthListRequest: RPCMessage {
  public static var messageName: String { "grpc.health.v1.HealthListRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCHealthListRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__health__v1__health_list_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Health__V1__HealthListRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthListRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Health__V1__HealthListRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension GRPCHealthListResponse: RPCMessage {
  public static var messageName: String { "grpc.health.v1.HealthListResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GRPCHealthListResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__health__v1__health_list_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Health__V1__HealthListResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.map(c.pointee.statuses, c.pointee.n_statuses) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "grpc.health.v1.HealthListResponse.StatusesEntry.key"), MessageCodec.message(entry.value, GRPCHealthCheckResponse.self) ?? GRPCHealthCheckResponse())
    }
    room.put(\.statuses, value0)
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthListResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Health__V1__HealthListResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_statuses = self.statuses.count
    c.pointee.statuses = try scratch.map(self.statuses.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Grpc__Health__V1__HealthListResponse__StatusesEntry>) throws(EncodingFault) in
      entry.initialize(to: Grpc__Health__V1__HealthListResponse__StatusesEntry())
      entry.pointee.protobuf_c_base.descriptor = grpc__health__v1__health_list_response__statuses_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
  }
}
