// Generated from twin/common/v1/vehicle_state.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Whether a twin hears from its vehicle.
public enum SyncStatus: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// No sample has come yet.
  case waiting
  /// Samples come and the lag is within its bound.
  case inSync
  /// Samples come, later than the bound.
  case lagging
  /// No sample for longer than the stale bound.
  case stale
  /// No sample for longer than the offline bound.
  case offline
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [SyncStatus] {
    [
      .unspecified,
      .waiting,
      .inSync,
      .lagging,
      .stale,
      .offline,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .waiting
    case 2: self = .inSync
    case 3: self = .lagging
    case 4: self = .stale
    case 5: self = .offline
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .waiting: 1
    case .inSync: 2
    case .lagging: 3
    case .stale: 4
    case .offline: 5
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Newest state of a twin: where the vehicle is by the twin's estimate, how well the twin is in step, what comes next.
public struct VehicleState: Sendable, Equatable {
  /// Twin id such as "twin-001".
  public var vehicleID: String
  /// The moment the state holds for, by the synchronised clock; absent before the first sample.
  public var time: ProtoTimestamp?
  /// Estimated position; absent before the first position.
  public var position: Position?
  /// Direction the body points, degrees clockwise from north, 0 to 360.
  public var headingDeg: Double?
  /// Speed along the body's axis in m/s; negative backwards.
  public var speedMps: Double?
  /// Acceleration along the body's axis in m/s².
  public var accelerationMps2: Double?
  /// Yaw rate in rad/s, counter-clockwise positive.
  public var yawRateRps: Double?
  /// Mean steering angle of the front wheels in rad, left positive.
  public var steeringRad: Double?
  /// Acceleration across the body in m/s², left positive.
  public var lateralAccelerationMps2: Double?
  /// Throttle position, 0 to 1.
  public var throttle: Double?
  /// Brake demand, 0 to 1.
  public var brake: Double?
  /// Engaged gear, -1 reverse, 0 neutral.
  public var gear: Int32?
  /// How well the twin is in step with the vehicle.
  public var sync: SyncState?
  /// Newest difference between the real and the virtual vehicle; absent before there is one.
  public var divergence: Divergence?
  /// Predicted states at 0.5, 1, 2, 3 and 5 s after `time`, ascending.
  public var predicted: [PredictedState]
  /// Standard deviations of the estimate; absent when nothing was estimated.
  public var uncertainty: StateUncertainty?
  /// Counts the twin's state changes up from 1; a newer state has a greater one.
  public var revision: UInt64
  /// What the twin has learned of its vehicle; only in stored states.
  public var learned: LearnedBehaviour?

  public init(
    vehicleID: String = "",
    time: ProtoTimestamp? = nil,
    position: Position? = nil,
    headingDeg: Double? = nil,
    speedMps: Double? = nil,
    accelerationMps2: Double? = nil,
    yawRateRps: Double? = nil,
    steeringRad: Double? = nil,
    lateralAccelerationMps2: Double? = nil,
    throttle: Double? = nil,
    brake: Double? = nil,
    gear: Int32? = nil,
    sync: SyncState? = nil,
    divergence: Divergence? = nil,
    predicted: [PredictedState] = [],
    uncertainty: StateUncertainty? = nil,
    revision: UInt64 = 0,
    learned: LearnedBehaviour? = nil
  ) {
    self.vehicleID = vehicleID
    self.time = time
    self.position = position
    self.headingDeg = headingDeg
    self.speedMps = speedMps
    self.accelerationMps2 = accelerationMps2
    self.yawRateRps = yawRateRps
    self.steeringRad = steeringRad
    self.lateralAccelerationMps2 = lateralAccelerationMps2
    self.throttle = throttle
    self.brake = brake
    self.gear = gear
    self.sync = sync
    self.divergence = divergence
    self.predicted = predicted
    self.uncertainty = uncertainty
    self.revision = revision
    self.learned = learned
  }
}

/// Where something is, geographic and/or in the site's local frame.
public struct Position: Sendable, Equatable {
  /// Latitude WGS 84 in degrees, -90 to 90.
  public var lat: Double?
  /// Longitude WGS 84 in degrees, -180 to 180.
  public var lon: Double?
  /// East position in the local frame in metres.
  public var xM: Double?
  /// North position in the local frame in metres.
  public var yM: Double?
  /// Height above the ellipsoid in metres.
  public var altitudeM: Double?

  public init(
    lat: Double? = nil,
    lon: Double? = nil,
    xM: Double? = nil,
    yM: Double? = nil,
    altitudeM: Double? = nil
  ) {
    self.lat = lat
    self.lon = lon
    self.xM = xM
    self.yM = yM
    self.altitudeM = altitudeM
  }
}

/// How well a twin is in step with its vehicle.
public struct SyncState: Sendable, Equatable {
  /// From the measurement (corrected for clock skew) to its visibility in the virtual state, in ms.
  public var lagMs: Double
  /// Highest sequence of the newest sample's source that is in the state.
  public var lastSequence: UInt64
  /// Whether the twin hears from its vehicle.
  public var status: SyncStatus
  /// Source of the newest sample.
  public var source: String
  /// Estimated offset of the source's clock (source minus ours) in ms; absent until estimated.
  public var clockSkewMs: Double?
  /// When the newest sample arrived, by our clock.
  public var receivedTime: ProtoTimestamp?
  /// Samples applied to the state since the twin was created.
  public var samples: UInt64

  public init(
    lagMs: Double = 0,
    lastSequence: UInt64 = 0,
    status: SyncStatus = .unspecified,
    source: String = "",
    clockSkewMs: Double? = nil,
    receivedTime: ProtoTimestamp? = nil,
    samples: UInt64 = 0
  ) {
    self.lagMs = lagMs
    self.lastSequence = lastSequence
    self.status = status
    self.source = source
    self.clockSkewMs = clockSkewMs
    self.receivedTime = receivedTime
    self.samples = samples
  }
}

/// Difference between the real and the virtual vehicle, per channel; a channel that isn't measured is absent.
public struct Divergence: Sendable, Equatable {
  /// Distance between measured and predicted position in metres.
  public var positionM: Double?
  /// Measured minus predicted speed in m/s.
  public var speedMps: Double?
  /// Measured minus predicted heading in degrees, -180 to 180.
  public var headingDeg: Double?
  /// Measured minus predicted yaw rate in rad/s.
  public var yawRateRps: Double?
  /// Measured minus predicted acceleration in m/s².
  public var accelerationMps2: Double?
  /// Whether a channel is outside its bound now.
  public var diverged: Bool
  /// Names of the channels outside their bound.
  public var channels: [String]
  /// Since when the twin is outside a bound; absent while inside.
  public var since: ProtoTimestamp?
  /// Normalised innovation squared (NIS) averaged over the window, per degree of freedom; 1 when consistent.
  public var normalisedInnovation: Double?
  /// Measured minus predicted acceleration across the body in m/s².
  public var lateralAccelerationMps2: Double?
  /// Measured minus predicted steering angle in rad.
  public var steeringRad: Double?

  public init(
    positionM: Double? = nil,
    speedMps: Double? = nil,
    headingDeg: Double? = nil,
    yawRateRps: Double? = nil,
    accelerationMps2: Double? = nil,
    diverged: Bool = false,
    channels: [String] = [],
    since: ProtoTimestamp? = nil,
    normalisedInnovation: Double? = nil,
    lateralAccelerationMps2: Double? = nil,
    steeringRad: Double? = nil
  ) {
    self.positionM = positionM
    self.speedMps = speedMps
    self.headingDeg = headingDeg
    self.yawRateRps = yawRateRps
    self.accelerationMps2 = accelerationMps2
    self.diverged = diverged
    self.channels = channels
    self.since = since
    self.normalisedInnovation = normalisedInnovation
    self.lateralAccelerationMps2 = lateralAccelerationMps2
    self.steeringRad = steeringRad
  }
}

/// What a twin has learned of its vehicle and its sensors: how much they scatter where they don't say so, and how large
/// predicted regions must be for 90 % of what happens to lie in them.
public struct LearnedBehaviour: Sendable, Equatable {
  /// Standard deviation of positions per axis in metres.
  public var positionNoiseM: Double
  /// Standard deviation of speeds in m/s.
  public var speedNoiseMps: Double
  /// Natural logarithm of the factor on the standard deviations of predictions, by horizon (0.5, 1, 2, 3 and 5 s).
  public var levels: [Double]
  /// What the region's ellipse needs beside it, by horizon.
  public var ellipses: [Double]
  /// What the region's circle needs beside it, by horizon.
  public var circles: [Double]
  /// Comparisons behind them, by horizon.
  public var counts: [UInt32]

  public init(
    positionNoiseM: Double = 0,
    speedNoiseMps: Double = 0,
    levels: [Double] = [],
    ellipses: [Double] = [],
    circles: [Double] = [],
    counts: [UInt32] = []
  ) {
    self.positionNoiseM = positionNoiseM
    self.speedNoiseMps = speedNoiseMps
    self.levels = levels
    self.ellipses = ellipses
    self.circles = circles
    self.counts = counts
  }
}

/// One predicted state.
public struct PredictedState: Sendable, Equatable {
  /// Seconds after the state's time.
  public var tS: Double
  /// East position in the local frame in metres.
  public var xM: Double?
  /// North position in the local frame in metres.
  public var yM: Double?
  /// Speed in m/s.
  public var speedMps: Double
  /// Heading, degrees clockwise from north, 0 to 360.
  public var headingDeg: Double
  /// Standard deviation of the position along its worst axis in metres.
  public var stdM: Double
  /// Latitude in degrees, where the twin has a geographic position.
  public var lat: Double?
  /// Longitude in degrees, where the twin has a geographic position.
  public var lon: Double?
  /// Variance along east in m²; with the other two it is scaled so that the ellipse d'C⁻¹d ≤ 4.605 has held 90 % of
  /// what was measured later.
  public var covarianceXxM2: Double?
  /// Covariance of east and north in m².
  public var covarianceXyM2: Double?
  /// Variance along north in m².
  public var covarianceYyM2: Double?
  /// Radius in metres of the stated 90 % region around the position: the circle that has held 90 % of what was measured
  /// later.
  public var region90RadiusM: Double?

  public init(
    tS: Double = 0,
    xM: Double? = nil,
    yM: Double? = nil,
    speedMps: Double = 0,
    headingDeg: Double = 0,
    stdM: Double = 0,
    lat: Double? = nil,
    lon: Double? = nil,
    covarianceXxM2: Double? = nil,
    covarianceXyM2: Double? = nil,
    covarianceYyM2: Double? = nil,
    region90RadiusM: Double? = nil
  ) {
    self.tS = tS
    self.xM = xM
    self.yM = yM
    self.speedMps = speedMps
    self.headingDeg = headingDeg
    self.stdM = stdM
    self.lat = lat
    self.lon = lon
    self.covarianceXxM2 = covarianceXxM2
    self.covarianceXyM2 = covarianceXyM2
    self.covarianceYyM2 = covarianceYyM2
    self.region90RadiusM = region90RadiusM
  }
}

/// Standard deviations of an estimated state.
public struct StateUncertainty: Sendable, Equatable {
  /// Position along its worst axis in metres.
  public var positionStdM: Double
  /// Speed in m/s.
  public var speedStdMps: Double
  /// Heading in degrees.
  public var headingStdDeg: Double
  /// Yaw rate in rad/s.
  public var yawRateStdRps: Double

  public init(
    positionStdM: Double = 0,
    speedStdMps: Double = 0,
    headingStdDeg: Double = 0,
    yawRateStdRps: Double = 0
  ) {
    self.positionStdM = positionStdM
    self.speedStdMps = speedStdMps
    self.headingStdDeg = headingStdDeg
    self.yawRateStdRps = yawRateStdRps
  }
}

extension VehicleState: RPCMessage {
  public static var messageName: String { "twin.common.v1.VehicleState" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension VehicleState: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__vehicle_state__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__VehicleState>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.vehicle_id, "twin.common.v1.VehicleState.vehicle_id")
    let value1 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value2 = try MessageCodec.message(c.pointee.position, Position.self)
    let value3 = c.pointee.heading_deg_presence_case.rawValue == 4 ? c.pointee.heading_deg : nil
    let value4 = c.pointee.speed_mps_presence_case.rawValue == 5 ? c.pointee.speed_mps : nil
    let value5 = c.pointee.acceleration_mps2_presence_case.rawValue == 6 ? c.pointee.acceleration_mps2 : nil
    let value6 = c.pointee.yaw_rate_rps_presence_case.rawValue == 7 ? c.pointee.yaw_rate_rps : nil
    let value7 = c.pointee.steering_rad_presence_case.rawValue == 8 ? c.pointee.steering_rad : nil
    let value8 = c.pointee.lateral_acceleration_mps2_presence_case.rawValue == 9 ? c.pointee.lateral_acceleration_mps2 : nil
    let value9 = c.pointee.throttle_presence_case.rawValue == 10 ? c.pointee.throttle : nil
    let value10 = c.pointee.brake_presence_case.rawValue == 11 ? c.pointee.brake : nil
    let value11 = c.pointee.gear_presence_case.rawValue == 12 ? c.pointee.gear : nil
    let value12 = try MessageCodec.message(c.pointee.sync, SyncState.self)
    let value13 = try MessageCodec.message(c.pointee.divergence, Divergence.self)
    let value14 = try MessageCodec.messages(c.pointee.predicted, c.pointee.n_predicted, PredictedState.self)
    let value15 = try MessageCodec.message(c.pointee.uncertainty, StateUncertainty.self)
    let value16 = c.pointee.revision
    let value17 = try MessageCodec.message(c.pointee.learned, LearnedBehaviour.self)
    room.put(\.vehicleID, value0)
    room.put(\.time, value1)
    room.put(\.position, value2)
    room.put(\.headingDeg, value3)
    room.put(\.speedMps, value4)
    room.put(\.accelerationMps2, value5)
    room.put(\.yawRateRps, value6)
    room.put(\.steeringRad, value7)
    room.put(\.lateralAccelerationMps2, value8)
    room.put(\.throttle, value9)
    room.put(\.brake, value10)
    room.put(\.gear, value11)
    room.put(\.sync, value12)
    room.put(\.divergence, value13)
    room.put(\.predicted, value14)
    room.put(\.uncertainty, value15)
    room.put(\.revision, value16)
    room.put(\.learned, value17)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__VehicleState>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__VehicleState())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(18 * 2 * Scratch.headBytes)
    c.pointee.vehicle_id = try scratch.string(self.vehicleID)
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    if let value = self.position { c.pointee.position = try scratch.message(value) }
    if let value = self.headingDeg {
      c.pointee.heading_deg = value
      c.pointee.heading_deg_presence_case = Twin__Common__V1__VehicleState__HeadingDegPresenceCase(rawValue: 4)
    }
    if let value = self.speedMps {
      c.pointee.speed_mps = value
      c.pointee.speed_mps_presence_case = Twin__Common__V1__VehicleState__SpeedMpsPresenceCase(rawValue: 5)
    }
    if let value = self.accelerationMps2 {
      c.pointee.acceleration_mps2 = value
      c.pointee.acceleration_mps2_presence_case = Twin__Common__V1__VehicleState__AccelerationMps2PresenceCase(rawValue: 6)
    }
    if let value = self.yawRateRps {
      c.pointee.yaw_rate_rps = value
      c.pointee.yaw_rate_rps_presence_case = Twin__Common__V1__VehicleState__YawRateRpsPresenceCase(rawValue: 7)
    }
    if let value = self.steeringRad {
      c.pointee.steering_rad = value
      c.pointee.steering_rad_presence_case = Twin__Common__V1__VehicleState__SteeringRadPresenceCase(rawValue: 8)
    }
    if let value = self.lateralAccelerationMps2 {
      c.pointee.lateral_acceleration_mps2 = value
      c.pointee.lateral_acceleration_mps2_presence_case = Twin__Common__V1__VehicleState__LateralAccelerationMps2PresenceCase(rawValue: 9)
    }
    if let value = self.throttle {
      c.pointee.throttle = value
      c.pointee.throttle_presence_case = Twin__Common__V1__VehicleState__ThrottlePresenceCase(rawValue: 10)
    }
    if let value = self.brake {
      c.pointee.brake = value
      c.pointee.brake_presence_case = Twin__Common__V1__VehicleState__BrakePresenceCase(rawValue: 11)
    }
    if let value = self.gear {
      c.pointee.gear = value
      c.pointee.gear_presence_case = Twin__Common__V1__VehicleState__GearPresenceCase(rawValue: 12)
    }
    if let value = self.sync { c.pointee.sync = try scratch.message(value) }
    if let value = self.divergence { c.pointee.divergence = try scratch.message(value) }
    c.pointee.n_predicted = self.predicted.count
    c.pointee.predicted = try scratch.messages(self.predicted)
    if let value = self.uncertainty { c.pointee.uncertainty = try scratch.message(value) }
    c.pointee.revision = self.revision
    if let value = self.learned { c.pointee.learned = try scratch.message(value) }
  }
}

