// Generated from twin/scenario/v1/simulation.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// How a sweep chooses its variants.
public enum SweepMethod: Sendable, Hashable, CaseIterable {
  /// Means grid.
  case unspecified
  /// Every combination of the values.
  case grid
  /// Independent draws.
  case random
  /// Draws that cover each axis evenly.
  case latinHypercube
  /// Search for the boundary between pass and fail.
  case boundary
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [SweepMethod] {
    [
      .unspecified,
      .grid,
      .random,
      .latinHypercube,
      .boundary,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .grid
    case 2: self = .random
    case 3: self = .latinHypercube
    case 4: self = .boundary
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .grid: 1
    case .random: 2
    case .latinHypercube: 3
    case .boundary: 4
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// A simulation of a scenario.
public struct Simulation: Sendable, Equatable {
  /// Id such as "sim-000001".
  public var id: String
  /// Scenario it simulates.
  public var scenarioID: String
  /// Type of the scenario.
  public var type: String
  /// Where the run stands.
  public var status: JobStatus
  /// Share of the newest run that is done, 0 to 1.
  public var progress: Double
  /// Id of the run that this tells of: the one asked for, else its newest; empty before the first.
  public var runID: String
  /// Verdict of the newest run; unspecified until it ends.
  public var verdict: Verdict
  /// Why the newest run failed.
  public var error: String?
  /// When it was created.
  public var createTime: ProtoTimestamp?
  /// When its newest run started.
  public var startTime: ProtoTimestamp?
  /// When its newest run ended.
  public var endTime: ProtoTimestamp?
  /// Variants of the newest run; 1 unless it is a sweep or repeats.
  public var variantsTotal: UInt64
  /// Variants that ended.
  public var variantsDone: UInt64
  /// Runs so far.
  public var runCount: UInt32

  public init(
    id: String = "",
    scenarioID: String = "",
    type: String = "",
    status: JobStatus = .unspecified,
    progress: Double = 0,
    runID: String = "",
    verdict: Verdict = .unspecified,
    error: String? = nil,
    createTime: ProtoTimestamp? = nil,
    startTime: ProtoTimestamp? = nil,
    endTime: ProtoTimestamp? = nil,
    variantsTotal: UInt64 = 0,
    variantsDone: UInt64 = 0,
    runCount: UInt32 = 0
  ) {
    self.id = id
    self.scenarioID = scenarioID
    self.type = type
    self.status = status
    self.progress = progress
    self.runID = runID
    self.verdict = verdict
    self.error = error
    self.createTime = createTime
    self.startTime = startTime
    self.endTime = endTime
    self.variantsTotal = variantsTotal
    self.variantsDone = variantsDone
    self.runCount = runCount
  }
}

/// Asks for a run.
public struct RunSimulationRequest: Sendable, Equatable {
  /// Id of a simulation, or of a scenario.
  public var id: String
  /// Seed; absent means the scenario's.
  public var seed: UInt64?
  /// Weather instead of the scenario's: a preset's name or an object.
  public var weather: ProtoValue?
  /// Runs with different seeds, 1 to the bound of the type's `repetitions`; absent means 1.
  public var repetitions: UInt32?
  /// Variation of parameters; absent means none.
  public var sweep: Sweep?
  /// Simulator; empty means the built-in one.
  public var backend: String
  /// UUID by the caller; a repeat returns the first answer. May be empty.
  public var requestID: String
  /// Parameters instead of the scenario's, for this run.
  public var parameters: ProtoStruct?
  /// Bound of the computing time in s, over 0 to 86,400; absent means the configured one.
  public var timeLimitS: Double?
  /// Whether to keep the trace; absent means yes for a single run and no for variants.
  public var keepTrace: Bool?
  /// Whether the ego is driven by DriveEgo; the run waits for it.
  public var externalEgo: Bool

  public init(
    id: String = "",
    seed: UInt64? = nil,
    weather: ProtoValue? = nil,
    repetitions: UInt32? = nil,
    sweep: Sweep? = nil,
    backend: String = "",
    requestID: String = "",
    parameters: ProtoStruct? = nil,
    timeLimitS: Double? = nil,
    keepTrace: Bool? = nil,
    externalEgo: Bool = false
  ) {
    self.id = id
    self.seed = seed
    self.weather = weather
    self.repetitions = repetitions
    self.sweep = sweep
    self.backend = backend
    self.requestID = requestID
    self.parameters = parameters
    self.timeLimitS = timeLimitS
    self.keepTrace = keepTrace
    self.externalEgo = externalEgo
  }
}

/// A variation of parameters.
public struct Sweep: Sendable, Equatable {
  /// How variants are chosen.
  public var method: SweepMethod
  /// What varies, by parameter; 1 to 16.
  public var parameters: [String: SweepAxis]
  /// Variants of random and latin_hypercube, and bound of a search; 1 to 1,000,000.
  public var samples: UInt32?
  /// Width at which a boundary search stops, as a share of the axis, over 0 to 1; absent means 0.01.
  public var tolerance: Double?

  public init(
    method: SweepMethod = .unspecified,
    parameters: [String: SweepAxis] = [:],
    samples: UInt32? = nil,
    tolerance: Double? = nil
  ) {
    self.method = method
    self.parameters = parameters
    self.samples = samples
    self.tolerance = tolerance
  }
}

/// How one parameter varies: listed values, or a range.
public struct SweepAxis: Sendable, Equatable {
  /// Values; empty when a range is given.
  public var values: [ProtoValue]
  /// Lowest value of the range.
  public var min: Double?
  /// Highest value of the range.
  public var max: Double?
  /// Values on the range for a grid, 2 to 10,000.
  public var steps: UInt32?

  public init(
    values: [ProtoValue] = [],
    min: Double? = nil,
    max: Double? = nil,
    steps: UInt32? = nil
  ) {
    self.values = values
    self.min = min
    self.max = max
    self.steps = steps
  }
}

/// Names a simulation.
public struct GetSimulationRequest: Sendable, Equatable {
  /// Id of a simulation, or of a scenario (its newest run), or of a run.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks for a page of simulations.
public struct ListSimulationsRequest: Sendable, Equatable {
  /// Simulations a page, 1 to 1,000; 0 means 100.
  public var pageSize: Int32
  /// next_page_token of the page before; empty for the first.
  public var pageToken: String
  /// Only this status; unspecified means all.
  public var status: JobStatus

  public init(
    pageSize: Int32 = 0,
    pageToken: String = "",
    status: JobStatus = .unspecified
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
    self.status = status
  }
}

/// A page of simulations.
public struct ListSimulationsResponse: Sendable, Equatable {
  /// Simulations, newest first.
  public var simulations: [Simulation]
  /// Token of the next page; empty on the last.
  public var nextPageToken: String

  public init(
    simulations: [Simulation] = [],
    nextPageToken: String = ""
  ) {
    self.simulations = simulations
    self.nextPageToken = nextPageToken
  }
}

/// Names the simulation to stop.
public struct CancelSimulationRequest: Sendable, Equatable {
  /// Id of the simulation (its newest run), or of a run.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Asks to follow simulations.
public struct WatchSimulationsRequest: Sendable, Equatable {
  /// Id of a simulation (vehicle or change), of a scenario, or of one run; empty means all that run, without end.
  public var id: String

  public init(
    id: String = ""
  ) {
    self.id = id
  }
}

/// Progress of a simulation, of a vehicle scenario or of a change.
public struct SimulationProgress: Sendable, Equatable {
  /// Id of the simulation.
  public var id: String
  /// Share done, 0 to 1.
  public var progress: Double
  /// Metrics by name with the unit in the name: of a running change those of the newest simulated moment with its
  /// simulated_hour, of one that ended those predicted after it; empty for vehicle scenarios.
  public var metrics: ProtoStruct?
  /// Confidence in the prediction, 0 to 1.
  public var confidence: Double?
  /// Where it stands.
  public var status: JobStatus
  /// Run it is about.
  public var runID: String
  /// Simulated time so far in s; 0 before the simulated hours begin.
  public var simulatedS: Double
  /// Variants that ended.
  public var variantsDone: UInt64
  /// Variants of the run.
  public var variantsTotal: UInt64
  /// Verdict; unspecified until the run ends.
  public var verdict: Verdict
  /// Why the run failed.
  public var error: String?
  /// The assessed impact of a change; absent until it is assessed, and for vehicle scenarios.
  public var prediction: PredictedImpact?

  public init(
    id: String = "",
    progress: Double = 0,
    metrics: ProtoStruct? = nil,
    confidence: Double? = nil,
    status: JobStatus = .unspecified,
    runID: String = "",
    simulatedS: Double = 0,
    variantsDone: UInt64 = 0,
    variantsTotal: UInt64 = 0,
    verdict: Verdict = .unspecified,
    error: String? = nil,
    prediction: PredictedImpact? = nil
  ) {
    self.id = id
    self.progress = progress
    self.metrics = metrics
    self.confidence = confidence
    self.status = status
    self.runID = runID
    self.simulatedS = simulatedS
    self.variantsDone = variantsDone
    self.variantsTotal = variantsTotal
    self.verdict = verdict
    self.error = error
    self.prediction = prediction
  }
}

extension Simulation: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.Simulation" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Simulation: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__simulation__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__Simulation>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.Simulation.id")
    let value1 = try MessageCodec.string(c.pointee.scenario_id, "twin.scenario.v1.Simulation.scenario_id")
    let value2 = try MessageCodec.string(c.pointee.type, "twin.scenario.v1.Simulation.type")
    let value3 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value4 = c.pointee.progress
    let value5 = try MessageCodec.string(c.pointee.run_id, "twin.scenario.v1.Simulation.run_id")
    let value6 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value7 = try c.pointee.error_presence_case.rawValue == 8 ? MessageCodec.string(c.pointee.error, "twin.scenario.v1.Simulation.error") : nil
    let value8 = try MessageCodec.message(c.pointee.create_time, ProtoTimestamp.self)
    let value9 = try MessageCodec.message(c.pointee.start_time, ProtoTimestamp.self)
    let value10 = try MessageCodec.message(c.pointee.end_time, ProtoTimestamp.self)
    let value11 = c.pointee.variants_total
    let value12 = c.pointee.variants_done
    let value13 = c.pointee.run_count
    room.put(\.id, value0)
    room.put(\.scenarioID, value1)
    room.put(\.type, value2)
    room.put(\.status, value3)
    room.put(\.progress, value4)
    room.put(\.runID, value5)
    room.put(\.verdict, value6)
    room.put(\.error, value7)
    room.put(\.createTime, value8)
    room.put(\.startTime, value9)
    room.put(\.endTime, value10)
    room.put(\.variantsTotal, value11)
    room.put(\.variantsDone, value12)
    room.put(\.runCount, value13)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__Simulation>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__Simulation())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(14 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.scenario_id = try scratch.string(self.scenarioID)
    c.pointee.type = try scratch.string(self.type)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.progress = self.progress
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Scenario__V1__Simulation__ErrorPresenceCase(rawValue: 8)
    }
    if let value = self.createTime { c.pointee.create_time = try scratch.message(value) }
    if let value = self.startTime { c.pointee.start_time = try scratch.message(value) }
    if let value = self.endTime { c.pointee.end_time = try scratch.message(value) }
    c.pointee.variants_total = self.variantsTotal
    c.pointee.variants_done = self.variantsDone
    c.pointee.run_count = self.runCount
  }
}

extension RunSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.RunSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension RunSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__run_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__RunSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.RunSimulationRequest.id")
    let value1 = c.pointee.seed_presence_case.rawValue == 2 ? c.pointee.seed : nil
    let value2 = try MessageCodec.message(c.pointee.weather, ProtoValue.self)
    let value3 = c.pointee.repetitions_presence_case.rawValue == 4 ? c.pointee.repetitions : nil
    let value4 = try MessageCodec.message(c.pointee.sweep, Sweep.self)
    let value5 = try MessageCodec.string(c.pointee.backend, "twin.scenario.v1.RunSimulationRequest.backend")
    let value6 = try MessageCodec.string(c.pointee.request_id, "twin.scenario.v1.RunSimulationRequest.request_id")
    let value7 = try MessageCodec.message(c.pointee.parameters, ProtoStruct.self)
    let value8 = c.pointee.time_limit_s_presence_case.rawValue == 9 ? c.pointee.time_limit_s : nil
    let value9 = c.pointee.keep_trace_presence_case.rawValue == 10 ? c.pointee.keep_trace != 0 : nil
    let value10 = c.pointee.external_ego != 0
    room.put(\.id, value0)
    room.put(\.seed, value1)
    room.put(\.weather, value2)
    room.put(\.repetitions, value3)
    room.put(\.sweep, value4)
    room.put(\.backend, value5)
    room.put(\.requestID, value6)
    room.put(\.parameters, value7)
    room.put(\.timeLimitS, value8)
    room.put(\.keepTrace, value9)
    room.put(\.externalEgo, value10)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__RunSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__RunSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(11 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    if let value = self.seed {
      c.pointee.seed = value
      c.pointee.seed_presence_case = Twin__Scenario__V1__RunSimulationRequest__SeedPresenceCase(rawValue: 2)
    }
    if let value = self.weather { c.pointee.weather = try scratch.message(value) }
    if let value = self.repetitions {
      c.pointee.repetitions = value
      c.pointee.repetitions_presence_case = Twin__Scenario__V1__RunSimulationRequest__RepetitionsPresenceCase(rawValue: 4)
    }
    if let value = self.sweep { c.pointee.sweep = try scratch.message(value) }
    c.pointee.backend = try scratch.string(self.backend)
    c.pointee.request_id = try scratch.string(self.requestID)
    if let value = self.parameters { c.pointee.parameters = try scratch.message(value) }
    if let value = self.timeLimitS {
      c.pointee.time_limit_s = value
      c.pointee.time_limit_s_presence_case = Twin__Scenario__V1__RunSimulationRequest__TimeLimitSPresenceCase(rawValue: 9)
    }
    if let value = self.keepTrace {
      c.pointee.keep_trace = value ? 1 : 0
      c.pointee.keep_trace_presence_case = Twin__Scenario__V1__RunSimulationRequest__KeepTracePresenceCase(rawValue: 10)
    }
    c.pointee.external_ego = self.externalEgo ? 1 : 0
  }
}

