/// A field as a file declares it.
struct FieldDeclaration {
  var name = ""
  var number: UInt32 = 0
  var type = FieldType.int32
  var isRepeated = false
  /// Repeated numbers of proto3 are packed unless an option says otherwise.
  var isPacked = true
  /// Number of the oneof within the message, or -1.
  var oneof = -1
  /// Full name of the values' message or enum.
  var typeName = ""
}

/// Reads google.protobuf.FileDescriptorProto messages, only what JSON needs. Field numbers are those of
/// google/protobuf/descriptor.proto.
struct DescriptorReader {
  private struct MessageDeclaration {
    var fullName: String
    var fields: [FieldDeclaration] = []
    var isMapEntry = false
  }

  private var messages: [MessageDeclaration] = []
  private var enums: [EnumSchema] = []
  private var messageIndices: [String: Int] = [:]
  private var enumIndices: [String: Int] = [:]

  /// The files of a FileDescriptorSet.
  static func files(ofSet bytes: [UInt8]) throws(ProtoJSONError) -> [[UInt8]] {
    var files: [[UInt8]] = []
    try each(bytes, 0..<bytes.count) { (number, part) throws(ProtoJSONError) in
      if number == 1, let range = part.range { files.append(Array(bytes[range])) }
    }
    return files
  }

  /// Reads one file. A file that repeats a type is ignored from there on, so that overlapping sets can be joined.
  mutating func read(file bytes: [UInt8]) throws(ProtoJSONError) {
    var package = ""
    var isProto3 = false
    var nested: [(isEnum: Bool, range: Range<Int>)] = []
    try Self.each(bytes, 0..<bytes.count) { (number, part) throws(ProtoJSONError) in
      guard let range = part.range else { return }
      switch number {
      case 2: package = Self.text(bytes, range)
      case 4: nested.append((false, range))
      case 5: nested.append((true, range))
      case 12: isProto3 = Self.text(bytes, range) == "proto3"
      default: break
      }
    }
    guard isProto3 else { throw ProtoJSONError(.unknownMessage, "only proto3 files have a JSON form here") }
    let scope = package.isEmpty ? "" : package + "."
    for (isEnum, range) in nested {
      if isEnum {
        try readEnum(bytes, range, scope)
      } else {
        try readMessage(bytes, range, scope)
      }
    }
  }

  /// The types, with what fields refer to found.
  func resolved() throws(ProtoJSONError) -> ([MessageSchema], [EnumSchema]) {
    var result: [MessageSchema] = []
    for message in messages {
      var fields: [FieldSchema] = []
      for field in message.fields {
        var reference: Int?
        switch field.type {
        case .message: reference = messageIndices[field.typeName]
        case .enumeration: reference = enumIndices[field.typeName]
        default: reference = -1
        }
        guard let reference else {
          throw ProtoJSONError(.unknownMessage, "\(message.fullName).\(field.name): no type \(field.typeName)")
        }
        fields.append(
          FieldSchema(
            field, isChoice: field.oneof >= 0 && message.fields.count { $0.oneof == field.oneof } > 1,
            reference: reference, isMap: field.type == .message && messages[reference].isMapEntry))
      }
      fields.sort { $0.number < $1.number }
      result.append(
        MessageSchema(
          fullName: message.fullName, fields: fields, isMapEntry: message.isMapEntry,
          wellKnown: WellKnown(fullName: message.fullName)))
    }
    return (result, enums)
  }

  /// Declares the well-known types that JSON treats by itself, in case their file isn't given.
  init() {
    for name in ["Timestamp", "Duration", "Struct", "Value", "ListValue"] {
      messageIndices["google.protobuf." + name] = messages.count
      messages.append(MessageDeclaration(fullName: "google.protobuf." + name))
    }
  }

  // MARK: Parts of a file

  private mutating func readMessage(
    _ bytes: [UInt8], _ range: Range<Int>, _ scope: String
  ) throws(ProtoJSONError) {
    var declared = MessageDeclaration(fullName: scope)
    var fieldRanges: [Range<Int>] = []
    var nested: [(isEnum: Bool, range: Range<Int>)] = []
    try Self.each(bytes, range) { (number, part) throws(ProtoJSONError) in
      guard let range = part.range else { return }
      switch number {
      case 1: declared.fullName += Self.text(bytes, range)
      case 2: fieldRanges.append(range)
      case 3: nested.append((false, range))
      case 4: nested.append((true, range))
      case 7:
        try Self.each(bytes, range) { (option, value) throws(ProtoJSONError) in
          if option == 7 { declared.isMapEntry = value.number == 1 }
        }
      default: break
      }
    }
    guard messageIndices[declared.fullName] == nil else { return }
    for range in fieldRanges { declared.fields.append(try Self.readField(bytes, range, declared.fullName)) }
    messageIndices[declared.fullName] = messages.count
    messages.append(declared)
    for (isEnum, range) in nested {
      if isEnum {
        try readEnum(bytes, range, declared.fullName + ".")
      } else {
        try readMessage(bytes, range, declared.fullName + ".")
      }
    }
  }

  private static func readField(
    _ bytes: [UInt8], _ range: Range<Int>, _ message: String
  ) throws(ProtoJSONError) -> FieldDeclaration {
    var field = FieldDeclaration()
    var number: UInt64 = 0
    var rawType: UInt64 = 0
    try each(bytes, range) { (tag, part) throws(ProtoJSONError) in
      switch tag {
      case 1: field.name = text(bytes, part.range ?? 0..<0)
      case 3: number = part.number
      case 4: field.isRepeated = part.number == 3
      case 5: rawType = part.number
      case 6: field.typeName = String(text(bytes, part.range ?? 0..<0).drop { $0 == "." })
      case 8:
        try each(bytes, part.range ?? 0..<0) { (option, value) throws(ProtoJSONError) in
          if option == 2 { field.isPacked = value.number != 0 }
        }
      case 9: field.oneof = Int(truncatingIfNeeded: part.number)
      default: break
      }
    }
    guard let type = UInt8(exactly: rawType).flatMap(FieldType.init(rawValue:)), let id = UInt32(exactly: number) else {
      throw ProtoJSONError(.unknownMessage, "\(message).\(field.name): type \(rawType) has no JSON form")
    }
    field.type = type
    field.number = id
    return field
  }

  private mutating func readEnum(_ bytes: [UInt8], _ range: Range<Int>, _ scope: String) throws(ProtoJSONError) {
    var name = ""
    var values: [(name: String, number: Int32)] = []
    try Self.each(bytes, range) { (tag, part) throws(ProtoJSONError) in
      guard let range = part.range else { return }
      if tag == 1 { name = Self.text(bytes, range) }
      if tag == 2 {
        var value = (name: "", number: Int32(0))
        try Self.each(bytes, range) { (tag, part) throws(ProtoJSONError) in
          if tag == 1, let range = part.range { value.name = Self.text(bytes, range) }
          if tag == 2 { value.number = Int32(truncatingIfNeeded: part.number) }
        }
        values.append(value)
      }
    }
    guard enumIndices[scope + name] == nil else { return }
    enumIndices[scope + name] = enums.count
    enums.append(EnumSchema(fullName: scope + name, values: values))
  }

  // MARK: Wire format

  private static func each(
    _ bytes: [UInt8], _ range: Range<Int>, _ body: (UInt32, WirePart) throws(ProtoJSONError) -> Void
  ) throws(ProtoJSONError) {
    var reader = WireReader(range)
    while let (number, part) = try reader.next(in: bytes) { try body(number, part) }
  }

  private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
