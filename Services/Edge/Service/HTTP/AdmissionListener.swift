import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ProtoJSON
import RPCCore
import RuntimeConfiguration
import ServiceRuntime
import TwinProto

/// Where Kubernetes asks: a port of its own that serves nothing else, over TLS as the API server demands.
enum AdmissionListener {
  static let failsOpen = Setting.flag(
    "admission.fail-open", default: false,
    "Allow what Kubernetes asks about when prediction can't be reached. Without it such an object is denied.")
  private static let host = Setting.text(
    "admission.host", default: "127.0.0.1", allowed: "address",
    "Where Kubernetes' questions are answered over TLS. 0.0.0.0 for all interfaces.")
  private static let port = Setting.port(
    "admission.port", default: 8443, "The port for it. 0 for any free one, which is then announced.")
  private static let certificateFile = Setting.text(
    "admission.tls.certificate-file", allowed: "path",
    "The certificate chain for it, as PEM, read again when it changes. Without it nothing is served there.")
  private static let keyFile = Setting.text(
    "admission.tls.key-file", allowed: "path", "The key of the certificate, as PEM.")

  static let settings = SettingScope("Kubernetes admission", [failsOpen, host, port, certificateFile, keyFile])

  /// What a connection may do.
  struct Bounds {
    var idleTimeout: TimeAmount
    var connections: Int
  }

  /// The part that serves it; none without a certificate.
  ///
  /// - Throws: `ConfigurationError` when only one of the two TLS files is named, or they can't be used.
  static func services(_ context: ServiceContext, _ bounds: Bounds) throws -> [BackgroundService] {
    let (certificateFile, keyFile) = (context.configuration[certificateFile], context.configuration[keyFile])
    guard certificateFile.isEmpty == keyFile.isEmpty else {
      let missing = certificateFile.isEmpty ? Self.certificateFile.name : Self.keyFile.name
      throw ConfigurationError([
        .init(place: missing, reason: "must be set, too: a certificate and its key go together")
      ])
    }
    guard !certificateFile.isEmpty else { return [] }
    let certificate: RenewedCertificate
    do {
      certificate = try RenewedCertificate(
        certificateFile: certificateFile, keyFile: keyFile, logger: context.logger)
    } catch {
      throw ConfigurationError([
        .init(place: Self.certificateFile.name, reason: "and its key can't be used: \(error)")
      ])
    }
    let health = context.health.add("https-admission")
    health.set(.starting("not listening yet"))
    let router = try router(
      prediction: context.peer(.prediction), failsOpen: context.configuration[failsOpen], logger: context.logger)
    let host = context.configuration[host]
    let application = try application(
      router, certificate, at: .hostname(host, port: context.configuration[port]), bounds, on: context.eventLoops,
      logger: context.logger
    ) { bound in
      context.logger.info("answering Kubernetes", metadata: ["address": "\(host):\(bound)"])
      health.set(.ok)
      do { try context.announcement.add("https-admission", "\(host):\(bound)") } catch {
        context.logger.warning("the address could not be announced", metadata: ["error": "\(error)"])
      }
    }
    return [BackgroundService("https-admission", application)]
  }

  /// - Parameter onServing: gets the port once it is bound.
  static func application(
    _ router: Hummingbird.Router<BasicRequestContext>, _ certificate: RenewedCertificate, at address: BindAddress,
    _ bounds: Bounds, on eventLoops: any EventLoopGroup, logger: Logger, onServing: @escaping @Sendable (Int) -> Void
  ) throws -> some ApplicationProtocol {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    return Application(
      responder: router.buildResponder(),
      server: try .tls(
        .http1(configuration: .init(additionalChannelHandlers: [ContinueHandler()], idleTimeout: bounds.idleTimeout)),
        tlsConfiguration: certificate.configuration()),
      configuration: ApplicationConfiguration(
        address: address, serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(bounds.connections, logger: quiet)),
      onServerRunning: { onServing($0.localAddress?.port ?? 0) }, eventLoopGroupProvider: .shared(eventLoops),
      logger: quiet)
  }

  /// Only Kubernetes' question: who reaches this port reaches nothing else.
  static func router(prediction: any RPCChannel, failsOpen: Bool, logger: Logger) throws
    -> Hummingbird.Router<BasicRequestContext>
  {
    let schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
    let paths = [AdmissionRoute.path, AdmissionRoute.environmentPath]
    var known = KnownPaths()
    for path in paths { known.add(path, .post) }
    let router = Hummingbird.Router(context: BasicRequestContext.self)
    router.add(middleware: RequestScope(logger: logger))
    router.add(middleware: MethodCheck(known: known))
    for path in paths {
      let admission = try AdmissionRoute(path, prediction: prediction, schema: schema, failsOpen: failsOpen)
      router.on(RouterPath(path), method: .post) { try await admission.handle($0, $1) }
    }
    return router
  }
}
