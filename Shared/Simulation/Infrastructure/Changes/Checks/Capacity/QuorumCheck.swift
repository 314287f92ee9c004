import SimulationInput
import SimulationQueueing

/// How many copies must agree before a write counts: more lose fewer writes and stop more often.
///
/// The share of time in which at least k of n copies are up is the binomial tail, `RedundantGroup`. With k = n no copy may
/// be away, not even for its own update. Source: Apache Kafka documentation, broker configuration `min.insync.replicas`
/// (a producer with acks=all gets NotEnoughReplicas below it); H. Garcia-Molina and D. Barbara, "How to assign votes in a
/// distributed system", J. ACM 32 (1985).
enum QuorumCheck: ChangeCheck {
  static let model = "quorum_availability"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    members(s, &report)
    overlap(s, &report)
    let needed = s.reading(["min_insync_replicas", "write_quorum", "required_acks"]) { acknowledgements($0) }
    guard let field = needed.field, let after = needed.after else { return }
    report.ran(self)
    report.understand(field)
    if needed.isLowered, after <= 1 { return unconfirmed(needed, field, s, &report) }
    // All that are in sync stops no write while one is away: how many there must be, min.insync.replicas says.
    guard needed.isRaised, after.isFinite, let copies = copies(s), copies >= 1 else { return }
    if toldCopies(s) == nil, after > 1, after < copies {
      // Instances are the most that there can be.
      return report.unknown(
        ["replication_factor"], self,
        "\(brief(after)) copies must agree, and how many of the \(brief(copies)) instances have one is not known",
        worst: .fragility, s, field: field, alsoCode: "NO_REDUNDANCY")
    }
    func unavailability(_ required: Double) -> Double? {
      guard let each = s.state.share("node_availability") else { return nil }
      return try? RedundantGroup(
        instances: [FactValue.whole(copies, in: 1...1_000)], required: FactValue.whole(required, in: 0...1_001),
        instanceUnavailability: 1 - each
      ).unavailability
    }
    let availability = unavailability(after).map { 1 - $0 }
    report.metric("write_availability", needed.before.flatMap(unavailability).map { 1 - $0 }, availability)
    if let availability, let objective = s.state.share("slo_availability") {
      guard availability < objective else { return }
      let excess = (1 - availability) / max(1e-9, 1 - objective)
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s,
          probability: Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8),
          "\(brief(after)) of \(brief(copies)) copies must be there for a write: that is so \(percent(availability)) of "
            + "the time, and \(percent(objective)) is the objective",
          Calculation(
            equation: "P(at least k of n are up)",
            inputs: ["required": after, "copies": copies, "node_availability": s.state.share("node_availability")],
            value: availability, unit: "1", threshold: objective,
            source: "Apache Kafka documentation, min.insync.replicas; binomial tail"), field: field))
    } else if after >= copies, copies > 1 || after > copies {
      report.add(
        issue(
          "NO_REDUNDANCY", after > copies ? .outage : .fragility, s, probability: 0.9,
          after > copies
            ? "\(brief(after)) copies must agree and there are \(brief(copies)): no write is taken any more"
            : "all \(brief(copies)) copies must be there for a write: each update of one stops the writes",
          Calculation(
            equation: "required < copies", inputs: ["required": after], value: after, unit: "copies", threshold: copies,
            source: "Apache Kafka documentation, min.insync.replicas"), field: field))
    }
  }

  /// Stores that decide by a majority of their members: of n there must be n/2 + 1, rounded down.
  /// Source: D. Ongaro and J. Ousterhout, "In search of an understandable consensus algorithm", USENIX ATC 2014; etcd
  /// documentation, FAQ ("failure tolerance").
  private static func members(_ s: Situation, _ report: inout ChangeReport) {
    guard s.speaks(of: "etcd", "consul", "zookeeper", "raft", "quorum", "nomad", "kraft", "patroni") else { return }
    let count = s.reading(["instances", "backends", "nodes"], state: ["instances", "current_instances"])
    guard let field = count.field, let after = count.after, after >= 1, let before = count.before else { return }
    report.ran(self)
    report.understand(field)
    func tolerated(_ members: Double) -> Double { members - ((members / 2).rounded(.down) + 1) }
    report.metric("failures_tolerated", tolerated(before), tolerated(after))
    guard tolerated(after) < tolerated(before) else { return }
    let calculation = { (value: Double, threshold: Double) in
      Calculation(
        equation: "P(at least floor(n / 2) + 1 of n are up)",
        inputs: ["members": after, "before": before, "node_availability": s.state.share("node_availability")],
        value: value, unit: "1", threshold: threshold, source: "Ongaro, Ousterhout (2014); etcd documentation, FAQ")
    }
    let what =
      "\(brief(after)) members decide by \(brief((after / 2).rounded(.down) + 1)): \(brief(tolerated(after))) may fail"
    guard let each = s.state.share("node_availability"), let objective = s.state.share("slo_availability"),
      let group = try? RedundantGroup(
        instances: [FactValue.whole(after, in: 1...1_000)],
        required: FactValue.whole((after / 2).rounded(.down) + 1, in: 1...501),
        instanceUnavailability: 1 - each)
    else {
      guard tolerated(after) < 1 else { return }
      report.add(
        issue(
          "NO_REDUNDANCY", .fragility, s, probability: 0.9, what, calculation(tolerated(after), 1), field: field))
      return
    }
    guard group.availability < objective else { return }
    let excess = group.unavailability / max(1e-9, 1 - objective)
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s,
        probability: Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8),
        what
          + ", which is enough \(percent(group.availability)) of the time, and \(percent(objective)) is the objective",
        calculation(group.availability, objective), field: field))
  }

  /// A write that one copy has is gone with that copy, though it was acknowledged.
  private static func unconfirmed(
    _ needed: Situation.Reading, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let after = needed.after, after <= 1 else { return }
    let value = Reloadable(s)
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.6,
        "a write counts as soon as one copy has it: what it alone has is lost with it",
        Calculation(
          equation: "copies that have an acknowledged write",
          inputs: ["before": needed.before.flatMap { $0.isFinite ? $0 : nil }], value: after,
          unit: "copies", threshold: 2, source: "Apache Kafka documentation, min.insync.replicas"), field: field))
  }

  /// Kafka's −1 and "all" stand for all copies that are in sync.
  private static func acknowledgements(_ value: InputValue) -> Double? {
    if FactValue.text(value)?.lowercased() == "all" { return .infinity }
    return FactValue.number(value).map { $0 == -1 ? .infinity : $0 }
  }

  /// Reads meet the last write where R + W > N; otherwise they may miss what was acknowledged.
  /// Source: D. K. Gifford, "Weighted voting for replicated data", SOSP 1979.
  private static func overlap(_ s: Situation, _ report: inout ChangeReport) {
    let writes = s.reading(["write_quorum"])
    let reads = s.reading(["read_quorum"])
    guard let field = writes.field ?? reads.field, writes.isLowered || reads.isLowered else { return }
    report.ran(self)
    report.understand(writes.field, reads.field)
    guard let write = writes.after, let read = reads.after, let copies = toldCopies(s) else {
      return report.unknown(
        ["read_quorum", "write_quorum", "replication_factor"], self,
        "fewer copies must agree, and whether reads still meet the last write is not known", worst: .lossOfData, s,
        field: field, alsoCode: "DATA_LOSS")
    }
    guard write + read <= copies else { return }
    if let write = writes.before, let read = reads.before, write + read <= copies { return }
    let value = Reloadable(s)
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.7,
        "\(brief(write)) copies are written and \(brief(read)) read, of \(brief(copies)): a read may meet none that has an "
          + "acknowledged write",
        Calculation(
          equation: "R + W > N", inputs: ["write_quorum": write, "read_quorum": read, "copies": copies],
          value: write + read, unit: "copies", threshold: copies,
          source: "Gifford, Weighted voting for replicated data, SOSP 1979"), field: field))
  }

  /// Copies of a datum: told, in a text, or one on each instance at most.
  static func copies(_ s: Situation) -> Double? {
    toldCopies(s) ?? s.state.number("instances", "current_instances", "backends")
  }

  /// Copies of a datum that somebody told; nil where nobody did.
  private static func toldCopies(_ s: Situation) -> Double? {
    if let told = s.change.number("replication_factor") ?? s.state.number("replication_factor") { return told }
    for name in ["type", "data", "asset", "before"] {
      for text in s.state.texts(name) {
        if let told = FactValue.named("replication_factor", in: text).flatMap(FactValue.leadingNumber) { return told }
      }
    }
    return nil
  }
}
