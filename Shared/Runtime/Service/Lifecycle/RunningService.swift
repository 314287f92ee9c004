import Logging
import NIOCore
import NIOPosix
import PostgresMigrations
import PostgresPool
import RPCCore
import RPCServices
import RPCTransport
import RuntimeConfiguration
import RuntimeInterceptors
import RuntimeSystem
import RuntimeTelemetry
import ServiceLifecycle
import Synchronization
import TwinProto
import UnixSignals

/// One service from its configuration to its end.
struct RunningService: Sendable {
  /// Of the drain's bound, the share that open calls have; the rest is for what stops after them.
  static let callShareOfDrain = 0.8

  private let identity: ServiceIdentity
  private let configuration: ResolvedConfiguration
  private let telemetry: Telemetry
  private let logger: Logger
  private let exit: @Sendable (Int32) -> Void
  private let health = HealthRegistry()
  private let clock = ContinuousClock()

  init(
    _ identity: ServiceIdentity, _ configuration: ResolvedConfiguration, _ telemetry: Telemetry,
    exit: @escaping @Sendable (Int32) -> Void
  ) {
    self.identity = identity
    self.configuration = configuration
    self.telemetry = telemetry
    self.exit = exit
    logger = telemetry.logger
  }

  /// What can't be listened on, by whom.
  private struct CannotListen: Error {
    let setting: String
    let cause: any Error
  }

