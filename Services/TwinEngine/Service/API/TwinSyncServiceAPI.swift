import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import TwinProto

/// `twin.engine.v1.TwinSyncService`: committed samples in, virtual states out.
struct TwinSyncServiceAPI: TwinSyncServiceHandler {
  static let maximumEntries = 1_000
  /// Responses that wait for a slow reader before batches do.
  static let responseBacklog = 64
  /// Followed states that wait before older ones of the same twin give way.
  static let followBacklog = 256
  static let chunk = 256

  let fleet: Fleet
  let homes: TwinHomes
  let writer: StateWriter
  let drain: DrainSignal
  let metrics: EngineMetrics

  func syncTwins(
    _ requests: RPCReader<SyncTwinsRequest>, _ responses: RPCWriter<SyncTwinsResponse>, _ call: ServerCall
  ) async throws {
    let session = writer.open()
    let followed = Subscription<String, LiveTwin>(capacity: Self.followBacklog)
    let token = fleet.statusChanges.join(followed, .keys([]))
    let outgoing = BoundedChannel<SyncTwinsResponse>(capacity: Self.responseBacklog)
    defer {
      fleet.statusChanges.leave(token)
      writer.close(session)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await read(requests, into: outgoing, session, token) }
      group.addTask {
        while let mark = try await session.stored.next(1)?.first {
          try await outgoing.send(SyncTwinsResponse(durableBatchID: mark.value))
        }
        if session.wasBroken { outgoing.finish(throwing: ServiceFault.overtaken) }
      }
      group.addTask {
        while let entries = try await followed.next(Self.chunk) {
          try await outgoing.send(SyncTwinsResponse(states: entries.map { fleet.state(of: $0.value) }))
        }
      }
      defer { group.cancelAll() }
      try await drain.whileOpen(onDrain: { outgoing.finish(throwing: ServiceFault.draining) }) {
        // One task writes, because a call's responses go out in one order.
        while let batch = try await outgoing.next() {
          for response in batch { try await responses.write(response) }
        }
      }
    }
  }

  /// Applies batches as they come. The end of the requests, good or bad, ends the responses.
  private func read(
    _ requests: RPCReader<SyncTwinsRequest>, into outgoing: BoundedChannel<SyncTwinsResponse>,
    _ session: StateWriter.Session, _ token: Broadcast<String, LiveTwin>.Token
  ) async {
    do {
      for try await request in requests {
        fleet.statusChanges.add(request.followIds, to: token)
        let response = try await apply(request)
        // Told before anything can be said to be stored, so that a sender knows what of it isn't: twins of other replicas.
        guard try await outgoing.send(response) else { return }
        session.didApply(request.batchID)
      }
      outgoing.finish()
    } catch {
      outgoing.finish(throwing: error)
    }
  }

  private func apply(_ request: SyncTwinsRequest) async throws -> SyncTwinsResponse {
    guard request.twins.count <= Self.maximumEntries else {
      throw ServiceFault.invalid(
        "twins", "must have at most \(Self.maximumEntries) entries, not \(request.twins.count)")
    }
    var response = SyncTwinsResponse(batchID: request.batchID)
    let view = homes.replicas.view
    guard !view.ring.isEmpty else { throw TwinHomes.noReplicas }
    for (id, batches) in Self.byTwin(request.twins) {
      if case .replica(let address) = homes.replicas.home(of: id, in: view) {
        response.moved.append(TwinHome(twinID: id, address: address))
        continue
      }
      let applied = try await apply(batches, to: id)
      let count = batches.reduce(0) { $0 + $1.samples.count }
      guard let applied else {
        metrics.unknown.increment(by: Int64(count))
        response.unknownIds.append(id)
        continue
      }
      metrics.applied.increment(by: Int64(applied.newCount))
      metrics.repeated.increment(by: Int64(count - applied.newCount))
      guard applied.hasChanged else { continue }
      if let newest = applied.twin.newest { metrics.lag.observe(newest.lag) }
      response.states.append(fleet.state(of: applied.twin))
    }
    return response
  }

  /// - Returns: nil when the twin doesn't exist.
  private func apply(_ batches: [SampleBatch], to id: String) async throws -> Fleet.Applied? {
    if let applied = fleet.apply(batches, to: id) { return applied }
    // Either nobody has asked for its state yet, or it was created by another replica, or it doesn't exist.
    if fleet.twin(id) == nil, try await !homes.loader.refresh(for: id) { return nil }
    try await homes.load([id])
    if let applied = fleet.apply(batches, to: id) { return applied }
    // It was let go in between.
    guard fleet.twin(id) == nil else { throw ServiceFault.overtaken }
    return nil
  }

  /// The entries of each twin, twins in the order of their first entry.
  private static func byTwin(_ entries: [TwinSamples]) -> [(id: String, batches: [SampleBatch])] {
    var places: [String: Int] = [:]
    var twins: [(id: String, batches: [SampleBatch])] = []
    for entry in entries {
      let batch = SampleBatch(
        source: entry.source, samples: entry.samples, clockSkewMs: entry.clockSkewMs,
        received: entry.receiveTime.flatMap { UTCInstant($0) }, sensors: entry.sensorSamples,
        environment: entry.environmentSamples, operations: entry.operationsSamples, isStored: entry.isStored)
      if let place = places[entry.twinID] {
        twins[place].batches.append(batch)
      } else {
        places[entry.twinID] = twins.count
        twins.append((entry.twinID, [batch]))
      }
    }
    return twins
  }
}
