import SystemTesting
import Testing

/// The suite as real processes. One test at a time, since each starts and kills what others would use.
@Suite(.serialized) enum SystemTests {
  /// The processes that the tests share; started by the first one.
  static let shared = SharedSuite()
}

/// Starts the suite once.
actor SharedSuite {
  private var starting: Task<SuiteProcesses, any Error>?

  func processes() async throws -> SuiteProcesses {
    if let starting { return try await starting.value }
    let task = Task {
      let suite = try SuiteProcesses()
      try await suite.start()
      return suite
    }
    starting = task
    return try await task.value
  }
}

/// A failure that a test tells with more than an expectation can.
struct Failure: Error, CustomStringConvertible {
  var description: String
}
