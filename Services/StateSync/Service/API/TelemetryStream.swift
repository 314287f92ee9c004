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

  private let ingest: Ingest
  private let feed: FleetFeed
  private let drain: DrainSignal
  private let inFlight = Slots(maximumInFlight)
  private let outgoing = BoundedChannel<StreamTelemetryResponse>(capacity: responseBacklog)
  private let virtual = Subscription<FleetFeed.Key, FleetUpdate>(capacity: virtualBacklog)
  private let exchanges = Mutex(ClockExchanges())

  init(ingest: Ingest, feed: FleetFeed, drain: DrainSignal) {
    self.ingest = ingest
    self.feed = feed
    self.drain = drain
  }

  func serve(
    _ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>
  ) async throws {
    let token = try feed.join(virtual, .keys([]))
    defer { feed.leave(token) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { [self] in await read(requests, token) }
      group.addTask { [self] in
        while let entries = try await virtual.next(1), let update = entries.first?.value {
          guard case .virtualState(let state)? = update.content else { continue }
          try await outgoing.send(
            StreamTelemetryResponse(content: .virtualTelemetry(VirtualTelemetry(state: state))))
        }
      }
      try await drain.whileOpen(onDrain: { self.outgoing.finish(throwing: ServiceFault.draining) }) {
        while let batch = try await outgoing.next() {
          for response in batch {
            guard case .ack(let ack)? = response.content else {
              try await responses.write(response)
              continue
            }
            exchanges.withLock { $0.answered(.init(ack), at: ingest.clock.now()) }
            try await responses.write(response)
            inFlight.release()
          }
        }
      }
    }
  }

  /// Takes batches in until the sender ends, then waits for the acknowledgements that are owed.
  private func read(_ requests: RPCReader<StreamTelemetryRequest>, _ token: Broadcast<FleetFeed.Key, FleetUpdate>.Token)
    async
  {
    do {
      for try await request in requests { try await take(request, token) }
      // All places at once are free when nothing is owed any more.
      for _ in 0..<Self.maximumInFlight { try await inFlight.acquire() }
      outgoing.finish()
    } catch {
      outgoing.finish(throwing: error)
    }
  }

  private func take(
    _ request: StreamTelemetryRequest, _ token: Broadcast<FleetFeed.Key, FleetUpdate>.Token
  ) async throws {
    try TelemetryServiceAPI.refuseOtherKinds(
      sensors: request.sensorSamples.count, environment: request.environmentSamples.count,
      operations: request.operationsSamples.count)
    try await inFlight.acquire()
    var ack = TelemetryAck(
      vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
      batchID: request.batchID)
    let sender: (vehicle: Vehicle, source: String)
    do {
      sender = try await ingest.sender(
        of: Ingest.Batch(
          vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
          samples: request.samples))
    } catch let fault as ServiceFault where fault.code == .invalidArgument || fault.code == .notFound {
      // One vehicle that isn't known must not stop the others of a gateway. But one that can't be asked for now ends the
      // stream: a rejection would be final, and the sender would drop what should be sent again.
      let field = fault.violations.first?.field ?? (request.vehicleID.isEmpty ? "physical_vehicle_id" : "vehicle_id")
      ack.rejected = UInt32(request.samples.count)
      ack.rejections = Ingest.rejectAll(
        request.samples, fault.code == .invalidArgument ? .malformed : .unknownVehicle, field, fault.message)
      return outgoing.push(StreamTelemetryResponse(content: .ack(ack)))
    }
    if request.wantVirtualTelemetry { feed.add(.init(vehicleID: sender.vehicle.id, kind: .virtual), to: token) }
    ack.vehicleID = sender.vehicle.id
    ack.physicalVehicleID = sender.vehicle.physicalID
    ack.source = sender.source
    let received = ingest.clock.now()
    ack.receiveTime = received.timestamp
    let sent = request.sendTime.flatMap { UTCInstant($0) }
    if let sent { exchanges.withLock { $0.arrived(.init(ack), sent: sent, received: received) } }
    hear(request.echo, ack, sender)
    let checked = try ingest.check(request.samples, from: sender.vehicle, sender.source, sent: sent)
    try await ingest.log.submit(checked.submission) { [outgoing, ack] result in
      switch result {
      case .success(let report): outgoing.push(StreamTelemetryResponse(content: .ack(ack.filled(checked, report))))
      case .failure(let error): outgoing.finish(throwing: error)
      }
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
}
