import PostgresMigrations
import PostgresPool
import PostgresTesting
import RPCCore
import RPCErrors
import RPCInProcess
import Testing
import TwinProto

@testable import ResultsService

/// The stores that keep the same contract.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case postgres

  func make() async throws -> any ResultStore {
    switch self {
    case .memory: return MemoryResultStore { 1_800_000_000_000_000 }
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      try await SchemaMigrations(schema: "results", try ResultsAssembly.migrations ?? [])
        .apply(as: database.configuration("results", .owner))
      return PostgresResultStore(pool: PostgresPool(database.configuration("results", .app)))
    }
  }

  func client() async throws -> ResultServiceClient {
    ResultServiceClient(InProcessChannel(Router(services: [ResultHandler(store: try await make())])))
  }
}

@Suite("The results service, on every store")
struct ResultServiceTests {
  private func outcome(
    _ id: String, simulation: String = "sim-1", scenario: String = "scenario-1", parent: String = "",
    verdict: Verdict = .pass, metrics: [String: Double] = [:], hash: String = "", hasTrace: Bool = false
  ) -> RunOutcome {
    RunOutcome(
      id: id, simulationID: simulation, scenarioID: scenario, scenarioType: "emergency_braking", status: .completed,
      verdict: verdict, metrics: metrics, stateHash: hash, hasTrace: hasTrace, parentRunID: parent)
  }

