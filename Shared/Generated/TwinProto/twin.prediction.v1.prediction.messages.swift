// Generated from twin/prediction/v1/prediction.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Asks for the impact of a change.
public struct PredictImpactRequest: Sendable, Equatable {
  /// The change; absent when simulation_id is given.
  public var changeRequest: ChangeRequest?
  /// A simulation that exists; empty when change_request is given.
  public var simulationID: String

  public init(
    changeRequest: ChangeRequest? = nil,
    simulationID: String = ""
  ) {
    self.changeRequest = changeRequest
    self.simulationID = simulationID
  }
}

/// The impact of a change.
public struct PredictImpactResponse: Sendable, Equatable {
  /// Simulation it rests on.
  public var simulationID: String
  /// The impact.
  public var predictedImpact: PredictedImpact?
  /// How sure it is, and why.
  public var confidenceDetail: Confidence?
  /// Confidence, 0 to 1.
  public var confidence: Double
  /// Whether the confidence rests on at least 20 residuals.
  public var calibrated: Bool
  /// Regime the deciding model ran in.
  public var regime: String
  /// Interval of the risk score.
  public var predictionInterval: Interval?
  /// Intervals of the predicted metrics, by name.
  public var predictionIntervals: [String: Interval]

  public init(
    simulationID: String = "",
    predictedImpact: PredictedImpact? = nil,
    confidenceDetail: Confidence? = nil,
    confidence: Double = 0,
    calibrated: Bool = false,
    regime: String = "",
    predictionInterval: Interval? = nil,
    predictionIntervals: [String: Interval] = [:]
  ) {
    self.simulationID = simulationID
    self.predictedImpact = predictedImpact
    self.confidenceDetail = confidenceDetail
    self.confidence = confidence
    self.calibrated = calibrated
    self.regime = regime
    self.predictionInterval = predictionInterval
    self.predictionIntervals = predictionIntervals
  }
}

/// How sure a prediction is, and why.
public struct Confidence: Sendable, Equatable {
  /// Confidence, 0 to 1; never over 0.85 while not calibrated.
  public var confidence: Double
  /// Whether at least 20 residuals of the model and regime support it.
  public var calibrated: Bool
  /// Deciding model.
  public var model: String
  /// Regime it ran in.
  public var regime: String
  /// Residuals of model and regime.
  public var residualCount: UInt64
  /// Share of them inside their stated interval, 0 to 1; absent without residuals.
  public var coverage: Double?

  public init(
    confidence: Double = 0,
    calibrated: Bool = false,
    model: String = "",
    regime: String = "",
    residualCount: UInt64 = 0,
    coverage: Double? = nil
  ) {
    self.confidence = confidence
    self.calibrated = calibrated
    self.model = model
    self.regime = regime
    self.residualCount = residualCount
    self.coverage = coverage
  }
}

/// Asks for performance: a bare model, or a target.
public struct PredictPerformanceRequest: Sendable, Equatable {
  /// Model such as "mmc", "mgc", "mva", "usl", "buffer_cache"; empty when a target is asked for.
  public var model: String
  /// The model's inputs by name with the unit in the name.
  public var inputs: ProtoStruct?
  /// Environment of the target; empty means "production".
  public var environment: String
  /// Target; empty when a bare model is asked for.
  public var target: String
  /// For a target: "recorded" or "peak_traffic", the measured peak; absent means the recorded load.
  public var loadScenario: ProtoValue?
  /// Not for performance, which is that of a steady state: must be absent.
  public var durationHours: Double?
  /// Requests per second, over 0.
  public var arrivalRatePerS: Double?
  /// Clients that think between an answer and the next request, 1 to 20,000; needs a calibrated think time.
  public var clients: UInt32?
  /// Factor on the load now, over 0.
  public var loadFactor: Double?
  /// For a target: settings that are changed, such as {"instances": 6}; absent means none.
  public var change: ProtoStruct?

  public init(
    model: String = "",
    inputs: ProtoStruct? = nil,
    environment: String = "",
    target: String = "",
    loadScenario: ProtoValue? = nil,
    durationHours: Double? = nil,
    arrivalRatePerS: Double? = nil,
    clients: UInt32? = nil,
    loadFactor: Double? = nil,
    change: ProtoStruct? = nil
  ) {
    self.model = model
    self.inputs = inputs
    self.environment = environment
    self.target = target
    self.loadScenario = loadScenario
    self.durationHours = durationHours
    self.arrivalRatePerS = arrivalRatePerS
    self.clients = clients
    self.loadFactor = loadFactor
    self.change = change
  }
}

