import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// How one field is declared, decoded and encoded.
struct FieldPlan {
  enum Element {
    /// The C and the Swift type are the same.
    case number(String)
    case bool
    case string
    case bytes
    case enumeration(EnumDescriptor)
    case message(Descriptor)
  }

  enum Shape {
    /// Always there; the default value is not sent.
    case implicit
    /// The one member of a oneof, so that the default value differs from no value.
    case optional(OneofDescriptor)
    /// A message that may be missing.
    case message
    /// A message that may be missing and may hold the one it is in.
    case boxed
    case repeated
    case map(entry: Descriptor, key: FieldDescriptor, value: FieldDescriptor)
  }

  let field: FieldDescriptor
  let names: Names
  let scope: Descriptor
  let element: Element
  let shape: Shape

  init(_ field: FieldDescriptor, in scope: Descriptor, _ names: Names, _ graph: TypeGraph) throws {
    self.field = field
    self.names = names
    self.scope = scope
    element = try Self.element(field)
    if let entry = field.messageType, let (key, value) = entry.mapKeyAndValue {
      shape = .map(entry: entry, key: key, value: value)
    } else if field.isRepeated {
      shape = .repeated
    } else if field.type == .message {
      shape = graph.isBoxed(field) ? .boxed : .message
    } else if let oneof = field.containingOneof {
      shape = .optional(oneof)
    } else {
      shape = .implicit
    }
  }

  static func element(_ field: FieldDescriptor) throws -> Element {
    switch field.type {
    case .double: .number("Double")
    case .float: .number("Float")
    case .int32, .sint32, .sfixed32: .number("Int32")
    case .int64, .sint64, .sfixed64: .number("Int64")
    case .uint32, .fixed32: .number("UInt32")
    case .uint64, .fixed64: .number("UInt64")
    case .bool: .bool
    case .string: .string
    case .bytes: .bytes
    case .enum: .enumeration(field.enumType)
    case .message: .message(field.messageType)
    case .group: throw Failure("\(field.fullName): groups are not supported")
    }
  }

  // MARK: Declaration

  var property: String { names.property(field) }
  /// Where a boxed message is stored.
  var storage: String { "_" + property.filter { $0 != "`" } }

  func elementType(_ element: Element) -> String {
    switch element {
    case .number(let type): type
    case .bool: "Bool"
    case .string: "String"
    case .bytes: "[UInt8]"
    case .enumeration(let type): names.reference(names.type(type), in: scope)
    case .message(let type): names.reference(names.type(type), in: scope)
    }
  }

  func type() throws -> String {
    switch shape {
    case .implicit: elementType(element)
    case .optional, .message, .boxed: elementType(element) + "?"
    case .repeated: "[\(elementType(element))]"
    case .map(_, let key, let value):
      "[\(elementType(try Self.element(key))): \(elementType(try Self.element(value)))]"
    }
  }

  var defaultValue: String {
    switch shape {
    case .optional, .message, .boxed: "nil"
    case .repeated: "[]"
    case .map: "[:]"
    case .implicit:
      switch element {
      case .number: "0"
      case .bool: "false"
      case .string: "\"\""
      case .bytes: "[]"
      case .enumeration(let type): "." + names.enumCase(type.values[0])
      case .message: preconditionFailure("a message is never implicit")
      }
    }
  }

  // MARK: Decoding

  /// An expression of the Swift value, and whether it throws.
  func decoded(_ element: Element, _ c: String, _ field: FieldDescriptor) -> (code: String, fails: Bool) {
    switch element {
    case .number: (c, false)
    case .bool: ("\(c) != 0", false)
    case .string: ("MessageCodec.string(\(c), \"\(field.fullName)\")", true)
    case .bytes: ("MessageCodec.bytes(\(c))", false)
    case .enumeration: ("\(elementType(element))(rawValue: Int32(truncatingIfNeeded: \(c).rawValue))", false)
    case .message: ("MessageCodec.message(\(c), \(elementType(element)).self)", true)
    }
  }

