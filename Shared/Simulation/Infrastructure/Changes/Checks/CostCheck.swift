import SimulationInput
import SimulationPricing

/// What a change costs a month of 730 h: by the price sheet where the type of the instances is known, by what the twin was
/// told otherwise.
enum CostCheck: ChangeCheck {
  static let model = "cost"
  /// A difference that somebody with a budget decides, USD a month.
  private static let budgetDecision = 5_000.0
  /// Growth beyond this factor is decided by a person where it has no price.
  private static let steepest = 10.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let delta = sheet(s, &report) ?? s.state.number("monthly_cost_delta_usd")
    guard let delta else { return unpriced(s, &report) }
    report.ran(self)
    guard delta > 0 else { return }
    let limit = s.state.number("budget_usd", "monthly_budget_usd") ?? budgetDecision
    let probability = Exceedance(spread: 0.4, reserve: 0).probability(demand: delta, limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "COST", Weight(severity: .medium, consequence: 0.75, reversibility: 0.6), s, probability: probability,
        "\(brief(delta)) USD more a month",
        Calculation(
          equation: "after - before, 730 h a month", inputs: ["monthly_delta_usd": delta], value: delta,
          unit: "USD/month", threshold: limit, source: InstancePrices.source.name), field: s.settings.first))
  }

  /// Ten times as much as there was, without a price: nobody can say that it fits a budget, and a typing error looks so.
  private static func unpriced(_ s: Situation, _ report: inout ChangeReport) {
    let instances = ServiceLoad(s).instances
    let size = s.reading(["size_gb"], state: ["before_gb", "size_gb"]) { FactValue.gigabytes($0) }
    for (reading, least, unit) in [(instances, 20.0, "instances"), (size, 1_024, "GB")] {
      guard let field = reading.field, let before = reading.before, let after = reading.after, before > 0,
        after > steepest * before, after - before > least
      else { continue }
      report.ran(self)
      report.unknown(
        ["monthly_cost_delta_usd"], self,
        "\(brief(after)) instead of \(brief(before)) \(unit), and what that costs is not known",
        worst: Weight(severity: .medium, consequence: 0.75, reversibility: 0.6), s, field: field, alsoCode: "COST")
    }
  }

  /// Instances of a type before and after; nil when the type is not known or not in the sheet.
  private static func sheet(_ s: Situation, _ report: inout ChangeReport) -> Double? {
    let load = ServiceLoad(s)
    let old = s.state.text("instance_type", "instance_type_before")
    guard let new = s.change.text("instance_type") ?? old, load.instances.field != nil || s.change.has("instance_type"),
      let before = load.instances.before ?? 1 as Double?, let after = load.instances.after ?? 1 as Double?,
      let countBefore = Int(exactly: before), let countAfter = Int(exactly: after), countBefore >= 0, countAfter >= 0
    else { return nil }
    // A database's type has a prefix of its own, and prices that this sheet doesn't hold.
    guard
      let cost = try? ScalingCost(
        before: [.init(type: old ?? new, count: countBefore)], after: [.init(type: new, count: countAfter)])
    else { return nil }
    report.cost(
      CostFinding(
        monthlyBefore: cost.before.dollars, monthlyAfter: cost.after.dollars, priceDate: InstancePrices.source.date,
        priceSource: "\(InstancePrices.source.name), \(InstancePrices.source.region)"))
    report.metric("monthly_cost_usd", cost.before.dollars, cost.after.dollars)
    return cost.difference.dollars
  }
}
