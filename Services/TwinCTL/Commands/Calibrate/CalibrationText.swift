import SimulationInput
import TwinConversions
import TwinCTLDomain
import TwinProto

/// Calibrations as people read them.
enum CalibrationText {
  /// Parameters with what they were before, then the errors, then what couldn't be told.
  static func lines(_ calibration: Calibration) -> [String] {
    let kind =
      switch calibration.kind {
      case .dynamics: "dynamics"
      case .carFollowing: "car_following"
      case .fuel: "fuel"
      case .unspecified, .unrecognized: "unknown kind"
      }
    let state = calibration.version == 0 ? "dry run" : calibration.active ? "in use" : "not in use"
    let name = calibration.version == 0 ? "calibration" : "calibration \(calibration.version)"
    var lines = ["\(name) of \(calibration.vehicleID)  (\(kind), \(state))", "  \(calibration.method)"]
    lines += table(
      [("parameter", "value", "± std", "before")]
        + calibration.parameters.sorted { $0.key < $1.key }.map { name, fitted in
          let before = calibration.before?.fields[name].map { InputValue($0) }
          return (name, number(fitted.value), number(fitted.std), before.map(text) ?? "-")
        })
    lines.append("  fitted to \(calibration.sampleCount) rows, judged on \(calibration.holdoutCount) held back")
    let metrics = Set(calibration.fit.keys).union(calibration.holdout.keys).sorted()
    lines += table(
      [("error", "fit", "hold-out", "")]
        + metrics.map { name in
          (name, calibration.fit[name].map(number) ?? "-", calibration.holdout[name].map(number) ?? "-", "")
        })
    lines += calibration.refused.sorted { $0.key < $1.key }.map { "  \($0.key) can't be told: \($0.value)" }
    lines += calibration.notes.map { "  note: \($0)" }
    return lines
  }

  static func lines(_ answer: RevertCalibrationResponse) -> [String] {
    let what = answer.version == 0 ? "no calibration" : "calibration \(answer.version)"
    let parameters = answer.parameters?.fields ?? [:]
    return ["\(answer.vehicleID) uses \(what)"]
      + table(parameters.sorted { $0.key < $1.key }.map { ($0.key, text(InputValue($0.value)), "", "") })
  }

  private static func text(_ value: InputValue) -> String {
    if case .number(let number) = value { return self.number(number) }
    return value.summary
  }

  private static func number(_ value: Double) -> String { ScenarioText.number(value) }

  private static func table(_ rows: [(String, String, String, String)]) -> [String] {
    func width(_ column: ((String, String, String, String)) -> String) -> Int {
      rows.map { column($0).count }.max() ?? 0
    }
    let widths = (width(\.0), width(\.1), width(\.2))
    return rows.map { row in
      let cells = [
        Columns.padded(row.0, to: widths.0), Columns.padded(row.1, to: widths.1), Columns.padded(row.2, to: widths.2),
        row.3,
      ]
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
