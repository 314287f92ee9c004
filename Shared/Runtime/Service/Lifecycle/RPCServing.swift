import RPCCore
import RPCServices
import RPCTransport
import ServiceLifecycle
import TwinProto

/// Answers calls until the service stops, then lets the open ones finish.
struct RPCServing: Service {
  let server: RPCServer
  let health: HealthService
  /// The longest that open calls may go on; below the bound of the whole drain, so that callers get a status.
  let grace: Duration

  func run() async throws {
    try? await gracefulShutdown()
    health.endWatches()
    await server.shutdown(grace: grace)
  }
}

extension HealthService {
  /// Says by gRPC what the registry says by HTTP.
  func follow(_ registry: HealthRegistry) {
    registry.observe { report in
      if report.isDraining {
        self.shutDown()
      } else {
        self.setAll(report.isReady ? .serving : .notServing)
      }
    }
  }
}
