/// Writes a message as JSON.
struct MessageDecoder {
  let schema: ProtoJSONSchema
  let bytes: [UInt8]
  let options: ProtoJSONTranscoder.DecodingOptions
  var out = JSONWriter()
  private var path: [PathStep] = []
  /// What was found of the messages that are being written, innermost last.
  private var found: [Occurrence] = []

  /// One value on the wire.
  private struct Occurrence {
    /// Place of the field in its message.
    var field: Int
    /// Place on the wire among those of its message.
    var order: Int
    var part: WirePart
  }

  init(schema: ProtoJSONSchema, bytes: [UInt8], options: ProtoJSONTranscoder.DecodingOptions) {
    self.schema = schema
    self.bytes = bytes
    self.options = options
  }

  func malformed(_ message: String) -> ProtoJSONError {
    ProtoJSONError(.malformedMessage, path: PathStep.text(path), message)
  }

  mutating func at(_ step: PathStep, _ body: (inout Self) throws(ProtoJSONError) -> Void) throws(ProtoJSONError) {
    path.append(step)
    try body(&self)
    path.removeLast()
  }

  // MARK: Messages

  /// A message as a JSON value.
  mutating func message(_ range: Range<Int>, _ type: Int, depth: Int) throws(ProtoJSONError) {
    guard depth <= ProtoJSONLimits.maximumMessageDepth else {
      throw malformed("nested deeper than \(ProtoJSONLimits.maximumMessageDepth) messages")
    }
    switch schema.messages[type].wellKnown {
    case .timestamp:
      let time = try secondsAndNanos(range)
      guard time.isTimestamp else { throw malformed("not a time of the years 1 to 9999") }
      out.string(time.rfc3339.utf8)
    case .duration:
      let span = try secondsAndNanos(range)
      guard span.isDuration else { throw malformed("not a time span") }
      out.string(span.duration.utf8)
    case .structure: try structure(range, depth: depth)
    case .value: try freeValue(range, depth: depth)
    case .list: try freeList(range, depth: depth)
    case nil:
      out.byte("{")
      var isFirst = true
      try eachField(range, type) { (decoder, field, parts) throws(ProtoJSONError) in
        guard decoder.isShown(field, parts) else { return }
        decoder.out.separator(&isFirst)
        decoder.out.raw(field.keyText)
        try decoder.at(.field(field.name)) { (inner) throws(ProtoJSONError) in
          try inner.value(of: field, parts, depth: depth)
        }
      }
      out.byte("}")
    }
    guard out.bytes.count <= options.maximumDocumentBytes else {
      throw ProtoJSONError(.documentTooLarge, "longer than \(options.maximumDocumentBytes) bytes as JSON")
    }
  }

  /// The value of one field of a message: null when it is absent and has presence.
  mutating func field(_ index: Int, of range: Range<Int>, _ type: Int) throws(ProtoJSONError) {
    let wanted = schema.messages[type].fields[index].number
    try eachField(range, type) { (decoder, field, parts) throws(ProtoJSONError) in
      guard field.number == wanted else { return }
      if parts.isEmpty, field.hasPresence { return decoder.out.raw("null") }
      try decoder.at(.field(field.name)) { (inner) throws(ProtoJSONError) in
        try inner.value(of: field, parts, depth: 1)
      }
    }
  }

  /// Calls `body` with each field of a message in the order of numbers and with the range of `found` that holds what
  /// the wire has of it.
  private mutating func eachField(
    _ range: Range<Int>, _ type: Int, _ body: (inout Self, FieldSchema, Range<Int>) throws(ProtoJSONError) -> Void
  ) throws(ProtoJSONError) {
    let message = schema.messages[type]
    let base = found.count
    defer { found.removeSubrange(base...) }
    var isOrdered = true
    var last = 0
    var reader = WireReader(range)
    while let (number, part) = try next(&reader) {
      guard let index = message.index(ofNumber: number) else { continue }
      try check(part, message.fields[index])
      if index < last { isOrdered = false }
      last = index
      found.append(Occurrence(field: index, order: found.count, part: part))
    }
    if message.hasChoices { dropLosers(from: base, message) }
    if !isOrdered { found[base...].sort { ($0.field, $0.order) < ($1.field, $1.order) } }
    let end = found.count
    var position = base
    for (index, field) in message.fields.enumerated() {
      let start = position
      while position < end, found[position].field == index { position += 1 }
      try body(&self, field, start..<position)
    }
  }