extension Position: RPCMessage {
  public static var messageName: String { "twin.common.v1.Position" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Position: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__position__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Position>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.lat_presence_case.rawValue == 1 ? c.pointee.lat : nil
    let value1 = c.pointee.lon_presence_case.rawValue == 2 ? c.pointee.lon : nil
    let value2 = c.pointee.x_m_presence_case.rawValue == 3 ? c.pointee.x_m : nil
    let value3 = c.pointee.y_m_presence_case.rawValue == 4 ? c.pointee.y_m : nil
    let value4 = c.pointee.altitude_m_presence_case.rawValue == 5 ? c.pointee.altitude_m : nil
    room.put(\.lat, value0)
    room.put(\.lon, value1)
    room.put(\.xM, value2)
    room.put(\.yM, value3)
    room.put(\.altitudeM, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Position>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Position())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    if let value = self.lat {
      c.pointee.lat = value
      c.pointee.lat_presence_case = Twin__Common__V1__Position__LatPresenceCase(rawValue: 1)
    }
    if let value = self.lon {
      c.pointee.lon = value
      c.pointee.lon_presence_case = Twin__Common__V1__Position__LonPresenceCase(rawValue: 2)
    }
    if let value = self.xM {
      c.pointee.x_m = value
      c.pointee.x_m_presence_case = Twin__Common__V1__Position__XMPresenceCase(rawValue: 3)
    }
    if let value = self.yM {
      c.pointee.y_m = value
      c.pointee.y_m_presence_case = Twin__Common__V1__Position__YMPresenceCase(rawValue: 4)
    }
    if let value = self.altitudeM {
      c.pointee.altitude_m = value
      c.pointee.altitude_m_presence_case = Twin__Common__V1__Position__AltitudeMPresenceCase(rawValue: 5)
    }
  }
}

