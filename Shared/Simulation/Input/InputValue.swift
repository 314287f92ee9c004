/// A value as it arrives from outside: what JSON can say, without depending on a JSON library.
///
/// Objects keep the order of their members, so nothing downstream can depend on hashing.
public indirect enum InputValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([InputValue])
  case object([Member])

  /// One member of an object.
  public struct Member: Sendable, Hashable {
    public var name: String
    public var value: InputValue

    public init(_ name: String, _ value: InputValue) {
      self.name = name
      self.value = value
    }
  }

  /// The member called `name` of an object, the last one where a name repeats.
  public subscript(name: String) -> InputValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The kind as error messages name it.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value as error messages and descriptions show it; numbers without a superfluous fraction.
  public var summary: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): Self.text(of: number)
    case .string(let text): text
    case .array(let values): "[" + values.map(\.summary).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map { "\($0.name): \($0.value.summary)" }.joined(separator: ", ") + "}"
    }
  }

  /// `number` in decimal, whole numbers without a fraction.
  public static func text(of number: Double) -> String {
    number.magnitude < 1e15 && number == number.rounded() ? String(Int64(number)) : String(number)
  }
}

extension InputValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: InputValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, InputValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
