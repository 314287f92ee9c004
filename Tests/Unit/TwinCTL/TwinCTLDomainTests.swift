import SimulationInput
import SimulationRecordings
import Testing
import TwinCTLDomain

@Suite struct ReplaySourceTests {
  @Test func `A cycle table gets positions from its speeds`() throws {
    let recordings = try ReplaySource.recordings(inFile: Array("t_s,speed_mps\n0,10\n10,10\n".utf8), name: "a")
    #expect(recordings.count == 1)
    #expect(recordings[0].samples.count == 101)
    #expect(recordings[0].samples.last?.values.x == 100)
    let fastSim = try ReplaySource.recordings(inFile: Array("cycSecs,cycMps,cycGrade\n0,0,0\n1,2,0\n".utf8), name: "b")
    #expect(fastSim[0].samples.last?.values.x == 1)
  }

  @Test func `Anything with more columns is a telemetry log`() throws {
    let text = "t_s,vehicle_id,speed_mps\n0,a,1\n0,b,2\n1,a,1\n"
    let recordings = try ReplaySource.recordings(inFile: Array(text.utf8), name: "log")
    #expect(recordings.map(\.vehicle) == ["a", "b"])
    #expect(recordings[0].samples[0].values.x == nil)
  }

  @Test func `Shipped cycles are found by name`() {
    #expect(ReplaySource.recording(ofCycle: "UDDS")?.duration == 1_369)
    #expect(ReplaySource.recording(ofCycle: "drive.csv") == nil)
  }

  @Test func `Errors keep line and column`() {
    let error = #expect(throws: CSVError.self) {
      try ReplaySource.recordings(inFile: Array("t_s,speed_mps\n0,1\n1,x\n".utf8), name: "a")
    }
    #expect(error?.line == 3)
    #expect(error?.column == "speed_mps")
    #expect(throws: CSVError.self) { try ReplaySource.recordings(inFile: [], name: "empty") }
  }
}

@Suite struct ReplayTrackerTests {
  @Test func `A state makes every sample up to its sequence visible`() {
    var tracker = ReplayTracker()
    for sequence in 1...5 { tracker.send(UInt64(sequence), at: Int64(sequence) * 100) }
    var latencies: [Int64] = []
    tracker.see(through: 3, at: 350) { latencies.append($0) }
    #expect(latencies == [250, 150, 50])
    #expect(tracker.outstanding == 2)
    tracker.see(through: 3, at: 400) { latencies.append($0) }
    #expect(latencies.count == 3)
    tracker.see(through: 9, at: 600) { latencies.append($0) }
    #expect(latencies.suffix(2) == [200, 100])
    #expect(tracker.visible == 5)
    #expect(tracker.outstanding == 0)
  }

  @Test func `A state that comes before the note of its sample counts as visible`() {
    var tracker = ReplayTracker()
    tracker.see(through: 1, at: 10) { _ in }
    tracker.send(1, at: 20)
    #expect(tracker.visible == 1)
    #expect(tracker.outstanding == 0)
  }

  @Test func `Unseen samples beyond the bound are given up and counted`() {
    var tracker = ReplayTracker()
    let total = 3 * ReplayTracker.capacity
    for sequence in 1...total { tracker.send(UInt64(sequence), at: 0) }
    #expect(tracker.outstanding == ReplayTracker.capacity)
    #expect(tracker.givenUp == UInt64(total - ReplayTracker.capacity))
    var seen = 0
    tracker.see(through: UInt64(total), at: 1) { _ in seen += 1 }
    #expect(seen == ReplayTracker.capacity)
    tracker.acknowledge(through: 7)
    tracker.acknowledge(through: 5)
    #expect(tracker.acknowledged == 7)
  }
}

