/// The type of a column as declared, in the name the catalogue gives it.
struct ColumnType: Sendable, Hashable {
  /// Such as "varchar", "int4", "timestamptz"; without schema.
  var base: String
  /// Length, precision and scale.
  var modifiers: [Int]
  var isArray: Bool

  private static let synonyms = [
    "int": "int4", "integer": "int4", "bigint": "int8", "smallint": "int2", "real": "float4", "float": "float8",
    "decimal": "numeric", "dec": "numeric", "character": "bpchar", "char": "bpchar", "boolean": "bool",
    "timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp",
    "time with time zone": "timetz", "time without time zone": "time", "double precision": "float8",
    "character varying": "varchar", "char varying": "varchar", "national character": "bpchar",
    "national character varying": "varchar", "bit varying": "varbit", "string": "text",
  ]

  /// Types that make a sequence and a volatile default.
  static let serials: Set = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"]

  private static let builtIn: Set = [
    "int2", "int4", "int8", "float4", "float8", "numeric", "money", "bool", "text", "varchar", "bpchar", "name",
    "bytea",
    "timestamp", "timestamptz", "date", "time", "timetz", "interval", "uuid", "json", "jsonb", "jsonpath", "xml",
    "inet",
    "cidr", "macaddr", "macaddr8", "bit", "varbit", "point", "line", "lseg", "box", "path", "polygon", "circle",
    "tsvector", "tsquery", "oid", "regclass", "regtype", "regproc", "pg_lsn", "xid", "xid8", "int4range", "int8range",
    "numrange", "tsrange", "tstzrange", "daterange", "int4multirange", "int8multirange", "nummultirange",
    "tsmultirange", "tstzmultirange", "datemultirange",
    // Base types of widespread extensions.
    "citext", "hstore", "ltree", "geometry", "geography", "vector", "halfvec", "cube",
  ]

  /// Known not to be a domain, whose constraint would have to be checked for every row.
  func isPlain(_ facts: SchemaFacts) -> Bool {
    isArray || Self.builtIn.contains(base) || Self.serials.contains(base) || facts.plainTypes.contains(base)
  }

  /// Reads a type at the cursor; nil where there is none.
  init?(_ cursor: inout SQLCursor) {
    guard var base = cursor.name()?.name else { return nil }
    switch base {
    case "double": if cursor.accept("precision") { base = "double precision" }
    case "national":
      _ = cursor.accept("character") || cursor.accept("char")
      base = cursor.accept("varying") ? "character varying" : "character"
    case "character", "char", "bit": if cursor.accept("varying") { base += " varying" }
    case "interval": Self.skipIntervalFields(&cursor)
    default: break
    }
    modifiers = Self.modifiers(&cursor)
    if base == "timestamp" || base == "time" {
      if cursor.accept("with", "time", "zone") {
        base += " with time zone"
      } else {
        _ = cursor.accept("without", "time", "zone")
      }
    }
    if base == "float", let precision = modifiers.first {
      base = precision <= 24 ? "real" : "double precision"
      modifiers = []
    }
    base = Self.synonyms[base] ?? base
    // "char" without a length is char(1), "bit" is bit(1).
    if modifiers.isEmpty, base == "bpchar" || base == "bit" { modifiers = [1] }
    // numeric(10) has scale 0.
    if modifiers.count == 1, base == "numeric" { modifiers.append(0) }
    self.base = base
    var isArray = cursor.accept("array")
    while cursor.accept(symbol: "[") {
      isArray = true
      while let token = cursor.current, !token.isSymbol("]") { cursor.skip() }
      cursor.skip()
    }
    self.isArray = isArray
  }

  /// Reads a type from text such as "character varying(50)"; nil where it can't be read whole.
  init?(text: String) {
    guard let statements = try? SQLLexer.statements(of: text, isMySQL: false), statements.count == 1 else { return nil }
    var cursor = SQLCursor(statements[0].tokens)
    self.init(&cursor)
    guard cursor.isAtEnd else { return nil }
  }

  private static func modifiers(_ cursor: inout SQLCursor) -> [Int] {
    cursor.parenthesised().compactMap { $0.kind == .number ? Int($0.text) : nil }
  }

  private static func skipIntervalFields(_ cursor: inout SQLCursor) {
    let fields: Set = ["year", "month", "day", "hour", "minute", "second", "to"]
    while let token = cursor.current, token.kind == .word, fields.contains(token.text) { cursor.skip() }
  }
}
