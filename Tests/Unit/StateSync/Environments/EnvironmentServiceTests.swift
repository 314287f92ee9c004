import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Environments over gRPC")
struct EnvironmentServiceTests {
  // MARK: Environments

  @Test("the three environments are there from the start, stale, and are found by their short names")
  func fromTheStart() async throws {
    let stage = EnvironmentStage()
    let all = try await stage.client.listEnvironments(ListEnvironmentsRequest())
    #expect(all.environments.map(\.id) == ["development", "production", "staging"])
    #expect(all.environments.allSatisfy { $0.stale && $0.lastSyncTime == nil && $0.syncIntervalS == 900 })
    for (alias, id) in [("dev", "development"), ("stage", "staging"), ("prod", "production")] {
      #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: alias)).id == id)
    }
    try await stage.create("prod")
    #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: "prod")).id == "prod")
  }

  @Test("an environment that isn't there is a fault with its reason", arguments: ["qa", "Production", "a b", "../x"])
  func unknown(_ id: String) async throws {
    let stage = EnvironmentStage()
    let fault = try #require(await fault { try await stage.client.getEnvironment(GetEnvironmentRequest(id: id)) })
    #expect(fault.code == .notFound)
    #expect(fault.reason == "ENVIRONMENT_NOT_FOUND")
  }

  @Test("a create is safe to repeat, and refuses what exists")
  func create() async throws {
    let connector = ScriptedConnector { _ in MirrorReading() }
    let stage = EnvironmentStage([.postgres: connector])
    let sources = [
      Source(name: "db", kind: .postgres, config: ProtoStruct(fields: ["host": .text("x")])),
      Source(name: "agents", kind: .inline),
    ]
    let made = try await stage.create("eu", sources, requestID: "r-1")
    #expect(made.kind == .production)
    #expect(made.sources.map(\.requiredRole) == ["reader", "none: agents push the state"])
    #expect(try await stage.create("eu", sources, requestID: "r-1") == made)
    #expect(await fault { try await stage.create("eu", [], requestID: "r-1") }?.reason == "REQUEST_ID_REUSED")
    #expect(await fault { try await stage.create("eu") }?.reason == "ENVIRONMENT_ALREADY_EXISTS")
    #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: "eu")) == made)
  }

