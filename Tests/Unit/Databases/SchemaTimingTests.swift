import SimulationDatabases
import Testing

@Suite struct SchemaTimingTests {
  static let gigabyte = 1e9

  func timing(
    _ sql: String, _ size: TableSize, rate: Double?, traffic: TableTraffic = TableTraffic()
  ) throws -> SchemaChangeTiming {
    let effect = try statement(sql).effect
    guard let rate else { return SchemaChangeTiming(effect, size: size, traffic: traffic) }
    return SchemaChangeTiming(
      effect, size: size, rates: try #require(WorkRates(bytesPerSecond: rate)), traffic: traffic)
  }

  @Test func `a rewrite takes bytes by rate and blocks readers and writers`() throws {
    let traffic = TableTraffic(
      longestTransactionSeconds: 1, lockTimeoutSeconds: 2, readsPerSecond: 100, writesPerSecond: 800)
    let timing = try timing(
      "ALTER TABLE t ADD COLUMN ref uuid DEFAULT gen_random_uuid()", TableSize(tableBytes: 200e9, indexBytes: 0),
      rate: 100e6, traffic: traffic)
    #expect(timing.workSeconds.lowerBound >= 2_000 && timing.workSeconds.upperBound < 2_001)
    #expect(timing.waitSeconds == 0...1 && !timing.mayTimeOut)
    #expect(timing.blockedReadSeconds.upperBound == timing.workSeconds.upperBound + 1)
    #expect(try #require(timing.blockedWrites).lowerBound >= 1_600_000)
    #expect(timing.extraDiskBytes == 200e9...200e9)
    #expect(timing.walBytes == 200e9...200e9)
    // 200 GB of WAL in 2,000 s, replayed at 50 MB/s: 4,000 s for it.
    #expect(abs(timing.replicaLagSeconds(replayBytesPerSecond: 50e6).upperBound - 2_000) < 1)
  }

  @Test func `without a rate the answer is a wide range, not a number`() throws {
    let timing = try timing("CREATE INDEX ON t(i)", TableSize(tableBytes: 200e9), rate: nil)
    #expect(timing.workSeconds.upperBound / timing.workSeconds.lowerBound > 10)
    #expect(timing.blockedReadSeconds == 0...0)
    #expect(timing.blockedWriteSeconds.lowerBound >= 60)
    #expect(timing.extraDiskBytes == 0...200e9)
    #expect(!WorkRates.plausible.isMeasured)
  }

  @Test func `an instant change still stands in the queue behind the longest transaction`() throws {
    let size = TableSize(tableBytes: 200e9)
    let unknown = try timing("ALTER TABLE t ADD COLUMN a int", size, rate: 1e8)
    #expect(unknown.blockedReadSeconds.upperBound == .infinity)
    let long = TableTraffic(longestTransactionSeconds: 900)
    #expect(try timing("ALTER TABLE t ADD COLUMN a int", size, rate: 1e8, traffic: long).waitSeconds == 0...900)
    let bounded = TableTraffic(longestTransactionSeconds: 900, lockTimeoutSeconds: 2)
    let timing = try timing("ALTER TABLE t ADD COLUMN a int", size, rate: 1e8, traffic: bounded)
    #expect(timing.waitSeconds == 0...2 && timing.mayTimeOut)
    #expect(timing.blockedReadSeconds.upperBound < 2.2)
  }

  @Test func `concurrent builds block nobody and wait without a timeout`() throws {
    let traffic = TableTraffic(longestTransactionSeconds: 60, lockTimeoutSeconds: 2, writesPerSecond: 10)
    let timing = try timing(
      "CREATE INDEX CONCURRENTLY ON t(i)", TableSize(tableBytes: 40e9), rate: 1e8, traffic: traffic)
    #expect(timing.blockedWriteSeconds == 0...0 && timing.blockedWrites == 0...0)
    #expect(timing.waitSeconds == 0...60 && !timing.mayTimeOut)
    #expect(abs(timing.workSeconds.lowerBound - 800) < 1)
  }

  @Test func `a table that nobody sees yet costs nothing`() throws {
    let effect = try statement("ALTER TABLE t ALTER a TYPE bigint").effect
    let timing = SchemaChangeTiming(effect, size: TableSize(tableBytes: 1e12), isNewTable: true)
    #expect(timing.workSeconds.upperBound < 1 && timing.blockedReadSeconds == 0...0 && timing.extraDiskBytes == 0...0)
  }

  @Test func `more bytes never take less time, and a faster disk never more`() throws {
    var last = 0.0
    for size in [1e9, 2e9, 5e9, 1e11] {
      let time = try timing("ALTER TABLE t SET LOGGED", TableSize(tableBytes: size), rate: 1e8).workSeconds.lowerBound
      #expect(time > last)
      last = time
    }
    let slow = try timing("ALTER TABLE t SET LOGGED", TableSize(tableBytes: 1e11), rate: 1e7).workSeconds
    #expect(slow.lowerBound > last)
    #expect(WorkRates(bytesPerSecond: 0) == nil)
  }

  @Test func `a transaction block keeps its locks to the end`() throws {
    let steps = "ALTER TABLE t ADD COLUMN a int; UPDATE t SET a = 1; "
    func timing(_ sql: String) throws -> SchemaScriptTiming {
      SchemaScriptTiming(
        try SchemaScript(sql, dialect: .postgres(major: 15)), rates: try #require(WorkRates(bytesPerSecond: 1e8)),
        traffic: TableTraffic(longestTransactionSeconds: 1), unknownSize: TableSize(tableBytes: 10e9, indexBytes: 0),
        size: { _ in nil })
    }
    // The update takes 100 s, during which the column's lock is kept or not.
    #expect(try timing(steps).longestReadBlock.upperBound < 2)
    let block = try timing("BEGIN; " + steps + "COMMIT")
    #expect(block.longestReadBlock.lowerBound >= 100 && block.workSeconds.lowerBound >= 100)
    #expect(block.statements.count == 4)
    #expect(try timing("BEGIN; " + steps + "COMMIT; " + steps).longestReadBlock == block.longestReadBlock)
  }

  @Test func `the script's own lock timeout counts`() throws {
    let script = try SchemaScript(
      "SET lock_timeout = '2s'; ALTER TABLE t ADD COLUMN a int", dialect: .postgres(major: 15))
    let timing = SchemaScriptTiming(script, unknownSize: TableSize(tableBytes: 1e9), size: { _ in nil })
    #expect(try #require(timing.statements[1]).waitSeconds == 0...2)
    #expect(try #require(timing.statements[1]).mayTimeOut)
  }

  @Test func `careful rates read no slower than they write`() {
    let guessed = WorkRates.careful()
    #expect(
      !guessed.isMeasured && guessed.scan.lowerBound == 200 * 1_048_576 && guessed.rewrite.upperBound == 50 * 1_048_576)
    let fast = WorkRates.careful(rewriteBytesPerSecond: 400e6)
    #expect(fast.isMeasured && fast.scan == 400e6...400e6 && fast.indexBuild == 400e6...400e6)
    #expect(WorkRates.careful(rewriteBytesPerSecond: 60e6).scan == guessed.scan)
    #expect(WorkRates.careful(rewriteBytesPerSecond: 0) == guessed)
    // A rewrite of 1,000 MiB: 20 s behind a transaction of 3 s.
    let timing = SchemaChangeTiming(
      SchemaEffect(lock: .accessExclusive, work: .rewrite, tablePasses: 1, tableWrites: 1),
      size: TableSize(tableBytes: 1_000 * 1_048_576), rates: guessed,
      traffic: TableTraffic(longestTransactionSeconds: 3))
    #expect(abs(timing.blockedWriteSeconds.upperBound - 23.1) < 1e-9)
  }
}
