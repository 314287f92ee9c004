import Foundation

/// A self-signed certificate for `localhost`, made by the openssl command for one test.
struct Certificate {
  let certificate: String
  let key: String

  static func withSelfSigned(_ body: (Certificate) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "interop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = Certificate(
      certificate: folder.appending(path: "certificate.pem").path(), key: folder.appending(path: "key.pem").path())
    try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"),
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", made.key, "-out",
        made.certificate,
      ]
    ) { openssl in
      let code = try await openssl.exitCode()
      guard code == 0 else { throw ChildProcess.Failure(description: "openssl failed:\n\(openssl.transcript)") }
    }
    try await body(made)
  }
}
