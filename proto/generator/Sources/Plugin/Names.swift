import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// What things are called in Swift, and what protoc-gen-c called them.
struct Names {
  let options: Options

  init(_ options: Options) { self.options = options }

  // MARK: Swift

  /// The type's name with those it is nested in, such as `CheckResponse.ServingStatus`.
  func type(_ message: Descriptor) -> String {
    if let outer = message.containingType { return "\(type(outer)).\(message.name)" }
    return prefix(message.file) + message.name
  }

  func type(_ enumeration: EnumDescriptor) -> String {
    if let outer = enumeration.containingType { return "\(type(outer)).\(enumeration.name)" }
    return prefix(enumeration.file) + enumeration.name
  }

  /// The type's name where it is declared, without what it is nested in.
  func declaredName(_ message: Descriptor) -> String {
    message.containingType == nil ? prefix(message.file) + message.name : message.name
  }

  func declaredName(_ enumeration: EnumDescriptor) -> String {
    enumeration.containingType == nil ? prefix(enumeration.file) + enumeration.name : enumeration.name
  }

  /// The same as it can be written inside of `scope`, whose nested types might hide it.
  func reference(_ name: String, in scope: Descriptor) -> String {
    let first = name.split(separator: ".")[0]
    var outer: Descriptor? = scope
    while let message = outer {
      let hides =
        message.messages.contains { $0.name == first } || message.enums.contains { $0.name == first }
        || message.realOneofs.contains { oneOf($0) == first }
      if hides, type(message) != name { return "\(options.module).\(name)" }
      outer = message.containingType
    }
    return name
  }

  func oneOf(_ oneof: OneofDescriptor) -> String { "OneOf" + NamingUtils.toUpperCamelCase(oneof.name) }

  func property(_ field: FieldDescriptor) -> String { quoted(NamingUtils.toLowerCamelCase(field.name)) }

  func property(_ oneof: OneofDescriptor) -> String { quoted(NamingUtils.toLowerCamelCase(oneof.name)) }

  /// The case of an enum without the enum's own name: `VERDICT_PASS` of `Verdict` is `pass`.
  func enumCase(_ value: EnumValueDescriptor) -> String {
    let own = value.enumType.name.filter { $0 != "_" }.lowercased()
    var rest = Substring(value.name)
    var matched = Substring(own)
    while let expected = matched.first, let found = rest.first, found == "_" || found.lowercased() == String(expected) {
      if found != "_" { matched.removeFirst() }
      rest.removeFirst()
    }
    let stripped = rest.drop { $0 == "_" }
    let isUsable = matched.isEmpty && stripped.first?.isLetter == true
    return quoted(NamingUtils.toLowerCamelCase(isUsable ? String(stripped) : value.name))
  }

  func service(_ service: ServiceDescriptor) -> String { prefix(service.file) + service.name }

  func method(_ method: MethodDescriptor) -> String { quoted(NamingUtils.toLowerCamelCase(method.name)) }

  private func prefix(_ file: FileDescriptor) -> String {
    if file.options.hasSwiftPrefix { return file.options.swiftPrefix }
    return options.prefixes[file.package] ?? ""
  }

  private func quoted(_ name: String) -> String {
    // These stay special even in backticks.
    if ["init", "self", "Self", "Type", "Protocol"].contains(name) { return name + "_" }
    let keywords = swiftKeywordsUsedInDeclarations.union(swiftKeywordsUsedInStatements)
      .union(swiftKeywordsUsedInExpressionsAndTypes)
    return keywords.contains(name) ? "`\(name)`" : name
  }

  // MARK: Collisions

