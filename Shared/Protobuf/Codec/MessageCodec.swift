package import CProtobufC
package import NIOCore

/// Bytes to libprotobuf-c's structures and back.
package enum MessageCodec {
  /// Unpacks into `scratch`. The structure points into `scratch` and into `bytes`, and is valid as long as both are.
  ///
  /// Strings come as bytes and are not checked.
  package static func unpack(
    _ bytes: UnsafeRawBufferPointer, as type: UnsafePointer<ProtobufCMessageDescriptor>, in scratch: Scratch
  ) throws(DecodingFault) -> UnsafeRawPointer {
    guard bytes.count <= CodecLimits.maximumMessageBytes else { throw DecodingFault.tooLarge }
    let unpacker = Unpacker(scratch: scratch)
    let structure = try unpacker.structure(type)
    if let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) {
      try unpacker.unpack(start, start + bytes.count, as: type, into: structure, depth: 1)
    }
    return UnsafeRawPointer(structure)
  }

  /// Appends the encoding of a structure that was built in `scratch`.
  package static func pack(
    _ structure: UnsafeRawPointer, in scratch: Scratch, into buffer: inout ByteBuffer
  ) throws(EncodingFault) {
    let message = structure.assumingMemoryBound(to: ProtobufCMessage.self)
    // While it was built, the most that the encoding can take was counted. Counting exactly costs about as much as
    // packing, so this packs into scratch memory of that size, and copies.
    let expected = scratch.state.pointee.expectedBytes
    assert(protobuf_c_message_get_packed_size(message) <= expected)
    if let memory = scratch.allocate(bytes: expected) {
      let size = protobuf_c_message_pack(message, memory.assumingMemoryBound(to: UInt8.self))
      guard size <= CodecLimits.maximumMessageBytes else { throw EncodingFault.tooLarge }
      buffer.writeBytes(UnsafeRawBufferPointer(start: memory, count: size))
      return
    }
    let size = protobuf_c_message_get_packed_size(message)
    guard size <= CodecLimits.maximumMessageBytes else { throw EncodingFault.tooLarge }
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { room in
      guard let start = room.baseAddress else { return 0 }
      return protobuf_c_message_pack(message, start.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// The bytes as text, or nil when they are not UTF-8.
  ///
  /// `String(validating:as:)` of Swift 6.3 looks up generic types at run time, which takes longer than all the rest.
  package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    // A text of few bytes has its place in the value itself, and is checked as fast as it is copied.
    let text =
      bytes.count <= 15
      ? String(unsafeUninitializedCapacity: bytes.count) { room in
        UnsafeMutableRawBufferPointer(room).copyMemory(from: UnsafeRawBufferPointer(bytes))
        return bytes.count
      } : String(decoding: bytes, as: UTF8.self)
    // Decoding repairs what isn't valid, and only that makes the text differ from the bytes. ASCII is always valid.
    if isASCII(bytes) { return text }
    return text.utf8.elementsEqual(bytes) ? text : nil
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    var bits: UInt64 = 0
    while index + 8 <= raw.count {
      bits |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < raw.count {
      bits |= UInt64(raw[index])
      index += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }
}
