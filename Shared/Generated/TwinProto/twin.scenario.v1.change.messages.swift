// Generated from twin/scenario/v1/change.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// A simulation of a change.
public struct ChangeSimulation: Sendable, Equatable {
  /// Id such as "change-000001".
  public var id: String
  /// Where it stands.
  public var status: JobStatus
  /// The change.
  public var changeRequest: ChangeRequest?
  /// Share done, 0 to 1.
  public var progress: Double
  /// What the simulation found; absent until it ends.
  public var outcome: ChangeOutcome?
  /// The assessed impact; absent until it is assessed.
  public var predictedImpact: PredictedImpact?
  /// Why it failed.
  public var error: String?
  /// When it was created.
  public var createTime: ProtoTimestamp?
  /// When its run started.
  public var startTime: ProtoTimestamp?
  /// When its run ended.
  public var endTime: ProtoTimestamp?
  /// Confidence in the assessed impact, 0 to 1; absent until it is assessed.
  public var confidence: Double?

  public init(
    id: String = "",
    status: JobStatus = .unspecified,
    changeRequest: ChangeRequest? = nil,
    progress: Double = 0,
    outcome: ChangeOutcome? = nil,
    predictedImpact: PredictedImpact? = nil,
    error: String? = nil,
    createTime: ProtoTimestamp? = nil,
    startTime: ProtoTimestamp? = nil,
    endTime: ProtoTimestamp? = nil,
    confidence: Double? = nil
  ) {
    self.id = id
    self.status = status
    self.changeRequest = changeRequest
    self.progress = progress
    self.outcome = outcome
    self.predictedImpact = predictedImpact
    self.error = error
    self.createTime = createTime
    self.startTime = startTime
    self.endTime = endTime
    self.confidence = confidence
  }
}

/// What a simulation of a change found, before risk is judged.
public struct ChangeOutcome: Sendable, Equatable {
  /// Issues found, gravest first.
  public var issues: [Issue]
  /// Metrics before the change, by name with the unit in the name.
  public var before: ProtoStruct?
  /// The same metrics as predicted after it.
  public var after: ProtoStruct?
  /// Cost of the change; absent when it changes none.
  public var cost: CostImpact?
  /// Regimes the models ran in, such as "mgc:rho<0.7".
  public var regimes: [String]
  /// Deciding facts that were unknown, by their key.
  public var unknowns: [String]
  /// Whether the environment's twin knows the target.
  public var targetKnown: Bool
  /// Whether the environment's newest sync is longer ago than 30 minutes.
  public var stale: Bool
  /// Version of each model that took part.
  public var modelVersions: [String: String]
  /// Predicted metrics over the simulated hours, ascending; at most 10,000.
  public var series: [ChangeSample]
  /// Hash over the simulation's states, lower-case hex.
  public var stateHash: String
  /// Seed of the run.
  public var seed: UInt64
  /// Simulated time in s.
  public var simulatedS: Double
  /// Simulated seconds a second of computing.
  public var realTimeFactor: Double
  /// Id of the environment that it ran on, also where the change names it by an alias.
  public var environmentID: String
  /// Kind of that environment.
  public var environmentKind: EnvironmentKind
  /// End of the environment's newest sync; absent before the first.
  public var syncTime: ProtoTimestamp?
  /// The simulated hours; absent when the change touches nothing that is simulated over time.
  public var hours: SimulatedHours?

  public init(
    issues: [Issue] = [],
    before: ProtoStruct? = nil,
    after: ProtoStruct? = nil,
    cost: CostImpact? = nil,
    regimes: [String] = [],
    unknowns: [String] = [],
    targetKnown: Bool = false,
    stale: Bool = false,
    modelVersions: [String: String] = [:],
    series: [ChangeSample] = [],
    stateHash: String = "",
    seed: UInt64 = 0,
    simulatedS: Double = 0,
    realTimeFactor: Double = 0,
    environmentID: String = "",
    environmentKind: EnvironmentKind = .unspecified,
    syncTime: ProtoTimestamp? = nil,
    hours: SimulatedHours? = nil
  ) {
    self.issues = issues
    self.before = before
    self.after = after
    self.cost = cost
    self.regimes = regimes
    self.unknowns = unknowns
    self.targetKnown = targetKnown
    self.stale = stale
    self.modelVersions = modelVersions
    self.series = series
    self.stateHash = stateHash
    self.seed = seed
    self.simulatedS = simulatedS
    self.realTimeFactor = realTimeFactor
    self.environmentID = environmentID
    self.environmentKind = environmentKind
    self.syncTime = syncTime
    self.hours = hours
  }
}

