import FleetCore
import RuntimeSystem
import Synchronization
import TwinProto

/// Makes events of twins that leave their divergence bounds and come back into them, of the states that twin-engine
/// returns.
///
/// An event's id is made of the twin and of when it left its bounds, so that a state that comes again, to this process or
/// to the next one, makes no second event. Whether a twin is outside is stored with the events; what happened while
/// nobody watched is found out when its next state comes. A state is seen at most once a batch of samples, so a twin that
/// leaves its bounds and is back within one batch makes no event.
final class DivergenceAlarms: Sendable {
  static let divergedType = "twin.vehicle.diverged"
  static let convergedType = "twin.vehicle.converged"
  static let source = "/twin-engine"
  /// Changes that wait to be stored. Those beyond are let go, and found out again by the twin's next state.
  static let maximumPending = 10_000
  /// Changes that are stored together.
  static let batchSize = 256
  /// Between attempts to store alarms.
  static let retryInterval = Duration.milliseconds(500)

  /// A twin's state that isn't known to be told.
  struct Change: Sendable, Equatable {
    var vehicleID: String
    /// Since when it was outside before; nil for inside. Absent when that isn't known here.
    var before: UTCInstant??
    /// Since when it is outside now; nil for inside.
    var since: UTCInstant?
    var time: UTCInstant
    var divergence: Divergence
  }

  private struct State {
    /// Since when each twin that was seen is outside; nil inside for those that aren't.
    var known: [String: UTCInstant?] = [:]
    var pending: [Change] = []
  }

  private let state = Mutex(State())
  private let wake = Subscription<Int, Bool>(capacity: 1)
  private let store: any ObservationStore
  private let directory: VehicleDirectory
  private let log: ObservationLog
  private let clock: WallClock

  init(store: any ObservationStore, directory: VehicleDirectory, log: ObservationLog, clock: WallClock) {
    (self.store, self.directory, self.log, self.clock) = (store, directory, log, clock)
  }

  /// Changes that wait to be stored.
  var backlog: Int { state.withLock(\.pending.count) }

  /// Forgets how twins stood: when their homes change, another replica may have told of what this one remembers
  /// otherwise. The next state of each is compared with what is stored.
  func forget() { state.withLock { $0.known.removeAll() } }

  /// Takes note of states. Never waits.
  func observe(_ states: [VehicleState]) {
    let isNews = state.withLock { state in
      var isNews = false
      for new in states {
        // Without a divergence nothing has been compared yet.
        guard let divergence = new.divergence, let time = new.time.flatMap({ UTCInstant($0) }) else { continue }
        // As the store keeps it.
        let since = divergence.since.flatMap { UTCInstant($0) }.map { UTCInstant(microseconds: $0.microseconds) }
        let before = state.known[new.vehicleID]
        guard before == nil || before != .some(since) else { continue }
        if state.pending.count >= Self.maximumPending {
          state.known[new.vehicleID] = nil
          continue
        }
        state.known[new.vehicleID] = .some(since)
        state.pending.append(
          Change(vehicleID: new.vehicleID, before: before, since: since, time: time, divergence: divergence))
        isNews = true
      }
      return isNews
    }
    if isNews { wake.offer(true, for: 0) }
  }

  /// Stores what was observed until the call is cancelled.
  ///
  /// - Throws: when storing failed; what is pending stays so, and the call should be made again.
  func run() async throws {
    while true {
      let changes = state.withLock { Array($0.pending.prefix(Self.batchSize)) }
      guard !changes.isEmpty else {
        _ = try await wake.next(1)
        continue
      }
      try await store(changes)
      state.withLock { $0.pending.removeFirst(changes.count) }
    }
  }

  private func store(_ changes: [Change]) async throws {
    let vehicles = Dictionary(
      changes.compactMap { change in directory.known(.twin(change.vehicleID)).map { (change.vehicleID, $0) } },
      uniquingKeysWith: { first, _ in first })
    let unknown = Set(changes.filter { $0.before == nil }.compactMap { vehicles[$0.vehicleID]?.key })
    let open = unknown.isEmpty ? [:] : try await store.openDivergences(of: unknown.sorted())
    var submission = ObservationSubmission()
    for change in changes {
      guard let vehicle = vehicles[change.vehicleID] else { continue }
      let before = change.before ?? open[vehicle.key]
      guard before != change.since else { continue }
      if let before { try submission.add(converged(vehicle, since: before, change), .closed) }
      if let since = change.since { try submission.add(diverged(vehicle, since: since, change), .open(since: since)) }
    }
    guard submission.rowCount > 0 else { return }
    _ = try await log.commit(submission)
  }

  // MARK: Events

  private func diverged(_ vehicle: Vehicle, since: UTCInstant, _ change: Change) -> EventDraft {
    var data: [String: ProtoValue] = [
      "channels": .list(change.divergence.channels.map { .text($0) }), "since": .text(since.rfc3339),
    ]
    let channels: [(String, Double?)] = [
      ("position_m", change.divergence.positionM), ("speed_mps", change.divergence.speedMps),
      ("heading_deg", change.divergence.headingDeg), ("yaw_rate_rps", change.divergence.yawRateRps),
      ("acceleration_mps2", change.divergence.accelerationMps2),
      ("normalised_innovation", change.divergence.normalisedInnovation),
    ]
    for (name, value) in channels { if let value, value.isFinite { data[name] = .number(value) } }
    return draft(vehicle, Self.divergedType, "diverged", since: since, time: since, data)
  }

  private func converged(_ vehicle: Vehicle, since: UTCInstant, _ change: Change) -> EventDraft {
    draft(
      vehicle, Self.convergedType, "converged", since: since, time: max(change.time, since),
      ["since": .text(since.rfc3339), "duration_s": .number(max(0, change.time.seconds(since: since)))])
  }

  private func draft(
    _ vehicle: Vehicle, _ type: String, _ word: String, since: UTCInstant, time: UTCInstant,
    _ data: [String: ProtoValue]
  ) -> EventDraft {
    let time = UTCInstant(microseconds: time.microseconds)
    let event = Event(
      id: "\(vehicle.id)/\(word)/\(since.microseconds)", source: Self.source, specversion: EventRules.version,
      type: type, subject: vehicle.id, time: time.timestamp, datacontenttype: "application/json",
      data: ProtoValue(kind: .structValue(ProtoStruct(fields: data))))
    return EventDraft(
      vehicle: vehicle, event: event, time: time, received: UTCInstant(microseconds: clock.now().microseconds),
      content: [])
  }
}

extension ObservationSubmission {
  fileprivate mutating func add(_ draft: EventDraft, _ mark: DivergenceMark) throws {
    var draft = draft
    draft.divergence = mark
    try add(draft)
  }

  /// Adds an event, encoded.
  mutating func add(_ draft: EventDraft) throws {
    var draft = draft
    draft.content = try Observation(source: draft.event.source, content: .event(draft.event)).encoded
    bytes += draft.content.count
    events.append(draft)
  }
}

extension UTCInstant {
  /// With milliseconds.
  fileprivate var rfc3339: String { WallTime(nanoseconds: nanoseconds).rfc3339 }
}

extension ProtoValue {
  fileprivate static func text(_ text: String) -> ProtoValue { ProtoValue(kind: .stringValue(text)) }
  fileprivate static func number(_ number: Double) -> ProtoValue { ProtoValue(kind: .numberValue(number)) }
  fileprivate static func list(_ values: [ProtoValue]) -> ProtoValue {
    ProtoValue(kind: .listValue(ProtoListValue(values: values)))
  }
}
