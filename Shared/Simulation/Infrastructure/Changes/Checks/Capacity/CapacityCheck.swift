import SimulationInput

/// Whether what is left of a service carries its peak, with all instances and after the loss of a zone or a node.
///
/// ρ = λ·D/(n·c) by the utilisation law, response times by M/M/c.
/// Source: Lazowska et al., Quantitative System Performance (1984), 3.3; Kleinrock, Queueing Systems 1 (1975), 3.5.
enum CapacityCheck: ChangeCheck {
  static let model = "mmc"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let load = ServiceLoad(s)
    guard let field = load.instances.field ?? load.cores.field else { return }
    report.ran(self)
    report.understand(load.instances.field, load.cores.field)
    guard var count = load.instances.after ?? (load.cores.field == nil ? nil : 1) else { return }
    if load.instances.field != nil, load.instances.before == nil, load.offered == nil,
      load.instances.after.map({ $0 <= 2 }) ?? true
    {
      report.unknown(
        ["current_instances"], self, "\(brief(count)) instances are left of nobody knows how many", worst: .outage, s,
        field: field, alsoCode: "SATURATION")
    }
    // What the quota doesn't give doesn't serve.
    if let free = s.state.number("quota_free_instances"), let before = load.instances.before {
      count = min(count, before + free)
    }
    guard count > 0 else {
      // What nobody asks for is missed by nobody.
      guard s.isUsed != false else { return }
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: 0.95, "no instance is left",
          Calculation(
            equation: "instances > 0", inputs: ["instances": count], value: count, unit: "instances", threshold: 1,
            source: "arithmetic"), field: field))
      return
    }
    report.metric("instances", load.instances.before, load.instances.after)
    dependency(load, field, s, &report)
    quota(load, field, s, &report)
    let shrinks = load.instances.isLowered || load.cores.isLowered && load.cores.before != nil
    guard let rho = load.instances.after == nil ? utilisation(load, s) : load.utilisation(count) else {
      if shrinks || load.cores.field != nil && load.cores.before == nil && load.instances.field == nil {
        report.unknown(
          ["peak_rps", "cpu_demand_ms"], self, "there is less to serve with, and how busy it is at peak is not known",
          worst: .outage, s, field: field, alsoCode: "SATURATION")
      }
      return
    }
    report.metric("utilization", load.before, rho)
    report.regime(rho < 0.7 ? "mmc:rho<0.7" : rho < 0.85 ? "mmc:rho<0.85" : "mmc:rho>=0.85")
    let p99 = (
      load.instances.before.flatMap { load.responseP99(s, instances: $0) }, load.responseP99(s, instances: count)
    )
    report.metric("p99_ms", p99.0, p99.1)
    saturation(rho, count, load, field, shrinks, s, &report)
    objective(p99.1, p99.0, rho, field, shrinks, s, &report)
    zoneLoss(load, count, field, shrinks, s, &report)
  }

  private static func utilisation(_ load: ServiceLoad, _ s: Situation) -> Double? {
    // Only the size changes: ρ scales with it.
    guard let before = load.before, let old = load.cores.before, let new = load.cores.after, new > 0 else { return nil }
    return before * old / new
  }

  private static func saturation(
    _ rho: Double, _ count: Double, _ load: ServiceLoad, _ field: String, _ shrinks: Bool, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let probability = Exceedance.load.probability(demand: rho, limit: 1)
    guard probability > 0.02, shrinks || load.factor > 1 || (load.before ?? 0) < rho else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "at peak \(brief(load.offered ?? rho)) Erlang come to \(brief(load.capacity(count))) processors: utilisation "
          + "\(brief(rho))" + (rho >= 1 ? ", the queue grows without end" : ""),
        Calculation(
          equation: "rho = lambda D / (n c)",
          inputs: [
            "peak_rps": s.state.number("peak_rps"), "cpu_demand_ms": s.state.number("cpu_demand_ms"),
            "instances": count, "cores": load.cores.after, "load_factor": load.factor, "rho_before": load.before,
          ], value: rho, unit: "1", threshold: 1, source: "Lazowska et al. (1984), utilisation law"), field: field))
  }

  private static func objective(
    _ p99: Double?, _ before: Double?, _ rho: Double, _ field: String, _ shrinks: Bool, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    guard let p99, let objective = s.state.number("slo_p99_ms"), rho < 1, shrinks else { return }
    let probability = Exceedance(spread: 0.25, reserve: 0).probability(demand: p99, limit: objective)
    guard probability > 0.02, (before ?? 0) < p99 else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: probability,
        "the p99 at peak goes to \(brief(p99)) ms, and \(brief(objective)) ms are the objective",
        Calculation(
          equation: "P(T > t) = 0.01 of M/M/c", inputs: ["rho": rho, "before_ms": before], value: p99, unit: "ms",
          threshold: objective, source: "Kleinrock, Queueing Systems 1 (1975), 3.5"), field: field))
  }

  /// The loss of the fullest zone, or of one instance where there is only one zone.
  private static func zoneLoss(
    _ load: ServiceLoad, _ count: Double, _ field: String, _ shrinks: Bool, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    guard let zones = s.state.number("zones"), zones >= 2, count > 1 else { return }
    func left(_ n: Double) -> Double { n - (n / zones).rounded(.up) }
    guard let rho = load.utilisation(max(0, left(count))), left(count) > 0 else { return }
    let before = load.instances.before.flatMap { left($0) > 0 ? load.utilisation(left($0)) : nil }
    report.metric("utilization_after_zone_loss", before, rho)
    guard shrinks, rho > before ?? 0 else { return }
    let probability = Exceedance.load.probability(demand: rho, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .fragility, s, probability: probability * 0.95,
        "when the fullest of \(brief(zones)) zones is lost, \(brief(left(count))) instances are left with a utilisation of "
          + brief(rho),
        Calculation(
          equation: "rho = lambda D / ((n - ceil(n / zones)) c)",
          inputs: ["instances": count, "zones": zones, "offered_erlang": load.offered, "before": before], value: rho,
          unit: "1", threshold: 1, source: "N+1 planning by zone; utilisation law"), field: field,
        remedy: "keep enough instances for the loss of one zone"))
  }

  /// Workers that all use one database bring it as much more work as there are more of them.
  private static func dependency(
    _ load: ServiceLoad, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let busy = s.state.share("db_cpu"), load.instances.isRaised, let before = load.instances.before, before > 0,
      let after = load.instances.after, s.state.number("peak_rps") == nil
    else { return }
    // Only its own share of the database's work grows; the whole of it is the worst case.
    let worst = busy * after / before
    report.metric("database_cpu", busy, min(worst, 1))
    let probability = Exceedance(spread: 0.15, reserve: 0).probability(demand: worst, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: probability * 0.9,
        "the database is busy \(percent(busy)), and up to \(brief(after / before)) times the work comes",
        Calculation(
          equation: "db_cpu x instances / before", inputs: ["db_cpu": busy, "instances": after, "before": before],
          value: worst, unit: "1", threshold: 1, source: "utilisation law; an upper bound"), field: field))
  }

  private static func quota(_ load: ServiceLoad, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let free = s.state.number("quota_free_instances"), let before = load.instances.before,
      let after = load.instances.after, after - before > free
    else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: 0.9,
        "\(brief(after - before)) more instances are asked for, and the quota leaves \(brief(free))",
        Calculation(
          equation: "after - before <= quota", inputs: ["after": after, "before": before, "quota_free": free],
          value: after - before, unit: "instances", threshold: free, source: "arithmetic"), field: field))
  }
}
