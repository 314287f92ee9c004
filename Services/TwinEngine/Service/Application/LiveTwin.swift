import FleetCore
import SimulationEstimation
import TwinProto

/// Samples of one twin and source on their way into its state.
struct SampleBatch: Sendable {
  var source: String
  /// Ascending by sequence.
  var samples: [TelemetrySample]
  /// Estimated offset of the source's clock (source minus ours) in ms; nil until estimated.
  var clockSkewMs: Double?
  /// When the newest of them arrived at state-sync; nil when that isn't known.
  var received: UTCInstant?
  /// What else was reported; see `TwinConditions`.
  var sensors: [SensorSample] = []
  var environment: [EnvironmentSample] = []
  var operations: [OperationsSample] = []
  /// They were kept somewhere since they were measured: that they are older than the state says nothing about a clock.
  var isStored = false

  /// Whether it tells of conditions; most batches don't, and they come by thousands a second.
  var reportsConditions: Bool {
    !sensors.isEmpty || !environment.isEmpty || !operations.isEmpty || samples.contains { !$0.sensors.isEmpty }
  }
}

/// A twin in memory: its identity, its virtual vehicle, and what has come from each source.
struct LiveTwin: Sendable {
  /// A source whose samples are newer by sequence but older by time than the state for this often in a row has had its
  /// clock set back: the estimate starts anew by the new time. A second of samples at 10 Hz.
  static let lateSamplesUntilRestart = 10
  /// After a crash a revision seen before it may not be stored; skipping so many keeps revisions ascending, as the
  /// states are stored every second and a twin doesn't change more often than this in between.
  static let revisionsSkippedByRestore: UInt64 = 1_000

  let number: Int64
  let id: String
  let physicalVehicleID: String
  private(set) var singleTrack: SingleTrack
  var vehicle: VirtualVehicle? { body?.vehicle }
  /// nil before the first sample.
  private(set) var body: Body?
  private(set) var newest: NewestSample?
  private(set) var controls = Controls()
  private(set) var sources: [String: SequenceWindow] = [:]
  /// Samples applied since the twin was created.
  private(set) var samples: UInt64 = 0
  /// Counts the changes of the state up from 1.
  private(set) var revision: UInt64 = 0
  /// The version of the stored state that this one goes on from, 0 when none is stored; nil while the state isn't here,
  /// because the twin's home is elsewhere or nobody has asked for it yet.
  private(set) var storedVersion: Int64?
  /// Since when a channel is outside its bound; nil while all are inside.
  private(set) var divergedSince: UTCInstant?
  /// nil before the first report of any.
  private(set) var conditions: TwinConditions?
  /// The status that readers were told last.
  private(set) var toldStatus = SyncStatus.waiting
  /// What divergence was over the last hour. Nothing is allocated for a twin that nothing was compared of.
  private(set) var divergences = DivergenceWindow()
  private var lateInARow = 0

  /// What is known of the newest sample in the state.
  struct NewestSample: Sendable, Hashable {
    var source: String
    var sequence: UInt64
    /// When it arrived, by our clock.
    var received: UTCInstant
    /// From the measurement, its clock's skew taken off, to its visibility in the state, s; 0 when a fast clock would
    /// make it negative.
    var lag: Double
    var clockSkewMs: Double?
  }

  /// What a sample reports and the virtual vehicle doesn't estimate.
  struct Controls: Sendable, Hashable {
    var lateralAcceleration: Double?
    var throttle: Double?
    var brake: Double?
    var gear: Int32?
  }

  /// A virtual vehicle on the heap. It takes most of a twin's memory: so a twin that nothing was heard of hasn't got it,
  /// the free places of the table of twins don't either, and a twin is handed about as a few words. Whoever asks it
  /// something where it is saves a copy.
  final class Body: Sendable {
    let vehicle: VirtualVehicle

    init(_ vehicle: VirtualVehicle) { self.vehicle = vehicle }
  }

  init(_ record: TwinRecord, singleTrack: SingleTrack) {
    number = record.number
    id = record.id
    physicalVehicleID = record.physicalVehicleID
    self.singleTrack = singleTrack
  }

  private init(number: Int64, id: String, physicalVehicleID: String, singleTrack: SingleTrack, revision: UInt64) {
    self.number = number
    self.id = id
    self.physicalVehicleID = physicalVehicleID
    self.singleTrack = singleTrack
    self.revision = revision
  }

  /// Takes samples in. Those of a (source, sequence) that came before change nothing.
  ///
  /// - Returns: how many were new. Late samples are new, but leave the state and its revision as they are.
  mutating func apply(_ batch: SampleBatch, policy: SyncPolicy, now: UTCInstant) -> Int {
    var window = sources[batch.source] ?? SequenceWindow()
    var newCount = 0
    for sample in batch.samples where sample.sequence > 0 {
      switch window.insert(sample.sequence) {
      case .duplicate, .expired: continue
      case .newest, .late: newCount += 1
      }
      take(sample, of: batch, isNewest: window.highest == sample.sequence, now: now)
    }
    guard newCount > 0 else { return 0 }
    sources[batch.source] = window
    toldStatus = status(policy, at: now)
    return newCount
  }

