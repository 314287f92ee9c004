import AccuracyReport
import SimulationQueueing

/// pgbench with thinking clients against mean value analysis: calibrated at up to 32 clients, judged at 48, 64 and 96.
struct ThinkingClients {
  private static let processors = 2
  private static let judged = [48, 64, 96]

  struct Run {
    let clients: Int
    let throughput: Double
    let transactions: Double
    let processorSeconds: Double

    var demand: Double { processorSeconds / transactions }
    /// CPU time of pgbench and the server over what there was while they ran.
    var busyShare: Double { processorSeconds / (Double(ThinkingClients.processors) * transactions / throughput) }
  }

  let known: [Run]
  let judged: [Run]
  /// Chosen on the known runs alone.
  var law: DemandLaw.Family { calibration.demandLaw.family }
  private let measurements: [ThinkTimeCalibration.Measurement]
  private let calibration: ThinkTimeCalibration

  init(_ path: String) throws {
    let runs = try Columns.rows(path).map { row in
      func number(_ column: String) throws -> Double {
        guard let value = row[column].flatMap(Double.init) else { throw Unreadable(path: path) }
        return value
      }
      return Run(
        clients: Int(try number("clients")), throughput: try number("tps"), transactions: try number("transactions"),
        processorSeconds: try number("client_cpu_s") + number("backend_cpu_s"))
    }
    known = runs.filter { $0.clients <= 32 }
    judged = runs.filter { Self.judged.contains($0.clients) }
    measurements = known.map { .init(population: $0.clients, throughput: $0.throughput, demand: $0.demand) }
    calibration = try ThinkTimeCalibration(measurements, servers: Self.processors)
  }

  /// Throughput; beside it the last measured one, and it grown in proportion to the clients.
  func throughputs() throws -> (model: Comparison, constant: Comparison, proportional: Comparison) {
    var result = (model: Comparison(), constant: Comparison(), proportional: Comparison())
    guard let last = known.last else { return result }
    for run in judged {
      result.model.add(try calibration.predict(population: run.clients).throughput, run.throughput)
      result.constant.add(last.throughput, run.throughput)
      result.proportional.add(last.throughput * Double(run.clients) / Double(last.clients), run.throughput)
    }
    return result
  }

  /// The same with a given family of curves for the demand; nil where it refuses a judged run.
  func comparison(_ family: DemandLaw.Family) throws -> (throughput: Comparison, busy: Comparison)? {
    let given = try ThinkTimeCalibration(measurements, servers: Self.processors, law: family)
    var result = (throughput: Comparison(), busy: Comparison())
    for run in judged {
      guard let solution = try? given.predict(population: run.clients) else { return nil }
      result.throughput.add(solution.throughput, run.throughput)
      result.busy.add(100 * (solution.utilisations.first ?? .nan), 100 * run.busyShare)
    }
    return result
  }

  /// Busy share of the processors, in points; beside it the last measured one.
  func busyShares() throws -> (model: Comparison, constant: Comparison) {
    var result = (model: Comparison(), constant: Comparison())
    guard let last = known.last else { return result }
    for run in judged {
      let solution = try calibration.predict(population: run.clients)
      result.model.add(100 * (solution.utilisations.first ?? .nan), 100 * run.busyShare)
      result.constant.add(100 * last.busyShare, 100 * run.busyShare)
    }
    return result
  }

  /// Predicted and measured throughput, CPU time of a cycle (µs) and busy share (%) of each judged run.
  func cells() throws -> [[String]] {
    try judged.map { run in
      let solution = try calibration.predict(population: run.clients)
      let demand = calibration.demandLaw.demand(population: run.clients)
      return [
        "\(run.clients)", Table.number(solution.throughput, 0), Table.number(run.throughput, 0),
        Table.number(1e6 * demand, 1), Table.number(1e6 * run.demand, 1),
        Table.number(100 * (solution.utilisations.first ?? .nan), 1), Table.number(100 * run.busyShare, 1),
      ]
    }
  }
}
