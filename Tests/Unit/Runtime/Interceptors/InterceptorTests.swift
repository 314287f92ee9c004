import Logging
import NIOCore
import RPCCore
import RPCInProcess
import RuntimeInterceptors
import RuntimeSystem
import RuntimeTelemetry
import Synchronization
import RuntimeTesting
import Testing
import TwinProto

@testable import ServiceRuntime

/// Answers as its request says and notes what it saw.
private final class Echo: RPCService {
  static let method = MethodDescriptor(service: "twin.test.Echo", method: "Say", kind: .unary)

  private let seenContext = Mutex<CallContext?>(nil)
  private let answer: @Sendable () async throws -> Void

  init(_ answer: @escaping @Sendable () async throws -> Void = {}) { self.answer = answer }

  var context: CallContext? { seenContext.withLock { $0 } }

  var methods: [RPCMethod] {
    [
      .unary(Self.method) { (request: GRPCHealthCheckRequest, _) in
        self.seenContext.withLock { $0 = CallContext.current }
        try await self.answer()
        return request
      }
    ]
  }
}

private struct Stage {
  let metrics = MetricRegistry()
  let sink = MemorySink()
  let echo: Echo
  let channel: InProcessChannel

  init(
    client: Bool = false, level: Logger.Level = .info, gate: StartGate? = nil,
    _ answer: @escaping @Sendable () async throws -> Void = {}
  ) {
    echo = Echo(answer)
    let observer = ServerObserver(
      metrics: metrics, logger: sink.logger(level), defaultDeadline: .seconds(30), identity: CallIdentity(seed: 1))
    let router = Router(services: [echo], interceptors: [observer] + (gate.map { [$0] } ?? []))
    channel = InProcessChannel(
      router,
      interceptors: client
        ? [ClientObserver(metrics: metrics, defaultTimeout: .seconds(20), identity: CallIdentity(seed: 2))] : [])
  }

  @discardableResult
  func say(_ pairs: KeyValuePairs<String, String> = [:]) async throws -> Metadata {
    var options = CallOptions()
    for (key, value) in pairs { options.metadata.add(key, value) }
    return try await channel.unaryWithMetadata(
      Echo.method, GRPCHealthCheckRequest(), options: options, response: GRPCHealthCheckRequest.self
    ).trailers
  }

  func lines(_ prefix: String) -> [Substring] {
    metrics.prometheusText().split(separator: "\n").filter { $0.hasPrefix(prefix) }
  }
}

private final class VirtualTime: Sendable { let now = Mutex(NIODeadline.uptimeNanoseconds(5_000_000_000)) }

