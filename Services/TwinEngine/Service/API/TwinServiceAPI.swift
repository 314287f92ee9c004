import FleetCore
import RPCCore
import RPCErrors
import SimulationBehaviour
import SimulationInput
import SimulationVehicles
import TwinConversions
import TwinProto

/// `twin.engine.v1.TwinService` over the use cases.
struct TwinServiceAPI: TwinServiceHandler {
  static let maximumWatched = 10_000
  /// States that wait for a slow reader before older ones of the same twin give way.
  static let watchBacklog = 256
  /// States or identities in one message.
  static let watchChunk = 256
  static let modelTypePages = PageSizes(usual: 100, largest: 1_000)

  let twins: Twins
  let fleet: Fleet
  let loader: FleetLoader
  let clock: WallClock
  let drain: DrainSignal
  /// Whether a twin's home is this replica.
  let isHome: @Sendable (String) -> Bool

  // MARK: Twins

  func createTwin(_ request: CreateTwinRequest, _ call: ServerCall) async throws -> Twin {
    let draft = TwinDraft(
      physicalVehicleID: request.physicalVehicleID, modelType: request.modelType,
      overrides: (request.parameters?.fields ?? [:]).mapValues { InputValue($0) }.filter { $0.value != .null },
      requestID: request.requestID.isEmpty ? nil : request.requestID)
    return message(try await twins.create(draft))
  }

  func getTwin(_ request: GetTwinRequest, _ call: ServerCall) async throws -> Twin {
    message(try await twins.twin(request.id))
  }

  func listTwins(_ request: ListTwinsRequest, _ call: ServerCall) async throws -> ListTwinsResponse {
    let page = try await twins.list(
      pageSize: request.pageSize, pageToken: request.pageToken, modelType: request.modelType)
    return ListTwinsResponse(vehicles: page.twins.map { message($0) }, nextPageToken: page.nextPageToken)
  }

  func deleteTwin(_ request: DeleteTwinRequest, _ call: ServerCall) async throws -> DeleteTwinResponse {
    try await twins.delete(request.id)
    return DeleteTwinResponse()
  }

  func resolveTwins(_ request: ResolveTwinsRequest, _ call: ServerCall) async throws -> ResolveTwinsResponse {
    ResolveTwinsResponse(twinIds: try await twins.resolve(request.physicalVehicleIds))
  }

  func watchTwins(_ request: WatchTwinsRequest, _ responses: RPCWriter<TwinUpdate>, _ call: ServerCall) async throws {
    let changes = Subscription<String, Fleet.TwinChange>(capacity: Self.watchBacklog)
    // Subscribed before the list is taken, so that nothing falls between; what falls into both is told twice.
    let token = fleet.identities.join(changes)
    defer { fleet.identities.leave(token) }
    var rest = fleet.all[...]
    while rest.count > Self.watchChunk {
      try await responses.write(TwinUpdate(added: Array(rest.prefix(Self.watchChunk))))
      rest = rest.dropFirst(Self.watchChunk)
    }
    try await responses.write(TwinUpdate(added: Array(rest), complete: true))
    try await drain.whileOpen(onDrain: { changes.finish() }) {
      while let entries = try await changes.next(Self.watchChunk) {
        var update = TwinUpdate(complete: true)
        for entry in entries {
          switch entry.value {
          case .added(let vehicle): update.added.append(TwinIdentity(id: entry.key, physicalVehicleID: vehicle))
          case .removed: update.removedIds.append(entry.key)
          }
        }
        try await responses.write(update)
      }
    }
    throw ServiceFault.draining
  }

  // MARK: States

  func getTwinState(_ request: GetTwinStateRequest, _ call: ServerCall) async throws -> VehicleState {
    fleet.state(of: try await loader.live(request.id))
  }

  func watchTwinStates(
    _ request: WatchTwinStatesRequest, _ responses: RPCWriter<WatchTwinStatesResponse>, _ call: ServerCall
  ) async throws { try await watch(request) { try await responses.write($0) } }

