import SimulationInput
import SimulationQueueing

/// What a load scenario makes of the hours: its parameters with their defaults, when it happens, and what it takes away.
struct HoursSetting: Sendable {
  /// Of a failure, and of a crowd's height, s: half an hour, about what it takes to notice, decide and act (a choice).
  private static let usualSpan = 1_800.0
  /// Five minutes to rise and an hour to fall are the phases that I. Ari et al., "Managing flash crowds on the
  /// Internet", MASCOTS 2003, describe; their lengths differ by event (a choice).
  private static let usualRamp = 300.0
  private static let usualDecay = 3_600.0
  /// Regions of public clouds have three zones or more.
  private static let usualZones = 3.0
  /// A dependency that takes so many times as long (a choice): one that is down takes as long as the timeout lets it.
  private static let usualSlowdown = 4.0
  /// The default of Envoy's route timeout, s (Envoy documentation, `RouteAction.timeout`).
  private static let usualTimeout = 15.0
  /// Attempts of the AWS SDKs' standard retry mode, the first included (AWS SDKs Reference Guide, "Retry behavior"); its
  /// pauses are drawn between 0 and 1 s at first and double.
  private static let usualAttempts = 3.0
  private static let usualBackoff = 0.5
  /// Seconds for which a load that hardly changes counts as one.
  private static let hold = 300.0

  private let situation: Situation
  private let capacity: ServiceLoad
  private let kind: LoadScenario.Kind
  private let told: [String: Double]
  private let crest: Double
  /// Of the simulation, s.
  private let duration: Double
  private let variability: Double
  let crowd: LoadProfile.FlashCrowd?
  private(set) var parameters: [InputValue.Member] = []
  private(set) var statement = ""
  /// What goes wrong; nil when nothing does, s.
  let span: (from: Double, to: Double)?

  var isDisrupted: Bool { span != nil || crowd != nil }

  init(_ s: Situation, _ scenario: LoadScenario, _ load: SimulatedLoad, duration: Double) {
    situation = s
    capacity = ServiceLoad(s)
    kind = scenario.kind ?? .forecast
    told = scenario.told
    crest = load.crest
    self.duration = duration
    // Calibrated from counts; more than the model covers comes from a load that drifts, not from its chance.
    let measured = s.state.number("arrival_cv2") ?? 1
    variability = (0...4).contains(measured) ? measured : 1
    let told = scenario.told
    let length = told["duration_minutes"].map { $0 * 60 } ?? Self.usualSpan
    // Beyond the end nothing would happen.
    func clamped(_ start: Double) -> Double { min(max(0, start), max(0, duration - 60)) }
    switch kind {
    case .forecast, .recorded, .peakTraffic:
      // A factor that comes with a name that nobody knows scales the load all the same.
      let factor = LoadFactor(s).value
      crowd =
        scenario.kind == nil && factor > 1
        ? .init(
          start: clamped(load.crest - Self.usualRamp), factor: factor, ramp: Self.usualRamp,
          sustained: Self.usualSpan, decay: Self.usualDecay) : nil
      span = nil
    case .flashCrowd:
      let ramp = told["ramp_minutes"].map { $0 * 60 } ?? s.state.seconds("ramp_seconds").flatMap { $0 > 0 ? $0 : nil }
      let rise = ramp ?? Self.usualRamp
      // At the crest, the worst time.
      let start = clamped(told["start_hour"].map { $0 * 3_600 } ?? load.crest - rise)
      let decay = told["decay_minutes"].map { $0 * 60 } ?? Self.usualDecay
      crowd = .init(start: start, factor: max(1, LoadFactor(s).value), ramp: rise, sustained: length, decay: decay)
      span = nil
    case .zoneFailure, .nodeFailure, .dependencyFailure:
      crowd = nil
      let start = clamped(told["start_hour"].map { $0 * 3_600 } ?? load.crest - length / 2)
      span = (start, min(duration, start + length))
    }
    describe()
  }

  private mutating func describe() {
    func hour(_ time: Double) -> String { brief(time / 3_600) }
    if let crowd {
      parameters = [
        .init("factor", .number(crowd.factor)), .init("start_hour", .number(crowd.start / 3_600)),
        .init("ramp_minutes", .number(crowd.ramp / 60)), .init("duration_minutes", .number(crowd.sustained / 60)),
        .init("decay_minutes", .number(crowd.decay / 60)),
      ]
      statement =
        "; a \(kind == .flashCrowd ? "flash crowd" : "crowd") of \(brief(crowd.factor)) times it from hour "
        + "\(hour(crowd.start)), \(brief(crowd.sustained / 60)) min at its height"
    }
    guard let span else { return }
    parameters = [
      .init("start_hour", .number(span.from / 3_600)), .init("duration_minutes", .number((span.to - span.from) / 60)),
    ]
    let when = "from hour \(hour(span.from)) for \(brief((span.to - span.from) / 60)) min"
    switch kind {
    case .zoneFailure:
      parameters.append(.init("zones", .number(zones(after: true))))
      let isKnown = told["zones"] != nil || situation.reading(["zones"], Self.zoneCount).after != nil
      statement =
        "; one of \(brief(zones(after: true))) zones fails \(when)"
        + (isKnown ? "" : " (how many there are is not known; three are assumed)")
    case .nodeFailure:
      parameters.append(.init("nodes", .number(told["nodes"] ?? 1)))
      statement = "; \(brief(told["nodes"] ?? 1)) nodes fail \(when), each with one instance"
    case .dependencyFailure:
      let callers = callers(after: true)
      parameters += [
        .init("slowdown", .number(slowdown)), .init("capacity_loss", .number(told["capacity_loss"] ?? 0)),
        .init("timeout_s", .number(callers.timeout ?? 0)),
        .init("max_attempts", .number(Double(callers.maxAttempts))), .init("backoff_s", .number(callers.backoff)),
      ]
      statement =
        "; a dependency makes requests take \(brief(slowdown)) times as long \(when), and callers try up to "
        + "\(callers.maxAttempts) times"
    default: break
    }
  }

