import Glibc
import PostgresDriver
import PostgresGroupCommit
import PostgresPool

/// Measures the PostgreSQL client on a server given by URL:
///
///     postgres-benchmark "$(deploy/dev/postgres.sh url admin)"
///
/// or, with `telemetry` in place of the URL, what storing telemetry costs, on a server of its own.
///
/// Prints medians and rates; wall-clock times depend on the machine and its load.
struct Sample: Sendable {
  var vehicle: Int64
  var sequence: Int64
}

func percentile(_ sorted: [Duration], _ share: Double) -> Duration { sorted[Int(Double(sorted.count - 1) * share)] }

func describe(_ duration: Duration) -> String {
  let microseconds = duration / .microseconds(1)
  return microseconds < 1000 ? "\(Int(microseconds)) µs" : "\((microseconds / 100).rounded() / 10) ms"
}

/// The processor time this process has used.
func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

func measureQueries(_ configuration: PostgresConfiguration, connections: Int, each count: Int) async throws {
  let pool = PostgresPool(configuration, configuration: PoolConfiguration(maximumConnections: connections))
  let start = ContinuousClock.now
  let processorStart = processorTime()
  let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
    for _ in 0..<connections {
      group.addTask {
        try await pool.withConnection { connection in
          var times: [Duration] = []
          for number in 0..<count {
            let begin = ContinuousClock.now
            _ = try await connection.query("SELECT \(number), \("text")")
            times.append(ContinuousClock.now - begin)
          }
          return times
        }
      }
    }
    return try await group.reduce(into: []) { $0 += $1 }
  }.sorted()
  let rate = Double(times.count) / ((ContinuousClock.now - start) / .seconds(1))
  print(
    "prepared query, \(connections) connections: \(Int(rate))/s, p50 \(describe(percentile(times, 0.5))),",
    "p99 \(describe(percentile(times, 0.99))),",
    "client processor time \(describe((processorTime() - processorStart) / times.count)) each")
  await pool.close()
}

let columns = ["vehicle", "sequence", "at", "x", "y", "speed", "heading", "acceleration", "steering", "flags"]

func encode(_ sample: Sample, _ row: inout CopyBuffer) {
  row.int8(sample.vehicle)
  row.int8(sample.sequence)
  row.timestamptz(PostgresTimestamp(microsecondsSinceUnixEpoch: 1_763_692_800_000_000 + sample.sequence * 100_000))
  for factor in 1...6 { row.float8(Double(sample.sequence) * Double(factor)) }
  row.int4(0)
  row.null()
}

func makeTable(_ connection: PostgresConnection) async throws {
  try await connection.executeScript(
    """
    DROP TABLE IF EXISTS benchmark_samples;
    CREATE TABLE benchmark_samples (vehicle int8, sequence int8, at timestamptz, x float8, y float8, speed float8,
      heading float8, acceleration float8, steering float8, flags int4, note text, PRIMARY KEY (vehicle, sequence))
    """)
}

func measureCopy(_ configuration: PostgresConfiguration, rows: Int) async throws {
  let encodeStart = ContinuousClock.now
  var buffer = CopyBuffer(columnCount: columns.count + 1)
  for number in 0..<rows {
    if buffer.byteCount > 1 << 20 { buffer.removeAll() }
    buffer.row { encode(Sample(vehicle: 1, sequence: Int64(number)), &$0) }
  }
  let encodeRate = Double(rows) / ((ContinuousClock.now - encodeStart) / .seconds(1))
  let connection = try await PostgresConnection.connect(configuration)
  try await makeTable(connection)
  let start = ContinuousClock.now
  try await connection.copyIn(
    into: CopyTarget(table: "benchmark_samples", columns: columns + ["note"]), rows: 0..<rows
  ) { number, row in encode(Sample(vehicle: 1, sequence: Int64(number)), &row) }
  let rate = Double(rows) / ((ContinuousClock.now - start) / .seconds(1))
  print(
    "COPY of \(rows) rows of 11 columns with a primary key: \(Int(rate)) rows/s (encoding alone \(Int(encodeRate)))")
  await connection.close()
}

/// Vehicles that each append one row per `period`, in step with the clock and not with the answers.
func measureGroupCommit(
  _ configuration: PostgresConfiguration, callers: Int, rowsPerAppend: Int, period: Duration, appends: Int
) async throws {
  let connection = try await PostgresConnection.connect(configuration)
  try await makeTable(connection)
  await connection.close()
  let pool = PostgresPool(configuration, configuration: PoolConfiguration(maximumConnections: 2))
  let committer = GroupCommitter<Sample>(
    pool: pool,
    target: GroupCommitTarget(
      CopyTarget(table: "benchmark_samples", columns: columns + ["note"]), key: ["vehicle", "sequence"])
  ) { encode($0, &$1) }
  let start = ContinuousClock.now
  let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
    for caller in 0..<callers {
      group.addTask {
        var times: [Duration] = []
        for append in 0..<appends {
          let due = start + period * append + period * (Double(caller) / Double(callers))
          try await ContinuousClock().sleep(until: due, tolerance: .zero)
          let rows = (0..<rowsPerAppend).map {
            Sample(vehicle: Int64(caller), sequence: Int64(append * rowsPerAppend + $0))
          }
          _ = try await committer.append(rows)
          times.append(ContinuousClock.now - due)
        }
        return times
      }
    }
    return try await group.reduce(into: []) { $0 += $1 }
  }.sorted()
  let rate = Double(times.count * rowsPerAppend) / ((ContinuousClock.now - start) / .seconds(1))
  print(
    "group commit, \(callers) callers with \(rowsPerAppend) rows each per \(describe(period)):",
    "\(Int(rate)) rows/s, p50 \(describe(percentile(times, 0.5))), p99 \(describe(percentile(times, 0.99)))")
  await committer.close()
  await pool.close()
}

guard CommandLine.arguments.count == 2 else { fatalError("usage: postgres-benchmark DATABASE-URL|telemetry") }
if CommandLine.arguments[1] == "telemetry" {
  try await TelemetryWrites().run(rows: 100_000, batches: [200, 1_000, 5_000])
  exit(0)
}
let configuration = try PostgresConfiguration(url: CommandLine.arguments[1])
try await measureQueries(configuration, connections: 1, each: 20_000)
try await measureQueries(configuration, connections: 8, each: 5_000)
try await measureCopy(configuration, rows: 500_000)
try await measureGroupCommit(configuration, callers: 200, rowsPerAppend: 1, period: .milliseconds(100), appends: 50)
try await measureGroupCommit(configuration, callers: 200, rowsPerAppend: 10, period: .milliseconds(100), appends: 50)
try await measureGroupCommit(configuration, callers: 2000, rowsPerAppend: 1, period: .milliseconds(100), appends: 50)
