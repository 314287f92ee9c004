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
  public let proposal: ProposedChange
  /// nil when the environment's twin doesn't know the target.
  public let target: TargetTwinState?
  public let seed: UInt64
  /// Whether the hours after the change are simulated. They show when and how; the score needs only the checks.
  public let simulatesHours: Bool
  /// The target's load as its environment's twin recorded it; nil where that is too little.
  public let recordedLoad: RecordedLoad?

  public init(
    _ proposal: ProposedChange, on target: TargetTwinState?, seed: UInt64 = 1, simulatesHours: Bool = true,
    recordedLoad: RecordedLoad? = nil
  ) {
    self.simulatesHours = simulatesHours
    self.recordedLoad = recordedLoad
    self.proposal = proposal.liftingLoadScenario()
    self.target = target?.knowing(recordedLoad)
    self.seed = seed
  }

  /// The checks, in the order in which they run. What no check has understood is judged last.
  private static let checks: [any ChangeCheck.Type] = [
    PostgresMemoryCheck.self, PostgresConnectionCheck.self, PostgresDurabilityCheck.self, PostgresWALCheck.self,
    PostgresVacuumCheck.self, CacheMemoryCheck.self, ProcessLimitCheck.self,
    TimeoutCheck.self, RetryCheck.self, CapacityCheck.self, AutoscalerCheck.self, PoolCheck.self, RedundancyCheck.self,
    ResizeCheck.self, DeploymentCheck.self, MigrationCheck.self, VolumeCheck.self, DurabilityCheck.self,
    BalancerCheck.self, FirewallCheck.self, RouteCheck.self, AddressPlanCheck.self, MTUCheck.self, NameCheck.self,
    TranslationCheck.self, IdentityCheck.self, EncryptionCheck.self, CostCheck.self,
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
      let other = try examine(merged.object, isCancelled, { _ in })
      for finding in other.findings
      where !findings.findings.contains(where: {
        $0.code == finding.code && $0.field == finding.field && $0.risk >= finding.risk
      }) {
        findings.findings.removeAll { $0.code == finding.code && $0.field == finding.field }
        findings.findings.append(finding)
      }
      findings.findings.sort { $0.risk > $1.risk }
      findings.unknowns = Set(findings.unknowns).union(other.unknowns).sorted()
    }
    let situation = Situation(
      proposal.withoutRepetition(of: target?.state ?? .object([])), targetKind: target?.kind ?? "",
      state: target?.state ?? .object([]))
    if simulatesHours, !situation.settings.isEmpty {
      let outcome = try Timeline.run(
        situation, recorded: recordedLoad, seed: seed, isCancelled: isCancelled,
        progress: { progress(0.5 + $0 / 2) })
      switch outcome {
      case .ran(let timeline): timeline.report(situation, to: &findings)
      // That hours weren't simulated is worth a word only where somebody asked for them, or for a target that serves.
      case .refused(let told):
        if proposal.loadScenario != .null || situation.state.has("cpu_demand_ms") { findings.hours = told }
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
    let situation = Situation(
      proposal.withoutRepetition(of: state), targetKind: target?.kind ?? "", state: state)
    var report = ChangeReport()
    for (index, check) in Self.checks.enumerated() {
      if isCancelled() { throw CancellationError() }
      check.examine(situation, &report)
      progress(Double(index + 1) / Double(Self.checks.count) / 2)
    }
    return report.finished()
  }
}
