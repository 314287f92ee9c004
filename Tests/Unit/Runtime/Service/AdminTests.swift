import NIOCore
import NIOHTTP1
import NIOPosix
import RuntimeTelemetry
import Testing

@testable import ServiceRuntime

@Suite struct Admin {
  private let health = HealthRegistry()
  private let metrics = MetricRegistry()
  private var routes: AdminRoutes { AdminRoutes(service: "state-sync", health: health, metrics: metrics) }

  @Test func livezAnswersWhateverTheDependenciesDo() {
    _ = health.add("database")
    #expect(routes.respond(method: "GET", target: "/livez").status == 200)
    health.startDraining()
    #expect(routes.respond(method: "GET", target: "/livez").status == 200)
  }

  @Test func readyzListsEveryDependencyWithItsState() {
    let database = health.add("database")
    let peer = health.add("peer.results", isRequired: false)
    #expect(
      routes.respond(method: "GET", target: "/readyz?verbose")
        == AdminRoutes.Response(
          status: 503, contentType: "application/json",
          body: #"{"service":"state-sync","status":"not_ready","checks":["#
            + #"{"name":"database","state":"starting","reason":"not checked yet","required":true},"#
            + #"{"name":"peer.results","state":"starting","reason":"not checked yet","required":false}]}"# + "\n"))
    database.set(.ok)
    peer.set(.failing("no \"route\""))
    #expect(
      routes.respond(method: "GET", target: "/readyz")
        == AdminRoutes.Response(
          status: 200, contentType: "application/json",
          body: #"{"service":"state-sync","status":"ready","checks":["#
            + #"{"name":"database","state":"ok","required":true},"#
            + #"{"name":"peer.results","state":"failing","reason":"no \"route\"","required":false}]}"# + "\n"))
    health.startDraining()
    let draining = routes.respond(method: "GET", target: "/readyz")
    #expect(draining.status == 503)
    #expect(draining.body.contains(#""status":"draining""#))
  }

  @Test func metricsAreInTheFormatOfPrometheus() {
    let calls = MetricDefinition.counter("calls_total", "Calls.")
    metrics.counter(calls).increment()
    let response = routes.respond(method: "GET", target: "/metrics")
    #expect(response.contentType == "text/plain; version=0.0.4; charset=utf-8")
    #expect(response.body == "# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total 1\n")
  }

  @Test func otherPathsAndMethodsAreRefused() {
    #expect(routes.respond(method: "GET", target: "/").status == 404)
    #expect(routes.respond(method: "POST", target: "/metrics").status == 405)
    #expect(routes.respond(method: "HEAD", target: "/livez").status == 200)
  }

  @Test(.timeLimit(.minutes(1))) func answersOverASocketAndKeepsTheConnection() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let server = try await AdminServer.start(host: "127.0.0.1", port: 0, routes: routes, group: group)
    let channel = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: server.port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(wrappingChannelSynchronously: channel)
      }
    }
    let answers = try await channel.executeThenClose { inbound, outbound in
      var answers: [String] = []
      var parts = inbound.makeAsyncIterator()
      for path in ["/livez", "/readyz", "/nothing"] {
        try await outbound.write(.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: path)))
        try await outbound.write(.end(nil))
        var answer = path
        reading: while let part = try await parts.next() {
          switch part {
          case .head(let head): answer += " \(head.status.code)"
          case .body(let body): answer += " \(body.readableBytes > 0)"
          case .end: break reading
          }
        }
        answers.append(answer)
      }
      return answers
    }
    #expect(answers == ["/livez 200 true", "/readyz 200 true", "/nothing 404 true"])
    try await server.close()
  }
}
