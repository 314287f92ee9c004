import FleetCore
import Logging
import RPCCore
import RPCErrors
import SimulationInput
import Synchronization
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Syncing environments from their sources")
struct EnvironmentSyncTests {
  private static let sources = [
    Source(name: "db", kind: .postgres, config: ProtoStruct(fields: ["host": .text("x")])),
    Source(name: "kube", kind: .kubernetes),
  ]

  private static func reading(_ targets: [String: TargetState]) -> MirrorReading {
    MirrorReading(targets: targets.mapValues { ReportedTarget(kind: "service", state: $0) })
  }

  @Test("one source that fails leaves the others, and what it said before stays")
  func oneFails() async throws {
    let database = ScriptedConnector { _ in Self.reading(["db": ["max_connections": 100]]) }
    let kube = ScriptedConnector { _ in Self.reading(["web": ["instances": 3]]) }
    let stage = EnvironmentStage([.postgres: database, .kubernetes: kube])
    try await stage.create("eu", Self.sources)
    let first = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    #expect(first.sources.map(\.ok) == [true, true])
    #expect(first.targetCount == 2)
    database.set { _ in throw SourceFailure("away") }
    kube.set { _ in Self.reading(["web": ["instances": 4]]) }
    stage.clock.advance(seconds: 60)
    let second = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    #expect(second.sources.map(\.ok) == [false, true])
    #expect(second.sources.map(\.error) == ["away", nil])
    #expect(second.drift.map(\.key) == ["instances"])
    #expect(second.targetCount == 2)
    let environment = try await stage.client.getEnvironment(GetEnvironmentRequest(id: "eu"))
    #expect(environment.sources.map(\.lastError) == ["away", nil])
    #expect(environment.sources[0].lastSyncTime == first.syncTime)
    #expect(environment.lastSyncTime == second.syncTime)
    // Only one kind.
    let one = try await stage.client.syncEnvironment(
      SyncEnvironmentRequest(environmentID: "eu", source: .kubernetes))
    #expect(one.sources.map(\.name) == ["kube"])
  }

  @Test("a sync in which nothing could be read is no success")
  func allFail() async throws {
    let stage = EnvironmentStage([.postgres: ScriptedConnector { _ in throw SourceFailure("away") }])
    try await stage.create("eu", [Self.sources[0]])
    _ = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    let environment = try await stage.client.getEnvironment(GetEnvironmentRequest(id: "eu"))
    #expect(environment.lastSyncTime == nil)
    #expect(environment.stale)
  }

  @Test("a source that doesn't answer is given up after its time")
  func timeout() async throws {
    let stuck = ScriptedConnector { _ in
      try await Task.sleep(for: .seconds(3_600))
      return MirrorReading()
    }
    let kube = ScriptedConnector { _ in Self.reading(["web": [:]]) }
    let stage = EnvironmentStage([.postgres: stuck, .kubernetes: kube], sourceTimeout: .milliseconds(20))
    try await stage.create("eu", Self.sources)
    let answer = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    #expect(answer.sources.map(\.ok) == [false, true])
    #expect(answer.sources[0].error?.contains("not read within") == true)
  }

  @Test("a source that tells what can't be kept fails alone")
  func wrongReadings() async throws {
    let large = InputValue.string(String(repeating: "x", count: 2 << 20))
    let many = Dictionary(uniqueKeysWithValues: (0...EnvironmentLimits.targets).map { ("t\($0)", TargetState()) })
    let database = ScriptedConnector { _ in MirrorReading() }
    let kube = ScriptedConnector { _ in Self.reading(["web": [:]]) }
    let stage = EnvironmentStage([.postgres: database, .kubernetes: kube])
    try await stage.create("eu", Self.sources)
    let half = Dictionary(uniqueKeysWithValues: (0..<EnvironmentLimits.targets).map { ("t\($0)", TargetState()) })
    for wrong in [["a": ["k": large]], ["a\u{1}": [:]], many, ["a": ["k": .number(.infinity)]], half] {
      database.set { _ in Self.reading(wrong) }
      let answer = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
      #expect(answer.sources.map(\.ok) == [false, true])
      #expect(answer.targetCount == 1)
    }
  }

