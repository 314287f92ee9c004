// Generated from twin/engine/v1/calibration.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// What a calibration fits.
public enum CalibrationKind: Sendable, Hashable, CaseIterable {
  /// Invalid.
  case unspecified
  /// Steering, brake, drive line, tyres, from vehicle samples.
  case dynamics
  /// The driver or ACC, from gaps and speeds.
  case carFollowing
  /// Road load and power train, from fuel figures of cycles.
  case fuel
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [CalibrationKind] {
    [
      .unspecified,
      .dynamics,
      .carFollowing,
      .fuel,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .dynamics
    case 2: self = .carFollowing
    case 3: self = .fuel
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .dynamics: 1
    case .carFollowing: 2
    case .fuel: 3
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// What to fit to.
public struct CalibrateTwinRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// What to fit. Required.
  public var kind: CalibrationKind
  /// Log of car following; for kind car_following. At most 100,000. Empty means the twin's own history, from the samples
  /// that have speed_mps, leader_speed_mps and leader_gap_m.
  public var samples: [FollowingSample]
  /// Fuel figures; for kind fuel, which needs them. At most 1,000.
  public var observations: [FuelObservation]
  /// Earliest time of the history to use; absent means the newest 100,000 samples of the last 30 days. A range with more
  /// is an error. Not together with `samples`, `observations` or `log`.
  public var from: ProtoTimestamp?
  /// Latest time of the history to use, exclusive; absent means now.
  public var to: ProtoTimestamp?
  /// Share of the data, from its end, that isn't fitted but judged, 0 to 0.9; absent means 0.4.
  public var holdoutShare: Double?
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String
  /// Seed of the fit; absent means 1.
  public var seed: UInt64?
  /// Whether to fit only: nothing is stored, and the twin goes on as it was.
  public var dryRun: Bool
  /// Recorded drive, ascending by time; for kind dynamics, instead of the twin's own history. At most 20,000; a longer
  /// one is uploaded as telemetry and fitted as history.
  public var log: [TelemetrySample]

  public init(
    id: String = "",
    kind: CalibrationKind = .unspecified,
    samples: [FollowingSample] = [],
    observations: [FuelObservation] = [],
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    holdoutShare: Double? = nil,
    requestID: String = "",
    seed: UInt64? = nil,
    dryRun: Bool = false,
    log: [TelemetrySample] = []
  ) {
    self.id = id
    self.kind = kind
    self.samples = samples
    self.observations = observations
    self.from = from
    self.to = to
    self.holdoutShare = holdoutShare
    self.requestID = requestID
    self.seed = seed
    self.dryRun = dryRun
    self.log = log
  }
}

/// One row of a car-following log.
public struct FollowingSample: Sendable, Equatable {
  /// Time in s, ascending.
  public var tS: Double
  /// Speed of the vehicle ahead in m/s.
  public var leaderSpeedMps: Double
  /// Speed of the follower in m/s.
  public var speedMps: Double
  /// Free distance between them in metres, 0 or more.
  public var gapM: Double

  public init(
    tS: Double = 0,
    leaderSpeedMps: Double = 0,
    speedMps: Double = 0,
    gapM: Double = 0
  ) {
    self.tS = tS
    self.leaderSpeedMps = leaderSpeedMps
    self.speedMps = speedMps
    self.gapM = gapM
  }
}

/// One measured fuel figure.
public struct FuelObservation: Sendable, Equatable {
  /// Drive cycle: "ftp", "udds", "hwfet" or "us06".
  public var cycle: String
  /// Fuel economy in miles per US gallon, over 0.
  public var fuelMpg: Double?
  /// Consumption in l/100 km, over 0; instead of fuel_mpg.
  public var fuelLPer100Km: Double?
  /// Electric consumption in Wh/km, over 0; for electric vehicles.
  public var energyWhPerKm: Double?

  public init(
    cycle: String = "",
    fuelMpg: Double? = nil,
    fuelLPer100Km: Double? = nil,
    energyWhPerKm: Double? = nil
  ) {
    self.cycle = cycle
    self.fuelMpg = fuelMpg
    self.fuelLPer100Km = fuelLPer100Km
    self.energyWhPerKm = energyWhPerKm
  }
}

/// A fit of a twin.
public struct Calibration: Sendable, Equatable {
  /// Id of the twin.
  public var vehicleID: String
  /// Version, counting up from 1 per twin; 0 for a dry run.
  public var version: UInt32
  /// What was fitted.
  public var kind: CalibrationKind
  /// Fitted parameters by name.
  public var parameters: [String: FittedParameter]
  /// Error on the fitted part, by metric such as "gap_rmse_m".
  public var fit: [String: Double]
  /// Error on the held-back part, by metric.
  public var holdout: [String: Double]
  /// Samples fitted.
  public var sampleCount: UInt64
  /// Samples held back.
  public var holdoutCount: UInt64
  /// Whether the twin uses its parameters.
  public var active: Bool
  /// When it was made.
  public var createTime: ProtoTimestamp?
  /// How it was fitted.
  public var method: String
  /// Values of the fitted parameters before, by name.
  public var before: ProtoStruct?
  /// Parameters that the data can't tell, by name, with the reason. They stay as they were without a calibration.
  public var refused: [String: String]
  /// The calibrations whose parameters a twin uses that uses this version: version by kind, such as "dynamics".
  public var uses: [String: UInt32]
  /// What a reader must know to judge the figures.
  public var notes: [String]

  public init(
    vehicleID: String = "",
    version: UInt32 = 0,
    kind: CalibrationKind = .unspecified,
    parameters: [String: FittedParameter] = [:],
    fit: [String: Double] = [:],
    holdout: [String: Double] = [:],
    sampleCount: UInt64 = 0,
    holdoutCount: UInt64 = 0,
    active: Bool = false,
    createTime: ProtoTimestamp? = nil,
    method: String = "",
    before: ProtoStruct? = nil,
    refused: [String: String] = [:],
    uses: [String: UInt32] = [:],
    notes: [String] = []
  ) {
    self.vehicleID = vehicleID
    self.version = version
    self.kind = kind
    self.parameters = parameters
    self.fit = fit
    self.holdout = holdout
    self.sampleCount = sampleCount
    self.holdoutCount = holdoutCount
    self.active = active
    self.createTime = createTime
    self.method = method
    self.before = before
    self.refused = refused
    self.uses = uses
    self.notes = notes
  }
}

/// A fitted value.
public struct FittedParameter: Sendable, Equatable {
  /// The value, in the unit of the parameter.
  public var value: Double
  /// Its standard deviation, in the same unit.
  public var std: Double

  public init(
    value: Double = 0,
    std: Double = 0
  ) {
    self.value = value
    self.std = std
  }
}

/// Names a calibration.
public struct GetCalibrationRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// Version; 0 means the one in use.
  public var version: UInt32

  public init(
    id: String = "",
    version: UInt32 = 0
  ) {
    self.id = id
    self.version = version
  }
}

/// Asks for a page of calibrations.
public struct ListCalibrationsRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// Calibrations a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String

