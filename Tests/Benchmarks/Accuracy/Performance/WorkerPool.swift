import AccuracyReport
import SimulationQueueing

/// A recorded pool of HTTP workers against M/G/c: latency, how busy the workers are, and the window's interval.
struct WorkerPool {
  struct Run {
    let target: Double
    let rate: Double
    let arrivals: Int
    let seconds: Double
    let servers: Int
    let nominalService: Double
    let service: Double
    let variability: Double
    let wait: Double
    let latency: Double

    /// Busy time of all workers by their own clocks over what there was.
    var busyShare: Double { Double(arrivals) * service / (Double(servers) * seconds) }
    /// What the client takes beside waiting and service.
    var overhead: Double { latency - wait - service }
  }

  let runs: [Run]

  init(_ path: String) throws {
    runs = try Columns.rows(path).map { row in
      func number(_ column: String) throws -> Double {
        guard let value = row[column].flatMap(Double.init) else { throw Unreadable(path: path) }
        return value
      }
      return Run(
        target: try number("rho_target"), rate: try number("offered_rps"), arrivals: Int(try number("n")),
        seconds: try number("seconds"), servers: Int(try number("c")), nominalService: try number("mean_service_s"),
        service: try number("mean_service_measured_s"), variability: try number("cv2_measured"),
        wait: try number("mean_wait_s"), latency: try number("mean_latency_s"))
    }
  }

  private func others(than index: Int) -> [Run] { runs.indices.filter { $0 != index }.map { runs[$0] } }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Mean latency by M/G/c from the run's own load and service moments, and the overhead of the other runs; beside it
  /// the mean of the other runs and a straight line in the load through them.
  func latencies(upTo target: Double) throws -> (model: Comparison, constant: Comparison, line: Comparison) {
    var result = (model: Comparison(), constant: Comparison(), line: Comparison())
    for (index, run) in runs.enumerated() where run.target <= target + 1e-9 {
      let others = others(than: index)
      let system = try MGC(
        arrivalRate: run.rate, meanService: run.service, servers: run.servers, serviceVariability: run.variability)
      result.model.add(system.meanResponse + mean(others.map(\.overhead)), run.latency)
      // The baselines may use what lies in the same regime only: runs near saturation would spoil them.
      let near = others.filter { $0.target <= target + 1e-9 }
      result.constant.add(mean(near.map(\.latency)), run.latency)
      let line = Baseline.Linear(rows: near.map { [$0.rate] }, targets: near.map(\.latency))
      result.line.add(line.predict([run.rate]), run.latency)
    }
    return result
  }

  /// Busy share, in points: planned load and nominal service; the run's load with the service time of the others; and
  /// the mean of the other runs as the baseline.
  func busyShares() -> (planned: Comparison, calibrated: Comparison, constant: Comparison) {
    var result = (planned: Comparison(), calibrated: Comparison(), constant: Comparison())
    for (index, run) in runs.enumerated() {
      let others = others(than: index)
      let measured = 100 * run.busyShare
      result.planned.add(100 * run.target, measured)
      let service = mean(others.map(\.service))
      result.calibrated.add(100 * run.rate * service / Double(run.servers), measured)
      result.constant.add(100 * mean(others.map(\.busyShare)), measured)
    }
    return result
  }

  /// Runs whose mean latency lies in the 90 % interval of a window of their length.
  func covered() throws -> Int {
    var count = 0
    for (index, run) in runs.enumerated() {
      let window = try ObservationWindow(
        arrivalRate: run.rate, service: DurationLaw(mean: run.service, variability: run.variability),
        servers: run.servers, arrivals: run.arrivals)
      let interval = window.responseInterval(overheads: others(than: index).map(\.overhead))
      if interval.contains(run.latency) { count += 1 }
    }
    return count
  }
}
