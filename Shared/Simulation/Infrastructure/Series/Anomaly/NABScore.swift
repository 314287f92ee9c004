/// The score of the Numenta Anomaly Benchmark, standard profile, of a detector's alarms.
///
/// Source: A. Lavin, S. Ahmad, "Evaluating real-time anomaly detection algorithms – the Numenta Anomaly Benchmark",
/// ICMLA 2015, and the weights of its repository (config/profiles.json): a found window earns up to 1, by how early;
/// a missed one costs 1; a false alarm costs up to 0.11, less just behind a window. Each alarm counts: nothing is
/// adjusted by points of the same window.
public struct NABScore: Sendable, Hashable {
  /// Weighted sum over the series.
  public private(set) var raw = 0.0
  public private(set) var windows = 0
  public private(set) var found = 0
  public private(set) var falseAlarms = 0
  /// Alarms after probation, right or wrong.
  public private(set) var alarms = 0

  public init() {}

  /// 100 for a detector that finds every window at its start and nothing else; 0 for one that never alarms.
  public var normalised: Double? {
    windows == 0 ? nil : 100 * (raw + Double(windows)) / Double(2 * windows)
  }
  public var recall: Double? { windows == 0 ? nil : Double(found) / Double(windows) }
  /// Found windows among found windows and false alarms.
  public var precision: Double? { found + falseAlarms == 0 ? nil : Double(found) / Double(found + falseAlarms) }

  /// Rows at the start of a series that count for nothing: 15 %, at most 750.
  public static func probation(of count: Int) -> Int { min(count * 15 / 100, 750) }

  /// Adds a series.
  ///
  /// - Parameters:
  ///   - count: Rows of the series.
  ///   - windows: Row ranges of its labelled anomalies, ascending and disjoint.
  ///   - alarms: Rows at which the detector raised an alarm, ascending.
  public mutating func add(count: Int, windows: [ClosedRange<Int>], alarms: [Int]) {
    let start = Self.probation(of: count)
    var best = [Double?](repeating: nil, count: windows.count)
    for alarm in alarms where alarm >= start {
      self.alarms += 1
      if let index = windows.firstIndex(where: { $0.contains(alarm) }) {
        let position = -Double(windows[index].upperBound - alarm + 1) / Double(windows[index].count)
        let earned = Self.sigmoid(position) / Self.sigmoid(-1)
        best[index] = max(best[index] ?? -1, earned)
      } else {
        falseAlarms += 1
        raw += 0.11 * Self.falseAlarmWeight(alarm, after: windows.last { $0.upperBound < alarm })
      }
    }
    // A window within probation alone can't be found and isn't counted.
    for (index, window) in windows.enumerated() where window.upperBound >= start {
      self.windows += 1
      raw += best[index] ?? -1
      if best[index] != nil { found += 1 }
    }
  }

  private static func falseAlarmWeight(_ alarm: Int, after window: ClosedRange<Int>?) -> Double {
    guard let window else { return -1 }
    let position = Double(alarm - window.upperBound) / Double(max(1, window.count - 1))
    return position >= 3 ? -1 : sigmoid(position)
  }

  /// From nearly 1 at the window's start (−1) through 0 at its end to nearly −1 one width behind.
  private static func sigmoid(_ position: Double) -> Double { 2 / (1 + Mathematics.exponential(5 * position)) - 1 }
}
