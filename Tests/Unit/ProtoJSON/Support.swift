import Foundation
import ProtoJSON
import Testing

/// The types of Fixtures/shapes.proto.
func shapes() throws -> ProtoJSONSchema { try ProtoJSONSchema(fileDescriptorSet: descriptors()) }

func descriptors() throws -> [UInt8] {
  let url = try #require(Bundle.module.url(forResource: "shapes", withExtension: "pb", subdirectory: "Fixtures"))
  return Array(try Data(contentsOf: url))
}

extension ProtoJSONTranscoder {
  static func shape(_ name: String) throws -> ProtoJSONTranscoder { try shapes().transcoder(for: "shapes.v1.\(name)") }

  func encode(_ json: String, _ options: EncodingOptions = .init()) throws(ProtoJSONError) -> [UInt8] {
    try encode(json: Array(json.utf8), options: options)
  }

  func text(_ protobuf: [UInt8], _ options: DecodingOptions = .init()) throws -> String {
    String(decoding: try decode(protobuf: protobuf, options: options), as: UTF8.self)
  }

  /// JSON to bytes to JSON, without the fields that hold defaults.
  func roundTrip(_ json: String) throws -> String { try text(encode(json), .init(emitsDefaults: false)) }

  /// What is wrong with a document, as "path: message".
  func violations(_ json: String, _ options: EncodingOptions = .init()) -> [String] {
    do {
      _ = try encode(json, options)
      return []
    } catch { return error.violations.map { "\($0.path): \($0.message)" } }
  }

  func reason(_ json: String) -> ProtoJSONError.Reason? {
    do {
      _ = try encode(json)
      return nil
    } catch { return error.reason }
  }
}

func bytes(hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue).map(UInt8.init)
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// A number as the wire has it.
func varint(_ value: UInt64) -> [UInt8] {
  value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
}

/// SplitMix64, for documents and bytes that are the same on every run.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
