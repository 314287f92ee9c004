/// Instances in zones, of which some number must be up: availability with common causes.
///
/// Instances fail independently, except that a share β of an instance's unavailability is a cause that takes all of
/// them at once (a bad release, a shared dependency), and that a zone takes all its instances with it. Source of the
/// beta factor: K. N. Fleming, "A reliability model for common mode failures in redundant safety systems", 1975; IEC
/// 61508-6:2010, annex D; A. Mosleh et al., NUREG/CR-4780, 1988. The sum over states is exact, by convolution.
public struct RedundantGroup: Sendable, Hashable {
  /// Instances in each zone.
  public let instances: [Int]
  /// k: how many must be up.
  public let required: Int
  /// Share of time that an instance is down, 0 to 1, zones apart.
  public let instanceUnavailability: Double
  /// Share of time that a zone is down.
  public let zoneUnavailability: Double
  /// β, 0 to 1.
  public let commonCause: Double

  public static let maxInstances = 10_000

  public init(
    instances: [Int], required: Int, instanceUnavailability: Double, zoneUnavailability: Double = 0,
    commonCause: Double = 0
  ) throws(QueueingRefusal) {
    guard !instances.isEmpty, instances.allSatisfy({ $0 >= 0 }) else { throw .outOfRange(field: "instances") }
    guard instances.reduce(0, +) <= Self.maxInstances else {
      throw .tooLarge(field: "instances", limit: Self.maxInstances)
    }
    guard required >= 0 else { throw .outOfRange(field: "required") }
    for (field, value) in [
      ("instance_unavailability", instanceUnavailability), ("zone_unavailability", zoneUnavailability),
      ("beta", commonCause),
    ] {
      guard (0...1).contains(value) else { throw .outOfRange(field: field) }
    }
    self.instances = instances
    self.required = required
    self.instanceUnavailability = instanceUnavailability
    self.zoneUnavailability = zoneUnavailability
    self.commonCause = commonCause
  }

  /// The share of time that something which fails every `between` and is repaired in `repair` is down.
  public static func unavailability(between: Double, repair: Double) -> Double { repair / (between + repair) }

  /// Share of time that fewer than `required` instances are up. Summed on its own side, so that small values keep
  /// their digits.
  public var unavailability: Double {
    let common = commonCause * instanceUnavailability
    let distribution = distribution()
    let tooFew = distribution.prefix(max(0, required)).reduce(0, +)
    return common + (1 - common) * tooFew
  }

  public var availability: Double { 1 - unavailability }

  /// Probability of each number of instances up, from 0, when no common cause is at work.
  private func distribution() -> [Double] {
    let down = (1 - commonCause) * instanceUnavailability
    var all = [1.0]
    for count in instances {
      var zone = [1.0]
      for _ in 0..<count {
        var next = Array(repeating: 0.0, count: zone.count + 1)
        for (up, probability) in zone.enumerated() {
          next[up] += probability * down
          next[up + 1] += probability * (1 - down)
        }
        zone = next
      }
      for up in zone.indices { zone[up] *= 1 - zoneUnavailability }
      zone[0] += zoneUnavailability
      var sum = Array(repeating: 0.0, count: all.count + count)
      for (before, probability) in all.enumerated() {
        for (up, share) in zone.enumerated() { sum[before + up] += probability * share }
      }
      all = sum
    }
    return all
  }
}
