public import SimulationInput

/// What kind of change is proposed.
public enum ChangeKind: String, Sendable, Hashable, CaseIterable {
  /// Settings of a running system.
  case configuration = "config_change"
  /// Number or size of instances.
  case scaling
  /// Access rules, identities, encryption.
  case security
  /// Routes, MTU, addresses, DNS.
  case network
  /// A new version.
  case deployment
  /// Back to an older version.
  case rollback
  /// Schema or data migration.
  case migration
  /// Volumes, backups, retention.
  case storage
  /// Balancers and their health checks.
  case loadBalancing = "load_balancing"
}

/// What an environment is for, which says how much an outage of it matters.
public enum EnvironmentTier: String, Sendable, Hashable, CaseIterable {
  case development, staging, production
}

/// A change of one target that somebody proposes.
public struct ProposedChange: Sendable, Hashable {
  public var kind: ChangeKind
  /// Name of the target in its environment.
  public var target: String
  public var tier: EnvironmentTier
  /// What is changed to what; an object.
  public var change: InputValue
  /// Simulated time, hours.
  public var durationHours: Double
  /// A scenario's name or an object that describes one; null for the recorded load.
  public var loadScenario: InputValue
  /// Whether the security checks run beside others: a flag or an object; null for by type.
  public var securityScan: InputValue
  /// What the caller says of the target. Can add issues, never remove one: who asks can't talk a risk away.
  public var callerContext: InputValue

  public init(
    _ kind: ChangeKind, target: String, tier: EnvironmentTier = .production, change: InputValue,
    durationHours: Double = 24, loadScenario: InputValue = .null, securityScan: InputValue = .null,
    callerContext: InputValue = .null
  ) {
    self.kind = kind
    self.target = target
    self.tier = tier
    self.change = change
    self.durationHours = durationHours
    self.loadScenario = loadScenario
    self.securityScan = securityScan
    self.callerContext = callerContext
  }
}

/// What the environment's twin knows of a target.
public struct TargetTwinState: Sendable, Hashable {
  /// Kind such as "postgresql"; empty when nobody said.
  public var kind: String
  /// Synced state; an object. A missing key is unknown.
  public var state: InputValue
  /// Whether the newest sync is longer ago than 30 minutes.
  public var isStale: Bool

  public init(kind: String = "", state: InputValue, isStale: Bool = false) {
    self.kind = kind
    self.state = state
    self.isStale = isStale
  }
}
