import SimulationEstimation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func cosine(_ angle: Double) -> Double { cos(angle) }
func sine(_ angle: Double) -> Double { sin(angle) }

/// Sums over the predictions for one horizon.
struct Tally {
  var count = 0
  var error = 0.0
  var inEllipse = 0
  var inCircle = 0
  var radius = 0.0
  var baselines: [Baseline: Double] = [:]

  var mean: Double { error / Double(count) }
  func mean(_ baseline: Baseline) -> Double { (baselines[baseline] ?? .nan) / Double(count) }

  /// The least mean error of the rivals of a kind.
  func best(velocity: Bool) -> (baseline: Baseline, mean: Double) {
    let kind = Baseline.allCases.filter { $0.isVelocity == velocity && $0.isRival }
    let best = kind.min { mean($0) < mean($1) } ?? kind[0]
    return (best, mean(best))
  }

  static func + (a: Tally, b: Tally) -> Tally {
    var sum = a
    sum.count += b.count
    sum.error += b.error
    sum.inEllipse += b.inEllipse
    sum.inCircle += b.inCircle
    sum.radius += b.radius
    for (baseline, error) in b.baselines { sum.baselines[baseline, default: 0] += error }
    return sum
  }
}

/// What a drive through the twin gave.
struct Evaluation {
  /// By horizon.
  var tallies: [Tally]
  var consistency: InnovationConsistency?

  /// Drives through a twin sample by sample; predictions of the rows in `judged` are compared with the position measured
  /// at their time. Nothing later than the row is known to any predictor.
  init(_ drive: Drive, judged: Range<Int>) {
    tallies = VirtualVehicle.horizons.map { _ in Tally() }
    var vehicle = VirtualVehicle()
    var sum = 0.0
    var freedom = 0
    for row in 0..<judged.upperBound {
      guard let sample = drive.sample(row) else { continue }
      _ = vehicle.ingest(sample)
      guard judged.contains(row) else { continue }
      sum += vehicle.divergence.innovationSum
      freedom += vehicle.divergence.degreesOfFreedom
      guard let state = vehicle.state, drive.rows[row].position != nil else { continue }
      let starts = Baseline.allCases.map { ($0, $0.start(drive, row, state)) }
      guard starts.allSatisfy({ $0.1 != nil }) else { continue }
      for (index, prediction) in vehicle.predictions().enumerated() {
        let due = row + Int((prediction.seconds / Drive.period).rounded())
        guard due < judged.upperBound, let real = drive.rows[due].position else { continue }
        let (dx, dy) = (real.x - prediction.local.x, real.y - prediction.local.y)
        let distance = (dx * dx + dy * dy).squareRoot()
        tallies[index].count += 1
        tallies[index].error += distance
        tallies[index].radius += prediction.region90Radius
        if prediction.covariance.normalisedSquare(x: dx, y: dy) <= PositionCovariance.quantile90 {
          tallies[index].inEllipse += 1
        }
        if distance <= prediction.region90Radius { tallies[index].inCircle += 1 }
        for (baseline, motion) in starts {
          guard let end = motion?.after(prediction.seconds) else { continue }
          let (ex, ey) = (real.x - end.x, real.y - end.y)
          tallies[index].baselines[baseline, default: 0] += (ex * ex + ey * ey).squareRoot()
        }
      }
    }
    consistency = freedom > 0 ? InnovationConsistency(sum: sum, degreesOfFreedom: freedom) : nil
  }
}
