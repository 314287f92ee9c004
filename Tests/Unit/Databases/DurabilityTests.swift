import SimulationDatabases
import Testing

@Suite struct DurabilityTests {
  @Test func `checkpoints by volume and by time`() {
    // 1 GiB / 1.9 = 565 MB: at 8 MB/s after 70.6 s.
    let busy = WriteAheadLog(bytesPerSecond: 8e6, major: 15)
    #expect(abs(busy.checkpointInterval - 70.64) < 0.01 && busy.isDrivenByVolume)
    #expect(abs(busy.recoveryBytes - 1_073_741_824) < 1)
    #expect(abs((busy.recoverySeconds(replayBytesPerSecond: 50e6) ?? 0) - 21.47) < 0.01)
    let quiet = WriteAheadLog(bytesPerSecond: 1e5, major: 15)
    #expect(quiet.checkpointInterval == 300 && !quiet.isDrivenByVolume)
    #expect(WriteAheadLog(bytesPerSecond: 8e6, completionTarget: 0.5, major: 10).triggerBytes == 1_073_741_824 / 2.5)
    // Longer intervals log fewer whole pages a second.
    let short = WriteAheadLog.fullPageBytesPerSecond(pageWritesPerSecond: 1_000, pages: 100_000, interval: 60)
    let long = WriteAheadLog.fullPageBytesPerSecond(pageWritesPerSecond: 1_000, pages: 100_000, interval: 1_800)
    #expect(long < short && short < 1_000 * 8_192)
  }

  @Test func `a slot that lags`() {
    let mib = 1_048_576.0
    let lagging = ReplicationSlot(walBytesPerSecond: 8 * mib, lagSeconds: 5_400, limitBytes: 20_480 * mib)
    #expect(lagging.isLost && lagging.secondsUntilLost == 0)
    let near = ReplicationSlot(walBytesPerSecond: 8 * mib, lagSeconds: 4, limitBytes: 20_480 * mib)
    #expect(!near.isLost && near.secondsUntilLost == 2_556)
    #expect(near.secondsUntilDiskFull(freeBytes: 300e9) == .infinity)
    let unlimited = ReplicationSlot(walBytesPerSecond: 8 * mib, lagSeconds: 4, limitBytes: -1)
    #expect(unlimited.secondsUntilDiskFull(freeBytes: 8_000 * mib) == 1_000 && unlimited.secondsUntilLost == .infinity)
  }

  @Test func `transaction ids run out`() throws {
    let limits = Wraparound(freezeMaxAge: 1e9, major: 13)
    #expect(limits.stopAge == 2_146_483_647 && limits.warningAge == 2_136_483_647)
    #expect(Wraparound(freezeMaxAge: 1e9, major: 14).stopAge == 2_144_483_647)
    #expect(Wraparound(.multixacts, freezeMaxAge: 1e9, major: 13).stopAge == 2_147_483_547)
    let fast = limits.forecast(
      age: 150e6, idsPerSecond: 12_000, databaseBytes: 8_000e9, vacuumBytesPerSecond: 60e6)
    #expect(abs(fast.secondsUntilForcedVacuum / 3_600 - 19.68) < 0.01)
    #expect(abs(fast.secondsToFreeze - 95_540) < 1 && fast.freezesInTime == false)
    let slow = limits.forecast(age: 150e6, idsPerSecond: 400, databaseBytes: 8_000e9, vacuumBytesPerSecond: 60e6)
    #expect(slow.freezesInTime == true)
    #expect(limits.forecast(age: 0, idsPerSecond: 0).secondsUntilStop == .infinity)
  }

  @Test func `vacuum's pace`() {
    // 200 points / 20 per dirty page / 2 ms × 8 kB, the page's own point of 1 or 2 added.
    let now = VacuumPace.autovacuumDefault(major: 15)
    #expect(abs(now.bytesPerSecond() - 200.0 / 2 / 0.002 * 8_192) < 1)
    #expect(abs(now.bytesPerSecond(missShare: 0, dirtyShare: 1) - 200.0 / 21 / 0.002 * 8_192) < 1)
    let old = VacuumPace.autovacuumDefault(major: 11)
    #expect(abs(old.bytesPerSecond() - 200.0 / 10 / 0.02 * 8_192) < 1)
    #expect(VacuumPace(costDelaySeconds: 0).bytesPerSecond() == .infinity)
  }

  @Test func `dead rows`() {
    let table = DeadRows(rows: 1e8, tableBytes: 2e10, deadPerSecond: 5_000)
    #expect(table.without(vacuumFor: 86_400).rows == 432e6)
    #expect(abs(table.without(vacuumFor: 86_400).bytes - 86.4e9) < 1)
    #expect(table.vacuumAt == 20_000_050)
    #expect(table.keepsUp(vacuumBytesPerSecond: 1e7) && !table.keepsUp(vacuumBytesPerSecond: 1e6))
    #expect(DeadRows(rows: 1e10, tableBytes: 1, deadPerSecond: 1, maximumThreshold: 1e8).vacuumAt == 1e8)
  }

