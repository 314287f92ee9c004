import SimulationInput

/// A new version: what serves while it is rolled out, and who meets it first when it is bad.
///
/// Source: Kubernetes documentation, "Deployments" (maxUnavailable, maxSurge, probes); Google, Site Reliability Workbook
/// (2018), chapters 2 (error budgets) and 16 (canarying).
enum DeploymentCheck: ChangeCheck {
  static let model = "rollout"
  /// How often a change of a service causes a degradation that users notice. The State of DevOps reports give 5 % for
  /// the best and up to 40 % for the worst (Accelerate State of DevOps 2023, change failure rate); a middle of them.
  private static let failureRate = 0.15

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .deployment || s.proposal.kind == .rollback else { return }
    report.ran(self)
    let rollout = Rollout(s)
    for name in [
      "strategy", "max_unavailable", "max_surge", "max_surge_instances", "max_unavailable_instances", "canary_percent",
      "percent", "auto_rollback", "undo_migration", "version", "image", "tag", "to_version", "from_version",
      "canary_weight",
      "maxUnavailable", "maxSurge", "replicas", "bake_minutes", "steps", "initial_percent", "feature_flag", "revision",
      "batch_size", "batch_percent", "pause_minutes", "min_ready_seconds", "progress_deadline_s", "readiness_probe",
      "liveness_probe",
      "analysis_minutes", "bake", "bake_time", "analysis_time",
    ] where s.change.has(name) { report.understand(name) }
    if rollout.isUnread {
      report.unknown(
        ["strategy"], self, "what serves while it lasts depends on the strategy, and nobody here knows this one",
        worst: .outage, s, field: "strategy", alsoCode: "NOT_EXTRAPOLABLE")
    }
    // Where a rollback goes back to; elsewhere "to" says something else.
    if s.proposal.kind == .rollback, s.change.has("to") { report.understand("to") }
    capacity(rollout, s, &report)
    canary(rollout, s, &report)
    quota(rollout, s, &report)
    gap(rollout, s, &report)
    exposure(rollout, s, &report)
    DependencyVersions.examine(s, rollout, &report)
    perRequest(s, &report)
    overhead(s, &report)
  }

  /// What runs beside every request from now on.
  private static func overhead(_ s: Situation, _ report: inout ChangeReport) {
    guard let share = s.state.share("cpu_overhead"), let rho = s.state.share("rho", "utilization", "cpu_peak") else {
      return
    }
    // What a sidecar does to the service is measured; any other setting beside it isn't.
    let sidecar = s.settings.first { $0.contains("sidecar") }
    report.understand(sidecar)
    let after = rho * (1 + share)
    report.metric("utilization", rho, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "the new version takes \(percent(share)) more: utilisation \(brief(after))",
        Calculation(
          equation: "rho (1 + overhead)", inputs: ["rho": rho, "cpu_overhead": share], value: after, unit: "1",
          threshold: 1, source: "utilisation law"), field: sidecar ?? s.versionField))
  }

  /// A version that asks its database more often for each request.
  private static func perRequest(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = s.settings.first(where: {
        $0.contains("per_request") || $0.contains("queries") || $0.contains("db_calls")
      }),
      let busy = s.state.share("db_cpu")
    else { return }
    let calls = s.reading([field])
    guard let old = calls.before, let new = calls.after, old > 0 else { return }
    report.understand(field)
    let after = busy * new / old
    report.metric("database_cpu", busy, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02, new > old else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "\(brief(new)) instead of \(brief(old)) a request take the database from \(percent(busy)) to \(percent(after))",
        Calculation(
          equation: "db_cpu x after / before", inputs: ["db_cpu": busy, "before": old, "after": new], value: after,
          unit: "1", threshold: 1, source: "utilisation law"), field: field))
  }

  private static func probe(_ s: Situation) -> Bool? {
    s.change.flag("readiness_probe") ?? s.state.flag("readiness_probe")
  }

  private static func capacity(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    guard rollout.maxUnavailable > 0 else { return }
    guard let rho = s.state.share("rho", "utilization", "cpu_peak") ?? ServiceLoad(s).before, let n = rollout.instances
    else {
      if rollout.strategy == .recreate {
        return downtime(rollout, s, &report)
      }
      if let n = rollout.instances, rollout.maxUnavailable / n <= 0.25 { return }
      if rollout.instances == nil, s.change.has("max_unavailable") == false { return }
      report.unknown(
        ["rho", "instances"], self, "instances go away while it lasts, and how busy the others are is not known",
        worst: .outage, s, field: "max_unavailable", alsoCode: "SATURATION")
      return
    }
    let left = n - rollout.maxUnavailable
    guard left > 0 else { return downtime(rollout, s, &report) }
    let during = rho * n / left
    report.metric("utilization_during_rollout", rho, during)
    let probability = Exceedance.load.probability(demand: during, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", s.isQuiet == true ? .nuisance : .outage, s, probability: probability,
        "\(brief(rollout.maxUnavailable)) of \(brief(n)) instances are away at once: utilisation \(brief(during))",
        Calculation(
          equation: "rho n / (n - unavailable)",
          inputs: ["rho": rho, "instances": n, "max_unavailable": rollout.maxUnavailable], value: during, unit: "1",
          threshold: 1, source: "Kubernetes documentation, Deployments; utilisation law"), field: "max_unavailable"))
  }

  /// The share of the requests that a canary gets against the instances that it has.
  private static func canary(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    guard rollout.strategy == .canary,
      let field = ["canary_instances", "canary_replicas"].first(where: { s.change.has($0) }),
      let count = s.change.number(field)
    else { return }
    report.understand(field)
    guard let rho = s.state.share("rho", "utilization", "cpu_peak"), let n = rollout.instances, count > 0 else {
      return
    }
    let busy = rho * n * rollout.firstShare / count
    report.metric("canary_utilization", rho, busy)
    let probability = Exceedance.load.probability(demand: busy, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage.hitting(max(0.4, rollout.firstShare)), s, probability: probability,
        "\(percent(rollout.firstShare)) of the requests come to \(brief(count)) canaries: utilisation \(brief(busy)), "
          + "whatever the new version is like",
        Calculation(
          equation: "rho n share / canaries",
          inputs: ["rho": rho, "instances": n, "share": rollout.firstShare, "canaries": count], value: busy, unit: "1",
          threshold: 1, source: "utilisation law"), field: field))
  }

  /// All instances at once.
  private static func downtime(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    // Nothing starts in no time: 0 was not measured.
    let start = s.state.seconds("pod_start_seconds", "instance_start_seconds").flatMap { $0 > 0 ? $0 : nil }
    let budget = s.state.share("error_budget_left")
    // The gap as a share of what the month may still lose; nil where that isn't known.
    let minutes = s.state.number("error_budget_min_per_month")
    let spent = start.flatMap { gap in
      minutes.flatMap { minutes in budget.map { gap / 60 / max(1e-9, minutes * $0) } }
    }
    let isHarmless =
      s.isQueueWorker
      || (s.isQuiet == true ? (budget ?? 1) > 0.2 && spent ?? 0 < 0.5 : s.isQuiet == nil && spent ?? 1 < 0.1)
    let field = s.change.has("strategy") ? "strategy" : "max_unavailable"
    report.add(
      issue(
        "DOWNTIME", isHarmless ? .nuisance : .outage, s, probability: isHarmless ? 0.7 : 0.95,
        "every instance is stopped before a new one serves"
          + (start.map { ": \(brief($0)) s without the service" } ?? "")
          + (s.isQueueWorker ? ", while its queue waits" : "")
          + (budget.map { ", with \(percent($0)) of the error budget left" } ?? ""),
        Calculation(
          equation: "instances - unavailable = 0",
          inputs: [
            "instances": rollout.instances, "pod_start_s": start, "error_budget_min": minutes,
            "error_budget_left": budget, "budget_spent_share": spent,
          ], value: 0,
          unit: "instances", threshold: 1, source: "Kubernetes documentation, Deployments, Recreate"), field: field,
        remedy: "roll out in steps"))
  }

  private static func quota(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    guard rollout.maxSurge > 0, let free = s.state.number("quota_free_instances"), rollout.maxSurge > free else {
      return
    }
    if rollout.strategy == .blueGreen, let rho = s.state.share("rho", "utilization"), let n = rollout.instances {
      // As many as can start get all of the traffic.
      let after = free > 0 ? rho * n / free : .infinity
      report.add(
        issue(
          "SATURATION", .outage, s, probability: Exceedance.load.probability(demand: after, limit: 1),
          "\(brief(free)) of \(brief(n)) new instances can start, and all traffic on them is a utilisation of \(brief(after))",
          Calculation(
            equation: "rho n / quota", inputs: ["rho": rho, "instances": n, "quota_free": free], value: after,
            unit: "1", threshold: 1, source: "utilisation law"), field: "strategy"))
      return
    }
    // With no room and none that may go, the rollout stands still; nothing is lost.
    let stands = free < 1 && rollout.maxUnavailable == 0
    report.add(
      issue(
        "SATURATION", stands ? .degradation : .nuisance, s, probability: stands ? 0.75 : 0.6,
        "\(brief(rollout.maxSurge)) instances are added while it lasts, and the quota leaves \(brief(free))"
          + (stands ? ": the rollout can't go on" : ""),
        Calculation(
          equation: "surge <= quota", inputs: ["max_surge": rollout.maxSurge, "quota_free": free],
          value: rollout.maxSurge, unit: "instances", threshold: free,
          source: "Kubernetes documentation, Deployments, maxSurge"), field: "max_surge"))
  }

  /// Without a readiness probe an instance gets requests as soon as its process runs.
  private static func gap(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    guard probe(s) == false, rollout.strategy != .blueGreen else { return }
    let start = s.state.seconds("pod_start_seconds", "instance_start_seconds").flatMap { $0 > 0 ? $0 : nil }
    let rate = s.state.number("peak_rps")
    let minutes = s.state.number("error_budget_min_per_month")
    let left = s.state.share("error_budget_left")
    let failing = start.flatMap { start in rate.map { $0 * start } }
    let message =
      "without a readiness probe an instance counts as ready as soon as it runs: all are replaced at once"
      + (start.map { ", and none serves for up to \(brief($0)) s" } ?? "")
      + (failing.map { ", \(brief($0)) requests" } ?? "")
    let share = rollout.strategy == .canary ? rollout.firstShare : 1
    if let start, let minutes, let left {
      let ratio = start / 60 * share / (minutes * left)
      let calculation = Calculation(
        equation: "start / 60 <= budget x left",
        inputs: ["pod_start_s": start, "budget_min": minutes, "left": left, "peak_rps": rate],
        value: start / 60 * share,
        unit: "min", threshold: minutes * left, source: "Site Reliability Workbook (2018), chapter 2")
      let probability = Exceedance(spread: 0.4, reserve: 0).probability(demand: ratio, limit: 0.7)
      if probability > 0.05 {
        report.add(
          issue(
            "DOWNTIME", .outage.hitting(share), s, probability: probability, message, calculation, field: "strategy",
            remedy: "add a readiness probe"))
      }
      report.add(
        issue(
          "ERROR_RATE", ratio > 0.5 ? .degradation : .note, s, probability: 0.7, message, calculation,
          field: "strategy", remedy: "add a readiness probe"))
    } else {
      let weight: Weight = rollout.strategy == .canary ? .nuisance : .degradation
      let probability = s.isQuiet == true ? 0.4 : (left ?? 0.5) < 0.2 ? 0.9 : 0.7
      report.add(
        issue(
          "DOWNTIME", weight, s, probability: probability, message,
          Calculation(
            equation: "ready at start", inputs: ["pod_start_s": start, "error_budget_left": left], value: start ?? 0,
            unit: "s", threshold: 0, source: "Kubernetes documentation, readiness probes"), field: "strategy"))
    }
  }

  /// How many users a bad version meets before somebody or something takes it back.
  private static func exposure(_ rollout: Rollout, _ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .deployment else { return }
    let canReturn = s.change.flag("auto_rollback") ?? false
    let left = s.state.share("error_budget_left")
    // A spent budget means that the next bad minute is one too many.
    let isSpent = (left ?? 1) < 0.1
    let share = rollout.firstShare
    let weight: Weight
    switch (rollout.strategy, isSpent) {
    case (.canary, false) where share < 0.5: weight = Weight.nuisance.hitting(share)
    case (.canary, true) where share < 0.5: weight = (canReturn ? Weight.nuisance : .degradation).hitting(share)
    case (_, true): weight = Weight(severity: .high, consequence: 0.85, reversibility: canReturn ? 0.6 : 0.3)
    case (_, false): weight = Weight(severity: .medium, consequence: 0.6, reversibility: canReturn ? 0.9 : 0.5)
    }
    // What a canary costs that fails: its share for as long as it is watched.
    if rollout.strategy == .canary, let month = s.state.number("error_budget_min_per_month"), let left {
      let watched =
        s.change.seconds("bake", "bake_time", "analysis_time") ?? s.change.number("analysis_minutes", "bake_minutes")
        .map { $0 * 60 } ?? 1_800
      let minutes = share * watched / 60
      report.metric("canary_failure_min", minutes, minutes)
      let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: minutes, limit: month * left)
      if probability > 0.02 {
        report.add(
          issue(
            "ERROR_RATE", Weight(severity: .high, consequence: 0.85, reversibility: 0.5), s,
            probability: probability * 0.9,
            "a canary that fails costs \(brief(minutes)) min, and \(brief(month * left)) min of the month's budget are left",
            Calculation(
              equation: "share x watched <= budget x left",
              inputs: ["share": share, "watched_s": watched, "budget_min": month, "left": left], value: minutes,
              unit: "min", threshold: month * left, source: "Site Reliability Workbook (2018), chapters 2 and 16"),
            field: "canary_percent"))
        return
      }
    }
    // Error budget policies freeze releases when the budget is spent.
    let freezes = isSpent && (rollout.strategy != .canary || share >= 0.5)
    report.add(
      issue(
        "ERROR_RATE", weight, s, probability: freezes ? 0.75 : failureRate,
        "a version that turns out bad meets \(percent(share)) of the requests first"
          + (canReturn ? " and is taken back by itself" : " and is taken back by hand")
          + (left.map { "; \(percent($0)) of the error budget is left" } ?? ""),
        Calculation(
          equation: "share x change failure rate",
          inputs: ["first_share": share, "change_failure_rate": failureRate, "error_budget_left": left],
          value: share * failureRate, unit: "1",
          source: "Accelerate State of DevOps 2023; Site Reliability Workbook (2018), chapters 2 and 16"),
        field: s.change.has("strategy") ? "strategy" : nil))
  }
}
