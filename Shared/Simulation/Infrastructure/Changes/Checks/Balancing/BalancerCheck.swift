import SimulationInput

/// How a balancer spreads requests over backends, and what happens to those of one that goes.
enum BalancerCheck: ChangeCheck {
  static let model = "load_balancing"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    algorithm(s, &report)
    draining(s, &report)
    removal(s, &report)
    for name in ["slow_start_s", "slow_start", "access_logs", "cross_zone", "http2", "rise", "path"]
    where s.proposal.kind == .loadBalancing && s.change.has(name) { report.understand(name) }
  }

  private static func algorithm(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = ["algorithm"].first(where: {
        s.change.has($0)
      }), s.proposal.kind == .loadBalancing, let name = s.change.text(field)?.lowercased()
    else { return }
    report.ran(self)
    report.understand(field)
    let isBlind = name.contains("round") || name.contains("random") || name.contains("hash") || name.contains("sticky")
    let isEven = s.state.flag("homogeneous")
    let isHash = name.contains("hash") || name.contains("sticky")
    let rho = s.state.share("rho", "utilization")
    guard isBlind, isEven == false || isHash else { return }
    // Unequal backends get equal shares: their sizes decide, and where nobody told them, between two generations of
    // machines a ratio of two is usual.
    let hot = (isHash ? nil : slowest(s)) ?? rho.map { $0 * (isHash ? 1.4 : 2) }
    let probability =
      hot.map { Exceedance(spread: 0.15, reserve: 0).probability(demand: $0, limit: 1) }
      ?? (isEven == false ? 0.6 : 0.2)
    guard probability > 0.02 else { return }
    let longLived = (s.state.share("long_poll_share") ?? 0) > 0.2
    report.add(
      issue(
        "SATURATION", isEven == false ? .degradation : .nuisance, s,
        probability: min(0.95, probability + (longLived ? 0.2 : 0)),
        isHash
          ? "requests stick to backends: the fullest one gets about 40 % more than its share"
          : "backends of unequal speed get equal shares: the slow ones reach a utilisation of about "
            + (hot.map { brief($0) } ?? "more than the others'"),
        Calculation(
          equation: "rho_slow = rho x 2 (blind), rho x 1.4 (hash)",
          inputs: ["rho": rho, "backends": s.state.number("backends")],
          value: hot ?? 0, unit: "1", threshold: 1,
          source: "Mitzenmacher, The Power of Two Choices, IEEE TPDS 12 (2001) on load-blind assignment"),
        field: field))
  }

  /// Utilisation of the smallest backend when each gets the same share of the load: λ·D/(n·c_min), in processors.
  private static func slowest(_ s: Situation) -> Double? {
    guard let rate = s.state.number("peak_rps"), let demand = s.state.number("cpu_demand_ms") else { return nil }
    let sizes = s.state.texts("backends").compactMap { FactValue.leadingNumber(.string($0)) }
    guard sizes.count > 1, sizes.count == s.state.texts("backends").count, let least = sizes.min(), least > 0 else {
      return nil
    }
    return rate * demand / 1_000 / Double(sizes.count) / least
  }

  /// Taking a backend out waits this long for what it still serves.
  private static func draining(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "deregistration_delay_s", "drain_s", "drain_timeout_s", "connection_draining_s", "deregistration_delay",
    ]
    let drain = s.reading(names, state: ["before_s"]) { FactValue.seconds($0) }
    guard let field = drain.field, let after = drain.after else { return }
    report.ran(self)
    report.understand(field)
    guard drain.isLowered || drain.before == nil else { return }
    let longest = s.state.seconds("long_poll_s") ?? s.state.number("p999_ms", "p99_ms").map { $0 / 1_000 }
    guard let longest else {
      if after < 1 {
        report.unknown(
          ["p99_ms", "long_poll_s"], self, "requests are cut when a backend goes, and how long they take is not known",
          worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
      }
      return
    }
    guard longest > after else { return }
    let share = s.state.share("long_poll_share") ?? 0.01
    // Only deployments cut; in between nothing happens.
    TimeoutCheck.failures(
      share * 0.5, tolerated: nil,
      "each time a backend is taken out, requests of up to \(brief(longest)) s (\(percent(share))) are cut after "
        + "\(brief(after)) s",
      Calculation(
        equation: "long_poll_s <= drain", inputs: ["long_poll_s": longest, "drain_s": after, "share": share],
        value: longest, unit: "s", threshold: after, source: "AWS documentation, deregistration delay"), field, s,
      &report)
  }

  private static func removal(_ s: Situation, _ report: inout ChangeReport) {
    let backends = s.reading(["backends", "remove_backends"], state: ["backends"]) { value in
      if case .array(let list) = value { Double(list.count) } else { FactValue.number(value) }
    }
    guard s.proposal.kind == .loadBalancing || s.change.has("remove_backends"), let field = backends.field,
      let told = backends.after, let before = backends.before
    else { return }
    report.ran(self)
    report.understand(field)
    let after = field == "remove_backends" ? before - told : told
    guard after < before else { return }
    let rho = s.state.share("rho", "utilization")
    let during = rho.map { after > 0 ? $0 * before / after : .infinity }
    report.metric("utilization", rho, during)
    if after <= 1 {
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.85, "\(brief(after)) of \(brief(before)) backends is left",
          Calculation(
            equation: "backends > 1", inputs: ["before": before], value: after, unit: "backends", threshold: 2,
            source: "single point of failure"), field: field))
    }
    guard let during else {
      report.unknown(
        ["rho"], self, "fewer backends serve, and how busy they are is not known", worst: .outage, s, field: field,
        alsoCode: "SATURATION")
      return
    }
    let probability = Exceedance.load.probability(demand: during, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "\(brief(after)) of \(brief(before)) backends carry a utilisation of \(brief(during))",
        Calculation(
          equation: "rho n / n'", inputs: ["rho": rho, "before": before, "after": after], value: during, unit: "1",
          threshold: 1, source: "utilisation law"), field: field))
  }
}