  public init(
    id: String = "",
    pageSize: Int32 = 0,
    pageToken: String = ""
  ) {
    self.id = id
    self.pageSize = pageSize
    self.pageToken = pageToken
  }
}

/// A page of calibrations.
public struct ListCalibrationsResponse: Sendable, Equatable {
  /// Calibrations, newest first.
  public var calibrations: [Calibration]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    calibrations: [Calibration] = [],
    nextPageToken: String = ""
  ) {
    self.calibrations = calibrations
    self.nextPageToken = nextPageToken
  }
}

/// Asks to use another calibration.
public struct RevertCalibrationRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// Version to use; 0 means none (type defaults and overrides).
  public var version: UInt32

  public init(
    id: String = "",
    version: UInt32 = 0
  ) {
    self.id = id
    self.version = version
  }
}

/// The twin uses the calibration.
public struct RevertCalibrationResponse: Sendable, Equatable {
  /// Id of the twin.
  public var vehicleID: String
  /// Version in use; 0 means none.
  public var version: UInt32
  /// Every parameter in use, by name.
  public var parameters: ProtoStruct?

  public init(
    vehicleID: String = "",
    version: UInt32 = 0,
    parameters: ProtoStruct? = nil
  ) {
    self.vehicleID = vehicleID
    self.version = version
    self.parameters = parameters
  }
}

