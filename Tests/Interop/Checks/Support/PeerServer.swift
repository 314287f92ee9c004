import InteropSuite
import NIOCore
import NIOPosix
import RPCCore
import RPCServices
import RPCTransport
import TestProto
import TwinProto

/// Our side of the checks: a server with everything that peers ask for, on a free port.
struct PeerServer: Sendable {
  let server: RPCServer
  let events: EventLog
  let health: HealthService

  var port: Int { server.port }

  /// Runs `body` with a server, and ends the server afterwards.
  static func run<Result>(
    label: String = "first", port: Int = 0, tls: RPCServerTLS? = nil, limits: ServerLimits = ServerLimits(),
    _ body: (PeerServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(label: label, port: port, tls: tls, limits: limits)
    do {
      let result = try await body(server)
      await server.server.shutdown(grace: .zero)
      return result
    } catch {
      await server.server.shutdown(grace: .zero)
      throw error
    }
  }

  /// Starts a server that the caller must shut down.
  static func start(
    label: String = "first", port: Int = 0, tls: RPCServerTLS? = nil, limits: ServerLimits = ServerLimits()
  ) async throws -> PeerServer {
    let events = EventLog()
    let health = HealthService(services: [PeerService.name])
    let group = MultiThreadedEventLoopGroup.singleton
    var services: [any RPCService] = [
      PeerService(label: label, events: events, group: group), SuiteService(), health,
    ]
    let names = Set(services.flatMap(\.methods).map(\.descriptor.service)).subtracting([PeerService.name])
    let index = ReflectionIndex(
      services: names + [GRPCReflectionV1ServerReflectionMethods.serverReflectionInfo.service],
      files: TwinDescriptors.files + TestDescriptors.files)
    services += [ReflectionService(index), ReflectionAlphaService(index)] as [any RPCService]

    var configuration = RPCServerConfiguration(port: port, tls: tls)
    configuration.limits = limits
    let server = try await RPCServer.start(configuration, router: Router(services: services), group: group)
    return PeerServer(server: server, events: events, health: health)
  }
}

/// A client for one check.
enum PeerClient {
  /// Runs `body` with a client of `127.0.0.1:port`, and shuts it down afterwards.
  static func run<Result>(
    port: Int, tls: RPCClientTLS? = nil, limits: ClientLimits = ClientLimits(),
    _ body: (RPCClient) async throws -> Result
  ) async throws -> Result {
    var configuration = RPCClientConfiguration(target: RPCTarget(host: "127.0.0.1", port: port), tls: tls)
    configuration.limits = limits
    let client = try RPCClient(configuration, group: MultiThreadedEventLoopGroup.singleton)
    defer { client.shutDown() }
    return try await body(client)
  }
}
