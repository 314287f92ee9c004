import RPCCore
import RPCTransport

/// How long a command goes on trying while services are away.
struct Patience: Sendable {
  /// From the last success to giving up.
  var limit: Duration
  var backoff: Backoff

  init(limit: Duration) {
    self.limit = limit
    backoff = Backoff()
    backoff.maximum = .seconds(1)
  }

  /// Whether a call that failed so may succeed later without any change on this side.
  static func isTransient(_ error: any Error) -> Bool {
    guard let error = error as? RPCError else { return false }
    switch error.code {
    case .invalidArgument, .notFound, .alreadyExists, .permissionDenied, .failedPrecondition, .outOfRange,
      .unimplemented, .unauthenticated, .dataLoss:
      return false
    default: return true
    }
  }

  /// Makes `attempt` until it succeeds, fails for good, or the patience is over.
  func retrying<Result>(_ attempt: () async throws -> Result) async throws -> Result {
    let start = ContinuousClock.now
    var attempts = 0
    while true {
      do {
        return try await attempt()
      } catch  where Self.isTransient(error) {
        guard ContinuousClock.now - start < limit else { throw error }
        try await Task.sleep(for: backoff.delay(attempt: attempts, random: .random(in: -1...1)))
        attempts += 1
      }
    }
  }
}
