import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// One stream of a sender: batches in, acknowledgements and virtual telemetry out.
///
/// Batches are checked and queued one after the other, without waiting for the commit of the one before, so a stream isn't
/// slowed by the time that a commit takes. When too many are under way, or the log is full, the stream isn't read any
/// more, and flow control slows the sender.
final class TelemetryStream: Sendable {
  /// Batches of one stream without an acknowledgement.
  static let maximumInFlight = 256
  /// Responses that wait for a slow reader before virtual telemetry does. Acknowledgements are bounded by the batches.
  static let responseBacklog = 64
  /// Virtual states that wait before older ones of the same vehicle give way.
  static let virtualBacklog = 64

  /// Of those, taken at once.
  private static let virtualChunk = 16

  private let ingest: Ingest
  private let observations: ObservationAPI
  private let homes: VehicleHomes
  /// Whether another replica passes the batches on.
  private let isPassedOn: Bool
  private let feed: FleetFeed
  private let peerFeeds: PeerFeeds
  /// Whether virtual telemetry of vehicles with another home is wanted.
  private let followsPeers = Mutex(false)
  private let drain: DrainSignal
  private let inFlight = Slots(maximumInFlight)
  private let outgoing = BoundedChannel<StreamTelemetryResponse>(capacity: responseBacklog)
  private let virtual = Subscription<FleetFeed.Key, FleetFeed.Update>(capacity: virtualBacklog)
  private let exchanges: Mutex<ClockExchanges>
  /// By which numbers their homes know the batches that were passed on.
  private let passedOn = Mutex(RecentBatches<PassedNumber>(capacity: ClockExchanges.gatewayCapacity))

  private struct PassedNumber: Sendable {
    var home: String
    var number: UInt64
  }

  init(
    ingest: Ingest, observations: ObservationAPI, homes: VehicleHomes, isPassedOn: Bool, feed: FleetFeed,
    peerFeeds: PeerFeeds, drain: DrainSignal
  ) {
    self.homes = homes
    self.isPassedOn = isPassedOn
    self.peerFeeds = peerFeeds
    self.ingest = ingest
    self.observations = observations
    self.feed = feed
    self.drain = drain
    exchanges = Mutex(ClockExchanges(capacity: isPassedOn ? ClockExchanges.gatewayCapacity : ClockExchanges.capacity))
  }

  func serve(
    _ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>
  ) async throws {
    let token = try feed.join(virtual, .keys([]))
    defer {
      feed.leave(token)
      if followsPeers.withLock(\.self) { peerFeeds.end() }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { [self] in await read(requests, token) }
      group.addTask { [self] in
        while let entries = try await virtual.next(Self.virtualChunk) {
          for entry in entries {
            guard case .virtualState(let state)? = entry.value.message.content else { continue }
            try await outgoing.send(
              StreamTelemetryResponse(content: .virtualTelemetry(VirtualTelemetry(state: state))))
          }
        }
      }
      try await drain.whileOpen(onDrain: { self.outgoing.finish(throwing: ServiceFault.draining) }) {
        while let batch = try await outgoing.next() {
          for response in batch {
            if case .ack(let ack)? = response.content {
              exchanges.withLock { $0.answered(.init(ack), at: ingest.clock.now()) }
            }
            try await responses.write(response)
            if response.isAnswer { inFlight.release() }
          }
        }
      }
    }
  }

  /// Takes batches in until the sender ends, then waits for the acknowledgements that are owed.
  private func read(
    _ requests: RPCReader<StreamTelemetryRequest>, _ token: Broadcast<FleetFeed.Key, FleetFeed.Update>.Token
  ) async {
    do {
      for try await request in requests { try await take(request, token) }
      // All places at once are free when nothing is owed any more.
      for _ in 0..<Self.maximumInFlight { try await inFlight.acquire() }
      outgoing.finish()
    } catch {
      // What was taken before the batch that failed is acknowledged, so that it isn't passed on again.
      if isPassedOn { for _ in 1..<Self.maximumInFlight { try? await inFlight.acquire() } }
      outgoing.finish(throwing: error)
    }
  }

