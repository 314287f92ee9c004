import SimulationInput

/// A certificate that hangs on another root: clients that don't trust it can't connect, unless the old chain is served too.
///
/// Source: RFC 5280 section 6.1 (a path must end in a trust anchor); Let's Encrypt, "Shortening the Let's Encrypt chain of
/// trust" (2023), on clients that lose access with a cross-signature.
enum TrustCheck: ChangeCheck {
  static let model = "trust_chain"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let issuer = s.change.has("trust_chain") ? "trust_chain" : nil
    let removal = ["remove_old_chain", "remove_ca", "remove_root", "remove_trust_anchor"].first { s.change.has($0) }
    guard let field = issuer ?? removal else { return }
    report.ran(self)
    report.understand(issuer, removal)
    if s.change.has("keep_old_chain") { report.understand("keep_old_chain") }
    // Clients of the old root still find their way.
    if s.change.flag("remove_old_chain") == false || s.change.flag("keep_old_chain") == true { return }
    guard let cut = named(removal.flatMap { s.change.text($0) }, s) ?? distrusting(s) else {
      return report.unknown(
        ["client_share"], self,
        "clients that don't trust the new chain are cut off, and how many there are is not known",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
    }
    report.metric("clients_cut_off_share", 0, cut)
    failures(
      cut, tolerated: nil, "\(percent(cut)) of the clients don't trust what the certificate hangs on",
      Calculation(
        equation: "share of clients without the trust anchor",
        inputs: ["share": cut, "peak_rps": s.state.number("peak_rps")], value: cut, unit: "1",
        threshold: TimeoutCheck.toleratedShare, source: "measured shares; RFC 5280 section 6.1"), field, s, &report)
  }

  /// Share of the clients that hang on the authority of that name; nil where no share is told of it.
  private static func named(_ authority: String?, _ s: Situation) -> Double? {
    guard let authority, case .object(let shares)? = s.state.value(["client_share"]) else { return nil }
    return shares.first { $0.name.lowercased() == authority.lowercased() }.flatMap { FactValue.share($0.value) }
  }

  /// Share of the clients that don't trust the new root; nil where no name speaks of trust.
  private static func distrusting(_ s: Situation) -> Double? {
    guard case .object(let shares)? = s.state.value(["client_share"]) else { return nil }
    var without: Double?
    var with: Double?
    for member in shares {
      let words = Situation.words(member.name)
      guard !words.isDisjoint(with: ["trust", "trusts", "root", "chain", "ca", "anchor", "issuer", "distrust"]),
        let share = FactValue.share(member.value)
      else { continue }
      let lacks =
        !words.isDisjoint(with: ["not", "no", "without", "distrust", "lacks", "missing", "don", "doesn", "lack"])
        || words.contains("old") && !words.contains("new")
      if lacks { without = (without ?? 0) + share } else { with = (with ?? 0) + share }
    }
    return without ?? with.map { max(0, 1 - $0) }
  }
}
