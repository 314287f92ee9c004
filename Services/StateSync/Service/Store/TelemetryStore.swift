import FleetCore

/// Where telemetry is kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached. One process writes the log at a time.
protocol TelemetryStore: Sendable {
  // MARK: Vehicles

  /// All vehicles, removed ones included.
  func vehicles() async throws -> [Vehicle]

  /// Remembers identities and gives them keys; a vehicle that was removed and comes back is there again.
  func remember(_ identities: [VehicleIdentity]) async throws -> [Vehicle]

  /// Marks vehicles as removed.
  func forget(_ ids: [String]) async throws

  // MARK: The log

  /// How far the log goes, once every commit that is under way has ended.
  func marks() async throws -> LogMarks

  /// All sources as the checkpoint has them.
  func sources() async throws -> [SourceRecord]

  /// The sources with these names, made where they don't exist, in the order of the names.
  func openSources(_ names: [SourceName]) async throws -> [SourceRecord]

  /// What follows a position, in order, at most `limit`.
  func entries(after position: Int64, limit: Int) async throws -> [LogEntry]

  /// What follows a position with all values, in order, at most `limit` rows and `bytes`, but at least one row.
  func rows(after position: Int64, limit: Int, bytes: Int) async throws -> LogPage

  /// Appends rows, all or none, and returns when they are committed.
  ///
  /// - Parameter rows: positions ascending and above all that are in the log; at most `TelemetryStoreLimits.rowsPerAppend`.
  /// - Returns: the indices, ascending, of rows that were left out because they were stored before.
  /// - Throws: `StoreUnavailable`, and none is stored; `RowsRefused`, and none is stored; `OutcomeUnknown`.
  func append(_ rows: [LogRow]) async throws -> [Int]

  /// Stores what has come from some sources, then how far that goes.
  func checkpoint(_ sources: [SourceRecord], checkpoint: Int64, forwarded: Int64) async throws

  // MARK: Reading

  /// A part of a vehicle's history, ascending; shorter than asked for where the rows are large, but at least one row.
  func history(_ query: HistoryQuery) async throws -> LogPage
}

/// A twin id with the id of the physical vehicle.
struct VehicleIdentity: Sendable, Hashable {
  var id: String
  var physicalID: String
}

/// Names a source of a vehicle.
struct SourceName: Sendable, Hashable {
  var vehicleKey: Int32
  var name: String
}

/// The bounds of calls to a store.
enum TelemetryStoreLimits {
  static let rowsPerAppend = 5_000
  /// The encodings of their samples together; one submission that is larger is appended alone.
  static let bytesPerAppend = 16 << 20
  /// Sources in one statement of a checkpoint.
  static let sourcesPerCheckpoint = 500
}

/// The database refuses rows for what they hold.
struct RowsRefused: Error, Sendable, CustomStringConvertible {
  let description: String
}

/// The connection was lost during a commit, and what became of it couldn't be found out in time.
struct OutcomeUnknown: Error, Sendable, CustomStringConvertible {
  let description: String
}
