import SimulationKernel

/// Finds the least value of a function on the unit cube: differential evolution over all of it, then the simplex of
/// Nelder and Mead from the best point found. Deterministic for a seed, and bounded in evaluations.
///
/// Sources: R. Storn, K. Price, J. Global Optimization 11 (1997) 341, strategies rand/1/bin and best/1/bin in turn;
/// J. Nelder, R. Mead, The Computer Journal 7 (1965) 308.
struct GlobalMinimiser {
  /// Members of the population.
  var population = 40
  var generations = 60
  /// Simplex steps of each of the two restarts.
  var simplexSteps = 300

  private static let crossover = 0.8
  private static let weights = 0.5...0.9
  private static let restarts = 2
  private static let simplexSize = 0.05

  struct Minimum {
    var point: [Double]
    var value: Double
  }

  /// - Parameter first: a point to begin with, beside random ones.
  func minimise(
    dimensions: Int, first: [Double]?, stream: inout RandomStream, _ function: ([Double]) -> Double
  ) -> Minimum {
    var best = evolve(dimensions, first, &stream, function)
    for _ in 0..<Self.restarts { best = descend(from: best, function) }
    return best
  }

  // MARK: Differential evolution

  private func evolve(
    _ dimensions: Int, _ first: [Double]?, _ stream: inout RandomStream, _ function: ([Double]) -> Double
  ) -> Minimum {
    var members = (0..<population).map { index in
      if index == 0, let first { return first }
      return (0..<dimensions).map { _ in stream.uniform() }
    }
    var values = members.map(function)
    func pick() -> Int { min(population - 1, Int(stream.uniform() * Double(population))) }
    for _ in 0..<generations {
      let best = values.indices.min { values[$0] < values[$1] } ?? 0
      for index in members.indices {
        let (a, b, c) = (pick(), pick(), pick())
        let weight = stream.uniform(in: Self.weights)
        let base = members[index.isMultiple(of: 2) ? c : best]
        let forced = min(dimensions - 1, Int(stream.uniform() * Double(dimensions)))
        var trial = members[index]
        for d in 0..<dimensions where d == forced || stream.uniform() < Self.crossover {
          let moved = base[d] + weight * (members[a][d] - members[b][d])
          // Beyond a bound: somewhere between the bound and where it came from.
          trial[d] =
            moved < 0
            ? members[index][d] * stream.uniform()
            : moved > 1 ? 1 - (1 - members[index][d]) * stream.uniform() : moved
        }
        let value = function(trial)
        if value <= values[index] { (members[index], values[index]) = (trial, value) }
      }
    }
    let best = values.indices.min { values[$0] < values[$1] } ?? 0
    return Minimum(point: members[best], value: values[best])
  }

  // MARK: Simplex

  private func descend(from start: Minimum, _ function: ([Double]) -> Double) -> Minimum {
    let dimensions = start.point.count
    var corners = [start]
    for d in 0..<dimensions {
      var point = start.point
      point[d] += point[d] > 0.5 ? -Self.simplexSize : Self.simplexSize
      corners.append(Minimum(point: point, value: function(point)))
    }
    for _ in 0..<simplexSteps {
      corners.sort { $0.value < $1.value }
      let worst = corners[dimensions]
      var centre = [Double](repeating: 0, count: dimensions)
      for corner in corners.dropLast() {
        for d in 0..<dimensions { centre[d] += corner.point[d] / Double(dimensions) }
      }
      func tried(_ factor: Double) -> Minimum {
        let point = (0..<dimensions).map { min(1, max(0, centre[$0] + factor * (worst.point[$0] - centre[$0]))) }
        return Minimum(point: point, value: function(point))
      }
      let reflected = tried(-1)
      if reflected.value < corners[0].value {
        let expanded = tried(-2)
        corners[dimensions] = expanded.value < reflected.value ? expanded : reflected
      } else if reflected.value < corners[dimensions - 1].value {
        corners[dimensions] = reflected
      } else {
        let contracted = tried(0.5)
        if contracted.value < worst.value {
          corners[dimensions] = contracted
        } else {
          for index in 1...dimensions {
            let point = (0..<dimensions).map { 0.5 * (corners[index].point[$0] + corners[0].point[$0]) }
            corners[index] = Minimum(point: point, value: function(point))
          }
        }
      }
    }
    return corners.min { $0.value < $1.value } ?? start
  }
}
