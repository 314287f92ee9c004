import SimulationInput

/// Weights of a balancer: the share of the requests that each backend gets, against what it can do.
///
/// Backend i of n equal ones gets w_i/Σw of n·ρ backends' worth of work. Source: utilisation law (Lazowska et al., 1984);
/// nginx documentation, ngx_http_upstream_module, weight.
enum WeightCheck: ChangeCheck {
  static let model = "weighted_balancing"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["weights", "upstream"].first(where: { s.change.has($0) }),
      let weights = weights(s.change.object[field]), !weights.isEmpty
    else { return }
    report.ran(self)
    report.understand(field)
    let total = weights.reduce(0, +)
    guard total > 0 else {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: 0.95, "no backend gets any request",
          Calculation(
            equation: "sum of the weights > 0", inputs: [:], value: 0, unit: "1", threshold: 0,
            source: "nginx documentation, ngx_http_upstream_module"), field: field))
      return
    }
    if case .object(let sizes)? = s.state.value(["backends", "instances", "pool_sizes"]) {
      return pools(sizes, field, s, &report)
    }
    let largest = (weights.max() ?? 0) / total
    guard let rho = s.state.share("rho", "utilization", "cpu_peak") else {
      guard largest > 1.5 / Double(weights.count) else { return }
      return report.unknown(
        ["rho"], self, "one backend gets \(percent(largest)) of the requests, and how busy it is is not known",
        worst: .outage, s, field: field, alsoCode: "SATURATION")
    }
    let backends = s.state.number("backends", "instances") ?? Double(weights.count)
    let work = rho * backends
    report.metric("busiest_utilization", rho, work * largest)
    judge(work * largest, work, largest, field, s, &report)
    afterLoss(weights, work, rho, backends, field, s, &report)
  }

  /// Weights of pools of several backends each: pool i gets w_i/Σw of all work for its n_i backends.
  private static func pools(
    _ sizes: [InputValue.Member], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard case .object(let members)? = s.change.object[field] else { return }
    let weights = members.map { ($0.name, self.weights(.object([$0]))?.first ?? 0) }
    let total = weights.reduce(0) { $0 + $1.1 }
    let busy = s.state.value(["utilization", "rho", "cpu_peak"])
    func size(_ pool: String) -> Double? { sizes.first { $0.name == pool }.flatMap { FactValue.number($0.value) } }
    // One number is that of all; a map tells it of each.
    let known = sizes.map { pool -> Double? in
      let share = busy.flatMap(FactValue.share) ?? busy?[pool.name].flatMap(FactValue.share)
      return share.flatMap { share in FactValue.number(pool.value).map { $0 * share } }
    }
    guard known.allSatisfy({ $0 != nil }), weights.allSatisfy({ $0.1 == 0 || size($0.0) != nil }) else {
      return report.unknown(
        ["utilization", "backends"], self, "how much work the pools do, or how many backends they have, is not known",
        worst: .outage, s, field: field, alsoCode: "SATURATION")
    }
    let work = known.compactMap(\.self).reduce(0, +)
    let after = weights.filter { $0.1 > 0 }.map { pool, weight -> (name: String, share: Double, load: Double) in
      let count = size(pool) ?? 0
      return (pool, weight / total, count > 0 ? work * weight / total / count : .infinity)
    }
    guard let busiest = after.max(by: { $0.load < $1.load }) else { return }
    let before = zip(sizes, known).compactMap { pool, done in
      FactValue.number(pool.value).flatMap { count in done.map { count > 0 ? $0 / count : 0 } }
    }.max()
    report.metric("busiest_utilization", before, busiest.load)
    let probability = Exceedance.load.probability(demand: busiest.load, limit: 1)
    guard probability > 0.02, busiest.load > before ?? 0 else { return }
    report.add(
      issue(
        "SATURATION", .outage.hitting(max(0.5, busiest.share)), s, probability: probability,
        "\(busiest.name) gets \(percent(busiest.share)) of \(brief(work)) backends' worth of work: utilisation "
          + brief(busiest.load),
        Calculation(
          equation: "sum of n rho x w / sum of w / n of the pool",
          inputs: ["work": work, "share": busiest.share, "backends": size(busiest.name)], value: busiest.load,
          unit: "1", threshold: 1, source: "utilisation law"), field: field))
  }

  private static func judge(
    _ busiest: Double, _ work: Double, _ share: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let probability = Exceedance.load.probability(demand: busiest, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage.hitting(max(0.5, share)), s, probability: probability,
        "one backend gets \(percent(share)) of \(brief(work)) backends' worth of work: utilisation \(brief(busiest))",
        Calculation(
          equation: "n rho w / sum of w", inputs: ["work": work, "share": share], value: busiest, unit: "1",
          threshold: 1,
          source: "utilisation law"), field: field))
  }

  /// The backend with the largest share fails, and the others take its requests by their weights.
  private static func afterLoss(
    _ weights: [Double], _ work: Double, _ rho: Double, _ backends: Double, _ field: String, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let sorted = weights.sorted(by: >)
    guard sorted.count >= 2, backends > 1 else { return }
    let left = sorted.dropFirst().reduce(0, +)
    let busiest = left > 0 ? work * sorted[1] / left : .infinity
    let equal = work / (backends - 1)
    report.metric("busiest_utilization_after_loss", equal, busiest)
    // What equal weights couldn't bear either isn't the weights' doing.
    guard busiest > equal * 1.001, Exceedance.load.probability(demand: equal, limit: 1) < 0.5 else { return }
    let probability = Exceedance.load.probability(demand: busiest, limit: 1)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "n rho w2 / (sum of w - w1)", inputs: ["work": work, "second_weight": sorted[1], "left": left],
      value: busiest, unit: "1", threshold: 1, source: "utilisation law, loss of one backend")
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s, probability: probability,
        "when the busiest backend fails, the next one gets a utilisation of \(brief(busiest))", calculation,
        field: field))
  }

  /// Numbers, or texts such as "weight=100" and "max_fails=3 weight=5".
  private static func weights(_ value: InputValue?) -> [Double]? {
    guard case .object(let members)? = value else { return nil }
    let read = members.map { member -> Double? in
      if let number = FactValue.number(member.value) { return number }
      guard let text = FactValue.text(member.value)?.lowercased() else { return nil }
      if let range = text.firstRange(of: "weight=") {
        return FactValue.leadingNumber(.string(String(text[range.upperBound...])))
      }
      return FactValue.share(in: text) ?? FactValue.leadingNumber(member.value)
    }
    guard read.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
    return read.compactMap(\.self)
  }
}
