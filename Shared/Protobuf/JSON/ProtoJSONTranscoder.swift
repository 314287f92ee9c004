/// Turns the JSON form of one message type into protobuf bytes and back.
///
/// The JSON form is that of `proto/README.md`: field names as declared (snake_case), Timestamp by RFC 3339, Duration as
/// "1.5s", Struct, Value and ListValue as the JSON they hold, bytes in base64, enum values as lower-case words without
/// the enum's name. Numbers of 64 bits are JSON numbers below 2^53 and texts from there on; reading takes both at any
/// size. A member of a oneof and a message are present or absent; other fields always have a value.
public struct ProtoJSONTranscoder: Sendable {
  let schema: ProtoJSONSchema
  let message: Int

  /// How a document is read.
  public struct EncodingOptions: Sendable {
    /// The field of the message that the document is the value of; nil when it is the whole message. For a repeated
    /// field of messages the document is an array of them, or one alone.
    public var bodyField: String?
    /// The Struct field that takes the members which no field has the name of, as if they stood in it; nil when they
    /// are errors. Applies to the message that the document's object stands for.
    public var foldField: String?
    /// Fields that the address gives, so that the document must not (see `encode(parameters:)`).
    public var reservedFields: Set<String> = []
    /// Names that a member may have beside its field's own, with the field's: "simulation_type" for "type". They hold in
    /// every message of the document that has such a field, and in no free-form object.
    public var aliases: [String: String] = [:]
    /// Bounds of the document.
    public var limits = ProtoJSONLimits()

    /// Creates options.
    public init(
      bodyField: String? = nil, foldField: String? = nil, reservedFields: Set<String> = [],
      aliases: [String: String] = [:]
    ) {
      self.bodyField = bodyField
      self.foldField = foldField
      self.reservedFields = reservedFields
      self.aliases = aliases
    }
  }

  /// How a document is written.
  public struct DecodingOptions: Sendable {
    /// The field whose value the document is; nil when it is the whole message.
    public var bodyField: String?
    /// Whether fields that have no presence are written when they hold 0, "", false or no element. An enum that says
    /// unspecified is never written.
    public var emitsDefaults = true
    /// Longest document in bytes; 64 MiB unless set. Two bytes on the wire can be a message with many defaults, so a
    /// bound on the wire is none on the text.
    public var maximumDocumentBytes = 64 << 20

    /// Creates options.
    public init(bodyField: String? = nil, emitsDefaults: Bool = true) {
      self.bodyField = bodyField
      self.emitsDefaults = emitsDefaults
    }
  }

  /// Full name of the message type.
  public var messageName: String { schema.messages[message].fullName }

  /// Names of the message's fields, in the order of their numbers.
  public var fieldNames: [String] { schema.messages[message].fields.map(\.name) }

  /// The message that a JSON document stands for, in protobuf's wire format.
  ///
  /// Wire formats of one type can be joined: appending the bytes of `encode(parameters:)` sets those fields, too.
  ///
  /// - Throws: `syntax`, `documentTooLarge`, `documentTooDeep`, or `invalidFields` with everything that is wrong:
  ///   unknown and repeated members, wrong types and words, numbers out of range, times and base64 that can't be read,
  ///   texts with U+0000.
  public func encode(json: [UInt8], options: EncodingOptions = .init()) throws(ProtoJSONError) -> [UInt8] {
    let document = try JSONDocument(parsing: json, limits: options.limits)
    var encoder = MessageEncoder(schema: schema, document: document)
    encoder.aliases = options.aliases.map { (Array($0.key.utf8), $0.value) }
    guard let bodyField = options.bodyField else {
      encoder.reserved = options.reservedFields
      encoder.message(0, message, fold: try index(ofField: options.foldField, in: message))
      return try encoder.finished()
    }
    guard let index = try index(ofField: bodyField, in: message) else { return [] }
    let field = schema.messages[message].fields[index]
    let fold = field.type == .message ? try self.index(ofField: options.foldField, in: field.reference) : nil
    guard field.type == .message, !field.isMap, schema.messages[field.reference].wellKnown == nil else {
      encoder.value(0, of: field)
      return try encoder.finished()
    }
    if field.isRepeated, document[0].kind == .array {
      var element = 1
      var position = 0
      while element < document[0].next {
        let current = element
        encoder.at(.index(position)) { $0.body(current, of: field, fold) }
        element = document[element].next
        position += 1
      }
    } else {
      encoder.body(0, of: field, fold)
    }
    return try encoder.finished()
  }

  /// The message whose fields are given as texts, as a path or a query has them, in protobuf's wire format.
  ///
  /// - Parameter parameters: Names and values. A repeated field takes any number of values, others one.
  /// - Throws: `invalidFields`, with the fields' names as paths.
  public func encode(parameters: [(name: String, value: String)]) throws(ProtoJSONError) -> [UInt8] {
    let declared = schema.messages[message]
    var encoder = MessageEncoder(schema: schema, document: try JSONDocument(parsing: [0x7B, 0x7D], limits: .init()))
    var seen = IndexSet()
    for (name, value) in parameters {
      encoder.at(.field(name)) {
        guard let index = declared.index(ofName: name) else { return $0.report("no such parameter") }
        let field = declared.fields[index]
        guard !field.isMap else { return $0.report("can't be given as a text") }
        guard seen.insert(index) || field.isRepeated else { return $0.report("given more than once") }
        $0.out.tag(field.number, field.type.wireType)
        $0.parameter(Array(value.utf8), of: field)
      }
    }
    return try encoder.finished()
  }

  /// The JSON document of a message. Members are in the order of the fields' numbers, those of maps and of free-form
  /// objects in the order of their keys. NaN and infinity are null; unknown fields are left out.
  ///
  /// - Throws: `malformedMessage` when the bytes aren't a message of the type.
  public func decode(protobuf: [UInt8], options: DecodingOptions = .init()) throws(ProtoJSONError) -> [UInt8] {
    var decoder = MessageDecoder(schema: schema, bytes: protobuf, options: options)
    if let index = try index(ofField: options.bodyField, in: message) {
      try decoder.field(index, of: 0..<protobuf.count, message)
    } else {
      try decoder.message(0..<protobuf.count, message, depth: 1)
    }
    return decoder.out.bytes
  }

  private func index(ofField name: String?, in type: Int) throws(ProtoJSONError) -> Int? {
    guard let name else { return nil }
    guard let index = schema.messages[type].index(ofName: name) else {
      throw ProtoJSONError(.unknownMessage, "\(schema.messages[type].fullName) has no field \(name)")
    }
    return index
  }
}

extension MessageEncoder {
  /// A message as the value of a field, with tag and length.
  fileprivate mutating func body(_ index: Int, of field: FieldSchema, _ fold: Int?) {
    out.tag(field.number, .lengthDelimited)
    let mark = out.mark
    message(index, field.reference, fold: fold)
    out.closeLengthDelimited(from: mark)
  }
}
