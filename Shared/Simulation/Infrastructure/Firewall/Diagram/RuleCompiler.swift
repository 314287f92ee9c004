/// Turns rules into diagrams of one version's headers.
///
/// A list of rules is a balanced tree whose leaves are single rules and whose inner nodes are the functions of their
/// parts of the list. Merging neighbours keeps most of the work on small diagrams, and the tree answers questions about
/// single rules by walking down with what reaches each part (``RuleTree``).
struct RuleCompiler {
  typealias Node = DecisionDiagram.Node

  let layout: HeaderLayout
  var diagram: DecisionDiagram
  let ruleSet: RuleSet
  /// Functions of the user chains, in the order of `RuleSet.chains`; nil where the base chain never comes.
  private(set) var chainTrees: [RuleTree?]
  private(set) var base = RuleTree(count: 0)
  /// The verdict of every header: terminals accept, deny, or both.
  private(set) var verdict: Node = 0

  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  init(_ ruleSet: RuleSet, _ layout: HeaderLayout, _ diagram: DecisionDiagram) throws(RuleSetError) {
    self.ruleSet = ruleSet
    self.layout = layout
    self.diagram = diagram
    mayReturn = ruleSet.rules.contains { $0.action == .returnToCaller } || !ruleSet.chains.isEmpty
    chainTrees = Array(repeating: nil, count: ruleSet.chains.count)
    for index in try ruleSet.chainOrder() { chainTrees[index] = tree(ruleSet.chains[index].rules) }
    base = tree(ruleSet.rules)
    verdict = self.diagram.apply(.override, closed(base.root), afterAll)
    if self.diagram.isExhausted { throw .tooComplex(nodes: self.diagram.count) }
  }

  /// The verdict alone, for questions that need no single rules: a fraction of the memory, and so of the time.
  func verdictOnly(nodeLimit: Int) -> RuleCompiler {
    var copy = self
    (copy.diagram, copy.verdict) = diagram.extracting(verdict, limit: nodeLimit)
    copy.base = RuleTree(count: 0)
    copy.chainTrees = []
    return copy
  }

  /// What the policy does, as a terminal.
  var afterAll: Node { Node((ruleSet.acceptsByDefault ? Outcome.accept : .deny).rawValue) }

  /// RETURN in the base chain leads to the policy.
  mutating func closed(_ root: Node) -> Node {
    // Only rules that return have anything to close.
    guard mayReturn else { return root }
    let policy = afterAll
    return diagram.map(root, (0..<16).map { $0 & 8 == 0 ? $0 : $0 & ~8 | policy })
  }

  private let mayReturn: Bool

  /// What a call of the chain does in the calling chain.
  func summary(_ name: String, isGoto: Bool) -> (root: Node, table: [Node]) {
    let root = ruleSet.chainIndex(name).flatMap { chainTrees[$0]?.root } ?? 1
    return (root, (0..<16).map { isGoto ? ($0 & 1 == 0 ? $0 : $0 & ~1 | 8) : ($0 & 8 == 0 ? $0 : $0 & ~8 | 1) })
  }

  private mutating func tree(_ rules: [Rule]) -> RuleTree {
    var tree = RuleTree(count: rules.count)
    if !rules.isEmpty { build(rules, 0..<rules.count, 0, &tree) }
    return tree
  }

  private mutating func build(_ rules: [Rule], _ part: Range<Int>, _ place: Int, _ tree: inout RuleTree) {
    if part.count == 1 {
      let rule = rules[part.lowerBound]
      tree.roots[place] = function(of: rule)
      tree.reach[place] = tree.roots[place]
      switch rule.action {
      case .jump, .goto:
        let called = encoded(rule, inside: Node(Outcome.returned.rawValue), outside: 0)
        tree.reach[place] = diagram.apply(.or, tree.roots[place], called)
      default: break
      }
      return
    }
    let (left, right, first, second) = RuleTree.halves(part, place)
    build(rules, left, first, &tree)
    build(rules, right, second, &tree)
    tree.roots[place] = diagram.apply(.override, tree.roots[first], tree.roots[second])
    let isSame = tree.reach[first] == tree.roots[first] && tree.reach[second] == tree.roots[second]
    tree.reach[place] =
      isSame ? tree.roots[place] : diagram.apply(.override, tree.reach[first], tree.reach[second])
  }

  /// `inside` where the rule matches or may match.
  private mutating func encoded(_ rule: Rule, inside: Node, outside: Node) -> Node {
    var result = outside
    for match in rule.matches { result = diagram.apply(.or, result, encode(match, inside: inside, outside: outside)) }
    return result
  }