/// Asks for divergence.
public struct GetDivergenceRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// Window up to now in s, 1 to 3,600; absent means 60.
  public var windowS: Double?

  public init(
    id: String = "",
    windowS: Double? = nil
  ) {
    self.id = id
    self.windowS = windowS
  }
}

/// How far the real and the virtual vehicle are apart.
public struct DivergenceReport: Sendable, Equatable {
  /// Id of the twin.
  public var vehicleID: String
  /// By channel, such as "position_m"; a channel without a sample in the window is absent.
  public var channels: [String: ChannelDivergence]
  /// Whether a channel is outside its bound now.
  public var diverged: Bool
  /// Mean NIS per degree of freedom over the window; 1 when consistent.
  public var normalisedInnovation: Double?
  /// Lower end of its 95 % bounds.
  public var normalisedInnovationLow: Double?
  /// Upper end of its 95 % bounds.
  public var normalisedInnovationHigh: Double?
  /// Measured components behind the mean NIS.
  public var degreesOfFreedom: UInt64
  /// From the first sample in the window to its last, in s. The window is kept in spans that are the wider the longer ago
  /// they were, a second at the finest, so that this may be up to a third longer or shorter than asked.
  public var coveredS: Double

  public init(
    vehicleID: String = "",
    channels: [String: ChannelDivergence] = [:],
    diverged: Bool = false,
    normalisedInnovation: Double? = nil,
    normalisedInnovationLow: Double? = nil,
    normalisedInnovationHigh: Double? = nil,
    degreesOfFreedom: UInt64 = 0,
    coveredS: Double = 0
  ) {
    self.vehicleID = vehicleID
    self.channels = channels
    self.diverged = diverged
    self.normalisedInnovation = normalisedInnovation
    self.normalisedInnovationLow = normalisedInnovationLow
    self.normalisedInnovationHigh = normalisedInnovationHigh
    self.degreesOfFreedom = degreesOfFreedom
    self.coveredS = coveredS
  }
}

/// Divergence of one channel, in the channel's unit.
public struct ChannelDivergence: Sendable, Equatable {
  /// Newest measured minus predicted value.
  public var last: Double
  /// Root mean square over the window.
  public var rmse: Double
  /// Greatest magnitude over the window.
  public var max: Double
  /// Magnitude above which the twin counts as diverged.
  public var bound: Double
  /// Samples in the window.
  public var count: UInt64
  /// Whether the channel is outside its bound now.
  public var diverged: Bool

  public init(
    last: Double = 0,
    rmse: Double = 0,
    max: Double = 0,
    bound: Double = 0,
    count: UInt64 = 0,
    diverged: Bool = false
  ) {
    self.last = last
    self.rmse = rmse
    self.max = max
    self.bound = bound
    self.count = count
    self.diverged = diverged
  }
}

/// Asks for validation metrics.
public struct GetValidationRequest: Sendable, Equatable {
  /// Id of the twin.
  public var id: String
  /// Window up to now in s, 1 to 86,400; absent means 600.
  public var windowS: Double?

  public init(
    id: String = "",
    windowS: Double? = nil
  ) {
    self.id = id
    self.windowS = windowS
  }
}

/// The four validation metrics of a twin, each 0 to 1 with the samples behind it.
public struct ValidationReport: Sendable, Equatable {
  /// Id of the twin.
  public var vehicleID: String
  /// Predicted against measured motion.
  public var physicsAccuracy: ValidationMetric?
  /// Predicted against measured sensor readings.
  public var sensorFidelity: ValidationMetric?
  /// Predicted against taken decisions.
  public var behaviouralConsistency: ValidationMetric?
  /// Correlation of predicted and measured performance.
  public var performanceCorrelation: ValidationMetric?
  /// Telemetry samples in the window that the metrics were computed from: the newest 100,000 at most.
  public var sampleCount: UInt64
  /// Time of the first of them; absent when there is none.
  public var from: ProtoTimestamp?
  /// Time of the last of them; absent when there is none.
  public var to: ProtoTimestamp?
  /// Calibration in use when it was computed; 0 when none.
  public var calibrationVersion: UInt32

