// Generated from twin/scenario/v1/ego.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// From the external driver.
public struct DriveEgoRequest: Sendable, Equatable {
  public var content: OneOfContent?

  public enum OneOfContent: Sendable, Equatable {
    /// Which run to drive; the first message.
    case attach(EgoAttach)
    /// The control for the newest observation.
    case control(EgoControl)
  }

  public init(
    content: OneOfContent? = nil
  ) {
    self.content = content
  }
}

/// Which run to drive.
public struct EgoAttach: Sendable, Equatable {
  /// Simulation started with external_ego.
  public var simulationID: String
  /// Name and version of the algorithm; kept with the outcome.
  public var algorithm: String
  /// Longest wait for a control in s of real time, over 0 to 60; absent means 5.
  public var controlTimeoutS: Double?

  public init(
    simulationID: String = "",
    algorithm: String = "",
    controlTimeoutS: Double? = nil
  ) {
    self.simulationID = simulationID
    self.algorithm = algorithm
    self.controlTimeoutS = controlTimeoutS
  }
}

/// What the ego shall do until the next observation.
public struct EgoControl: Sendable, Equatable {
  /// Step of the observation it answers.
  public var step: UInt64
  /// Demanded acceleration in m/s²; the actuators' limits apply.
  public var accelerationMps2: Double
  public var steering: OneOfSteering?
  /// Decisions to note in the trace, such as "warn".
  public var events: [String]

  public enum OneOfSteering: Sendable, Equatable {
    /// Demanded steering angle in rad, left positive.
    case steeringRad(Double)
    /// Demanded steering rate in rad/s.
    case steeringRateRps(Double)
  }

  public init(
    step: UInt64 = 0,
    accelerationMps2: Double = 0,
    steering: OneOfSteering? = nil,
    events: [String] = []
  ) {
    self.step = step
    self.accelerationMps2 = accelerationMps2
    self.steering = steering
    self.events = events
  }
}

/// To the external driver.
public struct DriveEgoResponse: Sendable, Equatable {
  public var content: OneOfContent?

  public enum OneOfContent: Sendable, Equatable {
    /// The run begins; the first message.
    case attached(EgoAttached)
    /// What the ego perceives now.
    case observation(EgoObservation)
    /// The run has ended; the last message.
    case end(EgoEnd)
  }

  public init(
    content: OneOfContent? = nil
  ) {
    self.content = content
  }
}

/// The run begins.
public struct EgoAttached: Sendable, Equatable {
  /// Id of the run.
  public var runID: String
  /// Type of the scenario.
  public var scenarioType: String
  /// Simulated time between two observations in s.
  public var stepS: Double
  /// Parameters of the scenario.
  public var parameters: ProtoStruct?
  /// Physical parameters of the ego.
  public var vehicleParameters: ProtoStruct?

  public init(
    runID: String = "",
    scenarioType: String = "",
    stepS: Double = 0,
    parameters: ProtoStruct? = nil,
    vehicleParameters: ProtoStruct? = nil
  ) {
    self.runID = runID
    self.scenarioType = scenarioType
    self.stepS = stepS
    self.parameters = parameters
    self.vehicleParameters = vehicleParameters
  }
}

/// What the ego perceives at one step.
public struct EgoObservation: Sendable, Equatable {
  /// Number of the step.
  public var step: UInt64
  /// Simulated time in s.
  public var tS: Double
  /// The ego's own state.
  public var ego: TraceRow?
  /// Actors that its sensors see.
  public var actors: [ObservedActor]
  /// Centre of the ego's lane ahead, ascending.
  public var laneCentre: [LanePoint]
  /// Speed limit in m/s.
  public var speedLimitMps: Double?
  /// Traffic signals ahead, nearest first.
  public var signals: [ObservedSignal]

  public init(
    step: UInt64 = 0,
    tS: Double = 0,
    ego: TraceRow? = nil,
    actors: [ObservedActor] = [],
    laneCentre: [LanePoint] = [],
    speedLimitMps: Double? = nil,
    signals: [ObservedSignal] = []
  ) {
    self.step = step
    self.tS = tS
    self.ego = ego
    self.actors = actors
    self.laneCentre = laneCentre
    self.speedLimitMps = speedLimitMps
    self.signals = signals
  }
}

