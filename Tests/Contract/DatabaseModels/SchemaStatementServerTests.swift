import PostgresDriver
import PostgresTesting
import SimulationDatabases
import Testing

/// The rules of statements against what a server locks and which files it replaces.
@Suite("Schema statements against a real server")
struct SchemaStatementServerTests {
  static let stage = """
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE TYPE state AS ENUM ('a', 'b');
    CREATE TABLE r (id int PRIMARY KEY, q int);
    CREATE TABLE t (i int NOT NULL, n int, v varchar(10), c text, f char(10), m numeric(10,2), ts timestamp,
      tz timestamptz, tp timestamptz(3), vb varbit(10), j json, jb jsonb, ci cidr, ip inet, d float8, x xml, e state);
    INSERT INTO r VALUES (1);
    INSERT INTO t (i, n, v, m) VALUES (1, 1, 'a', 3);
    CREATE UNIQUE INDEX t_u ON t (i);
    CREATE INDEX t_v ON t (v);
    ALTER TABLE t ADD CONSTRAINT chk CHECK (i < 1000) NOT VALID;
    ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (i) REFERENCES r (id) NOT VALID;
    CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
    """

  /// Types of the stage's columns, for the rules to know.
  static let facts = SchemaFacts(
    columnTypes: Dictionary(
      uniqueKeysWithValues: [
        ("i", "int"), ("n", "int"), ("v", "varchar(10)"), ("c", "text"), ("f", "char(10)"), ("m", "numeric(10,2)"),
        ("ts", "timestamp"), ("tz", "timestamptz"), ("tp", "timestamptz(3)"), ("vb", "varbit(10)"), ("j", "json"),
        ("jb", "jsonb"), ("ci", "cidr"), ("ip", "inet"), ("d", "float8"), ("x", "xml"),
      ].map { (SchemaFacts.Column(table: "t", column: $0.0), $0.1) }), plainTypes: ["state"], timeZoneIsUTC: true)

  static let forms =
    [
      "ADD COLUMN a int", "ADD COLUMN a int DEFAULT 5 NOT NULL", "ADD COLUMN a timestamptz DEFAULT now()",
      "ADD COLUMN a timestamptz DEFAULT clock_timestamp()", "ADD COLUMN a uuid DEFAULT gen_random_uuid()",
      "ADD COLUMN a float DEFAULT random()", "ADD COLUMN a serial", "ADD COLUMN a int GENERATED ALWAYS AS IDENTITY",
      "ADD COLUMN a int GENERATED ALWAYS AS (i + 1) STORED", "ADD COLUMN a text DEFAULT upper('x')",
      "ADD COLUMN a int CHECK (a > 0)", "ADD COLUMN a int REFERENCES r (id)", "ADD COLUMN a int UNIQUE",
      "ADD COLUMN a state DEFAULT 'a'", "ADD COLUMN a positive", "ADD COLUMN a text DEFAULT current_user",
      "DROP COLUMN c", "ALTER COLUMN n TYPE bigint", "ALTER COLUMN n TYPE int4", "ALTER COLUMN v TYPE varchar(100)",
      "ALTER COLUMN v TYPE varchar(5)", "ALTER COLUMN v TYPE text", "ALTER COLUMN v TYPE char(50)",
      "ALTER COLUMN c TYPE varchar", "ALTER COLUMN c TYPE varchar(9)", "ALTER COLUMN f TYPE text",
      "ALTER COLUMN f TYPE char(20)", "ALTER COLUMN m TYPE numeric(12,2)", "ALTER COLUMN m TYPE numeric(12,4)",
      "ALTER COLUMN m TYPE numeric(8,2)", "ALTER COLUMN m TYPE numeric", "ALTER COLUMN ts TYPE timestamptz",
      "ALTER COLUMN tz TYPE timestamp", "ALTER COLUMN tz TYPE timestamptz(3)", "ALTER COLUMN tp TYPE timestamptz",
      "ALTER COLUMN vb TYPE varbit(20)", "ALTER COLUMN j TYPE jsonb USING j::jsonb", "ALTER COLUMN jb TYPE json",
      "ALTER COLUMN ci TYPE inet", "ALTER COLUMN ip TYPE cidr", "ALTER COLUMN d TYPE real",
      "ALTER COLUMN v TYPE varchar(100) USING upper(v)", "ALTER COLUMN n SET DEFAULT 4", "ALTER COLUMN n SET NOT NULL",
      "ALTER COLUMN i DROP NOT NULL", "ALTER COLUMN n SET STATISTICS 500", "ALTER COLUMN n SET (n_distinct = 5)",
      "ALTER COLUMN c SET STORAGE EXTERNAL", "ADD CONSTRAINT x CHECK (i > 0)",
      "ADD CONSTRAINT x CHECK (i > 0) NOT VALID", "ADD CONSTRAINT x FOREIGN KEY (n) REFERENCES r (id)",
      "ADD CONSTRAINT x FOREIGN KEY (n) REFERENCES r (id) NOT VALID", "ADD CONSTRAINT x UNIQUE (n)",
      "ADD PRIMARY KEY (i)", "ADD CONSTRAINT x UNIQUE USING INDEX t_u", "VALIDATE CONSTRAINT chk",
      "VALIDATE CONSTRAINT fk", "ALTER CONSTRAINT fk DEFERRABLE", "DROP CONSTRAINT chk", "DROP CONSTRAINT fk",
      "RENAME CONSTRAINT chk TO chk2", "DISABLE TRIGGER ALL", "ENABLE TRIGGER trg", "ENABLE ROW LEVEL SECURITY",
      "CLUSTER ON t_u", "SET WITHOUT CLUSTER", "SET UNLOGGED", "SET (fillfactor = 70)",
      "SET (autovacuum_enabled = false)", "SET (user_catalog_table = true)", "REPLICA IDENTITY FULL",
      "RENAME COLUMN n TO nn", "RENAME TO tt", "ADD COLUMN a int, ADD COLUMN b float DEFAULT random()",
    ]
    .map { "ALTER TABLE t " + $0 } + [
      "CREATE INDEX x ON t (n)", "CREATE UNIQUE INDEX x ON t (n)", "TRUNCATE t", "CLUSTER t USING t_u",
      "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf()", "DROP TRIGGER trg ON t",
      "CREATE RULE ru AS ON INSERT TO t DO NOTHING", "CREATE POLICY p ON t USING (true)",
      "CREATE STATISTICS st ON i, n FROM t", "COMMENT ON TABLE t IS 'x'", "COMMENT ON COLUMN t.i IS 'x'", "ANALYZE t",
      "LOCK TABLE t", "LOCK TABLE t IN SHARE MODE", "UPDATE t SET n = 1", "DELETE FROM t", "REINDEX TABLE t",
    ]

