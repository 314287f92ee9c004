import SimulationBehaviour
import SimulationKernel
import Testing

@Suite struct RangeTrackerTests {
  @Test func `An object is confirmed by three detections in five frames and given up after seven misses`() {
    var tracker = RangeTracker()
    let seen = RangeTracker.Estimate(range: 50, rangeRate: 0)
    var confirmed: [Bool] = []
    for (index, isSeen) in [true, false, true, false, true].enumerated() {
      tracker.update(isSeen ? seen : nil, measuredAt: Double(index) * 0.05, ownAcceleration: 0)
      confirmed.append(tracker.isConfirmed)
    }
    #expect(confirmed == [false, false, false, false, true])
    for index in 5..<11 { tracker.update(nil, measuredAt: Double(index) * 0.05, ownAcceleration: 0) }
    #expect(tracker.isConfirmed)
    tracker.update(nil, measuredAt: 0.55, ownAcceleration: 0)
    #expect(!tracker.hasObject)
    #expect(!tracker.isConfirmed)
  }

  @Test func `Without noise the estimate follows an object that is approached while braking`() {
    var tracker = RangeTracker()
    for index in 0..<40 {
      let time = Double(index) * 0.05
      let truth = RangeTracker.Estimate(range: 60 - 20 * time + 2.5 * time * time, rangeRate: -20 + 5 * time)
      tracker.update(truth, measuredAt: time, ownAcceleration: -5)
    }
    let estimate = tracker.estimate(at: 2, ownAcceleration: -5)
    #expect(abs((estimate?.range ?? 0) - 30) < 1e-6)
    #expect(abs((estimate?.rangeRate ?? 0) + 10) < 1e-6)
  }

  @Test func `The estimate is less noisy than the frames`() {
    var tracker = RangeTracker()
    var noise = RunSeed(3).stream(for: "frames")
    var squares = 0.0
    for index in 0..<2_000 {
      let time = Double(index) * 0.05
      let frame = RangeTracker.Estimate(
        range: 500 - time + noise.normal(standardDeviation: 0.2), rangeRate: -1 + noise.normal(standardDeviation: 0.05))
      tracker.update(frame, measuredAt: time, ownAcceleration: 0)
      let error = (tracker.estimate(at: time, ownAcceleration: 0)?.range ?? 0) - (500 - time)
      if index >= 100 { squares += error * error / 1_900 }
    }
    #expect(squares.squareRoot() < 0.1)
  }
}

@Suite struct EmergencyBrakeAssistTests {
  private func firstPhases(closing speed: Double, from range: Double) -> [(EmergencyBrakeAssist.Phase, Double)] {
    var assist = EmergencyBrakeAssist(parameters: .init())
    var changes: [(EmergencyBrakeAssist.Phase, Double)] = []
    for cycle in 0..<10_000 {
      let gap = range - speed * Double(cycle) * 0.01
      guard gap > 0 else { break }
      if assist.decide(about: .init(range: gap, rangeRate: -speed)) != nil { changes.append((assist.phase, gap)) }
    }
    return changes
  }

  @Test func `It warns first and brakes after the planned lead`() {
    let changes = firstPhases(closing: 20, from: 120)
    #expect(changes.map(\.0) == [.warning, .braking])
    // 1.2 s at 20 m/s, within a control cycle.
    #expect(abs(changes[0].1 - changes[1].1 - 24) <= 0.2 + 1e-9)
  }

  @Test func `Braking starts where it would take 5 m/s² after delay, confirmation and margin`() {
    let gap = firstPhases(closing: 20, from: 120)[1].1
    // 40 m of braking, 4 m of brake delay, 1 m of margin; the 0.6 m of confirmation have been used up by then.
    #expect(gap <= 45 + 0.2)
    #expect(gap >= 45 - 0.2)
  }

  @Test func `A slow approach without margin brakes on time to collision`() throws {
    var parameters = EmergencyBrakeAssist.Parameters()
    parameters.standstillMargin = 0
    var assist = EmergencyBrakeAssist(parameters: parameters)
    var reason: EmergencyBrakeAssist.Reason?
    for cycle in 0..<1_000 where assist.phase != .braking {
      reason = assist.decide(about: .init(range: 5 - 0.01 * Double(cycle), rangeRate: -1)) ?? reason
    }
    let braking = try #require(reason)
    #expect(assist.phase == .braking)
    #expect(braking.criterion == .timeToCollision)
    // One second of way, less the two cycles that confirmed it.
    #expect(abs(braking.gap - 0.98) < 0.005)
  }

  @Test func `Nothing happens without an object, or with one that moves away`() {
    var assist = EmergencyBrakeAssist(parameters: .init())
    for _ in 0..<100 {
      #expect(assist.decide(about: nil) == nil)
      #expect(assist.decide(about: .init(range: 2, rangeRate: 1)) == nil)
    }
    #expect(assist.phase == .monitoring)
  }

  @Test func `A single implausible frame doesn't brake`() {
    var assist = EmergencyBrakeAssist(parameters: .init())
    let far = RangeTracker.Estimate(range: 200, rangeRate: -10)
    for _ in 0..<10 {
      #expect(assist.decide(about: far) == nil)
      #expect(assist.decide(about: .init(range: 3, rangeRate: -10)) == nil)
      #expect(assist.decide(about: .init(range: 3, rangeRate: -10)) == nil)
    }
    #expect(assist.phase == .monitoring)
  }
}
