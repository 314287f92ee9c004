import ChangeConversions
import SimulationInfrastructure
import SimulationInput
import Testing
import TwinProto

@Suite("Changes and findings, to messages and back")
struct ChangeConversionTests {
  private func finding(_ code: String, probability: Double) -> Finding {
    Finding(
      code, .critical, "6.1 GB of 4 GB",
      evidence: FindingEvidence(
        model: "postgresql_memory", equation: "shared + n·work",
        inputs: [.init("connections", 500), .init("ram_gb", 4)],
        value: 6.1, unit: "GB", threshold: 4, source: "PostgreSQL 16 manual, 20.4"),
      factors: FindingFactors(
        probability: probability, consequence: 0.9, exposure: 0.8, reversibility: 0.7, blastRadius: 0.6),
      field: "max_connections", firstHour: 3.5, remedy: "fewer connections")
  }

  private func hours() -> SimulationInfrastructure.SimulatedHours {
    var hours = SimulationInfrastructure.SimulatedHours()
    hours.scenario = "flash_crowd"
    hours.parameters = [.init("duration_minutes", 20), .init("factor", 4)]
    hours.source = .forecast
    hours.statement = "load forecast: Holt–Winters"
    hours.metric = "requests_per_s"
    (hours.recordedFrom, hours.recordedTo) = (1_800_000_000, 1_800_604_800)
    (hours.points, hours.filledPoints, hours.pointSeconds) = (2_016, 3, 300)
    hours.forecastMethod = "Holt–Winters additive, damped"
    (hours.heldOutError, hours.naiveError, hours.coverage) = (0.5, 0.75, 0.9)
    (hours.peakRate, hours.upperPeakRate) = (100, 120)
    hours.windows = SimulationInfrastructure.SimulatedHours.Method.allCases.enumerated().map {
      .init(from: Double($0), to: Double($0 + 1), method: $1)
    }
    hours.windowsLeftOut = 1
    (hours.analyticSeconds, hours.fluidSeconds, hours.discreteEventSeconds, hours.heldSeconds) = (1, 2, 3, 4)
    (hours.events, hours.seed, hours.notSimulated) = (5, 6, "")
    return hours
  }

  @Test("sources of a load go and come back")
  func sources() {
    for source in SimulationInfrastructure.SimulatedHours.Source.allCases {
      var hours = hours()
      hours.source = source
      #expect(SimulationInfrastructure.SimulatedHours(TwinProto.SimulatedHours(hours)) == hours)
    }
  }

  @Test("nothing of what was found is lost on the way, two issues with one code included")
  func roundTrip() {
    var findings = ChangeFindings()
    findings.findings = [finding("DISK_FULL", probability: 0.9), finding("DISK_FULL", probability: 0.2)]
    findings.unknowns = ["ram_gb"]
    findings.before = [.init("p99_ms", 10), .init("rho", 0.5)]
    findings.after = [.init("p99_ms", 20), .init("rho", 0.75)]
    findings.cost = CostFinding(monthlyBefore: 700.8, monthlyAfter: 350.4, priceDate: "2026-01-01", priceSource: "AWS")
    findings.regimes = ["mgc:rho<0.7"]
    findings.modelVersions = [.init("mgc", "1"), .init("mmc", "2")]
    findings.targetIsKnown = true
    findings.isStale = true
    findings.series = [ChangeMoment(time: 0, metrics: [.init("rho", 0.5)])]
    findings.stateHash = 0xDEAD_BEEF
    findings.hours = hours()
    let outcome = ChangeOutcome(findings)
    #expect(ChangeFindings(outcome) == findings)
    #expect(outcome.stateHash == "00000000deadbeef")
    #expect(outcome.cost?.monthlyDeltaUsd == -350.4)
    #expect(outcome.issues.map(\.probability) == [0.9, 0.2])
  }

  @Test("an issue of which nobody said how bad it is counts as the worst")
  func unknownIsWorst() {
    let finding = Finding(Issue(code: "NEW_CODE"))
    #expect(finding.severity == .critical)
    #expect(finding.factors.probability == 1)
    #expect(finding.factors.consequence == 1)
    #expect(finding.factors.reversibility == 0)
  }

  @Test("an environment of unknown kind counts as production")
  func unknownTier() {
    #expect(EnvironmentTier(.unspecified) == .production)
    #expect(EnvironmentTier(.unrecognized(9)) == .production)
    #expect(EnvironmentTier(.development) == .development)
  }

  @Test("a request is checked field by field")
  func problems() {
    let request = ChangeRequest(
      target: String(repeating: "x", count: 257), durationHours: 721,
      loadScenario: ProtoValue(kind: .numberValue(1)), securityScan: ProtoValue(kind: .stringValue("yes")))
    #expect(
      request.problems(path: "change_request.").map(\.field) == [
        "change_request.type", "change_request.target", "change_request.change", "change_request.duration_hours",
        "change_request.load_scenario", "change_request.security_scan",
      ])
    let good = ChangeRequest(type: .scaling, target: "web", change: ProtoStruct(), durationHours: 720)
    #expect(good.problems(path: "").isEmpty)
    #expect(ChangeRequest.problem(durationHours: 0) != nil)
    #expect(ChangeRequest.problem(durationHours: .nan) != nil)
  }

  @Test("every type of the contract is a kind of the simulation, by the same name")
  func kinds() {
    let types = ChangeType.allCases.filter { $0 != .unspecified }
    #expect(types.compactMap { ChangeKind($0) } == ChangeKind.allCases)
  }

  @Test("what was read goes before what was calibrated, and a stale environment makes its targets stale")
  func targetState() throws {
    let target = Target(
      name: "web", kind: "service",
      state: ProtoStruct(fields: ["cpu_demand_ms": ProtoValue(kind: .numberValue(4))]), stale: false)
    let parameters = [
      CalibratedParameter(name: "cpu_demand_ms", value: 5), CalibratedParameter(name: "think_time_s", value: 7),
    ]
    let snapshot = EnvironmentSnapshot(targets: [TargetTwin(target: target, parameters: parameters)], stale: true)
    let state = try #require(TargetTwinState("web", in: snapshot))
    #expect(state.state == ["cpu_demand_ms": 4, "think_time_s": 7])
    #expect(state.isStale)
    #expect(TargetTwinState("db", in: snapshot) == nil)
  }

  @Test("a level that a newer caller knows is none that lowers a score")
  func levels() {
    #expect(RiskLevel.unspecified.band == nil)
    #expect(RiskLevel.unrecognized(9).band == .critical)
    for band in RiskBand.allCases { #expect(RiskLevel(band).band == band) }
  }
}
