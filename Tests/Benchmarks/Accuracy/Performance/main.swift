import AccuracyReport
import SimulationQueueing

// Performance and utilisation against measurements, each beside a naive baseline; prints Markdown.
guard CommandLine.arguments.count == 2 else { fatalError("usage: performance-accuracy <data folder>") }
let data = CommandLine.arguments[1]
let pool = try WorkerPool(data + "/httppool/runs.csv")
let clients = try ThinkingClients(data + "/pgbench/think_cpu.csv")
let configurations = try Configurations(data + "/config-perf/MariaDB/measurements.csv")

Table.heading("Performance")
print(
  "Share of predictions within 5 % of what was measured, mean absolute percentage error (MAPE) and the error that nine "
    + "in ten don't exceed (p90). The worker pool's declared regime is a utilisation of at most 0.6; the runs above it "
    + "are shown too, and are not in the claim. Only \(pool.runs.count) of the 39 runs that its README speaks of are in "
    + "the data folder, all of exponential services. Baselines: for the pool the other runs' mean, and a line in the "
    + "load through them; for pgbench the throughput at 32 clients, as it is and in proportion to the clients; for "
    + "MariaDB the mean of the same 100 training configurations, and least squares on them.\n")
var rows: [[String]] = []
@MainActor func add(_ source: String, _ what: String, _ comparison: Comparison) {
  rows.append([source, what] + comparison.cells)
}
let declared = try pool.latencies(upTo: 0.6)
for (name, figures) in [
  ("worker pool, mean latency, ρ ≤ 0.6", declared),
  ("worker pool, ρ ≤ 0.8 (outside)", try pool.latencies(upTo: 0.8)),
  ("worker pool, all runs (outside)", try pool.latencies(upTo: 1)),
] {
  add(name, "**M/G/c**", figures.model)
  add(name, "mean", figures.constant)
  add(name, "line", figures.line)
}
let throughputs = try clients.throughputs()
add("pgbench at 48, 64, 96 clients, throughput", "**MVA**", throughputs.model)
add("pgbench at 48, 64, 96 clients, throughput", "constant", throughputs.constant)
add("pgbench at 48, 64, 96 clients, throughput", "proportional", throughputs.proportional)
add("MariaDB 10.4.7, run time, n = 100", "**PerformanceModel**", configurations.model)
add("MariaDB 10.4.7, run time, n = 100", "mean", configurations.constant)
add("MariaDB 10.4.7, run time, n = 100", "linear", configurations.linear)
Table.print(header: ["source", "predictor", "predictions", "within 5 %, %", "MAPE %", "p90 %"], rows: rows)

func claim(_ name: String, _ model: Comparison, _ baselines: [Comparison]) {
  let best = baselines.map(\.meanRelativeError).min() ?? .infinity
  Claims.add(
    "\(name), share within 5 %", aim: "no share stated; MAPE below the naive baselines'",
    measured: "\(Table.number(100 * model.share(within: 0.05), 1)) % of \(model.count); MAPE "
      + "\(Table.number(100 * model.meanRelativeError)) % against \(Table.number(100 * best)) %",
    isMet: model.meanRelativeError < best)
}
claim("Latency of the worker pool, ρ ≤ 0.6, by M/G/c", declared.model, [declared.constant, declared.line])
claim(
  "Throughput of pgbench, 1.5 to 3 times the measured clients, by MVA", throughputs.model,
  [throughputs.constant, throughputs.proportional])
claim(
  "Run time of MariaDB configurations, n = 100", configurations.model,
  [configurations.constant, configurations.linear])

Table.heading("Utilisation")
print(
  "Mean absolute error in points (hundredths of the whole). The pool recorded each run's service times, so its measured "
    + "busy share is their sum over 8 workers; λ·S with the run's own S would be the same number, so the prediction uses "
    + "the planned load, or the service time of the other runs. pgbench's is the CPU time of its processes over 2 "
    + "processors and the time that the run really took (transactions / tps). Its demand follows the family of curves "
    + "that predicts each run of up to 32 clients best from those below it, chosen and fitted on these alone; the other "
    + "families are shown too, as what was tried.\n")
let busy = pool.busyShares()
let processors = try clients.busyShares()
func row(_ source: String, _ what: String, _ comparison: Comparison) -> [String] {
  [
    source, what, "\(comparison.count)", Table.number(comparison.meanAbsoluteError),
    Table.number(comparison.worstAbsoluteError),
  ]
}
var together = busy.calibrated
together.add(processors.model)
let others = try DemandLaw.Family.allCases.filter { $0 != clients.law }.map { family in
  guard let other = try clients.comparison(family) else {
    return ["pgbench at 48, 64, 96 clients", "MVA, demand \(family)", "0", "refused", ""]
  }
  return row("pgbench at 48, 64, 96 clients", "MVA, demand \(family)", other.busy)
}
Table.print(
  header: ["source", "predictor", "predictions", "mean error, points", "worst"],
  rows: [
    row("worker pool", "planned load, nominal service", busy.planned),
    row("worker pool", "**λ·S/c, service time of the other runs**", busy.calibrated),
    row("worker pool", "mean of the other runs", busy.constant),
    row("pgbench at 48, 64, 96 clients", "**MVA, demand by the chosen family: \(clients.law)**", processors.model),
  ] + others
    + [
      row("pgbench at 48, 64, 96 clients", "the busy share at 32 clients", processors.constant),
      row("both", "the two in bold", together),
    ])
print(
  "\npgbench's three runs one by one; an error of the throughput and one of the demand can cancel in the busy share:\n")
Table.print(
  header: [
    "clients", "tps predicted", "measured", "CPU µs each predicted", "measured", "busy % predicted", "measured",
  ], rows: try clients.cells())
for (name, comparison) in [
  ("worker pool by λ·S/c", busy.calibrated), ("pgbench by MVA", processors.model),
] {
  Claims.add(
    "Utilisation, \(name), mean absolute error", aim: "at most 2 points",
    measured: "\(Table.number(comparison.meanAbsoluteError)) points over \(comparison.count)",
    isMet: comparison.meanAbsoluteError <= 2)
}

Table.heading("Interval coverage")
let covered = try pool.covered()
let share = Double(configurations.covered) / Double(configurations.model.count)
Table.print(
  header: ["90 % intervals of", "predictions", "covered %"],
  rows: [
    [
      "MariaDB configurations, n = 100, 30 seeds (conformal on out-of-bag residuals)", "\(configurations.model.count)",
      Table.number(100 * share, 1),
    ],
    [
      "worker pool, mean latency of a run (replicated window)", "\(pool.runs.count)",
      Table.number(100 * Double(covered) / Double(pool.runs.count), 1),
    ],
  ])
print(
  "\nThe 26,160 predictions are of 972 configurations that come again with each seed, so they are fewer independent ones."
)
Claims.add(
  "90 % intervals of the worker pool's runs", aim: "cover at least 90 %",
  measured: "\(covered) of \(pool.runs.count)", isMet: Double(covered) >= 0.9 * Double(pool.runs.count))
