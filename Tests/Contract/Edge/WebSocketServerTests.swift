import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import RPCCore
import RuntimeTelemetry
import ServiceLifecycle
import SimulationInfrastructure
import SimulationInput
import Synchronization
import Testing
import TwinProto
import Waiting

@testable import EdgeService
@testable import ScenarioRunnerService

/// WebSockets of the edge as it serves them, spoken to by bytes.
@Suite("WebSockets of the edge")
struct WebSocketServerTests {
  /// Long waits for peers that close, however slowly a test runs.
  private static func limits(_ change: (inout WebSocketLimits) -> Void = { _ in }) -> WebSocketLimits {
    var limits = WebSocketLimits()
    limits.closeWait = .seconds(600)
    limits.pingInterval = .seconds(600)
    change(&limits)
    return limits
  }

  private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  private func serving(
    _ stage: EdgeStage, _ body: @Sendable (Int, EdgeStage.Services) async throws -> Void
  ) async throws {
    let services = stage.services
    try await EdgeStage.serving(stage) { try await body($0, services) }
  }

  /// One route at `/ws/test`.
  private func serving(
    _ gateway: WebSocketGateway, _ feed: @escaping WebSocketFeed,
    _ body: @Sendable (Int, ServiceGroup) async throws -> Void
  ) async throws {
    let router = Hummingbird.Router(context: BasicRequestContext.self)
    router.add(middleware: RequestScope(logger: Self.quiet))
    let route = WebSocketRoute(path: "/ws/test") { _ in feed }
    router.get("/ws/test") { request, _ in try await gateway.handle(request, route) }
    router.get("/plain") { _, _ in "plain" }
    try await EdgeStage.serving(router, body)
  }

