/// The value of `grpc-timeout`: one to eight digits and a unit. Source: PROTOCOL-HTTP2.md, "Timeout"
enum GRPCTimeout {
  private static let maxValue: Int64 = 99_999_999

  /// The timeout as nanoseconds; nil for a malformed value. More than 73 years counts as that.
  static func parse(_ text: Span<UInt8>) -> Int64? {
    guard text.count >= 2, text.count <= 9 else { return nil }
    var value: Int64 = 0
    for index in 0..<text.count - 1 {
      let digit = text[index]
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    let unit: Int64
    switch text[text.count - 1] {
    case UInt8(ascii: "n"): unit = 1
    case UInt8(ascii: "u"): unit = 1_000
    case UInt8(ascii: "m"): unit = 1_000_000
    case UInt8(ascii: "S"): unit = 1_000_000_000
    case UInt8(ascii: "M"): unit = 60_000_000_000
    case UInt8(ascii: "H"): unit = 3_600_000_000_000
    default: return nil
    }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit)
    return overflow ? Int64.max / 4 : min(product, Int64.max / 4)
  }

  /// The shortest form that doesn't round the timeout down to more than it is.
  static func format(nanoseconds: Int64) -> String {
    let nanoseconds = max(nanoseconds, 1)
    for (unit, name) in [(Int64(1), "n"), (1_000, "u"), (1_000_000, "m"), (1_000_000_000, "S"), (60_000_000_000, "M")] {
      let value = nanoseconds / unit
      if value <= maxValue { return "\(max(value, 1))\(name)" }
    }
    return "\(min(nanoseconds / 3_600_000_000_000, maxValue))H"
  }
}
