import SimulationFirewall
import SimulationInput

/// Which of the flows that a target needs a policy of ends cuts: what it calls, and who calls it.
///
/// What the target needs is what the twin knows: `external_dependencies`, consumers, and hosts with ports in what is said of
/// them. Where nothing is known of a direction that is closed, nothing is called safe.
///
/// Source: ``DestinationPolicy``; RFC 1035 (names are resolved at port 53, which every other flow needs first).
enum EgressCheck: ChangeCheck {
  static let model = "destination_policy"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    if case .array(let parts)? = s.change.object[AccessForms.egressLists] {
      report.ran(self)
      let policies = parts.compactMap { DestinationPolicy(list: $0) }
      guard policies.count == parts.count else { return }
      report.understand(AccessForms.egressLists)
      for policy in policies { leaving(policy, AccessForms.egressLists, needsNames: false, s, &report) }
    }
    guard case .array(let parts)? = s.change.object[AccessForms.networkPolicies] else { return }
    report.ran(self)
    let field = AccessForms.networkPolicies
    for part in parts {
      guard let egress = DestinationPolicy.kubernetes(part, isEgress: true),
        let ingress = DestinationPolicy.kubernetes(part, isEgress: false)
      else { continue }
      report.understand(field)
      if let egress { leaving(egress, field, needsNames: true, s, &report) }
      if let ingress { arriving(ingress, field, s, &report) }
    }
  }

  /// Edits of the rules for what leaves, of a list that isn't known: denials first, then what was allowed.
  static func examine(_ edits: [FirewallEdit], _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    var entries: [DestinationPolicy.Entry] = []
    var isClosed = false
    for edit in edits {
      switch edit.kind {
      case .policy(let accepts): isClosed = !accepts
      case .remove where edit.rule == nil, .flush, .replace:
        report.unknown(
          ["rules"], self, "rules for what leaves go, and which ones they are is not known", worst: .outage, s,
          field: edit.field, alsoCode: "REACHABILITY_LOSS")
      default: break
      }
      guard let rule = edit.rule else { continue }
      // What a removed permission allowed is denied from now on; a removed denial denies nothing any more.
      let allows = rule.action == .accept ? edit.kind != .remove : false
      if rule.action == .deny, edit.kind == .remove { continue }
      for match in rule.matches where match.states.map({ $0.contains(.new) }) ?? true {
        entries.append(
          .init(
            allows: allows, addresses: DestinationPolicy.ends(match.destination),
            ports: match.destinationPorts))
      }
    }
    let denials = entries.filter { !$0.allows }
    guard isClosed || !denials.isEmpty else { return }
    // Among numbered and ordered rules the order is the change's own.
    let policy = DestinationPolicy(entries: entries, allowsByDefault: !isClosed)
    leaving(
      policy, edits[0].field, needsNames: isClosed, isStateless: edits.contains(where: \.isStateless), s, &report)
  }

  // MARK: What leaves

  private static func leaving(
    _ policy: DestinationPolicy, _ field: String, needsNames: Bool, isStateless: Bool = false, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    if isStateless || ShutOut.isStateless(s) { answers(policy, field, s, &report) }
    let outside = s.state.texts("external_dependencies").map { (end: FlowEnd($0), isInside: false) }
    let inside = s.consumers.flatMap(Self.called).map { (end: $0, isInside: true) }
    let needs = outside + inside
    guard !policy.allowsByDefault || policy.entries.contains(where: { !$0.allows }) else { return }
    if needs.isEmpty {
      // Nobody said whom it calls, unless it was said that it calls nobody.
      guard s.state.value(["external_dependencies"]) == nil, s.isUsed != false || s.consumerCount == nil else { return }
      guard !policy.entries.contains(where: { $0.allows && $0.isEveryEnd && $0.ports == nil }) else { return }
      report.unknown(
        ["external_dependencies", "consumers"], self,
        "what may leave is limited, and whom the target calls is not known",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    verdicts(policy, needs, field, "call", s, &report)
    // Addresses are asked for first, unless all ends are known by theirs.
    guard needsNames, needs.contains(where: { $0.end.address == nil }) else { return }
    let resolver = FlowEnd("kube-dns dns resolver:53")
    // Whoever is allowed at port 53 by name is meant to be the resolver.
    guard !policy.entries.contains(where: { $0.allows && $0.ports?.contains(53) == true }) else { return }
    guard policy.verdict(resolver, isInside: true) == .isCut else { return }
    report.add(
      issue(
        "REACHABILITY_LOSS", .outage, s, probability: 0.9, "port 53 is shut: no name can be resolved any more",
        Calculation(
          equation: "flows to port 53 pass", inputs: [:], value: 0, unit: "1", threshold: 1,
          source: "RFC 1035; Kubernetes documentation, Network Policies"), field: field,
        remedy: "allow UDP and TCP 53 to the resolver"))
  }

  /// Ends with ports in what is said of a consumer that itself is called by the target: "calls orders-db:5432 and …".
  private static func called(_ text: String) -> [FlowEnd] {
    let lower = text.lowercased()
    let verbs = [
      " calls ", " uses ", " connects to ", " talks to ", " reads from ", " writes to ", " reaches ", "->", "→",
    ]
    guard let verb = verbs.lazy.compactMap({ lower.firstRange(of: $0) }).first else { return [] }
    return lower[verb.upperBound...].split { " ,;()".contains($0) }.map { FlowEnd(String($0)) }
      .filter { $0.port != nil }
  }

  /// A stateless list asks for a rule for the answers to who calls the target.
  private static func answers(
    _ policy: DestinationPolicy, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let share = policy.ephemeralShare
    guard share < 1 else { return }
    RouteCheck.loss(
      field, "the list keeps no connections, and answers to \(percent(1 - share)) of the clients' ports are shut out",
      s,
      &report)
  }

  // MARK: What arrives

  private static func arriving(
    _ policy: DestinationPolicy, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard !policy.allowsByDefault else { return }
    guard let count = s.consumerCount else {
      guard !policy.entries.contains(where: { $0.allows && $0.isEveryEnd && $0.ports == nil }) else { return }
      report.unknown(
        ["consumers"], self, "who may call the target is limited, and who calls it is not known", worst: .outage, s,
        field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    guard count > 0 else { return }
    let ends = s.consumers.filter { Self.called($0).isEmpty }.map { (end: FlowEnd($0), isInside: true) }
    guard Double(s.consumers.count) == count else {
      if policy.entries.isEmpty { return RouteCheck.loss(field, "nobody may call the target any more", s, &report) }
      report.unknown(
        ["consumers"], self, "who may call the target is limited, and its callers are known by number only",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    let served = FlowEnd(([s.proposal.target, s.targetKind] + s.state.texts("asset")).joined(separator: " "))
    verdicts(policy, ends, field, "be called by", served: served.port ?? served.usualPort ?? 0, s, &report)
  }

  private static func verdicts(
    _ policy: DestinationPolicy, _ ends: [(end: FlowEnd, isInside: Bool)], _ field: String, _ what: String,
    served: UInt16? = nil, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard !ends.isEmpty else { return }
    let judged = ends.map {
      ($0.end, policy.verdict($0.end, isInside: $0.isInside && !$0.end.isPublic, served: served))
    }
    let cut = judged.filter { $0.1 == .isCut }.map(\.0.text)
    let open = judged.filter { $0.1 == .undecided }.map(\.0.text)
    if !cut.isEmpty {
      let flows = s.state.number("flows_per_min")
      report.add(
        issue(
          "REACHABILITY_LOSS", .outage.hitting(max(0.5, Double(cut.count) / Double(ends.count))), s, probability: 0.93,
          "the target can no longer \(what) \(cut.prefix(4).joined(separator: ", ")): no entry of the list allows it",
          Calculation(
            equation: "known flows that no entry allows",
            inputs: ["known": Double(ends.count), "entries": Double(policy.entries.count), "flows_per_min": flows],
            value: Double(cut.count), unit: "flows", threshold: 0, source: "first match; additive allow-list"),
          field: field, remedy: "add what is missing, or watch the denied flows first"))
    } else if !open.isEmpty {
      report.unknown(
        ["external_dependencies"], self,
        "whether the target can still \(what) \(open.prefix(3).joined(separator: ", ")) is not known: by which host and port?",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
    }
  }
}
