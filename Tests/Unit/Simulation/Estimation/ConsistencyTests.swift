import SimulationEstimation
import SimulationKernel
import Testing

@Suite struct ConsistencyTests {
  @Test func `On drives by its own model the filter's innovations lie within their 95 % bounds`() {
    var consistent = 0
    var sum = 0.0
    var freedom = 0
    for seed in 0..<20 as Range<UInt64> {
      let drive = SyntheticDrive(seed: seed, seconds: 30)
      var vehicle = drive.vehicle()
      var innovation = (sum: 0.0, freedom: 0)
      for sample in drive.samples {
        _ = vehicle.ingest(sample)
        innovation.sum += vehicle.divergence.innovationSum
        innovation.freedom += vehicle.divergence.degreesOfFreedom
      }
      let consistency = InnovationConsistency(sum: innovation.sum, degreesOfFreedom: innovation.freedom)
      if consistency.isConsistent { consistent += 1 }
      #expect(consistency.degreesOfFreedom == 300 * 8)
      sum += innovation.sum
      freedom += innovation.freedom
    }
    // Of 20 drives 19 are expected; 15 or fewer have a probability of 3 in 10,000.
    #expect(consistent >= 16)
    #expect(abs(sum / Double(freedom) - 1) < 0.02)
  }

  @Test(arguments: [(0.5, false), (2.0, true)])
  func `Sensors that are worse or better than they say are found out`(factor: Double, isHigh: Bool) throws {
    let drive = SyntheticDrive(seed: 3, seconds: 60)
    var vehicle = drive.vehicle()
    var window = DivergenceWindow()
    for var sample in drive.samples {
      sample.deviations.position? /= factor
      sample.deviations.speed? /= factor
      _ = vehicle.ingest(sample)
      window.add(vehicle.divergence, at: sample.nanoseconds)
    }
    let consistency = try #require(window.consistency(over: 60))
    #expect(isHigh ? consistency.value > consistency.high : consistency.value < consistency.low)
  }

  @Test func `The stated errors are those that happen`() throws {
    var inside = 0
    var count = 0
    for seed in 100..<120 as Range<UInt64> {
      let drive = SyntheticDrive(seed: seed, seconds: 30)
      var vehicle = drive.vehicle()
      for (index, sample) in drive.samples.enumerated() {
        _ = vehicle.ingest(sample)
        guard index >= 50, index % 25 == 0, let state = vehicle.state else { continue }
        let real = drive.truth(at: Double(index) / 10)
        count += 1
        if abs(state.speed - real.speed) <= 1.645 * state.speedDeviation { inside += 1 }
      }
    }
    // 90 % of 220, which are far apart enough to count as independent: three standard deviations are 13.
    #expect((185...211).contains(inside))
    #expect(count == 220)
  }

  @Test func `The stated 90 % regions hold about that share of what happens, at every horizon`() {
    var inside = (ellipse: [Int](repeating: 0, count: 5), circle: [Int](repeating: 0, count: 5))
    var count = 0
    for seed in 1_000..<1_024 as Range<UInt64> {
      let drive = SyntheticDrive(seed: seed, seconds: 65)
      var vehicle = drive.vehicle()
      for (index, sample) in drive.samples.prefix(601).enumerated() {
        _ = vehicle.ingest(sample)
        guard index >= 100, index % 50 == 0 else { continue }
        count += 1
        for (horizon, prediction) in vehicle.predictions().enumerated() {
          guard let real = drive.samples[index + Int(prediction.seconds * 10)].local else { continue }
          let (dx, dy) = (real.x - prediction.local.x, real.y - prediction.local.y)
          if prediction.covariance.normalisedSquare(x: dx, y: dy) <= PositionCovariance.quantile90 {
            inside.ellipse[horizon] += 1
          }
          if dx * dx + dy * dy <= prediction.region90Radius * prediction.region90Radius { inside.circle[horizon] += 1 }
        }
      }
    }
    // 264 of them leave three standard deviations of 5.5 %.
    for share in (inside.ellipse + inside.circle).map({ Double($0) / Double(count) }) {
      #expect((0.84...0.96).contains(share))
    }
  }

  @Test func `Noise that samples don't state is learned`() throws {
    for noise in [0.05, 2] {
      let drive = SyntheticDrive(seed: 5, seconds: 120, positionNoise: noise)
      var vehicle = drive.vehicle()
      for var sample in drive.samples {
        sample.deviations.position = nil
        _ = vehicle.ingest(sample)
      }
      let learned = vehicle.learned.positionNoise
      #expect(abs(learned / noise - 1) < 0.35)
    }
  }
}
