/// Least squares of the scalability law on one face of its bounds.
///
/// N/X is linear in 1/γ, α/γ and β/γ, so each round is a linear problem. With the weights X̂³X/N² of the fitted X̂, the
/// normal equations at the fixed point are exactly those of least squares on X.
struct ScalabilityFit {
  private(set) var perClient: Double
  private(set) var contention: Double
  private(set) var coherency: Double
  /// Sum of squared residuals of the throughput.
  private(set) var squares: Double

  func denominator(_ load: Double) -> Double { 1 + contention * (load - 1) + coherency * load * (load - 1) }

  /// nil where the points don't determine the parameters.
  init?(_ points: [UniversalScalability.Point], contention: Bool, coherency: Bool) {
    var fitted = points.map(\.throughput)
    self.perClient = 0
    self.contention = 0
    self.coherency = 0
    squares = .infinity
    for _ in 0..<50 {
      var rows: [[Double]] = []
      for (index, point) in points.enumerated() {
        let weight = fitted[index] * (fitted[index] * point.throughput).squareRoot() / point.load
        var row = [1.0]
        if contention { row.append(point.load - 1) }
        if coherency { row.append(point.load * (point.load - 1)) }
        row.append(point.load / point.throughput)
        rows.append(row.map { $0 * weight })
      }
      guard let solution = Self.leastSquares(rows), solution[0] > 0 else { return nil }
      let previous = squares
      perClient = 1 / solution[0]
      self.contention = contention ? solution[1] / solution[0] : 0
      self.coherency = coherency ? solution[solution.count - 1] / solution[0] : 0
      guard points.allSatisfy({ denominator($0.load) > 0 }) else { return nil }
      fitted = points.map { perClient * $0.load / denominator($0.load) }
      squares = zip(points, fitted).reduce(0) { $0 + ($1.0.throughput - $1.1) * ($1.0.throughput - $1.1) }
      if abs(previous - squares) <= 1e-12 * squares { break }
    }
  }

  /// Rows of coefficients with the right side last, by modified Gram–Schmidt.
  private static func leastSquares(_ rows: [[Double]]) -> [Double]? {
    let count = rows[0].count - 1
    var columns = (0...count).map { column in rows.map { $0[column] } }
    var upper = Array(repeating: Array(repeating: 0.0, count: count + 1), count: count)
    for pivot in 0..<count {
      let before = rows.reduce(0) { $0 + $1[pivot] * $1[pivot] }
      let size = columns[pivot].reduce(0) { $0 + $1 * $1 }
      guard size > 1e-20 * before, size > 0 else { return nil }
      upper[pivot][pivot] = 1
      for other in (pivot + 1)...count {
        let factor = zip(columns[pivot], columns[other]).reduce(0) { $0 + $1.0 * $1.1 } / size
        upper[pivot][other] = factor
        for row in columns[other].indices { columns[other][row] -= factor * columns[pivot][row] }
      }
    }
    var solution = Array(repeating: 0.0, count: count)
    for pivot in stride(from: count - 1, through: 0, by: -1) {
      solution[pivot] = upper[pivot][count]
      for other in (pivot + 1)..<max(count, pivot + 1) { solution[pivot] -= upper[pivot][other] * solution[other] }
    }
    return solution
  }
}
