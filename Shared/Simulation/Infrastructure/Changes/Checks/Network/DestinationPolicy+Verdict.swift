import SimulationFirewall

extension DestinationPolicy {
  /// Whether flows with an end pass; undecided where what is known of the end doesn't say.
  enum Verdict: Sendable, Hashable { case passes, isCut, undecided }

  /// - Parameters:
  ///   - isInside: whether the end is one of the operator's own, which addresses of the Internet don't match.
  ///   - served: for who calls the target, the port that it serves; 0 where nobody said, which is taken for one that the
  ///     rules name.
  func verdict(_ end: FlowEnd, isInside: Bool, served: UInt16? = nil) -> Verdict {
    var mayPass = false
    var mayBeCut = false
    for entry in entries {
      guard let matches = entry.matches(end, isInside: isInside, served: served) else {
        if entry.allows { mayPass = true } else { mayBeCut = true }
        continue
      }
      guard matches else { continue }
      if entry.allows { return mayBeCut ? .undecided : .passes }
      return mayPass ? .undecided : .isCut
    }
    if allowsByDefault { return mayBeCut ? .undecided : .passes }
    return mayPass ? .undecided : .isCut
  }

  /// The share of the ephemeral ports at any address that passes: where answers go.
  var ephemeralShare: Double {
    var left = ShutOut.ephemeral
    var passing = 0
    for entry in entries where entry.isEveryEnd {
      let hit = entry.ports.map { left.intersection($0) } ?? left
      if entry.allows { passing += hit.count }
      left = left.intersection(hit.complement)
      if left.isEmpty { break }
    }
    if allowsByDefault { passing += left.count }
    return Double(passing) / Double(ShutOut.ephemeral.count)
  }
}

extension DestinationPolicy.Entry {
  /// nil where what is known of the end doesn't say.
  func matches(_ end: FlowEnd, isInside: Bool, served: UInt16? = nil) -> Bool? {
    var isSure = true
    if let ports {
      if let port = end.port ?? served ?? end.usualPort {
        guard port == 0 || ports.contains(port) else { return false }
      } else {
        isSure = false
      }
    }
    if isEveryEnd { return isSure ? true : nil }
    if let addresses {
      guard let address = end.address else {
        // A name may have any address of its side of the border, and none of the other.
        let side = isInside ? ShutOut.insideAddresses : SpecialPurposeAddresses.publicAddresses
        let four = side.intersection(.everything(.four))
        if four.subtracting(addresses.subtracting(exceptions)).isEmpty { return isSure ? true : nil }
        if !isInside, addresses.intersection(side).isEmpty { return false }
        return nil
      }
      guard addresses.contains(address.range), !exceptions.overlaps(address.range) else { return false }
      return isSure ? true : nil
    }
    // A selector without labels is every pod: one's own, and nothing outside.
    if names == ["*"] { return isInside && end.address == nil ? (isSure ? true : nil) : false }
    switch names.lazy.compactMap({ named($0, end) }).first(where: { $0 }) {
    case true?: return isSure ? true : nil
    default: return names.contains { named($0, end) == nil } ? nil : false
    }
  }

  private func named(_ pattern: String, _ end: FlowEnd) -> Bool? {
    if pattern.hasPrefix("*.") {
      guard let host = end.host, host.contains(".") else { return nil }
      return host.hasSuffix(pattern.dropFirst(1))
    }
    if end.host == pattern || end.text.lowercased() == pattern { return true }
    let words = Situation.words(pattern)
    if words.isSubset(of: end.words) { return true }
    // One word in common, as "api.stripe.com" and "stripe payments" have, is no proof.
    let telling = words.subtracting(["com", "net", "org", "io", "api", "www", "svc", "cluster", "local", "app", "db"])
    if end.host?.contains(".") == true, pattern.contains(".") { return false }
    return telling.isDisjoint(with: end.words) ? false : nil
  }
}

extension FlowEnd {
  /// The port that what its words name has: "https" and "smtp" say one.
  var usualPort: UInt16? {
    for name in ["https", "smtp", "ldap", "ntp", "dns", "postgres", "postgresql", "mysql", "redis", "kafka", "amqp"]
    where words.contains(name) {
      if let ports = ServiceNames.service(name)?.ports { return UInt16(ports) }
    }
    return nil
  }
}
