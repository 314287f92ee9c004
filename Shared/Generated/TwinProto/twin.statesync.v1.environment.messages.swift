// Generated from twin/statesync/v1/environment.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Kind of a source.
public enum SourceKind: Sendable, Hashable, CaseIterable {
  /// Invalid, or all in a sync.
  case unspecified
  /// A PostgreSQL server.
  case postgres
  /// A Prometheus HTTP API.
  case prometheus
  /// A Kubernetes API server.
  case kubernetes
  /// A dump by iptables-save or nft.
  case firewall
  /// Pushed by an agent with the sync.
  case inline
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [SourceKind] {
    [
      .unspecified,
      .postgres,
      .prometheus,
      .kubernetes,
      .firewall,
      .inline,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .postgres
    case 2: self = .prometheus
    case 3: self = .kubernetes
    case 4: self = .firewall
    case 5: self = .inline
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .postgres: 1
    case .prometheus: 2
    case .kubernetes: 3
    case .firewall: 4
    case .inline: 5
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// What kind of difference.
public enum DriftKind: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// A target or key came.
  case added
  /// A target or key went.
  case removed
  /// A value changed.
  case changed
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [DriftKind] {
    [
      .unspecified,
      .added,
      .removed,
      .changed,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .added
    case 2: self = .removed
    case 3: self = .changed
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .added: 1
    case .removed: 2
    case .changed: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A mirrored environment.
public struct Environment: Sendable, Equatable {
  /// Id such as "production-eu", 1 to 63 characters of [a-z0-9-].
  public var id: String
  /// Kind.
  public var kind: EnvironmentKind
  /// Where its state comes from.
  public var sources: [Source]
  /// End of the newest successful sync; absent before the first.
  public var lastSyncTime: ProtoTimestamp?
  /// Whether that is longer ago than 30 minutes (or never was).
  public var stale: Bool
  /// Targets known.
  public var targetCount: UInt32
  /// When it was added.
  public var createTime: ProtoTimestamp?
  /// Time between two syncs in s; 900 unless configured.
  public var syncIntervalS: Double

  public init(
    id: String = "",
    kind: EnvironmentKind = .unspecified,
    sources: [Source] = [],
    lastSyncTime: ProtoTimestamp? = nil,
    stale: Bool = false,
    targetCount: UInt32 = 0,
    createTime: ProtoTimestamp? = nil,
    syncIntervalS: Double = 0
  ) {
    self.id = id
    self.kind = kind
    self.sources = sources
    self.lastSyncTime = lastSyncTime
    self.stale = stale
    self.targetCount = targetCount
    self.createTime = createTime
    self.syncIntervalS = syncIntervalS
  }
}

/// Where an environment's state comes from.
public struct Source: Sendable, Equatable {
  /// Name, unique in the environment, 1 to 63 characters of [a-z0-9-].
  public var name: String
  /// Kind.
  public var kind: SourceKind
  /// Settings of the kind: address, targets, mapping file. Credentials only as file paths (keys that end in "_file").
  public var config: ProtoStruct?
  /// The least role the source needs on the mirrored system; output only.
  public var requiredRole: String
  /// Why its newest sync failed; absent after a success. Output only.
  public var lastError: String?
  /// End of its newest successful sync. Output only.
  public var lastSyncTime: ProtoTimestamp?

  public init(
    name: String = "",
    kind: SourceKind = .unspecified,
    config: ProtoStruct? = nil,
    requiredRole: String = "",
    lastError: String? = nil,
    lastSyncTime: ProtoTimestamp? = nil
  ) {
    self.name = name
    self.kind = kind
    self.config = config
    self.requiredRole = requiredRole
    self.lastError = lastError
    self.lastSyncTime = lastSyncTime
  }
}

/// One thing in an environment that changes are proposed for.
public struct Target: Sendable, Equatable {
  /// Name such as "postgresql-primary".
  public var name: String
  /// Environment it belongs to.
  public var environmentID: String
  /// Kind such as "postgresql", "service", "load_balancer", "firewall", "host", "volume".
  public var kind: String
  /// What is known of it; a missing key is unknown.
  public var state: ProtoStruct?
  /// When the state was true: the earliest reading among its sources.
  public var syncTime: ProtoTimestamp?
  /// Whether that is longer ago than 30 minutes.
  public var stale: Bool
  /// Sources the state comes from, the one that goes before the others first.
  public var sources: [String]
  /// Counts the target's state changes up from 1.
  public var version: UInt64

  public init(
    name: String = "",
    environmentID: String = "",
    kind: String = "",
    state: ProtoStruct? = nil,
    syncTime: ProtoTimestamp? = nil,
    stale: Bool = false,
    sources: [String] = [],
    version: UInt64 = 0
  ) {
    self.name = name
    self.environmentID = environmentID
    self.kind = kind
    self.state = state
    self.syncTime = syncTime
    self.stale = stale
    self.sources = sources
    self.version = version
  }
}

/// A new environment.
public struct CreateEnvironmentRequest: Sendable, Equatable {
  /// Id, 1 to 63 characters of [a-z0-9-]. Required.
  public var id: String
  /// Kind. Required.
  public var kind: EnvironmentKind
  /// Sources; may be empty.
  public var sources: [Source]
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    id: String = "",
    kind: EnvironmentKind = .unspecified,
    sources: [Source] = [],
    requestID: String = ""
  ) {
    self.id = id
    self.kind = kind
    self.sources = sources
    self.requestID = requestID
  }
}

/// Names an environment.
public struct GetEnvironmentRequest: Sendable, Equatable {
  /// Id of the environment.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of environments.
public struct ListEnvironmentsRequest: Sendable, Equatable {
  /// Environments a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of environments.
public struct ListEnvironmentsResponse: Sendable, Equatable {
  /// Environments, ordered by id.
  public var environments: [Environment]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    environments: [Environment] = [],
    nextPageToken: String = ""
  ) {
    self.environments = environments
    self.nextPageToken = nextPageToken
  }
}

/// Names the environment to delete.
public struct DeleteEnvironmentRequest: Sendable, Equatable {
  /// Id of the environment.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The environment is gone.
public struct DeleteEnvironmentResponse: Sendable, Equatable {
  public init() {}
}

/// Asks for a sync.
public struct SyncEnvironmentRequest: Sendable, Equatable {
  /// Id of the environment. Required.
  public var environmentID: String
  /// Only sources of this kind; unspecified means all, or inline when `targets` is given.
  public var source: SourceKind
  /// State of targets by name, pushed with the request; at most 1,000.
  public var targets: [String: InlineTarget]

  public init(
    environmentID: String = "",
    source: SourceKind = .unspecified,
    targets: [String: InlineTarget] = [:]
  ) {
    self.environmentID = environmentID
    self.source = source
    self.targets = targets
  }
}

/// State of a target as an agent pushes it. With neither kind nor state, inline says nothing of the target any more.
public struct InlineTarget: Sendable, Equatable {
  /// Kind such as "postgresql".
  public var kind: String
  /// What is known of it; replaces what inline syncs said before.
  public var state: ProtoStruct?

  public init(
    kind: String = "",
    state: ProtoStruct? = nil
  ) {
    self.kind = kind
    self.state = state
  }
}

/// What a sync found.
public struct SyncEnvironmentResponse: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// When the sync ended.
  public var syncTime: ProtoTimestamp?
  /// What changed since the sync before.
  public var drift: [Drift]
  /// Targets known now.
  public var targetCount: UInt32
  /// How each source fared.
  public var sources: [SourceResult]

  public init(
    environmentID: String = "",
    syncTime: ProtoTimestamp? = nil,
    drift: [Drift] = [],
    targetCount: UInt32 = 0,
    sources: [SourceResult] = []
  ) {
    self.environmentID = environmentID
    self.syncTime = syncTime
    self.drift = drift
    self.targetCount = targetCount
    self.sources = sources
  }
}

/// One difference of a target's state between two syncs.
public struct Drift: Sendable, Equatable {
  /// Name of the target.
  public var target: String
  /// What kind of difference.
  public var kind: DriftKind
  /// Key of the state; empty when the target itself came or went.
  public var key: String
  /// Value before, long texts and collections cut; absent when added.
  public var before: ProtoValue?
  /// Value after, long texts and collections cut; absent when removed.
  public var after: ProtoValue?

  public init(
    target: String = "",
    kind: DriftKind = .unspecified,
    key: String = "",
    before: ProtoValue? = nil,
    after: ProtoValue? = nil
  ) {
    self.target = target
    self.kind = kind
    self.key = key
    self.before = before
    self.after = after
  }
}

/// How a source fared in a sync.
public struct SourceResult: Sendable, Equatable {
  /// Name of the source.
  public var name: String
  /// Kind.
  public var kind: SourceKind
  /// Whether it was read.
  public var ok: Bool
  /// Why it wasn't.
  public var error: String?
  /// Targets it told about.
  public var targetCount: UInt32
  /// Time it took in ms.
  public var durationMs: Double

  public init(
    name: String = "",
    kind: SourceKind = .unspecified,
    ok: Bool = false,
    error: String? = nil,
    targetCount: UInt32 = 0,
    durationMs: Double = 0
  ) {
    self.name = name
    self.kind = kind
    self.ok = ok
    self.error = error
    self.targetCount = targetCount
    self.durationMs = durationMs
  }
}

/// Names a target.
public struct GetTargetRequest: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Name of the target.
  public var name: String

  public init(
    environmentID: String = "",
    name: String = ""
  ) {
    self.environmentID = environmentID
    self.name = name
  }
}

/// Asks for a page of targets.
public struct ListTargetsRequest: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Only targets of this kind; empty means all.
  public var kind: String
  /// Targets a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    environmentID: String = "",
    kind: String = "",
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.environmentID = environmentID
    self.kind = kind
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of targets.
public struct ListTargetsResponse: Sendable, Equatable {
  /// Targets, ordered by name.
  public var targets: [Target]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    targets: [Target] = [],
    nextPageToken: String = ""
  ) {
    self.targets = targets
    self.nextPageToken = nextPageToken
  }
}

/// Asks for metric series.
public struct ListMetricsRequest: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Earliest time, inclusive; absent means all that is kept (30 days).
  public var from: ProtoTimestamp?
  /// Latest time, exclusive; absent means now.
  public var to: ProtoTimestamp?
  /// Only this metric; empty means all.
  public var metric: String
  /// Only this target; empty means all.
  public var target: String
  /// Downsampling: mean of each step of this length in s, over 0 to 86,400; absent means every point.
  public var stepS: Double?
  /// Series a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    environmentID: String = "",
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    metric: String = "",
    target: String = "",
    stepS: Double? = nil,
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.environmentID = environmentID
    self.from = from
    self.to = to
    self.metric = metric
    self.target = target
    self.stepS = stepS
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of metric series.
public struct ListMetricsResponse: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Series, ordered by target, metric and labels. One with many points goes on at the start of the next page.
  public var series: [MetricSeries]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    environmentID: String = "",
    series: [MetricSeries] = [],
    nextPageToken: String = ""
  ) {
    self.environmentID = environmentID
    self.series = series
    self.nextPageToken = nextPageToken
  }
}

/// Values of one metric over time.
public struct MetricSeries: Sendable, Equatable {
  /// Target it belongs to.
  public var target: String
  /// Name with the unit last, such as "cpu_utilization_share".
  public var metric: String
  /// Labels that tell series of one metric apart.
  public var labels: [String: String]
  /// Points, ascending by time.
  public var points: [MetricPoint]

