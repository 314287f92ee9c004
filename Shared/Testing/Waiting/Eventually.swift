/// What was waited for didn't come within its bound.
public struct NeverHappened: Error, CustomStringConvertible {
  public var description: String

  public init(description: String) { self.description = description }
}

/// Looks again and again until `condition` holds.
///
/// - Parameters:
///   - what: what is waited for, for the error.
///   - tries: how often to look at most.
///   - interval: between two looks.
///   - isolation: where the closures run; the caller's own.
///   - explanation: what to add to the error, such as a log's last lines.
/// - Throws: ``NeverHappened``, or what `condition` throws.
public func eventually(
  _ what: String, tries: Int = 6_000, every interval: Duration = .milliseconds(10),
  isolation: isolated (any Actor)? = #isolation, explanation: () async -> String = { "" },
  _ condition: () async throws -> Bool
) async throws {
  for _ in 0..<tries {
    if try await condition() { return }
    try await Task.sleep(for: interval)
  }
  throw NeverHappened(description: "not within \(tries) tries: \(what)\n\(await explanation())")
}
