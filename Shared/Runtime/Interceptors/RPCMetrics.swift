import RPCCore
public import RuntimeTelemetry
import Synchronization

/// The names of the metrics of calls.
public enum RPCMetrics {
  public static let serverCalls = MetricDefinition.counter(
    "twin_rpc_server_calls_total", "Calls that ended, by method and status.", labels: ["method", "status"])
  public static let serverDuration = MetricDefinition.histogram(
    "twin_rpc_server_call_duration_seconds", "From the first byte of a call to its status.", labels: ["method"])
  public static let clientCalls = MetricDefinition.counter(
    "twin_rpc_client_calls_total", "Calls made to other services that ended, by method and status.",
    labels: ["method", "status"])
  public static let clientDuration = MetricDefinition.histogram(
    "twin_rpc_client_call_duration_seconds", "Calls made to other services, retries included.", labels: ["method"])
  public static let serverOpenCalls = MetricDefinition.gauge("twin_rpc_server_open_calls", "Calls that go on now.")
  public static let serverConnections = MetricDefinition.gauge(
    "twin_rpc_server_connections", "Connections open now.")
  public static let serverRefusedConnections = MetricDefinition.counter(
    "twin_rpc_server_refused_connections_total", "Connections closed at once because there were too many.")
}

/// The handles of one method, made before its first call.
///
/// A counter for each status would fill every scrape with zeros, so those appear with their first use.
final class MethodMetrics: Sendable {
  private let registry: MetricRegistry
  private let calls: MetricDefinition
  private let method: String
  private let duration: MetricHistogram
  private let answered: MetricCounter
  private let byStatus: InlineArray<17, AtomicLazyReference<MetricCounter>>

  init(_ registry: MetricRegistry, calls: MetricDefinition, duration: MetricDefinition, method: MethodDescriptor) {
    self.registry = registry
    self.calls = calls
    self.method = "\(method.service)/\(method.method)"
    self.duration = registry.histogram(duration, self.method)
    answered = registry.counter(calls, self.method, StatusCode.ok.name)
    byStatus = InlineArray { _ in AtomicLazyReference() }
  }

  func ended(_ status: StatusCode, took: Duration) {
    if status == .ok { answered.increment() } else { counter(status).increment() }
    duration.observe(took)
  }

  private func counter(_ status: StatusCode) -> MetricCounter {
    if let known = byStatus[status.rawValue].load() { return known }
    return byStatus[status.rawValue].storeIfNil(registry.counter(calls, method, status.name))
  }
}
