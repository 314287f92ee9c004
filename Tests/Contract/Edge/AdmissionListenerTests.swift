import AsyncHTTPClient
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RPCCore
import Testing
import Waiting

@testable import EdgeService

/// The port that Kubernetes asks at, with real TLS.
@Suite("Kubernetes admission over TLS")
struct AdmissionListenerTests {
  private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
  private static let review =
    #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"705ab4f5","name":"shop"}}"#

  /// A folder with certificates that goes with the test.
  private final class Certificates: Sendable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("twin-\(UUID().uuidString)")
    var certificate: String { folder.appendingPathComponent("tls.crt").path }
    var key: String { folder.appendingPathComponent("tls.key").path }

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a self-signed certificate of localhost.
    func make(_ name: String) throws {
      let openssl = Process()
      openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      openssl.arguments = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
      ]
      openssl.standardError = FileHandle.nullDevice
      try openssl.run()
      openssl.waitUntilExit()
      try #require(openssl.terminationStatus == 0)
    }
  }

  /// Runs `body` with the port of a listener behind which nobody judges.
  private static func with(
    _ certificates: Certificates, failsOpen: Bool = false, _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let certificate = try RenewedCertificate(
      certificateFile: certificates.certificate, keyFile: certificates.key, interval: .zero, logger: logger)
    let (ports, bound) = AsyncStream<Int>.makeStream()
    let application = try AdmissionListener.application(
      try AdmissionListener.router(prediction: AbsentChannel(), failsOpen: failsOpen, logger: logger), certificate,
      at: .hostname("127.0.0.1", port: 0), .init(idleTimeout: .seconds(60), connections: 100),
      on: MultiThreadedEventLoopGroup.singleton, logger: logger
    ) {
      bound.yield($0)
      bound.finish()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      for await port in ports { try await body(port) }
      group.cancelAll()
    }
  }

  private struct Answer {
    var status: UInt
    var text: String
  }

  /// Asks as one who trusts a certificate.
  private static func ask(_ port: Int, trusting roots: [NIOSSLCertificate], path: String = AdmissionRoute.path)
    async throws -> Answer
  {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(roots)
    var settings = HTTPClient.Configuration(tlsConfiguration: tls)
    settings.httpVersion = .http1Only
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    do {
      var request = HTTPClientRequest(url: "https://localhost:\(port)\(path)?timeout=10s")
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: review))
      let response = try await client.execute(request, timeout: .seconds(60))
      let body = try await response.body.collect(upTo: 1 << 20)
      try await client.shutdown()
      return Answer(status: response.status.code, text: String(buffer: body))
    } catch {
      try? await client.shutdown()
      throw error
    }
  }

  @Test("who trusts the certificate gets an answer to its question, and nothing else is served")
  func answers() async throws {
    let certificates = try Certificates()
    try certificates.make("first")
    let roots = try NIOSSLCertificate.fromPEMFile(certificates.certificate)
    for failsOpen in [false, true] {
      try await Self.with(certificates, failsOpen: failsOpen) { port in
        let answer = try await Self.ask(port, trusting: roots)
        #expect(answer.status == 200)
        #expect(answer.text.contains(#""uid":"705ab4f5""#), "\(answer.text)")
        #expect(answer.text.contains(#""allowed":\#(failsOpen)"#), "\(answer.text)")
        let named = try await Self.ask(port, trusting: roots, path: "\(AdmissionRoute.path)/staging")
        #expect(named.text == answer.text)
        for path in ["/api/v1/simulation/run", "/health", "/api/v1/environments"] {
          #expect(try await Self.ask(port, trusting: roots, path: path).status == 404)
        }
        let plain = HTTPClientRequest(url: "http://localhost:\(port)\(AdmissionRoute.path)")
        await #expect(throws: (any Error).self) {
          try await HTTPClient.shared.execute(plain, timeout: .seconds(60))
        }
      }
    }
  }

  @Test("a renewed certificate is served without a restart, but none that lacks its key")
  func renewal() async throws {
    let certificates = try Certificates()
    try certificates.make("first")
    let old = try NIOSSLCertificate.fromPEMFile(certificates.certificate)
    let key = try Data(contentsOf: URL(fileURLWithPath: certificates.key))
    try await Self.with(certificates) { port in
      #expect(try await Self.ask(port, trusting: old).status == 200)
      // Half of a renewal: the certificate is there, its key isn't yet.
      try certificates.make("second")
      let newKey = try Data(contentsOf: URL(fileURLWithPath: certificates.key))
      try key.write(to: URL(fileURLWithPath: certificates.key))
      #expect(try await Self.ask(port, trusting: old).status == 200)
      try newKey.write(to: URL(fileURLWithPath: certificates.key))
      let new = try NIOSSLCertificate.fromPEMFile(certificates.certificate)
      #expect(try await Self.ask(port, trusting: new).status == 200)
      await #expect(throws: (any Error).self) { try await Self.ask(port, trusting: old) }
    }
  }

  @Test("files that can't be served are refused at once")
  func refused() throws {
    let certificates = try Certificates()
    try certificates.make("first")
    let key = try Data(contentsOf: URL(fileURLWithPath: certificates.key))
    try certificates.make("second")
    try key.write(to: URL(fileURLWithPath: certificates.key))
    #expect(throws: (any Error).self) {
      try RenewedCertificate(
        certificateFile: certificates.certificate, keyFile: certificates.key, logger: Self.logger)
    }
    #expect(throws: (any Error).self) {
      try RenewedCertificate(certificateFile: "/missing", keyFile: certificates.key, logger: Self.logger)
    }
  }
}
