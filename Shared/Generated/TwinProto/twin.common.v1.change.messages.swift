// Generated from twin/common/v1/change.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Kind of a change.
public enum ChangeType: Sendable, Hashable, CaseIterable {
  /// Invalid.
  case unspecified
  /// Settings of a running system.
  case configChange
  /// Number or size of instances.
  case scaling
  /// Access rules, identities, encryption.
  case security
  /// Routes, MTU, addresses, DNS.
  case network
  /// A new version.
  case deployment
  /// Back to an older version.
  case rollback
  /// Schema or data migration.
  case migration
  /// Volumes, backups, retention.
  case storage
  /// Balancers and their health checks.
  case loadBalancing
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ChangeType] {
    [
      .unspecified,
      .configChange,
      .scaling,
      .security,
      .network,
      .deployment,
      .rollback,
      .migration,
      .storage,
      .loadBalancing,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .configChange
    case 2: self = .scaling
    case 3: self = .security
    case 4: self = .network
    case 5: self = .deployment
    case 6: self = .rollback
    case 7: self = .migration
    case 8: self = .storage
    case 9: self = .loadBalancing
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .configChange: 1
    case .scaling: 2
    case .security: 3
    case .network: 4
    case .deployment: 5
    case .rollback: 6
    case .migration: 7
    case .storage: 8
    case .loadBalancing: 9
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Kind of an environment.
public enum EnvironmentKind: Sendable, Hashable, CaseIterable {
  /// Invalid.
  case unspecified
  /// Development.
  case development
  /// Staging.
  case staging
  /// Production.
  case production
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [EnvironmentKind] {
    [
      .unspecified,
      .development,
      .staging,
      .production,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .development
    case 2: self = .staging
    case 3: self = .production
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .development: 1
    case .staging: 2
    case .production: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// How risky something is.
public enum RiskLevel: Sendable, Hashable, CaseIterable {
  /// Not said.
  case unspecified
  /// Score below 20.
  case low
  /// Score 20 to below 50.
  case medium
  /// Score 50 to below 80.
  case high
  /// Score from 80.
  case critical
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [RiskLevel] {
    [
      .unspecified,
      .low,
      .medium,
      .high,
      .critical,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .low
    case 2: self = .medium
    case 3: self = .high
    case 4: self = .critical
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A proposed change of one target.
public struct ChangeRequest: Sendable, Equatable {
  /// Kind of the change. Required.
  public var type: ChangeType
  /// Name of the target in the environment, 1 to 256 characters, such as "postgresql-primary". Required.
  public var target: String
  /// Id of the environment; empty means "production".
  public var environment: String
  /// What is changed to what; its keys depend on the type. Required.
  public var change: ProtoStruct?
  /// Simulated time in hours, over 0 to 720; absent means 24.
  public var durationHours: Double?
  /// A load scenario's name or an object with its type and parameters: recorded, forecast, peak_traffic, flash_crowd,
  /// zone_failure, node_failure, dependency_failure; absent means forecast.
  public var loadScenario: ProtoValue?
  /// true, or an object with options, to run the security checks beside others; absent means by type.
  public var securityScan: ProtoValue?
  /// What the caller thinks; can raise the score, never lower it.
  public var riskLevel: RiskLevel
  /// What the caller knows about the target; can raise the score, never lower it.
  public var context: ProtoStruct?
  /// Seed of the simulation; absent means 1.
  public var seed: UInt64?
  /// Reason of the change, for the audit; at most 4,096 characters.
  public var description: String
  /// Person or agent who proposes it, for the audit; at most 256 characters.
  public var requestedBy: String

  public init(
    type: ChangeType = .unspecified,
    target: String = "",
    environment: String = "",
    change: ProtoStruct? = nil,
    durationHours: Double? = nil,
    loadScenario: ProtoValue? = nil,
    securityScan: ProtoValue? = nil,
    riskLevel: RiskLevel = .unspecified,
    context: ProtoStruct? = nil,
    seed: UInt64? = nil,
    description: String = "",
    requestedBy: String = ""
  ) {
    self.type = type
    self.target = target
    self.environment = environment
    self.change = change
    self.durationHours = durationHours
    self.loadScenario = loadScenario
    self.securityScan = securityScan
    self.riskLevel = riskLevel
    self.context = context
    self.seed = seed
    self.description = description
    self.requestedBy = requestedBy
  }
}

extension ChangeRequest: RPCMessage {
  public static var messageName: String { "twin.common.v1.ChangeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ChangeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__change_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__ChangeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = ChangeType(rawValue: Int32(truncatingIfNeeded: c.pointee.type.rawValue))
    let value1 = try MessageCodec.string(c.pointee.target, "twin.common.v1.ChangeRequest.target")
    let value2 = try MessageCodec.string(c.pointee.environment, "twin.common.v1.ChangeRequest.environment")
    let value3 = try MessageCodec.message(c.pointee.change, ProtoStruct.self)
    let value4 = c.pointee.duration_hours_presence_case.rawValue == 5 ? c.pointee.duration_hours : nil
    let value5 = try MessageCodec.message(c.pointee.load_scenario, ProtoValue.self)
    let value6 = try MessageCodec.message(c.pointee.security_scan, ProtoValue.self)
    let value7 = RiskLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.risk_level.rawValue))
    let value8 = try MessageCodec.message(c.pointee.context, ProtoStruct.self)
    let value9 = c.pointee.seed_presence_case.rawValue == 10 ? c.pointee.seed : nil
    let value10 = try MessageCodec.string(c.pointee.description, "twin.common.v1.ChangeRequest.description")
    let value11 = try MessageCodec.string(c.pointee.requested_by, "twin.common.v1.ChangeRequest.requested_by")
    room.put(\.type, value0)
    room.put(\.target, value1)
    room.put(\.environment, value2)
    room.put(\.change, value3)
    room.put(\.durationHours, value4)
    room.put(\.loadScenario, value5)
    room.put(\.securityScan, value6)
    room.put(\.riskLevel, value7)
    room.put(\.context, value8)
    room.put(\.seed, value9)
    room.put(\.description, value10)
    room.put(\.requestedBy, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__ChangeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__ChangeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.type = Twin__Common__V1__ChangeType(rawValue: .init(truncatingIfNeeded: self.type.rawValue))
    c.pointee.target = try scratch.string(self.target)
    c.pointee.environment = try scratch.string(self.environment)
    if let value = self.change { c.pointee.change = try scratch.message(value) }
    if let value = self.durationHours {
      c.pointee.duration_hours = value
      c.pointee.duration_hours_presence_case = Twin__Common__V1__ChangeRequest__DurationHoursPresenceCase(rawValue: 5)
    }
    if let value = self.loadScenario { c.pointee.load_scenario = try scratch.message(value) }
    if let value = self.securityScan { c.pointee.security_scan = try scratch.message(value) }
    c.pointee.risk_level = Twin__Common__V1__RiskLevel(rawValue: .init(truncatingIfNeeded: self.riskLevel.rawValue))
    if let value = self.context { c.pointee.context = try scratch.message(value) }
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Common__V1__ChangeRequest__SeedPresenceCase(rawValue: 10)
    }
    c.pointee.description = try scratch.string(self.description)
    c.pointee.requested_by = try scratch.string(self.requestedBy)
  }
}
