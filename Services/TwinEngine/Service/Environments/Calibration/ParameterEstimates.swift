import FleetCore
import TwinProto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What metrics of a target tell of its models' parameters. What they can't tell is absent.
struct ParameterEstimates: Sendable {
  /// Length of the steps whose means are compared, s.
  static let step = 300.0
  /// Steps that a regression needs.
  static let minimumSteps = 20
  /// A slope that is less than so many deviations from zero isn't told.
  static let significance = 2.0
  /// What drives a regression must vary by at least this share of its mean.
  static let minimumVariation = 0.05
  /// Steps above this utilisation don't tell of demand: work waits instead of being done.
  static let saturation = 0.95

  let metrics: TargetMetrics
  /// What is known of the target.
  let state: [String: ProtoValue]
  let time: ProtoTimestamp

  /// All that can be told, ordered by name.
  func all() -> [CalibratedParameter] {
    let told = [
      serviceDemand, idleProcessing, arrivalRate, arrivalVariability, thinkTime, memoryPerConnection, idleMemory,
      failureRate, errorShare,
      growth(of: "db_size_bytes", as: "db_growth_gb_per_day"),
      growth(of: "disk_used_bytes", as: "disk_growth_gb_per_day"),
    ]
    return (told.compactMap(\.self) + workingSet).sorted { $0.name < $1.name }
  }

  func parameter(
    _ name: String, _ value: Double, _ deviation: Double, model: String, regime: [String: ProtoValue], count: Int
  ) -> CalibratedParameter? {
    guard value.isFinite, deviation.isFinite else { return nil }
    return CalibratedParameter(
      name: name, value: value, std: deviation, model: model, regime: ProtoStruct(fields: regime),
      sampleCount: UInt64(count), calibrationTime: time)
  }

  static func range(_ values: [Double]) -> ProtoValue {
    let bounds = [values.min() ?? 0, values.max() ?? 0].map { ProtoValue(kind: .numberValue($0)) }
    return ProtoValue(kind: .listValue(ProtoListValue(values: bounds)))
  }

  func number(_ key: String) -> Double? {
    if case .numberValue(let number)? = state[key]?.kind, number > 0 { number } else { nil }
  }

  /// A slope that means something.
  private static func slope(_ x: [Double], _ y: [Double]) -> LinearFit? {
    guard x.count >= minimumSteps, let fit = LinearFit(x, y) else { return nil }
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    guard mean > 0, variance.squareRoot() >= minimumVariation * mean, fit.slope > significance * fit.slopeDeviation
    else {
      return nil
    }
    return fit
  }

  // MARK: Demand

  /// Processors in use over requests per second.
  private var processing: (fit: LinearFit, regime: [String: ProtoValue])? {
    let (metric, factor): (String, Double)
    if !metrics.all("cpu_used_cores").isEmpty {
      (metric, factor) = ("cpu_used_cores", 1)
    } else if let cores = number("cores") {
      (metric, factor) = ("cpu_utilization_share", cores)
    } else {
      // A share of nobody knows how many cores is no demand.
      return nil
    }
    var pairs = metrics.pairs("requests_per_s", metric, of: Self.step)
    if metric == "cpu_utilization_share" { pairs.removeAll { $0.b > Self.saturation } }
    let (requests, used) = (pairs.map(\.a), pairs.map { $0.b * factor })
    guard let fit = Self.slope(requests, used) else { return nil }
    return (fit, ["requests_per_s": Self.range(requests), metric: Self.range(pairs.map(\.b))])
  }

  /// CPU time of a request by the utilisation law U = X·S (Denning and Buzen, "The Operational Analysis of Queueing
  /// Network Models", 1978), with what the target uses without requests as intercept.
  var serviceDemand: CalibratedParameter? {
    guard let (fit, regime) = processing else { return nil }
    return parameter(
      "cpu_demand_ms", fit.slope * 1_000, fit.slopeDeviation * 1_000, model: "mmc", regime: regime, count: fit.count)
  }

  /// Processors in use without requests; nil where that can't be told from none.
  var idleProcessing: CalibratedParameter? {
    guard let (fit, regime) = processing, fit.intercept > Self.significance * fit.interceptDeviation else { return nil }
    return parameter(
      "cpu_base_cores", fit.intercept, fit.interceptDeviation, model: "mmc", regime: regime, count: fit.count)
  }

  private var connectionMemory: (fit: LinearFit, regime: [String: ProtoValue])? {
    guard let metric = ["backends", "connections"].first(where: { !metrics.all($0).isEmpty }) else { return nil }
    let pairs = metrics.pairs(metric, "memory_used_bytes", of: Self.step)
    let (connections, bytes) = (pairs.map(\.a), pairs.map(\.b))
    guard let fit = Self.slope(connections, bytes) else { return nil }
    return (fit, [metric: Self.range(connections), "memory_used_bytes": Self.range(bytes)])
  }

  /// Memory of a connection: what more of them take.
  var memoryPerConnection: CalibratedParameter? {
    guard let (fit, regime) = connectionMemory else { return nil }
    let megabyte = 1_048_576.0
    return parameter(
      "memory_per_connection_mb", fit.slope / megabyte, fit.slopeDeviation / megabyte, model: "postgres_memory",
      regime: regime, count: fit.count)
  }

  /// Memory without connections; nil where that can't be told from none.
  var idleMemory: CalibratedParameter? {
    guard let (fit, regime) = connectionMemory, fit.intercept > Self.significance * fit.interceptDeviation else {
      return nil
    }
    let gigabyte = 1_073_741_824.0
    return parameter(
      "memory_base_gb", fit.intercept / gigabyte, fit.interceptDeviation / gigabyte, model: "postgres_memory",
      regime: regime, count: fit.count)
  }

