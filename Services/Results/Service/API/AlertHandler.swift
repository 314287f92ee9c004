import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.results.v1.AlertService`: raises, lists and follows alerts.
struct AlertHandler: AlertServiceHandler {
  private static let pages = PageSizes(usual: 100, largest: 1_000)
  private static let maximumKey = 256
  /// Changes that wait for a slow watcher before older ones of the same alert give way.
  private static let watchCapacity = 1_024
  private static let watchBatch = 64

  let store: any AlertStore
  let clock: WallClock
  /// Tells watchers of this replica.
  let changes = Broadcast<String, Alert>()
  let drain: DrainSignal

  func raiseAlert(_ request: RaiseAlertRequest, _ call: ServerCall) async throws -> Alert {
    var wrong: [ServiceFault.FieldViolation] = []
    if !(1...Self.maximumKey).contains(request.key.count) {
      wrong.append(.init("key", "must have 1 to \(Self.maximumKey) characters"))
    }
    if request.code.isEmpty { wrong.append(.init("code", "is required")) }
    if request.severity == .unspecified || request.severity.isUnrecognized {
      wrong.append(.init("severity", "must be one of info, low, medium, high, critical"))
    }
    var time = clock.now()
    if let given = request.time {
      if let instant = UTCInstant(given) {
        time = instant
      } else {
        wrong.append(.init("time", "must be a moment of the years 1678 to 2262"))
      }
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    return told(try await store.raise(request, time: time.microseconds))
  }

  func listAlerts(_ request: ListAlertsRequest, _ call: ServerCall) async throws -> ListAlertsResponse {
    let limit = try Self.pages.size(request.pageSize)
    let list = ["alerts", "\(request.status.rawValue)", request.resource, request.environment].joined(separator: "|")
    var before = Int64.max
    if !request.pageToken.isEmpty {
      guard let position = PageToken.position(in: request.pageToken, of: list, count: 1) else {
        throw ServiceFault.wrongPageToken()
      }
      before = position[0]
    }
    let filter = AlertFilter(
      status: request.status, resource: request.resource, environment: request.environment)
    let found = try await store.alerts(filter, before: before, limit: limit + 1)
    let page = found.prefix(limit)
    let last = found.count > limit ? page.last : nil
    return ListAlertsResponse(
      alerts: page.map(\.alert), nextPageToken: last.map { PageToken(list: list, position: [$0.ordinal]).text } ?? "")
  }

  func acknowledgeAlert(_ request: AcknowledgeAlertRequest, _ call: ServerCall) async throws -> Alert {
    if request.id.isEmpty { throw ServiceFault.invalid("id", "is required") }
    guard let alert = try await store.acknowledge(request.id, by: request.acknowledgedBy) else {
      throw Self.missing(request.id)
    }
    return told(alert)
  }

  func resolveAlert(_ request: ResolveAlertRequest, _ call: ServerCall) async throws -> Alert {
    guard request.id.isEmpty != request.key.isEmpty else {
      throw ServiceFault.invalid("id", "either it or key must be given")
    }
    let name = request.id.isEmpty ? AlertName.openKey(request.key) : .id(request.id)
    guard let alert = try await store.resolve(name, time: clock.now().microseconds) else {
      throw Self.missing(request.id + request.key)
    }
    return told(alert)
  }

  func watchAlerts(_ request: WatchAlertsRequest, _ responses: RPCWriter<Alert>, _ call: ServerCall) async throws {
    let subscription = Subscription<String, Alert>(capacity: Self.watchCapacity)
    let token = changes.join(subscription)
    defer { changes.leave(token) }
    // Says that alerts from now on are told.
    call.sendInitialMetadata()
    try await drain.whileOpen(onDrain: { subscription.finish() }) {
      while let entries = try await subscription.next(Self.watchBatch) {
        for entry in entries where entry.value.severity.rawValue >= request.minSeverity.rawValue {
          try await responses.write(entry.value)
        }
      }
    }
    throw ServiceFault.draining
  }

  private func told(_ alert: Alert) -> Alert {
    changes.publish(alert, for: alert.id)
    return alert
  }

  private static func missing(_ name: String) -> ServiceFault {
    ServiceFault(.notFound, .alertNotFound, "there is no alert \(name)", facts: ["alert": name])
  }
}

extension Severity {
  fileprivate var isUnrecognized: Bool {
    if case .unrecognized = self { true } else { false }
  }
}