  /// Of a oneof only the last member on the wire counts.
  private mutating func dropLosers(from base: Int, _ message: MessageSchema) {
    var winners: [Int: Int] = [:]
    for occurrence in found[base...] where message.fields[occurrence.field].oneof >= 0 {
      winners[message.fields[occurrence.field].oneof] = occurrence.field
    }
    guard !winners.isEmpty else { return }
    let kept = found[base...].filter { winners[message.fields[$0.field].oneof, default: $0.field] == $0.field }
    found.replaceSubrange(base..., with: kept)
  }

  private func next(_ reader: inout WireReader) throws(ProtoJSONError) -> (number: UInt32, part: WirePart)? {
    do { return try reader.next(in: bytes) } catch { throw located(error) }
  }

  private func located(_ error: ProtoJSONError) -> ProtoJSONError {
    ProtoJSONError(error.reason, error.violations.map { .init(path: PathStep.text(path), message: $0.message) })
  }

  private func check(_ part: WirePart, _ field: FieldSchema) throws(ProtoJSONError) {
    let isPacked = field.isRepeated && part.type == .lengthDelimited
    guard part.type == field.type.wireType || isPacked else {
      throw malformed("field \(field.name) has another type on the wire")
    }
  }

  /// What is absent and has presence isn't shown, nor is an enum that says unspecified.
  private func isShown(_ field: FieldSchema, _ parts: Range<Int>) -> Bool {
    if field.hasPresence { return !parts.isEmpty }
    if field.isRepeated { return options.emitsDefaults || !parts.isEmpty }
    let isUnspecified = field.type == .enumeration && schema.enums[field.reference].zeroIsUnspecified
    if options.emitsDefaults, !isUnspecified { return true }
    guard let last = parts.last.map({ found[$0].part }) else { return false }
    return last.number != 0 || last.range?.isEmpty == false
  }

  // MARK: Fields

  private mutating func value(
    of field: FieldSchema, _ parts: Range<Int>, depth: Int
  ) throws(ProtoJSONError) {
    if field.isMap { return try map(field, parts, depth: depth) }
    guard field.isRepeated else { return try single(field, parts, depth: depth) }
    out.byte("[")
    var isFirst = true
    var position = 0
    for index in parts {
      let part = found[index].part
      if part.type == .lengthDelimited, field.type.wireType != .lengthDelimited, let range = part.range {
        var reader = WireReader(range)
        while !reader.isAtEnd {
          let element: WirePart
          do { element = try reader.part(field.type.wireType, in: bytes) } catch { throw located(error) }
          out.separator(&isFirst)
          try scalar(field, element, depth: depth)
          position += 1
        }
      } else {
        out.separator(&isFirst)
        try at(.index(position)) { (decoder) throws(ProtoJSONError) in
          try decoder.scalar(field, part, depth: depth)
        }
        position += 1
      }
    }
    out.byte("]")
  }

  private mutating func single(_ field: FieldSchema, _ parts: Range<Int>, depth: Int) throws(ProtoJSONError) {
    guard let last = parts.last.map({ found[$0].part }) else { return writeDefault(of: field) }
    guard field.type == .message, parts.count > 1 else { return try scalar(field, last, depth: depth) }
    try joined(found[parts].compactMap(\.part.range), field.reference, depth: depth)
  }

  /// A message that comes in parts: it is their union, which is what their bytes one after the other mean.
  private mutating func joined(_ ranges: [Range<Int>], _ type: Int, depth: Int) throws(ProtoJSONError) {
    if ranges.count == 1 { return try message(ranges[0], type, depth: depth + 1) }
    let whole = ranges.flatMap { bytes[$0] }
    var decoder = MessageDecoder(schema: schema, bytes: whole, options: options)
    decoder.path = path
    try decoder.message(0..<whole.count, type, depth: depth + 1)
    out.raw(decoder.out.bytes)
  }

  private mutating func writeDefault(of field: FieldSchema) {
    switch field.type {
    case .string, .bytes: out.raw("\"\"")
    case .bool: out.raw("false")
    case .enumeration: enumeration(0, schema.enums[field.reference])
    default: out.raw("0")
    }
  }

  private mutating func map(
    _ field: FieldSchema, _ parts: Range<Int>, depth: Int
  ) throws(ProtoJSONError) {
    let entry = schema.messages[field.reference]
    guard let keyField = entry.fields.first, let valueField = entry.fields.last else { return }
    var entries: [(key: [UInt8], values: [WirePart])] = []
    for index in parts {
      var reader = WireReader(found[index].part.range ?? 0..<0)
      var key = JSONWriter()
      var values: [WirePart] = []
      writeKey(nil, keyField, &key)
      while let (number, part) = try next(&reader) {
        if number == 1 {
          try check(part, keyField)
          if let range = part.range { try checkText(range) }
          key = JSONWriter()
          writeKey(part, keyField, &key)
        } else if number == 2 {
          try check(part, valueField)
          values.append(part)
        }
      }
      entries.append((key.bytes, values))
    }
    out.byte("{")
    var isFirst = true
    for (key, values) in Self.lastOfEach(entries) {
      out.separator(&isFirst)
      out.raw(key)
      out.byte(":")
      try at(.key(String(decoding: key.dropFirst().dropLast(), as: UTF8.self))) { (inner) throws(ProtoJSONError) in
        if valueField.type == .message {
          try inner.joined(values.compactMap(\.range), valueField.reference, depth: depth + 1)
        } else if let last = values.last {
          try inner.scalar(valueField, last, depth: depth + 1)
        } else {
          inner.writeDefault(of: valueField)
        }
      }
    }
    out.byte("}")
  }