  public init(
    target: String = "",
    metric: String = "",
    labels: [String: String] = [:],
    points: [MetricPoint] = []
  ) {
    self.target = target
    self.metric = metric
    self.labels = labels
    self.points = points
  }
}

/// One value of a metric.
public struct MetricPoint: Sendable, Equatable {
  /// When it was true.
  public var time: ProtoTimestamp?
  /// The value, in the metric's unit; finite.
  public var value: Double

  public init(
    time: ProtoTimestamp? = nil,
    value: Double = 0
  ) {
    self.time = time
    self.value = value
  }
}

/// Metric points to store.
public struct PushMetricsRequest: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Series, at most 10,000 points together.
  public var series: [MetricSeries]

  public init(
    environmentID: String = "",
    series: [MetricSeries] = []
  ) {
    self.environmentID = environmentID
    self.series = series
  }
}

/// What became of the points.
public struct PushMetricsResponse: Sendable, Equatable {
  /// Points stored or replaced.
  public var stored: UInt64
  /// Points not stored because they are older than what is kept.
  public var expired: UInt64

  public init(
    stored: UInt64 = 0,
    expired: UInt64 = 0
  ) {
    self.stored = stored
    self.expired = expired
  }
}

/// Asks to follow environments.
public struct WatchEnvironmentsRequest: Sendable, Equatable {
  /// Ids; empty means all.
  public var environmentIds: [String]

