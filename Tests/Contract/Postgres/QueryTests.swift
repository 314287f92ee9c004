import Foundation
import PostgresDriver
import PostgresTesting
import Testing

@Suite("Statements on a real server")
struct QueryTests {
  @Test("every parameter type comes back as it went")
  func roundTrip() async throws {
    let connection = try await Stage.connect()
    let id = UUID(uuidString: "0E984725-C51C-4BF4-9960-E1C80E27ABA0")!
    let instant = PostgresTimestamp(microsecondsSinceUnixEpoch: 1_763_692_800_123_456)
    let rows = try await connection.query(
      """
      SELECT \(true), \(Int32.min), \(Int64.max), \(-0.1), \("Ünïcode ' \" \\"), \([UInt8](0...255)), \(id), \(instant),
        \(PostgresJSON(#"{"a": [1, 2]}"#)), \(nil as Int64?), \([Int64]([1, -2])), \([0.5, .infinity]),
        \(["a", "", "ü,\"{}"]), \([id]), \([true, false]), \([Double]())
      """)
    #expect(rows.count == 1)
    let row = rows[0]
    #expect(try Bool(postgres: row[0]) == true)
    #expect(try Int32(postgres: row[1]) == .min)
    #expect(try Int64(postgres: row[2]) == .max)
    #expect(try Double(postgres: row[3]) == -0.1)
    #expect(try String(postgres: row[4]) == "Ünïcode ' \" \\")
    #expect(try [UInt8](postgres: row[5]) == [UInt8](0...255))
    #expect(try UUID(postgres: row[6]) == id)
    #expect(try PostgresTimestamp(postgres: row[7]) == instant)
    #expect(try PostgresJSON(postgres: row[8]).text == #"{"a": [1, 2]}"#)
    #expect(try Int64?(postgres: row[9]) == nil)
    #expect(try [Int64](postgres: row[10]) == [1, -2])
    #expect(try [Double](postgres: row[11]) == [0.5, .infinity])
    #expect(try [String](postgres: row[12]) == ["a", "", "ü,\"{}"])
    #expect(try [UUID](postgres: row[13]) == [id])
    #expect(try [Bool](postgres: row[14]) == [true, false])
    #expect(try [Double](postgres: row[15]) == [])
    let bytes = try await connection.query("SELECT unnest(\([[UInt8](0...255), [], [7]]))")
    #expect(try bytes.decode([UInt8].self) == [[UInt8](0...255), [], [7]])
  }

  @Test(
    "server types without a Swift twin decode to the nearest one",
    arguments: [
      ("0::numeric", "0"), ("-12345.6789::numeric(12,4)", "-12345.6789"), ("0.00010::numeric", "0.00010"),
      ("100000000::numeric", "100000000"), ("1e20::numeric", "100000000000000000000"), ("'NaN'::numeric", "nan"),
      ("0.000000001234::numeric", "0.000000001234"), ("10000.0001::numeric", "10000.0001"),
    ])
  func numeric(_ expression: String, _ text: String) async throws {
    let connection = try await Stage.connect()
    let rows = try await connection.query(SQL("SELECT \(unescaped: expression)"))
    #expect(try String(postgres: rows[0][0]) == text)
  }

