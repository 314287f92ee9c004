import SimulationInput

/// A bigger or smaller machine for something that holds state: how it is swapped, and what that costs.
enum ResizeCheck: ChangeCheck {
  static let model = "resize"
  /// Replication lag that a promotion loses when nobody waits for it, s: what a person notices.
  private static let toleratedLag = 5.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let size = ["cpu", "memory_gb", "instance_type"].first {
      s.change.has($0)
    }
    guard let field = size, s.proposal.kind == .scaling || s.proposal.kind == .configuration else { return }
    let isStateful = s.isDatabase || s.speaks(of: "redis", "kafka", "db-", "-db")
    guard isStateful else { return }
    report.ran(self)
    report.understand(field)
    for name in ["cpu", "memory_gb"] where s.change.has(name) { report.understand(name) }
    if s.change.has("instance_type"), !s.change.has("cpu", "memory_gb") {
      report.unknown(
        ["cpu", "memory_gb"], self,
        "how big \(s.change.text("instance_type") ?? "the new type") is, and whether the load fits it, is "
          + "not known", worst: .outage, s, field: "instance_type", alsoCode: "SATURATION")
    }
    let method = s.change.text("method")?.lowercased() ?? ""
    if method.contains("promote") || method.contains("failover") || method.contains("switchover") {
      guard let lag = s.state.seconds("replication_lag_s") else {
        report.unknown(
          ["replication_lag_s"], self, "a replica is promoted, and how far it is behind is not known",
          worst: .lossOfData, s, field: field, alsoCode: "DATA_LOSS")
        return
      }
      let probability = Exceedance(spread: 0.7, reserve: 0).probability(demand: lag, limit: toleratedLag)
      guard probability > 0.02 else { return }
      report.add(
        issue(
          "DATA_LOSS", .lossOfData, s, probability: probability,
          "the replica that is promoted is \(brief(lag)) s behind: those writes are lost",
          Calculation(
            equation: "loss = replication lag", inputs: ["replication_lag_s": lag], value: lag, unit: "s",
            threshold: toleratedLag, source: "PostgreSQL documentation 26.3 Failover"), field: field,
          remedy: "stop writes and wait until the replica has caught up"))
      return
    }
    guard s.isQuiet != true, s.state.flag("replica_failover") != true else { return }
    let isBusy = s.isQuiet == false
    report.add(
      issue(
        "DOWNTIME", isBusy ? .outage : .degradation, s, probability: isBusy ? 0.85 : 0.6,
        "the machine is stopped and started anew" + (isBusy ? ", at a busy time" : "; no quiet window is known"),
        Calculation(
          equation: "a resize in place restarts", inputs: [:], value: 1, unit: "restarts", threshold: 0,
          source: "cloud providers' documentation of resizing"), field: field,
        remedy: "resize a replica and promote it"))
  }
}
