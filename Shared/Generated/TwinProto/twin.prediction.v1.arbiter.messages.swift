// Generated from twin/prediction/v1/arbiter.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Whether a check could be made.
public enum CheckStatus: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// The change was simulated and judged.
  case success
  /// It couldn't be simulated; the error says why.
  case failed
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [CheckStatus] {
    [
      .unspecified,
      .success,
      .failed,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .success
    case 2: self = .failed
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .success: 1
    case .failed: 2
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Where an approval stands.
public enum ApprovalStatus: Sendable, Hashable, CaseIterable {
  /// All, in a filter.
  case unspecified
  /// Nobody has decided.
  case pending
  /// Approved.
  case approved
  /// Rejected.
  case rejected
  /// Nobody decided in time.
  case expired
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ApprovalStatus] {
    [
      .unspecified,
      .pending,
      .approved,
      .rejected,
      .expired,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .pending
    case 2: self = .approved
    case 3: self = .rejected
    case 4: self = .expired
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .pending: 1
    case .approved: 2
    case .rejected: 3
    case .expired: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A change to judge: one that exists, or a new one.
public struct CheckChangeRequest: Sendable, Equatable {
  /// A simulation that was created; empty when change_request is given.
  public var simulationID: String
  /// The change; absent when simulation_id is given.
  public var changeRequest: ChangeRequest?
  /// Simulated time in hours, over 0 to 720; absent means the change's.
  public var durationHours: Double?
  /// What the caller thinks; can raise the score, never lower it.
  public var riskLevel: RiskLevel
  /// UUID by the caller; a repeat returns the first judgement, and tries again when there was none. May be empty.
  public var requestID: String

  public init(
    simulationID: String = "",
    changeRequest: ChangeRequest? = nil,
    durationHours: Double? = nil,
    riskLevel: RiskLevel = .unspecified,
    requestID: String = ""
  ) {
    self.simulationID = simulationID
    self.changeRequest = changeRequest
    self.durationHours = durationHours
    self.riskLevel = riskLevel
    self.requestID = requestID
  }
}

/// The judgement.
public struct CheckChangeResponse: Sendable, Equatable {
  /// Whether the check could be made.
  public var status: CheckStatus
  /// Simulation it rests on.
  public var simulationID: String
  /// Score, recommendation and issues; absent when failed.
  public var predictedImpact: PredictedImpact?
  /// Confidence in the prediction, 0 to 1; absent when failed.
  public var confidence: Double?
  /// Whether the confidence rests on at least 20 residuals.
  public var calibrated: Bool?
  /// Regime the deciding model ran in, and the load of the simulated hours.
  public var regime: String?
  /// Interval of the risk score.
  public var predictionInterval: Interval?
  /// Intervals of the predicted metrics, by name.
  public var predictionIntervals: [String: Interval]
  /// Approval that was opened, when a person must approve.
  public var approvalID: String?
  /// Why the check failed.
  public var error: String?
  /// Environment it was judged in.
  public var environment: String
  /// Newest sync it rests on; absent without any.
  public var syncTime: ProtoTimestamp?
  /// Version of each model that took part.
  public var modelVersions: [String: String]
  /// Seed of the simulation.
  public var seed: UInt64?
  /// Which load the hours after the change were simulated under, and how; absent when they weren't.
  public var simulatedHours: SimulatedHours?

  public init(
    status: CheckStatus = .unspecified,
    simulationID: String = "",
    predictedImpact: PredictedImpact? = nil,
    confidence: Double? = nil,
    calibrated: Bool? = nil,
    regime: String? = nil,
    predictionInterval: Interval? = nil,
    predictionIntervals: [String: Interval] = [:],
    approvalID: String? = nil,
    error: String? = nil,
    environment: String = "",
    syncTime: ProtoTimestamp? = nil,
    modelVersions: [String: String] = [:],
    seed: UInt64? = nil,
    simulatedHours: SimulatedHours? = nil
  ) {
    self.status = status
    self.simulationID = simulationID
    self.predictedImpact = predictedImpact
    self.confidence = confidence
    self.calibrated = calibrated
    self.regime = regime
    self.predictionInterval = predictionInterval
    self.predictionIntervals = predictionIntervals
    self.approvalID = approvalID
    self.error = error
    self.environment = environment
    self.syncTime = syncTime
    self.modelVersions = modelVersions
    self.seed = seed
    self.simulatedHours = simulatedHours
  }
}

/// An admission review of Kubernetes.
public struct ReviewAdmissionRequest: Sendable, Equatable {
  /// AdmissionReview object with its `request`.
  public var review: ProtoStruct?
  /// Environment of the cluster; empty means "production".
  public var environment: String

  public init(
    review: ProtoStruct? = nil,
    environment: String = ""
  ) {
    self.review = review
    self.environment = environment
  }
}

/// The answer to an admission review.
public struct ReviewAdmissionResponse: Sendable, Equatable {
  /// AdmissionReview object with its `response`.
  public var review: ProtoStruct?
  /// Simulation it rests on; empty when none was needed.
  public var simulationID: String

  public init(
    review: ProtoStruct? = nil,
    simulationID: String = ""
  ) {
    self.review = review
    self.simulationID = simulationID
  }
}

/// An approval that a change needs.
public struct Approval: Sendable, Equatable {
  /// Id such as "approval-000001".
  public var id: String
  /// Simulation that asks for it.
  public var simulationID: String
  /// Where it stands.
  public var status: ApprovalStatus
  /// The change.
  public var changeRequest: ChangeRequest?
  /// Its predicted impact.
  public var predictedImpact: PredictedImpact?
  /// When it was opened.
  public var createTime: ProtoTimestamp?
  /// When it expires undecided.
  public var expireTime: ProtoTimestamp?
  /// When it was decided; absent before.
  public var decideTime: ProtoTimestamp?
  /// Who decided; empty before.
  public var decidedBy: String
  /// Comment of who decided.
  public var comment: String

  public init(
    id: String = "",
    simulationID: String = "",
    status: ApprovalStatus = .unspecified,
    changeRequest: ChangeRequest? = nil,
    predictedImpact: PredictedImpact? = nil,
    createTime: ProtoTimestamp? = nil,
    expireTime: ProtoTimestamp? = nil,
    decideTime: ProtoTimestamp? = nil,
    decidedBy: String = "",
    comment: String = ""
  ) {
    self.id = id
    self.simulationID = simulationID
    self.status = status
    self.changeRequest = changeRequest
    self.predictedImpact = predictedImpact
    self.createTime = createTime
    self.expireTime = expireTime
    self.decideTime = decideTime
    self.decidedBy = decidedBy
    self.comment = comment
  }
}

/// Asks for a page of approvals.
public struct ListApprovalsRequest: Sendable, Equatable {
  /// Approvals a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this status; unspecified means all.
  public var status: ApprovalStatus

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    status: ApprovalStatus = .unspecified
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.status = status
  }
}

/// A page of approvals.
public struct ListApprovalsResponse: Sendable, Equatable {
  /// Approvals, newest first.
  public var approvals: [Approval]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    approvals: [Approval] = [],
    nextPageToken: String = ""
  ) {
    self.approvals = approvals
    self.nextPageToken = nextPageToken
  }
}

/// Names an approval.
public struct GetApprovalRequest: Sendable, Equatable {
  /// Id of the approval.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Approves.
public struct ApproveChangeRequest: Sendable, Equatable {
  /// Id of the approval.
  public var id: String
  /// Why, at most 4,096 characters.
  public var comment: String
  /// Who approves; the edge sets it from the credential where there is one.
  public var decidedBy: String

  public init(
    id: String = "",
    comment: String = "",
    decidedBy: String = ""
  ) {
    self.id = id
    self.comment = comment
    self.decidedBy = decidedBy
  }
}

/// Rejects.
public struct RejectChangeRequest: Sendable, Equatable {
  /// Id of the approval.
  public var id: String
  /// Why, at most 4,096 characters.
  public var comment: String
  /// Who rejects; the edge sets it from the credential where there is one.
  public var decidedBy: String

  public init(
    id: String = "",
    comment: String = "",
    decidedBy: String = ""
  ) {
    self.id = id
    self.comment = comment
    self.decidedBy = decidedBy
  }
}

extension CheckChangeRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.CheckChangeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CheckChangeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__check_change_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__CheckChangeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.CheckChangeRequest.simulation_id")
    let value1 = try MessageCodec.message(c.pointee.change_request, ChangeRequest.self)
    let value2 = c.pointee.duration_hours_presence_case.rawValue == 3 ? c.pointee.duration_hours : nil
    let value3 = RiskLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.risk_level.rawValue))
    let value4 = try MessageCodec.string(c.pointee.request_id, "twin.prediction.v1.CheckChangeRequest.request_id")
    room.put(\.simulationID, value0)
    room.put(\.changeRequest, value1)
    room.put(\.durationHours, value2)
    room.put(\.riskLevel, value3)
    room.put(\.requestID, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__CheckChangeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__CheckChangeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    if let value = self.changeRequest { c.pointee.change_request = try scratch.message(value) }
    if let value = self.durationHours {
      c.pointee.duration_hours = value
      c.pointee.duration_hours_presence_case = Twin__Prediction__V1__CheckChangeRequest__DurationHoursPresenceCase(rawValue: 3)
    }
    c.pointee.risk_level = Twin__Common__V1__RiskLevel(rawValue: .init(truncatingIfNeeded: self.riskLevel.rawValue))
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension CheckChangeResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.CheckChangeResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CheckChangeResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__check_change_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__CheckChangeResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = CheckStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.CheckChangeResponse.simulation_id")
    let value2 = try MessageCodec.message(c.pointee.predicted_impact, PredictedImpact.self)
    let value3 = c.pointee.confidence_presence_case.rawValue == 4 ? c.pointee.confidence : nil
    let value4 = c.pointee.calibrated_presence_case.rawValue == 5 ? c.pointee.calibrated != 0 : nil
    let value5 = try c.pointee.regime_presence_case.rawValue == 6 ? MessageCodec.string(c.pointee.regime, "twin.prediction.v1.CheckChangeResponse.regime") : nil
    let value6 = try MessageCodec.message(c.pointee.prediction_interval, Interval.self)
    let value7 = try MessageCodec.map(c.pointee.prediction_intervals, c.pointee.n_prediction_intervals) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.prediction.v1.CheckChangeResponse.PredictionIntervalsEntry.key"), MessageCodec.message(entry.value, Interval.self) ?? Interval())
    }
    let value8 = try c.pointee.approval_id_presence_case.rawValue == 9 ? MessageCodec.string(c.pointee.approval_id, "twin.prediction.v1.CheckChangeResponse.approval_id") : nil
    let value9 = try c.pointee.error_presence_case.rawValue == 10 ? MessageCodec.string(c.pointee.error, "twin.prediction.v1.CheckChangeResponse.error") : nil
    let value10 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.CheckChangeResponse.environment")
    let value11 = try MessageCodec.message(c.pointee.sync_time, ProtoTimestamp.self)
    let value12 = try MessageCodec.map(c.pointee.model_versions, c.pointee.n_model_versions) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.prediction.v1.CheckChangeResponse.ModelVersionsEntry.key"), MessageCodec.string(entry.value, "twin.prediction.v1.CheckChangeResponse.ModelVersionsEntry.value"))
    }
    let value13 = c.pointee.seed_presence_case.rawValue == 14 ? c.pointee.seed : nil
    let value14 = try MessageCodec.message(c.pointee.simulated_hours, SimulatedHours.self)
    room.put(\.status, value0)
    room.put(\.simulationID, value1)
    room.put(\.predictedImpact, value2)
    room.put(\.confidence, value3)
    room.put(\.calibrated, value4)
    room.put(\.regime, value5)
    room.put(\.predictionInterval, value6)
    room.put(\.predictionIntervals, value7)
    room.put(\.approvalID, value8)
    room.put(\.error, value9)
    room.put(\.environment, value10)
    room.put(\.syncTime, value11)
    room.put(\.modelVersions, value12)
    room.put(\.seed, value13)
    room.put(\.simulatedHours, value14)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__CheckChangeResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__CheckChangeResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(15 * 2 * Scratch.headBytes)
    c.pointee.status = Twin__Prediction__V1__CheckStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    if let value = self.predictedImpact { c.pointee.predicted_impact = try scratch.message(value) }
    if let value = self.confidence {
      c.pointee.confidence = value
      c.pointee.confidence_presence_case = Twin__Prediction__V1__CheckChangeResponse__ConfidencePresenceCase(rawValue: 4)
    }
    if let value = self.calibrated {
      c.pointee.calibrated = value ? 1 : 0
      c.pointee.calibrated_presence_case = Twin__Prediction__V1__CheckChangeResponse__CalibratedPresenceCase(rawValue: 5)
    }
    if let value = self.regime {
      c.pointee.regime = try scratch.string(value)
      c.pointee.regime_presence_case = Twin__Prediction__V1__CheckChangeResponse__RegimePresenceCase(rawValue: 6)
    }
    if let value = self.predictionInterval { c.pointee.prediction_interval = try scratch.message(value) }
    c.pointee.n_prediction_intervals = self.predictionIntervals.count
    c.pointee.prediction_intervals = try scratch.map(self.predictionIntervals.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Prediction__V1__CheckChangeResponse__PredictionIntervalsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Prediction__V1__CheckChangeResponse__PredictionIntervalsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__prediction__v1__check_change_response__prediction_intervals_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    if let value = self.approvalID {
      c.pointee.approval_id = try scratch.string(value)
      c.pointee.approval_id_presence_case = Twin__Prediction__V1__CheckChangeResponse__ApprovalIdPresenceCase(rawValue: 9)
    }
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Prediction__V1__CheckChangeResponse__ErrorPresenceCase(rawValue: 10)
    }
    c.pointee.environment = try scratch.string(self.environment)
    if let value = self.syncTime { c.pointee.sync_time = try scratch.message(value) }
    c.pointee.n_model_versions = self.modelVersions.count
    c.pointee.model_versions = try scratch.map(self.modelVersions.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Prediction__V1__CheckChangeResponse__ModelVersionsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Prediction__V1__CheckChangeResponse__ModelVersionsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__prediction__v1__check_change_response__model_versions_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Prediction__V1__CheckChangeResponse__SeedPresenceCase(rawValue: 14)
    }
    if let value = self.simulatedHours { c.pointee.simulated_hours = try scratch.message(value) }
  }
}

