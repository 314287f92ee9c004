import Histogram

/// Latencies in an HdrHistogram: percentiles with three significant digits from a microsecond to an hour.
public struct LatencySummary: Sendable {
  private static let highestMicroseconds: UInt64 = 3_600_000_000
  private var histogram = Histogram<UInt64>(
    highestTrackableValue: highestMicroseconds, numberOfSignificantValueDigits: .three)

  public init() {}

  /// The number of latencies.
  public var count: UInt64 { histogram.totalCount }

  /// Adds a latency; one of more than an hour counts as an hour.
  public mutating func record(nanoseconds: Int64) {
    let microseconds = min(UInt64(max(0, nanoseconds)) / 1_000, Self.highestMicroseconds)
    // A value within the histogram's range is always taken.
    _ = histogram.record(microseconds)
  }

  /// Adds all latencies of another summary.
  public mutating func add(_ other: LatencySummary) { histogram.add(other.histogram) }

  /// The latency that `percent` of all don't exceed, milliseconds; nil without any.
  public func milliseconds(percentile percent: Double) -> Double? {
    count == 0 ? nil : Double(histogram.valueAtPercentile(percent)) / 1_000
  }

  /// The largest latency, milliseconds; nil without any.
  public var largestMilliseconds: Double? { count == 0 ? nil : Double(histogram.max) / 1_000 }

  /// `p50 3.1 ms  p95 8.4 ms  p99 15.2 ms  max 20.0 ms  (1000 samples)`.
  public var text: String {
    guard count > 0 else { return "no sample became visible" }
    let percentiles = [50.0, 95, 99].map { percent in
      "p\(Int(percent)) \(decimal(milliseconds(percentile: percent) ?? 0, places: 1)) ms"
    }
    let largest = "max \(decimal(largestMilliseconds ?? 0, places: 1)) ms"
    return (percentiles + [largest]).joined(separator: "  ") + "  (\(count) samples)"
  }
}
