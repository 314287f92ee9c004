import ChangeConversions
import FleetCore
import Foundation
import Logging
import RPCCore
import SimulationInfrastructure
import TwinProto

/// Brings what the store noted for the audit to the results service: at once where that answers, else later.
///
/// Decisions that come together are delivered together: each by itself would deliver all that wait, and ten at once a
/// hundred times.
struct AuditTrail: Sendable {
  /// Entries that are read at once.
  private static let batch = 100
  /// Entries that are on their way at once.
  private static let parallel = 8
  /// How long an entry's delivery may take. A decision's answer waits for the round that goes on and for its own.
  private static let patience = Duration.seconds(1)
  /// How often it is looked for entries that couldn't be delivered before.
  private static let interval = Duration.seconds(5)

  let logger: Logger
  private let rounds: SharedRounds

  init(store: any PredictionStore, results: AuditServiceClient, logger: Logger) {
    self.logger = logger
    rounds = SharedRounds { try await Self.deliver(from: store, to: results) }
  }

  /// Delivers what waits. Whatever fails is tried again later.
  func flush() async {
    do { try await rounds.join() } catch {
      logger.debug("the audit waits", metadata: ["error": "\(error)"])
    }
  }

  /// Delivers again and again, until the task is cancelled.
  func run() async throws {
    var complaint = Complaint(logger, "entries of the audit can't be delivered")
    while true {
      do {
        try await rounds.join(stopsRound: true)
        complaint.isOver()
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        complaint.make(error)
      }
      try await Task.sleep(for: Self.interval)
    }
  }

  private static func deliver(from store: any PredictionStore, to results: AuditServiceClient) async throws {
    var after: Int64 = 0
    var refused: (any Error)?
    while true {
      let waiting = try await store.undelivered(after: after, limit: batch)
      for start in stride(from: 0, to: waiting.count, by: parallel) {
        let part = waiting[start..<min(waiting.count, start + parallel)].map { $0.1 }
        let failures = await send(part, to: results)
        let delivered = part.map(\.id).filter { failures[$0] == nil }
        if !delivered.isEmpty { try await store.delivered(delivered) }
        for failure in failures.values {
          // One that is refused must not hold up the others; it stays, for somebody to look at.
          guard let error = failure as? RPCError, error.code == .invalidArgument else { throw failure }
          refused = error
        }
      }
      guard let last = waiting.last, waiting.count == batch else { break }
      after = last.ordinal
    }
    if let refused { throw refused }
  }

  /// - Returns: what went wrong, by the entries' ids.
  private static func send(_ entries: [AuditEntry], to results: AuditServiceClient) async -> [String: any Error] {
    await withTaskGroup(of: (String, (any Error)?).self) { group in
      for entry in entries {
        group.addTask {
          do {
            _ = try await results.recordAudit(
              RecordAuditRequest(entry: entry), options: CallOptions(timeout: patience))
            return (entry.id, nil)
          } catch {
            return (entry.id, error)
          }
        }
      }
      var failures: [String: any Error] = [:]
      for await (id, error) in group { failures[id] = error }
      return failures
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
