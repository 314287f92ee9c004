import SimulationBehaviour
import SimulationKernel
import SimulationVehicles

/// What one run found, before anyone judges it.
struct CarFollowingRecord: Sendable {
  var gaps = Spread()
  var speeds = Spread()
  var headways = Spread()
  var accelerations = Spread()
  var minimumTimeToCollision = Double.infinity
  var finalGap = 0.0
  var distance = 0.0
  var leaderDistance = 0.0
  var impactTime: Double?
  /// Closing speed at the impact, m/s.
  var impactSpeed: Double?
  var decisions: [Decision] = []
  var steps = 0
  var endTime = 0.0
  var hash = StateHash()
  var failure: RunFailure?
  var trace: Trace?

  /// Of a series of numbers, what doesn't need them all.
  struct Spread: Sendable {
    private(set) var count = 0
    private(set) var smallest = Double.infinity
    private(set) var largest = -Double.infinity
    private(set) var mean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
      count += 1
      smallest = min(smallest, value)
      largest = max(largest, value)
      let change = value - mean
      mean += change / Double(count)
      squares += change * (value - mean)
    }

    var deviation: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : 0 }
  }
}

/// The run of a car-following scenario, advanced step by step.
struct CarFollowingRun {
  private let plan: CarFollowingPlan
  private let request: RunRequest
  private let leaderSpeeds: [Double]
  private var follower: CarFollower
  private var brakesHard = false
  private var record = CarFollowingRecord()

  private static let stepsBetweenCancellationChecks = 1_024
  /// A deceleration worth a note, m/s².
  private static let hardBraking = 3.0
  private static let maximumDecisions = 200
  /// Slower than this a time headway says nothing, m/s.
  private static let slowestHeadway = 1.0

  init(_ plan: CarFollowingPlan, request: RunRequest) {
    self.plan = plan
    self.request = request
    leaderSpeeds = plan.leader.speedsAtSteps()
    follower = CarFollower(
      plan.driver, gap: plan.initialGap, speed: plan.initialSpeed, leaderSpeed: leaderSpeeds[0])
    if request.recordsTrace {
      record.trace = Trace(actors: ["ego", "leader"], extraColumns: CarFollowing.traceColumns)
    }
  }

  consuming func run() -> CarFollowingRecord {
    let last = leaderSpeeds.count - 1
    sample(at: 0)
    for step in 0..<last {
      if step % Self.stepsBetweenCancellationChecks == 0, request.isCancelled?() == true {
        record.failure = failure(.cancelled, step, "the run was cancelled")
        break
      }
      let before = follower
      follower.advance(leaderFrom: leaderSpeeds[step], to: leaderSpeeds[step + 1])
      record.leaderDistance += 0.5 * (leaderSpeeds[step] + leaderSpeeds[step + 1]) * CarFollower.stepLength
      record.steps = step + 1
      guard follower.gap.isFinite, follower.speed.isFinite else {
        record.failure = failure(.diverged, step, "gap or speed is no longer a finite number")
        break
      }
      sample(at: step + 1)
      note(at: step)
      if follower.gap <= 0 {
        collide(in: step, from: before)
        break
      }
    }
    record.endTime = record.impactTime ?? CarFollowingPlan.step.time(after: record.steps)
    record.finalGap = follower.gap
    record.distance = follower.travelled
    return record
  }

  private func failure(_ cause: RunFailure.Cause, _ step: Int, _ reason: String) -> RunFailure {
    RunFailure(cause: cause, step: step, time: CarFollowingPlan.step.time(after: step), reason: reason)
  }

  /// The gap is close to linear within a step.
  private mutating func collide(in step: Int, from before: CarFollower) {
    let share = before.gap / max(before.gap - follower.gap, .leastNonzeroMagnitude)
    let time = CarFollowingPlan.step.time(after: step) + share * CarFollower.stepLength
    let own = before.speed + share * (follower.speed - before.speed)
    let leader = leaderSpeeds[step] + share * (leaderSpeeds[step + 1] - leaderSpeeds[step])
    record.impactTime = time
    record.impactSpeed = max(0, own - leader)
    note("collision", time, "hit the leader with \(rounded(max(0, own - leader) * 3.6)) km/h of closing speed")
  }

  private mutating func note(at step: Int) {
    let time = CarFollowingPlan.step.time(after: step)
    if follower.acceleration <= -Self.hardBraking, !brakesHard {
      note(
        "hard_braking", time,
        "brakes with \(rounded(-follower.acceleration)) m/s² at a gap of \(rounded(follower.gap)) m")
    }
    brakesHard = follower.acceleration <= -Self.hardBraking
  }

  private mutating func note(_ kind: String, _ time: Double, _ reason: String) {
    guard record.decisions.count < Self.maximumDecisions else { return }
    record.decisions.append(Decision(time: time + plan.leader.start, kind: kind, reason: reason))
  }

  private mutating func sample(at index: Int) {
    let leaderSpeed = leaderSpeeds[index]
    let gap = max(0, follower.gap)
    let closing = follower.speed - leaderSpeed
    let timeToCollision = closing > 0 ? gap / closing : .nan
    record.gaps.add(gap)
    record.speeds.add(follower.speed)
    record.accelerations.add(follower.acceleration)
    if follower.speed >= Self.slowestHeadway { record.headways.add(gap / follower.speed) }
    if closing > 0 { record.minimumTimeToCollision = min(record.minimumTimeToCollision, timeToCollision) }
    let time = plan.leader.start + CarFollowingPlan.step.time(after: index)
    let centre = plan.road.point(at: follower.travelled)
    let ego = TraceSample(
      time: time, actor: 0, x: centre.x, y: centre.y, heading: plan.road.heading, speed: follower.speed,
      acceleration: follower.acceleration)
    ego.hash(into: &record.hash)
    record.hash.combine(gap)
    guard record.trace != nil else { return }
    record.trace?.append(ego, extras: [gap, timeToCollision])
    let ahead = plan.road.point(
      at: follower.travelled + gap + 0.5 * (plan.vehicleLength + plan.leaderLength))
    let next = index + 1 < leaderSpeeds.count ? leaderSpeeds[index + 1] : leaderSpeed
    record.trace?.append(
      TraceSample(
        time: time, actor: 1, x: ahead.x, y: ahead.y, heading: plan.road.heading, speed: leaderSpeed,
        acceleration: (next - leaderSpeed) / CarFollower.stepLength))
  }
}
