import FleetCore
import Logging
import RPCCore
import RuntimeTelemetry
import ServiceRuntime
import Synchronization
import TwinProto

/// Sends a log to the twins' homes in its order.
///
/// Each replica of twin-engine has a lane of its own: a call, a place in the log, and its twins' samples. A replica that
/// is slow or gone holds up its own twins only; their samples stay in the store for as long as that lasts. Nothing is
/// lost: a call that is made anew starts where that replica said that it has stored everything, and when the replicas
/// change all lanes start anew from where every one of them had. Twins drop what they had.
struct Forwarder: Sendable {
  /// Samples in one batch.
  static let batchSize = 1_000
  /// What the samples of one batch take, unless the longest message leaves less.
  static let batchBytes = 1 << 20
  /// Batches of one lane that may be on their way without an answer.
  static let maximumInFlight = 16
  /// Between attempts to reach a replica.
  static let retry = RetrySchedule(first: .milliseconds(50), longest: .seconds(2))

  let engine: any TwinEngine
  let directory: VehicleDirectory
  let log: TelemetryLog
  let metrics: IngestMetrics
  let logger: Logger
  let skews: ClockSkews
  let clock: WallClock
  /// What a batch may take beside the names of its vehicles, which are much less.
  let batchBytes: Int
  /// The replicas that don't take samples now.
  let stalled = StalledReplicas()
  /// Told of every state that twin-engine returns.
  let received: @Sendable ([VehicleState]) -> Void

  /// One log on its way to the replicas that there are.
  private struct Journey: Sendable {
    let log: any ForwardedLog
    let epoch: Int
    let view: Replicas.View
    /// What the replicas have stored.
    let stored: ForwardProgress
    /// What they have taken in.
    let applied: ForwardProgress

    init(_ log: any ForwardedLog, from start: Int64, epoch: Int, _ view: Replicas.View) {
      self.log = log
      self.epoch = epoch
      self.view = view
      stored = ForwardProgress(view.ring.nodes, start: start)
      applied = ForwardProgress(view.ring.nodes, start: start)
    }

    var isOver: Bool { log.start.epoch != epoch }

    /// From where to send to a replica whose call is made anew.
    func restart(_ address: String) -> Int64 {
      // What it took in and didn't store may be lost.
      let position = stored.restart(address)
      applied.restart(address, at: position)
      log.didApply(applied.safe, epoch: epoch)
      return position
    }

    func didRead(_ address: String, to position: Int64, isSent: Bool) {
      applied.didRead(address, to: position, isSent: isSent)
      stored.didRead(address, to: position, isSent: isSent)
    }

    /// Has nothing of what was read to send.
    func didPass(_ address: String, to position: Int64) {
      didRead(address, to: position, isSent: false)
      log.didApply(applied.safe, epoch: epoch)
      log.didForward(stored.safe, epoch: epoch)
    }

    func didStore(_ batch: UInt64, at address: String) {
      stored.didConfirm(address, batch: Int64(clamping: batch))
      log.didForward(stored.safe, epoch: epoch)
    }

    func didApply(_ batch: UInt64, at address: String) {
      applied.didConfirm(address, batch: Int64(clamping: batch))
      log.didApply(applied.safe, epoch: epoch)
    }
  }

  /// A twin that was sent to a replica which isn't its home.
  private struct Moved: Error, CustomStringConvertible {
    let home: TwinHome
    let address: String
    let isKnown: Bool

    var description: String {
      let hint = isKnown ? "" : ", which isn't among peers.twin-engine.addresses"
      return "\(address) says that the home of \(home.twinID) is \(home.address)\(hint)"
    }
  }

  /// Whether a vehicle's samples wait because its twin's home doesn't take them.
  func isWaiting(_ vehicleID: String) -> Bool {
    engine.replicas.view.ring.home(of: vehicleID).map { stalled.contains($0) } ?? true
  }

