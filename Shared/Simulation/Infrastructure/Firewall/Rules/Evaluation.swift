/// What may happen to a packet. Both bits are set if conditions that cannot be decided make the difference.
public struct Verdict: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let accept = Verdict(rawValue: Outcome.accept.rawValue)
  public static let deny = Verdict(rawValue: Outcome.deny.rawValue)
  public static let undecided: Verdict = [.accept, .deny]
}

/// Ways in which a part of a chain may leave a packet: the values of the diagrams' terminals.
struct Outcome: OptionSet {
  let rawValue: UInt8
  /// Goes on to the next rule.
  static let proceed = Outcome(rawValue: 1)
  static let accept = Outcome(rawValue: 2)
  static let deny = Outcome(rawValue: 4)
  static let returned = Outcome(rawValue: 8)
  static let any = Outcome(rawValue: 15)
}

extension RuleSet {
  /// Follows one packet rule by rule, as the kernel does, with all outcomes that undecided conditions leave open.
  ///
  /// This is the definition of the semantics, kept apart from the diagrams so that each can test the other. The
  /// outcomes are those of Diekmann, Hupel, Michaelis, Haslbeck and Carle, "Verified iptables Firewall Analysis and
  /// Verification", J. Automated Reasoning 61 (2018): accept possible is their upper closure, deny impossible their
  /// lower closure. Each undecided condition is taken as independent of all others.
  public func verdict(for packet: Packet) -> Verdict {
    let outcome = outcomes(rules, packet)
    var verdict = Verdict(rawValue: outcome.intersection([.accept, .deny]).rawValue)
    if !outcome.isDisjoint(with: [.proceed, .returned]) { verdict.insert(acceptsByDefault ? .accept : .deny) }
    return verdict
  }

  private func outcomes(_ rules: [Rule], _ packet: Packet) -> Outcome {
    var result: Outcome = []
    for rule in rules {
      let matching = rule.matches.filter { $0.matches(packet) }
      guard !matching.isEmpty else { continue }
      var step: Outcome
      switch rule.action {
      case .accept: step = .accept
      case .deny: step = .deny
      case .proceed: step = .proceed
      case .returnToCaller: step = .returned
      case .undecided: step = [.accept, .deny, .proceed]
      case .jump(let name):
        step = outcomes(chain(name)?.rules ?? [], packet)
        if step.contains(.returned) { step = step.subtracting(.returned).union(.proceed) }
      case .goto(let name):
        step = outcomes(chain(name)?.rules ?? [], packet)
        if step.contains(.proceed) { step = step.subtracting(.proceed).union(.returned) }
      }
      if matching.allSatisfy({ !$0.undecided.isEmpty }) { step.insert(.proceed) }
      result.formUnion(step.subtracting(.proceed))
      if !step.contains(.proceed) { return result }
    }
    return result.union(.proceed)
  }
}
