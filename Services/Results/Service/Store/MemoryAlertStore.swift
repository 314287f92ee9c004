import Synchronization
import TwinConversions
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryAlertStore: AlertStore {
  private let state = Mutex<[Alert]>([])

  func raise(_ request: RaiseAlertRequest, time: Int64) async throws -> Alert {
    state.withLock { alerts in
      let time = ProtoTimestamp(microsecondsSinceUnixEpoch: time)
      let open = alerts.firstIndex { $0.key == request.key && $0.status != .resolved }
      var alert =
        open.map { alerts[$0] }
        ?? Alert(id: Self.id(alerts.count + 1), key: request.key, status: .open, firstTime: time, lastTime: time)
      alert.severity = request.severity
      alert.code = request.code
      alert.message = request.message
      alert.resource = request.resource
      alert.environment = request.environment
      alert.details = request.details
      alert.count += 1
      if let last = alert.lastTime, (last.seconds, last.nanos) < (time.seconds, time.nanos) { alert.lastTime = time }
      if let open { alerts[open] = alert } else { alerts.append(alert) }
      return alert
    }
  }

  func alerts(_ filter: AlertFilter, before: Int64, limit: Int) async throws -> [StoredAlert] {
    state.withLock { alerts in
      let all = alerts.enumerated().map { StoredAlert(ordinal: Int64($0.offset + 1), alert: $0.element) }
      let found = all.reversed().lazy.filter { stored in
        stored.ordinal < before && (filter.status == .unspecified || stored.alert.status == filter.status)
          && (filter.resource.isEmpty || stored.alert.resource == filter.resource)
          && (filter.environment.isEmpty || stored.alert.environment == filter.environment)
      }
      return Array(found.prefix(limit))
    }
  }

  func acknowledge(_ id: String, by name: String) async throws -> Alert? {
    state.withLock { alerts in
      guard let index = alerts.firstIndex(where: { $0.id == id }) else { return nil }
      if alerts[index].status != .resolved {
        alerts[index].status = .acknowledged
        alerts[index].acknowledgedBy = name
      }
      return alerts[index]
    }
  }

  func resolve(_ name: AlertName, time: Int64) async throws -> Alert? {
    state.withLock { alerts in
      let index =
        switch name {
        case .id(let id): alerts.firstIndex { $0.id == id }
        case .openKey(let key): alerts.firstIndex { $0.key == key && $0.status != .resolved }
        }
      guard let index else { return nil }
      if alerts[index].status != .resolved {
        alerts[index].status = .resolved
        alerts[index].resolveTime = ProtoTimestamp(microsecondsSinceUnixEpoch: time)
      }
      return alerts[index]
    }
  }

  private static func id(_ number: Int) -> String {
    let digits = String(number)
    return "alert-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
