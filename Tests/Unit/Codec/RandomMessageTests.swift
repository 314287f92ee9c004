import CProtobufC
import NIOCore
@testable import ProtobufCodec
import RPCCore
@testable import TestProto
import Testing
@testable import TwinProto

/// Every message type of the suite with random content. A failure names the type and the seed.
@Suite struct RandomMessageTests {
  struct MessageType {
    var swift: any RPCMessage.Type
    var descriptor: UnsafePointer<ProtobufCMessageDescriptor>
  }

  private static func allTypes() throws -> [MessageType] {
    try (TwinDescriptors.messageTypes + TestDescriptors.messageTypes).map { type in
      let descriptor =
        (type as? any TwinProto.CMessage.Type)?.cDescriptor
        ?? (type as? any TestProto.CMessage.Type)?.cDescriptor
      return MessageType(swift: type, descriptor: try #require(descriptor))
    }
  }

  @Test func structuresAreTheOnesThatLibprotobufCUnpacks() throws {
    for type in try Self.allTypes() {
      for seed in 0..<10 as Range<UInt64> {
        // Without what libprotobuf-c gets wrong.
        var messages = RandomMessages(seed: seed, isOdd: false)
        let bytes = messages.bytes(of: type.descriptor)
        let expected = try #require(protobuf_c_message_unpack(type.descriptor, nil, bytes.count, bytes))
        defer { protobuf_c_message_free_unpacked(expected, nil) }
        let scratch = Scratch.begin(messageBytes: bytes.count)
        defer { scratch.end() }
        try bytes.withUnsafeBytes {
          let found = try MessageCodec.unpack($0, as: type.descriptor, in: scratch)
          let packed = pack(found.assumingMemoryBound(to: ProtobufCMessage.self))
          #expect(packed == pack(expected), "\(type.swift.messageName), seed \(seed)")
        }
      }
    }
  }

  @Test func encodingTheValueLosesNothing() throws {
    for type in try Self.allTypes() {
      for seed in 0..<10 as Range<UInt64> {
        for isOdd in [false, true] {
          var messages = RandomMessages(seed: seed, isOdd: isOdd)
          let bytes = messages.bytes(of: type.descriptor)
          let value = try type.swift.init(serialized: ByteBuffer(bytes: bytes))
          let encoded = try encode(value)
          let again = try type.swift.init(serialized: ByteBuffer(bytes: encoded))
          #expect(try encode(again) == encoded, "\(type.swift.messageName), seed \(seed), odd \(isOdd)")
          #expect(
            isSame(value, again), "\(type.swift.messageName), seed \(seed), odd \(isOdd)")
        }
      }
    }
  }

  @Test func mutatedBytesAreAnErrorOrAValue() throws {
    let types = try Self.allTypes()
    var generator = SeededGenerator(seed: 2026)
    var refused = 0
    var accepted = 0
    for seed in 0..<6_000 as Range<UInt64> {
      let type = types[Int.random(in: 0..<types.count, using: &generator)]
      var messages = RandomMessages(seed: seed, isOdd: true)
      var bytes = messages.bytes(of: type.descriptor)
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, using: &generator) }
      do {
        let value = try type.swift.init(serialized: ByteBuffer(bytes: bytes))
        let encoded = try encode(value)
        let again = try type.swift.init(serialized: ByteBuffer(bytes: encoded))
        #expect(try encode(again) == encoded, "\(type.swift.messageName), seed \(seed)")
        accepted += 1
      } catch let error as MessageCodingError {
        #expect(error.messageName == type.swift.messageName)
        refused += 1
      }
    }
    // Neither outcome is so rare that the test would say nothing of it.
    #expect(refused > 500)
    #expect(accepted > 500)
  }

  private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
    case 1: if place < bytes.count { bytes[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0 }
    case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 3))
    default: bytes.append(contentsOf: bytes[place...])
    }
  }

  private func pack(_ message: UnsafePointer<ProtobufCMessage>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: protobuf_c_message_get_packed_size(message)) { room, count in
      guard let start = room.baseAddress else { return }
      count = protobuf_c_message_pack(message, start)
    }
  }

  /// Equality of two values whose type is known only while this runs.
  private func isSame(_ a: any RPCMessage, _ b: any RPCMessage) -> Bool {
    func compare<Value: Equatable>(_ a: Value) -> Bool { (b as? Value) == a }
    guard let a = a as? any Equatable else { return false }
    return compare(a)
  }
}
