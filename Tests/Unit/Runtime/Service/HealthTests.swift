import ServiceRuntime
import Synchronization
import Testing

@Suite struct Health {
  @Test func aServiceIsReadyWhenEveryRequiredPartIsOk() {
    let registry = HealthRegistry()
    #expect(registry.report.isReady)
    let database = registry.add("database")
    let peer = registry.add("peer.results", isRequired: false)
    #expect(!registry.report.isReady)
    database.set(.ok)
    #expect(registry.report.isReady)
    peer.set(.failing("gone"))
    #expect(registry.report.isReady)
    database.set(.failing("connection refused"))
    #expect(!registry.report.isReady)
    #expect(registry.report.reasons == ["database is failing: connection refused"])
    database.set(.ok)
    #expect(registry.report.isReady)
  }

  @Test func drainingIsForGood() {
    let registry = HealthRegistry()
    let database = registry.add("database")
    database.set(.ok)
    registry.startDraining()
    #expect(!registry.report.isReady)
    database.set(.failing("closed"))
    database.set(.ok)
    #expect(!registry.report.isReady)
    #expect(registry.report.reasons == ["draining"])
  }

  @Test func anObserverHearsTheStateAtOnceAndEachChangeOnce() {
    let registry = HealthRegistry()
    let database = registry.add("database")
    let heard = Heard()
    registry.observe { report in heard.list.withLock { $0.append(report.isReady) } }
    database.set(.ok)
    database.set(.ok)
    registry.startDraining()
    #expect(heard.list.withLock { $0 } == [false, true, false])
  }

  private final class Heard: Sendable { let list = Mutex<[Bool]>([]) }
}

@Suite struct RetrySchedules {
  @Test func waitsDoubleUpToTheBoundAndVaryByHalf() {
    let schedule = RetrySchedule(first: .milliseconds(100), longest: .seconds(1))
    var random = SystemRandomNumberGenerator()
    for (failures, full) in [(1, 0.1), (2, 0.2), (3, 0.4), (4, 0.8), (5, 1.0), (6, 1.0), (1_000_000, 1.0)] {
      for _ in 0..<50 {
        let wait = schedule.wait(after: failures, using: &random) / .seconds(1)
        #expect(wait >= full / 2 - 1e-9 && wait <= full + 1e-9)
      }
    }
  }

  @Test func theJitterComesFromTheGivenSource() {
    struct Highest: RandomNumberGenerator { mutating func next() -> UInt64 { .max } }
    struct Lowest: RandomNumberGenerator { mutating func next() -> UInt64 { 0 } }
    let schedule = RetrySchedule(first: .seconds(1), longest: .seconds(8))
    var highest = Highest()
    var lowest = Lowest()
    #expect(abs(schedule.wait(after: 3, using: &highest) / .seconds(4) - 1) < 1e-9)
    #expect(schedule.wait(after: 3, using: &lowest) == .seconds(2))
  }
}
