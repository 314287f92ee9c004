import SimulationInput

/// Simulates one change on the twin of its target: every model that has a say, before the change and after it.
///
/// Pure: the same request, state and seed give the same findings bit for bit.
public struct ChangeSimulation: Sendable {
  public private(set) var proposal: ProposedChange
  /// nil when the environment's twin doesn't know the target.
  public let target: TargetTwinState?
  public let seed: UInt64
  /// Whether the hours after the change are simulated. They show when and how; the score needs only the checks.
  public let simulatesHours: Bool

  public init(
    _ proposal: ProposedChange, on target: TargetTwinState?, seed: UInt64 = 1, simulatesHours: Bool = true
  ) {
    self.simulatesHours = simulatesHours
    self.proposal = proposal
    self.target = target
    self.seed = seed
  }

  /// The checks, in the order in which they run. What no check has understood is judged last.
  private static let checks: [any ChangeCheck.Type] = [
    PostgresMemoryCheck.self, PostgresConnectionCheck.self, PostgresDurabilityCheck.self, PostgresWALCheck.self,
    PostgresVacuumCheck.self, DatabaseMemoryCheck.self, CacheMemoryCheck.self, ProcessLimitCheck.self,
    MySQLDurabilityCheck.self,
    TimeoutCheck.self, RateLimitCheck.self, RetryCheck.self, CapacityCheck.self, AutoscalerCheck.self, PoolCheck.self,
    RedundancyCheck.self, QuorumCheck.self, MeshCheck.self, ConcurrencyCheck.self, BootstrapCheck.self,
    ReconnectCheck.self, ResizeCheck.self, DeploymentCheck.self, UpgradeCheck.self,
    LivenessCheck.self, MessageLifetimeCheck.self, ColdCacheCheck.self, FailoverCheck.self, DataMovementCheck.self,
    MigrationCheck.self,
    VolumeCheck.self, LogVolumeCheck.self, NodeStorageCheck.self, DurabilityCheck.self,
    DetectionCheck.self, BalancerCheck.self, WeightCheck.self, FirewallCheck.self, RouteCheck.self,
    AddressPlanCheck.self, MTUCheck.self,
    NameCheck.self, LinkDrainCheck.self, TranslationCheck.self, TrustCheck.self, InspectionCheck.self, PolicyCheck.self,
    CredentialCheck.self, PublicAccessCheck.self,
    EncryptionCheck.self, CostCheck.self,
    PostgresRestartCheck.self, ReadabilityCheck.self, UnmodelledCheck.self,
  ]

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - isCancelled: asked between models and between simulated hours.
  ///   - progress: told the share done, 0 to 1, ascending.
  /// - Throws: `CancellationError`. A field that can't be understood is an issue that names it, never an error.
  public func run(isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in }) throws -> ChangeFindings {
    var findings = try examine(target?.state ?? .object([]), isCancelled, progress)
    // What the caller says can only add: what the synced state alone shows stays.
    if case .object(let told) = proposal.callerContext, !told.isEmpty {
      let merged = Facts(target?.state ?? .object([])).merged(with: proposal.callerContext)
      findings.absorb(try examine(merged.object, isCancelled, { _ in }))
    }
    // What is said twice is judged as either: nobody knows which of the two counts.
    for change in Vocabulary.otherReadings(of: proposal.change) {
      var other = self
      other.proposal.change = change
      findings.absorb(try other.examine(target?.state ?? .object([]), isCancelled, { _ in }))
    }
    let situation = Situation(
      reduced: proposal, targetKind: target?.kind ?? "", state: target?.state ?? .object([]))
    if simulatesHours, !situation.settings.isEmpty,
      let timeline = try Timeline.run(
        situation, seed: seed, isCancelled: isCancelled, progress: { progress(0.5 + $0 / 2) })
    {
      findings.series = timeline.moments
      findings.stateHash = timeline.stateHash
      findings.regimes.append(timeline.regime)
      findings.modelVersions.append(.init("pipeline_hybrid", .string("1")))
      findings.modelVersions.sort { $0.name < $1.name }
      for index in findings.findings.indices where findings.findings[index].code == "SATURATION" {
        findings.findings[index].firstHour = findings.findings[index].firstHour ?? timeline.saturatesAt
      }
    }
    findings.targetIsKnown = target != nil
    findings.isStale = target?.isStale ?? true
    progress(1)
    return findings
  }

  private func examine(_ state: InputValue, _ isCancelled: () -> Bool, _ progress: (Double) -> Void) throws
    -> ChangeFindings
  {
    let situation = Situation(reduced: proposal, targetKind: target?.kind ?? "", state: state)
    var report = ChangeReport()
    for (index, check) in Self.checks.enumerated() {
      if isCancelled() { throw CancellationError() }
      check.examine(situation, &report)
      progress(Double(index + 1) / Double(Self.checks.count) / 2)
    }
    return report.finished()
  }
}
