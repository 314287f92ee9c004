/// What one version of a rule set lets through and another does not.
///
/// Exact: both sets are compiled into one diagram, where equal verdicts are equal nodes, so a header is listed exactly if
/// its verdict changes. A header whose verdict is open on both sides counts as unchanged.
public struct RuleSetDifference: Sendable, Hashable {
  public let newlyAllowed: HeaderSets
  public let newlyDenied: HeaderSets
  /// Changes to or from "cannot be decided": see ``VerdictChange``.
  public let possiblyNewlyAllowed: HeaderSets
  public let possiblyNewlyDenied: HeaderSets
  /// Conditions and targets of either side that were approximated in both directions.
  public let undecided: [String]
  /// Recursive steps taken: the work, independent of the machine.
  public let steps: Int

  /// Nothing changes for any packet, certain or possible.
  public var isEmpty: Bool {
    newlyAllowed.isEmpty && newlyDenied.isEmpty && possiblyNewlyAllowed.isEmpty && possiblyNewlyDenied.isEmpty
  }

  /// - Parameters:
  ///   - listing: how many header sets each list may hold; counts stay exact.
  ///   - nodeLimit: bound on memory.
  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  public init(
    before: RuleSet, after: RuleSet, listing: Int = 1000, nodeLimit: Int = FirewallLimits.nodes
  ) throws(RuleSetError) {
    var compiled: [RuleCompiler] = []
    for version in IPVersion.allCases where before.versions.contains(version) || after.versions.contains(version) {
      let layout = HeaderLayout(version, interfaces: before.interfaceConditions + after.interfaceConditions)
      compiled.append(try RuleCompiler(before, layout, DecisionDiagram(limit: nodeLimit, words: layout.words)))
    }
    try self.init(compiled, before, after, listing)
  }

  /// - Parameter compiled: `before` in layouts that know the interfaces of both.
  init(_ compiled: [RuleCompiler], _ before: RuleSet, _ after: RuleSet, _ listing: Int) throws(RuleSetError) {
    var parts = [VerdictChange: HeaderSets]()
    var steps = 0
    for part in compiled {
      var compiler = part
      let change = try compiler.change(to: after)
      steps += compiler.diagram.steps
      for kind in VerdictChange.allCases {
        let sets = compiler.headerSets(change, where: [kind.rawValue], limit: listing)
        parts[kind] = (parts[kind] ?? .empty).joined(sets)
      }
    }
    newlyAllowed = parts[.newlyAllowed] ?? .empty
    newlyDenied = parts[.newlyDenied] ?? .empty
    possiblyNewlyAllowed = parts[.possiblyNewlyAllowed] ?? .empty
    possiblyNewlyDenied = parts[.possiblyNewlyDenied] ?? .empty
    var seen: Set<String> = []
    undecided = (before.undecided + after.undecided).filter { seen.insert($0).inserted }
    self.steps = steps
  }
}

extension RuleCompiler {
  /// The function from headers to ``VerdictChange``.
  mutating func change(to after: RuleSet) throws(RuleSetError) -> Node {
    let change: Node
    if ruleSet.chains == after.chains, ruleSet.versions == after.versions,
      ruleSet.acceptsByDefault == after.acceptsByDefault
    {
      change = try changeInBase(after.rules)
    } else {
      let second = try RuleCompiler(after, layout, diagram)
      diagram = second.diagram
      let from = ruleSet.versions.contains(layout.version) ? verdict : afterAll
      let to = after.versions.contains(layout.version) ? second.verdict : second.afterAll
      change = diagram.apply(.change, from, to)
    }
    if diagram.isExhausted { throw .tooComplex(nodes: diagram.count) }
    return change
  }

  /// Rules that stay in front or behind need no second look: only what the changed part and the rest behind it treat
  /// otherwise, and the rules in front let through, can change.
  private mutating func changeInBase(_ rules: [Rule]) throws(RuleSetError) -> Node {
    let old = ruleSet.rules
    var front = 0
    while front < min(old.count, rules.count), old[front] == rules[front] { front += 1 }
    var back = 0
    while back < min(old.count, rules.count) - front, old[old.count - 1 - back] == rules[rules.count - 1 - back] {
      back += 1
    }
    let suffix = range(old.count - back..<old.count)
    let rest = diagram.apply(.override, closed(suffix), afterAll)
    var (from, to) = (rest, rest)
    for rule in old[front..<old.count - back].reversed() { from = before(rule, from) }
    for rule in rules[front..<rules.count - back].reversed() { to = before(rule, to) }
    let differs = diagram.apply(.differs, from, to)
    let prefix = diagram.apply(.and, differs, closed(range(0..<front)))
    from = diagram.apply(.override, prefix, diagram.apply(.and, differs, from))
    to = diagram.apply(.override, prefix, diagram.apply(.and, differs, to))
    return diagram.apply(.change, from, to)
  }

  private mutating func before(_ rule: Rule, _ rest: Node) -> Node {
    let function = function(of: rule)
    return diagram.apply(.override, closed(function), rest)
  }

  /// The function of consecutive rules of the base chain, from the largest parts the tree has of it.
  private mutating func range(_ wanted: Range<Int>) -> Node {
    func visit(_ part: Range<Int>, _ place: Int, _ diagram: inout DecisionDiagram) -> Node {
      if wanted.clamped(to: part) == part { return base.roots[place] }
      if !wanted.overlaps(part) { return 1 }
      let (left, right, leftPlace, rightPlace) = RuleTree.halves(part, place)
      let first = visit(left, leftPlace, &diagram)
      return diagram.apply(.override, first, visit(right, rightPlace, &diagram))
    }
    return wanted.isEmpty ? 1 : visit(0..<base.count, 0, &diagram)
  }
}

/// Bounds on what an analysis may cost.
public enum FirewallLimits {
  /// Nodes of one diagram; at up to 80 bytes a node with its places in the tables, some 320 MB.
  public static let nodes = 4_000_000
}

extension RuleSet {
  /// See ``RuleSetDifference/init(before:after:listing:nodeLimit:)``.
  public static func diff(before: RuleSet, after: RuleSet) throws(RuleSetError) -> RuleSetDifference {
    try RuleSetDifference(before: before, after: after)
  }

  /// Whether the change alters no packet's verdict, neither for certain nor possibly.
  public func isIneffective(changedTo after: RuleSet) throws(RuleSetError) -> Bool {
    try RuleSetDifference(before: self, after: after, listing: 0).isEmpty
  }

  var interfaceConditions: [InterfaceCondition] {
    (rules + chains.flatMap(\.rules)).flatMap(\.matches).flatMap { $0.inInterfaces + $0.outInterfaces }
  }
}
