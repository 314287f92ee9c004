import HTTPTypes
import Hummingbird
import Logging
import ProtoJSON
import RPCCore
import ServiceRuntime
import TwinProto

/// Puts every call of the public contract on its path.
enum EdgeRouter {
  /// - Parameters:
  ///   - channel: gives the channel to a service.
  ///   - admissionFailsOpen: whether Kubernetes is allowed what nobody can judge.
  ///   - gateway: makes WebSockets of the requests that ask for one.
  static func make(
    channel: (ServiceIdentity) -> any RPCChannel, admissionFailsOpen: Bool = false,
    gateway: WebSocketGateway = WebSocketGateway(), logger: Logger
  ) throws -> Hummingbird.Router<BasicRequestContext> {
    let schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
    var routes: [Route] = []
    for (peer, endpoints) in FleetEndpoints.all + InfrastructureEndpoints.all {
      for endpoint in endpoints {
        let transcoding = try Transcoding(endpoint, channel: channel(peer), schema: schema)
        routes.append(Route(endpoint.method, endpoint.path) { try await transcoding.handle($0, $1) })
      }
    }
    let results = channel(.results)
    let run = try RunRoutes(scenarioRunner: channel(.scenarioRunner), results: results, schema: schema)
    let trace = try TraceRoute(results: results, runs: run, schema: schema)
    let telemetry = try PushRoute.telemetry(channel(.stateSync), schema)
    let upload = try UploadRoute(stateSync: channel(.stateSync), schema: schema)
    let observations = try PushRoute.observations(channel(.stateSync), schema)
    let events = try EventRoute(stateSync: channel(.stateSync), schema: schema)
    let history = try HistoryRoute(stateSync: channel(.stateSync), schema: schema)
    let check = try CheckRoute(prediction: channel(.prediction), schema: schema)
    for path in [AdmissionRoute.path, AdmissionRoute.environmentPath] {
      let admission = try AdmissionRoute(
        path, prediction: channel(.prediction), schema: schema, failsOpen: admissionFailsOpen)
      routes.append(Route(.post, path) { try await admission.handle($0, $1) })
    }
    let identities: [ServiceIdentity] = [.stateSync, .twinEngine, .scenarioRunner, .prediction, .results]
    let health = HealthRoute(peers: identities.map { ($0, channel($0)) })
    routes += [
      Route(.post, "/api/v1/twin/simulations/{id}/run") { try await run.start($0, $1) },
      Route(.get, "/api/v1/twin/results/{id}") { try await run.result($0, $1) },
      Route(.get, "/api/v1/twin/results/{id}/trace") { try await trace.handle($0, $1) },
      Route(.post, telemetry.path) { try await telemetry.handle($0, $1) },
      Route(.post, UploadRoute.path) { request, _ in try await upload.handle(request) },
      Route(.post, observations.path) { try await observations.handle($0, $1) },
      Route(.post, EventRoute.path) { http, _ in try await events.publish(http) },
      Route(.get, EventRoute.path) { http, _ in try await events.list(http) },
      Route(.get, "/api/v1/twin/vehicles/{id}/history") { try await history.handle($0, $1) },
      Route(.post, CheckRoute.path) { try await check.handle($0, $1) },
      Route(.get, "/health") { try await health.handle($0, $1) },
    ]
    let sockets = [
      try SimulationSocket(scenarioRunner: channel(.scenarioRunner), schema: schema).route,
      try FleetSocket(stateSync: channel(.stateSync), schema: schema).route,
    ]
    for socket in sockets {
      routes.append(Route(.get, socket.path) { request, _ in try await gateway.handle(request, socket) })
    }
    var known = KnownPaths()
    for route in routes { known.add(route.path, route.method) }
    let router = Hummingbird.Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestScope(logger: logger))
    router.add(middleware: MethodCheck(known: known))
    for route in routes { router.on(RouterPath(route.path), method: route.method, use: route.handle) }
    return router
  }

  /// A call and who answers it.
  private struct Route {
    var method: HTTPRequest.Method
    var path: String
    var handle: @Sendable (Request, BasicRequestContext) async throws -> Response

    init(
      _ method: HTTPRequest.Method, _ path: String,
      handle: @escaping @Sendable (Request, BasicRequestContext) async throws -> Response
    ) {
      self.method = method
      self.path = path
      self.handle = handle
    }
  }
}
