public import SimulationEstimation

/// One measured moment of a drive.
public struct ValidationSample: Sendable, Hashable {
  public var motion: VehicleSample
  /// Free distance to the vehicle ahead, m, and its speed, m/s; nil where not measured.
  public var leaderGap: Double?
  public var leaderSpeed: Double?
  /// Energy drawn since the source started, J; nil where not measured.
  public var energy: Double?

  public init(_ motion: VehicleSample) { self.motion = motion }
}

/// The twin that is judged.
public struct ValidationSubject: Sendable {
  /// Before its first sample, with the twin's parameters.
  public var vehicle: VirtualVehicle
  /// What the twin's driver or ACC does at a gap (m) and speed (m/s) behind a leader with a speed: its acceleration,
  /// m/s²; nil when the twin has none.
  public var driver: (@Sendable (_ gap: Double, _ speed: Double, _ leaderSpeed: Double) -> Double)?
  /// Power that the twin draws at a speed (m/s) and an acceleration (m/s²), W; nil when it has no power train.
  public var power: (@Sendable (_ speed: Double, _ acceleration: Double) -> Double)?

  public init(
    vehicle: VirtualVehicle, driver: (@Sendable (Double, Double, Double) -> Double)? = nil,
    power: (@Sendable (Double, Double) -> Double)? = nil
  ) {
    self.vehicle = vehicle
    self.driver = driver
    self.power = power
  }
}
