/// The table-level locks of PostgreSQL, weakest first.
///
/// Source: PostgreSQL 18 documentation, 13.3.1 Table-Level Locks, table 13.2 (the same since 9.0).
public enum TableLockMode: Int, Sendable, Hashable, CaseIterable, Comparable {
  case accessShare, rowShare, rowExclusive, shareUpdateExclusive, share, shareRowExclusive, exclusive, accessExclusive

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// As in `LOCK TABLE`: "ACCESS EXCLUSIVE".
  public var name: String {
    switch self {
    case .accessShare: "ACCESS SHARE"
    case .rowShare: "ROW SHARE"
    case .rowExclusive: "ROW EXCLUSIVE"
    case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
    case .share: "SHARE"
    case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
    case .exclusive: "EXCLUSIVE"
    case .accessExclusive: "ACCESS EXCLUSIVE"
    }
  }

  /// The mode called `name`; case and surplus spaces, `_`, `-` and a trailing `LOCK` don't matter. nil for another word.
  public init?(name: String) {
    var words = name.uppercased().split(whereSeparator: { " _-\t\n".contains($0) }).map(String.init)
    if words.last == "LOCK" || words.last == "MODE" { words.removeLast() }
    let normal = words.joined(separator: " ")
    // pg_locks writes AccessExclusiveLock.
    let joined = words.joined()
    for mode in Self.allCases {
      let plain = mode.name.split(separator: " ").joined()
      if mode.name == normal || joined == plain || joined == plain + "LOCK" {
        self = mode
        return
      }
    }
    return nil
  }

  /// The modes of other sessions that have to wait for this one, and for which this one waits.
  public var conflicts: [TableLockMode] {
    switch self {
    case .accessShare: [.accessExclusive]
    case .rowShare: [.exclusive, .accessExclusive]
    case .rowExclusive: [.share, .shareRowExclusive, .exclusive, .accessExclusive]
    case .shareUpdateExclusive: [.shareUpdateExclusive, .share, .shareRowExclusive, .exclusive, .accessExclusive]
    case .share: [.rowExclusive, .shareUpdateExclusive, .shareRowExclusive, .exclusive, .accessExclusive]
    case .shareRowExclusive:
      [.rowExclusive, .shareUpdateExclusive, .share, .shareRowExclusive, .exclusive, .accessExclusive]
    case .exclusive:
      [.rowShare, .rowExclusive, .shareUpdateExclusive, .share, .shareRowExclusive, .exclusive, .accessExclusive]
    case .accessExclusive: Self.allCases
    }
  }

  public func conflicts(with other: TableLockMode) -> Bool { conflicts.contains(other) }

  /// `SELECT` waits.
  public var blocksReads: Bool { conflicts(with: .accessShare) }
  /// `INSERT`, `UPDATE`, `DELETE` and `MERGE` wait.
  public var blocksWrites: Bool { conflicts(with: .rowExclusive) }
  /// `SELECT … FOR UPDATE`, `FOR SHARE` and so on, and checks of foreign keys that point to the table, wait.
  public var blocksRowLocks: Bool { conflicts(with: .rowShare) }
  /// Vacuum, analyze and most schema changes wait.
  public var blocksSchemaChanges: Bool { conflicts(with: .shareUpdateExclusive) }
}
