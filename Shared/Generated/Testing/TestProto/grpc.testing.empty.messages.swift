// Generated from grpc/testing/empty.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTestProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Nothing.
public struct Empty: Sendable, Equatable {
  public init() {}
}

extension Empty: RPCMessage {
  public static var messageName: String { "grpc.testing.Empty" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Empty: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    grpc__testing__empty__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Grpc__Testing__Empty>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Grpc__Testing__Empty>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Grpc__Testing__Empty())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}
