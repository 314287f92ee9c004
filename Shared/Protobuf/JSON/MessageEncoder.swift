/// Writes a JSON document as a message.
///
/// Goes on after a violation, so that one answer names everything that is wrong; what it writes from then on is thrown
/// away.
struct MessageEncoder {
  let schema: ProtoJSONSchema
  let document: JSONDocument
  var out = WireWriter()
  private var path: [PathStep] = []
  private var violations: [ProtoJSONError.Violation] = []
  private var uncounted = 0
  /// Names of fields that a path or query gave: the document may not give them again.
  var reserved: Set<String> = []
  /// Other names of fields.
  var aliases: [(alias: [UInt8], name: String)] = []

  init(schema: ProtoJSONSchema, document: JSONDocument) {
    self.schema = schema
    self.document = document
  }

  /// The message, unless something was wrong.
  consuming func finished() throws(ProtoJSONError) -> [UInt8] {
    if violations.isEmpty { return out.bytes }
    if uncounted > 0 {
      violations[violations.count - 1].message += " (and \(uncounted) more)"
    }
    throw ProtoJSONError(.invalidFields, violations)
  }

  mutating func report(_ message: String) {
    guard violations.count < ProtoJSONLimits.maximumViolations else {
      uncounted += 1
      return
    }
    violations.append(.init(path: PathStep.text(path), message: message))
  }

  mutating func at(_ step: PathStep, _ body: (inout Self) -> Void) {
    path.append(step)
    body(&self)
    path.removeLast()
  }

  // MARK: Messages

  /// The fields of a message, without tag and length.
  ///
  /// - Parameter fold: Place of a Struct field that takes the members no field has the name of.
  mutating func message(_ index: Int, _ type: Int, fold: Int? = nil) {
    let token = document[index]
    let message = schema.messages[type]
    guard token.kind == .object else { return report("must be an object") }
    var seen = IndexSet()
    var seenOneofs = IndexSet()
    var folded: [Int] = []
    var guess = 0
    var member = index + 1
    while member < token.next {
      let value = member + 1
      defer { member = document[value].next }
      guard let field = field(named: document[member], in: message, near: guess) else {
        if fold != nil {
          folded.append(member)
        } else {
          at(step(document[member])) { $0.report(ProtoJSONError.Violation.unknownField) }
        }
        continue
      }
      guess = field + 1
      let declared = message.fields[field]
      if !seen.insert(field) {
        at(.field(declared.name)) { $0.report("given more than once") }
        continue
      }
      if path.isEmpty, reserved.contains(declared.name) {
        at(.field(declared.name)) { $0.report("given by the address already") }
        continue
      }
      if field == fold {
        // Written below, together with the folded members.
        folded.insert(member, at: 0)
        continue
      }
      if document[value].kind == .null, !takesNull(declared) { continue }
      if declared.oneof >= 0, !seenOneofs.insert(declared.oneof) {
        let names = message.fields.filter { $0.oneof == declared.oneof }.map(\.name).joined(separator: ", ")
        at(.field(declared.name)) { $0.report("only one of \(names) may be given") }
        continue
      }
      at(.field(declared.name)) { $0.value(value, of: declared) }
    }
    if let fold, !folded.isEmpty { self.fold(folded, into: message.fields[fold]) }
  }

  private func field(named token: JSONDocument.Token, in message: MessageSchema, near guess: Int) -> Int? {
    // Members mostly come in the order of the fields.
    for offset in 0..<message.fields.count {
      let index = (guess + offset) % message.fields.count
      if document.equals(token, message.fields[index].key) { return index }
    }
    guard !aliases.isEmpty else { return nil }
    let written = document.characters(token)
    return aliases.first { $0.alias.elementsEqual(written) }.flatMap { message.index(ofName: $0.name) }
  }

  /// Null means absent, except where it is a value of its own.
  private func takesNull(_ field: FieldSchema) -> Bool {
    field.type == .message && !field.isRepeated && schema.messages[field.reference].wellKnown == .value
  }

  private func step(_ name: JSONDocument.Token) -> PathStep {
    .key(String(decoding: document.characters(name), as: UTF8.self))
  }

  // MARK: Fields

