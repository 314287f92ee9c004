import FleetCore
import Foundation
import Logging
import NIOPosix
public import PostgresMigrations
import PostgresPool
public import RPCCore
public import RuntimeConfiguration
import ServiceLifecycle
public import ServiceRuntime
import SimulationScenarios
import TwinProto

/// The scenario runner: keeps scenarios, runs them, sends outcomes to the results service.
public struct ScenarioRunnerAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.scenarioRunner

  private static let workers = Setting.integer(
    "runner.workers", default: 0, in: 0...256, unit: "runs",
    "Runs that are simulated at once. 0 for one for each processor.")
  private static let timeLimit = Setting.duration(
    "runner.time-limit", default: .seconds(600), in: .milliseconds(100)...(.seconds(86_400)),
    "How long a run may compute when its request says nothing.")
  private static let lease = Setting.duration(
    "runner.lease", default: .seconds(15), in: .seconds(1)...(.seconds(600)),
    "A run whose runner shows no sign of life for this long is given to another.")
  private static let maxWaiting = Setting.integer(
    "runner.max-waiting", default: 10_000, in: 1...1_000_000, unit: "runs",
    "Runs that may wait; further ones are refused.")

  private static let parallelChanges = Setting.integer(
    "changes.parallel", default: 10, in: 1...256, unit: "simulations", "Changes that are simulated at once.")
  private static let waitingChanges = Setting.integer(
    "changes.max-waiting", default: 100, in: 0...100_000, unit: "simulations",
    "Simulations of changes that may wait; further ones are refused.")
  private static let changeTimeLimit = Setting.duration(
    "changes.time-limit", default: .seconds(20), in: .milliseconds(100)...(.seconds(600)),
    "How long the simulation of a change may compute when its request says nothing; then it counts as failed.")

  private static let changeMemory = Setting.bytes(
    "changes.memory-bytes", default: .mebibytes(64), in: .mebibytes(1)...(.mebibytes(65_536)),
    "What the state of one simulation of a change may take in memory; then it counts as failed.")

  public static var settings: [SettingScope] {
    [
      SettingScope("Runs", [workers, timeLimit, lease, maxWaiting]),
      SettingScope("Changes", [parallelChanges, waitingChanges, changeTimeLimit, changeMemory]),
    ]
  }

  public static var peers: [PeerNeed] { [.optional(.twinEngine), .optional(.stateSync), .required(.results)] }

  public static var migrations: [Migration]? {
    get throws {
      [
        try Migration(file: "0001_scenarios.sql", PackageResources._001_scenarios_sql),
        try Migration(file: "0002_changes.sql", PackageResources._002_changes_sql),
      ]
    }
  }

  public let rpcServices: [any RPCService]
  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    var limits = RunLimits()
    limits.maxWaiting = context.configuration[Self.maxWaiting]
    limits.timeLimit = context.configuration[Self.timeLimit] / .seconds(1)
    limits.lease = context.configuration[Self.lease] / .seconds(1)
    let store = PostgresRunStore(pool: context.database.pool)
    let twins = EngineTwinSource(client: TwinServiceClient(context.peer(.twinEngine)))
    let board = RunBoard()
    let configured = context.configuration[Self.workers]
    let count = configured > 0 ? configured : ProcessInfo.processInfo.activeProcessorCount
    let threads = NIOThreadPool(numberOfThreads: count)
    let sink = ServiceResultSink(client: ResultServiceClient(context.peer(.results)))
    var changeLimits = ChangeLimits()
    changeLimits.parallel = context.configuration[Self.parallelChanges]
    changeLimits.maxWaiting = context.configuration[Self.waitingChanges]
    changeLimits.timeLimit = context.configuration[Self.changeTimeLimit] / .seconds(1)
    changeLimits.memoryBytes = context.configuration[Self.changeMemory].bytes
    // One thread each, so that a place is a thread.
    let changeThreads = NIOThreadPool(numberOfThreads: changeLimits.parallel)
    let changeStore = PostgresChangeStore(pool: context.database.pool)
    let changeRunner = ChangeRunner(
      store: changeStore,
      environments: EngineEnvironmentSource(client: EnvironmentTwinServiceClient(context.peer(.twinEngine))),
      loads: StateSyncLoadSource(client: EnvironmentServiceClient(context.peer(.stateSync)), clock: .system),
      board: RunBoard(), limits: changeLimits, threads: changeThreads, logger: context.logger)
    rpcServices = [
      ScenarioHandler(store: store, twins: twins, library: .standard),
      SimulationHandler(
        store: store, twins: twins, library: .standard, board: board, limits: limits,
        changes: ChangeWatch(store: changeStore, board: changeRunner.board, limits: changeLimits)),
      ChangeHandler(store: changeStore, runner: changeRunner),
    ]
    let process = UUID().uuidString
    let runners = (0..<count).map { index in
      Runner(
        store: store, sink: sink, library: .standard, board: board, limits: limits, threads: threads,
        owner: "\(process)/\(index)", logger: context.logger,
        now: { Int64(Date().timeIntervalSince1970 * 1e6) })
    }
    let listener = PostgresListener(context.database.configuration, channels: [PostgresRunStore.channel])
    backgroundServices = [
      BackgroundService("change-threads") {
        changeThreads.start()
        try? await gracefulShutdown()
        try await changeThreads.shutdownGracefully()
      },
      BackgroundService("runners") {
        threads.start()
        await cancelWhenGracefulShutdown {
          await context.health.untilReady()
          await withTaskGroup(of: Void.self) { group in
            for runner in runners { group.addTask { await runner.work() } }
          }
        }
        try await threads.shutdownGracefully()
      },
      // Runs that other replicas were asked for.
      BackgroundService("run-notifications") {
        await cancelWhenGracefulShutdown {
          for await _ in listener { board.wakeRunners() }
        }
      },
    ]
  }
}