@Suite struct LatencySummaryTests {
  @Test func `Percentiles have three significant digits`() throws {
    var summary = LatencySummary()
    for millisecond in 1...1_000 { summary.record(nanoseconds: Int64(millisecond) * 1_000_000) }
    for percent in [50.0, 95, 99] {
      let value = try #require(summary.milliseconds(percentile: percent))
      #expect(abs(value / (percent * 10) - 1) < 0.002)
    }
    #expect(abs(try #require(summary.largestMilliseconds) / 1_000 - 1) < 0.002)
    #expect(summary.count == 1_000)
  }

  @Test func `Summaries of several vehicles add up`() {
    var (a, b) = (LatencySummary(), LatencySummary())
    a.record(nanoseconds: 1_000_000)
    b.record(nanoseconds: 3_000_000)
    a.add(b)
    #expect(a.count == 2)
    #expect(a.text.hasSuffix("(2 samples)"))
    #expect(a.text.hasPrefix("p50 1.0 ms"))
  }

  @Test func `Nothing and far too much are handled`() throws {
    var summary = LatencySummary()
    #expect(summary.text == "no sample became visible")
    #expect(summary.milliseconds(percentile: 50) == nil)
    summary.record(nanoseconds: -5)
    summary.record(nanoseconds: .max)
    #expect(summary.count == 2)
    #expect(abs(try #require(summary.largestMilliseconds) / 3_600_000 - 1) < 0.002)
  }
}

@Suite struct TextTests {
  @Test(arguments: [
    (UInt64(0), 0.0, 0, "]   0 %  0/1000  0.0/s"), (UInt64(500), 50.0, 20, "]  50 %  500/1000  10.0/s  eta 50 s"),
    (UInt64(1_000), 200.0, 40, "] 100 %  1000/1000  5.0/s  done in 3:20"),
  ])
  func `The progress bar fits the line`(done: UInt64, elapsed: Double, filled: Int, tail: String) {
    let line = ProgressBar(width: 80).line(done: done, total: 1_000, elapsed: elapsed)
    #expect(line.count <= 80)
    #expect(line.hasSuffix(tail))
    #expect(line.count { $0 == "#" } == filled)
  }

  @Test func `An empty replay is complete`() {
    #expect(ProgressBar().line(done: 0, total: 0, elapsed: 1).contains("100 %"))
  }

  @Test func `A verdict prints its criteria and decides the exit status`() {
    var report = VerdictReport(scenario: "emergency_braking", verdict: .fail, seed: 7, stateHash: "ab")
    report.criteria = [
      .init(name: "minimum_gap", passed: true, value: 12.3456, comparison: ">=", limit: 0.5, unit: "m"),
      .init(name: "brake_demand", passed: false, value: nil, comparison: ">=", limit: 5, unit: "m/s²"),
    ]
    report.decisions = [(1.5, "collision_warning", "gap 50 m")]
    report.metrics = [("stopping_distance_m", 19.97578)]
    #expect(
      report.text == """
        FAIL  emergency_braking  seed 7  state hash ab
        criteria
          ok   minimum_gap      12.346 >= 0.500 m
          FAIL brake_demand       none >= 5.000 m/s²
        decisions
             1.500 s  collision_warning: gap 50 m
        metrics
          stopping_distance_m       19.976
        """)
    #expect(report.exitStatus == 1)
    report.verdict = .pass
    #expect(report.exitStatus == 0)
    report.verdict = .error
    report.error = "diverged at step 3"
    #expect(report.exitStatus == 2)
    #expect(report.text.contains("diverged at step 3"))
  }

  @Test func `Arguments become values of their kind`() throws {
    let object = try ParameterArgument.object([
      "initial_speed=60", "weather=rain", "aeb_enabled=false", "friction=null", "name=\"5\"", "x=nan", "y=a=b",
    ])
    let expected: InputValue = [
      "initial_speed": 60, "weather": "rain", "aeb_enabled": false, "friction": nil, "name": "5", "x": "nan",
      "y": "a=b",
    ]
    #expect(object == expected)
    for bad in ["speed", "=5", ""] {
      #expect(throws: InvalidInput.self) { try ParameterArgument.member(bad) }
    }
  }
}
