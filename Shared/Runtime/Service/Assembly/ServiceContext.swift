public import Logging
public import NIOCore
public import RPCCore
public import RuntimeConfiguration
public import RuntimeTelemetry

/// What the runtime has ready when a service is assembled.
public struct ServiceContext: Sendable {
  public let identity: ServiceIdentity
  public let configuration: ResolvedConfiguration
  public let logger: Logger
  public let metrics: MetricRegistry
  public let health: HealthRegistry
  /// What to wait and measure with.
  public let clock: any Clock<Duration>
  /// The threads of network I/O.
  public let eventLoops: any EventLoopGroup
  /// Where a part that listens on a port of its own says so.
  public let announcement: Announcement
  let channels: [String: any RPCChannel]
  let replicaChannels: ReplicaChannels
  let addresses: [String: ServiceAddresses]
  /// Where others reach this process: what its replicas and senders have in their lists of addresses. For a service that
  /// isn't replicated it says nothing.
  public let advertisedAddress: String
  let ownDatabase: ServiceDatabase?

  /// The service's schema. Asking for it without having said `migrations` is a programmer's error and traps.
  public var database: ServiceDatabase {
    guard let ownDatabase else { preconditionFailure("\(identity.name) has no database") }
    return ownDatabase
  }

  /// The channel to another service. Asking for one that isn't among the assembly's peers is a programmer's error and
  /// traps.
  public func peer(_ identity: ServiceIdentity) -> any RPCChannel {
    guard let channel = channels[identity.name] else {
      preconditionFailure("\(identity.name) is not among the peers of \(self.identity.name)")
    }
    return channel
  }

  /// The addresses of all replicas of another service, or of this one; nil when this is the only replica. Asking for
  /// those of a service that isn't among the assembly's peers is a programmer's error and traps.
  public func addresses(of identity: ServiceIdentity) -> ServiceAddresses? {
    precondition(
      identity == self.identity || channels[identity.name] != nil,
      "\(identity.name) is not among the peers of \(self.identity.name)")
    return addresses[identity.name]
  }

  /// A channel to one replica of a service, by one of the service's addresses.
  public func channel(to address: String, of identity: ServiceIdentity) -> any RPCChannel {
    replicaChannels.channel(to: address, of: identity)
  }
}
