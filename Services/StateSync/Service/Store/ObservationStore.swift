import FleetCore
import TwinProto

/// Where sensor, environment and operations samples and events are kept. Everything that returns has been committed.
///
/// Exactly once is a matter of the store: a stream's window of sequences, and the ids of events, change in the
/// transaction that stores the rows, so any number of processes may write.
///
/// Calls throw `StoreUnavailable` when the database can't be reached.
protocol ObservationStore: Sendable {
  /// Stores what hadn't come before, all or none, and returns when it is committed.
  ///
  /// - Parameters:
  ///   - drafts: in the order in which their sequences count; with the events at most `ObservationLimits.rowsPerAppend`.
  /// - Returns: what became of each.
  /// - Throws: `StoreUnavailable`, and nothing is known to be stored: storing it again is safe; `RowsRefused`, and
  ///   nothing is stored.
  func append(_ drafts: [ObservationDraft], events: [EventDraft]) async throws -> ObservationReport

  /// A part of the observations of a vehicle, ascending; shorter than asked for where they are large, but at least one.
  func observations(_ query: ObservationQuery) async throws -> ObservationPage

  /// Conditions that twin-engine hasn't stored, ascending by revision, at most `limit`.
  func unforwarded(after revision: Int64, limit: Int) async throws -> [VehicleCondition]

  /// Notes that twin-engine has stored these; one that has changed since stays to be forwarded.
  func didForward(_ conditions: [VehicleCondition]) async throws

  /// Since when vehicles are outside of a bound, as the alarms that are stored have it; others are absent.
  func openDivergences(of vehicleKeys: [Int32]) async throws -> [Int32: UTCInstant]

  /// Makes the store ready for observations of these days, counted from 1970.
  func prepare(days: ClosedRange<Int64>) async throws

  /// Drops everything measured before a day, counted from 1970.
  func drop(before day: Int64) async throws
}

/// What became of an append.
struct ObservationReport: Sendable, Equatable {
  /// One for each draft.
  var drafts: [ObservationOutcome]
  /// Whether each event was stored; false for one whose source and id were known.
  var events: [Bool]
}

/// The bounds of observations.
enum ObservationLimits {
  static let rowsPerAppend = 2_000
  /// The encodings of their contents together; one submission that is larger is appended alone.
  static let bytesPerAppend = 8 << 20
  /// Streams of one vehicle: its sources' kinds, and their sensors.
  static let streamsPerVehicle = 256
  /// Ids of events in one statement of the retention.
  static let keysPerDrop = 10_000
}
