public import Logging
import NIOCore
public import RPCCore
public import RuntimeTelemetry

/// Knows, counts, times and logs every call that a service answers.
///
/// One interceptor does all of it: each further one would cost every call an async frame and a reading of the clock.
public struct ServerObserver: ServerInterceptor {
  private let metrics: MetricRegistry
  private let log: CallLog
  private let identity: CallIdentity
  private let defaultDeadline: Duration

  /// - Parameter defaultDeadline: what a unary call that brings no deadline has for the calls made on its behalf.
  public init(metrics: MetricRegistry, logger: Logger, defaultDeadline: Duration) {
    self.init(metrics: metrics, logger: logger, defaultDeadline: defaultDeadline, identity: CallIdentity())
  }

  package init(metrics: MetricRegistry, logger: Logger, defaultDeadline: Duration, identity: CallIdentity) {
    self.metrics = metrics
    log = CallLog(logger)
    self.defaultDeadline = defaultDeadline
    self.identity = identity
  }

  public func intercept(_ method: MethodDescriptor, _ next: @escaping RPCMethod.Handler) -> RPCMethod.Handler {
    let handles = MethodMetrics(
      metrics, calls: RPCMetrics.serverCalls, duration: RPCMetrics.serverDuration, method: method)
    let isStreaming = method.kind.requestIsStreaming || method.kind.responseIsStreaming
    let (identity, log, defaultDeadline) = (identity, log, defaultDeadline)
    return { call in
      let started = NIODeadline.now()
      let deadline =
        call.deadline ?? (isStreaming ? nil : Deadline(started + .nanoseconds(defaultDeadline.wholeNanoseconds)))
      let context = identity.context(metadata: call.metadata, deadline: deadline)
      call.requestID = context.requestID
      call.trace = context.trace
      do {
        try await CallContext.$current.withValue(context) { try await next(call) }
      } catch {
        var failure = Self.failure(error, call)
        failure.trailers.add(CallIdentity.requestIDHeader, context.requestID)
        let took = Duration.nanoseconds((NIODeadline.now() - started).nanoseconds)
        handles.ended(failure.code, took: took)
        log.failed(failure, thrown: error, call, took)
        throw failure
      }
      let took = Duration.nanoseconds((NIODeadline.now() - started).nanoseconds)
      handles.ended(.ok, took: took)
      log.answered(call, took)
    }
  }

  /// The status of what a handler threw. A handler that was cancelled because its time was over didn't cancel itself.
  private static func failure(_ error: any Error, _ call: ServerCall) -> RPCError {
    if error is CancellationError, let deadline = call.deadline, deadline.remaining == .zero {
      return RPCError(.deadlineExceeded, "the deadline passed")
    }
    return RPCError(thrown: error)
  }
}

extension Logger.MetadataProvider {
  /// Adds the request and trace of the call that the current task serves.
  public static let rpcCall = Logger.MetadataProvider {
    guard let context = CallContext.current else { return [:] }
    var facts = Logger.Metadata()
    if !context.requestID.isEmpty { facts[LogKey.requestID.name] = "\(context.requestID)" }
    if let trace = context.trace { facts[LogKey.traceID.name] = "\(trace.traceID)" }
    return facts
  }
}
