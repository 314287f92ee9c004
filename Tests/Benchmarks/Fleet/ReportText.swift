import Foundation
import TwinCTLDomain

/// What is printed of a load.
enum ReportText {
  static func lines(_ report: LoadRun.Report) -> [String] {
    let plan = report.plan
    var lines = [
      "\(plan.rate) samples/s of \(plan.vehicles) vehicles over \(plan.streams) streams for \(number(plan.seconds)) s",
      "lag: \(report.lag.text)", "acknowledgements: \(report.acks.text)",
    ]
    for (index, window) in report.windows(10).enumerated() {
      lines.append("  from \(index * 10) s: \(window.text)")
    }
    lines.append(costs(report))
    return lines
  }

  /// One line of a search.
  static func step(_ report: LoadRun.Report) -> String {
    "\(report.plan.rate)/s: \(report.lag.text); \(costs(report))"
  }

  static func costs(_ report: LoadRun.Report) -> String {
    let each = ["state-sync", "twin-engine", "PostgreSQL", "generator"].map {
      "\($0) \(number(report.cost($0)))"
    }
    return "µs on processors a sample: \(each.joined(separator: ", ")); the suite \(number(report.cost)); "
      + "cores in use \(number(report.times.total / report.measuredSeconds, places: 2))"
  }

  static func lines(_ stored: StoredRows, _ counts: GatewayCounts) -> [String] {
    [
      "measured \(counts.measured), of them sent twice \(counts.duplicated), reordered \(counts.reordered), lost first "
        + "\(counts.lost); sent again after lost connections \(counts.resent) (\(counts.interruptions) interruptions)",
      "acknowledged: accepted \(counts.accepted), duplicate \(counts.duplicate), late \(counts.late), rejected "
        + "\(counts.rejected)\(counts.firstRejection.map { " (\($0))" } ?? "")",
      "stored: \(stored.rows) rows, \(stored.different) different; vehicles with anything missing or twice: "
        + "\(stored.wrongVehicles.count)",
    ]
  }

  static func line(_ copy: BareCopy, isIndexed: Bool, _ report: LoadRun.Report) -> String {
    "bare COPY of \(copy.rows) rows \(isIndexed ? "with the same indices" : "without indices"): "
      + "\(Int(copy.rowsPerSecond)) rows/s, \(number(copy.cost)) µs on processors a row; "
      + "the suite's cost is \(number(report.cost / copy.cost)) times that"
  }

  static func number(_ value: Double, places: Int = 1) -> String { String(format: "%.\(places)f", value) }
}