  /// A simulation that shows an hour, then goes on when it is let.
  private final class Pause: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }

    var simulate: ChangeRunner.Simulate {
      { simulation, isCancelled, progress in
        progress(
          ChangeProgress(
            share: 0.5,
            moment: ChangeMoment(
              time: 5_400, metrics: [.init("p99_ms", .number(12)), .init("utilization", .number(0.75))])))
        while !self.isOpen.load(ordering: .sequentiallyConsistent) {
          if isCancelled() { throw CancellationError() }
          sched_yield()
        }
        return EdgeStage.findings(simulation)
      }
    }
  }

  private static let change = ChangeRequest(
    type: .scaling, target: "web", environment: "production",
    change: ProtoStruct(fields: ["instances": ProtoValue(kind: .numberValue(2))]))

  private static func create(_ services: EdgeStage.Services) async throws -> String {
    try await ChangeSimulationServiceClient(services.scenarios).createChangeSimulation(
      CreateChangeSimulationRequest(changeRequest: change)
    ).id
  }

  private static func members(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  // MARK: Simulations

  @Test("one simulation is followed from before its begin to its judgement, then the socket closes with 1000")
  func follow() async throws {
    let pause = Pause()
    let gateway = WebSocketGateway(limits: Self.limits())
    let stage = try EdgeStage(score: 61, gateway: gateway, simulate: pause.simulate)
    try await serving(stage) { port, services in
      let id = try await Self.create(services)
      try await RawClient.with(port: port) { client in
        let head = try await client.upgrade("/ws/simulation?id=\(id)", "X-Request-ID: abc\n")
        #expect(head.contains("Sec-WebSocket-Accept: \(RawClient.accept)"), "\(head)")
        #expect(head.contains("X-Request-ID: abc"), "\(head)")
        let first = try await client.text()
        // The contract's members are there from the first.
        let begin = try Self.members(first)
        #expect(begin["id"] as? String == id && begin["progress"] as? Double == 0, "\(first)")
        #expect((begin["metrics"] as? [String: Any])?.isEmpty == true, "\(first)")
        #expect((begin["prediction"] as? [String: Any])?.isEmpty == true, "\(first)")
        #expect(begin["confidence"] is NSNull, "\(first)")
        let check = Task { try await services.arbiter.checkChange(CheckChangeRequest(simulationID: id)) }
        var text = first
        while try Self.members(text)["progress"] as? Double != 0.5 { text = try await client.text() }
        let running = try Self.members(text)
        let metrics = try #require(running["metrics"] as? [String: Double], "\(text)")
        #expect(metrics == ["p99_ms": 12, "utilization": 0.75, "simulated_hour": 1.5])
        #expect(running["status"] as? String == "running" && running["simulated_s"] as? Double == 5_400, "\(text)")
        pause.open()
        var last = ""
        var end: UInt16?
        while end == nil, let frame = try await client.frame() {
          if frame.opcode == 1 { last = frame.text }
          end = frame.closeCode
        }
        let answer = try await check.value
        let judged = try Self.members(last)
        let prediction = try #require(judged["prediction"] as? [String: Any], "\(last)")
        #expect(judged["status"] as? String == "completed" && judged["progress"] as? Double == 1, "\(last)")
        #expect(prediction["risk_score"] as? Double == answer.predictedImpact?.riskScore, "\(last)")
        #expect(prediction["recommendation"] as? String == "block", "\(last)")
        let issues = try #require(prediction["issues"] as? [[String: Any]], "\(last)")
        #expect(issues.first?["code"] as? String == "OOM_RISK" && issues.first?["evidence"] != nil, "\(last)")
        #expect(judged["confidence"] as? Double == answer.confidence, "\(last)")
        #expect((judged["metrics"] as? [String: Double])?["memory_gb"] == 21, "\(last)")
        #expect(end == 1_000)
        try await client.send(WireFrame.close(1_000))
        #expect(try await client.rest().readableBytes == 0)
      }
      try await eventually("no socket is left") { gateway.metrics.openSockets.value == 0 }
      #expect(services.scenarios.open.load(ordering: .sequentiallyConsistent) == 0)
    }
  }

  @Test("without an id all that run are told, with their judgements, until the client goes; then nobody watches")
  func all() async throws {
    let pause = Pause()
    let stage = try EdgeStage(score: 61, gateway: WebSocketGateway(limits: Self.limits()), simulate: pause.simulate)
    try await serving(stage) { port, services in
      var ids: [String] = []
      for _ in 0..<2 { ids.append(try await Self.create(services)) }
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/simulation")
        let checks = ids.map { id in
          Task { try await services.arbiter.checkChange(CheckChangeRequest(simulationID: id)) }
        }
        var running: Set<String> = []
        while running.count < 2 {
          let message = try Self.members(try await client.text())
          if message["progress"] as? Double == 0.5 { running.insert(try #require(message["id"] as? String)) }
        }
        #expect(running == Set(ids))
        pause.open()
        var judged: Set<String> = []
        while judged.count < 2 {
          let message = try Self.members(try await client.text())
          if (message["prediction"] as? [String: Any])?["risk_score"] != nil {
            judged.insert(try #require(message["id"] as? String))
          }
        }
        for check in checks { _ = try await check.value }
        #expect(services.scenarios.open.load(ordering: .sequentiallyConsistent) == 1)
        try await client.send(WireFrame.close(1_001))
        #expect(try await client.frame()?.closeCode == 1_001)
        #expect(try await client.frame() == nil)
      }
      try await eventually("nobody watches") { services.scenarios.open.load(ordering: .sequentiallyConsistent) == 0 }
    }
  }

  @Test("a client that is cut off leaves no watch behind, and a simulation that is deleted ends its socket")
  func cutOff() async throws {
    let stage = try EdgeStage(score: 61, gateway: WebSocketGateway(limits: Self.limits()))
    try await serving(stage) { port, services in
      let id = try await Self.create(services)
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/simulation?id=\(id)")
        _ = try await client.text()
        #expect(services.scenarios.open.load(ordering: .sequentiallyConsistent) == 1)
      }
      try await eventually("nobody watches") { services.scenarios.open.load(ordering: .sequentiallyConsistent) == 0 }
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/simulation?id=\(id)")
        _ = try await client.text()
        _ = try await ChangeSimulationServiceClient(services.scenarios).deleteChangeSimulation(
          DeleteChangeSimulationRequest(id: id))
        let end = try await client.frame()
        #expect(end?.closeCode == 1_011)
        #expect(end?.text.contains("SIMULATION_NOT_FOUND") == true, "\(String(describing: end))")
      }
    }
  }

  // MARK: The handshake

  /// Requests that get no WebSocket: what is asked, and status and code of the answer.
  static let refusals: [(String, Int, String)] = [
    ("GET /ws/simulation HTTP/1.1\nHost: a\n\n", 426, "UPGRADE_REQUIRED"),
    (
      RawClient.handshake("/ws/simulation").replacing("websocket", with: "h2c"), 426, "UPGRADE_REQUIRED"
    ),
    (RawClient.handshake("/ws/simulation").replacing(": 13", with: ": 8"), 426, "UPGRADE_REQUIRED"),
    (RawClient.handshake("/ws/simulation").replacing(RawClient.key, with: "short"), 400, "INVALID_ARGUMENT"),
    (RawClient.handshake("/ws/simulation?id=change-000099"), 404, "SIMULATION_NOT_FOUND"),
    (RawClient.handshake("/ws/simulation?id=sim-000099"), 404, "SIMULATION_NOT_FOUND"),
    (RawClient.handshake("/ws/simulation?id="), 400, "INVALID_ARGUMENT"),
    (RawClient.handshake("/ws/simulation?ids=1"), 400, "INVALID_ARGUMENT"),
    (RawClient.handshake("/ws/simulation", "Origin: http://evil.example\n"), 403, "ORIGIN_NOT_ALLOWED"),
    (RawClient.handshake("/ws/nothing"), 404, "NOT_FOUND"),
    ("POST /ws/simulation HTTP/1.1\nHost: a\nContent-Length: 0\n\n", 405, "METHOD_NOT_ALLOWED"),
  ]

  @Test("what can't be a WebSocket is answered with a problem before anything is upgraded", arguments: refusals.indices)
  func refused(index: Int) async throws {
    let (request, status, code) = Self.refusals[index]
    let stage = try EdgeStage(score: 61, gateway: WebSocketGateway(limits: Self.limits()))
    try await serving(stage) { port, services in
      try await RawClient.with(port: port) { client in
        try await client.send(request)
        let (head, body) = try await client.response()
        #expect(head.hasPrefix("HTTP/1.1 \(status) "), "\(request)\n\(head)")
        #expect(head.contains("application/problem+json"), "\(head)")
        #expect(try Self.members(body)["code"] as? String == code, "\(body)")
        if status == 426 { #expect(head.contains("Upgrade: websocket"), "\(head)") }
        if request.contains(": 8") { #expect(head.contains("Sec-WebSocket-Version: 13"), "\(head)") }
      }
      // A connection without an upgrade goes on as ever, and can be upgraded later.
      try await RawClient.with(port: port) { client in
        try await client.send("GET /ws/simulation HTTP/1.1\nHost: a\n\n")
        #expect(try await client.response().head.hasPrefix("HTTP/1.1 426 "))
        try await client.upgrade("/ws/simulation")
        try await client.send(WireFrame.client(0x89, [0x61]))
        #expect(try await client.frame() == WireFrame.Received(opcode: 10, payload: ByteBuffer(string: "a")))
      }
    }
  }

  @Test("pages of the edge itself and of named origins may connect", arguments: ["http://twin.example", "https://ops"])
  func origins(origin: String) async throws {
    let gateway = WebSocketGateway(limits: Self.limits { $0.origins = ["https://ops"] })
    try await serving(gateway, { _ in }) { port, _ in
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/test", "Origin: \(origin)\n")
        #expect(try await client.frame()?.closeCode == 1_000)
      }
    }
  }

  @Test("so many may be open, the next is refused with 503, and a place comes back")
  func places() async throws {
    let gateway = WebSocketGateway(limits: Self.limits { $0.maxSockets = 1 })
    try await serving(gateway, { try await $0.closed.get() }) { port, _ in
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/test")
        try await RawClient.with(port: port) { other in
          try await other.send(RawClient.handshake("/ws/test"))
          let (head, body) = try await other.response()
          #expect(head.hasPrefix("HTTP/1.1 503 ") && head.contains("Retry-After: 5"), "\(head)")
          #expect(body.contains("TOO_MANY_SOCKETS"), "\(body)")
        }
        try await client.send(WireFrame.close(1_000))
        _ = try await client.rest()
      }
      try await eventually("there is a place again") {
        try await RawClient.with(port: port) { client in
          try await client.send(RawClient.handshake("/ws/test"))
          return try await client.response().head.hasPrefix("HTTP/1.1 101 ")
        }
      }
    }
  }

  @Test("after the answer to an upgrade that isn't one, the connection ends: nothing further is read from it")
  func noUpgrade() async throws {
    try await serving(WebSocketGateway(limits: Self.limits()), { _ in }) { port, _ in
      try await RawClient.with(port: port) { client in
        try await client.send("GET /plain HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: h2c\n\n")
        let (head, body) = try await client.response()
        #expect(head.hasPrefix("HTTP/1.1 200 ") && head.lowercased().contains("connection: close"), "\(head)")
        #expect(body == "plain")
        #expect(try await client.rest().readableBytes == 0)
      }
    }
  }

  // MARK: To the end

  @Test("what a client sends right after the handshake arrives")
  func early() async throws {
    try await serving(WebSocketGateway(limits: Self.limits()), { try await $0.closed.get() }) { port, _ in
      for _ in 0..<20 {
        try await RawClient.with(port: port) { client in
          try await client.upgrade("/ws/test")
          try await client.send(WireFrame.client(0x89, [0x61]))
          #expect(try await client.frame()?.opcode == 10)
        }
      }
    }
  }

  @Test("a source that fails closes with 1011 and the reason")
  func failure() async throws {
    try await serving(
      WebSocketGateway(limits: Self.limits()), { _ in throw RPCError(.unavailable, "scenario-runner is away") }
    ) { port, _ in
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/test")
        let end = try await client.frame()
        #expect(end?.closeCode == 1_011)
        #expect(end?.text.hasSuffix("UNAVAILABLE: scenario-runner is away") == true)
      }
    }
  }

  @Test("a client that doesn't read is closed with 1008; it was never sent more than the bound, and its source ends")
  func slow() async throws {
    let metrics = WebSocketMetrics()
    let gateway = WebSocketGateway(
      limits: Self.limits {
        $0.maxQueued = 4
        $0.stall = .milliseconds(50)
      }, metrics: metrics)
    let offered = Atomic(0)
    let isOver = Atomic(false)
    let text = ByteBuffer(repeating: UInt8(ascii: "x"), count: 256 * 1_024)
    let feed: WebSocketFeed = { connection in
      defer { isOver.store(true, ordering: .sequentiallyConsistent) }
      while true {
        let subject = offered.add(1, ordering: .sequentiallyConsistent).newValue
        try await connection.send(OutgoingMessage(subject: "\(subject)", text: text))
      }
    }
    try await serving(gateway, feed) { port, _ in
      try await RawClient.with(port: port, receives: 65_536) { client in
        try await client.upgrade("/ws/test")
        try await eventually("the source has ended") { isOver.load(ordering: .sequentiallyConsistent) }
        var texts = 0
        var end: UInt16?
        while end == nil, let frame = try await client.frame() {
          texts += frame.opcode == 1 ? 1 : 0
          end = frame.closeCode
        }
        #expect(end == 1_008)
        #expect(texts == Int(metrics.sent.value))
        // What was offered and not sent waited, within the bound and the one for which there was no room, or came after
        // the close.
        let waited = Int(metrics.lost.value)
        let late = offered.load(ordering: .sequentiallyConsistent) - texts - waited
        #expect((0...5).contains(waited) && (0...1).contains(late), "\(waited) waited, \(late) came late")
        try await client.send(WireFrame.close(1_008))
      }
    }
  }

  @Test("a stop of the service closes with 1001 and doesn't wait for clients that don't answer")
  func drain() async throws {
    let isOver = Atomic(false)
    let feed: WebSocketFeed = { connection in
      defer { isOver.store(true, ordering: .sequentiallyConsistent) }
      try await connection.send(OutgoingMessage(subject: "a", text: ByteBuffer(string: "{}")))
      try await connection.closed.get()
    }
    try await serving(WebSocketGateway(limits: Self.limits { $0.closeWait = .milliseconds(100) }), feed) {
      port, group in
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/test")
        _ = try await client.text()
        await group.triggerGracefulShutdown()
        #expect(try await client.frame()?.closeCode == 1_001)
        #expect(try await client.frame() == nil)
      }
    }
    let hasEnded = isOver.load(ordering: .sequentiallyConsistent)
    #expect(hasEnded)
  }
}
