import Foundation
import Waiting

/// Ports of 127.0.0.1 that nobody listens on.
///
/// They lie below the range from which the system takes ports of outgoing connections, so that a service that is killed
/// finds its port again.
public enum FreePorts {
  private static let range = 20_000..<30_000

  /// - Returns: so many different ports.
  public static func take(_ count: Int) throws -> [Int] {
    var ports: [Int] = []
    // Another run of the tests begins elsewhere.
    let start = Int.random(in: range)
    for offset in range.indices where ports.count < count {
      let port = range.lowerBound + (start + offset) % range.count
      if isFree(port) { ports.append(port) }
    }
    guard ports.count == count else { throw NeverHappened(description: "\(count) free ports in \(range)") }
    return ports
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var reuse: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
