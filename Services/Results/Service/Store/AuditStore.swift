import TwinProto

/// Which entries of the audit to list; empty texts mean all.
struct AuditFilter: Sendable, Hashable {
  /// Microseconds since 1970, inclusive.
  var from = Int64.min
  /// Microseconds since 1970, exclusive.
  var to = Int64.max
  var actor = ""
  var action = ""
  var resource = ""
  var environment = ""
}

/// A place in the audit, which is ordered by time.
struct AuditPosition: Sendable, Hashable, Comparable {
  /// Microseconds since 1970.
  var time: Int64
  /// Grows with every entry that is stored.
  var ordinal: Int64

  static let end = AuditPosition(time: .max, ordinal: .max)

  static func < (a: Self, b: Self) -> Bool { (a.time, a.ordinal) < (b.time, b.ordinal) }
}

struct StoredAuditEntry: Sendable, Equatable {
  var position: AuditPosition
  var entry: AuditEntry
}

/// Keeps the audit. There is no way to change or delete an entry.
protocol AuditStore: Sendable {
  /// Adds an entry; one whose id is known changes nothing.
  ///
  /// - Parameter time: of the entry, microseconds since 1970.
  func record(_ entry: AuditEntry, time: Int64) async throws
  /// Newest first, before a position.
  func entries(_ filter: AuditFilter, before: AuditPosition, limit: Int) async throws -> [StoredAuditEntry]
}
