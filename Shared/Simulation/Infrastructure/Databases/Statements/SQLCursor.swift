/// The name of a table, an index or another object.
public struct SQLName: Sendable, Hashable, CustomStringConvertible {
  /// nil when the search path decides.
  public var schema: String?
  /// In lower case unless it was quoted.
  public var name: String

  public init(schema: String? = nil, _ name: String) {
    self.schema = schema
    self.name = name
  }

  public var description: String { schema.map { "\($0).\(name)" } ?? name }

  /// Whether both can mean the same object: a schema that one of them leaves out matches any.
  func canMean(_ other: SQLName) -> Bool {
    name == other.name && (schema == other.schema || schema == nil || other.schema == nil)
  }
}

/// Walks over the words of a statement.
struct SQLCursor {
  let tokens: [SQLToken]
  private(set) var position = 0

  init(_ tokens: some Sequence<SQLToken>) { self.tokens = Array(tokens) }

  var isAtEnd: Bool { position >= tokens.count }
  var current: SQLToken? { position < tokens.count ? tokens[position] : nil }
  var rest: ArraySlice<SQLToken> { tokens[min(position, tokens.count)...] }

  func peek(_ words: String...) -> Bool { starts(with: words) }

  private func starts(with words: [String]) -> Bool {
    guard position + words.count <= tokens.count else { return false }
    for (offset, word) in words.enumerated() where !tokens[position + offset].isWord(word) { return false }
    return true
  }

  /// Steps over these words if they come next.
  mutating func accept(_ words: String...) -> Bool {
    guard starts(with: words) else { return false }
    position += words.count
    return true
  }

  mutating func accept(symbol: String) -> Bool {
    guard current?.isSymbol(symbol) == true else { return false }
    position += 1
    return true
  }

  /// Takes the next word, if it is a name or a key word.
  mutating func word() -> String? {
    guard let token = current, token.isName else { return nil }
    position += 1
    return token.text
  }

  mutating func skip(_ count: Int = 1) { position = min(position + count, tokens.count) }

  /// `name`, `schema.name` or `database.schema.name`.
  mutating func name() -> SQLName? {
    guard var last = word() else { return nil }
    var schema: String?
    while current?.isSymbol(".") == true, position + 1 < tokens.count, tokens[position + 1].isName {
      position += 1
      schema = last
      last = word() ?? last
    }
    return SQLName(schema: schema, last)
  }

  /// Names separated by commas, each perhaps with `ONLY` before it and `*` or a column list after it.
  mutating func names() -> [SQLName] {
    var result: [SQLName] = []
    repeat {
      _ = accept("only")
      guard let name = name() else { break }
      result.append(name)
      _ = accept(symbol: "*")
      if current?.isSymbol("(") == true { _ = parenthesised() }
    } while accept(symbol: ",")
    return result
  }

  /// The words inside the parentheses that open here; empty and unmoved where none does.
  mutating func parenthesised() -> ArraySlice<SQLToken> {
    guard current?.isSymbol("(") == true else { return [] }
    var depth = 0
    let start = position + 1
    while let token = current {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      position += 1
      if depth == 0 { return tokens[start..<position - 1] }
    }
    return tokens[start...]
  }

  /// Whether these words stand somewhere ahead, outside of parentheses.
  func contains(_ words: String...) -> Bool { offset(of: words) != nil }

  private func offset(of words: [String]) -> Int? {
    var depth = 0
    var index = position
    while index + words.count <= tokens.count {
      if tokens[index].isSymbol("(") { depth += 1 }
      if tokens[index].isSymbol(")") { depth -= 1 }
      if depth == 0, zip(words, tokens[index...]).allSatisfy({ $1.isWord($0) }) { return index }
      index += 1
    }
    return nil
  }

  /// Moves behind these words, where they stand ahead outside of parentheses.
  mutating func skipPast(_ words: String...) -> Bool {
    guard let index = offset(of: words) else { return false }
    position = index + words.count
    return true
  }

  /// What is left, cut at commas outside of parentheses and brackets.
  func splitAtCommas() -> [ArraySlice<SQLToken>] { Self.splitAtCommas(rest) }

  static func splitAtCommas(_ tokens: ArraySlice<SQLToken>) -> [ArraySlice<SQLToken>] {
    var parts: [ArraySlice<SQLToken>] = []
    var depth = 0
    var start = tokens.startIndex
    for index in tokens.indices {
      let token = tokens[index]
      if token.isSymbol("(") || token.isSymbol("[") { depth += 1 }
      if token.isSymbol(")") || token.isSymbol("]") { depth -= 1 }
      if depth == 0, token.isSymbol(",") {
        parts.append(tokens[start..<index])
        start = index + 1
      }
    }
    if start < tokens.endIndex { parts.append(tokens[start...]) }
    return parts
  }
}
