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

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
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
    guard let start = s.state.seconds("pod_start_seconds", "instance_start_seconds") else {
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
}
