public import SimulationRecordings

/// What a replay drives: a shipped cycle by name, or the content of a file.
public enum ReplaySource {
  /// The recordings that a file holds: a cycle table (`cycSecs,cycMps,…` or `t_s,speed_mps[,grade]`) or a telemetry log.
  ///
  /// - Parameters:
  ///   - name: for messages, such as the file's name.
  ///   - rate: samples a second into which a cycle is turned.
  /// - Throws: `CSVError` with line and column.
  public static func recordings(inFile bytes: [UInt8], name: String, rate: Double = 10) throws -> [Recording] {
    guard isCycleTable(bytes) else { return try TelemetryLog(csv: bytes).recordings }
    return [Recording(driving: try DriveCycle(name: name, csv: bytes), rate: rate)]
  }

  /// The recording of a shipped cycle, nil where `name` is none.
  public static func recording(ofCycle name: String, rate: Double = 10) -> Recording? {
    CycleLibrary.cycle(named: name.lowercased()).map { Recording(driving: $0, rate: rate) }
  }

  /// A table whose columns are nothing but time, speed and grade has no positions, so they are made from the speed.
  private static func isCycleTable(_ bytes: [UInt8]) -> Bool {
    let lineEnds: Set<UInt8> = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    let firstLine = bytes.prefix(CSVParser.maximumRowBytes).prefix { !lineEnds.contains($0) }
    guard let header = try? CSVParser.rows(of: firstLine).first?.fields else { return false }
    return header.contains("cycSecs")
      || (header.contains("t_s") && header.contains("speed_mps")
        && Set(header).isSubset(of: ["t_s", "speed_mps", "grade"]))
  }
}
