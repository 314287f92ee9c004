public import NIOCore
import RPCCore
public import RPCTransport

/// A server of the suite as its command line describes it.
public struct SuiteServerOptions: Sendable {
  /// Address to listen on.
  public var host: String
  /// 0 lets the system choose.
  public var port: Int
  public var tls: RPCServerTLS?

  /// Reads `--port --host --use_tls --tls_cert_file --tls_key_file`.
  ///
  /// - Parameter arguments: without the program's name.
  public init(arguments: [String]) throws(FlagError) {
    let flags = try SuiteFlags(
      arguments, named: ["port", "host", "tls_cert_file", "tls_key_file"], booleans: ["use_tls"])
    port = try flags.integer("port", in: 0...65_535, default: 10_000)
    // As the other implementations do; a test bed reaches the server from another container.
    host = flags["host"] ?? "0.0.0.0"
    guard try flags.boolean("use_tls") else { return }
    guard let certificate = flags["tls_cert_file"], let key = flags["tls_key_file"] else {
      throw FlagError(description: "--use_tls needs --tls_cert_file and --tls_key_file (PEM)")
    }
    tls = RPCServerTLS(certificateChainFile: certificate, privateKeyFile: key)
  }

  /// Starts the server.
  public func start(group: any EventLoopGroup) async throws -> RPCServer {
    var configuration = RPCServerConfiguration(host: host, port: port, tls: tls)
    // The largest answer that a request may ask for, and some room.
    configuration.limits.call.maxSentMessage = SuiteService.maxPayload + 1_024
    return try await RPCServer.start(configuration, router: Router(services: [SuiteService()]), group: group)
  }
}