  public init(
    vehicleID: String = "",
    physicsAccuracy: ValidationMetric? = nil,
    sensorFidelity: ValidationMetric? = nil,
    behaviouralConsistency: ValidationMetric? = nil,
    performanceCorrelation: ValidationMetric? = nil,
    sampleCount: UInt64 = 0,
    from: ProtoTimestamp? = nil,
    to: ProtoTimestamp? = nil,
    calibrationVersion: UInt32 = 0
  ) {
    self.vehicleID = vehicleID
    self.physicsAccuracy = physicsAccuracy
    self.sensorFidelity = sensorFidelity
    self.behaviouralConsistency = behaviouralConsistency
    self.performanceCorrelation = performanceCorrelation
    self.sampleCount = sampleCount
    self.from = from
    self.to = to
    self.calibrationVersion = calibrationVersion
  }
}

/// One validation metric.
public struct ValidationMetric: Sendable, Equatable {
  /// The value, 0 to 1; absent when no sample supports it.
  public var value: Double?
  /// Samples behind it.
  public var count: UInt64
  /// How it is calculated, and why it is absent where it is.
  public var method: String
  /// What it is made of, by name with the unit in the name, such as "position_share" or "displacement_rmse_m".
  public var details: [String: Double]

  public init(
    value: Double? = nil,
    count: UInt64 = 0,
    method: String = "",
    details: [String: Double] = [:]
  ) {
    self.value = value
    self.count = count
    self.method = method
    self.details = details
  }
}

extension CalibrateTwinRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.CalibrateTwinRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CalibrateTwinRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__calibrate_twin_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__CalibrateTwinRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.CalibrateTwinRequest.id")
    let value1 = CalibrationKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = try MessageCodec.messages(c.pointee.samples, c.pointee.n_samples, FollowingSample.self)
    let value3 = try MessageCodec.messages(c.pointee.observations, c.pointee.n_observations, FuelObservation.self)
    let value4 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value5 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value6 = c.pointee.holdout_share_presence_case.rawValue == 7 ? c.pointee.holdout_share : nil
    let value7 = try MessageCodec.string(c.pointee.request_id, "twin.engine.v1.CalibrateTwinRequest.request_id")
    let value8 = c.pointee.seed_presence_case.rawValue == 9 ? c.pointee.seed : nil
    let value9 = c.pointee.dry_run != 0
    let value10 = try MessageCodec.messages(c.pointee.log, c.pointee.n_log, TelemetrySample.self)
    room.put(\.id, value0)
    room.put(\.kind, value1)
    room.put(\.samples, value2)
    room.put(\.observations, value3)
    room.put(\.from, value4)
    room.put(\.to, value5)
    room.put(\.holdoutShare, value6)
    room.put(\.requestID, value7)
    room.put(\.seed, value8)
    room.put(\.dryRun, value9)
    room.put(\.log, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__CalibrateTwinRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__CalibrateTwinRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.kind = Twin__Engine__V1__CalibrationKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.n_samples = self.samples.count
    c.pointee.samples = try scratch.messages(self.samples)
    c.pointee.n_observations = self.observations.count
    c.pointee.observations = try scratch.messages(self.observations)
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    if let value = self.holdoutShare {
      c.pointee.holdout_share = value
      c.pointee.holdout_share_presence_case = Twin__Engine__V1__CalibrateTwinRequest__HoldoutSharePresenceCase(rawValue: 7)
    }
    c.pointee.request_id = try scratch.string(self.requestID)
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Engine__V1__CalibrateTwinRequest__SeedPresenceCase(rawValue: 9)
    }
    c.pointee.dry_run = self.dryRun ? 1 : 0
    c.pointee.n_log = self.log.count
    c.pointee.log = try scratch.messages(self.log)
  }
}

