import FleetCore
import RPCCore
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Sends the log to twin-engine in its order, from the newest in memory or, when behind, from the store; hands what comes
/// back on.
///
/// Nothing is lost: each session starts where twin-engine said that it has stored everything. Nothing piles up: what
/// twin-engine doesn't take stays in the store.
struct Forwarder: Sendable {
  /// Samples in one batch.
  static let batchSize = 1_000
  /// What the samples of one batch take, unless the longest message leaves less.
  static let batchBytes = 1 << 20
  /// Batches that may be on their way without an answer.
  static let maximumInFlight = 16

  let store: any TelemetryStore
  let engine: any TwinEngine
  let directory: VehicleDirectory
  let log: TelemetryLog
  let tail: LogTail
  let metrics: IngestMetrics
  let skews: ClockSkews
  let clock: WallClock
  /// What a batch may take beside the names of its vehicles, which are much less.
  let batchBytes: Int
  /// Told of every state that twin-engine returns.
  let received: @Sendable ([VehicleState]) -> Void

  /// Forwards until the call ends, which is always an error to its caller: it should be made again.
  func forward() async throws {
    let (start, epoch) = tail.start
    guard epoch > 0 else { return try await tail.waitForMore(after: start, epoch: epoch) }
    let room = Slots(Self.maximumInFlight)
    try await engine.sync { requests, responses in
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          for try await response in responses {
            if response.durableBatchID > 0 {
              tail.didForward(Int64(clamping: response.durableBatchID), epoch: epoch)
            }
            if response.batchID > 0 { room.release() }
            if !response.states.isEmpty { received(response.states) }
          }
        }
        group.addTask { try await send(from: start, epoch, room, requests) }
        try await group.next()
      }
    }
  }

  private func send(
    from start: Int64, _ epoch: Int, _ room: Slots, _ requests: ClientRequests<SyncTwinsRequest>
  ) async throws {
    var position = start
    var followed: Set<String> = []
    while tail.start.epoch == epoch {
      let rows: ArraySlice<LogRow>
      var end = position
      switch tail.part(after: position, limit: Self.batchSize, bytes: batchBytes) {
      case .rows(let part): rows = part
      case .inStore(let forgotten):
        guard let hold = log.hold else { throw StoreUnavailable("the log isn't open") }
        let page = try await store.rows(of: hold.log, after: position, limit: Self.batchSize, bytes: batchBytes)
        rows = page.rows[...]
        // Sources that haven't sent since the start aren't known by name.
        try await log.meet(Set(rows.map(\.sourceKey)))
        // Positions of commits that failed are in neither place.
        if page.isLast { end = forgotten }
      case .nothing:
        try await tail.waitForMore(after: position, epoch: epoch)
        continue
      }
      position = max(end, rows.last?.position ?? end)
      guard let last = rows.last else { continue }
      var batch = batch(rows, id: UInt64(last.position))
      for twin in batch.twins where followed.insert(twin.twinID).inserted { batch.followIds.append(twin.twinID) }
      try await room.acquire()
      try await requests.write(batch)
      metrics.forwarded.increment(by: Int64(rows.count))
    }
  }

  /// Rows by vehicle and source, in the order of their first row. The batch's id is its last position.
  private func batch(_ rows: ArraySlice<LogRow>, id: UInt64) -> SyncTwinsRequest {
    var request = SyncTwinsRequest(batchID: id)
    var places: [Int32: Int] = [:]
    let now = clock.now()
    for var row in rows {
      // It would never pass, and all that follows would wait behind it. Twins get along without sensors.
      if row.bytes > batchBytes { row.sample.sensors = [] }
      if let place = places[row.sourceKey] {
        request.twins[place].samples.append(row.sample)
        request.twins[place].receiveTime = row.received.timestamp
      } else if let vehicle = directory.vehicle(row.vehicleKey), let source = log.sourceName(row.sourceKey) {
        places[row.sourceKey] = request.twins.count
        let skew = skews.estimate(of: SourceName(vehicleKey: row.vehicleKey, name: source), at: now)
        request.twins.append(
          TwinSamples(
            twinID: vehicle.id, source: source, samples: [row.sample], clockSkewMs: skew?.correctionMS,
            receiveTime: row.received.timestamp))
      }
    }
    return request
  }
}