  /// Types of the standard library that a message of the same name would hide in every file that imports the module.
  private static let taken: Set<String> = [
    "Actor", "Any", "AnyObject", "Array", "AsyncSequence", "AsyncStream", "Bool", "Boxed", "ByteBuffer",
    "CallOptions", "Character", "Clock", "Codable", "Collection", "Comparable", "Dictionary", "Double", "Duration",
    "Equatable", "Error", "Float", "Hashable", "Identifiable", "Instant", "Int", "Int32", "Int64", "Iterator",
    "MessageCodec", "MessageCodingError", "Metadata", "Never", "Optional", "Protocol", "Range", "RawRepresentable",
    "Result", "RPCChannel", "RPCError", "RPCMessage", "RPCMethod", "Scratch", "Self", "Sendable", "Sequence",
    "ServerCall", "Set", "Slice", "StaticString", "String", "Substring", "Swift", "Task", "Type", "UInt", "UInt32",
    "UInt64", "UInt8", "Void",
  ]

  /// - Throws: `Failure` when two declarations would have one name, or one would hide a type that everyone uses.
  func check(_ files: [FileDescriptor]) throws {
    var owners: [String: String] = [:]
    func claim(_ name: String, _ owner: String, in file: FileDescriptor) throws {
      if Self.taken.contains(name) {
        throw Failure("\(file.name): \(owner) would hide the Swift type \(name); rename it or set swift_prefix")
      }
      if let other = owners.updateValue(owner, forKey: name) {
        throw Failure("\(file.name): \(owner) and \(other) would both be \(name); rename one or set swift_prefix")
      }
    }
    for file in files {
      for message in file.messages { try claim(type(message), message.fullName, in: file) }
      for enumeration in file.enums { try claim(type(enumeration), enumeration.fullName, in: file) }
      for service in file.services {
        for suffix in ["Client", "Handler", "Methods"] {
          try claim(self.service(service) + suffix, service.fullName, in: file)
        }
      }
      for message in file.messages { try check(nestedIn: message) }
    }
  }

  private func check(nestedIn message: Descriptor) throws {
    for name in message.messages.map(\.name) + message.enums.map(\.name) where Self.taken.contains(name) {
      throw Failure("\(message.file.name): \(message.fullName).\(name) would hide the Swift type \(name); rename it")
    }
    for nested in message.messages { try check(nestedIn: nested) }
  }

  // MARK: C, as protoc-gen-c forms the names

  func cStruct(_ message: Descriptor) -> String { Self.cType(message.fullName) }

  func cEnum(_ enumeration: EnumDescriptor) -> String { Self.cType(enumeration.fullName) }

  func cCase(_ oneof: OneofDescriptor) -> String { Self.cType(oneof.fullName) + "Case" }

  static func cDescriptor(_ message: Descriptor) -> String { cLower(message.fullName) + "__descriptor" }

  /// The function of our own that gives the address of the descriptor. Swift can't take the address of a C constant.
  static func cDescriptorAddress(_ message: Descriptor) -> String { cLower(message.fullName) + "__descriptor_address" }

  func cMember(_ field: FieldDescriptor) -> String {
    let name = field.name.lowercased()
    return Self.cKeywords.contains(name) ? name + "_" : name
  }

  func cCaseMember(_ oneof: OneofDescriptor) -> String { Self.camelToLower(oneof.name) + "_case" }

  private static func cType(_ fullName: String) -> String {
    fullName.split(separator: ".").map { piece in
      piece.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }.joined(separator: "__")
  }

  private static func cLower(_ fullName: String) -> String {
    fullName.split(separator: ".").map { camelToLower(String($0)) }.joined(separator: "__")
  }

  private static func camelToLower(_ name: String) -> String {
    var result = ""
    var wasUpper = true
    for character in name {
      if character.isUppercase, !wasUpper { result += "_" }
      result += character.lowercased()
      wasUpper = character.isUppercase
    }
    return result
  }

  private static let cKeywords: Set<String> = [
    "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "class", "compl",
    "const", "const_cast", "continue", "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit",
    "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new",
    "not", "not_eq", "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "return", "short", "signed", "sizeof", "static", "static_cast", "struct", "switch", "template", "this", "throw",
    "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual", "void", "volatile",
    "wchar_t", "while", "xor", "xor_eq",
  ]
}