extension Sweep: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.Sweep" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Sweep: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__sweep__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__Sweep>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = SweepMethod(rawValue: Int32(truncatingIfNeeded: c.pointee.method.rawValue))
    let value1 = try MessageCodec.map(c.pointee.parameters, c.pointee.n_parameters) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "twin.scenario.v1.Sweep.ParametersEntry.key"), MessageCodec.message(entry.value, SweepAxis.self) ?? SweepAxis())
    }
    let value2 = c.pointee.samples_presence_case.rawValue == 3 ? c.pointee.samples : nil
    let value3 = c.pointee.tolerance_presence_case.rawValue == 4 ? c.pointee.tolerance : nil
    room.put(\.method, value0)
    room.put(\.parameters, value1)
    room.put(\.samples, value2)
    room.put(\.tolerance, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__Sweep>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__Sweep())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.method = Twin__Scenario__V1__SweepMethod(rawValue: .init(truncatingIfNeeded: self.method.rawValue))
    c.pointee.n_parameters = self.parameters.count
    c.pointee.parameters = try scratch.map(self.parameters.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Twin__Scenario__V1__Sweep__ParametersEntry>) throws(EncodingFault) in
      entry.initialize(to: Twin__Scenario__V1__Sweep__ParametersEntry())
      entry.pointee.protobuf_c_base.descriptor = twin__scenario__v1__sweep__parameters_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    if let value = self.samples {
      c.pointee.samples = value
      c.pointee.samples_presence_case = Twin__Scenario__V1__Sweep__SamplesPresenceCase(rawValue: 3)
    }
    if let value = self.tolerance {
      c.pointee.tolerance = value
      c.pointee.tolerance_presence_case = Twin__Scenario__V1__Sweep__TolerancePresenceCase(rawValue: 4)
    }
  }
}

