/// One word of SQL.
struct SQLToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// A key word or an unquoted name, in lower case.
    case word
    /// A quoted name, quotes removed, case kept.
    case quotedName
    /// A string constant, quotes removed.
    case string
    case number
    /// Any other character; `::` is one symbol.
    case symbol
  }

  var kind: Kind
  var text: String

  func isWord(_ word: String) -> Bool { kind == .word && text == word }
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
  var isName: Bool { kind == .word || kind == .quotedName }
}

/// A statement's words and its text.
struct SQLTokens: Sendable {
  var tokens: [SQLToken]
  /// The statement as written, comments included, without the semicolon.
  var text: String
}

/// Why a text can't be read as SQL.
public struct SQLSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: String, Sendable, Hashable {
    case tooLong = "the script is longer than 1 MiB"
    case unterminatedString = "a string isn't closed"
    case unterminatedName = "a quoted name isn't closed"
    case unterminatedComment = "a comment isn't closed"
  }

  public var reason: Reason
  /// Byte at which the open construct starts.
  public var offset: Int

  public var description: String { "byte \(offset): \(reason.rawValue)" }
}

/// Reads SQL into statements of words: comments (nested ones too), quoted names, string constants with doubled quotes
/// or backslashes, dollar quoting, and bodies between `BEGIN ATOMIC` and `END`, in which a semicolon ends nothing.
///
/// Source: PostgreSQL 18 documentation, 4.1 Lexical Structure; MySQL 8.4 Reference Manual, 11.1 and 11.7.
struct SQLLexer {
  static let maximumBytes = 1 << 20

  private let bytes: [UInt8]
  private let isMySQL: Bool
  private var position = 0
  private var statementStart = 0
  private var tokens: [SQLToken] = []
  private var statements: [SQLTokens] = []
  private var atomicDepth = 0

  private init(_ sql: String, isMySQL: Bool) {
    bytes = Array(sql.utf8)
    self.isMySQL = isMySQL
  }

