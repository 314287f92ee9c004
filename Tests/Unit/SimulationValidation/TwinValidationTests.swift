import SimulationEstimation
import SimulationValidation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("The four validation metrics")
struct TwinValidationTests {
  private static let start: Int64 = 1_800_000_000_000_000_000

  /// Noise of unit variance, the same in every run.
  private struct Noise {
    private var generator = SplitMix(state: 7)

    mutating func next() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double(generator.next() >> 11) * 0x1p-53 }
    }
  }

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  /// A drive at 10 Hz east along y = 0 with the speed of each moment.
  ///
  /// - Parameter noise: in units of the deviations that an estimate takes for granted.
  private static func drive(
    seconds: Double, noise share: Double = 0, _ speed: (Double) -> Double,
    _ change: (inout ValidationSample, Double) -> Void = { _, _ in }
  ) -> [ValidationSample] {
    var noise = Noise()
    var x = 0.0
    let usual = EstimationParameters()
    return (0...Int(seconds * 10)).map { index in
      let time = Double(index) / 10
      if index > 0 { x += 0.1 * 0.5 * (speed(time) + speed(time - 0.1)) }
      var motion = VehicleSample(sequence: UInt64(index + 1), nanoseconds: start + Int64(index) * 100_000_000)
      motion.local = .init(
        x: x + share * usual.positionDeviation * noise.next(), y: share * usual.positionDeviation * noise.next())
      motion.speed = speed(time) + share * usual.speedDeviation * noise.next()
      motion.heading = share * usual.headingDeviation * noise.next()
      motion.yawRate = share * usual.yawRateDeviation * noise.next()
      motion.deviations.position = usual.positionDeviation
      motion.deviations.speed = usual.speedDeviation
      motion.deviations.heading = usual.headingDeviation
      motion.deviations.yawRate = usual.yawRateDeviation
      var sample = ValidationSample(motion)
      change(&sample, time)
      return sample
    }
  }

  private func judge(
    _ drive: [ValidationSample], driver: (@Sendable (Double, Double, Double) -> Double)? = nil,
    power: (@Sendable (Double, Double) -> Double)? = nil
  ) throws -> TwinValidation {
    try #require(
      TwinValidation(of: drive, ValidationSubject(vehicle: VirtualVehicle(), driver: driver, power: power)))
  }

  @Test("a steady drive without noise is predicted exactly")
  func steady() throws {
    let verdict = try judge(Self.drive(seconds: 60) { _ in 20 })
    #expect(try #require(verdict.physicsAccuracy.value) > 0.999)
    // One prediction each tenth of a second, but for the last second.
    #expect((580...591).contains(verdict.physicsAccuracy.count))
    #expect(try #require(verdict.physicsAccuracy.details["displacement_rmse_m"]) < 0.05)
    // All readings are inside, so the stated bounds are too wide for such a drive.
    #expect(abs(try #require(verdict.sensorFidelity.value) - 0.9 / 0.95) < 1e-9)
    // Straight on was predicted and driven; without a leader there are no pedals.
    #expect(verdict.behaviouralConsistency.value == 1)
    #expect(verdict.behaviouralConsistency.details["pedals_share"] == nil)
    #expect(verdict.behaviouralConsistency.details["wheel_kappa"] == nil)
    // A constant performance can't rise and fall together with anything.
    #expect(verdict.performanceCorrelation.value == nil)
    #expect(verdict.performanceCorrelation.count == 0)
  }

  @Test("nothing measured is absent, not zero")
  func nothing() throws {
    for drive in [[], Array(Self.drive(seconds: 1) { _ in 10 }.prefix(1))] {
      let verdict = try judge(drive)
      let metrics = [
        verdict.physicsAccuracy, verdict.sensorFidelity, verdict.behaviouralConsistency, verdict.performanceCorrelation,
      ]
      for metric in metrics {
        #expect(metric.value == nil)
        #expect(metric.count == 0)
        #expect(metric.method.contains("Absent"))
      }
    }
    let atRest = try judge(Self.drive(seconds: 30) { _ in 0 })
    #expect(atRest.physicsAccuracy.value == nil)
    #expect(atRest.sensorFidelity.value != nil)
  }

  @Test("readings with the noise that the estimate takes for granted lie inside as often as stated")
  func fidelity() throws {
    let honest = try judge(Self.drive(seconds: 120, noise: 1) { 15 + 5 * sin($0 / 8) })
    #expect(try #require(honest.sensorFidelity.value) > 0.93)
    // Sensors four times as bad as stated are told.
    let poor = try judge(Self.drive(seconds: 120, noise: 4) { 15 + 5 * sin($0 / 8) })
    #expect(try #require(poor.sensorFidelity.value) < 0.8)
    let share = try #require(poor.sensorFidelity.details["yaw_rate_share"])
    #expect(share < 0.95)
    #expect(poor.sensorFidelity.details["position_readings"] ?? 0 > 1_000)
  }

  @Test("a drive that nobody can foresee is predicted less well")
  func physics() throws {
    let calm = try judge(Self.drive(seconds: 60) { 15 + 5 * sin($0 / 8) })
    let wild = try judge(Self.drive(seconds: 60) { 15 + 10 * sin($0 * 3) })
    let (good, bad) = try (
      #require(calm.physicsAccuracy.value), #require(wild.physicsAccuracy.value)
    )
    #expect(good > 0.98)
    #expect(bad < good - 0.05)
  }

  @Test("ways are compared where only geographic positions are known")
  func geographic() throws {
    let frame = LocalFrame(origin: GeodeticPosition(latitude: 48, longitude: 11))
    let local = Self.drive(seconds: 30) { 15 + 5 * sin($0 / 8) }
    let geographic = local.map { sample in
      var sample = sample
      if let point = sample.motion.local { sample.motion.geodetic = frame.geodetic(x: point.x, y: point.y) }
      sample.motion.local = nil
      return sample
    }
    let (a, b) = try (judge(local), judge(geographic))
    let (first, second) = try (#require(a.physicsAccuracy.value), #require(b.physicsAccuracy.value))
    #expect(abs(first - second) < 1e-3)
  }

  // MARK: Behaviour

  /// Speeds up by 1 m/s² for ten seconds, rolls for ten, slows down for ten, and again.
  private static func pulse(_ time: Double) -> Double {
    let phase = time.truncatingRemainder(dividingBy: 30)
    return 10 + min(phase, 10) - max(0, phase - 20)
  }

  @Test("a driver who decides as the vehicle did agrees; one who does the opposite doesn't")
  func decisions() throws {
    // The gap says what phase it is, so that the driver can know.
    let drive = Self.drive(seconds: 120, Self.pulse) { sample, time in
      sample.leaderGap = 20 + time.truncatingRemainder(dividingBy: 30)
      sample.leaderSpeed = 15
    }
    func driver(_ sign: Double) -> @Sendable (Double, Double, Double) -> Double {
      { gap, _, _ in sign * (gap < 30 ? 1 : gap < 40 ? 0 : -1) }
    }
    let same = try judge(drive, driver: driver(1)).behaviouralConsistency
    #expect(try #require(same.details["pedals_share"]) > 0.9)
    #expect(try #require(same.details["pedals_kappa"]) > 0.85)
    #expect(try #require(same.details["pedals_decisions"]) > 1_000)
    let opposite = try judge(drive, driver: driver(-1)).behaviouralConsistency
    // Both roll in a third of the time.
    #expect(abs(try #require(opposite.details["pedals_share"]) - 1.0 / 3) < 0.05)
    #expect(try #require(opposite.details["pedals_kappa"]) < 0.1)
    let (right, wrong) = try (#require(same.value), #require(opposite.value))
    #expect(wrong < right)
  }

  @Test("turns are predicted as they were taken on a circle")
  func turns() throws {
    // 10 m/s at 0.2 rad/s: a radius of 50 m.
    let drive = Self.drive(seconds: 40) { _ in
      10
    } _: { sample, time in
      sample.motion.local = .init(x: 50 * sin(0.2 * time), y: 50 * (1 - cos(0.2 * time)))
      sample.motion.heading = Angle.wrapped(0.2 * time)
      sample.motion.yawRate = 0.2
    }
    let verdict = try judge(drive)
    #expect(try #require(verdict.behaviouralConsistency.details["wheel_share"]) > 0.99)
    #expect(try #require(verdict.physicsAccuracy.value) > 0.99)
    #expect(try #require(verdict.physicsAccuracy.details["turn_rmse_rad"]) < 0.02)
  }

  // MARK: Performance

  @Test("distance and energy rise and fall with what was predicted")
  func performance() throws {
    let speed: (Double) -> Double = { 15 + 8 * sin($0 / 15) }
    // 200 N and 0.4 N/(m/s)²: the drive's energy to a metre is the sum over its tenths.
    let power: @Sendable (Double, Double) -> Double = { speed, _ in (200 + 0.4 * speed * speed) * speed }
    var energy = 0.0
    let drive = Self.drive(seconds: 300, speed) { sample, time in
      energy += 0.1 * power(speed(time), 0)
      sample.energy = energy
    }
    let verdict = try judge(drive, power: power).performanceCorrelation
    #expect(try #require(verdict.details["distance_correlation"]) > 0.999)
    #expect(try #require(verdict.details["energy_correlation"]) > 0.99)
    #expect(try #require(verdict.value) > 0.99)
    #expect((28...30).contains(Int(try #require(verdict.details["distance_intervals"]))))
    // One whose power falls with the speed is as wrong as can be.
    let wrong = try judge(drive, power: { speed, _ in 1_000 - speed }).performanceCorrelation
    #expect(try #require(wrong.details["energy_correlation"]) < -0.9)
    #expect(try #require(wrong.value) < 0.1)
  }

  @Test("a long validation can be stopped")
  func stop() {
    let drive = Self.drive(seconds: 10) { _ in 10 }
    #expect(TwinValidation(of: drive, ValidationSubject(vehicle: VirtualVehicle()), isStopped: { true }) == nil)
  }
}
