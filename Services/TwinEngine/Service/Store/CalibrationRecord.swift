import FleetCore
import SimulationCalibration

/// What a fit is about. Calibrations of different kinds work side by side.
enum FitKind: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
  case dynamics
  case carFollowing = "car_following"
  case fuel
}

/// What a version of a twin's calibration consists of: for each kind, the calibration whose values are used.
struct CalibratedSet: Sendable, Hashable, Codable {
  /// The values of one calibration.
  struct Member: Sendable, Hashable, Codable {
    var version: UInt32
    /// By name.
    var parameters: [String: Double]
  }

  private var members: [FitKind: Member]

  init(_ members: [FitKind: Member] = [:]) { self.members = members }

  init(from decoder: any Decoder) throws { members = try [FitKind: Member](from: decoder) }

  func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }

  subscript(kind: FitKind) -> Member? {
    get { members[kind] }
    set { members[kind] = newValue }
  }

  /// The version of each kind.
  var versions: [FitKind: UInt32] { members.mapValues(\.version) }

  /// All values by name. Where two kinds have the same parameter, the higher version counts.
  var parameters: [String: Double] {
    members.values.sorted { $0.version < $1.version }
      .reduce(into: [:]) { all, member in all.merge(member.parameters) { _, newer in newer } }
  }
}

/// A fit that a twin is to use.
struct CalibrationDraft: Sendable, Hashable {
  /// The twin's number.
  var number: Int64
  var kind: FitKind
  var fit: ParameterFit
  /// The values of the fitted parameters in use before, by name; those that had none are left out.
  var before: [String: Double]
  /// The caller's id of the request; nil when it gave none.
  var requestID: String?
  /// Of the request's content: a repeated request has the same one.
  var requestDigest: Int64
}

/// A calibration as the store keeps it.
struct CalibrationRecord: Sendable, Hashable {
  var draft: CalibrationDraft
  /// Counts a twin's calibrations up from 1.
  var version: UInt32
  /// What the twin uses when it uses this version.
  var set: CalibratedSet
  var createTime: UTCInstant
}

/// What became of a calibration that was to be stored.
enum CalibrationOutcome: Sendable, Hashable {
  /// The twin uses it.
  case added(CalibrationRecord)
  /// A request with the same id made this one.
  case requestSeen(CalibrationRecord)
  case noTwin
}

/// Where calibrations are kept, beside the twins that use them. Everything that returns has been committed.
///
/// Whatever changes what a twin uses is a change of the twin: `TwinStore.changes` tells it to every replica.
/// Calls throw `StoreUnavailable` when the database can't be reached.
protocol CalibrationStore: Sendable {
  /// Stores a calibration with the twin's next version, which the twin then uses.
  func add(_ draft: CalibrationDraft, at time: UTCInstant) async throws -> CalibrationOutcome

  /// nil when the twin has none of this version.
  func calibration(_ version: UInt32, of number: Int64) async throws -> CalibrationRecord?

  /// The calibration that a request made; nil when it made none.
  func calibration(requestID: String) async throws -> CalibrationRecord?

  /// A twin's calibrations with versions below `version`, descending, at most `limit`.
  func calibrations(of number: Int64, below version: Int64, limit: Int) async throws -> [CalibrationRecord]

  /// Makes a twin use what it used right after a version was made; with version 0, nothing that was calibrated.
  ///
  /// - Returns: the twin; nil when there is none, or it has no such version.
  func use(_ version: UInt32, of number: Int64, at time: UTCInstant) async throws -> TwinRecord?
}
