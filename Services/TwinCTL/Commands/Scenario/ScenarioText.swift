import Foundation
import SimulationInput
import TwinCTLDomain
import TwinConversions
import TwinProto

extension VerdictReport {
  /// What an outcome says, for people.
  init(_ outcome: RunOutcome) {
    let verdict: VerdictReport.Verdict =
      switch outcome.verdict {
      case .pass: .pass
      case .fail: .fail
      default: .error
      }
    self.init(
      scenario: outcome.scenarioType, verdict: verdict, seed: outcome.seed, stateHash: outcome.stateHash)
    criteria = outcome.criteria.map { criterion in
      Criterion(
        name: criterion.name, passed: criterion.passed, value: criterion.value, comparison: criterion.comparison,
        limit: criterion.bound, unit: criterion.unit)
    }
    metrics = outcome.metrics.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    decisions = outcome.behaviour?.decisions.map { ($0.tS, $0.action, $0.reason) } ?? []
    error = outcome.error
  }
}

/// Scenario types and outcomes as people read them.
enum ScenarioText {
  /// The verdict first, then what it rests on, then the sums over variants.
  static func lines(_ outcome: RunOutcome) -> [String] {
    var lines = [VerdictReport(outcome).text]
    if let variants = outcome.variants {
      lines.append(
        "variants  \(variants.total) in all: \(variants.passed) pass, \(variants.failed) fail, \(variants.errors) error"
      )
      lines += columns(
        variants.metrics.sorted { $0.key < $1.key }.map { name, summary in
          (name, "\(number(summary.mean)) ± \(number(summary.std)), \(number(summary.min)) to \(number(summary.max))")
        })
    }
    if let risk = outcome.risk { lines.append("risk  " + text(risk)) }
    lines.append("\(outcome.id) of \(outcome.simulationID)")
    return lines
  }

  /// A type with its parameters and criteria.
  static func lines(_ type: ScenarioType) -> [String] {
    var lines = ["\(type.type)  (\(type.category), version \(type.version))", "  \(type.description)"]
    if !type.source.isEmpty { lines.append("  source: \(type.source)") }
    lines.append("  parameters")
    lines += columns(type.parameters.map { ($0.name, text($0)) }).map { "  " + $0 }
    lines.append("  criteria")
    lines += columns(type.criteria.map { ($0.name, $0.description) }).map { "  " + $0 }
    return lines
  }

  /// At most six significant digits, which is more than the models' accuracy.
  static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(format: "%.6g", value)
  }

  private static func text(_ risk: RiskAssessment) -> String {
    var parts = [risk.risk.map(number) ?? "unknown"]
    if let probability = risk.collisionProbability {
      var part = "collision probability \(number(probability))"
      if let interval = risk.collisionInterval {
        part += " (\(number(interval.low)) to \(number(interval.high)) at \(number(100 * interval.level)) %)"
      }
      parts.append(part)
    }
    if let probability = risk.injuryProbability { parts.append("injury probability \(number(probability))") }
    if let speed = risk.impactSpeedMps { parts.append("impact at \(number(speed)) m/s") }
    if !risk.severityModel.isEmpty { parts.append("by \(risk.severityModel)") }
    return parts.joined(separator: ", ")
  }

  private static func text(_ parameter: ParameterSpec) -> String {
    var parts = [parameter.description]
    if let value = parameter.default { parts.append("default \(InputValue(value).summary)") }
    if let range = parameter.range {
      switch (range.min, range.max) {
      case (let low?, let high?): parts.append("\(number(low)) to \(number(high))")
      case (let low?, nil): parts.append("\(number(low)) or more")
      case (nil, let high?): parts.append("at most \(number(high))")
      case (nil, nil): break
      }
    }
    if !parameter.allowed.isEmpty { parts.append("one of \(parameter.allowed.joined(separator: ", "))") }
    if !parameter.unit.isEmpty { parts.append("in \(parameter.unit)") }
    if parameter.required { parts.append("required") }
    return parts.joined(separator: "; ")
  }

  private static func columns(_ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  \(Columns.padded($0.0, to: width))  \($0.1)" }
  }
}
