extension ClosedNetwork {
  /// D: seconds of service per cycle over all stations.
  public var totalDemand: Double { stations.reduce(0) { $0 + $1.demand } }

  /// The most that the slowest station lets through, cycles per second.
  public var bottleneckThroughput: Double {
    stations.reduce(.infinity) { $1.demand > 0 ? min($0, Double($1.servers) / $1.demand) : $0 }
  }

  /// N*: the population at which the two asymptotes meet; above it the bottleneck decides.
  public var saturationPopulation: Double { bottleneckThroughput * (totalDemand + thinkTime) }

  /// Asymptotic bounds of the throughput, cycles per second: every other customer ahead at every station, and no
  /// queueing at all.
  ///
  /// Source: Lazowska et al. 1984, chapter 5; P. J. Denning, J. P. Buzen 1978.
  public func throughputBounds(population: Int) -> ClosedRange<Double> {
    let count = Double(population)
    let upper = min(count / (totalDemand + thinkTime), bottleneckThroughput)
    return min(upper, count / (count * totalDemand + thinkTime))...upper
  }

  /// Balanced job bounds of the throughput, cycles per second: tighter, for single servers.
  ///
  /// Source: J. Zahorjan et al., "Balanced job bound analysis of queueing networks", CACM 25(2), 1982; Lazowska et al.
  /// 1984, chapter 5.
  public func balancedJobBounds(population: Int) throws(QueueingRefusal) -> ClosedRange<Double> {
    guard population >= 1 else { throw .outOfRange(field: "population") }
    guard stations.allSatisfy({ $0.servers == 1 }) else { throw .outsideRegime(.multipleServers) }
    let count = Double(population)
    let demand = totalDemand
    let largest = 1 / bottleneckThroughput
    let average = demand / Double(stations.count)
    let pessimistic = (count - 1) * largest / (1 + thinkTime / (count * demand))
    let optimistic = (count - 1) * average / (1 + thinkTime / demand)
    let upper = min(bottleneckThroughput, count / (demand + thinkTime + optimistic))
    return min(upper, count / (demand + thinkTime + pessimistic))...upper
  }
}
