import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// A twin-engine that knows what a test says.
final class FakeTwins: EnvironmentTwinServiceHandler {
  struct State {
    var targets: [TargetTwin] = []
    var isStale = false
    var isAway = false
    var asked: [GetEnvironmentSnapshotRequest] = []
  }

  let state = Mutex(State())

  func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
  var asked: [GetEnvironmentSnapshotRequest] { state.withLock(\.asked) }

  func getEnvironmentSnapshot(_ request: GetEnvironmentSnapshotRequest, _ call: ServerCall) async throws
    -> EnvironmentSnapshot
  {
    try state.withLock { state in
      state.asked.append(request)
      if state.isAway { throw RPCError(.unavailable, "away") }
      guard request.environmentID == "production" else {
        throw ServiceFault(
          .notFound, .environmentNotFound, "no environment has the id '\(request.environmentID)'")
      }
      let known = state.targets.filter { request.targets.contains($0.target?.name ?? "") }
      return EnvironmentSnapshot(
        environmentID: "production", kind: .production, targets: known, stale: state.isStale,
        unknownTargets: request.targets.filter { name in !known.contains { $0.target?.name == name } })
    }
  }

  func updateEnvironment(_ request: UpdateEnvironmentRequest, _ call: ServerCall) async throws
    -> UpdateEnvironmentResponse
  { throw RPCError(.unimplemented, "prediction only reads") }

  func calibrateEnvironment(_ request: CalibrateEnvironmentRequest, _ call: ServerCall) async throws
    -> CalibrateEnvironmentResponse
  { throw RPCError(.unimplemented, "prediction only reads") }
}
