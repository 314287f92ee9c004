/// What a driver, a controller or a recording asks of a vehicle that moves in the plane.
public struct DriveInput: Sendable, Hashable {
  /// How fast the front wheels' angle is to change, rad/s; positive to the left.
  public var steeringRate: Double
  /// The acceleration along the way that drive and brakes are to give, m/s²; negative brakes.
  public var acceleration: Double

  public init(steeringRate: Double = 0, acceleration: Double = 0) {
    self.steeringRate = steeringRate
    self.acceleration = acceleration
  }
}

/// What a vehicle's actuators can do of it.
public struct DriveLimits: Sendable, Hashable {
  /// Of the front wheels' angle to either side, rad.
  public var steeringAngle: Double
  /// Of its rate to either side, rad/s.
  public var steeringRate: Double
  /// Of braking and of driving, m/s².
  public var acceleration: Double

  public init(steeringAngle: Double, steeringRate: Double, acceleration: Double) {
    self.steeringAngle = steeringAngle
    self.steeringRate = steeringRate
    self.acceleration = acceleration
  }

  /// - Parameter vehicle: its brakes' limit counts for driving, too.
  public init(_ vehicle: VehicleParameters) {
    self.init(
      steeringAngle: vehicle.steeringAngleLimit, steeringRate: vehicle.steeringRateLimit,
      acceleration: vehicle.maxDeceleration)
  }

  /// The part of an input that takes effect at a steering angle: none further into the stop, and no braking backwards.
  public func applied(_ input: DriveInput, steering: Double, speed: Double) -> DriveInput {
    var rate = min(max(input.steeringRate, -steeringRate), steeringRate)
    if steering >= steeringAngle && rate > 0 || steering <= -steeringAngle && rate < 0 { rate = 0 }
    var acceleration = min(max(input.acceleration, -self.acceleration), self.acceleration)
    if speed <= 0 && acceleration < 0 { acceleration = 0 }
    return DriveInput(steeringRate: rate, acceleration: acceleration)
  }
}
