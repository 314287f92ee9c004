#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationEstimation

/// Drives a virtual vehicle along a recorded drive and sets what it predicted against what came.
struct DriveReplay {
  /// How far predictions look ahead, s.
  static let horizon = 1.0
  /// At most so many predictions a second: more tell nothing new, since they overlap.
  static let shortestInterval = 0.1
  /// What was measured at the end of a prediction is interpolated between samples no farther apart than this, s.
  static let longestBracket = 0.5

  /// What was predicted for a moment a second ahead, and what was measured then.
  struct Comparison {
    /// Of the prediction's start, s since the drive's start.
    var time: Double
    /// Way within the second, m: along east and north; nil while positions are unknown.
    var predictedWay: (x: Double, y: Double)?
    var measuredWay: (x: Double, y: Double)?
    var predictedSpeed: Double?
    var measuredSpeed: Double?
    /// Change of the direction within the second, rad.
    var predictedTurn: Double?
    var measuredTurn: Double?
    /// Measured speed at the start, m/s.
    var startSpeed: Double?
    /// What the driver is told at the start.
    var following: (gap: Double, leaderSpeed: Double)?
    /// Energy drawn within the second, J.
    var measuredEnergy: Double?
  }

  /// A prediction whose end hasn't come yet.
  private struct Pending {
    var start: Double
    var state: VirtualState
    var prediction: PredictedState?
    var sample: ValidationSample
  }

  private var vehicle: VirtualVehicle
  private var pending: [Pending] = []
  private var last: (time: Double, sample: ValidationSample)?
  private var origin: Int64?
  private var frame: LocalFrame?

  private(set) var coverage: [Channel: StatedCoverage] = [:]

  init(_ vehicle: VirtualVehicle) { self.vehicle = vehicle }

  /// Takes in the next sample and passes on every comparison that it completes.
  mutating func take(_ sample: ValidationSample, _ compared: (Comparison) -> Void) {
    var sample = sample
    sample.motion = localized(sample.motion)
    let start = origin ?? sample.motion.nanoseconds
    origin = start
    let time = Double(sample.motion.nanoseconds - start) / 1e9
    guard last.map({ time > $0.time }) ?? true else { return }
    let before = vehicle
    switch vehicle.ingest(sample.motion) {
    case .applied: judgeReadings(sample.motion, before: before)
    case .started: pending.removeAll()
    case .duplicate, .retrodicted, .late, .rejected: return
    }
    complete(until: sample, at: time, compared)
    predict(from: sample, at: time)
    last = (time, sample)
  }

  /// All positions in one local frame, so that ways can be told apart.
  private mutating func localized(_ motion: VehicleSample) -> VehicleSample {
    guard motion.local == nil, let geodetic = motion.geodetic else { return motion }
    let frame = frame ?? LocalFrame(origin: geodetic)
    self.frame = frame
    let point = frame.local(geodetic)
    var motion = motion
    motion.local = .init(x: point.x, y: point.y)
    motion.geodetic = nil
    return motion
  }

  // MARK: Readings

  /// χ² with one and two degrees of freedom stays below these with a probability of 95 %.
  private static let bounds95 = (one: 3.841_458_820_694_124, two: 5.991_464_547_107_979)

  /// Compares each reading with what the vehicle expected of it, in units of the deviation that estimate and sensor
  /// state together.
  private mutating func judgeReadings(_ motion: VehicleSample, before: VirtualVehicle) {
    for (channel, square) in before.normalisedSquares(of: motion) {
      let bound = channel == .position ? Self.bounds95.two : Self.bounds95.one
      coverage[channel, default: StatedCoverage()].add(isInside: square <= bound)
    }
  }

  // MARK: Predictions

  private mutating func predict(from sample: ValidationSample, at time: Double) {
    if let newest = pending.last, time - newest.start < Self.shortestInterval * 0.999 { return }
    guard let state = vehicle.state else { return }
    pending.append(
      Pending(start: time, state: state, prediction: vehicle.predictions(at: [Self.horizon]).first, sample: sample))
  }

  private mutating func complete(until sample: ValidationSample, at time: Double, _ compared: (Comparison) -> Void) {
    var done = 0
    while done < pending.count, pending[done].start + Self.horizon <= time {
      if let last, time - last.time <= Self.longestBracket {
        compared(comparison(pending[done], between: last, and: (time, sample)))
      }
      done += 1
    }
    pending.removeFirst(done)
  }

  private func comparison(
    _ prediction: Pending, between a: (time: Double, sample: ValidationSample),
    and b: (time: Double, sample: ValidationSample)
  ) -> Comparison {
    let share = b.time > a.time ? max(0, (prediction.start + Self.horizon - a.time) / (b.time - a.time)) : 1
    func between(_ value: (ValidationSample) -> Double?) -> Double? {
      guard let first = value(a.sample), let second = value(b.sample) else { return nil }
      return first + share * (second - first)
    }
    var comparison = Comparison(time: prediction.start)
    let base = prediction.state
    if let local = base.local, let x = between({ $0.motion.local?.x }), let y = between({ $0.motion.local?.y }) {
      comparison.measuredWay = (x - local.x, y - local.y)
      if let ahead = prediction.prediction {
        comparison.predictedWay = (ahead.local.x - local.x, ahead.local.y - local.y)
      }
    }
    comparison.measuredSpeed = between { $0.motion.speed }
    comparison.startSpeed = prediction.sample.motion.speed
    // Without position or direction there is no prediction, but the speed can still be carried on.
    comparison.predictedSpeed =
      prediction.prediction?.speed ?? max(0, base.speed + base.acceleration * Self.horizon)
    if let heading = base.heading, let ahead = prediction.prediction {
      comparison.predictedTurn = Angle.wrapped(ahead.heading - heading)
    }
    if let start = prediction.sample.motion.heading, let first = a.sample.motion.heading,
      let second = b.sample.motion.heading
    {
      comparison.measuredTurn = Angle.wrapped(first + share * Angle.wrapped(second - first) - start)
    } else if let start = prediction.sample.motion.yawRate, let end = between({ $0.motion.yawRate }) {
      comparison.measuredTurn = 0.5 * (start + end) * Self.horizon
    }
    if let gap = prediction.sample.leaderGap, let speed = prediction.sample.leaderSpeed {
      comparison.following = (gap, speed)
    }
    if let start = prediction.sample.energy, let end = between({ $0.energy }), end >= start {
      comparison.measuredEnergy = end - start
    }
    return comparison
  }
}
