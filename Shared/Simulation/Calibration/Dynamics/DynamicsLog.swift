import SimulationVehicles

/// A log cut into stretches without interruption, and what several fits take from it.
struct DynamicsLog: Sendable {
  /// Rows without a pause longer than a few sample intervals.
  var stretches: [[DynamicsRow]]
  /// Median seconds from row to row.
  var interval: Double

  /// A pause of more sample intervals than this ends a stretch.
  private static let longestPause = 3.0

  init(_ rows: some Collection<DynamicsRow>, interval: Double) {
    self.interval = interval
    stretches = []
    var current: [DynamicsRow] = []
    for row in rows {
      if let last = current.last, row.time - last.time > Self.longestPause * interval {
        stretches.append(current)
        current = []
      }
      current.append(row)
    }
    if !current.isEmpty { stretches.append(current) }
  }

  static func interval(of rows: [DynamicsRow]) -> Double {
    let steps = zip(rows, rows.dropFirst()).map { $1.time - $0.time }.sorted()
    return steps.isEmpty ? 0 : steps[steps.count / 2]
  }

  /// Consecutive blocks of `seconds` in which every row passes `isWanted`.
  func blocks(of seconds: Double, where isWanted: (DynamicsRow) -> Bool) -> [ArraySlice<DynamicsRow>] {
    var found: [ArraySlice<DynamicsRow>] = []
    for stretch in stretches {
      var first = stretch.startIndex
      for index in stretch.indices {
        guard isWanted(stretch[index]) else {
          first = index + 1
          continue
        }
        // A block shares its last row with the first of the next, so that changes add up.
        guard stretch[index].time - stretch[first].time >= seconds - 0.5 * interval else { continue }
        found.append(stretch[first...index])
        first = index
      }
    }
    return found
  }
}

/// What one part of the dynamics fit found.
struct DynamicsPart: Sendable {
  var parameters: [String: Estimate] = [:]
  var omitted: [String: String] = [:]
  var notes: [String] = []
  /// Errors of the fitted model on any log, by metric.
  var errors: @Sendable (DynamicsLog) -> [String: Double] = { _ in [:] }

  static func leftOut(_ names: [String], _ reason: String) -> DynamicsPart {
    DynamicsPart(omitted: Dictionary(names.map { ($0, reason) }) { first, _ in first })
  }
}

extension Sequence where Element == Double {
  /// nil for an empty sequence.
  var mean: Double? {
    var (sum, count) = (0.0, 0)
    for value in self {
      sum += value
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }

  var rootMeanSquare: Double? { map { $0 * $0 }.mean?.squareRoot() }
}

/// How much less a series of errors says than as many independent ones would: (1 + ρ)/(1 − ρ) with ρ the correlation of
/// neighbours, for errors of an AR(1) process (L. Bayley, J. Hammersley, J. Roy. Stat. Soc. B 8 (1946) 184).
func varianceInflation(_ errors: [Double]) -> Double {
  guard errors.count > 2 else { return 1 }
  let squares = errors.reduce(0) { $0 + $1 * $1 }
  guard squares > 0 else { return 1 }
  let neighbours = zip(errors, errors.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  let correlation = min(0.98, max(0, neighbours / squares))
  return (1 + correlation) / (1 - correlation)
}
