import FleetCore
import TwinCTLDomain

/// Looks for the highest rate that the suite holds.
struct RateSearch: Sendable {
  /// What the 99th percentile of the lag must stay under, ms.
  static let bound = 100.0
  /// Each rate is so much higher than the last one that held, until one doesn't hold.
  private static let growth = 1.3
  /// Halvings of what is left then.
  private static let refinements = 3
  /// Rates are multiples of this, so that they have whole vehicles and streams.
  private static let grain = 500

  let suite: Suite
  let load: LoadOptions
  /// Measured at each rate.
  let seconds: Double

  /// - Parameters:
  ///   - first: vehicles that exist already and aren't used.
  ///   - tell: hears of each load.
  /// - Returns: the load with the highest rate that held; nil when the first one didn't.
  func highest(from: Int, to: Int, first: Int = 0, tell: (LoadRun.Report) -> Void) async throws -> LoadRun.Report? {
    var vehicles: [GatewayVehicle] = []
    var best: LoadRun.Report?
    var (rate, failed) = (from, Int?.none)
    var refined = 0
    while rate <= to {
      if vehicles.count < rate / 10 {
        let more = try await suite.createTwins(first + vehicles.count + 1..<first + rate / 10 + 1)
        vehicles += load.vehicles(more, first: first + vehicles.count)
      }
      let run = LoadRun(suite, load.plan(rate: rate, seconds: seconds), vehicles: vehicles)
      var report: LoadRun.Report?
      do {
        report = try await run.run()
      } catch is Gateway.Overrun {}
      let holds = (report?.lag.milliseconds(percentile: 99)).map { $0 < Self.bound } ?? false
      if let report { tell(report) }
      if holds, rate > best?.plan.rate ?? 0 { best = report } else if !holds { failed = min(failed ?? rate, rate) }
      let used = Dictionary(uniqueKeysWithValues: run.vehicles.map { ($0.id, $0) })
      vehicles = vehicles.map { used[$0.id]?.resting ?? $0 }
      guard let failed else {
        rate = Self.rounded(Double(rate) * Self.growth)
        continue
      }
      let middle = Self.rounded(Double((best?.plan.rate ?? 0) + failed) / 2)
      refined += 1
      guard refined <= Self.refinements, best != nil, middle < failed, middle > best?.plan.rate ?? 0 else { break }
      rate = middle
    }
    return best
  }

  private static func rounded(_ rate: Double) -> Int { max(1, Int((rate / Double(grain)).rounded())) * grain }
}

extension GatewayVehicle {
  /// The vehicle between two loads.
  var resting: GatewayVehicle {
    var vehicle = self
    vehicle.isFollowed = false
    return vehicle
  }
}
