import SimulationInfrastructure
import SimulationInput
import SimulationKernel
import SimulationQueueing

/// A change to a drawn service: labelled by simulating the day event by event with it and without it, and judged by the
/// twin from what monitoring showed before.
struct SimulatedChange {
  enum Topic: String, CaseIterable {
    case instances = "instances, one zone"
    case instancesInZones = "instances, a zone is lost that day"
    case processors = "processors of an instance"
    case timeout = "time limit of a request"
    case retries = "retries, the service is down for 20 s that day"
    case autoscaler = "autoscaler's target, load rises that day"
  }

  let topic: Topic
  /// The service keeps its objective that day without the change; what fails anyway says nothing of the change.
  let isSoundBefore: Bool
  let fails: Bool
  let score: Double
  /// What was changed and what the day with it showed, for a person.
  let details: String
  /// Busy share of the service at the peak, predicted and by the day's simulation; nil where the twin doesn't say.
  let utilisation: (predicted: Double, simulated: Double)?

  var isStopped: Bool { score >= RiskAssessment.stopScore }
  /// Not approved outright: from here on the interface says "approve with monitoring".
  var isWarnedOf: Bool { score >= 20 }

  /// Spread of the logarithm of a day's peak around the measured one.
  private static let dailySpread = 0.05

  init(_ topic: Topic, seed: RunSeed) throws {
    self.topic = topic
    var stream = seed.stream(for: "change")
    var service = try Service(zones: topic == .instancesInZones ? 3 : 1, stream: &stream)
    // The day's peak isn't the one that was measured.
    let growth = 1 + min(0.15, max(-0.15, stream.normal(standardDeviation: Self.dailySpread)))
    var day = Day(load: try LoadProfile(.constant(rate: service.rate * growth)))
    var kind = ChangeKind.scaling
    var members: [InputValue.Member] = []
    var extra: [InputValue.Member] = []
    var changed = service
    var from = 0.0

    switch topic {
    case .instances, .instancesInZones:
      changed.instances = Self.other(service.instances, factor: stream.uniform(in: 0.35...1.4), least: 2)
      members = [.init("instances", .number(Double(changed.instances)))]
      if topic == .instancesInZones { day.disruptions = [.zoneFailure(zones: 3, from: 200, to: 400)] }
    case .processors:
      changed.cores = Self.other(service.cores, factor: stream.uniform(in: 0.3...2), least: 1)
      if changed.cores == service.cores { changed.cores *= 2 }
      members = [.init("cpu", .number(Double(changed.cores)))]
    case .timeout:
      kind = .configuration
    case .retries:
      kind = .configuration
      let timeout = max(0.5, 20 * service.demand)
      service.callers = .init(timeout: timeout, maxAttempts: 1)
      let retries = 1 + Int(stream.uniform() * 4)
      changed.callers = .init(timeout: timeout, maxAttempts: 1 + retries)
      members = [.init("retries", .number(Double(retries)))]
      extra = [.init("timeout_ms", .number(1_000 * timeout)), .init("retries", .number(0))]
      day.disruptions = [
        Disruption(tier: service.position, effect: .capacityLoss(share: 1), from: 150, to: 170)
      ]
      // Six minutes to recover.
      from = 530
    case .autoscaler:
      let start = [20.0, 45, 90, 180][Int(stream.uniform() * 4)]
      let ramp = stream.uniform(in: 1.2...3)
      let seconds = [60.0, 120, 300][Int(stream.uniform() * 3)]
      let before = 0.5
      let after = stream.uniform(in: 0.55...0.95)
      // Enough instances to sit at the target at the start.
      func settled(_ target: Double, _ service: Service) throws -> Service {
        var service = service
        let offered = service.rate * service.demand / Double(service.cores)
        service.instances = max(2, Int((offered / target).rounded(.up)))
        service.autoscaler = try .init(
          minReplicas: 2, maxReplicas: 10 * service.instances + 20, targetUtilisation: target, podStart: start)
        return service
      }
      service = try settled(before, service)
      changed = try settled(after, service)
      let rates = [1, 1, ramp, ramp].map { service.rate * growth * $0 }
      let profile = (0...Int(Day.seconds)).map { second in
        let share = min(1, max(0, (Double(second) - 150) / seconds))
        return rates[0] + (rates[3] - rates[0]) * share
      }
      day = Day(load: try LoadProfile(.recorded(rates: profile, interval: 1)))
      members = [.init("hpa_target_cpu", .number(Observation.hundredth(after)))]
      extra = [
        .init("hpa_target_cpu_before", .number(before)), .init("ramp_x", .number(Observation.hundredth(ramp))),
        .init("ramp_seconds", .number(seconds)), .init("pod_start_seconds", .number(start)),
      ]
    }

    let observed = try Observation(of: service, seed: seed.repetition(1))
    if topic == .timeout {
      let limit = observed.p99 * Service.power(12, stream.uniform()) / 3
      service.callers = .init(timeout: 30 * observed.p99)
      changed.callers = .init(timeout: limit)
      members = [.init("timeout_ms", .number(Observation.hundredth(1_000 * limit)))]
      extra = [.init("timeout_ms", .number(Observation.hundredth(30_000 * observed.p99)))]
    }
    let objective = Objective(
      p99: observed.p99 * stream.uniform(in: 1.5...4), availability: 0.995, from: from)
    let facts: [InputValue.Member] = [
      .init("slo_p99_ms", .number(Observation.hundredth(1_000 * objective.p99))),
      .init("slo_availability", .number(objective.availability)),
    ]

    let result = try day.run(changed, seed: seed.repetition(2))
    fails = !objective.isKept(result)
    // Without a failure there is nothing that could have happened anyway.
    isSoundBefore = try !fails || objective.isKept(day.run(service, seed: seed.repetition(2)))

    let proposal = ProposedChange(kind, target: "web-app", change: .object(members))
    let state = TargetTwinState(kind: "service", state: .object(observed.state(of: service) + extra + facts))
    let findings = try ChangeSimulation(proposal, on: state).run()
    score = RiskAssessment(judging: findings).score
    details =
      "\(proposal.change.summary) on \(state.state.summary): score \(Observation.hundredth(score)), p99 "
      + "\(Observation.hundredth(result.latencyQuantile(0.99) / objective.p99)) of the objective, error share "
      + "\(Observation.hundredth(100 * result.errorShare)) %"
    if topic == .instances || topic == .processors,
      case .number(let predicted)? = findings.after.first(where: { $0.name == "utilization" })?.value
    {
      let steps = (0..<result.count).map { result[$0] }
      let busy = steps.reduce(0) { $0 + $1.utilisation[changed.position] } / Double(steps.count)
      utilisation = (min(1, predicted), busy)
    } else {
      utilisation = nil
    }
  }

  private static func other(_ count: Int, factor: Double, least: Int) -> Int {
    let changed = max(least, Int((Double(count) * factor).rounded()))
    return changed == count ? count + 1 : changed
  }
}
