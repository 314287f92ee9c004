import NIOCore
import PostgresDriver
import PostgresPool
import RPCCore
import SimulationInput
import TwinConversions
import TwinProto

/// The store of the schema `scenario_runner`.
struct PostgresRunStore: RunStore {
  /// The channel on which runners of every replica hear of new runs.
  static let channel = "scenario_runner_runs"

  let pool: PostgresPool

  // MARK: Scenarios

  private static let scenarioColumns = "ordinal, id, simulation_id, scenario, create_time, is_deleted"

  func create(_ scenario: Scenario, for request: CreateScenarioRequest) async throws -> Creation<StoredScenario> {
    let requestID: String? = request.requestID.isEmpty ? nil : request.requestID
    let encoded = try Self.encode(request)
    let inserted = try await pool.query(
      """
      INSERT INTO scenarios (type, vehicle_id, request_id, request, scenario)
      VALUES (\(scenario.type), \(scenario.vehicleID), \(nullable: requestID), \(encoded), \(try Self.encode(scenario)))
      ON CONFLICT (request_id) DO NOTHING RETURNING \(unescaped: Self.scenarioColumns)
      """)
    if let row = inserted.first { return .created(try Self.scenario(row)) }
    let known = try await pool.query(
      "SELECT \(unescaped: Self.scenarioColumns), request FROM scenarios WHERE request_id = \(nullable: requestID)")
    guard let row = known.first else { return .conflict }
    let before = try CreateScenarioRequest(serialized: ByteBuffer(bytes: row.decode("request", as: [UInt8].self)))
    return before == request ? .repeated(try Self.scenario(row)) : .conflict
  }

  func scenario(id: String) async throws -> StoredScenario? {
    try await pool.query(
      "SELECT \(unescaped: Self.scenarioColumns) FROM scenarios WHERE id = \(id) OR simulation_id = \(id)"
    ).first.map(Self.scenario)
  }

