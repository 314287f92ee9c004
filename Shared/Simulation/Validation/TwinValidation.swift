#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationEstimation

/// The four validation metrics of the product, of one twin over a recorded drive.
///
/// The drive is replayed through the twin's virtual vehicle, which at each moment knows only what came before. Each metric
/// is 0 to 1, and nil where nothing measured supports it.
public struct TwinValidation: Sendable, Hashable {
  /// One metric with what stands behind it.
  public struct Metric: Sendable, Hashable {
    /// 0 to 1; nil when no sample supports it.
    public var value: Double?
    /// Comparisons behind it.
    public var count: Int
    /// How it is calculated, in words; for a nil value also why.
    public var method: String
    /// What it is made of, by name with the unit in the name.
    public var details: [String: Double]
  }

  public let physicsAccuracy: Metric
  public let sensorFidelity: Metric
  public let behaviouralConsistency: Metric
  public let performanceCorrelation: Metric

  /// Samples between two looks at whether to stop.
  private static let stopInterval = 1_000

  /// Replays a drive.
  ///
  /// - Parameters:
  ///   - drive: ascending in time.
  ///   - isStopped: asked now and then; nil is returned once it is true.
  public init?(of drive: [ValidationSample], _ subject: ValidationSubject, isStopped: () -> Bool = { false }) {
    var replay = DriveReplay(subject.vehicle)
    var physics = PhysicsTally()
    var behaviour = BehaviourTally(driver: subject.driver)
    var performance = PerformanceTally(power: subject.power)
    for (index, sample) in drive.enumerated() {
      if index.isMultiple(of: Self.stopInterval), isStopped() { return nil }
      replay.take(sample) { comparison in
        physics.add(comparison)
        behaviour.add(comparison)
        performance.add(comparison)
      }
    }
    performance.finish()
    physicsAccuracy = physics.metric
    sensorFidelity = Self.fidelity(replay.coverage)
    behaviouralConsistency = behaviour.metric
    performanceCorrelation = performance.metric
  }

  private static func fidelity(_ coverage: [Channel: StatedCoverage]) -> Metric {
    var details: [String: Double] = [:]
    var (sum, count) = (0.0, 0)
    for (channel, readings) in coverage {
      guard let share = readings.share, let fidelity = readings.fidelity else { continue }
      let name = channel.rawValue.split(separator: "_").dropLast().joined(separator: "_")
      details["\(name)_share"] = share
      details["\(name)_readings"] = Double(readings.count)
      sum += fidelity * Double(readings.count)
      count += readings.count
    }
    var method =
      "Each reading of each channel is compared with what the twin expected of it; counted is whether "
      + "it lies within the 95 % bounds that estimate and sensor state together. Per channel 1 - |share - 0.95| / 0.95, "
      + "and of these the mean by readings. Detections of objects are not compared, as nothing predicts them."
    if count == 0 { method += " Absent: no reading came with an expectation." }
    return Metric(value: count > 0 ? sum / Double(count) : nil, count: count, method: method, details: details)
  }
}

/// Predicted against measured motion.
private struct PhysicsTally {
  /// Ways shorter than this within a second are rest, which tells nothing of motion, m.
  private static let shortestWay = 0.5

  private var ways = TheilAccuracy()
  private var speeds = TheilAccuracy()
  private var turns = TheilAccuracy()

  mutating func add(_ comparison: DriveReplay.Comparison) {
    if let predicted = comparison.predictedWay, let measured = comparison.measuredWay {
      let lengths = (hypot(predicted.x, predicted.y), hypot(measured.x, measured.y))
      if max(lengths.0, lengths.1) >= Self.shortestWay {
        ways.add(
          predicted: lengths.0, measured: lengths.1,
          difference: hypot(predicted.x - measured.x, predicted.y - measured.y))
      }
    }
    if let predicted = comparison.predictedSpeed, let measured = comparison.measuredSpeed,
      max(abs(predicted), abs(measured)) >= Self.shortestWay / DriveReplay.horizon
    {
      speeds.add(predicted: predicted, measured: measured, difference: predicted - measured)
    }
    if let predicted = comparison.predictedTurn, let measured = comparison.measuredTurn {
      turns.add(predicted: predicted, measured: measured, difference: predicted - measured)
    }
  }

  var metric: TwinValidation.Metric {
    var details: [String: Double] = [:]
    details["displacement_rmse_m"] = ways.rmse
    details["speed_rmse_mps"] = speeds.rmse
    details["turn_rmse_rad"] = turns.rmse
    let (used, what) = ways.count > 0 ? (ways, "displacement") : (speeds, "speed")
    var method =
      "1 - U of predictions 1 s ahead, where U is Theil's inequality coefficient of the predicted and the measured "
      + "\(what): root mean square error over the sum of both root mean squares. Rest (below 0.5 m/s) is left out."
    if used.count == 0 { method += " Absent: no motion was measured at the end of a prediction." }
    return TwinValidation.Metric(value: used.accuracy, count: used.count, method: method, details: details)
  }
}

/// Predicted against taken decisions.
private struct BehaviourTally {
  /// Speeding up or slowing down by more counts as a decision, m/s²: about two standard deviations of the difference of
  /// two speeds a second apart that are each measured to 0.1 m/s.
  private static let acceleration = 0.3
  /// Turning by more within a second does, rad: two standard deviations of the difference of two headings that are each
  /// measured to 0.02 rad.
  private static let turn = 0.06

  private let driver: (@Sendable (Double, Double, Double) -> Double)?
  private var pedals = ChoiceAgreement(alternatives: 3)
  private var wheel = ChoiceAgreement(alternatives: 3)

  init(driver: (@Sendable (Double, Double, Double) -> Double)?) { self.driver = driver }

