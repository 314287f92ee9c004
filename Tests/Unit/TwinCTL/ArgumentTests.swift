import ArgumentParser
import Foundation
import RPCCore
import RPCErrors
import RPCTransport
import SimulationInput
import SimulationRecordings
import Testing
import TwinProto

@testable import TwinCTLCommands

@Suite struct ArgumentTests {
  @Test func readsAnUpload() throws {
    let command = try #require(
      try RootCommand.parseAsRoot([
        "upload", "drive.csv.gz", "--vehicle", "twin-001", "--source", "logger", "--wait", "--server",
        "127.0.0.1:7000",
      ]) as? UploadCommand)
    #expect(command.file == "drive.csv.gz" && command.wait)
    #expect(command.vehicle == "twin-001" && command.source == "logger")
    #expect(throws: (any Error).self) { try RootCommand.parseAsRoot(["upload", "drive.txt"]) }
    #expect(throws: (any Error).self) { try RootCommand.parseAsRoot(["upload", "drive.csv", "--patience", "0"]) }
  }

  @Test(arguments: [
    ("a.csv", UploadCommand.Format.csv), ("B.CSV.GZ", .csv), ("a.b.ndjson", .ndjson), ("a.jsonl.gz", .ndjson),
    ("a.json", nil), ("csv", nil), ("a.gz", nil),
  ])
  func aFilesNameTellsItsFormat(_ name: String, _ format: UploadCommand.Format?) {
    #expect(UploadCommand.format(of: name) == format)
  }

  @Test func readsAReplay() throws {
    let command = try #require(
      try RootCommand.parseAsRoot([
        "replay", "udds", "--vehicle", "AV-007", "--rate", "20", "--speed-up", "4", "--vehicles", "3", "--server",
        "127.0.0.1:7000", "--engine", "[::1]:7001", "--create", "sedan", "--sequence-start", "5", "--ack-log",
        "acks.csv",
      ]) as? ReplayCommand)
    #expect(command.file == "udds")
    #expect(command.vehicle == "AV-007")
    #expect(command.rate == 20)
    #expect(command.speedUp == 4)
    #expect(command.vehicles == 3)
    #expect(command.server.target.hosts.first?.port == 7_000)
    #expect(command.engine.target.hosts.first?.name == "::1")
    #expect(command.sequenceStart == 5)
  }

  @Test(arguments: [
    ["replay", "udds", "--rate", "0"], ["replay", "udds", "--speed-up", "-1"], ["replay", "udds", "--vehicles", "0"],
    ["replay", "udds", "--sequence-start", "0"], ["replay", "udds", "--server", "nowhere"], ["replay"],
    ["replay", "udds", "--no-such-flag"], ["scenario", "run", "emergency_braking", "--set", "speed"],
    ["scenario", "run", "emergency_braking", "--set", "a=1", "--set", "a=2"],
    ["scenario", "run", "emergency_braking", "--repetitions", "0"], ["scenario", "run"],
  ])
  func wrongArgumentsEndWith64(_ arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try RootCommand.parseAsRoot(arguments) }
    #expect(error.map { RootCommand.exitCode(for: $0).rawValue } == 64)
  }

  @Test func namesCountUp() {
    #expect(VehicleNames.counting(from: "AV-009", count: 3) == ["AV-009", "AV-010", "AV-011"])
    #expect(VehicleNames.counting(from: "truck", count: 2) == ["truck", "truck-2"])
    #expect(VehicleNames.counting(from: "AV-99", count: 2) == ["AV-99", "AV-100"])
  }

  @Test func namesComeFromTheRecordingUnlessAskedOtherwise() {
    let log = ["A1", "B1"].map {
      Recording(vehicle: $0, samples: [Recording.Sample(time: 0, values: TelemetryValues())])
    }
    #expect(ReplayCommand.names(log, first: nil, count: nil) == ["A1", "B1"])
    #expect(ReplayCommand.names(log, first: "AV-001", count: nil) == ["AV-001", "AV-002"])
    #expect(ReplayCommand.names(log, first: nil, count: 3) == ["A1", "A2", "A3"])
    let cycle = [Recording(vehicle: nil, samples: [Recording.Sample(time: 0, values: TelemetryValues())])]
    #expect(ReplayCommand.names(cycle, first: nil, count: nil) == ["AV-001"])
  }

  @Test func samplesNeverComeFromTheFuture() {
    let clock = ReplayClock(now: 1_000_000_000, duration: 100, speedUp: 10)
    #expect(clock.time(due: 0, speedUp: 10) == 100_000_000)
    #expect(clock.time(due: 100, speedUp: 10) == 1_100_000_000)
    let real = ReplayClock(now: 1_000_000_000, duration: 100, speedUp: 1)
    #expect(real.time(due: 2.5, speedUp: 1) == 1_002_500_000)
  }

  @Test func problemsNameCodeReasonAndEachField() {
    let fault = ServiceFault.invalid([
      .init("parameters.initial_speed", "must lie in 1 to 250"), .init("seed", "must be whole"),
    ])
    let lines = ProblemText.lines(fault.rpcError)
    #expect(lines[0].hasPrefix("INVALID_ARGUMENT INVALID_ARGUMENT: "))
    #expect(lines[1] == "  parameters.initial_speed: must lie in 1 to 250")
    #expect(lines[2] == "  seed: must be whole")
    #expect(ProblemText.lines(RPCError(.unavailable, "no connection")) == ["UNAVAILABLE: no connection"])
  }

  @Test func outcomesBeginWithTheVerdictAndShowEachCriterion() {
    let outcome = RunOutcome(
      id: "run-000001", simulationID: "sim-000001", scenarioType: "emergency_braking", vehicleID: "twin-001",
      verdict: .fail,
      criteria: [
        Criterion(
          name: "no_collision", passed: false, description: "The vehicle doesn't collide.", value: 3, bound: 0,
          comparison: "<=", unit: "m/s")
      ], metrics: ["stopping_distance_m": 21.25], seed: 1)
    let lines = ScenarioText.lines(outcome).joined(separator: "\n").split(separator: "\n")
    #expect(lines.first?.hasPrefix("FAIL  emergency_braking  seed 1") == true)
    #expect(lines.contains { $0.hasPrefix("  FAIL no_collision") && $0.hasSuffix("<= 0.000 m/s") })
    #expect(lines.last == "run-000001 of sim-000001")
  }
}
