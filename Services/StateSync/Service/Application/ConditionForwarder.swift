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

  /// Forwards until the call ends, which is always an error to its caller: it should be made again.
  func forward() async throws {
    guard directory.isLoaded else { return }
    let journey = Journey()
    let room = Slots(Self.maximumInFlight)
    try await engine.sync { requests, responses in
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
        try await group.next()
      }
    }
  }

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
