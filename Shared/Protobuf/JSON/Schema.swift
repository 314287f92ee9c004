/// The type of a field's values. Raw values are those of google.protobuf.FieldDescriptorProto.Type.
enum FieldType: UInt8 {
  case double = 1
  case float = 2
  case int64 = 3
  case uint64 = 4
  case int32 = 5
  case fixed64 = 6
  case fixed32 = 7
  case bool = 8
  case string = 9
  case message = 11
  case bytes = 12
  case uint32 = 13
  case enumeration = 14
  case sfixed32 = 15
  case sfixed64 = 16
  case sint32 = 17
  case sint64 = 18

  var wireType: WireType {
    switch self {
    case .double, .fixed64, .sfixed64: .fixed64
    case .float, .fixed32, .sfixed32: .fixed32
    case .string, .bytes, .message: .lengthDelimited
    case .int64, .uint64, .int32, .uint32, .bool, .enumeration, .sint32, .sint64: .varint
    }
  }
}

/// Messages with a JSON form of their own.
enum WellKnown {
  case timestamp
  case duration
  case structure
  case value
  case list

  init?(fullName: String) {
    switch fullName {
    case "google.protobuf.Timestamp": self = .timestamp
    case "google.protobuf.Duration": self = .duration
    case "google.protobuf.Struct": self = .structure
    case "google.protobuf.Value": self = .value
    case "google.protobuf.ListValue": self = .list
    default: return nil
    }
  }
}

/// A field of a message. A class, so that passing one on costs one reference count and not one a text.
final class FieldSchema: Sendable {
  let name: String
  let number: UInt32
  let type: FieldType
  let isRepeated: Bool
  /// Repeated numbers are written one after the other in one length-delimited field.
  let isPacked: Bool
  /// Whether JSON tells absent from default: messages and members of a oneof.
  let hasPresence: Bool
  /// Number of the oneof within the message; -1 outside of one and in one with a single member, which is only there
  /// for presence.
  let oneof: Int
  /// The values' message or enum as an index into the schema's, or -1.
  let reference: Int
  /// The field is a map; `reference` is its entry.
  let isMap: Bool
  /// The name in UTF-8.
  let key: [UInt8]
  /// The name as JSON, with quotes and colon.
  let keyText: [UInt8]

  init(_ declared: FieldDeclaration, isChoice: Bool, reference: Int, isMap: Bool) {
    name = declared.name
    number = declared.number
    type = declared.type
    isRepeated = declared.isRepeated
    isPacked = declared.isRepeated && declared.isPacked && declared.type.wireType != .lengthDelimited
    hasPresence = !declared.isRepeated && (declared.oneof >= 0 || declared.type == .message)
    oneof = isChoice ? declared.oneof : -1
    self.reference = reference
    self.isMap = isMap
    key = Array(name.utf8)
    keyText = Array("\"\(name)\":".utf8)
  }
}

/// A message type.
final class MessageSchema: Sendable {
  let fullName: String
  /// Ordered by number.
  let fields: [FieldSchema]
  /// Whether there is a oneof with several members.
  let hasChoices: Bool
  let isMapEntry: Bool
  let wellKnown: WellKnown?

  init(fullName: String, fields: [FieldSchema], isMapEntry: Bool, wellKnown: WellKnown?) {
    self.fullName = fullName
    self.fields = fields
    hasChoices = fields.contains { $0.oneof >= 0 }
    self.isMapEntry = isMapEntry
    self.wellKnown = wellKnown
  }

  /// The place of the field with the number.
  func index(ofNumber number: UInt32) -> Int? {
    // Most messages number their fields from 1 without gaps.
    let guess = Int(number) - 1
    if guess >= 0, guess < fields.count, fields[guess].number == number { return guess }
    var low = 0
    var high = fields.count
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < fields.count && fields[low].number == number ? low : nil
  }