  /// A field's value with its tag.
  mutating func value(_ index: Int, of field: FieldSchema) {
    if field.isMap { return map(index, of: field) }
    guard field.isRepeated else {
      let mark = out.mark
      tagged(index, of: field)
      if !field.hasPresence { out.dropDefault(from: mark, field.number) }
      return
    }
    let token = document[index]
    guard token.kind == .array else { return report("must be an array") }
    let mark: Int?
    if field.isPacked, token.next > index + 1 {
      out.tag(field.number, .lengthDelimited)
      mark = out.mark
    } else {
      mark = nil
    }
    var element = index + 1
    var position = 0
    while element < token.next {
      let current = element
      at(.index(position)) {
        if mark == nil { $0.tagged(current, of: field) } else { $0.scalar(current, of: field) }
      }
      element = document[element].next
      position += 1
    }
    if let mark { out.closeLengthDelimited(from: mark) }
  }

  private mutating func map(_ index: Int, of field: FieldSchema) {
    let token = document[index]
    let entry = schema.messages[field.reference]
    guard token.kind == .object else { return report("must be an object") }
    guard let keyField = entry.fields.first, let valueField = entry.fields.last else { return }
    var keys: Set<[UInt8]> = []
    var member = index + 1
    while member < token.next {
      let name = document[member]
      let value = member + 1
      let characters = document.characters(name)
      at(.key(String(decoding: characters, as: UTF8.self))) {
        guard keys.insert(characters).inserted else { return $0.report("given more than once") }
        $0.out.tag(field.number, .lengthDelimited)
        let mark = $0.out.mark
        $0.out.tag(1, keyField.type.wireType)
        if keyField.type == .string { $0.string(name) } else { $0.parameter(characters, of: keyField) }
        $0.tagged(value, of: valueField)
        $0.out.closeLengthDelimited(from: mark)
      }
      member = document[value].next
    }
  }

  /// One value with its tag.
  private mutating func tagged(_ index: Int, of field: FieldSchema) {
    out.tag(field.number, field.type.wireType)
    scalar(index, of: field)
  }

  /// One value without its tag.
  private mutating func scalar(_ index: Int, of field: FieldSchema) {
    let token = document[index]
    switch field.type {
    case .message: nested(index, field.reference)
    case .string:
      guard token.kind == .string else { return report("must be a text") }
      string(token)
    case .bytes:
      guard token.kind == .string, let bytes = Base64.decode(document.characters(token)) else {
        return report("must be a text of base64")
      }
      out.lengthDelimited(bytes)
    case .bool:
      guard token.kind == .true || token.kind == .false else { return report("must be true or false") }
      out.varint(token.kind == .true ? 1 : 0)
    case .enumeration:
      let words = schema.enums[field.reference]
      guard token.kind == .string, let number = words.numbers[document.characters(token)] else {
        return report("must be one of \(words.list)")
      }
      out.varint(UInt64(truncatingIfNeeded: number))
    case .double, .float:
      guard token.kind == .number else { return report("must be a number") }
      floating(document.digits(token), field.type)
    default:
      let isWide = field.type.isWideInteger
      guard token.kind == .number || (isWide && token.kind == .string && token.content == .plain) else {
        return report(isWide ? "must be a whole number, or a text of one" : "must be a whole number")
      }
      integer(document.digits(token), field.type)
    }
  }

  /// A message with its length.
  private mutating func nested(_ index: Int, _ type: Int) {
    let mark = out.mark
    let token = document[index]
    switch schema.messages[type].wellKnown {
    case nil: message(index, type)
    case .timestamp:
      guard token.kind == .string, let time = SecondsAndNanos(rfc3339: document.characters(token)) else {
        return report(Self.timestampRule)
      }
      write(time)
    case .duration:
      guard token.kind == .string, let span = SecondsAndNanos(duration: document.characters(token)) else {
        return report(Self.durationRule)
      }
      write(span)
    case .structure: structure(index)
    case .value: freeValue(index)
    case .list: freeList(index)
    }
    out.closeLengthDelimited(from: mark)
  }

  private static let timestampRule = "must be a time by RFC 3339 such as 2026-01-31T12:00:00.5Z"
  private static let durationRule = "must be a time span such as 1.5s"

  private mutating func write(_ time: SecondsAndNanos) {
    if time.seconds != 0 {
      out.tag(1, .varint)
      out.varint(UInt64(bitPattern: time.seconds))
    }
    if time.nanos != 0 {
      out.tag(2, .varint)
      out.varint(UInt64(truncatingIfNeeded: time.nanos))
    }
  }

