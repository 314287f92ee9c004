import PostgresPool
public import RuntimeTelemetry

/// The names of the metrics of the database.
public enum DatabaseMetrics {
  public static let connections = MetricDefinition.gauge(
    "twin_database_connections", "Connections of the pool, by what they do.", labels: ["state"])
  public static let waiting = MetricDefinition.gauge("twin_database_waiting", "Callers that wait for a connection.")
  public static let connected = MetricDefinition.counter(
    "twin_database_connects_total", "Attempts to open a connection, by result.", labels: ["result"])
  public static let waited = MetricDefinition.histogram(
    "twin_database_wait_seconds", "How long callers waited for a connection.")
  public static let held = MetricDefinition.histogram(
    "twin_database_hold_seconds", "How long callers kept a connection.")
  public static let refused = MetricDefinition.counter(
    "twin_database_refused_total", "Callers that got no connection.")
}

/// Counts what a pool does.
struct DatabaseObserver: PostgresPoolObserver {
  private let connected: MetricCounter
  private let failed: MetricCounter
  private let waited: MetricHistogram
  private let held: MetricHistogram
  private let refused: MetricCounter

  init(_ metrics: MetricRegistry) {
    connected = metrics.counter(DatabaseMetrics.connected, "ok")
    failed = metrics.counter(DatabaseMetrics.connected, "failed")
    waited = metrics.histogram(DatabaseMetrics.waited)
    held = metrics.histogram(DatabaseMetrics.held)
    refused = metrics.counter(DatabaseMetrics.refused)
  }

  func didConnect(took: Duration) { connected.increment() }
  func didFailToConnect(_ error: any Error) { failed.increment() }
  func didLease(waited duration: Duration) { waited.observe(duration) }
  func didFailToLease(_ error: any Error, waited duration: Duration) { refused.increment() }
  func didRelease(held duration: Duration) { held.observe(duration) }
}

extension MetricRegistry {
  /// Adds the state of a pool to each scrape.
  func collect(_ pool: PostgresPool) {
    collect { [weak pool] samples in
      guard let now = pool?.statistics else { return }
      samples.add(DatabaseMetrics.connections, Double(now.idle), "idle")
      samples.add(DatabaseMetrics.connections, Double(now.leased), "leased")
      samples.add(DatabaseMetrics.connections, Double(now.connecting), "connecting")
      samples.add(DatabaseMetrics.waiting, Double(now.waiting))
    }
  }
}