  @Test func `what a crash takes`() {
    #expect(PostgresDurability().onHostCrash == .none && PostgresDurability().windowSeconds == 0)
    let asynchronous = PostgresDurability(commit: .off)
    #expect(asynchronous.onHostCrash == .recentTransactions && abs(asynchronous.windowSeconds - 0.6) < 1e-12)
    #expect(PostgresDurability(fsync: false).onHostCrash == .database)
    #expect(PostgresDurability(fsync: false).onProcessCrash == .none)
    #expect(PostgresDurability(fullPageWrites: false).onHostCrash == .database)
    #expect(PostgresDurability(fullPageWrites: false, storageWritesWholePages: true).onHostCrash == .none)
    #expect(PostgresDurability(commit: .local, hasSynchronousStandby: true).onFailover == .recentTransactions)
    #expect(PostgresDurability(hasSynchronousStandby: true).onFailover == .none)
  }

  @Test func `a standby follows`() {
    func outcome(_ standby: Double, _ major: Int?) -> HotStandbyRule.Outcome {
      HotStandbyRule.outcome(parameter: "max_locks_per_transaction", primary: 256, standby: standby, major: major)
    }
    #expect(outcome(64, 15) == .replayPauses && outcome(64, 13) == .standbyStops && outcome(256, 15) == .fine)
    #expect(outcome(64, nil) == .pausesOrStops)
    #expect(HotStandbyRule.outcome(parameter: "work_mem", primary: 2, standby: 1, major: 15) == .fine)
  }

  @Test func `shares beyond a timeout`() throws {
    // A log-normal law: median 20 ms, σ of the logarithm 1; p95 = 20 e^1.645, p99 = 20 e^2.326, p99.9 = 20 e^3.090.
    let tail = try LatencyTail([
      LatencyTail.Point(share: 0.95, value: 103.606_6), LatencyTail.Point(share: 0.99, value: 204.773),
      LatencyTail.Point(share: 0.999, value: 439.639_6),
    ])
    #expect(abs(tail.share(above: 20) - 0.5) < 1e-3)
    #expect(abs(tail.share(above: 204.773) - 0.01) < 1e-9)
    #expect(abs(tail.share(above: 1_000) - 4.58e-5) < 1e-6)
    #expect(tail.isExtrapolated(1_000) && !tail.isExtrapolated(400))
    #expect(PostgresTimeout.statement.failingShare(limitMilliseconds: 0, durations: tail) == 0)
    #expect(PostgresTimeout.idleInTransaction.endsSession && !PostgresTimeout.lock.endsSession)
    var last = 1.0
    for limit in [1.0, 50, 103.606_6, 150, 204.773, 300, 439.6, 10_000] {
      let share = tail.share(above: limit)
      #expect(share <= last)
      last = share
    }
    #expect(throws: LatencyTail.Refusal.tooFew) { try LatencyTail([LatencyTail.Point(share: 0.5, value: 1)]) }
    #expect(throws: LatencyTail.Refusal.notAscending) {
      try LatencyTail([LatencyTail.Point(share: 0.5, value: 2), LatencyTail.Point(share: 0.9, value: 1)])
    }
  }

  @Test func `one quantile needs a spread, and equal ones say nothing of it`() throws {
    func tail(_ points: (Double, Double)..., spread: Double? = LatencyTail.usualSpread) throws -> LatencyTail {
      try LatencyTail(points.map { LatencyTail.Point(share: $0.0, value: $0.1) }, assumedSpread: spread)
    }
    // p99 = 1,000 with σ = 0.99: the median is a tenth of it, and one σ further z is 3.326.
    let single = try tail((0.99, 1_000))
    #expect(abs(single.share(above: 1_000) - 0.01) < 1e-9 && abs(single.share(above: 100) - 0.5) < 1e-3)
    #expect(abs(single.share(above: 1_000 * 2.691_234) - 4.4e-4) < 1e-6)
    // The share is at most 1 % at the equal value and falls beyond it, where a step would stay at 1 % for ever.
    let equal = try tail((0.95, 10), (0.99, 10))
    #expect(abs(equal.share(above: 10) - 0.01) < 1e-9 && equal.share(above: 1_000) < 1e-6)
    #expect(equal.share(above: 9.999) > 0.049 && equal.share(above: 9.999) < 0.06)
    #expect(try tail((0.95, 10), (0.99, 10), spread: nil).share(above: 1_000) > 0.009)
    #expect(try tail((0.95, 10), (0.99, 10), (0.999, 100)).share(above: 10) < 0.0101)
    #expect(throws: LatencyTail.Refusal.outOfRange) { try tail((0.99, 10), spread: 0) }
  }
}