extension SyncState: RPCMessage {
  public static var messageName: String { "twin.common.v1.SyncState" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SyncState: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__sync_state__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__SyncState>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.lag_ms
    let value1 = c.pointee.last_sequence
    let value2 = SyncStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value3 = try MessageCodec.string(c.pointee.source, "twin.common.v1.SyncState.source")
    let value4 = c.pointee.clock_skew_ms_presence_case.rawValue == 5 ? c.pointee.clock_skew_ms : nil
    let value5 = try MessageCodec.message(c.pointee.received_time, ProtoTimestamp.self)
    let value6 = c.pointee.samples
    room.put(\.lagMs, value0)
    room.put(\.lastSequence, value1)
    room.put(\.status, value2)
    room.put(\.source, value3)
    room.put(\.clockSkewMs, value4)
    room.put(\.receivedTime, value5)
    room.put(\.samples, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__SyncState>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__SyncState())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.lag_ms = self.lagMs
    c.pointee.last_sequence = self.lastSequence
    c.pointee.status = Twin__Common__V1__SyncStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.source = try scratch.string(self.source)
    if let value = self.clockSkewMs {
      c.pointee.clock_skew_ms = value
      c.pointee.clock_skew_ms_presence_case = Twin__Common__V1__SyncState__ClockSkewMsPresenceCase(rawValue: 5)
    }
    if let value = self.receivedTime { c.pointee.received_time = try scratch.message(value) }
    c.pointee.samples = self.samples
  }
}

