/// Sizes of a table on disk, bytes.
public struct TableSize: Sendable, Hashable {
  /// Heap and TOAST (`pg_table_size`), at least 0.
  public var tableBytes: Double
  /// All indexes together (`pg_indexes_size`); nil when unknown.
  public var indexBytes: Double?
  /// The index that the statement builds; nil when unknown.
  public var builtIndexBytes: Double?

  public init(tableBytes: Double, indexBytes: Double? = nil, builtIndexBytes: Double? = nil) {
    self.tableBytes = tableBytes
    self.indexBytes = indexBytes
    self.builtIndexBytes = builtIndexBytes
  }

  /// More than any table: PostgreSQL's largest has 32 TB.
  private static let maximumBytes = 1e18

  /// Sizes that make no sense count as none or as the largest.
  var bounded: TableSize {
    func bound(_ bytes: Double) -> Double { min(max(0, bytes), Self.maximumBytes) }
    return TableSize(
      tableBytes: bound(tableBytes), indexBytes: indexBytes.map(bound), builtIndexBytes: builtIndexBytes.map(bound))
  }

  /// Indexes take something between nothing and as much as the table; measured here on pgbench: 17 %.
  var indexRange: ClosedRange<Double> { indexBytes.map { $0...$0 } ?? 0...tableBytes }
  var builtIndexRange: ClosedRange<Double> {
    builtIndexBytes.map { $0...$0 } ?? 0...(indexBytes ?? tableBytes)
  }
}

/// How fast a server works through a table, bytes of the table per second, slowest to fastest.
public struct WorkRates: Sendable, Hashable {
  /// Reading from end to end, checking each row.
  public var scan: ClosedRange<Double>
  /// Reading, sorting and writing an index, per byte of the table.
  public var indexBuild: ClosedRange<Double>
  /// Reading and writing the table, its indexes not counted, with WAL.
  public var rewrite: ClosedRange<Double>
  /// False for `plausible`.
  public var isMeasured: Bool

  /// Rates that somebody measured on the server in question.
  ///
  /// - Precondition: all rates are positive.
  public init(scan: ClosedRange<Double>, indexBuild: ClosedRange<Double>, rewrite: ClosedRange<Double>) {
    precondition(min(scan.lowerBound, indexBuild.lowerBound, rewrite.lowerBound) > 0, "rates are positive")
    self.scan = scan
    self.indexBuild = indexBuild
    self.rewrite = rewrite
    isMeasured = true
  }

  /// One rate for reading, building and rewriting, as an operator would state it; nil when it isn't positive.
  public init?(bytesPerSecond rate: Double) {
    guard rate > 0, rate.isFinite else { return nil }
    self.init(scan: rate...rate, indexBuild: rate...rate, rewrite: rate...rate)
  }

  /// What a server may do when nobody measured: no estimate, but bounds.
  ///
  /// Lower: a cloud volume that is throttled to 125 MB/s (the baseline of AWS gp3) and gives the statement between a
  /// tenth and a third of it beside its users. Upper: local NVMe and one core per statement, which is what parsing,
  /// checking and sorting rows allow. Measured on a busy 2-core VM with a warm cache, PostgreSQL 15.18, 4,000,000 rows of
  /// pgbench_accounts in 537 MB, two runs each: CHECK 930 to 1,870 MB/s, CREATE INDEX on an int or a text of 84
  /// characters 140 to 630 MB/s, int to bigint and a column of random UUIDs 57 to 163 MB/s.
  public static let plausible = WorkRates(plausibleScan: 40e6...2e9, indexBuild: 15e6...500e6, rewrite: 10e6...300e6)

  /// One number each for a decision where nobody measured: 200 MiB/s to read, 50 MiB/s to build or to rewrite, the lower end
  /// of what one process does on the storage of `plausible` when nothing throttles it. A choice.
  ///
  /// - Parameter rewriteBytesPerSecond: what somebody measured for rewriting, over 0; reading is no slower then.
  public static func careful(rewriteBytesPerSecond measured: Double? = nil) -> WorkRates {
    let known = measured.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    let (write, read) = (known ?? 50 * 1_048_576, max(200 * 1_048_576, known ?? 0))
    var rates = WorkRates(scan: read...read, indexBuild: write...write, rewrite: write...write)
    rates.isMeasured = known != nil
    return rates
  }

  private init(plausibleScan: ClosedRange<Double>, indexBuild: ClosedRange<Double>, rewrite: ClosedRange<Double>) {
    scan = plausibleScan
    self.indexBuild = indexBuild
    self.rewrite = rewrite
    isMeasured = false
  }
}

/// Who else uses the table while its schema changes.
public struct TableTraffic: Sendable, Hashable {
  /// For how long the longest transaction that uses the table will still run, s; nil when unknown.
  public var longestTransactionSeconds: Double?
  /// `lock_timeout`, s; nil or 0 for none.
  public var lockTimeoutSeconds: Double?
  /// Statements per second that read and that write the table; nil when unknown.
  public var readsPerSecond: Double?
  public var writesPerSecond: Double?

  public init(
    longestTransactionSeconds: Double? = nil, lockTimeoutSeconds: Double? = nil, readsPerSecond: Double? = nil,
    writesPerSecond: Double? = nil
  ) {
    self.longestTransactionSeconds = longestTransactionSeconds
    self.lockTimeoutSeconds = lockTimeoutSeconds
    self.readsPerSecond = readsPerSecond
    self.writesPerSecond = writesPerSecond
  }
}

