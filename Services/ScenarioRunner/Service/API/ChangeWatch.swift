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
      let progress = SimulationProgress(simulation)
      if progress != last { try await responses.write(progress) }
      last = progress
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
    var found = active.map { SimulationProgress($0.simulation.withProgress(board)) }
    for id in known where id.hasPrefix(Self.prefix) && !ids.contains(id) {
      if let stored = try await store.change(id: id) {
        found.append(SimulationProgress(stored.simulation.withProgress(board)))
      }
    }
    return found.sorted { $0.id < $1.id }
  }
}

extension SimulationProgress {
  /// A change's progress; what is predicted comes with its assessment.
  init(_ simulation: TwinProto.ChangeSimulation) {
    self.init(
      id: simulation.id, progress: simulation.progress, metrics: simulation.outcome?.after,
      prediction: simulation.predictedImpact.map { Self.summary($0) }, confidence: simulation.confidence,
      status: simulation.status,
      simulatedS: simulation.progress * (simulation.changeRequest?.durationHours ?? ChangeRequest.usualDurationHours)
        * 3_600,
      error: simulation.error)
    if let simulated = simulation.outcome?.simulatedS { simulatedS = simulated }
  }

  private static func summary(_ impact: PredictedImpact) -> ProtoStruct {
    ProtoStruct(fields: [
      "risk_score": ProtoValue(kind: .numberValue(impact.riskScore)),
      "risk_level": ProtoValue(kind: .stringValue("\(impact.riskLevel)")),
      "issues": ProtoValue(
        kind: .listValue(ProtoListValue(values: impact.issues.map { ProtoValue(kind: .stringValue($0.code)) }))),
    ])
  }
}
