/// N. J. Gunther's Universal Scalability Law: X(N) = γN / (1 + α(N − 1) + βN(N − 1)).
///
/// Source: N. J. Gunther, Guerrilla Capacity Planning (2007), chapters 4 to 6. α is contention (what is serialised), β
/// coherency (what is exchanged pairwise), γ the throughput of one client. Fitted by least squares on throughput with
/// α ≥ 0 and β ≥ 0. The law can't describe throughput per client that rises, so such data is refused, and so is any
/// load over twice the highest measured one.
public struct UniversalScalability: Sendable, Hashable {
  /// A measured throughput (per second) at a load (clients, processes or processors).
  public struct Point: Sendable, Hashable {
    public let load: Double
    public let throughput: Double

    public init(load: Double, throughput: Double) {
      self.load = load
      self.throughput = throughput
    }
  }

  /// γ, per second.
  public let perClient: Double
  /// α, at least 0.
  public let contention: Double
  /// β, at least 0.
  public let coherency: Double
  /// The highest load that was measured.
  public let highestLoad: Double

  /// Three parameters and one degree of freedom that may contradict them.
  public static let minPoints = 4
  /// How far above the highest measured load the law is trusted.
  public static let maxFactor = 2.0
  /// Throughput per client that a fit without bounds lets rise by more than this is superlinear, not noise of a fit.
  public static let superlinearTolerance = 0.01

  public init(fitting points: [Point]) throws(QueueingRefusal) {
    for point in points {
      guard point.load > 0, point.load.isFinite else { throw .outOfRange(field: "load") }
      guard point.throughput > 0, point.throughput.isFinite else { throw .outOfRange(field: "throughput_per_s") }
    }
    let sorted = points.sorted { ($0.load, $0.throughput) < ($1.load, $1.throughput) }
    let different = sorted.indices.filter { $0 == 0 || sorted[$0].load != sorted[$0 - 1].load }.count
    guard different >= Self.minPoints, let highest = sorted.last?.load else {
      throw .notExtrapolable(.tooFewPoints(needed: Self.minPoints))
    }
    let free = ScalabilityFit(sorted, contention: true, coherency: true)
    if let free, free.contention < 0 || free.coherency < 0 {
      let lowest = sorted[0].load
      let rise = sorted.map { free.denominator(lowest) / free.denominator($0.load) }.max() ?? 1
      guard rise <= 1 + Self.superlinearTolerance else { throw .notExtrapolable(.superlinear) }
    }
    // The bounded minimum lies on one of four faces: each parameter free, or held at 0.
    var best: ScalabilityFit?
    for (contention, coherency) in [(true, true), (true, false), (false, true), (false, false)] {
      guard let fit = ScalabilityFit(sorted, contention: contention, coherency: coherency) else { continue }
      guard fit.contention >= 0, fit.coherency >= 0, fit.perClient > 0 else { continue }
      if best.map({ fit.squares < $0.squares }) ?? true { best = fit }
    }
    guard let best else { throw .notExtrapolable(.superlinear) }
    perClient = best.perClient
    contention = best.contention
    coherency = best.coherency
    highestLoad = highest
  }

  /// Throughput per second at a load.
  public func throughput(at load: Double) throws(QueueingRefusal) -> Double {
    guard load > 0, load.isFinite else { throw .outOfRange(field: "load") }
    guard load <= Self.maxFactor * highestLoad else { throw .notExtrapolable(.tooFar(highestMeasured: highestLoad)) }
    return perClient * load / (1 + contention * (load - 1) + coherency * load * (load - 1))
  }

  /// The load of highest throughput, √((1 − α)/β); nil where throughput only rises.
  public var peakLoad: Double? {
    coherency > 0 && contention < 1 ? ((1 - contention) / coherency).squareRoot() : nil
  }
}
