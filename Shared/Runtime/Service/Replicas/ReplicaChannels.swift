import NIOCore
import RPCCore
import RPCTransport
import RuntimeConfiguration

/// Makes channels to single replicas.
struct ReplicaChannels: Sendable {
  let own: ServiceIdentity
  let configuration: ResolvedConfiguration
  let interceptors: [any ClientInterceptor]
  let group: any EventLoopGroup

  /// A channel that connects at its first call, and goes when nobody holds it any more.
  func channel(to address: String, of identity: ServiceIdentity) -> any RPCChannel {
    do {
      // Certificates carry names; the addresses are what the name was looked up to.
      let setting =
        identity == own ? RPCSettings.replicas(of: identity) : RPCSettings.addresses(of: identity)
      let name = configuration[setting].first { (try? SocketAddress(ipAddress: $0.host, port: 0)) == nil }?.host
      var client = try RPCSettings.client(configuration, replica: address, name: name)
      client.interceptors = interceptors
      return try RPCClient(client, group: group)
    } catch {
      return UnusableChannel(reason: "\(address) can't be called: \(error)")
    }
  }
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
