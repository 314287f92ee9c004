/// A telemetry log as CSV with the column names of the public contract.
///
/// The time is `time` (RFC 3339) or `t_s` (seconds); vehicles are told apart by `vehicle_id` or `physical_vehicle_id`,
/// and a log without either has one vehicle. An empty field means not measured. `sequence` and `source` are accepted and
/// not needed, because a replay counts anew.
public struct TelemetryLog: Sendable {
  /// One per vehicle, in the order of their first rows.
  public let recordings: [Recording]

  /// Rows beyond this are refused rather than kept in memory.
  public static let maximumRows = 10_000_000

  /// Reads a log that is in memory.
  /// - Throws: ``CSVError`` with line and column.
  public init(csv: some Sequence<UInt8>) throws {
    var reader = TelemetryLogReader()
    try reader.read(csv)
    self = try reader.finish()
  }

  init(recordings: [Recording]) { self.recordings = recordings }
}

/// Reads a telemetry log piece by piece.
public struct TelemetryLogReader: Sendable {
  private var parser = CSVParser()
  private var table = Table()

  public init() {}

  /// Takes in the next bytes of the file.
  public mutating func read(_ bytes: some Sequence<UInt8>) throws {
    try parser.parse(bytes) { try table.add($0) }
  }

  /// Ends the file.
  public mutating func finish() throws -> TelemetryLog {
    try parser.finish { try table.add($0) }
    guard table.rowCount > 0 else { throw CSVError(line: 1, reason: "the file has no rows") }
    return TelemetryLog(
      recordings: zip(table.vehicles, table.samples).map { Recording(vehicle: $0, samples: $1) })
  }
}

/// The rows of a log, sorted by vehicle as they come.
private struct Table: Sendable {
  private enum Column: Sendable {
    case time
    case seconds
    case vehicle
    case ignored
    case value(TelemetryValues.Field)
  }

  private var names: [String] = []
  private var columns: [Column] = []
  private(set) var vehicles: [String?] = []
  private(set) var samples: [[Recording.Sample]] = []
  private(set) var rowCount = 0
  /// Seconds since the epoch would cost a microsecond of precision, so they count from the first row.
  private var epoch: Int64?

  mutating func add(_ row: CSVRow) throws {
    if columns.isEmpty { try readHeader(row) } else { try readSample(row) }
  }

  private mutating func readHeader(_ row: CSVRow) throws {
    for name in row.fields {
      guard !names.contains(name) else { throw CSVError(line: row.line, column: name, reason: "appears twice") }
      names.append(name)
      columns.append(try Self.column(name, line: row.line))
    }
    let hasTime = columns.contains { if case .time = $0 { true } else { false } }
    let hasSeconds = columns.contains { if case .seconds = $0 { true } else { false } }
    guard hasTime != hasSeconds else {
      let reason = hasTime ? "has both time and t_s" : "has no column time or t_s"
      throw CSVError(line: row.line, reason: "the header \(reason)")
    }
    guard !(names.contains("vehicle_id") && names.contains("physical_vehicle_id")) else {
      throw CSVError(line: row.line, reason: "the header has both vehicle_id and physical_vehicle_id")
    }
    for (first, second) in [("lat", "lon"), ("x_m", "y_m")] where names.contains(first) != names.contains(second) {
      let (present, absent) = names.contains(first) ? (first, second) : (second, first)
      throw CSVError(line: row.line, column: present, reason: "needs the column \(absent)")
    }
    guard columns.contains(where: { if case .value = $0 { true } else { false } }) else {
      throw CSVError(line: row.line, reason: "the header has no column with a measured value")
    }
  }

  private static func column(_ name: String, line: Int) throws -> Column {
    switch name {
    case "time": return .time
    case "t_s": return .seconds
    case "vehicle_id", "physical_vehicle_id": return .vehicle
    case "sequence", "source": return .ignored
    default:
      guard let field = TelemetryValues.fields.first(where: { $0.name == name }) else {
        let known = TelemetryValues.fields.map(\.name).joined(separator: ", ")
        throw CSVError(line: line, column: name, reason: "isn't known; columns are time or t_s, vehicle_id, \(known)")
      }
      return .value(field)
    }
  }

  private mutating func readSample(_ row: CSVRow) throws {
    guard row.fields.count == columns.count else {
      throw CSVError(line: row.line, reason: "has \(row.fields.count) fields where the header has \(columns.count)")
    }
    rowCount += 1
    guard rowCount <= TelemetryLog.maximumRows else {
      throw CSVError(line: row.line, reason: "a log has at most \(TelemetryLog.maximumRows) rows")
    }
    var values = TelemetryValues()
    var time = 0.0
    var vehicle: String?
    for (index, column) in columns.enumerated() {
      let text = row.fields[index]
      func problem(_ reason: String) -> CSVError { CSVError(line: row.line, column: names[index], reason: reason) }
      switch column {
      case .ignored: continue
      case .vehicle:
        guard !text.isEmpty else { throw problem("must name a vehicle") }
        vehicle = text
      case .time:
        guard let instant = Timestamp.nanoseconds(text) else {
          throw problem("must be a time such as 2026-01-31T12:00:00.100Z")
        }
        let start = epoch ?? instant
        epoch = start
        time = Double(instant - start) / 1e9
      case .seconds:
        guard let seconds = Double(text), seconds.isFinite else { throw problem("must be a finite number") }
        time = seconds
      case .value(let field):
        guard !text.isEmpty else { continue }
        guard let number = Double(text), number.isFinite else { throw problem("must be a finite number or empty") }
        guard field.range.contains(number) else {
          throw problem("must lie in \(field.range.lowerBound) to \(field.range.upperBound)")
        }
        values[keyPath: field.path] = number
      }
    }
    try checkPairs(values, line: row.line)
    let slot = slot(for: vehicle)
    samples[slot].append(Recording.Sample(time: time, values: values))
  }

  private func checkPairs(_ values: TelemetryValues, line: Int) throws {
    if (values.latitude == nil) != (values.longitude == nil) {
      throw CSVError(line: line, column: values.latitude == nil ? "lat" : "lon", reason: "is missing beside the other")
    }
    if (values.x == nil) != (values.y == nil) {
      throw CSVError(line: line, column: values.x == nil ? "x_m" : "y_m", reason: "is missing beside the other")
    }
  }

  private mutating func slot(for vehicle: String?) -> Int {
    // Rows of one vehicle usually follow each other, so the last slot is the likely one.
    if let last = vehicles.indices.last, vehicles[last] == vehicle { return last }
    if let known = vehicles.firstIndex(of: vehicle) { return known }
    vehicles.append(vehicle)
    samples.append([])
    return vehicles.count - 1
  }
}
