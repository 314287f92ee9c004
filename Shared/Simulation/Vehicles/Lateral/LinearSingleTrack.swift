public import SimulationKernel

/// The motion of a vehicle in the plane, at its centre of gravity.
public struct SingleTrackState: StateVector, Hashable {
  /// Metres.
  public var x: Double
  public var y: Double
  /// Angle of the front wheels, rad; positive to the left.
  public var steering: Double
  /// Metres per second, in the direction of motion.
  public var speed: Double
  /// Direction of the vehicle's axis, rad, anticlockwise from the x axis, not wrapped.
  public var heading: Double
  /// rad/s.
  public var yawRate: Double
  /// From the vehicle's axis to the direction of motion, rad; positive to the left.
  public var slip: Double

  public init(
    x: Double = 0, y: Double = 0, steering: Double = 0, speed: Double, heading: Double = 0, yawRate: Double = 0,
    slip: Double = 0
  ) {
    self.x = x
    self.y = y
    self.steering = steering
    self.speed = speed
    self.heading = heading
    self.yawRate = yawRate
    self.slip = slip
  }

  public static func + (left: Self, right: Self) -> Self {
    SingleTrackState(
      x: left.x + right.x, y: left.y + right.y, steering: left.steering + right.steering,
      speed: left.speed + right.speed, heading: left.heading + right.heading, yawRate: left.yawRate + right.yawRate,
      slip: left.slip + right.slip)
  }

  public static func * (factor: Double, state: Self) -> Self {
    SingleTrackState(
      x: factor * state.x, y: factor * state.y, steering: factor * state.steering, speed: factor * state.speed,
      heading: factor * state.heading, yawRate: factor * state.yawRate, slip: factor * state.slip)
  }

  public var isFinite: Bool { (x + y + steering + speed + heading + yawRate + slip).isFinite }
}

/// What the two models at the centre of gravity share.
enum SingleTrackKinematics {
  /// How yaw rate and slip change while the wheels roll without slipping: below the speed at which tyre slip is defined.
  ///
  /// - Parameter input: what takes effect of it.
  static func rates(
    of state: SingleTrackState, under input: DriveInput, wheelbase: Double, cgToRear: Double
  ) -> (heading: Double, yawRate: Double, slip: Double) {
    let (steeringTangent, steeringCosine) = (tangent(state.steering), cosine(state.steering))
    let ratio = steeringTangent * cgToRear / wheelbase
    // tan β = tan δ · l_r/L; what follows is its derivative, and that of v·cos β·tan δ/L.
    let slip = cgToRear * input.steeringRate / (wheelbase * steeringCosine * steeringCosine * (1 + ratio * ratio))
    let (slipCosine, slipSine) = (cosine(state.slip), sine(state.slip))
    let yaw =
      (input.acceleration * slipCosine * steeringTangent - state.speed * slipSine * slip * steeringTangent
        + state.speed * slipCosine * input.steeringRate / (steeringCosine * steeringCosine)) / wheelbase
    return (state.speed * cosine(arctangent(ratio)) * steeringTangent / wheelbase, yaw, slip)
  }
}

/// A vehicle with linear tyres whose weight shifts with the acceleration: F_y = μ·C_S·F_z·α at each axle.
///
/// Valid up to about 0.4 g of lateral acceleration on a dry road, where tyres leave the linear range; beyond, use
/// ``SingleTrackDrift``. Below 0.1 m/s, where the slip of a tyre isn't defined, the wheels roll without slipping.
/// Source: M. Althoff, G. Würsching, "CommonRoad: Vehicle Models", TU Munich, 2020 (ST); after P. Riekert,
/// T. E. Schunck, "Zur Fahrmechanik des gummibereiften Kraftfahrzeugs", Ingenieur-Archiv 11 (1940) 210.
public enum LinearSingleTrack: DynamicModel {
  public typealias State = SingleTrackState
  public typealias Input = DriveInput

  public struct Parameters: Sendable, Hashable {
    /// kg, kg·m², m.
    public var mass: Double
    public var yawInertia: Double
    public var cgToFront: Double
    public var cgToRear: Double
    public var cgHeight: Double
    /// Lateral force per vertical force, slip angle and friction, 1/rad.
    public var corneringStiffness: Double
    /// Peak friction between these tyres and this road.
    public var friction: Double
    public var limits: DriveLimits

    /// - Parameter friction: between the vehicle's tyres and the road; its own on dry asphalt unless given.
    public init(_ vehicle: VehicleParameters, friction: Double? = nil) {
      mass = vehicle.mass
      yawInertia = vehicle.yawInertia
      cgToFront = vehicle.cgToFront
      cgToRear = vehicle.cgToRear
      cgHeight = vehicle.cgHeight
      corneringStiffness = vehicle.corneringStiffness
      self.friction = friction ?? vehicle.tyreFriction
      limits = DriveLimits(vehicle)
    }

    public var wheelbase: Double { cgToFront + cgToRear }
  }

  /// Below this speed wheels roll without slipping, m/s.
  public static let leastSpeed = 0.1

  public static func rate(of state: State, under input: Input, with parameters: Parameters) -> State {
    let applied = parameters.limits.applied(input, steering: state.steering, speed: state.speed)
    let (front, rear) = (parameters.cgToFront, parameters.cgToRear)
    var rate = State(
      x: state.speed * cosine(state.heading + state.slip), y: state.speed * sine(state.heading + state.slip),
      steering: applied.steeringRate, speed: applied.acceleration, heading: state.yawRate)
    guard abs(state.speed) >= leastSpeed else {
      let rolling = SingleTrackKinematics.rates(
        of: state, under: applied, wheelbase: parameters.wheelbase, cgToRear: rear)
      (rate.heading, rate.yawRate, rate.slip) = rolling
      let slip = arctangent(tangent(state.steering) * rear / parameters.wheelbase)
      rate.x = state.speed * cosine(state.heading + slip)
      rate.y = state.speed * sine(state.heading + slip)
      return rate
    }
    // Lateral forces per slip angle and mass, with the weight that the acceleration shifts to the rear, m/s².
    let share = parameters.friction * parameters.corneringStiffness / parameters.wheelbase
    let frontForce = share * (gravity * rear - applied.acceleration * parameters.cgHeight)
    let rearForce = share * (gravity * front + applied.acceleration * parameters.cgHeight)
    let frontSlip = state.steering - state.slip - front * state.yawRate / state.speed
    let rearSlip = rear * state.yawRate / state.speed - state.slip
    rate.yawRate =
      parameters.mass / parameters.yawInertia * (front * frontForce * frontSlip - rear * rearForce * rearSlip)
    rate.slip = (frontForce * frontSlip + rearForce * rearSlip) / state.speed - state.yawRate
    return rate
  }
}
