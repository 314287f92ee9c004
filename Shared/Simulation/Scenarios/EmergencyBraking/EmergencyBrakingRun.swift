import SimulationBehaviour
import SimulationKernel
import SimulationSensors
import SimulationVehicles

/// What one repetition found, before anyone judges it.
struct EmergencyBrakingRecord: Sendable {
  var detectionTime: Double?
  var warningTime: Double?
  var demandTime: Double?
  var demandPosition: Double?
  var demandSpeed: Double?
  var decelerationTime: Double?
  var impactTime: Double?
  /// Closing speed at the impact, m/s.
  var impactSpeed: Double?
  var minimumGap = Double.infinity
  var minimumTimeToCollision = Double.infinity
  var maximumDeceleration = 0.0
  /// From the demand to standstill, as if nothing stood in the way.
  var stoppingDistance: Double?
  var stoppingTime: Double?
  var decisions: [Decision] = []
  var steps = 0
  var endTime = 0.0
  var hash = StateHash()
  var failure: RunFailure?
  var trace: Trace?
}

/// One repetition of an emergency braking scenario, advanced step by step.
struct EmergencyBrakingRun {
  private let plan: EmergencyBrakingPlan
  private let request: RunRequest
  private var vehicle: BrakingVehicle
  private var sensor: RangeSensor?
  private var tracker = RangeTracker()
  private var assist: EmergencyBrakeAssist?
  private var demanded = 0.0
  private var wasDetected = false
  private var lastSampleTime = -Double.infinity
  private var record = EmergencyBrakingRecord()

  init(_ plan: EmergencyBrakingPlan, seed: RunSeed, request: RunRequest, recordsTrace: Bool) {
    self.plan = plan
    self.request = request
    vehicle = BrakingVehicle(parameters: plan.motion, actuator: plan.actuator, speed: plan.initialSpeed)
    if let parameters = plan.sensor, plan.manoeuvre == .aeb {
      sensor = RangeSensor(parameters: parameters, step: plan.step, stream: seed.stream(for: "ego/radar"))
      var tracking = RangeTracker.Parameters()
      tracking.rangeDeviation = parameters.rangeDeviation
      tracking.rangeRateDeviation = parameters.rangeRateDeviation
      tracker = RangeTracker(parameters: tracking)
    }
    assist = plan.assist.map(EmergencyBrakeAssist.init)
    if recordsTrace {
      record.trace = Trace(
        actors: plan.obstacle == .none ? ["ego"] : ["ego", "obstacle"], extraColumns: EmergencyBraking.traceColumns)
    }
  }

  /// Runs to standstill, impact, or the end of closing in.
  consuming func run() -> EmergencyBrakingRecord {
    var count = 0
    while true {
      if plan.manoeuvre == .aeb { control(at: count) } else if count == 0 { demandBrakes(plan.demand) }
      observe()
      if count % plan.sampleSteps == 0 { sample() }
      if let failure = failure(at: count) {
        record.failure = failure
        break
      }
      if isOver { break }
      count += 1
      let end = plan.step.time(after: count)
      let before = vehicle
      vehicle.advance(to: end)
      if plan.obstacle != .none, gap(of: vehicle) <= 0 {
        collide(between: before, and: vehicle)
        break
      }
    }
    record.steps = count
    finish()
    return record
  }

  // MARK: One step

  private func gap(of vehicle: BrakingVehicle) -> Double {
    plan.obstaclePosition(at: vehicle.time) - vehicle.state.position
  }

  private var closingSpeed: Double { vehicle.state.speed - plan.obstacleSpeed }

  /// Over at standstill, or when a moving obstacle is no longer approached.
  private var isOver: Bool {
    vehicle.isAtRest || (plan.obstacle != .none && vehicle.demandTime <= vehicle.time && closingSpeed <= 0)
  }

