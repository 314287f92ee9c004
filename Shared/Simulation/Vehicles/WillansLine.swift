/// What a power train draws, as an affine function of the power at the wheels:
///
///     P = P_wheel / η + P0     while driving (P_wheel > 0)
///     P = P0                   otherwise; with recuperation P = η·P_wheel + P0
///
/// Source: L. Guzzella, A. Sciarretta, Vehicle Propulsion Systems, 3rd ed. (2013), section 3.2, which gives the engine's
/// line, here taken from tank or battery to wheel. Electric vehicles recuperate with the efficiency with which they
/// drive; of a hybrid's battery the line knows nothing.
public struct WillansLine: Sendable, Hashable {
  /// η: wheel power per additional power drawn.
  public var efficiency: Double
  /// P0: power drawn at no wheel power, W.
  public var offset: Double

  public init(efficiency: Double, offset: Double) {
    self.efficiency = efficiency
    self.offset = offset
  }

  /// What a trip demands, apart from the line itself.
  public struct Demand: Sendable, Hashable {
    /// ∫ of the positive wheel power, J.
    public var traction: Double
    /// ∫ of the negative wheel power, J; 0 or less.
    public var braking: Double
    /// Seconds.
    public var duration: Double
    /// Metres.
    public var distance: Double

    public init(traction: Double = 0, braking: Double = 0, duration: Double = 0, distance: Double = 0) {
      self.traction = traction
      self.braking = braking
      self.duration = duration
      self.distance = distance
    }

    /// Rotating parts, as a share of the mass (40 CFR 1066.210 adds 3 % for four wheels where it isn't measured).
    public static let rotatingShare = 0.03

    /// Adds a stretch of steady acceleration, with F = A + B·v + C·v² + 1.03·m·a at its mean speed.
    public mutating func add(from speed: Double, to nextSpeed: Double, seconds: Double, vehicle: VehicleParameters) {
      let mean = 0.5 * (speed + nextSpeed)
      let acceleration = (nextSpeed - speed) / seconds
      let resistance = vehicle.roadLoadA + vehicle.roadLoadB * mean + vehicle.roadLoadC * mean * mean
      let power = (resistance + (1 + Self.rotatingShare) * vehicle.mass * acceleration) * mean
      traction += max(0, power) * seconds
      braking += min(0, power) * seconds
      duration += seconds
      distance += mean * seconds
    }

    /// The sum of two trips, the second one driven `share` times.
    public func adding(_ other: Demand, share: Double = 1) -> Demand {
      Demand(
        traction: traction + share * other.traction, braking: braking + share * other.braking,
        duration: duration + share * other.duration, distance: distance + share * other.distance)
    }
  }

  /// The energy drawn, J.
  public func energy(for demand: Demand, recuperates: Bool) -> Double {
    demand.traction / efficiency + (recuperates ? demand.braking * efficiency : 0) + offset * demand.duration
  }
}

extension Fuel {
  /// Energy in a litre by the lower heating value, J; nil for electricity. Gasoline: the 33,705 Wh a US gallon of 40 CFR
  /// 600.002. Diesel: 129,488 BTU a US gallon (GREET, Argonne National Laboratory). A hybrid burns gasoline.
  public var energyPerLitre: Double? {
    let litresPerGallon = 3.785_411_784
    return switch self {
    case .gasoline, .hybrid: 33_705 * 3_600 / litresPerGallon
    case .diesel: 129_488 * 1_055.056 / litresPerGallon
    case .electric: nil
    }
  }
}
