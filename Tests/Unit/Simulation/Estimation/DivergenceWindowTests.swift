import SimulationKernel
import Testing

@testable import SimulationEstimation

@Suite struct DivergenceWindowTests {
  private static let start: Int64 = 1_700_000_000_000_000_000

  /// A window over 10 Hz samples for so many seconds; `value` tells the speed's difference at a second.
  private func window(_ seconds: Double, _ value: (Double) -> Double) -> DivergenceWindow {
    var window = DivergenceWindow()
    for index in 0...Int(seconds * 10) {
      var divergence = Divergence()
      divergence.speed = value(Double(index) / 10)
      divergence.innovationSum = 1
      divergence.degreesOfFreedom = 1
      window.add(divergence, at: Self.start + Int64(index) * 100_000_000)
    }
    return window
  }

  @Test func `An empty window and a channel that wasn't measured have no statistics`() {
    #expect(DivergenceWindow().statistics(of: .speed, over: 60) == nil)
    #expect(DivergenceWindow().consistency(over: 60) == nil)
    #expect(window(10) { _ in 1 }.statistics(of: .heading, over: 60) == nil)
  }

  @Test func `Last, root mean square, greatest and count are those of the samples`() throws {
    let statistics = try #require(window(4) { $0 < 2.05 ? 1 : -3 }.statistics(of: .speed, over: 60))
    #expect(statistics.last == -3)
    #expect(statistics.max == 3)
    #expect(statistics.count == 41)
    #expect(abs(statistics.rmse - ((21.0 + 9 * 20) / 41).squareRoot()) < 1e-6)
    #expect(abs(statistics.seconds - 4) < 1e-9)
  }

  @Test(arguments: [5.0, 20, 60, 300, 1_200, 3_600])
  func `A window covers what was asked to a third, whatever its length`(asked: Double) throws {
    let statistics = try #require(window(2 * 3_600) { _ in 1 }.statistics(of: .speed, over: asked))
    #expect(abs(statistics.seconds - asked) <= asked / 3 + 1)
    #expect(abs(Double(statistics.count) - 10 * statistics.seconds) <= 1)
  }

  @Test func `What is older than the window isn't in it`() throws {
    let window = window(120) { $0 < 60 ? 100 : 1 }
    #expect(try #require(window.statistics(of: .speed, over: 30)).max == 1)
    #expect(try #require(window.statistics(of: .speed, over: 600)).max == 100)
    let later = Self.start + 3_600 * 1_000_000_000
    #expect(window.statistics(of: .speed, over: 60, until: later) == nil)
  }

  @Test func `It stays within its bound however long the drive`() {
    var window = DivergenceWindow()
    var divergence = Divergence()
    divergence.position = 1
    for second in 0..<30_000 { window.add(divergence, at: Self.start + Int64(second) * 1_000_000_000) }
    #expect(window.heapSize <= 4_096)
  }

  @Test func `A clock set back by more than an hour starts it anew`() {
    var window = window(10) { _ in 1 }
    var divergence = Divergence()
    divergence.speed = 2
    window.add(divergence, at: Self.start - 4_000 * 1_000_000_000)
    #expect(window.statistics(of: .speed, over: 60)?.count == 1)
  }

  @Test func `Innovations of variance 1 are consistent, larger and smaller ones aren't`() throws {
    var stream = RunSeed(7).stream(for: "innovations")
    for (scale, isConsistent) in [(1.0, true), (1.5, false), (0.6, false)] {
      var window = DivergenceWindow()
      for index in 0..<300 {
        var divergence = Divergence()
        let value = stream.normal(standardDeviation: scale)
        divergence.innovationSum = value * value
        divergence.degreesOfFreedom = 1
        window.add(divergence, at: Self.start + Int64(index) * 100_000_000)
      }
      let consistency = try #require(window.consistency(over: 60))
      #expect(consistency.degreesOfFreedom == 300)
      #expect(consistency.isConsistent == isConsistent)
    }
  }
}

@Suite struct ChiSquareTests {
  /// From the tables of the χ² distribution.
  @Test(arguments: [(5.0, 0.831, 12.833), (10, 3.247, 20.483), (50, 32.357, 71.420), (100, 74.222, 129.561)])
  func `The bounds are those of the tables`(freedom: Double, low: Double, high: Double) {
    let consistency = InnovationConsistency(sum: freedom, degreesOfFreedom: Int(freedom))
    #expect(abs(consistency.low * freedom - low) < 0.05)
    #expect(abs(consistency.high * freedom - high) < 0.05)
  }
}
