import SimulationDatabases
import SimulationInput

/// Time limits of statements, requests and idle connections against how long things really take.
enum TimeoutCheck: ChangeCheck {
  static let model = "timeout_tail"
  /// The share of failures that nobody misses when no objective is known: a tenth of a usual 99.5 % objective is met
  /// everywhere, five times as much nowhere.
  static let toleratedShare = 0.005

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    for field in s.settings where isTimeout(field) {
      if field == "checkpoint_timeout" || field == "archive_timeout" || field == "wal_receiver_timeout" { continue }
      examine(field, s, &report)
    }
  }

  private static func isTimeout(_ field: String) -> Bool {
    let name = field.lowercased()
    // How long a tool waits for a rollout cuts no request off.
    if RolloutManners.tools.contains(where: { name.hasPrefix($0) }) { return false }
    return name.contains("timeout") || name.hasSuffix("deadline_ms") || name.hasSuffix("deadline_s")
      || statementLimits.contains(name)
  }

  /// Limits of statements that don't call themselves time-outs: MySQL's in ms, MariaDB's in s, MongoDB's in ms.
  private static let statementLimits: Set<String> = ["max_execution_time", "max_statement_time", "max_time"]

  private static func seconds(_ field: String, _ value: InputValue, _ s: Situation) -> Double? {
    let name = field.lowercased()
    // Connector/J counts a socket's time-out in ms, PostgreSQL's driver in s; of others a number too large for s is ms.
    if name == "socket_timeout" || name == "so_timeout", let number = FactValue.number(value), !s.isPostgres {
      let isJDBC = s.isMySQL || s.speaks(of: "jdbc", "connector")
      return isJDBC || number >= 100 ? number / 1_000 : number
    }
    // A bare number is in the unit of the name; PostgreSQL's are in ms.
    let bare =
      name.hasSuffix("_ms")
        || name.hasSuffix("_timeout")
          && ["statement", "lock", "idle_in", "transaction", "deadlock"]
            .contains { name.hasPrefix($0) }
        || name == "max_execution_time"
      ? 1e-3 : name.hasSuffix("_min") ? 60 : 1
    return FactValue.seconds(value, bareSeconds: bare)
  }

  private static func examine(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let timeout = s.reading([field], state: ["before_s"]) { seconds(field, $0, s) }
    guard let after = timeout.after else { return }
    report.ran(self)
    report.understand(field)
    if after == 0, field.lowercased().contains("keepalive") || field.lowercased().contains("keep_alive") {
      return unkept(field, timeout.before, s, &report)
    }
    // 0 or less is "no limit" elsewhere.
    guard after > 0 else { return }
    guard timeout.isLowered || timeout.before == nil || timeout.before == 0 else {
      return longer(field, timeout, s, &report)
    }
    if isIdle(field) { return idle(field, after, s, &report) }
    if field.lowercased().hasPrefix("transaction_timeout") { return transactions(field, after, s, &report) }
    let tail = LatencyTail { s.state.number("query_\($0)_ms", "\($0)_ms", "request_\($0)_ms").map { $0 / 1_000 } }
    if field.lowercased().contains("lock_timeout") { return }
    guard let tail else {
      if let longest = s.state.seconds("longest_transaction_s"), longest <= after { return }
      report.unknown(
        ["query_p99_ms"], self,
        "\(field) cuts off what takes longer than \(brief(after)) s, and how much that is is "
          + "not known", worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      return
    }
    // Requests that are slow on purpose are cut as well.
    let polls = s.state.seconds("long_poll_s").map { $0 >= after ? s.state.share("long_poll_share") ?? 0.05 : 0 } ?? 0
    let share = max(tail.share(above: after), polls)
    let was = timeout.before.map { $0 > 0 ? tail.share(above: $0) : 0 } ?? 0
    report.metric("timed_out_share", was, share)
    failures(
      share, tolerated: nil, "\(field) of \(brief(after)) s cuts off \(percent(share)) of the requests",
      Calculation(
        equation: "share = P(latency > timeout), lognormal through the measured quantiles",
        inputs: [
          "timeout_s": after, "p95_ms": s.state.number("query_p95_ms", "p95_ms"),
          "p99_ms": s.state.number("query_p99_ms", "p99_ms"), "p999_ms": s.state.number("query_p999_ms", "p999_ms"),
        ], value: share, unit: "1", threshold: toleratedShare,
        source: "measured quantiles; Dean and Barroso, The Tail at Scale (2013) on their shape"),
      field, s, &report)
    if let longest = s.state.seconds("longest_transaction_s"), longest > after, share <= toleratedShare {
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.6,
          "the longest transaction takes \(brief(longest)) s: reports, backups or migrations may be cut off",
          Calculation(
            equation: "longest transaction <= timeout",
            inputs: ["longest_transaction_s": longest, "timeout_s": after], value: longest, unit: "s",
            threshold: after, source: "PostgreSQL documentation 19.11.1"), field: field,
          remedy: "set the limit by role, and leave maintenance roles without one"))
    }
  }

  /// Whole transactions against their limit: the longest one that is known is cut off each time it comes.
  private static func transactions(_ field: String, _ after: Double, _ s: Situation, _ report: inout ChangeReport) {
    guard let longest = s.state.seconds("longest_transaction_s") else {
      return report.unknown(
        ["longest_transaction_s"], self,
        "transactions over \(brief(after)) s are rolled back, and how long they take is not known", worst: .degradation,
        s, field: field, alsoCode: "ERROR_RATE")
    }
    let probability = Exceedance.count.probability(demand: longest, limit: after)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "ERROR_RATE", .degradation, s, probability: min(0.95, probability),
        "the longest transaction takes \(brief(longest)) s and is rolled back after \(brief(after)) s, each time it comes",
        Calculation(
          equation: "longest transaction <= transaction_timeout",
          inputs: ["longest_transaction_s": longest, "timeout_s": after], value: longest, unit: "s", threshold: after,
          source: "PostgreSQL documentation 19.11.1 transaction_timeout (from 17)"), field: field,
        remedy: "set the limit by role"))
  }

  /// Connections that are closed after each answer: every request shakes hands again.
  ///
  /// A full TLS handshake takes the server's processor 1 to 2 ms with RSA-2048 and 0.1 to 0.3 ms with ECDSA P-256; where
  /// nobody measured, the upper end counts. Source: nginx documentation, keepalive_timeout ("the zero value disables
  /// keep-alive client connections"); RFC 8446 section 2.
  private static func unkept(
    _ field: String, _ before: Double?, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard before != 0 else { return }
    let rate = s.state.number("peak_rps")
    let rho = s.state.share("rho", "utilization", "cpu_peak")
    let cores = s.state.number("cores", "cpu", "vcpu").map {
      $0 * (s.state.number("instances", "current_instances") ?? 1)
    }
    if let rate, rate * 0.002 < 0.1 { return }
    guard let rate, let rho, let cores, cores > 0 else {
      return report.unknown(
        ["peak_rps", "rho", "cores"], self,
        "every request opens a connection of its own, and what that takes is not known", worst: .degradation, s,
        field: field, alsoCode: "SATURATION")
    }
    let cost = (s.state.number("tls_handshake_ms") ?? 2) / 1_000
    let after = rho + rate * cost / cores
    report.metric("utilization", rho, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: probability,
        "every request opens a connection of its own: utilisation \(brief(after))",
        Calculation(
          equation: "rho + rate x handshake / cores",
          inputs: ["rho": rho, "peak_rps": rate, "handshake_s": cost, "cores": cores], value: after, unit: "1",
          threshold: 1, source: "nginx documentation, keepalive_timeout; utilisation law"), field: field))
  }

  private static func isIdle(_ field: String) -> Bool {
    let name = field.lowercased()
    return name.contains("idle") || name.contains("keepalive") || name.contains("keep_alive")
  }

  /// Idle time-outs cut what waits in silence: long polls, streams, open transactions.
  private static func idle(_ field: String, _ after: Double, _ s: Situation, _ report: inout ChangeReport) {
    // Shorter than an answer takes, it isn't an idle time any more.
    let quick =
      LatencyTail { s.state.number("query_\($0)_ms", "\($0)_ms").map { $0 / 1_000 } }?.share(above: after)
      ?? (after < 1 ? 0.5 : 0)
    if quick > 0.005 {
      failures(
        quick, tolerated: nil, "\(field) of \(brief(after)) s is shorter than what it waits for takes",
        Calculation(
          equation: "P(time > timeout)", inputs: ["timeout_s": after], value: quick, unit: "1",
          threshold: toleratedShare, source: "measured quantiles"), field, s, &report)
    }
    if field.contains("transaction") {
      guard let longest = s.state.seconds("longest_transaction_s") else { return }
      guard longest > after else { return }
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.6,
          "transactions of up to \(brief(longest)) s may be idle for longer than \(brief(after)) s and are cut off",
          Calculation(
            equation: "longest transaction <= timeout", inputs: ["longest_s": longest, "timeout_s": after],
            value: longest, unit: "s", threshold: after, source: "PostgreSQL documentation 19.11.1"), field: field))
      return
    }
    guard let silence = s.state.seconds("long_poll_s") else {
      if let share = s.state.share("long_poll_share"), share > 0 {
        report.unknown(
          ["long_poll_s"], self, "\(percent(share)) of the requests wait in silence, for how long is not known",
          worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      }
      return
    }
    // Without the share it isn't known how many there are, only that they are there.
    let share = s.state.share("long_poll_share") ?? 0.05
    guard silence >= after else { return }
    failures(
      share, tolerated: nil,
      "requests that wait \(brief(silence)) s in silence (\(percent(share))) are cut after \(brief(after)) s",
      Calculation(
        equation: "long_poll_s < idle timeout",
        inputs: ["long_poll_s": silence, "idle_timeout_s": after, "long_poll_share": share], value: silence,
        unit: "s", threshold: after, source: "RFC 6202 section 5.5; the balancer closes what is silent"),
      field, s, &report)
  }

  /// A longer limit lets a slow dependency hold more at once: Little's law.
  private static func longer(
    _ field: String, _ timeout: Situation.Reading, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard !isIdle(field), let after = timeout.after, let rate = s.state.number("peak_rps"),
      let slots = s.state.number("workers", "db_pool_per_instance")
    else { return }
    let held = rate * after
    guard held > slots, timeout.before.map({ rate * $0 <= slots }) == true else { return }
    report.add(
      issue(
        "SATURATION", .nuisance, s, probability: 0.6,
        "when what is called hangs, \(brief(held)) requests wait for it at once, and there are \(brief(slots)) places",
        Calculation(
          equation: "L = lambda x timeout (Little)", inputs: ["peak_rps": rate, "timeout_s": after], value: held,
          unit: "requests", threshold: slots, source: "J. D. C. Little, Operations Research 9 (1961)"), field: field))
  }
}
