import SimulationQueueing
import Testing

@Suite("Universal Scalability Law")
struct UniversalScalabilityTests {
  private func points(_ loads: [Double], gamma: Double, alpha: Double, beta: Double) -> [UniversalScalability.Point] {
    loads.map { .init(load: $0, throughput: gamma * $0 / (1 + alpha * ($0 - 1) + beta * $0 * ($0 - 1))) }
  }

  @Test("exact points give their parameters back", arguments: [(0.05, 0.001), (0.02, 0), (0, 0.0005), (0, 0)])
  func recovers(alpha: Double, beta: Double) throws {
    let law = try UniversalScalability(fitting: points([1, 2, 4, 8, 16, 32], gamma: 990, alpha: alpha, beta: beta))
    #expect(abs(law.contention - alpha) < 1e-9)
    #expect(abs(law.coherency - beta) < 1e-9)
    #expect(abs(law.perClient - 990) < 1e-6)
  }

  /// Least squares on throughput itself: no small move of a parameter makes the sum of squares smaller.
  @Test("noisy points end at the least sum of squares")
  func leastSquares() throws {
    var noisy = points([1, 2, 4, 8, 12, 16, 24, 32], gamma: 500, alpha: 0.04, beta: 0.0008)
    for index in noisy.indices {
      let factor = index.isMultiple(of: 2) ? 1.04 : 0.97
      noisy[index] = .init(load: noisy[index].load, throughput: noisy[index].throughput * factor)
    }
    let law = try UniversalScalability(fitting: noisy)
    func squares(_ gamma: Double, _ alpha: Double, _ beta: Double) -> Double {
      noisy.reduce(0) {
        let n = $1.load
        let error = $1.throughput - gamma * n / (1 + alpha * (n - 1) + beta * n * (n - 1))
        return $0 + error * error
      }
    }
    let least = squares(law.perClient, law.contention, law.coherency)
    for step in [0.999, 1.001] {
      #expect(squares(law.perClient * step, law.contention, law.coherency) > least)
      #expect(squares(law.perClient, law.contention * step, law.coherency) > least)
      #expect(squares(law.perClient, law.contention, law.coherency * step) > least)
    }
  }

  @Test("superlinear data is refused, by its code")
  func superlinear() {
    let rising = [1.0, 2, 4, 8].map {
      UniversalScalability.Point(load: $0, throughput: 100 * $0 * (1 + 0.1 * ($0 - 1)))
    }
    let refusal = QueueingRefusal.notExtrapolable(.superlinear)
    #expect(refusal.code == "NOT_EXTRAPOLABLE")
    #expect(throws: refusal) { try UniversalScalability(fitting: rising) }
  }

  @Test("up to twice the measured load is answered, further is refused")
  func extrapolation() throws {
    let law = try UniversalScalability(fitting: points([1, 2, 4, 8], gamma: 100, alpha: 0.1, beta: 0.01))
    #expect(try law.throughput(at: 16) > 0)
    #expect(throws: QueueingRefusal.notExtrapolable(.tooFar(highestMeasured: 8))) { try law.throughput(at: 16.5) }
    #expect(abs((law.peakLoad ?? 0) - 9.486832980505138) < 1e-6)
  }

  @Test("fewer than four different loads are refused")
  func tooFew() {
    let repeated = points([1, 2, 2, 2, 4], gamma: 100, alpha: 0.1, beta: 0.01)
    #expect(throws: QueueingRefusal.notExtrapolable(.tooFewPoints(needed: 4))) {
      try UniversalScalability(fitting: repeated)
    }
  }
}
