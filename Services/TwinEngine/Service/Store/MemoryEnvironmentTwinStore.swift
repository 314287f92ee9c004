import FleetCore
import Synchronization
import TwinProto

/// Keeps twins of environments in memory, for tests.
final class MemoryEnvironmentTwinStore: EnvironmentTwinStore {
  private struct Twin {
    var record: EnvironmentTwinRecord
    var targets: [String: TargetTwin] = [:]
  }

  private let twins = Mutex<[String: Twin]>([:])

  func apply(_ update: EnvironmentTwinUpdate) async throws -> Int {
    twins.withLock { twins in
      let id = update.environment.id
      let fate = EnvironmentTwinRules.fate(of: twins[id]?.record, by: update)
      switch fate {
      case .nothing: return twins[id]?.targets.count ?? 0
      case .delete:
        twins[id] = nil
        return 0
      case .replace: twins[id] = Twin(record: update.environment)
      case .update:
        twins[id, default: Twin(record: update.environment)].record = update.environment
        for name in update.removed { twins[id]?.targets[name] = nil }
      case .older: break
      }
      for target in update.targets {
        if let merged = EnvironmentTwinRules.merged(twins[id]?.targets[target.name]?.target, target, fate) {
          twins[id]?.targets[target.name, default: TargetTwin()].target = merged
        }
      }
      return twins[id]?.targets.count ?? 0
    }
  }

  func environment(_ id: String) async throws -> EnvironmentTwinRecord? { twins.withLock { $0[id]?.record } }

  func environmentIDs() async throws -> [String] { twins.withLock { $0.keys.sorted() } }

  func targets(of id: String, named names: [String]?) async throws -> [TargetTwin] {
    twins.withLock { twins in
      let all = twins[id]?.targets ?? [:]
      let wanted = names.map { Set($0) } ?? Set(all.keys)
      return all.filter { wanted.contains($0.key) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    }
  }

  func save(_ parameters: [String: [CalibratedParameter]], of id: String) async throws {
    twins.withLock { twins in
      for (name, values) in parameters where twins[id]?.targets[name] != nil {
        twins[id]?.targets[name]?.parameters = values
      }
    }
  }
}