/// Predicted metrics at one simulated moment.
public struct ChangeSample: Sendable, Equatable {
  /// Simulated time in s.
  public var tS: Double
  /// Metrics by name with the unit in the name.
  public var metrics: [String: Double]

  public init(
    tS: Double = 0,
    metrics: [String: Double] = [:]
  ) {
    self.tS = tS
    self.metrics = metrics
  }
}

/// A new simulation of a change.
public struct CreateChangeSimulationRequest: Sendable, Equatable {
  /// The change. Required.
  public var changeRequest: ChangeRequest?
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    changeRequest: ChangeRequest? = nil,
    requestID: String = ""
  ) {
    self.changeRequest = changeRequest
    self.requestID = requestID
  }
}

/// Asks for a run.
public struct RunChangeSimulationRequest: Sendable, Equatable {
  /// Id of the simulation.
  public var id: String
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String
  /// Simulated time in hours, over 0 to 720, instead of the change's.
  public var durationHours: Double?
  /// Bound of the computing time in s, over 0 to 600; absent means the configured one.
  public var timeLimitS: Double?

  public init(
    id: String = "",
    requestID: String = "",
    durationHours: Double? = nil,
    timeLimitS: Double? = nil
  ) {
    self.id = id
    self.requestID = requestID
    self.durationHours = durationHours
    self.timeLimitS = timeLimitS
  }
}

/// Names a simulation.
public struct GetChangeSimulationRequest: Sendable, Equatable {
  /// Id of the simulation.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of simulations.
public struct ListChangeSimulationsRequest: Sendable, Equatable {
  /// Simulations a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this environment; empty means all.
  public var environment: String
  /// Only this status; unspecified means all.
  public var status: JobStatus

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    environment: String = "",
    status: JobStatus = .unspecified
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.environment = environment
    self.status = status
  }
}

/// A page of simulations.
public struct ListChangeSimulationsResponse: Sendable, Equatable {
  /// Simulations, newest first.
  public var simulations: [ChangeSimulation]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    simulations: [ChangeSimulation] = [],
    nextPageToken: String = ""
  ) {
    self.simulations = simulations
    self.nextPageToken = nextPageToken
  }
}

/// Names the simulation to delete.
public struct DeleteChangeSimulationRequest: Sendable, Equatable {
  /// Id of the simulation.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// The simulation is gone.
public struct DeleteChangeSimulationResponse: Sendable, Equatable {
  public init() {}
}

/// The impact to store.
public struct AttachImpactRequest: Sendable, Equatable {
  /// Id of the simulation.
  public var id: String
  /// The assessed impact.
  public var predictedImpact: PredictedImpact?
  /// Confidence in it, 0 to 1.
  public var confidence: Double?

  public init(
    id: String = "",
    predictedImpact: PredictedImpact? = nil,
    confidence: Double? = nil
  ) {
    self.id = id
    self.predictedImpact = predictedImpact
    self.confidence = confidence
  }
}

extension ChangeSimulation: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ChangeSimulation" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ChangeSimulation: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__change_simulation__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ChangeSimulation>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.ChangeSimulation.id")
    let value1 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value2 = try MessageCodec.message(c.pointee.change_request, ChangeRequest.self)
    let value3 = c.pointee.progress
    let value4 = try MessageCodec.message(c.pointee.outcome, ChangeOutcome.self)
    let value5 = try MessageCodec.message(c.pointee.predicted_impact, PredictedImpact.self)
    let value6 = try c.pointee.error_presence_case.rawValue == 7 ? MessageCodec.string(c.pointee.error, "twin.scenario.v1.ChangeSimulation.error") : nil
    let value7 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value8 = try MessageCodec.message(c.pointee.start_time, ProtoTimestamp.self)
    let value9 = try MessageCodec.message(c.pointee.end_time, ProtoTimestamp.self)
    let value10 = c.pointee.confidence_presence_case.rawValue == 11 ? c.pointee.confidence : nil
    room.put(\.id, value0)
    room.put(\.status, value1)
    room.put(\.changeRequest, value2)
    room.put(\.progress, value3)
    room.put(\.outcome, value4)
    room.put(\.predictedImpact, value5)
    room.put(\.error, value6)
    room.put(\.createTime, value7)
    room.put(\.startTime, value8)
    room.put(\.endTime, value9)
    room.put(\.confidence, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ChangeSimulation>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ChangeSimulation())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let value = self.changeRequest { c.pointee.change_request = try scratch.message(value) }
    c.pointee.progress = self.progress
    if let value = self.outcome { c.pointee.outcome = try scratch.message(value) }
    if let value = self.predictedImpact { c.pointee.predicted_impact = try scratch.message(value) }
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Scenario__V1__ChangeSimulation__ErrorPresenceCase(rawValue: 7)
    }
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    if let value = self.startTime { c.pointee.start_time = try scratch.message(value) }
    if let value = self.endTime { c.pointee.end_time = try scratch.message(value) }
    if let value = self.confidence {
      c.pointee.confidence = value
      c.pointee.confidence_presence_case = Twin__Scenario__V1__ChangeSimulation__ConfidencePresenceCase(rawValue: 11)
    }
  }
}

