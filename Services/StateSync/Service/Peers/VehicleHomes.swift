import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// Which replica of state-sync is a vehicle's home: the one that takes its telemetry in, so that one memory knows what has
/// come from it.
final class VehicleHomes: Sendable {
  /// How long another replica may take to answer.
  static let timeout = Duration.seconds(10)

  let replicas: Replicas
  private let links = Mutex<[String: PeerLink]>([:])

  init(_ replicas: Replicas) { self.replicas = replicas }

  /// Where a vehicle's telemetry is to be taken in.
  enum Place: Sendable {
    case here
    case replica(PeerLink)
    /// At another replica, though the one that passed it on takes this one for its home.
    case refused(String)
  }

  /// - Parameter isPassedOn: whether another replica believes that it is here.
  /// - Throws: `ServiceFault` with UNAVAILABLE when replicas don't agree, or none is known yet.
  func place(of vehicle: Vehicle, isPassedOn: Bool) throws -> Place {
    switch replicas.home(of: vehicle.id) {
    case .here: return .here
    case .unknown: throw Self.noReplicas
    case .replica(let address):
      if isPassedOn { return .refused(address) }
      guard let link = links.withLock({ $0[address] }) else { throw Self.notHome(vehicle.id, address) }
      return .replica(link)
    }
  }

  /// Answers a call about a vehicle here, or at its home.
  func answer<Answer: Sendable>(
    for id: String, _ call: ServerCall, here: () async throws -> Answer,
    there: (any RPCChannel, CallOptions) async throws -> Answer
  ) async throws -> Answer {
    switch replicas.home(of: id) {
    case .here: return try await here()
    case .unknown: throw Self.noReplicas
    case .replica(let address):
      if PassedOn.isMarked(call) { throw Self.notHome(id, address) }
      return try await there(replicas.channel(to: address), PassedOn.options(timeout: Self.timeout))
    }
  }

  /// - Parameter replica: who says so; nil for this one.
  static func notHome(_ id: String, _ address: String, of replica: String? = nil) -> ServiceFault {
    ServiceFault(
      .unavailable, .upstreamUnavailable,
      "the home of \(id) is \(address), not \(replica ?? "this replica"); send again",
      facts: ["twin": id, "home": address], retryAfter: StoreUnavailable.retryAfter)
  }

  private static let noReplicas = ServiceFault(
    .unavailable, .upstreamUnavailable, "no replica of state-sync is known yet; check peers.state-sync.addresses",
    retryAfter: StoreUnavailable.retryAfter)

  /// Keeps a link to every other replica, as they come and go, until cancelled.
  ///
  /// - Parameter changed: told of every change, to let go of what belongs elsewhere.
  func run(changed: @Sendable (Replicas.View) -> Void) async throws {
    var running: [String: Task<Void, Never>] = [:]
    defer { for task in running.values { task.cancel() } }
    var view = replicas.view
    while true {
      let others = Set(view.ring.nodes.filter { $0 != replicas.own })
      for (address, task) in running where !others.contains(address) {
        task.cancel()
        running[address] = nil
        _ = links.withLock { $0.removeValue(forKey: address) }
      }
      for address in others where running[address] == nil {
        let link = PeerLink(address: address, channel: replicas.channel(to: address))
        links.withLock { $0[address] = link }
        running[address] = Task { await link.run() }
      }
      changed(view)
      view = try await replicas.changed(since: view.version)
    }
  }
}
