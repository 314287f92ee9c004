import TwinProto

/// Which alerts to list; empty texts and an unspecified status mean all.
struct AlertFilter: Sendable, Hashable {
  var status = AlertStatus.unspecified
  var resource = ""
  var environment = ""
}

struct StoredAlert: Sendable, Equatable {
  /// Grows with every alert.
  var ordinal: Int64
  var alert: Alert
}

/// How an alert is named.
enum AlertName: Sendable, Hashable {
  case id(String)
  /// The one with the key that isn't resolved.
  case openKey(String)
}

/// Keeps alerts. What a method has returned from survives a crash.
protocol AlertStore: Sendable {
  /// Adds an alert, or counts it where one with its key isn't resolved.
  ///
  /// - Parameter time: when it happened, microseconds since 1970.
  func raise(_ alert: RaiseAlertRequest, time: Int64) async throws -> Alert
  /// Newest first, below `before`.
  func alerts(_ filter: AlertFilter, before: Int64, limit: Int) async throws -> [StoredAlert]
  /// Marks an alert that isn't resolved; one that is stays as it is. nil when there is none.
  func acknowledge(_ id: String, by name: String) async throws -> Alert?
  /// Ends an alert; one that has ended stays as it is. nil when there is none.
  func resolve(_ name: AlertName, time: Int64) async throws -> Alert?
}