  private mutating func control(at count: Int) {
    let acceleration = vehicle.acceleration
    let target = RangeTarget(range: gap(of: vehicle), rangeRate: -closingSpeed)
    if let frame = sensor?.run(at: count, seeing: target) {
      let detection = frame.detection.map { RangeTracker.Estimate(range: $0.range, rangeRate: $0.rangeRate) }
      tracker.update(detection, measuredAt: frame.time, ownAcceleration: acceleration)
      noteTracking()
    }
    guard assist != nil, count % plan.controlSteps == 0 else { return }
    let object = tracker.isConfirmed ? tracker.estimate(at: vehicle.time, ownAcceleration: acceleration) : nil
    guard let reason = assist?.decide(about: object), let phase = assist?.phase else { return }
    if phase == .warning {
      record.warningTime = vehicle.time
      note("collision_warning", reason)
    } else if phase == .braking {
      if record.warningTime == nil { record.warningTime = vehicle.time }
      note("emergency_brake", reason)
      demandBrakes(plan.demand)
    }
  }

  private mutating func demandBrakes(_ deceleration: Double) {
    record.demandTime = vehicle.time
    record.demandPosition = vehicle.state.position
    record.demandSpeed = vehicle.state.speed
    demanded = deceleration
    vehicle.brake(deceleration)
  }

  private mutating func observe() {
    let deceleration = -vehicle.acceleration
    record.maximumDeceleration = max(record.maximumDeceleration, deceleration)
    guard plan.obstacle != .none else { return }
    let gap = gap(of: vehicle)
    record.minimumGap = min(record.minimumGap, gap)
    if closingSpeed > 0 { record.minimumTimeToCollision = min(record.minimumTimeToCollision, gap / closingSpeed) }
  }

  private func failure(at count: Int) -> RunFailure? {
    if !vehicle.state.isFinite {
      return failure(.diverged, count, "position, speed or brake pressure is no longer a finite number")
    }
    if count >= plan.maximumSteps {
      return failure(.timedOut, count, "the run hasn't ended within maximum_duration_s")
    }
    if count % Self.stepsBetweenCancellationChecks == 0, request.isCancelled?() == true {
      return failure(.cancelled, count, "the run was cancelled")
    }
    return nil
  }

  private static let stepsBetweenCancellationChecks = 1_024

  private func failure(_ cause: RunFailure.Cause, _ count: Int, _ reason: String) -> RunFailure {
    RunFailure(cause: cause, step: count, time: plan.step.time(after: count), reason: reason)
  }

  // MARK: The end

  /// Finds the instant of the impact inside the last step by bisection, to a nanosecond.
  private mutating func collide(between before: BrakingVehicle, and after: BrakingVehicle) {
    var (early, late) = (before, after)
    while late.time - early.time > 1e-9 {
      var middle = before
      middle.advance(to: early.time + 0.5 * (late.time - early.time))
      if gap(of: middle) <= 0 { late = middle } else { early = middle }
    }
    vehicle = late
    record.impactTime = late.time
    record.impactSpeed = max(0, closingSpeed)
    record.minimumGap = 0
    record.minimumTimeToCollision = 0
    sample()
    note("collision", at: late.time, "hit the obstacle with \(rounded(closingSpeed * 3.6)) km/h of closing speed")
  }

  private mutating func finish() {
    record.endTime = min(vehicle.time, vehicle.stopTime)
    if vehicle.isAtRest, record.impactTime == nil {
      record.minimumGap = min(record.minimumGap, plan.obstacle == .none ? .infinity : gap(of: vehicle))
      note("standstill", at: vehicle.stopTime, "came to rest after \(rounded(vehicle.state.position)) m")
    } else if isOver, record.impactTime == nil {
      note("approach_ended", at: vehicle.time, "is no longer faster than the obstacle")
    }
    if record.impactTime == nil { sampleEnd() }
    record.hash.combine(record.endTime)
    record.hash.combine(record.minimumGap)
    guard record.failure == nil, let start = record.demandPosition, let demandTime = record.demandTime else { return }
    let firstDeceleration = demandTime + plan.actuator.deadTime
    if firstDeceleration <= record.endTime { record.decelerationTime = firstDeceleration }
    var rest = vehicle
    var steps = 0
    while !rest.isAtRest, steps < Self.maximumContinuationSteps {
      steps += 1
      rest.advance(to: rest.time + Self.continuationStep)
    }
    guard rest.isAtRest else { return }
    record.stoppingDistance = rest.state.position - start
    record.stoppingTime = rest.stopTime - demandTime
  }

