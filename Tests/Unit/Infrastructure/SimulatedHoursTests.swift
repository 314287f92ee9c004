import SimulationInfrastructure
import SimulationInput
import Testing

@Suite("The hours after a change")
struct SimulatedHoursTests {
  private static let service: InputValue = [
    "current_instances": 8, "cpu": 2, "cpu_demand_ms": 100, "peak_rps": 100, "zones": 3,
  ]
  /// The same target without a declared peak: all that is known of its load is what was recorded.
  private static let measured: InputValue = ["current_instances": 8, "cpu": 2, "cpu_demand_ms": 100]
  private static let noon = 43_200.0

  /// A wave between 20 and 60 requests/s with its crest at 13:00, a little noise, perhaps growth.
  private static func recorded(
    days: Int, growth: Double = 0, noise: Double = 1, amplitude: Double = 20, step: Double = 1_800
  ) throws -> RecordedLoad {
    var state: UInt64 = 5
    func chance() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 23) - 1
    }
    let points = (0..<days * Int(86_400 / step)).map { place -> RecordedLoad.Point in
      let hour = Double(place) * step / 3_600
      let ofDay = hour.truncatingRemainder(dividingBy: 24)
      let fromCrest = min(abs(ofDay - 13), 24 - abs(ofDay - 13))
      let wave = 40 + amplitude * (1 - fromCrest / 6)
      return .init(
        time: 1_799_971_200 + hour * 3_600, value: max(0, wave + growth * hour / 24 + noise * chance()))
    }
    return try #require(RecordedLoad(series: [points]))
  }

  private func run(
    _ scenario: InputValue = .null, on state: InputValue = service, instances: Double = 6, hours: Double = 24,
    seed: UInt64 = 1, load: RecordedLoad? = nil
  ) throws -> ChangeFindings {
    let proposal = ProposedChange(
      .scaling, target: "web", change: ["instances": .number(instances)], durationHours: hours, loadScenario: scenario)
    return try ChangeSimulation(proposal, on: TargetTwinState(state: state), seed: seed, recordedLoad: load).run()
  }

  private func after(_ name: String, _ findings: ChangeFindings) throws -> Double {
    try number(name, findings.after)
  }

  private func number(_ name: String, _ members: [InputValue.Member]) throws -> Double {
    guard case .number(let value)? = members.first(where: { $0.name == name })?.value else {
      throw Missing(name: name)
    }
    return value
  }

  private struct Missing: Error { var name: String }

  private func rates(_ findings: ChangeFindings) throws -> [Double] {
    try findings.series.map { try number("arrival_rate_per_s", $0.metrics) }
  }

  // MARK: Where the load comes from

  @Test("without a record the load is assumed, and says so")
  func assumed() throws {
    let findings = try run()
    let hours = try #require(findings.hours)
    #expect(
      hours.source == .assumed && hours.statement.hasPrefix("load assumed: a daily wave under the known peak of 100"))
    #expect(hours.points == 0 && hours.forecastMethod == "" && hours.peakRate == 100)
    #expect(hours.seconds == 86_400)
    // Less than a day is too little, and a day is no forecast.
    let short = try run(load: Self.recorded(days: 1))
    #expect(short.hours?.source == .recorded)
    #expect(short.hours?.statement.contains("a forecast needs 7 days of it, and 1 are recorded") == true)
  }

  @Test("two weeks of it are forecast, with the error beside that of the seasonal-naive forecast")
  func forecast() throws {
    let load = try Self.recorded(days: 8, growth: 0.4)
    let findings = try run(on: Self.measured, load: load)
    let hours = try #require(findings.hours)
    #expect(hours.source == .forecast && hours.scenario == "forecast")
    #expect(hours.metric == "requests_per_s" && hours.points == 8 * 48 && hours.pointSeconds == 1_800)
    #expect(hours.recordedTo == load.end && hours.recordedFrom == load.start)
    // It grows by 0.4 a day, which a repetition of yesterday misses.
    #expect(hours.forecastMethod.hasPrefix("Holt"))
    #expect(try #require(hours.heldOutError) < #require(hours.naiveError))
    #expect(hours.statement.contains(hours.forecastMethod) && hours.coverage == 0.9)
    #expect(try #require(hours.upperPeakRate) > hours.peakRate)
    #expect((62...65).contains(hours.peakRate), "\(hours.peakRate)")
    // The hours follow it: low by night, the crest at 13:00.
    let course = try rates(findings)
    let crest = try #require(course.indices.max { course[$0] < course[$1] })
    #expect((12.0...15).contains(Double(crest) / 12), "\(crest)")
    #expect(try #require(course.min()) < 35)
    // Without a declared peak only the hours know that 3 instances, 60 requests/s, are too few for 64.
    let scarce = try run(on: Self.measured, instances: 3, load: load)
    let issue = try #require(scarce.findings.first { $0.evidence.model == "pipeline_hybrid" })
    #expect(issue.code == "SATURATION" && issue.factors.probability > 0.5)
    #expect((9.0...14).contains(try #require(issue.firstHour)))
    #expect(issue.evidence.inputs.contains { $0.value.summary.contains("load forecast") })
    #expect(!findings.findings.contains { $0.evidence.model == "pipeline_hybrid" })
    // Of steps that are short enough the highest is the peak, and no check misses it any more.
    #expect(findings.unknowns == ["cpu_demand_ms", "peak_rps"])
    let short = try run(on: Self.measured, load: Self.recorded(days: 2, step: 900))
    #expect(short.unknowns == [] && !short.findings.contains { $0.code == "SATURATION" })
  }

  @Test("saturation is judged at the upper end of the forecast, with the probability of reaching it")
  func upperEnd() throws {
    // A crest of some 57, within 5 to either side from day to day; three instances serve 60.
    let load = try Self.recorded(days: 8, noise: 5, amplitude: 17)
    // What is declared as the peak is out of date, so that no check sees more than ρ = 0.75.
    let state: InputValue = ["current_instances": 8, "cpu": 2, "cpu_demand_ms": 100, "peak_rps": 45]
    let findings = try run(on: state, instances: 3, load: load)
    #expect(try after("hours_peak_utilization", findings) < 1)
    #expect(try after("hours_upper_peak_utilization", findings) > 1)
    let issue = try #require(findings.findings.first { $0.evidence.model == "pipeline_hybrid" })
    #expect((0.005...0.4).contains(issue.factors.probability), "\(issue.factors.probability)")
    #expect(issue.message.contains("upper end of the forecast"))
  }

  @Test("a model that doesn't beat seasonal-naive isn't used, and the answer says so")
  func seasonalNaive() throws {
    // Each day the exact repetition of the one before.
    let findings = try run(on: Self.measured, load: Self.recorded(days: 8, noise: 0))
    let hours = try #require(findings.hours)
    #expect(hours.forecastMethod == "seasonal naive")
    #expect(hours.statement.contains("since no model did better on held-out values"))
  }

  @Test("a replay repeats the newest days as they were")
  func replay() throws {
    let load = try Self.recorded(days: 4, growth: 5, step: 3_600)
    let findings = try run("recorded", on: Self.measured, hours: 48, load: load)
    let hours = try #require(findings.hours)
    #expect(hours.source == .recorded && hours.points == 48 && hours.coverage == nil)
    let newest = load.rates.suffix(48)
    #expect(hours.peakRate == newest.max())
    // Steps of 30 s, of which every 20th is kept: the middle of each hour is an hour's mean.
    let course = try rates(findings)
    for (hour, rate) in newest.enumerated() { #expect(abs(course[hour * 6 + 3] / rate - 1) < 0.01) }
    let one = try run(["type": "recorded", "days": 1], on: Self.measured, hours: 48, load: load)
    #expect(one.hours?.points == 24)
    let repeated = try rates(one)
    #expect(repeated[6 * 24 + 60] == repeated[60] && abs(repeated[60 + 3] / load.rates[3 * 24 + 10] - 1) < 0.01)
  }

  @Test("what isn't known to simulate is said, not guessed")
  func refusals() throws {
    #expect(try run("recorded", on: ["current_instances": 8]).hours?.notSimulated == "cpu_demand_ms is unknown")
    #expect(try run(on: Self.measured).hours?.notSimulated.hasPrefix("the load is unknown") == true)
    #expect(try run(on: ["current_instances": 8]).hours == nil)
  }

  // MARK: Scenarios

  @Test("peak traffic holds the highest load that is known")
  func peakTraffic() throws {
    let findings = try run("peak_traffic")
    #expect(findings.hours?.source == .peak && findings.hours?.peakRate == 100)
    #expect(Set(try rates(findings)) == [100])
    let load = try Self.recorded(days: 2)
    let recorded = try run(["type": "peak_traffic", "factor": 1.5], on: Self.measured, load: load)
    #expect(recorded.hours?.peakRate == 1.5 * (try #require(load.rates.max())))
    #expect(recorded.hours?.statement.contains("recorded") == true)
  }

  @Test("a larger crowd never lowers the peak utilisation, and shows when it is there")
  func flashCrowd() throws {
    var last = try after("hours_peak_utilization", run(hours: 2))
    for factor in [1.0, 1.2, 1.5, 2, 3, 5, 8] {
      let findings = try run(["type": "flash_crowd", "factor": .number(factor), "duration_minutes": 5], hours: 2)
      let peak = try after("hours_peak_utilization", findings)
      #expect(peak >= last - 1e-12, "\(factor)")
      #expect(abs(peak / (100 * factor * 0.1 / 12) - 1) < 0.01)
      last = peak
    }
    let findings = try run(["type": "flash_crowd", "factor": 4, "duration_minutes": 20, "start_hour": 6])
    #expect(findings.hours?.parameters.first { $0.name == "factor" }?.value == 4)
    #expect(findings.hours?.statement.contains("a flash crowd of 4 times it from hour 6, 20 min at its height") == true)
    let course = try rates(findings)
    let calm = try rates(run())
    #expect(course[70] == calm[70] && abs(course[74] / calm[74] - 4) < 0.2)
    let issue = try #require(findings.findings.first { $0.code == "SATURATION" })
    #expect(issue.firstHour.map { (6.0...6.2).contains($0) } == true, "\(issue)")
    #expect(try after("hours_saturated_minutes", findings) > number("hours_saturated_minutes", findings.before))
  }

  @Test("a failed zone takes its share of the instances for its time")
  func zoneFailure() throws {
    // 6 instances carry 100 requests/s at ρ = 0.83, and 4 of them at 1.25.
    let state = Self.service
    let quiet = try run(on: state)
    let findings = try run(["type": "zone_failure", "duration_minutes": 60], on: state)
    #expect(try abs(after("hours_peak_utilization", findings) - 1.25) < 0.01)
    #expect(try abs(after("hours_peak_utilization", quiet) - 10 / 12.0) < 0.01)
    let instances = try findings.series.map { try number("instances", $0.metrics) }
    #expect(instances.count { $0 == 4 } == 12 && instances.count { $0 == 6 } == 288 - 12)
    // 8 instances would have been left with 5.
    #expect(try abs(number("hours_peak_utilization", findings.before) - 1) < 0.001)
    #expect(findings.findings.contains { $0.code == "SATURATION" && $0.evidence.model == "pipeline_hybrid" })
    #expect(findings.hours?.statement.contains("one of 3 zones fails from hour 11.5 for 60 min") == true)
    let more = try run(["type": "zone_failure", "zones": 6], on: state, hours: 2)
    #expect(try abs(after("hours_peak_utilization", more) - 1) < 0.01)
  }

  @Test("failed nodes take their instances")
  func nodeFailure() throws {
    for (nodes, left) in [(1, 5.0), (2, 4), (5, 1)] {
      let findings = try run(["type": "node_failure", "nodes": .number(Double(nodes)), "start_hour": 1], hours: 2)
      let instances = try findings.series.map { try number("instances", $0.metrics) }
      #expect(instances.min() == left)
      #expect(try abs(after("hours_peak_utilization", findings) - 10 / 2 / left) < 0.02)
    }
  }

  @Test("a failed dependency makes callers try again, and a long one keeps the target busy afterwards")
  func dependencyFailure() throws {
    let scenario: InputValue = [
      "type": "dependency_failure", "slowdown": 6, "duration_minutes": 5, "timeout_s": 1, "max_attempts": 3,
    ]
    var state = Self.service
    if case .object(var members) = state {
      members.removeAll { $0.name == "current_instances" }
      state = .object(members + [.init("current_instances", 16)])
    }
    let quiet = try run(on: state, hours: 2)
    let findings = try run(scenario, on: state, hours: 2)
    #expect(try after("hours_peak_attempts_per_request", quiet) == 1)
    #expect(try after("hours_peak_attempts_per_request", findings) > 1.5)
    #expect(try after("hours_error_share", findings) > number("hours_error_share", findings.before))
    #expect(try after("hours_peak_utilization", findings) > 4)
    #expect(try #require(findings.hours).discreteEventSeconds > 0)
    // 100 requests/s with up to three attempts each: 320 of capacity can take them all, 120 can't.
    let storm = try #require(findings.findings.first { $0.code == "RETRY_STORM" }, "\(findings.findings)")
    #expect(storm.evidence.inputs.contains { $0.name == "hidden_capacity_per_s" && $0.value == 40 })
    // With 8 instances it is as vulnerable already, so that isn't the change's doing.
    #expect(try !run(scenario, hours: 2).findings.contains { $0.code == "RETRY_STORM" })
  }

  @Test("a name that nobody knows, inside the change, is the forecast and is said")
  func unknownInsideTheChange() throws {
    let proposal = ProposedChange(
      .scaling, target: "web", change: ["instances": 6, "load_scenario": "sale"])
    let findings = try ChangeSimulation(proposal, on: TargetTwinState(state: Self.service)).run()
    #expect(findings.hours?.statement.contains("the load scenario 'sale' isn't one that is known") == true)
    let known = ProposedChange(
      .scaling, target: "web", change: ["instances": 6, "load_scenario": ["type": "flash_crowd", "factor": 3]])
    let crowded = try ChangeSimulation(known, on: TargetTwinState(state: Self.service)).run()
    #expect(crowded.hours?.scenario == "flash_crowd")
    #expect(!crowded.findings.contains { $0.message.contains("load_scenario") })
  }

  // MARK: How

  @Test("the same seed and record give the same bits, another seed others")
  func deterministic() throws {
    let load = try Self.recorded(days: 8)
    let scenario: InputValue = ["type": "flash_crowd", "factor": 3.4, "duration_minutes": 2]
    let first = try run(scenario, on: Self.measured, instances: 4, hours: 4, load: load)
    #expect(try run(scenario, on: Self.measured, instances: 4, hours: 4, load: load) == first)
    #expect(try #require(first.hours).events > 0)
    #expect(
      try run(scenario, on: Self.measured, instances: 4, hours: 4, seed: 2, load: load).stateHash != first.stateHash)
    #expect(first.hours?.seed == 1)
  }

  @Test("windows cover the time without a hole, each in one way")
  func windows() throws {
    let hours = try #require(run(["type": "flash_crowd", "factor": 3]).hours)
    #expect(hours.windowsLeftOut == 0 && hours.windows.first?.from == 0 && hours.windows.last?.to == 86_400)
    for (a, b) in zip(hours.windows, hours.windows.dropFirst()) { #expect(a.to == b.from && a.method != b.method) }
    #expect(Set(hours.windows.map(\.method)).isSuperset(of: [.analytic, .fluid]))
    #expect(hours.seconds == 86_400)
    // Also beyond a week, all that is asked for is simulated.
    #expect(try run("peak_traffic", hours: 720).hours?.seconds == 720 * 3_600)
  }
}
