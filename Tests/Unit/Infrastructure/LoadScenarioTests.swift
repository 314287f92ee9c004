import SimulationInfrastructure
import SimulationInput
import Testing

@Suite("Load scenarios as callers write them")
struct LoadScenarioTests {
  private func problems(_ value: InputValue) -> [String] {
    LoadScenario.problems(with: value, field: "load_scenario").map { "\($0.field) \($0.reason)" }
  }

  @Test("every known name and object is understood", arguments: LoadScenario.Kind.allCases)
  func known(kind: LoadScenario.Kind) {
    #expect(problems(.string(kind.rawValue)) == [])
    #expect(LoadScenario(.string(kind.rawValue)).kind == kind)
    // Each parameter at both ends of its range.
    for parameter in LoadScenario.parameters(of: kind) {
      for bound in [parameter.range.lowerBound, parameter.range.upperBound] {
        let value: InputValue = ["type": .string(kind.rawValue), parameter.name: .number(bound)]
        #expect(problems(value) == [], "\(value.summary)")
      }
      let beyond: InputValue = [
        "type": .string(kind.rawValue), parameter.name: .number(parameter.range.upperBound + 1),
      ]
      #expect(problems(beyond).first?.hasPrefix("load_scenario.\(parameter.name) must be") == true)
    }
  }

  @Test("nothing said is the forecast, and other spellings are the same thing")
  func spellings() {
    #expect(problems(.null) == [])
    #expect(LoadScenario(.null).kind == .forecast)
    #expect(LoadScenario("Peak-Traffic").kind == .peakTraffic)
    #expect(LoadScenario("seasonal").kind == .forecast)
    #expect(LoadScenario(["name": "flash_crowd", "multiplier": 2]).kind == .flashCrowd)
  }

  @Test("what can't be understood is named with what would be")
  func unknown() {
    let known = "forecast, recorded, peak_traffic, flash_crowd, zone_failure, node_failure, dependency_failure"
    #expect(problems("sale") == ["load_scenario must be one of \(known); 'sale' is none of them"])
    #expect(problems(["type": "sale"]) == ["load_scenario.type must be one of \(known); 'sale' is none of them"])
    #expect(problems(["factor": 3]) == ["load_scenario.type is required; one of \(known)"])
    #expect(problems(7) == ["load_scenario must be one of \(known), or an object with such a type"])
    #expect(
      problems(["type": "flash_crowd", "factor": 0.5, "size": 3, "ramp_minutes": "soon"]) == [
        "load_scenario.factor must be from 1 to 1000",
        "load_scenario.size is no parameter of flash_crowd, which has factor, duration_minutes, start_hour, "
          + "ramp_minutes, decay_minutes",
        "load_scenario.ramp_minutes must be a number",
      ])
    #expect(
      problems(["type": "node_failure", "nodes": 1.5]) == [
        "load_scenario.nodes must be a whole number from 1 to 10000"
      ])
  }
}
