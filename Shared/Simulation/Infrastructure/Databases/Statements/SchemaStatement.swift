/// One statement of a script and what it does.
public struct SchemaStatement: Sendable, Hashable {
  /// Whether the statement is understood.
  public enum Recognition: Sendable, Hashable {
    /// The documentation says what it does.
    case known
    /// The server refuses it: the version doesn't know the form, or it stands in a transaction block where it can't.
    case refused(reason: String)
    /// Not understood. `effect` is then the worst that a statement can do, and it must never count as safe.
    case unknown
  }

  /// The statement as written.
  public var text: String
  /// Its command in capitals, such as "ALTER TABLE"; the first word of an unknown one.
  public var command: String
  /// The forms of an `ALTER TABLE` in capitals, such as "ADD COLUMN"; empty for other commands.
  public var actions: [String]
  /// The table, view or index it names; nil where it names none.
  public var target: SQLName?
  public var recognition: Recognition
  public var effect: SchemaEffect
  /// True when the script itself made the table, so that nobody else can wait for it and it is empty.
  public var targetIsNew: Bool
  /// The `lock_timeout` that the script sets before the statement, milliseconds; 0 is none, nil when it sets nothing.
  public var lockTimeoutMilliseconds: Double?
  /// True when an explicit transaction block holds its locks on until the block's end.
  public var isInTransactionBlock: Bool

  /// Whether it is understood and would run.
  public var isKnown: Bool { recognition == .known }
}

/// The database system whose rules a script is judged by.
public enum SQLDialect: Sendable, Hashable {
  /// Major version as the project counts it: 9 stands for 9.6, then 10 to 18; nil when nobody knows it.
  case postgres(major: Int?)
  /// InnoDB tables of MySQL 5.7 to 9; nil when nobody knows the version.
  case mysql(MySQLVersion?)
  /// InnoDB tables of MariaDB 10.2 to 11.
  case mariaDB(MySQLVersion?)
}

/// What is known of the schema that a script changes. Everything may be left out: unknown is then taken as the worst.
public struct SchemaFacts: Sendable, Hashable {
  /// A column of a table.
  public struct Column: Sendable, Hashable {
    public var table: String
    public var column: String

    /// Lower case, the table without its schema.
    public init(table: String, column: String) {
      self.table = table
      self.column = column
    }
  }

  /// Types as declared, such as "varchar(50)".
  public var columnTypes: [Column: String]
  /// Columns of which a valid `CHECK (column IS NOT NULL)` exists.
  public var provenNotNull: Set<Column>
  /// Types of the user's that are no domains with constraints (enums, composites), in lower case.
  public var plainTypes: Set<String>
  /// Whether the session's `TimeZone` is UTC; nil when unknown.
  public var timeZoneIsUTC: Bool?

  public init(
    columnTypes: [Column: String] = [:], provenNotNull: Set<Column> = [], plainTypes: Set<String> = [],
    timeZoneIsUTC: Bool? = nil
  ) {
    self.columnTypes = columnTypes
    self.provenNotNull = provenNotNull
    self.plainTypes = plainTypes
    self.timeZoneIsUTC = timeZoneIsUTC
  }
}

/// A script of schema changes and other heavy statements, read statement by statement.
public struct SchemaScript: Sendable, Hashable {
  /// In their order; `BEGIN`, `COMMIT` and `SET` among them.
  public let statements: [SchemaStatement]
  /// What applies to the script as a whole, such as a version that nobody knows.
  public let notes: [String]

  /// Reads a script.
  ///
  /// - Parameters:
  ///   - sql: at most 1 MiB.
  ///   - facts: what is known of the schema before the script.
  /// - Throws: `SQLSyntaxError` where a string, a quoted name or a comment has no end. A statement that can be cut out
  ///   yet not understood is no error: it is `unknown`.
  public init(
    _ sql: String, dialect: SQLDialect = .postgres(major: nil), facts: SchemaFacts = SchemaFacts()
  ) throws(SQLSyntaxError) {
    switch dialect {
    case .postgres(let major):
      let version = PostgresVersion(major: major)
      var reader = PostgresScriptReader(version: version, facts: facts)
      statements = try SQLLexer.statements(of: sql, isMySQL: false).map { reader.read($0) }
      notes = version.notes
    case .mysql(let version), .mariaDB(let version):
      var isMariaDB = false
      if case .mariaDB = dialect { isMariaDB = true }
      var reader = MySQLScriptReader(server: MySQLServer(isMariaDB: isMariaDB, version: version), facts: facts)
      statements = try SQLLexer.statements(of: sql, isMySQL: true).map { reader.read($0) }
      notes = reader.notes
    }
  }

  /// The statement that blocks or destroys most, for a verdict in one line: unknown ones first, then by the lock held
  /// while working, by destruction, by work and by lock. nil for an empty script.
  public var gravest: SchemaStatement? {
    statements.max { Self.gravity($0).lexicographicallyPrecedes(Self.gravity($1)) }
  }

  private static func gravity(_ statement: SchemaStatement) -> [Int] {
    let effect = statement.effect
    guard !statement.targetIsNew else { return [0, 0, 0, 0, 0] }
    return [
      statement.recognition == .unknown ? 1 : 0, effect.destruction == .all ? 1 : 0,
      effect.holdsLockWhileWorking ? 1 + (effect.lock?.rawValue ?? 0) : 0, effect.work.rawValue,
      effect.lock?.rawValue ?? -1,
    ]
  }

  public var hasUnknown: Bool { statements.contains { $0.recognition == .unknown } }
}
