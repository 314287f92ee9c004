import FleetCore
import RuntimeSystem
import Testing

@Suite("Estimates of clock skew")
struct ClockSkewTests {
  /// A sender on a path with random delays.
  private struct Path {
    static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)
    /// Of the sender's clock at the start, s.
    var skew: Double
    /// s/s.
    var drift = 0.0
    /// Least delay of either way, s.
    var least = 0.002
    /// Mean of what comes on top, exponentially distributed, s.
    var jitter = 0.008
    var random: SplitMix64
    var estimator = ClockSkewEstimator()

    init(skew: Double, drift: Double = 0, seed: UInt64) {
      (self.skew, self.drift, random) = (skew, drift, SplitMix64(state: seed))
    }

    func at(_ time: Double) -> UTCInstant { Self.start.adding(seconds: time) }
    func skew(at time: Double) -> Double { skew + drift * time }
    /// The sender's clock.
    func theirs(_ time: Double) -> UTCInstant { at(time + skew(at: time)) }

    mutating func delay() -> Double {
      least - jitter * (1 - Double.random(in: 0..<1, using: &random)).logarithm
    }

    mutating func exchange(at time: Double, heldUp: Double = 0) {
      let received = time + delay() + heldUp
      let answered = received + Double.random(in: 0.001...0.02, using: &random)
      let returned = answered + delay()
      estimator.observe(
        .init(sent: theirs(time), received: at(received), answered: at(answered), returned: theirs(returned)))
    }

    mutating func send(at time: Double, measured age: Double = 0) {
      estimator.observe(sent: theirs(time - age), received: at(time + delay()))
    }