  public init(
    environmentIds: [String] = []
  ) {
    self.environmentIds = environmentIds
  }
}

/// A sync has ended.
public struct EnvironmentUpdate: Sendable, Equatable {
  /// The environment after the sync.
  public var environment: Environment?
  /// Targets whose state changed; on the first message all of them.
  public var targets: [Target]
  /// Names of the targets that went.
  public var removedTargets: [String]

  public init(
    environment: Environment? = nil,
    targets: [Target] = [],
    removedTargets: [String] = []
  ) {
    self.environment = environment
    self.targets = targets
    self.removedTargets = removedTargets
  }
}

extension Environment: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Environment" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Environment: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__environment__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Environment>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.Environment.id")
    let value1 = EnvironmentKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.messages(c.pointee.sources, c.pointee.n_sources, Source.self)
    let value3 = try MessageCodec.message(c.pointee.last_sync_time, ProtoTimestamp.self)
    let value4 = c.pointee.stale != 0
    let value5 = c.pointee.target_count
    let value6 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value7 = c.pointee.sync_interval_s
    room.put(\.id, value0)
    room.put(\.kind, value1)
    room.put(\.sources, value2)
    room.put(\.lastSyncTime, value3)
    room.put(\.stale, value4)
    room.put(\.targetCount, value5)
    room.put(\.createTime, value6)
    room.put(\.syncIntervalS, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Environment>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Environment())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.kind = Twin__Common__V1__EnvironmentKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.n_sources = self.sources.count
    c.pointee.sources = try scratch.messages(self.sources)
    if let value = self.lastSyncTime { c.pointee.last_sync_time = try scratch.message(value) }
    c.pointee.stale = self.stale ? 1 : 0
    c.pointee.target_count = self.targetCount
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    c.pointee.sync_interval_s = self.syncIntervalS
  }
}

