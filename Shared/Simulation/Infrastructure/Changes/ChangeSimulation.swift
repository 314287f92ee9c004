import SimulationInput

extension TargetTwinState {
  /// With the highest recorded rate as the peak where no source tells one: what was read goes before what was recorded.
  fileprivate func knowing(_ load: RecordedLoad?) -> TargetTwinState {
    guard let peak = load?.peak, case .object(let members) = state, state["peak_rps"] ?? .null == .null else {
      return self
    }
    var known = self
    known.state = .object(members.filter { $0.name != "peak_rps" } + [.init("peak_rps", .number(peak))])
    return known
  }
}

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
  /// What the state of the simulated hours may take in memory; over it the run ends.
  public let memoryBytes: Int
  /// The target's load as its environment's twin recorded it; nil where that is too little.
  public let recordedLoad: RecordedLoad?

  /// About 100,000 requests in flight with all that is known of them, and far more than a day's series.
  public static let defaultMemoryBytes = 64 << 20

  public init(
    _ proposal: ProposedChange, on target: TargetTwinState?, seed: UInt64 = 1, simulatesHours: Bool = true,
    recordedLoad: RecordedLoad? = nil, memoryBytes: Int = Self.defaultMemoryBytes
  ) {
    self.simulatesHours = simulatesHours
    self.recordedLoad = recordedLoad
    self.memoryBytes = memoryBytes
    self.proposal = proposal.liftingLoadScenario()
    self.target = target?.knowing(recordedLoad)
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
    DetectionCheck.self, BalancerCheck.self, WeightCheck.self, FirewallCheck.self, SourceListCheck.self,
    EgressCheck.self, RouteCheck.self,
    AddressPlanCheck.self, MTUCheck.self,
    NameCheck.self, LinkDrainCheck.self, TranslationCheck.self, GatewayCheck.self, TrustCheck.self,
    InspectionCheck.self, PolicyCheck.self, CredentialCheck.self, PublicAccessCheck.self, CloudControlCheck.self,
    EncryptionCheck.self, CostCheck.self,
    PostgresRestartCheck.self, ReadabilityCheck.self, UnmodelledCheck.self,
  ]

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - isCancelled: asked between models and between simulated hours.
  ///   - progress: told the share done, 0 to 1, ascending, and what the simulated hours show.
  /// - Throws: `CancellationError`, `ChangeOutOfMemory`. A field that can't be understood is an issue that names it, never an error.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (ChangeProgress) -> Void = { _ in }
  ) throws -> ChangeFindings {
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
    if simulatesHours, !situation.settings.isEmpty {
      let outcome = try Timeline.run(
        situation, recorded: recordedLoad, seed: seed, memoryBytes: memoryBytes, isCancelled: isCancelled,
        progress: { progress(ChangeProgress(share: 0.5 + $0.share / 2, moment: $0.moment)) })
      switch outcome {
      case .ran(let timeline): timeline.report(situation, to: &findings)
      // That hours weren't simulated is worth a word only where somebody asked for them, or for a target that serves.
      case .refused(let told):
        if proposal.loadScenario != .null || situation.state.has("cpu_demand_ms") { findings.hours = told }
      }
    }
    findings.targetIsKnown = target != nil
    findings.isStale = target?.isStale ?? true
    progress(ChangeProgress(share: 1))
    return findings
  }

  private func examine(_ state: InputValue, _ isCancelled: () -> Bool, _ progress: (ChangeProgress) -> Void) throws
    -> ChangeFindings
  {
    let situation = Situation(reduced: proposal, targetKind: target?.kind ?? "", state: state)
    var report = ChangeReport()
    for (index, check) in Self.checks.enumerated() {
      if isCancelled() { throw CancellationError() }
      check.examine(situation, &report)
      progress(ChangeProgress(share: Double(index + 1) / Double(Self.checks.count) / 2))
    }
    return report.finished()
  }
}
