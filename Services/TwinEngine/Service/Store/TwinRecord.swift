import FleetCore
import SimulationInput

/// Ids of twins: `twin-001`, `twin-002`, …, with more digits past 999.
enum TwinID {
  private static let prefix = "twin-"
  private static let digits = 3

  /// The id of the twin with this number, 1 or higher.
  static func text(_ number: Int64) -> String {
    let text = String(number)
    return prefix + String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// The number of an id; nil for a text that is no twin's id.
  static func number(_ id: String) -> Int64? {
    guard id.hasPrefix(prefix), let number = Int64(id.dropFirst(prefix.count)), number > 0, text(number) == id else {
      return nil
    }
    return number
  }
}

/// A twin as the store keeps it.
struct TwinRecord: Sendable, Hashable {
  /// Counts the twins of the database up from 1, without gaps.
  var number: Int64
  var physicalVehicleID: String
  var modelType: String
  /// Parameters that differ from the model type's, by name, as the create gave them.
  var overrides: [String: InputValue]
  var createTime: UTCInstant
  /// When its parameters changed last.
  var updateTime: UTCInstant
  /// Position of its newest change among those of all twins; ascending in the order of the commits.
  var change: Int64
  /// Whether it was deleted. Its row stays, so that its number isn't given away again.
  var isDeleted: Bool
  /// The version of the calibration in use; 0 when none.
  var calibrationVersion: UInt32 = 0
  /// What that version calibrated, of all kinds.
  var calibrated = CalibratedSet()

  var id: String { TwinID.text(number) }
}

/// A twin that is to be created.
struct TwinDraft: Sendable, Hashable {
  var physicalVehicleID: String
  var modelType: String
  var overrides: [String: InputValue]
  /// The caller's id of the request; nil when it gave none.
  var requestID: String?

  /// Whether a twin was made from the same content.
  func describes(_ record: TwinRecord) -> Bool {
    physicalVehicleID == record.physicalVehicleID && modelType == record.modelType && overrides == record.overrides
  }
}

/// What became of a create.
enum CreateOutcome: Sendable, Hashable {
  case created(TwinRecord)
  /// The vehicle has a twin already.
  case vehicleTaken(TwinRecord)
  /// A request with the same id made this twin.
  case requestSeen(TwinRecord)
}

/// The live state of a twin as it is stored, enough to go on from after a crash.
struct StoredState: Sendable, Hashable {
  var number: Int64
  /// A serialized `twin.common.v1.VehicleState` without predictions.
  var state: [UInt8]
  /// What has come from each source, by its name: see `SequenceWindow.encoded`.
  var sources: [String: [Int64]]
}
