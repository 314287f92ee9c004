// Generated from google/protobuf/empty.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// A generic empty message that you can re-use to avoid defining duplicated
/// empty messages in your APIs. A typical example is to use it as the request
/// or the response type of an API method. For instance:
///
///     service Foo {
///       rpc Bar(google.protobuf.Empty) returns (google.protobuf.Empty);
///     }
public struct ProtoEmpty: Sendable, Equatable {
  public init() {}
}

extension ProtoEmpty: RPCMessage {
  public static var messageName: String { "google.protobuf.Empty" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ProtoEmpty: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    google__protobuf__empty__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Google__Protobuf__Empty>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Google__Protobuf__Empty>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Google__Protobuf__Empty())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}