/// The model's answer.
public struct PredictPerformanceResponse: Sendable, Equatable {
  /// Model that answered.
  public var model: String
  /// Its outputs by name with the unit in the name.
  public var outputs: ProtoStruct?
  /// Intervals of the outputs, by name; where residuals support them.
  public var predictionIntervals: [String: Interval]
  /// The equation in text.
  public var equation: String
  /// Regime it ran in.
  public var regime: String
  /// Confidence, 0 to 1.
  public var confidence: Double
  /// Whether the confidence rests on at least 20 residuals.
  public var calibrated: Bool
  /// Publication the model comes from.
  public var source: String
  /// What the model assumes.
  public var assumptions: [String]
  /// Of a target: what the model was given, by name with the unit in the name.
  public var inputs: ProtoStruct?
  /// Of a target with a change: the outputs at the same load without it; absent when they can't be told.
  public var before: ProtoStruct?
  /// Of a target: what couldn't be told, and which keys it lacks.
  public var unknowns: [String]
  /// Of a target: the environment's id.
  public var environment: String
  /// Of a target: its name.
  public var target: String
  /// Of a target: whether the facts are older than 30 minutes.
  public var stale: Bool

  public init(
    model: String = "",
    outputs: ProtoStruct? = nil,
    predictionIntervals: [String: Interval] = [:],
    equation: String = "",
    regime: String = "",
    confidence: Double = 0,
    calibrated: Bool = false,
    source: String = "",
    assumptions: [String] = [],
    inputs: ProtoStruct? = nil,
    before: ProtoStruct? = nil,
    unknowns: [String] = [],
    environment: String = "",
    target: String = "",
    stale: Bool = false
  ) {
    self.model = model
    self.outputs = outputs
    self.predictionIntervals = predictionIntervals
    self.equation = equation
    self.regime = regime
    self.confidence = confidence
    self.calibrated = calibrated
    self.source = source
    self.assumptions = assumptions
    self.inputs = inputs
    self.before = before
    self.unknowns = unknowns
    self.environment = environment
    self.target = target
    self.stale = stale
  }
}

/// Asks for failures.
public struct PredictFailuresRequest: Sendable, Equatable {
  /// Environment; empty means "production".
  public var environment: String
  /// Only this target; empty means all.
  public var targetSystem: String
  /// How far ahead in hours, over 0 to 2,160; absent means 168.
  public var horizonHours: Double?
  /// Failures a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    environment: String = "",
    targetSystem: String = "",
    horizonHours: Double? = nil,
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.environment = environment
    self.targetSystem = targetSystem
    self.horizonHours = horizonHours
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of predicted failures.
public struct PredictFailuresResponse: Sendable, Equatable {
  /// Environment.
  public var environment: String
  /// Failures, soonest first.
  public var failures: [PredictedFailure]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String
  /// Time of the newest metric it rests on; absent without any.
  public var dataTime: ProtoTimestamp?
  /// Whether the environment's newest sync is longer ago than 30 minutes.
  public var stale: Bool

  public init(
    environment: String = "",
    failures: [PredictedFailure] = [],
    nextPageToken: String = "",
    dataTime: ProtoTimestamp? = nil,
    stale: Bool = false
  ) {
    self.environment = environment
    self.failures = failures
    self.nextPageToken = nextPageToken
    self.dataTime = dataTime
    self.stale = stale
  }
}

/// A failure that is predicted, or an anomaly that is seen.
public struct PredictedFailure: Sendable, Equatable {
  /// Issue code such as "DISK_FULL".
  public var code: String
  /// Target.
  public var target: String
  /// Metric it shows in.
  public var metric: String
  /// How bad it is.
  public var severity: Severity
  /// The failure in a sentence with its numbers.
  public var message: String
  /// Probability within the horizon, 0 to 1.
  public var probability: Double
  /// When it is expected; absent for an anomaly that is there.
  public var expectedTime: ProtoTimestamp?
  /// Lower end of the 90 % interval of that time.
  public var earliestTime: ProtoTimestamp?
  /// Upper end of it; absent when unbounded.
  public var latestTime: ProtoTimestamp?
  /// The calculation behind it.
  public var evidence: Evidence?
  /// Confidence, 0 to 1: that the metric's value at the expected time lies within a tenth of its distance to the bound of
  /// what was predicted, from residuals of the same prediction on the series' own past and of what came true of earlier
  /// ones. 0 for an anomaly, which predicts nothing.
  public var confidence: Double
  /// Whether the confidence rests on at least 20 residuals that tell as much as independent ones; without, it is at most
  /// 0.85.
  public var calibrated: Bool