extension SweepAxis: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.SweepAxis" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SweepAxis: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__sweep_axis__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__SweepAxis>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.values, c.pointee.n_values, ProtoValue.self)
    let value1 = c.pointee.min_presence_case.rawValue == 2 ? c.pointee.min : nil
    let value2 = c.pointee.max_presence_case.rawValue == 3 ? c.pointee.max : nil
    let value3 = c.pointee.steps_presence_case.rawValue == 4 ? c.pointee.steps : nil
    room.put(\.values, value0)
    room.put(\.min, value1)
    room.put(\.max, value2)
    room.put(\.steps, value3)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__SweepAxis>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__SweepAxis())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(4 * 2 * Scratch.headBytes)
    c.pointee.n_values = self.values.count
    c.pointee.values = try scratch.messages(self.values)
    if let value = self.min {
      c.pointee.min = value
      c.pointee.min_presence_case = Twin__Scenario__V1__SweepAxis__MinPresenceCase(rawValue: 2)
    }
    if let value = self.max {
      c.pointee.max = value
      c.pointee.max_presence_case = Twin__Scenario__V1__SweepAxis__MaxPresenceCase(rawValue: 3)
    }
    if let value = self.steps {
      c.pointee.steps = value
      c.pointee.steps_presence_case = Twin__Scenario__V1__SweepAxis__StepsPresenceCase(rawValue: 4)
    }
  }
}