/// An actor as the sensors see it, in the map's frame.
public struct ObservedActor: Sendable, Equatable {
  /// Track id.
  public var id: String
  /// Category such as "car" or "pedestrian".
  public var category: String
  /// East position in metres.
  public var xM: Double
  /// North position in metres.
  public var yM: Double
  /// Direction, rad counter-clockwise from east.
  public var headingRad: Double
  /// Speed in m/s.
  public var speedMps: Double
  /// Length in metres.
  public var lengthM: Double
  /// Width in metres.
  public var widthM: Double
  /// Sensor that sees it.
  public var sensor: String

  public init(
    id: String = "",
    category: String = "",
    xM: Double = 0,
    yM: Double = 0,
    headingRad: Double = 0,
    speedMps: Double = 0,
    lengthM: Double = 0,
    widthM: Double = 0,
    sensor: String = ""
  ) {
    self.id = id
    self.category = category
    self.xM = xM
    self.yM = yM
    self.headingRad = headingRad
    self.speedMps = speedMps
    self.lengthM = lengthM
    self.widthM = widthM
    self.sensor = sensor
  }
}

/// A point of a lane's centre, in the map's frame.
public struct LanePoint: Sendable, Equatable {
  /// East position in metres.
  public var xM: Double
  /// North position in metres.
  public var yM: Double
  /// Direction, rad counter-clockwise from east.
  public var headingRad: Double
  /// Width of the lane in metres.
  public var widthM: Double

  public init(
    xM: Double = 0,
    yM: Double = 0,
    headingRad: Double = 0,
    widthM: Double = 0
  ) {
    self.xM = xM
    self.yM = yM
    self.headingRad = headingRad
    self.widthM = widthM
  }
}

/// A traffic signal ahead.
public struct ObservedSignal: Sendable, Equatable {
  /// Id of the signal.
  public var id: String
  /// "red", "amber", "green", "red_amber" or "off".
  public var state: String
  /// Distance to its stop line in metres.
  public var distanceM: Double

  public init(
    id: String = "",
    state: String = "",
    distanceM: Double = 0
  ) {
    self.id = id
    self.state = state
    self.distanceM = distanceM
  }
}

/// The run has ended.
public struct EgoEnd: Sendable, Equatable {
  /// Verdict.
  public var verdict: Verdict
  /// Id of the run; results has its outcome.
  public var runID: String
  /// Why the verdict is error.
  public var error: String?

  public init(
    verdict: Verdict = .unspecified,
    runID: String = "",
    error: String? = nil
  ) {
    self.verdict = verdict
    self.runID = runID
    self.error = error
  }
}

extension DriveEgoRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DriveEgoRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DriveEgoRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__drive_ego_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DriveEgoRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 1:
      value0 = try MessageCodec.message(c.pointee.attach, EgoAttach.self).map { .attach($0) }
    case 2:
      value0 = try MessageCodec.message(c.pointee.control, EgoControl.self).map { .control($0) }
    default: value0 = nil
    }
    room.put(\.content, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DriveEgoRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DriveEgoRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    switch self.content {
    case .attach(let value)?:
      c.pointee.attach = try scratch.message(value)
      c.pointee.content_case = Twin__Scenario__V1__DriveEgoRequest__ContentCase(rawValue: 1)
    case .control(let value)?:
      c.pointee.control = try scratch.message(value)
      c.pointee.content_case = Twin__Scenario__V1__DriveEgoRequest__ContentCase(rawValue: 2)
    case nil: break
    }
  }
}

extension EgoAttach: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.EgoAttach" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EgoAttach: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__ego_attach__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__EgoAttach>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.simulation_id, "twin.scenario.v1.EgoAttach.simulation_id")
    let value1 = try MessageCodec.string(c.pointee.algorithm, "twin.scenario.v1.EgoAttach.algorithm")
    let value2 = c.pointee.control_timeout_s_presence_case.rawValue == 3 ? c.pointee.control_timeout_s : nil
    room.put(\.simulationID, value0)
    room.put(\.algorithm, value1)
    room.put(\.controlTimeoutS, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__EgoAttach>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__EgoAttach())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.simulation_id = try scratch.string(self.simulationID)
    c.pointee.algorithm = try scratch.string(self.algorithm)
    if let value = self.controlTimeoutS {
      c.pointee.control_timeout_s = value
      c.pointee.control_timeout_s_presence_case = Twin__Scenario__V1__EgoAttach__ControlTimeoutSPresenceCase(rawValue: 3)
    }
  }
}