  private func take(
    _ request: StreamTelemetryRequest, _ token: Broadcast<FleetFeed.Key, FleetFeed.Update>.Token
  ) async throws {
    let others = ObservationBatch(
      sensors: request.sensorSamples, environment: request.environmentSamples, operations: request.operationsSamples)
    try await inFlight.acquire()
    var ack = TelemetryAck(
      vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
      batchID: request.batchID)
    let sender: (vehicle: Vehicle, source: String)
    do {
      sender = try await ingest.sender(
        of: Ingest.Batch(
          vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
          samples: request.samples, others: others))
    } catch let fault as ServiceFault where fault.code == .invalidArgument || fault.code == .notFound {
      // One vehicle that isn't known must not stop the others of a gateway. But one that can't be asked for now ends the
      // stream: a rejection would be final, and the sender would drop what should be sent again.
      let field = fault.violations.first?.field ?? (request.vehicleID.isEmpty ? "physical_vehicle_id" : "vehicle_id")
      let reason: RejectionReason = fault.code == .invalidArgument ? .malformed : .unknownVehicle
      ack.rejected = UInt32(request.samples.count + others.count)
      ack.rejections = Array(
        (Ingest.rejectAll(request.samples, reason, field, fault.message)
          + ObservationIngest.rejectAll(others, reason, field, fault.message)).prefix(Ingest.maximumRejections))
      return outgoing.push(StreamTelemetryResponse(content: .ack(ack)))
    }
    if request.wantVirtualTelemetry { wantVirtual(sender.vehicle, token) }
    switch try homes.place(of: sender.vehicle, isPassedOn: isPassedOn) {
    case .here: break
    case .replica(let link): return try await passOn(request, sender, link)
    case .refused(let home):
      return outgoing.push(
        StreamTelemetryResponse(content: .refused(RefusedBatch(batchID: request.batchID, home: home))))
    }
    ack.vehicleID = sender.vehicle.id
    ack.physicalVehicleID = sender.vehicle.physicalID
    ack.source = sender.source
    let received = ingest.clock.now()
    ack.receiveTime = received.timestamp
    let sent = request.sendTime.flatMap { UTCInstant($0) }
    if let sent { exchanges.withLock { $0.arrived(.init(ack), sent: sent, received: received) } }
    hear(request.echo, ack, sender)
    let checked = try ingest.check(request.samples, from: sender.vehicle, sender.source, sent: sent)
    guard others.isEmpty else { return try await take(checked, others, sender, ack) }
    try await ingest.log.submit(checked.submission) { [outgoing, ack] result in
      switch result {
      case .success(let report): outgoing.push(StreamTelemetryResponse(content: .ack(ack.filled(checked, report))))
      case .failure(let error): outgoing.finish(throwing: error)
      }
    }
  }

  private func wantVirtual(_ vehicle: Vehicle, _ token: Broadcast<FleetFeed.Key, FleetFeed.Update>.Token) {
    feed.add(.init(vehicleID: vehicle.id, kind: .virtual), to: token)
    guard !isPassedOn else { return }
    // Its home tells, which may change, even if there is but one now.
    feed.add(.init(vehicleID: vehicle.id, kind: .virtual, isForeign: true), to: token)
    let isFirst = followsPeers.withLock { follows in
      defer { follows = true }
      return !follows
    }
    if isFirst { peerFeeds.begin() }
  }

  /// Has the vehicle's home take the batch in.
  private func passOn(
    _ request: StreamTelemetryRequest, _ sender: (vehicle: Vehicle, source: String), _ link: PeerLink
  ) async throws {
    var request = request
    request.vehicleID = sender.vehicle.id
    request.physicalVehicleID = ""
    request.source = sender.source
    func batch(_ id: UInt64) -> ClockExchanges.Batch {
      ClockExchanges.Batch(vehicleID: sender.vehicle.id, source: sender.source, id: id)
    }
    // An echo names a batch by the sender's number.
    if let echo = request.echo {
      let passed = passedOn.withLock { $0.remove(batch(echo.batchID)) }
      request.echo = passed.flatMap { passed in
        passed.home == link.address ? AckEcho(batchID: passed.number, receiveTime: echo.receiveTime) : nil
      }
    }
    let number = try await link.send(request) { [outgoing] result in
      switch result {
      case .success(let ack): outgoing.push(StreamTelemetryResponse(content: .ack(ack)))
      case .failure(let error): outgoing.finish(throwing: error)
      }
    }
    guard request.sendTime != nil else { return }
    passedOn.withLock { $0[batch(request.batchID)] = PassedNumber(home: link.address, number: number) }
  }

