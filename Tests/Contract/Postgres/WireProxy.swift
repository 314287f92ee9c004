import Foundation
import Synchronization

/// Stands between client and server on unix sockets and cuts connections at a chosen message, so that a commit with an
/// unknown outcome can be had on demand.
final class WireProxy: Sendable {
  enum Fault: Sendable {
    /// The server never gets the end of a COPY, so it cannot commit.
    case swallowCopyDone
    /// The server commits, but the client never hears of it.
    case swallowAnswerToCopyDone
    /// The same for a COMMIT statement.
    case swallowAnswerToCommit
    /// The client is cut off when the end of a COPY has gone out; the server works on.
    case cutClientAfterCopyDone
  }

  /// For the client's `host`.
  let folder: String
  private let upstream: String
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var fault: Fault?
    var faultCount = 0
    var descriptors: [Int32] = []
  }

  /// How often an armed fault has struck.
  var faultCount: Int { state.withLock { $0.faultCount } }

  init(upstreamFolder: String, port: Int) throws {
    // Short, because the kernel limits the path of a socket.
    folder = "/tmp/twin-proxy-\(UUID().uuidString.prefix(8).lowercased())"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    upstream = "\(upstreamFolder)/.s.PGSQL.\(port)"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let result = Self.withAddress("\(folder)/.s.PGSQL.\(port)") { bind(listener, $0, $1) }
    guard result == 0, listen(listener, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
    Thread.detachNewThread { [self] in acceptAll() }
  }

  /// The next occasion brings the fault, once.
  func arm(_ fault: Fault) { state.withLock { $0.fault = fault } }

  func stop() {
    let descriptors = state.withLock { $0.descriptors }
    shutdown(listener, Int32(SHUT_RDWR))
    for descriptor in descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func withAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  private func acceptAll() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0 { return }
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      guard Self.withAddress(upstream, { connect(server, $0, $1) }) == 0 else {
        close(server)
        close(client)
        continue
      }
      state.withLock { $0.descriptors += [client, server] }
      let link = Link(client: client, server: server)
      Thread.detachNewThread { [self] in forwardRequests(link) }
      Thread.detachNewThread { self.forwardAnswers(link) }
    }
  }

  private final class Link: Sendable {
    let client: Int32
    let server: Int32
    /// The next answer of the server is kept from the client, and with it the connection ends.
    let isMute = Mutex(false)
    init(client: Int32, server: Int32) {
      self.client = client
      self.server = server
    }
    func cut() {
      shutdown(client, Int32(SHUT_RDWR))
      shutdown(server, Int32(SHUT_RDWR))
    }
  }

  /// Takes the fault when the message is its occasion.
  private func strike(_ type: UInt8, _ body: [UInt8]) -> Fault? {
    state.withLock { state in
      let isOccasion =
        switch state.fault {
        case .swallowCopyDone, .swallowAnswerToCopyDone, .cutClientAfterCopyDone: type == UInt8(ascii: "c")
        case .swallowAnswerToCommit: type == UInt8(ascii: "Q") && body.starts(with: "COMMIT".utf8)
        case nil: false
        }
      guard isOccasion else { return nil }
      defer {
        state.fault = nil
        state.faultCount += 1
      }
      return state.fault
    }
  }

  private func forwardRequests(_ link: Link) {
    defer { link.cut() }
    // The first message has no type.
    guard let first = Self.readMessage(link.client, typed: false), Self.writeAll(link.server, first.bytes) else {
      return
    }
    while let message = Self.readMessage(link.client, typed: true) {
      switch strike(message.type, Array(message.bytes.dropFirst(5))) {
      case .swallowCopyDone: return
      case .swallowAnswerToCopyDone, .swallowAnswerToCommit:
        link.isMute.withLock { $0 = true }
        guard Self.writeAll(link.server, message.bytes) else { return }
      case .cutClientAfterCopyDone:
        guard Self.writeAll(link.server, message.bytes) else { return }
        shutdown(link.client, Int32(SHUT_RDWR))
        // The server's end stays open until the server is done.
        var byte: UInt8 = 0
        while read(link.server, &byte, 1) > 0 && !link.isMute.withLock({ $0 }) {}
        return
      case nil:
        guard Self.writeAll(link.server, message.bytes) else { return }
      }
    }
  }

  private func forwardAnswers(_ link: Link) {
    defer { link.cut() }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(link.server, &buffer, buffer.count)
      if count <= 0 || link.isMute.withLock({ $0 }) { return }
      // A client that was cut off does not end the server's work.
      _ = Self.writeAll(link.client, Array(buffer[..<count]))
    }
  }

  private static func readMessage(_ descriptor: Int32, typed: Bool) -> (type: UInt8, bytes: [UInt8])? {
    let headerSize = typed ? 5 : 4
    guard var bytes = readExactly(descriptor, headerSize) else { return nil }
    let length = bytes.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length >= 4, let body = readExactly(descriptor, length - 4) else { return nil }
    bytes += body
    return (typed ? bytes[0] : 0, bytes)
  }

  private static func readExactly(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var offset = 0
    while offset < count {
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + offset, count - offset) }
      if got <= 0 { return nil }
      offset += got
    }
    return bytes
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let put = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
      }
      if put <= 0 { return false }
      offset += put
    }
    return true
  }
}
