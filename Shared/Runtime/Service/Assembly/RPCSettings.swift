public import RuntimeConfiguration
import RPCHTTP2
import RPCTransport

/// The settings of serving and calling over gRPC.
public enum RPCSettings {
  public static let host = Setting.text(
    "rpc.host", default: "127.0.0.1", allowed: "address", "Where gRPC is served. 0.0.0.0 for all interfaces.")
  public static let port = Setting.port(
    "rpc.port", default: 0, "The port of gRPC. 0 for any free one, which is then announced.")
  public static let certificateFile = Setting.text(
    "rpc.tls.certificate-file", allowed: "path",
    "The certificate chain to serve with, as PEM. Without it gRPC is served in plain text.")
  public static let keyFile = Setting.text("rpc.tls.key-file", allowed: "path", "The key of the certificate, as PEM.")
  public static let maxMessage = Setting.bytes(
    "rpc.max-message-size", default: .mebibytes(4), in: .kibibytes(64)...(.mebibytes(256)),
    "The longest message that is taken in or sent.")
  public static let maxConnections = Setting.integer(
    "rpc.max-connections", default: 4096, in: 1...100_000, unit: "connections", "Connections open at once.")
  public static let maxStreams = Setting.integer(
    "rpc.max-concurrent-streams", default: 512, in: 1...100_000, unit: "calls",
    "Calls open at once on one connection.")
  public static let maxIdle = Setting.duration(
    "rpc.max-idle", default: .seconds(1800), in: .seconds(1)...(.seconds(86_400)),
    "A connection without calls is closed after this.")
  public static let maxAge = Setting.duration(
    "rpc.max-connection-age", default: .zero, in: .zero ... .seconds(86_400),
    "A connection is asked to go after this, so that clients notice new replicas. 0s for never.")
  public static let defaultDeadline = Setting.duration(
    "rpc.default-deadline", default: .seconds(30), in: .milliseconds(100)...(.seconds(3600)),
    "How long a call to another service may take that nobody gave a deadline.")

  public static let peerTLS = Setting.flag("peers.tls", default: false, "Call the other services over TLS.")
  public static let peerRootsFile = Setting.text(
    "peers.tls-roots-file", allowed: "path",
    "The authorities to trust for it, as PEM. Without it those of the system are trusted.")

  public static let resolveInterval = Setting.duration(
    "peers.resolve-interval", default: .seconds(5), in: .milliseconds(100)...(.seconds(600)),
    "How often the addresses of services with a home for each twin are looked up, and files of addresses are read.")

  /// Where others reach this process.
  static let advertisedAddress = Setting.text(
    "rpc.advertised-address", allowed: "host:port",
    "Where the other replicas and services reach this replica, one of the addresses that they have for the service; in "
      + "Kubernetes the pod's IP with the port. Without it rpc.host and rpc.port."
  ) { text throws(SettingValueError) in
    guard NetworkAddress(text) != nil else {
      throw SettingValueError("'\(text)' is not host:port with a port from 1 to 65535")
    }
  }

  /// Where a peer is.
  static func addresses(of peer: ServiceIdentity) -> Setting<[NetworkAddress]> {
    .addresses(
      "peers.\(peer.name).addresses", default: [NetworkAddress(host: "127.0.0.1", port: peer.rpcPort ?? 0)],
      "Where \(peer.name) is. All addresses that a DNS name has are used in turn.")
  }

  /// Where the replicas of a service itself are.
  static func replicas(of identity: ServiceIdentity) -> Setting<[NetworkAddress]> {
    .addresses(
      "peers.\(identity.name).addresses",
      "Where all replicas of this service are, this one included: addresses, or a DNS name that has all of theirs (a "
        + "headless service). The same for all replicas and for whoever sends to them. Without it this is the only one."
    )
  }

  /// A file with the addresses of a service.
  static func addressesFile(of identity: ServiceIdentity) -> Setting<String> {
    .text(
      "peers.\(identity.name).addresses-file", allowed: "path",
      "A file with the addresses of \(identity.name) instead, one a line or joined by commas, read again every "
        + "peers.resolve-interval.")
  }

  static func scopes(_ identity: ServiceIdentity, peers: [PeerNeed], isReplicated: Bool = false) -> [SettingScope] {
    var scopes = [SettingScope("gRPC", [maxMessage, defaultDeadline])]
    if let port = identity.rpcPort {
      scopes.append(
        SettingScope(
          "Serving gRPC",
          [host, self.port.defaulting(to: port), certificateFile, keyFile, maxConnections, maxStreams, maxIdle, maxAge])
      )
    }
    if isReplicated {
      scopes.append(
        SettingScope(
          "Replicas of this service", [replicas(of: identity), addressesFile(of: identity), advertisedAddress]))
    }
    if !peers.isEmpty || isReplicated {
      let addresses: [any AnySetting] = peers.flatMap { peer -> [any AnySetting] in
        [self.addresses(of: peer.identity), addressesFile(of: peer.identity)]
      }
      scopes.append(SettingScope("Calling other services", addresses + [resolveInterval, peerTLS, peerRootsFile]))
    }
    return scopes
  }