  /// Follows the states that are here.
  func watch(_ request: WatchTwinStatesRequest, _ tell: (WatchTwinStatesResponse) async throws -> Void) async throws {
    guard request.ids.count <= Self.maximumWatched else {
      throw ServiceFault.invalid("ids", "must name at most \(Self.maximumWatched) twins, not \(request.ids.count)")
    }
    let states = Subscription<String, LiveTwin>(capacity: Self.watchBacklog)
    let token = fleet.states.join(states, request.ids.isEmpty ? .all : .keys(Set(request.ids)))
    defer { fleet.states.leave(token) }
    for id in request.ids { states.offer(try await loader.live(id), for: id) }
    if request.ids.isEmpty {
      for id in fleet.all.map(\.id) where isHome(id) { if let twin = fleet.twin(id) { states.offer(twin, for: id) } }
    }
    try await drain.whileOpen(onDrain: { states.finish() }) {
      while let entries = try await states.next(Self.watchChunk) {
        try await tell(Self.newest(entries) { fleet.state(of: $0, withPredictions: request.withPredictions) })
      }
    }
    throw ServiceFault.draining
  }

  /// The newest state of each twin, in the order in which they came, and how many others were left out.
  private static func newest(
    _ entries: [Subscription<String, LiveTwin>.Entry], _ state: (LiveTwin) -> VehicleState
  ) -> WatchTwinStatesResponse {
    var response = WatchTwinStatesResponse()
    var last: [String: Int] = [:]
    for (place, entry) in entries.enumerated() { last[entry.key] = place }
    for (place, entry) in entries.enumerated() {
      response.skipped += entry.skipped
      if last[entry.key] == place { response.states.append(state(entry.value)) } else { response.skipped += 1 }
    }
    return response
  }

  func getTwinSnapshot(_ request: GetTwinSnapshotRequest, _ call: ServerCall) async throws -> TwinSnapshot {
    let record = try await twins.twin(request.id)
    let live = try await loader.live(request.id)
    guard let parameters = ModelTypes.parameters(of: record) else { throw ServiceFault.unknownModel(of: record) }
    return TwinSnapshot(
      twin: message(record), state: fleet.state(of: live), parameters: ProtoStruct(parameters.asInput),
      driverParameters: ProtoStruct(TwinParameters.driver(of: record).asInput),
      environment: live.conditions?.environment, snapshotTime: clock.now().timestamp,
      operations: live.conditions?.operations,
      sensors: live.conditions?.sensors.values.sorted { $0.sensorID < $1.sensorID } ?? [])
  }

  private func message(_ record: TwinRecord) -> Twin {
    let live = fleet.twin(record.id)
    return Twin(
      id: record.id, physicalVehicleID: record.physicalVehicleID, modelType: record.modelType,
      parameters: ProtoStruct(fields: TwinParameters.changed(of: record).mapValues { ProtoValue($0) }),
      status: live?.status(fleet.policy, at: clock.now()) ?? .waiting, createTime: record.createTime.timestamp,
      calibrationVersion: record.calibrationVersion, updateTime: record.updateTime.timestamp)
  }

  // MARK: Model types

  func listModelTypes(_ request: ListModelTypesRequest, _ call: ServerCall) async throws -> ListModelTypesResponse {
    let size = try Self.modelTypePages.size(request.pageSize)
    var first = 0
    if !request.pageToken.isEmpty {
      guard let position = PageToken.position(in: request.pageToken, of: "model-types", count: 1),
        let start = Int(exactly: position[0]), (0...ModelTypes.all.count).contains(start)
      else { throw ServiceFault.wrongPageToken() }
      first = start
    }
    let page = ModelTypes.all.dropFirst(first).prefix(size)
    let next = first + page.count
    return ListModelTypesResponse(
      modelTypes: page.map { ModelType($0) },
      nextPageToken: next < ModelTypes.all.count
        ? PageToken(list: "model-types", position: [Int64(next)]).text : "")
  }

  func getModelType(_ request: GetModelTypeRequest, _ call: ServerCall) async throws -> ModelType {
    guard let type = ModelTypes.type(named: request.name) else { throw ServiceFault.noModelType(request.name) }
    return ModelType(type)
  }
}
