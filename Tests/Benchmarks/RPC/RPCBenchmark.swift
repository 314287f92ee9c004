import ArgumentParser
import Foundation
import Logging
import NIOCore
import NIOPosix
import RPCCore
import RPCTransport
import RuntimeInterceptors
import RuntimeTelemetry

/// A message that is its own bytes, so that only the runtime is measured.
struct RawMessage: RPCMessage {
  static let messageName = "benchmark.Raw"
  var bytes: ByteBuffer

  init(_ bytes: ByteBuffer) { self.bytes = bytes }

  init(serialized buffer: ByteBuffer) { bytes = buffer }

  func serialize(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }
}

enum Methods {
  static let unary = MethodDescriptor(service: "benchmark.Echo", method: "Unary", kind: .unary)
  static let stream = MethodDescriptor(service: "benchmark.Echo", method: "Stream", kind: .bidirectional)
}

struct EchoService: RPCService {
  var methods: [RPCMethod] {
    [
      .unary(Methods.unary) { (request: RawMessage, _: ServerCall) in request },
      .bidirectional(Methods.stream) { (requests: RPCReader<RawMessage>, responses: RPCWriter<RawMessage>, _) in
        for try await request in requests { try await responses.write(request) }
      },
    ]
  }
}

@main
struct RPCBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc-benchmark", abstract: "Both ends of the RPC benchmarks.", subcommands: [Serve.self, Load.self])
}

struct Serve: AsyncParsableCommand {
  @Option var threads = 1

  @Flag(help: "Without the interceptor that every service has, to see what it costs.") var bare = false

  func run() async throws {
    // As every service runs it: counted, timed, with deadlines and a place in the log.
    let observer = ServerObserver(
      metrics: MetricRegistry(), logger: Logger(label: "benchmark", factory: { _ in SwiftLogNoOpLogHandler() }),
      defaultDeadline: .seconds(30))
    let server = try await RPCServer.start(
      RPCServerConfiguration(port: 0),
      router: Router(services: [EchoService()], interceptors: bare ? [] : [observer]),
      group: MultiThreadedEventLoopGroup(numberOfThreads: threads))
    print("listening \(server.port)")
    fflush(nil)
    // The harness ends this process by its standard input.
    while let line = readLine() {
      if line == "cpu" {
        print("cpu \(cpuSeconds())")
        fflush(nil)
      }
    }
  }
}

func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
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
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let payload = RawMessage(ByteBuffer(repeating: 0x61, count: payload))
    let end = ContinuousClock.now + .seconds(seconds)
    let started = ContinuousClock.now
    let options = CallOptions(timeout: .seconds(timeoutSeconds))
    let count = try await withThrowingTaskGroup(of: Int.self) { tasks in
      for _ in 0..<connections {
        let client = try RPCClient(
          RPCClientConfiguration(target: RPCTarget(host: "127.0.0.1", port: port)), group: group)
        for _ in 0..<inFlight {
          tasks.addTask {
            mode == "unary"
              ? try await Self.unary(client, payload, options, until: end)
              : try await Self.stream(client, payload, until: end)
          }
        }
      }
      return try await tasks.reduce(0, +)
    }
    let took = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1000
    print("calls \(count) seconds \(took) per-second \(Int(Double(count) / took)) cpu \(cpuSeconds())")
  }

  private static func unary(
    _ client: RPCClient, _ payload: RawMessage, _ options: CallOptions, until end: ContinuousClock.Instant
  ) async throws -> Int {
    var count = 0
    while ContinuousClock.now < end {
      _ = try await client.unary(Methods.unary, payload, options: options, response: RawMessage.self)
      count += 1
    }
    return count
  }

  private static func stream(_ client: RPCClient, _ payload: RawMessage, until end: ContinuousClock.Instant)
    async throws -> Int
  {
    try await client.bidirectional(Methods.stream) {
      (requests: ClientRequests<RawMessage>, responses: ClientResponses<RawMessage>) in
      async let sent: Void = {
        while ContinuousClock.now < end { try await requests.write(payload) }
        requests.finish()
      }()
      var count = 0
      for try await _ in responses { count += 1 }
      try await sent
      return count
    }
  }
}
