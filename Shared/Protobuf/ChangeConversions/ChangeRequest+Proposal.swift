public import SimulationInfrastructure
import SimulationInput
import TwinConversions
public import TwinProto

extension ChangeKind {
  /// nil for a type that this version doesn't know.
  public init?(_ type: ChangeType) {
    switch type {
    case .configChange: self = .configuration
    case .scaling: self = .scaling
    case .security: self = .security
    case .network: self = .network
    case .deployment: self = .deployment
    case .rollback: self = .rollback
    case .migration: self = .migration
    case .storage: self = .storage
    case .loadBalancing: self = .loadBalancing
    case .unspecified, .unrecognized: return nil
    }
  }
}

extension EnvironmentTier {
  /// An environment of a kind that nobody said counts as production: guessing too low would hide a risk.
  public init(_ kind: EnvironmentKind) {
    switch kind {
    case .development: self = .development
    case .staging: self = .staging
    case .production, .unspecified, .unrecognized: self = .production
    }
  }
}

extension ChangeRequest {
  /// The simulated time of a change that doesn't say, hours.
  public static let usualDurationHours = 24.0
  /// The longest simulated time, hours.
  public static let longestDurationHours = 720.0
  /// The environment of a change that doesn't say.
  public static let usualEnvironment = "production"
  /// The seed of a change that doesn't say.
  public static let usualSeed: UInt64 = 1

  private static let maximumTarget = 256
  private static let maximumEnvironment = 63
  private static let maximumDescription = 4_096
  private static let maximumRequester = 256

  /// The change as the simulation takes it; nil for a type that this version doesn't know.
  public func proposal(tier: EnvironmentTier) -> ProposedChange? {
    guard let kind = ChangeKind(type) else { return nil }
    return ProposedChange(
      kind, target: target, tier: tier, change: change.map { InputValue($0) } ?? .object([]),
      durationHours: durationHours ?? Self.usualDurationHours,
      loadScenario: loadScenario.map { InputValue($0) } ?? .null,
      securityScan: securityScan.map { InputValue($0) } ?? .null,
      callerContext: context.map { InputValue($0) } ?? .null)
  }

  /// What is wrong with the request, whatever its target is: each field with what would be accepted.
  public func problems(path: String) -> [(field: String, reason: String)] {
    var problems: [(field: String, reason: String)] = []
    func report(_ field: String, _ reason: String) { problems.append((path + field, reason)) }
    if ChangeKind(type) == nil {
      let names = ChangeKind.allCases.map(\.rawValue).joined(separator: ", ")
      report("type", type == .unspecified ? "is required; one of \(names)" : "must be one of \(names)")
    }
    if target.isEmpty {
      report("target", "is required")
    } else if target.count > Self.maximumTarget {
      report("target", "is longer than \(Self.maximumTarget) characters")
    }
    if environment.count > Self.maximumEnvironment {
      report("environment", "is longer than \(Self.maximumEnvironment) characters")
    }
    if change == nil { report("change", "is required") }
    if let reason = Self.problem(durationHours: durationHours) { report("duration_hours", reason) }
    switch loadScenario?.kind {
    case nil, .nullValue: break
    default:
      for issue in LoadScenario.problems(with: loadScenario.map { InputValue($0) } ?? .null, field: "load_scenario") {
        report(issue.field, issue.reason)
      }
    }
    // In the change itself a name may mean something to others; what is known must be right.
    if let value = change?.fields["load_scenario"].map({ InputValue($0) }), LoadScenario(value).kind != nil {
      for issue in LoadScenario.problems(with: value, field: "change.load_scenario") {
        report(issue.field, issue.reason)
      }
    }
    switch securityScan?.kind {
    case nil, .nullValue, .boolValue, .structValue: break
    default: report("security_scan", "must be a boolean or an object")
    }
    if description.count > Self.maximumDescription {
      report("description", "is longer than \(Self.maximumDescription) characters")
    }
    if requestedBy.count > Self.maximumRequester {
      report("requested_by", "is longer than \(Self.maximumRequester) characters")
    }
    return problems
  }

  /// Why a simulated time isn't accepted; nil for one that is, or none.
  public static func problem(durationHours: Double?) -> String? {
    guard let durationHours else { return nil }
    return durationHours > 0 && durationHours <= longestDurationHours
      ? nil : "must be over 0 and at most \(Int(longestDurationHours)) hours"
  }
}

extension RiskLevel {
  public init(_ band: RiskBand) {
    switch band {
    case .low: self = .low
    case .medium: self = .medium
    case .high: self = .high
    case .critical: self = .critical
    }
  }

  /// nil when nothing was said.
  public var band: RiskBand? {
    switch self {
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .critical: .critical
    case .unspecified: nil
    // Whatever a newer caller means by it, it isn't less than the highest level known.
    case .unrecognized: .critical
    }
  }
}