extension Divergence: RPCMessage {
  public static var messageName: String { "twin.common.v1.Divergence" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Divergence: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__divergence__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Divergence>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.position_m_presence_case.rawValue == 1 ? c.pointee.position_m : nil
    let value1 = c.pointee.speed_mps_presence_case.rawValue == 2 ? c.pointee.speed_mps : nil
    let value2 = c.pointee.heading_deg_presence_case.rawValue == 3 ? c.pointee.heading_deg : nil
    let value3 = c.pointee.yaw_rate_rps_presence_case.rawValue == 4 ? c.pointee.yaw_rate_rps : nil
    let value4 = c.pointee.acceleration_mps2_presence_case.rawValue == 5 ? c.pointee.acceleration_mps2 : nil
    let value5 = c.pointee.diverged != 0
    let value6 = try MessageCodec.array(c.pointee.channels, c.pointee.n_channels) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.Divergence.channels")
    }
    let value7 = try MessageCodec.message(c.pointee.since, ProtoTimestamp.self)
    let value8 = c.pointee.normalised_innovation_presence_case.rawValue == 9 ? c.pointee.normalised_innovation : nil
    let value9 = c.pointee.lateral_acceleration_mps2_presence_case.rawValue == 10 ? c.pointee.lateral_acceleration_mps2 : nil
    let value10 = c.pointee.steering_rad_presence_case.rawValue == 11 ? c.pointee.steering_rad : nil
    room.put(\.positionM, value0)
    room.put(\.speedMps, value1)
    room.put(\.headingDeg, value2)
    room.put(\.yawRateRps, value3)
    room.put(\.accelerationMps2, value4)
    room.put(\.diverged, value5)
    room.put(\.channels, value6)
    room.put(\.since, value7)
    room.put(\.normalisedInnovation, value8)
    room.put(\.lateralAccelerationMps2, value9)
    room.put(\.steeringRad, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Divergence>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Divergence())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    if let value = self.positionM {
      c.pointee.position_m = value
      c.pointee.position_m_presence_case = Twin__Common__V1__Divergence__PositionMPresenceCase(rawValue: 1)
    }
    if let value = self.speedMps {
      c.pointee.speed_mps = value
      c.pointee.speed_mps_presence_case = Twin__Common__V1__Divergence__SpeedMpsPresenceCase(rawValue: 2)
    }
    if let value = self.headingDeg {
      c.pointee.heading_deg = value
      c.pointee.heading_deg_presence_case = Twin__Common__V1__Divergence__HeadingDegPresenceCase(rawValue: 3)
    }
    if let value = self.yawRateRps {
      c.pointee.yaw_rate_rps = value
      c.pointee.yaw_rate_rps_presence_case = Twin__Common__V1__Divergence__YawRateRpsPresenceCase(rawValue: 4)
    }
    if let value = self.accelerationMps2 {
      c.pointee.acceleration_mps2 = value
      c.pointee.acceleration_mps2_presence_case = Twin__Common__V1__Divergence__AccelerationMps2PresenceCase(rawValue: 5)
    }
    c.pointee.diverged = self.diverged ? 1 : 0
    c.pointee.n_channels = self.channels.count
    c.pointee.channels = try scratch.array(self.channels) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    if let value = self.since { c.pointee.since = try scratch.message(value) }
    if let value = self.normalisedInnovation {
      c.pointee.normalised_innovation = value
      c.pointee.normalised_innovation_presence_case = Twin__Common__V1__Divergence__NormalisedInnovationPresenceCase(rawValue: 9)
    }
    if let value = self.lateralAccelerationMps2 {
      c.pointee.lateral_acceleration_mps2 = value
      c.pointee.lateral_acceleration_mps2_presence_case = Twin__Common__V1__Divergence__LateralAccelerationMps2PresenceCase(rawValue: 10)
    }
    if let value = self.steeringRad {
      c.pointee.steering_rad = value
      c.pointee.steering_rad_presence_case = Twin__Common__V1__Divergence__SteeringRadPresenceCase(rawValue: 11)
    }
  }
}

