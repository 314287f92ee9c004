import FleetCore
import PostgresMigrations
import PostgresPool
import PostgresTesting
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService

extension StoreKind {
  /// A fresh store of environments.
  func makeEnvironments() async throws -> any EnvironmentStore {
    switch self {
    case .memory: MemoryEnvironmentStore()
    case .postgres: PostgresEnvironmentStore(try await TelemetryDatabase().app)
    }
  }
}

@Suite("What every store of environments does")
struct EnvironmentStoreTests {
  static let time = UTCInstant(nanoseconds: 1_800_000_000_123_456_000)
  static let later = UTCInstant(nanoseconds: 1_800_000_100_000_000_000)

  static func draft(_ id: String, sources: [MirrorSource] = [], requestID: String? = nil) -> EnvironmentDraft {
    EnvironmentDraft(id: id, kind: .staging, sources: sources, requestID: requestID)
  }

  static func sync(_ targets: [String: TargetState], at time: UTCInstant = time) -> SyncDraft {
    SyncDraft(
      readings: [
        SourceReading(
          source: "inline", outcome: .some(targets.mapValues { ReportedTarget(kind: "service", state: $0) }))
      ], time: time)
  }

  // MARK: Environments

  @Test("one environment of each kind is there from the start", arguments: StoreKind.allCases)
  func fromTheStart(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let all = try await store.environments(after: "", limit: 10)
    #expect(all.map(\.id) == ["development", "production", "staging"])
    #expect(all.map(\.kind) == [.development, .production, .staging])
    #expect(all.allSatisfy { $0.lastSyncTime == nil && $0.targetCount == 0 && $0.sources.isEmpty })
    #expect(try await store.environments(after: "development", limit: 1).map(\.id) == ["production"])
    #expect(try await store.unforwarded().map(\.id) == ["development", "production", "staging"])
  }

  @Test("an environment comes back as it was made, once", arguments: StoreKind.allCases)
  func create(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let sources = [
      MirrorSource(name: "second", kind: .postgres, config: ["host": "db", "port": 5_432]),
      MirrorSource(name: "first", kind: .firewall, config: ["path": "/a \"b\" \\ ü"]),
    ]
    let draft = Self.draft("eu", sources: sources, requestID: "r-1")
    guard case .created(let record) = try await store.create(draft, at: Self.time) else {
      Issue.record("not created")
      return
    }
    #expect(record.sources == sources)
    #expect(record.createTime == Self.time)
    #expect(try await store.environment("eu") == record)
    #expect(try await store.create(draft, at: Self.later) == .requestSeen(record))
    #expect(try await store.create(Self.draft("eu"), at: Self.later) == .exists(record))
    #expect(try await store.environment("us") == nil)
  }

  @Test("a deleted environment takes everything with it, and its id can be taken again", arguments: StoreKind.allCases)
  func delete(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    _ = try await store.create(Self.draft("eu", requestID: "r-1"), at: Self.time)
    _ = try await store.commit(Self.sync(["web": ["a": 1]]), of: "eu")
    let point = SeriesPoint(time: Self.time, value: 1)
    #expect(try await store.store([SeriesName(target: "web", metric: "m"): [point]], of: "eu"))
    let old = try #require(try await store.environment("eu"))
    #expect(try await store.delete("eu"))
    #expect(try await !store.delete("eu"))
    #expect(try await store.environment("eu") == nil)
    #expect(try await store.commit(Self.sync(["web": ["a": 2]]), of: "eu") == nil)
    #expect(try await !store.store([SeriesName(target: "web", metric: "m"): [point]], of: "eu"))
    #expect(try await store.unforwarded().contains { $0.id == "eu" && $0.isDeleted })
    guard case .created(let new) = try await store.create(Self.draft("eu", requestID: "r-1"), at: Self.later) else {
      Issue.record("not created again")
      return
    }
    #expect(new.revision > old.revision)
    #expect(new.targetCount == 0)
    #expect(try await store.targetNames(of: "eu").isEmpty)
    // What was said of the old one doesn't concern the new one.
    var gone = old
    gone.isDeleted = true
    try await store.didForward(gone)
    #expect(try await store.environment("eu") == new)
    #expect(try await store.delete("eu"))
    let deleted = try #require(try await store.anyEnvironment("eu"))
    try await store.didForward(deleted)
    #expect(try await store.anyEnvironment("eu") == nil)
  }

