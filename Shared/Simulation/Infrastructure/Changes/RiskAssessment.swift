/// The level of a risk score.
public enum RiskBand: String, Sendable, Hashable, CaseIterable {
  case low, medium, high, critical
}

/// What to do with a change.
public enum ChangeRecommendation: String, Sendable, Hashable, CaseIterable {
  case approve
  case approveWithMonitoring = "approve_with_monitoring"
  case requireApproval = "require_approval"
  case block
}

/// The judged risk of a change.
public struct RiskAssessment: Sendable, Hashable {
  /// From this score on a change is stopped.
  public static let stopScore = 50.0

  /// 0 to 100.
  public var score: Double
  /// The score's 90 % interval, from the uncertainty of the findings' probabilities.
  public var interval: ClosedRange<Double>
  /// The factors of the whole, as the deciding issue has them.
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

extension RiskAssessment {
  /// Judges what a simulation found.
  ///
  /// - Parameter callerBand: what the caller thinks; can raise the score to that band, never lower it.
  public init(judging findings: ChangeFindings, callerBand: RiskBand? = nil) {
    self.init(
      score: 100, interval: 100...100, factors: .init(probability: 1, consequence: 1), unknowns: findings.unknowns,
      raisedBy: ["NOT_BUILT_YET"])
  }
}
