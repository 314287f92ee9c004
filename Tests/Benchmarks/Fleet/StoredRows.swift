import Foundation
import PostgresDriver

/// What the database holds of a load, asked of it directly.
struct StoredRows: Sendable {
  var rows: Int64
  /// Different (vehicle, source, sequence).
  var different: Int64
  /// Vehicles whose sequences aren't exactly 1 to the highest that was measured.
  var wrongVehicles: [String]

  /// - Parameter vehicles: with the highest sequence that each has measured, all of which were acknowledged.
  static func read(_ connection: PostgresConnection, vehicles: [GatewayVehicle]) async throws -> StoredRows {
    let rows = try await connection.query(
      """
      SELECT vehicle_id, count(*), count(DISTINCT (source_key, sequence)), min(sequence), max(sequence)
      FROM state_sync.telemetry_samples GROUP BY vehicle_id
      """, timeout: .seconds(600))
    var stored = StoredRows(rows: 0, different: 0, wrongVehicles: [])
    var found: [String: (count: Int64, different: Int64, low: Int64, high: Int64)] = [:]
    for row in rows {
      let (id, count, different, low, high) = try row.decode(
        String.self, Int64.self, Int64.self, Int64.self, Int64.self)
      found[id] = (count, different, low, high)
      stored.rows += count
      stored.different += different
    }
    for vehicle in vehicles where vehicle.sequence > 0 {
      let measured = Int64(vehicle.sequence)
      let own = found.removeValue(forKey: vehicle.id)
      guard let own, own == (measured, measured, 1, measured) else {
        stored.wrongVehicles.append(vehicle.id)
        continue
      }
    }
    stored.wrongVehicles += found.keys
    return stored
  }
}

/// A bare `COPY` of the rows that a load left into a table of the same shape on the same server.
struct BareCopy: Sendable {
  var rows: Int
  var seconds: Double
  /// On processors, of the server's process that does it.
  var processorSeconds: Double

  var rowsPerSecond: Double { Double(rows) / seconds }
  /// Microseconds on processors a row.
  var cost: Double { processorSeconds / Double(rows) * 1e6 }

  /// - Parameter isIndexed: with the same keys, or with none.
  static func measure(_ connection: PostgresConnection, limit: Int, isIndexed: Bool) async throws -> BareCopy {
    let file = "/tmp/twin-fleet-benchmark-\(UUID().uuidString.lowercased()).rows"
    let shape = isIndexed ? "INCLUDING DEFAULTS INCLUDING INDEXES" : "INCLUDING DEFAULTS"
    try await connection.executeScript(
      """
      COPY (SELECT * FROM state_sync.telemetry ORDER BY log_position LIMIT \(limit)) TO '\(file)' (FORMAT binary);
      CREATE TABLE public.bare_copy (LIKE state_sync.telemetry \(shape));
      CHECKPOINT;
      """, timeout: .seconds(600))
    let before = ProcessTimes.seconds(connection.backendProcessID) ?? 0
    let began = ContinuousClock.now
    try await connection.executeScript(
      "COPY public.bare_copy FROM '\(file)' (FORMAT binary)", timeout: .seconds(600))
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let used = (ProcessTimes.seconds(connection.backendProcessID) ?? 0) - before
    let count = try await connection.query("SELECT count(*) FROM public.bare_copy")[0].decode(Int64.self)
    try await connection.executeScript("DROP TABLE public.bare_copy")
    try? FileManager.default.removeItem(atPath: file)
    return BareCopy(rows: Int(count), seconds: seconds, processorSeconds: used)
  }
}
