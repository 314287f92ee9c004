import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The Swift types of one .proto file.
struct MessageFile {
  private let file: FileDescriptor
  private let options: Options
  private let names: Names
  private let graph: TypeGraph
  private var out = CodePrinter(addNewlines: true)

  init(_ file: FileDescriptor, _ options: Options, _ names: Names, _ graph: TypeGraph) {
    self.file = file
    self.options = options
    self.names = names
    self.graph = graph
  }

  mutating func content() throws -> String {
    // An import that nothing needs would be a warning.
    if !file.messages.isEmpty {
      out.print(
        "internal import CProtobufC", "internal import \(options.cModule)", "public import NIOCore",
        "internal import ProtobufCodec", "public import RPCCore")
    }
    for enumeration in file.enums {
      out.print("")
      EnumDeclaration(enumeration, names).print(to: &out)
    }
    for message in file.messages {
      out.print("")
      try declare(message)
    }
    for message in file.messages { try conform(message) }
    return options.banner(from: file.name) + out.content.drop { $0 == "\n" }
  }

  // MARK: Declaration

  /// A stored property of a message, in the order in which the members are declared.
  private enum Member {
    case field(FieldPlan)
    case oneof(OneofDescriptor, [FieldPlan])
  }

  private func members(_ message: Descriptor) throws -> [Member] {
    var members: [Member] = []
    for field in message.fields {
      let plan = try FieldPlan(field, in: message, names, graph)
      guard let oneof = field.realContainingOneof, oneof.fields.count > 1 else {
        members.append(.field(plan))
        continue
      }
      guard oneof.fields[0] === field else { continue }
      members.append(.oneof(oneof, try oneof.fields.map { try FieldPlan($0, in: message, names, graph) }))
    }
    return members
  }

  private mutating func declare(_ message: Descriptor) throws {
    let members = try members(message)
    out.print(comment: message.protoSourceComments())
    out.print("public struct \(names.declaredName(message)): Sendable, Equatable {")
    out.indent()
    var parameters: [(name: String, type: String, value: String)] = []
    for member in members {
      switch member {
      case .field(let plan):
        let type = try plan.type()
        out.print(comment: plan.field.protoSourceComments())
        if case .boxed = plan.shape {
          out.print(
            "public var \(plan.property): \(type) {", "  get { \(plan.storage)?.value }",
            "  set { \(plan.storage) = newValue.map { Boxed($0) } }", "}",
            "private var \(plan.storage): Boxed<\(type.dropLast())>?")
        } else {
          out.print("public var \(plan.property): \(type)")
        }
        parameters.append((plan.property, type, plan.defaultValue))
      case .oneof(let oneof, _):
        out.print(comment: oneof.protoSourceComments())
        out.print("public var \(names.property(oneof)): \(names.oneOf(oneof))?")
        parameters.append((names.property(oneof), "\(names.oneOf(oneof))?", "nil"))
      }
    }
    for case .oneof(let oneof, let plans) in members { try declare(oneof, plans) }
    for enumeration in message.enums {
      out.print("")
      EnumDeclaration(enumeration, names).print(to: &out)
    }
    for nested in message.messages where !nested.options.mapEntry {
      out.print("")
      try declare(nested)
    }
    if !members.isEmpty { out.print("") }
    printInitializer(parameters, members)
    out.outdent()
    out.print("}")
  }

  private mutating func printInitializer(
    _ parameters: [(name: String, type: String, value: String)], _ members: [Member]
  ) {
    guard !parameters.isEmpty else { return out.print("public init() {}") }
    out.print("public init(")
    for (index, parameter) in parameters.enumerated() {
      let comma = index < parameters.count - 1 ? "," : ""
      out.print("  \(parameter.name): \(parameter.type) = \(parameter.value)\(comma)")
    }
    out.print(") {")
    for member in members {
      switch member {
      case .field(let plan):
        if case .boxed = plan.shape {
          out.print("  self.\(plan.storage) = \(plan.property).map { Boxed($0) }")
        } else {
          out.print("  self.\(plan.property) = \(plan.property)")
        }
      case .oneof(let oneof, _): out.print("  self.\(names.property(oneof)) = \(names.property(oneof))")
      }
    }
    out.print("}")
  }

  private mutating func declare(_ oneof: OneofDescriptor, _ plans: [FieldPlan]) throws {
    let isIndirect = plans.contains { if case .boxed = $0.shape { true } else { false } }
    out.print("")
    out.print("public \(isIndirect ? "indirect " : "")enum \(names.oneOf(oneof)): Sendable, Equatable {")
    out.indent()
    for plan in plans {
      out.print(comment: plan.field.protoSourceComments())
      out.print("case \(plan.property)(\(plan.elementType(plan.element)))")
    }
    out.outdent()
    out.print("}")
  }

  // MARK: Conformance

