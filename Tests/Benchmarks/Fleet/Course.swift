import FleetCore
import Glibc
import RuntimeSystem
import TwinProto

/// How one vehicle drives: round a circle, its speed swinging about a mean. Everything that a sample reports follows in
/// closed form, so that the twin's filter gets a motion that fits together:
///
///     v(t) = v₀ + A sin(ωt + φ),  s(t) = v₀ t − A/ω cos(ωt + φ),  ψ = ψ₀ + s/R,  ψ̇ = v/R,  a = Aω cos(ωt + φ)
struct Course: Sendable {
  /// Metres a degree of latitude; of longitude at the courses' place.
  private static let metresPerLatitude = 111_320.0
  private static let place = (latitude: 48.2, longitude: 16.3)
  private static let metresPerLongitude = metresPerLatitude * cos(place.latitude * .pi / 180)
  /// What the sensors add: standard deviations in m, m/s, degrees, rad/s and m/s², as usual with corrected GNSS and a
  /// car's own sensors. Stated in the samples.
  private static let noise = (position: 0.3, speed: 0.1, heading: 0.5, yawRate: 0.005, acceleration: 0.1)
  private static let wheelbase = 2.7

  private let centre: (x: Double, y: Double)
  private let radius: Double
  private let speed: Double
  private let swing: Double
  private let frequency: Double
  private let phase: Double
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    // Apart from each other by a few hundred metres.
    centre = (x: random.share() * 20_000 - 10_000, y: random.share() * 20_000 - 10_000)
    radius = 80 + random.share() * 400
    speed = 8 + random.share() * 17
    // An acceleration of at most 2 m/s².
    frequency = 0.1 + random.share() * 0.4
    swing = min(5, 2 / frequency) * random.share()
    phase = random.share() * 2 * .pi
  }

  /// What the vehicle measures at a moment.
  mutating func sample(_ sequence: UInt64, at time: UTCInstant) -> TelemetrySample {
    // Seconds of the day keep enough digits.
    let t = Double(time.nanoseconds % 86_400_000_000_000) * 1e-9
    let angle = frequency * t + phase
    let speed = self.speed + swing * sin(angle)
    let way = self.speed * t - swing / frequency * cos(angle)
    let heading = way / radius
    let x = centre.x + radius * sin(heading) + random.normal() * Self.noise.position
    let y = centre.y - radius * cos(heading) + random.normal() * Self.noise.position
    let yawRate = speed / radius
    let compass = (90 - heading * 180 / .pi + random.normal() * Self.noise.heading)
      .truncatingRemainder(dividingBy: 360)
    var sample = TelemetrySample(sequence: sequence, time: time.timestamp)
    sample.lat = Self.place.latitude + y / Self.metresPerLatitude
    sample.lon = Self.place.longitude + x / Self.metresPerLongitude
    sample.speedMps = speed + random.normal() * Self.noise.speed
    sample.headingDeg = compass
    sample.yawRateRps = yawRate + random.normal() * Self.noise.yawRate
    sample.steeringRad = atan(Self.wheelbase / radius)
    sample.accelerationMps2 = swing * frequency * cos(angle) + random.normal() * Self.noise.acceleration
    sample.lateralAccelerationMps2 = speed * yawRate
    sample.gear = 4
    sample.positionStdM = Self.noise.position
    sample.speedStdMps = Self.noise.speed
    sample.headingStdDeg = Self.noise.heading
    sample.yawRateStdRps = Self.noise.yawRate
    sample.accelerationStdMps2 = Self.noise.acceleration
    return sample
  }
}

extension SplitMix64 {
  /// Evenly over 0 to 1.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Normally distributed. Source: Box and Muller (1958).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - share())).squareRoot()
    return radius * cos(2 * .pi * share())
  }
}
