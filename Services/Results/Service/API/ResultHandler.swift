import FleetCore
import RPCCore
import RPCErrors
import TwinConversions
import TwinProto

/// `twin.results.v1.ResultService`: keeps outcomes and traces of runs, and reads and compares them.
struct ResultHandler: ResultServiceHandler {
  private static let defaultPage = 100
  private static let maxPage = 1_000
  /// Rows of one part of a trace, as the contract says.
  private static let maxChunkRows = 10_000
  private static let maxIDLength = 128

  let store: any ResultStore

  // MARK: Recording

  func recordOutcome(_ request: RecordOutcomeRequest, _ call: ServerCall) async throws -> RecordOutcomeResponse {
    guard let outcome = request.outcome else { throw ServiceFault.invalid("outcome", "is required") }
    try Self.check([("outcome.id", outcome.id), ("outcome.simulation_id", outcome.simulationID)])
    switch try await store.record(outcome) {
    case .stored(let commitTime):
      return RecordOutcomeResponse(commitTime: ProtoTimestamp(microsecondsSinceUnixEpoch: commitTime))
    case .conflict:
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "run \(outcome.id) has another outcome already",
        facts: ["run": outcome.id])
    }
  }

  func recordTrace(_ requests: RPCReader<RecordTraceRequest>, _ call: ServerCall) async throws -> RecordTraceResponse {
    var runID: String?
    for try await request in requests {
      try Self.check([("run_id", request.runID)])
      guard runID == nil || runID == request.runID else {
        throw ServiceFault.invalid("run_id", "must be the same on every message of a call")
      }
      runID = request.runID
      guard request.rows.count <= Self.maxChunkRows else {
        throw ServiceFault.invalid("rows", "holds \(request.rows.count) rows; at most \(Self.maxChunkRows)")
      }
      guard let offset = Int64(exactly: request.offset) else { throw ServiceFault.invalid("offset", "is too large") }
      if !request.rows.isEmpty { try await store.record(runID: request.runID, firstRow: offset, request.rows) }
    }
    guard let runID else { throw ServiceFault.invalid("run_id", "is required") }
    return RecordTraceResponse(rowCount: UInt64(try await store.traceLength(runID: runID)))
  }

  // MARK: Reading

  func getResult(_ request: GetResultRequest, _ call: ServerCall) async throws -> RunOutcome {
    try await find(request.id, field: "id")
  }

  func listResults(_ request: ListResultsRequest, _ call: ServerCall) async throws -> ListResultsResponse {
    guard (0...Int32(Self.maxPage)).contains(request.pageSize) else {
      throw ServiceFault.invalid("page_size", "must be from 0 to \(Self.maxPage)")
    }
    // Names the list with its filter, so that its tokens open no other.
    let list = [
      "results", request.simulationID, request.scenarioType, request.parentRunID, "\(request.verdict.rawValue)",
    ].joined(separator: "|")
    var before = Int64.max
    if !request.pageToken.isEmpty {
      guard let token = PageToken.position(in: request.pageToken, of: list, count: 1)?.first, token > 0 else {
        throw ServiceFault(
          .invalidArgument, .pageTokenInvalid, "page_token: is not one that this list gave",
          violations: [.init("page_token", "is not one that this list gave")])
      }
      before = token
    }
    let limit = request.pageSize == 0 ? Self.defaultPage : Int(request.pageSize)
    let filter = OutcomeFilter(
      simulationID: request.simulationID, scenarioType: request.scenarioType, parentRunID: request.parentRunID,
      verdict: request.verdict)
    // One more than asked for tells whether another page follows.
    let found = try await store.outcomes(filter, before: before, limit: limit + 1)
    let page = found.prefix(limit)
    return ListResultsResponse(
      results: page.map(\.outcome),
      nextPageToken: found.count > limit
        ? page.last.map { PageToken(list: list, position: [$0.ordinal]).text } ?? "" : "")
  }

  func streamTrace(_ request: StreamTraceRequest, _ responses: RPCWriter<TraceChunk>, _ call: ServerCall) async throws {
    let interval = request.intervalS
    if let interval, !(interval > 0 && interval.isFinite) {
      throw ServiceFault.invalid("interval_s", "must be a number over 0")
    }
    let outcome = try await find(request.id, field: "id")
    guard outcome.hasTrace else {
      throw ServiceFault(
        .notFound, .traceNotFound, "run \(outcome.id) kept no trace", facts: ["run": outcome.id])
    }
    var actors: Set<String> = []
    var isEmpty = true
    var sampler = interval.map { TraceDownsampler(interval: $0) }
    var after: Int64 = -1
    while let (first, rows) = try await store.chunk(runID: outcome.id, after: after) {
      after = first
      actors.formUnion(rows.lazy.map(\.actor))
      var wanted = rows.filter { row in
        (request.actor.isEmpty || row.actor == request.actor) && row.tS >= request.fromS ?? -.infinity
          && row.tS < request.toS ?? .infinity
      }
      if sampler != nil { wanted = sampler?.add(wanted) ?? [] }
      if !wanted.isEmpty {
        try await responses.write(TraceChunk(runID: outcome.id, rows: wanted))
        isEmpty = false
      }
    }
    guard request.actor.isEmpty || actors.contains(request.actor) else {
      throw ServiceFault.invalid("actor", "must be one of \(actors.sorted().joined(separator: ", "))")
    }
    let rest = sampler?.finish() ?? []
    // A trace without rows in the range still tells its run.
    if isEmpty || !rest.isEmpty { try await responses.write(TraceChunk(runID: outcome.id, rows: rest)) }
  }

  func compareRuns(_ request: CompareRunsRequest, _ call: ServerCall) async throws -> Comparison {
    RunComparison.compare(
      try await find(request.baseID, field: "base_id"), try await find(request.otherID, field: "other_id"))
  }

  // MARK: Helpers

  private func find(_ id: String, field: String) async throws -> RunOutcome {
    try Self.check([(field, id)])
    guard let stored = try await store.outcome(id: id) else {
      throw ServiceFault(.notFound, .runNotFound, "no finished run belongs to \(id)", facts: ["id": id])
    }
    return stored.outcome
  }

  private static func check(_ ids: [(field: String, value: String)]) throws {
    let violations = ids.compactMap { id -> ServiceFault.FieldViolation? in
      if id.value.isEmpty { return .init(id.field, "is required") }
      return id.value.utf8.count > maxIDLength ? .init(id.field, "is longer than \(maxIDLength) bytes") : nil
    }
    if !violations.isEmpty { throw ServiceFault.invalid(violations) }
  }
}
