/// The state of the road's surface, as far as braking is concerned.
public enum RoadCondition: String, Sendable, Hashable, CaseIterable {
  case dry
  case wet
  case flooded
  case gravel
  case snow
  case ice

  /// Peak friction of a passenger-car tyre on this surface.
  ///
  /// Source: J. Y. Wong, "Theory of Ground Vehicles", table 1.3 (after J. J. Taborek, "Mechanics of Vehicles", Machine
  /// Design, 1957): asphalt and concrete dry 0.80 to 0.90, asphalt wet 0.50 to 0.70, gravel 0.60, hard-packed snow 0.20,
  /// ice 0.10. `dry` and `wet` are the middles of their ranges, `flooded` is the lower end of wet asphalt.
  public var referenceFriction: Double {
    switch self {
    case .dry: 0.85
    case .wet: 0.60
    case .flooded: 0.50
    case .gravel: 0.60
    case .snow: 0.20
    case .ice: 0.10
    }
  }

  /// Friction on this surface relative to dry asphalt.
  public var frictionFactor: Double { referenceFriction / RoadCondition.dry.referenceFriction }

  /// Peak friction of a tyre whose friction on dry asphalt is `tyreFriction`.
  ///
  /// All tyres are assumed to lose the same share from one surface to the next.
  public func friction(ofTyre tyreFriction: Double) -> Double { tyreFriction * frictionFactor }
}

/// The weather of a scenario.
public enum Weather: String, Sendable, Hashable, CaseIterable {
  case clear
  case fog
  case rain
  case heavyRain = "heavy_rain"
  case snow
  case freezingRain = "freezing_rain"

  /// What this weather makes of an asphalt road, unless the scenario says otherwise.
  public var usualRoadCondition: RoadCondition {
    switch self {
    case .clear, .fog: .dry
    case .rain: .wet
    case .heavyRain: .flooded
    case .snow: .snow
    case .freezingRain: .ice
    }
  }
}

/// A straight road of constant grade in the scenario's plane.
public struct StraightRoad: Sendable, Hashable {
  public var originX: Double
  public var originY: Double
  /// Anticlockwise from the x axis, radians.
  public var heading: Double

  public init(originX: Double = 0, originY: Double = 0, heading: Double = 0) {
    self.originX = originX
    self.originY = originY
    self.heading = heading
    (directionX, directionY) = heading == 0 ? (1, 0) : (cosine(heading), sine(heading))
  }

  private let directionX: Double
  private let directionY: Double

  /// The point `distance` metres from the road's origin.
  public func point(at distance: Double) -> (x: Double, y: Double) {
    (originX + distance * directionX, originY + distance * directionY)
  }
}
