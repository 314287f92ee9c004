import FleetCore
import PostgresDriver
import PostgresPool
import SimulationCalibration

extension PostgresTwinStore: CalibrationStore {
  private static let calibrationColumns = """
    number, version, kind, parameters::text, before::text, fit::text, holdout::text, sample_count, holdout_count, method, \
    refused::text, notes::text, in_use::text, create_time, request_id, request_digest
    """

  func add(_ draft: CalibrationDraft, at time: UTCInstant) async throws -> CalibrationOutcome {
    let (fit, kind, time) = (draft.fit, draft.kind.rawValue, PostgresTimestamp(time))
    let values = PostgresJSON(try StoredJSON.text(fit.parameters.mapValues(\.value)))
    let parameters = PostgresJSON(try StoredJSON.text(fit.parameters.mapValues { StoredEstimate($0) }))
    let before = PostgresJSON(try StoredJSON.text(draft.before))
    let (fitted, holdout) = (
      PostgresJSON(try StoredJSON.text(fit.fit)), PostgresJSON(try StoredJSON.text(fit.holdout))
    )
    let (refused, notes) = (
      PostgresJSON(try StoredJSON.text(fit.omitted)), PostgresJSON(try StoredJSON.text(fit.notes))
    )
    do {
      // One statement, so that a refused insert takes counter and twin back. The twin's row is read again after a wait
      // for its lock, so that versions of calibrations at the same time count up without gaps, each on top of the other.
      let row = try await query(
        """
        WITH next AS (
          UPDATE twin_counter SET last_change = last_change + 1
          WHERE EXISTS (SELECT FROM twins WHERE number = \(draft.number) AND delete_time IS NULL) RETURNING last_change),
        twin AS (
          UPDATE twins SET calibration_count = calibration_count + 1, calibration_version = calibration_count + 1,
            calibrated = calibrated || jsonb_build_object(\(kind)::text,
              jsonb_build_object('version', calibration_count + 1, 'parameters', \(values)::jsonb)),
            update_time = \(time), change = next.last_change
          FROM next WHERE number = \(draft.number) AND delete_time IS NULL RETURNING calibration_version, calibrated)
        INSERT INTO calibrations (number, version, kind, parameters, before, fit, holdout, sample_count, holdout_count,
          method, refused, notes, in_use, create_time, request_id, request_digest)
        SELECT \(draft.number), calibration_version, \(kind), \(parameters), \(before), \(fitted), \(holdout),
          \(Int64(fit.sampleCount)), \(Int64(fit.holdoutCount)), \(fit.method), \(refused), \(notes), calibrated,
          \(time), \(draft.requestID as String?), \(draft.requestDigest)
        FROM twin RETURNING \(unescaped: Self.calibrationColumns)
        """
      ).first
      guard let row else { return .noTwin }
      return .added(try Self.calibration(row))
    } catch let error as PostgresError where error.code == .uniqueViolation {
      guard let requestID = draft.requestID, let seen = try await calibration(requestID: requestID) else {
        throw StoreUnavailable("calibrations changed during the insert: \(error)")
      }
      return .requestSeen(seen)
    }
  }

  func calibration(_ version: UInt32, of number: Int64) async throws -> CalibrationRecord? {
    try await query(
      """
      SELECT \(unescaped: Self.calibrationColumns) FROM calibrations
      WHERE number = \(number) AND version = \(Int64(version))
      """
    ).first.map { try Self.calibration($0) }
  }

  func calibration(requestID: String) async throws -> CalibrationRecord? {
    try await query(
      "SELECT \(unescaped: Self.calibrationColumns) FROM calibrations WHERE request_id = \(requestID)"
    ).first.map { try Self.calibration($0) }
  }

  func calibrations(of number: Int64, below version: Int64, limit: Int) async throws -> [CalibrationRecord] {
    try await query(
      """
      SELECT \(unescaped: Self.calibrationColumns) FROM calibrations
      WHERE number = \(number) AND version < \(version) ORDER BY version DESC LIMIT \(limit)
      """
    ).map { try Self.calibration($0) }
  }

  func use(_ version: UInt32, of number: Int64, at time: UTCInstant) async throws -> TwinRecord? {
    try await query(
      """
      WITH wanted AS (
        SELECT in_use FROM calibrations WHERE number = \(number) AND version = \(Int64(version))
        UNION ALL SELECT '{}' WHERE \(Int64(version)) = 0),
      next AS (
        UPDATE twin_counter SET last_change = last_change + 1
        WHERE EXISTS (SELECT FROM wanted)
          AND EXISTS (SELECT FROM twins WHERE number = \(number) AND delete_time IS NULL) RETURNING last_change)
      UPDATE twins SET calibration_version = \(Int64(version)), calibrated = wanted.in_use, change = next.last_change,
        update_time = \(PostgresTimestamp(time))
      FROM next, wanted WHERE number = \(number) AND delete_time IS NULL RETURNING \(unescaped: Self.columns)
      """
    ).first.map { try Self.record($0) }
  }

  private static func calibration(_ row: PostgresRow) throws -> CalibrationRecord {
    let (
      number, version, kind, parameters, before, fit, holdout, samples, heldBack, method, refused, notes, set, created,
      requestID, digest
    ) = try row.decode(
      Int64.self, Int64.self, String.self, String.self, String.self, String.self, String.self, Int64.self, Int64.self,
      String.self, String.self, String.self, String.self, PostgresTimestamp.self, String?.self, Int64.self)
    guard let kind = FitKind(rawValue: kind) else {
      throw StoredJSON.Unreadable(description: "a stored calibration is of the kind '\(kind)'")
    }
    let estimates: [String: StoredEstimate] = try StoredJSON.value(parameters)
    let found = ParameterFit(
      method: method, parameters: estimates.mapValues(\.estimate), fit: try StoredJSON.value(fit),
      holdout: try StoredJSON.value(holdout), sampleCount: Int(samples), holdoutCount: Int(heldBack),
      omitted: try StoredJSON.value(refused), notes: try StoredJSON.value(notes))
    return CalibrationRecord(
      draft: CalibrationDraft(
        number: number, kind: kind, fit: found, before: try StoredJSON.value(before), requestID: requestID,
        requestDigest: digest),
      version: UInt32(version), set: try StoredJSON.value(set), createTime: UTCInstant(created))
  }
}

/// An estimate in its JSON form.
private struct StoredEstimate: Codable {
  var value: Double
  var std: Double

  init(_ estimate: Estimate) { (value, std) = (estimate.value, estimate.std) }

  var estimate: Estimate { Estimate(value: value, std: std) }
}
