/// Numbers as hexadecimal digits, without the detour over the general conversion.
package enum HexText {
  /// The highest 60 bits of a number.
  package static func fifteenDigits(of number: UInt64) -> String {
    String(unsafeUninitializedCapacity: 15) { buffer in
      var rest = number
      for index in 0..<15 {
        let digit = UInt8(truncatingIfNeeded: rest >> 60)
        buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
        rest <<= 4
      }
      return 15
    }
  }
}
