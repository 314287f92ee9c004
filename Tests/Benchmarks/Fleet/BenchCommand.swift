import ArgumentParser
import Foundation
import PostgresDriver
import TwinCTLDomain

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures everything about the live fleet, and writes it into the page of results.",
    discussion: "About a quarter of an hour; about three minutes with --short, whose figures are for trying only.")

  @Option(help: ArgumentHelp("The page of results.", valueName: "file")) var results: String
  @Flag(help: "Everything shorter and smaller.") var short = false
  @OptionGroup var load: LoadOptions

  /// How much of each is done.
  private struct Extent {
    var rate = 4_000
    var seconds = 300.0
    var highestRate = 40_000
    var searchSeconds = 30.0
    var faultsEvery = 20.0
    var twins = 100_000
    var copiedRows = 1_000_000

    static let short = Extent(
      seconds: 20, highestRate: 9_000, searchSeconds: 8, faultsEvery: 20, twins: 10_000, copiedRows: 100_000)
  }

  func run() async throws {
    let file = ResultsFile(results)
    let extent = short ? Extent.short : Extent()
    try await part { suite in try file.put(HeldRate.title, try await heldRate(suite, extent)) }
    try await part { suite in
      let report = try await FaultyRun(suite: suite, load: load, rate: extent.rate, every: extent.faultsEvery).measure()
      try file.put(FaultyRun.title, report.lines)
    }
    try await part { suite in
      let report = try await RestingFleet(suite: suite, count: extent.twins).measure { say($0) }
      try file.put(RestingFleet.title, report.lines)
    }
  }

  /// One part with processes and a database of its own.
  private func part(_ body: (Suite) async throws -> Void) async throws {
    let suite = try await Suite.start()
    do {
      try await body(suite)
    } catch {
      await suite.stop()
      throw error
    }
    await suite.stop()
  }

  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private func heldRate(_ suite: Suite, _ extent: Extent) async throws -> [String] {
    let plan = load.plan(rate: extent.rate, seconds: extent.seconds)
    let vehicles = load.vehicles(try await suite.createTwins(1..<plan.vehicles + 1))
    let run = LoadRun(suite, plan, vehicles: vehicles)
    let report = try await run.run()
    ReportText.lines(report).forEach(say)
    let rowsPerCommit = try await suite.samplesPerCommit()
    let connection = try await suite.question()
    let stored = try await StoredRows.read(connection, vehicles: run.vehicles)
    var copies: [BareCopy] = []
    for isIndexed in [true, false] {
      copies.append(
        try await BareCopy.measure(connection, limit: extent.copiedRows, isIndexed: isIndexed))
    }
    await connection.close()
    let search = RateSearch(suite: suite, load: load, seconds: extent.searchSeconds)
    var steps: [LoadRun.Report] = []
    // The vehicles of the search are others than those of the load before.
    let best = try await search.highest(from: extent.rate, to: extent.highestRate, first: plan.vehicles) {
      steps.append($0)
      say(ReportText.step($0))
    }
    return HeldRate(
      report: report, stored: stored, copies: copies, rowsPerCommit: rowsPerCommit, steps: steps, best: best
    ).lines
  }
}

/// What came of a held rate, a search for the highest one, and bare copies of the same rows.
struct HeldRate {
  static let title = "The live fleet"

  var report: LoadRun.Report
  var stored: StoredRows
  /// With the same indices, and with none.
  var copies: [BareCopy]
  var rowsPerCommit: Double?
  var steps: [LoadRun.Report]
  var best: LoadRun.Report?

  var lines: [String] {
    let plan = report.plan
    let number = ReportText.number
    func milliseconds(_ percent: Double) -> String {
      report.lag.milliseconds(percentile: percent).map { number($0, 1) } ?? "–"
    }
    let indexed = copies[0]
    let worst = report.windows(10).compactMap { $0.milliseconds(percentile: 99) }.max() ?? 0
    return [
      "The real six processes, PostgreSQL with `synchronous_commit` and `fsync` on, and the load generator on this machine. "
        + "Every vehicle reports at 10 Hz, the vehicles spread evenly over the 100 ms; \(plan.streams) gateways, one stream "
        + "each, send a request a sample and collect for \(number(plan.collecting / .milliseconds(1), 0)) ms. Injected by a "
        + "seed: \(number(plan.disturbance.duplicates * 100, 0)) % sent twice, "
        + "\(number(plan.disturbance.reordered * 100, 0)) % behind the vehicle's next sample, "
        + "\(number(plan.disturbance.lost * 100, 0)) % lost and sent again 400 ms later. Lag: from a sample's time until the "
        + "virtual state that holds it (or a newer one) is back at the gateway, without the samples that the injection held "
        + "back. The first 10 s aren't counted. The server has its log's files already, as one that has run for a while.",
      "",
      "| what | measured | wanted |", "|---|---|---|",
      "| \(plan.rate) samples/s of \(plan.vehicles) vehicles for \(number(plan.seconds, 0)) s, lag p50, ms | "
        + "\(milliseconds(50)) | under 20 |",
      "| the same, p95, ms | \(milliseconds(95)) | |", "| the same, p99, ms | \(milliseconds(99)) | under 100 |",
      "| the same, greatest, ms | \(report.lag.largestMilliseconds.map { number($0, 0) } ?? "–") | |",
      "| the same, highest p99 of any 10 s, ms | \(number(worst, 1)) | |",
      "| acknowledgement after the commit, p50 / p99, ms | "
        + "\(report.acks.milliseconds(percentile: 50).map { number($0, 1) } ?? "–") / "
        + "\(report.acks.milliseconds(percentile: 99).map { number($0, 1) } ?? "–") | |",
      "| highest rate whose p99 stays under 100 ms, samples/s | \(best.map { "\($0.plan.rate)" } ?? "none") | 20000 |",
      "| processor time a sample at \(plan.rate)/s (state-sync, twin-engine, PostgreSQL), µs | \(number(report.cost, 1)) "
        + "(\(Suite.measured.map { number(report.cost($0), 1) }.joined(separator: ", ")), "
        + "\(number(report.cost("PostgreSQL"), 1))) | |",
      "| the same at the highest rate, µs | \(best.map { number($0.cost, 1) } ?? "–") | |",
      "| bare `COPY` of the same rows, table of the same shape: rows/s; µs a row | \(Int(indexed.rowsPerSecond)); "
        + "\(number(indexed.cost, 2)) | |",
      "| the same without indices: rows/s; µs a row | \(Int(copies[1].rowsPerSecond)); \(number(copies[1].cost, 2)) | |",
      "| processor time of the whole way of a sample to that of bare `COPY` | \(number(report.cost / indexed.cost, 1)); "
        + "\(best.map { number($0.cost / indexed.cost, 1) } ?? "–") at the highest rate | |",
      "| rows/s of bare `COPY` to the highest rate | "
        + "\(best.map { number(indexed.rowsPerSecond / Double($0.plan.rate), 1) } ?? "–") | |",
      "| samples a commit | \(rowsPerCommit.map { number($0, 1) } ?? "–") | |", "",
    ] + ReportText.lines(stored, report.counts).map { "- \($0)" } + ["", "The search:", "", "```"]
      + steps.map(ReportText.step) + ["```"]
  }
}
