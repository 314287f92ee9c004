import FleetCore
import TwinProto

/// Where twins of environments are kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached.
protocol EnvironmentTwinStore: Sendable {
  /// Applies what state-sync found: all of it, or nothing; the rules are `EnvironmentTwinRules`.
  ///
  /// - Returns: the targets that the twin has afterwards.
  func apply(_ update: EnvironmentTwinUpdate) async throws -> Int

  /// The twin of the environment with exactly this id; nil when there is none.
  func environment(_ id: String) async throws -> EnvironmentTwinRecord?

  /// The ids of all environments that have a twin, ascending.
  func environmentIDs() async throws -> [String]

  /// Targets of a twin, ordered by name.
  ///
  /// - Parameter names: nil for all.
  func targets(of id: String, named names: [String]?) async throws -> [TargetTwin]

  /// Replaces the calibrated parameters of targets; names that the twin doesn't know are left out.
  func save(_ parameters: [String: [CalibratedParameter]], of id: String) async throws
}

/// A twin of an environment without its targets.
struct EnvironmentTwinRecord: Sendable, Hashable {
  var id: String
  var kind: EnvironmentKind
  /// Tells it from an older one of the same id.
  var createTime: UTCInstant
  /// End of the newest successful sync; nil before the first.
  var syncTime: UTCInstant?
}

/// What state-sync found.
struct EnvironmentTwinUpdate: Sendable, Equatable {
  var environment: EnvironmentTwinRecord
  var targets: [Target]
  var removed: [String]
  var isDeleted: Bool
}

/// What an update does to a twin; the same in every store.
enum EnvironmentTwinRules {
  /// What happens to the twin as a whole.
  enum Fate: Sendable, Hashable {
    /// The update is older than the twin and changes nothing of it as a whole; nor does it remove targets.
    case older
    case update
    /// The twin is of an older environment of the same id.
    case replace
    case delete
    case nothing
  }

  static func fate(of known: EnvironmentTwinRecord?, by update: EnvironmentTwinUpdate) -> Fate {
    guard let known else { return update.isDeleted ? .nothing : .update }
    let new = update.environment
    guard known.createTime == new.createTime else {
      if known.createTime > new.createTime { return .nothing }
      return update.isDeleted ? .delete : .replace
    }
    if update.isDeleted { return .delete }
    // Messages may overtake each other.
    return (new.syncTime?.nanoseconds ?? .min) < (known.syncTime?.nanoseconds ?? .min) ? .older : .update
  }

  /// What becomes of a target; nil when nothing does.
  static func merged(_ known: Target?, _ new: Target, _ fate: Fate) -> Target? {
    // An older update may tell of a target that went meanwhile.
    guard let known else { return fate == .older ? nil : new }
    if new.version > known.version { return new }
    guard new.version == known.version, let time = new.syncTime.flatMap({ UTCInstant($0) }),
      time > known.syncTime.flatMap({ UTCInstant($0) }) ?? UTCInstant(nanoseconds: .min)
    else { return nil }
    return new
  }
}
