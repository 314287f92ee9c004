/// What `twinctl scenario run` prints of an outcome, and the status with which it exits.
public struct VerdictReport: Sendable {
  public enum Verdict: String, Sendable {
    case pass
    case fail
    case error
  }

  public struct Criterion: Sendable {
    public var name: String
    public var passed: Bool
    /// Nil where the run never got there.
    public var value: Double?
    public var comparison: String
    public var limit: Double?
    public var unit: String

    public init(name: String, passed: Bool, value: Double?, comparison: String, limit: Double?, unit: String) {
      self.name = name
      self.passed = passed
      self.value = value
      self.comparison = comparison
      self.limit = limit
      self.unit = unit
    }
  }

  public var scenario: String
  public var verdict: Verdict
  public var criteria: [Criterion]
  /// In the order in which they are printed; the unit is in the name.
  public var metrics: [(name: String, value: Double)]
  /// Time in seconds, what, and why.
  public var decisions: [(time: Double, action: String, reason: String)]
  /// Why the verdict is `error`; empty otherwise.
  public var error: String
  public var seed: UInt64
  public var stateHash: String

  public init(scenario: String, verdict: Verdict, seed: UInt64, stateHash: String) {
    self.scenario = scenario
    self.verdict = verdict
    self.seed = seed
    self.stateHash = stateHash
    criteria = []
    metrics = []
    decisions = []
    error = ""
  }

  /// 0 for pass, 1 for fail, 2 for error: a gate needs to tell a bad vehicle from a bad run.
  public var exitStatus: Int32 {
    switch verdict {
    case .pass: 0
    case .fail: 1
    case .error: 2
    }
  }

  /// Several lines without a final line break.
  public var text: String {
    var lines = ["\(verdict.rawValue.uppercased())  \(scenario)  seed \(seed)  state hash \(stateHash)"]
    if !error.isEmpty { lines.append("  \(error)") }
    if !criteria.isEmpty {
      lines.append("criteria")
      let width = criteria.map(\.name.count).max() ?? 0
      lines += criteria.map { criterion in
        let value = criterion.value.map { decimal($0, places: 3) } ?? "none"
        let limit = criterion.limit.map { "\(criterion.comparison) \(decimal($0, places: 3))" } ?? ""
        let unit = criterion.unit.isEmpty || criterion.unit == "1" ? "" : " \(criterion.unit)"
        return
          "  \(criterion.passed ? "ok  " : "FAIL") \(leftAligned(criterion.name, width)) \(rightAligned(value, 10)) "
          + "\(limit)\(unit)"
      }
    }
    if !decisions.isEmpty {
      lines.append("decisions")
      lines += decisions.map { "  \(rightAligned(decimal($0.time, places: 3), 8)) s  \($0.action): \($0.reason)" }
    }
    if !metrics.isEmpty {
      lines.append("metrics")
      let width = metrics.map(\.name.count).max() ?? 0
      lines += metrics.map { "  \(leftAligned($0.name, width)) \(rightAligned(decimal($0.value, places: 3), 12))" }
    }
    return lines.joined(separator: "\n")
  }
}
