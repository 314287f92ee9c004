import AccuracyReport

/// Predictions beside what was measured.
struct Comparison {
  var predicted: [Double] = []
  var measured: [Double] = []

  mutating func add(_ predicted: Double, _ measured: Double) {
    self.predicted.append(predicted)
    self.measured.append(measured)
  }

  mutating func add(_ other: Comparison) {
    predicted += other.predicted
    measured += other.measured
  }

  var count: Int { measured.count }

  /// |predicted − measured| / measured, ascending.
  private var relativeErrors: [Double] { zip(predicted, measured).map { abs($0 - $1) / $1 }.sorted() }

  /// Share of the predictions within a relative error.
  func share(within bound: Double) -> Double {
    Double(relativeErrors.count { $0 <= bound }) / Double(count)
  }

  var meanRelativeError: Double { relativeErrors.reduce(0, +) / Double(count) }

  /// The relative error that nine in ten predictions don't exceed: the value of rank ⌈0.9 n⌉.
  var ninthTenth: Double { relativeErrors[max(0, Int((0.9 * Double(count)).rounded(.up)) - 1)] }

  /// Mean of |predicted − measured|, in the unit of both.
  var meanAbsoluteError: Double { zip(predicted, measured).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(count) }

  var worstAbsoluteError: Double { zip(predicted, measured).map { abs($0 - $1) }.max() ?? .nan }

  /// Cells of a table: count, share within 5 %, mean and 90th percentile of the relative error, all in per cent.
  var cells: [String] {
    [
      "\(count)", Table.number(100 * share(within: 0.05), 1), Table.number(100 * meanRelativeError),
      Table.number(100 * ninthTenth),
    ]
  }
}

/// The baselines that a model has to beat.
enum Baseline {
  /// Least squares of `targets` on `rows` and a constant, with so little ridge that only collinear columns feel it.
  struct Linear {
    let weights: [Double]

    init(rows: [[Double]], targets: [Double]) {
      let width = rows[0].count + 1
      var matrix = Array(repeating: Array(repeating: 0.0, count: width), count: width)
      var right = Array(repeating: 0.0, count: width)
      for (row, target) in zip(rows, targets) {
        let extended = row + [1]
        for i in 0..<width {
          right[i] += extended[i] * target
          for j in 0..<width { matrix[i][j] += extended[i] * extended[j] }
        }
      }
      for i in 0..<width { matrix[i][i] += 1e-9 * max(1, matrix[i][i]) }
      weights = Self.solved(matrix, right)
    }

    func predict(_ row: [Double]) -> Double { zip(weights, row + [1]).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Gauss elimination with partial pivots.
    private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
      var a = matrix
      var b = right
      let n = b.count
      for column in 0..<n {
        let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
        a.swapAt(column, pivot)
        b.swapAt(column, pivot)
        for row in (column + 1)..<n {
          let factor = a[row][column] / a[column][column]
          guard factor != 0 else { continue }
          for k in column..<n { a[row][k] -= factor * a[column][k] }
          b[row] -= factor * b[column]
        }
      }
      for row in (0..<n).reversed() {
        for k in (row + 1)..<n { b[row] -= a[row][k] * b[k] }
        b[row] /= a[row][row]
      }
      return b
    }
  }
}

/// A file of rows with a header line.
enum Columns {
  static func rows(_ path: String) throws -> [[String: String]] {
    let lines = try Files.lines(path)
    guard let header = lines.first?.split(separator: ",").map(String.init) else { return [] }
    return lines.dropFirst().map { line in
      Dictionary(zip(header, line.split(separator: ",").map(String.init))) { first, _ in first }
    }
  }
}
