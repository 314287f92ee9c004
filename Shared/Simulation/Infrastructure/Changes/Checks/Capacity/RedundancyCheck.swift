import SimulationInput
import SimulationQueueing

/// Whether enough copies are left when one fails, by `RedundantGroup`.
///
/// One copy is enough, and those in one zone count as one: how often a zone fails isn't known, and nothing better than its
/// copies failing together can be promised.
enum RedundancyCheck: ChangeCheck {
  static let model = "k_of_n_availability"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let least = s.reading(
      ["min_instances", "min_replicas", "minReplicas", "hpa_min", "min_size", "min_available", "minAvailable"],
      state: ["current_min", "min_instances"])
    let load = ServiceLoad(s)
    let zones = s.reading(["zones"]) { value in
      if case .array(let list) = value {
        Double(Set(list.map { $0.summary.lowercased() }).count)
      } else {
        FactValue.number(value)
      }
    }
    let copies = least.field != nil ? least : load.instances
    if copies.after == 0, least.field == nil, s.isUsed == false { return }
    guard let field = copies.field ?? zones.field else { return }
    report.ran(self)
    report.understand(field)
    if least.field != nil, least.after == 0, (least.before ?? 1) > 0 {
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.9, "none needs to be there any more",
          Calculation(
            equation: "least > 0", inputs: ["before": least.before], value: 0, unit: "copies", threshold: 1,
            source: "Kubernetes documentation, Disruptions"), field: field))
    }
    guard let after = copies.after ?? s.state.number("instances", "current_instances") else { return }
    let before = copies.before ?? after
    if let each = s.state.share("node_availability") {
      report.metric(
        "availability", group(each, before, zones.before)?.availability, group(each, after, zones.after)?.availability)
    }
    if least.field != nil { saturates(least, load, field, s, &report) }
    if zones.isLowered, let left = zones.after, left <= 1 { oneZone(zones, field, s, &report) }
    guard after < before || copies.before == nil else { return }
    if least.field == nil { loaded(load, before, after, zones, field, s, &report) }
    if let each = s.state.share("node_availability"), let objective = s.state.share("slo_availability"),
      let group = group(each, after, zones.after)
    {
      let value = group.availability
      guard value < objective else { return }
      // How far below: as many objectives' worth of downtime.
      let excess = group.unavailability / (1 - objective)
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s,
          probability: Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8),
          "\(brief(after)) of \(brief(before)) copies are left: an availability of \(percent(value)), and "
            + "\(percent(objective)) is the objective",
          Calculation(
            equation: "A = 1 - (1 - a)^min(n, zones)",
            inputs: ["node_availability": each, "copies": after, "zones": zones.after, "before": before], value: value,
            unit: "1", threshold: objective, source: "Rausand, Hoyland, System Reliability Theory (2004)"),
          field: field))
    } else if after <= 1, before > 1 || copies.before == nil {
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.85,
          "one copy is left: when it fails or is updated, nothing serves",
          Calculation(
            equation: "copies > 1", inputs: ["copies": after, "before": before], value: after, unit: "copies",
            threshold: 2, source: "single point of failure"), field: field))
    }
  }

  /// The share of time in which enough copies are up to carry the peak, against the objective: fewer and larger ones carry
  /// as much together, and lose more with each that fails.
  private static func loaded(
    _ load: ServiceLoad, _ before: Double, _ after: Double, _ zones: Situation.Reading, _ field: String, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    guard let each = s.state.share("node_availability"), let objective = s.state.share("slo_availability"),
      let offered = load.offered, let now = load.cores.before ?? load.cores.after,
      let then = load.cores.after ?? load.cores.before
    else { return }
    let needed = (offered / now, offered / then)
    // What can't carry it with all of them is no question of redundancy.
    guard needed.1 < after, let old = group(each, before, zones.before, needed: needed.0),
      let new = group(each, after, zones.after, needed: needed.1), new.unavailability > old.unavailability
    else { return }
    report.metric("availability_at_peak", old.availability, new.availability)
    guard new.availability < objective else { return }
    let excess = new.unavailability / max(1e-9, 1 - objective)
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8)
    let calculation = Calculation(
      equation: "P(at least ceil(lambda D / c) of n are up)",
      inputs: [
        "offered_erlang": offered, "cores": then, "copies": after, "before": before, "node_availability": each,
      ], value: new.availability, unit: "1", threshold: objective, source: "binomial tail, RedundantGroup")
    let message =
      "the peak needs \(brief(needed.1.rounded(.up))) of \(brief(after)) copies: that many are up "
      + "\(percent(new.availability)) of the time, and \(percent(objective)) is the objective"
    report.add(issue("NO_REDUNDANCY", .fragility, s, probability: probability, message, calculation, field: field))
    report.add(issue("SATURATION", .fragility, s, probability: probability, message, calculation, field: field))
  }

  /// One of several equal ways goes; the others carry on, with less to fall back on.
  static func oneFewer(of count: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    let left = count - 1
    let calculation = { (value: Double, threshold: Double, unit: String) in
      Calculation(
        equation: "A = 1 - (1 - a)^n",
        inputs: ["node_availability": s.state.share("node_availability"), "copies": left, "before": count],
        value: value, unit: unit, threshold: threshold, source: "Rausand, Hoyland, System Reliability Theory (2004)")
    }
    if let each = s.state.share("node_availability"), let objective = s.state.share("slo_availability") {
      guard let value = group(each, left, nil)?.availability else { return }
      report.metric("availability", group(each, count, nil)?.availability, value)
      guard value < objective else { return }
      let excess = (1 - value) / max(1e-9, 1 - objective)
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s,
          probability: Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8),
          "\(brief(left)) of \(brief(count)) are left: an availability of \(percent(value)), and \(percent(objective)) is "
            + "the objective", calculation(value, objective, "1"), field: field))
    } else if left <= 1 {
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.85, "one is left: when it fails, nothing takes over",
          calculation(left, 2, "copies"), field: field))
    }
  }

  /// Copies of which `needed` must be up. nil for an availability that isn't a share.
  private static func group(_ each: Double, _ copies: Double, _ zones: Double?, needed: Double = 1) -> RedundantGroup? {
    // More than a hundred are never all down at once.
    let units = max(0, min(copies, zones ?? copies, 100))
    guard units >= 1 else { return try? RedundantGroup(instances: [0], required: 1, instanceUnavailability: 1 - each) }
    let required = (needed / (copies / units) - 1e-9).rounded(.up)
    return try? RedundantGroup(
      instances: [FactValue.whole(units, in: 0...100)], required: FactValue.whole(max(1, required), in: 1...101),
      instanceUnavailability: 1 - each)
  }

  /// As few as may run must carry the load that is there when more are asked for.
  private static func saturates(
    _ least: Situation.Reading, _ load: ServiceLoad, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard least.isLowered, let count = least.after, count > 0, let ramp = s.state.number("ramp_x"),
      let time = s.state.seconds("ramp_seconds"), let start = s.state.seconds("pod_start_seconds"),
      least.before.map({ count <= $0 * 0.75 }) ?? true
    else { return }
    let rho = load.utilisation(count) ?? .infinity
    let target = s.state.share("hpa_target_cpu_before", "hpa_target_cpu") ?? 0.7
    let peak = min(
      rho, AutoscalerCheck.peak(target: target, replicas: count, ramp: ramp, seconds: time, start: start))
    let probability = Exceedance.momentaryLoad.probability(demand: peak, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: probability,
        "from \(brief(count)) instances a \(brief(ramp))-fold load in \(brief(time)) s comes before new ones start",
        Calculation(
          equation: AutoscalerCheck.equation,
          inputs: [
            "target": target, "min_instances": count, "ramp_x": ramp, "ramp_seconds": time, "pod_start_seconds": start,
          ],
          value: peak, unit: "1", threshold: 1, source: "Kubernetes documentation, Horizontal Pod Autoscaling"),
        field: field))
  }

  private static func oneZone(
    _ zones: Situation.Reading, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s, probability: 0.85,
        "everything is in one zone: its failure is the service's",
        Calculation(
          equation: "zones > 1", inputs: ["zones": zones.after, "before": zones.before], value: zones.after ?? 1,
          unit: "zones", threshold: 2, source: "common cause failure; Rausand, Hoyland (2004), chapter 6"),
        field: field))
  }
}