extension LearnedBehaviour: RPCMessage {
  public static var messageName: String { "twin.common.v1.LearnedBehaviour" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension LearnedBehaviour: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__learned_behaviour__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__LearnedBehaviour>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.position_noise_m
    let value1 = c.pointee.speed_noise_mps
    let value2 = MessageCodec.array(c.pointee.levels, c.pointee.n_levels)
    let value3 = MessageCodec.array(c.pointee.ellipses, c.pointee.n_ellipses)
    let value4 = MessageCodec.array(c.pointee.circles, c.pointee.n_circles)
    let value5 = MessageCodec.array(c.pointee.counts, c.pointee.n_counts)
    room.put(\.positionNoiseM, value0)
    room.put(\.speedNoiseMps, value1)
    room.put(\.levels, value2)
    room.put(\.ellipses, value3)
    room.put(\.circles, value4)
    room.put(\.counts, value5)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__LearnedBehaviour>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__LearnedBehaviour())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.position_noise_m = self.positionNoiseM
    c.pointee.speed_noise_mps = self.speedNoiseMps
    c.pointee.n_levels = self.levels.count
    c.pointee.levels = try scratch.array(self.levels)
    c.pointee.n_ellipses = self.ellipses.count
    c.pointee.ellipses = try scratch.array(self.ellipses)
    c.pointee.n_circles = self.circles.count
    c.pointee.circles = try scratch.array(self.circles)
    c.pointee.n_counts = self.counts.count
    c.pointee.counts = try scratch.array(self.counts)
  }
}

