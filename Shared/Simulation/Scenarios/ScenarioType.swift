public import SimulationBehaviour
public import SimulationInput
public import SimulationVehicles

/// A group of scenario types.
public enum ScenarioCategory: String, Sendable, Hashable, CaseIterable {
  case safety
  case performance
  case edgeCases = "edge_cases"
  case validation
}

/// What documentation and clients need to know of a scenario type.
public struct ScenarioDescriptor: Sendable, Hashable {
  /// A criterion as documented before any run.
  public struct PassCriterion: Sendable, Hashable {
    public let name: String
    /// The metric that it judges.
    public let metric: String
    public let comparison: Criterion.Comparison
    /// Nil where it depends on the parameters.
    public let limit: Double?
    public let unit: String
    public let meaning: String

    public init(
      _ name: String, metric: String, _ comparison: Criterion.Comparison, limit: Double? = nil, unit: String,
      meaning: String
    ) {
      self.name = name
      self.metric = metric
      self.comparison = comparison
      self.limit = limit
      self.unit = unit
      self.meaning = meaning
    }
  }

  /// As in requests, such as `emergency_braking`.
  public let type: String
  public let title: String
  public let category: ScenarioCategory
  /// A paragraph.
  public let summary: String
  public let schema: ParameterSchema
  public let passCriteria: [PassCriterion]
  /// Names of the metrics that an outcome may hold.
  public let metrics: [String]
  /// The columns of the trace beyond the common ones.
  public let traceColumns: [String]

  public init(
    type: String, title: String, category: ScenarioCategory, summary: String, schema: ParameterSchema,
    passCriteria: [PassCriterion], metrics: [String], traceColumns: [String]
  ) {
    self.type = type
    self.title = title
    self.category = category
    self.summary = summary
    self.schema = schema
    self.passCriteria = passCriteria
    self.metrics = metrics
    self.traceColumns = traceColumns
  }
}

/// Where a scenario starts: the vehicle under test as it is, from a twin's snapshot or as given.
public struct ScenarioStart: Sendable, Hashable {
  public var vehicle: VehicleParameters
  /// How its driver or ACC follows others.
  public var driver: DriverParameters
  public var category: VehicleModelType.Category
  /// m/s; nil when nothing is known, as for a twin without telemetry.
  public var speed: Double?
  /// Position of the vehicle's centre, metres, and heading, radians, in the twin's local frame.
  public var x: Double
  public var y: Double
  public var heading: Double

  public init(
    vehicle: VehicleParameters, driver: DriverParameters = DriverParameters(),
    category: VehicleModelType.Category = .m1, speed: Double? = nil, x: Double = 0, y: Double = 0, heading: Double = 0
  ) {
    self.vehicle = vehicle
    self.driver = driver
    self.category = category
    self.speed = speed
    self.x = x
    self.y = y
    self.heading = heading
  }

  /// A vehicle of a catalogue type with its default parameters.
  public init(_ type: VehicleModelType, speed: Double? = nil) {
    self.init(vehicle: type.parameters, category: type.category, speed: speed)
  }
}

/// What to do in a run, beyond the scenario itself.
public struct RunRequest: Sendable {
  public var seed: UInt64
  /// Keep the time series of the first repetition.
  public var recordsTrace: Bool
  /// Compute `optimisation`, which takes several more runs.
  public var includesOptimisation: Bool
  /// Asked now and then during the run; true ends it with an error.
  public var isCancelled: (@Sendable () -> Bool)?
  /// Called after each repetition with the number done and their total.
  public var onProgress: (@Sendable (Int, Int) -> Void)?

  public init(
    seed: UInt64 = 1, recordsTrace: Bool = true, includesOptimisation: Bool = true,
    isCancelled: (@Sendable () -> Bool)? = nil, onProgress: (@Sendable (Int, Int) -> Void)? = nil
  ) {
    self.seed = seed
    self.recordsTrace = recordsTrace
    self.includesOptimisation = includesOptimisation
    self.isCancelled = isCancelled
    self.onProgress = onProgress
  }
}

/// A kind of scenario: a folder with its schema, its run and its verdict.
public protocol ScenarioType: Sendable {
  var descriptor: ScenarioDescriptor { get }

  /// Checks parameters and start, before anything runs.
  func prepare(_ parameters: InputValue, from start: ScenarioStart) throws(InvalidInput) -> any PreparedScenario
}

/// A scenario whose input has been checked.
public protocol PreparedScenario: Sendable {
  /// Runs it to the end: synchronous, pure, and the same for the same request.
  func run(_ request: RunRequest) -> ScenarioOutcome
}

/// The scenario types of the suite.
public struct ScenarioLibrary: Sendable {
  public let types: [any ScenarioType]

  /// - Precondition: no type appears twice.
  public init(_ types: [any ScenarioType]) {
    precondition(Set(types.map(\.descriptor.type)).count == types.count, "a scenario type is registered once")
    self.types = types
  }

  /// All types that ship with the suite.
  public static let standard = ScenarioLibrary([EmergencyBraking(), CarFollowing()])

  /// The type called `name`.
  public func type(named name: String, field: String = "type") throws(InvalidInput) -> any ScenarioType {
    guard let type = types.first(where: { $0.descriptor.type == name }) else {
      let names = types.map(\.descriptor.type).joined(separator: ", ")
      throw InvalidInput(field: field, reason: "must be one of \(names)")
    }
    return type
  }
}