extension FollowingSample: RPCMessage {
  public static var messageName: String { "twin.engine.v1.FollowingSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension FollowingSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__following_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__FollowingSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.t_s
    let value1 = c.pointee.leader_speed_mps
    let value2 = c.pointee.speed_mps
    let value3 = c.pointee.gap_m
    room.put(\.tS, value0)
    room.put(\.leaderSpeedMps, value1)
    room.put(\.speedMps, value2)
    room.put(\.gapM, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__FollowingSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__FollowingSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.t_s = self.tS
    c.pointee.leader_speed_mps = self.leaderSpeedMps
    c.pointee.speed_mps = self.speedMps
    c.pointee.gap_m = self.gapM
  }
}

extension FuelObservation: RPCMessage {
  public static var messageName: String { "twin.engine.v1.FuelObservation" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension FuelObservation: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__fuel_observation__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__FuelObservation>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.cycle, "twin.engine.v1.FuelObservation.cycle")
    let value1 = c.pointee.fuel_mpg_presence_case.rawValue == 2 ? c.pointee.fuel_mpg : nil
    let value2 = c.pointee.fuel_l_per_100km_presence_case.rawValue == 3 ? c.pointee.fuel_l_per_100km : nil
    let value3 = c.pointee.energy_wh_per_km_presence_case.rawValue == 4 ? c.pointee.energy_wh_per_km : nil
    room.put(\.cycle, value0)
    room.put(\.fuelMpg, value1)
    room.put(\.fuelLPer100Km, value2)
    room.put(\.energyWhPerKm, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__FuelObservation>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__FuelObservation())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.cycle = try scratch.string(self.cycle)
    if let value = self.fuelMpg {
      c.pointee.fuel_mpg = value
      c.pointee.fuel_mpg_presence_case = Twin__Engine__V1__FuelObservation__FuelMpgPresenceCase(rawValue: 2)
    }
    if let value = self.fuelLPer100Km {
      c.pointee.fuel_l_per_100km = value
      c.pointee.fuel_l_per_100km_presence_case = Twin__Engine__V1__FuelObservation__FuelLPer100kmPresenceCase(rawValue: 3)
    }
    if let value = self.energyWhPerKm {
      c.pointee.energy_wh_per_km = value
      c.pointee.energy_wh_per_km_presence_case = Twin__Engine__V1__FuelObservation__EnergyWhPerKmPresenceCase(rawValue: 4)
    }
  }
}

