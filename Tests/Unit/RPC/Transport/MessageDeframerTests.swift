import NIOCore
import RPCCore
import RPCTesting
import Testing

@testable import RPCTransport

@Suite struct MessageDeframerTests {
  private static func wire(_ messages: [[UInt8]], flag: UInt8 = 0) -> [UInt8] {
    messages.flatMap { message in
      [flag] + (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (24 - 8 * $0)) } + message
    }
  }

  private static func messages(_ deframer: inout MessageDeframer) throws(RPCError) -> [[UInt8]] {
    var found: [[UInt8]] = []
    while let message = try deframer.next() { found.append(Array(message.bytes.readableBytesView)) }
    return found
  }

  @Test func everySplitInTwoGivesTheSameMessages() throws {
    let expected: [[UInt8]] = [[], [1], Array(repeating: 2, count: 300), [], [3, 4, 5]]
    let bytes = Self.wire(expected)
    for split in 0...bytes.count {
      var deframer = MessageDeframer(limit: 1_000)
      deframer.append(ByteBuffer(bytes: bytes[..<split]))
      var found = try Self.messages(&deframer)
      deframer.append(ByteBuffer(bytes: bytes[split...]))
      found += try Self.messages(&deframer)
      #expect(found == expected)
      #expect(deframer.pending == 0)
    }
  }

  @Test func everySplitInThreeGivesTheSameMessages() throws {
    let expected: [[UInt8]] = [[9, 9], [], [7]]
    let bytes = Self.wire(expected)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var deframer = MessageDeframer(limit: 10)
        var found: [[UInt8]] = []
        for part in [bytes[..<first], bytes[first..<second], bytes[second...]] {
          deframer.append(ByteBuffer(bytes: part))
          found += try Self.messages(&deframer)
        }
        #expect(found == expected)
      }
    }
  }

  @Test func oneByteAtATimeGivesTheSameMessages() throws {
    let expected: [[UInt8]] = [BytesMessage.filled(70_000).bytes, [1, 2, 3]]
    var deframer = MessageDeframer(limit: 100_000)
    var found: [[UInt8]] = []
    for byte in Self.wire(expected) {
      deframer.append(ByteBuffer(bytes: [byte]))
      found += try Self.messages(&deframer)
    }
    #expect(found == expected)
  }

  @Test func theCompressionFlagIsTold() throws {
    var deframer = MessageDeframer(limit: 10)
    deframer.append(ByteBuffer(bytes: Self.wire([[1]], flag: 1) + Self.wire([[2]])))
    let flags = [try deframer.next()?.isCompressed, try deframer.next()?.isCompressed]
    #expect(flags == [true, false])
  }

  @Test func aPrefixOverTheLimitIsRefusedBeforeItsBytesCome() {
    var deframer = MessageDeframer(limit: 10)
    deframer.append(ByteBuffer(bytes: [0, 0, 0, 0, 11]))
    #expect(throws: RPCError(.resourceExhausted, "a message of 11 bytes is longer than the limit of 10")) {
      _ = try deframer.next()
    }
  }

  @Test(arguments: [2, 0x50, 0xFF] as [UInt8])
  func anUnknownFlagIsRefused(flag: UInt8) {
    var deframer = MessageDeframer(limit: 10)
    deframer.append(ByteBuffer(bytes: [flag, 0, 0, 0, 1, 0]))
    #expect(throws: RPCError.self) { _ = try deframer.next() }
  }

  @Test func aFewBytesDoNotHoldOnToALargeReadBuffer() throws {
    var large = ByteBuffer(repeating: 0, count: 64 * 1024)
    large.setBytes(Self.wire([[1, 2, 3]]), at: 0)
    var deframer = MessageDeframer(limit: 10)
    deframer.append(large.getSlice(at: 0, length: 8)!)
    let next = try deframer.next()
    let message = try #require(next)
    #expect(message.bytes.storageCapacity < 1_024)
    deframer.append(large.getSlice(at: 0, length: 6)!)
    let rest = try deframer.next()
    #expect(rest?.bytes == nil)
    #expect(deframer.storageCapacity < 1_024)
  }

  @Test(arguments: 1...4)
  func aPartOfAPrefixDoesNotHoldOnToALargeReadBuffer(length: Int) throws {
    let message: [UInt8] = [1, 2, 3]
    let wire = Self.wire([message])
    var large = ByteBuffer(repeating: 0, count: 64 * 1024)
    large.setBytes(wire, at: 0)
    var deframer = MessageDeframer(limit: 10)
    deframer.append(try #require(large.getSlice(at: 0, length: length)))
    #expect(try Self.messages(&deframer).isEmpty)
    #expect(deframer.storageCapacity < 1_024)
    deframer.append(ByteBuffer(bytes: wire[length...]))
    #expect(try Self.messages(&deframer) == [message])
  }
}
