import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// state-sync as far as the edge follows the fleet: updates that a test publishes, to whoever is subscribed.
final class FakeFleet: FleetServiceHandler {
  private struct State {
    var requests: [SubscribeFleetRequest] = []
    var open = 0
  }

  private let state = Mutex(State())
  private let updates = Broadcast<UInt64, FleetUpdate>()

  /// What was asked for, in the order of the calls.
  var requests: [SubscribeFleetRequest] { state.withLock(\.requests) }

  /// Subscriptions that are open.
  var open: Int { state.withLock(\.open) }

  func publish(_ update: FleetUpdate) { updates.publish(update, for: update.cursor) }

  func subscribeFleet(
    _ request: SubscribeFleetRequest, _ responses: RPCWriter<FleetUpdate>, _ call: ServerCall
  ) async throws {
    state.withLock { $0.requests.append(request) }
    if let unknown = request.vehicleIds.first(where: { $0 != "twin-001" }) { throw ServiceFault.noTwin(unknown) }
    if let rate = request.maxRateHz, rate <= 0 {
      throw ServiceFault.invalid("max_rate_hz", "must be more than 0 and at most 1000 Hz")
    }
    if request.resumeFrom == 1 {
      throw ServiceFault(
        .outOfRange, .historyExpired, "updates after 1 aren't kept", facts: ["cursor": "1"],
        violations: [.init("resume_from", "must be 7 to 9")])
    }
    let own = Subscription<UInt64, FleetUpdate>(capacity: 100_000)
    let token = updates.join(own)
    state.withLock { $0.open += 1 }
    defer {
      updates.leave(token)
      state.withLock { $0.open -= 1 }
    }
    call.sendInitialMetadata()
    while let entries = try await own.next(1) {
      for entry in entries { try await responses.write(entry.value) }
    }
  }

  func getHistory(_ request: GetHistoryRequest, _ call: ServerCall) async throws -> GetHistoryResponse {
    GetHistoryResponse()
  }

  func listObservations(_ request: ListObservationsRequest, _ call: ServerCall) async throws
    -> ListObservationsResponse
  { ListObservationsResponse() }

  func getSyncReport(_ request: GetSyncReportRequest, _ call: ServerCall) async throws -> SyncReport { SyncReport() }
}
