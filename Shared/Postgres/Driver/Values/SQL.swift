/// A statement and its parameters. Interpolated values become parameters, never text:
///
///     let rows = try await connection.query("SELECT name FROM twins WHERE id = \(id) AND mass_kg > \(1200.0)")
///
/// The text without the values identifies the prepared statement, so the same literal is prepared once a connection.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The statement with `$1`, `$2`, … in place of the parameters.
  public var text: String
  public var parameters: [PostgresValue]

  public init(_ text: String, _ parameters: [PostgresValue] = []) {
    self.text = text
    self.parameters = parameters
  }

  public init(stringLiteral value: String) { self.init(value) }

  public init(stringInterpolation: StringInterpolation) {
    self.init(stringInterpolation.text, stringInterpolation.parameters)
  }

  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var text: String
    var parameters: [PostgresValue] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      text = ""
      text.reserveCapacity(literalCapacity + 4 * interpolationCount)
      parameters.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// Binds a value as the next parameter.
    public mutating func appendInterpolation(_ value: some PostgresEncodable) {
      parameters.append(value.postgresValue)
      text += "$\(parameters.count)"
    }

    /// Binds a value that may be NULL. The label is needed because the compiler warns of a bare optional in any text.
    public mutating func appendInterpolation(nullable value: (some PostgresEncodable)?) {
      appendInterpolation(value)
    }

    /// Inserts a quoted identifier, such as a table name.
    public mutating func appendInterpolation(identifier: String) { text += SQL.quote(identifier: identifier) }

    /// Inserts text as it is. Only for text written by programmers; anything else would allow SQL injection.
    public mutating func appendInterpolation(unescaped: String) { text += unescaped }
  }

  /// `identifier` in double quotes, with embedded quotes doubled.
  public static func quote(identifier: String) -> String {
    "\"" + doubling("\"", in: identifier) + "\""
  }

  /// `literal` in single quotes, with quotes doubled. For utility statements, which take no parameters. Relies on
  /// `standard_conforming_strings`, on by default since PostgreSQL 9.1.
  public static func quote(literal: String) -> String {
    "'" + doubling("'", in: literal) + "'"
  }

  /// Goes by scalars: a quote followed by a combining mark is one `Character`, and would slip through.
  private static func doubling(_ quote: Unicode.Scalar, in text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == quote { out.append(scalar) }
      out.append(scalar)
    }
    return String(out)
  }
}
