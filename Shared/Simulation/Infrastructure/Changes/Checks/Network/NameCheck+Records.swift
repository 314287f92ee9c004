import SimulationInput

/// How often a name is asked for before it is found, and what old answers still point to.
extension NameCheck {
  /// Questions for one name. A name of fewer dots than `ndots` is tried with each domain of the search list first, any
  /// other as it is, and then only a name that isn't there meets the list.
  /// Source: resolv.conf(5), search and ndots (1 where nobody set it).
  static func questions(dots: Double, ndots: Double, domains: Double) -> Double { dots < ndots ? 1 + domains : 1 }

  static func searchList(_ s: Situation, _ report: inout ChangeReport) {
    let added = ["add_search_domain", "add_search_domains"].first { s.change.has($0) }
    let list = ["search_domains", "search"].first { s.change.has($0) }
    let dots = s.reading(["ndots"])
    guard let field = added ?? dots.field ?? list else { return }
    guard s.proposal.kind == .network || dots.field != nil else { return }
    report.ran(self)
    report.understand(added, dots.field, list)
    let domains = s.reading(["search_domains", "search"], count)
    let told = added.flatMap { s.change.object[$0] }.flatMap(count)
    let before = domains.before ?? (added == nil ? nil : 0)
    let after = told.map { (before ?? 0) + $0 } ?? domains.after ?? before
    guard let after else {
      return report.unknown(
        ["search_domains"], self, "names are tried with each domain of a list that nobody knows", worst: .degradation,
        s,
        field: field, alsoCode: "SATURATION")
    }
    // Where nobody said which names are asked for, they are those that the change hits.
    let lengths = self.dots(s)
    func worst(_ ndots: Double, _ domains: Double) -> Double {
      lengths.isEmpty
        ? (ndots > 0 ? 1 + domains : 1)
        : lengths.map { questions(dots: $0, ndots: ndots, domains: domains) }.max() ?? 1
    }
    let isOnlyList = dots.field == nil && lengths.isEmpty
    let factor =
      isOnlyList
      ? 1 + max(0, after - (before ?? 0))
      : worst(dots.after ?? 1, after)
        / (lengths.isEmpty && dots.field != nil && dots.before ?? 1 <= 1 ? 1 : worst(dots.before ?? 1, before ?? after))
    guard factor > 1 else { return }
    guard let rate = s.state.number("resolver_qps"), let limit = s.state.number("resolver_limit_qps") else {
      return report.unknown(
        ["resolver_qps", "resolver_limit_qps"], self,
        "each name is asked for up to \(brief(factor)) times as often, and what resolvers take is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    }
    let asked = rate * factor
    report.metric("resolver_qps", rate, asked)
    let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: asked, limit: limit)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "qps (1 + domains tried first)",
      inputs: [
        "resolver_qps": rate, "domains": after, "ndots": dots.after, "ndots_before": dots.before, "factor": factor,
      ], value: asked, unit: "1/s", threshold: limit, source: "resolv.conf(5), search and ndots")
    let message = "up to \(brief(asked)) questions a second come, and \(brief(limit)) are answered"
    report.add(issue("SATURATION", .outage, s, probability: probability, message, calculation, field: field))
    report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
  }

  /// Domains of a list, or their number.
  private static func count(_ value: InputValue) -> Double? {
    if let number = FactValue.number(value) { return number }
    guard let texts = FactValue.texts(value) else { return nil }
    let names = texts.flatMap { $0.split { $0 == " " || $0 == "," } }
    // A sentence is no list.
    return names.allSatisfy { $0.contains(".") } || names.count == 1 ? Double(names.count) : nil
  }

  /// Dots of the names that are asked for: told, or in a text such as "external names with 2 or 3 dots".
  private static func dots(_ s: Situation) -> [Double] {
    if let told = s.state.number("name_dots", "typical_name_dots") { return [told] }
    for text in s.consumers + s.state.texts("external_dependencies") {
      let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      guard let place = words.firstIndex(where: { $0 == "dots" || $0 == "dot" }) else { continue }
      let numbers = words[..<place].suffix(3).compactMap(Double.init)
      if !numbers.isEmpty { return numbers }
    }
    return []
  }

  /// A record points elsewhere and what it pointed to stops: answers that resolvers took within the last TTL still lead
  /// there. With ages spread evenly the share 1 − t/TTL of them is left after t.
  /// Source: RFC 1034 section 3.6 and RFC 1035 section 3.2.1 (TTL); Jung et al., INFOCOM 2001.
  static func move(_ s: Situation, _ report: inout ChangeReport) {
    let field = ["dns_record", "cname", "alias", "a_record"].first { s.change.has($0) }
    guard let field, let kept = s.change.seconds("old_kept") else { return }
    report.ran(self)
    report.understand(field, "old_kept")
    // What lives now was answered with the old TTL, whatever the new record says.
    let told = s.state.seconds("ttl_s", "dns_ttl_s", "dns_ttl", "ttl", "record_ttl")
    let text = s.state.text("before").flatMap { FactValue.named("ttl", in: $0) }.flatMap { FactValue.seconds($0) }
    guard let life = told ?? text, life > 0 else {
      return report.unknown(
        ["ttl_s"], self,
        "what the name pointed to stops after \(brief(kept)) s, and how long answers live is not known",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
    }
    let stale = max(0, 1 - kept / life)
    report.metric("stale_answers_share", 0, stale)
    // Some resolvers keep answers a little longer than they may.
    let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: life, limit: kept)
    guard probability > 0.02, s.isUsed != false else { return }
    report.add(
      issue(
        "REACHABILITY_LOSS", .outage.hitting(max(0.3, stale)), s, probability: min(0.95, probability),
        "after \(brief(kept)) s \(percent(stale)) of the answers that live for \(brief(life)) s still lead to what is stopped",
        Calculation(
          equation: "1 - kept / TTL", inputs: ["kept_s": kept, "ttl_s": life, "peak_rps": s.state.number("peak_rps")],
          value: stale, unit: "1", threshold: 0, source: "RFC 1035 section 3.2.1"), field: field,
        remedy: "lower the TTL a TTL ahead, or keep the old ones that long"))
  }
}