extension Source: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Source" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Source: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__source__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Source>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.statesync.v1.Source.name")
    let value1 = SourceKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.message(c.pointee.config, ProtoStruct.self)
    let value3 = try MessageCodec.string(c.pointee.required_role, "twin.statesync.v1.Source.required_role")
    let value4 = try c.pointee.last_error_presence_case.rawValue == 5 ? MessageCodec.string(c.pointee.last_error, "twin.statesync.v1.Source.last_error") : nil
    let value5 = try MessageCodec.message(c.pointee.last_sync_time, ProtoTimestamp.self)
    room.put(\.name, value0)
    room.put(\.kind, value1)
    room.put(\.config, value2)
    room.put(\.requiredRole, value3)
    room.put(\.lastError, value4)
    room.put(\.lastSyncTime, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Source>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Source())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.kind = Twin__Statesync__V1__SourceKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    if let value = self.config { c.pointee.config = try scratch.message(value) }
    c.pointee.required_role = try scratch.string(self.requiredRole)
    if let value = self.lastError {
      c.pointee.last_error = try scratch.string(value)
      c.pointee.last_error_presence_case = Twin__Statesync__V1__Source__LastErrorPresenceCase(rawValue: 5)
    }
    if let value = self.lastSyncTime { c.pointee.last_sync_time = try scratch.message(value) }
  }
}

extension Target: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Target" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Target: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__target__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Target>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.statesync.v1.Target.name")
    let value1 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.Target.environment_id")
    let value2 = try MessageCodec.string(c.pointee.kind, "twin.statesync.v1.Target.kind")
    let value3 = try MessageCodec.message(c.pointee.state, ProtoStruct.self)
    let value4 = try MessageCodec.message(c.pointee.sync_time, ProtoTimestamp.self)
    let value5 = c.pointee.stale != 0
    let value6 = try MessageCodec.array(c.pointee.sources, c.pointee.n_sources) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.statesync.v1.Target.sources")
    }
    let value7 = c.pointee.version
    room.put(\.name, value0)
    room.put(\.environmentID, value1)
    room.put(\.kind, value2)
    room.put(\.state, value3)
    room.put(\.syncTime, value4)
    room.put(\.stale, value5)
    room.put(\.sources, value6)
    room.put(\.version, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Target>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Target())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.kind = try scratch.string(self.kind)
    if let value = self.state { c.pointee.state = try scratch.message(value) }
    if let value = self.syncTime { c.pointee.sync_time = try scratch.message(value) }
    c.pointee.stale = self.stale ? 1 : 0
    c.pointee.n_sources = self.sources.count
    c.pointee.sources = try scratch.array(self.sources) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.version = self.version
  }
}