  @Test("syncs of one environment take turns, those of others don't wait")
  func turns() async throws {
    let running = Mutex((now: 0, most: 0))
    let connector = ScriptedConnector { _ in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      await Task.yield()
      running.withLock { $0.now -= 1 }
      return Self.reading(["web": [:]])
    }
    let stage = EnvironmentStage([.postgres: connector])
    try await stage.create("eu", [Self.sources[0]])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask { _ = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu")) }
      }
      try await group.waitForAll()
    }
    #expect(running.withLock(\.most) == 1)
    #expect(connector.reads.count == 20)
  }

  @Test("metrics of a source are stored, and peaks of them go into the state")
  func peaks() async throws {
    let clock = SettableClock()
    let load = Mutex(10.0)
    let connector = ScriptedConnector { _ in
      var reading = Self.reading(["db": [:]])
      let name = SeriesName(target: "db", metric: "backends")
      reading.metrics[name] = [SeriesPoint(time: clock.now, value: load.withLock(\.self))]
      reading.peaks[name] = "peak_backends"
      reading.rates[name] = CounterRate(key: "growth_per_s", scale: 1)
      return reading
    }
    let stage = EnvironmentStage([.postgres: connector])
    try await stage.create("eu", [Self.sources[0]])
    for value in [10.0, 30, 20] {
      load.withLock { $0 = value }
      clock.advance(seconds: 1)
      stage.clock.advance(seconds: 1)
      _ = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    }
    let target = try await stage.client.getTarget(GetTargetRequest(environmentID: "eu", name: "db"))
    #expect(target.state?.fields["peak_backends"] == .number(30))
    // It went down at last.
    #expect(target.state?.fields["growth_per_s"] == nil)
    stage.clock.advance(seconds: 1)
    let metrics = try await stage.client.listMetrics(ListMetricsRequest(environmentID: "eu"))
    #expect(metrics.series.map { $0.points.map(\.value) } == [[10, 30, 20]])
  }

  @Test("a rate is a counter's growth between two syncs; what was reset, or is long ago, tells nothing")
  func rates() {
    let rate = CounterRate(key: "wal_mb_per_s", scale: 0.5)
    func points(_ values: [(Double, Double)]) -> [SeriesPoint] {
      values.map { SeriesPoint(time: UTCInstant(microseconds: 0).adding(seconds: $0.0), value: $0.1) }
    }
    #expect(rate.value(of: points([(0, 900), (100, 10), (200, 50)])) == 0.2)
    #expect(rate.value(of: points([(0, 10), (100, 10)])) == 0)
    #expect(rate.value(of: points([(0, 10), (100, 9)])) == nil)
    #expect(rate.value(of: points([(0, 10), (7_201, 20)])) == nil)
    #expect(rate.value(of: points([(0, 10)])) == nil)
  }

  @Test("environments are synced when their time has come, and not before")
  func regularly() async throws {
    let connector = ScriptedConnector { _ in Self.reading(["web": [:]]) }
    let stage = EnvironmentStage([.postgres: connector])
    let tasks = EnvironmentTasks(
      parts: stage.parts, replicas: .alone(), wall: stage.clock.wallClock, clock: ContinuousClock(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await stage.create("eu", [Self.sources[0]])
    var attempts: [String: UTCInstant] = [:]
    for (seconds, reads) in [(0.0, 1), (899, 1), (1, 2), (10, 2)] {
      stage.clock.advance(seconds: seconds)
      try await tasks.syncDue(&attempts)
      #expect(connector.reads.count == reads)
    }
    // A failure is tried again after the same time, not at once.
    connector.set { _ in throw SourceFailure("away") }
    stage.clock.advance(seconds: 900)
    for _ in 0..<3 { try await tasks.syncDue(&attempts) }
    #expect(connector.reads.count == 3)
  }
}
