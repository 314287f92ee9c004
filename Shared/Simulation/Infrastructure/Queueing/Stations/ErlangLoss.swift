/// M/G/c/c: who finds all servers busy is turned away.
///
/// Source: A. K. Erlang (1917); L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.6. The share holds for any law of
/// the service time (insensitivity).
public enum ErlangLoss {
  /// Erlang's B formula: the share of arrivals that is turned away, by B(0) = 1, B(k) = aB(k−1) / (k + aB(k−1)).
  ///
  /// - Parameters:
  ///   - offeredLoad: a = λT, Erlang; 0 or below is no load.
  ///   - servers: c; 0 turns everybody away.
  public static func blocking(offeredLoad: Double, servers: Int) -> Double {
    guard offeredLoad > 0 else { return 0 }
    var blocking = 1.0
    for server in 0..<max(0, servers) {
      blocking = offeredLoad * blocking / (Double(server + 1) + offeredLoad * blocking)
      // Beyond that nothing changes any more.
      if blocking < 1e-300 { return 0 }
    }
    return blocking
  }
}