  private mutating func conform(_ message: Descriptor) throws {
    let name = names.type(message)
    let members = try members(message)
    out.print(
      "", "extension \(name): RPCMessage {",
      "  public static var messageName: String { \"\(message.fullName)\" }", "",
      "  public init(serialized buffer: ByteBuffer) throws {",
      "    self = try Self.decode(buffer)", "  }", "",
      "  public func serialize(into buffer: inout ByteBuffer) throws {",
      "    try encode(into: &buffer)", "  }", "}", "",
      "extension \(name): CMessage {",
      "  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {",
      "    \(Names.cDescriptorAddress(message))()", "  }", "")

    out.indent()
    out.print(
      "static func copy(_ c: UnsafePointer<\(names.cStruct(message))>, to room: UnsafeMutablePointer<Self>)",
      "  throws(DecodingFault)", "{")
    out.indent()
    try printCopy(members)
    out.outdent()
    out.print(
      "}", "",
      "func build(_ c: UnsafeMutablePointer<\(names.cStruct(message))>, in scratch: Scratch)",
      "  throws(EncodingFault)", "{")
    out.indent()
    out.print(
      "c.initialize(to: \(names.cStruct(message))())", "c.pointee.protobuf_c_base.descriptor = Self.cDescriptor",
      "scratch.expect(\(message.fields.count) * 2 * Scratch.headBytes)")
    for member in members {
      switch member {
      case .field(let plan): for line in try plan.encoding() { out.print(line) }
      case .oneof(let oneof, let plans): encode(oneof, plans)
      }
    }
    out.outdent()
    out.print("}")
    out.outdent()
    out.print("}")
    for nested in message.messages where !nested.options.mapEntry { try conform(nested) }
  }

  /// Whatever may throw comes first, since half a message can't be thrown away.
  private mutating func printCopy(_ members: [Member]) throws {
    guard !members.isEmpty else { return out.print("room.initialize(to: Self())") }
    var properties: [String] = []
    for (index, member) in members.enumerated() {
      switch member {
      case .field(let plan):
        for line in try plan.decoding("value\(index)") { out.print(line) }
        if case .boxed = plan.shape { properties.append(plan.storage) } else { properties.append(plan.property) }
      case .oneof(let oneof, let plans):
        decode(oneof, plans, "value\(index)")
        properties.append(names.property(oneof))
      }
    }
    for (index, property) in properties.enumerated() { out.print("room.put(\\.\(property), value\(index))") }
  }

  private mutating func decode(_ oneof: OneofDescriptor, _ plans: [FieldPlan], _ constant: String) {
    out.print(
      "let \(constant): \(names.oneOf(oneof))?", "switch c.pointee.\(names.cCaseMember(oneof)).rawValue {")
    for plan in plans {
      let (code, fails) = plan.decoded(plan.element, "c.pointee.\(names.cMember(plan.field))", plan.field)
      let attempt = fails ? "try " : ""
      out.print("case \(plan.field.number):")
      if case .message = plan.element {
        out.print("  \(constant) = \(attempt)\(code).map { .\(plan.property)($0) }")
      } else {
        out.print("  \(constant) = .\(plan.property)(\(attempt)\(code))")
      }
    }
    out.print("default: \(constant) = nil", "}")
  }

  private mutating func encode(_ oneof: OneofDescriptor, _ plans: [FieldPlan]) {
    out.print("switch self.\(names.property(oneof)) {")
    for plan in plans {
      let (code, fails) = plan.encoded(plan.element, "value")
      out.print(
        "case .\(plan.property)(let value)?:",
        "  c.pointee.\(names.cMember(plan.field)) = \(fails ? "try " : "")\(code)",
        "  c.pointee.\(names.cCaseMember(oneof)) = \(names.cCase(oneof))(rawValue: \(plan.field.number))")
    }
    out.print("case nil: break", "}")
  }
}

/// The Swift enum of a protobuf one.
struct EnumDeclaration {
  private let enumeration: EnumDescriptor
  private let names: Names

  init(_ enumeration: EnumDescriptor, _ names: Names) {
    self.enumeration = enumeration
    self.names = names
  }

  func print(to out: inout CodePrinter) {
    let name = names.declaredName(enumeration)
    // With the option allow_alias several names have one number; the first one is the case.
    var firstNames: [Int32: EnumValueDescriptor] = [:]
    for value in enumeration.values where firstNames[value.number] == nil { firstNames[value.number] = value }
    let values = enumeration.values.filter { firstNames[$0.number] === $0 }
    out.print(comment: enumeration.protoSourceComments())
    out.print("public enum \(name): Sendable, Hashable, CaseIterable {")
    out.indent()
    for value in values {
      out.print(comment: value.protoSourceComments())
      out.print("case \(names.enumCase(value))")
    }
    out.print("/// A number that this version of the contract doesn't name.", "case unrecognized(Int32)")
    for value in enumeration.values {
      guard let original = firstNames[value.number], original !== value else { continue }
      out.print("")
      out.print(comment: value.protoSourceComments())
      out.print("public static var \(names.enumCase(value)): \(name) { .\(names.enumCase(original)) }")
    }
    out.print("", "/// The cases that have a name.", "public static var allCases: [\(name)] {", "  [")
    for value in values { out.print("    .\(names.enumCase(value)),") }
    out.print("  ]", "}", "", "public init(rawValue: Int32) {", "  switch rawValue {")
    for value in values { out.print("  case \(value.number): self = .\(names.enumCase(value))") }
    out.print("  default: self = .unrecognized(rawValue)", "  }", "}", "")
    out.print("public var rawValue: Int32 {", "  switch self {")
    for value in values { out.print("  case .\(names.enumCase(value)): \(value.number)") }
    out.print("  case .unrecognized(let rawValue): rawValue", "  }", "}")
    out.outdent()
    out.print("}")
  }
}

extension CodePrinter {
  /// Prints the lines of a comment, if there is one.
  mutating func print(comment: String) {
    for line in comment.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      var end = line.endIndex
      while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
      print(String(line[..<end]))
    }
  }
}