  // MARK: What the engine runs

  func profile(_ base: LoadProfile.Base) throws -> LoadProfile {
    try LoadProfile(base, crowds: crowd.map { [$0] } ?? [], variability: variability, hold: Self.hold)
  }

  func disruptions(after: Bool) -> [Disruption] {
    guard let span else { return [] }
    switch kind {
    case .zoneFailure:
      return [.zoneFailure(zones: FactValue.whole(zones(after: after), in: 1...100), from: span.from, to: span.to)]
    case .nodeFailure:
      return [.nodeFailure(count: FactValue.whole(told["nodes"] ?? 1, in: 1...10_000), from: span.from, to: span.to)]
    case .dependencyFailure:
      var all = [Disruption.dependencyFailure(tier: 0, slowdown: slowdown, from: span.from, to: span.to)]
      if let loss = told["capacity_loss"], loss > 0 {
        all.append(Disruption(tier: 0, effect: .capacityLoss(share: loss), from: span.from, to: span.to))
      }
      return all
    default: return []
    }
  }

  /// nil where it isn't known what serves.
  func pipeline(after: Bool, demand: Double) -> Pipeline? {
    func side(_ reading: Situation.Reading) -> Double? { after ? reading.after : reading.before }
    guard let instances = side(capacity.instances), instances >= 1, instances <= 10_000 else { return nil }
    let count = Int(instances)
    let known = side(capacity.cores) ?? capacity.cores.before ?? capacity.cores.after
    let cores = FactValue.whole(known ?? 1, in: 1...10_000)
    var autoscaler: HorizontalAutoscaler.Policy?
    let target = side(situation.reading(["hpa_target_cpu"], FactValue.share)).map { $0 > 1.5 ? $0 / 100 : $0 }
    if let target, let most = side(situation.reading(["max_instances"])), most >= instances, most <= 10_000 {
      autoscaler = try? HorizontalAutoscaler.Policy(
        minReplicas: FactValue.whole(side(situation.reading(["min_instances"])) ?? 1, in: 1...count),
        maxReplicas: Int(most), targetUtilisation: target,
        podStart: situation.state.seconds("pod_start_seconds") ?? 60)
    }
    guard let law = try? DurationLaw(mean: demand, variability: 1) else { return nil }
    let tier = Pipeline.Tier(
      name: "service", instances: count, serversPerInstance: cores, service: law, autoscaler: autoscaler)
    return try? Pipeline([tier], callers: isDisrupted ? callers(after: after) : .patient)
  }

  /// What callers do about slow answers: as the scenario says, else as the twin knows, else, where a dependency fails,
  /// as common clients do. Where nothing is known of them they wait.
  func callers(after: Bool) -> Pipeline.Callers {
    func side(_ reading: Situation.Reading) -> Double? { after ? reading.after : reading.before }
    let fails = kind == .dependencyFailure
    let timeout =
      told["timeout_s"] ?? side(situation.reading(["timeout_ms"])).flatMap { $0 > 0 ? $0 / 1_000 : nil }
      ?? (fails ? Self.usualTimeout : nil)
    let attempts =
      told["max_attempts"] ?? side(situation.reading(["retries"])).map { $0 + 1 }
      ?? side(situation.reading(["attempts", "max_attempts"])) ?? (fails ? Self.usualAttempts : 1)
    return Pipeline.Callers(
      timeout: timeout, maxAttempts: FactValue.whole(attempts, in: 1...100),
      backoff: told["backoff_s"] ?? Self.usualBackoff)
  }

  /// Longer services while the dependency fails; 1 where none does.
  var slowdown: Double { kind == .dependencyFailure ? told["slowdown"] ?? Self.usualSlowdown : 1 }

  /// Share of the capacity that is left while something fails, of `instances`.
  func capacityLeft(of instances: Double, after: Bool) -> Double {
    switch kind {
    case .zoneFailure: 1 - 1 / zones(after: after)
    case .nodeFailure: max(0, 1 - (told["nodes"] ?? 1) / max(1, instances))
    case .dependencyFailure: (1 - (told["capacity_loss"] ?? 0)) / slowdown
    default: 1
    }
  }

  private static func zoneCount(_ value: InputValue) -> Double? {
    if case .array(let list) = value { Double(list.count) } else { FactValue.number(value) }
  }

  private func zones(after: Bool) -> Double {
    if let told = told["zones"] { return told }
    let reading = situation.reading(["zones"], Self.zoneCount)
    let known = (after ? reading.after : reading.before).flatMap { (1...100).contains($0) ? $0.rounded() : nil }
    return known ?? Self.usualZones
  }

  /// The key of the change that sets what serves.
  var field: String {
    capacity.instances.field ?? capacity.cores.field
      ?? situation.settings.first { ["hpa_target_cpu", "max_instances", "min_instances", "retries"].contains($0) }
      ?? situation.settings.first ?? ""
  }
}
