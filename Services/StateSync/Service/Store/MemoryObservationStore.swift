import FleetCore
import Synchronization
import TwinProto

/// Keeps observations in memory, for tests.
final class MemoryObservationStore: ObservationStore {
  private struct EventID: Hashable {
    var source: String
    var id: String
  }

  private struct Row {
    var vehicleKey: Int32?
    var kind: ObservationKind
    var stored: StoredObservation
  }

  private struct Condition {
    var value: VehicleCondition
    var forwarded: Int64 = 0
  }

  private struct State {
    var windows: [ObservationStream: SequenceWindow] = [:]
    var events: [EventID: UTCInstant] = [:]
    var rows: [Row] = []
    var number: Int64 = 0
    var conditions: [ConditionKey: Condition] = [:]
    var revision: Int64 = 0
    var divergences: [Int32: UTCInstant] = [:]
    var isAway = false
    var isHeld = false
    var held: [CheckedContinuation<Void, Never>] = []
    var heldRows = 0
    var appends = 0
  }

  private let state = Mutex(State())

  /// While true, every call throws `StoreUnavailable`.
  var isAway: Bool {
    get { state.withLock(\.isAway) }
    set { state.withLock { $0.isAway = newValue } }
  }

  /// Makes appends wait before they take effect, like a database that is slow to commit.
  func hold() { state.withLock { $0.isHeld = true } }

  /// Lets appends go on.
  func release() {
    let held = state.withLock { state in
      state.isHeld = false
      defer { (state.held, state.heldRows) = ([], 0) }
      return state.held
    }
    for continuation in held { continuation.resume() }
  }

  /// The appends that wait because of `hold`.
  var heldAppends: Int { state.withLock(\.held.count) }

  /// Their samples and events.
  var heldRows: Int { state.withLock(\.heldRows) }

  /// Appends that took effect.
  var appends: Int { state.withLock(\.appends) }

  /// How many observations are stored.
  var count: Int { state.withLock(\.rows.count) }

  private func access<Result: Sendable>(_ body: (inout State) throws -> Result) throws -> Result {
    try state.withLock { state in
      guard !state.isAway else { throw StoreUnavailable("the store was taken away") }
      return try body(&state)
    }
  }

  func append(_ drafts: [ObservationDraft], events: [EventDraft]) async throws -> ObservationReport {
    await withCheckedContinuation { continuation in
      let isHeld = state.withLock { state in
        if state.isHeld {
          state.held.append(continuation)
          state.heldRows += drafts.count + events.count
        }
        return state.isHeld
      }
      if !isHeld { continuation.resume() }
    }
    return try access { state in
      state.appends += 1
      return ObservationReport(
        drafts: drafts.map { Self.append($0, &state) }, events: events.map { Self.append($0, &state) })
    }
  }

  private static func append(_ draft: ObservationDraft, _ state: inout State) -> ObservationOutcome {
    let key = draft.stream.vehicleKey
    var window = SequenceWindow()
    if let known = state.windows[draft.stream] {
      window = known
    } else if state.windows.keys.count(where: { $0.vehicleKey == key }) >= ObservationLimits.streamsPerVehicle {
      return .noRoom
    }
    let outcome = ObservationOutcome(window.insert(draft.sequence))
    state.windows[draft.stream] = window
    guard case .stored = outcome else { return outcome }
    add(key, draft.stream.kind, draft.time, draft.received, draft.content, &state)
    let condition = ConditionKey(vehicleKey: key, kind: draft.stream.kind, sensorID: draft.stream.sensorID)
    if let known = state.conditions[condition]?.value,
      (known.time, known.sequence) >= (draft.time, draft.sequence)
    {
      return outcome
    }
    state.revision += 1
    state.conditions[condition, default: Condition(value: VehicleCondition(draft, revision: 0))].value =
      VehicleCondition(draft, revision: state.revision)
    return outcome
  }

  private static func append(_ draft: EventDraft, _ state: inout State) -> Bool {
    let id = EventID(source: draft.event.source, id: draft.event.id)
    guard state.events[id] == nil else { return false }
    state.events[id] = draft.time
    add(draft.vehicle?.key, .event, draft.time, draft.received, draft.content, &state)
    if let vehicle = draft.vehicle, let mark = draft.divergence {
      state.divergences[vehicle.key] = if case .open(let since) = mark { since } else { nil }
    }
    return true
  }

  private static func add(
    _ vehicleKey: Int32?, _ kind: ObservationKind, _ time: UTCInstant, _ received: UTCInstant, _ content: [UInt8],
    _ state: inout State
  ) {
    state.number += 1
    state.rows.append(
      Row(
        vehicleKey: vehicleKey, kind: kind,
        stored: StoredObservation(time: time, number: state.number, received: received, content: content)))
  }

  func observations(_ query: ObservationQuery) async throws -> ObservationPage {
    try access { state in
      let all = state.rows.filter { row in
        row.vehicleKey == query.vehicleKey && query.kinds.contains(row.kind) && row.stored.time < query.to
          && query.from.map { row.stored.time >= $0 } ?? true
          && query.after.map { (row.stored.time, row.stored.number) > ($0.time, $0.number) } ?? true
      }
      .map(\.stored).sorted { ($0.time, $0.number) < ($1.time, $1.number) }
      var sum = 0
      let page = all.prefix(query.limit).prefix { row in
        defer { sum += row.content.count }
        return sum == 0 || sum + row.content.count <= query.bytes
      }
      return ObservationPage(observations: Array(page), isLast: page.count == all.count)
    }
  }

  func unforwarded(after revision: Int64, limit: Int) async throws -> [VehicleCondition] {
    try access { state in
      Array(
        state.conditions.values.filter { $0.value.revision > max(revision, $0.forwarded) }.map(\.value)
          .sorted { $0.revision < $1.revision }.prefix(limit))
    }
  }

  func didForward(_ conditions: [VehicleCondition]) async throws {
    try access { state in
      for told in conditions {
        let known = state.conditions[told.key]?.forwarded ?? 0
        state.conditions[told.key]?.forwarded = max(known, told.revision)
      }
    }
  }

  func openDivergences(of vehicleKeys: [Int32]) async throws -> [Int32: UTCInstant] {
    try access { state in state.divergences.filter { vehicleKeys.contains($0.key) } }
  }

  func prepare(days: ClosedRange<Int64>) async throws { try access { _ in } }

  func drop(before day: Int64) async throws {
    try access { state in
      let first = UTCInstant(microseconds: day * UTCInstant.microsecondsPerDay)
      state.rows.removeAll { $0.stored.time < first }
      state.events = state.events.filter { $0.value >= first }
    }
  }
}

extension ObservationOutcome {
  init(_ outcome: SequenceWindow.Outcome) {
    switch outcome {
    case .newest: self = .stored(isLate: false)
    case .late: self = .stored(isLate: true)
    case .duplicate: self = .duplicate
    case .expired: self = .expired
    }
  }
}

extension VehicleCondition {
  /// A stored draft as the condition that it tells of.
  init(_ draft: ObservationDraft, revision: Int64) {
    self.init(
      key: ConditionKey(
        vehicleKey: draft.stream.vehicleKey, kind: draft.stream.kind, sensorID: draft.stream.sensorID),
      time: draft.time, sequence: draft.sequence, revision: revision,
      // What was encoded once can be encoded again with less in it.
      content: (try? draft.observation.condition.encoded) ?? draft.content)
  }
}
