/// Why there is no price.
public enum PricingError: Error, Sendable, Hashable {
  /// The sheet doesn't hold the instance type.
  case unknownInstanceType(String)
  /// No sheet holds a price of the kind: a volume type, a region.
  case noPrice(String)
  /// A count or an amount below 0 or beyond what can be computed.
  case outOfRange(field: String)
}

/// Where prices come from, for whoever has to trust them.
public struct PriceSource: Sendable, Hashable {
  /// The sheet and the revision it was copied from.
  public var name: String
  /// Date of the prices, YYYY-MM-DD.
  public var date: String
  /// Region they hold in.
  public var region: String
}

/// An instance type, its size and its price.
public struct InstancePrice: Sendable, Hashable {
  public var type: String
  public var perHour: USD
  /// nil where the sheet leaves the size out.
  public var vcpus: Int?
  public var memoryMiB: Int?
  /// Baseline bandwidth; nil where the sheet leaves it out.
  public var networkMbps: Int?
}

/// Prices of EC2 instances: us-east-1, Linux, on demand. `Prices/README.md` tells their source.
public enum InstancePrices {
  public static let source = PriceSource(
    name: "aws/karpenter-provider-aws 1d927085, EC2 on demand, Linux", date: "2026-07-20", region: "us-east-1")

  /// Hours of a month, as price calculators count (730 = 365 × 24 / 12).
  public static let hoursPerMonth = 730

  /// - Throws: `PricingError.unknownInstanceType`.
  public static func price(of type: String) throws(PricingError) -> InstancePrice {
    guard let price = table[type] else { throw .unknownInstanceType(type) }
    return price
  }

  /// What so many instances cost for a time.
  ///
  /// - Parameters:
  ///   - count: 0 to 1,000,000.
  ///   - hours: 0 to 1,000,000.
  /// - Throws: `PricingError`.
  public static func cost(of type: String, count: Int, hours: Int = hoursPerMonth) throws(PricingError) -> USD {
    guard (0...1_000_000).contains(count) else { throw .outOfRange(field: "count") }
    guard (0...1_000_000).contains(hours) else { throw .outOfRange(field: "hours") }
    return try price(of: type).perHour * count * hours
  }

  /// The cheapest type with at least this size, the first by name among equals; nil when none is so large.
  public static func cheapest(vcpus: Int, memoryMiB: Int) -> InstancePrice? {
    var best: InstancePrice?
    for type in types {
      guard let price = table[type], let cores = price.vcpus, let memory = price.memoryMiB, cores >= vcpus,
        memory >= memoryMiB
      else { continue }
      if let known = best, known.perHour <= price.perHour { continue }
      best = price
    }
    return best
  }

  /// All types of the sheet, ascending.
  public static let types = table.keys.sorted()

  private static let table: [String: InstancePrice] = {
    var table: [String: InstancePrice] = [:]
    // The file's lines end with CR and LF.
    let bytes = PackageResources.aws_ec2_us_east_1_ondemand_csv.filter { $0 != UInt8(ascii: "\r") }
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 5, let price = USD(fields[1]) else {
        preconditionFailure("the shipped price sheet can't be read: \(String(decoding: line, as: UTF8.self))")
      }
      table[fields[0]] = InstancePrice(
        type: fields[0], perHour: price, vcpus: Int(fields[2]), memoryMiB: Int(fields[3]), networkMbps: Int(fields[4]))
    }
    return table
  }()
}
