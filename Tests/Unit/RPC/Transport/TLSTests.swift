import Foundation
import RPCCore
import RPCTesting
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
  /// A certificate for `localhost` that is its own authority, made for one test and removed after it.
  private struct Certificate {
    let folder: URL
    var certificate: String { folder.appending(path: "certificate.pem").path }
    var key: String { folder.appending(path: "key.pem").path }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "rpc-tls-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let openssl = Process()
      openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      openssl.arguments = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
      ]
      openssl.standardError = FileHandle.nullDevice
      try openssl.run()
      openssl.waitUntilExit()
      try #require(openssl.terminationStatus == 0, "openssl made no certificate")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  @Test func callsCrossAnEncryptedConnectionToATrustedServer() async throws {
    let certificate = try Certificate()
    defer { certificate.remove() }
    let server = try await Loopback.server(
      [Handlers.echo, Handlers.bidirectionalEcho],
      tls: RPCServerTLS(certificateChainFile: certificate.certificate, privateKeyFile: certificate.key))
    let client = try Loopback.client(
      port: server.port, tls: RPCClientTLS(trustedRootsFile: certificate.certificate, serverName: "localhost"))
    let large = BytesMessage.filled(1 << 20)
    let answer = try await within {
      try await client.unary(Handlers.echo.descriptor, large, response: BytesMessage.self)
    }
    #expect(answer == large)

    let stranger = try Loopback.client(port: server.port, tls: RPCClientTLS(serverName: "localhost"))
    let refused = try await within {
      await status {
        try await stranger.unary(Handlers.echo.descriptor, BytesMessage(""), response: BytesMessage.self)
      }
    }
    #expect(refused?.code == .unavailable)

    let wrongName = try Loopback.client(
      port: server.port, tls: RPCClientTLS(trustedRootsFile: certificate.certificate, serverName: "example.org"))
    let mismatch = try await within {
      await status {
        try await wrongName.unary(Handlers.echo.descriptor, BytesMessage(""), response: BytesMessage.self)
      }
    }
    #expect(mismatch?.code == .unavailable)

    let plain = try Loopback.client(port: server.port)
    let unencrypted = try await within {
      await status {
        try await plain.unary(Handlers.echo.descriptor, BytesMessage(""), response: BytesMessage.self)
      }
    }
    #expect(unencrypted?.code == .unavailable)
    // Good clients on other connections are still served.
    let again = try await within {
      try await client.unary(Handlers.echo.descriptor, large, response: BytesMessage.self)
    }
    #expect(again == large)
    for client in [client, stranger, wrongName, plain] { client.shutDown() }
    try await within { await server.shutdown(grace: .zero) }
  }

  @Test func missingFilesAreAnErrorAtTheStart() async {
    await #expect(throws: (any Error).self) {
      try await Loopback.server([], tls: RPCServerTLS(certificateChainFile: "/missing", privateKeyFile: "/missing"))
    }
  }
}
