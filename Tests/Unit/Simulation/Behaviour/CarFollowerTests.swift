import SimulationBehaviour
import SimulationInput
import Testing

@Suite struct CarFollowerTests {
  /// The follower after `seconds` behind a leader of constant speed.
  private func settled(_ driver: DriverParameters, leader: Double, gap: Double, seconds: Double = 600) -> CarFollower {
    var follower = CarFollower(driver, gap: gap, speed: leader, leaderSpeed: leader)
    for _ in 0..<Int(seconds / CarFollower.stepLength) { follower.advance(leaderFrom: leader, to: leader) }
    return follower
  }

  @Test func `The IDM settles at its equilibrium gap`() {
    let driver = DriverParameters()
    for speed in [5.0, 15, 25] {
      let follower = settled(driver, leader: speed, gap: 60)
      // Treiber et al. 2000, equation 5: s_e = (s0 + v·T) / √(1 − (v/v0)⁴).
      let ratio = speed / driver.desiredSpeed
      let root = (1 - ratio * ratio * ratio * ratio).squareRoot()
      #expect(abs(follower.gap - (driver.standstillGap + speed * driver.timeHeadway) / root) < 0.01)
      #expect(abs(follower.speed - speed) < 0.001)
    }
  }

  @Test func `The controller settles at its constant time gap`() {
    var driver = DriverParameters(timeHeadway: 1.2, standstillGap: 4, idmShare: 0)
    driver.speedGain = 0.5
    let follower = settled(driver, leader: 20, gap: 60)
    #expect(abs(follower.gap - (4 + 1.2 * 20)) < 0.01)
  }

  @Test func `One step has the acceleration of the equations`() {
    var driver = DriverParameters(
      desiredSpeed: 30, timeHeadway: 1.5, standstillGap: 2, maxAcceleration: 1, comfortableDeceleration: 4,
      gapGain: 0.1, speedGain: 0.5)
    // s* = 2 + 10·1.5 + 10·2/(2·√4) = 22; 1 − (1/3)⁴ − (22/20)².
    let idm = 1 - 1 / 81.0 - 1.21
    // 0.1·(20 − 2 − 15) − 0.5·2.
    let controller = -0.7
    for share in [1, 0, 0.25] {
      driver.idmShare = share
      var follower = CarFollower(driver, gap: 20, speed: 10, leaderSpeed: 8)
      follower.advance(leaderFrom: 8, to: 8)
      let expected = share * idm + (1 - share) * controller
      #expect(abs(follower.acceleration - expected) < 1e-12)
      #expect(abs(follower.speed - (10 + 0.1 * expected)) < 1e-12)
      // Ballistic: the gap changes by the mean of the speeds.
      #expect(abs(follower.gap - (20 + 0.8 - 0.5 * (10 + follower.speed) * 0.1)) < 1e-12)
    }
  }

  @Test func `A reaction comes after the delay`() {
    for (delay, first) in [(0.0, 1), (0.5, 6), (1.25, 13)] {
      var driver = DriverParameters(reactionDelay: delay, idmShare: 0)
      driver.speedGain = 1
      // At its equilibrium until the leader is faster from the second step on.
      var follower = CarFollower(
        driver, gap: driver.standstillGap + 10 * driver.timeHeadway, speed: 10, leaderSpeed: 10)
      var steps = 0
      while follower.acceleration < 1e-9, steps < 40 {
        follower.advance(leaderFrom: steps == 0 ? 10 : 11, to: 11)
        steps += 1
      }
      #expect(steps == first + 1)
    }
  }

  @Test func `A standing leader is no collision, even with a slow driver`() {
    for delay in [0.0, 1.0] {
      for share in [1.0, 0.5, 0] {
        var follower = CarFollower(
          DriverParameters(reactionDelay: delay, idmShare: share), gap: 120, speed: 25, leaderSpeed: 0)
        for _ in 0..<1_200 {
          follower.advance(leaderFrom: 0, to: 0)
          #expect(follower.gap > 0 && follower.speed >= 0)
        }
        #expect(follower.speed < 0.05)
      }
    }
  }

  @Test func `The leader's speed is linear between its points, on decimal times`() {
    let track = LeaderTrack([
      .init(time: 5_370.1, speed: 4), .init(time: 5_370.3, speed: 8), .init(time: 5_371.3, speed: 8),
    ])
    #expect(track.stepCount == 12)
    let speeds = track.speedsAtSteps()
    #expect(speeds.count == 13)
    #expect(abs(speeds[1] - 6) < 1e-6 && abs(speeds[2] - 8) < 1e-6 && speeds[12] == 8)
  }

  @Test func `Parameters have names, defaults and ranges, and errors name them`() throws {
    let driver = try DriverParameters().applying(["time_headway_s": 1.1, "idm_share": 0.4])
    #expect(driver.timeHeadway == 1.1 && driver.idmShare == 0.4 && driver.standstillGap == 2)
    #expect(try DriverParameters().applying(driver.asInput) == driver)
    let error = #expect(throws: InvalidInput.self) {
      try DriverParameters().applying(["time_headway_s": -1, "speed": 3], path: "driver.")
    }
    #expect(error?.issues.map(\.field) == ["driver.time_headway_s", "driver.speed"])
  }
}
