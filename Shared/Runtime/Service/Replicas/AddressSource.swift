import NIOCore
import RPCResolver
import RPCTransport
import RuntimeConfiguration
import RuntimeSystem

/// Where the addresses of a service are written down.
enum AddressSource: Sendable, Hashable {
  case listed([NetworkAddress])
  /// A file with one address a line, or several joined by commas; `#` begins a remark. It is read again each time.
  case file(String)

  /// The longest file that is read.
  static let maximumFileBytes = 64 << 10

  /// A file that doesn't hold addresses.
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// What is written down now.
  func entries() throws -> [NetworkAddress] {
    switch self {
    case .listed(let addresses): return addresses
    case .file(let path):
      let bytes = try Files.read(path, maximumBytes: Self.maximumFileBytes)
      return try Self.parse(String(decoding: bytes, as: UTF8.self), path)
    }
  }

  private static func parse(_ text: String, _ path: String) throws -> [NetworkAddress] {
    var addresses: [NetworkAddress] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let entries = line.prefix { $0 != "#" }.split(separator: ",")
      for entry in entries.map({ $0.filter { !$0.isWhitespace } }) where !entry.isEmpty {
        guard let address = NetworkAddress(String(entry)) else {
          throw Malformed(description: "\(path): '\(entry)' is not host:port with a port from 1 to 65535")
        }
        addresses.append(address)
      }
    }
    return addresses
  }
}

/// Looks up what a source lists, all names of it, whatever host is asked for.
///
/// Of a name that has addresses of both families those of IPv4 count, so that a replica that has both is one replica.
struct SourceResolver: AddressResolver {
  let source: AddressSource
  var names: any AddressResolver = SystemResolver()

  func addresses(host: String, port: Int) async throws -> [SocketAddress] { try await addresses() }

  func addresses() async throws -> [SocketAddress] {
    var found: [SocketAddress] = []
    for entry in try source.entries() {
      let all = try await names.addresses(host: entry.host, port: entry.port)
      let fourth = all.filter { $0.protocol == .inet }
      for address in fourth.isEmpty ? all : fourth where !found.contains(address) { found.append(address) }
    }
    return found
  }
}

extension SocketAddress {
  /// Such as `10.0.0.3:50052` or `[::1]:50052`.
  var text: String? {
    guard let ipAddress, let port else { return nil }
    return NetworkAddress(host: ipAddress, port: port).description
  }
}
