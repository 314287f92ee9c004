import PostgresDriver
import PostgresPool
public import RuntimeConfiguration

/// The settings of a service's database.
public enum DatabaseSettings {
  public static let url = Setting.secret(
    "database.url", isRequired: true,
    "Where the service's database is and as whom to work there: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
  public static let ownerURL = Setting.secret(
    "database.owner-url",
    "The same for the role that owns the schema and runs the migrations. Without it the service waits until somebody "
      + "else has run them.")
  public static let maxConnections = Setting.integer(
    "database.max-connections", default: 8, in: 1...200, unit: "connections", "Connections of the pool at most.")
  public static let acquireTimeout = Setting.duration(
    "database.acquire-timeout", default: .seconds(5), in: .milliseconds(10)...(.seconds(300)),
    "How long a call may wait for a connection.")
  public static let statementTimeout = Setting.duration(
    "database.statement-timeout", default: .seconds(30), in: .milliseconds(10)...(.seconds(3600)),
    "How long one statement may take.")

  static let scope = SettingScope("Database", [url, ownerURL, maxConnections, acquireTimeout, statementTimeout])

  /// - Parameter name: what `pg_stat_activity` shows.
  /// - Throws: `ConfigurationError` for a URL that can't be read.
  static func connection(
    _ setting: Setting<Secret>, _ configuration: ResolvedConfiguration, name: String
  ) throws -> PostgresConfiguration {
    do {
      var connection = try PostgresConfiguration(url: configuration[setting].reveal())
      connection.applicationName = name
      connection.statementTimeout = configuration[statementTimeout]
      return connection
    } catch {
      // The driver never quotes the password.
      throw ConfigurationError([.init(place: setting.description.environmentName, reason: "\(error)")])
    }
  }

  static func pool(_ configuration: ResolvedConfiguration) -> PoolConfiguration {
    PoolConfiguration(
      maximumConnections: configuration[maxConnections], acquireTimeout: configuration[acquireTimeout],
      closeTimeout: configuration[RuntimeSettings.drainTimeout] * (1 - RunningService.callShareOfDrain))
  }
}
