import FleetCore

/// Where telemetry is kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached, and `StoreFull` when it has no room left. Several
/// processes may use one store; each log has one writer at a time.
protocol TelemetryStore: Sendable {
  // MARK: Vehicles

  /// All vehicles, removed ones included.
  func vehicles() async throws -> [Vehicle]

  /// Remembers identities and gives them keys; a vehicle that was removed and comes back is there again.
  func remember(_ identities: [VehicleIdentity]) async throws -> [Vehicle]

  /// Marks vehicles as removed.
  func forget(_ ids: [String]) async throws

  // MARK: Logs

  /// Opens a log for writing, made where it doesn't exist. From then on nobody who opened it before can write to it, and
  /// no commit of theirs is under way any more.
  ///
  /// - Parameters:
  ///   - holder: a number that this process drew once.
  ///   - again: whether this process had it open; false takes it over, whoever has it.
  /// - Throws: `LogTakenOver` when somebody else has opened it since.
  func openLog(_ name: String, by holder: Int64, again: Bool) async throws -> OpenLog

  /// Every log, and how far it goes; commits that are under way aren't waited for.
  func logs() async throws -> [LogStanding]

  /// What follows a position of a log with all values, in order, at most `limit` rows and `bytes`, but at least one row.
  func rows(of log: Int32, after position: Int64, limit: Int, bytes: Int) async throws -> LogPage

  /// Appends rows, all or none, and returns when they are committed.
  ///
  /// - Parameter rows: positions ascending and above all that are in the log; at most `TelemetryStoreLimits.rowsPerAppend`.
  /// - Returns: the indices, ascending, of rows that were left out because they were stored before, in whatever log.
  /// - Throws: `StoreUnavailable` or `StoreFull`, and none is stored; `RowsRefused`, and none is stored; `OutcomeUnknown`;
  ///   `LogTakenOver`.
  func append(_ rows: [LogRow], to log: LogHold) async throws -> [Int]

  /// Stores what has come from some sources by the word of a log's writer, then how far that goes.
  ///
  /// - Throws: `LogTakenOver`. `StoreUnavailable` also when the log was settled further meanwhile; then nothing is stored.
  func checkpoint(_ sources: [SourceRecord], of log: LogHold, checkpoint: Int64, forwarded: Int64) async throws

  /// Notes that twin-engine has stored a log up to a position: for whoever forwards a log that isn't its own.
  func noteForwarded(_ position: Int64, of log: Int32) async throws

  /// Does for a log whose writer is gone what its checkpoints did: stores what has come of its rows so far. Without that
  /// they would be read again whenever a source of theirs is, and be forgotten with their days. Should the writer be there
  /// after all, it goes on with its own checkpoints, none of which goes back.
  func settle(_ log: Int32) async throws

  // MARK: Sources

  /// The sources with these names, made where they don't exist, in the order of the names.
  func openSources(_ names: [SourceName]) async throws -> [SampleSource]

  /// A vehicle's sources, ordered by name.
  func sources(of vehicleKey: Int32) async throws -> [SampleSource]

  /// The sources with these keys, in no order; keys that there aren't are left out.
  func sources(_ keys: [Int32]) async throws -> [SampleSource]

  /// The sources with rows in a log after its checkpoint.
  func sourcesAhead(of log: Int32) async throws -> [SampleSource]

  /// What has come from sources, over all logs, seen from the writer of one: what is stored of them, and the rows after
  /// each log's checkpoint. In the order of the sources.
  func load(_ sources: [SampleSource], for log: Int32) async throws -> [SourceRecord]

  // MARK: Days

  /// Gets ready for samples of these days, counted in UTC from 1970, before they come.
  func prepare(days: ClosedRange<Int64>) async throws

  /// Drops all samples of the days before this one.
  ///
  /// - Returns: the days that there were.
  func drop(before day: Int64) async throws -> [Int64]

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

  init(vehicleKey: Int32, name: String) {
    self.vehicleKey = vehicleKey
    self.name = name
  }

  init(_ source: SampleSource) { self.init(vehicleKey: source.vehicleKey, name: source.name) }
}

/// The bounds of calls to a store.
enum TelemetryStoreLimits {
  static let rowsPerAppend = 5_000
  /// The encodings of their samples together; one submission that is larger is appended alone.
  static let bytesPerAppend = 16 << 20
  /// Sources in one statement.
  static let sourcesPerStatement = 500
  /// Rows after the checkpoints that are read at once to find out what has come.
  static let entriesPerPage = 10_000
}

/// The database refuses rows for what they hold.
struct RowsRefused: Error, Sendable, CustomStringConvertible {
  let description: String
}

/// The connection was lost during a commit, and what became of it couldn't be found out in time.
struct OutcomeUnknown: Error, Sendable, CustomStringConvertible {
  let description: String
}

/// Another process writes the log now. Whoever wrote it before must not go on.
struct LogTakenOver: Error, Sendable, CustomStringConvertible {
  let log: String
  var description: String { "another process has opened the log '\(log)'; two replicas may not have one name" }
}
