import FleetCore
import TwinProto

/// The bounds by which a twin counts as in step with its vehicle.
struct SyncPolicy: Sendable, Hashable {
  /// A greater lag counts as lagging, s. The product promises a virtual fleet at most 100 ms behind.
  var lagBound = 0.1
  /// Without a sample for longer a vehicle is stale, s.
  var staleAfter = 5.0
  /// Without a sample for longer it is offline, s; more than `staleAfter`.
  var offlineAfter = 60.0

  /// How a twin stands whose newest sample arrived at `received` and became visible `lag` seconds after it was measured.
  func status(received: UTCInstant, lag: Double, at now: UTCInstant) -> SyncStatus {
    let silence = now.seconds(since: received)
    if silence > offlineAfter { return .offline }
    if silence > staleAfter { return .stale }
    return lag > lagBound ? .lagging : .inSync
  }
}
