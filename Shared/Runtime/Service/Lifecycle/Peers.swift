import RPCCore
import RPCTransport
import ServiceLifecycle
import TwinProto

/// Another service, as something to wait for.
///
/// It counts as there when it answers, even that it isn't ready itself: services that wait for each other's readiness
/// would wait for ever, and one that falls would take all that depend on it out of the load balancer.
struct PeerDependency: Dependency {
  let need: PeerNeed
  let channel: any RPCChannel
  /// Of one question; the monitor's own bound is behind it.
  let timeout: Duration

  var name: String { "peer.\(need.identity.name)" }
  var isRequired: Bool { need.isRequired }

  func check() async throws {
    _ = try await GRPCHealthClient(channel).check(GRPCHealthCheckRequest(), options: CallOptions(timeout: timeout))
  }
}

/// Keeps the clients of a service until everything that may call has stopped.
struct PeerClients: Service {
  let clients: [RPCClient]
  let replicas: ReplicaChannels

  func run() async throws {
    try? await gracefulShutdown()
    for client in clients { client.shutDown() }
    replicas.shutDown()
  }
}
