/// Small dense systems with a symmetric positive definite matrix, by Cholesky's decomposition.
enum SymmetricSolve {
  /// The inverse; nil when the matrix isn't positive definite, that is when the data can't tell the unknowns apart.
  static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let n = matrix.count
    // Unknowns of very different size are brought to a common one first.
    let scale = (0..<n).map { matrix[$0][$0].squareRoot() }
    guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var lower = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i][j] / (scale[i] * scale[j])
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        if i == j {
          guard sum > Self.smallestPivot else { return nil }
          lower[i][i] = sum.squareRoot()
        } else {
          lower[i][j] = sum / lower[j][j]
        }
      }
    }
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for column in 0..<n {
      var y = [Double](repeating: 0, count: n)
      for i in 0..<n {
        var sum = i == column ? 1.0 : 0
        for k in 0..<i { sum -= lower[i][k] * y[k] }
        y[i] = sum / lower[i][i]
      }
      for i in stride(from: n - 1, through: 0, by: -1) {
        var sum = y[i]
        for k in (i + 1)..<max(n, i + 1) { sum -= lower[k][i] * inverse[k][column] }
        inverse[i][column] = sum / lower[i][i]
      }
    }
    for i in 0..<n { for j in 0..<n { inverse[i][j] /= scale[i] * scale[j] } }
    return inverse
  }

  /// Of the matrix scaled to a unit diagonal: what is left of an unknown once the others are told.
  private static let smallestPivot = 1e-12
}

/// Linear least squares by the normal equations, with the covariance of the unknowns.
struct LeastSquares {
  private(set) var normal: [[Double]]
  private(set) var right: [Double]
  private(set) var squares = 0.0
  private(set) var count = 0

  init(unknowns: Int) {
    normal = [[Double]](repeating: [Double](repeating: 0, count: unknowns), count: unknowns)
    right = [Double](repeating: 0, count: unknowns)
  }

  mutating func add(_ regressors: [Double], _ value: Double, weight: Double = 1) {
    for i in regressors.indices {
      for j in regressors.indices { normal[i][j] += weight * regressors[i] * regressors[j] }
      right[i] += weight * regressors[i] * value
    }
    squares += weight * value * value
    count += 1
  }

  struct Solution {
    var values: [Double]
    /// Inverse of the normal matrix; times the variance of the errors, the covariance of the values.
    var inverse: [[Double]]
    /// Mean square of what is left.
    var meanSquare: Double
  }

  /// nil when the data can't tell the unknowns apart.
  var solution: Solution? {
    guard let inverse = SymmetricSolve.inverse(normal) else { return nil }
    let values = inverse.map { row in zip(row, right).reduce(0) { $0 + $1.0 * $1.1 } }
    let explained = zip(values, right).reduce(0) { $0 + $1.0 * $1.1 }
    return Solution(values: values, inverse: inverse, meanSquare: max(0, squares - explained) / Double(max(1, count)))
  }
}
