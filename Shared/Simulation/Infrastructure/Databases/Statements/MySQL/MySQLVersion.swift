/// A version of MySQL or MariaDB, such as 8.0.32.
public struct MySQLVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var major: Int
  public var minor: Int
  public var patch: Int

  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads what `SELECT version()` says, such as "8.0.32-log" or "10.6.12-MariaDB"; nil where no number leads.
  public init?(_ text: String) {
    let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    guard let first = numbers.first else { return nil }
    self.init(first, numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
  }

  public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch) }

  public var description: String { "\(major).\(minor).\(patch)" }
}

/// Which of the two systems, and which version of it.
struct MySQLServer: Sendable, Hashable {
  var isMariaDB: Bool
  /// nil for unknown, which has no improvement.
  var version: MySQLVersion?

  /// Whether an improvement that came with these versions is there; nil for one that the system hasn't got.
  func has(mysql: MySQLVersion?, mariaDB: MySQLVersion?) -> Bool {
    guard let version, let since = isMariaDB ? mariaDB : mysql else { return false }
    return version >= since
  }
}

/// How InnoDB carries out a change, cheapest first.
///
/// Source: MySQL 8.4 Reference Manual, 17.12.1 Online DDL Operations, with those of 5.7 and 8.0 for versions; MariaDB
/// documentation, InnoDB Online DDL. All of them take an exclusive metadata lock for a moment at the start and the end,
/// for which every later statement on the table queues (17.12.2).
enum OnlineAlgorithm: Int, Sendable, Hashable, Comparable {
  /// `INSTANT`, or `INPLACE` that changes metadata alone.
  case metadata
  /// `INPLACE` that builds an index while rows change.
  case index
  /// `INPLACE` that builds an index while writes wait.
  case indexLocked
  /// `INPLACE` that writes the table anew while rows change.
  case rebuild
  /// The same while writes wait.
  case rebuildLocked
  /// `COPY`: row by row into a new table, while writes wait.
  case copy

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  var effect: SchemaEffect {
    switch self {
    case .metadata: return .catalogue(.accessExclusive)
    case .index, .indexLocked:
      return SchemaEffect.indexBuild(self == .index ? .shareUpdateExclusive : .share)
        .with { $0.hasExclusiveMoments = true }
    case .rebuild, .rebuildLocked, .copy:
      return SchemaEffect.rewrite().with {
        $0.lock = self == .rebuild ? .shareUpdateExclusive : .share
        $0.hasExclusiveMoments = true
      }
    }
  }
}