  private func fault(_ body: () async throws -> Void) async -> ServiceFault? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap { ServiceFault($0) }
    }
  }

  @Test(
    "an outcome is found by its run, its simulation and its scenario; the newest counts", arguments: StoreKind.allCases)
  func findsByEveryID(_ kind: StoreKind) async throws {
    let client = try await kind.client()
    for outcome in [outcome("run-1"), outcome("run-2", metrics: ["stopping_distance_m": 17.7])] {
      _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome))
    }
    #expect(try await client.getResult(GetResultRequest(id: "run-1")).id == "run-1")
    #expect(try await client.getResult(GetResultRequest(id: "sim-1")).id == "run-2")
    let newest = try await client.getResult(GetResultRequest(id: "scenario-1"))
    #expect(newest == outcome("run-2", metrics: ["stopping_distance_m": 17.7]))
  }

  @Test("recording again is harmless, recording otherwise is refused", arguments: StoreKind.allCases)
  func recordsOnce(_ kind: StoreKind) async throws {
    let client = try await kind.client()
    let first = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1")))
    let again = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1")))
    #expect(first == again)
    let refused = await fault {
      _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1", verdict: .fail)))
    }
    #expect(refused?.code == .alreadyExists)
    #expect(try await client.getResult(GetResultRequest(id: "run-1")).verdict == .pass)
  }

  @Test("a variant doesn't stand for its simulation", arguments: StoreKind.allCases)
  func variants(_ kind: StoreKind) async throws {
    let client = try await kind.client()
    _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1")))
    _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1.0", parent: "run-1")))
    #expect(try await client.getResult(GetResultRequest(id: "sim-1")).id == "run-1")
    let listed = try await client.listResults(ListResultsRequest(parentRunID: "run-1")).results
    #expect(listed.map(\.id) == ["run-1.0"])
  }

  @Test("lists come in pages, newest first", arguments: StoreKind.allCases)
  func pages(_ kind: StoreKind) async throws {
    let client = try await kind.client()
    for number in 1...5 {
      _ = try await client.recordOutcome(
        RecordOutcomeRequest(outcome: outcome("run-\(number)", verdict: number % 2 == 0 ? .fail : .pass)))
    }
    var ids: [String] = []
    var token = ""
    repeat {
      let page = try await client.listResults(ListResultsRequest(pageSize: 2, pageToken: token))
      ids += page.results.map(\.id)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(ids == ["run-5", "run-4", "run-3", "run-2", "run-1"])
    let failed = try await client.listResults(ListResultsRequest(verdict: .fail)).results
    #expect(failed.map(\.id) == ["run-4", "run-2"])
    #expect(
      await fault { _ = try await client.listResults(ListResultsRequest(pageToken: "?")) }?.reason
        == "PAGE_TOKEN_INVALID")
    #expect(
      await fault { _ = try await client.listResults(ListResultsRequest(pageSize: 1_001)) }?.violations.first?.field
        == "page_size")
  }

  @Test("a trace comes back as it was sent, once, and thinned or cut when asked", arguments: StoreKind.allCases)
  func traces(_ kind: StoreKind) async throws {
    let client = try await kind.client()
    let rows = (0..<100).flatMap { step in
      ["ego", "obstacle"].map { TraceRow(tS: Double(step) * 0.01, actor: $0, xM: Double(step), gapM: 5) }
    }
    for _ in 0..<2 {
      let answer = try await client.recordTrace { requests in
        for start in stride(from: 0, to: rows.count, by: 64) {
          let end = min(start + 64, rows.count)
          try await requests.write(
            RecordTraceRequest(runID: "run-1", offset: UInt64(start), rows: Array(rows[start..<end])))
        }
      }
      #expect(answer.rowCount == 200)
    }
    _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1", hasTrace: true)))
    func read(_ request: StreamTraceRequest) async throws -> [TraceRow] {
      try await client.streamTrace(request) { chunks in
        var rows: [TraceRow] = []
        for try await chunk in chunks { rows += chunk.rows }
        return rows
      }
    }
    #expect(try await read(StreamTraceRequest(id: "sim-1")) == rows)
    let ego = try await read(StreamTraceRequest(id: "run-1", actor: "ego", fromS: 0.5, toS: 0.6))
    #expect(ego == rows.filter { $0.actor == "ego" && $0.tS >= 0.5 && $0.tS < 0.6 })
    let nobody = await fault { _ = try await read(StreamTraceRequest(id: "run-1", actor: "nobody")) }
    #expect(nobody?.violations == [.init("actor", "must be one of ego, obstacle")])
    // A range without rows still tells the run.
    let runID = try await client.streamTrace(StreamTraceRequest(id: "sim-1", fromS: 1_000)) { chunks in
      var runID = ""
      for try await chunk in chunks { runID = chunk.runID }
      return runID
    }
    #expect(runID == "run-1")
    let thinned = try await read(StreamTraceRequest(id: "run-1", actor: "ego", intervalS: 0.25))
    #expect(thinned.map(\.xM) == [24, 49, 74, 99])
  }

  @Test("what isn't there, and what is wrong, is said by name")
  func refusals() async throws {
    let client = try await StoreKind.memory.client()
    #expect(await fault { _ = try await client.getResult(GetResultRequest(id: "run-9")) }?.reason == "RUN_NOT_FOUND")
    #expect(await fault { _ = try await client.getResult(GetResultRequest()) }?.violations.first?.field == "id")
    _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome("run-1")))
    let trace = await fault {
      try await client.streamTrace(StreamTraceRequest(id: "run-1")) { for try await _ in $0 {} }
    }
    #expect(trace?.reason == "TRACE_NOT_FOUND")
  }

  @Test("a comparison tells each metric's change and the parameters that differ")
  func comparison() async throws {
    let client = try await StoreKind.memory.client()
    var base = outcome("run-1", metrics: ["stopping_distance_m": 20, "collisions": 0], hash: "a")
    base.parameters = ProtoStruct(fields: ["friction": ProtoValue(kind: .numberValue(0.8))])
    var other = outcome(
      "run-2", verdict: .fail, metrics: ["stopping_distance_m": 25, "impact_speed_kmh": 3], hash: "b")
    other.parameters = ProtoStruct(fields: ["friction": ProtoValue(kind: .numberValue(0.5))])
    for outcome in [base, other] { _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome)) }
    let comparison = try await client.compareRuns(CompareRunsRequest(baseID: "run-1", otherID: "run-2"))
    #expect(!comparison.identical)
    #expect(comparison.otherVerdict == .fail)
    #expect(
      comparison.metrics == [
        MetricComparison(metric: "collisions", base: 0),
        MetricComparison(metric: "impact_speed_kmh", other: 3),
        MetricComparison(metric: "stopping_distance_m", base: 20, other: 25, delta: 5, relative: 0.25),
      ])
    #expect(comparison.parameterChanges?.fields.keys.sorted() == ["friction"])
  }
}
