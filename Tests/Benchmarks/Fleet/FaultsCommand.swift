import ArgumentParser
import Foundation
import PostgresDriver
import Synchronization

struct FaultsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract: "Kills state-sync, twin-engine and PostgreSQL in turn during a load, and looks at what is left.")

  @Option(help: "Samples a second.") var rate = 4_000
  @Option(help: "Between two kills.") var every = 20.0
  @Option(help: ArgumentHelp("Puts the result into this file's part about faults.", valueName: "file"))
  var results: String?
  @OptionGroup var load: LoadOptions

  func run() async throws {
    let suite = try await Suite.start()
    do {
      let report = try await FaultyRun(suite: suite, load: load, rate: rate, every: every).measure()
      print(report.lines.joined(separator: "\n"))
      if let results { try ResultsFile(results).put(FaultyRun.title, report.lines) }
    } catch {
      await suite.stop()
      throw error
    }
    await suite.stop()
  }
}

/// A load during which everything is killed once.
struct FaultyRun: Sendable {
  static let title = "Kills during the load"

  let suite: Suite
  let load: LoadOptions
  let rate: Int
  let every: Double

  struct Report: Sendable {
    var load: LoadRun.Report
    var recoveries: [Recovery]
    var stored: StoredRows

    var lines: [String] {
      let header = [
        "\(load.plan.rate) samples/s of \(load.plan.vehicles) vehicles with the same disturbances; `kill -9`, and a "
          + "start at once. Recovered: the end of the first second, of samples by their own time, whose p99 is under "
          + "\(Int(RateSearch.bound)) ms; so at least 1 s.", "",
        "| killed | away, s | recovered after its return, s | greatest lag, ms | wanted, s |", "|---|---|---|---|---|",
      ]
      let rows = recoveries.map { recovery in
        let away = Double(recovery.times.returned - recovery.times.killed) / 1e9
        return "| \(recovery.times.fault.rawValue) | \(ReportText.number(away, places: 2)) | "
          + "\(recovery.seconds.map { ReportText.number($0, places: 2) } ?? "not") | "
          + "\(ReportText.number(recovery.greatestLag, places: 0)) | under 10 |"
      }
      return header + rows + [""] + ReportText.lines(stored, load.counts).map { "- \($0)" }
    }
  }

  func measure() async throws -> Report {
    let seconds = every * Double(Fault.allCases.count + 1)
    let plan = load.plan(rate: rate, seconds: seconds)
    let run = LoadRun(suite, plan, vehicles: load.vehicles(try await suite.createTwins(1..<plan.vehicles + 1)))
    let inflicted = Mutex<[FaultTimes]>([])
    let report = try await run.run { began in
      for (index, fault) in Fault.allCases.enumerated() {
        let due = began + Int64(every * Double(index + 1) * 1e9)
        try await Task.sleep(for: .nanoseconds(max(0, due - Gateway.now())))
        let times = try await Recovery.inflict(fault, on: suite)
        inflicted.withLock { $0.append(times) }
      }
    }
    let times = inflicted.withLock(\.self)
    let end = report.began + Int64(seconds * 1e9)
    let recoveries = times.enumerated().map { index, time in
      Recovery(time, in: report, until: index + 1 < times.count ? times[index + 1].killed : end)
    }
    let connection = try await suite.question()
    defer { Task { await connection.close() } }
    return Report(
      load: report, recoveries: recoveries, stored: try await StoredRows.read(connection, vehicles: run.vehicles))
  }
}
