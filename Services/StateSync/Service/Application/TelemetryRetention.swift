import FleetCore

/// How long samples are kept: whole days go once all of their samples are too old.
struct TelemetryRetention: Sendable {
  /// Between two looks.
  static let interval = Duration.seconds(600)
  /// Days that are made ready beyond today, so that a store that refuses new ones for a while stops nobody.
  static let daysAhead: Int64 = 2
  /// A day is dropped so long after its last sample became too old, s: samples that were taken in just before may still
  /// be on their way to the store.
  static let grace = 3_600.0

  let store: any TelemetryStore
  let clock: WallClock
  /// How long samples are kept, s.
  let retention: Double

  /// Gets the coming days ready and drops those that are too old.
  ///
  /// - Returns: the days that were dropped, counted from 1970.
  func keep() async throws -> [Int64] {
    let now = clock.now()
    try await store.prepare(days: days(readyAt: now))
    return try await store.drop(before: firstDay(at: now))
  }

  /// The days that are to be ready.
  func days(readyAt now: UTCInstant) -> ClosedRange<Int64> { now.day...now.day + Self.daysAhead }

  /// The oldest day that is kept.
  func firstDay(at now: UTCInstant) -> Int64 { now.adding(seconds: -retention - Self.grace).day }
}
