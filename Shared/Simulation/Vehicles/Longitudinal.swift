public import SimulationKernel

/// Standard gravity, m/s² (ISO 80000-3). Reference figures of the braking tests use 9.81.
public let gravity = 9.81

/// Motion along a road: how far, how fast, and how far the brakes are applied.
public struct LongitudinalState: StateVector, Hashable {
  /// Metres along the road.
  public var position: Double
  /// Metres per second, never negative.
  public var speed: Double
  /// Share of the full braking deceleration that is built up, 0 to 1.
  public var brakeRatio: Double

  public init(position: Double, speed: Double, brakeRatio: Double = 0) {
    self.position = position
    self.speed = speed
    self.brakeRatio = brakeRatio
  }

  public static func + (left: Self, right: Self) -> Self {
    LongitudinalState(
      position: left.position + right.position, speed: left.speed + right.speed,
      brakeRatio: left.brakeRatio + right.brakeRatio)
  }

  public static func * (factor: Double, state: Self) -> Self {
    LongitudinalState(
      position: factor * state.position, speed: factor * state.speed, brakeRatio: factor * state.brakeRatio)
  }

  public var isFinite: Bool { position.isFinite && speed.isFinite && brakeRatio.isFinite }
}

/// A point mass that brakes on a straight road of constant grade and friction.
///
/// All forces that pass through the tyres, braking and rolling resistance alike, share the friction limit μ·m·g·cos θ:
///
///     dv/dt = −min(r·a_full + (A + B·v)/m, μ·g·cos θ) − C·v²/m − g·sin θ
///
/// with the brake ratio r, the full deceleration a_full and the road load A, B, C. The anti-lock control is ideal: the
/// friction peak is held until standstill.
public enum LongitudinalModel: DynamicModel {
  public typealias State = LongitudinalState

  /// What the vehicle and the road are, reduced to what the equation needs.
  public struct Parameters: Sendable, Hashable {
    /// Road load per mass: m/s², 1/s and 1/m; all zero when the road load is left out.
    public var roadLoadA = 0.0
    public var roadLoadB = 0.0
    public var roadLoadC = 0.0
    /// μ·g·cos θ, m/s².
    public var frictionLimit: Double
    /// The deceleration that the brakes could reach without the friction limit, m/s².
    public var brakeLimit: Double
    /// g·sin θ, m/s²; positive uphill.
    public var gradeDeceleration = 0.0

    public init(frictionLimit: Double, brakeLimit: Double) {
      self.frictionLimit = frictionLimit
      self.brakeLimit = brakeLimit
    }

    /// - Parameters:
    ///   - mass: kg, may differ from the vehicle's own (payload); the brakes' force stays the same.
    ///   - friction: peak friction between these tyres and this road.
    ///   - grade: rise over run, positive uphill.
    ///   - includesRoadLoad: false leaves A, B and C out.
    public init(
      vehicle: VehicleParameters, mass: Double, friction: Double, grade: Double = 0, includesRoadLoad: Bool = true
    ) {
      let hypotenuse = (1 + grade * grade).squareRoot()
      frictionLimit = friction * gravity / hypotenuse
      brakeLimit = vehicle.maxDeceleration * vehicle.mass / mass
      gradeDeceleration = gravity * grade / hypotenuse
      if includesRoadLoad {
        roadLoadA = vehicle.roadLoadA / mass
        roadLoadB = vehicle.roadLoadB / mass
        roadLoadC = vehicle.roadLoadC / mass
      }
    }

    /// The deceleration that a fully developed demand brings, m/s².
    public func fullDeceleration(for demand: Double) -> Double { min(demand, brakeLimit, frictionLimit) }
  }

  public struct Input: Sendable, Hashable {
    /// True while the drive holds the speed against road load and grade.
    public var holdsSpeed: Bool
    /// The deceleration at brake ratio 1, m/s².
    public var fullDeceleration: Double
    /// How fast the brake ratio grows, 1/s.
    public var brakeRatioRate: Double

    public init(holdsSpeed: Bool, fullDeceleration: Double = 0, brakeRatioRate: Double = 0) {
      self.holdsSpeed = holdsSpeed
      self.fullDeceleration = fullDeceleration
      self.brakeRatioRate = brakeRatioRate
    }
  }

  public static func rate(of state: State, under input: Input, with parameters: Parameters) -> State {
    guard !input.holdsSpeed else {
      return State(position: state.speed, speed: 0, brakeRatio: input.brakeRatioRate)
    }
    let tyres = state.brakeRatio * input.fullDeceleration + parameters.roadLoadA + parameters.roadLoadB * state.speed
    let air = parameters.roadLoadC * state.speed * state.speed
    return State(
      position: state.speed,
      speed: -min(tyres, parameters.frictionLimit) - air - parameters.gradeDeceleration,
      brakeRatio: input.brakeRatioRate)
  }
}
