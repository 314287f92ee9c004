import SimulationDatabases
import TwinProto

/// What a PostgreSQL's cache must hold.
extension ParameterEstimates {
  /// The hit ratio that `working_set_gb` is the cache for.
  static let workingSetHitShare = 0.99
  private static let page = 8_192.0
  private static let gigabyte = 1_073_741_824.0
  /// After its start a cache is in steady state once it has missed as many pages as fill it twice.
  private static let fillings = 2.0
  private static let minimumWindows = 5
  private static let minimumAccesses = 10_000.0

  /// Windows of one size of the cache, after it was filled.
  private struct Held {
    var cachePages: Double
    var accesses: [Double] = []
    var hits: [Double] = []
  }

  /// `working_set_gb`; where the sizes of the cache that were seen don't tell it, what they bound it by:
  /// `working_set_at_least_gb` and `working_set_at_most_gb`. Nothing without a steady cache.
  var workingSet: [CalibratedParameter] {
    let growths = metrics.growths(
      of: ["blocks_hit_total", "blocks_read_total"], with: ["shared_buffers_bytes", "databases_bytes"])
    guard let last = growths.last else { return [] }
    let held = Self.held(growths)
    let measured = held.compactMap(Self.measurement)
    guard !measured.isEmpty,
      let fit = try? WorkingSet(
        pages: last.gauges[1].after / Self.page, measured: measured, hitRatio: Self.workingSetHitShare)
    else { return [] }
    var regime: [String: ProtoValue] = [
      "hit_share": ProtoValue(kind: .numberValue(Self.workingSetHitShare)),
      "shared_buffers_gb": Self.range(measured.map { $0.cachePages * Self.page / Self.gigabyte }),
      "measured_hit_share": Self.range(measured.map(\.hitRatio)),
      "databases_gb": Self.range(growths.map { $0.gauges[1].after / Self.gigabyte }),
    ]
    if let law = fit.law {
      regime["zipf_exponent"] = ProtoValue(kind: .numberValue(law.exponent))
      regime["distinct_gb"] = ProtoValue(kind: .numberValue(law.distinctPages * Self.page / Self.gigabyte))
    }
    let count = held.reduce(0) { $0 + $1.accesses.count }
    func told(_ name: String, _ pages: Double, _ deviation: Double) -> CalibratedParameter? {
      parameter(
        name, pages * Self.page / Self.gigabyte, deviation * Self.page / Self.gigabyte, model: "buffer_cache",
        regime: regime, count: count)
    }
    if let pages = fit.pages { return [told("working_set_gb", pages, fit.deviation)].compactMap(\.self) }
    return [
      told("working_set_at_least_gb", fit.bounds.lowerBound, 0),
      told("working_set_at_most_gb", fit.bounds.upperBound, 0),
    ].compactMap(\.self)
  }

  private static func held(_ growths: [TargetMetrics.Growth]) -> [Held] {
    var all: [Double: Held] = [:]
    var (size, reads, end) = (0.0, 0.0, 0.0)
    for growth in growths {
      let cache = growth.gauges[0]
      // Another size, or counters that began anew: the server was started, and its cache is empty.
      if cache.before != size || abs(growth.start - end) > 1e-3 { (size, reads) = (cache.after, 0) }
      end = growth.start + growth.seconds
      guard cache.before == cache.after else {
        (size, reads) = (cache.after, 0)
        continue
      }
      let isSteady = reads >= fillings * size / page
      reads += growth.counters[1]
      let accesses = growth.counters[0] + growth.counters[1]
      guard isSteady, accesses > 0 else { continue }
      all[size, default: Held(cachePages: size / page)].accesses.append(accesses)
      all[size]?.hits.append(growth.counters[0])
    }
    return all.values.sorted { $0.cachePages < $1.cachePages }
  }

  /// The ratio of sums with the ratio estimator's deviation (Cochran, "Sampling Techniques", 1977, chapter 6).
  private static func measurement(_ held: Held) -> WorkingSet.Measurement? {
    let accesses = held.accesses.reduce(0, +)
    guard held.accesses.count >= minimumWindows, accesses >= minimumAccesses else { return nil }
    let ratio = held.hits.reduce(0, +) / accesses
    let residuals = zip(held.hits, held.accesses).map { $0 - ratio * $1 }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let n = Double(residuals.count)
    let deviation = (squares * n / (n - 1) * LinearFit.inflation(residuals, squares)).squareRoot() / accesses
    return WorkingSet.Measurement(cachePages: held.cachePages, hitRatio: ratio, deviation: deviation)
  }
}
