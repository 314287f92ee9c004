import SimulationKernel
import SimulationQueueing
import Testing

@Suite("Retries, redundancy and health checks")
struct ResilienceTests {
  private func storm(rate: Double, attempts: Int = 3) throws -> RetryStorm {
    try RetryStorm(
      rate: rate, servers: 10, service: DurationLaw(mean: 0.1, variability: 1), timeout: 1, maxAttempts: attempts)
  }

  @Test("the states of a tier with retries follow its hidden capacity")
  func states() throws {
    #expect(abs(try storm(rate: 30).hiddenCapacity - 100.0 / 3) < 1e-9)
    #expect(try storm(rate: 30).state == .stable)
    #expect(try storm(rate: 70).state == .vulnerable)
    #expect(try storm(rate: 99).state == .overloaded)
    #expect(try storm(rate: 99, attempts: 1).state == .stable)
    #expect(try storm(rate: 30).sufficientTrigger(capacityShare: 0) == nil)
    let trigger = try #require(try storm(rate: 70).sufficientTrigger(capacityShare: 0))
    #expect(abs(trigger - 120.0 / 70) < 1e-9)
    #expect(try #require(try storm(rate: 70).amplification) < 1.001)
  }

  @Test("a budget bounds what failing adds, attempts do without one")
  func budgets() throws {
    #expect(RetryStorm.stuckUtilisation(0.5, maxAttempts: 4) == 2)
    #expect(abs(RetryStorm.stuckUtilisation(0.5, maxAttempts: 4, retryBudget: 0.1) - 0.55) < 1e-12)
    #expect(RetryStorm.stuckUtilisation(0.5, maxAttempts: 1, retryBudget: 3) == 0.5)
    #expect(abs(try storm(rate: 70).stuckUtilisation - 2.1) < 1e-12)
  }

  /// The claim of metastability against every request simulated: a minute after the trigger ended, does it still fail?
  @Test(
    "a trigger leaves the vulnerable tier stuck, and neither a short one nor a stable tier does",
    arguments: [(70.0, 3.0, true), (70, 0.5, false), (30, 10, false)])
  func metastable(rate: Double, trigger: Double, isStuck: Bool) throws {
    let pipeline = try Pipeline(
      [.init(name: "web", instances: 10, service: DurationLaw(mean: 0.1, variability: 1))],
      callers: .init(timeout: 1, maxAttempts: 3, backoff: 0.1, backoffFactor: 1))
    let run = try PipelineSimulation(
      pipeline, load: LoadProfile(.constant(rate: rate)),
      disruptions: [.init(effect: .capacityLoss(share: 1), from: 10, to: 10 + trigger)], step: 0.5,
      mode: .discreteEvent
    ).run(for: 100)
    let late = (160..<200).map { run[$0] }
    let errors = late.reduce(0) { $0 + $1.errorRate } / 40
    #expect(isStuck ? errors > 0.5 * rate : errors < 0.01 * rate)
  }

  @Test("k of n equals the sum over states")
  func redundancy() throws {
    // 2 of 3: 3q²(1 − q) + q³.
    let plain = try RedundantGroup(instances: [3], required: 2, instanceUnavailability: 0.01)
    #expect(abs(plain.unavailability - 0.000298) < 1e-12)
    // With β = 0.1: βq + (1 − βq)(3q'²(1 − q') + q'³), q' = 0.009.
    let common = try RedundantGroup(instances: [3], required: 2, instanceUnavailability: 0.01, commonCause: 0.1)
    let independent = 3 * 0.009 * 0.009 * 0.991 + 0.009 * 0.009 * 0.009
    #expect(abs(common.unavailability - (0.001 + 0.999 * independent)) < 1e-12)
    // Instances that never fail in two zones, all needed in one: both zones down.
    let zones = try RedundantGroup(
      instances: [2, 2], required: 2, instanceUnavailability: 0, zoneUnavailability: 0.001)
    #expect(abs(zones.unavailability - 1e-6) < 1e-15)
  }

  @Test("another instance or zone never lowers availability; a common cause bounds it")
  func monotone() throws {
    var last = 1.0
    for count in 2...8 {
      let group = try RedundantGroup(
        instances: [count, count], required: 3, instanceUnavailability: 0.02, zoneUnavailability: 0.001,
        commonCause: 0.05)
      #expect(group.unavailability <= last)
      #expect(group.unavailability >= 0.001)
      last = group.unavailability
    }
  }

  @Test("detection takes the threshold's checks and the last one's timeout")
  func detection() throws {
    let check = try HealthCheck(interval: 10, timeout: 5, fall: 3)
    #expect(check.detection(.hangs) == 25...35)
    #expect(check.meanDetection(.refuses) == 25)
    #expect(check.detectionQuantile(0.9, .hangs) == 34)
    #expect(check.errorsPerFailure(rate: 1_000, backends: 10, .hangs) == 3_000)
    #expect(abs(check.errorShare(meanTimeBetweenFailures: 86_400, .hangs) - 30 / 86_430.0) < 1e-12)
  }

  /// Feller's mean wait for a run, against the mean of the exact recursion's distribution.
  @Test("low thresholds flap", arguments: [1, 2, 3])
  func flapping(fall: Int) throws {
    let check = try HealthCheck(interval: 1, timeout: 1, fall: fall)
    let p = 0.3
    var mean = 0.0
    for checks in 0..<600 { mean += 1 - check.flapProbability(falseFailure: p, within: Double(checks)) }
    #expect(abs(mean / check.meanTimeToFlap(falseFailure: p) - 1) < 1e-4)
    #expect(check.meanTimeToFlap(falseFailure: 0) == .infinity)
  }

  @Test("sampled failures are noticed within the range, on its mean")
  func sampledDetection() throws {
    let check = try HealthCheck(interval: 10, timeout: 2, fall: 2)
    var stream = RunSeed(3).stream(for: "phase")
    var sum = 0.0
    for _ in 0..<20_000 {
      // Checks start at whole intervals; the failure comes between two of them.
      let failure = stream.uniform() * 10
      let deciding = 10.0 + 10
      sum += deciding + 2 - failure
    }
    #expect(abs(sum / 20_000 - check.meanDetection(.hangs)) < 0.1)
  }
}
