import ChangeConversions
import RPCCore
import RPCErrors
import TwinProto

/// Follows simulations of changes for `WatchSimulations`.
struct ChangeWatch: Sendable {
  static let prefix = "change-"

  let store: any ChangeStore
  let board: RunBoard
  let limits: ChangeLimits

  /// One simulation until its run ends and is assessed, also when it begins only later.
  func follow(_ id: String, _ responses: RPCWriter<SimulationProgress>) async throws {
    let changes = board.changes()
    var last: SimulationProgress?
    var patience: ContinuousClock.Instant?
    while true {
      guard let stored = try await store.change(id: id) else { throw ServiceFault.noChange(id) }
      let simulation = stored.simulation.withProgress(board)
      let progress = SimulationProgress(simulation, board.moment(of: id))
      // A run leaves the board when it ends, which may be between the two looks above: that isn't told as a step back.
      let isBehind = progress.status == last?.status && progress.progress < last?.progress ?? 0
      if progress != last, !isBehind {
        try await responses.write(progress)
        last = progress
      }
      switch simulation.status {
      case .failed, .cancelled: return
      case .completed:
        let end = patience ?? .now + limits.assessmentWait
        if simulation.predictedImpact != nil || ContinuousClock.now >= end { return }
        patience = end
      default: patience = nil
      }
      try await changes.next(within: limits.watchInterval)
    }
  }

  /// Those that go on, and those that were going on the last time.
  func underWay(_ known: some Sequence<String>, limit: Int) async throws -> [SimulationProgress] {
    let active = try await store.activeChanges(limit: limit)
    let ids = Set(active.map(\.simulation.id))
    var found = active.map { progress($0) }
    for id in known where id.hasPrefix(Self.prefix) && !ids.contains(id) {
      if let stored = try await store.change(id: id) {
        found.append(progress(stored))
      }
    }
    return found.sorted { $0.id < $1.id }
  }

  /// Whether a change has ended but what it is judged to do may still come.
  func awaitsAssessment(_ progress: SimulationProgress) -> Bool {
    progress.id.hasPrefix(Self.prefix) && progress.status == .completed && progress.prediction == nil
  }

  private func progress(_ stored: StoredChange) -> SimulationProgress {
    SimulationProgress(stored.simulation.withProgress(board), board.moment(of: stored.simulation.id))
  }
}

extension SimulationProgress {
  /// A change's progress; what is predicted comes with its assessment.
  ///
  /// - Parameter moment: the newest of the simulated hours, while they go on.
  init(_ simulation: TwinProto.ChangeSimulation, _ moment: ChangeSample?) {
    self.init(
      id: simulation.id, progress: simulation.progress, metrics: simulation.outcome?.after ?? ProtoStruct(),
      confidence: simulation.confidence, status: simulation.status,
      simulatedS: simulation.outcome?.simulatedS ?? moment?.tS ?? 0, error: simulation.error,
      prediction: simulation.predictedImpact)
    if simulation.outcome == nil, let moment {
      metrics = ProtoStruct(fields: moment.metrics.mapValues { ProtoValue(kind: .numberValue($0)) })
    }
    if simulation.outcome != nil || moment != nil {
      metrics?.fields["simulated_hour"] = ProtoValue(kind: .numberValue(simulatedS / 3_600))
    }
  }
}
