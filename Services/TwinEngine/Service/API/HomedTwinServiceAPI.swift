import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.engine.v1.TwinService` over all replicas: what needs a twin's live state is asked at its home.
struct HomedTwinServiceAPI: TwinServiceHandler {
  /// Messages of several replicas that wait for a slow reader before the replicas do.
  static let watchBacklog = 16
  /// Between attempts to follow the states at another replica.
  static let retryInterval = Duration.milliseconds(500)
  /// How long other replicas may take to tell how their twins stand.
  static let statusTimeout = Duration.seconds(2)

  let local: TwinServiceAPI
  let homes: TwinHomes

  private var replicas: Replicas { homes.replicas }

  // MARK: One twin

  func getTwinState(_ request: GetTwinStateRequest, _ call: ServerCall) async throws -> VehicleState {
    try await homes.answer(for: request.id, call) {
      try await local.getTwinState(request, call)
    } there: { channel, options in
      try await TwinServiceClient(channel).getTwinState(request, options: options)
    }
  }

  func getTwinSnapshot(_ request: GetTwinSnapshotRequest, _ call: ServerCall) async throws -> TwinSnapshot {
    try await homes.answer(for: request.id, call) {
      try await local.getTwinSnapshot(request, call)
    } there: { channel, options in
      try await TwinServiceClient(channel).getTwinSnapshot(request, options: options)
    }
  }

  /// How the twin stands is unspecified while its home can't be asked; everything else is in the database.
  func getTwin(_ request: GetTwinRequest, _ call: ServerCall) async throws -> Twin {
    var twin = try await local.getTwin(request, call)
    switch replicas.home(of: request.id) {
    case .here:
      try await homes.load([request.id])
      twin = try await local.getTwin(request, call)
    case .replica(let address) where !PassedOn.isMarked(call):
      let there = TwinServiceClient(replicas.channel(to: address))
      twin.status =
        (try? await there.getTwin(request, options: PassedOn.options(timeout: Self.statusTimeout)))?.status
        ?? .unspecified
    case .replica, .unknown: twin.status = .unspecified
    }
    return twin
  }

  // MARK: Several twins

  func listTwins(_ request: ListTwinsRequest, _ call: ServerCall) async throws -> ListTwinsResponse {
    var response = try await local.listTwins(request, call)
    let view = replicas.view
    let here = response.vehicles.lazy.map(\.id).filter { replicas.home(of: $0, in: view) == .here }
    if !homes.fleet.missing(here).isEmpty {
      try await homes.load(here)
      response = try await local.listTwins(request, call)
    }
    if replicas.isAlone { return response }
    let others = Set(response.vehicles.compactMap { view.ring.home(of: $0.id) }).subtracting([replicas.own ?? ""])
    let known = PassedOn.isMarked(call) ? [:] : await statuses(request, at: others)
    for index in response.vehicles.indices {
      let id = response.vehicles[index].id
      guard let home = view.ring.home(of: id), home != replicas.own else { continue }
      response.vehicles[index].status = known[home]?[id] ?? .unspecified
    }
    return response
  }

  /// How twins stand by the word of other replicas, which are given the same page to list.
  private func statuses(_ request: ListTwinsRequest, at others: Set<String>) async -> [String: [String: SyncStatus]] {
    await withTaskGroup(of: (String, [String: SyncStatus]).self) { group in
      for address in others {
        group.addTask {
          let page = try? await TwinServiceClient(replicas.channel(to: address)).listTwins(
            request, options: PassedOn.options(timeout: Self.statusTimeout))
          let twins = (page?.vehicles ?? []).map { ($0.id, $0.status) }
          return (address, Dictionary(twins) { $1 })
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  /// Follows the states at all replicas, anew whenever they change.
  func watchTwinStates(
    _ request: WatchTwinStatesRequest, _ responses: RPCWriter<WatchTwinStatesResponse>, _ call: ServerCall
  ) async throws {
    if replicas.isAlone || PassedOn.isMarked(call) {
      if !PassedOn.isMarked(call) { try await homes.load(request.ids) }
      return try await local.watchTwinStates(request, responses, call)
    }
    for id in request.ids where homes.fleet.twin(id) == nil {
      guard try await homes.loader.refresh(for: id), homes.fleet.twin(id) != nil else { throw ServiceFault.noTwin(id) }
    }
    let outgoing = BoundedChannel<WatchTwinStatesResponse>(capacity: Self.watchBacklog)
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        do {
          while true { try await follow(request, replicas.view, into: outgoing) }
        } catch {
          outgoing.finish(throwing: error)
        }
      }
      while let batch = try await outgoing.next() { for response in batch { try await responses.write(response) } }
    }
  }

  /// Follows the states until the replicas aren't those of a view any more.
  private func follow(
    _ request: WatchTwinStatesRequest, _ view: Replicas.View,
    into outgoing: BoundedChannel<WatchTwinStatesResponse>
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      for address in view.ring.nodes {
        var part = request
        part.ids = request.ids.filter { view.ring.home(of: $0) == address }
        if part.ids.isEmpty, !request.ids.isEmpty { continue }
        group.addTask { [part] in
          try await follow(part, at: address, into: outgoing)
        }
      }
      // Ends first, and with it the others, unless the service stops.
      group.addTask { _ = try await replicas.changed(since: view.version) }
      try await group.next()
    }
  }

  private func follow(
    _ request: WatchTwinStatesRequest, at address: String, into outgoing: BoundedChannel<WatchTwinStatesResponse>
  ) async throws {
    if address == replicas.own {
      try await homes.load(request.ids)
      return try await local.watch(request) { try await outgoing.send($0) }
    }
    while true {
      do {
        try await TwinServiceClient(replicas.channel(to: address)).watchTwinStates(
          request, options: PassedOn.options()
        ) { states in
          for try await response in states { try await outgoing.send(response) }
        }
      } catch let error as RPCError where error.code == .unavailable {
        // It went, or isn't there yet: its twins' states come when it is, or when others are their homes.
      }
      try await Task.sleep(for: Self.retryInterval)
    }
  }

  // MARK: What the database tells

  func createTwin(_ request: CreateTwinRequest, _ call: ServerCall) async throws -> Twin {
    try await local.createTwin(request, call)
  }

  func deleteTwin(_ request: DeleteTwinRequest, _ call: ServerCall) async throws -> DeleteTwinResponse {
    try await local.deleteTwin(request, call)
  }

  func resolveTwins(_ request: ResolveTwinsRequest, _ call: ServerCall) async throws -> ResolveTwinsResponse {
    try await local.resolveTwins(request, call)
  }

  func watchTwins(_ request: WatchTwinsRequest, _ responses: RPCWriter<TwinUpdate>, _ call: ServerCall) async throws {
    try await local.watchTwins(request, responses, call)
  }

  func listModelTypes(_ request: ListModelTypesRequest, _ call: ServerCall) async throws -> ListModelTypesResponse {
    try await local.listModelTypes(request, call)
  }

  func getModelType(_ request: GetModelTypeRequest, _ call: ServerCall) async throws -> ModelType {
    try await local.getModelType(request, call)
  }
}
