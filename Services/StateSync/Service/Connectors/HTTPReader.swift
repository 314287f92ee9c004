import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL
import SimulationInput

/// Reads JSON over HTTP for one sync: only by GET, with bounds on what is taken in.
struct HTTPReader: Sendable {
  /// The longest body that is taken in.
  static let maximumBytes = 32 << 20
  static let connectTimeout = TimeAmount.seconds(5)
  /// Of one request; the sync's own bound is around it.
  static let timeout = TimeAmount.seconds(30)
  /// Characters of an error's body that are told.
  private static let shownLength = 400

  private let client: HTTPClient
  private let base: String
  private let token: String?

  /// Reads with a client that lives as long as `body` runs.
  ///
  /// - Parameter config: `url`, and `token_file` and `ca_file` where the server asks for a token or has a certificate
  ///   of an own authority.
  static func with<Result: Sendable>(
    _ config: SourceConfig, on eventLoops: any EventLoopGroup, _ body: (HTTPReader) async throws -> Result
  ) async throws -> Result {
    guard let url = config.text("url") else { throw SourceFailure("url is required") }
    let token = try config.credential("token_file")
    var settings = HTTPClient.Configuration()
    settings.redirectConfiguration = .disallow
    settings.timeout.connect = connectTimeout
    settings.httpVersion = .http1Only
    if let path = config.text("ca_file") {
      let bytes = try config.files.file(path, key: "ca_file", maximumBytes: 1 << 20)
      var tls = TLSConfiguration.makeClientConfiguration()
      do {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
      } catch {
        throw SourceFailure("ca_file: holds no certificates in PEM")
      }
      settings.tlsConfiguration = tls
    }
    let client = HTTPClient(eventLoopGroupProvider: .shared(eventLoops), configuration: settings)
    let reader = HTTPReader(
      client: client, base: url.hasSuffix("/") ? String(url.dropLast()) : url, token: token)
    do {
      let result = try await body(reader)
      try? await client.shutdown()
      return result
    } catch {
      try? await client.shutdown()
      throw error
    }
  }

  /// The JSON object at a path with a query.
  ///
  /// - Parameter acceptsMissing: whether a 404 is an answer (nil), such as a kind that the server doesn't serve.
  func object(_ path: String, _ query: [(String, String)] = [], acceptsMissing: Bool = false) async throws
    -> TargetState?
  {
    let text = query.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
    var request = HTTPClientRequest(url: base + path + (text.isEmpty ? "" : "?" + text))
    request.headers.add(name: "Accept", value: "application/json")
    request.headers.add(name: "User-Agent", value: "digital-twin")
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: Self.timeout)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw SourceFailure("\(path): \(error)")
    }
    if acceptsMissing, response.status == .notFound { return nil }
    let body: ByteBuffer
    do {
      body = try await response.body.collect(upTo: Self.maximumBytes)
    } catch is NIOTooManyBytesError {
      throw SourceFailure("\(path): the answer has more than \(Self.maximumBytes) bytes")
    }
    guard response.status == .ok else {
      throw SourceFailure("\(path): HTTP \(response.status.code): \(Self.reason(body))")
    }
    do {
      return try JSONText.object(Array(body.readableBytesView), maximumBytes: Self.maximumBytes)
    } catch {
      throw SourceFailure("\(path): the answer is no JSON object within the bounds")
    }
  }

  /// What a server says is wrong: Kubernetes' Status has a `message`, Prometheus' answers have an `error`; else what
  /// the body begins with.
  private static func reason(_ body: ByteBuffer) -> String {
    let told = try? JSONText.object(Array(body.readableBytesView), maximumBytes: maximumBytes)
    for key in ["message", "error"] {
      if case .string(let text)? = told?[key], !text.isEmpty { return String(text.prefix(shownLength)) }
    }
    return String(String(buffer: body).prefix(shownLength))
  }

  /// What is wrong with a base URL; nil when nothing is.
  static func problem(withURL url: String) -> String? {
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return "must begin with http:// or https://" }
    let rest = url.drop { $0 != ":" }.dropFirst(3)
    let authority = rest.prefix { $0 != "/" }
    guard !authority.isEmpty else { return "must name a host" }
    guard !authority.contains("@") else { return "must not hold a user or password; use token_file" }
    guard !url.contains("?"), !url.contains("#") else { return "must have no query" }
    return url.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F } ? nil : "must be printable ASCII"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": out.unicodeScalars.append(scalar)
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return out
  }
}