  /// The statements of a text; empty ones are left out.
  static func statements(of sql: String, isMySQL: Bool) throws(SQLSyntaxError) -> [SQLTokens] {
    var lexer = SQLLexer(sql, isMySQL: isMySQL)
    guard lexer.bytes.count <= maximumBytes else { throw SQLSyntaxError(reason: .tooLong, offset: maximumBytes) }
    while lexer.position < lexer.bytes.count { try lexer.step() }
    lexer.endStatement()
    return lexer.statements
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private mutating func step() throws(SQLSyntaxError) {
    let first = byte()
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0c: position += 1
    case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"): skipLine()
    case UInt8(ascii: "#") where isMySQL: skipLine()
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): try skipComment()
    case UInt8(ascii: "'"): try quoted(first, backslash: isMySQL, as: .string, .unterminatedString)
    case UInt8(ascii: "\""):
      try quoted(
        first, backslash: isMySQL, as: isMySQL ? .string : .quotedName,
        isMySQL ? .unterminatedString : .unterminatedName)
    case UInt8(ascii: "`") where isMySQL: try quoted(first, backslash: false, as: .quotedName, .unterminatedName)
    case UInt8(ascii: "$") where !isMySQL && isDollarQuote: try dollarQuoted()
    case UInt8(ascii: ";") where atomicDepth == 0:
      endStatement()
      position += 1
      statementStart = position
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case _ where Self.startsName(first): try word()
    case UInt8(ascii: ":") where byte(1) == UInt8(ascii: ":"):
      tokens.append(SQLToken(kind: .symbol, text: "::"))
      position += 2
    default:
      tokens.append(SQLToken(kind: .symbol, text: String(decoding: [first], as: UTF8.self)))
      position += 1
    }
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    startsName(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "$")
  }

  private mutating func skipLine() {
    while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
  }

  private mutating func skipComment() throws(SQLSyntaxError) {
    let start = position
    var depth = 0
    repeat {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*"), depth == 0 || !isMySQL {
        depth += 1
        position += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        position += 2
      } else {
        position += 1
      }
      guard position <= bytes.count, depth == 0 || position < bytes.count else {
        throw SQLSyntaxError(reason: .unterminatedComment, offset: start)
      }
    } while depth > 0
  }

  private mutating func quoted(
    _ quote: UInt8, backslash: Bool, as kind: SQLToken.Kind, _ reason: SQLSyntaxError.Reason
  ) throws(SQLSyntaxError) {
    let start = position
    var text: [UInt8] = []
    position += 1
    while position < bytes.count {
      if byte() == quote, byte(1) == quote {
        text.append(quote)
        position += 2
      } else if byte() == quote {
        position += 1
        tokens.append(SQLToken(kind: kind, text: String(decoding: text, as: UTF8.self)))
        return
      } else if backslash, byte() == UInt8(ascii: "\\") {
        text.append(byte(1))
        position += 2
      } else {
        text.append(byte())
        position += 1
      }
    }
    throw SQLSyntaxError(reason: reason, offset: start)
  }

  /// The bytes of `$tag$` at the position; nil where there is none, as in `$1`.
  private var dollarTag: ArraySlice<UInt8>? {
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "$") {
      guard Self.startsName(bytes[end]) || (end > position + 1 && Self.continuesName(bytes[end])) else { return nil }
      end += 1
    }
    return end < bytes.count ? bytes[position...end] : nil
  }

  private var isDollarQuote: Bool { dollarTag != nil }

  private mutating func dollarQuoted() throws(SQLSyntaxError) {
    guard let tag = dollarTag else { return }
    let start = position
    position += tag.count
    let bodyStart = position
    while position + tag.count <= bytes.count {
      if byte() == UInt8(ascii: "$"), bytes[position..<position + tag.count].elementsEqual(tag) {
        tokens.append(SQLToken(kind: .string, text: String(decoding: bytes[bodyStart..<position], as: UTF8.self)))
        position += tag.count
        return
      }
      position += 1
    }
    throw SQLSyntaxError(reason: .unterminatedString, offset: start)
  }

  private mutating func number() {
    let start = position
    while Self.continuesName(byte()) || byte() == UInt8(ascii: ".") { position += 1 }
    tokens.append(SQLToken(kind: .number, text: String(decoding: bytes[start..<position], as: UTF8.self)))
  }

  private mutating func word() throws(SQLSyntaxError) {
    let start = position
    while position < bytes.count, Self.continuesName(byte()) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    // E'…' knows backslashes; N'…', B'…', X'…' and U&'…' are plain.
    if byte() == UInt8(ascii: "'"), ["e", "n", "b", "x"].contains(text) {
      try quoted(byte(), backslash: text == "e" || isMySQL, as: .string, .unterminatedString)
      return
    }
    if text == "u", byte() == UInt8(ascii: "&"), byte(1) == UInt8(ascii: "'") || byte(1) == UInt8(ascii: "\"") {
      position += 1
      let isName = byte() == UInt8(ascii: "\"")
      try quoted(
        byte(), backslash: false, as: isName ? .quotedName : .string, isName ? .unterminatedName : .unterminatedString)
      return
    }
    if text == "atomic", tokens.last?.isWord("begin") == true {
      atomicDepth = 1
    } else if atomicDepth > 0 {
      if text == "case" { atomicDepth += 1 }
      if text == "end" { atomicDepth -= 1 }
    }
    tokens.append(SQLToken(kind: .word, text: text))
  }

  private mutating func endStatement() {
    if !tokens.isEmpty {
      let text = String(decoding: bytes[statementStart..<min(position, bytes.count)], as: UTF8.self)
      statements.append(SQLTokens(tokens: tokens, text: Self.trimmed(text)))
    }
    tokens.removeAll()
  }

  private static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}
