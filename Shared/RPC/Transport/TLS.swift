import NIOSSL

/// The certificate of a server, by file.
public struct RPCServerTLS: Sendable {
  /// PEM: the certificate, then any intermediates.
  public var certificateChainFile: String
  /// PEM, not encrypted.
  public var privateKeyFile: String

  public init(certificateChainFile: String, privateKeyFile: String) {
    self.certificateChainFile = certificateChainFile
    self.privateKeyFile = privateKeyFile
  }

  func nioConfiguration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMFile(certificateChainFile).map { NIOSSLCertificateSource.certificate($0) }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain,
      privateKey: .privateKey(try NIOSSLPrivateKey(file: privateKeyFile, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2"]
    return configuration
  }
}

/// Whom a client trusts.
public struct RPCClientTLS: Sendable {
  /// PEM of the authorities to trust; nil for those of the system.
  public var trustedRootsFile: String?
  /// The name that the server's certificate must carry; nil for the name that was dialled.
  public var serverName: String?

  public init(trustedRootsFile: String? = nil, serverName: String? = nil) {
    self.trustedRootsFile = trustedRootsFile
    self.serverName = serverName
  }

  func nioConfiguration() -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let trustedRootsFile { configuration.trustRoots = .file(trustedRootsFile) }
    configuration.applicationProtocols = ["h2"]
    return configuration
  }
}