  /// Where the addresses of a service are written down.
  static func source(
    _ configuration: ResolvedConfiguration, _ setting: Setting<[NetworkAddress]>, _ peer: ServiceIdentity
  )
    -> AddressSource
  {
    let file = configuration[addressesFile(of: peer)]
    return file.isEmpty ? .listed(configuration[setting]) : .file(file)
  }

  /// Where the replicas of a replicated service are; nil when it is the only one.
  static func ownSource(_ configuration: ResolvedConfiguration, _ identity: ServiceIdentity) -> AddressSource? {
    let source = source(configuration, replicas(of: identity), identity)
    return source == .listed([]) ? nil : source
  }

  /// Where others reach this process.
  ///
  /// - Throws: `ConfigurationError` when there are other replicas, and what is configured says nothing that they could
  ///   reach.
  static func advertised(_ configuration: ResolvedConfiguration, _ identity: ServiceIdentity) throws -> NetworkAddress {
    if let address = NetworkAddress(configuration[advertisedAddress]) { return address }
    let listening = NetworkAddress(host: configuration[host], port: configuration[port])
    guard
      ownSource(configuration, identity) == nil || (listening.port > 0 && !["0.0.0.0", "::"].contains(listening.host))
    else {
      throw ConfigurationError([
        .init(
          place: advertisedAddress.name,
          reason: "must be set where there are several replicas and \(listening) is no address to reach this one at")
      ])
    }
    return listening
  }

  /// - Throws: `ConfigurationError` when only one of the two TLS files is named.
  static func server(_ configuration: ResolvedConfiguration) throws -> RPCServerConfiguration {
    let (certificate, key) = (configuration[certificateFile], configuration[keyFile])
    guard certificate.isEmpty == key.isEmpty else {
      let missing = certificate.isEmpty ? certificateFile.name : keyFile.name
      throw ConfigurationError([
        .init(place: missing, reason: "must be set, too: a certificate and its key go together")
      ])
    }
    var server = RPCServerConfiguration(
      host: configuration[host], port: configuration[port],
      tls: certificate.isEmpty ? nil : RPCServerTLS(certificateChainFile: certificate, privateKeyFile: key))
    server.limits.maxConnections = configuration[maxConnections]
    server.limits.http2.maxConcurrentStreams = configuration[maxStreams]
    server.limits.maxIdle = configuration[maxIdle]
    server.limits.maxAge = configuration[maxAge] == .zero ? nil : configuration[maxAge]
    server.limits.call.maxReceivedMessage = configuration[maxMessage].bytes
    server.limits.call.maxSentMessage = configuration[maxMessage].bytes
    server.limits.fitConnectionBounds()
    return server
  }

  static func client(_ configuration: ResolvedConfiguration, peer: ServiceIdentity) throws -> RPCClientConfiguration {
    let setting = addresses(of: peer)
    let addresses = configuration[setting]
    guard let target = RPCTarget(addresses.map(\.description).joined(separator: ",")) else {
      throw ConfigurationError([.init(place: setting.name, reason: "must name at least one address")])
    }
    let roots = configuration[peerRootsFile]
    var client = RPCClientConfiguration(
      target: target,
      tls: configuration[peerTLS] ? RPCClientTLS(trustedRootsFile: roots.isEmpty ? nil : roots) : nil)
    let source = source(configuration, setting, peer)
    if case .file = source {
      client.resolver = SourceResolver(source: source)
      client.limits.resolveInterval = configuration[resolveInterval]
    }
    client.limits.call.maxReceivedMessage = configuration[maxMessage].bytes
    client.limits.call.maxSentMessage = configuration[maxMessage].bytes
    return client
  }

  /// A client of one replica of a service.
  ///
  /// - Parameter name: the name that its certificate carries; nil for its address.
  static func client(_ configuration: ResolvedConfiguration, replica address: String, name: String?) throws
    -> RPCClientConfiguration
  {
    guard let target = RPCTarget(address) else {
      throw ConfigurationError([.init(place: advertisedAddress.name, reason: "'\(address)' is not host:port")])
    }
    let roots = configuration[peerRootsFile]
    var client = RPCClientConfiguration(
      target: target,
      tls: configuration[peerTLS]
        ? RPCClientTLS(trustedRootsFile: roots.isEmpty ? nil : roots, serverName: name) : nil)
    client.limits.call.maxReceivedMessage = configuration[maxMessage].bytes
    client.limits.call.maxSentMessage = configuration[maxMessage].bytes
    client.limits.backoff.maximum = replicaBackoff
    return client
  }

  /// The longest wait between two attempts to connect to a replica, since twins wait for it.
  private static let replicaBackoff = Duration.seconds(1)
}
