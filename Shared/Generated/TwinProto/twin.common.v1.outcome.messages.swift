// Generated from twin/common/v1/outcome.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Where a simulation, a run, a sweep or another job stands.
public enum JobStatus: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// Not started.
  case created
  /// Waits for a worker.
  case queued
  /// Runs.
  case running
  /// Ended with an outcome (whatever its verdict).
  case completed
  /// Ended without one; the error says why.
  case failed
  /// Stopped by request.
  case cancelled
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [JobStatus] {
    [
      .unspecified,
      .created,
      .queued,
      .running,
      .completed,
      .failed,
      .cancelled,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .created
    case 2: self = .queued
    case 3: self = .running
    case 4: self = .completed
    case 5: self = .failed
    case 6: self = .cancelled
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .created: 1
    case .queued: 2
    case .running: 3
    case .completed: 4
    case .failed: 5
    case .cancelled: 6
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Judgement of a run.
public enum Verdict: Sendable, Hashable, CaseIterable {
  /// Not judged yet.
  case unspecified
  /// Every criterion is met.
  case pass
  /// A criterion isn't met.
  case fail
  /// The run couldn't be judged: diverged, timed out, impossible start.
  case error
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [Verdict] {
    [
      .unspecified,
      .pass,
      .fail,
      .error,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .pass
    case 2: self = .fail
    case 3: self = .error
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .pass: 1
    case .fail: 2
    case .error: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// One finished run of a scenario. A run with repetitions or a sweep has one outcome a variant, and its own sums them
/// up.
public struct RunOutcome: Sendable, Equatable {
  /// Id of the run such as "run-000001".
  public var id: String
  /// Simulation that the run belongs to.
  public var simulationID: String
  /// Scenario that was simulated.
  public var scenarioID: String
  /// Its type, such as "emergency_braking".
  public var scenarioType: String
  /// Twin that gave the vehicle; empty when none did.
  public var vehicleID: String
  /// completed or failed, or cancelled.
  public var status: JobStatus
  /// Judgement.
  public var verdict: Verdict
  /// Pass criteria with what was reached.
  public var criteria: [Criterion]
  /// Metrics by name with the unit in the name, such as "stopping_distance_m"; finite only.
  public var metrics: [String: Double]
  /// What was decided when and why.
  public var behaviour: BehaviourAnalysis?
  /// Probability and severity of harm.
  public var risk: RiskAssessment?
  /// Sensitivities and, for a sweep, the Pareto front.
  public var optimisation: ProtoStruct?
  /// Seed of the run.
  public var seed: UInt64
  /// Version of each model that took part.
  public var modelVersions: [String: String]
  /// Simulated seconds a second of computing; 0 when not measured.
  public var realTimeFactor: Double
  /// Hash over all states of the run, lower-case hex; equal for equal seeds and parameters.
  public var stateHash: String
  /// Why the verdict is error; empty otherwise.
  public var error: String
  /// Step at which it went wrong.
  public var errorStep: UInt64?
  /// Simulated time in s.
  public var simulatedS: Double
  /// Length of a step in s.
  public var stepS: Double
  /// Steps made.
  public var stepCount: UInt64
  /// The parameters the run used, defaults included.
  public var parameters: ProtoStruct?
  /// When the run started.
  public var startTime: ProtoTimestamp?
  /// When it ended.
  public var endTime: ProtoTimestamp?
  /// Whether a trace is kept.
  public var hasTrace: Bool
  /// The sweep or repetition this run is a variant of; empty for a run of its own.
  public var parentRunID: String
  /// Number of the variant within its parent, from 0.
  public var variant: UInt32
  /// Sums over the variants; absent for a run of its own.
  public var variants: VariantSummary?
  /// What the models assume: where the outcome may be relied on.
  public var regime: String
  /// Ways in which the run leaves that; empty inside it.
  public var regimeExcursions: [String]

  public init(
    id: String = "",
    simulationID: String = "",
    scenarioID: String = "",
    scenarioType: String = "",
    vehicleID: String = "",
    status: JobStatus = .unspecified,
    verdict: Verdict = .unspecified,
    criteria: [Criterion] = [],
    metrics: [String: Double] = [:],
    behaviour: BehaviourAnalysis? = nil,
    risk: RiskAssessment? = nil,
    optimisation: ProtoStruct? = nil,
    seed: UInt64 = 0,
    modelVersions: [String: String] = [:],
    realTimeFactor: Double = 0,
    stateHash: String = "",
    error: String = "",
    errorStep: UInt64? = nil,
    simulatedS: Double = 0,
    stepS: Double = 0,
    stepCount: UInt64 = 0,
    parameters: ProtoStruct? = nil,
    startTime: ProtoTimestamp? = nil,
    endTime: ProtoTimestamp? = nil,
    hasTrace: Bool = false,
    parentRunID: String = "",
    variant: UInt32 = 0,
    variants: VariantSummary? = nil,
    regime: String = "",
    regimeExcursions: [String] = []
  ) {
    self.id = id
    self.simulationID = simulationID
    self.scenarioID = scenarioID
    self.scenarioType = scenarioType
    self.vehicleID = vehicleID
    self.status = status
    self.verdict = verdict
    self.criteria = criteria
    self.metrics = metrics
    self.behaviour = behaviour
    self.risk = risk
    self.optimisation = optimisation
    self.seed = seed
    self.modelVersions = modelVersions
    self.realTimeFactor = realTimeFactor
    self.stateHash = stateHash
    self.error = error
    self.errorStep = errorStep
    self.simulatedS = simulatedS
    self.stepS = stepS
    self.stepCount = stepCount
    self.parameters = parameters
    self.startTime = startTime
    self.endTime = endTime
    self.hasTrace = hasTrace
    self.parentRunID = parentRunID
    self.variant = variant
    self.variants = variants
    self.regime = regime
    self.regimeExcursions = regimeExcursions
  }
}

/// One pass criterion and what was reached.
public struct Criterion: Sendable, Equatable {
  /// Stable name, such as "no_collision".
  public var name: String
  /// Whether it is met.
  public var passed: Bool
  /// The criterion in a sentence.
  public var description: String
  /// Metric that it judges; empty when it isn't one metric.
  public var metric: String
  /// The metric's value.
  public var value: Double?
  /// The bound it is compared with.
  public var bound: Double?
  /// One of "<", "<=", ">", ">=", "==".
  public var comparison: String
  /// Unit of value and bound; empty when dimensionless.
  public var unit: String
  /// Regulation or publication the bound comes from; empty when it is ours.
  public var source: String

  public init(
    name: String = "",
    passed: Bool = false,
    description: String = "",
    metric: String = "",
    value: Double? = nil,
    bound: Double? = nil,
    comparison: String = "",
    unit: String = "",
    source: String = ""
  ) {
    self.name = name
    self.passed = passed
    self.description = description
    self.metric = metric
    self.value = value
    self.bound = bound
    self.comparison = comparison
    self.unit = unit
    self.source = source
  }
}

/// What the vehicle under test decided.
public struct BehaviourAnalysis: Sendable, Equatable {
  /// Decisions in the order of their time.
  public var decisions: [Decision]
  /// Reaction times in s by what was reacted to.
  public var reactionTimesS: [String: Double]
  /// Rules that were broken, with the time.
  public var violations: [String]

  public init(
    decisions: [Decision] = [],
    reactionTimesS: [String: Double] = [:],
    violations: [String] = []
  ) {
    self.decisions = decisions
    self.reactionTimesS = reactionTimesS
    self.violations = violations
  }
}

/// One decision.
public struct Decision: Sendable, Equatable {
  /// Simulated time in s.
  public var tS: Double
  /// Who decided.
  public var actor: String
  /// What, such as "warn", "partial_brake", "full_brake".
  public var action: String
  /// Why, with the numbers it was decided on.
  public var reason: String

  public init(
    tS: Double = 0,
    actor: String = "",
    action: String = "",
    reason: String = ""
  ) {
    self.tS = tS
    self.actor = actor
    self.action = action
    self.reason = reason
  }
}

/// Probability and severity of harm.
public struct RiskAssessment: Sendable, Equatable {
  /// Share of repetitions with a collision, 0 to 1.
  public var collisionProbability: Double?
  /// Confidence interval of it; absent for a single run.
  public var collisionInterval: Proportion?
  /// Probability of a serious injury in the collision by a published curve, 0 to 1.
  public var injuryProbability: Double?
  /// Impact speed in m/s; absent without a collision.
  public var impactSpeedMps: Double?
  /// Collision probability × injury probability, 0 to 1; absent when it isn't known, as for a single run.
  public var risk: Double?
  /// The injury-risk curve used.
  public var severityModel: String

  public init(
    collisionProbability: Double? = nil,
    collisionInterval: Proportion? = nil,
    injuryProbability: Double? = nil,
    impactSpeedMps: Double? = nil,
    risk: Double? = nil,
    severityModel: String = ""
  ) {
    self.collisionProbability = collisionProbability
    self.collisionInterval = collisionInterval
    self.injuryProbability = injuryProbability
    self.impactSpeedMps = impactSpeedMps
    self.risk = risk
    self.severityModel = severityModel
  }
}

/// Confidence interval of a share.
public struct Proportion: Sendable, Equatable {
  /// Lower end, 0 to 1.
  public var low: Double
  /// Upper end, 0 to 1.
  public var high: Double
  /// Stated probability, such as 0.95.
  public var level: Double
  /// Repetitions it rests on.
  public var count: UInt64

  public init(
    low: Double = 0,
    high: Double = 0,
    level: Double = 0,
    count: UInt64 = 0
  ) {
    self.low = low
    self.high = high
    self.level = level
    self.count = count
  }
}

/// Sums over the variants of a sweep or of repetitions.
public struct VariantSummary: Sendable, Equatable {
  /// Variants planned.
  public var total: UInt64
  /// Variants with verdict pass.
  public var passed: UInt64
  /// Variants with verdict fail.
  public var failed: UInt64
  /// Variants with verdict error.
  public var errors: UInt64
  /// Boundary between pass and fail found by a boundary search; absent otherwise.
  public var boundary: ProtoStruct?
  /// Distribution of each metric.
  public var metrics: [String: MetricSummary]

  public init(
    total: UInt64 = 0,
    passed: UInt64 = 0,
    failed: UInt64 = 0,
    errors: UInt64 = 0,
    boundary: ProtoStruct? = nil,
    metrics: [String: MetricSummary] = [:]
  ) {
    self.total = total
    self.passed = passed
    self.failed = failed
    self.errors = errors
    self.boundary = boundary
    self.metrics = metrics
  }
}

/// Distribution of one metric, in its unit.
public struct MetricSummary: Sendable, Equatable {
  /// Smallest.
  public var min: Double
  /// Mean.
  public var mean: Double
  /// Greatest.
  public var max: Double
  /// Standard deviation.
  public var std: Double
  /// Values.
  public var count: UInt64

  public init(
    min: Double = 0,
    mean: Double = 0,
    max: Double = 0,
    std: Double = 0,
    count: UInt64 = 0
  ) {
    self.min = min
    self.mean = mean
    self.max = max
    self.std = std
    self.count = count
  }
}

/// One actor at one moment of a run.
public struct TraceRow: Sendable, Equatable {
  /// Simulated time in s.
  public var tS: Double
  /// Name of the actor; "ego" is the vehicle under test.
  public var actor: String
  /// East position in metres.
  public var xM: Double
  /// North position in metres.
  public var yM: Double
  /// Direction of the body, rad counter-clockwise from east.
  public var headingRad: Double
  /// Speed along the body's axis in m/s.
  public var speedMps: Double
  /// Acceleration along the body's axis in m/s².
  public var accelerationMps2: Double
  /// Yaw rate in rad/s.
  public var yawRateRps: Double
  /// Steering angle of the front wheels in rad.
  public var steeringRad: Double
  /// Acceleration across the body in m/s².
  public var lateralAccelerationMps2: Double?
  /// Slip angle at the centre of gravity in rad.
  public var slipAngleRad: Double?
  /// Free distance to the actor ahead in metres.
  public var gapM: Double?
  /// Time to collision with the actor ahead in s.
  public var ttcS: Double?
  /// Throttle, 0 to 1.
  public var throttle: Double?
  /// Brake demand, 0 to 1.
  public var brake: Double?
  /// Distance driven in metres.
  public var distanceM: Double?
  /// Energy drawn so far in J.
  public var energyJ: Double?
  /// Fuel burnt so far in litres.
  public var fuelL: Double?
  /// Power drawn in W.
  public var powerW: Double?
  /// Grade of the road, rise over run.
  public var grade: Double?
  /// What happened at this moment, such as "aeb_full_brake" or "collision"; empty mostly.
  public var event: String
  /// Further channels by name with the unit in the name.
  public var extra: [String: Double]

  public init(
    tS: Double = 0,
    actor: String = "",
    xM: Double = 0,
    yM: Double = 0,
    headingRad: Double = 0,
    speedMps: Double = 0,
    accelerationMps2: Double = 0,
    yawRateRps: Double = 0,
    steeringRad: Double = 0,
    lateralAccelerationMps2: Double? = nil,
    slipAngleRad: Double? = nil,
    gapM: Double? = nil,
    ttcS: Double? = nil,
    throttle: Double? = nil,
    brake: Double? = nil,
    distanceM: Double? = nil,
    energyJ: Double? = nil,
    fuelL: Double? = nil,
    powerW: Double? = nil,
    grade: Double? = nil,
    event: String = "",
    extra: [String: Double] = [:]
  ) {
    self.tS = tS
    self.actor = actor
    self.xM = xM
    self.yM = yM
    self.headingRad = headingRad
    self.speedMps = speedMps
    self.accelerationMps2 = accelerationMps2
    self.yawRateRps = yawRateRps
    self.steeringRad = steeringRad
    self.lateralAccelerationMps2 = lateralAccelerationMps2
    self.slipAngleRad = slipAngleRad
    self.gapM = gapM
    self.ttcS = ttcS
    self.throttle = throttle
    self.brake = brake
    self.distanceM = distanceM
    self.energyJ = energyJ
    self.fuelL = fuelL
    self.powerW = powerW
    self.grade = grade
    self.event = event
    self.extra = extra
  }
}

extension RunOutcome: RPCMessage {
  public static var messageName: String { "twin.common.v1.RunOutcome" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RunOutcome: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__run_outcome__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__RunOutcome>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.common.v1.RunOutcome.id")
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.common.v1.RunOutcome.simulation_id")
    let value2 = try MessageCodec.string(c.pointee.scenario_id, "twin.common.v1.RunOutcome.scenario_id")
    let value3 = try MessageCodec.string(c.pointee.scenario_type, "twin.common.v1.RunOutcome.scenario_type")
    let value4 = try MessageCodec.string(c.pointee.vehicle_id, "twin.common.v1.RunOutcome.vehicle_id")
    let value5 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value6 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value7 = try MessageCodec.messages(c.pointee.criteria, c.pointee.n_criteria, Criterion.self)
    let value8 = try MessageCodec.map(c.pointee.metrics, c.pointee.n_metrics) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.common.v1.RunOutcome.MetricsEntry.key"), entry.value)
    }
    let value9 = try MessageCodec.message(c.pointee.behaviour, BehaviourAnalysis.self)
    let value10 = try MessageCodec.message(c.pointee.risk, RiskAssessment.self)
    let value11 = try MessageCodec.message(c.pointee.optimisation, ProtoStruct.self)
    let value12 = c.pointee.seed
    let value13 = try MessageCodec.map(c.pointee.model_versions, c.pointee.n_model_versions) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.common.v1.RunOutcome.ModelVersionsEntry.key"), MessageCodec.string(entry.value, "twin.common.v1.RunOutcome.ModelVersionsEntry.value"))
    }
    let value14 = c.pointee.real_time_factor
    let value15 = try MessageCodec.string(c.pointee.state_hash, "twin.common.v1.RunOutcome.state_hash")
    let value16 = try MessageCodec.string(c.pointee.error, "twin.common.v1.RunOutcome.error")
    let value17 = c.pointee.error_step_presence_case.rawValue == 18 ? c.pointee.error_step : nil
    let value18 = c.pointee.simulated_s
    let value19 = c.pointee.step_s
    let value20 = c.pointee.step_count
    let value21 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value22 = try MessageCodec.message(c.pointee.start_time, ProtoTimestamp.self)
    let value23 = try MessageCodec.message(c.pointee.end_time, ProtoTimestamp.self)
    let value24 = c.pointee.has_trace != 0
    let value25 = try MessageCodec.string(c.pointee.parent_run_id, "twin.common.v1.RunOutcome.parent_run_id")
    let value26 = c.pointee.variant
    let value27 = try MessageCodec.message(c.pointee.variants, VariantSummary.self)
    let value28 = try MessageCodec.string(c.pointee.regime, "twin.common.v1.RunOutcome.regime")
    let value29 = try MessageCodec.array(c.pointee.regime_excursions, c.pointee.n_regime_excursions) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.RunOutcome.regime_excursions")
    }
    room.put(\.id, value0)
    room.put(\.simulationID, value1)
    room.put(\.scenarioID, value2)
    room.put(\.scenarioType, value3)
    room.put(\.vehicleID, value4)
    room.put(\.status, value5)
    room.put(\.verdict, value6)
    room.put(\.criteria, value7)
    room.put(\.metrics, value8)
    room.put(\.behaviour, value9)
    room.put(\.risk, value10)
    room.put(\.optimisation, value11)
    room.put(\.seed, value12)
    room.put(\.modelVersions, value13)
    room.put(\.realTimeFactor, value14)
    room.put(\.stateHash, value15)
    room.put(\.error, value16)
    room.put(\.errorStep, value17)
    room.put(\.simulatedS, value18)
    room.put(\.stepS, value19)
    room.put(\.stepCount, value20)
    room.put(\.parameters, value21)
    room.put(\.startTime, value22)
    room.put(\.endTime, value23)
    room.put(\.hasTrace, value24)
    room.put(\.parentRunID, value25)
    room.put(\.variant, value26)
    room.put(\.variants, value27)
    room.put(\.regime, value28)
    room.put(\.regimeExcursions, value29)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__RunOutcome>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__RunOutcome())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(30 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.scenario_id = try scratch.string(self.scenarioID)
    c.pointee.scenario_type = try scratch.string(self.scenarioType)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.n_criteria = self.criteria.count
    c.pointee.criteria = try scratch.messages(self.criteria)
    c.pointee.n_metrics = self.metrics.count
    c.pointee.metrics = try scratch.map(self.metrics.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Common__V1__RunOutcome__MetricsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Common__V1__RunOutcome__MetricsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__common__v1__run_outcome__metrics_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    if let value = self.behaviour { c.pointee.behaviour = try scratch.message(value) }
    if let value = self.risk { c.pointee.risk = try scratch.message(value) }
    if let value = self.optimisation { c.pointee.optimisation = try scratch.message(value) }
    c.pointee.seed = self.seed
    c.pointee.n_model_versions = self.modelVersions.count
    c.pointee.model_versions = try scratch.map(self.modelVersions.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Common__V1__RunOutcome__ModelVersionsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Common__V1__RunOutcome__ModelVersionsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__common__v1__run_outcome__model_versions_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    c.pointee.real_time_factor = self.realTimeFactor
    c.pointee.state_hash = try scratch.string(self.stateHash)
    c.pointee.error = try scratch.string(self.error)
    if let value = self.errorStep {
      c.pointee.error_step = value
      c.pointee.error_step_presence_case = Twin__Common__V1__RunOutcome__ErrorStepPresenceCase(rawValue: 18)
    }
    c.pointee.simulated_s = self.simulatedS
    c.pointee.step_s = self.stepS
    c.pointee.step_count = self.stepCount
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.startTime { c.pointee.start_time = try scratch.message(value) }
    if let value = self.endTime { c.pointee.end_time = try scratch.message(value) }
    c.pointee.has_trace = self.hasTrace ? 1 : 0
    c.pointee.parent_run_id = try scratch.string(self.parentRunID)
    c.pointee.variant = self.variant
    if let value = self.variants { c.pointee.variants = try scratch.message(value) }
    c.pointee.regime = try scratch.string(self.regime)
    c.pointee.n_regime_excursions = self.regimeExcursions.count
    c.pointee.regime_excursions = try scratch.array(self.regimeExcursions) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension Criterion: RPCMessage {
  public static var messageName: String { "twin.common.v1.Criterion" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Criterion: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__criterion__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Criterion>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.common.v1.Criterion.name")
    let value1 = c.pointee.passed != 0
    let value2 = try MessageCodec.string(c.pointee.description, "twin.common.v1.Criterion.description")
    let value3 = try MessageCodec.string(c.pointee.metric, "twin.common.v1.Criterion.metric")
    let value4 = c.pointee.value_presence_case.rawValue == 5 ? c.pointee.value : nil
    let value5 = c.pointee.bound_presence_case.rawValue == 6 ? c.pointee.bound : nil
    let value6 = try MessageCodec.string(c.pointee.comparison, "twin.common.v1.Criterion.comparison")
    let value7 = try MessageCodec.string(c.pointee.unit, "twin.common.v1.Criterion.unit")
    let value8 = try MessageCodec.string(c.pointee.source, "twin.common.v1.Criterion.source")
    room.put(\.name, value0)
    room.put(\.passed, value1)
    room.put(\.description, value2)
    room.put(\.metric, value3)
    room.put(\.value, value4)
    room.put(\.bound, value5)
    room.put(\.comparison, value6)
    room.put(\.unit, value7)
    room.put(\.source, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Criterion>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Criterion())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.passed = self.passed ? 1 : 0
    c.pointee.description = try scratch.string(self.description)
    c.pointee.metric = try scratch.string(self.metric)
    if let value = self.value {
      c.pointee.value = value
      c.pointee.value_presence_case = Twin__Common__V1__Criterion__ValuePresenceCase(rawValue: 5)
    }
    if let value = self.bound {
      c.pointee.bound = value
      c.pointee.bound_presence_case = Twin__Common__V1__Criterion__BoundPresenceCase(rawValue: 6)
    }
    c.pointee.comparison = try scratch.string(self.comparison)
    c.pointee.unit = try scratch.string(self.unit)
    c.pointee.source = try scratch.string(self.source)
  }
}

extension BehaviourAnalysis: RPCMessage {
  public static var messageName: String { "twin.common.v1.BehaviourAnalysis" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension BehaviourAnalysis: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__behaviour_analysis__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__BehaviourAnalysis>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.decisions, c.pointee.n_decisions, Decision.self)
    let value1 = try MessageCodec.map(c.pointee.reaction_times_s, c.pointee.n_reaction_times_s) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.common.v1.BehaviourAnalysis.ReactionTimesSEntry.key"), entry.value)
    }
    let value2 = try MessageCodec.array(c.pointee.violations, c.pointee.n_violations) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.BehaviourAnalysis.violations")
    }
    room.put(\.decisions, value0)
    room.put(\.reactionTimesS, value1)
    room.put(\.violations, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__BehaviourAnalysis>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__BehaviourAnalysis())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.n_decisions = self.decisions.count
    c.pointee.decisions = try scratch.messages(self.decisions)
    c.pointee.n_reaction_times_s = self.reactionTimesS.count
    c.pointee.reaction_times_s = try scratch.map(self.reactionTimesS.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Common__V1__BehaviourAnalysis__ReactionTimesSEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Common__V1__BehaviourAnalysis__ReactionTimesSEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__common__v1__behaviour_analysis__reaction_times_sentry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    c.pointee.n_violations = self.violations.count
    c.pointee.violations = try scratch.array(self.violations) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension Decision: RPCMessage {
  public static var messageName: String { "twin.common.v1.Decision" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Decision: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__decision__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Decision>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.t_s
    let value1 = try MessageCodec.string(c.pointee.actor, "twin.common.v1.Decision.actor")
    let value2 = try MessageCodec.string(c.pointee.action, "twin.common.v1.Decision.action")
    let value3 = try MessageCodec.string(c.pointee.reason, "twin.common.v1.Decision.reason")
    room.put(\.tS, value0)
    room.put(\.actor, value1)
    room.put(\.action, value2)
    room.put(\.reason, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Decision>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Decision())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.t_s = self.tS
    c.pointee.actor = try scratch.string(self.actor)
    c.pointee.action = try scratch.string(self.action)
    c.pointee.reason = try scratch.string(self.reason)
  }
}

extension RiskAssessment: RPCMessage {
  public static var messageName: String { "twin.common.v1.RiskAssessment" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RiskAssessment: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__risk_assessment__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__RiskAssessment>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.collision_probability_presence_case.rawValue == 1 ? c.pointee.collision_probability : nil
    let value1 = try MessageCodec.message(c.pointee.collision_interval, Proportion.self)
    let value2 = c.pointee.injury_probability_presence_case.rawValue == 3 ? c.pointee.injury_probability : nil
    let value3 = c.pointee.impact_speed_mps_presence_case.rawValue == 4 ? c.pointee.impact_speed_mps : nil
    let value4 = c.pointee.risk_presence_case.rawValue == 5 ? c.pointee.risk : nil
    let value5 = try MessageCodec.string(c.pointee.severity_model, "twin.common.v1.RiskAssessment.severity_model")
    room.put(\.collisionProbability, value0)
    room.put(\.collisionInterval, value1)
    room.put(\.injuryProbability, value2)
    room.put(\.impactSpeedMps, value3)
    room.put(\.risk, value4)
    room.put(\.severityModel, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__RiskAssessment>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__RiskAssessment())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    if let value = self.collisionProbability {
      c.pointee.collision_probability = value
      c.pointee.collision_probability_presence_case = Twin__Common__V1__RiskAssessment__CollisionProbabilityPresenceCase(rawValue: 1)
    }
    if let value = self.collisionInterval { c.pointee.collision_interval = try scratch.message(value) }
    if let value = self.injuryProbability {
      c.pointee.injury_probability = value
      c.pointee.injury_probability_presence_case = Twin__Common__V1__RiskAssessment__InjuryProbabilityPresenceCase(rawValue: 3)
    }
    if let value = self.impactSpeedMps {
      c.pointee.impact_speed_mps = value
      c.pointee.impact_speed_mps_presence_case = Twin__Common__V1__RiskAssessment__ImpactSpeedMpsPresenceCase(rawValue: 4)
    }
    if let value = self.risk {
      c.pointee.risk = value
      c.pointee.risk_presence_case = Twin__Common__V1__RiskAssessment__RiskPresenceCase(rawValue: 5)
    }
    c.pointee.severity_model = try scratch.string(self.severityModel)
  }
}

extension Proportion: RPCMessage {
  public static var messageName: String { "twin.common.v1.Proportion" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Proportion: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__proportion__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Proportion>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.low
    let value1 = c.pointee.high
    let value2 = c.pointee.level
    let value3 = c.pointee.count
    room.put(\.low, value0)
    room.put(\.high, value1)
    room.put(\.level, value2)
    room.put(\.count, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Proportion>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Proportion())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.low = self.low
    c.pointee.high = self.high
    c.pointee.level = self.level
    c.pointee.count = self.count
  }
}

extension VariantSummary: RPCMessage {
  public static var messageName: String { "twin.common.v1.VariantSummary" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension VariantSummary: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__variant_summary__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__VariantSummary>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.total
    let value1 = c.pointee.passed
    let value2 = c.pointee.failed
    let value3 = c.pointee.errors
    let value4 = try MessageCodec.message(c.pointee.boundary, ProtoStruct.self)
    let value5 = try MessageCodec.map(c.pointee.metrics, c.pointee.n_metrics) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.common.v1.VariantSummary.MetricsEntry.key"), MessageCodec.message(entry.value, MetricSummary.self) ?? MetricSummary())
    }
    room.put(\.total, value0)
    room.put(\.passed, value1)
    room.put(\.failed, value2)
    room.put(\.errors, value3)
    room.put(\.boundary, value4)
    room.put(\.metrics, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__VariantSummary>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__VariantSummary())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.total = self.total
    c.pointee.passed = self.passed
    c.pointee.failed = self.failed
    c.pointee.errors = self.errors
    if let value = self.boundary { c.pointee.boundary = try scratch.message(value) }
    c.pointee.n_metrics = self.metrics.count
    c.pointee.metrics = try scratch.map(self.metrics.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Common__V1__VariantSummary__MetricsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Common__V1__VariantSummary__MetricsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__common__v1__variant_summary__metrics_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
  }
}

extension MetricSummary: RPCMessage {
  public static var messageName: String { "twin.common.v1.MetricSummary" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension MetricSummary: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__metric_summary__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__MetricSummary>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.min
    let value1 = c.pointee.mean
    let value2 = c.pointee.max
    let value3 = c.pointee.std
    let value4 = c.pointee.count
    room.put(\.min, value0)
    room.put(\.mean, value1)
    room.put(\.max, value2)
    room.put(\.std, value3)
    room.put(\.count, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__MetricSummary>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__MetricSummary())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.min = self.min
    c.pointee.mean = self.mean
    c.pointee.max = self.max
    c.pointee.std = self.std
    c.pointee.count = self.count
  }
}

extension TraceRow: RPCMessage {
  public static var messageName: String { "twin.common.v1.TraceRow" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TraceRow: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__trace_row__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__TraceRow>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.t_s
    let value1 = try MessageCodec.string(c.pointee.actor, "twin.common.v1.TraceRow.actor")
    let value2 = c.pointee.x_m
    let value3 = c.pointee.y_m
    let value4 = c.pointee.heading_rad
    let value5 = c.pointee.speed_mps
    let value6 = c.pointee.acceleration_mps2
    let value7 = c.pointee.yaw_rate_rps
    let value8 = c.pointee.steering_rad
    let value9 = c.pointee.lateral_acceleration_mps2_presence_case.rawValue == 10 ? c.pointee.lateral_acceleration_mps2 : nil
    let value10 = c.pointee.slip_angle_rad_presence_case.rawValue == 11 ? c.pointee.slip_angle_rad : nil
    let value11 = c.pointee.gap_m_presence_case.rawValue == 12 ? c.pointee.gap_m : nil
    let value12 = c.pointee.ttc_s_presence_case.rawValue == 13 ? c.pointee.ttc_s : nil
    let value13 = c.pointee.throttle_presence_case.rawValue == 14 ? c.pointee.throttle : nil
    let value14 = c.pointee.brake_presence_case.rawValue == 15 ? c.pointee.brake : nil
    let value15 = c.pointee.distance_m_presence_case.rawValue == 16 ? c.pointee.distance_m : nil
    let value16 = c.pointee.energy_j_presence_case.rawValue == 17 ? c.pointee.energy_j : nil
    let value17 = c.pointee.fuel_l_presence_case.rawValue == 18 ? c.pointee.fuel_l : nil
    let value18 = c.pointee.power_w_presence_case.rawValue == 19 ? c.pointee.power_w : nil
    let value19 = c.pointee.grade_presence_case.rawValue == 20 ? c.pointee.grade : nil
    let value20 = try MessageCodec.string(c.pointee.event, "twin.common.v1.TraceRow.event")
    let value21 = try MessageCodec.map(c.pointee.extra, c.pointee.n_extra) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.common.v1.TraceRow.ExtraEntry.key"), entry.value)
    }
    room.put(\.tS, value0)
    room.put(\.actor, value1)
    room.put(\.xM, value2)
    room.put(\.yM, value3)
    room.put(\.headingRad, value4)
    room.put(\.speedMps, value5)
    room.put(\.accelerationMps2, value6)
    room.put(\.yawRateRps, value7)
    room.put(\.steeringRad, value8)
    room.put(\.lateralAccelerationMps2, value9)
    room.put(\.slipAngleRad, value10)
    room.put(\.gapM, value11)
    room.put(\.ttcS, value12)
    room.put(\.throttle, value13)
    room.put(\.brake, value14)
    room.put(\.distanceM, value15)
    room.put(\.energyJ, value16)
    room.put(\.fuelL, value17)
    room.put(\.powerW, value18)
    room.put(\.grade, value19)
    room.put(\.event, value20)
    room.put(\.extra, value21)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__TraceRow>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__TraceRow())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(22 * 2 * Scratch.headBytes)
    c.pointee.t_s = self.tS
    c.pointee.actor = try scratch.string(self.actor)
    c.pointee.x_m = self.xM
    c.pointee.y_m = self.yM
    c.pointee.heading_rad = self.headingRad
    c.pointee.speed_mps = self.speedMps
    c.pointee.acceleration_mps2 = self.accelerationMps2
    c.pointee.yaw_rate_rps = self.yawRateRps
    c.pointee.steering_rad = self.steeringRad
    if let value = self.lateralAccelerationMps2 {
      c.pointee.lateral_acceleration_mps2 = value
      c.pointee.lateral_acceleration_mps2_presence_case = Twin__Common__V1__TraceRow__LateralAccelerationMps2PresenceCase(rawValue: 10)
    }
    if let value = self.slipAngleRad {
      c.pointee.slip_angle_rad = value
      c.pointee.slip_angle_rad_presence_case = Twin__Common__V1__TraceRow__SlipAngleRadPresenceCase(rawValue: 11)
    }
    if let value = self.gapM {
      c.pointee.gap_m = value
      c.pointee.gap_m_presence_case = Twin__Common__V1__TraceRow__GapMPresenceCase(rawValue: 12)
    }
    if let value = self.ttcS {
      c.pointee.ttc_s = value
      c.pointee.ttc_s_presence_case = Twin__Common__V1__TraceRow__TtcSPresenceCase(rawValue: 13)
    }
    if let value = self.throttle {
      c.pointee.throttle = value
      c.pointee.throttle_presence_case = Twin__Common__V1__TraceRow__ThrottlePresenceCase(rawValue: 14)
    }
    if let value = self.brake {
      c.pointee.brake = value
      c.pointee.brake_presence_case = Twin__Common__V1__TraceRow__BrakePresenceCase(rawValue: 15)
    }
    if let value = self.distanceM {
      c.pointee.distance_m = value
      c.pointee.distance_m_presence_case = Twin__Common__V1__TraceRow__DistanceMPresenceCase(rawValue: 16)
    }
    if let value = self.energyJ {
      c.pointee.energy_j = value
      c.pointee.energy_j_presence_case = Twin__Common__V1__TraceRow__EnergyJPresenceCase(rawValue: 17)
    }
    if let value = self.fuelL {
      c.pointee.fuel_l = value
      c.pointee.fuel_l_presence_case = Twin__Common__V1__TraceRow__FuelLPresenceCase(rawValue: 18)
    }
    if let value = self.powerW {
      c.pointee.power_w = value
      c.pointee.power_w_presence_case = Twin__Common__V1__TraceRow__PowerWPresenceCase(rawValue: 19)
    }
    if let value = self.grade {
      c.pointee.grade = value
      c.pointee.grade_presence_case = Twin__Common__V1__TraceRow__GradePresenceCase(rawValue: 20)
    }
    c.pointee.event = try scratch.string(self.event)
    c.pointee.n_extra = self.extra.count
    c.pointee.extra = try scratch.map(self.extra.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Common__V1__TraceRow__ExtraEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Common__V1__TraceRow__ExtraEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__common__v1__trace_row__extra_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
  }
}