extension EgoControl: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.EgoControl" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EgoControl: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__ego_control__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__EgoControl>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.step
    let value1 = c.pointee.acceleration_mps2
    let value2: OneOfSteering?
    switch c.pointee.steering_case.rawValue {
    case 3:
      value2 = .steeringRad(c.pointee.steering_rad)
    case 4:
      value2 = .steeringRateRps(c.pointee.steering_rate_rps)
    default: value2 = nil
    }
    let value3 = try MessageCodec.array(c.pointee.events, c.pointee.n_events) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.scenario.v1.EgoControl.events")
    }
    room.put(\.step, value0)
    room.put(\.accelerationMps2, value1)
    room.put(\.steering, value2)
    room.put(\.events, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__EgoControl>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__EgoControl())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.step = self.step
    c.pointee.acceleration_mps2 = self.accelerationMps2
    switch self.steering {
    case .steeringRad(let value)?:
      c.pointee.steering_rad = value
      c.pointee.steering_case = Twin__Scenario__V1__EgoControl__SteeringCase(rawValue: 3)
    case .steeringRateRps(let value)?:
      c.pointee.steering_rate_rps = value
      c.pointee.steering_case = Twin__Scenario__V1__EgoControl__SteeringCase(rawValue: 4)
    case nil: break
    }
    c.pointee.n_events = self.events.count
    c.pointee.events = try scratch.array(self.events) { element throws(EncodingFault) in
      try scratch.string(element)
    }
  }
}

extension DriveEgoResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.DriveEgoResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension DriveEgoResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__drive_ego_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__DriveEgoResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfContent?
    switch c.pointee.content_case.rawValue {
    case 1:
      value0 = try MessageCodec.message(c.pointee.attached, EgoAttached.self).map { .attached($0) }
    case 2:
      value0 = try MessageCodec.message(c.pointee.observation, EgoObservation.self).map { .observation($0) }
    case 3:
      value0 = try MessageCodec.message(c.pointee.end, EgoEnd.self).map { .end($0) }
    default: value0 = nil
    }
    room.put(\.content, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__DriveEgoResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__DriveEgoResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    switch self.content {
    case .attached(let value)?:
      c.pointee.attached = try scratch.message(value)
      c.pointee.content_case = Twin__Scenario__V1__DriveEgoResponse__ContentCase(rawValue: 1)
    case .observation(let value)?:
      c.pointee.observation = try scratch.message(value)
      c.pointee.content_case = Twin__Scenario__V1__DriveEgoResponse__ContentCase(rawValue: 2)
    case .end(let value)?:
      c.pointee.end = try scratch.message(value)
      c.pointee.content_case = Twin__Scenario__V1__DriveEgoResponse__ContentCase(rawValue: 3)
    case nil: break
    }
  }
}

extension EgoAttached: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.EgoAttached" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EgoAttached: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__ego_attached__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__EgoAttached>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.run_id, "twin.scenario.v1.EgoAttached.run_id")
    let value1 = try MessageCodec.string(c.pointee.scenario_type, "twin.scenario.v1.EgoAttached.scenario_type")
    let value2 = c.pointee.step_s
    let value3 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value4 = try MessageCodec.message(c.pointee.vehicle_parameters, ProtoStruct.self)
    room.put(\.runID, value0)
    room.put(\.scenarioType, value1)
    room.put(\.stepS, value2)
    room.put(\.parameters, value3)
    room.put(\.vehicleParameters, value4)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__EgoAttached>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__EgoAttached())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(5 * 2 * Scratch.headBytes)
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.scenario_type = try scratch.string(self.scenarioType)
    c.pointee.step_s = self.stepS
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.vehicleParameters { c.pointee.vehicle_parameters = try scratch.message(value) }
  }
}

