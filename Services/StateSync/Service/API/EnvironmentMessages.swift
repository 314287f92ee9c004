import FleetCore
import SimulationInput
import TwinConversions
import TwinProto

extension Environment {
  /// - Parameter interval: time between two syncs, s.
  init(
    _ record: EnvironmentRecord, at now: UTCInstant, interval: Double, role: (SourceKind) -> String = { _ in "" }
  ) {
    self.init(
      id: record.id, kind: record.kind,
      sources: record.sources.map { source in
        Source(
          name: source.name, kind: source.kind, config: ProtoStruct(source.config), requiredRole: role(source.kind),
          lastError: source.lastError, lastSyncTime: source.lastSyncTime?.timestamp)
      }, lastSyncTime: record.lastSyncTime?.timestamp, stale: EnvironmentNames.isStale(record.lastSyncTime, at: now),
      targetCount: UInt32(record.targetCount), createTime: record.createTime.timestamp, syncIntervalS: interval)
  }
}

extension Target {
  init(_ record: TargetRecord, of id: String, at now: UTCInstant) {
    self.init(
      name: record.name, environmentID: id, kind: record.kind, state: ProtoStruct(record.state),
      syncTime: record.syncTime.timestamp, stale: EnvironmentNames.isStale(record.syncTime, at: now),
      sources: record.sources, version: UInt64(record.version))
  }
}

extension Drift {
  /// Characters of a text that are shown.
  static let textLength = 1_000
  /// Elements of a collection that are shown.
  static let elements = 100

  init(_ drift: TargetDrift) {
    let kind: DriftKind =
      switch drift.kind {
      case .added: .added
      case .removed: .removed
      case .changed: .changed
      }
    self.init(
      target: drift.target, kind: kind, key: drift.key, before: drift.before.map { ProtoValue(Self.cut($0)) },
      after: drift.after.map { ProtoValue(Self.cut($0)) })
  }

  /// A value of bounded size: a rule set of a megabyte is no use in a list of differences.
  private static func cut(_ value: InputValue, depth: Int = 4) -> InputValue {
    switch value {
    case .string(let text) where text.count > textLength: return .string(text.prefix(textLength) + "…")
    case .array, .object:
      guard depth > 0 else { return .string("…") }
      if case .array(let values) = value {
        let shown = values.prefix(elements).map { cut($0, depth: depth - 1) }
        return .array(values.count > elements ? shown + [.string("…")] : shown)
      }
      guard case .object(let members) = value else { return value }
      return .object(members.prefix(elements).map { .init($0.name, cut($0.value, depth: depth - 1)) })
    default: return value
    }
  }
}

extension MetricSeries {
  /// What a point takes in a message at most.
  static let pointBytes = 32
}

extension Sequence<SeriesRecord> {
  /// As many from the start as take at most `bytes` together in a message; at least one.
  func prefix(bytes: Int) -> [SeriesRecord] {
    var sum = 0
    return Array(
      prefix { series in
        let labels = series.name.labels.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 8 }
        let own =
          series.name.target.utf8.count + series.name.metric.utf8.count + labels + 16
          + series.points.count * MetricSeries.pointBytes
        defer { sum += own }
        return sum == 0 || sum + own <= bytes
      })
  }
}

extension EnvironmentRecord {
  /// What it takes about in a message.
  var encodedBytes: Int {
    sources.reduce(256) { $0 + $1.config.encodedBytes + ($1.lastError?.utf8.count ?? 0) + 512 }
  }
}
