/// What the server does to a table's files, in ascending order of cost.
public enum TableWork: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Nothing is read or written beyond a few rows.
  case none
  /// Only the system catalogue changes; the time doesn't depend on the size.
  case catalogue
  /// The table is read once from end to end, or more often (`SchemaEffect.tablePasses`).
  case scan
  /// One index or all of them are built anew; the table is read for it.
  case indexBuild
  /// The table and all its indexes are written anew, or all its rows are changed.
  case rewrite

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// What happens to stored data.
public enum DataDestruction: Int, Sendable, Hashable, Comparable, CaseIterable {
  case none
  /// What can be computed again goes: an index, a view, statistics.
  case derived
  /// Some of the rows or some digits of their values go: `DELETE … WHERE`, `UPDATE`, a narrower type.
  case part
  /// A column or all rows go.
  case all

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Whether programs that were written for the old schema still work.
public enum CompatibilityBreak: Int, Sendable, Hashable, Comparable, CaseIterable {
  case none
  /// Some of their writes may be refused: a new constraint, a narrower type.
  case mayReject
  /// What they name is gone, or all of their inserts fail.
  case breaks

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// How a statement is undone.
public enum Reversibility: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// A statement of the catalogue alone undoes it.
  case cheaply
  /// It can be undone, with work like its own: an index is built again, a table is rewritten back.
  case withWork
  /// Only a backup brings back what it took.
  case fromBackupOnly

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A lock on a further table.
public struct AdditionalLock: Sendable, Hashable {
  public var name: SQLName
  public var mode: TableLockMode

  public init(_ name: SQLName, _ mode: TableLockMode) {
    self.name = name
    self.mode = mode
  }
}

/// What a statement takes and does.
///
/// Where the statement alone doesn't say (the version, the column's old type, a function of the user's), this is the
/// worst that can be, and `assumptions` says what was assumed.
public struct SchemaEffect: Sendable, Hashable {
  /// The strongest lock on the statement's table; nil when it locks no table that exists before it.
  public var lock: TableLockMode?
  public var work: TableWork
  /// How often the table is read from end to end.
  public var tablePasses: Int
  /// How often the table is written from end to end.
  public var tableWrites: Int
  /// How many of the table's indexes are built anew.
  public var indexBuilds: IndexCount
  public var destruction: DataDestruction
  public var compatibility: CompatibilityBreak
  public var reversibility: Reversibility
  /// True when the work runs while the lock is held; false for `CREATE INDEX CONCURRENTLY` and the like, whose lock is
  /// weak, and which wait for all older transactions instead.
  public var waitsForOlderTransactions: Bool
  /// Besides `lock`, an exclusive one is taken for moments at the start and the end, and others queue behind it as long as
  /// it waits (metadata locks of MySQL).
  public var hasExclusiveMoments: Bool
  /// The statement can't run inside of a transaction block.
  public var needsOwnTransaction: Bool
  /// The statement stops with an error where the table has any row: `ADD COLUMN … NOT NULL` without a default.
  public var failsOnRows: Bool
  /// The table's rows won't survive a crash from then on: `SET UNLOGGED`.
  public var losesCrashSafety = false
  /// Locks on further tables, such as the one that a foreign key points to.
  public var additionalLocks: [AdditionalLock]
  /// What was taken to be so for want of knowledge; empty when the documentation decides.
  public var assumptions: [String]
  /// What an operator should know besides.
  public var notes: [String]

  /// A number of indexes.
  public enum IndexCount: Int, Sendable, Hashable, Comparable {
    case none, one, all
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  public init(
    lock: TableLockMode?, work: TableWork = .catalogue, tablePasses: Int = 0, tableWrites: Int = 0,
    indexBuilds: IndexCount = .none, destruction: DataDestruction = .none, compatibility: CompatibilityBreak = .none,
    reversibility: Reversibility = .cheaply, waitsForOlderTransactions: Bool = false,
    hasExclusiveMoments: Bool = false, needsOwnTransaction: Bool = false, failsOnRows: Bool = false,
    additionalLocks: [AdditionalLock] = [],
    assumptions: [String] = [], notes: [String] = []
  ) {
    self.lock = lock
    self.work = work
    self.tablePasses = tablePasses
    self.tableWrites = tableWrites
    self.indexBuilds = indexBuilds
    self.destruction = destruction
    self.compatibility = compatibility
    self.reversibility = reversibility
    self.waitsForOlderTransactions = waitsForOlderTransactions
    self.hasExclusiveMoments = hasExclusiveMoments
    self.needsOwnTransaction = needsOwnTransaction
    self.failsOnRows = failsOnRows
    self.additionalLocks = additionalLocks
    self.assumptions = assumptions
    self.notes = notes
  }

