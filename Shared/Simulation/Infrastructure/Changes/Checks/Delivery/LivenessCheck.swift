#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationDatabases
import SimulationInput

/// Liveness probes against the time that a container needs to start: one that is killed before it serves never does.
///
/// A container is killed at the latest initialDelaySeconds + periodSeconds × failureThreshold after its start while it
/// doesn't answer; a startup probe holds the liveness probe back until it has succeeded. Defaults: 0, 10 s and 3.
/// Source: Kubernetes documentation, "Configure Liveness, Readiness and Startup Probes".
enum LivenessCheck: ChangeCheck {
  static let model = "liveness_probe"

  private static let fields = [
    "liveness_initial_delay_s", "liveness_interval_s", "liveness_threshold", "startup_probe",
  ]
  /// A container that is killed in vain this often a day is noticed.
  private static let toleratedKills = 0.2

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    path(s, &report)
    answers(s, &report)
    guard let field = fields.first(where: { s.change.has($0) }) else {
      for name in ["liveness_probe", "liveness_timeout_s"] where s.change.has(name) { report.understand(name) }
      return
    }
    report.ran(self)
    for name in s.settings where name.hasPrefix("liveness_") || name.hasPrefix("startup_") { report.understand(name) }
    let startupProbe = s.change.value(["startup_probe"]) ?? s.state.value(["startup_probe"])
    if let startupProbe, FactValue.flag(startupProbe) != false { return }
    let delay = s.reading(["liveness_initial_delay_s"]) { FactValue.seconds($0) }
    let period = s.reading(["liveness_interval_s"]) { FactValue.seconds($0) }
    let threshold = s.reading(["liveness_threshold"])
    func grace(_ at: (Situation.Reading) -> Double?) -> Double {
      (at(delay) ?? 0) + max(1, at(period) ?? 10) * max(1, at(threshold) ?? 3)
    }
    let patience = grace(\.after)
    guard let start = s.state.seconds("pod_start_seconds", "instance_start_seconds"), start > 0 else {
      guard patience < 30 else { return }
      report.unknown(
        ["pod_start_seconds"], self,
        "a container that doesn't answer \(brief(patience)) s after its start is killed, and how long it takes is not known",
        worst: .outage, s, field: field, alsoCode: "DOWNTIME")
      return
    }
    report.metric("liveness_grace_s", grace(\.before), patience)
    let probability = Exceedance(spread: 0.2, reserve: 0.05).probability(demand: start, limit: patience)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "start <= initial delay + period x threshold",
      inputs: [
        "pod_start_s": start, "initial_delay_s": delay.after ?? 0, "period_s": period.after ?? 10,
        "failure_threshold": threshold.after ?? 3,
      ], value: start, unit: "s", threshold: patience,
      source: "Kubernetes documentation, Configure Liveness, Readiness and Startup Probes")
    report.add(
      issue(
        "DOWNTIME", .outage, s, probability: probability,
        "each container is killed after \(brief(patience)) s and needs \(brief(start)) s to start: it restarts for ever",
        calculation, field: field, remedy: "add a startup probe, or a longer initial delay"))
  }

  /// A probe that asks for what the process depends on kills every copy when that hiccups.
  /// Source: Kubernetes documentation, "Liveness, Readiness, and Startup Probes" (a failed dependency is no reason to
  /// restart; cascading failures).
  private static func path(_ s: Situation, _ report: inout ChangeReport) {
    let asks: Set<String> = [
      "database", "db", "sql", "postgres", "mysql", "mongo", "redis", "cache", "kafka", "broker", "queue", "deep",
      "full", "all", "dependencies", "dependency", "downstream", "upstream", "external", "backend", "backends", "ready",
      "readiness",
    ]
    // Words by which a dependency is called, but for those that any thing may have.
    let called = s.state.texts("external_dependencies").map(Situation.words).reduce(into: Set<String>()) {
      $0.formUnion($1.filter { $0.count > 3 })
    }
    let own = Situation.words(s.proposal.target)
    for field in s.change.names where field.hasPrefix("liveness") {
      guard let text = s.change.text(field), text.contains("/") else { continue }
      let words = Situation.words(text)
      guard !words.isDisjoint(with: asks.union(called.subtracting(own))) else { continue }
      report.ran(self)
      report.unknown(
        ["liveness_probe"], self,
        "\(String(text.prefix(80))) seems to answer for what the process depends on: then all copies are killed when that "
          + "fails", worst: .outage, s, field: field, alsoCode: "DOWNTIME")
    }
  }

  /// Kills of a healthy container a day: each probe fails with P(answer > timeout), the threshold of them in a row kills,
  /// and 86,400/period are made. Probes are taken as independent; slow answers come together, so that there may be more.
  private static func answers(_ s: Situation, _ report: inout ChangeReport) {
    let names = ["liveness_threshold", "liveness_interval_s", "liveness_timeout_s"]
    guard let field = names.first(where: { s.change.has($0) }),
      let tail = LatencyTail({ s.state.number("probe_\($0)_ms", "query_\($0)_ms", "\($0)_ms").map { $0 / 1_000 } })
    else { return }
    let period = s.reading(["liveness_interval_s"]) { FactValue.seconds($0) }
    let threshold = s.reading(["liveness_threshold"])
    let timeout = s.reading(["liveness_timeout_s"]) { FactValue.seconds($0) }
    func kills(_ at: (Situation.Reading) -> Double?) -> Double {
      let missed = tail.share(above: max(0.001, at(timeout) ?? 1))
      return pow(missed, max(1, at(threshold) ?? 3)) * 86_400 / max(1, at(period) ?? 10)
    }
    let (before, after) = (kills(\.before), kills(\.after))
    report.ran(self)
    report.understand(field)
    report.metric("liveness_kills_per_day", before, after)
    guard after > before else { return }
    let probability = Exceedance(spread: 0.7, reserve: 0).probability(demand: after, limit: toleratedKills)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DOWNTIME", .degradation, s, probability: min(0.95, probability),
        "answers slower than \(brief(timeout.after ?? 1)) s kill a healthy container \(brief(after)) times a day",
        Calculation(
          equation: "P(answer > timeout)^threshold x 86400 / period",
          inputs: [
            "timeout_s": timeout.after ?? 1, "failure_threshold": threshold.after ?? 3, "period_s": period.after ?? 10,
            "p99_ms": s.state.number("query_p99_ms", "p99_ms"), "before_per_day": before,
          ], value: after, unit: "1/day", threshold: toleratedKills,
          source: "Kubernetes documentation, Configure Liveness, Readiness and Startup Probes"), field: field,
        remedy: "a longer timeout, or a higher threshold"))
  }
}
