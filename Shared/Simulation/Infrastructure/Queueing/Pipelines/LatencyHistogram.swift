/// Latencies counted in bins of relative width under 1.6 %, from a microsecond to a day: bounded memory for any number.
///
/// 64 equal bins in each power of two, read from the number's own exponent and leading bits, as HdrHistogram does (G.
/// Tene, http://hdrhistogram.org).
struct LatencyHistogram: Sendable {
  private(set) var weights: [Double]
  private(set) var total = 0.0
  private static let shift: UInt64 = 46
  private static let first = (1e-6).bitPattern >> shift
  private static let count = Int((86_400.0).bitPattern >> shift - first) + 1

  /// Of one histogram.
  static let bytes = count * MemoryLayout<Double>.stride

  init() { weights = Array(repeating: 0, count: Self.count) }

  mutating func add(_ latency: Double, weight: Double = 1) {
    let bits = max(latency, 1e-6).bitPattern >> Self.shift
    weights[min(Int(bits - Self.first), Self.count - 1)] += weight
    total += weight
  }

  mutating func merge(_ other: LatencyHistogram, factor: Double = 1) {
    for index in weights.indices { weights[index] += factor * other.weights[index] }
    total += factor * other.total
  }

  mutating func clear() {
    for index in weights.indices { weights[index] = 0 }
    total = 0
  }

  /// 0 when nothing was counted.
  func quantile(_ share: Double) -> Double {
    guard total > 0 else { return 0 }
    let target = share * total
    var sum = 0.0
    for index in weights.indices where weights[index] > 0 {
      if sum + weights[index] >= target {
        let low = Double(bitPattern: (UInt64(index) + Self.first) << Self.shift)
        let high = Double(bitPattern: (UInt64(index) + Self.first + 1) << Self.shift)
        return low + (high - low) * (target - sum) / weights[index]
      }
      sum += weights[index]
    }
    return Double(bitPattern: (UInt64(Self.count) + Self.first) << Self.shift)
  }
}
