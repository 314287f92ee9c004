import FleetCore
import SimulationInput
import TwinProto

/// What is known of a target, by key.
typealias TargetState = [String: InputValue]

/// An environment as the store keeps it.
struct EnvironmentRecord: Sendable, Hashable {
  var id: String
  var kind: EnvironmentKind
  /// In the order in which they go before each other.
  var sources: [MirrorSource] = []
  var createTime: UTCInstant
  /// End of the newest successful sync; nil before the first.
  var lastSyncTime: UTCInstant?
  var targetCount = 0
  /// Counts everything that happens to it.
  var revision: Int64 = 1
  /// Twin-engine has heard of everything up to this revision.
  var forwardedRevision: Int64 = 0
  /// Deleted, but twin-engine hasn't heard of it yet.
  var isDeleted = false
}

/// Where an environment's state comes from.
struct MirrorSource: Sendable, Hashable {
  var name: String
  var kind: SourceKind
  /// The members of its configuration; never a credential.
  var config: TargetState = [:]
  /// Why its newest sync failed; nil after a success.
  var lastError: String?
  var lastSyncTime: UTCInstant?
}

/// An environment that is to be made.
struct EnvironmentDraft: Sendable, Hashable {
  var id: String
  var kind: EnvironmentKind
  var sources: [MirrorSource]
  /// The caller's id of the request; nil when it gave none.
  var requestID: String?

  /// Whether an environment was made from the same content.
  func describes(_ record: EnvironmentRecord) -> Bool {
    func content(_ sources: [MirrorSource]) -> [MirrorSource] {
      sources.map { MirrorSource(name: $0.name, kind: $0.kind, config: $0.config) }
    }
    return id == record.id && kind == record.kind && content(sources) == content(record.sources)
  }
}

/// What became of a create.
enum EnvironmentCreateOutcome: Sendable, Hashable {
  case created(EnvironmentRecord)
  /// The id is taken.
  case exists(EnvironmentRecord)
  /// A request with the same request id made this environment.
  case requestSeen(EnvironmentRecord)
}

/// A target as all sources together tell of it.
struct TargetRecord: Sendable, Hashable {
  var name: String
  var kind: String
  var state: TargetState
  /// When the state was true: the earliest reading among its sources.
  var syncTime: UTCInstant
  /// Sources the state comes from, the one that goes before the others first.
  var sources: [String]
  /// Counts the changes of its state up from 1.
  var version: Int64
  /// The environment's revision when it was last read.
  var revision: Int64
  /// The environment's revision when its state last changed.
  var changeRevision: Int64
}

/// What one source said last about a target.
struct TargetReport: Sendable, Hashable {
  var source: String
  var kind: String
  var state: TargetState
  var syncTime: UTCInstant
}

/// What a source says about a target now.
struct ReportedTarget: Sendable, Hashable {
  var kind: String
  var state: TargetState
}

/// How the reading of one source ended.
struct SourceReading: Sendable, Hashable {
  enum Outcome: Sendable, Hashable {
    /// Everything that the source knows: targets that it doesn't name any more are forgotten.
    case all([String: ReportedTarget])
    /// What the source says about some targets; nil makes it forget one.
    case some([String: ReportedTarget?])
    /// Why it couldn't be read; what it said before stays.
    case failed(String)
  }

  var source: String
  var outcome: Outcome

  var isFailed: Bool {
    if case .failed = outcome { true } else { false }
  }
}

/// The readings of one sync.
struct SyncDraft: Sendable, Hashable {
  var readings: [SourceReading]
  /// When the sync ended.
  var time: UTCInstant
}

/// A difference that a sync found.
struct TargetDrift: Sendable, Hashable {
  enum Kind: Sendable, Hashable { case added, removed, changed }

  var target: String
  var kind: Kind
  /// Empty when the target itself came or went.
  var key = ""
  var before: InputValue?
  var after: InputValue?
}

/// What a sync did.
struct SyncOutcome: Sendable, Hashable {
  /// The environment after it.
  var environment: EnvironmentRecord
  /// Ordered by target and key; at most `EnvironmentLimits.drifts`.
  var drift: [TargetDrift]
}

/// Names a metric series.
struct SeriesName: Sendable, Hashable {
  var target: String
  var metric: String
  var labels: [String: String] = [:]
}

/// One value of a series.
struct SeriesPoint: Sendable, Hashable {
  /// In whole microseconds.
  var time: UTCInstant
  var value: Double
}

/// A series, or a part of one.
struct SeriesRecord: Sendable, Hashable {
  var key: Int64
  var name: SeriesName
  var points: [SeriesPoint]
}

/// Which part of an environment's metrics is asked for.
struct MetricQuery: Sendable, Hashable {
  /// Where a page goes on: after this moment of this series.
  struct Place: Sendable, Hashable {
    var seriesKey: Int64
    var time: UTCInstant
  }

  var environmentID: String
  /// Inclusive.
  var from: UTCInstant
  /// Exclusive.
  var to: UTCInstant
  /// Empty means all.
  var metric = ""
  /// Empty means all.
  var target = ""
  /// Means over steps of this length, counted from 1970, instead of points; µs.
  var step: Int64?
  var after: Place?
  /// Series that the page may have.
  var seriesLimit: Int
  /// Points that the page may have together.
  var pointLimit: Int
}

/// A page of series.
struct MetricPage: Sendable, Hashable {
  var series: [SeriesRecord]
  /// Whether nothing follows.
  var isLast: Bool
}

/// The bounds of what state-sync keeps of environments.
enum EnvironmentLimits {
  static let environments = 1_000
  static let sources = 32
  /// Targets of one environment.
  static let targets = 10_000
  /// Targets of one inline sync.
  static let inlineTargets = 1_000
  static let keys = 1_000
  static let nameLength = 256
  static let nameBytes = 512
  static let kindLength = 64
  /// What the state of one target may take as it is encoded.
  static let stateBytes = 1 << 20
  static let configBytes = 16 << 10
  /// How deep values of a state may be nested.
  static let depth = 16
  /// Differences that a sync reports.
  static let drifts = 5_000
  /// Points of one push.
  static let pushedPoints = 10_000
  /// Points of one page, so that it fits into a message.
  static let pagePoints = 50_000
  /// Series of one environment.
  static let series = 50_000
  static let labels = 32
  static let labelLength = 256
  /// Days that metrics are kept.
  static let metricDays = 30
}