@Suite(.timeLimit(.minutes(1))) struct Interceptors {
  @Test func callsAreCountedByMethodAndStatusAndTimed() async throws {
    let stage = Stage()
    try await stage.say()
    try await stage.say()
    #expect(
      stage.lines("twin_rpc_server_calls_total") == [
        #"twin_rpc_server_calls_total{method="twin.test.Echo/Say",status="OK"} 2"#
      ])
    #expect(
      stage.lines("twin_rpc_server_call_duration_seconds_count") == [
        #"twin_rpc_server_call_duration_seconds_count{method="twin.test.Echo/Say"} 2"#
      ])
  }

  @Test func aFailureIsCountedByItsStatusLoggedAndNamedToTheCaller() async throws {
    struct Broken: Error {}
    let stage = Stage { throw Broken() }
    let error = await #expect(throws: RPCError.self) { try await stage.say(["x-request-id": "r-7"]) }
    #expect(error?.code == .unknown)
    #expect(error?.trailers["x-request-id"] == "r-7")
    #expect(
      stage.lines("twin_rpc_server_calls_total").contains(
        #"twin_rpc_server_calls_total{method="twin.test.Echo/Say",status="UNKNOWN"} 1"#))
    let log = stage.sink.text
    #expect(log.contains("ERROR echo: call failed"))
    #expect(log.contains("request_id=r-7"))
    #expect(log.contains("status=UNKNOWN"))
    // The log says what the caller isn't told.
    #expect(log.contains("error=Broken()"))
  }

  @Test func aFloodOfFailuresIsLoggedWithinABound() async throws {
    let time = VirtualTime()
    let sink = MemorySink()
    let log = CallLog(sink.logger(.info)) { time.now.withLock { $0 } }
    let failing = RPCMethod(Echo.method) { call in
      log.failed(RPCError(.unavailable, "gone"), thrown: RPCError(.unavailable, "gone"), call, .zero)
    }
    struct One: RPCService { let methods: [RPCMethod] }
    let channel = InProcessChannel(Router(services: [One(methods: [failing])]))
    func call() async {
      _ = try? await channel.unary(Echo.method, GRPCHealthCheckRequest(), response: GRPCHealthCheckRequest.self)
    }
    for _ in 0..<50 { await call() }
    #expect(sink.text.split(separator: "\n").count == CallLog.maximumPerSecond)
    time.now.withLock { $0 = $0 + .seconds(1) }
    await call()
    #expect(sink.text.split(separator: "\n").last?.contains("suppressed=30") == true)
  }

  @Test func whatTheCallerDidWrongIsNotLoggedAsOurError() async throws {
    let stage = Stage { throw RPCError(.invalidArgument, "speed_mps: must not be negative") }
    await #expect(throws: RPCError.self) { try await stage.say() }
    #expect(stage.sink.text.isEmpty)
  }

  @Test func anAnsweredCallIsLoggedOnlyForDebugging() async throws {
    let stage = Stage(level: .debug)
    try await stage.say()
    #expect(stage.sink.text.contains("DEBUG echo: call answered"))
  }

  @Test func requestAndTraceOfTheCallerAreTakenOver() async throws {
    let stage = Stage()
    try await stage.say([
      "x-request-id": "r-7", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ])
    let context = try #require(stage.echo.context)
    #expect(context.requestID == "r-7")
    #expect(context.trace?.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(context.trace?.flags == 1)
    #expect(context.trace?.span != 0xb7ad_6b71_6920_3331)
  }

  @Test(arguments: ["", "with blank", String(repeating: "x", count: 65)])
  func anUnusableRequestIsGivenAnIdentifier(id: String) async throws {
    let stage = Stage()
    try await stage.say(["x-request-id": id, "traceparent": "00-nonsense"])
    let context = try #require(stage.echo.context)
    #expect(context.requestID.count == 15)
    #expect(context.trace?.flags == 0)
  }

  @Test func identifiersAreNotRepeated() {
    let identity = CallIdentity(seed: 1)
    #expect(Set((0..<1000).map { _ in identity.makeRequestID() }).count == 1000)
    #expect(Set((0..<1000).map { _ in identity.makeTrace().traceID }).count == 1000)
    #expect(identity.makeRequestID().allSatisfy { $0.isHexDigit && !$0.isUppercase })
    #expect(HexText.fifteenDigits(of: 0x0123_4567_89ab_cdef) == "0123456789abcde")
    let trace = identity.makeTrace()
    #expect(identity.child(of: trace).traceID == trace.traceID)
    #expect(identity.child(of: trace).span != trace.span)
  }

  @Test func aCallThatServesAnotherPassesItsRequestTraceAndDeadlineOn() async throws {
    let downstream = Stage(client: true)
    let upstream = Stage { try await downstream.say() }
    try await upstream.say([
      "x-request-id": "r-7", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ])
    let context = try #require(downstream.echo.context)
    #expect(context.requestID == "r-7")
    #expect(context.trace?.traceID == "0af7651916cd43dd8448eb211c80319c")
    // The upstream call brought no deadline, so it got the default of 30 s, which the downstream call inherits.
    let deadline = try #require(context.deadline)
    #expect(deadline.remaining > .seconds(20) && deadline.remaining <= .seconds(30))
    #expect(
      downstream.lines("twin_rpc_client_calls_total") == [
        #"twin_rpc_client_calls_total{method="twin.test.Echo/Say",status="OK"} 1"#
      ])
  }

  @Test func aCallOfItsOwnGetsTheDefaultTimeout() async throws {
    let stage = Stage(client: true)
    try await stage.say()
    let deadline = try #require(stage.echo.context?.deadline)
    #expect(deadline.remaining <= .seconds(20))
  }

  @Test func beforeTheFirstReadinessCallsAreRefusedWithTheReason() async throws {
    let health = HealthRegistry()
    let database = health.add("database")
    let gate = StartGate(health)
    let stage = Stage(gate: gate)
    let error = await #expect(throws: RPCError.self) { try await stage.say() }
    #expect(error?.code == .unavailable)
    #expect(error?.message == "the service is starting: database is starting: not checked yet")
    database.set(.ok)
    gate.open()
    try await stage.say()
    // A dependency that goes later is the business of the calls that need it.
    database.set(.failing("gone"))
    try await stage.say()
  }

  @Test func logsWithinACallCarryItsRequestAndTrace() async throws {
    let sink = MemorySink()
    let logger = sink.logger(.info, provider: .rpcCall)
    let stage = Stage { logger.info("working") }
    try await stage.say(["x-request-id": "r-7"])
    #expect(sink.text.contains("working request_id=r-7 trace_id="))
    logger.info("resting")
    #expect(sink.text.hasSuffix("resting\n"))
  }
}
