// Generated from twin/common/v1/impact.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// What to do with a change.
public enum Recommendation: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// Score below 20.
  case approve
  /// Score 20 to below 50.
  case approveWithMonitoring
  /// Score 50 to below 80: a person approves.
  case requireApproval
  /// Score from 80.
  case block
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [Recommendation] {
    [
      .unspecified,
      .approve,
      .approveWithMonitoring,
      .requireApproval,
      .block,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .approve
    case 2: self = .approveWithMonitoring
    case 3: self = .requireApproval
    case 4: self = .block
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .approve: 1
    case .approveWithMonitoring: 2
    case .requireApproval: 3
    case .block: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// How bad an issue is.
public enum Severity: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// Worth knowing.
  case info
  /// Small or quickly undone.
  case low
  /// Noticeable, recoverable.
  case medium
  /// Users notice, or recovery takes work.
  case high
  /// Outage, data loss or exposure.
  case critical
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [Severity] {
    [
      .unspecified,
      .info,
      .low,
      .medium,
      .high,
      .critical,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .info
    case 2: self = .low
    case 3: self = .medium
    case 4: self = .high
    case 5: self = .critical
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .info: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    case .critical: 5
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Where the load of simulated hours comes from.
public enum LoadSource: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// Recorded values, replayed.
  case recorded
  /// A forecast from recorded values.
  case forecast
  /// A daily wave under the known peak: too little was recorded.
  case assumed
  /// The known peak, held.
  case peak
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [LoadSource] {
    [
      .unspecified,
      .recorded,
      .forecast,
      .assumed,
      .peak,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .recorded
    case 2: self = .forecast
    case 3: self = .assumed
    case 4: self = .peak
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .recorded: 1
    case .forecast: 2
    case .assumed: 3
    case .peak: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// How a span of simulated time was computed.
public enum HoursMethod: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// As a steady state.
  case analytic
  /// As a fluid that piles up.
  case fluid
  /// Every request as an event of its own.
  case discreteEvent
  /// As the last moment that was simulated event by event, once the bound on events was met.
  case held
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [HoursMethod] {
    [
      .unspecified,
      .analytic,
      .fluid,
      .discreteEvent,
      .held,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .analytic
    case 2: self = .fluid
    case 3: self = .discreteEvent
    case 4: self = .held
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .analytic: 1
    case .fluid: 2
    case .discreteEvent: 3
    case .held: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// What a change is predicted to do.
public struct PredictedImpact: Sendable, Equatable {
  /// Risk, 0 to 100; at least 50 exactly when the change should be stopped.
  public var riskScore: Double
  /// The score's level.
  public var riskLevel: RiskLevel
  /// The score's recommendation.
  public var recommendation: Recommendation
  /// Issues found, gravest first.
  public var issues: [Issue]
  /// Metrics before the change, by name with the unit in the name.
  public var before: ProtoStruct?
  /// The same metrics as predicted after the change.
  public var after: ProtoStruct?
  /// Cost of the change; absent when it changes none.
  public var cost: CostImpact?
  /// How the score comes about.
  public var factors: RiskFactors?

  public init(
    riskScore: Double = 0,
    riskLevel: RiskLevel = .unspecified,
    recommendation: Recommendation = .unspecified,
    issues: [Issue] = [],
    before: ProtoStruct? = nil,
    after: ProtoStruct? = nil,
    cost: CostImpact? = nil,
    factors: RiskFactors? = nil
  ) {
    self.riskScore = riskScore
    self.riskLevel = riskLevel
    self.recommendation = recommendation
    self.issues = issues
    self.before = before
    self.after = after
    self.cost = cost
    self.factors = factors
  }
}

/// One issue that a change is predicted to cause.
public struct Issue: Sendable, Equatable {
  /// Stable code such as "OOM_RISK".
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// The issue in a sentence with its numbers.
  public var message: String
  /// The calculation behind it.
  public var evidence: Evidence?
  /// Probability that it happens, 0 to 1.
  public var probability: Double?
  /// Key of the change that causes it; empty when it isn't one key.
  public var field: String
  /// Simulated hour at which it first shows, 0 or more.
  public var firstHour: Double?
  /// What would avoid it; empty when nothing is known.
  public var remedy: String
  /// What it adds to the risk; absent when it adds nothing that was estimated.
  public var factors: RiskFactors?

  public init(
    code: String = "",
    severity: Severity = .unspecified,
    message: String = "",
    evidence: Evidence? = nil,
    probability: Double? = nil,
    field: String = "",
    firstHour: Double? = nil,
    remedy: String = "",
    factors: RiskFactors? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.evidence = evidence
    self.probability = probability
    self.field = field
    self.firstHour = firstHour
    self.remedy = remedy
    self.factors = factors
  }
}

/// The calculation that supports an issue.
public struct Evidence: Sendable, Equatable {
  /// Name of the model, such as "postgresql_memory".
  public var model: String
  /// The equation in text.
  public var equation: String
  /// Its inputs by name with the unit in the name.
  public var inputs: ProtoStruct?
  /// Its value.
  public var value: Double
  /// Unit of the value and of the threshold.
  public var unit: String
  /// The bound that the value is compared with; absent when there is none.
  public var threshold: Double?
  /// Publication, manual page or standard it comes from.
  public var source: String

  public init(
    model: String = "",
    equation: String = "",
    inputs: ProtoStruct? = nil,
    value: Double = 0,
    unit: String = "",
    threshold: Double? = nil,
    source: String = ""
  ) {
    self.model = model
    self.equation = equation
    self.inputs = inputs
    self.value = value
    self.unit = unit
    self.threshold = threshold
    self.source = source
  }
}

/// Cost of a change.
public struct CostImpact: Sendable, Equatable {
  /// Cost before, in USD a month of 730 h.
  public var monthlyBeforeUsd: Double
  /// Cost after, in USD a month of 730 h.
  public var monthlyAfterUsd: Double
  /// After minus before, in USD a month of 730 h.
  public var monthlyDeltaUsd: Double
  /// Date of the price sheet, YYYY-MM-DD.
  public var priceDate: String
  /// Where the prices come from.
  public var priceSource: String

  public init(
    monthlyBeforeUsd: Double = 0,
    monthlyAfterUsd: Double = 0,
    monthlyDeltaUsd: Double = 0,
    priceDate: String = "",
    priceSource: String = ""
  ) {
    self.monthlyBeforeUsd = monthlyBeforeUsd
    self.monthlyAfterUsd = monthlyAfterUsd
    self.monthlyDeltaUsd = monthlyDeltaUsd
    self.priceDate = priceDate
    self.priceSource = priceSource
  }
}

/// Parts of a risk score.
public struct RiskFactors: Sendable, Equatable {
  /// Probability that something goes wrong, 0 to 1.
  public var probability: Double
  /// How bad it would be, 0 to 1.
  public var consequence: Double
  /// How much is exposed to it, 0 to 1.
  public var exposure: Double
  /// How easily it is undone, 0 (never) to 1 (at once).
  public var reversibility: Double
  /// Share of users or systems hit, 0 to 1.
  public var blastRadius: Double
  /// Deciding facts that are unknown, by their key.
  public var unknowns: [String]
  /// Why the score was raised beyond the issues' own, such as "STALE_SYNC".
  public var raisedBy: [String]

  public init(
    probability: Double = 0,
    consequence: Double = 0,
    exposure: Double = 0,
    reversibility: Double = 0,
    blastRadius: Double = 0,
    unknowns: [String] = [],
    raisedBy: [String] = []
  ) {
    self.probability = probability
    self.consequence = consequence
    self.exposure = exposure
    self.reversibility = reversibility
    self.blastRadius = blastRadius
    self.unknowns = unknowns
    self.raisedBy = raisedBy
  }
}

/// An interval that a value lies in with a stated probability.
public struct Interval: Sendable, Equatable {
  /// Lower end, in the unit of its metric.
  public var low: Double
  /// Upper end, in the unit of its metric.
  public var high: Double
  /// Stated probability, over 0 to below 1, such as 0.9.
  public var level: Double

  public init(
    low: Double = 0,
    high: Double = 0,
    level: Double = 0
  ) {
    self.low = low
    self.high = high
    self.level = level
  }
}

/// A span of simulated time that was computed in one way.
public struct HoursWindow: Sendable, Equatable {
  /// Start in s.
  public var fromS: Double
  /// End in s.
  public var toS: Double
  /// How it was computed.
  public var method: HoursMethod

  public init(
    fromS: Double = 0,
    toS: Double = 0,
    method: HoursMethod = .unspecified
  ) {
    self.fromS = fromS
    self.toS = toS
    self.method = method
  }
}

/// Which load the hours after a change were simulated under, and how.
public struct SimulatedHours: Sendable, Equatable {
  /// Load scenario, such as "forecast", "recorded", "peak_traffic", "flash_crowd".
  public var loadScenario: String
  /// Its parameters as they were used, defaults included, with the unit in the name.
  public var parameters: ProtoStruct?
  /// Where the load comes from.
  public var loadSource: LoadSource
  /// The load in a sentence, such as "load assumed: a daily wave under the known peak of 1,000 requests/s".
  public var statement: String
  /// Metric that was read; empty when none was.
  public var metric: String
  /// Start of the values that were used; absent without any.
  public var windowStart: ProtoTimestamp?
  /// Their end.
  public var windowEnd: ProtoTimestamp?
  /// How many they are.
  public var points: UInt32
  /// Of these, how many nobody recorded and were filled from the days beside them.
  public var filledPoints: UInt32
  /// Length of one in s; 0 without any.
  public var stepS: Double
  /// Method of the forecast, such as "Holt-Winters additive, damped" or "seasonal naive"; empty without one.
  public var method: String
  /// Mean absolute error of that method on values it hadn't seen, in units of the seasonal-naive error on those before
  /// them; absent without a forecast.
  public var heldOutError: Double?
  /// The same of the seasonal-naive forecast.
  public var naiveError: Double?
  /// Probability with which each interval of the forecast holds its value; saturation is judged at its upper end.
  public var coverage: Double?
  /// Highest load in requests/s.
  public var peakRatePerS: Double
  /// Highest upper end of the forecast's intervals in requests/s.
  public var upperPeakRatePerS: Double?
  /// How the time was computed, in order; at most 200.
  public var windows: [HoursWindow]
  /// Windows that are left out.
  public var windowsLeftOut: UInt32
  /// Simulated time by method in s.
  public var analyticS: Double
  /// See analytic_s.
  public var fluidS: Double
  /// See analytic_s.
  public var discreteEventS: Double
  /// See analytic_s.
  public var heldS: Double
  /// Events that were simulated.
  public var events: UInt64
  /// Seed.
  public var seed: UInt64
  /// Why the hours were not simulated; empty when they were.
  public var notSimulated: String

  public init(
    loadScenario: String = "",
    parameters: ProtoStruct? = nil,
    loadSource: LoadSource = .unspecified,
    statement: String = "",
    metric: String = "",
    windowStart: ProtoTimestamp? = nil,
    windowEnd: ProtoTimestamp? = nil,
    points: UInt32 = 0,
    filledPoints: UInt32 = 0,
    stepS: Double = 0,
    method: String = "",
    heldOutError: Double? = nil,
    naiveError: Double? = nil,
    coverage: Double? = nil,
    peakRatePerS: Double = 0,
    upperPeakRatePerS: Double? = nil,
    windows: [HoursWindow] = [],
    windowsLeftOut: UInt32 = 0,
    analyticS: Double = 0,
    fluidS: Double = 0,
    discreteEventS: Double = 0,
    heldS: Double = 0,
    events: UInt64 = 0,
    seed: UInt64 = 0,
    notSimulated: String = ""
  ) {
    self.loadScenario = loadScenario
    self.parameters = parameters
    self.loadSource = loadSource
    self.statement = statement
    self.metric = metric
    self.windowStart = windowStart
    self.windowEnd = windowEnd
    self.points = points
    self.filledPoints = filledPoints
    self.stepS = stepS
    self.method = method
    self.heldOutError = heldOutError
    self.naiveError = naiveError
    self.coverage = coverage
    self.peakRatePerS = peakRatePerS
    self.upperPeakRatePerS = upperPeakRatePerS
    self.windows = windows
    self.windowsLeftOut = windowsLeftOut
    self.analyticS = analyticS
    self.fluidS = fluidS
    self.discreteEventS = discreteEventS
    self.heldS = heldS
    self.events = events
    self.seed = seed
    self.notSimulated = notSimulated
  }
}

extension PredictedImpact: RPCMessage {
  public static var messageName: String { "twin.common.v1.PredictedImpact" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictedImpact: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__predicted_impact__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__PredictedImpact>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.risk_score
    let value1 = RiskLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.risk_level.rawValue))
    let value2 = Recommendation(rawValue: Int32(truncatingIfNeeded: c.pointee.recommendation.rawValue))
    let value3 = try MessageCodec.messages(c.pointee.issues, c.pointee.n_issues, Issue.self)
    let value4 = try MessageCodec.message(c.pointee.before, ProtoStruct.self)
    let value5 = try MessageCodec.message(c.pointee.after, ProtoStruct.self)
    let value6 = try MessageCodec.message(c.pointee.cost, CostImpact.self)
    let value7 = try MessageCodec.message(c.pointee.factors, RiskFactors.self)
    room.put(\.riskScore, value0)
    room.put(\.riskLevel, value1)
    room.put(\.recommendation, value2)
    room.put(\.issues, value3)
    room.put(\.before, value4)
    room.put(\.after, value5)
    room.put(\.cost, value6)
    room.put(\.factors, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__PredictedImpact>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__PredictedImpact())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.risk_score = self.riskScore
    c.pointee.risk_level = Twin__Common__V1__RiskLevel(rawValue: .init(truncatingIfNeeded: self.riskLevel.rawValue))
    c.pointee.recommendation = Twin__Common__V1__Recommendation(rawValue: .init(truncatingIfNeeded: self.recommendation.rawValue))
    c.pointee.n_issues = self.issues.count
    c.pointee.issues = try scratch.messages(self.issues)
    if let value = self.before { c.pointee.before = try scratch.message(value) }
    if let value = self.after { c.pointee.after = try scratch.message(value) }
    if let value = self.cost { c.pointee.cost = try scratch.message(value) }
    if let value = self.factors { c.pointee.factors = try scratch.message(value) }
  }
}

extension Issue: RPCMessage {
  public static var messageName: String { "twin.common.v1.Issue" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Issue: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__issue__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Issue>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.code, "twin.common.v1.Issue.code")
    let value1 = Severity(rawValue: Int32(truncatingIfNeeded: c.pointee.severity.rawValue))
    let value2 = try MessageCodec.string(c.pointee.message, "twin.common.v1.Issue.message")
    let value3 = try MessageCodec.message(c.pointee.evidence, Evidence.self)
    let value4 = c.pointee.probability_presence_case.rawValue == 5 ? c.pointee.probability : nil
    let value5 = try MessageCodec.string(c.pointee.field, "twin.common.v1.Issue.field")
    let value6 = c.pointee.first_hour_presence_case.rawValue == 7 ? c.pointee.first_hour : nil
    let value7 = try MessageCodec.string(c.pointee.remedy, "twin.common.v1.Issue.remedy")
    let value8 = try MessageCodec.message(c.pointee.factors, RiskFactors.self)
    room.put(\.code, value0)
    room.put(\.severity, value1)
    room.put(\.message, value2)
    room.put(\.evidence, value3)
    room.put(\.probability, value4)
    room.put(\.field, value5)
    room.put(\.firstHour, value6)
    room.put(\.remedy, value7)
    room.put(\.factors, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Issue>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Issue())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.code = try scratch.string(self.code)
    c.pointee.severity = Twin__Common__V1__Severity(rawValue: .init(truncatingIfNeeded: self.severity.rawValue))
    c.pointee.message = try scratch.string(self.message)
    if let value = self.evidence { c.pointee.evidence = try scratch.message(value) }
    if let value = self.probability {
      c.pointee.probability = value
      c.pointee.probability_presence_case = Twin__Common__V1__Issue__ProbabilityPresenceCase(rawValue: 5)
    }
    c.pointee.field = try scratch.string(self.field)
    if let value = self.firstHour {
      c.pointee.first_hour = value
      c.pointee.first_hour_presence_case = Twin__Common__V1__Issue__FirstHourPresenceCase(rawValue: 7)
    }
    c.pointee.remedy = try scratch.string(self.remedy)
    if let value = self.factors { c.pointee.factors = try scratch.message(value) }
  }
}

extension Evidence: RPCMessage {
  public static var messageName: String { "twin.common.v1.Evidence" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Evidence: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__evidence__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Evidence>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.model, "twin.common.v1.Evidence.model")
    let value1 = try MessageCodec.string(c.pointee.equation, "twin.common.v1.Evidence.equation")
    let value2 = try MessageCodec.message(c.pointee.inputs, ProtoStruct.self)
    let value3 = c.pointee.value
    let value4 = try MessageCodec.string(c.pointee.unit, "twin.common.v1.Evidence.unit")
    let value5 = c.pointee.threshold_presence_case.rawValue == 6 ? c.pointee.threshold : nil
    let value6 = try MessageCodec.string(c.pointee.source, "twin.common.v1.Evidence.source")
    room.put(\.model, value0)
    room.put(\.equation, value1)
    room.put(\.inputs, value2)
    room.put(\.value, value3)
    room.put(\.unit, value4)
    room.put(\.threshold, value5)
    room.put(\.source, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Evidence>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Evidence())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.model = try scratch.string(self.model)
    c.pointee.equation = try scratch.string(self.equation)
    if let value = self.inputs { c.pointee.inputs = try scratch.message(value) }
    c.pointee.value = self.value
    c.pointee.unit = try scratch.string(self.unit)
    if let value = self.threshold {
      c.pointee.threshold = value
      c.pointee.threshold_presence_case = Twin__Common__V1__Evidence__ThresholdPresenceCase(rawValue: 6)
    }
    c.pointee.source = try scratch.string(self.source)
  }
}

extension CostImpact: RPCMessage {
  public static var messageName: String { "twin.common.v1.CostImpact" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CostImpact: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__cost_impact__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__CostImpact>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.monthly_before_usd
    let value1 = c.pointee.monthly_after_usd
    let value2 = c.pointee.monthly_delta_usd
    let value3 = try MessageCodec.string(c.pointee.price_date, "twin.common.v1.CostImpact.price_date")
    let value4 = try MessageCodec.string(c.pointee.price_source, "twin.common.v1.CostImpact.price_source")
    room.put(\.monthlyBeforeUsd, value0)
    room.put(\.monthlyAfterUsd, value1)
    room.put(\.monthlyDeltaUsd, value2)
    room.put(\.priceDate, value3)
    room.put(\.priceSource, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__CostImpact>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__CostImpact())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.monthly_before_usd = self.monthlyBeforeUsd
    c.pointee.monthly_after_usd = self.monthlyAfterUsd
    c.pointee.monthly_delta_usd = self.monthlyDeltaUsd
    c.pointee.price_date = try scratch.string(self.priceDate)
    c.pointee.price_source = try scratch.string(self.priceSource)
  }
}

extension RiskFactors: RPCMessage {
  public static var messageName: String { "twin.common.v1.RiskFactors" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RiskFactors: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__risk_factors__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__RiskFactors>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.probability
    let value1 = c.pointee.consequence
    let value2 = c.pointee.exposure
    let value3 = c.pointee.reversibility
    let value4 = c.pointee.blast_radius
    let value5 = try MessageCodec.array(c.pointee.unknowns, c.pointee.n_unknowns) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.RiskFactors.unknowns")
    }
    let value6 = try MessageCodec.array(c.pointee.raised_by, c.pointee.n_raised_by) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.RiskFactors.raised_by")
    }
    room.put(\.probability, value0)
    room.put(\.consequence, value1)
    room.put(\.exposure, value2)
    room.put(\.reversibility, value3)
    room.put(\.blastRadius, value4)
    room.put(\.unknowns, value5)
    room.put(\.raisedBy, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__RiskFactors>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__RiskFactors())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.probability = self.probability
    c.pointee.consequence = self.consequence
    c.pointee.exposure = self.exposure
    c.pointee.reversibility = self.reversibility
    c.pointee.blast_radius = self.blastRadius
    c.pointee.n_unknowns = self.unknowns.count
    c.pointee.unknowns = try scratch.array(self.unknowns) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_raised_by = self.raisedBy.count
    c.pointee.raised_by = try scratch.array(self.raisedBy) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension Interval: RPCMessage {
  public static var messageName: String { "twin.common.v1.Interval" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Interval: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__interval__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Interval>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.low
    let value1 = c.pointee.high
    let value2 = c.pointee.level
    room.put(\.low, value0)
    room.put(\.high, value1)
    room.put(\.level, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Interval>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Interval())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.low = self.low
    c.pointee.high = self.high
    c.pointee.level = self.level
  }
}

extension HoursWindow: RPCMessage {
  public static var messageName: String { "twin.common.v1.HoursWindow" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension HoursWindow: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__hours_window__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__HoursWindow>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.from_s
    let value1 = c.pointee.to_s
    let value2 = HoursMethod(rawValue: Int32(truncatingIfNeeded: c.pointee.method.rawValue))
    room.put(\.fromS, value0)
    room.put(\.toS, value1)
    room.put(\.method, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__HoursWindow>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__HoursWindow())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.from_s = self.fromS
    c.pointee.to_s = self.toS
    c.pointee.method = Twin__Common__V1__HoursMethod(rawValue: .init(truncatingIfNeeded: self.method.rawValue))
  }
}

extension SimulatedHours: RPCMessage {
  public static var messageName: String { "twin.common.v1.SimulatedHours" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SimulatedHours: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__simulated_hours__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__SimulatedHours>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.load_scenario, "twin.common.v1.SimulatedHours.load_scenario")
    let value1 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value2 = LoadSource(rawValue: Int32(truncatingIfNeeded: c.pointee.load_source.rawValue))
    let value3 = try MessageCodec.string(c.pointee.statement, "twin.common.v1.SimulatedHours.statement")
    let value4 = try MessageCodec.string(c.pointee.metric, "twin.common.v1.SimulatedHours.metric")
    let value5 = try MessageCodec.message(c.pointee.window_start, ProtoTimestamp.self)
    let value6 = try MessageCodec.message(c.pointee.window_end, ProtoTimestamp.self)
    let value7 = c.pointee.points
    let value8 = c.pointee.filled_points
    let value9 = c.pointee.step_s
    let value10 = try MessageCodec.string(c.pointee.method, "twin.common.v1.SimulatedHours.method")
    let value11 = c.pointee.held_out_error_presence_case.rawValue == 12 ? c.pointee.held_out_error : nil
    let value12 = c.pointee.naive_error_presence_case.rawValue == 13 ? c.pointee.naive_error : nil
    let value13 = c.pointee.coverage_presence_case.rawValue == 14 ? c.pointee.coverage : nil
    let value14 = c.pointee.peak_rate_per_s
    let value15 = c.pointee.upper_peak_rate_presence_case.rawValue == 16 ? c.pointee.upper_peak_rate_per_s : nil
    let value16 = try MessageCodec.messages(c.pointee.windows, c.pointee.n_windows, HoursWindow.self)
    let value17 = c.pointee.windows_left_out
    let value18 = c.pointee.analytic_s
    let value19 = c.pointee.fluid_s
    let value20 = c.pointee.discrete_event_s
    let value21 = c.pointee.held_s
    let value22 = c.pointee.events
    let value23 = c.pointee.seed
    let value24 = try MessageCodec.string(c.pointee.not_simulated, "twin.common.v1.SimulatedHours.not_simulated")
    room.put(\.loadScenario, value0)
    room.put(\.parameters, value1)
    room.put(\.loadSource, value2)
    room.put(\.statement, value3)
    room.put(\.metric, value4)
    room.put(\.windowStart, value5)
    room.put(\.windowEnd, value6)
    room.put(\.points, value7)
    room.put(\.filledPoints, value8)
    room.put(\.stepS, value9)
    room.put(\.method, value10)
    room.put(\.heldOutError, value11)
    room.put(\.naiveError, value12)
    room.put(\.coverage, value13)
    room.put(\.peakRatePerS, value14)
    room.put(\.upperPeakRatePerS, value15)
    room.put(\.windows, value16)
    room.put(\.windowsLeftOut, value17)
    room.put(\.analyticS, value18)
    room.put(\.fluidS, value19)
    room.put(\.discreteEventS, value20)
    room.put(\.heldS, value21)
    room.put(\.events, value22)
    room.put(\.seed, value23)
    room.put(\.notSimulated, value24)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__SimulatedHours>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__SimulatedHours())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(25 * 2 * Scratch.headBytes)
    c.pointee.load_scenario = try scratch.string(self.loadScenario)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    c.pointee.load_source = Twin__Common__V1__LoadSource(rawValue: .init(truncatingIfNeeded: self.loadSource.rawValue))
    c.pointee.statement = try scratch.string(self.statement)
    c.pointee.metric = try scratch.string(self.metric)
    if let value = self.windowStart { c.pointee.window_start = try scratch.message(value) }
    if let value = self.windowEnd { c.pointee.window_end = try scratch.message(value) }
    c.pointee.points = self.points
    c.pointee.filled_points = self.filledPoints
    c.pointee.step_s = self.stepS
    c.pointee.method = try scratch.string(self.method)
    if let value = self.heldOutError {
      c.pointee.held_out_error = value
      c.pointee.held_out_error_presence_case = Twin__Common__V1__SimulatedHours__HeldOutErrorPresenceCase(rawValue: 12)
    }
    if let value = self.naiveError {
      c.pointee.naive_error = value
      c.pointee.naive_error_presence_case = Twin__Common__V1__SimulatedHours__NaiveErrorPresenceCase(rawValue: 13)
    }
    if let value = self.coverage {
      c.pointee.coverage = value
      c.pointee.coverage_presence_case = Twin__Common__V1__SimulatedHours__CoveragePresenceCase(rawValue: 14)
    }
    c.pointee.peak_rate_per_s = self.peakRatePerS
    if let value = self.upperPeakRatePerS {
      c.pointee.upper_peak_rate_per_s = value
      c.pointee.upper_peak_rate_presence_case = Twin__Common__V1__SimulatedHours__UpperPeakRatePresenceCase(rawValue: 16)
    }
    c.pointee.n_windows = self.windows.count
    c.pointee.windows = try scratch.messages(self.windows)
    c.pointee.windows_left_out = self.windowsLeftOut
    c.pointee.analytic_s = self.analyticS
    c.pointee.fluid_s = self.fluidS
    c.pointee.discrete_event_s = self.discreteEventS
    c.pointee.held_s = self.heldS
    c.pointee.events = self.events
    c.pointee.seed = self.seed
    c.pointee.not_simulated = try scratch.string(self.notSimulated)
  }
}
