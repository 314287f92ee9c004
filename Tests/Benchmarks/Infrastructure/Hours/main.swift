#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationInfrastructure
import SimulationInput

// What the simulated hours of a change cost under each load scenario: 1,000 requests/s at the crest, 24 h.

/// Two weeks of five minutes each: a daily wave, a quieter weekend, noise.
func recorded() -> RecordedLoad? {
  var state: UInt64 = 5
  let points = (0..<14 * 288).map { place -> RecordedLoad.Point in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let hour = (Double(place) / 12).truncatingRemainder(dividingBy: 24)
    let fromCrest = min(abs(hour - 14), 24 - abs(hour - 14))
    let weekend = place / 288 % 7 >= 5 ? 0.7 : 1
    let noise = 1 + 0.1 * (Double(state >> 40) / Double(1 << 23) - 1)
    return .init(time: 1_799_971_200 + Double(place) * 300, value: (950 - 50 * fromCrest) * weekend * noise)
  }
  return RecordedLoad(series: [points])
}

/// Of this process, so that others don't count.
func processorMilliseconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) * 1_000 }

let state: InputValue = ["current_instances": 12, "cpu": 1, "cpu_demand_ms": 8, "peak_rps": 1_000]
let scenarios: [InputValue] =
  LoadScenario.Kind.allCases.map { .string($0.rawValue) } + [["type": "flash_crowd", "factor": 1.2]]
let load = recorded()
print(
  "| load scenario | record | median of 5, ms of one processor | analytic, fluid, event by event, held, h | events |")
print("|---|---|---:|---|---:|")
for scenario in scenarios {
  for record in [nil, load] {
    var times: [Double] = []
    var findings: ChangeFindings?
    for _ in 0..<5 {
      let proposal = ProposedChange(.scaling, target: "web", change: ["instances": 10], loadScenario: scenario)
      let simulation = ChangeSimulation(proposal, on: TargetTwinState(state: state), recordedLoad: record)
      let begin = processorMilliseconds()
      findings = try simulation.run()
      times.append((processorMilliseconds() - begin).rounded())
    }
    guard let hours = findings?.hours else { continue }
    let spent = [hours.analyticSeconds, hours.fluidSeconds, hours.discreteEventSeconds, hours.heldSeconds]
      .map { "\(($0 / 36).rounded() / 100)" }.joined(separator: ", ")
    print(
      "| \(scenario.summary) | \(record == nil ? "none" : "14 days") | \(times.sorted()[2]) | \(spent) | \(hours.events) |"
    )
    if record != nil { print("<!-- \(hours.statement) -->") }
  }
}
