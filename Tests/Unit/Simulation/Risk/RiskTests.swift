import SimulationRisk
import Testing

@Suite struct RiskTests {
  /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998,
  /// table I, method 3.
  @Test(arguments: [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
  func `The Wilson interval has the published bounds`(successes: Int, trials: Int, lower: Double, upper: Double) {
    let estimate = ProportionEstimate(successes: successes, trials: trials)
    #expect(abs(estimate.lowerBound - lower) <= 0.00005)
    #expect(abs(estimate.upperBound - upper) <= 0.00005)
    #expect(estimate.value == Double(successes) / Double(trials))
  }

  @Test func `The injury curve gives the values of its equation`() {
    // 1/(1 + e^(6.9774 − 0.162·30)) at 30 mph.
    #expect(abs(FrontalInjuryRisk.mais3Plus.probability(atDeltaV: 30 * 0.44704) - 0.107_4) < 1e-4)
    #expect(FrontalInjuryRisk.mais3Plus.probability(atDeltaV: 0) == 0)
  }

  @Test func `Worse injuries are rarer, and all grow with the change of speed`() {
    for mph in stride(from: 5.0, through: 60, by: 5) {
      let deltaV = mph * 0.44704
      let risks = FrontalInjuryRisk.allCases.map { $0.probability(atDeltaV: deltaV) }
      #expect(risks[0] > risks[1])
      #expect(risks[1] > risks[2])
      #expect(FrontalInjuryRisk.fatal.probability(atDeltaV: deltaV + 1) > risks[2])
    }
  }

  @Test func `Momentum decides the change of speed`() {
    #expect(CollisionDeltaV.intoVehicle(closingSpeed: 20, ownMass: 1_500, otherMass: 1_500) == 10)
    #expect(CollisionDeltaV.intoBarrier(closingSpeed: 20) == 20)
  }
}
