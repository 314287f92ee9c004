import FleetCore
import NIOCore
import TwinProto

/// What counts its sequences on its own: a kind of sample of a vehicle and source; of sensor samples, each sensor.
struct ObservationStream: Sendable, Hashable {
  var vehicleKey: Int32
  var kind: ObservationKind
  var source: String
  /// Empty unless the kind is sensor.
  var sensorID = ""
}

/// A sensor, environment or operations sample that passed the checks, on its way into the store.
struct ObservationDraft: Sendable, Equatable {
  var stream: ObservationStream
  /// 1 or higher.
  var sequence: UInt64
  /// When it was measured, by the source's clock, in whole microseconds; the same as in the sample.
  var time: UTCInstant
  /// When it arrived, by our clock.
  var received: UTCInstant
  var observation: Observation
  /// The observation encoded.
  var content: [UInt8]
}

/// What became of a draft.
enum ObservationOutcome: Sendable, Hashable {
  /// Stored; late when one with a higher sequence came before.
  case stored(isLate: Bool)
  case duplicate
  /// Its sequence lies in a gap that was given up.
  case expired
  /// The vehicle has as many streams as one may have.
  case noRoom
}

/// An event that passed the checks, on its way into the store.
struct EventDraft: Sendable, Equatable {
  /// The vehicle that it is about; nil for none.
  var vehicle: Vehicle?
  /// With its time in whole microseconds.
  var event: Event
  var time: UTCInstant
  var received: UTCInstant
  /// The observation that holds the event, encoded.
  var content: [UInt8]
  /// What it says of the vehicle's divergence; nil unless it is an alarm of ours.
  var divergence: DivergenceMark?
}

/// Whether a twin is outside of a bound, as the newest alarm has it.
enum DivergenceMark: Sendable, Hashable {
  case open(since: UTCInstant)
  case closed
}

/// What is stored of a list of observations, which is ordered by time, then number.
struct StoredObservation: Sendable, Equatable {
  var time: UTCInstant
  /// Ascending in the order in which observations were written; no two have the same.
  var number: Int64
  var received: UTCInstant
  var content: [UInt8]
}

/// A part of the observations of a vehicle.
struct ObservationPage: Sendable, Equatable {
  var observations: [StoredObservation]
  /// Whether nothing follows.
  var isLast: Bool
}

/// Which observations are asked for.
struct ObservationQuery: Sendable, Hashable {
  struct Place: Sendable, Hashable {
    var time: UTCInstant
    var number: Int64
  }

  /// nil for events that are about no vehicle.
  var vehicleKey: Int32?
  /// At least one.
  var kinds: [ObservationKind]
  /// Inclusive; nil for all that is kept.
  var from: UTCInstant?
  /// Exclusive.
  var to: UTCInstant
  /// Only what comes after this.
  var after: Place?
  /// At least 1.
  var limit: Int
  /// What the contents of a page may take, beyond the first.
  var bytes: Int
}

/// What counts as the same condition of a vehicle: the newest of them is what the twin knows.
struct ConditionKey: Sendable, Hashable {
  var vehicleKey: Int32
  var kind: ObservationKind
  /// Empty unless the kind is sensor.
  var sensorID: String
}

/// The newest sample of a condition, as twin-engine is told.
struct VehicleCondition: Sendable, Equatable {
  var key: ConditionKey
  var time: UTCInstant
  var sequence: UInt64
  /// Ascending over the changes of all conditions.
  var revision: Int64
  /// Of a sensor's report, without detections and other readings.
  var content: [UInt8]
}

extension Observation {
  /// As it is stored and read back.
  var encoded: [UInt8] {
    get throws {
      var buffer = ByteBuffer()
      try serialize(into: &buffer)
      return Array(buffer.readableBytesView)
    }
  }

  init(encoded: [UInt8]) throws { try self.init(serialized: ByteBuffer(bytes: encoded)) }

  /// What a twin keeps of it: the state of a sensor, not what it saw at one moment.
  var condition: Observation {
    guard case .sensor(var sensor)? = content else { return self }
    sensor.detections = []
    sensor.values = nil
    return Observation(source: source, content: .sensor(sensor))
  }
}
