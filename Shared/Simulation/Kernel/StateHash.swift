/// A running hash over the bit patterns of a simulation's state: equal runs have equal hashes, bit for bit.
///
/// FNV-1a with 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/. It tells runs apart; it doesn't protect anything.
public struct StateHash: Sendable, Hashable {
  /// The hash of what was combined so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  /// Adds the eight bytes of `word`, lowest first.
  public mutating func combine(_ word: UInt64) {
    var rest = word
    for _ in 0..<8 {
      add(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Adds the bit pattern of `number`; both zeros count as the same.
  public mutating func combine(_ number: Double) { combine((number == 0 ? 0 : number).bitPattern) }

  /// Adds the UTF-8 bytes of `text`.
  public mutating func combine(bytesOf text: String) { for byte in text.utf8 { add(byte) } }

  private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// The hash as 16 lower-case hexadecimal digits.
  public var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