  /// Beyond an impact only the stop itself is of interest, so the steps may be longer: 50 ms over at most an hour.
  private static let continuationStep = 0.05
  private static let maximumContinuationSteps = 72_000

  // MARK: Notes, trace and hash

  private mutating func noteTracking() {
    if tracker.isConfirmed, !wasDetected {
      wasDetected = true
      if record.detectionTime == nil { record.detectionTime = vehicle.time }
      note("object_confirmed", at: vehicle.time, "an object is tracked \(rounded(gap(of: vehicle))) m ahead")
    } else if !tracker.hasObject, wasDetected {
      wasDetected = false
      note("object_lost", at: vehicle.time, "too many frames in a row showed nothing")
    }
  }

  private mutating func note(_ kind: String, _ reason: EmergencyBrakeAssist.Reason) {
    note(
      kind, at: vehicle.time,
      """
      \(reason.criterion.rawValue): gap \(rounded(reason.gap)) m, closing speed \(rounded(reason.closingSpeed)) m/s, \
      required deceleration \(rounded(reason.requiredDeceleration)) m/s², time to collision \
      \(rounded(reason.timeToCollision)) s
      """)
  }

  private mutating func note(_ kind: String, at time: Double, _ reason: String) {
    guard record.decisions.count < Self.maximumDecisions else { return }
    record.decisions.append(Decision(time: time, kind: kind, reason: reason))
  }

  /// A sensor that drops out all the time could note a lost object every few frames.
  private static let maximumDecisions = 200

  /// The row at the very end, unless the end falls on a sample.
  private mutating func sampleEnd() { if lastSampleTime < record.endTime { sample() } }

  private mutating func sample() {
    let time = min(vehicle.time, vehicle.stopTime)
    lastSampleTime = time
    let hasObstacle = plan.obstacle != .none
    let centre = plan.road.point(at: vehicle.state.position)
    let ego = TraceSample(
      time: time, actor: 0, x: centre.x, y: centre.y, heading: plan.road.heading, speed: vehicle.state.speed,
      acceleration: vehicle.acceleration)
    ego.hash(into: &record.hash)
    let gap = gap(of: vehicle)
    if hasObstacle { record.hash.combine(gap) }
    guard record.trace != nil else { return }
    let tracked =
      tracker.isConfirmed ? tracker.estimate(at: vehicle.time, ownAcceleration: vehicle.acceleration) : nil
    let extras: [Double] = [
      demanded, vehicle.state.brakeRatio, hasObstacle ? gap : .nan,
      hasObstacle && closingSpeed > 0 ? gap / closingSpeed : .nan, tracked?.range ?? Double.nan,
      tracked.map { -$0.rangeRate } ?? Double.nan, record.warningTime == nil ? 0 : 1,
    ]
    record.trace?.append(ego, extras: extras)
    guard hasObstacle else { return }
    // The vehicle's trace follows its centre, so the obstacle's nearest face lies half a length further on.
    let face = plan.road.point(at: plan.obstaclePosition(at: vehicle.time) + 0.5 * plan.vehicleLength)
    record.trace?.append(
      TraceSample(
        time: time, actor: 1, x: face.x, y: face.y, heading: plan.road.heading, speed: plan.obstacleSpeed,
        acceleration: 0))
  }
}

/// Three decimals for sentences; figures for programs are elsewhere.
func rounded(_ value: Double) -> String {
  guard value.isFinite else { return value > 0 ? "unlimited" : "undefined" }
  let thousandths = (value.magnitude * 1_000).rounded()
  let whole = (thousandths / 1_000).rounded(.down)
  let fraction = String(Int(thousandths - whole * 1_000))
  let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
  return "\(value < 0 && thousandths > 0 ? "-" : "")\(Int(whole)).\(padded)"
}
