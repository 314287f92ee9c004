public import Logging

/// The name of one fact in a log record.
///
/// Each is declared once, here or beside the code that logs it, so that one thing has one name in all services.
public struct LogKey: Sendable, Hashable {
  public let name: String

  /// - Parameter name: snake_case, with the unit last.
  public init(_ name: String) { self.name = name }

  public static let requestID = LogKey("request_id")
  public static let traceID = LogKey("trace_id")
  public static let error = LogKey("error")
  public static let method = LogKey("method")
  public static let status = LogKey("status")
  public static let peer = LogKey("peer")
  public static let durationMS = LogKey("duration_ms")
  public static let dependency = LogKey("dependency")
  public static let attempt = LogKey("attempt")
  public static let retryInMS = LogKey("retry_in_ms")
  public static let address = LogKey("address")
  public static let reason = LogKey("reason")
  public static let setting = LogKey("setting")
  public static let value = LogKey("value")
  public static let source = LogKey("source")
  public static let component = LogKey("component")
  public static let version = LogKey("version")
  public static let count = LogKey("count")
  /// Records of the same kind that were left out before this one.
  public static let suppressed = LogKey("suppressed")
}

extension Logger.Metadata {
  /// Metadata from typed keys.
  public static func of(_ pairs: KeyValuePairs<LogKey, Logger.MetadataValue>) -> Logger.Metadata {
    Logger.Metadata(pairs.map { ($0.key.name, $0.value) }) { _, last in last }
  }
}

extension Logger {
  /// A logger that adds these facts to every record.
  public func with(_ pairs: KeyValuePairs<LogKey, Logger.MetadataValue>) -> Logger {
    var logger = self
    for (key, value) in pairs { logger[metadataKey: key.name] = value }
    return logger
  }
}
