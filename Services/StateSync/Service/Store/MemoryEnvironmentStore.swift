import FleetCore
import Synchronization
import TwinProto

/// Keeps mirrors of environments in memory, for tests.
final class MemoryEnvironmentStore: EnvironmentStore {
  private struct Mirrored {
    var record: EnvironmentRecord
    var requestID: String?
    var reports: [String: [TargetReport]] = [:]
    var targets: [String: TargetRecord] = [:]
    var removals: Set<String> = []
    var series: [SeriesName: SeriesRecord] = [:]
  }

  private struct State {
    var environments: [String: Mirrored] = [:]
    var nextSeriesKey: Int64 = 1
    var isAway = false
  }

  private let state: Mutex<State>

  init(at time: UTCInstant = UTCInstant(nanoseconds: 0)) {
    var environments: [String: Mirrored] = [:]
    for (id, kind) in [
      ("development", EnvironmentKind.development), ("staging", .staging), ("production", .production),
    ] {
      environments[id] = Mirrored(record: EnvironmentRecord(id: id, kind: kind, createTime: time))
    }
    state = Mutex(State(environments: environments))
  }

  /// While true, every call throws `StoreUnavailable`.
  var isAway: Bool {
    get { state.withLock(\.isAway) }
    set { state.withLock { $0.isAway = newValue } }
  }

  private func access<Result: Sendable>(_ body: (inout State) throws -> Result) throws -> Result {
    try state.withLock { state in
      guard !state.isAway else { throw StoreUnavailable("the store was taken away") }
      return try body(&state)
    }
  }

  // MARK: Environments

  func create(_ draft: EnvironmentDraft, at time: UTCInstant) async throws -> EnvironmentCreateOutcome {
    try access { state in
      if let requestID = draft.requestID,
        let seen = state.environments.values.first(where: { $0.requestID == requestID && !$0.record.isDeleted })
      {
        return .requestSeen(seen.record)
      }
      let old = state.environments[draft.id]
      if let old, !old.record.isDeleted { return .exists(old.record) }
      guard state.environments.count(where: { !$0.value.record.isDeleted }) < EnvironmentLimits.environments else {
        throw EnvironmentBoundReached.environments
      }
      var record = EnvironmentRecord(
        id: draft.id, kind: draft.kind, sources: draft.sources, createTime: UTCInstant(microseconds: time.microseconds))
      if let old { record.revision = old.record.revision + 1 }
      state.environments[draft.id] = Mirrored(record: record, requestID: draft.requestID)
      return .created(record)
    }
  }

  func environment(_ id: String) async throws -> EnvironmentRecord? {
    try access { state in state.environments[id].map(\.record).flatMap { $0.isDeleted ? nil : $0 } }
  }

  func anyEnvironment(_ id: String) async throws -> EnvironmentRecord? {
    try access { $0.environments[id]?.record }
  }

  func environments(after id: String, limit: Int) async throws -> [EnvironmentRecord] {
    try access { state in
      state.environments.values.map(\.record).filter { !$0.isDeleted && Mirror.utf8Order(id, $0.id) }
        .sorted { Mirror.utf8Order($0.id, $1.id) }.prefix(limit).map(\.self)
    }
  }

  func delete(_ id: String) async throws -> Bool {
    try access { state in
      guard var record = state.environments[id]?.record, !record.isDeleted else { return false }
      record.isDeleted = true
      record.revision += 1
      (record.sources, record.targetCount) = ([], 0)
      state.environments[id] = Mirrored(record: record)
      return true
    }
  }

  // MARK: Syncs

  func commit(_ sync: SyncDraft, of id: String) async throws -> SyncOutcome? {
    try access { state in
      guard var mirrored = state.environments[id], !mirrored.record.isDeleted else { return nil }
      var names = Mirror.namedTargets(sync)
      for source in Mirror.wholeSources(sync) {
        for (name, reports) in mirrored.reports where reports.contains(where: { $0.source == source }) {
          names.insert(name)
        }
      }
      let part = Mirror.Part(
        environment: mirrored.record, reports: mirrored.reports.filter { names.contains($0.key) },
        targets: mirrored.targets.filter { names.contains($0.key) })
      let changes = try Mirror.changes(by: sync, to: part)
      mirrored.record = changes.outcome.environment
      for (target, sources) in changes.withdrawn { mirrored.reports[target]?.removeAll { sources.contains($0.source) } }
      for (target, reports) in changes.reported {
        let sources = Set(reports.map(\.source))
        mirrored.reports[target, default: []].removeAll { sources.contains($0.source) }
        mirrored.reports[target, default: []] += reports
      }
      mirrored.reports = mirrored.reports.filter { !$0.value.isEmpty }
      for target in changes.targets { mirrored.targets[target.name] = target }
      for name in changes.removed { mirrored.targets[name] = nil }
      mirrored.removals.formUnion(changes.removed)
      state.environments[id] = mirrored
      return changes.outcome
    }
  }