  public init(
    code: String = "",
    target: String = "",
    metric: String = "",
    severity: Severity = .unspecified,
    message: String = "",
    probability: Double = 0,
    expectedTime: ProtoTimestamp? = nil,
    earliestTime: ProtoTimestamp? = nil,
    latestTime: ProtoTimestamp? = nil,
    evidence: Evidence? = nil,
    confidence: Double = 0,
    calibrated: Bool = false
  ) {
    self.code = code
    self.target = target
    self.metric = metric
    self.severity = severity
    self.message = message
    self.probability = probability
    self.expectedTime = expectedTime
    self.earliestTime = earliestTime
    self.latestTime = latestTime
    self.evidence = evidence
    self.confidence = confidence
    self.calibrated = calibrated
  }
}

/// Asks for a page of models.
public struct ListModelsRequest: Sendable, Equatable {
  /// Models a page, 1 to 1,000; 0 means 100.
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

/// A page of models.
public struct ListModelsResponse: Sendable, Equatable {
  /// Models, ordered by name.
  public var models: [Model]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    models: [Model] = [],
    nextPageToken: String = ""
  ) {
    self.models = models
    self.nextPageToken = nextPageToken
  }
}

/// A model.
public struct Model: Sendable, Equatable {
  /// Name such as "mmc".
  public var name: String
  /// Version.
  public var version: String
  /// What it predicts.
  public var description: String
  /// Names of its inputs, with the unit in the name.
  public var inputs: [String]
  /// Names of its outputs, with the unit in the name.
  public var outputs: [String]
  /// Publication it comes from.
  public var source: String
  /// Regimes it knows.
  public var regimes: [String]

  public init(
    name: String = "",
    version: String = "",
    description: String = "",
    inputs: [String] = [],
    outputs: [String] = [],
    source: String = "",
    regimes: [String] = []
  ) {
    self.name = name
    self.version = version
    self.description = description
    self.inputs = inputs
    self.outputs = outputs
    self.source = source
    self.regimes = regimes
  }
}

/// What a change really did.
public struct RecordActualRequest: Sendable, Equatable {
  /// Simulation that predicted it.
  public var simulationID: String
  /// Measured values of predicted metrics, by name.
  public var actuals: [String: Double]
  /// When the change was applied. Required.
  public var appliedTime: ProtoTimestamp?
  /// Issue codes that really occurred; empty when none did.
  public var incidents: [String]
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String

  public init(
    simulationID: String = "",
    actuals: [String: Double] = [:],
    appliedTime: ProtoTimestamp? = nil,
    incidents: [String] = [],
    requestID: String = ""
  ) {
    self.simulationID = simulationID
    self.actuals = actuals
    self.appliedTime = appliedTime
    self.incidents = incidents
    self.requestID = requestID
  }
}

/// The actual values are recorded.
public struct RecordActualResponse: Sendable, Equatable {
  /// Predicted against actual, one a metric.
  public var records: [TrackRecord]

  public init(
    records: [TrackRecord] = []
  ) {
    self.records = records
  }
}

/// Predicted against actual value of one metric, or of an issue: "incident.OOM_RISK" is its predicted probability against
/// 1 where it occurred and 0 where it didn't.
public struct TrackRecord: Sendable, Equatable {
  /// Simulation that predicted it; of a failure's forecast the series and the time at which it was made.
  public var simulationID: String
  /// Environment.
  public var environment: String
  /// Metric.
  public var metric: String
  /// Predicted value, in the metric's unit.
  public var predicted: Double
  /// Measured value, in the metric's unit.
  public var actual: Double
  /// Interval that was stated; absent when none was.
  public var interval: Interval?
  /// Whether the measured value lies in it; absent when none was stated.
  public var covered: Bool?
  /// Model that predicted it.
  public var model: String
  /// Regime it ran in.
  public var regime: String
  /// When the change was applied.
  public var appliedTime: ProtoTimestamp?

  public init(
    simulationID: String = "",
    environment: String = "",
    metric: String = "",
    predicted: Double = 0,
    actual: Double = 0,
    interval: Interval? = nil,
    covered: Bool? = nil,
    model: String = "",
    regime: String = "",
    appliedTime: ProtoTimestamp? = nil
  ) {
    self.simulationID = simulationID
    self.environment = environment
    self.metric = metric
    self.predicted = predicted
    self.actual = actual
    self.interval = interval
    self.covered = covered
    self.model = model
    self.regime = regime
    self.appliedTime = appliedTime
  }
}

/// Asks for a page of the track record.
public struct ListTrackRecordRequest: Sendable, Equatable {
  /// Only this environment; empty means all.
  public var environment: String
  /// Only this model; empty means all.
  public var model: String
  /// Records a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    environment: String = "",
    model: String = "",
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.environment = environment
    self.model = model
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of the track record.
public struct ListTrackRecordResponse: Sendable, Equatable {
  /// Records, newest first.
  public var records: [TrackRecord]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String
  /// Share of the matching records that had an interval and lay in it, 0 to 1; absent when none had one.
  public var coverage: Double?
  /// Matching records.
  public var total: UInt64

