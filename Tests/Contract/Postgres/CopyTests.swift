import Foundation
import PostgresDriver
import PostgresTesting
import Testing

@Suite("Binary COPY")
struct CopyTests {
  @Test("every column type arrives as it was written")
  func roundTrip() async throws {
    let connection = try await Stage.connect()
    try await connection.executeScript(
      """
      CREATE TEMP TABLE t (a bool, b int2, c int4, d int8, e float4, f float8, g timestamptz, h text, i bytea, j uuid,
        k jsonb, l json, m float8[], n int8[], o text[], p text)
      """)
    let id = UUID(uuidString: "0E984725-C51C-4BF4-9960-E1C80E27ABA0")!
    let instant = PostgresTimestamp(microsecondsSinceUnixEpoch: -1)
    var buffer = CopyBuffer(columnCount: 16)
    buffer.row { row in
      row.bool(true)
      row.int2(.min)
      row.int4(.max)
      row.int8(.min)
      row.float4(0.5)
      row.float8(.pi)
      row.timestamptz(instant)
      row.text("tab\t newline\n ü \\N")
      row.bytea([0, 255])
      row.uuid(id)
      row.jsonb(#"{"k": "ü"}"#)
      row.text("[1]")
      row.float8Array([1.5, -.infinity])
      row.int8Array([])
      row.textArray(["", "ü"])
      row.null()
    }
    let columns = "abcdefghijklmnop".map(String.init)
    #expect(try await connection.copyIn(into: CopyTarget(table: "t", columns: columns), buffer) == 1)
    let row = try await connection.query("SELECT * FROM t")[0]
    #expect(try row.decode("a", as: Bool.self))
    #expect(try row.decode("b", as: Int16.self) == .min)
    #expect(try row.decode("c", as: Int32.self) == .max)
    #expect(try row.decode("d", as: Int64.self) == .min)
    #expect(try row.decode("e", as: Float.self) == 0.5)
    #expect(try row.decode("f", as: Double.self) == .pi)
    #expect(try row.decode("g", as: PostgresTimestamp.self) == instant)
    #expect(try row.decode("h", as: String.self) == "tab\t newline\n ü \\N")
    #expect(try row.decode("i", as: [UInt8].self) == [0, 255])
    #expect(try row.decode("j", as: UUID.self) == id)
    #expect(try row.decode("k", as: PostgresJSON.self).text == #"{"k": "ü"}"#)
    #expect(try row.decode("l", as: String.self) == "[1]")
    #expect(try row.decode("m", as: [Double].self) == [1.5, -.infinity])
    #expect(try row.decode("n", as: [Int64].self) == [])
    #expect(try row.decode("o", as: [String].self) == ["", "ü"])
    #expect(try row.decode("p", as: String?.self) == nil)
  }

  static let target = CopyTarget(table: "t", columns: ["n", "s"])

  static func tableConnection() async throws -> PostgresConnection {
    let connection = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (n int8 PRIMARY KEY CHECK (n >= 0), s text)")
    return connection
  }

  @Test("many rows go in pieces, and all arrive")
  func many() async throws {
    let connection = try await Self.tableConnection()
    // 20,000 rows of over 500 bytes fill the socket's buffers many times over.
    let text = String(repeating: "x", count: 500)
    let count = try await connection.copyIn(into: Self.target, rows: 0..<20_000) { number, row in
      row.int8(Int64(number))
      row.text(text)
    }
    #expect(count == 20_000)
    let (stored, sum) = try await connection.query("SELECT count(*), sum(n)::int8 FROM t")[0].decode(Int.self, Int.self)
    #expect(stored == 20_000)
    #expect(sum == 19_999 * 10_000)
  }

  @Test("no rows are no rows")
  func none() async throws {
    let connection = try await Self.tableConnection()
    #expect(try await connection.copyIn(into: Self.target, CopyBuffer(columnCount: 2)) == 0)
  }

  @Test(
    "a row the server refuses fails the whole COPY and names the constraint",
    arguments: [
      (Int64(-1), PostgresError.Code.checkViolation), (Int64(7), .uniqueViolation),
    ])
  func refused(_ number: Int64, _ code: PostgresError.Code) async throws {
    let connection = try await Self.tableConnection()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copyIn(into: Self.target, rows: [7, number]) { number, row in
        row.int8(number)
        row.null()
      }
    }
    #expect(error?.code == code)
    #expect(error?.constraint != nil)
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 0)
  }

  @Test("a field of the wrong type is an error of the server, not a wrong value")
  func wrongType() async throws {
    let connection = try await Self.tableConnection()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copyIn(into: Self.target, rows: [1]) { _, row in
        row.int4(1)
        row.null()
      }
    }
    #expect(error?.code == .protocolViolation)
    #expect(error?.isOutcomeUnknown == false)
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 0)
  }

  struct EncodingFailure: Error {}

  @Test("an encoder that throws stores nothing and leaves the connection usable")
  func encoderThrows() async throws {
    let connection = try await Self.tableConnection()
    await #expect(throws: EncodingFailure.self) {
      try await connection.copyIn(into: Self.target, rows: 0..<10_000) { number, row in
        row.int8(Int64(number))
        if number == 9_000 { throw EncodingFailure() }
        row.text("some text to fill more than one piece of the stream")
      }
    }
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 0)
  }

  @Test("a COPY blocked by a lock obeys its time limit and leaves the connection usable")
  func timeout() async throws {
    let table = Stage.uniqueName("copied")
    let owner = try await Stage.connect()
    try await owner.executeScript("CREATE TABLE \(table) (n int8)")
    try await owner.executeScript("BEGIN; LOCK TABLE \(table)")
    let connection = try await Stage.connect()
    let target = CopyTarget(table: table, columns: ["n"])
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copyIn(into: target, rows: [1], timeout: .milliseconds(50)) { number, row in
        row.int8(number)
      }
    }
    #expect(error?.code == .statementTimeout)
    try await owner.executeScript("COMMIT")
    #expect(try await connection.copyIn(into: target, rows: [1]) { $1.int8($0) } == 1)
  }

  @Test("COPY as an ordinary statement is refused")
  func asStatement() async throws {
    for text in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
      let connection = try await Self.tableConnection()
      let error = await #expect(throws: PostgresError.self) { try await connection.executeScript(text) }
      #expect(error?.code == .invalidArgument)
      #expect(await !connection.isOpen)
    }
  }
}