  /// Takes a batch in that holds samples of other kinds, too: two commits, side by side, and one acknowledgement.
  private func take(
    _ checked: Ingest.Checked, _ others: ObservationBatch, _ sender: (vehicle: Vehicle, source: String),
    _ ack: TelemetryAck
  ) async throws {
    let both = BothCommits { [outgoing] report, result in
      var ack = ack.filled(checked, report)
      ack.add(result)
      outgoing.push(StreamTelemetryResponse(content: .ack(ack)))
    } failed: { [outgoing] in
      outgoing.finish(throwing: $0)
    }
    try await observations.submit(others, from: sender.vehicle, sender.source) { both.take($0) }
    try await ingest.log.submit(checked.submission) { both.take($0) }
  }
}

/// Waits for the commits of the two halves of a batch.
private final class BothCommits: Sendable {
  private struct State {
    var report: CommitReport?
    var result: ObservationResult?
  }

  private let state = Mutex(State())
  private let done: @Sendable (CommitReport, ObservationResult) -> Void
  private let failed: @Sendable (any Error) -> Void

  init(
    done: @escaping @Sendable (CommitReport, ObservationResult) -> Void,
    failed: @escaping @Sendable (any Error) -> Void
  ) {
    self.done = done
    self.failed = failed
  }

  func take(_ report: Result<CommitReport, any Error>) { take(report) { $0.report = $1 } }

  func take(_ result: Result<ObservationResult, any Error>) { take(result) { $0.result = $1 } }

  private func take<Value>(_ value: Result<Value, any Error>, _ put: (inout State, Value) -> Void) {
    switch value {
    case .failure(let error): failed(error)
    case .success(let value):
      let both = state.withLock { state -> (CommitReport, ObservationResult)? in
        put(&state, value)
        guard let report = state.report, let result = state.result else { return nil }
        return (report, result)
      }
      if let both { done(both.0, both.1) }
    }
  }
}

extension TelemetryStream {
  /// Learns of the source's clock what an echo tells with the times of the batch that it is of.
  private func hear(_ echo: AckEcho?, _ ack: TelemetryAck, _ sender: (vehicle: Vehicle, source: String)) {
    guard let echo, let returned = echo.receiveTime.flatMap({ UTCInstant($0) }) else { return }
    let batch = ClockExchanges.Batch(vehicleID: ack.vehicleID, source: ack.source, id: echo.batchID)
    guard let exchange = exchanges.withLock({ $0.returned(batch, at: returned) }) else { return }
    ingest.skews.observe(exchange, of: SourceName(vehicleKey: sender.vehicle.key, name: sender.source))
  }
}

extension ClockExchanges.Batch {
  fileprivate init(_ ack: TelemetryAck) {
    self.init(vehicleID: ack.vehicleID, source: ack.source, id: ack.batchID)
  }
}

extension StreamTelemetryResponse {
  /// Whether a batch was waiting for it.
  fileprivate var isAnswer: Bool {
    switch content {
    case .ack, .refused: true
    case .virtualTelemetry, nil: false
    }
  }
}

extension TelemetryAck {
  fileprivate func filled(_ checked: Ingest.Checked, _ report: CommitReport) -> TelemetryAck {
    var ack = self
    ack.lastSequence = report.lastSequence
    ack.contiguousSequence = report.contiguousSequence
    ack.accepted = UInt32(report.accepted)
    ack.duplicate = UInt32(report.duplicate)
    ack.late = UInt32(report.late)
    ack.rejected = UInt32(checked.submission.rejectedCount + report.expired.count)
    ack.rejections = Ingest.rejections(checked.rejections, report)
    ack.commitTime = report.committed.timestamp
    return ack
  }

  /// Adds what became of the samples that aren't vehicle samples.
  fileprivate mutating func add(_ result: ObservationResult) {
    accepted += UInt32(result.accepted)
    duplicate += UInt32(result.duplicate)
    late += UInt32(result.late)
    rejected += UInt32(result.rejected)
    rejections = Array((rejections + result.rejections).prefix(Ingest.maximumRejections))
  }
}
