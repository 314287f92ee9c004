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
