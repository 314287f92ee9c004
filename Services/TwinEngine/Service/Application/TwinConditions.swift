import FleetCore
import TwinProto

/// What a vehicle's surroundings, its use and its sensors were last reported to be. Of each the newest report by its time
/// counts, so that reports may come in any order and again.
///
/// A class, so that a twin without any pays for a pointer only.
final class TwinConditions: Sendable {
  /// Sensors of one twin; the one that was silent for longest gives way to another.
  static let maximumSensors = 256

  let environment: EnvironmentSample?
  let operations: OperationsSample?
  /// By name, without detections and other readings.
  let sensors: [String: SensorSample]

  init(
    environment: EnvironmentSample? = nil, operations: OperationsSample? = nil, sensors: [String: SensorSample] = [:]
  ) {
    self.environment = environment
    self.operations = operations
    self.sensors = sensors
  }

  /// The sensors that don't work as specified, by name.
  var impairedSensors: [SensorSample] {
    sensors.values.filter(\.isImpaired).sorted { $0.sensorID < $1.sensorID }
  }
}

/// Names a condition of a twin.
struct ConditionName: Sendable, Hashable {
  enum Kind: Int32, Sendable, Hashable {
    case sensor = 1
    case environment = 2
    case operations = 3
  }

  /// Number of the twin.
  var number: Int64
  var kind: Kind
  /// Empty unless the kind is sensor.
  var sensorID = ""
}

/// A condition as it is stored.
struct StoredCondition: Sendable, Equatable {
  var name: ConditionName
  var time: UTCInstant
  var sequence: UInt64
  var report: ConditionReport
}

/// The report that a condition is known from.
enum ConditionReport: Sendable, Equatable {
  case sensor(SensorSample)
  case environment(EnvironmentSample)
  case operations(OperationsSample)
}

extension TwinConditions {
  /// What reports did to a twin's conditions.
  struct Outcome {
    var conditions: TwinConditions?
    /// What is to be stored.
    var changed: [StoredCondition] = []
    /// Whether the state that readers see is another one.
    var isVisible = false
  }

  /// The conditions after the reports of a batch.
  static func taking(_ batch: SampleBatch, into known: TwinConditions?, of number: Int64) -> Outcome {
    var draft = Draft(known, number: number)
    for sample in batch.samples where !sample.sensors.isEmpty {
      for sensor in sample.sensors { draft.take(sensor, at: sensor.time ?? sample.time) }
    }
    for sensor in batch.sensors { draft.take(sensor, at: sensor.time) }
    for sample in batch.environment { draft.take(sample) }
    for sample in batch.operations { draft.take(sample) }
    return draft.outcome(known)
  }

  /// The conditions that were stored, unless newer ones have come meanwhile.
  static func restored(_ stored: [StoredCondition], into known: TwinConditions?) -> TwinConditions? {
    guard !stored.isEmpty else { return known }
    var draft = Draft(known, number: 0)
    for condition in stored {
      switch condition.report {
      case .sensor(let sample): draft.take(sample, at: sample.time)
      case .environment(let sample): draft.take(sample)
      case .operations(let sample): draft.take(sample)
      }
    }
    return draft.conditions
  }

  private struct Draft {
    let number: Int64
    var environment: EnvironmentSample?
    var operations: OperationsSample?
    var sensors: [String: SensorSample]
    var changed: [ConditionName: StoredCondition] = [:]
    var hasChanged = false
    var isVisible = false

    init(_ known: TwinConditions?, number: Int64) {
      self.number = number
      environment = known?.environment
      operations = known?.operations
      sensors = known?.sensors ?? [:]
    }

    var conditions: TwinConditions {
      TwinConditions(environment: environment, operations: operations, sensors: sensors)
    }

    func outcome(_ known: TwinConditions?) -> Outcome {
      guard hasChanged else { return Outcome(conditions: known) }
      return Outcome(conditions: conditions, changed: Array(changed.values), isVisible: isVisible)
    }

    mutating func take(_ sample: EnvironmentSample) {
      guard isNewer(sample.time, sample.sequence, environment?.time, environment?.sequence) else { return }
      environment = sample
      note(.environment, "", sample.time, sample.sequence, .environment(sample))
    }

    mutating func take(_ sample: OperationsSample) {
      guard isNewer(sample.time, sample.sequence, operations?.time, operations?.sequence) else { return }
      operations = sample
      note(.operations, "", sample.time, sample.sequence, .operations(sample))
    }

    mutating func take(_ report: SensorSample, at time: ProtoTimestamp?) {
      let old = sensors[report.sensorID]
      guard isNewer(time, report.sequence ?? 0, old?.time, old?.sequence ?? 0) else { return }
      var sensor = report
      sensor.time = time
      sensor.detections = []
      sensor.values = nil
      if old == nil, sensors.count >= TwinConditions.maximumSensors {
        let silent = sensors.min { ($0.value.moment, $0.key) < ($1.value.moment, $1.key) }
        if let silent { sensors[silent.key] = nil }
      }
      sensors[report.sensorID] = sensor
      hasChanged = true
      if (old?.isImpaired ?? false) || sensor.isImpaired, old?.health != sensor.health { isVisible = true }
      // Reports that say nothing new but the time come many times a second; the stored one may be older.
      guard old?.health != sensor.health || old?.kind != sensor.kind || report.sequence != nil else { return }
      note(.sensor, report.sensorID, time, report.sequence ?? 0, .sensor(sensor))
    }

    private func isNewer(_ time: ProtoTimestamp?, _ sequence: UInt64, _ old: ProtoTimestamp?, _ oldSequence: UInt64?)
      -> Bool
    {
      guard let time = time.flatMap({ UTCInstant($0) }) else { return false }
      guard let old = old.flatMap({ UTCInstant($0) }) else { return true }
      return (time, sequence) > (old, oldSequence ?? 0)
    }

    private mutating func note(
      _ kind: ConditionName.Kind, _ sensorID: String, _ time: ProtoTimestamp?, _ sequence: UInt64,
      _ report: ConditionReport
    ) {
      hasChanged = true
      let name = ConditionName(number: number, kind: kind, sensorID: sensorID)
      guard let time = time.flatMap({ UTCInstant($0) }) else { return }
      changed[name] = StoredCondition(name: name, time: time, sequence: sequence, report: report)
    }
  }
}

extension SensorSample {
  /// Whether it says that the sensor doesn't work as specified.
  var isImpaired: Bool {
    switch health {
    case .unspecified, .ok: false
    default: true
    }
  }

  fileprivate var moment: UTCInstant { time.flatMap { UTCInstant($0) } ?? UTCInstant(nanoseconds: .min) }
}
