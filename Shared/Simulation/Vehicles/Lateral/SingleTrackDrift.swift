public import SimulationKernel

/// The motion of a vehicle in the plane with that of its wheels.
public struct SingleTrackDriftState: StateVector, Hashable {
  public var body: SingleTrackState
  /// Angular speeds of the wheels of each axle, rad/s, never negative.
  public var frontWheels: Double
  public var rearWheels: Double

  public init(body: SingleTrackState, frontWheels: Double, rearWheels: Double) {
    self.body = body
    self.frontWheels = frontWheels
    self.rearWheels = rearWheels
  }

  /// With wheels that roll as the body moves.
  public init(rolling body: SingleTrackState, wheelRadius: Double) {
    let along = body.speed * cosine(body.slip)
    self.init(body: body, frontWheels: along * cosine(body.steering) / wheelRadius, rearWheels: along / wheelRadius)
  }

  public static func + (left: Self, right: Self) -> Self {
    SingleTrackDriftState(
      body: left.body + right.body, frontWheels: left.frontWheels + right.frontWheels,
      rearWheels: left.rearWheels + right.rearWheels)
  }

  public static func * (factor: Double, state: Self) -> Self {
    SingleTrackDriftState(
      body: factor * state.body, frontWheels: factor * state.frontWheels, rearWheels: factor * state.rearWheels)
  }

  public var isFinite: Bool { body.isFinite && (frontWheels + rearWheels).isFinite }
}

/// A single-track vehicle with Pacejka's tyres and turning wheels, so that it can spin, slide and drift.
///
/// Valid over the whole range of friction on an even road; roll, pitch and the difference between left and right wheels are
/// left out. Around 0.2 m/s it goes over into wheels that roll without slipping.
///
/// Its wheels are quick: at a speed v they settle with a rate of about C·F_z·R²/(I·v) = 2,000/s · (1 m/s)/v for a car, so
/// that Runge-Kutta 4 needs steps below 1.3 ms · v/(1 m/s). With 1 ms at 15 to 20 m/s the yaw rate differs from that with
/// 0.1 ms by less than 10⁻⁵ of its greatest value.
/// Source: M. Althoff, G. Würsching, "CommonRoad: Vehicle Models", TU Munich, 2020 (STD).
public enum SingleTrackDrift: DynamicModel {
  public typealias State = SingleTrackDriftState
  public typealias Input = DriveInput

  public struct Parameters: Sendable, Hashable {
    public var body: LinearSingleTrack.Parameters
    public var tyre: MagicFormulaTyre
    /// m, and kg·m² of the wheels of one axle.
    public var wheelRadius: Double
    public var wheelInertia: Double
    /// The front axle's shares of the braking and of the driving torque, 0 to 1.
    public var frontBrakeShare: Double
    public var frontDriveShare: Double

    /// - Parameter friction: between the vehicle's tyres and the road; its own on dry asphalt unless given.
    public init(_ vehicle: VehicleParameters, friction: Double? = nil) {
      body = LinearSingleTrack.Parameters(vehicle, friction: friction)
      tyre = MagicFormulaTyre()
      tyre.frictionScale = body.friction / tyre.pDy1
      tyre.pKy1 = -vehicle.corneringStiffness * vehicle.tyreFriction
      wheelRadius = vehicle.wheelRadius
      wheelInertia = vehicle.wheelInertia
      frontBrakeShare = vehicle.frontBrakeShare
      frontDriveShare = vehicle.frontDriveShare
    }
  }

  /// Around `switchSpeed`, in a band of `switchWidth`, both in m/s, slipping wheels go over into rolling ones; tyre slip is
  /// taken relative to half of it at least.
  static let switchSpeed = 0.2
  static let switchWidth = 0.05
  /// With what time constant wheels take up the speed at which they roll below that, s.
  static let rollingTime = 0.02

