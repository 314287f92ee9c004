import BufferCacheTrial
import Foundation
import PostgresTesting
import SimulationDatabases

// Hit ratios of a private PostgreSQL at shared_buffers 16 to 256 MB, measured and predicted; prints Markdown.
// Exit code 1 where the mean error is above 0.5 points or one above 1.5.
let trial = BufferCacheTrial(scale: 40, sizes: [16, 32, 64, 128, 256], transactions: 60_000, warmUpTurns: 3)
print("| shared_buffers | access | measured % | predicted % | error, points | by LRU % |")
print("|---:|---|---:|---:|---:|---:|")
func percent(_ share: Double) -> String { String(format: "%.2f", 100 * share) }
let cells = try await trial.run(on: PostgresTestServer()) { cell in
  let law =
    switch cell.access {
    case .uniform: "uniform"
    case .scatteredZipf(let exponent): "Zipf \(exponent)"
    }
  print(
    "| \(cell.megabytes) MB | \(law) | \(percent(cell.measured)) | \(percent(cell.predicted)) "
      + "| \(String(format: "%.2f", cell.error)) | \(percent(cell.predictedByLRU)) |")
}
let errors = cells.map(\.error)
let mean = errors.reduce(0, +) / Double(max(1, errors.count))
let worst = errors.max() ?? .infinity
let meanByLRU =
  cells.map { 100 * abs($0.predictedByLRU - $0.measured) }.reduce(0, +) / Double(max(1, cells.count))
print("\nMean error \(String(format: "%.3f", mean)), worst \(String(format: "%.3f", worst)) points over \(cells.count)")
print("settings; least recently used in place of the clock sweep: mean \(String(format: "%.3f", meanByLRU)) points.")
exit(mean <= 0.5 && worst <= 1.5 ? 0 : 1)
