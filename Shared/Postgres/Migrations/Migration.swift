/// One step of a schema's history: an SQL script that is applied once and never changed afterwards.
///
/// Scripts are files named `0001_create_runs.sql` and embedded into the executable by `.embedInCode("Migrations")`, so
/// they are there wherever the executable is. SwiftPM derives the constant's name from the file's; an initial digit
/// becomes an underscore:
///
///     let migrations = try [
///       Migration(file: "0001_create_runs.sql", PackageResources._001_create_runs_sql)
///     ]
public struct Migration: Sendable, Hashable {
  /// The place in the order, from 1.
  public var version: Int
  /// What it does, in the words of the file name.
  public var name: String
  /// Statements separated by semicolons. They run in one transaction, so they may not begin or commit one.
  public var sql: String

  public init(version: Int, name: String, sql: String) {
    self.version = version
    self.name = name
    self.sql = sql
  }

  /// - Throws: `MigrationError.invalidFileName` unless the name is four digits, an underscore, lower-case words and
  ///   `.sql`; `.notUTF8`.
  public init(file: String, _ contents: [UInt8]) throws {
    let stem = file.utf8.dropLast(4)
    let digits = stem.prefix(4)
    let words = stem.dropFirst(5)
    guard file.hasSuffix(".sql"), digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      stem.dropFirst(4).first == UInt8(ascii: "_"), !words.isEmpty,
      words.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }),
      let version = Int(String(decoding: digits, as: UTF8.self)), version >= 1
    else { throw MigrationError.invalidFileName(file) }
    guard let sql = String(validating: contents, as: UTF8.self) else { throw MigrationError.notUTF8(file) }
    self.init(version: version, name: String(decoding: words, as: UTF8.self), sql: sql)
  }

  /// Such as `0001_create_runs`.
  public var label: String {
    let digits = String(version)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }
}

/// Why migrating was refused or failed. Nothing of the migration at fault has taken effect.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
  case invalidFileName(String)
  case notUTF8(String)
  /// The versions must be 1, 2, 3, … without gap or repetition.
  case notConsecutive(expected: Int, found: String)
  /// A migration was edited after it had been applied.
  case checksumMismatch(label: String, recorded: String, actual: String)
  /// The database was migrated by a later release.
  case databaseIsNewer(label: String)
  /// The script ended the transaction it runs in.
  case leftTransaction(label: String)
  /// Another migrator held the lock for the whole of the lock timeout.
  case lockTimeout(schema: String, Duration)
  /// `verify` found that a migration has not been applied.
  case pending(label: String)
  case failed(label: String, any Error)

  public var description: String {
    switch self {
    case .invalidFileName(let file): "migration file '\(file)' is not named like 0001_create_runs.sql"
    case .notUTF8(let file): "migration file '\(file)' is not UTF-8"
    case .notConsecutive(let expected, let found): "expected migration \(expected), found '\(found)'"
    case .checksumMismatch(let label, let recorded, let actual):
      "migration \(label) was changed after it had been applied (recorded \(recorded), now \(actual)); "
        + "restore it and add a new one"
    case .databaseIsNewer(let label): "the database has migration \(label), which this release does not know"
    case .leftTransaction(let label): "migration \(label) ends its transaction; BEGIN and COMMIT are not its to use"
    case .lockTimeout(let schema, let time): "another process has been migrating schema \(schema) for \(time)"
    case .pending(let label): "migration \(label) has not been applied"
    case .failed(let label, let error): "migration \(label) failed: \(error)"
    }
  }
}
