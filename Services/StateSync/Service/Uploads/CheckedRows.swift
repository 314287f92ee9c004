import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Rows of a file after the checks: what goes into the log, and what doesn't.
struct CheckedRows: Sendable {
  /// A row that passed.
  struct Entry: Sendable {
    var row: UInt64
    var line: Int
    var sender: Sender
    var sample: TelemetrySample
    var time: UTCInstant
    var sensorBytes: Int

    var bytes: Int { LogRow.bytesBesideSensors + sensorBytes }

    var key: UploadedKey {
      UploadedKey(vehicleKey: sender.vehicle.key, source: sender.source, time: time, sequence: sample.sequence)
    }
  }

  struct Sender: Sendable, Hashable {
    var vehicle: Vehicle
    var source: String
  }

  /// In the order of the file.
  var entries: [Entry] = []
  var rejections: [RejectedSample] = []
  /// Rejected rows of vehicles that are known.
  var rejected: [Sender: Int] = [:]
}

/// Checks the rows of one upload.
struct RowChecker: Sendable {
  private struct Names: Hashable {
    var vehicleID: String
    var physicalID: String
    var source: String
  }

  let request: UploadRequest
  let ingest: Ingest

  /// - Parameter now: the moment that rows must be neither too old nor too far ahead at.
  /// - Throws: when a vehicle isn't known and can't be asked for now.
  func check(_ rows: [UploadRow], now: UTCInstant) async throws -> CheckedRows {
    var checked = CheckedRows()
    checked.entries.reserveCapacity(rows.count)
    var senders: [Names: Result<CheckedRows.Sender, RowProblem>] = [:]
    for row in rows {
      var known: CheckedRows.Sender?
      do {
        let sample = try row.content.get()
        let names = names(in: sample)
        let sender: Result<CheckedRows.Sender, RowProblem>
        if let seen = senders[names] {
          sender = seen
        } else {
          sender = try await self.sender(names)
          senders[names] = sender
        }
        known = try sender.get()
        checked.entries.append(try entry(row, sample, try sender.get(), now))
      } catch let problem as RowProblem {
        if let known { checked.rejected[known, default: 0] += 1 }
        checked.rejections.append(Self.rejection(row, problem))
      }
    }
    return checked
  }

  private func names(in sample: TelemetrySample) -> Names {
    let (id, physicalID) = (sample.vehicleID ?? "", sample.physicalVehicleID ?? "")
    return Names(
      vehicleID: id.isEmpty && physicalID.isEmpty ? request.vehicleID : id, physicalID: physicalID,
      source: sample.source.flatMap { $0.isEmpty ? nil : $0 } ?? request.source)
  }

  private func sender(_ names: Names) async throws -> Result<CheckedRows.Sender, RowProblem> {
    guard !names.vehicleID.isEmpty || !names.physicalID.isEmpty else {
      return .failure(
        RowProblem(
          reason: .missingField, field: "vehicle_id",
          message: "vehicle_id or physical_vehicle_id is required where the upload names no vehicle"))
    }
    do {
      let found = try await ingest.sender(
        of: Ingest.Batch(
          vehicleID: names.vehicleID, physicalVehicleID: names.physicalID, source: names.source, samples: []))
      return .success(CheckedRows.Sender(vehicle: found.vehicle, source: found.source))
    } catch let fault as ServiceFault where fault.code == .invalidArgument || fault.code == .notFound {
      let field = fault.violations.first?.field ?? (names.vehicleID.isEmpty ? "physical_vehicle_id" : "vehicle_id")
      return .failure(
        RowProblem(
          reason: fault.code == .notFound ? .unknownVehicle : .malformed, field: field, message: fault.message))
    }
  }

  private func entry(
    _ row: UploadRow, _ sample: TelemetrySample, _ sender: CheckedRows.Sender, _ now: UTCInstant
  ) throws(RowProblem) -> CheckedRows.Entry {
    do {
      let (time, sensorBytes) = try ingest.rules.check(sample, now: now)
      return CheckedRows.Entry(
        row: row.number, line: row.line, sender: sender, sample: Ingest.stored(sample, time), time: time,
        sensorBytes: sensorBytes)
    } catch {
      throw RowProblem(
        reason: error.reason, field: error.field, message: "\(error.field) \(error.message)",
        sequence: sample.sequence)
    }
  }

  static func rejection(_ row: UploadRow, _ problem: RowProblem) -> RejectedSample {
    var sequence = problem.sequence
    if sequence == 0, case .success(let sample) = row.content { sequence = sample.sequence }
    return RejectedSample(
      row: row.number, sequence: sequence, reason: problem.reason, field: shown(problem.field, UploadLimits.shownName),
      message: shown("line \(row.line): \(problem.message)", UploadLimits.shownMessage))
  }

  /// A text of the file as a database and people can take it.
  private static func shown(_ text: String, _ length: Int) -> String {
    guard text.utf8.count > length || text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(length) {
      scalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }
}
