/// Numbers from JSON text.
enum JSONNumber {
  enum Whole<Value> {
    case value(Value)
    case notWhole
    case outOfRange
  }

  /// The nearest Double, infinite when there is none; nil when the text isn't a number.
  static func double(_ digits: ArraySlice<UInt8>) -> Double? { Double(String(decoding: digits, as: UTF8.self)) }

  /// A whole number, exact at any size. `5.0` and `1e3` are whole, too, as clients without integers write them.
  static func integer<Value: FixedWidthInteger>(_ digits: ArraySlice<UInt8>, _ type: Value.Type) -> Whole<Value> {
    guard isNumber(digits) else { return .notWhole }
    let isPlain = digits.allSatisfy { $0 == UInt8(ascii: "-") || isDigit($0) }
    if isPlain {
      return Value(String(decoding: digits, as: UTF8.self)).map { .value($0) } ?? .outOfRange
    }
    guard let value = double(digits), value == value.rounded() else { return .notWhole }
    // Above this a Double doesn't tell which whole number was meant.
    guard value.magnitude <= 0x1p53 else { return .outOfRange }
    return Value(exactly: value).map { .value($0) } ?? .outOfRange
  }

  /// Whether a text is a number by JSON's grammar.
  static func isNumber(_ text: some Collection<UInt8>) -> Bool {
    var rest = Substring(decoding: text, as: UTF8.self).utf8[...]
    func takeDigits() -> Bool {
      let count = rest.prefix(while: isDigit).count
      rest = rest.dropFirst(count)
      return count > 0
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "0") { rest = rest.dropFirst() } else if !takeDigits() { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if !takeDigits() { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      if !takeDigits() { return false }
    }
    return rest.isEmpty
  }

  private static func isDigit(_ character: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
  }
}
