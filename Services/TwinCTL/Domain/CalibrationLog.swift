public import SimulationRecordings

/// What a file gives a calibration.
public enum CalibrationLog: Sendable, Hashable {
  /// A follower behind its leader.
  case following([Following])
  /// A drive of one vehicle.
  case drive(Recording)
  /// Measured consumptions.
  case fuel([Consumption])

  /// One row of car following.
  public struct Following: Sendable, Hashable {
    /// Seconds.
    public var time: Double
    /// m/s.
    public var leaderSpeed: Double
    public var speed: Double
    /// Metres.
    public var gap: Double
  }

  /// One measured consumption; one of the three figures is given.
  public struct Consumption: Sendable, Hashable {
    public var cycle: String
    public var milesPerGallon: Double?
    public var litresPer100Kilometres: Double?
    public var wattHoursPerKilometre: Double?
  }

  /// What is fitted, named as in the public contract.
  public enum Kind: String, Sendable, CaseIterable {
    case dynamics
    case carFollowing = "car_following"
    case fuel
  }

  /// Rows that one calibration takes, as the service does.
  public static func maximumRows(_ kind: Kind) -> Int {
    switch kind {
    case .dynamics: 20_000
    case .carFollowing: 100_000
    case .fuel: 1_000
    }
  }

  private static let followingColumns = ["t_s", "leader_speed_mps", "speed_mps", "gap_m"]
  private static let figures = ["fuel_mpg", "fuel_l_per_100km", "energy_wh_per_km"]

  /// Reads a file of CSV.
  ///
  /// - Throws: ``CSVError`` with line and column.
  public static func read(_ bytes: [UInt8], for kind: Kind) throws -> CalibrationLog {
    switch kind {
    case .fuel: return .fuel(try consumptions(table(bytes, ["cycle"], figures, kind)))
    case .dynamics: return .drive(try drive(bytes, kind))
    case .carFollowing:
      let header = try CSVParser.rows(of: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }).first
      guard header?.fields.contains("gap_m") == true else { return .following(try following(drive(bytes, kind))) }
      return .following(try following(table(bytes, followingColumns, [], kind)))
    }
  }

  // MARK: Tables

  private struct Row {
    var line: Int
    var values: [String: String]

    func number(_ column: String) throws -> Double? {
      guard let text = values[column], !text.isEmpty else { return nil }
      guard let number = Double(text), number.isFinite else {
        throw CSVError(line: line, column: column, reason: "must be a finite number, not '\(text.prefix(40))'")
      }
      return number
    }

    func required(_ column: String) throws -> Double {
      guard let number = try number(column) else { throw CSVError(line: line, column: column, reason: "is empty") }
      return number
    }
  }

  private static func table(_ bytes: [UInt8], _ required: [String], _ optional: [String], _ kind: Kind) throws -> [Row]
  {
    var columns: [String] = []
    var rows: [Row] = []
    func take(_ row: CSVRow) throws {
      if columns.isEmpty {
        columns = row.fields
        for name in required where !columns.contains(name) {
          throw CSVError(line: row.line, reason: "the header has no column \(name)")
        }
        for (index, name) in columns.enumerated() {
          guard required.contains(name) || optional.contains(name) else {
            let known = (required + optional).joined(separator: ", ")
            throw CSVError(line: row.line, column: name, reason: "isn't known; columns are \(known)")
          }
          if columns[..<index].contains(name) { throw CSVError(line: row.line, column: name, reason: "appears twice") }
        }
        return
      }
      guard row.fields.count == columns.count else {
        throw CSVError(line: row.line, reason: "has \(row.fields.count) fields where the header has \(columns.count)")
      }
      guard rows.count < maximumRows(kind) else {
        throw CSVError(line: row.line, reason: "a calibration takes at most \(maximumRows(kind)) rows")
      }
      rows.append(Row(line: row.line, values: Dictionary(uniqueKeysWithValues: zip(columns, row.fields))))
    }
    var parser = CSVParser()
    try parser.parse(bytes, row: take)
    try parser.finish(row: take)
    guard !rows.isEmpty else { throw CSVError(line: 1, reason: "the file has no rows") }
    return rows
  }

  private static func following(_ rows: [Row]) throws -> [Following] {
    var last = -Double.infinity
    return try rows.map { row in
      let following = Following(
        time: try row.required("t_s"), leaderSpeed: try row.required("leader_speed_mps"),
        speed: try row.required("speed_mps"), gap: try row.required("gap_m"))
      guard following.time > last else {
        throw CSVError(line: row.line, column: "t_s", reason: "must be later than \(last) of the row before")
      }
      guard following.gap >= 0 else { throw CSVError(line: row.line, column: "gap_m", reason: "must be 0 or more") }
      last = following.time
      return following
    }
  }

  private static func consumptions(_ rows: [Row]) throws -> [Consumption] {
    try rows.map { row in
      var consumption = Consumption(cycle: row.values["cycle"] ?? "")
      consumption.milesPerGallon = try row.number("fuel_mpg")
      consumption.litresPer100Kilometres = try row.number("fuel_l_per_100km")
      consumption.wattHoursPerKilometre = try row.number("energy_wh_per_km")
      let given = [
        consumption.milesPerGallon, consumption.litresPer100Kilometres, consumption.wattHoursPerKilometre,
      ].compactMap(\.self)
      guard given.count == 1, given[0] > 0 else {
        throw CSVError(line: row.line, reason: "must have one of \(figures.joined(separator: ", ")), over 0")
      }
      return consumption
    }
  }

  // MARK: Drives

  private static func drive(_ bytes: [UInt8], _ kind: Kind) throws -> Recording {
    let recordings = try TelemetryLog(csv: bytes).recordings
    guard let drive = recordings.first, recordings.count == 1 else {
      throw CSVError(line: 1, reason: "the file has \(recordings.count) vehicles; a calibration takes one")
    }
    guard drive.samples.count <= maximumRows(kind) else {
      throw CSVError(
        line: 1, reason: "the file has \(drive.samples.count) rows; a calibration takes at most \(maximumRows(kind))")
    }
    return drive
  }

  private static func following(_ drive: Recording) throws -> [Following] {
    let rows = drive.samples.compactMap { sample -> Following? in
      guard let leader = sample.values.leaderSpeed, let speed = sample.values.speed, let gap = sample.values.leaderGap
      else { return nil }
      return Following(time: sample.time, leaderSpeed: leader, speed: speed, gap: gap)
    }
    guard !rows.isEmpty else {
      throw CSVError(line: 1, reason: "no row has speed_mps, leader_speed_mps and leader_gap_m (or gap_m)")
    }
    return rows
  }
}
