/// The level of a risk score.
public enum RiskBand: String, Sendable, Hashable, CaseIterable {
  case low, medium, high, critical

  /// The share of what is left up to 100 by which a caller who thinks so raises a score. Small: it is a word, not a
  /// measurement, and a caller who says "high" of everything must still learn which changes are safe.
  var raise: Double {
    switch self {
    case .low: 0
    case .medium: 0.01
    case .high: 0.04
    case .critical: 0.1
    }
  }
}

/// What to do with a change.
public enum ChangeRecommendation: String, Sendable, Hashable, CaseIterable {
  case approve
  case approveWithMonitoring = "approve_with_monitoring"
  case requireApproval = "require_approval"
  case block
}

/// The judged risk of a change.
///
/// Each issue has the risk r = 100·p·c·x·(1 − 0.25·v)·(0.6 + 0.4·b): probability p, consequence c and exposure x of the
/// issue, how easily it is undone v, and the share of users or systems it hits b, all from 0 to 1 (the product of
/// probability and consequence as in ISO 31010:2019 B.10.2; the discounts keep a lasting and wide issue above a passing
/// and narrow one without ever making a certain disaster small). The score is the greatest r, and a quarter of what the
/// other issues together would add if they were independent: s = r₁ + (100 − r₁)·¼·(1 − Π(1 − rᵢ/100)). So a score
/// grows with every probability, consequence and exposure, and with every further issue, and many small issues don't
/// stop a change.
///
/// Then what isn't known raises the score: a target that the twin doesn't know, a sync that is too old or a missing fact
/// that decides give at least 50, whatever else was found; and so can what the caller says.
public struct RiskAssessment: Sendable, Hashable {
  /// From this score on a change is stopped.
  public static let stopScore = 50.0
  /// The least score when the target is unknown: nothing at all was simulated.
  static let unknownTargetFloor = 70.0
  /// The least score when the sync is too old, or a fact that decides is missing.
  static let missingFactsFloor = 55.0
  /// What the issues after the gravest one count.
  static let furtherWeight = 0.25

  /// 0 to 100.
  public var score: Double
  /// The score's interval, from the uncertainty of the issues' probabilities.
  public var interval: ClosedRange<Double>
  /// The factors of the gravest issue.
  public var factors: FindingFactors
  public var unknowns: [String]
  /// Why the score was raised beyond the issues' own, such as "STALE_SYNC".
  public var raisedBy: [String]

  public var band: RiskBand {
    switch score {
    case ..<20: .low
    case ..<50: .medium
    case ..<80: .high
    default: .critical
    }
  }

  public var recommendation: ChangeRecommendation {
    switch band {
    case .low: .approve
    case .medium: .approveWithMonitoring
    case .high: .requireApproval
    case .critical: .block
    }
  }
}

extension Finding {
  /// The issue's risk, 0 to 100.
  public var risk: Double { factors.risk(probability: factors.probability) }
}

extension FindingFactors {
  func risk(probability: Double) -> Double {
    100 * probability * consequence * exposure * (1 - 0.25 * reversibility) * (0.6 + 0.4 * blastRadius)
  }
}

extension RiskAssessment {
  /// Judges what a simulation found.
  ///
  /// - Parameter callerBand: what the caller thinks; raises the score, never lowers it.
  public init(judging findings: ChangeFindings, callerBand: RiskBand? = nil) {
    let issues = findings.findings
    var score = Self.combined(issues.map(\.risk))
    var raisedBy: [String] = []
    func raise(to floor: Double, _ reason: String) {
      guard score < floor else { return }
      score = floor
      raisedBy.append(reason)
    }
    if !findings.targetIsKnown { raise(to: Self.unknownTargetFloor, "UNKNOWN_TARGET") }
    if findings.isStale { raise(to: Self.missingFactsFloor, "STALE_SYNC") }
    if !findings.unknowns.isEmpty { raise(to: Self.missingFactsFloor, "MISSING_FACTS") }
    if let callerBand, callerBand.raise > 0 { raise(to: score + (100 - score) * callerBand.raise, "CALLER") }
    let floor = raisedBy.isEmpty ? 0 : score
    let low = Self.combined(issues.map { $0.factors.risk(probability: Self.shifted($0.factors.probability, by: -1)) })
    let high = Self.combined(issues.map { $0.factors.risk(probability: Self.shifted($0.factors.probability, by: 1)) })
    self.init(
      score: score, interval: max(floor, min(low, score))...max(high, score),
      factors: issues.max { $0.risk < $1.risk }?.factors ?? FindingFactors(probability: 0, consequence: 0),
      unknowns: findings.unknowns, raisedBy: raisedBy)
  }

  /// The score of issues with these risks; grows with each of them.
  static func combined(_ risks: [Double]) -> Double {
    guard let greatest = risks.max() else { return 0 }
    var left = 1.0
    var isCounted = false
    for risk in risks.sorted(by: >) {
      // The greatest one is counted in full.
      if !isCounted { isCounted = true } else { left *= 1 - risk / 100 }
    }
    return greatest + (100 - greatest) * furtherWeight * (1 - left)
  }

  /// A probability whose odds are half or twice as great: what such estimates are good for without residuals.
  private static func shifted(_ probability: Double, by sign: Double) -> Double {
    guard probability > 0, probability < 1 else { return probability }
    let odds = probability / (1 - probability) * (sign > 0 ? 2 : 0.5)
    return odds / (1 + odds)
  }
}
