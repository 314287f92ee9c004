import SimulationDatabases
import Testing

@Suite struct MySQLStatementTests {
  func read(_ sql: String, _ version: String?, facts: SchemaFacts = SchemaFacts()) throws -> SchemaStatement {
    let dialect = SQLDialect.mysql(version.flatMap { MySQLVersion($0) })
    return try #require(try SchemaScript(sql, dialect: dialect, facts: facts).statements.last)
  }

  struct Case: Sendable {
    var sql: String
    var version: String?
    var lock: TableLockMode?
    var work: TableWork
    init(_ sql: String, _ version: String?, _ lock: TableLockMode?, _ work: TableWork) {
      self.sql = sql
      self.version = version
      self.lock = lock
      self.work = work
    }
  }

  /// From the tables of the reference manual's "Online DDL Operations".
  static let cases = [
    Case("ALTER TABLE `t` ADD COLUMN a INT NOT NULL DEFAULT 0", "8.0.32", .accessExclusive, .catalogue),
    Case("ALTER TABLE t ADD COLUMN a INT", "5.7.40", .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t ADD COLUMN a INT", nil, .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t ADD COLUMN a INT AFTER b", "8.0.20", .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t ADD COLUMN a INT AFTER b", "8.0.29", .accessExclusive, .catalogue),
    Case("ALTER TABLE t ADD COLUMN a INT AUTO_INCREMENT PRIMARY KEY", "8.4.0", .share, .rewrite),
    Case("ALTER TABLE t DROP COLUMN a", "8.0.28", .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t DROP COLUMN a", "8.0.29", .accessExclusive, .catalogue),
    Case("ALTER TABLE t ADD INDEX i (a)", "8.0.32", .shareUpdateExclusive, .indexBuild),
    Case("CREATE INDEX i ON t (a)", "5.7.40", .shareUpdateExclusive, .indexBuild),
    Case("ALTER TABLE t ADD FULLTEXT INDEX i (a)", "8.0.32", .share, .indexBuild),
    Case("ALTER TABLE t DROP PRIMARY KEY", "8.0.32", .share, .rewrite),
    Case("ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a)", "8.0.32", .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t MODIFY a BIGINT", "8.0.32", .share, .rewrite),
    Case("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r (id)", "8.0.32", .share, .rewrite),
    Case("ALTER TABLE t RENAME COLUMN a TO b", "8.0.32", .accessExclusive, .catalogue),
    Case("ALTER TABLE t ENGINE = InnoDB", "8.0.32", .shareUpdateExclusive, .rewrite),
    Case("ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4", "8.0.32", .share, .rewrite),
    Case("ALTER TABLE t ADD INDEX i (a), ADD COLUMN b INT, ALGORITHM=COPY", "8.0.32", .share, .rewrite),
    Case("ALTER TABLE t ALTER COLUMN a SET DEFAULT 5", "5.7.40", .accessExclusive, .catalogue),
    Case("OPTIMIZE TABLE t", "8.0.32", .shareUpdateExclusive, .rewrite),
    Case("TRUNCATE t", "8.0.32", .accessExclusive, .catalogue),
  ]

  @Test(arguments: cases)
  func `lock and work of a form`(_ expected: Case) throws {
    let read = try read(expected.sql, expected.version)
    #expect(read.isKnown, "\(expected.sql)")
    #expect(read.effect.lock == expected.lock && read.effect.work == expected.work, "\(expected.sql) \(read.effect)")
  }

  @Test func `MariaDB is instant earlier`() throws {
    let sql = "ALTER TABLE t DROP COLUMN a"
    let old = try SchemaScript(sql, dialect: .mariaDB(MySQLVersion("10.3.7-MariaDB"))).statements[0]
    let new = try SchemaScript(sql, dialect: .mariaDB(MySQLVersion("10.6.12-MariaDB"))).statements[0]
    #expect(old.effect.work == .rewrite && new.effect.work == .catalogue)
  }

  @Test func `a longer varchar is free within its length byte`() throws {
    let column = SchemaFacts.Column(table: "t", column: "a")
    func work(_ old: String, _ new: String) throws -> TableWork {
      try read("ALTER TABLE t MODIFY a \(new)", "8.0.32", facts: SchemaFacts(columnTypes: [column: old])).effect.work
    }
    #expect(try work("varchar(20)", "VARCHAR(60)") == .catalogue)
    #expect(try work("varchar(300)", "VARCHAR(500)") == .catalogue)
    #expect(try work("varchar(60)", "VARCHAR(300)") == .rewrite)
    #expect(try work("varchar(60)", "VARCHAR(20)") == .rewrite)
  }

  @Test func `a clause that can't be met refuses the statement`() throws {
    #expect(try !read("ALTER TABLE t MODIFY a BIGINT, ALGORITHM=INPLACE, LOCK=NONE", "8.0.32").isKnown)
    #expect(try !read("ALTER TABLE t ADD COLUMN a INT, ALGORITHM=INSTANT", "5.7.40").isKnown)
    #expect(try read("ALTER TABLE t ADD COLUMN a INT, ALGORITHM=INSTANT", "8.0.32").isKnown)
  }

  @Test func `online changes still queue behind long transactions`() throws {
    let effect = try read("CREATE INDEX i ON t (a)", "8.0.32").effect
    let timing = SchemaChangeTiming(
      effect, size: TableSize(tableBytes: 1e12), traffic: TableTraffic(longestTransactionSeconds: 300))
    #expect(timing.blockedWriteSeconds.upperBound >= 300 && timing.blockedWriteSeconds.upperBound < 301)
    #expect(timing.workSeconds.lowerBound > 1_000)
  }

  @Test(arguments: ["ALTER TABLE t FROB", "CALL p()", "ALTER TABLE t ADD PARTITION (PARTITION p VALUES LESS THAN (5))"])
  func `what isn't understood is never harmless`(_ sql: String) throws {
    let read = try read(sql, "8.0.32")
    #expect(read.recognition == .unknown && read.effect.destruction == .all)
  }
}