  // MARK: Syncs

  @Test("a state comes back as it was read", arguments: StoreKind.allCases)
  func states(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let state: TargetState = [
      "text": "Ünï \"quoted\" \\ \u{1F680} \n", "number": 0.1, "large": 1e300, "small": -1e-300, "flag": true,
      "nothing": nil, "list": [1, "a", [nil, false]], "object": ["a": ["deep": "x"], "b": 1], "": "empty key",
    ]
    let outcome = try #require(try await store.commit(Self.sync(["web": state]), of: "production"))
    #expect(outcome.environment.targetCount == 1)
    #expect(outcome.environment.lastSyncTime == Self.time)
    #expect(outcome.drift == [TargetDrift(target: "web", kind: .added)])
    let target = try #require(try await store.target("web", of: "production"))
    #expect(target.state == state)
    #expect(target.version == 1)
    #expect(target.syncTime == Self.time)
    #expect(target.sources == ["inline"])
    #expect(try await store.target("api", of: "production") == nil)
    #expect(try await store.target("web", of: "staging") == nil)
  }

  @Test(
    "versions count changes, and a state that is the same again only gets a newer time", arguments: StoreKind.allCases)
  func versions(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    _ = try await store.commit(Self.sync(["web": ["a": 1, "b": 2]]), of: "production")
    let same = try #require(
      try await store.commit(Self.sync(["web": ["a": 1, "b": 2]], at: Self.later), of: "production"))
    #expect(same.drift.isEmpty)
    let first = try #require(try await store.target("web", of: "production"))
    #expect(first.version == 1)
    #expect(first.syncTime == Self.later)
    #expect(first.revision == same.environment.revision)
    #expect(first.changeRevision == same.environment.revision - 1)
    // Also when the clock was set back, times ascend.
    let changed = try #require(
      try await store.commit(Self.sync(["web": ["a": 3, "c": 4]], at: Self.time), of: "production"))
    #expect(
      changed.drift == [
        TargetDrift(target: "web", kind: .changed, key: "a", before: 1, after: 3),
        TargetDrift(target: "web", kind: .removed, key: "b", before: 2),
        TargetDrift(target: "web", kind: .added, key: "c", after: 4),
      ])
    let second = try #require(try await store.target("web", of: "production"))
    #expect(second.version == 2)
    #expect(second.syncTime > Self.later)
  }

  @Test("what a whole source doesn't tell any more goes; other sources' words stay", arguments: StoreKind.allCases)
  func withdrawal(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let sources = [MirrorSource(name: "kube", kind: .kubernetes), MirrorSource(name: "prom", kind: .prometheus)]
    _ = try await store.create(Self.draft("eu", sources: sources), at: Self.time)
    func reading(_ source: String, _ targets: [String: TargetState]) -> SourceReading {
      SourceReading(source: source, outcome: .all(targets.mapValues { ReportedTarget(kind: "service", state: $0) }))
    }
    _ = try await store.commit(
      SyncDraft(
        readings: [
          reading("prom", ["web": ["a": 1, "p": 9]]), reading("kube", ["web": ["a": 2], "api": ["x": 1], "db": [:]]),
        ], time: Self.time), of: "eu")
    var web = try #require(try await store.target("web", of: "eu"))
    #expect(web.state == ["a": 2, "p": 9])
    #expect(web.sources == ["kube", "prom"])
    #expect(try await store.targetNames(of: "eu") == ["api", "db", "web"])
    let outcome = try #require(
      try await store.commit(
        SyncDraft(
          readings: [reading("kube", ["db": ["y": 1]]), SourceReading(source: "prom", outcome: .failed("away"))],
          time: Self.later), of: "eu"))
    #expect(
      outcome.drift == [
        TargetDrift(target: "api", kind: .removed),
        TargetDrift(target: "db", kind: .added, key: "y", after: 1),
        TargetDrift(target: "web", kind: .changed, key: "a", before: 2, after: 1),
      ])
    web = try #require(try await store.target("web", of: "eu"))
    #expect(web.sources == ["prom"])
    #expect(web.syncTime == Self.time)
    #expect(try await store.targetNames(of: "eu") == ["db", "web"])
    let environment = try #require(try await store.environment("eu"))
    #expect(environment == outcome.environment)
    #expect(environment.targetCount == 2)
    #expect(environment.sources.map(\.lastError) == [nil, "away"])
    #expect(environment.sources.map(\.lastSyncTime) == [Self.later, Self.time])
    #expect(try await store.removals(of: "eu") == ["api"])
  }

  @Test("inline forgets a target that it is told to", arguments: StoreKind.allCases)
  func forgetting(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    _ = try await store.commit(Self.sync(["web": ["a": 1], "api": ["a": 1]]), of: "production")
    let forget = SyncDraft(
      readings: [SourceReading(source: "inline", outcome: .some(["web": nil, "unknown": nil]))], time: Self.later)
    let outcome = try #require(try await store.commit(forget, of: "production"))
    #expect(outcome.drift == [TargetDrift(target: "web", kind: .removed)])
    #expect(outcome.environment.targetCount == 1)
    #expect(try await store.targetNames(of: "production") == ["api"])
  }

  @Test("targets come in pages, by kind, by what is new and by what they weigh", arguments: StoreKind.allCases)
  func pages(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let text = InputValue.string(String(repeating: "x", count: 1_000))
    _ = try await store.commit(Self.sync(["b": ["t": text], "a": ["t": text], "Z": [:], "é": [:]]), of: "production")
    let all = try await store.targets(TargetQuery(environmentID: "production", limit: 10)).map(\.name)
    #expect(all == ["Z", "a", "b", "é"])
    #expect(
      try await store.targets(TargetQuery(environmentID: "production", after: "a", limit: 1)).map(\.name) == ["b"])
    #expect(
      try await store.targets(TargetQuery(environmentID: "production", after: "Z", limit: 9, bytes: 1_500))
        .map(\.name) == ["a"])
    #expect(try await store.targets(TargetQuery(environmentID: "production", kind: "host", limit: 9)).isEmpty)
    let before = try #require(try await store.environment("production")).revision
    _ = try await store.commit(Self.sync(["a": ["t": text], "b": ["t": 1]], at: Self.later), of: "production")
    #expect(
      try await store.targets(TargetQuery(environmentID: "production", readAfter: before, limit: 9)).map(\.name)
        == ["a", "b"])
    #expect(
      try await store.targets(TargetQuery(environmentID: "production", changedAfter: before, limit: 9)).map(\.name)
        == ["b"])
  }

  @Test("syncs at the same time all count", arguments: StoreKind.allCases)
  func concurrentSyncs(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<30 {
        group.addTask {
          _ = try await store.commit(
            Self.sync(["web": ["n": .number(Double(index))], "t\(index)": [:]]), of: "staging")
        }
      }
      try await group.waitForAll()
    }
    let environment = try #require(try await store.environment("staging"))
    #expect(environment.targetCount == 31)
    #expect(environment.revision == 31)
    #expect(try await store.target("web", of: "staging")?.version == 30)
  }

  @Test("more targets than an environment may have are refused as a whole", arguments: StoreKind.allCases)
  func tooMany(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let targets = Dictionary(
      uniqueKeysWithValues: (0...EnvironmentLimits.targets).map { ("t\($0)", ReportedTarget(kind: "", state: [:])) })
    await #expect(throws: EnvironmentBoundReached.self) {
      try await store.commit(
        SyncDraft(readings: [SourceReading(source: "s", outcome: .all(targets))], time: Self.time), of: "production")
    }
    #expect(try await store.environment("production")?.revision == 1)
  }

  @Test("what was forwarded is noted, what came after stays", arguments: StoreKind.allCases)
  func forwarding(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    _ = try await store.commit(Self.sync(["web": [:], "api": [:]]), of: "production")
    let forget = SourceReading(source: "inline", outcome: .some(["web": nil]))
    _ = try await store.commit(SyncDraft(readings: [forget], time: Self.time), of: "production")
    let seen = try #require(try await store.environment("production"))
    let more = SourceReading(source: "inline", outcome: .some(["api": nil]))
    _ = try await store.commit(SyncDraft(readings: [more], time: Self.later), of: "production")
    try await store.didForward(seen)
    #expect(try await store.removals(of: "production").contains("api"))
    #expect(try await store.unforwarded().contains { $0.id == "production" })
    let last = try #require(try await store.environment("production"))
    #expect(last.forwardedRevision == seen.revision)
    try await store.didForward(last)
    #expect(try await store.removals(of: "production").isEmpty)
    #expect(try await store.unforwarded().map(\.id) == ["development", "staging"])
  }
}
