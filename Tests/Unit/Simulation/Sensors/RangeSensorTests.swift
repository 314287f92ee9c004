import SimulationKernel
import SimulationSensors
import Testing

@Suite struct RangeSensorTests {
  private let step = FixedStep.milliseconds(5)

  private func sensor(
    seed: UInt64 = 1, _ change: (inout RangeSensorParameters) -> Void = { _ in }
  ) -> RangeSensor {
    var parameters = RangeSensorParameters()
    change(&parameters)
    return RangeSensor(parameters: parameters, step: step, stream: RunSeed(seed).stream(for: "radar"))
  }

  @Test func `Frames come at the update period, each as late as the latency`() {
    var radar = sensor { $0.latency = 0.02 }
    var arrivals: [(step: Int, time: Double)] = []
    for count in 0..<41 {
      if let frame = radar.run(at: count, seeing: RangeTarget(range: 50, rangeRate: 0)) {
        arrivals.append((count, frame.time))
      }
    }
    #expect(arrivals.map(\.step) == [4, 14, 24, 34])
    #expect(arrivals.map(\.time) == [0, 0.05, 0.1, 0.15])
  }

  @Test func `Noise has the declared deviation and the share of misses the declared probability`() {
    var radar = sensor { $0.updatePeriod = 0.005 }
    var ranges: [Double] = []
    var rates: [Double] = []
    let frames = 20_000
    for count in 0..<frames {
      guard let frame = radar.run(at: count, seeing: RangeTarget(range: 80, rangeRate: -20)) else { continue }
      if let detection = frame.detection {
        ranges.append(detection.range - 80)
        rates.append(detection.rangeRate + 20)
      }
    }
    func deviation(_ values: [Double]) -> Double {
      (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }
    #expect(abs(deviation(ranges) / 0.2 - 1) < 0.03)
    #expect(abs(deviation(rates) / 0.05 - 1) < 0.03)
    // 0.1 ± 2.6 standard deviations of a binomial share.
    #expect(abs(Double(ranges.count) / Double(frames) - 0.9) < 0.006)
  }

  @Test(arguments: [
    (RangeTarget(range: 0.1, rangeRate: 0), false), (RangeTarget(range: 250, rangeRate: 0), true),
    (RangeTarget(range: 251, rangeRate: 0), false), (RangeTarget(range: 100, rangeRate: 0, lateralOffset: 21), true),
    (RangeTarget(range: 100, rangeRate: 0, lateralOffset: -22), false),
  ])
  func `Only what lies in range and in the field of view is seen`(target: RangeTarget, isSeen: Bool) {
    var radar = sensor {
      $0 = $0.noiseless
      $0.latency = 0
    }
    #expect((radar.run(at: 0, seeing: target)?.detection != nil) == isSeen)
  }

  @Test func `A miss doesn't shift the noise of later frames`() {
    func ranges(dropOut: Double) -> [Double?] {
      var radar = sensor { $0.dropOutProbability = dropOut }
      return (0..<2_000).compactMap { radar.run(at: $0, seeing: RangeTarget(range: 60, rangeRate: 0)) }
        .map { $0.detection?.range }
    }
    let (all, some) = (ranges(dropOut: 0), ranges(dropOut: 0.5))
    #expect(some.contains(nil))
    #expect(zip(all, some).allSatisfy { $1 == nil || $0 == $1 })
  }

  @Test func `Nothing in view gives empty frames`() {
    var radar = sensor()
    let frames = (0..<100).compactMap { radar.run(at: $0, seeing: nil) }
    #expect(frames.count == 9)
    #expect(frames.allSatisfy { $0.detection == nil })
  }
}
