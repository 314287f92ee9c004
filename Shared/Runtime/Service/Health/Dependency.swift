/// Something outside the process that a service needs: its database, a peer.
public protocol Dependency: Sendable {
  /// Such as `database` or `peer.results`.
  var name: String { get }
  /// Whether the service can't be ready without it.
  var isRequired: Bool { get }
  /// Makes it usable for the first time; called again until it succeeds.
  ///
  /// - Throws: `PermanentFailure` when trying again can't help; the process then ends.
  func prepare() async throws
  /// Finds out cheaply whether it still answers.
  func check() async throws
}

extension Dependency {
  public var isRequired: Bool { true }
  public func prepare() async throws { try await check() }
}

/// An error that waiting doesn't cure, such as a migration that was changed after it had run.
public struct PermanentFailure: Error, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// An attempt that took too long.
public struct AttemptTimedOut: Error, Sendable, Equatable, CustomStringConvertible {
  public let limit: Duration

  public var description: String { "no answer within \(limit)" }
}

/// Runs `operation` for at most `limit`; cancels it then.
///
/// - Throws: `AttemptTimedOut`, or what the operation throws.
func within<C: Clock, Result: Sendable>(
  _ limit: Duration, on clock: C, _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result where C.Duration == Duration {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await clock.sleep(for: limit)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else { throw AttemptTimedOut(limit: limit) }
    return result
  }
}