/// How long a statement runs, waits and blocks, and what it writes. All as bounds, slowest case last.
///
/// time = passes × table / scan rate + writes × table / rewrite rate + table / index rate where an index is built.
/// A lock that waits stops everything that conflicts with it behind it, for PostgreSQL's lock queue is first come, first
/// served (`src/backend/storage/lmgr/README`), so that others are blocked for the wait and the work together.
/// `lock_timeout` bounds the wait and nothing else.
public struct SchemaChangeTiming: Sendable, Hashable {
  /// Time of the statement's own work, s. Catalogue changes count as 1 to 100 ms.
  public let workSeconds: ClosedRange<Double>
  /// Time until it has its locks, s; the upper bound is infinite when neither a timeout nor the longest transaction is
  /// known.
  public let waitSeconds: ClosedRange<Double>
  /// True when the longest transaction outlasts `lock_timeout`: the statement then fails and nothing was changed.
  public let mayTimeOut: Bool
  /// How long others stand still, s: 0 where the lock stops no one.
  public let blockedReadSeconds: ClosedRange<Double>
  public let blockedWriteSeconds: ClosedRange<Double>
  /// Statements that have to wait; nil where the traffic is unknown.
  public let blockedReads: ClosedRange<Double>?
  public let blockedWrites: ClosedRange<Double>?
  /// Disk space beside the old files until the transaction ends, bytes, without WAL.
  public let extraDiskBytes: ClosedRange<Double>
  /// WAL written, bytes, at `wal_level` replica or logical.
  public let walBytes: ClosedRange<Double>

  static let catalogueSeconds = 0.001...0.1

  /// Foresees one statement.
  ///
  /// - Parameter isNewTable: nobody else sees the table, and it is empty.
  public init(
    _ effect: SchemaEffect, size: TableSize, rates: WorkRates = .plausible, traffic: TableTraffic = TableTraffic(),
    isNewTable: Bool = false
  ) {
    let size = size.bounded
    let table = isNewTable ? 0 : size.tableBytes
    let indexes = isNewTable ? 0...0 : size.indexRange
    let built = isNewTable ? 0...0 : size.builtIndexRange
    workSeconds = Self.work(effect, table: table, rates: rates)
    let longest = traffic.longestTransactionSeconds ?? .infinity
    let timeout = traffic.lockTimeoutSeconds.flatMap { $0 > 0 ? $0 : nil } ?? .infinity
    // CONCURRENTLY waits for older transactions by another way, which lock_timeout doesn't bound.
    let wait = effect.waitsForOlderTransactions ? longest : min(longest, timeout)
    let needsLock = effect.lock != nil && !isNewTable
    waitSeconds = needsLock ? 0...max(0, wait) : 0...0
    mayTimeOut = needsLock && !effect.waitsForOlderTransactions && longest > timeout
    let blocked = workSeconds.lowerBound...(workSeconds.upperBound + waitSeconds.upperBound)
    // Only the queue before an exclusive moment, not the work.
    let moments =
      effect.hasExclusiveMoments && !isNewTable
      ? 0...(waitSeconds.upperBound + Self.catalogueSeconds.upperBound) : 0...0
    let reads = effect.blocksReads && !isNewTable ? blocked : moments
    let writes = effect.blocksWrites && !isNewTable ? blocked : moments
    blockedReadSeconds = reads
    blockedWriteSeconds = writes
    blockedReads = traffic.readsPerSecond.map { Self.scaled(reads, $0) }
    blockedWrites = traffic.writesPerSecond.map { Self.scaled(writes, $0) }
    let index = effect.indexBuilds == .all ? indexes : effect.indexBuilds == .one ? built : 0...0
    let copy = table * effect.extraTableFactor
    extraDiskBytes = (copy + index.lowerBound)...(copy + index.upperBound)
    // A row's new version is logged with an image of the page that held the old one after each checkpoint.
    let isUpdate = effect.work == .rewrite && effect.lock == .rowExclusive
    let logged = copy + index.lowerBound
    walBytes = logged...((isUpdate ? 2 * copy : copy) + index.upperBound)
  }

  private static func work(_ effect: SchemaEffect, table: Double, rates: WorkRates) -> ClosedRange<Double> {
    guard effect.work != .none else { return 0...0 }
    var lower = catalogueSeconds.lowerBound
    var upper = catalogueSeconds.upperBound
    func add(_ count: Int, _ rate: ClosedRange<Double>) {
      lower += Double(count) * table / rate.upperBound
      upper += Double(count) * table / rate.lowerBound
    }
    if effect.tableWrites > 0 {
      add(effect.tableWrites, rates.rewrite)
    } else if effect.indexBuilds != .none {
      add(max(1, effect.tablePasses - 1), rates.indexBuild)
      // The second pass of CONCURRENTLY only looks for rows that came meanwhile.
      if effect.tablePasses > 1 { add(1, rates.scan) }
    } else {
      add(effect.tablePasses, rates.scan)
    }
    return lower...upper
  }

  private static func scaled(_ range: ClosedRange<Double>, _ rate: Double) -> ClosedRange<Double> {
    rate > 0 ? (range.lowerBound * rate)...(range.upperBound * rate) : 0...0
  }

  /// How far a streaming replica lags when the statement ends, s: WAL is written during `workSeconds` and replayed by
  /// one process at `replayBytesPerSecond`. 0 where replay keeps up.
  public func replicaLagSeconds(replayBytesPerSecond rate: Double) -> ClosedRange<Double> {
    guard rate > 0 else { return 0...Double.infinity }
    let lower = max(0, walBytes.lowerBound / rate - workSeconds.upperBound)
    return lower...max(lower, walBytes.upperBound / rate - workSeconds.lowerBound)
  }
}