  @Test("an error of the server carries its SQLSTATE and object names, and the connection stays usable")
  func serverErrors() async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (id int8 CONSTRAINT t_key PRIMARY KEY, n int8 NOT NULL)")
    try await connection.query("INSERT INTO t VALUES (\(1), \(1))")
    let unique = await #expect(throws: PostgresError.self) {
      try await connection.query("INSERT INTO t VALUES (\(1), \(1))")
    }
    #expect(unique?.code == .uniqueViolation)
    #expect(unique?.sqlState == "23505")
    #expect(unique?.constraint == "t_key")
    #expect(unique?.table == "t")
    #expect(unique?.isRetryable == false)
    let missing = await #expect(throws: PostgresError.self) { try await connection.query("SELECT * FROM nowhere") }
    #expect(missing?.code == .undefinedTable)
    let null = await #expect(throws: PostgresError.self) {
      try await connection.query("INSERT INTO t VALUES (\(2), \(nil as Int64?))")
    }
    #expect(null?.code == .notNullViolation)
    #expect(null?.column == "n")
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 1)
  }

  @Test("integers widen when they fit and fail when they don't")
  func integerRanges() async throws {
    let connection = try await Stage.connect()
    let row = try await connection.query("SELECT 7::int2, 7::int4, \(Int64.max), -1::int4, 2.5::float4, 7::oid")[0]
    #expect(try Int(postgres: row[0]) == 7)
    #expect(try Int64(postgres: row[1]) == 7)
    #expect(try Double(postgres: row[1]) == 7)
    #expect(try Double(postgres: row[4]) == 2.5)
    #expect(try UInt32(postgres: row[5]) == 7)
    for (column, type) in [(2, "Int32"), (3, "UInt32")] {
      let error = #expect(throws: PostgresError.self) {
        if column == 2 { _ = try Int32(postgres: row[column]) } else { _ = try UInt32(postgres: row[column]) }
      }
      #expect(error?.code == .decodingFailure)
      #expect(error?.message.contains(type) == true)
    }
  }

  @Test("a column read as the wrong type, a NULL and a missing column are named")
  func decodingFailures() async throws {
    let connection = try await Stage.connect()
    let row = try await connection.query("SELECT 'x' AS word, NULL::int8 AS nothing, interval '1 day' AS span")[0]
    #expect(throws: PostgresError.self) { try row.decode("word", as: Int.self) }
    #expect(throws: PostgresError.self) { try row.decode("nothing", as: Int.self) }
    #expect(throws: PostgresError.self) { try row.decode("span", as: String.self) }
    let missing = #expect(throws: PostgresError.self) { try row.decode("absent", as: Int.self) }
    #expect(missing?.message.contains("absent") == true)
    #expect(throws: PostgresError.self) { try row.decode(String.self, Int?.self, Int?.self, Int?.self) }
  }

  @Test("a NUL in a text parameter is refused by naming the parameter, and nothing is sent")
  func nul() async throws {
    let connection = try await Stage.connect()
    for sql in [SQL("SELECT \(1), \("a\0b")"), "SELECT \(1)::int8, \(PostgresJSON("\0"))"] {
      let error = await #expect(throws: PostgresError.self) { try await connection.query(sql) }
      #expect(error?.code == .invalidArgument)
      #expect(error?.message.contains("$2") == true)
    }
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  @Test("a statement prepared before its table changed is prepared anew")
  func changedTable() async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (a int8); INSERT INTO t VALUES (1)")
    let select: SQL = "SELECT * FROM t"
    #expect(try await connection.query(select).columnNames == ["a"])
    try await connection.executeScript("ALTER TABLE t ADD COLUMN b text DEFAULT 'new'")
    #expect(try await connection.query(select).columnNames == ["a", "b"])
    try await connection.executeScript("DEALLOCATE ALL")
    #expect(try await connection.query(select).count == 1)
  }

  @Test("a pipeline answers each statement, in order")
  func pipeline() async throws {
    let connection = try await Stage.connect()
    let results = try await connection.pipeline(
      ["CREATE TEMP TABLE t (n int8)", "INSERT INTO t VALUES (1), (2)", "SELECT n FROM t ORDER BY n", "SELECT \("x")"])
    #expect(results.map(\.affectedRows) == [0, 2, 2, 1])
    let numbers = try results[2].map { try $0.decode(Int.self) }
    #expect(numbers == [1, 2])
    #expect(try results[3][0].decode(String.self) == "x")
    #expect(try await connection.pipeline([]).isEmpty)
  }

  @Test("a failing statement undoes its pipeline and is named by its index", arguments: [false, true])
  func failingPipeline(isPrepared: Bool) async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (n int8 PRIMARY KEY)")
    let insert = { (number: Int) -> SQL in "INSERT INTO t VALUES (\(number))" }
    if isPrepared { try await connection.query(insert(0)) }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.pipeline([insert(1), insert(2), insert(1), insert(3)])
    }
    #expect(error?.code == .uniqueViolation)
    #expect(error?.statementIndex == 2)
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == (isPrepared ? 1 : 0))
  }

  @Test("a long pipeline with large answers does not lock up")
  func longPipeline() async throws {
    let connection = try await Stage.connect()
    let text = String(repeating: "x", count: 20_000)
    let statements = (0..<500).map { SQL("SELECT \($0), \(text)") }
    let results = try await connection.pipeline(statements, timeout: .seconds(120))
    let numbers = try results.map { try $0[0].decode(Int.self) }
    #expect(numbers == Array(0..<500))
    let tooMany = Array(repeating: SQL("SELECT 1"), count: PostgresConnection.maximumPipelineStatements + 1)
    let error = await #expect(throws: PostgresError.self) { try await connection.pipeline(tooMany) }
    #expect(error?.code == .invalidArgument)
  }

  @Test("a large result streams in batches, and its consumer may stop it")
  func stream() async throws {
    let connection = try await Stage.connect()
    let sizes = Counter()
    let total = Counter()
    try await connection.stream("SELECT n FROM generate_series(1, \(1000)) AS n", batchRows: 300) { rows in
      sizes.increment()
      for row in rows where try row.decode(Int.self) == total.value + 1 { total.increment() }
    }
    #expect(total.value == 1000)
    #expect(sizes.value == 4)
    struct Enough: Error {}
    await #expect(throws: Enough.self) {
      try await connection.stream("SELECT generate_series(1, 1000000000)") { _ in throw Enough() }
    }
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  @Test("a transaction commits what its body did, or nothing")
  func transaction() async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (n int8 PRIMARY KEY)")
    let answer = try await connection.transaction { connection in
      try await connection.execute("INSERT INTO t VALUES (1)")
      return 42
    }
    #expect(answer == 42)
    await #expect(throws: CopyTests.EncodingFailure.self) {
      try await connection.transaction { connection in
        try await connection.execute("INSERT INTO t VALUES (2)")
        throw CopyTests.EncodingFailure()
      }
    }
    let nested = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try await $0.transaction { _ in } }
    }
    #expect(nested?.code == .connectionBusy)
    #expect(try await connection.query("SELECT n FROM t").count == 1)
  }

  @Test("a body that swallows a failed statement cannot commit")
  func swallowedFailure() async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (n int8)")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { connection in
        try await connection.execute("INSERT INTO t VALUES (1)")
        _ = try? await connection.query("SELECT 1/0")
      }
    }
    #expect(error?.code == .transactionAborted)
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 0)
  }

  @Test("warnings reach their handler")
  func warnings() async throws {
    var configuration = try await Stage.configuration()
    let warnings = Counter()
    configuration.onWarning = { if $0.contains("no transaction in progress") { warnings.increment() } }
    let connection = try await PostgresConnection.connect(configuration)
    try await connection.executeScript("COMMIT")
    #expect(warnings.value == 1)
  }
}