  /// Declares a constant with the Swift value.
  func decoding(_ constant: String) throws -> [String] {
    let c = "c.pointee.\(names.cMember(field))"
    let count = "c.pointee.n_\(names.cMember(field))"
    let (code, fails) = decoded(element, c, field)
    let attempt = fails ? "try " : ""
    switch shape {
    case .implicit, .message: return ["let \(constant) = \(attempt)\(code)"]
    case .boxed: return ["let \(constant) = \(attempt)\(code).map { Boxed($0) }"]
    case .optional(let oneof):
      let isSet = "c.pointee.\(names.cCaseMember(oneof)).rawValue == \(field.number)"
      return ["let \(constant) = \(attempt)\(isSet) ? \(code) : nil"]
    case .repeated:
      switch element {
      case .number: return ["let \(constant) = MessageCodec.array(\(c), \(count))"]
      case .message:
        return ["let \(constant) = try MessageCodec.messages(\(c), \(count), \(elementType(element)).self)"]
      default:
        let (code, fails) = decoded(element, "element", field)
        return [
          "let \(constant) = try MessageCodec.array(\(c), \(count)) { element throws(DecodingFault) in",
          "  \(fails ? "try " : "")\(code)", "}",
        ]
      }
    case .map(_, let key, let value):
      let keyElement = try Self.element(key)
      let valueElement = try Self.element(value)
      let keyCode = decoded(keyElement, "entry.key", key)
      var valueCode = decoded(valueElement, "entry.value", value)
      // An entry without a value has the default one.
      if case .message = valueElement { valueCode.code += " ?? \(elementType(valueElement))()" }
      let attempt = keyCode.fails || valueCode.fails ? "try " : ""
      return [
        "let \(constant) = try MessageCodec.map(\(c), \(count)) { entry throws(DecodingFault) in",
        "  \(attempt)(\(keyCode.code), \(valueCode.code))", "}",
      ]
    }
  }

  // MARK: Encoding

  /// An expression of the C value, and whether it throws.
  func encoded(_ element: Element, _ value: String) -> (code: String, fails: Bool) {
    switch element {
    case .number: (value, false)
    case .bool: ("\(value) ? 1 : 0", false)
    case .string: ("scratch.string(\(value))", true)
    case .bytes: ("scratch.bytes(\(value))", true)
    case .enumeration(let type):
      ("\(names.cEnum(type))(rawValue: .init(truncatingIfNeeded: \(value).rawValue))", false)
    case .message: ("scratch.message(\(value))", true)
    }
  }

  func encoding() throws -> [String] {
    let c = "c.pointee.\(names.cMember(field))"
    let count = "c.pointee.n_\(names.cMember(field)) = self.\(property).count"
    func assign(_ value: String, _ element: Element, to c: String) -> String {
      let (code, fails) = encoded(element, value)
      return "\(c) = \(fails ? "try " : "")\(code)"
    }
    switch shape {
    case .implicit: return [assign("self.\(property)", element, to: c)]
    case .message, .boxed: return ["if let value = self.\(property) { \(assign("value", element, to: c)) }"]
    case .optional(let oneof):
      return [
        "if let value = self.\(property) {", "  \(assign("value", element, to: c))",
        "  c.pointee.\(names.cCaseMember(oneof)) = \(names.cCase(oneof))(rawValue: \(field.number))", "}",
      ]
    case .repeated:
      switch element {
      case .number: return [count, "\(c) = try scratch.array(self.\(property))"]
      case .message: return [count, "\(c) = try scratch.messages(self.\(property))"]
      default:
        let (code, fails) = encoded(element, "element")
        return [
          count, "\(c) = try scratch.array(self.\(property)) { element throws(EncodingFault) in",
          "  \(fails ? "try " : "")\(code)", "}",
        ]
      }
    case .map(let entry, let key, let value):
      let isBool = key.type == .bool
      let order = isBool ? "!$0.key && $1.key" : "$0.key < $1.key"
      return [
        count,
        "\(c) = try scratch.map(self.\(property).sorted { \(order) }) {",
        "  (key, value, entry: UnsafeMutablePointer<\(names.cStruct(entry))>) throws(EncodingFault) in",
        "  entry.initialize(to: \(names.cStruct(entry))())",
        "  entry.pointee.protobuf_c_base.descriptor = \(Names.cDescriptorAddress(entry))()",
        "  " + assign("key", try Self.element(key), to: "entry.pointee.key"),
        "  " + assign("value", try Self.element(value), to: "entry.pointee.value"),
        "}",
      ]
    }
  }
}