  /// Forwards until the replicas change or the log is opened anew: then it should be called again.
  func forward(_ forwarded: any ForwardedLog) async throws {
    let replicas = engine.replicas
    let view = replicas.view
    let (start, epoch) = forwarded.start
    guard epoch > 0 else { return try await forwarded.waitForMore(after: start, epoch: epoch) }
    guard !view.ring.isEmpty else {
      _ = try await replicas.changed(since: view.version)
      return
    }
    let journey = Journey(forwarded, from: start, epoch: epoch, view)
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      for address in view.ring.nodes { group.addTask { try await keepSending(journey, to: address) } }
      group.addTask { _ = try await replicas.changed(since: view.version) }
      try await group.next()
    }
  }

  /// Sends to one replica, again and again, until the log is opened anew.
  private func keepSending(_ journey: Journey, to address: String) async throws {
    var complaint = Complaint(logger, "twin-engine at \(address) doesn't take samples; they wait in the database")
    var failures = 0
    var random = SystemRandomNumberGenerator()
    while !journey.isOver {
      let began = ContinuousClock.now
      do {
        try await send(journey, to: address)
      } catch let error as CancellationError {
        throw error
      } catch {
        complaint.make(error)
      }
      try Task.checkCancellation()
      if !journey.isOver { stalled.add(address) }
      // A call that held for a while was a success that came to its end.
      if ContinuousClock.now - began > Self.retry.longest {
        complaint.isOver()
        failures = 0
      }
      failures += 1
      try await Task.sleep(for: Self.retry.wait(after: failures, using: &random))
    }
  }

  /// Sends to one replica until the call ends, which is an error unless the log was opened anew.
  private func send(_ journey: Journey, to address: String) async throws {
    let room = Slots(Self.maximumInFlight)
    try await engine.sync(at: address) { requests, responses in
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          for try await response in responses {
            // Nothing of this call counts as stored any more: the batch must be sent again, to wherever it belongs then.
            if let home = response.moved.first {
              throw Moved(home: home, address: address, isKnown: journey.view.ring.nodes.contains(home.address))
            }
            stalled.remove(address)
            if response.durableBatchID > 0 { journey.didStore(response.durableBatchID, at: address) }
            if response.batchID > 0 {
              journey.didApply(response.batchID, at: address)
              room.release()
            }
            if !response.states.isEmpty { received(response.states) }
          }
        }
        group.addTask { try await write(journey, for: address, room, requests) }
        try await group.next()
      }
    }
  }

  private func write(
    _ journey: Journey, for address: String, _ room: Slots, _ requests: ClientRequests<SyncTwinsRequest>
  ) async throws {
    var position = journey.restart(address)
    var followed: Set<String> = []
    var homes = HomeFilter(address: address, ring: journey.view.ring, directory: directory)
    while !journey.isOver {
      guard
        case .rows(let all, let end) = try await journey.log.part(
          after: position, limit: Self.batchSize, bytes: batchBytes)
      else {
        try await journey.log.waitForMore(after: position, epoch: journey.epoch)
        continue
      }
      position = max(position, end)
      let rows = homes.own(of: all)
      guard !rows.isEmpty else {
        journey.didPass(address, to: position)
        continue
      }
      var batch = batch(rows, id: UInt64(position))
      for twin in batch.twins where followed.insert(twin.twinID).inserted { batch.followIds.append(twin.twinID) }
      try await room.acquire()
      journey.didRead(address, to: position, isSent: true)
      try await requests.write(batch)
      metrics.forwarded.increment(by: Int64(rows.count))
    }
  }

  private struct Origin: Hashable {
    var sourceKey: Int32
    var isStored: Bool
  }

  /// Rows by vehicle and source, in the order of their first row. The batch's id is the position up to which it goes.
  private func batch(_ rows: ArraySlice<LogRow>, id: UInt64) -> SyncTwinsRequest {
    var request = SyncTwinsRequest(batchID: id)
    var places: [Origin: Int] = [:]
    let now = clock.now()
    for var row in rows {
      // It would never pass, and all that follows would wait behind it. Twins get along without sensors.
      if row.bytes > batchBytes { row.sample.sensors = [] }
      let origin = Origin(sourceKey: row.sourceKey, isStored: row.isStored)
      if let place = places[origin] {
        request.twins[place].samples.append(row.sample)
        request.twins[place].receiveTime = row.received.timestamp
      } else if let vehicle = directory.vehicle(row.vehicleKey), let source = log.sourceName(row.sourceKey) {
        places[origin] = request.twins.count
        let skew = skews.estimate(of: SourceName(vehicleKey: row.vehicleKey, name: source), at: now)
        request.twins.append(
          TwinSamples(
            twinID: vehicle.id, source: source, samples: [row.sample], clockSkewMs: skew?.correctionMS,
            receiveTime: row.received.timestamp, isStored: row.isStored))
      }
    }
    return request
  }
}

/// Which replicas of twin-engine don't take samples now.
final class StalledReplicas: Sendable {
  private let addresses = Mutex<Set<String>>([])

  func add(_ address: String) { _ = addresses.withLock { $0.insert(address) } }

  func remove(_ address: String) {
    addresses.withLock { addresses in
      // With every response; there is hardly ever one.
      if !addresses.isEmpty { addresses.remove(address) }
    }
  }

  func contains(_ address: String) -> Bool { addresses.withLock { $0.contains(address) } }
}

/// Tells which rows are of twins with their home at one replica.
private struct HomeFilter {
  let address: String
  let ring: HashRing
  let directory: VehicleDirectory
  /// By vehicle.
  private var isOwn: [Int32: Bool] = [:]

  init(address: String, ring: HashRing, directory: VehicleDirectory) {
    self.address = address
    self.ring = ring
    self.directory = directory
  }

  /// The rows of the replica's own twins, in their order.
  mutating func own(of rows: ArraySlice<LogRow>) -> ArraySlice<LogRow> {
    // One replica is the home of all.
    guard ring.nodes.count > 1 else { return rows }
    return rows.filter { row in
      if let known = isOwn[row.vehicleKey] { return known }
      // One without an identity is nobody's, now; asked for again with its next row.
      guard let vehicle = directory.vehicle(row.vehicleKey) else { return false }
      let own = ring.home(of: vehicle.id) == address
      isOwn[row.vehicleKey] = own
      return own
    }[...]
  }
}
