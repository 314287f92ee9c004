/// A parsed JSON document: its values one after the other, each knowing where the next one begins.
///
/// Foundation's parser is not used because it turns every number into a Double or Decimal (a sequence above 2^53 would
/// change unseen), keeps the last of duplicate members without a word, and can't tell where a value stands. This one
/// follows RFC 8259 to the letter, and takes neither a byte order mark nor invalid UTF-8.
struct JSONDocument {
  enum Kind: UInt8 {
    case null
    case `false`
    case `true`
    case number
    case string
    case array
    case object
  }

  struct Token {
    var kind: Kind
    /// What a string holds besides plain characters.
    var content = Content.plain
    /// Range of the text; of a string without its quotes.
    var start: Int
    var end: Int
    /// Index of the first token after this value.
    var next: Int
  }

  /// What a string holds, the most remarkable first.
  enum Content: UInt8 {
    case plain
    case escaped
    /// U+0000, which no protobuf string of ours may hold.
    case nul
    /// Half of a surrogate pair, which is no character.
    case loneSurrogate
  }

  let text: [UInt8]
  /// In the order of the text. A member of an object is two values: its name, a string, and its value.
  private(set) var tokens: [Token] = []
  private var position = 0

  /// - Throws: `documentTooLarge`, `documentTooDeep`, or `syntax` with line and column.
  init(parsing text: [UInt8], limits: ProtoJSONLimits) throws(ProtoJSONError) {
    self.text = text
    guard text.count <= limits.maximumDocumentBytes else {
      throw ProtoJSONError(.documentTooLarge, "longer than \(limits.maximumDocumentBytes) bytes")
    }
    guard Self.isUTF8(text) else { throw ProtoJSONError(.syntax, "not valid UTF-8") }
    tokens.reserveCapacity(text.count / 8)
    skipSpace()
    try value(depth: 0)
    skipSpace()
    if position < text.count { throw fault("text after the end of the document") }
  }

  private static func isUTF8(_ text: [UInt8]) -> Bool {
    do {
      _ = try UTF8Span(validating: text.span)
      return true
    } catch { return false }
  }

  // MARK: Reading

  subscript(index: Int) -> Token { tokens[index] }

  /// The characters of a string, escapes replaced. A lone surrogate becomes U+FFFD; see `Content`.
  func characters(_ token: Token) -> [UInt8] {
    if token.content == .plain { return Array(text[token.start..<token.end]) }
    var result: [UInt8] = []
    var index = token.start
    while index < token.end {
      let byte = text[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      let escape = text[index]
      index += 1
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var unit = codeUnit(at: index)
        index += 4
        if UTF16.isLeadSurrogate(UInt16(unit)), index + 6 <= token.end, text[index] == UInt8(ascii: "\\"),
          text[index + 1] == UInt8(ascii: "u"), UTF16.isTrailSurrogate(UInt16(codeUnit(at: index + 2)))
        {
          unit = 0x10000 + (unit - 0xD800) << 10 + (codeUnit(at: index + 2) - 0xDC00)
          index += 6
        }
        result.append(contentsOf: String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
      default: result.append(escape)
      }
    }
    return result
  }

  /// Whether a string is these characters.
  func equals(_ token: Token, _ characters: [UInt8]) -> Bool {
    guard token.content == .plain else { return self.characters(token) == characters }
    guard token.end - token.start == characters.count else { return false }
    for index in characters.indices where text[token.start + index] != characters[index] { return false }
    return true
  }

  /// A number's text.
  func digits(_ token: Token) -> ArraySlice<UInt8> { text[token.start..<token.end] }

  /// The value of four hexadecimal digits; the parser has checked them.
  private func codeUnit(at index: Int) -> UInt32 {
    text[index..<index + 4].reduce(0) { $0 << 4 | UInt32(Self.hexValue($1) ?? 0) }
  }

  // MARK: Parsing

  private mutating func value(depth: Int) throws(ProtoJSONError) {
    guard position < text.count else { throw fault("the document ends where a value is expected") }
    switch text[position] {
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try array(depth: depth + 1)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try literal("true", .true)
    case UInt8(ascii: "f"): try literal("false", .false)
    case UInt8(ascii: "n"): try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw fault("no value begins like this")
    }
  }

  private mutating func object(depth: Int) throws(ProtoJSONError) {
    let index = try open(.object, depth)
    skipSpace()
    if !take("}") {
      repeat {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: "\"") else {
          throw fault("a member's name in quotes is expected")
        }
        try string()
        skipSpace()
        guard take(":") else { throw fault("\":\" is expected") }
        skipSpace()
        try value(depth: depth)
        skipSpace()
      } while take(",")
      guard take("}") else { throw fault("\",\" or \"}\" is expected") }
    }
    close(index)
  }

