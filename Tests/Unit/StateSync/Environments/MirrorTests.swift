import FleetCore
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Merging what several sources say")
struct MirrorTests {
  private static let now = UTCInstant(microseconds: 1_800_000_000_000_000)

  private func report(_ source: String, _ state: TargetState, age: Double = 0, kind: String = "service")
    -> TargetReport
  { TargetReport(source: source, kind: kind, state: state, syncTime: Self.now.adding(seconds: -age)) }

  private func merged(_ reports: [TargetReport]) -> TargetRecord? {
    Mirror.merged(reports, named: "web", order: ["first": 0, "second": 1], at: Self.now)
  }

  @Test("each key has the value of the first source in the environment's order; what agents say comes last")
  func order() {
    let reports = [
      report("inline", ["a": 3, "b": 3, "c": 3]), report("second", ["a": 2, "b": 2]), report("first", ["a": 1]),
    ]
    // The order in which reports are stored doesn't matter.
    for reports in [reports, reports.reversed()] {
      #expect(merged(reports)?.state == ["a": 1, "b": 2, "c": 3])
      #expect(merged(reports)?.sources == ["first", "second", "inline"])
    }
  }

  @Test("what is older than 30 minutes comes after what is newer, and isn't dropped")
  func age() {
    let reports = [report("first", ["a": 1, "old": 1], age: 1_801), report("inline", ["a": 3], age: 1_799)]
    #expect(merged(reports)?.state == ["a": 3, "old": 1])
    #expect(merged(reports)?.sources == ["inline", "first"])
  }

  @Test("a target is as old as the oldest source that a value comes from")
  func time() {
    let reports = [report("first", ["a": 1], age: 10), report("second", ["a": 2], age: 500)]
    #expect(merged(reports)?.syncTime == Self.now.adding(seconds: -10))
    #expect(merged(reports + [report("inline", ["b": 1], age: 700)])?.syncTime == Self.now.adding(seconds: -700))
  }

  @Test("the kind comes from the first source that tells one")
  func kind() {
    #expect(merged([report("first", ["a": 1], kind: ""), report("second", [:], kind: "host")])?.kind == "host")
    #expect(merged([report("first", [:], kind: "")])?.kind == "")
    #expect(merged([]) == nil)
  }

  @Test("a null is a value that is known to be none, and keeps its place")
  func null() {
    #expect(merged([report("first", ["a": nil]), report("second", ["a": 2])])?.state == ["a": .null])
  }

  @Test("at most a bounded number of differences is told")
  func manyDifferences() throws {
    let state = Dictionary(uniqueKeysWithValues: (0..<10).map { ("k\($0)", InputValue.number(1)) })
    let targets = Dictionary(
      uniqueKeysWithValues: (0..<1_000).map { ("t\($0)", ReportedTarget(kind: "", state: state)) })
    let environment = EnvironmentRecord(id: "e", kind: .staging, createTime: Self.now)
    let known = targets.mapValues { _ in
      TargetRecord(
        name: "", kind: "", state: [:], syncTime: Self.now, sources: ["s"], version: 1, revision: 1, changeRevision: 1)
    }
    let changes = try Mirror.changes(
      by: SyncDraft(readings: [SourceReading(source: "s", outcome: .all(targets))], time: Self.now),
      to: Mirror.Part(environment: environment, reports: [:], targets: known))
    #expect(changes.outcome.drift.count == EnvironmentLimits.drifts)
    #expect(changes.targets.count == 1_000)
  }
}