  func target(_ name: String, of id: String) async throws -> TargetRecord? {
    try access { $0.environments[id]?.targets[name] }
  }

  func targets(_ query: TargetQuery) async throws -> [TargetRecord] {
    try access { state in
      let found = (state.environments[query.environmentID]?.targets ?? [:]).values
        .filter { target in
          (query.kind.isEmpty || target.kind == query.kind) && Mirror.utf8Order(query.after, target.name)
            && target.revision > query.readAfter && target.changeRevision > query.changedAfter
        }
        .sorted { Mirror.utf8Order($0.name, $1.name) }.prefix(query.limit)
      return found.prefix(bytes: query.bytes)
    }
  }

  func targetNames(of id: String) async throws -> [String] {
    try access { ($0.environments[id]?.targets ?? [:]).keys.sorted(by: Mirror.utf8Order) }
  }

  // MARK: Forwarding

  func unforwarded() async throws -> [EnvironmentRecord] {
    try access { state in
      state.environments.values.map(\.record).filter { $0.revision > $0.forwardedRevision }
        .sorted { Mirror.utf8Order($0.id, $1.id) }
    }
  }

  func removals(of id: String) async throws -> [String] {
    try access { ($0.environments[id]?.removals ?? []).sorted(by: Mirror.utf8Order) }
  }

  func didForward(_ environment: EnvironmentRecord) async throws {
    try access { state in
      guard var mirrored = state.environments[environment.id],
        mirrored.record.createTime == environment.createTime, mirrored.record.isDeleted == environment.isDeleted
      else { return }
      if environment.isDeleted {
        state.environments[environment.id] = nil
        return
      }
      mirrored.record.forwardedRevision = max(mirrored.record.forwardedRevision, environment.revision)
      // A later sync may have removed more.
      if mirrored.record.revision == environment.revision { mirrored.removals = [] }
      state.environments[environment.id] = mirrored
    }
  }

  // MARK: Metrics

  func store(_ series: [SeriesName: [SeriesPoint]], of id: String) async throws -> Bool {
    try access { state in
      guard var mirrored = state.environments[id], !mirrored.record.isDeleted else { return false }
      for (name, points) in series.sorted(bySeries: { $0.key }) {
        if mirrored.series[name] == nil {
          guard mirrored.series.count < EnvironmentLimits.series else { throw EnvironmentBoundReached.series }
          mirrored.series[name] = SeriesRecord(key: state.nextSeriesKey, name: name, points: [])
          state.nextSeriesKey += 1
        }
        var values = Dictionary((mirrored.series[name]?.points ?? []).map { ($0.time, $0.value) }) { $1 }
        for point in points { values[point.time] = point.value }
        mirrored.series[name]?.points = values.map { SeriesPoint(time: $0.key, value: $0.value) }
          .sorted { $0.time < $1.time }
      }
      state.environments[id] = mirrored
      return true
    }
  }

  func metrics(_ query: MetricQuery) async throws -> MetricPage {
    try access { state in
      let all = (state.environments[query.environmentID]?.series ?? [:]).values
        .filter {
          (query.metric.isEmpty || $0.name.metric == query.metric)
            && (query.target.isEmpty || $0.name.target == query.target)
        }
        .sorted(bySeries: { $0.name })
      var page = MetricPage(series: [], isLast: true)
      var rest = query.pointLimit
      let start = query.after.flatMap { after in all.firstIndex { $0.key == after.seriesKey } } ?? 0
      for series in all[start...] {
        let from = query.start(of: series.key)
        let points = series.points.filter { $0.time >= from && $0.time < query.to }.means(step: query.step)
        guard !points.isEmpty else { continue }
        guard rest > 0, page.series.count < query.seriesLimit else {
          page.isLast = false
          break
        }
        page.series.append(SeriesRecord(key: series.key, name: series.name, points: Array(points.prefix(rest))))
        if points.count > rest { page.isLast = false }
        rest -= points.count
        if !page.isLast { break }
      }
      return page
    }
  }

  func dropMetrics(before time: UTCInstant) async throws {
    let start = UTCInstant(microseconds: time.day * UTCInstant.microsecondsPerDay)
    try access { state in
      for id in state.environments.keys {
        for name in state.environments[id]?.series.keys.map(\.self) ?? [] {
          state.environments[id]?.series[name]?.points.removeAll { $0.time < start }
        }
      }
    }
  }
}

extension Sequence<SeriesPoint> {
  /// The mean of each step, at its start; all points without one.
  fileprivate func means(step: Int64?) -> [SeriesPoint] {
    guard let step else { return Array(self) }
    var sums: [(start: Int64, sum: Double, count: Int)] = []
    for point in self {
      let start = point.time.start(ofStep: step)
      if sums.last?.start == start {
        sums[sums.count - 1].sum += point.value
        sums[sums.count - 1].count += 1
      } else {
        sums.append((start, point.value, 1))
      }
    }
    return sums.map { SeriesPoint(time: UTCInstant(microseconds: $0.start), value: $0.sum / Double($0.count)) }
  }
}
