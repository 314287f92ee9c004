/// How long a whole script runs and blocks.
///
/// Outside of a transaction block each statement gives its locks back before the next. Inside of one, locks are kept to the
/// end, so that whatever comes after a statement is added to the time for which it blocks.
public struct SchemaScriptTiming: Sendable, Hashable {
  /// One per statement of the script that is understood and would run; unknown and refused ones have nil.
  public let statements: [SchemaChangeTiming?]
  /// Work of all, s.
  public let workSeconds: ClosedRange<Double>
  /// For how long somebody who reads a table of the script stands still at most in a row, s.
  public let longestReadBlock: ClosedRange<Double>
  public let longestWriteBlock: ClosedRange<Double>
  /// The most that is needed at a time: copies inside of one transaction block exist together, bytes.
  public let extraDiskBytes: ClosedRange<Double>
  public let walBytes: ClosedRange<Double>

  /// - Parameters:
  ///   - size: the size of a statement's table; nil for an unknown one, which then counts as `unknownSize`.
  ///   - unknownSize: stands in where `size` knows nothing.
  ///   - traffic: on each of the tables; a `lock_timeout` that the script sets counts before this one.
  public init(
    _ script: SchemaScript, rates: WorkRates = .plausible, traffic: TableTraffic = TableTraffic(),
    unknownSize: TableSize, size: (SQLName) -> TableSize?
  ) {
    var timings: [SchemaChangeTiming?] = []
    for statement in script.statements {
      guard statement.isKnown else {
        timings.append(nil)
        continue
      }
      var own = traffic
      if let timeout = statement.lockTimeoutMilliseconds { own.lockTimeoutSeconds = timeout / 1_000 }
      timings.append(
        SchemaChangeTiming(
          statement.effect, size: statement.target.flatMap(size) ?? unknownSize, rates: rates, traffic: own,
          isNewTable: statement.targetIsNew))
    }
    self.statements = timings
    workSeconds = timings.reduce(0...0) { Self.sum($0, $1?.workSeconds ?? 0...0) }
    walBytes = timings.reduce(0...0) { Self.sum($0, $1?.walBytes ?? 0...0) }
    var reads = 0.0...0.0
    var writes = 0.0...0.0
    var disk = 0.0...0.0
    var open = (reads: 0.0...0.0, writes: 0.0...0.0, disk: 0.0...0.0)
    for (statement, timing) in zip(script.statements, timings) {
      if !statement.isInTransactionBlock { open = (0...0, 0...0, 0...0) }
      guard let timing else { continue }
      // A lock taken before stays, so that the time of this statement prolongs it.
      let span = Self.sum(timing.workSeconds, timing.waitSeconds)
      open.reads =
        open.reads.upperBound > 0
        ? Self.sum(open.reads, span) : Self.sum(open.reads, timing.blockedReadSeconds)
      open.writes =
        open.writes.upperBound > 0
        ? Self.sum(open.writes, span) : Self.sum(open.writes, timing.blockedWriteSeconds)
      open.disk = Self.sum(open.disk, timing.extraDiskBytes)
      reads = Self.longer(reads, open.reads)
      writes = Self.longer(writes, open.writes)
      disk = Self.longer(disk, open.disk)
    }
    longestReadBlock = reads
    longestWriteBlock = writes
    extraDiskBytes = disk
  }

  private static func sum(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
    (a.lowerBound + b.lowerBound)...(a.upperBound + b.upperBound)
  }

  private static func longer(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
    max(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }
}