  // MARK: Texts

  mutating func string(_ token: JSONDocument.Token) {
    switch token.content {
    case .plain: out.lengthDelimited(document.text[token.start..<token.end])
    case .escaped: out.lengthDelimited(document.characters(token))
    case .nul: report("must not hold U+0000")
    case .loneSurrogate: report("holds half of a surrogate pair")
    }
  }

  /// A value that stands in a path, a query or a map's key, as text.
  mutating func parameter(_ text: [UInt8], of field: FieldSchema) {
    switch field.type {
    case .string:
      if text.contains(0) { return report("must not hold U+0000") }
      out.lengthDelimited(text)
    case .bytes:
      guard let bytes = Base64.decode(text) else { return report("must be base64") }
      out.lengthDelimited(bytes)
    case .bool:
      guard text == Array("true".utf8) || text == Array("false".utf8) else { return report("must be true or false") }
      out.varint(text.count == 4 ? 1 : 0)
    case .enumeration:
      let words = schema.enums[field.reference]
      guard let number = words.numbers[text] else { return report("must be one of \(words.list)") }
      out.varint(UInt64(truncatingIfNeeded: number))
    case .double, .float:
      guard JSONNumber.isNumber(text) else { return report("must be a number") }
      floating(text[...], field.type)
    case .message:
      let mark = out.mark
      switch schema.messages[field.reference].wellKnown {
      case .timestamp:
        guard let time = SecondsAndNanos(rfc3339: text) else { return report(Self.timestampRule) }
        write(time)
      case .duration:
        guard let span = SecondsAndNanos(duration: text) else { return report(Self.durationRule) }
        write(span)
      default: return report("can't be given as a text")
      }
      out.closeLengthDelimited(from: mark)
    default: integer(text[...], field.type)
    }
  }

  // MARK: Numbers

  private mutating func floating(_ digits: ArraySlice<UInt8>, _ type: FieldType) {
    guard let value = JSONNumber.double(digits), value.isFinite else { return report("is too large for a number") }
    if type == .double { return out.fixed64(value.bitPattern) }
    let narrow = Float(value)
    guard narrow.isFinite else { return report("is too large for a 32-bit number") }
    out.fixed32(narrow.bitPattern)
  }

  private mutating func integer(_ digits: ArraySlice<UInt8>, _ type: FieldType) {
    switch type {
    case .int32, .sint32, .sfixed32:
      guard let value = whole(digits, Int32.self) else { return }
      switch type {
      case .int32: out.varint(UInt64(truncatingIfNeeded: value))
      case .sint32: out.varint(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
      default: out.fixed32(UInt32(bitPattern: value))
      }
    case .int64, .sint64, .sfixed64:
      guard let value = whole(digits, Int64.self) else { return }
      switch type {
      case .int64: out.varint(UInt64(bitPattern: value))
      case .sint64: out.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
      default: out.fixed64(UInt64(bitPattern: value))
      }
    case .uint32, .fixed32:
      guard let value = whole(digits, UInt32.self) else { return }
      if type == .uint32 { out.varint(UInt64(value)) } else { out.fixed32(value) }
    default:
      guard let value = whole(digits, UInt64.self) else { return }
      if type == .uint64 { out.varint(value) } else { out.fixed64(value) }
    }
  }

  private mutating func whole<Value: FixedWidthInteger>(_ digits: ArraySlice<UInt8>, _ type: Value.Type) -> Value? {
    switch JSONNumber.integer(digits, type) {
    case .value(let value): return value
    case .notWhole: report("must be a whole number")
    case .outOfRange: report("must be from \(type.min) to \(type.max)")
    }
    return nil
  }
}

extension FieldType {
  /// A whole number of 64 bits, which JSON may give as text.
  var isWideInteger: Bool {
    switch self {
    case .int64, .uint64, .sint64, .fixed64, .sfixed64: true
    default: false
    }
  }
}

/// A set of small numbers.
struct IndexSet {
  private var low: UInt64 = 0
  private var high: Set<Int> = []

  /// False when it was there already.
  mutating func insert(_ index: Int) -> Bool {
    guard index < 64 else { return high.insert(index).inserted }
    let bit = UInt64(1) << UInt64(index)
    defer { low |= bit }
    return low & bit == 0
  }
}
