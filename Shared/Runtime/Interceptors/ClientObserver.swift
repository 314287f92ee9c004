public import RPCCore
public import RuntimeTelemetry
import Synchronization

/// Passes request and trace on with every call to another service, bounds it in time, and counts it.
public final class ClientObserver: ClientInterceptor {
  private let metrics: MetricRegistry
  private let identity: CallIdentity
  private let defaultTimeout: Duration
  /// By path. A client calls the few methods of its peer; there is nothing to evict.
  private let methods = Mutex<[String: MethodMetrics]>([:])

  /// - Parameter defaultTimeout: for a unary call that has none of its own and serves no call with a deadline.
  public convenience init(metrics: MetricRegistry, defaultTimeout: Duration) {
    self.init(metrics: metrics, defaultTimeout: defaultTimeout, identity: CallIdentity())
  }

  package init(metrics: MetricRegistry, defaultTimeout: Duration, identity: CallIdentity) {
    self.metrics = metrics
    self.defaultTimeout = defaultTimeout
    self.identity = identity
  }

  public func prepare(_ method: MethodDescriptor, _ options: inout CallOptions) {
    let context = CallContext.current
    if options.metadata[CallIdentity.traceHeader] == nil {
      let trace = context?.trace.map(identity.child(of:)) ?? identity.makeTrace()
      options.metadata.add(CallIdentity.traceHeader, trace.traceparent)
    }
    if options.metadata[CallIdentity.requestIDHeader] == nil {
      let known = context?.requestID ?? ""
      options.metadata.add(CallIdentity.requestIDHeader, known.isEmpty ? identity.makeRequestID() : known)
    }
    if options.timeout == nil, context?.deadline == nil, method.kind == .unary { options.timeout = defaultTimeout }
  }

  public func ended(_ method: MethodDescriptor, error: RPCError?, took: Duration) {
    let handles = methods.withLock { methods in
      if let known = methods[method.path] { return known }
      let made = MethodMetrics(
        metrics, calls: RPCMetrics.clientCalls, duration: RPCMetrics.clientDuration, method: method)
      methods[method.path] = made
      return made
    }
    handles.ended(error?.code ?? .ok, took: took)
  }
}