  private mutating func array(depth: Int) throws(ProtoJSONError) {
    let index = try open(.array, depth)
    skipSpace()
    if !take("]") {
      repeat {
        skipSpace()
        try value(depth: depth)
        skipSpace()
      } while take(",")
      guard take("]") else { throw fault("\",\" or \"]\" is expected") }
    }
    close(index)
  }

  private mutating func open(_ kind: Kind, _ depth: Int) throws(ProtoJSONError) -> Int {
    guard depth <= ProtoJSONLimits.maximumDepth else {
      var error = fault("nested deeper than \(ProtoJSONLimits.maximumDepth) levels")
      error.reason = .documentTooDeep
      throw error
    }
    tokens.append(Token(kind: kind, start: position, end: position, next: 0))
    position += 1
    return tokens.count - 1
  }

  private mutating func close(_ index: Int) {
    tokens[index].end = position
    tokens[index].next = tokens.count
  }

  private mutating func string() throws(ProtoJSONError) {
    position += 1
    let start = position
    var content = Content.plain
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\""):
        append(.string, start, content)
        position += 1
        return
      case UInt8(ascii: "\\"):
        let escape = try escape()
        if escape.rawValue > content.rawValue { content = escape }
      case 0..<0x20: throw fault("a control character in a string has to be escaped")
      default: position += 1
      }
    }
    throw fault("the document ends inside of a string")
  }

  private mutating func escape() throws(ProtoJSONError) -> Content {
    guard position + 1 < text.count else { throw fault("the document ends inside of a string") }
    switch text[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
      return .escaped
    case UInt8(ascii: "u"):
      let unit = try unicodeEscape()
      if unit == 0 { return .nul }
      guard (0xD800...0xDFFF).contains(unit) else { return .escaped }
      // A high surrogate needs a low one right after it.
      guard unit < 0xDC00, position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
        text[position + 1] == UInt8(ascii: "u")
      else { return .loneSurrogate }
      let before = position
      if (0xDC00...0xDFFF).contains(try unicodeEscape()) { return .escaped }
      position = before
      return .loneSurrogate
    default: throw fault("no such escape in a string")
    }
  }

  private mutating func unicodeEscape() throws(ProtoJSONError) -> UInt32 {
    guard position + 6 <= text.count, text[position + 2..<position + 6].allSatisfy({ Self.hexValue($0) != nil }) else {
      throw fault("\\u needs four hexadecimal digits")
    }
    let unit = codeUnit(at: position + 2)
    position += 6
    return unit
  }

  private mutating func number() throws(ProtoJSONError) {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    append(.number, start)
  }

  private mutating func digits() throws(ProtoJSONError) {
    let start = position
    while position < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) { position += 1 }
    if position == start { throw fault("a digit is expected") }
  }

  private mutating func literal(_ word: String, _ kind: Kind) throws(ProtoJSONError) {
    let start = position
    guard text[position...].starts(with: word.utf8) else { throw fault("no value begins like this") }
    position += word.utf8.count
    append(kind, start)
  }

  private mutating func append(_ kind: Kind, _ start: Int, _ content: Content = .plain) {
    tokens.append(Token(kind: kind, content: content, start: start, end: position, next: tokens.count + 1))
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private func fault(_ message: String) -> ProtoJSONError {
    let before = text[..<min(position, text.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return ProtoJSONError(.syntax, "not valid JSON at line \(line), column \(column): \(message)")
  }

  private static func hexValue(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
