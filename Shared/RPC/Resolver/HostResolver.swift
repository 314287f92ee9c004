#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import NIOCore
internal import NIOPosix

/// Finds every address of a name.
public protocol AddressResolver: Sendable {
  /// - Throws: when the name can't be resolved now.
  func addresses(host: String, port: Int) async throws -> [SocketAddress]
}

/// A name could not be resolved.
public struct ResolutionError: Error, Sendable, CustomStringConvertible {
  public let host: String
  public let reason: String

  public init(host: String, reason: String) {
    self.host = host
    self.reason = reason
  }

  public var description: String { "the host \(host) can't be resolved: \(reason)" }
}

/// Asks the system (files, DNS) for all addresses of a name, on a thread that may block.
public struct SystemResolver: AddressResolver {
  public init() {}

  public func addresses(host: String, port: Int) async throws -> [SocketAddress] {
    try await NIOThreadPool.singleton.runIfActive { try Self.lookUp(host: host, port: port) }
  }

  private static func lookUp(host: String, port: Int) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &list)
    guard result == 0 else { throw ResolutionError(host: host, reason: String(cString: gai_strerror(result))) }
    defer { freeaddrinfo(list) }
    var found: [SocketAddress] = []
    var entry = list
    while let current = entry {
      entry = current.pointee.ai_next
      guard let raw = UnsafeRawPointer(current.pointee.ai_addr) else { continue }
      let address: SocketAddress
      switch current.pointee.ai_family {
      case AF_INET: address = SocketAddress(raw.load(as: sockaddr_in.self), host: host)
      case AF_INET6: address = SocketAddress(raw.load(as: sockaddr_in6.self), host: host)
      default: continue
      }
      if !found.contains(address) { found.append(address) }
    }
    return found
  }
}