  public init(
    records: [TrackRecord] = [],
    nextPageToken: String = "",
    coverage: Double? = nil,
    total: UInt64 = 0
  ) {
    self.records = records
    self.nextPageToken = nextPageToken
    self.coverage = coverage
    self.total = total
  }
}

extension PredictImpactRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictImpactRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictImpactRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_impact_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictImpactRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.message(c.pointee.change_request, ChangeRequest.self)
    let value1 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.PredictImpactRequest.simulation_id")
    room.put(\.changeRequest, value0)
    room.put(\.simulationID, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictImpactRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictImpactRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.changeRequest { c.pointee.change_request = try scratch.message(value) }
    c.pointee.simulation_id = try scratch.string(self.simulationID)
  }
}

extension PredictImpactResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictImpactResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictImpactResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_impact_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictImpactResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.PredictImpactResponse.simulation_id")
    let value1 = try MessageCodec.message(c.pointee.predicted_impact, PredictedImpact.self)
    let value2 = try MessageCodec.message(c.pointee.confidence_detail, Confidence.self)
    let value3 = c.pointee.confidence
    let value4 = c.pointee.calibrated != 0
    let value5 = try MessageCodec.string(c.pointee.regime, "twin.prediction.v1.PredictImpactResponse.regime")
    let value6 = try MessageCodec.message(c.pointee.prediction_interval, Interval.self)
    let value7 = try MessageCodec.map(c.pointee.prediction_intervals, c.pointee.n_prediction_intervals) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.prediction.v1.PredictImpactResponse.PredictionIntervalsEntry.key"), MessageCodec.message(entry.value, Interval.self) ?? Interval())
    }
    room.put(\.simulationID, value0)
    room.put(\.predictedImpact, value1)
    room.put(\.confidenceDetail, value2)
    room.put(\.confidence, value3)
    room.put(\.calibrated, value4)
    room.put(\.regime, value5)
    room.put(\.predictionInterval, value6)
    room.put(\.predictionIntervals, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictImpactResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictImpactResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    if let value = self.predictedImpact { c.pointee.predicted_impact = try scratch.message(value) }
    if let value = self.confidenceDetail { c.pointee.confidence_detail = try scratch.message(value) }
    c.pointee.confidence = self.confidence
    c.pointee.calibrated = self.calibrated ? 1 : 0
    c.pointee.regime = try scratch.string(self.regime)
    if let value = self.predictionInterval { c.pointee.prediction_interval = try scratch.message(value) }
    c.pointee.n_prediction_intervals = self.predictionIntervals.count
    c.pointee.prediction_intervals = try scratch.map(self.predictionIntervals.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Prediction__V1__PredictImpactResponse__PredictionIntervalsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Prediction__V1__PredictImpactResponse__PredictionIntervalsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__prediction__v1__predict_impact_response__prediction_intervals_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
  }
}

extension Confidence: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.Confidence" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Confidence: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__confidence__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__Confidence>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.confidence
    let value1 = c.pointee.calibrated != 0
    let value2 = try MessageCodec.string(c.pointee.model, "twin.prediction.v1.Confidence.model")
    let value3 = try MessageCodec.string(c.pointee.regime, "twin.prediction.v1.Confidence.regime")
    let value4 = c.pointee.residual_count
    let value5 = c.pointee.coverage_presence_case.rawValue == 6 ? c.pointee.coverage : nil
    room.put(\.confidence, value0)
    room.put(\.calibrated, value1)
    room.put(\.model, value2)
    room.put(\.regime, value3)
    room.put(\.residualCount, value4)
    room.put(\.coverage, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__Confidence>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__Confidence())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.confidence = self.confidence
    c.pointee.calibrated = self.calibrated ? 1 : 0
    c.pointee.model = try scratch.string(self.model)
    c.pointee.regime = try scratch.string(self.regime)
    c.pointee.residual_count = self.residualCount
    if let value = self.coverage {
      c.pointee.coverage = value
      c.pointee.coverage_presence_case = Twin__Prediction__V1__Confidence__CoveragePresenceCase(rawValue: 6)
    }
  }
}

