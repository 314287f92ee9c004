/// The think time of the customers of a closed system, from measured windows.
///
/// By the interactive response time law Z = N/X − R (P. J. Denning, J. P. Buzen, "The operational analysis of queueing
/// network models", Computing Surveys 10(3), 1978, section 3.4; E. D. Lazowska et al., Quantitative System Performance,
/// 1984, section 3.3), taken over all steady windows together: Z = Σ(N − X·R)/ΣX. Its deviation is that of a ratio of
/// sums (W. G. Cochran, Sampling Techniques, 1977, chapter 6), widened for windows that resemble their neighbours.
///
/// The law asks for job flow balance, so windows in which N or X drifts aren't used. It holds of any system for the
/// population that really cycles through it. Idle connections of a pool don't: their N/X falls as load rises, and then
/// no think time is told.
public struct InteractiveLaw: Sendable, Hashable {
  /// Means over one window.
  public struct Window: Sendable, Hashable {
    /// Position in time, in windows; neighbours differ by 1.
    public let index: Int64
    /// N, customers.
    public let population: Double
    /// X, cycles per second.
    public let throughput: Double
    /// R, seconds of a cycle that aren't thinking; nil where it isn't measured.
    public let response: Double?

    public init(index: Int64, population: Double, throughput: Double, response: Double? = nil) {
      self.index = index
      self.population = population
      self.throughput = throughput
      self.response = response
    }
  }

  /// Why no think time is told.
  public enum Refusal: Error, Sendable, Hashable {
    case tooFewSteadyWindows(found: Int, needed: Int)
    /// N/X is less than R: others than the counted customers load the system.
    case populationTooSmall
    /// N/X − R is less than `significance` deviations from zero: the difference of two large numbers.
    case notDistinguishable(seconds: Double, deviation: Double)
    /// Z isn't one number: it differs between little load and much by more than chance does.
    case dependsOnLoad(atLow: Double, atHigh: Double)
    /// The measurement contradicts the model, or is beyond what is computed.
    case noModel(QueueingRefusal)
  }

  /// Z, seconds.
  public let thinkTime: Double
  /// Its standard deviation, seconds.
  public let deviation: Double
  public let windows: Int
  /// The range of N that was seen, where the value holds.
  public let population: ClosedRange<Double>
  public let throughput: ClosedRange<Double>

  /// A window counts when N and X of both its neighbours differ from its own by at most this share.
  public static let steadiness = 0.1
  public static let minimumWindows = 12
  public static let significance = 3.0
  /// Think times of the third of least load and of most may differ by this share whatever chance says.
  public static let tolerance = 0.2
  /// Customers up to which the network behind an unmeasured response is solved.
  public static let maxModelPopulation = 300.0
  private static let modelGroups = 6

  /// From windows of which each tells its response.
  public init(_ windows: [Window]) throws(Refusal) {
    let steady = Self.steady(windows.filter { $0.response != nil })
    try self.init(steady, cycles: steady.map { ($0.population - $0.throughput * ($0.response ?? 0), $0.throughput) })
  }

  /// From windows whose response isn't measured, at a station whose demand is known: Z is what `ThinkTimeCalibration`
  /// leaves of the cycle after the response that the station gives at that load.
  ///
  /// - Parameters:
  ///   - demand: seconds of service that a cycle needs.
  ///   - demandDeviation: its standard deviation, s.
  public init(_ windows: [Window], demand: Double, demandDeviation: Double, servers: Int) throws(Refusal) {
    let steady = Self.steady(windows)
    guard steady.count >= Self.minimumWindows else {
      throw .tooFewSteadyWindows(found: steady.count, needed: Self.minimumWindows)
    }
    // Few networks are solved: one per group of neighbours, at the mean of its windows.
    var cycles: [(thinking: Double, throughput: Double)] = []
    var slope = 0.0
    for group in 0..<Self.modelGroups {
      let part = steady[(group * steady.count / Self.modelGroups)..<((group + 1) * steady.count / Self.modelGroups)]
      let population = part.reduce(0) { $0 + $1.population } / Double(part.count)
      let throughput = part.reduce(0) { $0 + $1.throughput } / Double(part.count)
      guard population <= Self.maxModelPopulation else {
        throw .noModel(.tooLarge(field: "population", limit: Int(Self.maxModelPopulation)))
      }
      func think(_ demand: Double) throws(Refusal) -> Double {
        do {
          let fit = try ThinkTimeCalibration(
            [.init(population: max(1, Int(population.rounded())), throughput: throughput, demand: demand)],
            servers: servers)
          return fit.network.thinkTime
        } catch {
          throw .noModel(error)
        }
      }
      let value = try think(demand)
      cycles.append((value * throughput, throughput))
      if group == 0, demandDeviation > 0 {
        slope = (value - (try think(max(demand / 2, demand - demandDeviation)))) / demandDeviation
      }
    }
    let law = try Self(steady, cycles: cycles)
    let shared = slope * demandDeviation
    try self.init(
      thinkTime: law.thinkTime, deviation: (law.deviation * law.deviation + shared * shared).squareRoot(), of: steady)
  }

