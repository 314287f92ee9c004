/// One .proto file, as server reflection hands it out.
public struct ProtoFile: Sendable {
  /// The name by which other files import it, such as `google/protobuf/timestamp.proto`.
  public let name: String
  /// The names of the files that it imports.
  public let dependencies: [String]
  /// The full names of its services. Methods are found by the name of their service.
  public let services: [String]
  /// The full names of its messages and enums, nested ones too.
  public let types: [String]
  private let base64: StaticString

  /// - Parameter base64: the descriptor; not valid Base64 traps, since the generator wrote it.
  public init(name: String, dependencies: [String], services: [String], types: [String], base64: StaticString) {
    self.name = name
    self.dependencies = dependencies
    self.services = services
    self.types = types
    self.base64 = base64
  }

  /// The file as an encoded `google.protobuf.FileDescriptorProto`, without comments.
  public var descriptor: [UInt8] {
    base64.withUTF8Buffer { text in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.count / 4 * 3)
      var bits: UInt32 = 0
      var count = 0
      for character in text where character != UInt8(ascii: "=") {
        bits = bits << 6 | Self.value(character)
        count += 6
        if count >= 8 {
          count -= 8
          bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
      }
      return bytes
    }
  }

  /// The files as an encoded `google.protobuf.FileDescriptorSet`.
  public static func fileDescriptorSet(_ files: [ProtoFile]) -> [UInt8] {
    var set: [UInt8] = []
    for file in files {
      let descriptor = file.descriptor
      // Field 1, length-prefixed.
      set.append(0x0A)
      var length = descriptor.count
      while length >= 0x80 {
        set.append(UInt8(truncatingIfNeeded: length) | 0x80)
        length >>= 7
      }
      set.append(UInt8(length))
      set.append(contentsOf: descriptor)
    }
    return set
  }

  private static func value(_ character: UInt8) -> UInt32 {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: preconditionFailure("not Base64")
    }
  }
}
