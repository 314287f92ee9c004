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
  /// The cases of a file and those of them that are judged wrongly.
  private func wrong(_ file: URL) throws -> (count: Int, wrong: [String]) {
    let cases = try ChangeCase.load(file)
    var wrong: [String] = []
    for one in cases {
      let (findings, risk) = try one.judged()
      let isStopped = risk.score >= RiskAssessment.stopScore
      let isNamed = !one.isRisky || findings.findings.contains { one.codes.contains($0.code) }
      guard isStopped != one.isRisky || !isNamed else { continue }
      wrong.append(
        "\(one.id) is \(one.isRisky ? "risky" : "safe") and scores \(Int(risk.score)): wanted \(one.codes), got "
          + findings.findings.map { "\($0.code) \(Int($0.risk)): \($0.message)" }.joined(separator: " | "))
    }
    return (cases.count, wrong)
  }

  /// The file that the environment names, or the development set.
  private static let told = ProcessInfo.processInfo.environment["TWIN_CASES"].map { URL(filePath: $0) }

  @Test("labelled changes of the development set", .enabled(if: ChangeCase.isThere || told != nil))
  func developmentSet() throws {
    let (count, wrong) = try wrong(Self.told ?? ChangeCase.file)
    let report = wrong.joined(separator: "\n")
    if Self.told != nil { print("\(count - wrong.count) of \(count)\n\(report)") }
    #expect(Double(count - wrong.count) >= 59.0 / 62 * Double(count), "\(report)")
  }

  @Test("no case that risks memory, data or exposure gets through", .enabled(if: ChangeCase.isThere))
  func gravest() throws {
    for one in try ChangeCase.load() where one.isRisky {
      guard !Set(one.codes).isDisjoint(with: ["OOM_RISK", "DATA_LOSS", "EXPOSURE"]) else { continue }
      #expect(try one.judged().risk.score >= RiskAssessment.stopScore, "\(one.id)")
    }
  }

  @Test("minimal pairs are told apart", .enabled(if: ChangeCase.isThere))
  func pairs() throws {
    let paired = Dictionary(grouping: try ChangeCase.load().filter { $0.pair != nil }) { $0.pair ?? "" }
    for (name, cases) in paired.sorted(by: { $0.key < $1.key }) {
      let verdicts = try cases.map { try $0.judged().risk.score >= RiskAssessment.stopScore }
      #expect(verdicts == cases.map(\.isRisky), "pair \(name)")
    }
  }

  @Test(
    "labelled changes of twelve raters, two attackers and the builders",
    arguments: [
      ("rater-a", 2), ("rater-b", 1), ("rater-c", 2), ("rater-d", 1), ("rater-e", 0), ("rater-f", 0), ("rater-g", 1),
      ("rater-h", 0), ("rater-j", 3), ("rater-k", 0), ("rater-l", 1), ("rater-m", 0), ("attacks", 9), ("attacks-2", 0),
      ("access-forms", 0), ("capacity-neighbours", 0),
    ])
  func raters(name: String, mostWrong: Int) throws {
    let file = try #require(Bundle.module.url(forResource: "Cases/\(name)", withExtension: "json"))
    let (_, wrong) = try wrong(file)
    let report = wrong.joined(separator: "\n")
    #expect(wrong.count <= mostWrong, "\(report)")
  }
}