extension CreateEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.CreateEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__create_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__CreateEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.CreateEnvironmentRequest.id")
    let value1 = EnvironmentKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.messages(c.pointee.sources, c.pointee.n_sources, Source.self)
    let value3 = try MessageCodec.string(c.pointee.request_id, "twin.statesync.v1.CreateEnvironmentRequest.request_id")
    room.put(\.id, value0)
    room.put(\.kind, value1)
    room.put(\.sources, value2)
    room.put(\.requestID, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__CreateEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__CreateEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.kind = Twin__Common__V1__EnvironmentKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.n_sources = self.sources.count
    c.pointee.sources = try scratch.messages(self.sources)
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension GetEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.GetEnvironmentRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListEnvironmentsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListEnvironmentsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListEnvironmentsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_environments_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListEnvironmentsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.ListEnvironmentsRequest.page_token")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListEnvironmentsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListEnvironmentsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListEnvironmentsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListEnvironmentsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListEnvironmentsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_environments_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListEnvironmentsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.environments, c.pointee.n_environments, Environment.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.ListEnvironmentsResponse.next_page_token")
    room.put(\.environments, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListEnvironmentsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListEnvironmentsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_environments = self.environments.count
    c.pointee.environments = try scratch.messages(self.environments)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension DeleteEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.DeleteEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__delete_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__DeleteEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.statesync.v1.DeleteEnvironmentRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__DeleteEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__DeleteEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension DeleteEnvironmentResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.DeleteEnvironmentResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteEnvironmentResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__delete_environment_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__DeleteEnvironmentResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__DeleteEnvironmentResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__DeleteEnvironmentResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension SyncEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SyncEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__sync_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SyncEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.SyncEnvironmentRequest.environment_id")
    let value1 = SourceKind(rawValue: Int32(truncatingIfNeeded: c.pointee.source.rawValue))
    let value2 = try MessageCodec.map(c.pointee.targets, c.pointee.n_targets) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.statesync.v1.SyncEnvironmentRequest.TargetsEntry.key"), MessageCodec.message(entry.value, InlineTarget.self) ?? InlineTarget())
    }
    room.put(\.environmentID, value0)
    room.put(\.source, value1)
    room.put(\.targets, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SyncEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SyncEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.source = Twin__Statesync__V1__SourceKind(rawValue: .init(truncatingIfNeeded: self.source.rawValue))
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.map(self.targets.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Statesync__V1__SyncEnvironmentRequest__TargetsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Statesync__V1__SyncEnvironmentRequest__TargetsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__statesync__v1__sync_environment_request__targets_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
  }
}

extension InlineTarget: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.InlineTarget" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension InlineTarget: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__inline_target__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__InlineTarget>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.kind, "twin.statesync.v1.InlineTarget.kind")
    let value1 = try MessageCodec.message(c.pointee.state, ProtoStruct.self)
    room.put(\.kind, value0)
    room.put(\.state, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__InlineTarget>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__InlineTarget())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.kind = try scratch.string(self.kind)
    if let value = self.state { c.pointee.state = try scratch.message(value) }
  }
}

extension SyncEnvironmentResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SyncEnvironmentResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncEnvironmentResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__sync_environment_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SyncEnvironmentResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.SyncEnvironmentResponse.environment_id")
    let value1 = try MessageCodec.message(c.pointee.sync_time, ProtoTimestamp.self)
    let value2 = try MessageCodec.messages(c.pointee.drift, c.pointee.n_drift, Drift.self)
    let value3 = c.pointee.target_count
    let value4 = try MessageCodec.messages(c.pointee.sources, c.pointee.n_sources, SourceResult.self)
    room.put(\.environmentID, value0)
    room.put(\.syncTime, value1)
    room.put(\.drift, value2)
    room.put(\.targetCount, value3)
    room.put(\.sources, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SyncEnvironmentResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SyncEnvironmentResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    if let value = self.syncTime { c.pointee.sync_time = try scratch.message(value) }
    c.pointee.n_drift = self.drift.count
    c.pointee.drift = try scratch.messages(self.drift)
    c.pointee.target_count = self.targetCount
    c.pointee.n_sources = self.sources.count
    c.pointee.sources = try scratch.messages(self.sources)
  }
}

