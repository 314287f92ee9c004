// Generated from twin/results/v1/audit.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Where an alert stands.
public enum AlertStatus: Sendable, Hashable, CaseIterable {
  /// All, in a filter.
  case unspecified
  /// Nobody looks after it.
  case `open`
  /// Someone does.
  case acknowledged
  /// It is over.
  case resolved
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [AlertStatus] {
    [
      .unspecified,
      .`open`,
      .acknowledged,
      .resolved,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .`open`
    case 2: self = .acknowledged
    case 3: self = .resolved
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .`open`: 1
    case .acknowledged: 2
    case .resolved: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// One thing that was done or decided.
public struct AuditEntry: Sendable, Equatable {
  /// UUID by who records it.
  public var id: String
  /// When it happened.
  public var time: ProtoTimestamp?
  /// Person, agent or service that did it.
  public var actor: String
  /// What, such as "change.checked" or "approval.approved".
  public var action: String
  /// What it was done to, such as "change-000001".
  public var resource: String
  /// Environment; empty when none.
  public var environment: String
  /// Facts of the decision.
  public var details: ProtoStruct?
  /// Request it belongs to; empty when none.
  public var requestID: String
  /// What came of it, such as "approve" or "block"; empty when nothing was decided.
  public var outcome: String

  public init(
    id: String = "",
    time: ProtoTimestamp? = nil,
    actor: String = "",
    action: String = "",
    resource: String = "",
    environment: String = "",
    details: ProtoStruct? = nil,
    requestID: String = "",
    outcome: String = ""
  ) {
    self.id = id
    self.time = time
    self.actor = actor
    self.action = action
    self.resource = resource
    self.environment = environment
    self.details = details
    self.requestID = requestID
    self.outcome = outcome
  }
}

/// An entry to store.
public struct RecordAuditRequest: Sendable, Equatable {
  /// The entry; its id identifies it.
  public var entry: AuditEntry?

  public init(
    entry: AuditEntry? = nil
  ) {
    self.entry = entry
  }
}

/// The entry is stored.
public struct RecordAuditResponse: Sendable, Equatable {
  public init() {}
}

/// Asks for a page of entries.
public struct ListAuditRequest: Sendable, Equatable {
  /// Entries a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Earliest time, inclusive.
  public var from: ProtoTimestamp?
  /// Latest time, exclusive.
  public var to: ProtoTimestamp?
  /// Only this actor; empty means all.
  public var actor: String
  /// Only this action; empty means all.
  public var action: String
  /// Only this resource; empty means all.
  public var resource: String
  /// Only this environment; empty means all.
  public var environment: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    actor: String = "",
    action: String = "",
    resource: String = "",
    environment: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.from = from
    self.to = to
    self.actor = actor
    self.action = action
    self.resource = resource
    self.environment = environment
  }
}

/// A page of entries.
public struct ListAuditResponse: Sendable, Equatable {
  /// Entries, newest first.
  public var entries: [AuditEntry]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    entries: [AuditEntry] = [],
    nextPageToken: String = ""
  ) {
    self.entries = entries
    self.nextPageToken = nextPageToken
  }
}

/// Something that needs attention.
public struct Alert: Sendable, Equatable {
  /// Id such as "alert-000001".
  public var id: String
  /// What makes two alerts the same, such as "divergence:twin-001".
  public var key: String
  /// Where it stands.
  public var status: AlertStatus
  /// How bad it is.
  public var severity: Severity
  /// Stable code such as "TWIN_DIVERGED".
  public var code: String
  /// The alert in a sentence.
  public var message: String
  /// What it is about, such as "twin-001".
  public var resource: String
  /// Environment; empty when none.
  public var environment: String
  /// Its facts.
  public var details: ProtoStruct?
  /// When it was raised first.
  public var firstTime: ProtoTimestamp?
  /// When it was raised last.
  public var lastTime: ProtoTimestamp?
  /// Times it was raised while open.
  public var count: UInt64
  /// Who looks after it; empty when nobody does.
  public var acknowledgedBy: String
  /// When it ended; absent before.
  public var resolveTime: ProtoTimestamp?

