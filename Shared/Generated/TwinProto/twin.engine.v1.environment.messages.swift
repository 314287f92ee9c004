// Generated from twin/engine/v1/environment.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Asks for an environment's twin.
public struct GetEnvironmentSnapshotRequest: Sendable, Equatable {
  /// Id or alias of the environment (dev, stage, prod).
  public var environmentID: String
  /// Names of targets; empty means all.
  public var targets: [String]

  public init(
    environmentID: String = "",
    targets: [String] = []
  ) {
    self.environmentID = environmentID
    self.targets = targets
  }
}

/// An environment's twin at one moment.
public struct EnvironmentSnapshot: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Kind.
  public var kind: EnvironmentKind
  /// Targets, ordered by name.
  public var targets: [TargetTwin]
  /// End of the newest successful sync; absent before the first.
  public var syncTime: ProtoTimestamp?
  /// Whether that is longer ago than 30 minutes (or never was).
  public var stale: Bool
  /// Asked-for targets that the twin doesn't know.
  public var unknownTargets: [String]
  /// When the snapshot was taken.
  public var snapshotTime: ProtoTimestamp?

  public init(
    environmentID: String = "",
    kind: EnvironmentKind = .unspecified,
    targets: [TargetTwin] = [],
    syncTime: ProtoTimestamp? = nil,
    stale: Bool = false,
    unknownTargets: [String] = [],
    snapshotTime: ProtoTimestamp? = nil
  ) {
    self.environmentID = environmentID
    self.kind = kind
    self.targets = targets
    self.syncTime = syncTime
    self.stale = stale
    self.unknownTargets = unknownTargets
    self.snapshotTime = snapshotTime
  }
}

/// One target of an environment's twin.
public struct TargetTwin: Sendable, Equatable {
  /// The target with its synced state.
  public var target: Target?
  /// What was calibrated for it, ordered by name.
  public var parameters: [CalibratedParameter]

  public init(
    target: Target? = nil,
    parameters: [CalibratedParameter] = []
  ) {
    self.target = target
    self.parameters = parameters
  }
}

/// One parameter that was calibrated from metrics.
public struct CalibratedParameter: Sendable, Equatable {
  /// Name with the unit last, such as "cpu_demand_ms".
  public var name: String
  /// The value.
  public var value: Double
  /// Its standard deviation.
  public var std: Double
  /// Model that uses it.
  public var model: String
  /// Where it holds: bounds by metric, such as {"rho": [0.1, 0.7]}.
  public var regime: ProtoStruct?
  /// Metric points it rests on.
  public var sampleCount: UInt64
  /// When it was calibrated.
  public var calibrationTime: ProtoTimestamp?

  public init(
    name: String = "",
    value: Double = 0,
    std: Double = 0,
    model: String = "",
    regime: ProtoStruct? = nil,
    sampleCount: UInt64 = 0,
    calibrationTime: ProtoTimestamp? = nil
  ) {
    self.name = name
    self.value = value
    self.std = std
    self.model = model
    self.regime = regime
    self.sampleCount = sampleCount
    self.calibrationTime = calibrationTime
  }
}

/// What a sync found.
public struct UpdateEnvironmentRequest: Sendable, Equatable {
  /// The environment after the sync.
  public var environment: Environment?
  /// Targets that were read: their state changed, or was found to be as before at a later sync_time.
  public var targets: [Target]
  /// Names of targets that went; they go before `targets` come.
  public var removedTargets: [String]
  /// Whether the environment was deleted, so that its twin goes, too.
  public var deleted: Bool

  public init(
    environment: Environment? = nil,
    targets: [Target] = [],
    removedTargets: [String] = [],
    deleted: Bool = false
  ) {
    self.environment = environment
    self.targets = targets
    self.removedTargets = removedTargets
    self.deleted = deleted
  }
}

/// The twin is in step.
public struct UpdateEnvironmentResponse: Sendable, Equatable {
  /// Targets known now.
  public var targetCount: UInt32

  public init(
    targetCount: UInt32 = 0
  ) {
    self.targetCount = targetCount
  }
}

/// Asks for a calibration.
public struct CalibrateEnvironmentRequest: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Earliest metric time to use; absent means all that is kept.
  public var from: ProtoTimestamp?
  /// Latest metric time to use; absent means now.
  public var to: ProtoTimestamp?

  public init(
    environmentID: String = "",
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil
  ) {
    self.environmentID = environmentID
    self.from = from
    self.to = to
  }
}

/// What was calibrated.
public struct CalibrateEnvironmentResponse: Sendable, Equatable {
  /// Id of the environment.
  public var environmentID: String
  /// Targets with their calibrated parameters.
  public var targets: [TargetTwin]

  public init(
    environmentID: String = "",
    targets: [TargetTwin] = []
  ) {
    self.environmentID = environmentID
    self.targets = targets
  }
}

extension GetEnvironmentSnapshotRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetEnvironmentSnapshotRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetEnvironmentSnapshotRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_environment_snapshot_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetEnvironmentSnapshotRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.engine.v1.GetEnvironmentSnapshotRequest.environment_id")
    let value1 = try MessageCodec.array(c.pointee.targets, c.pointee.n_targets) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.GetEnvironmentSnapshotRequest.targets")
    }
    room.put(\.environmentID, value0)
    room.put(\.targets, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetEnvironmentSnapshotRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetEnvironmentSnapshotRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.array(self.targets) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension EnvironmentSnapshot: RPCMessage {
  public static var messageName: String { "twin.engine.v1.EnvironmentSnapshot" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EnvironmentSnapshot: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__environment_snapshot__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__EnvironmentSnapshot>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.engine.v1.EnvironmentSnapshot.environment_id")
    let value1 = EnvironmentKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.messages(c.pointee.targets, c.pointee.n_targets, TargetTwin.self)
    let value3 = try MessageCodec.message(c.pointee.sync_time, ProtoTimestamp.self)
    let value4 = c.pointee.stale != 0
    let value5 = try MessageCodec.array(c.pointee.unknown_targets, c.pointee.n_unknown_targets) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.EnvironmentSnapshot.unknown_targets")
    }
    let value6 = try MessageCodec.message(c.pointee.snapshot_time, ProtoTimestamp.self)
    room.put(\.environmentID, value0)
    room.put(\.kind, value1)
    room.put(\.targets, value2)
    room.put(\.syncTime, value3)
    room.put(\.stale, value4)
    room.put(\.unknownTargets, value5)
    room.put(\.snapshotTime, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__EnvironmentSnapshot>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__EnvironmentSnapshot())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.kind = Twin__Common__V1__EnvironmentKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.messages(self.targets)
    if let value = self.syncTime { c.pointee.sync_time = try scratch.message(value) }
    c.pointee.stale = self.stale ? 1 : 0
    c.pointee.n_unknown_targets = self.unknownTargets.count
    c.pointee.unknown_targets = try scratch.array(self.unknownTargets) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    if let value = self.snapshotTime { c.pointee.snapshot_time = try scratch.message(value) }
  }
}

extension TargetTwin: RPCMessage {
  public static var messageName: String { "twin.engine.v1.TargetTwin" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TargetTwin: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__target_twin__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__TargetTwin>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.target, Target.self)
    let value1 = try MessageCodec.messages(c.pointee.parameters, c.pointee.n_parameters, CalibratedParameter.self)
    room.put(\.target, value0)
    room.put(\.parameters, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__TargetTwin>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__TargetTwin())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.target { c.pointee.target = try scratch.message(value) }
    c.pointee.n_parameters = self.parameters.count
    c.pointee.parameters = try scratch.messages(self.parameters)
  }
}

extension CalibratedParameter: RPCMessage {
  public static var messageName: String { "twin.engine.v1.CalibratedParameter" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CalibratedParameter: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__calibrated_parameter__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__CalibratedParameter>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.engine.v1.CalibratedParameter.name")
    let value1 = c.pointee.value
    let value2 = c.pointee.std
    let value3 = try MessageCodec.string(c.pointee.model, "twin.engine.v1.CalibratedParameter.model")
    let value4 = try MessageCodec.message(c.pointee.regime, ProtoStruct.self)
    let value5 = c.pointee.sample_count
    let value6 = try MessageCodec.message(c.pointee.calibration_time, ProtoTimestamp.self)
    room.put(\.name, value0)
    room.put(\.value, value1)
    room.put(\.std, value2)
    room.put(\.model, value3)
    room.put(\.regime, value4)
    room.put(\.sampleCount, value5)
    room.put(\.calibrationTime, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__CalibratedParameter>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__CalibratedParameter())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.value = self.value
    c.pointee.std = self.std
    c.pointee.model = try scratch.string(self.model)
    if let value = self.regime { c.pointee.regime = try scratch.message(value) }
    c.pointee.sample_count = self.sampleCount
    if let value = self.calibrationTime { c.pointee.calibration_time = try scratch.message(value) }
  }
}

extension UpdateEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.UpdateEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension UpdateEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__update_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__UpdateEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.environment, Environment.self)
    let value1 = try MessageCodec.messages(c.pointee.targets, c.pointee.n_targets, Target.self)
    let value2 = try MessageCodec.array(c.pointee.removed_targets, c.pointee.n_removed_targets) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.UpdateEnvironmentRequest.removed_targets")
    }
    let value3 = c.pointee.deleted != 0
    room.put(\.environment, value0)
    room.put(\.targets, value1)
    room.put(\.removedTargets, value2)
    room.put(\.deleted, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__UpdateEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__UpdateEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    if let value = self.environment { c.pointee.environment = try scratch.message(value) }
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.messages(self.targets)
    c.pointee.n_removed_targets = self.removedTargets.count
    c.pointee.removed_targets = try scratch.array(self.removedTargets) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.deleted = self.deleted ? 1 : 0
  }
}

extension UpdateEnvironmentResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.UpdateEnvironmentResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension UpdateEnvironmentResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__update_environment_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__UpdateEnvironmentResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.target_count
    room.put(\.targetCount, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__UpdateEnvironmentResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__UpdateEnvironmentResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.target_count = self.targetCount
  }
}

extension CalibrateEnvironmentRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.CalibrateEnvironmentRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CalibrateEnvironmentRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__calibrate_environment_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__CalibrateEnvironmentRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.engine.v1.CalibrateEnvironmentRequest.environment_id")
    let value1 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value2 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    room.put(\.environmentID, value0)
    room.put(\.from, value1)
    room.put(\.to, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__CalibrateEnvironmentRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__CalibrateEnvironmentRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
  }
}

extension CalibrateEnvironmentResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.CalibrateEnvironmentResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CalibrateEnvironmentResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__calibrate_environment_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__CalibrateEnvironmentResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment_id, "twin.engine.v1.CalibrateEnvironmentResponse.environment_id")
    let value1 = try MessageCodec.messages(c.pointee.targets, c.pointee.n_targets, TargetTwin.self)
    room.put(\.environmentID, value0)
    room.put(\.targets, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__CalibrateEnvironmentResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__CalibrateEnvironmentResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.n_targets = self.targets.count
    c.pointee.targets = try scratch.messages(self.targets)
  }
}
