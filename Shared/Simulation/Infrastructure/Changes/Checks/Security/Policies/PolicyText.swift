import SimulationInput

/// Policies that came as text: infrastructure languages and command lines hold a document as a string of JSON.
///
/// Reads RFC 8259 without the reading of services (`ProtoJSON`), which this package must not know. Members that repeat are
/// refused: which of them counts is not defined.
struct PolicyText {
  /// Longer texts are no policies: AWS allows 20,480 characters at most (IAM quotas).
  static let maxBytes = 65_536
  static let maxDepth = 32

  private let text: [UInt8]
  private var next = 0

  /// nil for what isn't one JSON value within the bounds.
  static func value(_ text: String) -> InputValue? {
    guard text.utf8.count <= maxBytes else { return nil }
    var reader = PolicyText(text: Array(text.utf8))
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    // Spelled out: beside a value `nil` is JSON's null.
    guard reader.next == reader.text.count else { return nil }
    return value
  }

  private init(text: [UInt8]) { self.text = text }

  private mutating func skipSpace() {
    while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
  }

  private mutating func takes(_ character: Character) -> Bool {
    skipSpace()
    guard next < text.count, text[next] == character.asciiValue else { return false }
    next += 1
    return true
  }

  private mutating func value(depth: Int) -> InputValue? {
    guard depth < Self.maxDepth else { return nil }
    skipSpace()
    guard next < text.count else { return nil }
    switch text[next] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    default:
      let word = text[next...].prefix { ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains($0) }
      next += word.count
      switch String(decoding: word, as: UTF8.self) {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null": return .null
      case let number:
        guard number.first.map({ $0 == "-" || $0.isNumber }) == true, let value = Double(number), value.isFinite else {
          return nil
        }
        return .number(value)
      }
    }
  }

  private mutating func object(_ depth: Int) -> InputValue? {
    next += 1
    var members: [InputValue.Member] = []
    if takes("}") { return .object([]) }
    repeat {
      skipSpace()
      guard let name = string(), takes(":"), let value = value(depth: depth + 1),
        !members.contains(where: { $0.name == name }), members.count < PolicyDocument.maxStatements
      else { return nil }
      members.append(.init(name, value))
    } while takes(",")
    guard takes("}") else { return nil }
    return .object(members)
  }

  private mutating func array(_ depth: Int) -> InputValue? {
    next += 1
    var values: [InputValue] = []
    if takes("]") { return .array([]) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while takes(",")
    guard takes("]") else { return nil }
    return .array(values)
  }

  private mutating func string() -> String? {
    guard next < text.count, text[next] == UInt8(ascii: "\"") else { return nil }
    next += 1
    var bytes: [UInt8] = []
    while next < text.count {
      let byte = text[next]
      next += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard next < text.count else { return nil }
        let escape = text[next]
        next += 1
        if escape == UInt8(ascii: "u") {
          guard next + 4 <= text.count,
            let code = UInt32(String(decoding: text[next..<next + 4], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(code)
          else { return nil }
          next += 4
          bytes += Array(String(Character(scalar)).utf8)
        } else if let place = Array("\"\\/bfnrt".utf8).firstIndex(of: escape) {
          bytes.append(Array("\"\\/\u{8}\u{C}\n\r\t".utf8)[place])
        } else {
          return nil
        }
      case ..<0x20: return nil
      default: bytes.append(byte)
      }
    }
    return nil
  }
}
