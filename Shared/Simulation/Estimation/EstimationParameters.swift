/// How strongly the motion may deviate from the model, how well things are measured where a sample doesn't say, and what
/// counts as an outlier.
public struct EstimationParameters: Sendable, Hashable {
  // MARK: Motion

  /// Power of the white jerk, (m/s³)²·s: the acceleration wanders by its root times the root of the seconds, m/s².
  /// 0.6 suits traffic, where the acceleration changes by less than 1 m/s² in a second.
  public var jerkPower = 0.6
  /// Time constant with which the acceleration decays (R. A. Singer, "Estimating optimal tracking filter performance for
  /// manned maneuvering targets", IEEE Trans. AES-6(4), 1970), s; infinite for constant acceleration.
  public var accelerationTime = 6.0
  /// Power of the white lateral jerk, (m/s³)²·s. The path's curvature wanders by its root over v².
  public var lateralJerkPower = 0.65
  /// The most by which the curvature wanders, however slow the vehicle, (1/m)²/s: 0.1/m in a second, which is what a
  /// steering rate of 0.3 rad/s makes of a wheelbase of 2.8 m.
  public var curvaturePower = 0.01
  /// Time constant with which the curvature decays, s; infinite for a circle that goes on.
  public var curvatureTime = 20.0
  /// Power of the white yaw rate beside that of the path (slip of the body), rad²/s.
  public var slipPower = 5e-6

  // MARK: Sensors

  /// Standard deviations of measurements: metres per axis, m/s, radians, rad/s, m/s², m/s², radians. That of the position
  /// is where learning begins; see `positionNoiseRange`.
  public var positionDeviation = 0.5
  public var speedDeviation = 0.04
  public var headingDeviation = 0.02
  public var yawRateDeviation = 0.01
  public var accelerationDeviation = 0.2
  public var lateralAccelerationDeviation = 0.5
  public var steeringDeviation = 0.02
  /// What the steering relation may miss beside `steeringDeviation`, as a share of the angle: slip and play.
  public var steeringError = 0.1
  /// Error of the speed sensor that stays for a while (slip, wheel radius, latency): standard deviation in m/s and time
  /// constant in s of a first-order Gauss–Markov process.
  public var speedBiasDeviation = 0.1
  public var speedBiasTime = 1.0
  /// The same of the yaw rate sensor, rad/s and s.
  public var yawRateBiasDeviation = 0.005
  public var yawRateBiasTime = 300.0
  /// The position's noise is learned within these standard deviations (metres) where samples don't state it.
  public var positionNoiseRange = 0.002...20.0
  /// The same of the speed, m/s.
  public var speedNoiseRange = 0.005...2.0
  /// Weight of one sample in what is learned of the noise.
  public var noiseLearningRate = 0.03

  // MARK: Outliers

  /// Normalised innovations squared above these quantiles of χ² (0.999 with one and with two degrees of freedom) weigh
  /// less: their variance is made as large as it takes to keep them there.
  public var scalarGate = 10.83
  public var planarGate = 13.82
  /// Measurements farther from the estimate than this many standard deviations (and than a floor per channel) are
  /// outliers and don't count at all.
  public var outlierGate = 6.0
  /// Outliers in a row after which the measurement is believed and the channel starts anew.
  public var outliersUntilRestart = 5

  // MARK: Time

  /// Seconds without samples after which the filter starts anew.
  public var restartAfter = 5.0
  /// Measurements that are older than the state by no more than this, s, still go into it, where they are the newest of
  /// their channel.
  public var latestLate = 0.5

  /// Differences at which a channel counts as diverged: metres, m/s, radians, rad/s, m/s², m/s², radians.
  public var divergenceBounds = DivergenceBounds()

  public struct DivergenceBounds: Sendable, Hashable {
    public var position = 5.0
    public var speed = 2.0
    public var heading = 0.35
    public var yawRate = 0.3
    public var acceleration = 5.0
    public var lateralAcceleration = 5.0
    public var steering = 0.2

    public init() {}

    /// A channel's bound, in its unit.
    public subscript(channel: Channel) -> Double {
      switch channel {
      case .position: position
      case .speed: speed
      case .heading: heading
      case .yawRate: yawRate
      case .acceleration: acceleration
      case .lateralAcceleration: lateralAcceleration
      case .steering: steering
      }
    }
  }

  public init() {}
}

/// The steady-state steering of a vehicle on two wheels in line (the single-track model of P. Riekert and
/// T. E. Schunck, "Zur Fahrmechanik des gummibereiften Kraftfahrzeugs", Ingenieur-Archiv 11, 1940; T. D. Gillespie,
/// "Fundamentals of Vehicle Dynamics", SAE 1992, equation 6-15): δ = arctan(L·κ) + K·a_y with the lateral acceleration
/// a_y = v²·κ. What the vehicle reports is δ times its steering ratio.
public struct SingleTrack: Sendable, Hashable {
  /// L, metres.
  public var wheelbase: Double
  /// K, rad/(m/s²): over 0 for a vehicle that understeers, 0 for a neutral one. Cars have 0.001 to 0.006.
  public var understeerGradient: Double
  /// Reported angle per angle of the front wheels; 1 where it is theirs.
  public var steeringRatio: Double

  public init(wheelbase: Double = 2.8, understeerGradient: Double = 0, steeringRatio: Double = 1) {
    self.wheelbase = wheelbase
    self.understeerGradient = understeerGradient
    self.steeringRatio = steeringRatio
  }
}