  /// - Parameter cycles: customers that think and cycles per second, of each window or group of windows, in time.
  private init(_ windows: [Window], cycles: [(thinking: Double, throughput: Double)]) throws(Refusal) {
    guard windows.count >= Self.minimumWindows else {
      throw .tooFewSteadyWindows(found: windows.count, needed: Self.minimumWindows)
    }
    let whole = Self.ratio(cycles)
    // By the load of the neighbours: by its own, chance in X alone would put small N/X above and large below.
    let loads = cycles.indices.map { place in
      cycles[max(0, place - 1)].throughput + cycles[min(cycles.count - 1, place + 1)].throughput
    }
    let ranked = cycles.indices.sorted { (loads[$0], $0) < (loads[$1], $1) }.map { cycles[$0] }
    let third = max(2, cycles.count / 3)
    let (low, high) = (Self.ratio(Array(ranked.prefix(third))), Self.ratio(Array(ranked.suffix(third))))
    let chance = (low.deviation * low.deviation + high.deviation * high.deviation).squareRoot()
    let difference = abs(high.value - low.value)
    guard difference <= max(Self.tolerance * abs(whole.value), Self.significance * chance) else {
      throw .dependsOnLoad(atLow: low.value, atHigh: high.value)
    }
    try self.init(thinkTime: whole.value, deviation: whole.deviation, of: windows)
  }

  private init(thinkTime: Double, deviation: Double, of windows: [Window]) throws(Refusal) {
    guard thinkTime > -Self.significance * deviation else { throw .populationTooSmall }
    guard thinkTime > Self.significance * deviation else {
      throw .notDistinguishable(seconds: thinkTime, deviation: deviation)
    }
    self.thinkTime = thinkTime
    self.deviation = deviation
    self.windows = windows.count
    let populations = windows.map(\.population)
    let throughputs = windows.map(\.throughput)
    population = (populations.min() ?? 0)...(populations.max() ?? 0)
    throughput = (throughputs.min() ?? 0)...(throughputs.max() ?? 0)
  }

  /// Windows with both neighbours, from which neither N nor X drifts away.
  static func steady(_ windows: [Window]) -> [Window] {
    let all = windows.filter {
      $0.population > 0 && $0.throughput > 0 && $0.population.isFinite && $0.throughput.isFinite
        && ($0.response.map { $0 >= 0 && $0.isFinite } ?? true)
    }.sorted { $0.index < $1.index }
    guard all.count >= 3 else { return [] }
    func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= steadiness * b }
    return (1..<(all.count - 1)).compactMap { place in
      let (before, here, after) = (all[place - 1], all[place], all[place + 1])
      guard here.index - before.index == 1, after.index - here.index == 1 else { return nil }
      let isSteady = [before, after].allSatisfy {
        isNear($0.population, here.population) && isNear($0.throughput, here.throughput)
      }
      return isSteady ? here : nil
    }
  }

  private static func ratio(_ cycles: [(thinking: Double, throughput: Double)]) -> (value: Double, deviation: Double) {
    let sum = cycles.reduce(0) { $0 + $1.throughput }
    let value = cycles.reduce(0) { $0 + $1.thinking } / sum
    let residuals = cycles.map { $0.thinking - value * $0.throughput }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    guard squares > 0, cycles.count > 1 else { return (value, 0) }
    let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    let correlation = min(max(products / squares, 0), 0.99)
    let n = Double(cycles.count)
    let inflation = (1 + correlation) / (1 - correlation)
    return (value, (squares * n / (n - 1) * inflation).squareRoot() / sum)
  }
}
