import ArgumentParser
import NIOPosix
import RPCTransport

/// Where a service is, as an option names it: `host:port`, or several parted by commas.
struct ServerAddress: ExpressibleByArgument, Sendable {
  var target: RPCTarget

  init?(argument: String) {
    guard let target = RPCTarget(argument) else { return nil }
    self.target = target
  }

  init(loopbackPort port: Int) { target = RPCTarget(host: "127.0.0.1", port: port) }

  var defaultValueDescription: String { target.description }
}

/// How connections are protected.
struct TLSOptions: ParsableArguments {
  @Flag(name: .customLong("tls"), help: "Connect by TLS, trusting the system's authorities.")
  var isEnabled = false

  @Option(
    name: .customLong("tls-ca"),
    help: ArgumentHelp("Connect by TLS, trusting the authorities in this PEM file.", valueName: "file"))
  var authorities: String?

  @Option(
    name: .customLong("tls-server-name"),
    help: ArgumentHelp("The name that the servers' certificates carry, if not the host's.", valueName: "name"))
  var serverName: String?

  var client: RPCClientTLS? {
    guard isEnabled || authorities != nil || serverName != nil else { return nil }
    return RPCClientTLS(trustedRootsFile: authorities, serverName: serverName)
  }
}

extension ServerAddress {
  /// Waits between attempts to connect stay below this, so that a service that is back is found soon.
  private static let longestConnectWait = Duration.seconds(1)

  /// A client for the service. Nothing is connected before the first call.
  func client(_ tls: TLSOptions) throws -> RPCClient {
    var configuration = RPCClientConfiguration(target: target, tls: tls.client)
    configuration.limits.backoff.maximum = Self.longestConnectWait
    return try RPCClient(configuration, group: MultiThreadedEventLoopGroup.singleton)
  }
}
