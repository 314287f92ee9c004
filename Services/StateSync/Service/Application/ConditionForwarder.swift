import FleetCore
import RPCCore
import Synchronization
import TwinProto

/// Tells twin-engine the newest conditions of vehicles: weather and road, mission and load, the state of each sensor.
///
/// What twin-engine hasn't stored is in the store, so nothing is lost while it is away. Only the newest of each condition
/// is told, however many came meanwhile; telling one again changes nothing.
struct ConditionForwarder: Sendable {
  /// Conditions in one batch.
  static let batchSize = 500
  /// Batches that may be on their way without being stored by twin-engine.
  static let maximumInFlight = 16
  /// Between looks at the store for conditions that nobody has told of, such as those of a process that is gone.
  static let pollInterval = Duration.seconds(5)

  let store: any ObservationStore
  let engine: any TwinEngine
  let directory: VehicleDirectory
  /// Woken when conditions may have changed.
  let wake: Subscription<Int, Bool>
  let pace: any Clock<Duration>
  /// Told of every state that twin-engine returns.
  let received: @Sendable ([VehicleState]) -> Void

  /// What is on its way.
  private final class Journey: Sendable {
    struct Batch: Sendable {
      var id: UInt64
      var conditions: [VehicleCondition]
      /// Twins that twin-engine keeps elsewhere: theirs stay to be told.
      var moved: Set<String> = []
    }

    private let batches = Mutex<[Batch]>([])

    func begin(_ batch: Batch) { batches.withLock { $0.append(batch) } }

    func note(moved: [String], in id: UInt64) {
      guard !moved.isEmpty else { return }
      batches.withLock { batches in
        guard let index = batches.firstIndex(where: { $0.id == id }) else { return }
        batches[index].moved.formUnion(moved)
      }
    }

    /// Takes out the batches up to this one.
    func end(_ id: UInt64) -> [Batch] {
      batches.withLock { batches in
        let done = batches.prefix { $0.id <= id }
        batches.removeFirst(done.count)
        return Array(done)
      }
    }
  }

  /// Forwards until the call ends, which is always an error to its caller, or the replicas change: it should be made again.
  func forward() async throws {
    guard directory.isLoaded else { return }
    let view = engine.replicas.view
    guard view.ring.nodes.count == 1, let only = view.ring.nodes.first else { return try await forwardToHomes(view) }
    let journey = Journey()
    let room = Slots(Self.maximumInFlight)
    try await engine.sync(at: only) { requests, responses in
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          for try await response in responses {
            journey.note(moved: response.moved.map(\.twinID), in: response.batchID)
            if response.durableBatchID > 0 {
              for batch in journey.end(response.durableBatchID) {
                try await didStore(batch)
                room.release()
              }
            }
            if !response.states.isEmpty { received(response.states) }
          }
        }
        group.addTask { try await send(journey, room, requests) }
        group.addTask {
          while true {
            try await pace.sleep(for: Self.pollInterval)
            wake.offer(true, for: 0)
          }
        }
        group.addTask { _ = try await engine.replicas.changed(since: view.version) }
        try await group.next()
      }
    }
  }

  // MARK: Several homes

  /// Forwards to several replicas until they change. Conditions are few: each page goes to all homes before the next one.
  private func forwardToHomes(_ view: Replicas.View) async throws {
    var position: Int64 = 0
    while engine.replicas.view.version == view.version {
      let conditions = try await store.unforwarded(after: position, limit: Self.batchSize)
      guard let last = conditions.last else {
        try await withThrowingTaskGroup(of: Void.self) { group in
          defer { group.cancelAll() }
          group.addTask { _ = try await wake.next(Int.max) }
          group.addTask { try await pace.sleep(for: Self.pollInterval) }
          group.addTask { _ = try await engine.replicas.changed(since: view.version) }
          try await group.next()
        }
        position = 0
        continue
      }
      position = last.revision
      let homes = Dictionary(grouping: conditions) { condition in
        directory.vehicle(condition.key.vehicleKey).flatMap { view.ring.home(of: $0.id) }
      }
      await withTaskGroup(of: Void.self) { group in
        for (home, conditions) in homes {
          guard let home else { continue }
          // Those of a replica that is away or hangs come again; the others don't wait for it.
          group.addTask {
            await withTaskGroup(of: Void.self) { one in
              one.addTask { try? await tell(conditions, at: home) }
              one.addTask { try? await pace.sleep(for: Self.pollInterval) }
              await one.next()
              one.cancelAll()
            }
          }
        }
      }
    }
  }

  /// Tells one replica, and notes what it has stored.
  private func tell(_ conditions: [VehicleCondition], at home: String) async throws {
    var request = batch(conditions)
    request.batchID = 1
    let sent = request
    try await engine.sync(at: home) { requests, responses in
      try await requests.write(sent)
      for try await response in responses {
        if !response.states.isEmpty { received(response.states) }
        // It isn't their home, it says; they come again.
        guard response.moved.isEmpty else { return }
        guard response.durableBatchID > 0 else { continue }
        return try await store.didForward(conditions)
      }
    }
  }

  // MARK: How

  private func didStore(_ batch: Journey.Batch) async throws {
    // Those of twins that don't exist any more count as told, too: there is nobody to tell. Those of vehicles that aren't
    // known here were told nobody.
    try await store.didForward(
      batch.conditions.filter { condition in
        directory.vehicle(condition.key.vehicleKey).map { !batch.moved.contains($0.id) } ?? false
      })
  }

  private func send(_ journey: Journey, _ room: Slots, _ requests: ClientRequests<SyncTwinsRequest>) async throws {
    var position: Int64 = 0
    var batchID: UInt64 = 0
    while true {
      let conditions = try await store.unforwarded(after: position, limit: Self.batchSize)
      guard let last = conditions.last else {
        let woken = try await wake.next(Int.max)
        // After a pause everything that isn't stored there is told again, whoever wrote it.
        if woken?.contains(where: \.value) == true, room.taken == 0 { position = 0 }
        continue
      }
      position = last.revision
      batchID += 1
      var request = batch(conditions)
      request.batchID = batchID
      try await room.acquire()
      journey.begin(.init(id: batchID, conditions: conditions))
      try await requests.write(request)
    }
  }

  private func batch(_ conditions: [VehicleCondition]) -> SyncTwinsRequest {
    var request = SyncTwinsRequest()
    var places: [String: Int] = [:]
    for condition in conditions {
      // What can't be read can't be told either, and would come again for ever.
      guard let vehicle = directory.vehicle(condition.key.vehicleKey),
        let observation = try? Observation(encoded: condition.content)
      else { continue }
      let place = places[vehicle.id] ?? request.twins.count
      if places[vehicle.id] == nil {
        places[vehicle.id] = place
        request.twins.append(TwinSamples(twinID: vehicle.id))
      }
      switch observation.content {
      case .sensor(let sample): request.twins[place].sensorSamples.append(sample)
      case .environment(let sample): request.twins[place].environmentSamples.append(sample)
      case .operations(let sample): request.twins[place].operationsSamples.append(sample)
      case .event, nil: continue
      }
    }
    return request
  }
}
