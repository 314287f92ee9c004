import SimulationDatabases
import Testing

@Suite struct SchemaScriptTests {
  @Test func `comments, quotes, dollars and semicolons`() throws {
    let script = try SchemaScript(
      """
      -- first; not a statement
      /* nested /* comment; */ still */ alter TABLE "My;Schema"."Order" add column "Note;" text default 'a;''b';
      CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN DROP TABLE x; END; $body$;
      CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;
      COMMENT ON TABLE t IS E'it\\'s; fine';;
      DROP TABLE t
      """, dialect: .postgres(major: 16))
    #expect(
      script.statements.map(\.command) == [
        "ALTER TABLE", "CREATE FUNCTION", "CREATE FUNCTION", "COMMENT", "DROP TABLE",
      ])
    #expect(script.statements[0].target == SQLName(schema: "My;Schema", "Order"))
    #expect(script.statements[0].effect.work == .catalogue)
    #expect(!script.hasUnknown)
    #expect(script.gravest?.command == "DROP TABLE")
  }

  @Test(arguments: [("SELECT 'open", 7), ("SELECT \"open", 7), ("/* open", 0), ("SELECT $a$ open $b$", 7)])
  func `what has no end is an error with its place`(_ sql: String, _ offset: Int) {
    let error = #expect(throws: SQLSyntaxError.self) { _ = try SchemaScript(sql) }
    #expect(error?.offset == offset)
  }

  @Test func `more than a mebibyte is refused`() {
    #expect(throws: SQLSyntaxError.self) { _ = try SchemaScript(String(repeating: " ", count: 1_048_577)) }
  }

  @Test func `nobody waits for a table that the script makes`() throws {
    let script = try SchemaScript(
      "CREATE TABLE app.n (id int); CREATE INDEX ON app.n(id); CREATE INDEX ON m(id)", dialect: .postgres(major: 15))
    #expect(script.statements.map(\.targetIsNew) == [false, true, false])
    #expect(script.gravest?.target == SQLName("m"))
  }

  @Test func `lock timeout and transaction blocks`() throws {
    let script = try SchemaScript(
      """
      SET lock_timeout = '2s'; BEGIN; ALTER TABLE t ADD a int; SET LOCAL lock_timeout TO 500; CREATE INDEX ON t(a);
      CREATE INDEX CONCURRENTLY ON t(a); COMMIT; CREATE INDEX CONCURRENTLY ON t(a)
      """, dialect: .postgres(major: 15))
    let byCommand = script.statements.filter { $0.effect.lock != nil }
    #expect(byCommand.map(\.lockTimeoutMilliseconds) == [2_000, 500, 500, 500])
    #expect(byCommand.map(\.isInTransactionBlock) == [true, true, true, false])
    #expect(byCommand.map(\.isKnown) == [true, true, false, true])
  }

  @Test func `the strictest form decides for a statement of several`() throws {
    let effect = try statement("ALTER TABLE t ALTER a SET STATISTICS 9, ALTER b SET NOT NULL, DROP COLUMN c").effect
    #expect(effect.lock == .accessExclusive && effect.work == .scan && effect.tablePasses == 1)
    #expect(effect.destruction == .all)
  }

  @Test func `locks conflict as the documentation's table says`() {
    for a in TableLockMode.allCases {
      for b in TableLockMode.allCases { #expect(a.conflicts(with: b) == b.conflicts(with: a)) }
    }
    // Conflicts per mode, from the table: 1, 2, 4, 5, 5, 6, 7, 8.
    #expect(TableLockMode.allCases.map(\.conflicts.count) == [1, 2, 4, 5, 5, 6, 7, 8])
    #expect(TableLockMode.allCases.filter(\.blocksReads) == [.accessExclusive])
    #expect(
      TableLockMode.allCases.filter(\.blocksWrites) == [.share, .shareRowExclusive, .exclusive, .accessExclusive])
    #expect(!TableLockMode.share.conflicts(with: .share))
    #expect(TableLockMode(name: "access_exclusive") == .accessExclusive)
    #expect(TableLockMode(name: "AccessExclusiveLock") == .accessExclusive)
    #expect(TableLockMode(name: "ROW") == nil)
  }
}