extension GetSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.GetSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension GetSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__get_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__GetSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.GetSimulationRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__GetSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__GetSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension ListSimulationsRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListSimulationsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSimulationsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_simulations_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListSimulationsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.page_size
    let value1 = try MessageCodec.string(c.pointee.page_token, "twin.scenario.v1.ListSimulationsRequest.page_token")
    let value2 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    room.put(\.pageSize, value0)
    room.put(\.pageToken, value1)
    room.put(\.status, value2)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListSimulationsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListSimulationsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = try scratch.string(self.pageToken)
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

extension ListSimulationsResponse: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.ListSimulationsResponse" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ListSimulationsResponse: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__list_simulations_response__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__ListSimulationsResponse>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.simulations, c.pointee.n_simulations, Simulation.self)
    let value1 = try MessageCodec.string(c.pointee.next_page_token, "twin.scenario.v1.ListSimulationsResponse.next_page_token")
    room.put(\.simulations, value0)
    room.put(\.nextPageToken, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__ListSimulationsResponse>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__ListSimulationsResponse())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_simulations = self.simulations.count
    c.pointee.simulations = try scratch.messages(self.simulations)
    c.pointee.next_page_token = try scratch.string(self.nextPageToken)
  }
}

extension CancelSimulationRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.CancelSimulationRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension CancelSimulationRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__cancel_simulation_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__CancelSimulationRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.CancelSimulationRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__CancelSimulationRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__CancelSimulationRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension WatchSimulationsRequest: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.WatchSimulationsRequest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension WatchSimulationsRequest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__watch_simulations_request__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__WatchSimulationsRequest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.WatchSimulationsRequest.id")
    room.put(\.id, value0)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__WatchSimulationsRequest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__WatchSimulationsRequest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
  }
}