  /// The rule's function from headers to outcomes.
  mutating func function(of rule: Rule) -> Node {
    let inside: Outcome
    switch rule.action {
    case .accept: inside = .accept
    case .deny: inside = .deny
    case .returnToCaller: inside = .returned
    case .undecided: inside = [.accept, .deny, .proceed]
    case .proceed: return 1
    case .jump(let name), .goto(let name):
      let isGoto = rule.action == .goto(name)
      let (root, table) = summary(name, isGoto: isGoto)
      let called = diagram.map(root, table)
      return diagram.apply(.guarded, condition(of: rule, inside: .accept), called)
    }
    return condition(of: rule, inside: inside)
  }

  /// The terminal `inside` where the rule matches, "proceed" where not, both where that cannot be decided.
  mutating func condition(of rule: Rule, inside: Outcome) -> Node {
    var result: Node = 1
    for match in rule.matches {
      let terminal = match.undecided.isEmpty ? inside : inside.union(.proceed)
      result = diagram.apply(.override, result, encode(match, inside: Node(terminal.rawValue)))
    }
    return result
  }

  /// A box of headers.
  mutating func encode(_ match: Match, inside: Node, outside: Node = 1) -> Node {
    var result = inside
    for field in layout.order.reversed() {
      guard let ranges = ranges(field, of: match) else { continue }
      result = diagram.encode(layout[field], ranges, inside: result, outside: outside)
      if result == outside { return outside }
    }
    return result
  }

  private func ranges(_ field: HeaderLayout.Field, of match: Match) -> [ClosedRange<UInt128>]? {
    func wide(_ set: PortSet) -> [ClosedRange<UInt128>] {
      set.ranges.map { UInt128($0.lowerBound)...UInt128($0.upperBound) }
    }
    func addresses(_ set: AddressSet?) -> [ClosedRange<UInt128>]? {
      set.map { $0.ranges(of: layout.version).map { $0.lower...$0.upper } }
    }
    switch field {
    case .proto: return match.impliedProtocols.map { $0.map { UInt128($0)...UInt128($0) } }
    case .state:
      // The last state takes the numbers left over, so that no number stands for nothing.
      return match.states.map { states in
        states.sorted().map { UInt128($0.rawValue)...($0 == .untracked ? 7 : UInt128($0.rawValue)) }
      }
    case .inInterface: return match.inInterfaces.isEmpty ? nil : layout.atoms(match.inInterfaces, field)
    case .outInterface: return match.outInterfaces.isEmpty ? nil : layout.atoms(match.outInterfaces, field)
    case .flags:
      guard !match.flags.isEmpty else { return nil }
      return (UInt8.min...UInt8.max).filter { value in
        match.flags.allSatisfy { $0.matches(TCPFlags(rawValue: value)) }
      }.map { UInt128($0)...UInt128($0) }
    case .service: return (match.destinationPorts ?? match.icmp).map(wide)
    case .source: return addresses(match.source)
    case .destination: return addresses(match.destination)
    case .sourcePort: return match.sourcePorts.map(wide)
    }
  }
}

/// The functions of all parts of a list of rules, as a balanced binary tree in preorder.
struct RuleTree {
  let count: Int
  var roots: [DecisionDiagram.Node]
  /// The same with the outcome "returned" added wherever a call matches: a called chain may hand a packet back
  /// undecided, yet its rules have seen it.
  var reach: [DecisionDiagram.Node]

  init(count: Int) {
    self.count = count
    roots = Array(repeating: 1, count: max(1, 2 * count - 1))
    reach = roots
  }

  var root: DecisionDiagram.Node { roots[0] }

  static func halves(_ part: Range<Int>, _ place: Int) -> (Range<Int>, Range<Int>, Int, Int) {
    let middle = part.lowerBound + part.count / 2
    return (part.lowerBound..<middle, middle..<part.upperBound, place + 1, place + 2 * (middle - part.lowerBound))
  }
}

/// What a change does to a header's verdict, as a diagram's terminal.
public enum VerdictChange: Int32, Sendable, Hashable, CaseIterable {
  /// Denied before, accepted after, for certain.
  case newlyAllowed = 1
  /// Accepted before, denied after, for certain.
  case newlyDenied = 2
  /// More open than before, but on one side undecided conditions leave the verdict open.
  case possiblyNewlyAllowed = 4
  /// More closed than before, but on one side undecided conditions leave the verdict open.
  case possiblyNewlyDenied = 8

  static func terminal(from a: Int32, to b: Int32) -> Int32 {
    let (accept, deny) = (Int32(Outcome.accept.rawValue), Int32(Outcome.deny.rawValue))
    switch (a, b) {
    case (deny, accept): return newlyAllowed.rawValue
    case (accept, deny): return newlyDenied.rawValue
    case (deny, _), (_, accept): return possiblyNewlyAllowed.rawValue
    default: return possiblyNewlyDenied.rawValue
    }
  }
}