extension PredictPerformanceRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictPerformanceRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictPerformanceRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_performance_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictPerformanceRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.model, "twin.prediction.v1.PredictPerformanceRequest.model")
    let value1 = try MessageCodec.message(c.pointee.inputs, ProtoStruct.self)
    let value2 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.PredictPerformanceRequest.environment")
    let value3 = try MessageCodec.string(c.pointee.target, "twin.prediction.v1.PredictPerformanceRequest.target")
    let value4 = try MessageCodec.message(c.pointee.load_scenario, ProtoValue.self)
    let value5 = c.pointee.duration_hours_presence_case.rawValue == 6 ? c.pointee.duration_hours : nil
    let value6 = c.pointee.arrival_rate_per_s_presence_case.rawValue == 7 ? c.pointee.arrival_rate_per_s : nil
    let value7 = c.pointee.clients_presence_case.rawValue == 8 ? c.pointee.clients : nil
    let value8 = c.pointee.load_factor_presence_case.rawValue == 9 ? c.pointee.load_factor : nil
    let value9 = try MessageCodec.message(c.pointee.change, ProtoStruct.self)
    room.put(\.model, value0)
    room.put(\.inputs, value1)
    room.put(\.environment, value2)
    room.put(\.target, value3)
    room.put(\.loadScenario, value4)
    room.put(\.durationHours, value5)
    room.put(\.arrivalRatePerS, value6)
    room.put(\.clients, value7)
    room.put(\.loadFactor, value8)
    room.put(\.change, value9)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictPerformanceRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictPerformanceRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.model = try scratch.string(self.model)
    if let value = self.inputs { c.pointee.inputs = try scratch.message(value) }
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.target = try scratch.string(self.target)
    if let value = self.loadScenario { c.pointee.load_scenario = try scratch.message(value) }
    if let value = self.durationHours {
      c.pointee.duration_hours = value
      c.pointee.duration_hours_presence_case = Twin__Prediction__V1__PredictPerformanceRequest__DurationHoursPresenceCase(rawValue: 6)
    }
    if let value = self.arrivalRatePerS {
      c.pointee.arrival_rate_per_s = value
      c.pointee.arrival_rate_per_s_presence_case = Twin__Prediction__V1__PredictPerformanceRequest__ArrivalRatePerSPresenceCase(rawValue: 7)
    }
    if let value = self.clients {
      c.pointee.clients = value
      c.pointee.clients_presence_case = Twin__Prediction__V1__PredictPerformanceRequest__ClientsPresenceCase(rawValue: 8)
    }
    if let value = self.loadFactor {
      c.pointee.load_factor = value
      c.pointee.load_factor_presence_case = Twin__Prediction__V1__PredictPerformanceRequest__LoadFactorPresenceCase(rawValue: 9)
    }
    if let value = self.change { c.pointee.change = try scratch.message(value) }
  }
}

extension PredictPerformanceResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictPerformanceResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictPerformanceResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_performance_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictPerformanceResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.model, "twin.prediction.v1.PredictPerformanceResponse.model")
    let value1 = try MessageCodec.message(c.pointee.outputs, ProtoStruct.self)
    let value2 = try MessageCodec.map(c.pointee.prediction_intervals, c.pointee.n_prediction_intervals) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.prediction.v1.PredictPerformanceResponse.PredictionIntervalsEntry.key"), MessageCodec.message(entry.value, Interval.self) ?? Interval())
    }
    let value3 = try MessageCodec.string(c.pointee.equation, "twin.prediction.v1.PredictPerformanceResponse.equation")
    let value4 = try MessageCodec.string(c.pointee.regime, "twin.prediction.v1.PredictPerformanceResponse.regime")
    let value5 = c.pointee.confidence
    let value6 = c.pointee.calibrated != 0
    let value7 = try MessageCodec.string(c.pointee.source, "twin.prediction.v1.PredictPerformanceResponse.source")
    let value8 = try MessageCodec.array(c.pointee.assumptions, c.pointee.n_assumptions) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.PredictPerformanceResponse.assumptions")
    }
    let value9 = try MessageCodec.message(c.pointee.inputs, ProtoStruct.self)
    let value10 = try MessageCodec.message(c.pointee.before, ProtoStruct.self)
    let value11 = try MessageCodec.array(c.pointee.unknowns, c.pointee.n_unknowns) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.PredictPerformanceResponse.unknowns")
    }
    let value12 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.PredictPerformanceResponse.environment")
    let value13 = try MessageCodec.string(c.pointee.target, "twin.prediction.v1.PredictPerformanceResponse.target")
    let value14 = c.pointee.stale != 0
    room.put(\.model, value0)
    room.put(\.outputs, value1)
    room.put(\.predictionIntervals, value2)
    room.put(\.equation, value3)
    room.put(\.regime, value4)
    room.put(\.confidence, value5)
    room.put(\.calibrated, value6)
    room.put(\.source, value7)
    room.put(\.assumptions, value8)
    room.put(\.inputs, value9)
    room.put(\.before, value10)
    room.put(\.unknowns, value11)
    room.put(\.environment, value12)
    room.put(\.target, value13)
    room.put(\.stale, value14)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictPerformanceResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictPerformanceResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(15 * 2 * Scratch.headBytes)
    c.pointee.model = try scratch.string(self.model)
    if let value = self.outputs { c.pointee.outputs = try scratch.message(value) }
    c.pointee.n_prediction_intervals = self.predictionIntervals.count
    c.pointee.prediction_intervals = try scratch.map(self.predictionIntervals.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Prediction__V1__PredictPerformanceResponse__PredictionIntervalsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Prediction__V1__PredictPerformanceResponse__PredictionIntervalsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__prediction__v1__predict_performance_response__prediction_intervals_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    c.pointee.equation = try scratch.string(self.equation)
    c.pointee.regime = try scratch.string(self.regime)
    c.pointee.confidence = self.confidence
    c.pointee.calibrated = self.calibrated ? 1 : 0
    c.pointee.source = try scratch.string(self.source)
    c.pointee.n_assumptions = self.assumptions.count
    c.pointee.assumptions = try scratch.array(self.assumptions) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    if let value = self.inputs { c.pointee.inputs = try scratch.message(value) }
    if let value = self.before { c.pointee.before = try scratch.message(value) }
    c.pointee.n_unknowns = self.unknowns.count
    c.pointee.unknowns = try scratch.array(self.unknowns) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.target = try scratch.string(self.target)
    c.pointee.stale = self.stale ? 1 : 0
  }
}

