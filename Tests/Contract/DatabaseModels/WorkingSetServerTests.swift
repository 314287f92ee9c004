import BufferCacheTrial
import FleetCore
import PostgresDriver
import PostgresTesting
import SimulationDatabases
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Working set of a real server")
struct WorkingSetServerTests {
  /// state-sync's connector reads a server under pgbench at two sizes of its cache, twin-engine calibrates from what it
  /// read, and the page counts with the access law, which neither knows, say what is true.
  @Test(
    "what the connector reads under a known law gives the cache that the law needs",
    .enabled(if: BufferCacheTrial.pgbench != nil, "pgbench is installed"))
  func calibrated() async throws {
    let trial = BufferCacheTrial(scale: 8, sizes: [32, 64], transactions: 8_000, warmUpTurns: 2.6)
    let law = RowAccess.scatteredZipf(exponent: 1.05)
    var readings: [MirrorReading] = []
    var hour = 0
    let load = try await trial.observe(on: PostgresTestServer(), law, windows: 6) { configuration in
      hour += 1
      let source = SourceConfig(
        [
          "host": .string(configuration.host), "port": .number(Double(configuration.port)),
          "database": .string(configuration.database), "user": .string(configuration.user),
        ], files: CredentialFiles())
      let now = UTCInstant(microseconds: Int64(1_800_000_000 + hour * 3_600) * 1_000_000)
      readings.append(try await PostgresConnector().read(source, window: ReadingWindow(since: nil, to: now)))
    }
    var series: [String: MetricSeries] = [:]
    for (name, points) in readings.flatMap(\.metrics) where name.labels.isEmpty {
      series[name.metric, default: MetricSeries(target: name.target, metric: name.metric)].points += points.map {
        MetricPoint(time: $0.time.timestamp, value: $0.value)
      }
    }
    let told = ParameterEstimates(metrics: TargetMetrics(Array(series.values)), state: [:], time: ProtoTimestamp())
      .workingSet
    let set = try #require(told.first { $0.name == "working_set_gb" }, "\(told)")
    var (low, high) = (1_000.0, load.pageCount)
    for _ in 0..<10 {
      let middle = (low + high) / 2
      let ratio = try #require(BufferCache(pages: middle)?.performance(load)).hitRatio
      if ratio < ParameterEstimates.workingSetHitShare { low = middle } else { high = middle }
    }
    let truth = high * 8_192 / 1_073_741_824
    // The interval of 90 % is 1.645 deviations to either side.
    #expect(abs(set.value - truth) <= 1.645 * set.std + 0.02 * truth, "true is \(truth): \(set)")
    #expect(set.std <= 0.25 * set.value)
  }
}
