import SimulationValidation
import Testing

@Suite("Measures of agreement")
struct AgreementTests {
  // MARK: Theil

  private func theil(_ pairs: [(Double, Double)]) -> TheilAccuracy {
    pairs.reduce(into: TheilAccuracy()) { $0.add(predicted: $1.0, measured: $1.1, difference: $1.0 - $1.1) }
  }

  @Test("Theil's coefficient is that of its definition")
  func theil() throws {
    #expect(TheilAccuracy().accuracy == nil)
    #expect(TheilAccuracy().rmse == nil)
    #expect(theil([(3, 3), (-4, -4)]).accuracy == 1)
    // U = √(1/1) / (√9 + √4)
    let one = theil([(3, 2)])
    #expect(abs(try #require(one.accuracy) - 0.8) < 1e-15)
    #expect(one.rmse == 1)
    // Nothing predicted, and the opposite of what came: both are as wrong as can be.
    #expect(theil([(0, 5), (0, 1)]).accuracy == 0)
    #expect(theil([(2, -2), (-7, 7)]).accuracy == 0)
    #expect(theil([(0, 0)]).accuracy == nil)
  }

  @Test("vectors count by lengths and the length of their difference")
  func theilOfVectors() throws {
    var theil = TheilAccuracy()
    // (3, 4) predicted, (0, 4) measured.
    theil.add(predicted: 5, measured: 4, difference: 3)
    #expect(abs(try #require(theil.accuracy) - (1 - 3.0 / 9)) < 1e-15)
  }

  // MARK: Choices

  @Test("kappa is that of Cohen's own kind of table")
  func kappa() throws {
    // A textbook table of two raters over 50 cases: 20 and 15 agree, p_o = 0.7, p_e = 0.5.
    var choices = ChoiceAgreement(alternatives: 2)
    for _ in 0..<20 { choices.add(0, 0) }
    for _ in 0..<5 { choices.add(0, 1) }
    for _ in 0..<10 { choices.add(1, 0) }
    for _ in 0..<15 { choices.add(1, 1) }
    #expect(choices.count == 50)
    #expect(choices.share == 0.7)
    #expect(abs(try #require(choices.kappa) - 0.4) < 1e-12)
  }

  @Test("agreement of one choice only says nothing beyond chance")
  func constantChoices() {
    var choices = ChoiceAgreement(alternatives: 3)
    #expect(choices.share == nil)
    #expect(choices.kappa == nil)
    for _ in 0..<9 { choices.add(1, 1) }
    #expect(choices.share == 1)
    #expect(choices.kappa == nil)
    choices.add(2, 0)
    #expect(choices.share == 0.9)
  }

  // MARK: Coverage

  @Test("coverage is best where as many readings are inside as stated")
  func coverage() throws {
    func fidelity(_ inside: Int, of count: Int) -> Double? {
      var coverage = StatedCoverage()
      for index in 0..<count { coverage.add(isInside: index < inside) }
      return coverage.fidelity
    }
    #expect(fidelity(0, of: 0) == nil)
    #expect(abs(try #require(fidelity(95, of: 100)) - 1) < 1e-12)
    #expect(fidelity(0, of: 100) == 0)
    #expect(abs(try #require(fidelity(100, of: 100)) - 0.9 / 0.95) < 1e-12)
    #expect(abs(try #require(fidelity(38, of: 80)) - 0.5) < 1e-12)
  }

  // MARK: Correlation

  private func pearson(_ pairs: [(Double, Double)]) -> PearsonCorrelation {
    pairs.reduce(into: PearsonCorrelation()) { $0.add($1.0, $1.1) }
  }

  @Test("Pearson's r of lines and of a computed example")
  func pearson() throws {
    #expect(abs(try #require(pearson([(1, 5), (2, 7), (4, 11)]).coefficient) - 1) < 1e-15)
    #expect(abs(try #require(pearson([(1, 3), (2, 1), (4, -3)]).coefficient) + 1) < 1e-15)
    // x 1…5, y 2 4 5 4 5: Sxy 6, Sxx 10, Syy 6, r = 6/√60.
    let example = pearson([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)])
    #expect(abs(try #require(example.coefficient) - 0.774_596_669_241_483_4) < 1e-14)
    #expect(abs(try #require(example.deviationY) - 1.5.squareRoot()) < 1e-14)
    // Large offsets cost no digits.
    let moved = pearson([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)].map { ($0.0 + 1e9, $0.1 - 1e9) })
    #expect(abs(try #require(moved.coefficient) - 0.774_596_669_241_483_4) < 1e-6)
  }

  @Test("a series that doesn't vary, or is too short, correlates with nothing")
  func noCorrelation() {
    #expect(pearson([(1, 1), (2, 2)]).coefficient == nil)
    #expect(pearson([(1, 5), (2, 5), (3, 5)]).coefficient == nil)
    #expect(pearson([(5, 1), (5, 2), (5, 3)]).coefficient == nil)
    #expect(pearson([]).deviationY == nil)
  }
}