  public init(
    id: String = "",
    key: String = "",
    status: AlertStatus = .unspecified,
    severity: Severity = .unspecified,
    code: String = "",
    message: String = "",
    resource: String = "",
    environment: String = "",
    details: ProtoStruct? = nil,
    firstTime: ProtoTimestamp? = nil,
    lastTime: ProtoTimestamp? = nil,
    count: UInt64 = 0,
    acknowledgedBy: String = "",
    resolveTime: ProtoTimestamp? = nil
  ) {
    self.id = id
    self.key = key
    self.status = status
    self.severity = severity
    self.code = code
    self.message = message
    self.resource = resource
    self.environment = environment
    self.details = details
    self.firstTime = firstTime
    self.lastTime = lastTime
    self.count = count
    self.acknowledgedBy = acknowledgedBy
    self.resolveTime = resolveTime
  }
}

/// An alert to raise.
public struct RaiseAlertRequest: Sendable, Equatable {
  /// What makes two alerts the same, 1 to 256 characters.
  public var key: String
  /// How bad it is.
  public var severity: Severity
  /// Stable code.
  public var code: String
  /// The alert in a sentence.
  public var message: String
  /// What it is about.
  public var resource: String
  /// Environment; empty when none.
  public var environment: String
  /// Its facts.
  public var details: ProtoStruct?
  /// When it happened; absent means now.
  public var time: ProtoTimestamp?

  public init(
    key: String = "",
    severity: Severity = .unspecified,
    code: String = "",
    message: String = "",
    resource: String = "",
    environment: String = "",
    details: ProtoStruct? = nil,
    time: ProtoTimestamp? = nil
  ) {
    self.key = key
    self.severity = severity
    self.code = code
    self.message = message
    self.resource = resource
    self.environment = environment
    self.details = details
    self.time = time
  }
}

/// Asks for a page of alerts.
public struct ListAlertsRequest: Sendable, Equatable {
  /// Alerts a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this status; unspecified means all.
  public var status: AlertStatus
  /// Only about this; empty means all.
  public var resource: String
  /// Only this environment; empty means all.
  public var environment: String

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    status: AlertStatus = .unspecified,
    resource: String = "",
    environment: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.status = status
    self.resource = resource
    self.environment = environment
  }
}

/// A page of alerts.
public struct ListAlertsResponse: Sendable, Equatable {
  /// Alerts, newest first.
  public var alerts: [Alert]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    alerts: [Alert] = [],
    nextPageToken: String = ""
  ) {
    self.alerts = alerts
    self.nextPageToken = nextPageToken
  }
}

/// Marks that someone looks after an alert.
public struct AcknowledgeAlertRequest: Sendable, Equatable {
  /// Id of the alert.
  public var id: String
  /// Who; the edge sets it from the credential where there is one.
  public var acknowledgedBy: String

  public init(
    id: String = "",
    acknowledgedBy: String = ""
  ) {
    self.id = id
    self.acknowledgedBy = acknowledgedBy
  }
}

/// Ends an alert.
public struct ResolveAlertRequest: Sendable, Equatable {
  /// Id of the alert, or empty when `key` is given.
  public var id: String
  /// Key of the open alert, or empty when `id` is given.
  public var key: String

  public init(
    id: String = "",
    key: String = ""
  ) {
    self.id = id
    self.key = key
  }
}

/// Asks to follow alerts.
public struct WatchAlertsRequest: Sendable, Equatable {
  /// Least severity; unspecified means all.
  public var minSeverity: Severity

  public init(
    minSeverity: Severity = .unspecified
  ) {
    self.minSeverity = minSeverity
  }
}

extension AuditEntry: RPCMessage {
  public static var messageName: String { "twin.results.v1.AuditEntry" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension AuditEntry: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__audit_entry__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__AuditEntry>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.AuditEntry.id")
    let value1 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value2 = try MessageCodec.string(c.pointee.actor, "twin.results.v1.AuditEntry.actor")
    let value3 = try MessageCodec.string(c.pointee.action, "twin.results.v1.AuditEntry.action")
    let value4 = try MessageCodec.string(c.pointee.resource, "twin.results.v1.AuditEntry.resource")
    let value5 = try MessageCodec.string(c.pointee.environment, "twin.results.v1.AuditEntry.environment")
    let value6 = try MessageCodec.message(c.pointee.details, ProtoStruct.self)
    let value7 = try MessageCodec.string(c.pointee.request_id, "twin.results.v1.AuditEntry.request_id")
    let value8 = try MessageCodec.string(c.pointee.outcome, "twin.results.v1.AuditEntry.outcome")
    room.put(\.id, value0)
    room.put(\.time, value1)
    room.put(\.actor, value2)
    room.put(\.action, value3)
    room.put(\.resource, value4)
    room.put(\.environment, value5)
    room.put(\.details, value6)
    room.put(\.requestID, value7)
    room.put(\.outcome, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__AuditEntry>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__AuditEntry())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    c.pointee.actor = try scratch.string(self.actor)
    c.pointee.action = try scratch.string(self.action)
    c.pointee.resource = try scratch.string(self.resource)
    c.pointee.environment = try scratch.string(self.environment)
    if let value = self.details { c.pointee.details = try scratch.message(value) }
    c.pointee.request_id = try scratch.string(self.requestID)
    c.pointee.outcome = try scratch.string(self.outcome)
  }
}