  /// - Returns: the exit code.
  func run<Assembly: ServiceAssembly>(_ assembly: Assembly.Type, signals: AsyncStream<UnixSignal>) async -> Int32 {
    logger.notice("starting", metadata: .of([.version: "\(SuiteVersion.current)"]))
    for (name, value, layer) in configuration.overrides {
      logger.info("setting", metadata: .of([.setting: "\(name)", .value: "\(value)", .source: "\(layer.rawValue)"]))
    }
    let threads = configuration[RuntimeSettings.eventLoops]
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads > 0 ? threads : System.coreCount)
    let announcement = Announcement(service: identity.name, path: configuration[RuntimeSettings.announceFile])
    defer { announcement.withdraw() }
    let code: Int32
    do {
      let parts = try await start(assembly, group, announcement)
      let sequence = StopSequence(
        health: health, limits: RuntimeSettings.stopLimits(configuration), clock: clock, logger: logger, exit: exit)
      code = await sequence.run(parts, signals: signals)
    } catch let error as CannotListen {
      logger.critical("can't listen", metadata: .of([.setting: "\(error.setting)", .error: "\(error.cause)"]))
      code = ExitCode.cannotListen
    } catch let error as ConfigurationError {
      logger.critical("the configuration is wrong", metadata: .of([.error: "\(error)"]))
      code = ExitCode.configuration
    } catch {
      logger.critical("the service can't start", metadata: .of([.error: "\(error)"]))
      code = ExitCode.failure
    }
    try? await group.shutdownGracefully()
    logger.notice("stopped", metadata: .of([.status: "\(code)"]))
    return code
  }

  /// Builds everything, in the order of starting.
  private func start<Assembly: ServiceAssembly>(
    _ assembly: Assembly.Type, _ group: any EventLoopGroup, _ announcement: Announcement
  ) async throws -> [(name: String, service: any Service)] {
    // Before anybody can ask, or a service none of whose parts is known yet would call itself ready.
    let start = health.add("start")
    let admin = try await listen("admin", RuntimeSettings.adminHost, RuntimeSettings.adminPort) { host, port in
      try await AdminServer.start(
        host: host, port: port,
        routes: AdminRoutes(service: identity.name, health: health, metrics: telemetry.metrics), group: group)
    }
    try announcement.add("admin", admin.address)
    telemetry.metrics.collect(health)
    var parts: [(name: String, service: any Service)] = [("admin", admin)]

    let peers = try makePeers(Assembly.peers, group)
    let replicaChannels = ReplicaChannels(
      own: identity, configuration: configuration, interceptors: [clientObserver], group: group)
    parts.append(("peers", PeerClients(clients: peers.map(\.client), replicas: replicaChannels)))
    let addresses = try serviceAddresses(assembly)
    parts.append(("addresses", AddressLookUps(all: Array(addresses.values), clock: clock)))
    var dependencies: [any Dependency] = []
    var database: ServiceDatabase?
    if let migrations = try Assembly.migrations {
      let connections = try makeDatabase(migrations)
      database = connections.database
      dependencies.append(connections.dependency)
      parts.append(("database connections", connections))
    }
    for (need, client) in peers {
      dependencies.append(
        PeerDependency(need: need, channel: client, timeout: configuration[RuntimeSettings.checkTimeout]))
    }
    // All of them are known before the first is checked, so that "ready" is never said too early.
    let handles = dependencies.map { health.add($0.name, isRequired: $0.isRequired) }

    let context = ServiceContext(
      identity: identity, configuration: configuration, logger: logger, metrics: telemetry.metrics, health: health,
      clock: clock, eventLoops: group, announcement: announcement,
      channels: Dictionary(uniqueKeysWithValues: peers.map { ($0.need.identity.name, $0.client) }),
      replicaChannels: replicaChannels,
      addresses: addresses,
      advertisedAddress: try await assembly.isReplicated ? advertisedAddress() : "",
      ownDatabase: database)
    let service = try await Assembly(context)
    for (dependency, handle) in zip(dependencies, handles) {
      let monitor = DependencyMonitor(
        dependency, health: handle, limits: RuntimeSettings.dependencyLimits(configuration), clock: clock,
        logger: logger, seed: .random(in: 0 ... .max))
      parts.append((dependency.name, monitor))
    }
    parts += service.backgroundServices.map { ($0.name, $0.service) }
    if let serving = try await serve(service, group, announcement) { parts.append(("rpc", serving)) }
    start.set(.ok)
    reportReadiness()
    return parts
  }

  private func makeDatabase(_ migrations: [Migration]) throws -> DatabaseConnections {
    let app = try DatabaseSettings.connection(DatabaseSettings.url, configuration, name: identity.name)
    let owner =
      configuration[DatabaseSettings.ownerURL].isEmpty
      ? nil
      : try DatabaseSettings.connection(
        DatabaseSettings.ownerURL, configuration, name: "\(identity.name) migrations")
    let dependency = DatabaseDependency(
      try SchemaMigrations(schema: identity.schema, migrations), app: app, owner: owner,
      checkTimeout: configuration[RuntimeSettings.checkTimeout])
    let pool = PostgresPool(
      app, configuration: DatabaseSettings.pool(configuration), observer: DatabaseObserver(telemetry.metrics))
    telemetry.metrics.collect(pool)
    return DatabaseConnections(database: ServiceDatabase(pool: pool, configuration: app), dependency: dependency)
  }

  private func makePeers(
    _ needs: [PeerNeed], _ group: any EventLoopGroup
  ) throws -> [(need: PeerNeed, client: RPCClient)] {
    let observer = clientObserver
    return try needs.map { need in
      var client = try RPCSettings.client(configuration, peer: need.identity)
      client.interceptors = [observer]
      return (need, try RPCClient(client, group: group))
    }
  }

  /// Counts and bounds the calls to other services.
  private var clientObserver: ClientObserver {
    ClientObserver(metrics: telemetry.metrics, defaultTimeout: configuration[RPCSettings.defaultDeadline])
  }

  /// Where the peers are, and the replicas of this service if it isn't the only one.
  private func serviceAddresses<Assembly: ServiceAssembly>(_ assembly: Assembly.Type) throws
    -> [String: ServiceAddresses]
  {
    var sources = Dictionary(
      uniqueKeysWithValues: Assembly.peers.map { need in
        let setting = RPCSettings.addresses(of: need.identity)
        return (need.identity.name, RPCSettings.source(configuration, setting, need.identity))
      })
    if Assembly.isReplicated { sources[identity.name] = RPCSettings.ownSource(configuration, identity) }
    let interval = sources.isEmpty ? .zero : configuration[RPCSettings.resolveInterval]
    return Dictionary(
      uniqueKeysWithValues: sources.map { name, source in
        (name, ServiceAddresses(name: name, SourceResolver(source: source), interval: interval, logger: logger))
      })
  }

  /// Where others reach this process, as they have it in their lists: a name that can be looked up now counts as its
  /// address.
  private func advertisedAddress() async throws -> String {
    let address = try RPCSettings.advertised(configuration, identity)
    guard RPCSettings.ownSource(configuration, identity) != nil else { return address.description }
    let found = try? await SourceResolver(source: .listed([address])).addresses()
    return found?.first?.text ?? address.description
  }

  private func serve(
    _ service: some ServiceAssembly, _ group: any EventLoopGroup, _ announcement: Announcement
  ) async throws -> RPCServing? {
    guard identity.rpcPort != nil else { return nil }
    let names = Set(service.rpcServices.flatMap(\.methods).map(\.descriptor.service)).sorted()
    let grpcHealth = HealthService(services: names)
    // Reflection names itself, too, as in every other implementation.
    let infrastructure = [
      GRPCHealthMethods.check, GRPCReflectionV1ServerReflectionMethods.serverReflectionInfo,
      GRPCReflectionV1AlphaServerReflectionMethods.serverReflectionInfo,
    ].map(\.service)
    let index = ReflectionIndex(services: names + infrastructure, files: TwinDescriptors.files)
    let gate = StartGate(health)
    let observer = ServerObserver(
      metrics: telemetry.metrics, logger: logger, defaultDeadline: configuration[RPCSettings.defaultDeadline])
    let router = Router(
      services: [grpcHealth, ReflectionService(index), ReflectionAlphaService(index)] + service.rpcServices,
      interceptors: [observer] + service.interceptors + [gate])
    var serverConfiguration = try RPCSettings.server(configuration)
    let server = try await listen("grpc", RPCSettings.host, RPCSettings.port) { host, port in
      serverConfiguration.host = host
      serverConfiguration.port = port
      return try await RPCServer.start(serverConfiguration, router: router, group: group)
    }
    try announcement.add("grpc", "\(serverConfiguration.host):\(server.port)")
    collect(server.statistics)
    grpcHealth.follow(health)
    health.observe { if $0.isReady { gate.open() } }
    let drain = configuration[RuntimeSettings.drainTimeout]
    return RPCServing(server: server, health: grpcHealth, grace: drain * Self.callShareOfDrain)
  }

  private func collect(_ statistics: ServerStatistics) {
    telemetry.metrics.collect { samples in
      let now = statistics.snapshot
      samples.add(RPCMetrics.serverConnections, Double(now.connectionsOpen))
      samples.add(RPCMetrics.serverRefusedConnections, Double(now.connectionsRefused))
      samples.add(RPCMetrics.serverOpenCalls, Double(now.callsStarted - now.callsEnded))
    }
  }

  private func listen<Listening>(
    _ name: String, _ host: Setting<String>, _ port: Setting<Int>,
    _ start: (String, Int) async throws -> Listening
  ) async throws -> Listening {
    do {
      return try await start(configuration[host], configuration[port])
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw CannotListen(setting: "\(port.name)=\(configuration[port])", cause: error)
    }
  }

  private func reportReadiness() {
    let logger = logger
    let last = LastReadiness()
    health.observe { report in
      // That it isn't ready at first goes without saying; each dependency says why.
      guard last.changes(to: report.isReady) else { return }
      if report.isReady {
        logger.notice("ready")
      } else if !report.isDraining {
        logger.warning("not ready", metadata: .of([.error: "\(report.reasons.joined(separator: "; "))"]))
      }
    }
  }
}

/// What was said last about readiness.
private final class LastReadiness: Sendable {
  private let wasReady = Mutex(false)

  func changes(to isReady: Bool) -> Bool {
    wasReady.withLock { wasReady in
      defer { wasReady = isReady }
      return wasReady != isReady
    }
  }
}
