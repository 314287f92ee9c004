import HTTPTypes
import Hummingbird
import Logging
import ProtoJSON
import RPCCore
import ServiceRuntime
import TwinProto

/// Puts every call of the public contract on its path.
enum EdgeRouter {
  /// - Parameter channel: gives the channel to a service.
  static func make(channel: (ServiceIdentity) -> any RPCChannel, logger: Logger) throws
    -> Hummingbird.Router<BasicRequestContext>
  {
    let schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
    let router = Hummingbird.Router(context: BasicRequestContext.self)
    router.add(middleware: RequestScope(logger: logger))
    for (peer, endpoints) in FleetEndpoints.all {
      for endpoint in endpoints {
        let transcoding = try Transcoding(endpoint, channel: channel(peer), schema: schema)
        router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
          try await transcoding.handle(request, context)
        }
      }
    }
    let results = channel(.results)
    let run = try RunRoutes(scenarioRunner: channel(.scenarioRunner), results: results, schema: schema)
    router.on("/api/v1/twin/simulations/{id}/run", method: .post) { try await run.start($0, $1) }
    router.on("/api/v1/twin/results/{id}", method: .get) { try await run.result($0, $1) }
    let trace = try TraceRoute(results: results, schema: schema)
    router.on("/api/v1/twin/results/{id}/trace", method: .get) { try await trace.handle($0, $1) }
    let history = try HistoryRoute(stateSync: channel(.stateSync), schema: schema)
    router.on("/api/v1/twin/vehicles/{id}/history", method: .get) { try await history.handle($0, $1) }
    let identities: [ServiceIdentity] = [.stateSync, .twinEngine, .scenarioRunner, .prediction, .results]
    let health = HealthRoute(peers: identities.map { ($0, channel($0)) })
    router.on("/health", method: .get) { try await health.handle($0, $1) }
    return router
  }
}