  @Test("every field of a create that is wrong is named, and no value is quoted")
  func wrongCreate() async throws {
    let stage = EnvironmentStage([.postgres: ScriptedConnector { _ in MirrorReading() }])
    let secret = ["host": ProtoValue.number(1), "password": .text("hunter2"), "password_file": .text("relative")]
    let request = CreateEnvironmentRequest(
      id: "EU", kind: .unspecified,
      sources: [
        Source(name: "db", kind: .postgres, config: ProtoStruct(fields: secret)),
        Source(name: "db", kind: .unspecified), Source(name: "inline", kind: .postgres),
      ])
    let fault = try #require(await fault { try await stage.client.createEnvironment(request) })
    #expect(fault.code == .invalidArgument)
    #expect(
      Set(fault.violations.map(\.field)) == [
        "id", "kind", "sources[0].config.host", "sources[0].config.password", "sources[0].config.password_file",
        "sources[1].name", "sources[1].kind", "sources[2].name",
      ])
    #expect(!fault.message.contains("hunter2"))
  }

  @Test("lists come in pages")
  func pages() async throws {
    let stage = EnvironmentStage()
    var (seen, token): ([String], String) = ([], "")
    repeat {
      let page = try await stage.client.listEnvironments(ListEnvironmentsRequest(pageSize: 2, pageToken: token))
      seen += page.environments.map(\.id)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(seen == ["development", "production", "staging"])
    let wrong = await fault {
      try await stage.client.listEnvironments(ListEnvironmentsRequest(pageToken: "bm90IGEgdG9rZW4="))
    }
    #expect(wrong?.reason == "PAGE_TOKEN_INVALID")
    try await stage.push(["b": [:], "a": [:], "c": [:]])
    (seen, token) = ([], "")
    repeat {
      let page = try await stage.client.listTargets(
        ListTargetsRequest(environmentID: "prod", pageSize: 1, pageToken: token))
      seen += page.targets.map(\.name)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(seen == ["a", "b", "c"])
  }

  // MARK: Inline syncs

  @Test("an inline sync replaces what inline said about its targets, and no others")
  func inline() async throws {
    let stage = EnvironmentStage()
    let first = try await stage.push(["db": ["max_connections": .number(200), "own_key": .text("x")], "web": [:]])
    #expect(first.drift.map(\.target) == ["db", "web"])
    #expect(first.drift.allSatisfy { $0.kind == .added && $0.key.isEmpty })
    #expect(first.targetCount == 2)
    #expect(first.sources.map(\.name) == ["inline"])
    #expect(first.sources.allSatisfy { $0.ok && $0.kind == .inline })
    stage.clock.advance(seconds: 10)
    let second = try await stage.push(["db": ["max_connections": .number(500)]])
    #expect(second.drift.map(\.key) == ["max_connections", "own_key"])
    #expect(second.drift.map(\.kind) == [.changed, .removed])
    #expect(second.drift[0].before == .number(200))
    #expect(second.drift[0].after == .number(500))
    #expect(second.targetCount == 2)
    #expect(second.syncTime == stage.clock.now.timestamp)
    let target = try await stage.client.getTarget(GetTargetRequest(environmentID: "production", name: "db"))
    #expect(target.state?.fields == ["max_connections": .number(500)])
    #expect(target.version == 2)
    #expect(target.sources == ["inline"])
    let unknown = await fault {
      try await stage.client.getTarget(GetTargetRequest(environmentID: "production", name: "x"))
    }
    #expect(unknown?.reason == "TARGET_NOT_FOUND")
  }

  @Test("a target without kind and state is forgotten")
  func forgetting() async throws {
    let stage = EnvironmentStage()
    try await stage.push(["db": [:], "web": [:]])
    let answer = try await stage.client.syncEnvironment(
      SyncEnvironmentRequest(environmentID: "production", source: .inline, targets: ["db": InlineTarget()]))
    #expect(answer.drift.map(\.kind) == [.removed])
    #expect(answer.targetCount == 1)
    #expect(try await stage.snapshot().targets.compactMap(\.target?.name) == ["web"])
  }

  @Test("what is too much, or can't be kept, is refused as a whole")
  func bounds() async throws {
    let stage = EnvironmentStage()
    let many = Dictionary(uniqueKeysWithValues: (0...1_000).map { ("t\($0)", [String: ProtoValue]()) })
    #expect(await fault { try await stage.push(many) }?.violations.map(\.field) == ["targets"])
    let keys = Dictionary(uniqueKeysWithValues: (0...1_000).map { ("k\($0)", ProtoValue.number(1)) })
    var deep = ProtoValue.number(1)
    for _ in 0..<20 { deep = ProtoValue(kind: .listValue(ProtoListValue(values: [deep]))) }
    let large = ProtoValue.text(String(repeating: "x", count: 1 << 20))
    for state in [keys, ["a": .number(.nan)], ["a": deep], ["a": large]] {
      #expect(
        await fault { try await stage.push(["db": state, "web": [:]]) }?.violations.map(\.field) == [
          "targets.db.state"
        ])
    }
    for name in ["", String(repeating: "n", count: 257), "a\u{1}b"] {
      #expect(await fault { try await stage.push([name: [:]]) }?.code == .invalidArgument)
    }
    #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: "production")).targetCount == 0)
    let wrong = [
      SyncEnvironmentRequest(environmentID: "production", source: .inline),
      SyncEnvironmentRequest(environmentID: "production", source: .postgres, targets: ["a": InlineTarget(kind: "x")]),
      SyncEnvironmentRequest(environmentID: "production", source: .postgres), SyncEnvironmentRequest(),
    ]
    for request in wrong {
      #expect(await fault { try await stage.client.syncEnvironment(request) }?.code == .invalidArgument)
    }
    // Nothing to read is no fault, and no success either.
    let nothing = try await stage.client.syncEnvironment(SyncEnvironmentRequest(environmentID: "production"))
    #expect(nothing.sources.isEmpty)
    #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: "production")).stale)
  }

  @Test("what is known grows stale after 30 minutes, by the time of asking")
  func staleness() async throws {
    let stage = EnvironmentStage()
    try await stage.push(["db": [:]])
    for (seconds, stale) in [(0.0, false), (1_800, false), (1, true)] {
      stage.clock.advance(seconds: seconds)
      #expect(try await stage.client.getEnvironment(GetEnvironmentRequest(id: "production")).stale == stale)
      #expect(
        try await stage.client.getTarget(GetTargetRequest(environmentID: "production", name: "db")).stale == stale)
      let snapshot = try await stage.snapshot()
      #expect(snapshot.stale == stale)
      #expect(snapshot.targets.map { $0.target?.stale } == [stale])
    }
    try await stage.push(["db": [:]])
    #expect(try await !stage.snapshot().stale)
  }

  @Test("long values are cut in the drift, not in the state")
  func longDrift() async throws {
    let stage = EnvironmentStage()
    let text = String(repeating: "x", count: 5_000)
    try await stage.push(["fw": ["ruleset": .text("a")]])
    let drift = try await stage.push(["fw": ["ruleset": .text(text)]]).drift
    #expect(drift.map(\.after) == [.text(String(repeating: "x", count: 1_000) + "…")])
    let target = try await stage.client.getTarget(GetTargetRequest(environmentID: "production", name: "fw"))
    #expect(target.state?.fields["ruleset"] == .text(text))
  }

  // MARK: Metrics

  @Test("pushed points can be read back in the range, newest values counting; old ones are told")
  func metrics() async throws {
    let stage = EnvironmentStage()
    let now = stage.clock.now
    func point(_ age: Double, _ value: Double) -> MetricPoint {
      MetricPoint(time: now.adding(seconds: -age).timestamp, value: value)
    }
    let day = 86_400.0
    let series = MetricSeries(
      target: "web", metric: "requests_per_s", labels: ["pod": "a"],
      points: [point(60, 1), point(30, 2), point(30.5 * day, 9), point(60, 3)])
    let answer = try await stage.client.pushMetrics(PushMetricsRequest(environmentID: "prod", series: [series]))
    #expect(answer.stored == 3)
    #expect(answer.expired == 1)
    let all = try await stage.client.listMetrics(ListMetricsRequest(environmentID: "prod"))
    #expect(all.environmentID == "production")
    #expect(all.series.map(\.labels) == [["pod": "a"]])
    #expect(all.series[0].points == [point(60, 3), point(30, 2)])
    let late = try await stage.client.listMetrics(
      ListMetricsRequest(
        environmentID: "prod", from: now.adding(seconds: -60).timestamp, to: now.adding(seconds: -30).timestamp))
    #expect(late.series[0].points == [point(60, 3)])
    let means = try await stage.client.listMetrics(ListMetricsRequest(environmentID: "prod", stepS: 86_400))
    #expect(means.series[0].points.map(\.value) == [2.5])
    #expect(
      try await stage.client.listMetrics(ListMetricsRequest(environmentID: "prod", metric: "x")).series.isEmpty)
  }

  @Test("points that can't be kept are refused as a whole, each one named")
  func wrongMetrics() async throws {
    let stage = EnvironmentStage()
    let now = stage.clock.now.timestamp
    let request = PushMetricsRequest(
      environmentID: "production",
      series: [
        MetricSeries(target: "", metric: "m", points: [MetricPoint(time: now, value: .infinity)]),
        MetricSeries(
          target: "a", metric: "m",
          points: [
            MetricPoint(value: 1), MetricPoint(time: stage.clock.now.adding(seconds: 61).timestamp, value: 1),
            MetricPoint(time: now, value: 1),
          ]),
      ])
    let fault = try #require(await fault { try await stage.client.pushMetrics(request) })
    #expect(
      fault.violations.map(\.field) == [
        "series[0].target", "series[0].points[0].value", "series[1].points[0].time", "series[1].points[1].time",
      ])
    #expect(try await stage.client.listMetrics(ListMetricsRequest(environmentID: "production")).series.isEmpty)
    let many = MetricSeries(
      target: "a", metric: "m", points: Array(repeating: MetricPoint(time: now, value: 1), count: 10_001))
    #expect(
      await StateSyncTests.fault {
        try await stage.client.pushMetrics(PushMetricsRequest(environmentID: "production", series: [many]))
      }?.violations.map(\.field) == ["series"])
  }

  @Test("lists of large things come in messages that can be sent")
  func largePages() async throws {
    let stage = EnvironmentStage([.postgres: ScriptedConnector { _ in MirrorReading() }])
    let host = ProtoValue.text("/" + String(repeating: "h", count: 15_000))
    let sources = (0..<30).map {
      Source(name: "s\($0)", kind: .postgres, config: ProtoStruct(fields: ["host": host]))
    }
    for index in 0..<12 { try await stage.create("large-\(index)", sources) }
    var (seen, token, pages): ([String], String, Int) = ([], "", 0)
    repeat {
      let page = try await stage.client.listEnvironments(ListEnvironmentsRequest(pageToken: token))
      (seen, token, pages) = (seen + page.environments.map(\.id), page.nextPageToken, pages + 1)
    } while !token.isEmpty
    #expect(seen.count == 15)
    #expect(Set(seen).count == 15)
    #expect(pages > 3)
    // Series whose labels take more than their points.
    let labels = Dictionary(
      uniqueKeysWithValues: (0..<32).map { ("label\($0)", String(repeating: "v", count: 256)) })
    let now = stage.clock.now.adding(seconds: -1).timestamp
    let series = (0..<150).map { index in
      MetricSeries(
        target: "t", metric: "m", labels: labels.merging(["label0": "\(index)"]) { $1 },
        points: [MetricPoint(time: now, value: Double(index))])
    }
    _ = try await stage.client.pushMetrics(PushMetricsRequest(environmentID: "prod", series: series))
    var values: [Double] = []
    (token, pages) = ("", 0)
    repeat {
      let page = try await stage.client.listMetrics(
        ListMetricsRequest(environmentID: "prod", pageSize: 1_000, pageToken: token))
      (token, pages) = (page.nextPageToken, pages + 1)
      values += page.series.flatMap { $0.points.map(\.value) }
    } while !token.isEmpty
    #expect(values.sorted() == (0..<150).map { Double($0) })
    #expect(pages > 1)
  }

  @Test("pages of metrics hold to one range although time goes on")
  func metricPages() async throws {
    let stage = EnvironmentStage()
    let now = stage.clock.now
    func push(_ target: String) async throws {
      let point = MetricPoint(time: stage.clock.now.adding(seconds: -1).timestamp, value: 1)
      _ = try await stage.client.pushMetrics(
        PushMetricsRequest(
          environmentID: "production", series: [MetricSeries(target: target, metric: "m", points: [point])]))
    }
    for target in ["a", "b", "c"] { try await push(target) }
    var request = ListMetricsRequest(environmentID: "production", pageSize: 2)
    let first = try await stage.client.listMetrics(request)
    #expect(first.series.map(\.target) == ["a", "b"])
    stage.clock.advance(seconds: 100)
    try await push("c")
    request.pageToken = first.nextPageToken
    let second = try await stage.client.listMetrics(request)
    #expect(second.series.map(\.target) == ["c"])
    #expect(second.series[0].points.map(\.time) == [now.adding(seconds: -1).timestamp])
    #expect(second.nextPageToken.isEmpty)
    request.metric = "m"
    #expect(await fault { try await stage.client.listMetrics(request) }?.reason == "PAGE_TOKEN_INVALID")
  }
}
