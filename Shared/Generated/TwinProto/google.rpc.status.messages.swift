// Generated from google/rpc/status.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// The `Status` type defines a logical error model that is suitable for
/// different programming environments, including REST APIs and RPC APIs. It is
/// used by [gRPC](https://github.com/grpc). Each `Status` message contains
/// three pieces of data: error code, error message, and error details.
///
/// You can find out more about this error model and how to work with it in the
/// [API Design Guide](https://cloud.google.com/apis/design/errors).
public struct GoogleRPCStatus: Sendable, Equatable {
  /// The status code, which should be an enum value of
  /// [google.rpc.Code][google.rpc.Code].
  public var code: Int32
  /// A developer-facing error message, which should be in English. Any
  /// user-facing error message should be localized and sent in the
  /// [google.rpc.Status.details][google.rpc.Status.details] field, or localized
  /// by the client.
  public var message: String
  /// A list of messages that carry the error details.  There is a common set of
  /// message types for APIs to use.
  public var details: [ProtoAny]

  public init(
    code: Int32 = 0,
    message: String = "",
    details: [ProtoAny] = []
  ) {
    self.code = code
    self.message = message
    self.details = details
  }
}

extension GoogleRPCStatus: RPCMessage {
  public static var messageName: String { "google.rpc.Status" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GoogleRPCStatus: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    google__rpc__status__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Google__Rpc__Status>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.code
    let value1 = try MessageCodec.string(c.pointee.message, "google.rpc.Status.message")
    let value2 = try MessageCodec.messages(c.pointee.details, c.pointee.n_details, ProtoAny.self)
    room.put(\.code, value0)
    room.put(\.message, value1)
    room.put(\.details, value2)
  }

  func build(_ c: UnsafeMutablePointer<Google__Rpc__Status>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Google__Rpc__Status())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.code = self.code
    c.pointee.message = try scratch.string(self.message)
    c.pointee.n_details = self.details.count
    c.pointee.details = try scratch.messages(self.details)
  }
}
