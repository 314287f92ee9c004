import SimulationQueueing
import TwinProto

/// Think time of clients that wait for an answer before they ask again.
extension ParameterEstimates {
  private static let populations = ["clients", "users", "connections"]
  private static let responses = ["response_mean_ms", "latency_mean_ms"]
  /// Points of counters further apart than this many usual distances have a hole between them.
  private static let longestGap = 1.5

  /// By the interactive law: from a database's session counters; from clients, requests and mean responses; or, where no
  /// response is measured, from the response that the calibrated demand gives. nil where none of them can tell.
  var thinkTime: CalibratedParameter? {
    if let law = try? InteractiveLaw(sessionWindows) { return told(law, by: "session_counters") }
    let measured = clientWindows
    if let law = try? InteractiveLaw(measured) { return told(law, by: "measured_response") }
    // A response that is measured and contradicts the law isn't replaced by one that fits.
    guard !measured.contains(where: { $0.response != nil }), let demand = serviceDemand, let cores = number("cores"),
      cores >= 1, cores <= 10_000,
      let law = try? InteractiveLaw(
        measured, demand: demand.value / 1_000, demandDeviation: demand.std / 1_000, servers: Int(cores))
    else { return nil }
    return told(law, by: "modelled_response")
  }

  private func told(_ law: InteractiveLaw, by method: String) -> CalibratedParameter? {
    parameter(
      "think_time_s", law.thinkTime, law.deviation, model: "mva",
      regime: [
        "clients": Self.range([law.population.lowerBound, law.population.upperBound]),
        "requests_per_s": Self.range([law.throughput.lowerBound, law.throughput.upperBound]),
        "method": ProtoValue(kind: .stringValue(method)),
      ], count: law.windows)
  }

  /// Windows between two syncs: N = session time / time, X = transactions / time, R = active time / transactions.
  private var sessionWindows: [InteractiveLaw.Window] {
    let growths = metrics.growths(
      of: ["session_seconds_total", "active_session_seconds_total", "transactions_total"]
    ).filter { $0.seconds > 0 && $0.counters[2] > 0 }
    guard !growths.isEmpty else { return [] }
    let usual = growths.map(\.seconds).sorted()[growths.count / 2]
    var index: Int64 = 0
    var end = growths[0].start
    return growths.map { growth in
      // A hole leaves out an index, so that windows on both sides of it aren't neighbours.
      index += growth.start - end > 1e-3 || growth.seconds > Self.longestGap * usual ? 2 : 1
      end = growth.start + growth.seconds
      return InteractiveLaw.Window(
        index: index, population: growth.counters[0] / growth.seconds,
        throughput: growth.counters[2] / growth.seconds, response: growth.counters[1] / growth.counters[2])
    }
  }

  private var clientWindows: [InteractiveLaw.Window] {
    guard let clients = Self.populations.first(where: { !metrics.all($0).isEmpty }) else { return [] }
    let responses = Self.responses.first { !metrics.all($0).isEmpty }.map { metrics.steps($0, of: Self.step) }
    return metrics.pairs(clients, "requests_per_s", of: Self.step).map { step, population, throughput in
      InteractiveLaw.Window(
        index: step, population: population, throughput: throughput, response: responses?[step].map { $0 / 1_000 })
    }
  }
}