extension PredictFailuresRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictFailuresRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictFailuresRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_failures_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictFailuresRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.PredictFailuresRequest.environment")
    let value1 = try MessageCodec.string(c.pointee.target_system, "twin.prediction.v1.PredictFailuresRequest.target_system")
    let value2 = c.pointee.horizon_hours_presence_case.rawValue == 3 ? c.pointee.horizon_hours : nil
    let value3 = c.pointee.page_size
    let value4 = try MessageCodec.string(c.pointee.page_token, "twin.prediction.v1.PredictFailuresRequest.page_token")
    room.put(\.environment, value0)
    room.put(\.targetSystem, value1)
    room.put(\.horizonHours, value2)
    room.put(\.pageSize, value3)
    room.put(\.pageToken, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictFailuresRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictFailuresRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.target_system = try scratch.string(self.targetSystem)
    if let value = self.horizonHours {
      c.pointee.horizon_hours = value
      c.pointee.horizon_hours_presence_case = Twin__Prediction__V1__PredictFailuresRequest__HorizonHoursPresenceCase(rawValue: 3)
    }
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension PredictFailuresResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictFailuresResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictFailuresResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predict_failures_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictFailuresResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.PredictFailuresResponse.environment")
    let value1 = try MessageCodec.messages(c.pointee.failures, c.pointee.n_failures, PredictedFailure.self)
    let value2 = try MessageCodec.string(c.pointee.next_page_token, "twin.prediction.v1.PredictFailuresResponse.next_page_token")
    let value3 = try MessageCodec.message(c.pointee.data_time, ProtoTimestamp.self)
    let value4 = c.pointee.stale != 0
    room.put(\.environment, value0)
    room.put(\.failures, value1)
    room.put(\.nextPageToken, value2)
    room.put(\.dataTime, value3)
    room.put(\.stale, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictFailuresResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictFailuresResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.n_failures = self.failures.count
    c.pointee.failures = try scratch.messages(self.failures)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
    if let value = self.dataTime { c.pointee.data_time = try scratch.message(value) }
    c.pointee.stale = self.stale ? 1 : 0
  }
}

