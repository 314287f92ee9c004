public import SimulationInput

/// How a driver or an ACC follows the vehicle ahead, in SI units.
///
/// One model with two parts, blended by `idmShare`: the Intelligent Driver Model and a controller of constant time gap.
/// At 1 it is the IDM alone, at 0 the controller alone; `CarFollower` has the equations.
public struct DriverParameters: Sendable, Hashable {
  /// v0, the speed on a free road, m/s.
  public var desiredSpeed: Double
  /// T, s.
  public var timeHeadway: Double
  /// s0, the gap at standstill, m.
  public var standstillGap: Double
  /// a, the most acceleration, m/s².
  public var maxAcceleration: Double
  /// b, the comfortable deceleration of the IDM and the limit of the controller, m/s².
  public var comfortableDeceleration: Double
  /// From what happens to the reaction, s.
  public var reactionDelay: Double
  /// k_s, acceleration per metre off the wanted gap, 1/s².
  public var gapGain: Double
  /// k_v, acceleration per difference of speed, 1/s.
  public var speedGain: Double
  /// k_l, share of the leader's acceleration that is taken over.
  public var anticipation: Double
  /// w, the IDM's share of the acceleration, 0 to 1.
  public var idmShare: Double

  public init(
    desiredSpeed: Double = 120 / 3.6, timeHeadway: Double = 1.6, standstillGap: Double = 2,
    maxAcceleration: Double = 0.73, comfortableDeceleration: Double = 1.67, reactionDelay: Double = 0,
    gapGain: Double = 0.23, speedGain: Double = 0.07, anticipation: Double = 0, idmShare: Double = 1
  ) {
    self.desiredSpeed = desiredSpeed
    self.timeHeadway = timeHeadway
    self.standstillGap = standstillGap
    self.maxAcceleration = maxAcceleration
    self.comfortableDeceleration = comfortableDeceleration
    self.reactionDelay = reactionDelay
    self.gapGain = gapGain
    self.speedGain = speedGain
    self.anticipation = anticipation
    self.idmShare = idmShare
  }
}

extension DriverParameters {
  /// A parameter with the place where its value lives.
  public struct Field: Sendable {
    /// As in requests and fits.
    public let name: String
    public let unit: String
    public let range: ClosedRange<Double>
    public let meaning: String
    public let path: any WritableKeyPath<DriverParameters, Double> & Sendable
  }

  /// Where the defaults come from.
  public static let source = """
    Defaults: the IDM of Treiber, Hennecke and Helbing, Phys. Rev. E 62 (2000) 1805, table I, alone and without delay. \
    The controller's gains, which count where idm_share is below 1: the ACC of Milanés and Shladover, Transp. Res. C 48 \
    (2014) 285.
    """

  /// The parameters, named as in the public contract. The ranges admit any driver and refuse what can only be a mistake.
  public static let fields: [Field] = [
    Field(
      name: "desired_speed_mps", unit: "m/s", range: 1...100, meaning: "Speed on a free road (IDM v0)",
      path: \.desiredSpeed),
    Field(
      name: "time_headway_s", unit: "s", range: 0.05...10, meaning: "Wanted gap per speed (IDM T)", path: \.timeHeadway),
    Field(
      name: "standstill_gap_m", unit: "m", range: 0.1...30, meaning: "Wanted gap at standstill (IDM s0)",
      path: \.standstillGap),
    Field(
      name: "max_acceleration_mps2", unit: "m/s²", range: 0.05...10, meaning: "Largest acceleration (IDM a)",
      path: \.maxAcceleration),
    Field(
      name: "comfortable_deceleration_mps2", unit: "m/s²", range: 0.05...10,
      meaning: "Deceleration that isn't exceeded without need (IDM b)", path: \.comfortableDeceleration),
    Field(
      name: "reaction_delay_s", unit: "s", range: 0...3, meaning: "From what happens to the reaction",
      path: \.reactionDelay),
    Field(
      name: "gap_gain_per_s2", unit: "1/s²", range: 0...5,
      meaning: "Acceleration of the constant time gap controller per metre off the wanted gap", path: \.gapGain),
    Field(
      name: "speed_gain_per_s", unit: "1/s", range: 0...10,
      meaning: "Acceleration of the constant time gap controller per difference of speed", path: \.speedGain),
    Field(
      name: "anticipation", unit: "1", range: 0...2, meaning: "Share of the leader's acceleration that is taken over",
      path: \.anticipation),
    Field(
      name: "idm_share", unit: "1", range: 0...1,
      meaning: """
        Which model: 1 the Intelligent Driver Model, 0 the constant time gap controller, between them their weighted \
        mean
        """, path: \.idmShare),
  ]

  /// The parameters with their units and ranges; these values are the defaults.
  public var schema: ParameterSchema {
    ParameterSchema(
      Self.fields.map {
        ParameterSpecification(
          $0.name, unit: $0.unit, kind: .number($0.range), defaultValue: .number(self[keyPath: $0.path]),
          meaning: $0.meaning)
      })
  }

  /// These parameters with some of them replaced.
  ///
  /// - Parameters:
  ///   - overrides: an object of parameter names and values; `null` counts as empty.
  ///   - path: put before each field name in errors.
  public func applying(
    _ overrides: InputValue, path: String = "driver_parameters."
  ) throws(InvalidInput) -> DriverParameters {
    let resolved = try schema.resolve(overrides, path: path)
    var result = self
    for field in Self.fields {
      if let number = resolved.number(field.name) { result[keyPath: field.path] = number }
    }
    return result
  }

  /// All parameters by their public names.
  public var asInput: InputValue {
    .object(Self.fields.map { .init($0.name, .number(self[keyPath: $0.path])) })
  }
}
