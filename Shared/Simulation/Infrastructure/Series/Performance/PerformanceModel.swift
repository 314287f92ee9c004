public import SimulationKernel

/// Why a performance model refuses its data.
public enum PerformanceModelError: Error, Sendable, Hashable {
  /// Fewer measurements than the least from which an interval follows.
  case tooFewMeasurements(count: Int, least: Int)
  /// Rows of different length, or a count of targets other than the count of rows.
  case shapeMismatch
  /// A performance that isn't a positive finite number: the target is its logarithm.
  case notPositive(index: Int)
  /// An option that isn't a finite number.
  case notFinite(index: Int)
}

/// A predicted performance with its interval, all in the unit of the measurements.
public struct PerformancePrediction: Sendable, Hashable {
  public let value: Double
  public let lowerBound: Double
  public let upperBound: Double
}

/// Performance as a function of configuration options, learned from measurements.
///
/// A bagged ensemble of regression trees on the logarithm of performance, so that errors are relative and options
/// combine multiplicatively. Sources: L. Breiman, "Random Forests", Machine Learning 45, 2001; for configurable
/// software: J. Guo et al., "Variability-aware performance prediction", ASE 2013. Intervals are conformal on
/// out-of-bag residuals: U. Johansson et al., "Regression conformal prediction with random forests", Machine
/// Learning 97, 2014; finite-sample rank after Lei et al., JASA 113, 2018.
public struct PerformanceModel: Sendable, Hashable {
  /// How an ensemble is grown.
  public struct Settings: Sendable, Hashable {
    public var trees: Int
    /// Share of the options tried at each cut, in (0, 1]. Software options interact and few of them matter, so trying
    /// all (bagging; L. Breiman, "Bagging predictors", Machine Learning 24, 1996) beats drawing some: on MariaDB
    /// 5.5.40 and 10.1.16, which judge nothing here, a share of 1 erred least of 0.3, 0.5, 0.7, 0.85 and 1.
    public var optionShare: Double
    public var smallestLeaf: Int

    public init(trees: Int = 200, optionShare: Double = 1, smallestLeaf: Int = 1) {
      precondition(trees > 0 && smallestLeaf > 0 && optionShare > 0 && optionShare <= 1)
      self.trees = trees
      self.optionShare = optionShare
      self.smallestLeaf = smallestLeaf
    }
  }

  /// Fewest measurements of a model.
  public static let leastMeasurements = 20

  private let trees: [RegressionTree]
  /// Absolute out-of-bag residuals of log performance, ascending.
  private let residuals: [Double]

  /// Number of measurements behind the intervals.
  public var residualCount: Int { residuals.count }

  /// - Parameters:
  ///   - configurations: One row of option values per measurement; binary options are 0 and 1.
  ///   - performance: Measured run time, latency or throughput; any positive unit.
  public init(
    configurations: [[Double]], performance: [Double], seed: RunSeed, settings: Settings = Settings()
  ) throws(PerformanceModelError) {
    let count = configurations.count
    guard count >= Self.leastMeasurements else {
      throw .tooFewMeasurements(count: count, least: Self.leastMeasurements)
    }
    let width = configurations[0].count
    guard performance.count == count, width > 0, configurations.allSatisfy({ $0.count == width }) else {
      throw .shapeMismatch
    }
    if let index = performance.firstIndex(where: { !($0 > 0 && $0.isFinite) }) { throw .notPositive(index: index) }
    if let index = configurations.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) { throw .notFinite(index: index) }

    let targets = performance.map(Mathematics.logarithm)
    let drawn = max(1, Int((settings.optionShare * Double(width)).rounded(.up)))
    var stream = seed.stream(for: "performance-model")
    var sums = [Double](repeating: 0, count: count)
    var votes = [Int](repeating: 0, count: count)
    var grown: [RegressionTree] = []
    for _ in 0..<settings.trees {
      var inBag = [Bool](repeating: false, count: count)
      var sample: [Int] = []
      for _ in 0..<count {
        let index = Int(stream.uniform() * Double(count))
        inBag[index] = true
        sample.append(index)
      }
      let tree = RegressionTree(
        rows: configurations, targets: targets, sample: sample, drawn: drawn, smallestLeaf: settings.smallestLeaf,
        stream: &stream)
      for index in 0..<count where !inBag[index] {
        sums[index] += tree.predict(configurations[index])
        votes[index] += 1
      }
      grown.append(tree)
    }
    trees = grown
    residuals = (0..<count).filter { votes[$0] > 0 }.map { abs(sums[$0] / Double(votes[$0]) - targets[$0]) }.sorted()
  }

  /// The performance of one configuration.
  ///
  /// - Parameter coverage: Share of configurations whose performance the interval should hold, in (0, 1). The upper
  ///   bound is infinite, the lower zero, where the residuals are too few for it.
  public func predict(_ configuration: [Double], coverage: Double = 0.9) -> PerformancePrediction {
    let mean = trees.reduce(0) { $0 + $1.predict(configuration) } / Double(trees.count)
    let rank = ConformalInterval.rank(of: coverage, count: residuals.count)
    let half = rank.map { residuals[$0] } ?? .infinity
    return PerformancePrediction(
      value: Mathematics.exponential(mean), lowerBound: Mathematics.exponential(mean - half),
      upperBound: Mathematics.exponential(mean + half))
  }
}