  func index(ofName name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// An enum type and its words in JSON: `VERDICT_PASS` of `Verdict` is `pass`.
struct EnumSchema: Sendable {
  var fullName: String
  /// The word of each number; of two names for one number the first.
  private(set) var words: [Int32: [UInt8]] = [:]
  private(set) var numbers: [[UInt8]: Int32] = [:]
  /// 0 says that nothing was specified: it has no word, and JSON leaves it out.
  private(set) var zeroIsUnspecified = false
  /// All words for people.
  private(set) var list = ""

  init(fullName: String, values: [(name: String, number: Int32)]) {
    self.fullName = fullName
    let own = fullName.split(separator: ".").last.map(String.init) ?? fullName
    let stripped = values.map { Self.strip(own, from: $0.name) }
    let hasPrefix = stripped.allSatisfy { $0 != nil }
    var names: [String] = []
    for (value, rest) in zip(values, stripped) {
      let word = (hasPrefix ? rest ?? value.name : value.name).lowercased()
      if value.number == 0, word == "unspecified" {
        zeroIsUnspecified = true
        continue
      }
      numbers[Array(word.utf8)] = value.number
      if words[value.number] == nil { words[value.number] = Array(word.utf8) }
      names.append(word)
    }
    list = names.joined(separator: ", ")
  }

  /// The value's name without the enum's, whose words `_` may separate.
  private static func strip(_ enumName: String, from value: String) -> String? {
    var rest = Substring(value)
    for letter in enumName.uppercased() where letter != "_" {
      while rest.first == "_" { rest.removeFirst() }
      guard rest.first == letter else { return nil }
      rest.removeFirst()
    }
    guard rest.first == "_" else { return nil }
    rest.removeFirst()
    return rest.isEmpty ? nil : String(rest)
  }
}

/// All message types that a transcoder may meet, read from descriptors.
///
/// Reading takes a while; make one and keep it.
public final class ProtoJSONSchema: Sendable {
  let messages: [MessageSchema]
  let enums: [EnumSchema]
  private let indices: [String: Int]

  /// Reads descriptors.
  ///
  /// The source is google.protobuf.FileDescriptorProto and not protobuf-c's descriptors: those are compiled with strings
  /// as bytes (so that a NUL can't cut a string), and tell neither strings from bytes nor maps from lists.
  ///
  /// - Parameter fileDescriptors: Serialised google.protobuf.FileDescriptorProto messages, in any order, with all that
  ///   they import except the well-known types that have a JSON form of their own.
  /// - Throws: `unknownMessage` when one can't be read or refers to a type that none declares.
  public init(fileDescriptors: [[UInt8]]) throws(ProtoJSONError) {
    var reader = DescriptorReader()
    for file in fileDescriptors { try reader.read(file: file) }
    (messages, enums) = try reader.resolved()
    indices = Dictionary(uniqueKeysWithValues: messages.enumerated().map { ($1.fullName, $0) })
  }

  /// Reads the files of a serialised google.protobuf.FileDescriptorSet; otherwise as `init(fileDescriptors:)`.
  public convenience init(fileDescriptorSet: [UInt8]) throws(ProtoJSONError) {
    try self.init(fileDescriptors: DescriptorReader.files(ofSet: fileDescriptorSet))
  }

  /// Full names of all messages, without map entries, ordered.
  public var messageNames: [String] { messages.filter { !$0.isMapEntry }.map(\.fullName).sorted() }

  /// The transcoder of a message type.
  ///
  /// - Parameter messageName: Full name such as `twin.engine.v1.CreateTwinRequest`.
  /// - Throws: `unknownMessage` when no descriptor declares it.
  public func transcoder(for messageName: String) throws(ProtoJSONError) -> ProtoJSONTranscoder {
    guard let index = indices[messageName] else {
      throw ProtoJSONError(.unknownMessage, "no message \(messageName)")
    }
    return ProtoJSONTranscoder(schema: self, message: index)
  }
}
