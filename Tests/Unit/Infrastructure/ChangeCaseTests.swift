import Foundation
import SimulationInfrastructure
import SimulationInput
import Testing

/// Labelled changes: `../shared/data/infrastructure/change-cases.json`, where it is there.
struct ChangeCase: Sendable, CustomStringConvertible {
  var id: String
  var proposal: ProposedChange
  var state: InputValue
  var isRisky: Bool
  var codes: [String]
  var pair: String?

  var description: String { id }

  static let folder: URL = {
    if let told = ProcessInfo.processInfo.environment["TWIN_DATA"] { return URL(filePath: told) }
    return URL(filePath: #filePath).appending(path: "../../../../../shared/data").standardizedFileURL
  }()
  static let file = folder.appending(path: "infrastructure/change-cases.json")
  static let isThere = FileManager.default.fileExists(atPath: file.path)

  static func load(_ file: URL = file) throws -> [ChangeCase] {
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    return (document?["cases"] as? [[String: Any]] ?? []).map { entry in
      let tier: EnvironmentTier =
        switch entry["environment"] as? String {
        case "dev": .development
        case "staging": .staging
        default: .production
        }
      return ChangeCase(
        id: entry["id"] as? String ?? "",
        proposal: ProposedChange(
          ChangeKind(rawValue: entry["simulation_type"] as? String ?? "") ?? .configuration,
          target: entry["target"] as? String ?? "", tier: tier, change: InputValue(json: entry["change"] as Any),
          durationHours: (entry["duration_hours"] as? NSNumber)?.doubleValue ?? 24),
        state: InputValue(json: entry["context"] as Any), isRisky: entry["label"] as? String == "risky",
        codes: entry["issue_codes"] as? [String] ?? [], pair: entry["pair"] as? String)
    }
  }

  func judged() throws -> (findings: ChangeFindings, risk: RiskAssessment) {
    let findings = try ChangeSimulation(
      proposal, on: TargetTwinState(state: state), simulatesHours: false
    ).run()
    return (findings, RiskAssessment(judging: findings))
  }
}

extension InputValue {
  init(json: Any) {
    switch json {
    case let number as NSNumber where CFGetTypeIDIsBoolean(number): self = .bool(number.boolValue)
    case let number as NSNumber: self = .number(number.doubleValue)
    case let text as String: self = .string(text)
    case let list as [Any]: self = .array(list.map { InputValue(json: $0) })
    case let object as [String: Any]:
      self = .object(object.sorted { $0.key < $1.key }.map { Member($0.key, InputValue(json: $0.value)) })
    default: self = .null
    }
  }
}

private func CFGetTypeIDIsBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

struct ChangeCaseTests {
  @Test("labelled changes", .enabled(if: ChangeCase.isThere))
  func labelled() throws {
    var right = 0
    var wrong: [String] = []
    let other = ProcessInfo.processInfo.environment["TWIN_CASES"].map { URL(filePath: $0) }
    let cases = try ChangeCase.load(other ?? ChangeCase.file)
    for one in cases {
      let (findings, risk) = try one.judged()
      let isStopped = risk.score >= RiskAssessment.stopScore
      let named = findings.findings.contains { one.codes.contains($0.code) }
      if isStopped == one.isRisky, named || !one.isRisky {
        right += 1
      } else {
        wrong.append(
          "\(one.id) \(one.isRisky ? "risky" : "safe") \(Int(risk.score)) want \(one.codes) got "
            + findings.findings.map { "\($0.code):\(Int($0.risk)) \($0.message)" }.joined(separator: " | "))
      }
      if ProcessInfo.processInfo.environment["TWIN_SHOW"] != nil {
        print(
          one.id, one.isRisky ? "risky" : "safe", brief(risk.score), risk.raisedBy,
          findings.findings.map { "\($0.code):\(brief($0.risk))" })
      }
    }
    print("\(right) of \(cases.count)")
    for line in wrong { print(line) }
    #expect(right >= 59)
  }

  private func brief(_ value: Double) -> String { String(format: "%.0f", value) }
}
