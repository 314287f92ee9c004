import Foundation
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// A certificate and its key by file, read again when the files change: certificates are renewed while the edge runs.
final class RenewedCertificate: Sendable {
  /// How often at most the files are looked at.
  static let usualInterval = Duration.seconds(10)

  /// What tells that a file was written: when, and how long it is.
  private struct Stamp: Equatable {
    var modified: Date?
    var size: Int?

    init(_ path: String) {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      modified = attributes?[.modificationDate] as? Date
      size = (attributes?[.size] as? NSNumber)?.intValue
    }
  }

  /// What is served.
  private struct Pair {
    var chain: [NIOSSLCertificateSource]
    var key: NIOSSLPrivateKeySource

    /// - Throws: what is wrong with the files, also where the key isn't the certificate's.
    init(_ certificateFile: String, _ keyFile: String) throws {
      chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) }
      key = .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem))
      _ = try NIOSSLContext(configuration: configuration)
    }

    var configuration: TLSConfiguration {
      var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
      configuration.minimumTLSVersion = .tlsv12
      configuration.applicationProtocols = ["http/1.1"]
      return configuration
    }
  }

  private struct State {
    var served: Pair
    var stamps: [Stamp]
    var looked: ContinuousClock.Instant
  }

  private let certificateFile: String
  private let keyFile: String
  private let interval: Duration
  private let logger: Logger
  private let state: Mutex<State>

  /// - Parameters:
  ///   - certificateFile: PEM: the certificate, then any intermediates.
  ///   - keyFile: PEM, not encrypted.
  /// - Throws: what is wrong with the files.
  init(certificateFile: String, keyFile: String, interval: Duration = usualInterval, logger: Logger) throws {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.interval = interval
    self.logger = logger
    // Before they are read: a change meanwhile is seen at the next look.
    let stamps = [Stamp(certificateFile), Stamp(keyFile)]
    state = Mutex(
      State(served: try Pair(certificateFile, keyFile), stamps: stamps, looked: ContinuousClock.now))
  }

  /// How a server shows it: each connection gets what the files hold at the time.
  func configuration() -> TLSConfiguration {
    var configuration = state.withLock(\.served.configuration)
    configuration.sslContextCallback = { _, promise in
      // Not on the event loop: files are read, and what BoringSSL notes of a key that doesn't fit is kept by thread and
      // would end the handshake.
      promise.completeWithTask {
        let pair = self.current()
        var override = NIOSSLContextConfigurationOverride()
        (override.certificateChain, override.privateKey) = (pair.chain, pair.key)
        return override
      }
    }
    return configuration
  }

  /// Reads again what changed. What can't be served, such as a new certificate whose key isn't written yet, is left for
  /// the next look, and the old one served until then.
  private func current() -> Pair {
    state.withLock { state in
      let now = ContinuousClock.now
      guard state.looked.duration(to: now) >= interval else { return state.served }
      state.looked = now
      let stamps = [Stamp(certificateFile), Stamp(keyFile)]
      guard stamps != state.stamps else { return state.served }
      do {
        state.served = try Pair(certificateFile, keyFile)
        state.stamps = stamps
        logger.info("the certificate was renewed", metadata: ["file": "\(certificateFile)"])
      } catch {
        logger.warning("the new certificate can't be served", metadata: ["error": "\(error)"])
      }
      return state.served
    }
  }
}