extension PredictedFailure: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.PredictedFailure" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictedFailure: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__predicted_failure__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__PredictedFailure>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.code, "twin.prediction.v1.PredictedFailure.code")
    let value1 = try MessageCodec.string(c.pointee.target, "twin.prediction.v1.PredictedFailure.target")
    let value2 = try MessageCodec.string(c.pointee.metric, "twin.prediction.v1.PredictedFailure.metric")
    let value3 = Severity(rawValue: Int32(truncatingIfNeeded: c.pointee.severity.rawValue))
    let value4 = try MessageCodec.string(c.pointee.message, "twin.prediction.v1.PredictedFailure.message")
    let value5 = c.pointee.probability
    let value6 = try MessageCodec.message(c.pointee.expected_time, ProtoTimestamp.self)
    let value7 = try MessageCodec.message(c.pointee.earliest_time, ProtoTimestamp.self)
    let value8 = try MessageCodec.message(c.pointee.latest_time, ProtoTimestamp.self)
    let value9 = try MessageCodec.message(c.pointee.evidence, Evidence.self)
    let value10 = c.pointee.confidence
    let value11 = c.pointee.calibrated != 0
    room.put(\.code, value0)
    room.put(\.target, value1)
    room.put(\.metric, value2)
    room.put(\.severity, value3)
    room.put(\.message, value4)
    room.put(\.probability, value5)
    room.put(\.expectedTime, value6)
    room.put(\.earliestTime, value7)
    room.put(\.latestTime, value8)
    room.put(\.evidence, value9)
    room.put(\.confidence, value10)
    room.put(\.calibrated, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__PredictedFailure>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__PredictedFailure())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.code = try scratch.string(self.code)
    c.pointee.target = try scratch.string(self.target)
    c.pointee.metric = try scratch.string(self.metric)
    c.pointee.severity = Twin__Common__V1__Severity(rawValue: .init(truncatingIfNeeded: self.severity.rawValue))
    c.pointee.message = try scratch.string(self.message)
    c.pointee.probability = self.probability
    if let value = self.expectedTime { c.pointee.expected_time = try scratch.message(value) }
    if let value = self.earliestTime { c.pointee.earliest_time = try scratch.message(value) }
    if let value = self.latestTime { c.pointee.latest_time = try scratch.message(value) }
    if let value = self.evidence { c.pointee.evidence = try scratch.message(value) }
    c.pointee.confidence = self.confidence
    c.pointee.calibrated = self.calibrated ? 1 : 0
  }
}

extension ListModelsRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListModelsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListModelsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_models_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListModelsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.prediction.v1.ListModelsRequest.page_token")
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListModelsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListModelsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListModelsResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListModelsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListModelsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_models_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListModelsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.models, c.pointee.n_models, Model.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.prediction.v1.ListModelsResponse.next_page_token")
    room.put(\.models, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListModelsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListModelsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_models = self.models.count
    c.pointee.models = try scratch.messages(self.models)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension Model: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.Model" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Model: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__model__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__Model>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.prediction.v1.Model.name")
    let value1 = try MessageCodec.string(c.pointee.version, "twin.prediction.v1.Model.version")
    let value2 = try MessageCodec.string(c.pointee.description, "twin.prediction.v1.Model.description")
    let value3 = try MessageCodec.array(c.pointee.inputs, c.pointee.n_inputs) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.Model.inputs")
    }
    let value4 = try MessageCodec.array(c.pointee.outputs, c.pointee.n_outputs) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.Model.outputs")
    }
    let value5 = try MessageCodec.string(c.pointee.source, "twin.prediction.v1.Model.source")
    let value6 = try MessageCodec.array(c.pointee.regimes, c.pointee.n_regimes) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.Model.regimes")
    }
    room.put(\.name, value0)
    room.put(\.version, value1)
    room.put(\.description, value2)
    room.put(\.inputs, value3)
    room.put(\.outputs, value4)
    room.put(\.source, value5)
    room.put(\.regimes, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__Model>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__Model())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.version = try scratch.string(self.version)
    c.pointee.description = try scratch.string(self.description)
    c.pointee.n_inputs = self.inputs.count
    c.pointee.inputs = try scratch.array(self.inputs) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_outputs = self.outputs.count
    c.pointee.outputs = try scratch.array(self.outputs) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.source = try scratch.string(self.source)
    c.pointee.n_regimes = self.regimes.count
    c.pointee.regimes = try scratch.array(self.regimes) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension RecordActualRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.RecordActualRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordActualRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__record_actual_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__RecordActualRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.RecordActualRequest.simulation_id")
    let value1 = try MessageCodec.map(c.pointee.actuals, c.pointee.n_actuals) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.prediction.v1.RecordActualRequest.ActualsEntry.key"), entry.value)
    }
    let value2 = try MessageCodec.message(c.pointee.applied_time, ProtoTimestamp.self)
    let value3 = try MessageCodec.array(c.pointee.incidents, c.pointee.n_incidents) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.prediction.v1.RecordActualRequest.incidents")
    }
    let value4 = try MessageCodec.string(c.pointee.request_id, "twin.prediction.v1.RecordActualRequest.request_id")
    room.put(\.simulationID, value0)
    room.put(\.actuals, value1)
    room.put(\.appliedTime, value2)
    room.put(\.incidents, value3)
    room.put(\.requestID, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__RecordActualRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__RecordActualRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.n_actuals = self.actuals.count
    c.pointee.actuals = try scratch.map(self.actuals.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Prediction__V1__RecordActualRequest__ActualsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Prediction__V1__RecordActualRequest__ActualsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__prediction__v1__record_actual_request__actuals_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    if let value = self.appliedTime { c.pointee.applied_time = try scratch.message(value) }
    c.pointee.n_incidents = self.incidents.count
    c.pointee.incidents = try scratch.array(self.incidents) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.request_id = try scratch.string(self.requestID)
  }
}