  public var blocksReads: Bool { lock?.blocksReads ?? false }
  public var blocksWrites: Bool { lock?.blocksWrites ?? false }
  public var blocksSchemaChanges: Bool { lock?.blocksSchemaChanges ?? false }

  /// Whether the table's size decides how long it takes; without the size the time is then unknown.
  public var dependsOnSize: Bool { work >= .scan }

  /// Whether the time for which others are blocked grows with the table.
  public var holdsLockWhileWorking: Bool { (blocksReads || blocksWrites) && work >= .scan }

  /// Disk space needed while it runs, as a factor of the table's size without indexes: the new copy exists beside the
  /// old one until the transaction ends (documentation of ALTER TABLE, notes: "as much as double the disk space").
  public var extraTableFactor: Double { Double(min(tableWrites, 1)) }

  /// The same for one index or for all, as a factor of the size of what is built.
  public var extraIndexFactor: Double { indexBuilds == .none ? 0 : 1 }

  /// What both do, as one statement: the strictest lock, and one pass over the table for all
  /// (documentation of ALTER TABLE: "multiple table scans or rewrites can thereby be combined into a single pass").
  func merged(with other: SchemaEffect) -> SchemaEffect {
    var result = self
    result.lock = [lock, other.lock].compactMap { $0 }.max()
    result.work = max(work, other.work)
    result.tablePasses = max(tablePasses, other.tablePasses)
    result.tableWrites = max(tableWrites, other.tableWrites)
    result.indexBuilds = max(indexBuilds, other.indexBuilds)
    result.destruction = max(destruction, other.destruction)
    result.compatibility = max(compatibility, other.compatibility)
    result.reversibility = max(reversibility, other.reversibility)
    result.waitsForOlderTransactions = waitsForOlderTransactions || other.waitsForOlderTransactions
    result.hasExclusiveMoments = hasExclusiveMoments || other.hasExclusiveMoments
    result.needsOwnTransaction = needsOwnTransaction || other.needsOwnTransaction
    result.losesCrashSafety = losesCrashSafety || other.losesCrashSafety
    result.failsOnRows = failsOnRows || other.failsOnRows
    result.additionalLocks += other.additionalLocks.filter { !result.additionalLocks.contains($0) }
    result.assumptions += other.assumptions.filter { !result.assumptions.contains($0) }
    result.notes += other.notes.filter { !result.notes.contains($0) }
    return result
  }

  func with(_ change: (inout SchemaEffect) -> Void) -> SchemaEffect {
    var result = self
    change(&result)
    return result
  }
}

extension SchemaEffect {
  /// Catalogue only, under a lock.
  static func catalogue(_ lock: TableLockMode?, _ notes: String...) -> SchemaEffect {
    SchemaEffect(lock: lock, notes: notes)
  }

  /// One pass over the table.
  static func scan(_ lock: TableLockMode, _ notes: String...) -> SchemaEffect {
    SchemaEffect(lock: lock, work: .scan, tablePasses: 1, notes: notes)
  }

  /// The table and its indexes are written anew.
  static func rewrite(_ notes: String...) -> SchemaEffect {
    SchemaEffect(
      lock: .accessExclusive, work: .rewrite, tablePasses: 1, tableWrites: 1, indexBuilds: .all,
      reversibility: .withWork, notes: notes)
  }

  /// One index is built while writes wait.
  static func indexBuild(_ lock: TableLockMode, _ notes: String...) -> SchemaEffect {
    SchemaEffect(lock: lock, work: .indexBuild, tablePasses: 1, indexBuilds: .one, notes: notes)
  }
}
