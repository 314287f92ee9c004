import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// A state-sync that knows what a test says, and tells of it in small pages.
final class FakeMirror: EnvironmentServiceHandler {
  struct State {
    var environment = Environment(id: "production", kind: .production)
    var targets: [Target] = []
    var series: [MetricSeries] = []
    var isAway = false
    var asked: [ListMetricsRequest] = []
  }

  private static let pointsPerPage = 500
  let state = Mutex(State())

  func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
  var asked: [ListMetricsRequest] { state.withLock(\.asked) }

  func getEnvironment(_ request: GetEnvironmentRequest, _ call: ServerCall) async throws -> Environment {
    try state.withLock { state in
      if state.isAway { throw RPCError(.unavailable, "away") }
      guard request.id == state.environment.id else {
        throw ServiceFault(.notFound, .environmentNotFound, "there is no environment \(request.id)")
      }
      return state.environment
    }
  }

  func getTarget(_ request: GetTargetRequest, _ call: ServerCall) async throws -> Target {
    try state.withLock { state in
      guard let target = state.targets.first(where: { $0.name == request.name }) else {
        throw ServiceFault(.notFound, .targetNotFound, "there is no target \(request.name)")
      }
      return target
    }
  }

  func listTargets(_ request: ListTargetsRequest, _ call: ServerCall) async throws -> ListTargetsResponse {
    ListTargetsResponse(targets: state.withLock(\.targets))
  }

  func listMetrics(_ request: ListMetricsRequest, _ call: ServerCall) async throws -> ListMetricsResponse {
    state.withLock { state in
      state.asked.append(request)
      let pages = state.series.filter { request.target.isEmpty || $0.target == request.target }
        .flatMap { series in
          stride(from: 0, to: max(1, series.points.count), by: Self.pointsPerPage)
            .map { start in
              var part = series
              part.points = Array(series.points.dropFirst(start).prefix(Self.pointsPerPage))
              return part
            }
        }
      let index = Int(request.pageToken) ?? 0
      return ListMetricsResponse(
        environmentID: request.environmentID, series: Array(pages.dropFirst(index).prefix(1)),
        nextPageToken: index + 1 < pages.count ? "\(index + 1)" : "")
    }
  }

  // MARK: What prediction has no business with
  private static let never = RPCError(.unimplemented, "prediction only reads")

  func createEnvironment(_ request: CreateEnvironmentRequest, _ call: ServerCall) async throws -> Environment {
    throw Self.never
  }
  func listEnvironments(_ request: ListEnvironmentsRequest, _ call: ServerCall) async throws
    -> ListEnvironmentsResponse
  { throw Self.never }
  func deleteEnvironment(_ request: DeleteEnvironmentRequest, _ call: ServerCall) async throws
    -> DeleteEnvironmentResponse
  { throw Self.never }
  func syncEnvironment(_ request: SyncEnvironmentRequest, _ call: ServerCall) async throws -> SyncEnvironmentResponse {
    throw Self.never
  }
  func pushMetrics(_ request: PushMetricsRequest, _ call: ServerCall) async throws -> PushMetricsResponse {
    throw Self.never
  }
  func watchEnvironments(
    _ request: WatchEnvironmentsRequest, _ responses: RPCWriter<EnvironmentUpdate>, _ call: ServerCall
  ) async throws { throw Self.never }
}
