import CoreMetrics
import Logging
import NIOCore
import NIOPosix
import RPCCore
import RPCServices
import RPCTransport
import RuntimeConfiguration
import RuntimeInterceptors
import RuntimeSystem
import RuntimeTelemetry
import ServiceLifecycle
import TwinProto

/// Runs a service: the whole of every service's `main`.
public enum ServiceRuntime {
  /// How long the last log records may take to be written.
  static let flushLimit = Duration.seconds(2)

  /// Runs the service that `assembly` describes until it is told to stop, then ends the process.
  public static func run<Assembly: ServiceAssembly>(_ assembly: Assembly.Type) async -> Never {
    CurrentProcess.ignoreBrokenPipes()
    let code = await run(assembly, in: .current, isWholeProcess: true)
    CurrentProcess.exitNow(code)
  }

  /// - Parameter isWholeProcess: whether libraries that log and count by global functions do so here, too.
  /// - Returns: the exit code.
  package static func run<Assembly: ServiceAssembly>(
    _ assembly: Assembly.Type, in environment: ProcessEnvironment, isWholeProcess: Bool = false
  ) async -> Int32 {
    let configuration: ResolvedConfiguration
    do {
      switch try await ConfigurationLoader.load(
        schema(of: assembly), arguments: environment.arguments, environment: environment.variables)
      {
      case .help(let text):
        environment.print(text)
        return ExitCode.success
      case .version:
        environment.print("\(Assembly.identity.name) \(SuiteVersion.current)\n")
        return ExitCode.success
      case .run(let resolved): configuration = resolved
      }
    } catch {
      environment.complain("\(Assembly.identity.name): \(error)\n")
      return ExitCode.configuration
    }
    let telemetry = Telemetry(Assembly.identity, configuration, environment)
    if isWholeProcess { telemetry.bootstrapGlobally() }
    let exit: @Sendable (Int32) -> Void = { code in
      telemetry.writer.flush(within: flushLimit)
      environment.exit(code)
    }
    let code = await RunningService(Assembly.identity, configuration, telemetry, exit: exit)
      .run(assembly, signals: await environment.signals())
    telemetry.writer.flush(within: flushLimit)
    return code
  }

  /// Every setting of a service.
  static func schema<Assembly: ServiceAssembly>(of assembly: Assembly.Type) -> ConfigurationSchema {
    let identity = Assembly.identity
    // A history that can't be read is told when the service starts.
    let hasDatabase = (try? Assembly.migrations != nil) ?? true
    return ConfigurationSchema(
      program: identity.name, summary: identity.summary,
      scopes: RPCSettings.scopes(identity, peers: Assembly.peers, isReplicated: Assembly.isReplicated)
        + (hasDatabase ? [DatabaseSettings.scope] : []) + Assembly.settings
        + RuntimeSettings.scopes(adminPort: identity.adminPort))
  }
}

/// The log and the metrics of a process.
struct Telemetry: Sendable {
  let writer: LogWriter
  let metrics = MetricRegistry()
  private let handler: RuntimeLogHandler

  init(_ identity: ServiceIdentity, _ configuration: ResolvedConfiguration, _ environment: ProcessEnvironment) {
    let format = configuration[RuntimeSettings.logFormat]
    writer = LogWriter(
      sink: environment.logSink, dropReport: RuntimeLogHandler.dropReport(service: identity.name, format: format))
    handler = RuntimeLogHandler(
      service: identity.name, format: format, colours: environment.logIsTerminal,
      level: configuration[RuntimeSettings.logLevel].level, writer: writer, metadataProvider: .rpcCall)
    metrics.collectProcess()
    metrics.collectLogDrops(of: writer)
    metrics.declare([RuntimeMetrics.refusedMetrics])
    metrics.gauge(RuntimeMetrics.info, identity.name, SuiteVersion.current).set(1.0)
  }

  var logger: Logger {
    let handler = handler
    return Logger(label: "twin") { _ in handler }
  }

  /// Once per process.
  func bootstrapGlobally() {
    let handler = handler
    LoggingSystem.bootstrap { _ in handler }
    MetricsSystem.bootstrap(metrics)
  }
}
