import SimulationInput

/// How a new version takes the place of the old one.
struct Rollout: Sendable {
  enum Strategy: String, Sendable {
    case rolling, recreate, canary
    case blueGreen = "blue_green"
  }

  let strategy: Strategy
  /// nil when it is unknown.
  let instances: Double?
  /// Instances that may be missing and that may be added while it lasts.
  let maxUnavailable: Double
  let maxSurge: Double
  /// Share of the traffic that the new version gets first.
  let firstShare: Double

  init(_ s: Situation) {
    let text = (s.change.text("strategy") ?? "rolling").lowercased().replacing("-", with: "_")
    let strategy: Strategy =
      text.contains("recreate") || text.contains("all_at_once") || text.contains("big_bang")
      ? .recreate : text.contains("canary") ? .canary : text.contains("blue") ? .blueGreen : .rolling
    self.strategy = strategy
    instances = s.state.number("instances", "current_instances", "replicas")
    let n = instances ?? 1
    /// A count, a share below 1 or a percentage of the instances; Kubernetes rounds unavailable ones down, added ones up.
    func amount(_ counts: [String], _ names: [String], up: Bool, default share: Double) -> Double {
      if let count = s.change.value(counts).flatMap(FactValue.number) { return count }
      guard let value = s.change.value(names) else { return up ? (n * share).rounded(.up) : (n * share).rounded(.down) }
      // A whole number is a count; a text "100%" and a share below 1 are parts.
      if let number = FactValue.number(value), number >= 1, number == number.rounded() { return min(number, n) }
      let part = n * (FactValue.share(value) ?? share)
      return up ? part.rounded(.up) : part.rounded(.down)
    }
    switch strategy {
    case .recreate: (maxUnavailable, maxSurge) = (n, 0)
    case .blueGreen: (maxUnavailable, maxSurge) = (0, n)
    case .rolling, .canary:
      // A batch is away as a whole. "batch_percent": 25 is 25 %, and 1 is 1 %.
      let batch = s.change.share("batch_percent").map { $0 >= 1 ? $0 / 100 : $0 }
      // Kubernetes' defaults are 25 % each.
      maxUnavailable =
        batch.map { min(n, (n * $0).rounded(.up)) }
        ?? amount(
          ["max_unavailable_instances"], ["max_unavailable", "maxUnavailable"], up: false,
          default: strategy == .canary ? 0 : 0.25)
      maxSurge = amount(
        ["max_surge_instances"], ["max_surge", "maxSurge"], up: true, default: strategy == .canary ? 0 : 0.25)
    }
    let told = s.change.share("canary_percent", "percent", "canary_weight", "initial_percent")
    // "canary_percent": 5 is 5 %, and 1 is 1 %; a share is below 1.
    firstShare = strategy == .canary ? min(1, (told ?? 10) / ((told ?? 10) >= 1 ? 100 : 1)) : 1
  }

  /// Instances beyond the usual number while both versions run.
  var extraInstances: Double { maxSurge }
}
