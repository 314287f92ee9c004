package import Logging
package import NIOCore
package import RPCCore
import RuntimeTelemetry
import Synchronization

/// Writes what became of calls, within a bound: a dependency that is gone fails every call, and the first few lines
/// say as much as a million.
package final class CallLog: Sendable {
  /// Failures logged per second at most.
  package static let maximumPerSecond = 20

  private struct Window {
    var started = NIODeadline.uptimeNanoseconds(0)
    var written = 0
    var suppressed = 0
  }

  private let logger: Logger
  private let window = Mutex(Window())
  private let now: @Sendable () -> NIODeadline

  package init(_ logger: Logger, now: @escaping @Sendable () -> NIODeadline = { .now() }) {
    self.logger = logger
    self.now = now
  }

  package func answered(_ call: ServerCall, _ took: Duration) {
    guard logger.logLevel <= .debug else { return }
    logger.debug("call answered", metadata: facts(call, .ok, took))
  }

  package func failed(_ failure: RPCError, thrown: any Error, _ call: ServerCall, _ took: Duration) {
    let level = Self.level(of: failure.code, call.method)
    guard logger.logLevel <= level, let suppressed = allowed() else { return }
    var facts = facts(call, failure.code, took)
    facts[LogKey.error.name] = "\(thrown)"
    if suppressed > 0 { facts[LogKey.suppressed.name] = "\(suppressed)" }
    logger.log(level: level, "call failed", metadata: facts)
  }

  /// What the caller did wrong is the caller's to log; what went wrong here is ours.
  private static func level(of code: StatusCode, _ method: MethodDescriptor) -> Logger.Level {
    // A watch of health or a reflection client ends with an error as a matter of course.
    if method.service.hasPrefix("grpc.") { return .debug }
    return switch code {
    case .unknown, .internalError, .dataLoss: .error
    case .unavailable, .deadlineExceeded, .resourceExhausted: .warning
    default: .debug
    }
  }

  /// Nil when enough was written in this second, else how many were suppressed before.
  private func allowed() -> Int? {
    let now = now()
    return window.withLock { window in
      if now - window.started >= .seconds(1) {
        window.started = now
        window.written = 0
      }
      guard window.written < Self.maximumPerSecond else {
        window.suppressed += 1
        return nil
      }
      window.written += 1
      defer { window.suppressed = 0 }
      return window.suppressed
    }
  }

  private func facts(_ call: ServerCall, _ code: StatusCode, _ took: Duration) -> Logger.Metadata {
    var facts = Logger.Metadata.of([
      .requestID: "\(call.requestID)", .method: "\(call.method.service)/\(call.method.method)",
      .status: "\(code.name)", .peer: "\(call.peer)",
      .durationMS: "\((took / .milliseconds(1) * 1000).rounded() / 1000)",
    ])
    if let trace = call.trace { facts[LogKey.traceID.name] = "\(trace.traceID)" }
    return facts
  }
}
