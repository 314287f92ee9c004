/// Unit prices that OpenCost assumes where a cluster's bill isn't known. `Prices/README.md` tells their source.
///
/// Estimates: they split a machine's price between its CPUs and its memory, and know one kind of storage.
public struct UnitPrices: Sendable, Hashable {
  public enum Provider: String, Sendable, Hashable, CaseIterable {
    case aws, azure, gcp
    /// Any other: GCP us-central1.
    case other = "default"
  }

  public let provider: Provider
  public let cpuPerHour: USD
  /// Per GiB.
  public let memoryPerHour: USD
  public let gpuPerHour: USD
  /// Per GiB.
  public let storagePerHour: USD
  /// Per GiB.
  public let internetEgress: USD
  public let regionEgress: USD
  public let zoneEgress: USD

  public static func source(_ provider: Provider) -> PriceSource {
    PriceSource(
      name: "opencost/opencost 5f653330, configs/\(provider.rawValue).json",
      date: provider == .azure ? "2019-04-01" : "2026-11-21", region: provider == .other ? "us-central1" : "any")
  }

  public init(_ provider: Provider) {
    let bytes =
      switch provider {
      case .aws: PackageResources.opencost_aws_json
      case .azure: PackageResources.opencost_azure_json
      case .gcp: PackageResources.opencost_gcp_json
      case .other: PackageResources.opencost_default_json
      }
    let texts = Self.strings(bytes)
    func price(_ key: String) -> USD {
      guard let index = stride(from: 0, to: texts.count - 1, by: 2).first(where: { texts[$0] == key }),
        let price = USD(texts[index + 1])
      else { preconditionFailure("the shipped sheet of \(provider.rawValue) has no \(key)") }
      return price
    }
    self.provider = provider
    cpuPerHour = price("CPU")
    memoryPerHour = price("RAM")
    gpuPerHour = price("GPU")
    storagePerHour = price("storage")
    internetEgress = price("internetNetworkEgress")
    regionEgress = price("regionNetworkEgress")
    zoneEgress = price("zoneNetworkEgress")
  }

  /// The strings of a flat JSON object of strings without escapes, keys and values in turn.
  private static func strings(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String(decoding: $0.element, as: UTF8.self) : nil }
  }

  /// What requested CPU and memory cost, for pods and machines without a sheet.
  ///
  /// - Parameters:
  ///   - cpus: 0 to 10⁶, to the thousandth.
  ///   - memoryGiB: 0 to 10⁶, to the thousandth.
  ///   - hours: 0 to 1,000,000.
  public func compute(
    cpus: Double, memoryGiB: Double, hours: Int = InstancePrices.hoursPerMonth
  ) throws(PricingError) -> USD {
    guard (0...1e6).contains(cpus) else { throw .outOfRange(field: "cpus") }
    guard (0...1e6).contains(memoryGiB) else { throw .outOfRange(field: "memory_gib") }
    guard (0...1_000_000).contains(hours) else { throw .outOfRange(field: "hours") }
    return (cpuPerHour.times(cpus) + memoryPerHour.times(memoryGiB)) * hours
  }

  /// What storage costs.
  ///
  /// - Parameters:
  ///   - volumeType: "standard" for the one kind that the sheets price; gp2, gp3, io1, io2, st1, sc1 and others have no
  ///     price here.
  ///   - gibibytes: 0 to 10⁹, to the thousandth.
  ///   - hours: 0 to 1,000,000.
  public func storage(
    volumeType: String = "standard", gibibytes: Double, hours: Int = InstancePrices.hoursPerMonth
  ) throws(PricingError) -> USD {
    guard volumeType == "standard" else { throw .noPrice("storage of type \(volumeType)") }
    guard (0...1e9).contains(gibibytes) else { throw .outOfRange(field: "gibibytes") }
    guard (0...1_000_000).contains(hours) else { throw .outOfRange(field: "hours") }
    return storagePerHour.times(gibibytes) * hours
  }
}

/// What a group of instances costs a month before and after a change.
public struct ScalingCost: Sendable, Hashable {
  public let before: USD
  public let after: USD
  public var difference: USD { after - before }

  /// A number of instances of one type.
  public struct Group: Sendable, Hashable {
    public var type: String
    /// 0 to 1,000,000.
    public var count: Int

    public init(type: String, count: Int) {
      self.type = type
      self.count = count
    }
  }

  /// - Throws: `PricingError` for a type that the sheet doesn't hold, before or after.
  public init(before: [Group], after: [Group], hours: Int = InstancePrices.hoursPerMonth) throws(PricingError) {
    self.before = try Self.total(before, hours)
    self.after = try Self.total(after, hours)
  }

  private static func total(_ groups: [Group], _ hours: Int) throws(PricingError) -> USD {
    var total = USD.zero
    for group in groups { total = total + (try InstancePrices.cost(of: group.type, count: group.count, hours: hours)) }
    return total
  }
}
