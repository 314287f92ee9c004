public import SimulationKernel

/// Where a vehicle is in the plane, without its dynamics.
public struct PlanarState: StateVector, Hashable {
  /// Metres.
  public var x: Double
  public var y: Double
  /// Angle of the front wheels, rad; positive to the left.
  public var steering: Double
  /// Metres per second.
  public var speed: Double
  /// Direction of the vehicle's axis, rad, anticlockwise from the x axis, not wrapped.
  public var heading: Double

  public init(x: Double = 0, y: Double = 0, steering: Double = 0, speed: Double, heading: Double = 0) {
    self.x = x
    self.y = y
    self.steering = steering
    self.speed = speed
    self.heading = heading
  }

  public static func + (left: Self, right: Self) -> Self {
    PlanarState(
      x: left.x + right.x, y: left.y + right.y, steering: left.steering + right.steering,
      speed: left.speed + right.speed, heading: left.heading + right.heading)
  }

  public static func * (factor: Double, state: Self) -> Self {
    PlanarState(
      x: factor * state.x, y: factor * state.y, steering: factor * state.steering, speed: factor * state.speed,
      heading: factor * state.heading)
  }

  public var isFinite: Bool { (x + y + steering + speed + heading).isFinite }
}

/// A vehicle whose wheels roll without slipping; x and y are the middle of its rear axle:
///
///     dψ/dt = v·tan δ / L
///
/// Valid where tyres hardly slip: lateral accelerations up to about half of what friction allows (P. Polack et al., "The
/// kinematic bicycle model", IEEE IV 2017). There is no limit to the curve that it takes: whether it could be driven is the
/// caller's to ask.
/// Source: M. Althoff, G. Würsching, "CommonRoad: Vehicle Models", TU Munich, 2020 (KS).
public enum KinematicSingleTrack: DynamicModel {
  public typealias State = PlanarState
  public typealias Input = DriveInput

  public struct Parameters: Sendable, Hashable {
    /// Metres.
    public var wheelbase: Double
    public var limits: DriveLimits

    public init(_ vehicle: VehicleParameters) {
      wheelbase = vehicle.wheelbase
      limits = DriveLimits(vehicle)
    }
  }

  public static func rate(of state: State, under input: Input, with parameters: Parameters) -> State {
    let applied = parameters.limits.applied(input, steering: state.steering, speed: state.speed)
    return State(
      x: state.speed * cosine(state.heading), y: state.speed * sine(state.heading), steering: applied.steeringRate,
      speed: applied.acceleration, heading: yawRate(of: state, with: parameters))
  }

  /// rad/s.
  public static func yawRate(of state: State, with parameters: Parameters) -> Double {
    state.speed * tangent(state.steering) / parameters.wheelbase
  }
}
