import SimulationInput

/// What a change costs a month, where prices or a measured difference are known.
enum CostCheck: ChangeCheck {
  static let model = "cost"
  /// A difference that somebody with a budget decides, USD a month.
  private static let budgetDecision = 5_000.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard let delta = s.state.number("monthly_cost_delta_usd") else { return }
    report.ran(self)
    report.metric(
      "monthly_cost_usd", s.state.number("monthly_cost_usd") ?? 0, (s.state.number("monthly_cost_usd") ?? 0) + delta)
    guard delta > 0 else { return }
    let limit = s.state.number("budget_usd", "monthly_budget_usd") ?? budgetDecision
    let probability = Exceedance(spread: 0.4, reserve: 0).probability(demand: delta, limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "COST", Weight(severity: .medium, consequence: 0.75, reversibility: 0.6), s, probability: probability,
        "\(brief(delta)) USD more a month",
        Calculation(
          equation: "after - before", inputs: ["monthly_cost_delta_usd": delta], value: delta, unit: "USD/month",
          threshold: limit, source: "the target's facts"), field: s.settings.first))
  }
}