extension ReviewAdmissionRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ReviewAdmissionRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ReviewAdmissionRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__review_admission_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ReviewAdmissionRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.review, ProtoStruct.self)
    let value1 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.ReviewAdmissionRequest.environment")
    room.put(\.review, value0)
    room.put(\.environment, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ReviewAdmissionRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ReviewAdmissionRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.review { c.pointee.review = try scratch.message(value) }
    c.pointee.environment = try scratch.string(self.environment)
  }
}

extension ReviewAdmissionResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ReviewAdmissionResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ReviewAdmissionResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__review_admission_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ReviewAdmissionResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.review, ProtoStruct.self)
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.ReviewAdmissionResponse.simulation_id")
    room.put(\.review, value0)
    room.put(\.simulationID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ReviewAdmissionResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ReviewAdmissionResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.review { c.pointee.review = try scratch.message(value) }
    c.pointee.simulation_id = try scratch.string(self.simulationID)
  }
}

extension Approval: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.Approval" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Approval: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__approval__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__Approval>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.prediction.v1.Approval.id")
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.Approval.simulation_id")
    let value2 = ApprovalStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = try MessageCodec.message(c.pointee.change_request, ChangeRequest.self)
    let value4 = try MessageCodec.message(c.pointee.predicted_impact, PredictedImpact.self)
    let value5 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value6 = try MessageCodec.message(c.pointee.expire_time, ProtoTimestamp.self)
    let value7 = try MessageCodec.message(c.pointee.decide_time, ProtoTimestamp.self)
    let value8 = try MessageCodec.string(c.pointee.decided_by, "twin.prediction.v1.Approval.decided_by")
    let value9 = try MessageCodec.string(c.pointee.comment, "twin.prediction.v1.Approval.comment")
    room.put(\.id, value0)
    room.put(\.simulationID, value1)
    room.put(\.status, value2)
    room.put(\.changeRequest, value3)
    room.put(\.predictedImpact, value4)
    room.put(\.createTime, value5)
    room.put(\.expireTime, value6)
    room.put(\.decideTime, value7)
    room.put(\.decidedBy, value8)
    room.put(\.comment, value9)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__Approval>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__Approval())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.status = Twin__Prediction__V1__ApprovalStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let value = self.changeRequest { c.pointee.change_request = try scratch.message(value) }
    if let value = self.predictedImpact { c.pointee.predicted_impact = try scratch.message(value) }
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    if let value = self.expireTime { c.pointee.expire_time = try scratch.message(value) }
    if let value = self.decideTime { c.pointee.decide_time = try scratch.message(value) }
    c.pointee.decided_by = try scratch.string(self.decidedBy)
    c.pointee.comment = try scratch.string(self.comment)
  }
}

