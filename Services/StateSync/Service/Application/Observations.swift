import FleetCore
import RPCErrors
import TwinProto

/// The samples of a batch that aren't vehicle samples.
struct ObservationBatch: Sendable {
  var sensors: [SensorSample]
  var environment: [EnvironmentSample]
  var operations: [OperationsSample]

  var isEmpty: Bool { sensors.isEmpty && environment.isEmpty && operations.isEmpty }
  var count: Int { sensors.count + environment.count + operations.count }
}

/// What passed the checks, on its way into the store.
struct ObservationSubmission: Sendable {
  var drafts: [ObservationDraft] = []
  /// Where each draft stands in its request.
  var places: [Place] = []
  var events: [EventDraft] = []
  var bytes = 0

  /// Names a sample of a request: `sensor_samples[3]`.
  struct Place: Sendable, Hashable {
    var list: String
    var index: Int

    func rejection(_ sequence: UInt64, _ problem: SampleRules.Problem) -> RejectedSample {
      let field = "\(list)[\(index)].\(problem.field)"
      return RejectedSample(
        row: UInt64(index), sequence: sequence, reason: problem.reason, field: field,
        message: "\(field) \(problem.message)")
    }
  }

  var rowCount: Int { drafts.count + events.count }
}

/// What became of the samples of a batch that aren't vehicle samples.
struct ObservationResult: Sendable, Equatable {
  var accepted = 0
  var duplicate = 0
  /// Of the accepted ones, those that came after one with a higher sequence.
  var late = 0
  var rejected = 0
  /// The first of the rejected ones.
  var rejections: [RejectedSample] = []

  mutating func reject(_ rejection: RejectedSample) {
    rejected += 1
    if rejections.count < Ingest.maximumRejections { rejections.append(rejection) }
  }

  /// Takes in what the store said.
  mutating func add(_ submission: ObservationSubmission, _ report: ObservationReport) {
    for ((draft, place), outcome) in zip(zip(submission.drafts, submission.places), report.drafts) {
      switch outcome {
      case .stored(let isLate):
        accepted += 1
        late += isLate ? 1 : 0
      case .duplicate: duplicate += 1
      case .expired:
        reject(
          place.rejection(
            draft.sequence,
            .init(
              reason: .tooOld, field: "sequence",
              message: "lies in a gap that was given up after \(SequenceWindow.maximumGaps) later ones")))
      case .noRoom:
        // There is no field of the source in a sample; it is the batch's.
        let field = draft.stream.kind == .sensor ? "sensor_id" : "source"
        reject(
          place.rejection(
            draft.sequence,
            .init(
              reason: .outOfRange, field: field,
              message: "would be one too many: a vehicle may have \(ObservationLimits.streamsPerVehicle) sensors and "
                + "other streams of observations, counted for each source")))
      }
    }
  }
}

/// Checks samples that aren't vehicle samples, and events.
struct ObservationIngest: Sendable {
  let rules: ObservationRules
  let clock: WallClock
  let metrics: ObservationMetrics

  /// Checks every sample on its own.
  ///
  /// - Returns: what passed, and what is to be said of the rest.
  func check(_ batch: ObservationBatch, from vehicle: Vehicle, _ source: String) -> (
    submission: ObservationSubmission, result: ObservationResult
  ) {
    let now = clock.now()
    var submission = ObservationSubmission()
    var result = ObservationResult()
    func take(
      _ list: String, _ index: Int, _ kind: ObservationKind, _ sensorID: String, _ sequence: UInt64,
      _ check: () throws(SampleRules.Problem) -> (UTCInstant, Observation.OneOfContent)
    ) {
      let place = ObservationSubmission.Place(list: list, index: index)
      do throws(SampleRules.Problem) {
        let (time, content) = try check()
        let observation = Observation(source: source, content: content)
        guard let encoded = try? observation.encoded, encoded.count <= ObservationRules.maximumBytes else {
          throw SampleRules.Problem(
            reason: .outOfRange, field: kind == .operations ? "attributes" : "detections",
            message: "must leave the sample at most \(ObservationRules.maximumBytes) bytes encoded")
        }
        submission.drafts.append(
          ObservationDraft(
            stream: ObservationStream(vehicleKey: vehicle.key, kind: kind, source: source, sensorID: sensorID),
            sequence: sequence, time: time, received: UTCInstant(microseconds: now.microseconds),
            observation: observation, content: encoded))
        submission.places.append(place)
        submission.bytes += encoded.count
      } catch {
        result.reject(place.rejection(sequence, error))
      }
    }
    for (index, sample) in batch.sensors.enumerated() {
      take("sensor_samples", index, .sensor, sample.sensorID, sample.sequence ?? 0) {
        () throws(SampleRules.Problem) in
        let time = try rules.check(sample, now: now)
        var sample = sample
        sample.time = time.timestamp
        return (time, .sensor(sample))
      }
    }
    for (index, sample) in batch.environment.enumerated() {
      take("environment_samples", index, .environment, "", sample.sequence) { () throws(SampleRules.Problem) in
        let time = try rules.check(sample, now: now)
        var sample = sample
        sample.time = time.timestamp
        return (time, .environment(sample))
      }
    }
    for (index, sample) in batch.operations.enumerated() {
      take("operations_samples", index, .operations, "", sample.sequence) { () throws(SampleRules.Problem) in
        let time = try rules.check(sample, now: now)
        var sample = sample
        sample.time = time.timestamp
        return (time, .operations(sample))
      }
    }
    for (kind, count) in [
      (.sensor, batch.sensors.count), (.environment, batch.environment.count), (.operations, batch.operations.count),
    ] as [(ObservationKind, Int)] {
      metrics.countRejected(kind, count - submission.drafts.count { $0.stream.kind == kind })
    }
    return (submission, result)
  }

  /// Every sample of a batch as rejected for one reason.
  static func rejectAll(_ batch: ObservationBatch, _ reason: RejectionReason, _ field: String, _ message: String)
    -> [RejectedSample]
  {
    let places: [(UInt64, UInt64)] =
      batch.sensors.enumerated().map { (UInt64($0), $1.sequence ?? 0) }
      + batch.environment.enumerated().map { (UInt64($0), $1.sequence) }
      + batch.operations.enumerated().map { (UInt64($0), $1.sequence) }
    return places.prefix(Ingest.maximumRejections).map { row, sequence in
      RejectedSample(row: row, sequence: sequence, reason: reason, field: field, message: message)
    }
  }
}
