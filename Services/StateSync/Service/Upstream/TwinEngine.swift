import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What state-sync needs of twin-engine.
protocol TwinEngine: Sendable {
  /// The ids of a vehicle's twin; nil when it has none.
  ///
  /// - Throws: `ServiceFault` when twin-engine can't be asked now.
  func identity(of reference: VehicleDirectory.Reference) async throws -> VehicleIdentity?

  /// Hears of the twins that exist, then of those that come and go, until twin-engine ends the call.
  func watch(_ body: (TwinUpdate) async throws -> Void) async throws

  /// The replicas, each the home of some twins.
  var replicas: Replicas { get }

  /// Sends samples to a replica and receives states, until either side ends the call.
  func sync(
    at address: String,
    _ body:
      @escaping @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Void
  ) async throws
}

/// twin-engine over gRPC.
struct RemoteTwinEngine: TwinEngine {
  /// How long a question for one vehicle may take; senders wait for the answer.
  static let questionTimeout = Duration.seconds(2)

  let replicas: Replicas
  private let twins: TwinServiceClient

  /// - Parameters:
  ///   - channel: to any replica.
  ///   - replicas: all of them.
  init(_ channel: any RPCChannel, _ replicas: Replicas) {
    self.replicas = replicas
    twins = TwinServiceClient(channel)
  }

  /// - Parameter channel: to the only replica.
  init(_ channel: any RPCChannel) {
    self.init(channel, Replicas(own: nil, addresses: ["twin-engine"]) { _ in channel })
  }

  func identity(of reference: VehicleDirectory.Reference) async throws -> VehicleIdentity? {
    let options = CallOptions(timeout: Self.questionTimeout)
    do {
      switch reference {
      case .twin(let id):
        let twin = try await twins.getTwin(GetTwinRequest(id: id), options: options)
        return VehicleIdentity(id: twin.id, physicalID: twin.physicalVehicleID)
      case .physical(let id):
        let answer = try await twins.resolveTwins(ResolveTwinsRequest(physicalVehicleIds: [id]), options: options)
        return answer.twinIds[id].map { VehicleIdentity(id: $0, physicalID: id) }
      }
    } catch let error as RPCError where error.code == .notFound {
      return nil
    } catch let error as RPCError {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "twin-engine can't be asked for the vehicle now: \(error)",
        retryAfter: StoreUnavailable.retryAfter)
    }
  }

  func watch(_ body: (TwinUpdate) async throws -> Void) async throws {
    // The closure of a call is sendable, so updates are carried out of it.
    let updates = BoundedChannel<TwinUpdate>(capacity: 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await twins.watchTwins(WatchTwinsRequest()) { responses in
            for try await update in responses { try await updates.send(update) }
          }
          updates.finish()
        } catch {
          updates.finish(throwing: error)
        }
      }
      defer { group.cancelAll() }
      while let batch = try await updates.next() { for update in batch { try await body(update) } }
    }
  }

  func sync(
    at address: String,
    _ body:
      @escaping @Sendable (ClientRequests<SyncTwinsRequest>, ClientResponses<SyncTwinsResponse>) async throws -> Void
  ) async throws { try await TwinSyncServiceClient(replicas.channel(to: address)).syncTwins(body) }
}
