import SimulationInput

/// Clients whose lasting connections a rollout cuts, and who log in again at once.
///
/// A batch of the share b of the instances cuts b of P connections. Drained within D they come back at P·b/D, against what
/// the service that lets them in can do beside its usual work; who is refused comes again.
/// Source: Bronson et al., "Metastable failures in distributed systems", HotOS 2021; Little's law.
enum ReconnectCheck: ChangeCheck {
  static let model = "reconnect_storm"
  /// A handshake takes about a millisecond of a processor (RSA-2048 signatures, `openssl speed`): below that rate one
  /// processor lets everybody in.
  private static let trifling = 1_000.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .deployment || s.proposal.kind == .rollback,
      let connections = s.state.number("peak_connections"), connections > 0
    else { return }
    let capacity = capacity(s)
    let isLasting = s.speaks(of: "websocket", "mqtt", "xmpp", "signalr", "socketio", "push", "realtime", "chat")
    guard capacity != nil || isLasting else { return }
    report.ran(self)
    let rollout = Rollout(s)
    let count = rollout.instances ?? 1
    // New ones beside the old ones don't keep the old ones' connections.
    let batch = rollout.maxUnavailable > 0 ? rollout.maxUnavailable : max(1, rollout.maxSurge)
    let share = min(1, batch / count)
    let field = ["batch_percent", "max_unavailable", "strategy"].first { s.change.has($0) } ?? s.settings.first
    let names = ["deregistration_delay_s", "drain_s", "reconnect_jitter_s"]
    for name in names where s.change.has(name) { report.understand(name) }
    // A drain that nobody set is none: all at once, within the second that clients wait before they try.
    let spread = max(1, names.compactMap { s.change.seconds($0) ?? s.state.seconds($0) }.max() ?? 1)
    let rate = connections * share / spread
    guard let capacity else {
      guard rate > trifling else { return }
      return report.unknown(
        ["login_capacity_rps"], self,
        "\(brief(rate)) clients a second come back, and how many can be let in is not known", worst: .degradation, s,
        field: field, alsoCode: "RETRY_STORM")
    }
    report.metric("reconnects_per_s", 0, rate)
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: rate, limit: capacity)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "connections x batch / drain",
      inputs: ["peak_connections": connections, "batch_share": share, "drain_s": spread], value: rate, unit: "1/s",
      threshold: capacity, source: "Bronson et al., Metastable failures, HotOS 2021")
    let message =
      "each batch sends \(brief(connections * share)) clients back within \(brief(spread)) s: \(brief(rate)) a second, "
      + "and \(brief(capacity)) can be let in; the others try again"
    for code in ["RETRY_STORM", "SATURATION"] {
      report.add(
        issue(
          code, .degradation, s, probability: probability, message, calculation, field: field,
          remedy: "smaller batches, or drain for longer"))
    }
  }

  /// Clients that can be let in a second: told, or in a text such as "spare capacity 6000 logins/s".
  private static func capacity(_ s: Situation) -> Double? {
    if let told = s.state.number(
      "login_capacity_rps", "reconnect_capacity_rps", "auth_capacity_rps", "handshake_capacity_rps")
    {
      return told
    }
    let things = ["login", "logon", "reconnect", "connect", "handshake", "session", "authentication", "sign-in"]
    for text in s.consumers + s.state.texts("external_dependencies") {
      let words = text.lowercased().split { $0 == " " || $0 == ";" || $0 == ":" }.map(String.init)
      for (index, word) in words.enumerated().dropFirst()
      where things.contains(where: { word.hasPrefix($0) }) && (word.contains("/s") || text.contains("a second")) {
        if let number = Double(words[index - 1].replacing(",", with: "")) { return number }
      }
    }
    return nil
  }
}