extension EgoObservation: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.EgoObservation" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EgoObservation: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__ego_observation__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__EgoObservation>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.step
    let value1 = c.pointee.t_s
    let value2 = try MessageCodec.message(c.pointee.ego, TraceRow.self)
    let value3 = try MessageCodec.messages(c.pointee.actors, c.pointee.n_actors, ObservedActor.self)
    let value4 = try MessageCodec.messages(c.pointee.lane_centre, c.pointee.n_lane_centre, LanePoint.self)
    let value5 = c.pointee.speed_limit_mps_presence_case.rawValue == 6 ? c.pointee.speed_limit_mps : nil
    let value6 = try MessageCodec.messages(c.pointee.signals, c.pointee.n_signals, ObservedSignal.self)
    room.put(\.step, value0)
    room.put(\.tS, value1)
    room.put(\.ego, value2)
    room.put(\.actors, value3)
    room.put(\.laneCentre, value4)
    room.put(\.speedLimitMps, value5)
    room.put(\.signals, value6)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__EgoObservation>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__EgoObservation())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(7 * 2 * Scratch.headBytes)
    c.pointee.step = self.step
    c.pointee.t_s = self.tS
    if let value = self.ego { c.pointee.ego = try scratch.message(value) }
    c.pointee.n_actors = self.actors.count
    c.pointee.actors = try scratch.messages(self.actors)
    c.pointee.n_lane_centre = self.laneCentre.count
    c.pointee.lane_centre = try scratch.messages(self.laneCentre)
    if let value = self.speedLimitMps {
      c.pointee.speed_limit_mps = value
      c.pointee.speed_limit_mps_presence_case = Twin__Scenario__V1__EgoObservation__SpeedLimitMpsPresenceCase(rawValue: 6)
    }
    c.pointee.n_signals = self.signals.count
    c.pointee.signals = try scratch.messages(self.signals)
  }
}

extension ObservedActor: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ObservedActor" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ObservedActor: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__observed_actor__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ObservedActor>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.ObservedActor.id")
    let value1 = try MessageCodec.string(c.pointee.category, "twin.scenario.v1.ObservedActor.category")
    let value2 = c.pointee.x_m
    let value3 = c.pointee.y_m
    let value4 = c.pointee.heading_rad
    let value5 = c.pointee.speed_mps
    let value6 = c.pointee.length_m
    let value7 = c.pointee.width_m
    let value8 = try MessageCodec.string(c.pointee.sensor, "twin.scenario.v1.ObservedActor.sensor")
    room.put(\.id, value0)
    room.put(\.category, value1)
    room.put(\.xM, value2)
    room.put(\.yM, value3)
    room.put(\.headingRad, value4)
    room.put(\.speedMps, value5)
    room.put(\.lengthM, value6)
    room.put(\.widthM, value7)
    room.put(\.sensor, value8)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ObservedActor>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ObservedActor())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(9 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.category = try scratch.string(self.category)
    c.pointee.x_m = self.xM
    c.pointee.y_m = self.yM
    c.pointee.heading_rad = self.headingRad
    c.pointee.speed_mps = self.speedMps
    c.pointee.length_m = self.lengthM
    c.pointee.width_m = self.widthM
    c.pointee.sensor = try scratch.string(self.sensor)
  }
}

extension LanePoint: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.LanePoint" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension LanePoint: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__lane_point__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__LanePoint>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.x_m
    let value1 = c.pointee.y_m
    let value2 = c.pointee.heading_rad
    let value3 = c.pointee.width_m
    room.put(\.xM, value0)
    room.put(\.yM, value1)
    room.put(\.headingRad, value2)
    room.put(\.widthM, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__LanePoint>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__LanePoint())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.x_m = self.xM
    c.pointee.y_m = self.yM
    c.pointee.heading_rad = self.headingRad
    c.pointee.width_m = self.widthM
  }
}

extension ObservedSignal: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ObservedSignal" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ObservedSignal: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__observed_signal__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ObservedSignal>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.ObservedSignal.id")
    let value1 = try MessageCodec.string(c.pointee.state, "twin.scenario.v1.ObservedSignal.state")
    let value2 = c.pointee.distance_m
    room.put(\.id, value0)
    room.put(\.state, value1)
    room.put(\.distanceM, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ObservedSignal>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ObservedSignal())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.state = try scratch.string(self.state)
    c.pointee.distance_m = self.distanceM
  }
}

extension EgoEnd: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.EgoEnd" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension EgoEnd: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__ego_end__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__EgoEnd>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value1 = try MessageCodec.string(c.pointee.run_id, "twin.scenario.v1.EgoEnd.run_id")
    let value2 = try c.pointee.error_presence_case.rawValue == 3 ? MessageCodec.string(c.pointee.error, "twin.scenario.v1.EgoEnd.error") : nil
    room.put(\.verdict, value0)
    room.put(\.runID, value1)
    room.put(\.error, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__EgoEnd>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__EgoEnd())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.run_id = try scratch.string(self.runID)
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Scenario__V1__EgoEnd__ErrorPresenceCase(rawValue: 3)
    }
  }
}
