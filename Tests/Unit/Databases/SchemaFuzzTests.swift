import SimulationDatabases
import SimulationKernel
import Testing

/// Scripts come from outside: whatever they hold, they are read or refused, and never in more than linear time.
@Suite struct SchemaFuzzTests {
  static let seeds =
    (SchemaStatementTests.columns + SchemaStatementTests.tables).map(\.sql) + MySQLStatementTests.cases.map(\.sql)

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `mangled statements are read or refused`(_ seed: UInt64) {
    var stream = RunSeed(seed).stream(for: "schema-fuzz")
    func draw(_ count: Int) -> Int { Int(stream.uniform() * Double(count)) }
    for _ in 0..<1_500 {
      var bytes = Array(Self.seeds[draw(Self.seeds.count)].utf8)
      for _ in 0...draw(4) where !bytes.isEmpty {
        let at = draw(bytes.count)
        switch draw(5) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(Array("()[],;.$'\"`\\-/*: \\u{0}é1".utf8)[draw(20)], at: at)
        case 2: bytes.removeSubrange(at...)
        case 3: bytes += Array(Self.seeds[draw(Self.seeds.count)].utf8.dropFirst(draw(12)))
        default: bytes.swapAt(at, draw(bytes.count))
        }
      }
      let sql = String(decoding: bytes, as: UTF8.self)
      for dialect in [SQLDialect.postgres(major: 9 + draw(10)), .mysql(MySQLVersion(8, 0, 30)), .mariaDB(nil)] {
        guard let script = try? SchemaScript(sql, dialect: dialect) else { continue }
        for statement in script.statements where statement.recognition == .unknown {
          #expect(statement.effect.destruction == .all && statement.effect.blocksReads, "\(sql)")
        }
      }
    }
  }

  @Test func `a long run of anything is read at once`() throws {
    let count = 40_000
    for piece in [
      "(", "CREATE TABLE t (a int REFERENCES r);", "a int REFERENCES r(i),", "CREATE TABLE x$N (i int);", "$a ", "/*",
      "ALTER TABLE t ADD a int,", "'", "((((", "ALTER TABLE t ALTER c TYPE int USING (", "a.b.", "SELECT (", "::",
    ] {
      let prefix =
        piece.hasPrefix("a int") ? "CREATE TABLE t (" : piece == "::" ? "ALTER TABLE t ADD a int DEFAULT 1" : ""
      let text =
        prefix + (0..<min(count, 150_000 / piece.utf8.count)).map { piece.replacing("$N", with: "\($0)") }.joined()
      _ = try? SchemaScript(text, dialect: .postgres(major: 15))
      _ = try? SchemaScript(text, dialect: .mysql(nil))
    }
  }
}
