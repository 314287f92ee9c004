// Generated from twin/common/v1/telemetry.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// Health of a sensor.
public enum SensorHealth: Sendable, Hashable, CaseIterable {
  /// Not reported.
  case unspecified
  /// Works as specified.
  case ok
  /// Works with less range, rate or accuracy.
  case degraded
  /// Delivers, but sees nothing.
  case blind
  /// Repeats an old reading.
  case frozen
  /// Delivers readings with a known offset.
  case biased
  /// Delivers late.
  case delayed
  /// Delivers nothing.
  case failed
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [SensorHealth] {
    [
      .unspecified,
      .ok,
      .degraded,
      .blind,
      .frozen,
      .biased,
      .delayed,
      .failed,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .ok
    case 2: self = .degraded
    case 3: self = .blind
    case 4: self = .frozen
    case 5: self = .biased
    case 6: self = .delayed
    case 7: self = .failed
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .ok: 1
    case .degraded: 2
    case .blind: 3
    case .frozen: 4
    case .biased: 5
    case .delayed: 6
    case .failed: 7
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Kind of a sensor.
public enum SensorKind: Sendable, Hashable, CaseIterable {
  /// Not reported.
  case unspecified
  /// Laser scanner.
  case lidar
  /// Camera.
  case camera
  /// Radar.
  case radar
  /// Satellite positioning.
  case gnss
  /// Inertial unit.
  case imu
  /// Wheel odometry.
  case odometry
  /// Ultrasonic.
  case ultrasonic
  /// Anything else.
  case other
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [SensorKind] {
    [
      .unspecified,
      .lidar,
      .camera,
      .radar,
      .gnss,
      .imu,
      .odometry,
      .ultrasonic,
      .other,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .lidar
    case 2: self = .camera
    case 3: self = .radar
    case 4: self = .gnss
    case 5: self = .imu
    case 6: self = .odometry
    case 7: self = .ultrasonic
    case 8: self = .other
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .lidar: 1
    case .camera: 2
    case .radar: 3
    case .gnss: 4
    case .imu: 5
    case .odometry: 6
    case .ultrasonic: 7
    case .other: 8
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Condition of the road surface.
public enum RoadCondition: Sendable, Hashable, CaseIterable {
  /// Not reported.
  case unspecified
  /// Dry.
  case dry
  /// Wet.
  case wet
  /// Standing water.
  case flooded
  /// Snow.
  case snow
  /// Ice.
  case ice
  /// Loose gravel.
  case gravel
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [RoadCondition] {
    [
      .unspecified,
      .dry,
      .wet,
      .flooded,
      .snow,
      .ice,
      .gravel,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .dry
    case 2: self = .wet
    case 3: self = .flooded
    case 4: self = .snow
    case 5: self = .ice
    case 6: self = .gravel
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .dry: 1
    case .wet: 2
    case .flooded: 3
    case .snow: 4
    case .ice: 5
    case .gravel: 6
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Who or what drives.
public enum DriverMode: Sendable, Hashable, CaseIterable {
  /// Not reported.
  case unspecified
  /// A person drives.
  case manual
  /// A person drives with assistance.
  case assisted
  /// The system drives.
  case automated
  /// A remote operator drives.
  case remote
  /// Nobody drives.
  case parked
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [DriverMode] {
    [
      .unspecified,
      .manual,
      .assisted,
      .automated,
      .remote,
      .parked,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .manual
    case 2: self = .assisted
    case 3: self = .automated
    case 4: self = .remote
    case 5: self = .parked
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .manual: 1
    case .assisted: 2
    case .automated: 3
    case .remote: 4
    case .parked: 5
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// One measured state of a vehicle at one moment. Either lat and lon, or x_m and y_m, or both pairs are present, or
/// no position at all (asynchronous sensors).
public struct TelemetrySample: Sendable, Equatable {
  /// Number that the source counts up by one a sample, from 1; identifies the sample within (vehicle, source).
  public var sequence: UInt64
  /// When the source measured, by the source's clock. Required.
  public var time: ProtoTimestamp?
  /// Latitude WGS 84 in degrees, -90 to 90.
  public var lat: Double?
  /// Longitude WGS 84 in degrees, -180 to 180.
  public var lon: Double?
  /// East position in the site's local frame in metres, within ±10,000,000.
  public var xM: Double?
  /// North position in the site's local frame in metres, within ±10,000,000.
  public var yM: Double?
  /// Height above the ellipsoid in metres, -1,000 to 20,000.
  public var altitudeM: Double?
  /// Speed along the body's axis in m/s, -50 to 150; negative backwards.
  public var speedMps: Double?
  /// Direction the body points, degrees clockwise from north, -360 to 360.
  public var headingDeg: Double?
  /// Yaw rate in rad/s, counter-clockwise positive, within ±10.
  public var yawRateRps: Double?
  /// Mean steering angle of the front wheels in rad, left positive, within ±1.6.
  public var steeringRad: Double?
  /// Acceleration along the body's axis in m/s², within ±100.
  public var accelerationMps2: Double?
  /// Acceleration across the body in m/s², left positive, within ±100.
  public var lateralAccelerationMps2: Double?
  /// Throttle position, 0 to 1.
  public var throttle: Double?
  /// Brake demand, 0 to 1.
  public var brake: Double?
  /// Engaged gear, -1 reverse, 0 neutral, up to 20.
  public var gear: Int32?
  /// What the vehicle's sensors report at the same moment; at most 64.
  public var sensors: [SensorSample]
  /// Twin id such as "twin-001"; in batch rows, where no enclosing message names the vehicle.
  public var vehicleID: String?
  /// Physical id such as "AV-001"; in batch rows, instead of vehicle_id.
  public var physicalVehicleID: String?
  /// Source of the sample, 1 to 128 characters; in batch rows. Absent means "default".
  public var source: String?
  /// Standard deviation of the position per axis in metres, over 0 to 1,000.
  public var positionStdM: Double?
  /// Standard deviation of speed_mps in m/s, over 0 to 100.
  public var speedStdMps: Double?
  /// Standard deviation of heading_deg in degrees, over 0 to 180.
  public var headingStdDeg: Double?
  /// Standard deviation of yaw_rate_rps in rad/s, over 0 to 10.
  public var yawRateStdRps: Double?
  /// Standard deviation of acceleration_mps2 in m/s², over 0 to 100.
  public var accelerationStdMps2: Double?
  /// Free distance to the vehicle ahead in metres, 0 to 1,000.
  public var leaderGapM: Double?
  /// Speed of the vehicle ahead in m/s, -50 to 150.
  public var leaderSpeedMps: Double?
  /// Energy drawn from fuel or battery since the source started, in J, 0 or more.
  public var energyJ: Double?

  public init(
    sequence: UInt64 = 0,
    time: ProtoTimestamp? = nil,
    lat: Double? = nil,
    lon: Double? = nil,
    xM: Double? = nil,
    yM: Double? = nil,
    altitudeM: Double? = nil,
    speedMps: Double? = nil,
    headingDeg: Double? = nil,
    yawRateRps: Double? = nil,
    steeringRad: Double? = nil,
    accelerationMps2: Double? = nil,
    lateralAccelerationMps2: Double? = nil,
    throttle: Double? = nil,
    brake: Double? = nil,
    gear: Int32? = nil,
    sensors: [SensorSample] = [],
    vehicleID: String? = nil,
    physicalVehicleID: String? = nil,
    source: String? = nil,
    positionStdM: Double? = nil,
    speedStdMps: Double? = nil,
    headingStdDeg: Double? = nil,
    yawRateStdRps: Double? = nil,
    accelerationStdMps2: Double? = nil,
    leaderGapM: Double? = nil,
    leaderSpeedMps: Double? = nil,
    energyJ: Double? = nil
  ) {
    self.sequence = sequence
    self.time = time
    self.lat = lat
    self.lon = lon
    self.xM = xM
    self.yM = yM
    self.altitudeM = altitudeM
    self.speedMps = speedMps
    self.headingDeg = headingDeg
    self.yawRateRps = yawRateRps
    self.steeringRad = steeringRad
    self.accelerationMps2 = accelerationMps2
    self.lateralAccelerationMps2 = lateralAccelerationMps2
    self.throttle = throttle
    self.brake = brake
    self.gear = gear
    self.sensors = sensors
    self.vehicleID = vehicleID
    self.physicalVehicleID = physicalVehicleID
    self.source = source
    self.positionStdM = positionStdM
    self.speedStdMps = speedStdMps
    self.headingStdDeg = headingStdDeg
    self.yawRateStdRps = yawRateStdRps
    self.accelerationStdMps2 = accelerationStdMps2
    self.leaderGapM = leaderGapM
    self.leaderSpeedMps = leaderSpeedMps
    self.energyJ = energyJ
  }
}

/// One report of one sensor: its health and what it detects.
public struct SensorSample: Sendable, Equatable {
  /// Name of the sensor on the vehicle, 1 to 128 characters, such as "front_radar".
  public var sensorID: String
  /// Kind of the sensor.
  public var kind: SensorKind
  /// Health.
  public var health: SensorHealth
  /// Number that the source counts up by one a report of this sensor, from 1. Required when the report comes on its
  /// own, where (vehicle, source, sensor_id, sequence) is stored once; absent inside a telemetry sample.
  public var sequence: UInt64?
  /// When the sensor measured. Required when the report comes on its own; absent inside a telemetry sample means the
  /// enclosing sample's time.
  public var time: ProtoTimestamp?
  /// Rate of readings in Hz, 0 to 100,000.
  public var rateHz: Double?
  /// Age of a reading when it is delivered, in ms, 0 to 60,000.
  public var latencyMs: Double?
  /// Objects seen; at most 1,024.
  public var detections: [Detection]
  /// Other readings by name with the unit in the name, such as {"temperature_c": 41.5}.
  public var values: ProtoStruct?

  public init(
    sensorID: String = "",
    kind: SensorKind = .unspecified,
    health: SensorHealth = .unspecified,
    sequence: UInt64? = nil,
    time: ProtoTimestamp? = nil,
    rateHz: Double? = nil,
    latencyMs: Double? = nil,
    detections: [Detection] = [],
    values: ProtoStruct? = nil
  ) {
    self.sensorID = sensorID
    self.kind = kind
    self.health = health
    self.sequence = sequence
    self.time = time
    self.rateHz = rateHz
    self.latencyMs = latencyMs
    self.detections = detections
    self.values = values
  }
}

/// One object that a sensor detects, in the vehicle's frame (x ahead, y left, origin at the rear axle).
public struct Detection: Sendable, Equatable {
  /// Track id, unique per sensor while the object is tracked; empty when untracked.
  public var objectID: String
  /// Category such as "car", "pedestrian", "cyclist", "obstacle".
  public var category: String
  /// Distance ahead in metres, within ±1,000.
  public var xM: Double
  /// Distance to the left in metres, within ±1,000.
  public var yM: Double
  /// Speed of the object along x in m/s, within ±150.
  public var speedMps: Double?
  /// Speed of the object along y in m/s, within ±150.
  public var lateralSpeedMps: Double?
  /// Length in metres, 0 to 100.
  public var lengthM: Double?
  /// Width in metres, 0 to 100.
  public var widthM: Double?
  /// Confidence of the detection, 0 to 1.
  public var confidence: Double

  public init(
    objectID: String = "",
    category: String = "",
    xM: Double = 0,
    yM: Double = 0,
    speedMps: Double? = nil,
    lateralSpeedMps: Double? = nil,
    lengthM: Double? = nil,
    widthM: Double? = nil,
    confidence: Double = 0
  ) {
    self.objectID = objectID
    self.category = category
    self.xM = xM
    self.yM = yM
    self.speedMps = speedMps
    self.lateralSpeedMps = lateralSpeedMps
    self.lengthM = lengthM
    self.widthM = widthM
    self.confidence = confidence
  }
}

/// Weather and road around a vehicle or a site at one moment.
public struct EnvironmentSample: Sendable, Equatable {
  /// Number that the source counts up by one an environment sample, from 1: each kind of sample counts on its own, and
  /// (vehicle, source, sequence) of a kind is stored once.
  public var sequence: UInt64
  /// When it was measured. Required.
  public var time: ProtoTimestamp?
  /// Condition of the road.
  public var roadCondition: RoadCondition
  /// Friction coefficient of the road, 0 to 1.5.
  public var roadFriction: Double?
  /// Air temperature in °C, -80 to 70.
  public var temperatureC: Double?
  /// Road surface temperature in °C, -80 to 90.
  public var roadTemperatureC: Double?
  /// Rain rate in mm/h, 0 to 500.
  public var rainMmPerH: Double?
  /// Snowfall as melted water in mm/h, 0 to 100.
  public var snowMmPerH: Double?
  /// Meteorological visibility in metres, 0 to 100,000.
  public var visibilityM: Double?
  /// Wind speed in m/s, 0 to 120.
  public var windSpeedMps: Double?
  /// Direction the wind comes from, degrees clockwise from north, 0 to 360.
  public var windFromDeg: Double?
  /// Ambient light in lux, 0 to 200,000.
  public var illuminanceLx: Double?

  public init(
    sequence: UInt64 = 0,
    time: ProtoTimestamp? = nil,
    roadCondition: RoadCondition = .unspecified,
    roadFriction: Double? = nil,
    temperatureC: Double? = nil,
    roadTemperatureC: Double? = nil,
    rainMmPerH: Double? = nil,
    snowMmPerH: Double? = nil,
    visibilityM: Double? = nil,
    windSpeedMps: Double? = nil,
    windFromDeg: Double? = nil,
    illuminanceLx: Double? = nil
  ) {
    self.sequence = sequence
    self.time = time
    self.roadCondition = roadCondition
    self.roadFriction = roadFriction
    self.temperatureC = temperatureC
    self.roadTemperatureC = roadTemperatureC
    self.rainMmPerH = rainMmPerH
    self.snowMmPerH = snowMmPerH
    self.visibilityM = visibilityM
    self.windSpeedMps = windSpeedMps
    self.windFromDeg = windFromDeg
    self.illuminanceLx = illuminanceLx
  }
}

/// What the vehicle is used for at one moment.
public struct OperationsSample: Sendable, Equatable {
  /// Number that the source counts up by one an operations sample, from 1: each kind of sample counts on its own, and
  /// (vehicle, source, sequence) of a kind is stored once.
  public var sequence: UInt64
  /// When it was true. Required.
  public var time: ProtoTimestamp?
  /// Mission in progress, at most 128 characters; empty when none.
  public var missionID: String
  /// State of the mission such as "en_route", at most 128 characters; empty when unknown.
  public var missionState: String
  /// Who drives.
  public var driverMode: DriverMode
  /// Payload in kg, 0 to 100,000.
  public var loadKg: Double?
  /// People on board, 0 to 300.
  public var passengers: UInt32?
  /// Fill of tank or battery, 0 to 1.
  public var fuelShare: Double?
  /// Odometer in km, 0 to 10,000,000.
  public var odometerKm: Double?
  /// Other facts of the operation.
  public var attributes: ProtoStruct?

  public init(
    sequence: UInt64 = 0,
    time: ProtoTimestamp? = nil,
    missionID: String = "",
    missionState: String = "",
    driverMode: DriverMode = .unspecified,
    loadKg: Double? = nil,
    passengers: UInt32? = nil,
    fuelShare: Double? = nil,
    odometerKm: Double? = nil,
    attributes: ProtoStruct? = nil
  ) {
    self.sequence = sequence
    self.time = time
    self.missionID = missionID
    self.missionState = missionState
    self.driverMode = driverMode
    self.loadKg = loadKg
    self.passengers = passengers
    self.fuelShare = fuelShare
    self.odometerKm = odometerKm
    self.attributes = attributes
  }
}

extension TelemetrySample: RPCMessage {
  public static var messageName: String { "twin.common.v1.TelemetrySample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension TelemetrySample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__telemetry_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__TelemetrySample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.sequence
    let value1 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value2 = c.pointee.lat_presence_case.rawValue == 3 ? c.pointee.lat : nil
    let value3 = c.pointee.lon_presence_case.rawValue == 4 ? c.pointee.lon : nil
    let value4 = c.pointee.x_m_presence_case.rawValue == 5 ? c.pointee.x_m : nil
    let value5 = c.pointee.y_m_presence_case.rawValue == 6 ? c.pointee.y_m : nil
    let value6 = c.pointee.altitude_m_presence_case.rawValue == 7 ? c.pointee.altitude_m : nil
    let value7 = c.pointee.speed_mps_presence_case.rawValue == 8 ? c.pointee.speed_mps : nil
    let value8 = c.pointee.heading_deg_presence_case.rawValue == 9 ? c.pointee.heading_deg : nil
    let value9 = c.pointee.yaw_rate_rps_presence_case.rawValue == 10 ? c.pointee.yaw_rate_rps : nil
    let value10 = c.pointee.steering_rad_presence_case.rawValue == 11 ? c.pointee.steering_rad : nil
    let value11 = c.pointee.acceleration_mps2_presence_case.rawValue == 12 ? c.pointee.acceleration_mps2 : nil
    let value12 = c.pointee.lateral_acceleration_mps2_presence_case.rawValue == 13 ? c.pointee.lateral_acceleration_mps2 : nil
    let value13 = c.pointee.throttle_presence_case.rawValue == 14 ? c.pointee.throttle : nil
    let value14 = c.pointee.brake_presence_case.rawValue == 15 ? c.pointee.brake : nil
    let value15 = c.pointee.gear_presence_case.rawValue == 16 ? c.pointee.gear : nil
    let value16 = try MessageCodec.messages(c.pointee.sensors, c.pointee.n_sensors, SensorSample.self)
    let value17 = try c.pointee.vehicle_id_presence_case.rawValue == 18 ? MessageCodec.string(c.pointee.vehicle_id, "twin.common.v1.TelemetrySample.vehicle_id") : nil
    let value18 = try c.pointee.physical_vehicle_id_presence_case.rawValue == 19 ? MessageCodec.string(c.pointee.physical_vehicle_id, "twin.common.v1.TelemetrySample.physical_vehicle_id") : nil
    let value19 = try c.pointee.source_presence_case.rawValue == 20 ? MessageCodec.string(c.pointee.source, "twin.common.v1.TelemetrySample.source") : nil
    let value20 = c.pointee.position_std_m_presence_case.rawValue == 21 ? c.pointee.position_std_m : nil
    let value21 = c.pointee.speed_std_mps_presence_case.rawValue == 22 ? c.pointee.speed_std_mps : nil
    let value22 = c.pointee.heading_std_deg_presence_case.rawValue == 23 ? c.pointee.heading_std_deg : nil
    let value23 = c.pointee.yaw_rate_std_rps_presence_case.rawValue == 24 ? c.pointee.yaw_rate_std_rps : nil
    let value24 = c.pointee.acceleration_std_mps2_presence_case.rawValue == 25 ? c.pointee.acceleration_std_mps2 : nil
    let value25 = c.pointee.leader_gap_m_presence_case.rawValue == 26 ? c.pointee.leader_gap_m : nil
    let value26 = c.pointee.leader_speed_mps_presence_case.rawValue == 27 ? c.pointee.leader_speed_mps : nil
    let value27 = c.pointee.energy_j_presence_case.rawValue == 28 ? c.pointee.energy_j : nil
    room.put(\.sequence, value0)
    room.put(\.time, value1)
    room.put(\.lat, value2)
    room.put(\.lon, value3)
    room.put(\.xM, value4)
    room.put(\.yM, value5)
    room.put(\.altitudeM, value6)
    room.put(\.speedMps, value7)
    room.put(\.headingDeg, value8)
    room.put(\.yawRateRps, value9)
    room.put(\.steeringRad, value10)
    room.put(\.accelerationMps2, value11)
    room.put(\.lateralAccelerationMps2, value12)
    room.put(\.throttle, value13)
    room.put(\.brake, value14)
    room.put(\.gear, value15)
    room.put(\.sensors, value16)
    room.put(\.vehicleID, value17)
    room.put(\.physicalVehicleID, value18)
    room.put(\.source, value19)
    room.put(\.positionStdM, value20)
    room.put(\.speedStdMps, value21)
    room.put(\.headingStdDeg, value22)
    room.put(\.yawRateStdRps, value23)
    room.put(\.accelerationStdMps2, value24)
    room.put(\.leaderGapM, value25)
    room.put(\.leaderSpeedMps, value26)
    room.put(\.energyJ, value27)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__TelemetrySample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__TelemetrySample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(28 * 2 * Scratch.headBytes)
    c.pointee.sequence = self.sequence
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    if let value = self.lat {
      c.pointee.lat = value
      c.pointee.lat_presence_case = Twin__Common__V1__TelemetrySample__LatPresenceCase(rawValue: 3)
    }
    if let value = self.lon {
      c.pointee.lon = value
      c.pointee.lon_presence_case = Twin__Common__V1__TelemetrySample__LonPresenceCase(rawValue: 4)
    }
    if let value = self.xM {
      c.pointee.x_m = value
      c.pointee.x_m_presence_case = Twin__Common__V1__TelemetrySample__XMPresenceCase(rawValue: 5)
    }
    if let value = self.yM {
      c.pointee.y_m = value
      c.pointee.y_m_presence_case = Twin__Common__V1__TelemetrySample__YMPresenceCase(rawValue: 6)
    }
    if let value = self.altitudeM {
      c.pointee.altitude_m = value
      c.pointee.altitude_m_presence_case = Twin__Common__V1__TelemetrySample__AltitudeMPresenceCase(rawValue: 7)
    }
    if let value = self.speedMps {
      c.pointee.speed_mps = value
      c.pointee.speed_mps_presence_case = Twin__Common__V1__TelemetrySample__SpeedMpsPresenceCase(rawValue: 8)
    }
    if let value = self.headingDeg {
      c.pointee.heading_deg = value
      c.pointee.heading_deg_presence_case = Twin__Common__V1__TelemetrySample__HeadingDegPresenceCase(rawValue: 9)
    }
    if let value = self.yawRateRps {
      c.pointee.yaw_rate_rps = value
      c.pointee.yaw_rate_rps_presence_case = Twin__Common__V1__TelemetrySample__YawRateRpsPresenceCase(rawValue: 10)
    }
    if let value = self.steeringRad {
      c.pointee.steering_rad = value
      c.pointee.steering_rad_presence_case = Twin__Common__V1__TelemetrySample__SteeringRadPresenceCase(rawValue: 11)
    }
    if let value = self.accelerationMps2 {
      c.pointee.acceleration_mps2 = value
      c.pointee.acceleration_mps2_presence_case = Twin__Common__V1__TelemetrySample__AccelerationMps2PresenceCase(rawValue: 12)
    }
    if let value = self.lateralAccelerationMps2 {
      c.pointee.lateral_acceleration_mps2 = value
      c.pointee.lateral_acceleration_mps2_presence_case = Twin__Common__V1__TelemetrySample__LateralAccelerationMps2PresenceCase(rawValue: 13)
    }
    if let value = self.throttle {
      c.pointee.throttle = value
      c.pointee.throttle_presence_case = Twin__Common__V1__TelemetrySample__ThrottlePresenceCase(rawValue: 14)
    }
    if let value = self.brake {
      c.pointee.brake = value
      c.pointee.brake_presence_case = Twin__Common__V1__TelemetrySample__BrakePresenceCase(rawValue: 15)
    }
    if let value = self.gear {
      c.pointee.gear = value
      c.pointee.gear_presence_case = Twin__Common__V1__TelemetrySample__GearPresenceCase(rawValue: 16)
    }
    c.pointee.n_sensors = self.sensors.count
    c.pointee.sensors = try scratch.messages(self.sensors)
    if let value = self.vehicleID {
      c.pointee.vehicle_id = try scratch.string(value)
      c.pointee.vehicle_id_presence_case = Twin__Common__V1__TelemetrySample__VehicleIdPresenceCase(rawValue: 18)
    }
    if let value = self.physicalVehicleID {
      c.pointee.physical_vehicle_id = try scratch.string(value)
      c.pointee.physical_vehicle_id_presence_case = Twin__Common__V1__TelemetrySample__PhysicalVehicleIdPresenceCase(rawValue: 19)
    }
    if let value = self.source {
      c.pointee.source = try scratch.string(value)
      c.pointee.source_presence_case = Twin__Common__V1__TelemetrySample__SourcePresenceCase(rawValue: 20)
    }
    if let value = self.positionStdM {
      c.pointee.position_std_m = value
      c.pointee.position_std_m_presence_case = Twin__Common__V1__TelemetrySample__PositionStdMPresenceCase(rawValue: 21)
    }
    if let value = self.speedStdMps {
      c.pointee.speed_std_mps = value
      c.pointee.speed_std_mps_presence_case = Twin__Common__V1__TelemetrySample__SpeedStdMpsPresenceCase(rawValue: 22)
    }
    if let value = self.headingStdDeg {
      c.pointee.heading_std_deg = value
      c.pointee.heading_std_deg_presence_case = Twin__Common__V1__TelemetrySample__HeadingStdDegPresenceCase(rawValue: 23)
    }
    if let value = self.yawRateStdRps {
      c.pointee.yaw_rate_std_rps = value
      c.pointee.yaw_rate_std_rps_presence_case = Twin__Common__V1__TelemetrySample__YawRateStdRpsPresenceCase(rawValue: 24)
    }
    if let value = self.accelerationStdMps2 {
      c.pointee.acceleration_std_mps2 = value
      c.pointee.acceleration_std_mps2_presence_case = Twin__Common__V1__TelemetrySample__AccelerationStdMps2PresenceCase(rawValue: 25)
    }
    if let value = self.leaderGapM {
      c.pointee.leader_gap_m = value
      c.pointee.leader_gap_m_presence_case = Twin__Common__V1__TelemetrySample__LeaderGapMPresenceCase(rawValue: 26)
    }
    if let value = self.leaderSpeedMps {
      c.pointee.leader_speed_mps = value
      c.pointee.leader_speed_mps_presence_case = Twin__Common__V1__TelemetrySample__LeaderSpeedMpsPresenceCase(rawValue: 27)
    }
    if let value = self.energyJ {
      c.pointee.energy_j = value
      c.pointee.energy_j_presence_case = Twin__Common__V1__TelemetrySample__EnergyJPresenceCase(rawValue: 28)
    }
  }
}

extension SensorSample: RPCMessage {
  public static var messageName: String { "twin.common.v1.SensorSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SensorSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__sensor_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__SensorSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.sensor_id, "twin.common.v1.SensorSample.sensor_id")
    let value1 = SensorKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value2 = SensorHealth(rawValue: Int32(truncatingIfNeeded: c.pointee.health.rawValue))
    let value3 = c.pointee.sequence_presence_case.rawValue == 4 ? c.pointee.sequence : nil
    let value4 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value5 = c.pointee.rate_hz_presence_case.rawValue == 6 ? c.pointee.rate_hz : nil
    let value6 = c.pointee.latency_ms_presence_case.rawValue == 7 ? c.pointee.latency_ms : nil
    let value7 = try MessageCodec.messages(c.pointee.detections, c.pointee.n_detections, Detection.self)
    let value8 = try MessageCodec.message(c.pointee.values, ProtoStruct.self)
    room.put(\.sensorID, value0)
    room.put(\.kind, value1)
    room.put(\.health, value2)
    room.put(\.sequence, value3)
    room.put(\.time, value4)
    room.put(\.rateHz, value5)
    room.put(\.latencyMs, value6)
    room.put(\.detections, value7)
    room.put(\.values, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__SensorSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__SensorSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.sensor_id = try scratch.string(self.sensorID)
    c.pointee.kind = Twin__Common__V1__SensorKind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.health = Twin__Common__V1__SensorHealth(rawValue: .init(truncatingIfNeeded: self.health.rawValue))
    if let value = self.sequence {
      c.pointee.sequence = value
      c.pointee.sequence_presence_case = Twin__Common__V1__SensorSample__SequencePresenceCase(rawValue: 4)
    }
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    if let value = self.rateHz {
      c.pointee.rate_hz = value
      c.pointee.rate_hz_presence_case = Twin__Common__V1__SensorSample__RateHzPresenceCase(rawValue: 6)
    }
    if let value = self.latencyMs {
      c.pointee.latency_ms = value
      c.pointee.latency_ms_presence_case = Twin__Common__V1__SensorSample__LatencyMsPresenceCase(rawValue: 7)
    }
    c.pointee.n_detections = self.detections.count
    c.pointee.detections = try scratch.messages(self.detections)
    if let value = self.values { c.pointee.values = try scratch.message(value) }
  }
}

extension Detection: RPCMessage {
  public static var messageName: String { "twin.common.v1.Detection" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Detection: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__detection__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__Detection>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.object_id, "twin.common.v1.Detection.object_id")
    let value1 = try MessageCodec.string(c.pointee.category, "twin.common.v1.Detection.category")
    let value2 = c.pointee.x_m
    let value3 = c.pointee.y_m
    let value4 = c.pointee.speed_mps_presence_case.rawValue == 5 ? c.pointee.speed_mps : nil
    let value5 = c.pointee.lateral_speed_mps_presence_case.rawValue == 6 ? c.pointee.lateral_speed_mps : nil
    let value6 = c.pointee.length_m_presence_case.rawValue == 7 ? c.pointee.length_m : nil
    let value7 = c.pointee.width_m_presence_case.rawValue == 8 ? c.pointee.width_m : nil
    let value8 = c.pointee.confidence
    room.put(\.objectID, value0)
    room.put(\.category, value1)
    room.put(\.xM, value2)
    room.put(\.yM, value3)
    room.put(\.speedMps, value4)
    room.put(\.lateralSpeedMps, value5)
    room.put(\.lengthM, value6)
    room.put(\.widthM, value7)
    room.put(\.confidence, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__Detection>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__Detection())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.object_id = try scratch.string(self.objectID)
    c.pointee.category = try scratch.string(self.category)
    c.pointee.x_m = self.xM
    c.pointee.y_m = self.yM
    if let value = self.speedMps {
      c.pointee.speed_mps = value
      c.pointee.speed_mps_presence_case = Twin__Common__V1__Detection__SpeedMpsPresenceCase(rawValue: 5)
    }
    if let value = self.lateralSpeedMps {
      c.pointee.lateral_speed_mps = value
      c.pointee.lateral_speed_mps_presence_case = Twin__Common__V1__Detection__LateralSpeedMpsPresenceCase(rawValue: 6)
    }
    if let value = self.lengthM {
      c.pointee.length_m = value
      c.pointee.length_m_presence_case = Twin__Common__V1__Detection__LengthMPresenceCase(rawValue: 7)
    }
    if let value = self.widthM {
      c.pointee.width_m = value
      c.pointee.width_m_presence_case = Twin__Common__V1__Detection__WidthMPresenceCase(rawValue: 8)
    }
    c.pointee.confidence = self.confidence
  }
}

extension EnvironmentSample: RPCMessage {
  public static var messageName: String { "twin.common.v1.EnvironmentSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EnvironmentSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__environment_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__EnvironmentSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.sequence
    let value1 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value2 = RoadCondition(rawValue: Int32(truncatingIfNeeded: c.pointee.road_condition.rawValue))
    let value3 = c.pointee.road_friction_presence_case.rawValue == 4 ? c.pointee.road_friction : nil
    let value4 = c.pointee.temperature_c_presence_case.rawValue == 5 ? c.pointee.temperature_c : nil
    let value5 = c.pointee.road_temperature_c_presence_case.rawValue == 6 ? c.pointee.road_temperature_c : nil
    let value6 = c.pointee.rain_mm_per_h_presence_case.rawValue == 7 ? c.pointee.rain_mm_per_h : nil
    let value7 = c.pointee.snow_mm_per_h_presence_case.rawValue == 8 ? c.pointee.snow_mm_per_h : nil
    let value8 = c.pointee.visibility_m_presence_case.rawValue == 9 ? c.pointee.visibility_m : nil
    let value9 = c.pointee.wind_speed_mps_presence_case.rawValue == 10 ? c.pointee.wind_speed_mps : nil
    let value10 = c.pointee.wind_from_deg_presence_case.rawValue == 11 ? c.pointee.wind_from_deg : nil
    let value11 = c.pointee.illuminance_lx_presence_case.rawValue == 12 ? c.pointee.illuminance_lx : nil
    room.put(\.sequence, value0)
    room.put(\.time, value1)
    room.put(\.roadCondition, value2)
    room.put(\.roadFriction, value3)
    room.put(\.temperatureC, value4)
    room.put(\.roadTemperatureC, value5)
    room.put(\.rainMmPerH, value6)
    room.put(\.snowMmPerH, value7)
    room.put(\.visibilityM, value8)
    room.put(\.windSpeedMps, value9)
    room.put(\.windFromDeg, value10)
    room.put(\.illuminanceLx, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__EnvironmentSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__EnvironmentSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.sequence = self.sequence
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    c.pointee.road_condition = Twin__Common__V1__RoadCondition(rawValue: .init(truncatingIfNeeded: self.roadCondition.rawValue))
    if let value = self.roadFriction {
      c.pointee.road_friction = value
      c.pointee.road_friction_presence_case = Twin__Common__V1__EnvironmentSample__RoadFrictionPresenceCase(rawValue: 4)
    }
    if let value = self.temperatureC {
      c.pointee.temperature_c = value
      c.pointee.temperature_c_presence_case = Twin__Common__V1__EnvironmentSample__TemperatureCPresenceCase(rawValue: 5)
    }
    if let value = self.roadTemperatureC {
      c.pointee.road_temperature_c = value
      c.pointee.road_temperature_c_presence_case = Twin__Common__V1__EnvironmentSample__RoadTemperatureCPresenceCase(rawValue: 6)
    }
    if let value = self.rainMmPerH {
      c.pointee.rain_mm_per_h = value
      c.pointee.rain_mm_per_h_presence_case = Twin__Common__V1__EnvironmentSample__RainMmPerHPresenceCase(rawValue: 7)
    }
    if let value = self.snowMmPerH {
      c.pointee.snow_mm_per_h = value
      c.pointee.snow_mm_per_h_presence_case = Twin__Common__V1__EnvironmentSample__SnowMmPerHPresenceCase(rawValue: 8)
    }
    if let value = self.visibilityM {
      c.pointee.visibility_m = value
      c.pointee.visibility_m_presence_case = Twin__Common__V1__EnvironmentSample__VisibilityMPresenceCase(rawValue: 9)
    }
    if let value = self.windSpeedMps {
      c.pointee.wind_speed_mps = value
      c.pointee.wind_speed_mps_presence_case = Twin__Common__V1__EnvironmentSample__WindSpeedMpsPresenceCase(rawValue: 10)
    }
    if let value = self.windFromDeg {
      c.pointee.wind_from_deg = value
      c.pointee.wind_from_deg_presence_case = Twin__Common__V1__EnvironmentSample__WindFromDegPresenceCase(rawValue: 11)
    }
    if let value = self.illuminanceLx {
      c.pointee.illuminance_lx = value
      c.pointee.illuminance_lx_presence_case = Twin__Common__V1__EnvironmentSample__IlluminanceLxPresenceCase(rawValue: 12)
    }
  }
}

extension OperationsSample: RPCMessage {
  public static var messageName: String { "twin.common.v1.OperationsSample" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension OperationsSample: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__operations_sample__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__OperationsSample>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.sequence
    let value1 = try MessageCodec.message(c.pointee.time, ProtoTimestamp.self)
    let value2 = try MessageCodec.string(c.pointee.mission_id, "twin.common.v1.OperationsSample.mission_id")
    let value3 = try MessageCodec.string(c.pointee.mission_state, "twin.common.v1.OperationsSample.mission_state")
    let value4 = DriverMode(rawValue: Int32(truncatingIfNeeded: c.pointee.driver_mode.rawValue))
    let value5 = c.pointee.load_kg_presence_case.rawValue == 6 ? c.pointee.load_kg : nil
    let value6 = c.pointee.passengers_presence_case.rawValue == 7 ? c.pointee.passengers : nil
    let value7 = c.pointee.fuel_share_presence_case.rawValue == 8 ? c.pointee.fuel_share : nil
    let value8 = c.pointee.odometer_km_presence_case.rawValue == 9 ? c.pointee.odometer_km : nil
    let value9 = try MessageCodec.message(c.pointee.attributes, ProtoStruct.self)
    room.put(\.sequence, value0)
    room.put(\.time, value1)
    room.put(\.missionID, value2)
    room.put(\.missionState, value3)
    room.put(\.driverMode, value4)
    room.put(\.loadKg, value5)
    room.put(\.passengers, value6)
    room.put(\.fuelShare, value7)
    room.put(\.odometerKm, value8)
    room.put(\.attributes, value9)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__OperationsSample>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__OperationsSample())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.sequence = self.sequence
    if let value = self.time { c.pointee.time = try scratch.message(value) }
    c.pointee.mission_id = try scratch.string(self.missionID)
    c.pointee.mission_state = try scratch.string(self.missionState)
    c.pointee.driver_mode = Twin__Common__V1__DriverMode(rawValue: .init(truncatingIfNeeded: self.driverMode.rawValue))
    if let value = self.loadKg {
      c.pointee.load_kg = value
      c.pointee.load_kg_presence_case = Twin__Common__V1__OperationsSample__LoadKgPresenceCase(rawValue: 6)
    }
    if let value = self.passengers {
      c.pointee.passengers = value
      c.pointee.passengers_presence_case = Twin__Common__V1__OperationsSample__PassengersPresenceCase(rawValue: 7)
    }
    if let value = self.fuelShare {
      c.pointee.fuel_share = value
      c.pointee.fuel_share_presence_case = Twin__Common__V1__OperationsSample__FuelSharePresenceCase(rawValue: 8)
    }
    if let value = self.odometerKm {
      c.pointee.odometer_km = value
      c.pointee.odometer_km_presence_case = Twin__Common__V1__OperationsSample__OdometerKmPresenceCase(rawValue: 9)
    }
    if let value = self.attributes { c.pointee.attributes = try scratch.message(value) }
  }
}
