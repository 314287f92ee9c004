import SimulationPricing
import Testing

@Suite struct PricingTests {
  @Test func `ten m5 large for a month`() throws {
    let cost = try InstancePrices.cost(of: "m5.large", count: 10)
    #expect(cost == USD("700.80"))
    #expect(cost.description == "700.80")
    #expect(InstancePrices.types.count == 1_367)
  }

  @Test func `every row of the sheet multiplies exactly`() throws {
    for type in InstancePrices.types {
      let hourly = try InstancePrices.price(of: type).perHour
      #expect(try InstancePrices.cost(of: type, count: 3, hours: 730).trillionths == hourly.trillionths * 2_190)
    }
  }

  @Test func `an unknown type is an error`() {
    #expect(throws: PricingError.unknownInstanceType("m5.tiny")) { try InstancePrices.cost(of: "m5.tiny", count: 1) }
    #expect(throws: PricingError.outOfRange(field: "count")) { try InstancePrices.cost(of: "m5.large", count: -1) }
  }

  @Test func `sizes come with the price`() throws {
    let price = try InstancePrices.price(of: "m5.large")
    #expect(price.vcpus == 2 && price.memoryMiB == 8_192 && price.networkMbps == 750)
    let cheapest = try #require(InstancePrices.cheapest(vcpus: 2, memoryMiB: 8_192))
    #expect(cheapest.perHour <= price.perHour)
    #expect(InstancePrices.cheapest(vcpus: 100_000, memoryMiB: 1) == nil)
  }

  @Test func `a further size of a family costs in proportion to its neighbour`() throws {
    let family = try InstancePrices.family(of: "m5.3xlarge")
    #expect(family.members.contains { $0.type == "m5.large" } && family.members.allSatisfy { $0.type.hasPrefix("m5.") })
    // m5.2xlarge, 8 CPUs and 32 GiB, costs 0.384.
    #expect(try family.estimate(vcpus: 12, memoryMiB: 49_152) == USD("0.576"))
    #expect(try family.removing("m5.2xlarge").estimate(vcpus: 8, memoryMiB: 32_768) == USD("0.384"))
  }

  @Test func `where a family has no such size, or no one price of a CPU, there is no estimate`() throws {
    #expect(throws: PricingError.unknownInstanceType("m99.large")) { try InstancePrices.family(of: "m99.large") }
    #expect(throws: PricingError.unknownInstanceType("m")) { try InstancePrices.family(of: "m") }
    #expect(throws: PricingError.self) { try InstancePrices.family(of: "m5.odd").estimate(vcpus: 4, memoryMiB: 1_024) }
    // Sizes of one shape that differ in their accelerators.
    #expect(throws: PricingError.self) {
      try InstancePrices.family(of: "g5.xlarge").removing("g5.xlarge").estimate(vcpus: 4, memoryMiB: 16_384)
    }
    #expect(throws: PricingError.outOfRange(field: "vcpus")) {
      try InstancePrices.family(of: "m5.large").estimate(vcpus: 0, memoryMiB: 1_024)
    }
  }

  @Test func `amounts are decimal`() throws {
    #expect(USD("0.1").map { $0 + $0 + $0 } == USD("0.3"))
    #expect(USD("1.005")?.cents == 100 && USD("1.015")?.cents == 102 && USD("-0.004")?.description == "0.00")
    #expect(USD("-12.345")?.description == "-12.34")
    for text in ["", ".", "1e3", "1.2.3", "0.1234567890123", "$5", " 1"] { #expect(USD(text) == nil, "\(text)") }
  }

  @Test func `storage has one price, and volume types none`() throws {
    let prices = UnitPrices(.aws)
    // 0.00005479452 × 100 × 730 = 3.99999996.
    #expect(try prices.storage(gibibytes: 100) == USD("3.99999996"))
    #expect(throws: PricingError.noPrice("storage of type gp3")) {
      try prices.storage(volumeType: "gp3", gibibytes: 100)
    }
    // (2 × 0.031611 + 8 × 0.004237) × 730.
    #expect(try prices.compute(cpus: 2, memoryGiB: 8) == USD("70.89614"))
    #expect(UnitPrices(.azure).cpuPerHour == USD("0.039"))
  }

  @Test func `scaling back costs what scaling out saved`() throws {
    let small = [ScalingCost.Group(type: "m5.large", count: 4)]
    let large = [ScalingCost.Group(type: "m5.xlarge", count: 6)]
    let out = try ScalingCost(before: small, after: large)
    let back = try ScalingCost(before: large, after: small)
    #expect(out.difference + back.difference == .zero)
    #expect(out.difference == USD("560.64"))
  }
}
