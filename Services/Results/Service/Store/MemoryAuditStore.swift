import Synchronization
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryAuditStore: AuditStore {
  private let state = Mutex<[StoredAuditEntry]>([])

  func record(_ entry: AuditEntry, time: Int64) async throws {
    state.withLock { entries in
      guard !entries.contains(where: { $0.entry.id == entry.id }) else { return }
      entries.append(
        StoredAuditEntry(position: AuditPosition(time: time, ordinal: Int64(entries.count + 1)), entry: entry))
    }
  }

  func entries(_ filter: AuditFilter, before: AuditPosition, limit: Int) async throws -> [StoredAuditEntry] {
    state.withLock { entries in
      let found = entries.filter { stored in
        stored.position < before && stored.position.time >= filter.from && stored.position.time < filter.to
          && (filter.actor.isEmpty || stored.entry.actor == filter.actor)
          && (filter.action.isEmpty || stored.entry.action == filter.action)
          && (filter.resource.isEmpty || stored.entry.resource == filter.resource)
          && (filter.environment.isEmpty || stored.entry.environment == filter.environment)
      }
      return Array(found.sorted { $0.position > $1.position }.prefix(limit))
    }
  }
}
