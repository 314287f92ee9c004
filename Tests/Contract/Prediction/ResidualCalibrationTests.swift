import Testing
import TwinProto

@testable import PredictionService

@Suite("What residuals say of the next prediction")
struct ResidualCalibrationTests {
  /// An outcome; `isCovered` is whether the stated interval held, nil for none stated.
  private func residual(_ predicted: Double, _ actual: Double, isCovered: Bool? = nil) -> Residual {
    var interval: Interval?
    if let isCovered { interval = Interval(low: isCovered ? actual - 1 : actual + 1, high: actual + 2, level: 0.9) }
    return Residual(
      simulationID: "s", metric: "m", appliedTime: 0, environment: "e", model: "mmc", regime: "r",
      predicted: predicted, actual: actual, interval: interval)
  }

  /// - Parameter outcomes: oldest first.
  private func calibration(_ outcomes: [Residual]) -> ResidualCalibration {
    ResidualCalibration(model: "mmc", regime: "r", residuals: outcomes.reversed())
  }

  @Test("confidence is the cautious share within 10 %, and claims little before twenty residuals")
  func confidence() {
    let (right, wrong) = (residual(10, 10.9, isCovered: true), residual(10, 12, isCovered: false))
    #expect(calibration([]).confidence == 0.5)
    #expect(calibration([]).coverage == nil)
    let few = calibration(Array(repeating: right, count: 19))
    #expect(!few.isCalibrated)
    #expect(abs(few.confidence - 29.0 / 39) < 1e-12)
    let twenty = calibration(Array(repeating: right, count: 18) + [wrong, wrong])
    #expect(twenty.isCalibrated)
    // Wilson's lower bound of 18 of 20 at one-sided 95 %.
    #expect(abs(twenty.confidence - 0.7383370) < 1e-6)
    #expect(twenty.coverage == 0.9)
    let unstated = calibration(Array(repeating: residual(10, 10), count: 40))
    #expect(abs(unstated.confidence - 0.9366466) < 1e-6)
    #expect(unstated.coverage == nil)
  }

  @Test("a zero that came true is right, one that didn't is wrong")
  func zeros() {
    #expect(calibration(Array(repeating: residual(0, 0), count: 20)).confidence > 0.88)
    #expect(calibration(Array(repeating: residual(0, 1), count: 20)).confidence < 1e-9)
  }

  /// Errors of 1 to 40 % in a fixed disorder, the last ones missed by their intervals.
  private func outcomes(missed: Int) -> [Residual] {
    (0..<40).map { index in
      residual(100, 100 + Double(index * 7 % 40 + 1), isCovered: index < 40 - missed)
    }
  }

  @Test("intervals widen with misses and narrow with hits", arguments: [(0, 34.0), (4, 37), (5, 38)])
  func adapts(_ missed: Int, _ half: Double) throws {
    // α = 0.1 + 0.02 · Σ(0.1 − miss); the ⌈41 (1 − α)⌉-th error bounds the next.
    let interval = try #require(calibration(outcomes(missed: missed)).interval(of: "m", around: 200))
    #expect(abs(interval.low - (200 - 2 * half)) < 1e-9)
    #expect(abs(interval.high - (200 + 2 * half)) < 1e-9)
    #expect(interval.level == 0.9)
  }

  @Test("after many misses none is stated, until as many outcomes have passed")
  func recovers() {
    let many = outcomes(missed: 12)
    #expect(calibration(many).interval(of: "m", around: 100) == nil)
    let unstated = residual(100, 101)
    #expect(calibration(many + Array(repeating: unstated, count: 30)).interval(of: "m", around: 100) == nil)
    #expect(calibration(many + Array(repeating: unstated, count: 45)).interval(of: "m", around: 100) != nil)
  }

  @Test("errors of zero predictions count in the metric's own unit")
  func absolute() throws {
    let outcomes = (1...20).map { residual(0, Double($0)) }
    let interval = try #require(calibration(outcomes).interval(of: "m", around: 0))
    // ⌈21 · 0.9⌉ = 19th smallest.
    #expect(interval.low == -19)
    #expect(interval.high == 19)
    #expect(calibration(outcomes).interval(of: "other", around: 0) == nil)
  }
}
