import SimulationInput

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON texts of the twins' tables.
enum StoredJSON {
  /// A row that isn't as this program writes it.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  static func text(_ overrides: [String: InputValue]) throws -> String {
    try encode(overrides.mapValues { Scalar(value: $0) })
  }

  static func overrides(_ text: String) throws -> [String: InputValue] {
    try decode([String: Scalar].self, text).mapValues(\.value)
  }

  static func text(_ sources: [String: [Int64]]) throws -> String { try encode(sources) }

  static func sources(_ text: String) throws -> [String: [Int64]] { try decode([String: [Int64]].self, text) }

  /// Anything that has a JSON form.
  static func text(_ value: some Encodable) throws -> String { try encode(value) }

  static func value<Value: Decodable>(_ text: String) throws -> Value { try decode(Value.self, text) }

  private static func encode(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  private static func decode<Value: Decodable>(_: Value.Type, _ text: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw Unreadable(description: "a stored JSON value can't be read: \(error)")
    }
  }

  /// The values that parameters have.
  private struct Scalar: Codable {
    var value: InputValue

    init(value: InputValue) { self.value = value }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let flag = try? container.decode(Bool.self) {
        value = .bool(flag)
      } else if let number = try? container.decode(Double.self) {
        value = .number(number)
      } else {
        value = .string(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .null: try container.encodeNil()
      case .bool(let flag): try container.encode(flag)
      case .number(let number): try container.encode(number)
      case .string(let text): try container.encode(text)
      case .array, .object: throw Unreadable(description: "a parameter's value is \(value.kindName)")
      }
    }
  }
}
