public import Logging
import RuntimeTelemetry
import ServiceLifecycle

/// Runs a part of a service that has no end of its own, until the service stops.
public func untilStopped(_ body: @Sendable @escaping () async throws -> Void) async throws {
  try await cancelWhenGracefulShutdown {
    do { try await body() } catch is CancellationError {}
  }
}

/// Says once that something goes wrong again and again, and once that it is over.
public struct Complaint {
  private let logger: Logger
  private let message: String
  /// What it was last about.
  private var made: String?

  public init(_ logger: Logger, _ message: String) {
    self.logger = logger
    self.message = message
  }

  /// It has gone wrong.
  public mutating func make(_ error: any Error) {
    let text = "\(error)"
    // Something else that goes wrong is news, too.
    logger.log(level: text == made ? .debug : .warning, "\(message)", metadata: .of([.error: .string(text)]))
    made = text
  }

  /// It has gone well.
  public mutating func isOver() {
    if made != nil { logger.notice("over: \(message)") }
    made = nil
  }
}
