import FleetCore
import RPCErrors
import TwinProto

/// Takes samples in: finds the vehicle, checks each sample, and hands what passes to the log.
struct Ingest: Sendable {
  /// Samples in one batch or call.
  static let maximumSamples = 1_000
  /// Rejections that an answer names; all are counted.
  static let maximumRejections = 100
  static let maximumSourceLength = 128
  static let defaultSource = "default"

  let directory: VehicleDirectory
  let log: TelemetryLog
  let rules: SampleRules
  let clock: WallClock
  let skews: ClockSkews

  /// A batch as it came.
  struct Batch: Sendable {
    var vehicleID: String
    var physicalVehicleID: String
    var source: String
    var samples: [TelemetrySample]
    var others = ObservationBatch(sensors: [], environment: [], operations: [])
  }

  /// A batch after the checks.
  struct Checked: Sendable {
    var submission: Submission
    var rejections: [RejectedSample]
  }

  /// The vehicle and the source that a batch names.
  ///
  /// - Throws: `ServiceFault` that names the field at fault, or for a vehicle without a twin.
  func sender(of batch: Batch) async throws -> (vehicle: Vehicle, source: String) {
    let count = batch.samples.count + batch.others.count
    guard count <= Self.maximumSamples else {
      throw ServiceFault.invalid("samples", "must be at most \(Self.maximumSamples) of all kinds, not \(count)")
    }
    let source = batch.source.isEmpty ? Self.defaultSource : batch.source
    try Self.check(source: source)
    switch (batch.vehicleID.isEmpty, batch.physicalVehicleID.isEmpty) {
    case (true, true): throw ServiceFault.invalid("vehicle_id", "or physical_vehicle_id is required")
    case (false, true): return (try await directory.resolve(.twin(batch.vehicleID)), source)
    case (true, false): return (try await directory.resolve(.physical(batch.physicalVehicleID)), source)
    case (false, false):
      let vehicle = try await directory.resolve(.twin(batch.vehicleID))
      guard vehicle.physicalID == batch.physicalVehicleID else {
        throw ServiceFault.invalid(
          "physical_vehicle_id", "'\(batch.physicalVehicleID)' isn't the vehicle of \(vehicle.id)")
      }
      return (vehicle, source)
    }
  }

  private static func check(source: String) throws {
    // What nearly every source is called is found good by its bytes.
    let isPlain = source.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain, source.utf8.count <= maximumSourceLength { return }
    guard source.count <= maximumSourceLength else {
      throw ServiceFault.invalid("source", "must have 1 to \(maximumSourceLength) characters")
    }
    guard isPlain || source.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw ServiceFault.invalid("source", "must not hold control characters")
    }
  }

  /// Checks every sample on its own.
  ///
  /// - Parameter sent: when they were sent by the source's clock, if that is known: what they tell of it then.
  /// - Throws: `ServiceFault` when there are too many.
  func check(
    _ samples: [TelemetrySample], from vehicle: Vehicle, _ source: String, sent: UTCInstant? = nil
  ) throws -> Checked {
    guard samples.count <= Self.maximumSamples else {
      throw ServiceFault.invalid("samples", "must be at most \(Self.maximumSamples), not \(samples.count)")
    }
    let now = clock.now()
    var checked = Checked(
      submission: Submission(vehicle: vehicle, source: source, samples: [], rejectedCount: 0, received: now),
      rejections: [])
    checked.submission.samples.reserveCapacity(samples.count)
    var newest = sent
    for (index, sample) in samples.enumerated() {
      do {
        try Self.checkNames(in: sample, vehicle, source)
        let (time, sensorBytes) = try rules.check(sample, now: now)
        checked.submission.samples.append((Self.stored(sample, time), time, sensorBytes))
        checked.submission.bytes += LogRow.bytesBesideSensors + sensorBytes
        if sent == nil { newest = max(newest ?? time, time) }
      } catch {
        checked.submission.rejectedCount += 1
        guard checked.rejections.count < Self.maximumRejections else { continue }
        checked.rejections.append(
          RejectedSample(
            row: UInt64(index), sequence: sample.sequence, reason: error.reason, field: error.field,
            message: "\(error.field) \(error.message)"))
      }
    }
    if let newest {
      skews.observe(sent: newest, received: now, of: SourceName(vehicleKey: vehicle.key, name: source))
    }
    return checked
  }

  /// A sample may name its vehicle and source, too, but no other ones.
  private static func checkNames(
    in sample: TelemetrySample, _ vehicle: Vehicle, _ source: String
  ) throws(SampleRules.Problem) {
    func check(_ field: String, _ value: String?, _ expected: String) throws(SampleRules.Problem) {
      guard let value, value != expected else { return }
      throw SampleRules.Problem(
        reason: .malformed, field: field, message: "is '\(value)', but the batch is of '\(expected)'")
    }
    try check("vehicle_id", sample.vehicleID, vehicle.id)
    try check("physical_vehicle_id", sample.physicalVehicleID, vehicle.physicalID)
    try check("source", sample.source, source)
  }

  /// The sample as the log keeps it.
  static func stored(_ sample: TelemetrySample, _ time: UTCInstant) -> TelemetrySample {
    var sample = sample
    sample.time = time.timestamp
    sample.vehicleID = nil
    sample.physicalVehicleID = nil
    sample.source = nil
    return sample
  }

  /// Every sample of a batch as rejected for one reason.
  static func rejectAll(_ samples: [TelemetrySample], _ reason: RejectionReason, _ field: String, _ message: String)
    -> [RejectedSample]
  {
    samples.prefix(maximumRejections).enumerated().map { index, sample in
      RejectedSample(
        row: UInt64(index), sequence: sample.sequence, reason: reason, field: field, message: message)
    }
  }

  static let expiredMessage =
    "sequence lies in a gap that was given up after \(SequenceWindow.maximumGaps) later ones"

  /// The rejections of a committed batch: those of the checks and those of the log.
  static func rejections(_ checked: [RejectedSample], _ report: CommitReport) -> [RejectedSample] {
    let expired = report.expired.map { sequence in
      RejectedSample(
        sequence: sequence, reason: .tooOld, field: "sequence",
        message: expiredMessage)
    }
    return Array((checked + expired).prefix(maximumRejections))
  }
}
