import AccuracyReport
import SimulationEstimation

/// One vehicle of a file of OpenACC: what was measured every tenth of a second.
struct Drive {
  /// Its number in the file.
  let number: Int
  /// Seconds; nil where the file has no number.
  let rows: [(position: VehicleSample.LocalPosition?, speed: Double?)]

  static let period = 0.1

  /// The vehicles of a file: five lines about it, a header, rows.
  static func all(in path: String) throws -> [Drive] {
    let lines = try Files.lines(path)
    guard lines.count > 6 else { throw Unreadable(path: path) }
    let header = fields(of: lines[5]).map(String.init)
    let table = lines.dropFirst(6).map { line in fields(of: line).map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    }
    return (1...11).compactMap { number in
      guard let speed = header.firstIndex(of: "Speed\(number)"), let east = header.firstIndex(of: "E\(number)"),
        let north = header.firstIndex(of: "N\(number)")
      else { return nil }
      let rows = table.map { row in
        (
          position: row[east].flatMap { x in row[north].map { VehicleSample.LocalPosition(x: x, y: $0) } },
          speed: row[speed]
        )
      }
      return Drive(number: number, rows: rows)
    }
  }

  private static func fields(of line: Substring) -> [Substring] {
    line.split(separator: ",", omittingEmptySubsequences: false)
  }

  /// What the vehicle reports at a row: its position and speed; nil when it has neither.
  func sample(_ row: Int) -> VehicleSample? {
    guard rows[row].position != nil || rows[row].speed != nil else { return nil }
    var sample = VehicleSample(
      sequence: UInt64(row + 1), nanoseconds: 1_570_000_000_000_000_000 + Int64(row) * 100_000_000)
    sample.local = rows[row].position
    sample.speed = rows[row].speed
    return sample
  }
}
