public import NIOCore
public import RPCCore

/// A message that is its own bytes, for tests of the runtime alone.
public struct BytesMessage: RPCMessage, Equatable, ExpressibleByStringLiteral {
  public static let messageName = "test.Bytes"
  public var bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public init(stringLiteral text: String) { bytes = Array(text.utf8) }

  public init(_ text: String) { bytes = Array(text.utf8) }

  public init(serialized buffer: ByteBuffer) { bytes = Array(buffer.readableBytesView) }

  public func serialize(into buffer: inout ByteBuffer) { buffer.writeBytes(bytes) }

  /// The bytes as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A message of `count` bytes that don't compress to nothing.
  public static func filled(_ count: Int) -> BytesMessage {
    BytesMessage((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })
  }
}

/// A service made of closures.
public struct ClosureService: RPCService {
  public let methods: [RPCMethod]

  public init(_ methods: [RPCMethod]) { self.methods = methods }
}

/// Methods of all kinds under one service name.
public enum TestMethod {
  public static func unary(_ name: String = "Unary", isIdempotent: Bool = false) -> MethodDescriptor {
    MethodDescriptor(service: "test.Service", method: name, kind: .unary, isIdempotent: isIdempotent)
  }

  public static let clientStreaming = MethodDescriptor(
    service: "test.Service", method: "ClientStreaming", kind: .clientStreaming)
  public static let serverStreaming = MethodDescriptor(
    service: "test.Service", method: "ServerStreaming", kind: .serverStreaming)
  public static let bidirectional = MethodDescriptor(
    service: "test.Service", method: "Bidirectional", kind: .bidirectional)
}
