import Foundation
import SwiftProtobuf

// Reads a FileDescriptorSet from standard input and writes one to standard output that makes protoc-gen-c emit what
// the codec needs. The bytes on the wire stay the same.

/// The number of protobuf-c's extensions of FileOptions, MessageOptions and FieldOptions.
///
/// Source: protobuf-c/protobuf-c.proto
let protobufCExtension = 1019

/// An extension of an options message, encoded.
func protobufCOption(_ content: [UInt8]) -> [UInt8] {
  let tag = protobufCExtension << 3 | 2
  return [UInt8(tag & 0x7F | 0x80), UInt8(tag >> 7), UInt8(content.count)] + content
}

/// The first member of each structure. Its usual name `base` is one that a field may have.
let baseName = Array("protobuf_c_base".utf8)

func prepare(_ message: inout Google_Protobuf_DescriptorProto) throws {
  // base_field_name
  try message.options.merge(serializedBytes: protobufCOption([3 << 3 | 2, UInt8(baseName.count)] + baseName))
  for index in message.field.indices {
    // protoc-gen-c refuses `optional` of proto3. The oneof with one member that protoc makes for it does the same.
    message.field[index].proto3Optional = false
    // The generated Swift code would use what the compiler then warns of.
    if message.field[index].options.deprecated { message.field[index].options.clearDeprecated() }
    if message.field[index].type == .string {
      // As char * a string would end at its first NUL, so string_as_bytes.
      try message.field[index].options.merge(serializedBytes: protobufCOption([1 << 3, 1]))
    }
  }
  for index in message.nestedType.indices { try prepare(&message.nestedType[index]) }
}

var set = try Google_Protobuf_FileDescriptorSet(serializedBytes: FileHandle.standardInput.readDataToEndOfFile())
for index in set.file.indices {
  // The RPC runtime has services of its own.
  set.file[index].service = []
  // gen_pack_helpers: the codec calls the functions that take any message.
  try set.file[index].options.merge(serializedBytes: protobufCOption([2 << 3, 0]))
  for message in set.file[index].messageType.indices { try prepare(&set.file[index].messageType[message]) }
}
FileHandle.standardOutput.write(try set.serializedData(options: .init()))
