/// Whether a default has one value for all rows of a table, so that the catalogue can hold it.
///
/// Source: PostgreSQL 18 documentation, ALTER TABLE, notes (a volatile default rewrites; since 11 others don't), and 36.7
/// Function Volatility Categories; the functions' categories are those of `pg_proc.provolatile`.
enum DefaultVolatility: Sendable, Hashable {
  /// No function that differs from row to row.
  case constant
  case volatile(String)
  /// A function that isn't built in; a function is volatile unless it was declared otherwise.
  case unknown(String)

  private static let volatileFunctions: Set = [
    "random", "random_normal", "setseed", "gen_random_uuid", "uuidv4", "uuidv7", "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4", "gen_random_bytes", "gen_salt", "clock_timestamp", "timeofday", "nextval", "setval", "currval",
    "lastval", "pg_sleep", "pg_current_wal_lsn", "pg_current_wal_insert_lsn", "pg_advisory_lock", "query_to_xml",
  ]

  private static let constantFunctions: Set = [
    "now", "transaction_timestamp", "statement_timestamp", "current_timestamp", "current_time", "localtimestamp",
    "localtime", "current_date", "to_char", "to_date", "to_timestamp", "to_number", "date_trunc", "date_part",
    "extract",
    "age", "timezone", "make_date", "make_time", "make_timestamp", "make_timestamptz", "make_interval", "upper",
    "lower",
    "initcap", "concat", "concat_ws", "format", "coalesce", "nullif", "greatest", "least", "length", "char_length",
    "abs",
    "round", "floor", "ceil", "ceiling", "trunc", "mod", "power", "sqrt", "substring", "substr", "left", "right",
    "trim",
    "btrim", "ltrim", "rtrim", "replace", "repeat", "lpad", "rpad", "md5", "sha256", "sha512", "encode", "decode",
    "convert_to", "jsonb_build_object", "json_build_object", "jsonb_build_array", "json_build_array", "to_json",
    "to_jsonb", "array", "row", "cast", "array_fill", "string_to_array", "current_user", "session_user", "user",
    "current_role", "current_schema", "current_database", "current_catalog", "current_setting", "txid_current",
    "pg_current_xact_id", "pg_backend_pid", "inet_client_addr", "inet_server_addr", "int4range", "int8range",
    "numrange",
    "tsrange", "tstzrange", "daterange", "hashtext", "point", "box", "circle", "chr", "ascii", "position", "overlay",
    "interval", "numeric", "varchar", "char", "character", "timestamp", "time", "bit", "exists", "in", "any", "all",
  ]

  init(_ expression: ArraySlice<SQLToken>) {
    self = .constant
    var previous: SQLToken?
    for index in expression.indices {
      let token = expression[index]
      let next = index + 1
      let isCall = token.isName && next < expression.endIndex && expression[next].isSymbol("(")
      // `::numeric(10, 2)` and `AS varchar(5)` name types.
      let isType = previous?.isSymbol("::") == true || previous?.isWord("as") == true
      defer { previous = token }
      guard isCall, !isType else { continue }
      if Self.volatileFunctions.contains(token.text) {
        self = .volatile(token.text)
        return
      }
      if !Self.constantFunctions.contains(token.text), self == .constant { self = .unknown(token.text) }
    }
  }

  /// Functions that change no row, beside those of constants: aggregates, sequences, settings of the session.
  private static let harmlessFunctions: Set = [
    "count", "sum", "min", "max", "avg", "string_agg", "array_agg", "bool_and", "bool_or", "row_number", "rank", "lag",
    "lead", "generate_series", "unnest", "set_config", "setval", "nextval", "currval", "lastval", "version", "random",
    "clock_timestamp", "pg_sleep", "pg_size_pretty", "pg_total_relation_size", "pg_relation_size", "pg_database_size",
    "pg_table_size", "pg_indexes_size", "select", "from", "where", "and", "or", "not", "on", "using", "join", "union",
    "when", "then", "else", "over", "as", "values", "by", "distinct", "filter", "between", "like", "is", "lateral",
  ]

  /// Whether a query calls nothing but functions known to change no row.
  static func callsOnlyHarmless(_ query: ArraySlice<SQLToken>) -> Bool {
    let changes: Set = ["insert", "update", "delete", "merge"]
    for index in query.indices where query[index].isName {
      let token = query[index]
      // FOR UPDATE locks rows and changes none.
      if token.kind == .word, changes.contains(token.text), index == query.startIndex || !query[index - 1].isWord("for")
      {
        return false
      }
      let next = index + 1
      guard next < query.endIndex, query[next].isSymbol("(") else { continue }
      if !constantFunctions.contains(token.text), !harmlessFunctions.contains(token.text) { return false }
    }
    return true
  }
}
