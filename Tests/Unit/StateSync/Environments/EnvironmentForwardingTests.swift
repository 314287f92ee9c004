import FleetCore
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("twin-engine hears of environments")
struct EnvironmentForwardingTests {
  @Test("whoever asks the twin after a sync sees what it found")
  func inStep() async throws {
    let stage = EnvironmentStage()
    for value in 1...5 {
      let answer = try await stage.push(["db": ["n": .number(Double(value))]])
      let snapshot = try await stage.snapshot("prod", ["db", "x", "x", "a"])
      #expect(snapshot.environmentID == "production")
      #expect(snapshot.kind == .production)
      #expect(snapshot.syncTime == answer.syncTime)
      #expect(snapshot.targets.map { $0.target?.state?.fields } == [["n": .number(Double(value))]])
      #expect(snapshot.targets.map { $0.target?.version } == [UInt64(value)])
      #expect(snapshot.unknownTargets == ["x", "a"])
    }
  }

  @Test("while twin-engine is away a sync succeeds, the twin is honest, and hears later")
  func away() async throws {
    let stage = EnvironmentStage()
    let first = try await stage.push(["db": ["n": .number(1)]])
    stage.takeEngineAway()
    stage.clock.advance(seconds: 2_000)
    let second = try await stage.push(["db": ["n": .number(2)], "web": [:]])
    #expect(second.targetCount == 2)
    let old = try await stage.snapshot()
    #expect(old.syncTime == first.syncTime)
    #expect(old.stale)
    #expect(old.targets.count == 1)
    await #expect(throws: ServiceFault.self) { try await stage.parts.forwarder.forwardAll() }
    stage.bringEngineBack()
    try await stage.parts.forwarder.forwardAll()
    let new = try await stage.snapshot()
    #expect(new.syncTime == second.syncTime)
    #expect(!new.stale)
    #expect(new.targets.map { $0.target?.name } == ["db", "web"])
    let count = stage.twins.told.count
    try await stage.parts.forwarder.forwardAll()
    #expect(stage.twins.told.count == count)
  }

