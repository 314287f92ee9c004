import Logging
public import RuntimeConfiguration
public import RuntimeTelemetry

/// How much is logged.
public enum LogLevel: String, Sendable, CaseIterable {
  case trace, debug, info, notice, warning, error, critical

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// The settings that every service has.
public enum RuntimeSettings {
  public static let logLevel = Setting<LogLevel>.choice(
    "log.level", default: .info, "The least important records to write.")
  public static let logFormat = Setting<LogFormat>.choice(
    "log.format", default: .text, "Lines for people, or one JSON object per record for programs.")

  public static let adminHost = Setting.text(
    "admin.host", default: "127.0.0.1", allowed: "address",
    "Where metrics and health are served over HTTP. 0.0.0.0 for all interfaces.")
  public static let adminPort = Setting.port(
    "admin.port", default: 0, "The port of /metrics, /livez and /readyz. 0 for any free one, which is then announced.")
  public static let announceFile = Setting.text(
    "announce-file", allowed: "path",
    "A JSON file to write with the addresses that are listened on; it is removed at the end.")
  public static let eventLoops = Setting.integer(
    "event-loops", default: 0, in: 0...64, unit: "threads",
    "Threads that do network I/O. 0 for one for each processor.")

  public static let drainDelay = Setting.duration(
    "lifecycle.drain-delay", default: .zero, in: .zero ... .seconds(60),
    "After a signal, how long to go on accepting while saying 'not ready', so that load balancers notice.")
  public static let drainTimeout = Setting.duration(
    "lifecycle.drain-timeout", default: .seconds(20), in: .milliseconds(100)...(.seconds(600)),
    "How long open calls and background work may take to finish after that. Keep it below the platform's own limit.")

  public static let checkInterval = Setting.duration(
    "health.check-interval", default: .seconds(5), in: .milliseconds(100)...(.seconds(300)),
    "How often a dependency that answers is checked.")
  public static let checkTimeout = Setting.duration(
    "health.check-timeout", default: .seconds(2), in: .milliseconds(50)...(.seconds(60)),
    "How long one check of a dependency may take.")
  public static let prepareTimeout = Setting.duration(
    "health.prepare-timeout", default: .seconds(300), in: .seconds(1)...(.seconds(3600)),
    "How long the first preparation of a dependency, migrations included, may take.")
  public static let retryFirst = Setting.duration(
    "health.retry-first", default: .milliseconds(200), in: .milliseconds(10)...(.seconds(60)),
    "The wait after the first failed attempt; it doubles with each further one, less up to half at random.")
  public static let retryLongest = Setting.duration(
    "health.retry-longest", default: .seconds(5), in: .milliseconds(10)...(.seconds(600)),
    "The longest wait between attempts.")

  static func stopLimits(_ configuration: ResolvedConfiguration) -> StopLimits {
    StopLimits(drainDelay: configuration[drainDelay], drainTimeout: configuration[drainTimeout])
  }

  static func dependencyLimits(_ configuration: ResolvedConfiguration) -> DependencyLimits {
    let longest = configuration[retryLongest]
    return DependencyLimits(
      checkInterval: configuration[checkInterval], checkTimeout: configuration[checkTimeout],
      prepareTimeout: configuration[prepareTimeout],
      retry: RetrySchedule(first: min(configuration[retryFirst], longest), longest: longest))
  }

  /// The scopes of every service, before its own.
  static func scopes(adminPort port: Int) -> [SettingScope] {
    [
      SettingScope("Logs", [logLevel, logFormat]),
      SettingScope("Metrics and health", [adminHost, adminPort.defaulting(to: port), announceFile]),
      SettingScope(
        "Start and stop",
        [
          eventLoops, drainDelay, drainTimeout, checkInterval, checkTimeout, prepareTimeout, retryFirst, retryLongest,
        ]),
    ]
  }
}
