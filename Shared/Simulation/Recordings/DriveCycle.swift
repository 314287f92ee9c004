/// A speed over time to be driven, such as a regulatory test cycle. The speed is linear between its points.
public struct DriveCycle: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    /// Seconds from the start of the cycle.
    public var time: Double
    /// m/s, not negative.
    public var speed: Double
    /// Rise over run, holding until the next point.
    public var grade: Double

    public init(time: Double, speed: Double, grade: Double = 0) {
      self.time = time
      self.speed = speed
      self.grade = grade
    }
  }

  /// The motion of a vehicle that drives the cycle exactly.
  public struct Motion: Sendable, Hashable {
    /// Seconds from the start.
    public var time: Double
    /// m/s.
    public var speed: Double
    /// m/s²; at a point, that of the stretch that begins there.
    public var acceleration: Double
    /// Metres since the start: the exact integral of the speed.
    public var distance: Double
    public var grade: Double
  }

  public let name: String
  public let points: [Point]
  private let distances: [Double]

  /// - Parameter points: at least two, in ascending time, with finite numbers and no negative speed.
  public init(name: String, points: [Point]) throws(InvalidCycle) {
    guard points.count >= 2 else {
      throw InvalidCycle(point: max(0, points.count - 1), reason: "a cycle has at least two points")
    }
    for (index, point) in points.enumerated() {
      guard point.time.isFinite, point.speed.isFinite, point.grade.isFinite else {
        throw InvalidCycle(point: index, reason: "time, speed and grade must be finite numbers")
      }
      guard point.speed >= 0 else { throw InvalidCycle(point: index, reason: "the speed is negative") }
      if index > 0, point.time <= points[index - 1].time {
        throw InvalidCycle(point: index, reason: "the time doesn't grow")
      }
    }
    self.name = name
    self.points = points
    var distances = [0.0]
    for (a, b) in zip(points, points.dropFirst()) {
      distances.append(distances[distances.count - 1] + 0.5 * (a.speed + b.speed) * (b.time - a.time))
    }
    self.distances = distances
  }

  /// Why a table of points isn't a cycle.
  public struct InvalidCycle: Error, Sendable, Hashable {
    /// Counted from 0.
    public var point: Int
    public var reason: String
  }

  /// Seconds from the first to the last point.
  public var duration: Double { points[points.count - 1].time - points[0].time }

  /// Metres.
  public var distance: Double { distances[distances.count - 1] }

  /// m/s.
  public var highestSpeed: Double { points.reduce(0) { max($0, $1.speed) } }

  /// The motion `time` seconds after the start, with the ends held outside.
  public func motion(at time: Double) -> Motion {
    let instant = points[0].time + min(max(0, time), duration)
    // The last stretch that begins at or before the instant.
    var (low, high) = (0, points.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if points[middle].time <= instant { low = middle } else { high = middle - 1 }
    }
    let (a, b) = (points[low], points[low + 1])
    let slope = (b.speed - a.speed) / (b.time - a.time)
    let elapsed = instant - a.time
    let isMoving = time >= 0 && time < duration
    return Motion(
      time: time, speed: max(0, a.speed + slope * elapsed), acceleration: isMoving ? slope : 0,
      distance: distances[low] + a.speed * elapsed + 0.5 * slope * elapsed * elapsed, grade: a.grade)
  }

  /// The motion at `rate` samples a second, from the start to the end.
  ///
  /// - Precondition: `rate` is positive.
  public func resampled(rate: Double) -> [Motion] {
    precondition(rate > 0, "a rate is positive")
    let count = Int((duration * rate + 1e-9).rounded(.down))
    return (0...count).map { motion(at: Double($0) / rate) }
  }
}

extension DriveCycle {
  /// Reads a table: FASTSim's `cycSecs,cycMps,cycGrade`, or `t_s,speed_mps,grade` with the grade optional.
  public init(name: String, csv: some Sequence<UInt8>) throws {
    let rows = try CSVParser.rows(of: csv)
    guard let header = rows.first else { throw CSVError(line: 1, reason: "the file is empty") }
    func index(_ names: String...) -> Int? { header.fields.firstIndex { names.contains($0) } }
    guard let time = index("cycSecs", "t_s") else {
      throw CSVError(line: header.line, reason: "the header has no column t_s or cycSecs")
    }
    guard let speed = index("cycMps", "speed_mps") else {
      throw CSVError(line: header.line, reason: "the header has no column speed_mps or cycMps")
    }
    let grade = index("cycGrade", "grade")
    var points: [Point] = []
    for row in rows.dropFirst() {
      guard row.fields.count == header.fields.count else {
        throw CSVError(
          line: row.line, reason: "has \(row.fields.count) fields where the header has \(header.fields.count)")
      }
      func number(_ column: Int) throws -> Double {
        guard let number = Double(row.fields[column]), number.isFinite else {
          throw CSVError(line: row.line, column: header.fields[column], reason: "must be a finite number")
        }
        return number
      }
      points.append(
        Point(time: try number(time), speed: try number(speed), grade: try grade.map(number) ?? 0))
    }
    do {
      try self.init(name: name, points: points)
    } catch {
      let line = rows.indices.contains(error.point + 1) ? rows[error.point + 1].line : header.line
      throw CSVError(line: line, reason: error.reason)
    }
  }
}
