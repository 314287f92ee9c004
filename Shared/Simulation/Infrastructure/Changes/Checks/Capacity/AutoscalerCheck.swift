import SimulationInput
import SimulationQueueing

/// Targets and bounds of an autoscaler against how fast load grows while new instances start, by `ScalingRamp`.
enum AutoscalerCheck: ChangeCheck {
  static let model = "autoscaling"
  static let equation = "peak of load / ready capacity, Kubernetes' loop every 15 s against a straight ramp"
  /// Where nobody said how many run: so many that rounding to whole ones doesn't matter.
  private static let manyReplicas = 100.0
  /// Up to this long is usual: the default is 300 s, and half an hour outlasts most ramps.
  private static let usualCooldown = 1_800.0
  /// A target from here on leaves less than the loop's own tolerance of 10 %.
  private static let tightTarget = 0.9

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    target(s, &report)
    bounds(s, &report)
    for name in ["scale_down_stabilization_s", "stabilization_window_s", "cooldown_s", "scale_down_cooldown_s"]
    where s.change.has(name) {
      report.ran(self)
      report.understand(name)
      if !name.hasPrefix("scale_down") { cooldown(name, s, &report) }
    }
  }

  /// Where no second step comes before the cooldown is over, a ramp that is shorter meets one step at most.
  /// Source: Amazon EC2 Auto Scaling, "Scaling cooldowns".
  private static func cooldown(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let pause = s.reading([field]) { FactValue.seconds($0) }
    guard pause.isRaised, let after = pause.after else { return }
    guard let ramp = s.state.number("ramp_x"), let time = s.state.seconds("ramp_seconds"),
      let rho = s.state.share("rho", "utilization", "cpu_peak") ?? ServiceLoad(s).before
    else {
      guard after > usualCooldown else { return }
      return report.unknown(
        ["ramp_x", "ramp_seconds", "rho"], self,
        "no second step of scaling comes for \(brief(after)) s, and how fast load grows is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    }
    guard after > time, pause.before.map({ $0 < time }) ?? true else { return }
    // As much as is there already, and as much again by the one step.
    let busy = rho * ramp / 2
    let probability = Exceedance.load.probability(demand: busy, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "load grows \(brief(ramp))-fold in \(brief(time)) s and no second step comes for \(brief(after)) s: utilisation "
          + "\(brief(busy)) even if the one step doubles what is there",
        Calculation(
          equation: "rho ramp / 2",
          inputs: ["rho": rho, "ramp_x": ramp, "ramp_seconds": time, "cooldown_s": after, "before_s": pause.before],
          value: busy, unit: "1", threshold: 1, source: "Amazon EC2 Auto Scaling, scaling cooldowns"), field: field))
  }

  private static func target(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "hpa_target_cpu", "target_cpu", "target_cpu_utilization", "target_utilization", "hpa_target", "cpu_target",
      "targetCPUUtilizationPercentage", "averageUtilization",
    ]
    let target = s.reading(names, state: ["hpa_target_cpu_before"]) { value in
      FactValue.share(value).map { $0 > 1.5 ? $0 / 100 : $0 }
    }
    guard let field = target.field, let after = target.after else { return }
    report.ran(self)
    report.understand(field)
    let start = s.state.seconds("pod_start_seconds", "instance_start_seconds") ?? 0
    guard let ramp = s.state.number("ramp_x"), let time = s.state.seconds("ramp_seconds"), time > 0 else {
      if target.isRaised, after >= tightTarget {
        report.unknown(
          ["ramp_x", "ramp_seconds", "pod_start_seconds"], self,
          "instances are kept \(percent(after)) busy, and how fast load grows while new ones start is not known",
          worst: .degradation, s, field: field, alsoCode: "SATURATION")
      }
      return
    }
    let replicas = ServiceLoad(s).instances.before ?? manyReplicas
    func peak(_ target: Double, start: Double) -> Double {
      Self.peak(target: target, replicas: replicas, ramp: ramp, seconds: time, start: start)
    }
    let isStartKnown = s.state.has("pod_start_seconds", "instance_start_seconds")
    if !isStartKnown, target.isRaised {
      // Between half a minute and five an instance of a container or a machine is ready.
      if peak(after, start: 300) > 1 {
        report.unknown(
          ["pod_start_seconds"], self,
          "load grows \(brief(ramp))-fold in \(brief(time)) s, and how long an instance takes to start is not known",
          worst: .outage, s, field: field, alsoCode: "SATURATION")
        return
      }
    }
    report.metric(
      "peak_utilization_while_scaling", target.before.map { peak($0, start: start) }, peak(after, start: start))
    guard target.isRaised else { return }
    let highest = peak(after, start: start)
    let probability = Exceedance.momentaryLoad.probability(demand: highest, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "load grows \(brief(ramp))-fold in \(brief(time)) s and an instance starts in \(brief(start)) s: those that are "
          + "kept \(percent(after)) busy reach a utilisation of \(brief(highest))",
        Calculation(
          equation: equation,
          inputs: [
            "target": after, "replicas": replicas, "ramp_x": ramp, "ramp_seconds": time, "pod_start_seconds": start,
            "before": target.before,
          ], value: highest, unit: "1", threshold: 1,
          source: "Kubernetes documentation, Horizontal Pod Autoscaling"), field: field))
  }

  /// The highest utilisation of instances that are kept `target` busy, while load grows `ramp`-fold in `seconds`.
  ///
  /// As many as the loop asks for may start: what the most that may run can carry is another question.
  static func peak(target: Double, replicas: Double, ramp: Double, seconds: Double, start: Double) -> Double {
    let count = FactValue.whole(replicas, in: 1...10_000)
    let start = min(max(0, start), ScalingRamp.maxSeconds / 2)
    // All that starts while it rises; a ramp that takes longer than can be followed is taken as that much steeper.
    let settle = start + 60
    let rise = min(max(0, seconds), ScalingRamp.maxSeconds - settle)
    guard
      let policy = try? HorizontalAutoscaler.Policy(
        minReplicas: 1, maxReplicas: 1_000_000, targetUtilisation: target, podStart: start),
      let result = try? ScalingRamp(
        policy, replicas: count, load: target * Double(count), factor: ramp, ramp: rise, settle: settle)
    else { return target * max(1, ramp) }
    return result.peakUtilisation
  }

  private static func bounds(_ s: Situation, _ report: inout ChangeReport) {
    let most = s.reading(
      ["max_instances", "max_replicas", "maxReplicas", "hpa_max", "max_size", "max"], state: ["max_instances"])
    guard let field = most.field, let limit = most.after else { return }
    report.ran(self)
    report.understand(field)
    let load = ServiceLoad(s)
    guard most.isLowered else { return }
    guard let rho = load.utilisation(limit) else {
      guard let now = load.instances.before, limit < now else { return }
      report.unknown(
        ["peak_rps", "cpu_demand_ms"], self,
        "at most \(brief(limit)) of today's \(brief(now)) instances may run, and "
          + "what the peak needs is not known", worst: .outage, s, field: field, alsoCode: "SATURATION")
      return
    }
    report.metric("utilization_at_maximum", most.before.flatMap(load.utilisation), rho)
    let probability = Exceedance.load.probability(demand: rho, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "at peak \(brief(limit)) instances, the most that may run, have a utilisation of \(brief(rho))",
        Calculation(
          equation: "rho = lambda D / (n_max c)", inputs: ["offered_erlang": load.offered, "max_instances": limit],
          value: rho, unit: "1", threshold: 1, source: "Lazowska et al. (1984), utilisation law"), field: field))
  }
}