extension ChangeOutcome: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ChangeOutcome" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ChangeOutcome: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__change_outcome__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ChangeOutcome>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.issues, c.pointee.n_issues, Issue.self)
    let value1 = try MessageCodec.message(c.pointee.before, ProtoStruct.self)
    let value2 = try MessageCodec.message(c.pointee.after, ProtoStruct.self)
    let value3 = try MessageCodec.message(c.pointee.cost, CostImpact.self)
    let value4 = try MessageCodec.array(c.pointee.regimes, c.pointee.n_regimes) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.ChangeOutcome.regimes")
    }
    let value5 = try MessageCodec.array(c.pointee.unknowns, c.pointee.n_unknowns) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.ChangeOutcome.unknowns")
    }
    let value6 = c.pointee.target_known != 0
    let value7 = c.pointee.stale != 0
    let value8 = try MessageCodec.map(c.pointee.model_versions, c.pointee.n_model_versions) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.scenario.v1.ChangeOutcome.ModelVersionsEntry.key"), MessageCodec.string(entry.value, "twin.scenario.v1.ChangeOutcome.ModelVersionsEntry.value"))
    }
    let value9 = try MessageCodec.messages(c.pointee.series, c.pointee.n_series, ChangeSample.self)
    let value10 = try MessageCodec.string(c.pointee.state_hash, "twin.scenario.v1.ChangeOutcome.state_hash")
    let value11 = c.pointee.seed
    let value12 = c.pointee.simulated_s
    let value13 = c.pointee.real_time_factor
    let value14 = try MessageCodec.string(c.pointee.environment_id, "twin.scenario.v1.ChangeOutcome.environment_id")
    let value15 = EnvironmentKind(rawValue: Int32(truncatingIfNeeded: c.pointee.environment_kind.rawValue))
    let value16 = try MessageCodec.message(c.pointee.sync_time, ProtoTimestamp.self)
    let value17 = try MessageCodec.message(c.pointee.hours, SimulatedHours.self)
    room.put(\.issues, value0)
    room.put(\.before, value1)
    room.put(\.after, value2)
    room.put(\.cost, value3)
    room.put(\.regimes, value4)
    room.put(\.unknowns, value5)
    room.put(\.targetKnown, value6)
    room.put(\.stale, value7)
    room.put(\.modelVersions, value8)
    room.put(\.series, value9)
    room.put(\.stateHash, value10)
    room.put(\.seed, value11)
    room.put(\.simulatedS, value12)
    room.put(\.realTimeFactor, value13)
    room.put(\.environmentID, value14)
    room.put(\.environmentKind, value15)
    room.put(\.syncTime, value16)
    room.put(\.hours, value17)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ChangeOutcome>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ChangeOutcome())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(18 * 2 * Scratch.headBytes)
    c.pointee.n_issues = self.issues.count
    c.pointee.issues = try scratch.messages(self.issues)
    if let value = self.before { c.pointee.before = try scratch.message(value) }
    if let value = self.after { c.pointee.after = try scratch.message(value) }
    if let value = self.cost { c.pointee.cost = try scratch.message(value) }
    c.pointee.n_regimes = self.regimes.count
    c.pointee.regimes = try scratch.array(self.regimes) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_unknowns = self.unknowns.count
    c.pointee.unknowns = try scratch.array(self.unknowns) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.target_known = self.targetKnown ? 1 : 0
    c.pointee.stale = self.stale ? 1 : 0
    c.pointee.n_model_versions = self.modelVersions.count
    c.pointee.model_versions = try scratch.map(self.modelVersions.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Scenario__V1__ChangeOutcome__ModelVersionsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Scenario__V1__ChangeOutcome__ModelVersionsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__scenario__v1__change_outcome__model_versions_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    c.pointee.n_series = self.series.count
    c.pointee.series = try scratch.messages(self.series)
    c.pointee.state_hash = try scratch.string(self.stateHash)
    c.pointee.seed = self.seed
    c.pointee.simulated_s = self.simulatedS
    c.pointee.real_time_factor = self.realTimeFactor
    c.pointee.environment_id = try scratch.string(self.environmentID)
    c.pointee.environment_kind = Twin__Common__V1__EnvironmentKind(rawValue: .init(truncatingIfNeeded: self.environmentKind.rawValue))
    if let value = self.syncTime { c.pointee.sync_time = try scratch.message(value) }
    if let value = self.hours { c.pointee.hours = try scratch.message(value) }
  }
}

