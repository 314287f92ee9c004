public import RPCCore
import Synchronization
public import TwinProto

/// `grpc.health.v1.Health`: tells whether the services of a server take calls.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/health-checking.md
public final class HealthService: GRPCHealthHandler {
  public typealias Status = GRPCHealthCheckResponse.ServingStatus

  /// What `List` answers at the most, as its contract says.
  private static let maxListed = 100

  private struct State {
    var statuses: [String: Status]
    var watchers: [UInt64: (service: String, updates: AsyncStream<Status>.Continuation)] = [:]
    var nextWatcher: UInt64 = 0
    var isShutDown = false
    /// A watch that comes from now on ends at once.
    var watchesEnded = false
  }

  private let state: Mutex<State>

  /// - Parameter services: the names that are known; each starts as not serving. The empty name is the whole server.
  public init(services: [String]) {
    let names = services + [""]
    state = Mutex(State(statuses: Dictionary(names.map { ($0, .notServing) }) { first, _ in first }))
  }

  /// Sets the status of one service.
  public func set(_ service: String, _ status: Status) {
    state.withLock { state in
      guard !state.isShutDown else { return }
      Self.update(&state, service, status)
    }
  }

  /// Sets the status of every service that is known.
  public func setAll(_ status: Status) {
    state.withLock { state in
      guard !state.isShutDown else { return }
      for service in state.statuses.keys { Self.update(&state, service, status) }
    }
  }

  /// Sets everything to not serving, for good: the server drains.
  public func shutDown() {
    state.withLock { state in
      for service in state.statuses.keys { Self.update(&state, service, .notServing) }
      state.isShutDown = true
    }
  }

  /// Ends the watches, those that are still to come included, so that they don't hold up a server that stops.
  public func endWatches() {
    let watchers = state.withLock { state in
      state.watchesEnded = true
      return state.watchers.values.map(\.updates)
    }
    for watcher in watchers { watcher.finish() }
  }

  private static func update(_ state: inout State, _ service: String, _ status: Status) {
    guard state.statuses[service] != status else { return }
    state.statuses[service] = status
    for watcher in state.watchers.values where watcher.service == service { watcher.updates.yield(status) }
  }

  // MARK: Calls

  public func check(_ request: GRPCHealthCheckRequest, _ call: ServerCall) async throws -> GRPCHealthCheckResponse {
    guard let status = state.withLock({ $0.statuses[request.service] }) else {
      throw RPCError(.notFound, "unknown service \(request.service)")
    }
    return GRPCHealthCheckResponse(status: status)
  }

  public func list(_ request: GRPCHealthListRequest, _ call: ServerCall) async throws -> GRPCHealthListResponse {
    let statuses = state.withLock { $0.statuses }
    guard statuses.count <= Self.maxListed else {
      throw RPCError(.resourceExhausted, "more than \(Self.maxListed) services")
    }
    return GRPCHealthListResponse(statuses: statuses.mapValues { GRPCHealthCheckResponse(status: $0) })
  }

  public func watch(
    _ request: GRPCHealthCheckRequest, _ responses: RPCWriter<GRPCHealthCheckResponse>, _ call: ServerCall
  ) async throws {
    // The newest status is all that a slow watcher needs.
    let (updates, sink) = AsyncStream.makeStream(of: Status.self, bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state in
      state.nextWatcher += 1
      state.watchers[state.nextWatcher] = (request.service, sink)
      sink.yield(state.statuses[request.service] ?? .serviceUnknown)
      // It still hears how things are.
      if state.watchesEnded { sink.finish() }
      return state.nextWatcher
    }
    defer { state.withLock { $0.watchers[id] = nil } }
    var last: Status?
    for await status in updates where status != last {
      try await responses.write(GRPCHealthCheckResponse(status: status))
      last = status
    }
    throw RPCError(.unavailable, "the server is shutting down")
  }
}
