import ArgumentParser
import Foundation
import PostgresDriver
import SystemTesting

@main
struct FleetBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet-benchmark",
    abstract: "Loads the suite's real processes and a private PostgreSQL with a fleet that reports at 10 Hz.",
    discussion: """
      Every vehicle reports ten times a second, the vehicles spread evenly over the 100 ms; each gateway has a stream for \
      its vehicles, collects what they measure for --collect and sends a request a sample. Some samples are sent twice, \
      behind the next one, or lost at first and sent again 400 ms later.

      Lag: from a sample's time to the arrival of the first virtual state that holds it or a newer one of its vehicle, on \
      the stream that sent it, by the clock of this machine. Samples that the injected network held back have the lag \
      that it gave them and don't count; everything else does.
      """,
    subcommands: [RunCommand.self, SearchCommand.self, FaultsCommand.self, MemoryCommand.self, BenchCommand.self])
}

struct LoadOptions: ParsableArguments {
  @Option(help: "Streams; one for each 100 vehicles unless given.") var streams: Int?
  @Option(help: ArgumentHelp("A gateway collects for so long.", valueName: "ms")) var collect = 5.0
  @Option(help: "Share of the samples that are sent twice.") var duplicates = 0.01
  @Option(help: "Share of the samples that are sent behind the next one.") var reordered = 0.02
  @Option(help: "Share of the samples that are lost at first.") var lost = 0.01
  @Option(help: "Of everything random.") var seed: UInt64 = 1

  func plan(rate: Int, seconds: Double) -> LoadRun.Plan {
    LoadRun.Plan(
      rate: rate, seconds: seconds, streams: streams ?? max(1, (rate / 10 + 99) / 100),
      collecting: .microseconds(Int(collect * 1_000)),
      disturbance: Disturbance(duplicates: duplicates, reordered: reordered, lost: lost), seed: seed)
  }

  /// - Parameter first: how many vehicles come before these.
  func vehicles(_ ids: [String], first: Int = 0) -> [GatewayVehicle] {
    ids.enumerated().map { GatewayVehicle(id: $1, seed: seed &+ 0x1_0000 &+ UInt64(first + $0)) }
  }
}

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Holds a rate for a time.")

  @Option(help: "Samples a second.") var rate = 4_000
  @Option(help: "Measured after the first ten.") var seconds = 300.0
  @Flag(help: "Copies the same rows bare afterwards.") var baseline = false
  @Flag(help: "Prints where the services log, and waits for a line before it ends.") var hold = false
  @OptionGroup var load: LoadOptions

  func run() async throws {
    let suite = try await Suite.start()
    do {
      let plan = load.plan(rate: rate, seconds: seconds)
      let vehicles = load.vehicles(try await suite.createTwins(1..<plan.vehicles + 1))
      for name in Suite.measured { print(name, try await suite.processes.identifier(name)) }
      print("PostgreSQL", try await suite.processes.databaseIdentifier())
      // At once, for those who attach to them.
      fflush(nil)
      let run = LoadRun(suite, plan, vehicles: vehicles)
      let report = try await run.run()
      print(ReportText.lines(report).joined(separator: "\n"))
      if let rows = try await suite.samplesPerCommit() { print("samples a commit: \(ReportText.number(rows))") }
      let connection = try await suite.question()
      let stored = try await StoredRows.read(connection, vehicles: run.vehicles)
      print(ReportText.lines(stored, report.counts).joined(separator: "\n"))
      if baseline {
        for isIndexed in [true, false] {
          let copy = try await BareCopy.measure(connection, limit: 1_000_000, isIndexed: isIndexed)
          print(ReportText.line(copy, isIndexed: isIndexed, report))
        }
      }
      await connection.close()
      if hold {
        print(suite.processes.folder.path)
        _ = readLine()
      }
    } catch {
      await suite.stop()
      throw error
    }
    await suite.stop()
  }
}

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Searches for the highest rate that holds its lag.")

  @Option(help: "Samples a second to begin with.") var from = 4_000
  @Option(help: "Samples a second to end with at the latest.") var to = 40_000
  @Option(help: "Measured at each rate.") var seconds = 30.0
  @OptionGroup var load: LoadOptions

  func run() async throws {
    let suite = try await Suite.start()
    do {
      let found = try await RateSearch(suite: suite, load: load, seconds: seconds).highest(from: from, to: to) {
        print(ReportText.step($0))
        fflush(nil)
      }
      print("highest rate with a p99 under \(Int(RateSearch.bound)) ms: \(found.map { "\($0.plan.rate)/s" } ?? "none")")
    } catch {
      await suite.stop()
      throw error
    }
    await suite.stop()
  }
}
