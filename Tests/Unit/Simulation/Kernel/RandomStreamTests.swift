import SimulationKernel
import Testing

@Suite struct RandomStreamTests {
  @Test func `SplitMix64 gives the published sequence`() {
    var generator = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect((0..<5).map { _ in generator.next() } == expected)
  }

  @Test func `xoshiro256** gives the published sequence`() {
    var generator = Xoshiro256StarStar(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
      16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    #expect((0..<10).map { _ in generator.next() } == expected)
  }

  @Test func `A stream depends on the seed and the name only`() {
    func draws(_ seed: UInt64, _ name: String) -> [UInt64] {
      var stream = RunSeed(seed).stream(for: name)
      return (0..<4).map { _ in stream.next() }
    }
    #expect(draws(1, "radar") == draws(1, "radar"))
    #expect(draws(1, "radar") != draws(1, "camera"))
    #expect(draws(1, "radar") != draws(2, "radar"))
  }

  @Test func `Repetition 0 is the run itself, the others differ from it and from each other`() {
    let seed = RunSeed(7)
    #expect(seed.repetition(0) == seed)
    #expect(Set((0..<100).map { seed.repetition($0) }).count == 100)
  }

  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798405), (1e-9, -5.9978070150076865),
    (1e-5, -4.2648907939228256), (0.01, -2.3263478740408408), (0.075, -1.4395314709384557),
    (0.3, -0.5244005127080407), (0.5, 0), (0.6, 0.2533471031357998), (0.9999, 3.7190164854557084),
    (0.999999999999, 7.0344869100478356),
  ])
  func `The normal quantile agrees with Python's NormalDist`(p: Double, expected: Double) {
    #expect(abs(Normal.quantile(p) - expected) <= 4e-15 * max(1, abs(expected)))
  }

  @Test func `The normal quantile is infinite at the ends and not a number outside`() {
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
    #expect(Normal.quantile(1.5).isNaN)
  }

  @Test(arguments: [
    (1e-300, -690.7755278982137), (1e-9, -20.72326583694641), (0.1, -2.3025850929940455), (0.7071, -0.346583180371942),
    (0.9999999, -1.0000000494736474e-07), (1, 0), (2, 0.6931471805599453), (12_345.678, 9.421061321291832),
  ])
  func `The portable logarithm agrees with the C library`(x: Double, expected: Double) {
    #expect(abs(PortableMath.log(x) - expected) <= 2 * expected.ulp)
  }

  @Test func `Uniform variates fill the unit interval evenly`() {
    var stream = RunSeed(42).stream(for: "test")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[Int(stream.uniform() * 10)] += 1 }
    // χ² with 9 degrees of freedom stays below 27.9 with probability 0.999.
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chiSquare < 27.9)
  }

  @Test func `Normal variates have the asked mean and standard deviation`() {
    var stream = RunSeed(42).stream(for: "test")
    let values = (0..<100_000).map { _ in stream.normal(mean: 3, standardDeviation: 2) }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99_999
    #expect(abs(mean - 3) < 4 * 2 / 316.2)
    #expect(abs(variance.squareRoot() - 2) < 4 * 2 / 447.2)
  }

  @Test func `An event of probability 0.1 happens about one time in ten`() {
    var stream = RunSeed(1).stream(for: "drop-out")
    let hits = (0..<10_000).count { _ in stream.bernoulli(0.1) }
    #expect((880...1_120).contains(hits))
  }
}
