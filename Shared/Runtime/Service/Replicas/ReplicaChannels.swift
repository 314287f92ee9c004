import NIOCore
import RPCCore
import RPCTransport
import RuntimeConfiguration
import Synchronization

/// Makes channels to single replicas, and keeps an eye on them to close what is left at the end.
final class ReplicaChannels: Sendable {
  private struct Made {
    weak var client: RPCClient?
  }

  let own: ServiceIdentity
  let configuration: ResolvedConfiguration
  let interceptors: [any ClientInterceptor]
  let group: any EventLoopGroup
  private let made = Mutex<[Made]>([])

  init(
    own: ServiceIdentity, configuration: ResolvedConfiguration, interceptors: [any ClientInterceptor],
    group: any EventLoopGroup
  ) {
    self.own = own
    self.configuration = configuration
    self.interceptors = interceptors
    self.group = group
  }

  /// A channel that connects at its first call, and goes when nobody holds it any more.
  func channel(to address: String, of identity: ServiceIdentity) -> any RPCChannel {
    do {
      // Certificates carry names; the addresses are what the name was looked up to.
      let setting =
        identity == own ? RPCSettings.replicas(of: identity) : RPCSettings.addresses(of: identity)
      let name = configuration[setting].first { (try? SocketAddress(ipAddress: $0.host, port: 0)) == nil }?.host
      var client = try RPCSettings.client(configuration, replica: address, name: name)
      client.interceptors = interceptors
      let channel = try RPCClient(client, group: group)
      made.withLock { made in
        made.removeAll { $0.client == nil }
        made.append(Made(client: channel))
      }
      return channel
    } catch {
      return UnusableChannel(reason: "\(address) can't be called: \(error)")
    }
  }
}

extension ReplicaChannels {
  /// Closes all that are still there, before their event loops end.
  func shutDown() { for client in made.withLock({ $0.compactMap(\.client) }) { client.shutDown() } }
}

/// A channel on which every call fails.
private struct UnusableChannel: RPCChannel {
  let reason: String

  func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result { throw RPCError(.unavailable, reason) }

  func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse
  { throw RPCError(.unavailable, reason) }

  func serverStreaming<Result: Sendable>(
    _ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions,
    _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result { throw RPCError(.unavailable, reason) }
}
