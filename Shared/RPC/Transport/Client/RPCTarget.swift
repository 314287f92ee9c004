/// Where a client's server is: one or more names or addresses with ports. Each name stands for all its addresses.
public struct RPCTarget: Sendable, Hashable, CustomStringConvertible {
  /// One name or address with its port.
  public struct Host: Sendable, Hashable {
    public var name: String
    public var port: Int

    public init(name: String, port: Int) {
      self.name = name
      self.port = port
    }
  }

  public var hosts: [Host]

  public init(host: String, port: Int) { hosts = [Host(name: host, port: port)] }

  /// Reads `name:port`, or several parted by commas; an IPv6 address stands in brackets.
  ///
  /// - Returns: nil for a malformed text.
  public init?(_ text: String) {
    var hosts: [Host] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = part.lastIndex(of: ":"), let port = Int(part[part.index(after: colon)...]),
        (1...65_535).contains(port)
      else { return nil }
      var name = part[..<colon]
      if name.hasPrefix("["), name.hasSuffix("]") {
        name = name.dropFirst().dropLast()
      } else if name.contains(":") {
        return nil
      }
      guard !name.isEmpty, !name.contains(" ") else { return nil }
      hosts.append(Host(name: String(name), port: port))
    }
    self.hosts = hosts
  }

  public var description: String {
    hosts.map { $0.name.contains(":") ? "[\($0.name)]:\($0.port)" : "\($0.name):\($0.port)" }.joined(separator: ",")
  }
}
