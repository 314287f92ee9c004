/// Finds idle rules by walking down the trees of compiled rules with the set of headers that reaches each part.
///
/// Rules whose action is to go on (LOG and the like) decide nothing by nature and are not searched.
struct IdleRuleSearch {
  private typealias Node = DecisionDiagram.Node

  /// What was seen of each rule in any version; the base chain is the last list.
  struct Findings {
    struct Seen {
      var isMatchable = false
      var isReached = false
      var isNeeded = false
    }
    var seen: [[Seen]]

    init(_ ruleSet: RuleSet) {
      let lists = ruleSet.chains.map(\.rules) + [ruleSet.rules]
      seen = lists.map { Array(repeating: Seen(), count: $0.count) }
    }

    func rules(_ ruleSet: RuleSet) -> [IdleRule] {
      var result: [IdleRule] = []
      let lists =
        [(ruleSet.chains.count, nil, ruleSet.rules)]
        + ruleSet.chains.indices.map { ($0, ruleSet.chains[$0].name, ruleSet.chains[$0].rules) }
      for (place, name, rules) in lists {
        for (index, rule) in rules.enumerated() where rule.action != .proceed {
          let seen = seen[place][index]
          if seen.isNeeded { continue }
          let reason: IdleRule.Reason =
            !seen.isMatchable ? .neverMatches : !seen.isReached ? .shadowed : .redundant
          if reason == .redundant, name != nil { continue }
          result.append(IdleRule(chain: name, index: index, reason: reason, text: rule.text))
        }
      }
      return result
    }
  }

  private let compiler: RuleCompiler
  private var diagram: DecisionDiagram
  /// Headers that come into each user chain.
  private var arrivals: [Node]

  init(_ compiler: RuleCompiler) {
    self.compiler = compiler
    diagram = compiler.diagram
    arrivals = Array(repeating: 0, count: compiler.ruleSet.chains.count)
  }

  var isExhausted: Bool { diagram.isExhausted }
  var count: Int { diagram.count }

  mutating func run(_ findings: inout Findings) {
    let base = compiler.ruleSet.chains.count
    visit(base, 0..<compiler.base.count, 0, DecisionDiagram.all, [compiler.afterAll], &findings)
    guard let order = try? compiler.ruleSet.chainOrder() else { return }
    // Callers come before the chains they call, so that all arrivals are known.
    for chain in order.reversed() {
      visit(chain, 0..<(compiler.chainTrees[chain]?.count ?? 0), 0, arrivals[chain], nil, &findings)
    }
    for chain in 0..<base where compiler.chainTrees[chain] == nil {
      for index in findings.seen[chain].indices { findings.seen[chain][index].isMatchable = true }
    }
  }

  private func tree(_ list: Int) -> RuleTree? {
    list == compiler.ruleSet.chains.count ? compiler.base : compiler.chainTrees[list]
  }

  /// - Parameters:
  ///   - region: headers that reach this part undecided.
  ///   - after: the functions of what comes behind this part, the nearest last; nil if not asked for.
  private mutating func visit(
    _ list: Int, _ part: Range<Int>, _ place: Int, _ region: Node, _ after: [Node]?, _ findings: inout Findings
  ) {
    guard !part.isEmpty, let tree = tree(list), !diagram.isExhausted else { return }
    let here = diagram.apply(.touched, region, tree.reach[place])
    if part.count == 1 {
      finish(list, part.lowerBound, place, here, after, &findings)
      return
    }
    if here == 0 {
      for index in part where leaf(tree, index) != 1 { findings.seen[list][index].isMatchable = true }
      return
    }
    let (left, right, leftPlace, rightPlace) = RuleTree.halves(part, place)
    visit(list, left, leftPlace, here, after.map { $0 + [tree.roots[rightPlace]] }, &findings)
    visit(list, right, rightPlace, diagram.apply(.passing, here, tree.reach[leftPlace]), after, &findings)
  }

  private func leaf(_ tree: RuleTree, _ index: Int) -> Node {
    var (part, place) = (0..<tree.count, 0)
    while part.count > 1 {
      let (left, right, leftPlace, rightPlace) = RuleTree.halves(part, place)
      (part, place) = left.contains(index) ? (left, leftPlace) : (right, rightPlace)
    }
    return tree.reach[place]
  }

  private mutating func finish(
    _ list: Int, _ index: Int, _ place: Int, _ here: Node, _ after: [Node]?, _ findings: inout Findings
  ) {
    guard let tree = tree(list) else { return }
    let chains = compiler.ruleSet.chains
    if tree.reach[place] != 1 { findings.seen[list][index].isMatchable = true }
    guard here != 0 else { return }
    findings.seen[list][index].isReached = true
    let rule = list == chains.count ? compiler.ruleSet.rules[index] : chains[list].rules[index]
    switch rule.action {
    case .jump(let name), .goto(let name):
      if let chain = compiler.ruleSet.chainIndex(name) {
        arrivals[chain] = diagram.apply(.or, arrivals[chain], here)
      }
    default: break
    }
    if let after {
      if isNeeded(tree.roots[place], on: here, before: after) { findings.seen[list][index].isNeeded = true }
    } else {
      findings.seen[list][index].isNeeded = true
    }
  }

  /// Whether the rules behind would treat some header of `here` otherwise.
  private mutating func isNeeded(_ rule: Node, on here: Node, before after: [Node]) -> Bool {
    let decided = diagram.outcomes(rule) & ~1
    let policy = compiler.afterAll
    if decided == 2 || decided == 4, !diagram.meets(here, rule, 1) {
      // One certain outcome: follow what is left of the headers until one fares otherwise. RETURN leads to the policy.
      let other = (6 & ~decided) | (policy == decided ? 0 : 8)
      var region = here
      for next in after.reversed() where region != 0 {
        if diagram.meets(region, next, other) { return true }
        region = diagram.apply(.passing, region, next)
      }
      return false
    }
    var rest = DecisionDiagram.none
    for next in after { rest = diagram.apply(.override, diagram.apply(.and, here, next), rest) }
    let with = diagram.apply(.override, diagram.apply(.and, here, rule), rest)
    let closing: [Node] = (0..<16).map { $0 & 8 == 0 ? $0 : $0 & ~8 | policy }
    let closedWith = diagram.map(with, closing)
    return closedWith != diagram.map(rest, closing)
  }
}