    /// In ms.
    func error(at time: Double) -> Double {
      estimator.estimate(at: at(time)).map { $0.milliseconds - skew(at: time) * 1_000 } ?? .infinity
    }
  }

  private static let skews = [-0.05, -0.03, -0.01, 0, 0.01, 0.03, 0.05]

  @Test("the offset of an exchange with the same delay both ways is exact")
  func exchange() {
    func at(_ milliseconds: Int64) -> UTCInstant { UTCInstant(microseconds: milliseconds * 1_000) }
    let exchange = ClockSkewEstimator.Exchange(
      sent: at(1_030), received: at(1_010), answered: at(1_015), returned: at(1_055))
    #expect(abs(exchange.offset - 0.030) < 1e-12)
    #expect(abs(exchange.roundTrip - 0.020) < 1e-12)
    var estimator = ClockSkewEstimator()
    #expect(estimator.estimate(at: at(0)) == nil)
    estimator.observe(exchange)
    let estimate = estimator.estimate(at: at(1_015))
    #expect(abs((estimate?.milliseconds ?? 0) - 30) < 1e-9)
    #expect(abs((estimate?.standardDeviationMS ?? 0) - 10 / 3.0.squareRoot()) < 1e-9)
  }

  @Test(
    "exchanges tell 10 to 50 ms of either sign within 5 ms, jitter notwithstanding", arguments: skews,
    1...5 as ClosedRange<UInt64>)
  func twoWay(_ skew: Double, _ seed: UInt64) {
    var path = Path(skew: skew, seed: seed)
    for step in 0..<100 { path.exchange(at: Double(step) * 0.1) }
    for step in 100..<3_000 {
      path.exchange(at: Double(step) * 0.1)
      #expect(abs(path.error(at: Double(step) * 0.1)) < 5)
    }
  }

  @Test("drift is followed, in both directions", arguments: [-50e-6, 50e-6], [true, false])
  func drift(_ drift: Double, _ isTwoWay: Bool) {
    var path = Path(skew: 0.03, drift: drift, seed: 7)
    for step in 0..<36_000 {
      let time = Double(step) * 0.1
      if isTwoWay { path.exchange(at: time) } else { path.send(at: time) }
      // In an hour the clock has gone 180 ms.
      if step > 600, step % 100 == 0 { #expect(abs(path.error(at: time)) < 5) }
    }
  }

  @Test("the standard deviation doesn't promise too much", arguments: 1...5 as ClosedRange<UInt64>)
  func honest(_ seed: UInt64) {
    var path = Path(skew: -0.02, drift: 50e-6, seed: seed)
    var inside = 0
    for step in 0..<2_000 {
      let time = Double(step) * 0.1
      path.exchange(at: time)
      let deviation = path.estimator.estimate(at: path.at(time))?.standardDeviationMS ?? 0
      // What it rests on, half of a round trip, is a bound and no guess.
      #expect(abs(path.error(at: time)) <= deviation * 3.0.squareRoot() + 1e-3)
      if abs(path.error(at: time)) <= deviation { inside += 1 }
    }
    #expect(inside > 1_366)
  }

  @Test("one-way times tell it but for the least delay of the path, and say how little they know", arguments: skews)
  func oneWay(_ skew: Double) {
    var path = Path(skew: skew, seed: 3)
    for step in 0..<600 { path.send(at: Double(step) * 0.1) }
    #expect(abs(path.error(at: 60)) < 5)
    // Always to the same side.
    #expect(path.error(at: 60) <= 0)
    let estimate = path.estimator.estimate(at: path.at(60))
    #expect((estimate?.standardDeviationMS ?? 0) >= 20)
    // A clock that seems to be behind may be right.
    #expect((estimate?.correctionMS != nil) == (skew > 0.005))
  }

  @Test("stored and late data doesn't move it, however much there is", arguments: [true, false])
  func stored(_ isTwoWay: Bool) {
    var path = Path(skew: 0.04, seed: 11)
    for step in 0..<300 {
      let time = Double(step) * 0.1
      path.send(at: time)
      if isTwoWay { path.exchange(at: time) }
    }
    // Half a minute of a drive that was stored, catching up, then a slow path for another.
    for step in 0..<3_000 {
      let time = 30 + Double(step) * 0.01
      path.send(at: time, measured: 30 * (1 - Double(step) / 3_000))
      if isTwoWay { path.exchange(at: time, heldUp: 0.4) }
    }
    for step in 0..<300 { path.send(at: 60 + Double(step) * 0.1, measured: 0.2) }
    #expect(abs(path.error(at: 90)) < 10)
    for step in 0..<50 {
      let time = 90 + Double(step) * 0.1
      path.send(at: time)
      if isTwoWay { path.exchange(at: time) }
    }
    #expect(abs(path.error(at: 95)) < 5)
  }

  @Test("only stored data says nothing at all")
  func onlyStored() {
    var path = Path(skew: 0.04, seed: 5)
    for step in 0..<1_000 { path.send(at: Double(step) * 0.01, measured: 86_400) }
    #expect(path.estimator.estimate(at: path.at(10)) == nil)
  }

  @Test("a clock that is set is believed at once when exchanges contradict, and exchanges that can't be are not")
  func steps() {
    var path = Path(skew: 0.05, seed: 9)
    for step in 0..<100 { path.exchange(at: Double(step) * 0.1) }
    path.skew = -0.2
    path.exchange(at: 10.5)
    #expect(abs(path.error(at: 10.5)) < 40)
    for step in 0..<100 { path.exchange(at: 11 + Double(step) * 0.1) }
    #expect(abs(path.error(at: 21)) < 5)
    let known = path.estimator
    // The answer came back before it was sent; and one that took an hour.
    path.estimator.observe(
      .init(sent: path.at(22), received: path.at(22), answered: path.at(22), returned: path.at(21)))
    path.estimator.observe(
      .init(sent: path.at(22), received: path.at(3_622), answered: path.at(3_622), returned: path.at(3_622)))
    #expect(path.estimator == known)
  }
}

extension Double {
  /// By its series around 1, so that the tests need no mathematics library: ln x = 2 artanh((x − 1) / (x + 1)).
  fileprivate var logarithm: Double {
    var (mantissa, halvings) = (self, 0.0)
    while mantissa < 0.5 {
      mantissa *= 2
      halvings += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    var (term, sum) = (ratio, 0.0)
    for power in stride(from: 1.0, through: 41, by: 2) {
      sum += term / power
      term *= ratio * ratio
    }
    return 2 * sum - halvings * 0.693_147_180_559_945_3
  }
}
