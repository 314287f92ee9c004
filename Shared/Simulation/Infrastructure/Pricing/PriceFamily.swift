/// The sizes of one instance family (m5, c6i), from which the price of a further size can be estimated.
///
/// Within most families the price is proportional to the number of CPUs at the same memory for each, so a size that the
/// sheet lacks costs about what its nearest neighbour does for each CPU. Where the family's own sizes show that this
/// doesn't hold (accelerators, burstable types), there is no estimate. An estimate stands nowhere for a price: the cost
/// of a type that the sheet lacks stays an error.
public struct PriceFamily: Sendable, Hashable {
  public let name: String
  /// Types whose size is known.
  public private(set) var members: [InstancePrice]

  /// Largest share by which the prices of a CPU may differ: beyond it no single price is within 10 % of all.
  public static let agreement = 0.2
  /// Largest share by which memory for each CPU may differ to count as the same.
  public static let sameShape = 0.01

  public init(name: String, members: [InstancePrice]) {
    self.name = name
    self.members = members.filter { ($0.vcpus ?? 0) > 0 && ($0.memoryMiB ?? 0) > 0 }
  }

  /// The family without a type, as if the sheet lacked it.
  public func removing(_ type: String) -> PriceFamily {
    PriceFamily(name: name, members: members.filter { $0.type != type })
  }

  /// Dollars an hour of a size: those of the nearest size with as much memory for each CPU, in proportion.
  ///
  /// - Parameters:
  ///   - vcpus: 1 to 10,000.
  ///   - memoryMiB: 1 to 10⁹.
  /// - Throws: `PricingError.noPrice` where no size has this shape, or those that do don't agree on a CPU's price.
  public func estimate(vcpus: Int, memoryMiB: Int) throws(PricingError) -> USD {
    guard (1...10_000).contains(vcpus) else { throw .outOfRange(field: "vcpus") }
    guard (1...1_000_000_000).contains(memoryMiB) else { throw .outOfRange(field: "memory_mib") }
    let shape = Double(memoryMiB) / Double(vcpus)
    var alike: [(cpus: Int, price: USD)] = []
    for member in members {
      guard let cpus = member.vcpus, let memory = member.memoryMiB,
        abs(Double(memory) / Double(cpus) / shape - 1) <= Self.sameShape
      else { continue }
      alike.append((cpus, member.perHour))
    }
    let each = alike.map { $0.price.dollars / Double($0.cpus) }
    guard let low = each.min(), let high = each.max() else {
      throw .noPrice("a size of \(name) with \(memoryMiB) MiB for \(vcpus) CPUs")
    }
    guard high <= low * (1 + Self.agreement) else {
      throw .noPrice("sizes of \(name), whose prices aren't in proportion to their CPUs")
    }
    // The nearest by ratio; of two as near, the one that comes first in the sheet.
    func distance(_ cpus: Int) -> Double { Double(max(cpus, vcpus)) / Double(min(cpus, vcpus)) }
    var nearest = alike[0]
    for candidate in alike.dropFirst() where distance(candidate.cpus) < distance(nearest.cpus) { nearest = candidate }
    return USD(trillionths: nearest.price.trillionths * Int128(vcpus) / Int128(nearest.cpus))
  }
}

extension InstancePrices {
  /// The family that a type's name says, before its first full stop.
  ///
  /// - Throws: `PricingError.unknownInstanceType` where the sheet holds none of it.
  public static func family(of type: String) throws(PricingError) -> PriceFamily {
    let name = type.prefix { $0 != "." }
    let members = types.filter { $0.prefix { $0 != "." } == name }
    guard !members.isEmpty else { throw .unknownInstanceType(type) }
    var prices: [InstancePrice] = []
    for member in members { prices.append(try price(of: member)) }
    return PriceFamily(name: String(name), members: prices)
  }
}