extension SimulationProgress: RPCMessage {
  public static var messageName: String { "twin.scenario.v1.SimulationProgress" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension SimulationProgress: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__scenario__v1__simulation_progress__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Scenario__V1__SimulationProgress>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.id, "twin.scenario.v1.SimulationProgress.id")
    let value1 = c.pointee.progress
    let value2 = try MessageCodec.message(c.pointee.metrics, ProtoStruct.self)
    let value3 = c.pointee.confidence_presence_case.rawValue == 5 ? c.pointee.confidence : nil
    let value4 = JobStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    let value5 = try MessageCodec.string(c.pointee.run_id, "twin.scenario.v1.SimulationProgress.run_id")
    let value6 = c.pointee.simulated_s
    let value7 = c.pointee.variants_done
    let value8 = c.pointee.variants_total
    let value9 = Verdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    let value10 = try c.pointee.error_presence_case.rawValue == 12 ? MessageCodec.string(c.pointee.error, "twin.scenario.v1.SimulationProgress.error") : nil
    let value11 = try MessageCodec.message(c.pointee.prediction, PredictedImpact.self)
    room.put(\.id, value0)
    room.put(\.progress, value1)
    room.put(\.metrics, value2)
    room.put(\.confidence, value3)
    room.put(\.status, value4)
    room.put(\.runID, value5)
    room.put(\.simulatedS, value6)
    room.put(\.variantsDone, value7)
    room.put(\.variantsTotal, value8)
    room.put(\.verdict, value9)
    room.put(\.error, value10)
    room.put(\.prediction, value11)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Scenario__V1__SimulationProgress>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Scenario__V1__SimulationProgress())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(12 * 2 * Scratch.headBytes)
    c.pointee.id = try scratch.string(self.id)
    c.pointee.progress = self.progress
    if let value = self.metrics { c.pointee.metrics = try scratch.message(value) }
    if let value = self.confidence {
      c.pointee.confidence = value
      c.pointee.confidence_presence_case = Twin__Scenario__V1__SimulationProgress__ConfidencePresenceCase(rawValue: 5)
    }
    c.pointee.status = Twin__Common__V1__JobStatus(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    c.pointee.run_id = try scratch.string(self.runID)
    c.pointee.simulated_s = self.simulatedS
    c.pointee.variants_done = self.variantsDone
    c.pointee.variants_total = self.variantsTotal
    c.pointee.verdict = Twin__Common__V1__Verdict(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    if let value = self.error {
      c.pointee.error = try scratch.string(value)
      c.pointee.error_presence_case = Twin__Scenario__V1__SimulationProgress__ErrorPresenceCase(rawValue: 12)
    }
    if let value = self.prediction { c.pointee.prediction = try scratch.message(value) }
  }
}