  /// Entries ordered by key; of equal keys the last.
  static func lastOfEach<Value>(_ entries: [(key: [UInt8], values: Value)]) -> [(key: [UInt8], values: Value)] {
    let sorted = entries.enumerated().sorted {
      if $0.element.key == $1.element.key { return $0.offset < $1.offset }
      return $0.element.key.lexicographicallyPrecedes($1.element.key)
    }
    var result: [(key: [UInt8], values: Value)] = []
    for (_, entry) in sorted {
      if result.last?.key == entry.key { result.removeLast() }
      result.append(entry)
    }
    return result
  }

  /// A map's key, always a text in JSON.
  private func writeKey(_ part: WirePart?, _ field: FieldSchema, _ key: inout JSONWriter) {
    if field.type == .string { return key.string(bytes[part?.range ?? 0..<0]) }
    let number = part?.number ?? 0
    key.byte("\"")
    switch field.type {
    case .bool: key.bool(number != 0)
    case .int32, .sfixed32: key.integer(Int32(truncatingIfNeeded: number))
    case .sint32: key.integer(Self.zigzag32(number))
    case .uint32, .fixed32: key.integer(UInt32(truncatingIfNeeded: number))
    case .int64, .sfixed64: key.integer(Int64(bitPattern: number))
    case .sint64: key.integer(Self.zigzag64(number))
    default: key.integer(number)
    }
    key.byte("\"")
  }

  private mutating func scalar(_ field: FieldSchema, _ part: WirePart, depth: Int) throws(ProtoJSONError) {
    let range = part.range ?? 0..<0
    switch field.type {
    case .message: try message(range, field.reference, depth: depth + 1)
    case .string: try text(range)
    case .bytes: out.string(Base64.encode(bytes[range]))
    case .bool: out.bool(part.number != 0)
    case .enumeration: enumeration(Int32(truncatingIfNeeded: part.number), schema.enums[field.reference])
    case .double: out.double(Double(bitPattern: part.number))
    case .float: out.float(Float(bitPattern: UInt32(truncatingIfNeeded: part.number)))
    case .int32, .sfixed32: out.integer(Int32(truncatingIfNeeded: part.number))
    case .sint32: out.integer(Self.zigzag32(part.number))
    case .uint32, .fixed32: out.integer(UInt32(truncatingIfNeeded: part.number))
    case .int64, .sfixed64: out.wideInteger(Int64(bitPattern: part.number))
    case .sint64: out.wideInteger(Self.zigzag64(part.number))
    case .uint64, .fixed64: out.wideInteger(part.number)
    }
  }

  /// A number without a word stands as a number, so that nothing is lost.
  private mutating func enumeration(_ number: Int32, _ words: EnumSchema) {
    if let word = words.words[number] {
      out.string(word)
    } else if number == 0, words.zeroIsUnspecified {
      out.raw("null")
    } else {
      out.integer(number)
    }
  }

  mutating func text(_ range: Range<Int>) throws(ProtoJSONError) {
    try checkText(range)
    out.string(bytes[range])
  }

  func checkText(_ range: Range<Int>) throws(ProtoJSONError) {
    do { _ = try UTF8Span(validating: bytes.span.extracting(range)) } catch { throw malformed("a text is not UTF-8") }
  }

  private func secondsAndNanos(_ range: Range<Int>) throws(ProtoJSONError) -> SecondsAndNanos {
    var time = SecondsAndNanos(seconds: 0, nanos: 0)
    var reader = WireReader(range)
    while let (number, part) = try next(&reader) {
      guard part.type == .varint else { continue }
      if number == 1 { time.seconds = Int64(bitPattern: part.number) }
      if number == 2 { time.nanos = Int32(truncatingIfNeeded: part.number) }
    }
    return time
  }

  private static func zigzag32(_ bits: UInt64) -> Int32 {
    let value = UInt32(truncatingIfNeeded: bits)
    return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
  }

  private static func zigzag64(_ bits: UInt64) -> Int64 {
    Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }
}