extension Drift: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.Drift" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Drift: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__drift__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__Drift>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.target, "twin.statesync.v1.Drift.target")
    let value1 = DriftKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.string(c.pointee.key, "twin.statesync.v1.Drift.key")
    let value3 = try MessageCodec.message(c.pointee.before, ProtoValue.self)
    let value4 = try MessageCodec.message(c.pointee.after, ProtoValue.self)
    room.put(\.target, value0)
    room.put(\.kind, value1)
    room.put(\.key, value2)
    room.put(\.before, value3)
    room.put(\.after, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__Drift>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__Drift())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.target = try scratch.string(self.target)
    c.pointee.kind = Twin__Statesync__V1__DriftKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.key = try scratch.string(self.key)
    if let value = self.before { c.pointee.before = try scratch.message(value) }
    if let value = self.after { c.pointee.after = try scratch.message(value) }
  }
}

extension SourceResult: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.SourceResult" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SourceResult: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__source_result__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__SourceResult>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.statesync.v1.SourceResult.name")
    let value1 = SourceKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = c.pointee.ok != 0
    let value3 = try c.pointee.error_presence_case.rawValue == 4 ? MessageCodec.string(c.pointee.error, "twin.statesync.v1.SourceResult.error") : nil
    let value4 = c.pointee.target_count
    let value5 = c.pointee.duration_ms
    room.put(\.name, value0)
    room.put(\.kind, value1)
    room.put(\.ok, value2)
    room.put(\.error, value3)
    room.put(\.targetCount, value4)
    room.put(\.durationMs, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__SourceResult>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__SourceResult())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.kind = Twin__Statesync__V1__SourceKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.ok = self.ok ? 1 : 0
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Statesync__V1__SourceResult__ErrorPresenceCase(rawValue: 4)
    }
    c.pointee.target_count = self.targetCount
    c.pointee.duration_ms = self.durationMs
  }
}

extension GetTargetRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.GetTargetRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetTargetRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__get_target_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__GetTargetRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.GetTargetRequest.environment_id")
    let value1 = try MessageCodec.string(c.pointee.name, "twin.statesync.v1.GetTargetRequest.name")
    room.put(\.environmentID, value0)
    room.put(\.name, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__GetTargetRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__GetTargetRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.name = try scratch.string(self.name)
  }
}

extension ListTargetsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListTargetsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTargetsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_targets_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListTargetsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.ListTargetsRequest.environment_id")
    let value1 = try MessageCodec.string(c.pointee.kind, "twin.statesync.v1.ListTargetsRequest.kind")
    let value2 = c.pointee.page_size
    let value3 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.ListTargetsRequest.page_token")
    room.put(\.environmentID, value0)
    room.put(\.kind, value1)
    room.put(\.pageSize, value2)
    room.put(\.pageToken, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListTargetsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListTargetsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.kind = try scratch.string(self.kind)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListTargetsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListTargetsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTargetsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_targets_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListTargetsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.targets, c.pointee.n_targets, Target.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.ListTargetsResponse.next_page_token")
    room.put(\.targets, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListTargetsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListTargetsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.messages(self.targets)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension ListMetricsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListMetricsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListMetricsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_metrics_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListMetricsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.ListMetricsRequest.environment_id")
    let value1 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value2 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value3 = try MessageCodec.string(c.pointee.metric, "twin.statesync.v1.ListMetricsRequest.metric")
    let value4 = try MessageCodec.string(c.pointee.target, "twin.statesync.v1.ListMetricsRequest.target")
    let value5 = c.pointee.step_s_presence_case.rawValue == 6 ? c.pointee.step_s : nil
    let value6 = c.pointee.page_size
    let value7 = try MessageCodec.string(c.pointee.page_token, "twin.statesync.v1.ListMetricsRequest.page_token")
    room.put(\.environmentID, value0)
    room.put(\.from, value1)
    room.put(\.to, value2)
    room.put(\.metric, value3)
    room.put(\.target, value4)
    room.put(\.stepS, value5)
    room.put(\.pageSize, value6)
    room.put(\.pageToken, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListMetricsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListMetricsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    c.pointee.metric = try scratch.string(self.metric)
    c.pointee.target = try scratch.string(self.target)
    if let value = self.stepS {
      c.pointee.step_s = value
      c.pointee.step_s_presence_case = Twin__Statesync__V1__ListMetricsRequest__StepSPresenceCase(rawValue: 6)
    }
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListMetricsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.ListMetricsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListMetricsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__list_metrics_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__ListMetricsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.ListMetricsResponse.environment_id")
    let value1 = try MessageCodec.messages(c.pointee.series, c.pointee.n_series, MetricSeries.self)
    let value2 = try MessageCodec.string(c.pointee.next_page_token, "twin.statesync.v1.ListMetricsResponse.next_page_token")
    room.put(\.environmentID, value0)
    room.put(\.series, value1)
    room.put(\.nextPageToken, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__ListMetricsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__ListMetricsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.n_series = self.series.count
    c.pointee.series = try scratch.messages(self.series)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension MetricSeries: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.MetricSeries" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension MetricSeries: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__metric_series__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__MetricSeries>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.target, "twin.statesync.v1.MetricSeries.target")
    let value1 = try MessageCodec.string(c.pointee.metric, "twin.statesync.v1.MetricSeries.metric")
    let value2 = try MessageCodec.map(c.pointee.labels, c.pointee.n_labels) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.statesync.v1.MetricSeries.LabelsEntry.key"), MessageCodec.string(entry.value, "twin.statesync.v1.MetricSeries.LabelsEntry.value"))
    }
    let value3 = try MessageCodec.messages(c.pointee.points, c.pointee.n_points, MetricPoint.self)
    room.put(\.target, value0)
    room.put(\.metric, value1)
    room.put(\.labels, value2)
    room.put(\.points, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__MetricSeries>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__MetricSeries())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.target = try scratch.string(self.target)
    c.pointee.metric = try scratch.string(self.metric)
    c.pointee.n_labels = self.labels.count
    c.pointee.labels = try scratch.map(self.labels.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Statesync__V1__MetricSeries__LabelsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Statesync__V1__MetricSeries__LabelsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__statesync__v1__metric_series__labels_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    c.pointee.n_points = self.points.count
    c.pointee.points = try scratch.messages(self.points)
  }
}

extension MetricPoint: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.MetricPoint" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension MetricPoint: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__metric_point__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__MetricPoint>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value1 = c.pointee.value
    room.put(\.time, value0)
    room.put(\.value, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__MetricPoint>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__MetricPoint())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    c.pointee.value = self.value
  }
}

