import RuntimeTelemetry

/// What the edge counts of WebSockets.
struct WebSocketMetrics: Sendable {
  static let open = MetricDefinition.gauge("edge_websocket_open", "Open WebSockets.")
  static let refused = MetricDefinition.counter(
    "edge_websocket_refused_total", "Upgrades that were refused, by the HTTP status.", labels: ["status"])
  static let messages = MetricDefinition.counter("edge_websocket_messages_total", "Messages sent.")
  static let coalesced = MetricDefinition.counter(
    "edge_websocket_coalesced_total", "Messages that a newer one of the same simulation took the place of.")
  static let dropped = MetricDefinition.counter(
    "edge_websocket_dropped_total", "Messages that still waited when their WebSocket was closed.")
  static let closed = MetricDefinition.counter(
    "edge_websocket_closed_total", "WebSockets closed, by the code of RFC 6455; other for codes of clients' own.",
    labels: ["code"])

  let openSockets: MetricGauge
  let sent: MetricCounter
  let replaced: MetricCounter
  let lost: MetricCounter
  private let registry: MetricRegistry

  init(_ registry: MetricRegistry = MetricRegistry()) {
    registry.declare([Self.open, Self.refused, Self.messages, Self.coalesced, Self.dropped, Self.closed])
    self.registry = registry
    openSockets = registry.gauge(Self.open)
    sent = registry.counter(Self.messages)
    replaced = registry.counter(Self.coalesced)
    lost = registry.counter(Self.dropped)
  }

  func refuse(_ status: Int) { registry.counter(Self.refused, "\(status)").increment() }

  func close(_ code: UInt16) {
    registry.counter(Self.closed, code < 3_000 ? "\(code)" : "other").increment()
    openSockets.decrement(by: 1)
  }
}
