import Foundation
import TwinCTLDomain
import TwinConversions
import TwinProto

/// A vehicle of a replay.
struct ReplayVehicle: Sendable, Equatable {
  /// As the twin's service names it, such as "twin-001".
  var twin: String
  /// Such as "AV-001".
  var physical: String
}

/// Something to wait for that may come several times; what comes while nobody waits counts once.
struct Signal: Sendable {
  let raised: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (raised, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func raise() { continuation.yield() }
}

/// What is measured, under way, acknowledged and visible: the state of a replay, whatever happens to its connections.
actor ReplayLedger {
  /// The service doesn't know a vehicle that has a twin: it will learn of it soon.
  struct VehicleNotKnownYet: Error {
    var vehicle: String
  }

  private let vehicles: [ReplayVehicle]
  private let indexByTwin: [String: Int]
  private let source: String
  /// Microseconds since the Unix epoch.
  private let wall: @Sendable () -> Int64
  private var buffer: ResendBuffer
  private var trackers: [ReplayTracker]
  /// The newest acknowledgement of each vehicle and when it arrived, for the service to tell our clock from its own.
  private var echoes: [AckEcho?]
  private var latencies = LatencySummary()
  private let epoch = ContinuousClock.now
  private let log: AckLog?
  private var isClosed = false
  private(set) var counts = ReplayCounts()
  /// When the service acknowledged last, or the connection began.
  private(set) var lastProgress = ContinuousClock.now
  private var work: Signal?
  private var room = Signal()

  init(
    vehicles: [ReplayVehicle], source: String, capacity: Int, log: AckLog?,
    wall: @escaping @Sendable () -> Int64 = { Int64((Date().timeIntervalSince1970 * 1e6).rounded()) }
  ) {
    self.wall = wall
    self.vehicles = vehicles
    self.source = source
    indexByTwin = Dictionary(vehicles.enumerated().map { ($1.twin, $0) }) { $1 }
    buffer = ResendBuffer(capacity: capacity)
    trackers = Array(repeating: ReplayTracker(), count: vehicles.count)
    echoes = Array(repeating: nil, count: vehicles.count)
    self.log = log
  }

  // MARK: Measuring

  /// Takes a sample in; false when there is no room, of which `roomSignal` tells.
  func offer(_ sample: ResendBuffer.Sample) -> Bool {
    guard buffer.append(sample) else { return false }
    counts.measured += 1
    work?.raise()
    return true
  }

  /// Rises when acknowledgements have made room.
  var roomSignal: Signal { room }

  /// No further sample comes.
  func close() {
    isClosed = true
    work?.raise()
  }

  // MARK: Connections

  /// A connection begins; its signal rises when there is something to send.
  func connected() -> Signal {
    let signal = Signal()
    work = signal
    signal.raise()
    return signal
  }

  /// A connection is gone: what was under way waits again.
  func disconnected() {
    work = nil
    buffer.connectionLost()
    if !isDone { counts.interruptions += 1 }
  }

  /// The next request; nil when nothing waits.
  func nextRequest(at now: ContinuousClock.Instant) -> StreamTelemetryRequest? {
    guard let batch = buffer.nextBatch() else { return nil }
    counts.resent += UInt64(batch.resent)
    counts.sent += UInt64(batch.samples.count - batch.resent)
    // What goes out again keeps the moment of its first sending.
    for sample in batch.samples.dropFirst(batch.resent) {
      trackers[batch.vehicle].send(sample.sequence, at: nanoseconds(now))
    }
    return StreamTelemetryRequest(
      physicalVehicleID: vehicles[batch.vehicle].physical, source: source, batchID: batch.id,
      samples: batch.samples.map(\.message), wantVirtualTelemetry: true,
      sendTime: ProtoTimestamp(microsecondsSinceUnixEpoch: wall()), echo: echoes[batch.vehicle])
  }

  /// What the service says.
  func received(_ response: StreamTelemetryResponse, at now: ContinuousClock.Instant) throws {
    switch response.content {
    case .ack(let ack): try acknowledged(ack, at: now)
    case .virtualTelemetry(let telemetry):
      guard let state = telemetry.state, let sync = state.sync, sync.source == source,
        let vehicle = indexByTwin[state.vehicleID]
      else { return }
      trackers[vehicle].see(through: sync.lastSequence, at: nanoseconds(now)) { latencies.record(nanoseconds: $0) }
    case .refused, nil: return
    }
  }

  private func acknowledged(_ ack: TelemetryAck, at now: ContinuousClock.Instant) throws {
    if let unknown = ack.rejections.first(where: { $0.reason == .unknownVehicle }) {
      // The batch stays under way, and so goes out again on the next connection.
      throw VehicleNotKnownYet(vehicle: unknown.message)
    }
    guard let settled = buffer.settle(batch: ack.batchID, rejectedSequences: Set(ack.rejections.map(\.sequence)))
    else { return }
    lastProgress = now
    if let vehicle = settled.acknowledged.first?.vehicle {
      echoes[vehicle] = AckEcho(batchID: ack.batchID, receiveTime: ProtoTimestamp(microsecondsSinceUnixEpoch: wall()))
      try log?.write(
        vehicle: vehicles[vehicle].twin, source: source, sequences: settled.acknowledged.map(\.sequence))
    }
    counts.acknowledged += UInt64(settled.acknowledged.count)
    counts.duplicate += UInt64(ack.duplicate)
    counts.rejected += UInt64(settled.rejected.count)
    for rejection in ack.rejections where counts.rejections.count < ReplayCounts.keptRejections {
      let field = rejection.field.isEmpty ? "" : "\(rejection.field): "
      counts.rejections.append("\(ack.physicalVehicleID) sample \(rejection.sequence): \(field)\(rejection.message)")
    }
    room.raise()
  }

  // MARK: The end

  /// Every measured sample is acknowledged or rejected, and none comes any more.
  var isDone: Bool { isClosed && buffer.isEmpty }

  /// Nothing is left to wait for.
  var isSettled: Bool { isDone && unseen == 0 }

  /// How long the service has left samples under way without an answer.
  func silence(at now: ContinuousClock.Instant) -> Duration {
    buffer.hasUnderWay ? now - lastProgress : .zero
  }

  /// A connection stands: what comes before now doesn't count as silence.
  func markProgress(at now: ContinuousClock.Instant) { lastProgress = now }

  /// Samples that were sent and didn't come back in a virtual state yet.
  private var unseen: Int { trackers.reduce(0) { $0 + $1.outstanding } }

  private func nanoseconds(_ instant: ContinuousClock.Instant) -> Int64 {
    let (seconds, attoseconds) = (instant - epoch).components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  func report(failure: String?) -> ReplayReport {
    ReplayReport(
      counts: counts, latency: latencies, unseen: unseen, unwatched: trackers.reduce(0) { $0 + $1.givenUp },
      isComplete: isDone && counts.rejected == 0 && failure == nil, failure: failure)
  }
}
