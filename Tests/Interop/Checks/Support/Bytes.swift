import NIOCore
import RPCCore

/// A message that is its own bytes, so that these checks see the runtime and no codec.
struct Bytes: RPCMessage, Equatable {
  static var messageName: String { "interop.Bytes" }
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = Array(text.utf8) }
  init(serialized buffer: ByteBuffer) { bytes = Array(buffer.readableBytesView) }

  func serialize(into buffer: inout ByteBuffer) { buffer.writeBytes(bytes) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private static let period = 65_536
  private static let table = (0..<2 * period).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  /// Bytes that differ from place to place, so that a lost or swapped piece shows; as the Python side makes them.
  static func pattern(_ count: Int, seed: Int = 0) -> Bytes {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    let start = seed % period
    while bytes.count < count {
      let from = (start + bytes.count) % period
      bytes += table[from..<from + min(period, count - bytes.count)]
    }
    return Bytes(bytes)
  }
}