extension Calibration: RPCMessage {
  public static var messageName: String { "twin.engine.v1.Calibration" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Calibration: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__calibration__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__Calibration>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.engine.v1.Calibration.vehicle_id")
    let value1 = c.pointee.version
    let value2 = CalibrationKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value3 = try MessageCodec.map(c.pointee.parameters, c.pointee.n_parameters) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.Calibration.ParametersEntry.key"), MessageCodec.message(entry.value, FittedParameter.self) ?? FittedParameter())
    }
    let value4 = try MessageCodec.map(c.pointee.fit, c.pointee.n_fit) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.Calibration.FitEntry.key"), entry.value)
    }
    let value5 = try MessageCodec.map(c.pointee.holdout, c.pointee.n_holdout) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.Calibration.HoldoutEntry.key"), entry.value)
    }
    let value6 = c.pointee.sample_count
    let value7 = c.pointee.holdout_count
    let value8 = c.pointee.active != 0
    let value9 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value10 = try MessageCodec.string(c.pointee.method, "twin.engine.v1.Calibration.method")
    let value11 = try MessageCodec.message(c.pointee.before, ProtoStruct.self)
    let value12 = try MessageCodec.map(c.pointee.refused, c.pointee.n_refused) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.Calibration.RefusedEntry.key"), MessageCodec.string(entry.value, "twin.engine.v1.Calibration.RefusedEntry.value"))
    }
    let value13 = try MessageCodec.map(c.pointee.uses, c.pointee.n_uses) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.Calibration.UsesEntry.key"), entry.value)
    }
    let value14 = try MessageCodec.array(c.pointee.notes, c.pointee.n_notes) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.engine.v1.Calibration.notes")
    }
    room.put(\.vehicleID, value0)
    room.put(\.version, value1)
    room.put(\.kind, value2)
    room.put(\.parameters, value3)
    room.put(\.fit, value4)
    room.put(\.holdout, value5)
    room.put(\.sampleCount, value6)
    room.put(\.holdoutCount, value7)
    room.put(\.active, value8)
    room.put(\.createTime, value9)
    room.put(\.method, value10)
    room.put(\.before, value11)
    room.put(\.refused, value12)
    room.put(\.uses, value13)
    room.put(\.notes, value14)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__Calibration>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__Calibration())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(15 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.version = self.version
    c.pointee.kind = Twin__Engine__V1__CalibrationKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.n_parameters = self.parameters.count
    c.pointee.parameters = try scratch.map(self.parameters.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__Calibration__ParametersEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__Calibration__ParametersEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__calibration__parameters_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    c.pointee.n_fit = self.fit.count
    c.pointee.fit = try scratch.map(self.fit.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__Calibration__FitEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__Calibration__FitEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__calibration__fit_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    c.pointee.n_holdout = self.holdout.count
    c.pointee.holdout = try scratch.map(self.holdout.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__Calibration__HoldoutEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__Calibration__HoldoutEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__calibration__holdout_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    c.pointee.sample_count = self.sampleCount
    c.pointee.holdout_count = self.holdoutCount
    c.pointee.active = self.active ? 1 : 0
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    c.pointee.method = try scratch.string(self.method)
    if let value = self.before { c.pointee.before = try scratch.message(value) }
    c.pointee.n_refused = self.refused.count
    c.pointee.refused = try scratch.map(self.refused.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__Calibration__RefusedEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__Calibration__RefusedEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__calibration__refused_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    c.pointee.n_uses = self.uses.count
    c.pointee.uses = try scratch.map(self.uses.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__Calibration__UsesEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__Calibration__UsesEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__calibration__uses_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
    c.pointee.n_notes = self.notes.count
    c.pointee.notes = try scratch.array(self.notes) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension FittedParameter: RPCMessage {
  public static var messageName: String { "twin.engine.v1.FittedParameter" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension FittedParameter: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__fitted_parameter__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__FittedParameter>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.value
    let value1 = c.pointee.std
    room.put(\.value, value0)
    room.put(\.std, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__FittedParameter>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__FittedParameter())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.value = self.value
    c.pointee.std = self.std
  }
}

extension GetCalibrationRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetCalibrationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetCalibrationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_calibration_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetCalibrationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetCalibrationRequest.id")
    let value1 = c.pointee.version
    room.put(\.id, value0)
    room.put(\.version, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetCalibrationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetCalibrationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.version = self.version
  }
}

extension ListCalibrationsRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListCalibrationsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListCalibrationsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_calibrations_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListCalibrationsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.ListCalibrationsRequest.id")
    let value1 = c.pointee.page_size
    let value2 = try MessageCodec.string(c.pointee.page_token, "twin.engine.v1.ListCalibrationsRequest.page_token")
    room.put(\.id, value0)
    room.put(\.pageSize, value1)
    room.put(\.pageToken, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListCalibrationsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListCalibrationsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
  }
}

extension ListCalibrationsResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ListCalibrationsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListCalibrationsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__list_calibrations_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ListCalibrationsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.calibrations, c.pointee.n_calibrations, Calibration.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.engine.v1.ListCalibrationsResponse.next_page_token")
    room.put(\.calibrations, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ListCalibrationsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ListCalibrationsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_calibrations = self.calibrations.count
    c.pointee.calibrations = try scratch.messages(self.calibrations)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension RevertCalibrationRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.RevertCalibrationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RevertCalibrationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__revert_calibration_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__RevertCalibrationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.RevertCalibrationRequest.id")
    let value1 = c.pointee.version
    room.put(\.id, value0)
    room.put(\.version, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__RevertCalibrationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__RevertCalibrationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.version = self.version
  }
}

extension RevertCalibrationResponse: RPCMessage {
  public static var messageName: String { "twin.engine.v1.RevertCalibrationResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RevertCalibrationResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__revert_calibration_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__RevertCalibrationResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.engine.v1.RevertCalibrationResponse.vehicle_id")
    let value1 = c.pointee.version
    let value2 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    room.put(\.vehicleID, value0)
    room.put(\.version, value1)
    room.put(\.parameters, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__RevertCalibrationResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__RevertCalibrationResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.version = self.version
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
  }
}

extension GetDivergenceRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetDivergenceRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetDivergenceRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_divergence_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetDivergenceRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetDivergenceRequest.id")
    let value1 = c.pointee.window_s_presence_case.rawValue == 2 ? c.pointee.window_s : nil
    room.put(\.id, value0)
    room.put(\.windowS, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetDivergenceRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetDivergenceRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    if let value = self.windowS {
      c.pointee.window_s = value
      c.pointee.window_s_presence_case = Twin__Engine__V1__GetDivergenceRequest__WindowSPresenceCase(rawValue: 2)
    }
  }
}

extension DivergenceReport: RPCMessage {
  public static var messageName: String { "twin.engine.v1.DivergenceReport" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DivergenceReport: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__divergence_report__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__DivergenceReport>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.engine.v1.DivergenceReport.vehicle_id")
    let value1 = try MessageCodec.map(c.pointee.channels, c.pointee.n_channels) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.DivergenceReport.ChannelsEntry.key"), MessageCodec.message(entry.value, ChannelDivergence.self) ?? ChannelDivergence())
    }
    let value2 = c.pointee.diverged != 0
    let value3 = c.pointee.normalised_innovation_presence_case.rawValue == 4 ? c.pointee.normalised_innovation : nil
    let value4 = c.pointee.normalised_innovation_low_presence_case.rawValue == 5 ? c.pointee.normalised_innovation_low : nil
    let value5 = c.pointee.normalised_innovation_high_presence_case.rawValue == 6 ? c.pointee.normalised_innovation_high : nil
    let value6 = c.pointee.degrees_of_freedom
    let value7 = c.pointee.covered_s
    room.put(\.vehicleID, value0)
    room.put(\.channels, value1)
    room.put(\.diverged, value2)
    room.put(\.normalisedInnovation, value3)
    room.put(\.normalisedInnovationLow, value4)
    room.put(\.normalisedInnovationHigh, value5)
    room.put(\.degreesOfFreedom, value6)
    room.put(\.coveredS, value7)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__DivergenceReport>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__DivergenceReport())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    c.pointee.n_channels = self.channels.count
    c.pointee.channels = try scratch.map(self.channels.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__DivergenceReport__ChannelsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__DivergenceReport__ChannelsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__divergence_report__channels_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    c.pointee.diverged = self.diverged ? 1 : 0
    if let value = self.normalisedInnovation {
      c.pointee.normalised_innovation = value
      c.pointee.normalised_innovation_presence_case = Twin__Engine__V1__DivergenceReport__NormalisedInnovationPresenceCase(rawValue: 4)
    }
    if let value = self.normalisedInnovationLow {
      c.pointee.normalised_innovation_low = value
      c.pointee.normalised_innovation_low_presence_case = Twin__Engine__V1__DivergenceReport__NormalisedInnovationLowPresenceCase(rawValue: 5)
    }
    if let value = self.normalisedInnovationHigh {
      c.pointee.normalised_innovation_high = value
      c.pointee.normalised_innovation_high_presence_case = Twin__Engine__V1__DivergenceReport__NormalisedInnovationHighPresenceCase(rawValue: 6)
    }
    c.pointee.degrees_of_freedom = self.degreesOfFreedom
    c.pointee.covered_s = self.coveredS
  }
}

extension ChannelDivergence: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ChannelDivergence" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ChannelDivergence: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__channel_divergence__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ChannelDivergence>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.last
    let value1 = c.pointee.rmse
    let value2 = c.pointee.max
    let value3 = c.pointee.bound
    let value4 = c.pointee.count
    let value5 = c.pointee.diverged != 0
    room.put(\.last, value0)
    room.put(\.rmse, value1)
    room.put(\.max, value2)
    room.put(\.bound, value3)
    room.put(\.count, value4)
    room.put(\.diverged, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ChannelDivergence>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ChannelDivergence())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.last = self.last
    c.pointee.rmse = self.rmse
    c.pointee.max = self.max
    c.pointee.bound = self.bound
    c.pointee.count = self.count
    c.pointee.diverged = self.diverged ? 1 : 0
  }
}

