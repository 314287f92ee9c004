/// A rule set compiled for questions: verdicts of packets, idle rules, disjoint decomposition, exposure.
public struct RuleSetAnalysis: Sendable {
  public let ruleSet: RuleSet
  private let compiled: [RuleCompiler]
  /// The same without what only led to the verdict.
  private let verdicts: [RuleCompiler]

  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  public init(_ ruleSet: RuleSet, nodeLimit: Int = FirewallLimits.nodes) throws(RuleSetError) {
    try self.init(ruleSet, order: HeaderLayout.Field.allCases, nodeLimit: nodeLimit)
  }

  init(_ ruleSet: RuleSet, order: [HeaderLayout.Field], nodeLimit: Int) throws(RuleSetError) {
    self.ruleSet = ruleSet
    let conditions = ruleSet.interfaceConditions
    var compiled: [RuleCompiler] = []
    for version in ruleSet.versions {
      let layout = HeaderLayout(version, interfaces: conditions, order: order)
      compiled.append(try RuleCompiler(ruleSet, layout, DecisionDiagram(limit: nodeLimit, words: layout.words)))
    }
    self.compiled = compiled
    verdicts = compiled.map { $0.verdictOnly(nodeLimit: nodeLimit) }
  }

  /// Recursive steps of the compilation: the work, independent of the machine.
  public var steps: Int { compiled.reduce(0) { $0 + $1.diagram.steps } }

  /// Nodes of the final verdict's diagrams.
  public var nodes: Int { verdicts.reduce(0) { $0 + $1.diagram.size($1.verdict) } }

  /// The packet's verdict, read from the diagram: one step per bit, however many rules there are. A packet of a version
  /// the rules do not see meets the policy.
  public func verdict(for packet: Packet) -> Verdict {
    guard let part = verdicts.first(where: { $0.layout.version == packet.source.version }) else {
      return ruleSet.acceptsByDefault ? .accept : .deny
    }
    var node = part.verdict
    for field in part.layout.order {
      node = part.diagram.follow(node, part.layout[field], part.layout.value(field, of: packet))
    }
    return Verdict(rawValue: UInt8(node))
  }

  /// All headers with the given verdict as disjoint header sets.
  public func headerSets(with verdict: Verdict, listing: Int = 1000) -> HeaderSets {
    verdicts.reduce(.empty) {
      $0.joined($1.headerSets($1.verdict, where: [Int32(verdict.rawValue)], limit: listing))
    }
  }

  /// Rules of the base chain and the user chains that do nothing. See ``IdleRule``.
  ///
  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  public func idleRules() throws(RuleSetError) -> [IdleRule] {
    var findings = IdleRuleSearch.Findings(ruleSet)
    for part in compiled {
      var search = IdleRuleSearch(part)
      search.run(&findings)
      if search.isExhausted { throw .tooComplex(nodes: search.count) }
    }
    return findings.rules(ruleSet)
  }

  /// Idle rules that no packet reaches because earlier rules decide all that they would match.
  public func shadowedRules() throws(RuleSetError) -> [IdleRule] { try idleRules().filter { $0.reason == .shadowed } }

  /// What changes if `after` takes the place of these rules. Cheap for a change of few rules of the base chain, for the
  /// rest is compiled already.
  ///
  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  public func difference(to after: RuleSet, listing: Int = 1000) throws(RuleSetError) -> RuleSetDifference {
    let known = Set(ruleSet.interfaceConditions.map { InterfaceCondition($0.name + ($0.isWildcard ? "+" : "")) })
    let isKnown = after.interfaceConditions.allSatisfy {
      known.contains(InterfaceCondition($0.name + ($0.isWildcard ? "+" : "")))
    }
    guard isKnown, after.versions == ruleSet.versions else {
      return try RuleSetDifference(before: ruleSet, after: after, listing: listing)
    }
    return try RuleSetDifference(compiled, ruleSet, after, listing)
  }

  /// The diagrams with their layouts, for the analyses beside this file.
  var parts: [RuleCompiler] { verdicts }
}

/// A rule without which every packet would fare the same, whatever undecided conditions turn out to be.
public struct IdleRule: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// Its conditions contradict each other, or name addresses of a version the set does not see.
    case neverMatches
    /// Every packet it matches was decided before, or never comes into its chain.
    case shadowed
    /// Packets reach it, but without it later rules or the policy would treat all of them the same way. Judged for rules
    /// of the base chain, each on its own: of two rules that do the same, removing both may well have an effect.
    case redundant
  }

  /// Nil for the base chain.
  public let chain: String?
  /// Place in its chain, from 0.
  public let index: Int
  public let reason: Reason
  public let text: String
}