  @Test("the environments from the start, new ones and deleted ones are told")
  func environments() async throws {
    let stage = EnvironmentStage()
    try await stage.parts.forwarder.forwardAll()
    #expect(try await stage.snapshot("dev").environmentID == "development")
    #expect(try await stage.snapshot("dev").stale)
    try await stage.create("eu")
    try await stage.push(["db": ["n": .number(1)]], to: "eu")
    #expect(try await stage.snapshot("eu").targets.count == 1)
    _ = try await stage.client.deleteEnvironment(DeleteEnvironmentRequest(id: "eu"))
    let gone = try #require(await fault { try await stage.snapshot("eu") })
    #expect(gone.code == .notFound)
    #expect(gone.reason == "ENVIRONMENT_NOT_FOUND")
    #expect(try await stage.store.anyEnvironment("eu") == nil)
    #expect(
      await fault { try await stage.client.deleteEnvironment(DeleteEnvironmentRequest(id: "eu")) }?.reason
        == "ENVIRONMENT_NOT_FOUND")
  }

  @Test("an environment that was deleted and made again while twin-engine was away has nothing of the old one")
  func madeAgain() async throws {
    let stage = EnvironmentStage()
    try await stage.create("eu")
    for value in 1...3 { try await stage.push(["old": [:], "db": ["n": .number(Double(value))]], to: "eu") }
    stage.takeEngineAway()
    _ = try await stage.client.deleteEnvironment(DeleteEnvironmentRequest(id: "eu"))
    stage.clock.advance(seconds: 1)
    try await stage.create("eu")
    try await stage.push(["db": ["n": .number(9)]], to: "eu")
    stage.bringEngineBack()
    try await stage.parts.forwarder.forwardAll()
    let snapshot = try await stage.snapshot("eu")
    #expect(snapshot.targets.map { $0.target?.name } == ["db"])
    #expect(snapshot.targets.map { $0.target?.version } == [1])
  }

  @Test("a target that went and came back while twin-engine was away is as it is now")
  func removedAndBack() async throws {
    let stage = EnvironmentStage()
    for value in 1...3 { try await stage.push(["db": ["n": .number(Double(value))], "web": [:]]) }
    stage.takeEngineAway()
    let forget = ["db": InlineTarget(), "web": InlineTarget()]
    _ = try await stage.client.syncEnvironment(
      SyncEnvironmentRequest(environmentID: "production", targets: forget.mapValues { _ in InlineTarget(kind: "x") }))
    _ = try await stage.client.syncEnvironment(
      SyncEnvironmentRequest(environmentID: "production", source: .inline, targets: forget))
    try await stage.push(["db": ["n": .number(9)]])
    stage.bringEngineBack()
    try await stage.parts.forwarder.forwardAll()
    let snapshot = try await stage.snapshot()
    #expect(snapshot.targets.map { $0.target?.name } == ["db"])
    #expect(snapshot.targets.map { $0.target?.state?.fields } == [["n": .number(9)]])
  }

  @Test("a twin-engine that has lost everything hears of everything again")
  func lost() async throws {
    let stage = EnvironmentStage()
    try await stage.push(["a": [:], "b": [:], "c": [:]])
    stage.replaceEngine()
    try await stage.push(["a": ["n": .number(1)]])
    #expect(try await stage.snapshot().targets.map { $0.target?.name } == ["a", "b", "c"])
  }

  @Test("many targets go in several messages, none with settings of sources")
  func batches() async throws {
    let targets = Dictionary(
      uniqueKeysWithValues: (0..<1_200).map { ("t\($0)", ReportedTarget(kind: "service", state: [:])) })
    let connector = ScriptedConnector { _ in MirrorReading(targets: targets) }
    let stage = EnvironmentStage([.postgres: connector])
    let source = Source(name: "db", kind: .postgres, config: ProtoStruct(fields: ["host": .text("secret-host")]))
    try await stage.create("eu", [source])
    _ = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "eu"))
    #expect(try await stage.snapshot("eu").targets.count == 1_200)
    let told = stage.twins.told.filter { !$0.targets.isEmpty }
    #expect(told.map(\.targets.count) == [500, 500, 200])
    #expect(told.allSatisfy { $0.environment?.sources.isEmpty == true })
  }

  @Test("metrics pushed to state-sync come to twin-engine whole, over as many pages as they take")
  func metrics() async throws {
    let stage = EnvironmentStage()
    let now = stage.clock.now
    var expected: [Double] = []
    for batch in 0..<6 {
      let values = (0..<10_000).map { Double(batch * 10_000 + $0) }
      expected += values
      let points = values.map { MetricPoint(time: now.adding(seconds: $0 - 100_000).timestamp, value: $0) }
      let series = MetricSeries(target: "web", metric: "long", points: points)
      let other = MetricSeries(target: "web", metric: "short", labels: ["pod": "\(batch)"], points: [])
      _ = try await stage.client.pushMetrics(
        PushMetricsRequest(environmentID: "production", series: [series, other]))
    }
    let one = MetricSeries(target: "web", metric: "short", points: [MetricPoint(time: now.timestamp, value: 1)])
    _ = try await stage.client.pushMetrics(PushMetricsRequest(environmentID: "production", series: [one]))
    stage.clock.advance(seconds: 1)
    let channel = InProcessChannel(Router(services: stage.parts.rpcServices))
    let read = try await RemoteEnvironmentMetrics(channel).series(of: "web", in: "production", from: nil, to: nil)
    #expect(read.map(\.metric) == ["long", "short"])
    #expect(read.first?.points.map(\.value) == expected)
    #expect(try await RemoteEnvironmentMetrics(channel).series(of: "x", in: "production", from: nil, to: nil).isEmpty)
  }

  @Test("a watcher sees everything first, then what changes")
  func watch() async throws {
    let stage = EnvironmentStage()
    try await stage.push(["a": ["n": .number(1)], "b": [:]])
    try await stage.client.watchEnvironments(WatchEnvironmentsRequest(environmentIds: ["prod"])) { responses in
      var updates = responses.makeAsyncIterator()
      let first = try #require(try await updates.next())
      #expect(first.environment?.id == "production")
      #expect(first.targets.map(\.name) == ["a", "b"])
      try await stage.push(["c": [:]], to: "staging")
      try await stage.push(["a": ["n": .number(2)], "b": [:]])
      let second = try #require(try await updates.next())
      #expect(second.targets.map(\.name) == ["a"])
      #expect(second.removedTargets.isEmpty)
      _ = try await stage.client.syncEnvironment(
        SyncEnvironmentRequest(environmentID: "production", source: .inline, targets: ["b": InlineTarget()]))
      let third = try #require(try await updates.next())
      #expect(third.targets.isEmpty)
      #expect(third.removedTargets == ["b"])
      #expect(third.environment?.targetCount == 1)
    }
  }
}