  /// Forms for which the strongest lock that readers meet is one on an index.
  static let locksAnIndex: Set = ["REINDEX TABLE t"]

  @Test("locks and rewritten files are those the rules say")
  func forms() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let connection = try await PostgresConnection.connect(database.admin)
    try await connection.executeScript("SET search_path = public; SET TimeZone = 'UTC'")
    try await connection.executeScript(Self.stage)
    let number = try await connection.query("SELECT current_setting('server_version_num')")[0].decode(String.self)
    let major = try #require(Int(number)) / 10_000
    let table = try await connection.query("SELECT 't'::regclass::oid::int8")[0].decode(Int64.self)
    for sql in Self.forms {
      let script = try SchemaScript(sql, dialect: .postgres(major: major), facts: Self.facts)
      let rule = try #require(script.statements.first)
      #expect(rule.isKnown, "\(sql)")
      try await connection.executeScript("BEGIN")
      let before = try await file(table, connection)
      try await connection.executeScript(sql)
      let modes = try await connection.query(
        "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relation = \(table)")
      var strongest: TableLockMode?
      for row in modes {
        let mode = try #require(TableLockMode(name: try row.decode(String.self)))
        strongest = max(strongest ?? mode, mode)
      }
      let isRewritten = try await file(table, connection) != before
      try await connection.executeScript("ROLLBACK")
      if Self.locksAnIndex.contains(sql) {
        #expect(try #require(rule.effect.lock) >= #require(strongest), "\(sql)")
      } else {
        #expect(rule.effect.lock == strongest, "\(sql)")
      }
      // TRUNCATE takes a new, empty file, and row changes stay in the old one.
      guard !sql.hasPrefix("TRUNCATE"), !sql.hasPrefix("UPDATE"), !sql.hasPrefix("DELETE") else { continue }
      #expect((rule.effect.work == .rewrite) == isRewritten, "\(sql)")
    }
    await connection.close()
  }

  private func file(_ table: Int64, _ connection: PostgresConnection) async throws -> Int64 {
    try await connection.query("SELECT relfilenode::int8 FROM pg_class WHERE oid = \(table)::int8::oid")[0]
      .decode(Int64.self)
  }
}
