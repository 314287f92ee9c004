import SimulationFirewall
import SimulationInput

/// Storage that everybody reads.
///
/// Source: CIS Amazon Web Services Foundations Benchmark 3.0.0, 2.1.4.
enum PublicAccessCheck: ChangeCheck {
  static let model = "identity"

  private static let everybody: Set<String> = [
    "public", "publicly", "publicread", "publicreadwrite", "everyone", "everybody", "anyone", "anybody", "anonymous",
    "allusers", "world", "internet", "unauthenticated", "link", "links", "open",
  ]
  /// Words of crowds that "private" before them narrows.
  private static let crowds: Set<String> = ["all", "authenticated", "authenticatedusers", "allauthenticatedusers"]
  private static let closing: Set<String> = [
    "private", "owner", "bucketownerfullcontrol", "bucketownerread", "internal", "restricted", "closed", "none",
    "nobody",
    "deny", "denied", "block", "blocked", "team", "staff", "delivery", "off", "false", "disabled", "disable",
  ]
  private static let negations: Set<String> = ["non", "not", "no", "deny", "block", "without", "never", "nor"]

  /// Whether a text of who may read means everybody, or anybody outside; nil when it can't be read.
  ///
  /// A negation is of the words next to it: "public-read (no write)" is public, "non-public" isn't, and "not private" is.
  private static func opens(_ text: String, _ s: Situation) -> Bool? {
    if text == "*" { return true }
    let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    func isNegated(_ index: Int) -> Bool { words[max(0, index - 2)..<index].contains(where: negations.contains) }
    let isPrivate = words.indices.contains { words[$0] == "private" && !isNegated($0) }
    let own = Set(
      s.state.texts("account", "account_id", "own_account", "own_accounts", "trusted_accounts").flatMap {
        $0.split { !$0.isNumber }.map(String.init)
      })
    for (index, word) in words.enumerated() {
      if everybody.contains(word) || crowds.contains(word) && !isPrivate, !isNegated(index) { return true }
      // Twelve digits are an account.
      if word.count == 12, word.allSatisfy(\.isNumber), !own.contains(word), !isNegated(index) { return true }
      if word == "private", isNegated(index) { return true }
    }
    let isClosed =
      words.indices.contains { closing.contains(words[$0]) && !isNegated($0) }
      || words.indices.contains { (everybody.contains(words[$0]) || crowds.contains(words[$0])) && isNegated($0) }
      || !own.isEmpty && words.contains(where: own.contains)
    return isClosed || negations.contains(words.first ?? "") ? false : nil
  }

  /// Whether a text says that everybody may write.
  private static func writes(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.indices.contains { index in
      words[index].contains("write") && !words[max(0, index - 1)..<index].contains(where: negations.contains)
    } || text.contains("full")
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
    guard let field = fields.first(where: { s.change.has($0) }), let value = s.change.value([field]),
      let listed = FactValue.texts(value) ?? FactValue.text(value).map({ [$0] })
    else { return }
    let text = listed.joined(separator: ", ").lowercased()
    // A share of traffic, or of memory, is nobody's access, and not for this check to understand.
    if field == "share", FactValue.share(value) != nil { return }
    report.ran(self)
    report.understand(field)
    let flag = s.change.flag(field)
    let told =
      field == "block_public_access" ? flag.map { !$0 } : flag ?? Self.opens(text, s)
    guard let opens = told else {
      return report.unknown(
        [field], self, "whom \"\(text.prefix(80))\" lets in is not known", worst: .exposure, s, field: field,
        alsoCode: "EXPOSURE", exposure: DataClass(s) == .open ? nil : 1)
    }
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
    let writes = Self.writes(text)
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
