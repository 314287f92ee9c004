import Synchronization

/// Keeps retries from multiplying the load on a peer that is in trouble. Source: gRPC A6, "Throttling Retry Attempts"
final class RetryBudget: Sendable {
  private let policy: RetryPolicy
  private let tokens: Mutex<Double>

  init(policy: RetryPolicy) {
    self.policy = policy
    tokens = Mutex(policy.maxTokens)
  }

  func succeeded() {
    tokens.withLock { $0 = min($0 + policy.tokenRatio, policy.maxTokens) }
  }

  /// Counts a failure.
  ///
  /// - Returns: whether it may be retried.
  func failed() -> Bool {
    tokens.withLock { tokens in
      tokens = max(tokens - 1, 0)
      return tokens > policy.maxTokens / 2
    }
  }
}