extension PushMetricsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PushMetricsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PushMetricsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__push_metrics_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PushMetricsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.statesync.v1.PushMetricsRequest.environment_id")
    let value1 = try MessageCodec.messages(c.pointee.series, c.pointee.n_series, MetricSeries.self)
    room.put(\.environmentID, value0)
    room.put(\.series, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PushMetricsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PushMetricsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.n_series = self.series.count
    c.pointee.series = try scratch.messages(self.series)
  }
}

extension PushMetricsResponse: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.PushMetricsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PushMetricsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__push_metrics_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__PushMetricsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.stored
    let value1 = c.pointee.expired
    room.put(\.stored, value0)
    room.put(\.expired, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__PushMetricsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__PushMetricsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.stored = self.stored
    c.pointee.expired = self.expired
  }
}

extension WatchEnvironmentsRequest: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.WatchEnvironmentsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchEnvironmentsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__watch_environments_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__WatchEnvironmentsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.array(c.pointee.environment_ids, c.pointee.n_environment_ids) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.statesync.v1.WatchEnvironmentsRequest.environment_ids")
    }
    room.put(\.environmentIds, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__WatchEnvironmentsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__WatchEnvironmentsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_environment_ids = self.environmentIds.count
    c.pointee.environment_ids = try scratch.array(self.environmentIds) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension EnvironmentUpdate: RPCMessage {
  public static var messageName: String { "twin.statesync.v1.EnvironmentUpdate" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EnvironmentUpdate: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__statesync__v1__environment_update__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Statesync__V1__EnvironmentUpdate>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.environment, Environment.self)
    let value1 = try MessageCodec.messages(c.pointee.targets, c.pointee.n_targets, Target.self)
    let value2 = try MessageCodec.array(c.pointee.removed_targets, c.pointee.n_removed_targets) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.statesync.v1.EnvironmentUpdate.removed_targets")
    }
    room.put(\.environment, value0)
    room.put(\.targets, value1)
    room.put(\.removedTargets, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Statesync__V1__EnvironmentUpdate>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Statesync__V1__EnvironmentUpdate())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    if let value = self.environment { c.pointee.environment = try scratch.message(value) }
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.messages(self.targets)
    c.pointee.n_removed_targets = self.removedTargets.count
    c.pointee.removed_targets = try scratch.array(self.removedTargets) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}