  // MARK: Arrivals

  private var arrivals: [TargetMetrics.Point] {
    let all = metrics.all("requests_per_s")
    // Of several series each counts a part of the requests, at moments of its own.
    return all.count == 1 ? all[0].points.filter { $0.value >= 0 } : []
  }

  /// Requests per second, on average over the range.
  var arrivalRate: CalibratedParameter? {
    let values = metrics.steps("requests_per_s", of: Self.step).sorted { $0.key < $1.key }.map(\.value)
    guard values.count >= Self.minimumSteps else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let residuals = values.map { $0 - mean }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let deviation = (squares / (n - 1) / n * LinearFit.inflation(residuals, squares)).squareRoot()
    return parameter(
      "arrival_rate_per_s", mean, deviation, model: "mgc", regime: ["requests_per_s": Self.range(values)],
      count: values.count)
  }

  /// Squared coefficient of variation of the times between requests, from counts: for a renewal process the variance of
  /// counts over their mean goes to it (Cox and Lewis, "The Statistical Analysis of Series of Events", 1966). The
  /// variance comes from differences of neighbouring counts, so that a load that rises and falls over the day doesn't
  /// count as variability (von Neumann and others, "The mean square successive difference", 1941, also for its
  /// deviation). The counts must be of windows that don't overlap.
  var arrivalVariability: CalibratedParameter? {
    let points = arrivals
    guard points.count >= 100 else { return nil }
    let gaps = zip(points, points.dropFirst()).map { $1.time - $0.time }
    let window = gaps.sorted()[gaps.count / 2]
    guard window > 0 else { return nil }
    var (squares, sum, count) = (0.0, 0.0, 0)
    for (gap, pair) in zip(gaps, zip(points, points.dropFirst())) where abs(gap - window) <= 0.01 * window {
      let difference = (pair.1.value - pair.0.value) * window
      squares += difference * difference
      sum += (pair.1.value + pair.0.value) / 2 * window
      count += 1
    }
    guard count >= 100, sum / Double(count) >= 1 else { return nil }
    let n = Double(count + 1)
    let ratio = squares / 2 / sum
    return parameter(
      "arrival_cv2", ratio, ratio * (3 * n - 4).squareRoot() / (n - 1), model: "mgc",
      regime: ["requests_per_s": Self.range(points.map(\.value)), "window_s": Self.range([window])], count: count + 1)
  }

  // MARK: Growth

  /// Growth of a size, from hourly means; of several series the one that grows fastest.
  private func growth(of metric: String, as name: String) -> CalibratedParameter? {
    let gigabyte = 1_073_741_824.0
    var fastest: CalibratedParameter?
    for series in metrics.all(metric) {
      let hours = TargetMetrics.means(series.points, 3_600).sorted { $0.key < $1.key }
      guard let first = hours.first, let last = hours.last, last.key - first.key >= 24 else { continue }
      let days = hours.map { Double($0.key) / 24 }
      let sizes = hours.map { $0.value / gigabyte }
      guard let fit = RobustSlope(days, sizes) else { continue }
      var regime = [
        metric: Self.range(hours.map(\.value)), "days": Self.range([0, (days.last ?? 0) - (days.first ?? 0)]),
      ]
      for (label, value) in series.labels { regime[label] = ProtoValue(kind: .stringValue(value)) }
      guard
        let told = parameter(
          name, fit.slope, fit.deviation, model: "storage_growth", regime: regime, count: fit.count)
      else { continue }
      if fastest.map({ $0.value < told.value }) ?? true { fastest = told }
    }
    return fastest
  }

  // MARK: Failures

  /// Failures an hour while it is up, from the metric `up` (1 or 0); with Jeffreys' prior, since no failure yet doesn't
  /// mean that there are none: (n + 1/2) failures in the time that was watched.
  var failureRate: CalibratedParameter? {
    var (failures, seconds, count) = (0, 0.0, 0)
    for series in metrics.all("up") {
      count += series.points.count
      let gaps = zip(series.points, series.points.dropFirst()).map { $1.time - $0.time }.sorted()
      guard !gaps.isEmpty else { continue }
      // Over a hole in the data nobody knows what was.
      let longest = 3 * gaps[gaps.count / 2]
      for (before, after) in zip(series.points, series.points.dropFirst())
      where before.value >= 0.5 && after.time - before.time <= longest {
        seconds += after.time - before.time
        if after.value < 0.5 { failures += 1 }
      }
    }
    guard count >= 100, seconds > 0 else { return nil }
    let (events, hours) = (Double(failures) + 0.5, seconds / 3_600)
    return parameter(
      "failure_rate_per_h", events / hours, events.squareRoot() / hours, model: "availability",
      regime: ["hours": Self.range([0, hours])], count: count)
  }

  /// Share of the requests that fail, as ratio of sums with the ratio estimator's deviation (Cochran, "Sampling
  /// Techniques", 1977, chapter 6).
  var errorShare: CalibratedParameter? {
    let pairs = metrics.pairs("requests_per_s", "errors_per_s", of: Self.step)
    let sum = pairs.reduce(0) { $0 + $1.a }
    guard pairs.count >= Self.minimumSteps, sum > 0 else { return nil }
    let share = pairs.reduce(0) { $0 + $1.b } / sum
    let squares = pairs.reduce(0) { $0 + ($1.b - share * $1.a) * ($1.b - share * $1.a) }
    let n = Double(pairs.count)
    return parameter(
      "error_share", share, (squares * n / (n - 1)).squareRoot() / sum, model: "availability",
      regime: ["requests_per_s": Self.range(pairs.map(\.a))], count: pairs.count)
  }
}
