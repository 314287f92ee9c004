import AccuracyReport
import SimulationCalibration

/// The car-following recordings of the data folder: one table a file, 10 Hz, a pair for each two cars in a row.
struct OpenACC {
  struct Pair {
    let name: String
    let rows: [FollowingRow]
  }

  let pairs: [Pair]

  /// Five lines about the recording, then the header, then rows; an empty field is a missing value.
  init(_ path: String) throws {
    let lines = try Files.lines(path)
    let header = lines[5].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let order = lines[1].split(separator: ",").dropFirst().map(String.init)
    let table = lines.dropFirst(6).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { Double(String($0)) ?? .nan }
    }
    let columns = Dictionary(header.enumerated().map { ($1, $0) }) { first, _ in first }
    var pairs: [Pair] = []
    for k in 1..<order.count {
      guard let time = columns["Time"], let leader = columns["Speed\(k)"], let own = columns["Speed\(k + 1)"],
        let gap = columns["IVS\(k)"]
      else { continue }
      let rows = table.map { row in
        func value(_ column: Int) -> Double { column < row.count ? row[column] : .nan }
        return FollowingRow(
          time: value(time), leaderSpeed: value(leader), speed: value(own), gap: value(gap))
      }
      pairs.append(Pair(name: "\(order[k - 1]) → \(order[k])", rows: rows))
    }
    self.pairs = pairs
  }
}
