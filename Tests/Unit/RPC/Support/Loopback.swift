import NIOCore
import NIOPosix
import RPCCore
import RPCResolver
import RPCTesting
import RPCTransport

/// Servers and clients on loopback sockets, taken down when the test leaves.
enum Loopback {
  static let group = MultiThreadedEventLoopGroup.singleton

  static func server(
    _ methods: [RPCMethod], port: Int = 0, tls: RPCServerTLS? = nil, _ change: (inout ServerLimits) -> Void = { _ in }
  ) async throws -> RPCServer {
    var configuration = RPCServerConfiguration(port: port, tls: tls)
    change(&configuration.limits)
    return try await RPCServer.start(configuration, router: Router(services: [ClosureService(methods)]), group: group)
  }

  static func client(
    port: Int, tls: RPCClientTLS? = nil, resolver: (any AddressResolver)? = nil,
    _ change: (inout ClientLimits) -> Void = { _ in }
  ) throws -> RPCClient {
    var configuration = RPCClientConfiguration(target: RPCTarget(host: "127.0.0.1", port: port), tls: tls)
    configuration.limits.backoff.initial = .milliseconds(5)
    configuration.limits.backoff.maximum = .milliseconds(50)
    configuration.limits.retry.backoff.initial = .milliseconds(1)
    configuration.limits.retry.backoff.maximum = .milliseconds(5)
    configuration.limits.minResolveInterval = .milliseconds(5)
    if let resolver { configuration.resolver = resolver }
    change(&configuration.limits)
    return try RPCClient(configuration, group: group)
  }

  /// A server with these methods and a client of it.
  static func run<Result: Sendable>(
    _ methods: [RPCMethod], server changeServer: (inout ServerLimits) -> Void = { _ in },
    client changeClient: (inout ClientLimits) -> Void = { _ in },
    _ body: @escaping @Sendable (RPCClient, RPCServer) async throws -> Result
  ) async throws -> Result {
    let server = try await server(methods, changeServer)
    let client = try client(port: server.port, changeClient)
    do {
      let result = try await within(.seconds(50), "the test") { try await body(client, server) }
      client.shutDown()
      await server.shutdown(grace: .zero)
      return result
    } catch {
      client.shutDown()
      await server.shutdown(grace: .zero)
      throw error
    }
  }
}

/// Methods that tests share.
enum Handlers {
  static let echo = RPCMethod.unary(TestMethod.unary("Echo", isIdempotent: true)) {
    (request: BytesMessage, _) in request
  }

  static let bidirectionalEcho = RPCMethod.bidirectional(TestMethod.bidirectional) {
    (requests: RPCReader<BytesMessage>, responses: RPCWriter<BytesMessage>, _) in
    for try await request in requests { try await responses.write(request) }
  }

  /// A unary method that fails with `error`.
  static func failing(_ error: any Error, _ name: String = "Unary") -> RPCMethod {
    RPCMethod.unary(TestMethod.unary(name)) { (_: BytesMessage, _) -> BytesMessage in throw error }
  }

  /// A unary method that ends only by being cancelled; tells when it starts and when it is cancelled.
  static func stuck(_ events: Events<String>, isIdempotent: Bool = false) -> RPCMethod {
    RPCMethod.unary(TestMethod.unary("Stuck", isIdempotent: isIdempotent)) {
      (request: BytesMessage, _) -> BytesMessage in
      events.record("started")
      do {
        try await Task.sleep(for: .seconds(3_600))
      } catch {
        events.record("cancelled")
        throw error
      }
      return request
    }
  }
}

/// The status that `body` fails with.
func status<Result>(_ body: () async throws -> Result) async -> RPCError? {
  do {
    _ = try await body()
    return nil
  } catch let error as RPCError {
    return error
  } catch {
    return RPCError(.unknown, "not a status: \(error)")
  }
}