  mutating func add(_ comparison: DriveReplay.Comparison) {
    if let driver, let following = comparison.following, let start = comparison.startSpeed,
      let end = comparison.measuredSpeed
    {
      let wanted = driver(following.gap, start, following.leaderSpeed)
      let taken = (end - start) / DriveReplay.horizon
      pedals.add(Self.choice(wanted, Self.acceleration), Self.choice(taken, Self.acceleration))
    }
    if let predicted = comparison.predictedTurn, let measured = comparison.measuredTurn {
      wheel.add(Self.choice(predicted, Self.turn), Self.choice(measured, Self.turn))
    }
  }

  /// Less, nothing, more: 0, 1, 2.
  private static func choice(_ value: Double, _ threshold: Double) -> Int {
    value > threshold ? 2 : value < -threshold ? 0 : 1
  }

  var metric: TwinValidation.Metric {
    var details: [String: Double] = [:]
    for (name, choices) in [("pedals", pedals), ("wheel", wheel)] where choices.count > 0 {
      details["\(name)_share"] = choices.share
      details["\(name)_kappa"] = choices.kappa
      details["\(name)_decisions"] = Double(choices.count)
    }
    let shares = [pedals.share, wheel.share].compactMap(\.self)
    var method =
      "Share of decisions over 1 s that were taken as predicted; the mean of pedals and wheel. Pedals (brake, coast, "
      + "accelerate; by 0.3 m/s2): the twin's driver model, told gap and speeds, against the speed that followed. Wheel "
      + "(left, straight, right; by 0.06 rad): the twin's predicted turn against the measured one. The details hold "
      + "Cohen's kappa, the agreement beyond chance."
    if pedals.count == 0 { method += " Pedals are left out: no sample tells of a vehicle ahead." }
    if shares.isEmpty { method += " Absent: no decision could be compared." }
    return TwinValidation.Metric(
      value: shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count), count: pedals.count + wheel.count,
      method: method, details: details)
  }
}

/// Predicted against measured performance.
private struct PerformanceTally {
  /// Length of an interval, s, and the comparisons of a second each that it needs.
  private static let interval = 10.0
  private static let seconds = 8
  /// Distances of intervals that vary by less say more about the sensors than about the vehicle, m.
  private static let leastDistanceDeviation = 1.0
  /// The same for mean powers, as a share of their mean: the resolution of consumption meters.
  private static let leastPowerDeviation = 0.02

  private let power: (@Sendable (Double, Double) -> Double)?
  private var distances = PearsonCorrelation()
  private var powers = PearsonCorrelation()
  private var powerSum = 0.0
  private var current = Interval()

  private struct Interval {
    var start: Double?
    var lastSecond = -Double.infinity
    var distance = (predicted: 0.0, measured: 0.0, count: 0)
    var energy = (predicted: 0.0, measured: 0.0, count: 0)
  }

  init(power: (@Sendable (Double, Double) -> Double)?) { self.power = power }

  mutating func add(_ comparison: DriveReplay.Comparison) {
    if let start = current.start, comparison.time >= start + Self.interval { finish() }
    current.start = current.start ?? comparison.time
    // Seconds that don't overlap.
    guard comparison.time >= current.lastSecond + DriveReplay.horizon * 0.999 else { return }
    current.lastSecond = comparison.time
    if let predicted = comparison.predictedWay, let measured = comparison.measuredWay {
      current.distance.predicted += hypot(predicted.x, predicted.y)
      current.distance.measured += hypot(measured.x, measured.y)
      current.distance.count += 1
    }
    if let power, let energy = comparison.measuredEnergy, let start = comparison.startSpeed,
      let end = comparison.predictedSpeed
    {
      current.energy.predicted += power(0.5 * (start + end), (end - start) / DriveReplay.horizon) * DriveReplay.horizon
      current.energy.measured += energy
      current.energy.count += 1
    }
  }

  mutating func finish() {
    if current.distance.count >= Self.seconds {
      let count = Double(current.distance.count)
      distances.add(current.distance.predicted / count, current.distance.measured / count)
    }
    if current.energy.count >= Self.seconds {
      let count = Double(current.energy.count)
      powers.add(current.energy.predicted / count, current.energy.measured / count)
      powerSum += current.energy.measured / count
    }
    current = Interval()
  }

  var metric: TwinValidation.Metric {
    var details: [String: Double] = [:]
    var coefficients: [Double] = []
    var count = 0
    let distanceDeviation = (distances.deviationY ?? 0) * Self.interval
    if distanceDeviation >= Self.leastDistanceDeviation, let r = distances.coefficient {
      details["distance_correlation"] = r
      details["distance_intervals"] = Double(distances.count)
      coefficients.append(r)
      count += distances.count
    }
    let meanPower = powers.count > 0 ? powerSum / Double(powers.count) : 0
    if let deviation = powers.deviationY, deviation >= Self.leastPowerDeviation * meanPower, let r = powers.coefficient
    {
      details["energy_correlation"] = r
      details["energy_intervals"] = Double(powers.count)
      coefficients.append(r)
      count += powers.count
    }
    var method =
      "Pearson's r of predicted and measured performance over intervals of 10 s: distance (sum of predictions 1 s ahead), "
      + "and energy where energy_j is reported (road load and power train at the predicted speed). The mean of both, a "
      + "negative one counting as 0."
    if coefficients.isEmpty {
      method += " Absent: it takes three intervals of 10 s whose distances vary by more than 1 m."
    }
    let mean = coefficients.isEmpty ? nil : coefficients.reduce(0, +) / Double(coefficients.count)
    return TwinValidation.Metric(value: mean.map { max(0, $0) }, count: count, method: method, details: details)
  }
}