extension PredictedState: RPCMessage {
  public static var messageName: String { "twin.common.v1.PredictedState" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension PredictedState: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__predicted_state__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__PredictedState>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.t_s
    let value1 = c.pointee.x_m_presence_case.rawValue == 2 ? c.pointee.x_m : nil
    let value2 = c.pointee.y_m_presence_case.rawValue == 3 ? c.pointee.y_m : nil
    let value3 = c.pointee.speed_mps
    let value4 = c.pointee.heading_deg
    let value5 = c.pointee.std_m
    let value6 = c.pointee.lat_presence_case.rawValue == 7 ? c.pointee.lat : nil
    let value7 = c.pointee.lon_presence_case.rawValue == 8 ? c.pointee.lon : nil
    let value8 = c.pointee.covariance_xx_m2_presence_case.rawValue == 9 ? c.pointee.covariance_xx_m2 : nil
    let value9 = c.pointee.covariance_xy_m2_presence_case.rawValue == 10 ? c.pointee.covariance_xy_m2 : nil
    let value10 = c.pointee.covariance_yy_m2_presence_case.rawValue == 11 ? c.pointee.covariance_yy_m2 : nil
    let value11 = c.pointee.region90_radius_m_presence_case.rawValue == 12 ? c.pointee.region90_radius_m : nil
    room.put(\.tS, value0)
    room.put(\.xM, value1)
    room.put(\.yM, value2)
    room.put(\.speedMps, value3)
    room.put(\.headingDeg, value4)
    room.put(\.stdM, value5)
    room.put(\.lat, value6)
    room.put(\.lon, value7)
    room.put(\.covarianceXxM2, value8)
    room.put(\.covarianceXyM2, value9)
    room.put(\.covarianceYyM2, value10)
    room.put(\.region90RadiusM, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__PredictedState>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__PredictedState())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.t_s = self.tS
    if let value = self.xM {
      c.pointee.x_m = value
      c.pointee.x_m_presence_case = Twin__Common__V1__PredictedState__XMPresenceCase(rawValue: 2)
    }
    if let value = self.yM {
      c.pointee.y_m = value
      c.pointee.y_m_presence_case = Twin__Common__V1__PredictedState__YMPresenceCase(rawValue: 3)
    }
    c.pointee.speed_mps = self.speedMps
    c.pointee.heading_deg = self.headingDeg
    c.pointee.std_m = self.stdM
    if let value = self.lat {
      c.pointee.lat = value
      c.pointee.lat_presence_case = Twin__Common__V1__PredictedState__LatPresenceCase(rawValue: 7)
    }
    if let value = self.lon {
      c.pointee.lon = value
      c.pointee.lon_presence_case = Twin__Common__V1__PredictedState__LonPresenceCase(rawValue: 8)
    }
    if let value = self.covarianceXxM2 {
      c.pointee.covariance_xx_m2 = value
      c.pointee.covariance_xx_m2_presence_case = Twin__Common__V1__PredictedState__CovarianceXxM2PresenceCase(rawValue: 9)
    }
    if let value = self.covarianceXyM2 {
      c.pointee.covariance_xy_m2 = value
      c.pointee.covariance_xy_m2_presence_case = Twin__Common__V1__PredictedState__CovarianceXyM2PresenceCase(rawValue: 10)
    }
    if let value = self.covarianceYyM2 {
      c.pointee.covariance_yy_m2 = value
      c.pointee.covariance_yy_m2_presence_case = Twin__Common__V1__PredictedState__CovarianceYyM2PresenceCase(rawValue: 11)
    }
    if let value = self.region90RadiusM {
      c.pointee.region90_radius_m = value
      c.pointee.region90_radius_m_presence_case = Twin__Common__V1__PredictedState__Region90RadiusMPresenceCase(rawValue: 12)
    }
  }
}

extension StateUncertainty: RPCMessage {
  public static var messageName: String { "twin.common.v1.StateUncertainty" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension StateUncertainty: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__state_uncertainty__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__StateUncertainty>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.position_std_m
    let value1 = c.pointee.speed_std_mps
    let value2 = c.pointee.heading_std_deg
    let value3 = c.pointee.yaw_rate_std_rps
    room.put(\.positionStdM, value0)
    room.put(\.speedStdMps, value1)
    room.put(\.headingStdDeg, value2)
    room.put(\.yawRateStdRps, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__StateUncertainty>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__StateUncertainty())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.position_std_m = self.positionStdM
    c.pointee.speed_std_mps = self.speedStdMps
    c.pointee.heading_std_deg = self.headingStdDeg
    c.pointee.yaw_rate_std_rps = self.yawRateStdRps
  }
}