  public static func rate(of state: State, under input: Input, with parameters: Parameters) -> State {
    let body = state.body
    let vehicle = parameters.body
    let applied = vehicle.limits.applied(input, steering: body.steering, speed: body.speed)
    let slipping = slippingRate(of: state, under: applied, with: parameters)
    var rate = SingleTrackState(
      x: body.speed * cosine(body.heading + body.slip), y: body.speed * sine(body.heading + body.slip),
      steering: applied.steeringRate, speed: 0)
    let rolling = SingleTrackKinematics.rates(
      of: body, under: applied, wheelbase: vehicle.wheelbase, cgToRear: vehicle.cgToRear)
    let weight = 0.5 * (hyperbolicTangent((body.speed - switchSpeed) / switchWidth) + 1)
    func mixed(_ slipping: Double, _ rolling: Double) -> Double { weight * slipping + (1 - weight) * rolling }
    rate.speed = mixed(slipping.body.speed, applied.acceleration)
    rate.heading = mixed(body.yawRate, rolling.heading)
    rate.yawRate = mixed(slipping.body.yawRate, rolling.yawRate)
    rate.slip = mixed(slipping.body.slip, rolling.slip)
    let speeds = wheelSpeeds(of: body, cgToFront: vehicle.cgToFront)
    return State(
      body: rate,
      frontWheels: mixed(
        slipping.frontWheels, (speeds.front / parameters.wheelRadius - state.frontWheels) / rollingTime),
      rearWheels: mixed(slipping.rearWheels, (speeds.rear / parameters.wheelRadius - state.rearWheels) / rollingTime))
  }

  /// Of the wheels' middles in the wheels' planes, m/s.
  private static func wheelSpeeds(of body: SingleTrackState, cgToFront: Double) -> (front: Double, rear: Double) {
    let along = body.speed * cosine(body.slip)
    let across = body.speed * sine(body.slip) + cgToFront * body.yawRate
    return (max(0, along * cosine(body.steering) + across * sine(body.steering)), max(0, along))
  }

  /// What tyre forces do to the motion. Of the result's body only speed, yaw rate and slip count.
  private static func slippingRate(
    of state: State, under applied: DriveInput, with parameters: Parameters
  ) -> State {
    let (body, vehicle) = (state.body, parameters.body)
    let leastSpeed = 0.5 * switchSpeed
    let isMoving = body.speed > leastSpeed
    let (along, across) = (body.speed * cosine(body.slip), body.speed * sine(body.slip))
    let frontAngle =
      isMoving ? arctangent((across + vehicle.cgToFront * body.yawRate) / along) - body.steering : 0
    let rearAngle = isMoving ? arctangent((across - vehicle.cgToRear * body.yawRate) / along) : 0
    let speeds = wheelSpeeds(of: body, cgToFront: vehicle.cgToFront)
    // 1 − R·ω/v; a wheel that stands slips only if its vehicle moves.
    func slip(_ wheels: Double, _ speed: Double) -> Double {
      (speed - parameters.wheelRadius * max(0, wheels)) / max(speed, leastSpeed)
    }
    // Weight shifts to the rear when accelerating.
    let weight = vehicle.mass / vehicle.wheelbase
    let shift = applied.acceleration * vehicle.cgHeight
    let front = parameters.tyre.force(
      slip: slip(state.frontWheels, speeds.front), angle: frontAngle,
      load: weight * (gravity * vehicle.cgToRear - shift))
    let rear = parameters.tyre.force(
      slip: slip(state.rearWheels, speeds.rear), angle: rearAngle, load: weight * (gravity * vehicle.cgToFront + shift))
    let torque = vehicle.mass * parameters.wheelRadius * applied.acceleration
    let frontShare = torque > 0 ? parameters.frontDriveShare : parameters.frontBrakeShare

    let turned = body.steering - body.slip
    let forward =
      front.longitudinal * cosine(turned) - front.lateral * sine(turned) + rear.longitudinal * cosine(body.slip)
      + rear.lateral * sine(body.slip)
    let sideways =
      front.longitudinal * sine(turned) + front.lateral * cosine(turned) - rear.longitudinal * sine(body.slip)
      + rear.lateral * cosine(body.slip)
    let yawMoment =
      vehicle.cgToFront * (front.lateral * cosine(body.steering) + front.longitudinal * sine(body.steering))
      - vehicle.cgToRear * rear.lateral
    func spin(_ wheels: Double, _ share: Double, _ force: Double) -> Double {
      // Brakes hold wheels, they don't turn them back.
      let rate = (share * torque - parameters.wheelRadius * force) / parameters.wheelInertia
      return wheels <= 0 ? max(0, rate) : rate
    }
    var rate = SingleTrackState(speed: forward / vehicle.mass)
    rate.yawRate = yawMoment / vehicle.yawInertia
    rate.slip = isMoving ? sideways / (vehicle.mass * body.speed) - body.yawRate : 0
    return State(
      body: rate, frontWheels: spin(state.frontWheels, frontShare, front.longitudinal),
      rearWheels: spin(state.rearWheels, 1 - frontShare, rear.longitudinal))
  }
}
