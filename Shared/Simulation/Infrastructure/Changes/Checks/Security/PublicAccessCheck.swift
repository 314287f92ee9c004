import SimulationFirewall
import SimulationInput

/// Storage that everybody reads.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 2.1.4.
enum PublicAccessCheck: ChangeCheck {
  static let model = "identity"

  /// Whether a word for who may read means everybody, or anybody outside.
  private static func opens(_ text: String) -> Bool {
    let words = Situation.words(text)
    if !words.isDisjoint(with: ["non", "not", "deny", "private", "block", "no"]) { return false }
    return text == "*"
      || !words.isDisjoint(with: ["public", "everyone", "all", "authenticated", "anonymous", "allusers"])
      || text.count >= 12 && text.allSatisfy(\.isNumber)
  }

  /// Whether those who use it come without credentials, by what is said of them.
  private static func isReadByAnybody(_ s: Situation) -> Bool {
    let words = s.consumers.reduce(into: Set<String>()) { $0.formUnion(Situation.words($1)) }
    let isBehind = !words.isDisjoint(with: ["cloudfront", "cdn", "signed", "oac", "oai", "authenticated"])
    return !isBehind
      && !words.isDisjoint(with: [
        "public", "browsers", "browser", "anonymous", "anybody", "everybody", "visitors", "internet",
      ])
  }

  /// Whether the rules that the twin knows let anybody from outside in; nil when it knows none.
  private static func admitsOutside(_ s: Situation) -> Bool? {
    guard let rules = try? FirewallEdit.rules(s), let closed = try? RuleSet([]),
      let difference = try? RuleSet.diff(before: closed, after: rules)
    else { return nil }
    let open = difference.newlyAllowed.sets + difference.possiblyNewlyAllowed.sets
    return open.contains { $0.opensConnections && !$0.source.intersection(Opening.outside).isEmpty }
  }

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let fields = [
      "bucket_policy", "acl", "public_access", "bucket_acl", "publicly_accessible", "public", "anonymous_access",
      "block_public_access", "share_snapshot", "share", "snapshot_visibility",
    ]
    guard let field = fields.first(where: { s.change.has($0) }), let text = s.change.text(field)?.lowercased() else {
      return
    }
    report.ran(self)
    report.understand(field)
    let opens =
      field == "block_public_access"
      ? s.change.flag(field) == false
      : Self.opens(text)
        || s.change.flag(field) == true
    guard opens else {
      if s.isUsed == true,
        s.state.text("principal_exposed")?.lowercased().contains("everyone") == true || field == "publicly_accessible"
          || isReadByAnybody(s)
      {
        RouteCheck.loss(field, "what was public is closed", s, &report)
      }
      return
    }
    // A public address whose rules admit nobody from outside is nobody's way in.
    if field == "publicly_accessible" || field == "public_access" && s.isDatabase, admitsOutside(s) == false {
      report.add(
        issue(
          "CIS_2.3.3", .note, s, probability: 0.5, "a public address, and no rule admits anybody from outside",
          Calculation(
            equation: "public sources that the rules accept", inputs: [:], value: 0, unit: "header sets", threshold: 0,
            source: "CIS AWS Foundations 3.0.0, 2.3.3; RuleSetDifference"), field: field))
      return
    }
    let writes = text.contains("write") || text.contains("full")
    let data = DataClass(s)
    if data == nil, !writes {
      report.unknown(
        ["data"], self, "everybody may read what is stored, and what that is is not known", worst: .exposure, s,
        field: field, alsoCode: "EXPOSURE", exposure: 1)
      return
    }
    let probability = writes ? 0.9 : data == .sensitive ? 0.95 : data == .ordinary ? 0.7 : 0.5
    let weight: Weight = !writes && data == .open ? .note : .exposure
    report.add(
      issue(
        "EXPOSURE", weight, s, probability: probability,
        writes
          ? "everybody may write"
          : "everybody may read \(s.state.text("data") ?? "what is stored")"
            + (data == .open ? ", which is public already" : ""),
        Calculation(
          equation: "readers = everybody", inputs: [:], value: 1, unit: "1", threshold: 0,
          source: "CIS AWS Foundations 3.0.0, 2.1.4"), field: field, exposure: data == .open ? nil : 1))
    if data != .open || writes {
      report.add(
        issue(
          "CIS_2.1.4", .violation, s, probability: 0.9, "CIS AWS Foundations 3.0.0, 2.1.4: public access isn't blocked",
          Calculation(
            equation: "public access", inputs: [:], value: 1, unit: "1", threshold: 0,
            source: "CIS AWS Foundations 3.0.0"), field: field))
    }
  }
}
