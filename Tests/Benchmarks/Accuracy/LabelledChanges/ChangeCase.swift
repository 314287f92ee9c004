import Foundation
import SimulationInfrastructure
import SimulationInput

/// A change with the label that people gave it, and what the twin says of it.
struct ChangeCase {
  let id: String
  let isRisky: Bool
  /// Any of these must be named when the change is risky.
  let codes: [String]
  /// Minimal pairs share a name.
  let pair: String?
  let score: Double
  let found: [String]

  /// Issues that must never pass.
  private static let grave: Set = ["OOM_RISK", "DATA_LOSS", "EXPOSURE"]

  var isStopped: Bool { score >= RiskAssessment.stopScore }
  var isNamed: Bool { found.contains { codes.contains($0) } }
  /// The label's side of 50, and for a risky change one of its codes.
  var isRight: Bool { isStopped == isRisky && (isNamed || !isRisky) }
  /// A grave issue that would be let through.
  var isGravelyMissed: Bool { isRisky && !isStopped && codes.contains { Self.grave.contains($0) } }

  /// The cases of a file, each judged with its context as the synced state and nothing else.
  static func judged(_ file: String) throws -> [ChangeCase] {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    let document = try JSONSerialization.jsonObject(with: data)
    let entries = (document as? [String: Any])?["cases"] as? [[String: Any]] ?? document as? [[String: Any]] ?? []
    return try entries.map { entry in
      let tier: EnvironmentTier =
        switch entry["environment"] as? String {
        case "dev", "development": .development
        case "staging": .staging
        default: .production
        }
      let proposal = ProposedChange(
        ChangeKind(rawValue: entry["simulation_type"] as? String ?? "") ?? .configuration,
        target: entry["target"] as? String ?? "", tier: tier, change: InputValue(json: entry["change"] as Any),
        durationHours: (entry["duration_hours"] as? NSNumber)?.doubleValue ?? 24)
      let state = TargetTwinState(state: InputValue(json: entry["context"] as Any))
      let findings = try ChangeSimulation(proposal, on: state).run()
      return ChangeCase(
        id: entry["id"] as? String ?? "", isRisky: entry["label"] as? String == "risky",
        codes: entry["issue_codes"] as? [String] ?? [], pair: entry["pair"] as? String,
        score: RiskAssessment(judging: findings).score, found: findings.findings.map(\.code))
    }
  }
}

extension InputValue {
  init(json: Any) {
    switch json {
    // JSONSerialization gives true and false as numbers of the C type char.
    case let number as NSNumber where String(cString: number.objCType) == "c": self = .bool(number.boolValue)
    case let number as NSNumber: self = .number(number.doubleValue)
    case let text as String: self = .string(text)
    case let list as [Any]: self = .array(list.map { InputValue(json: $0) })
    case let object as [String: Any]:
      self = .object(object.sorted { $0.key < $1.key }.map { Member($0.key, InputValue(json: $0.value)) })
    default: self = .null
    }
  }
}
