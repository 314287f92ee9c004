#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The probability that a demand which is only known roughly goes beyond a limit.
///
/// The demand is lognormal around its estimate: P = Φ((ln(demand/limit) + margin)/spread).
struct Exceedance: Sendable, Hashable {
  /// Standard deviation of ln(demand): how well such demands are known.
  var spread: Double
  /// Share of the limit that isn't available to the demand.
  var reserve: Double

  /// Memory: estimates from counts and settings are good to about 10 %, and the kernel, its page tables and the
  /// processes beside the one that is counted take about 5 % (a choice, on the careful side; residuals correct it).
  static let memory = Exceedance(spread: 0.1, reserve: 0.05)
  /// Counts of connections, descriptors or ports, where peaks are measured and limits are exact.
  static let count = Exceedance(spread: 0.1, reserve: 0)
  /// Bytes on a disk: growth is steadier than memory, and file systems reserve 5 % for root (mke2fs(8), -m).
  static let disk = Exceedance(spread: 0.1, reserve: 0.05)
  /// Utilisation of servers: forecasts of a peak are good to about 10 %, and the last 5 % are no capacity: with ten
  /// servers the mean wait there is already twice a service, and any burst is an outage (Kleinrock 1975, 3.5).
  static let load = Exceedance(spread: 0.1, reserve: 0.05)

  /// The highest utilisation of a few seconds: a queue that would be long in a steady state hasn't grown by then, so that
  /// nothing is kept in reserve.
  static let momentaryLoad = Exceedance(spread: 0.1, reserve: 0)

  func probability(demand: Double, limit: Double) -> Double {
    guard limit > 0 else { return 1 }
    guard demand > 0 else { return 0 }
    let z = log(demand / (limit * (1 - reserve))) / spread
    return 0.5 * erfc(-z / 2.0.squareRoot())
  }
}
