public import TwinProto

extension ProtoTimestamp {
  private static let microsecondsPerSecond: Int64 = 1_000_000

  /// A moment as PostgreSQL keeps it: whole microseconds since 1970-01-01T00:00:00Z.
  public init(microsecondsSinceUnixEpoch microseconds: Int64) {
    // Nanos count forward in time, before 1970 too.
    let seconds = microseconds.flooredQuotient(by: Self.microsecondsPerSecond)
    self.init(
      seconds: seconds, nanos: Int32((microseconds - seconds * Self.microsecondsPerSecond) * 1_000))
  }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
