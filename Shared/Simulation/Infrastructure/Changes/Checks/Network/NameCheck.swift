import SimulationFirewall
import SimulationInput

/// Time to live of names: how often resolvers ask (`ResolverCache`), and how long an old answer lives.
enum NameCheck: ChangeCheck {
  static let model = "dns_ttl"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    searchList(s, &report)
    localCache(s, &report)
    lifetime(s, &report)
    move(s, &report)
  }

  /// Without a cache on each node everything that it answered is asked of the resolvers.
  /// Source: Kubernetes documentation, "Using NodeLocal DNSCache in Kubernetes Clusters".
  private static func localCache(_ s: Situation, _ report: inout ChangeReport) {
    let field = ["node_local_dns", "nodelocal_dns", "node_local_dns_cache", "dns_cache", "local_dns_cache", "nscd"]
      .first {
        s.change.has($0)
      }
    guard let field, let on = s.change.flag(field) else { return }
    report.ran(self)
    report.understand(field)
    guard !on else { return }
    let hits =
      s.state.share("cache_hit_share", "cache_hit_rate") ?? s.state.text("before").flatMap(FactValue.share(in:))
    guard let rate = s.state.number("resolver_qps"), let limit = s.state.number("resolver_limit_qps"), let hits,
      hits < 1
    else {
      report.unknown(
        ["resolver_qps", "resolver_limit_qps", "cache_hit_share"], self,
        "what the caches answered is asked of the resolvers, and what they take is not known", worst: .degradation, s,
        field: field, alsoCode: "SATURATION")
      return
    }
    let asked = rate / (1 - hits)
    report.metric("resolver_qps", rate, asked)
    let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: asked, limit: limit)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "qps / (1 - hit share)", inputs: ["resolver_qps": rate, "hit_share": hits], value: asked, unit: "1/s",
      threshold: limit, source: "a cache lets its misses through")
    let message = "\(brief(asked)) questions a second come without the caches, and \(brief(limit)) are answered"
    report.add(issue("SATURATION", .outage, s, probability: probability, message, calculation, field: field))
    report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
  }

  /// Whether what is said of the name, its users or what it holds speaks of an address that is to change.
  private static func speaksOfFailover(_ s: Situation) -> Bool {
    let texts = s.consumers + s.state.texts("data") + s.state.texts("asset") + [s.proposal.target, s.targetKind]
    let text = texts.joined(separator: " ").lowercased()
    if ["no failover", "no fail-over", "without failover", "never fails over"].contains(where: text.contains) {
      return false
    }
    return ["failover", "fail-over", "fail over", "fails over", "failing over", "cutover", "cut-over", "blue-green"]
      .contains(where: text.contains)
  }

  private static func lifetime(_ s: Situation, _ report: inout ChangeReport) {
    let ttl = s.reading(["ttl_s", "dns_ttl_s", "dns_ttl", "ttl", "record_ttl", "ttl_seconds"], state: ["before_s"]) {
      FactValue.seconds($0) ?? FactValue.text($0).flatMap(FactValue.seconds(in:))
    }
    guard let field = ttl.field, let after = ttl.after else { return }
    guard
      s.proposal.kind == .network || s.proposal.kind == .loadBalancing
        || s.speaks(of: "dns", "record", "zone", "resolver")
    else { return }
    report.ran(self)
    report.understand(field)
    let rate = s.state.number("resolver_qps")
    let limit = s.state.number("resolver_limit_qps")
    if ttl.isLowered, let rate, let before = ttl.before {
      let asked = ResolverCache.mostQuestions(rate: rate, before: before, after: max(after, 0.001))
      report.metric("resolver_qps", rate, asked)
      guard let limit else {
        if asked > 1_000 {
          report.unknown(
            ["resolver_limit_qps"], self,
            "resolvers ask up to \(brief(asked)) times a second, and what they may is not known",
            worst: .degradation, s, field: field, alsoCode: "SATURATION")
        }
        return
      }
      let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: asked, limit: limit)
      guard probability > 0.02 else { return }
      let calculation = Calculation(
        equation: "qps x TTL before / TTL after",
        inputs: ["resolver_qps": rate, "before_s": before, "after_s": after], value: asked, unit: "1/s",
        threshold: limit, source: "Jung, Berger, Balakrishnan, INFOCOM 2003")
      let message =
        "with a TTL of \(brief(after)) s up to \(brief(asked)) questions a second come, and \(brief(limit)) are answered"
      report.add(issue("SATURATION", .outage, s, probability: probability, message, calculation, field: field))
      report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
    } else if ttl.isLowered, rate == nil, let before = ttl.before, before / max(after, 0.001) > 10, after < 30 {
      report.unknown(
        ["resolver_qps", "resolver_limit_qps"], self,
        "resolvers ask up to \(brief(before / max(after, 0.001))) times as often, and how often they do now is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    } else if ttl.isRaised, after > 3_600 {
      let isFixed = ["txt", "unchanged", "verification", "ownership", "mx record"].contains {
        (s.state.text("asset") ?? "").lowercased().contains($0)
      }
      let failsOver =
        !isFixed && s.state.flag("replica_failover") == true
        || !isFixed && (s.state.has("failover", "cutover", "migration") || speaksOfFailover(s))
      report.add(
        issue(
          "DETECTION_DELAY", failsOver ? .fragility : .nuisance, s, probability: failsOver ? 0.8 : 0.4,
          "an old answer lives for \(brief(after / 3_600)) h: nothing can be moved faster than that",
          Calculation(
            equation: "TTL", inputs: ["before_s": ttl.before], value: after, unit: "s", threshold: 3_600,
            source: "RFC 1035 section 3.2.1"), field: field))
    }
  }
}
