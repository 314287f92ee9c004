/// Source ports of a translating gateway (NAT, RFC 4787 and RFC 5382): a connection to one destination address and port
/// takes one port of one public address, until it has ended and the time to reuse has passed.
public struct SourcePorts: Sendable, Hashable {
  public enum Failure: Error, Sendable, Hashable {
    /// Addresses, ports and times must be positive.
    case outOfRange
  }

  /// Public addresses of the gateway.
  public let addresses: Int
  /// Ports per address and destination: 64,512 above the well-known ones, 28,232 in Linux' default range
  /// (net.ipv4.ip_local_port_range 32768 to 60999), 55,000 for an AWS NAT gateway.
  public let portsPerAddress: Int
  /// Seconds between the last packet and the reuse of the port, such as 60 for Linux' TIME_WAIT.
  public let holdTime: Double

  public static let aboveWellKnown = 65_535 - 1_023
  public static let linuxEphemeral = 60_999 - 32_768 + 1
  public static let awsGateway = 55_000

  /// - Throws: ``Failure``.
  public init(addresses: Int, portsPerAddress: Int, holdTime: Double) throws(Failure) {
    guard addresses > 0, (1...65_535).contains(portsPerAddress), holdTime >= 0, holdTime.isFinite else {
      throw .outOfRange
    }
    self.addresses = addresses
    self.portsPerAddress = portsPerAddress
    self.holdTime = holdTime
  }

  /// Connections to one destination address and port that can be held at once.
  public var capacity: Int { addresses * portsPerAddress }

  /// Mean number of ports in use by Little's law (Little, Operations Research 9 (1961)).
  ///
  /// - Parameters:
  ///   - rate: new connections per second to the busiest destination address and port.
  ///   - duration: mean life of a connection in seconds.
  public func inUse(rate: Double, duration: Double) -> Double { rate * (duration + holdTime) }

  /// Mean use over capacity; at 1 and above connections fail for sure, and below it the tail of the distribution does.
  public func utilisation(rate: Double, duration: Double) -> Double {
    inUse(rate: rate, duration: duration) / Double(capacity)
  }

  /// Share of connections refused: Erlang's B formula, for Poisson arrivals and any distribution of holding times.
  public func refusedShare(rate: Double, duration: Double) -> Double {
    let load = inUse(rate: rate, duration: duration)
    guard load > 0 else { return 0 }
    // 1/B(n) = 1 + n/a · 1/B(n-1), stable in the inverse.
    var inverse = 1.0
    for servers in 1...capacity {
      inverse = 1 + Double(servers) / load * inverse
      if inverse > 1e300 { return 0 }
    }
    return 1 / inverse
  }

  /// Most connections per second whose mean use fits.
  public func maximumRate(duration: Double) -> Double { Double(capacity) / (duration + holdTime) }
}
