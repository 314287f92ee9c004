import Foundation
import SimulationInfrastructure
import Testing

/// What an attacker slipped past the checks of capacity, delivery, processes and statements, beside like changes that are
/// everyday: a hole that is closed by calling everything unknown would fail on those.
struct CapacityAttackTests {
  @Test("attacks stay found and their everyday neighbours stay let through")
  func verdicts() throws {
    let file = try #require(Bundle.module.url(forResource: "Cases/attacks-2-capacity", withExtension: "json"))
    let cases = try ChangeCase.load(file)
    #expect(cases.count > 100 && cases.contains { !$0.isRisky })
    for one in cases {
      let (findings, risk) = try one.judged()
      let found = findings.findings.map { "\($0.code) \(Int($0.risk)): \($0.message)" }.joined(separator: " | ")
      #expect((risk.score >= RiskAssessment.stopScore) == one.isRisky, "\(one.id): \(Int(risk.score)), \(found)")
      guard one.isRisky else { continue }
      #expect(findings.findings.contains { one.codes.contains($0.code) }, "\(one.id): \(found)")
    }
  }
}
