import SimulationInput

/// How a new version takes the place of the old one.
struct Rollout: Sendable {
  enum Strategy: String, Sendable {
    case rolling, recreate, canary
    case blueGreen = "blue_green"

    /// By the words that systems and people use; nil where none is known.
    ///
    /// Source: Kubernetes, Deployments and Argo Rollouts documentation; AWS CodeDeploy, deployment configurations
    /// (`AllAtOnce`, `HalfAtATime`, `OneAtATime`, `Canary…`, `Linear…`); Nomad, update block.
    init?(words text: String) {
      var name = Vocabulary.snake(text)
      for praise in ["zero_downtime", "no_downtime", "without_downtime"] { name = name.replacing(praise, with: "") }
      // What it isn't says little of what it is.
      guard !Clause.isDenied(name.replacing("_", with: " ")) else { return nil }
      let words = Set(name.split(separator: "_").map { String($0.prefix { !$0.isNumber }) })
      func has(_ others: String...) -> Bool { !words.isDisjoint(with: others) }
      if name.contains("all_at_once") || name.contains("big_bang") || name.contains("at_once")
        || has("recreate", "stop", "stopped", "replace", "terminate", "shutdown", "kill")
      {
        self = .recreate
      } else if has("canary", "linear", "progressive") {
        self = .canary
      } else if has("blue", "green", "bluegreen") {
        self = .blueGreen
      } else if has("rolling", "rollingupdate", "roll", "ramped", "gradual", "incremental")
        || name.contains("at_a_time")
      {
        self = .rolling
      } else {
        return nil
      }
    }
  }

  /// Whether a strategy is named that nobody here knows.
  let isUnread: Bool

  let strategy: Strategy
  /// nil when it is unknown.
  let instances: Double?
  /// Instances that may be missing and that may be added while it lasts.
  let maxUnavailable: Double
  let maxSurge: Double
  /// Share of the traffic that the new version gets first.
  let firstShare: Double

  init(_ s: Situation) {
    let text = s.change.text("strategy")
    let known = text.flatMap(Strategy.init(words:))
    let strategy = known ?? .rolling
    self.strategy = strategy
    isUnread = text != nil && known == nil
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
      let batch =
        s.change.value(["batch_percent"]).flatMap(Self.part)
        ?? s.change.value(["batch_size", "max_parallel"]).flatMap { value in
          // A whole number of instances, or a text with its sign.
          FactValue.number(value).map { min(1, $0 / max(1, n)) } ?? Self.part(value)
        } ?? (text.map { Vocabulary.snake($0).contains("half_at_a_time") } == true ? 0.5 : nil)
      // Kubernetes' defaults are 25 % each.
      maxUnavailable =
        batch.map { min(n, (n * $0).rounded(.up)) }
        ?? amount(
          ["max_unavailable_instances"], ["max_unavailable", "maxUnavailable"], up: false,
          default: strategy == .canary ? 0 : 0.25)
      maxSurge = amount(
        ["max_surge_instances"], ["max_surge", "maxSurge"], up: true, default: strategy == .canary ? 0 : 0.25)
    }
    let told = s.change.value(["canary_percent", "percent", "canary_weight", "initial_percent"])
    // What can't be read may be all.
    firstShare = strategy == .canary ? min(1, told.map { Self.part($0) ?? 1 } ?? 0.1) : 1
  }

  /// A part of the whole, 0 to 1: "100%" with its sign first; without one 5 is 5 %, and 1 is 1 %, and a share is below 1.
  private static func part(_ value: InputValue) -> Double? {
    if case .string(let text) = value, text.contains("%") { return FactValue.share(value) }
    return FactValue.number(value).map { $0 >= 1 ? $0 / 100 : $0 }
  }

  /// Instances beyond the usual number while both versions run.
  var extraInstances: Double { maxSurge }
}
