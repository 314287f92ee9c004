// Copied from proto/generator/Support/CMessage.swift by proto/generate.sh.

internal import CProtobufC
internal import NIOCore
internal import ProtobufCodec
internal import RPCCore

// proto/generate.sh copies the files of this folder into each generated module, since the compiler specialises generic
// code within a module only.

/// A generated message, with the C structure that stands for it in libprotobuf-c.
protocol CMessage: RPCMessage {
  associatedtype CStruct

  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> { get }

  /// Initialises `room` with everything in an unpacked structure. After an error it is not initialised.
  static func copy(_ c: UnsafePointer<CStruct>, to room: UnsafeMutablePointer<Self>) throws(DecodingFault)

  /// Fills in a structure; what it points to comes from `scratch`.
  func build(_ c: UnsafeMutablePointer<CStruct>, in scratch: Scratch) throws(EncodingFault)
}

extension CMessage {
  /// - Throws: `MessageCodingError`
  @inline(__always)
  static func decode(_ buffer: ByteBuffer) throws -> Self {
    try buffer.withUnsafeReadableBytes { bytes in
      let scratch = Scratch.begin(messageBytes: bytes.count)
      defer { scratch.end() }
      do throws(DecodingFault) {
        let c = try MessageCodec.unpack(bytes, as: cDescriptor, in: scratch)
        return try MessageCodec.message(c.assumingMemoryBound(to: CStruct.self), Self.self)
      } catch {
        throw MessageCodingError(messageName: messageName, reason: error.reason)
      }
    }
  }

  /// - Throws: `MessageCodingError`
  @inline(__always)
  func encode(into buffer: inout ByteBuffer) throws {
    let scratch = Scratch.begin(messageBytes: CodecLimits.maximumMessageBytes)
    defer { scratch.end() }
    do throws(EncodingFault) {
      let c = try scratch.allocate(CStruct.self)
      try build(c, in: scratch)
      try MessageCodec.pack(UnsafeRawPointer(c), in: scratch, into: &buffer)
    } catch {
      throw MessageCodingError(messageName: Self.messageName, reason: error.reason)
    }
  }
}

/// A message inside one of its own type, which a structure can't hold in place.
final class Boxed<Value: Sendable & Equatable>: Sendable, Equatable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (a: Boxed, b: Boxed) -> Bool { a === b || a.value == b.value }
}