extension GetValidationRequest: RPCMessage {
  public static var messageName: String { "twin.engine.v1.GetValidationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetValidationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__get_validation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__GetValidationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.engine.v1.GetValidationRequest.id")
    let value1 = c.pointee.window_s_presence_case.rawValue == 2 ? c.pointee.window_s : nil
    room.put(\.id, value0)
    room.put(\.windowS, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__GetValidationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__GetValidationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    if let value = self.windowS {
      c.pointee.window_s = value
      c.pointee.window_s_presence_case = Twin__Engine__V1__GetValidationRequest__WindowSPresenceCase(rawValue: 2)
    }
  }
}

extension ValidationReport: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ValidationReport" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ValidationReport: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__validation_report__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ValidationReport>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.engine.v1.ValidationReport.vehicle_id")
    let value1 = try MessageCodec.message(c.pointee.physics_accuracy, ValidationMetric.self)
    let value2 = try MessageCodec.message(c.pointee.sensor_fidelity, ValidationMetric.self)
    let value3 = try MessageCodec.message(c.pointee.behavioural_consistency, ValidationMetric.self)
    let value4 = try MessageCodec.message(c.pointee.performance_correlation, ValidationMetric.self)
    let value5 = c.pointee.sample_count
    let value6 = try MessageCodec.message(c.pointee.from, ProtoTimestamp.self)
    let value7 = try MessageCodec.message(c.pointee.to, ProtoTimestamp.self)
    let value8 = c.pointee.calibration_version
    room.put(\.vehicleID, value0)
    room.put(\.physicsAccuracy, value1)
    room.put(\.sensorFidelity, value2)
    room.put(\.behaviouralConsistency, value3)
    room.put(\.performanceCorrelation, value4)
    room.put(\.sampleCount, value5)
    room.put(\.from, value6)
    room.put(\.to, value7)
    room.put(\.calibrationVersion, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ValidationReport>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ValidationReport())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    if let value = self.physicsAccuracy { c.pointee.physics_accuracy = try scratch.message(value) }
    if let value = self.sensorFidelity { c.pointee.sensor_fidelity = try scratch.message(value) }
    if let value = self.behaviouralConsistency { c.pointee.behavioural_consistency = try scratch.message(value) }
    if let value = self.performanceCorrelation { c.pointee.performance_correlation = try scratch.message(value) }
    c.pointee.sample_count = self.sampleCount
    if let value = self.from { c.pointee.from = try scratch.message(value) }
    if let value = self.to { c.pointee.to = try scratch.message(value) }
    c.pointee.calibration_version = self.calibrationVersion
  }
}

