/// An exact amount of US dollars.
///
/// Whole multiples of 10⁻¹² USD, so that a price per GiB and hour times a month adds up to the cent.
public struct USD: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Amount in 10⁻¹² USD.
  public let trillionths: Int128

  private static let decimals = 12
  static let perDollar: Int128 = 1_000_000_000_000

  public init(trillionths: Int128) { self.trillionths = trillionths }

  public static let zero = USD(trillionths: 0)

  /// Reads a decimal number such as "0.096"; nil for anything else, more than 12 decimals or a million million dollars.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    var amount: Int128 = 0
    var digits = 0
    var decimals: Int?
    for byte in isNegative ? bytes.dropFirst() : bytes[...] {
      if byte == UInt8(ascii: "."), decimals == nil {
        decimals = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 24 else { return nil }
      amount = amount * 10 + Int128(byte - UInt8(ascii: "0"))
      digits += 1
      if let count = decimals { decimals = count + 1 }
    }
    let missing = Self.decimals - (decimals ?? 0)
    guard digits > 0, missing >= 0 else { return nil }
    for _ in 0..<missing { amount *= 10 }
    trillionths = isNegative ? -amount : amount
  }

  public static func + (a: USD, b: USD) -> USD { USD(trillionths: a.trillionths + b.trillionths) }
  public static func - (a: USD, b: USD) -> USD { USD(trillionths: a.trillionths - b.trillionths) }
  public static func * (amount: USD, count: Int) -> USD { USD(trillionths: amount.trillionths * Int128(count)) }
  public static func < (a: USD, b: USD) -> Bool { a.trillionths < b.trillionths }

  /// Times a measured quantity, which counts to the thousandth; ties to even.
  ///
  /// - Precondition: the quantity is finite and its absolute value below 10¹².
  public func times(_ quantity: Double) -> USD {
    precondition(abs(quantity) < 1e12, "a quantity is finite and below a million million")
    let product = trillionths * Int128((quantity * 1_000).rounded(.toNearestOrEven))
    return USD(trillionths: Self.rounded(product, by: 1_000))
  }

  /// To the nearest cent, ties to even.
  public var cents: Int { Int(Self.rounded(trillionths, by: Self.perDollar / 100)) }

  /// For reports; exact amounts are `trillionths`.
  public var dollars: Double { Double(trillionths) / Double(Self.perDollar) }

  /// To the cent: "700.80".
  public var description: String {
    let amount = abs(cents)
    let rest = amount % 100
    return (cents < 0 ? "-" : "") + "\(amount / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func rounded(_ value: Int128, by divisor: Int128) -> Int128 {
    let (quotient, remainder) = abs(value).quotientAndRemainder(dividingBy: divisor)
    let isUp = remainder * 2 > divisor || (remainder * 2 == divisor && quotient % 2 == 1)
    let magnitude = quotient + (isUp ? 1 : 0)
    return value < 0 ? -magnitude : magnitude
  }
}