extension ChangeSample: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ChangeSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ChangeSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__change_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ChangeSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.t_s
    let value1 = try MessageCodec.map(c.pointee.metrics, c.pointee.n_metrics) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.scenario.v1.ChangeSample.MetricsEntry.key"), entry.value)
    }
    room.put(\.tS, value0)
    room.put(\.metrics, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ChangeSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ChangeSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.t_s = self.tS
    c.pointee.n_metrics = self.metrics.count
    c.pointee.metrics = try scratch.map(self.metrics.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Scenario__V1__ChangeSample__MetricsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Scenario__V1__ChangeSample__MetricsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__scenario__v1__change_sample__metrics_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
  }
}

extension CreateChangeSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CreateChangeSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CreateChangeSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__create_change_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CreateChangeSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.change_request, ChangeRequest.self)
    let value1 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.CreateChangeSimulationRequest.request_id")
    room.put(\.changeRequest, value0)
    room.put(\.requestID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CreateChangeSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CreateChangeSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.changeRequest { c.pointee.change_request = try scratch.message(value) }
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension RunChangeSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.RunChangeSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RunChangeSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__run_change_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__RunChangeSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.RunChangeSimulationRequest.id")
    let value1 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.RunChangeSimulationRequest.request_id")
    let value2 = c.pointee.duration_hours_presence_case.rawValue == 3 ? c.pointee.duration_hours : nil
    let value3 = c.pointee.time_limit_s_presence_case.rawValue == 4 ? c.pointee.time_limit_s : nil
    room.put(\.id, value0)
    room.put(\.requestID, value1)
    room.put(\.durationHours, value2)
    room.put(\.timeLimitS, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__RunChangeSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__RunChangeSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.request_id = try scratch.string(self.requestID)
    if let value = self.durationHours {
      c.pointee.duration_hours = value
      c.pointee.duration_hours_presence_case = Twin__Scenario__V1__RunChangeSimulationRequest__DurationHoursPresenceCase(rawValue: 3)
    }
    if let value = self.timeLimitS {
      c.pointee.time_limit_s = value
      c.pointee.time_limit_s_presence_case = Twin__Scenario__V1__RunChangeSimulationRequest__TimeLimitSPresenceCase(rawValue: 4)
    }
  }
}

extension GetChangeSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.GetChangeSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetChangeSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__get_change_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__GetChangeSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.GetChangeSimulationRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__GetChangeSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__GetChangeSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListChangeSimulationsRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListChangeSimulationsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListChangeSimulationsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_change_simulations_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListChangeSimulationsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.scenario.v1.ListChangeSimulationsRequest.page_token")
    let value2 = try MessageCodec.string(c.pointee.environment, "twin.scenario.v1.ListChangeSimulationsRequest.environment")
    let value3 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.environment, value2)
    room.put(\.status, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListChangeSimulationsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListChangeSimulationsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

extension ListChangeSimulationsResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListChangeSimulationsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListChangeSimulationsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_change_simulations_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListChangeSimulationsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.simulations, c.pointee.n_simulations, ChangeSimulation.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.scenario.v1.ListChangeSimulationsResponse.next_page_token")
    room.put(\.simulations, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListChangeSimulationsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListChangeSimulationsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_simulations = self.simulations.count
    c.pointee.simulations = try scratch.messages(self.simulations)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension DeleteChangeSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DeleteChangeSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteChangeSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__delete_change_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DeleteChangeSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.DeleteChangeSimulationRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DeleteChangeSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DeleteChangeSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension DeleteChangeSimulationResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DeleteChangeSimulationResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DeleteChangeSimulationResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__delete_change_simulation_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DeleteChangeSimulationResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DeleteChangeSimulationResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DeleteChangeSimulationResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}

extension AttachImpactRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.AttachImpactRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension AttachImpactRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__attach_impact_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__AttachImpactRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.AttachImpactRequest.id")
    let value1 = try MessageCodec.message(c.pointee.predicted_impact, PredictedImpact.self)
    let value2 = c.pointee.confidence_presence_case.rawValue == 3 ? c.pointee.confidence : nil
    room.put(\.id, value0)
    room.put(\.predictedImpact, value1)
    room.put(\.confidence, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__AttachImpactRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__AttachImpactRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    if let value = self.predictedImpact { c.pointee.predicted_impact = try scratch.message(value) }
    if let value = self.confidence {
      c.pointee.confidence = value
      c.pointee.confidence_presence_case = Twin__Scenario__V1__AttachImpactRequest__ConfidencePresenceCase(rawValue: 3)
    }
  }
}
