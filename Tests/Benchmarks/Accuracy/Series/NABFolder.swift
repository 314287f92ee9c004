import AccuracyReport
import SimulationSeries

/// One series of the Numenta Anomaly Benchmark with the row ranges of its labelled anomalies.
struct LabelledSeries {
  let name: String
  let values: [Double]
  let windows: [ClosedRange<Int>]
  /// Length of what is scored, in days.
  let scoredDays: Double
}

enum NABFolder {
  /// The series of one folder below `data`, by name.
  static func series(_ folder: String, root: String) throws -> [LabelledSeries] {
    let labels = try windows(root + "/labels/combined_windows.json")
    return try Files.names(in: "\(root)/data/\(folder)").map { name in
      let rows = try Files.lines("\(root)/data/\(folder)/\(name)").dropFirst().map { $0.split(separator: ",") }
      let times = rows.map { String($0[0]) }
      let limits = labels["\(folder)/\(name)"] ?? []
      // Timestamps of one form compare as text.
      let ranges = limits.compactMap { limit -> ClosedRange<Int>? in
        guard let first = times.firstIndex(where: { $0 >= limit.0 }),
          let last = times.lastIndex(where: { $0 <= limit.1 }),
          first <= last
        else { return nil }
        return first...last
      }
      let start = NABScore.probation(of: rows.count)
      return LabelledSeries(
        name: name, values: rows.map { Double($0[1]) ?? .nan }, windows: ranges,
        scoredDays: (seconds(times[times.count - 1]) - seconds(times[start])) / 86_400)
    }
  }

  /// Begin and end of each window by file, both without fractions of a second.
  private static func windows(_ path: String) throws -> [String: [(String, String)]] {
    let quoted = try Files.text(path).split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    var result: [String: [(String, String)]] = [:]
    var file = ""
    var begin: String?
    for text in quoted {
      if text.hasSuffix(".csv") {
        file = text
        begin = nil
      } else if let first = begin {
        result[file, default: []].append((first, String(text.prefix(19))))
        begin = nil
      } else {
        begin = String(text.prefix(19))
      }
    }
    return result
  }

  /// Seconds since 1970 of "yyyy-mm-dd hh:mm:ss", by H. Hinnant's days-from-civil.
  static func seconds(_ text: String) -> Double {
    let parts = text.split(whereSeparator: { "- :".contains($0) }).map { Int($0) ?? 0 }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return Double(days * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5])
  }
}
