import ArgumentParser
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOPosix

/// Messages that are their own bytes, as on the other side of the comparison.
struct Raw: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
    bytes.withUnsafeBytes { [UInt8]($0) }
  }
}

enum Methods {
  static let unary = MethodDescriptor(fullyQualifiedService: "benchmark.Echo", method: "Unary")
  static let stream = MethodDescriptor(fullyQualifiedService: "benchmark.Echo", method: "Stream")
}

struct EchoService: RegistrableRPCService {
  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(forMethod: Methods.unary, deserializer: Raw(), serializer: Raw()) { request, _ in
      let single = try await ServerRequest(stream: request)
      return StreamingServerResponse(single: ServerResponse(message: single.message))
    }
    router.registerHandler(forMethod: Methods.stream, deserializer: Raw(), serializer: Raw()) { request, _ in
      StreamingServerResponse { writer in
        for try await message in request.messages { try await writer.write(message) }
        return [:]
      }
    }
  }
}

@main
struct GRPCPeer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grpc-peer", abstract: "Both ends of the RPC benchmarks, on grpc-swift-2.",
    subcommands: [Serve.self, Load.self])
}

func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

struct Serve: AsyncParsableCommand {
  @Option var threads = 1

  func run() async throws {
    let server = GRPCServer(
      transport: .http2NIOPosix(
        address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext,
        eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: threads)), services: [EchoService()])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.serve() }
      if let port = try await server.listeningAddress?.ipv4?.port { print("listening \(port)") }
      fflush(nil)
      while let line = readLine() {
        if line == "cpu" {
          print("cpu \(cpuSeconds())")
          fflush(nil)
        }
      }
      server.beginGracefulShutdown()
      group.cancelAll()
    }
  }
}

struct Load: AsyncParsableCommand {
  @Option var port: Int
  @Option var seconds = 5.0
  @Option var connections = 4
  @Option var inFlight = 32
  @Option var payload = 277
  @Option var mode = "unary"
  @Option var timeoutSeconds = 20.0

  func run() async throws {
    let payload = [UInt8](repeating: 0x61, count: payload)
    let end = ContinuousClock.now + .seconds(seconds)
    let started = ContinuousClock.now
    let count = try await withThrowingTaskGroup(of: Int.self) { tasks in
      for _ in 0..<connections {
        tasks.addTask {
          try await withGRPCClient(
            transport: .http2NIOPosix(
              target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext,
              eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: 1))
          ) { client in
            try await withThrowingTaskGroup(of: Int.self) { calls in
              for _ in 0..<inFlight {
                calls.addTask {
                  mode == "unary"
                    ? try await unary(client, payload, until: end) : try await stream(client, payload, until: end)
                }
              }
              return try await calls.reduce(0, +)
            }
          }
        }
      }
      return try await tasks.reduce(0, +)
    }
    let took = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1000
    print("calls \(count) seconds \(took) per-second \(Int(Double(count) / took)) cpu \(cpuSeconds())")
  }

  private func unary(
    _ client: GRPCClient<some ClientTransport>, _ payload: [UInt8], until end: ContinuousClock.Instant
  ) async throws -> Int {
    var options = CallOptions.defaults
    options.timeout = .seconds(timeoutSeconds)
    var count = 0
    while ContinuousClock.now < end {
      _ = try await client.unary(
        request: ClientRequest(message: payload), descriptor: Methods.unary, serializer: Raw(), deserializer: Raw(),
        options: options
      ) { try $0.message }
      count += 1
    }
    return count
  }

  private func stream(
    _ client: GRPCClient<some ClientTransport>, _ payload: [UInt8], until end: ContinuousClock.Instant
  ) async throws -> Int {
    try await client.bidirectionalStreaming(
      request: StreamingClientRequest { writer in
        while ContinuousClock.now < end { try await writer.write(payload) }
      }, descriptor: Methods.stream, serializer: Raw(), deserializer: Raw(), options: .defaults
    ) { response in
      var count = 0
      for try await _ in response.messages { count += 1 }
      return count
    }
  }
}
