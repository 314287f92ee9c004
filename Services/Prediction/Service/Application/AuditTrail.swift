import ChangeConversions
import FleetCore
import Foundation
import Logging
import RPCCore
import SimulationInfrastructure
import TwinProto

/// Brings what the store noted for the audit to the results service: at once where that answers, else later.
struct AuditTrail: Sendable {
  /// Entries of one round.
  private static let batch = 100
  /// How long a decision's answer may wait for the audit's.
  private static let patience = Duration.seconds(1)
  /// How often it is looked for entries that couldn't be delivered before.
  private static let interval = Duration.seconds(5)

  let store: any PredictionStore
  let results: AuditServiceClient
  let logger: Logger

  /// Delivers what waits. Whatever fails is tried again later.
  func flush() async {
    do { try await deliver() } catch {
      logger.debug("the audit waits", metadata: ["error": "\(error)"])
    }
  }

  /// Delivers again and again, until the task is cancelled.
  func run() async throws {
    var complaint = Complaint(logger, "entries of the audit can't be delivered")
    while true {
      do {
        try await deliver()
        complaint.isOver()
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        complaint.make(error)
      }
      try await Task.sleep(for: Self.interval)
    }
  }

  private func deliver() async throws {
    var after: Int64 = 0
    while true {
      let waiting = try await store.undelivered(after: after, limit: Self.batch)
      guard let last = waiting.last else { return }
      after = last.ordinal
      var refused: (any Error)?
      for (_, entry) in waiting {
        do {
          _ = try await results.recordAudit(
            RecordAuditRequest(entry: entry), options: CallOptions(timeout: Self.patience))
          try await store.delivered([entry.id])
        } catch let error as RPCError where error.code == .invalidArgument {
          // One that is refused must not hold up the others; it stays, for somebody to look at.
          refused = error
        }
      }
      if let refused { throw refused }
    }
  }
}

extension AuditTrail {
  /// Bytes of a text; the audit refuses longer ones.
  private static let maximumText = 256
  /// Bytes of a change that is kept with its entry.
  private static let maximumChange = 64 * 1_024

  static func entry(
    _ action: String, by actor: String, on resource: String, environment: String = "", outcome: String = "",
    requestID: String = "", at time: UTCInstant, details: [String: ProtoValue]
  ) -> AuditEntry {
    AuditEntry(
      id: UUID().uuidString.lowercased(), time: time.timestamp, actor: bounded(actor.isEmpty ? "unknown" : actor),
      action: action, resource: bounded(resource), environment: bounded(environment),
      details: ProtoStruct(fields: details), requestID: bounded(requestID), outcome: outcome)
  }

  /// The facts of a change: the audit outlives its simulation.
  static func facts(_ change: ChangeRequest?) -> [String: ProtoValue] {
    guard let change else { return [:] }
    var facts: [String: ProtoValue] = [
      "type": .text(ChangeKind(change.type)?.rawValue ?? ""), "target": .text(change.target),
      "requested_by": .text(change.requestedBy),
      "description": .text(change.description),
    ]
    if let content = change.change {
      let size = (try? PostgresPredictionStore.encode(content).count) ?? .max
      facts["change"] =
        size <= maximumChange ? ProtoValue(kind: .structValue(content)) : .text("\(size) bytes, left out")
    }
    return facts
  }

  static func facts(_ impact: PredictedImpact) -> [String: ProtoValue] {
    [
      "risk_score": .number(impact.riskScore), "risk_level": .text("\(impact.riskLevel)"),
      "issues": ProtoValue(
        kind: .listValue(ProtoListValue(values: impact.issues.map { ProtoValue.text($0.code) }))),
      "raised_by": ProtoValue(
        kind: .listValue(ProtoListValue(values: (impact.factors?.raisedBy ?? []).map { ProtoValue.text($0) }))),
    ]
  }

  /// The entry for an approval that nobody decided in time, or that another judgement took the place of.
  static func expiry(of approval: Approval) -> AuditEntry {
    let time = approval.decideTime.flatMap { UTCInstant($0) } ?? UTCInstant(nanoseconds: 0)
    return entry(
      "approval.expired", by: "prediction", on: approval.id, environment: approval.changeRequest?.environment ?? "",
      outcome: "expired", at: time,
      details: facts(approval.changeRequest).merging([
        "simulation_id": .text(approval.simulationID)
      ]) { $1 })
  }

  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > maximumText else { return text }
    var end = text.startIndex
    while end < text.endIndex, text[..<text.index(after: end)].utf8.count <= maximumText {
      end = text.index(after: end)
    }
    return String(text[..<end])
  }
}

extension ProtoValue {
  static func text(_ text: String) -> ProtoValue { ProtoValue(kind: .stringValue(text)) }
  static func number(_ number: Double) -> ProtoValue { ProtoValue(kind: .numberValue(number)) }
}