extension RecordAuditRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordAuditRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordAuditRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_audit_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordAuditRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.entry, AuditEntry.self)
    room.put(\.entry, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordAuditRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordAuditRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    if let value = self.entry { c.pointee.entry = try scratch.message(value) }
  }
}

extension RecordAuditResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.RecordAuditResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordAuditResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__record_audit_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RecordAuditResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RecordAuditResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RecordAuditResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension ListAuditRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListAuditRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListAuditRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_audit_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListAuditRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.results.v1.ListAuditRequest.page_token")
    let value2 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value3 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value4 = try MessageCodec.string(c.pointee.actor, "twin.results.v1.ListAuditRequest.actor")
    let value5 = try MessageCodec.string(c.pointee.action, "twin.results.v1.ListAuditRequest.action")
    let value6 = try MessageCodec.string(c.pointee.resource, "twin.results.v1.ListAuditRequest.resource")
    let value7 = try MessageCodec.string(c.pointee.environment, "twin.results.v1.ListAuditRequest.environment")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.from, value2)
    room.put(\.to, value3)
    room.put(\.actor, value4)
    room.put(\.action, value5)
    room.put(\.resource, value6)
    room.put(\.environment, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListAuditRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListAuditRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    c.pointee.actor = try scratch.string(self.actor)
    c.pointee.action = try scratch.string(self.action)
    c.pointee.resource = try scratch.string(self.resource)
    c.pointee.environment = try scratch.string(self.environment)
  }
}

extension ListAuditResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListAuditResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListAuditResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_audit_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListAuditResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.entries, c.pointee.n_entries, AuditEntry.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.results.v1.ListAuditResponse.next_page_token")
    room.put(\.entries, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListAuditResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListAuditResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_entries = self.entries.count
    c.pointee.entries = try scratch.messages(self.entries)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension Alert: RPCMessage {
  public static var messageName: String { "twin.results.v1.Alert" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Alert: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__alert__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__Alert>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.Alert.id")
    let value1 = try MessageCodec.string(c.pointee.key, "twin.results.v1.Alert.key")
    let value2 = AlertStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = Severity(rawValue: Int32(truncatingIfNeeded: c.pointee.severity.rawValue))
    let value4 = try MessageCodec.string(c.pointee.code, "twin.results.v1.Alert.code")
    let value5 = try MessageCodec.string(c.pointee.message, "twin.results.v1.Alert.message")
    let value6 = try MessageCodec.string(c.pointee.resource, "twin.results.v1.Alert.resource")
    let value7 = try MessageCodec.string(c.pointee.environment, "twin.results.v1.Alert.environment")
    let value8 = try MessageCodec.message(c.pointee.details, ProtoStruct.self)
    let value9 = try MessageCodec.message(c.pointee.first_time, ProtoTimestamp.self)
    let value10 = try MessageCodec.message(c.pointee.last_time, ProtoTimestamp.self)
    let value11 = c.pointee.count
    let value12 = try MessageCodec.string(c.pointee.acknowledged_by, "twin.results.v1.Alert.acknowledged_by")
    let value13 = try MessageCodec.message(c.pointee.resolve_time, ProtoTimestamp.self)
    room.put(\.id, value0)
    room.put(\.key, value1)
    room.put(\.status, value2)
    room.put(\.severity, value3)
    room.put(\.code, value4)
    room.put(\.message, value5)
    room.put(\.resource, value6)
    room.put(\.environment, value7)
    room.put(\.details, value8)
    room.put(\.firstTime, value9)
    room.put(\.lastTime, value10)
    room.put(\.count, value11)
    room.put(\.acknowledgedBy, value12)
    room.put(\.resolveTime, value13)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__Alert>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__Alert())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(14 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.key = try scratch.string(self.key)
    c.pointee.status = Twin__Results__V1__AlertStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.severity = Twin__Common__V1__Severity(rawValue: .init(truncatingIfNeeded: self.severity.rawValue))
    c.pointee.code = try scratch.string(self.code)
    c.pointee.message = try scratch.string(self.message)
    c.pointee.resource = try scratch.string(self.resource)
    c.pointee.environment = try scratch.string(self.environment)
    if let value = self.details { c.pointee.details = try scratch.message(value) }
    if let value = self.firstTime { c.pointee.first_time = try scratch.message(value) }
    if let value = self.lastTime { c.pointee.last_time = try scratch.message(value) }
    c.pointee.count = self.count
    c.pointee.acknowledged_by = try scratch.string(self.acknowledgedBy)
    if let value = self.resolveTime { c.pointee.resolve_time = try scratch.message(value) }
  }
}

extension RaiseAlertRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.RaiseAlertRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RaiseAlertRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__raise_alert_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__RaiseAlertRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.key, "twin.results.v1.RaiseAlertRequest.key")
    let value1 = Severity(rawValue: Int32(truncatingIfNeeded: c.pointee.severity.rawValue))
    let value2 = try MessageCodec.string(c.pointee.code, "twin.results.v1.RaiseAlertRequest.code")
    let value3 = try MessageCodec.string(c.pointee.message, "twin.results.v1.RaiseAlertRequest.message")
    let value4 = try MessageCodec.string(c.pointee.resource, "twin.results.v1.RaiseAlertRequest.resource")
    let value5 = try MessageCodec.string(c.pointee.environment, "twin.results.v1.RaiseAlertRequest.environment")
    let value6 = try MessageCodec.message(c.pointee.details, ProtoStruct.self)
    let value7 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    room.put(\.key, value0)
    room.put(\.severity, value1)
    room.put(\.code, value2)
    room.put(\.message, value3)
    room.put(\.resource, value4)
    room.put(\.environment, value5)
    room.put(\.details, value6)
    room.put(\.time, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__RaiseAlertRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__RaiseAlertRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.key = try scratch.string(self.key)
    c.pointee.severity = Twin__Common__V1__Severity(rawValue: .init(truncatingIfNeeded: self.severity.rawValue))
    c.pointee.code = try scratch.string(self.code)
    c.pointee.message = try scratch.string(self.message)
    c.pointee.resource = try scratch.string(self.resource)
    c.pointee.environment = try scratch.string(self.environment)
    if let value = self.details { c.pointee.details = try scratch.message(value) }
    if let value = self.time { c.pointee.time = try scratch.message(value) }
  }
}

