import Hummingbird
import Logging
import NIOPosix
import ServiceLifecycle
import Testing

@testable import EdgeService

extension EdgeStage {
  private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  /// Serves at a free port while `body` runs. It may stop the service itself.
  static func serving(
    _ router: Hummingbird.Router<BasicRequestContext>, _ body: @Sendable (Int, ServiceGroup) async throws -> Void
  ) async throws {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let application = EdgeServer.application(
      router.buildResponder(), host: "127.0.0.1", port: 0, idleTimeout: .seconds(60), maxConnections: 100,
      logger: Self.quiet
    ) { continuation.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [application], logger: Self.quiet))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let result: Result<Void, any Error>
      do { result = .success(try await body(port, group)) } catch { result = .failure(error) }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      try result.get()
    }
  }

  /// Serves the stage at a free port while `body` runs, then ends its threads.
  static func serving(_ stage: EdgeStage, _ body: @Sendable (Int) async throws -> Void) async throws {
    let result: Result<Void, any Error>
    do {
      result = .success(try await serving(stage.router) { port, _ in try await body(port) })
    } catch {
      result = .failure(error)
    }
    try await stage.threads.shutdownGracefully()
    try result.get()
  }
}