  func scenarios(type: String, vehicleID: String, before: Int64, limit: Int) async throws -> [StoredScenario] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.scenarioColumns) FROM scenarios
      WHERE NOT is_deleted AND ordinal < \(before) AND (\(type.isEmpty) OR type = \(type))
        AND (\(vehicleID.isEmpty) OR vehicle_id = \(vehicleID))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map(Self.scenario)
  }

  func deleteScenario(id: String) async throws -> Bool {
    try await pool.execute("UPDATE scenarios SET is_deleted = true WHERE id = \(id) AND NOT is_deleted") > 0
  }

  private static func scenario(_ row: PostgresRow) throws -> StoredScenario {
    let (ordinal, id, simulationID, bytes, createTime, isDeleted) = try row.decode(
      Int64.self, String.self, String.self, [UInt8].self, PostgresTimestamp.self, Bool.self)
    var scenario = try Scenario(serialized: ByteBuffer(bytes: bytes))
    scenario.id = id
    scenario.simulationID = simulationID
    scenario.createTime = ProtoTimestamp(microsecondsSinceUnixEpoch: createTime.microsecondsSinceUnixEpoch)
    return StoredScenario(ordinal: ordinal, scenario: scenario, isDeleted: isDeleted)
  }

  // MARK: Runs

  private static let runColumns = """
    ordinal, id, simulation_id, scenario_id, scenario_type, vehicle_id, parameters, seed, snapshot, keeps_trace, \
    time_limit_s, status, verdict, error, progress, cancel_requested, attempts, create_time, start_time, end_time
    """

  func createRun(_ simulationID: String, _ plan: RunPlan, for request: RunSimulationRequest, maxWaiting: Int)
    async throws -> Creation<StoredRun>
  {
    let requestID: String? = request.requestID.isEmpty ? nil : request.requestID
    let encoded = try Self.encode(request)
    let parameters = try Self.encode(ProtoStruct(plan.parameters))
    let snapshot = try plan.snapshot.map { try Self.encode($0) }
    let queued = JobStatus.queued.rawValue
    let inserted = try await pool.query(
      """
      INSERT INTO runs (simulation_id, request_id, request, scenario_id, scenario_type, vehicle_id, parameters, seed,
        snapshot, keeps_trace, time_limit_s, status)
      SELECT \(simulationID), \(nullable: requestID), \(encoded), \(plan.scenarioID), \(plan.scenarioType), \(plan.vehicleID),
        \(parameters), \(Int64(bitPattern: plan.seed)), \(nullable: snapshot), \(plan.keepsTrace), \(plan.timeLimit), \(queued)
      WHERE (SELECT count(*) FROM runs WHERE status = \(queued)) < \(Int64(maxWaiting))
      ON CONFLICT (request_id) DO NOTHING RETURNING \(unescaped: Self.runColumns)
      """)
    if let row = inserted.first {
      _ = try await pool.query("SELECT pg_notify(\(Self.channel), '')")
      return .created(try Self.run(row))
    }
    let known = try await pool.query(
      "SELECT \(unescaped: Self.runColumns), request FROM runs WHERE request_id = \(nullable: requestID)")
    guard let row = known.first else { return .full }
    let before = try RunSimulationRequest(serialized: ByteBuffer(bytes: row.decode("request", as: [UInt8].self)))
    return before == request ? .repeated(try Self.run(row)) : .conflict
  }

  func newestRun(_ simulationID: String) async throws -> (run: StoredRun, count: Int)? {
    let rows = try await pool.query(
      """
      SELECT \(unescaped: Self.runColumns), (SELECT count(*) FROM runs WHERE simulation_id = \(simulationID)) AS runs
      FROM runs WHERE simulation_id = \(simulationID) ORDER BY ordinal DESC LIMIT 1
      """)
    return try rows.first.map { (try Self.run($0), Int(try $0.decode("runs", as: Int64.self))) }
  }

  func run(id: String) async throws -> StoredRun? {
    try await pool.query("SELECT \(unescaped: Self.runColumns) FROM runs WHERE id = \(id)").first.map(Self.run)
  }

  func activeRuns(limit: Int) async throws -> [StoredRun] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.runColumns) FROM runs WHERE status IN (2, 3) ORDER BY ordinal LIMIT \(Int64(limit))
      """
    ).map(Self.run)
  }

  func requestCancel(_ runID: String) async throws {
    _ = try await pool.execute(
      """
      UPDATE runs SET
        cancel_requested = (status = \(JobStatus.running.rawValue)),
        end_time = CASE WHEN status = \(JobStatus.queued.rawValue) THEN now() ELSE end_time END,
        status = CASE WHEN status = \(JobStatus.queued.rawValue) THEN \(JobStatus.cancelled.rawValue) ELSE status END
      WHERE id = \(runID) AND status IN (2, 3)
      """)
  }

  func lease(owner: String, seconds: Double) async throws -> StoredRun? {
    try await pool.query(
      """
      UPDATE runs SET status = \(JobStatus.running.rawValue), lease_owner = \(owner), attempts = attempts + 1,
        lease_until = now() + make_interval(secs => \(seconds)), start_time = coalesce(start_time, now())
      WHERE ordinal = (
        SELECT ordinal FROM runs WHERE status IN (2, 3) AND (status = 2 OR lease_until < now())
        ORDER BY ordinal LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING \(unescaped: Self.runColumns)
      """
    ).first.map(Self.run)
  }

  func renew(_ runID: String, owner: String, seconds: Double, progress: Double) async throws -> LeaseState {
    let rows = try await pool.query(
      """
      UPDATE runs SET lease_until = now() + make_interval(secs => \(seconds)), progress = \(progress)
      WHERE id = \(runID) AND lease_owner = \(owner) AND status = \(JobStatus.running.rawValue)
      RETURNING cancel_requested
      """)
    guard let row = rows.first else { return .lost }
    return try row.decode(Bool.self) ? .cancelRequested : .held
  }

  func finish(_ runID: String, owner: String, _ end: RunEnd) async throws -> Bool {
    try await pool.execute(
      """
      UPDATE runs SET status = \(end.status.rawValue), verdict = \(end.verdict.rawValue), error = \(nullable: end.error),
        progress = 1, end_time = now(), lease_until = NULL
      WHERE id = \(runID) AND lease_owner = \(owner) AND status = \(JobStatus.running.rawValue)
      """) > 0
  }

  func release(_ runID: String, owner: String) async throws {
    _ = try await pool.execute(
      """
      UPDATE runs SET status = \(JobStatus.queued.rawValue), lease_owner = NULL, lease_until = NULL
      WHERE id = \(runID) AND lease_owner = \(owner) AND status = \(JobStatus.running.rawValue)
      """)
    _ = try await pool.query("SELECT pg_notify(\(Self.channel), '')")
  }

  private static func run(_ row: PostgresRow) throws -> StoredRun {
    let parameters: [UInt8] = try row.decode("parameters")
    let snapshot: [UInt8]? = try row.decode("snapshot")
    let plan = RunPlan(
      scenarioID: try row.decode("scenario_id"), scenarioType: try row.decode("scenario_type"),
      vehicleID: try row.decode("vehicle_id"),
      parameters: InputValue(try ProtoStruct(serialized: ByteBuffer(bytes: parameters))),
      seed: UInt64(bitPattern: try row.decode("seed", as: Int64.self)),
      snapshot: try snapshot.map { try TwinSnapshot(serialized: ByteBuffer(bytes: $0)) },
      keepsTrace: try row.decode("keeps_trace"), timeLimit: try row.decode("time_limit_s"))
    return StoredRun(
      ordinal: try row.decode("ordinal"), id: try row.decode("id"), simulationID: try row.decode("simulation_id"),
      plan: plan, status: JobStatus(rawValue: try row.decode("status")),
      verdict: Verdict(rawValue: try row.decode("verdict")), error: try row.decode("error"),
      progress: try row.decode("progress"), isCancelRequested: try row.decode("cancel_requested"),
      attempts: try row.decode("attempts"),
      createTime: try row.decode("create_time", as: PostgresTimestamp.self).microsecondsSinceUnixEpoch,
      startTime: try row.decode("start_time", as: PostgresTimestamp?.self)?.microsecondsSinceUnixEpoch,
      endTime: try row.decode("end_time", as: PostgresTimestamp?.self)?.microsecondsSinceUnixEpoch)
  }

  private static func encode<Message: RPCMessage>(_ message: Message) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    return Array(buffer.readableBytesView)
  }
}
