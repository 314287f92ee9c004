import SimulationBehaviour
@testable import SimulationCalibration
import SimulationInput
import SimulationKernel
import SimulationScenarios
import SimulationVehicles
import Testing

@Suite struct CarFollowingFitTests {
  /// A search of fewer steps than the service's, so that a test takes a second without optimisation.
  static let search = GlobalMinimiser(population: 24, generations: 25, simplexSteps: 120)

  static let truth = DriverParameters(
    desiredSpeed: 30, timeHeadway: 1.1, standstillGap: 3, maxAcceleration: 1.5, comfortableDeceleration: 2,
    reactionDelay: 0.3, gapGain: 0.1, speedGain: 0.6, anticipation: 0.1, idmShare: 0.5)

  /// A follower of known parameters behind a leader that slows down and speeds up, its gap measured with noise.
  static func log(seconds: Double, noise: Double = 0.1) -> [FollowingRow] {
    var stream = RunSeed(7).stream(for: "log")
    let steps = Int(seconds * 10)
    var leader = [12.0]
    var wanted = 12.0
    for step in 0..<steps {
      if step % 80 == 0 { wanted = stream.uniform(in: 4...18) }
      let last = leader[leader.count - 1]
      leader.append(last + min(0.15, max(-0.2, 0.05 * (wanted - last))))
    }
    var follower = CarFollower(truth, gap: 17, speed: 12, leaderSpeed: 12)
    return (0...steps).map { step in
      let row = FollowingRow(
        time: Double(step) / 10, leaderSpeed: leader[step], speed: follower.speed,
        gap: follower.gap + stream.normal(standardDeviation: noise))
      if step < steps { follower.advance(leaderFrom: leader[step], to: leader[step + 1]) }
      return row
    }
  }

  @Test func `A known driver is found, and what is held back has no say`() throws {
    let log = Self.log(seconds: 100)
    let fit = try CarFollowingFit.fit(log, holdoutShare: 0.4, seed: 1, search: Self.search)
    #expect(fit.sampleCount == 600 && fit.holdoutCount == 399)
    #expect(try #require(fit.fit["gap_rmse_m"]) < 0.2)
    #expect(try #require(fit.holdout["gap_rmse_m"]) < 0.4)
    #expect(fit.holdout["simulated_collisions"] == 0)
    #expect(Set(fit.parameters.keys) == Set(DriverParameters.fields.map(\.name)))
    for field in DriverParameters.fields {
      let estimate = try #require(fit.parameters[field.name])
      #expect(field.range.contains(estimate.value) && estimate.std > 0, "\(field.name)")
    }
    // Standard deviations are those of logarithms, so the intervals are, too.
    for name in ["time_headway_s", "standstill_gap_m"] {
      let estimate = try #require(fit.parameters[name])
      let field = try #require(DriverParameters.fields.first { $0.name == name })
      let factor = 1 + 1.96 * estimate.std / estimate.value
      let truth = Self.truth[keyPath: field.path]
      #expect(truth < estimate.value * factor && truth > estimate.value / factor, "\(name): \(estimate)")
    }

    var other = log
    for index in 601..<other.count { other[index].gap += 5 }
    let again = try CarFollowingFit.fit(other, holdoutShare: 0.4, seed: 1, search: Self.search)
    #expect(again.parameters == fit.parameters && again.fit == fit.fit)
    #expect(again.holdout != fit.holdout)

    try Self.replay(fit, log)
  }

  /// The scenario with the fitted parameters has the gap that the fit was judged by.
  private static func replay(_ fit: ParameterFit, _ log: [FollowingRow]) throws {
    let held = log[601...]
    let first = try #require(held.first)
    var start = ScenarioStart(VehicleCatalogue.all[0])
    start.driver = try DriverParameters().applying(
      .object(fit.parameters.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value.value)) }))
    let scenario = try CarFollowing().prepare(
      [
        "leader": .array(held.map { ["t_s": .number($0.time), "speed_mps": .number($0.leaderSpeed)] }),
        "initial_gap_m": .number(first.gap), "initial_speed": .number(first.speed * 3.6),
      ], from: start)
    let outcome = scenario.run(RunRequest())
    let gaps = try #require(outcome.trace).values(of: "gap_m", actor: "ego")
    let times = try #require(outcome.trace).values(of: "t_s", actor: "ego")
    #expect(gaps.count == held.count && abs(times[0] - first.time) < 1e-9)
    let squares = zip(gaps, held).dropFirst().reduce(0) { $0 + ($1.0 - $1.1.gap) * ($1.0 - $1.1.gap) }
    let rmse = (squares / Double(held.count - 1)).squareRoot()
    #expect(abs(rmse - (fit.holdout["gap_rmse_m"] ?? 0)) < 1e-6)
  }

  @Test func `Missing rows are left out, and a pause starts anew`() throws {
    var log = Self.log(seconds: 60)
    for index in 100..<103 { log[index].gap = .nan }
    log.removeSubrange(200..<300)
    let fit = try CarFollowingFit.fit(log, holdoutShare: 0, seed: 1, search: Self.search)
    // Without the three rows, and without the two that start a stretch.
    #expect(fit.sampleCount == log.count - 3 - 2)
    #expect(fit.holdout.isEmpty && fit.holdoutCount == 0)
    #expect(try #require(fit.fit["gap_rmse_m"]) < 0.25)
  }

  private func refusal(_ log: [FollowingRow], holdoutShare: Double = 0.4) -> FitRefusal? {
    #expect(throws: FitRefusal.self) {
      _ = try CarFollowingFit.fit(log, holdoutShare: holdoutShare, seed: 1)
    }
  }

  @Test func `What can't be fitted is refused with the field and the reason`() {
    let log = Self.log(seconds: 30)
    #expect(refusal(log, holdoutShare: 0.95)?.field == "holdout_share")
    #expect(refusal(log)?.reason.contains("at least 20 s are needed") == true)
    #expect(refusal([])?.field == "samples")
    var twice = log
    twice[5].time = twice[4].time
    #expect(refusal(twice)?.field == "samples[5].t_s")
    var backward = log
    backward[7].speed = -1
    #expect(refusal(backward)?.field == "samples[7].speed_mps")
    var steady = Self.log(seconds: 60)
    for index in steady.indices { steady[index].leaderSpeed = 12 }
    #expect(refusal(steady)?.reason.contains("never changes") == true)
    var unmeasured = Self.log(seconds: 60)
    for index in unmeasured.indices { unmeasured[index].gap = .nan }
    #expect(refusal(unmeasured)?.reason.contains("0 s of complete rows") == true)
  }
}