  private mutating func take(_ sample: TelemetrySample, of batch: SampleBatch, isNewest: Bool, now: UTCInstant) {
    guard let time = sample.time.flatMap({ UTCInstant($0) }) else { return }
    // Counted by the twin, because several sources count on their own.
    let motion = VehicleSample(sample, sequence: samples + 1, time: time)
    var virtual = body?.vehicle ?? VirtualVehicle(singleTrack: singleTrack)
    var outcome = virtual.ingest(motion)
    if case .late = outcome {
      lateInARow += isNewest && !batch.isStored ? 1 : 0
      if lateInARow >= Self.lateSamplesUntilRestart {
        let learned = virtual.learned
        virtual = VirtualVehicle(singleTrack: singleTrack)
        virtual.recall(learned)
        outcome = virtual.ingest(motion)
      }
    }
    switch outcome {
    case .applied, .started: lateInARow = 0
    case .retrodicted: break
    case .late, .duplicate, .rejected: return
    }
    body = Body(virtual)
    samples += 1
    revision += 1
    divergedSince = virtual.divergence.outside.isEmpty ? nil : divergedSince ?? time
    divergences.add(virtual.divergence, at: time.nanoseconds)
    // A slow sensor's sample makes the state better, but not newer.
    if case .retrodicted = outcome { return }
    controls.merge(sample)
    let skew = (batch.clockSkewMs ?? 0) / 1_000
    newest = NewestSample(
      source: batch.source, sequence: sample.sequence, received: batch.received ?? now,
      lag: max(0, now.seconds(since: time) + skew), clockSkewMs: batch.clockSkewMs)
  }

  /// Goes on with other parameters of the steering, as after a calibration.
  mutating func steer(as singleTrack: SingleTrack) {
    guard self.singleTrack != singleTrack else { return }
    self.singleTrack = singleTrack
    guard var vehicle else { return }
    vehicle.singleTrack = singleTrack
    body = Body(vehicle)
  }

  /// Takes in what a batch reports of the vehicle's conditions.
  ///
  /// - Returns: what is to be stored of it.
  mutating func observe(_ batch: SampleBatch) -> [StoredCondition] {
    guard batch.reportsConditions else { return [] }
    let outcome = TwinConditions.taking(batch, into: conditions, of: number)
    conditions = outcome.conditions
    if outcome.isVisible { revision += 1 }
    return outcome.changed
  }

  /// Goes on from stored conditions.
  mutating func restore(_ stored: [StoredCondition]) { conditions = .restored(stored, into: conditions) }

  /// Notes the passing of time.
  ///
  /// - Returns: whether the status changed since readers were told last.
  mutating func observe(_ policy: SyncPolicy, at now: UTCInstant) -> Bool {
    if divergences.heapSize > 0, let newest, now.seconds(since: newest.received) > DivergenceWindow.longest {
      divergences = DivergenceWindow()
    }
    let status = status(policy, at: now)
    guard status != toldStatus else { return false }
    toldStatus = status
    revision += 1
    return true
  }

  /// How the twin stands at a moment.
  func status(_ policy: SyncPolicy, at now: UTCInstant) -> SyncStatus {
    guard let newest else { return .waiting }
    return policy.status(received: newest.received, lag: newest.lag, at: now)
  }
}

extension LiveTwin {
  /// Whether its state is here.
  var isHere: Bool { storedVersion != nil }

  /// Takes the state over from the store.
  ///
  /// - Parameter stored: nil when none is stored.
  mutating func enter(from stored: StoredState?) {
    if let stored, let last = stored.decoded { restore(last, sources: stored.sources) }
    storedVersion = stored?.version ?? 0
  }

  /// Notes that the state was stored in place of a version.
  mutating func didStore(replacing version: Int64) { if storedVersion == version { storedVersion = version + 1 } }

  /// The twin without its state, which is elsewhere now. Its revision stays, so that it ascends if the state comes back.
  var withoutState: LiveTwin {
    LiveTwin(number: number, id: id, physicalVehicleID: physicalVehicleID, singleTrack: singleTrack, revision: revision)
  }

  /// Goes on from a stored state. The virtual vehicle takes it as its first sample, with its standard deviations.
  mutating func restore(_ state: VehicleState, sources stored: [String: [Int64]]) {
    sources = stored.compactMapValues { SequenceWindow(encoded: $0) }
    samples = state.sync?.samples ?? 0
    revision = max(revision, state.revision) + Self.revisionsSkippedByRestore
    toldStatus = state.sync?.status ?? .waiting
    divergedSince = state.divergence?.since.flatMap { UTCInstant($0) }
    controls = Controls(
      lateralAcceleration: state.lateralAccelerationMps2, throttle: state.throttle, brake: state.brake,
      gear: state.gear)
    guard let time = state.time.flatMap({ UTCInstant($0) }), let sync = state.sync else { return }
    newest = NewestSample(
      source: sync.source, sequence: sync.lastSequence,
      received: sync.receivedTime.flatMap { UTCInstant($0) } ?? time, lag: sync.lagMs / 1_000,
      clockSkewMs: sync.clockSkewMs)
    var virtual = VirtualVehicle(singleTrack: singleTrack)
    if let learned = state.learned { virtual.recall(SimulationEstimation.LearnedBehaviour(learned)) }
    switch virtual.ingest(VehicleSample(restoring: state, time: time)) {
    case .applied, .started:
      virtual.recall(outside: (state.divergence?.channels ?? []).compactMap { Channel(rawValue: $0) })
      body = Body(virtual)
    case .retrodicted, .late, .duplicate, .rejected: body = nil
    }
  }
}

extension LiveTwin.Controls {
  mutating func merge(_ sample: TelemetrySample) {
    lateralAcceleration = sample.lateralAccelerationMps2 ?? lateralAcceleration
    throttle = sample.throttle ?? throttle
    brake = sample.brake ?? brake
    gear = sample.gear ?? gear
  }
}