extension ValidationMetric: RPCMessage {
  public static var messageName: String { "twin.engine.v1.ValidationMetric" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ValidationMetric: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__engine__v1__validation_metric__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Engine__V1__ValidationMetric>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.value_presence_case.rawValue == 1 ? c.pointee.value : nil
    let value1 = c.pointee.count
    let value2 = try MessageCodec.string(c.pointee.method, "twin.engine.v1.ValidationMetric.method")
    let value3 = try MessageCodec.map(c.pointee.details, c.pointee.n_details) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.engine.v1.ValidationMetric.DetailsEntry.key"), entry.value)
    }
    room.put(\.value, value0)
    room.put(\.count, value1)
    room.put(\.method, value2)
    room.put(\.details, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Engine__V1__ValidationMetric>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Engine__V1__ValidationMetric())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    if let value = self.value {
      c.pointee.value = value
      c.pointee.value_presence_case = Twin__Engine__V1__ValidationMetric__ValuePresenceCase(rawValue: 1)
    }
    c.pointee.count = self.count
    c.pointee.method = try scratch.string(self.method)
    c.pointee.n_details = self.details.count
    c.pointee.details = try scratch.map(self.details.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Engine__V1__ValidationMetric__DetailsEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Engine__V1__ValidationMetric__DetailsEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__engine__v1__validation_metric__details_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = value
    }
  }
}
