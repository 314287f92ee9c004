#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An instant with the resolution of `timestamptz`: whole microseconds.
public struct PostgresTimestamp: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01 00:00 UTC.
  public var microsecondsSinceUnixEpoch: Int64

  public init(microsecondsSinceUnixEpoch: Int64) { self.microsecondsSinceUnixEpoch = microsecondsSinceUnixEpoch }

  /// The nearest microsecond.
  public init(_ date: Date) {
    microsecondsSinceUnixEpoch = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
  }

  /// A `Date` cannot hold every microsecond exactly, but rounds back to the same one for centuries around today.
  public var date: Date { Date(timeIntervalSince1970: Double(microsecondsSinceUnixEpoch) / 1_000_000) }

  public static func < (left: Self, right: Self) -> Bool {
    left.microsecondsSinceUnixEpoch < right.microsecondsSinceUnixEpoch
  }

  /// PostgreSQL counts from 2000-01-01 UTC: 10,957 days after Unix does.
  private static let postgresEpochOffset: Int64 = 946_684_800_000_000

  var microsecondsSincePostgresEpoch: Int64 { microsecondsSinceUnixEpoch &- Self.postgresEpochOffset }
  init(microsecondsSincePostgresEpoch value: Int64) {
    microsecondsSinceUnixEpoch = value &+ Self.postgresEpochOffset
  }
}