extension ListAlertsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListAlertsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListAlertsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_alerts_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListAlertsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.results.v1.ListAlertsRequest.page_token")
    let value2 = AlertStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = try MessageCodec.string(c.pointee.resource, "twin.results.v1.ListAlertsRequest.resource")
    let value4 = try MessageCodec.string(c.pointee.environment, "twin.results.v1.ListAlertsRequest.environment")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.status, value2)
    room.put(\.resource, value3)
    room.put(\.environment, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListAlertsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListAlertsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.status = Twin__Results__V1__AlertStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.resource = try scratch.string(self.resource)
    c.pointee.environment = try scratch.string(self.environment)
  }
}

extension ListAlertsResponse: RPCMessage {
  public static var messageName: String { "twin.results.v1.ListAlertsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListAlertsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__list_alerts_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ListAlertsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.alerts, c.pointee.n_alerts, Alert.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.results.v1.ListAlertsResponse.next_page_token")
    room.put(\.alerts, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ListAlertsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ListAlertsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_alerts = self.alerts.count
    c.pointee.alerts = try scratch.messages(self.alerts)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension AcknowledgeAlertRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.AcknowledgeAlertRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension AcknowledgeAlertRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__acknowledge_alert_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__AcknowledgeAlertRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.AcknowledgeAlertRequest.id")
    let value1 = try MessageCodec.string(c.pointee.acknowledged_by, "twin.results.v1.AcknowledgeAlertRequest.acknowledged_by")
    room.put(\.id, value0)
    room.put(\.acknowledgedBy, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__AcknowledgeAlertRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__AcknowledgeAlertRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.acknowledged_by = try scratch.string(self.acknowledgedBy)
  }
}

extension ResolveAlertRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.ResolveAlertRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ResolveAlertRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__resolve_alert_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__ResolveAlertRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.results.v1.ResolveAlertRequest.id")
    let value1 = try MessageCodec.string(c.pointee.key, "twin.results.v1.ResolveAlertRequest.key")
    room.put(\.id, value0)
    room.put(\.key, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__ResolveAlertRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__ResolveAlertRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.key = try scratch.string(self.key)
  }
}

extension WatchAlertsRequest: RPCMessage {
  public static var messageName: String { "twin.results.v1.WatchAlertsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchAlertsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__results__v1__watch_alerts_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Results__V1__WatchAlertsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = Severity(rawValue: Int32(truncatingIfNeeded: c.pointee.min_severity.rawValue))
    room.put(\.minSeverity, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Results__V1__WatchAlertsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Results__V1__WatchAlertsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.min_severity = Twin__Common__V1__Severity(rawValue: .init(truncatingIfNeeded: self.minSeverity.rawValue))
  }
}