extension RecordActualResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.RecordActualResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RecordActualResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__record_actual_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__RecordActualResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.records, c.pointee.n_records, TrackRecord.self)
    room.put(\.records, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__RecordActualResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__RecordActualResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_records = self.records.count
    c.pointee.records = try scratch.messages(self.records)
  }
}

extension TrackRecord: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.TrackRecord" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TrackRecord: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__track_record__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__TrackRecord>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.simulation_id, "twin.prediction.v1.TrackRecord.simulation_id")
    let value1 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.TrackRecord.environment")
    let value2 = try MessageCodec.string(c.pointee.metric, "twin.prediction.v1.TrackRecord.metric")
    let value3 = c.pointee.predicted
    let value4 = c.pointee.actual
    let value5 = try MessageCodec.message(c.pointee.interval, Interval.self)
    let value6 = c.pointee.covered_presence_case.rawValue == 7 ? c.pointee.covered != 0 : nil
    let value7 = try MessageCodec.string(c.pointee.model, "twin.prediction.v1.TrackRecord.model")
    let value8 = try MessageCodec.string(c.pointee.regime, "twin.prediction.v1.TrackRecord.regime")
    let value9 = try MessageCodec.message(c.pointee.applied_time, ProtoTimestamp.self)
    room.put(\.simulationID, value0)
    room.put(\.environment, value1)
    room.put(\.metric, value2)
    room.put(\.predicted, value3)
    room.put(\.actual, value4)
    room.put(\.interval, value5)
    room.put(\.covered, value6)
    room.put(\.model, value7)
    room.put(\.regime, value8)
    room.put(\.appliedTime, value9)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__TrackRecord>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__TrackRecord())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.metric = try scratch.string(self.metric)
    c.pointee.predicted = self.predicted
    c.pointee.actual = self.actual
    if let value = self.interval { c.pointee.interval = try scratch.message(value) }
    if let value = self.covered {
      c.pointee.covered = value ? 1 : 0
      c.pointee.covered_presence_case = Twin__Prediction__V1__TrackRecord__CoveredPresenceCase(rawValue: 7)
    }
    c.pointee.model = try scratch.string(self.model)
    c.pointee.regime = try scratch.string(self.regime)
    if let value = self.appliedTime { c.pointee.applied_time = try scratch.message(value) }
  }
}

extension ListTrackRecordRequest: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListTrackRecordRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTrackRecordRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_track_record_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListTrackRecordRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.environment, "twin.prediction.v1.ListTrackRecordRequest.environment")
    let value1 = try MessageCodec.string(c.pointee.model, "twin.prediction.v1.ListTrackRecordRequest.model")
    let value2 = c.pointee.page_size
    let value3 = try MessageCodec.string(c.pointee.page_token, "twin.prediction.v1.ListTrackRecordRequest.page_token")
    room.put(\.environment, value0)
    room.put(\.model, value1)
    room.put(\.pageSize, value2)
    room.put(\.pageToken, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListTrackRecordRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListTrackRecordRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.environment = try scratch.string(self.environment)
    c.pointee.model = try scratch.string(self.model)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListTrackRecordResponse: RPCMessage {
  public static var messageName: String { "twin.prediction.v1.ListTrackRecordResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListTrackRecordResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__prediction__v1__list_track_record_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Prediction__V1__ListTrackRecordResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.records, c.pointee.n_records, TrackRecord.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.prediction.v1.ListTrackRecordResponse.next_page_token")
    let value2 = c.pointee.coverage_presence_case.rawValue == 3 ? c.pointee.coverage : nil
    let value3 = c.pointee.total
    room.put(\.records, value0)
    room.put(\.nextPageToken, value1)
    room.put(\.coverage, value2)
    room.put(\.total, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Prediction__V1__ListTrackRecordResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Prediction__V1__ListTrackRecordResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.n_records = self.records.count
    c.pointee.records = try scratch.messages(self.records)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
    if let value = self.coverage {
      c.pointee.coverage = value
      c.pointee.coverage_presence_case = Twin__Prediction__V1__ListTrackRecordResponse__CoveragePresenceCase(rawValue: 3)
    }
    c.pointee.total = self.total
  }
}