extension ListApprovalsRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListApprovalsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListApprovalsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_approvals_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListApprovalsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.prediction.v1.ListApprovalsRequest.page_token")
    let value2 = ApprovalStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.status, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListApprovalsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListApprovalsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.status = Twin__Prediction__V1__ApprovalStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

extension ListApprovalsResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListApprovalsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListApprovalsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_approvals_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListApprovalsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.approvals, c.pointee.n_approvals, Approval.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.prediction.v1.ListApprovalsResponse.next_page_token")
    room.put(\.approvals, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListApprovalsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListApprovalsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_approvals = self.approvals.count
    c.pointee.approvals = try scratch.messages(self.approvals)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension GetApprovalRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.GetApprovalRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetApprovalRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__get_approval_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__GetApprovalRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.prediction.v1.GetApprovalRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__GetApprovalRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__GetApprovalRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ApproveChangeRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ApproveChangeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ApproveChangeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__approve_change_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ApproveChangeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.prediction.v1.ApproveChangeRequest.id")
    let value1 = try MessageCodec.string(c.pointee.comment, "twin.prediction.v1.ApproveChangeRequest.comment")
    let value2 = try MessageCodec.string(c.pointee.decided_by, "twin.prediction.v1.ApproveChangeRequest.decided_by")
    room.put(\.id, value0)
    room.put(\.comment, value1)
    room.put(\.decidedBy, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ApproveChangeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ApproveChangeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.comment = try scratch.string(self.comment)
    c.pointee.decided_by = try scratch.string(self.decidedBy)
  }
}

extension RejectChangeRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.RejectChangeRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RejectChangeRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__reject_change_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__RejectChangeRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.prediction.v1.RejectChangeRequest.id")
    let value1 = try MessageCodec.string(c.pointee.comment, "twin.prediction.v1.RejectChangeRequest.comment")
    let value2 = try MessageCodec.string(c.pointee.decided_by, "twin.prediction.v1.RejectChangeRequest.decided_by")
    room.put(\.id, value0)
    room.put(\.comment, value1)
    room.put(\.decidedBy, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__RejectChangeRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__RejectChangeRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.comment = try scratch.string(self.comment)
    c.pointee.decided_by = try scratch.string(self.decidedBy)
  }
}
