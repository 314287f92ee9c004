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
  /// Steps of the searches.
  private(set) var steps = 0

  init(_ compiler: RuleCompiler) {
    self.compiler = compiler
    diagram = compiler.diagram
    arrivals = Array(repeating: 0, count: compiler.ruleSet.chains.count)
  }

  var isExhausted: Bool { diagram.isExhausted }
  var count: Int { diagram.count }

  mutating func run(_ findings: inout Findings) {
    let chains = compiler.ruleSet.chains
    var back = [compiler.afterAll]
    var front: [Node] = []
    visit(chains.count, compiler.base, 0..<compiler.base.count, 0, &front, &back, &findings)
    guard let order = try? compiler.ruleSet.chainOrder() else { return }
    // Callers come before the chains they call, so that all arrivals are known.
    for chain in order.reversed() {
      guard let tree = compiler.chainTrees[chain] else { continue }
      visit(chain, tree, 0..<tree.count, 0, &front, &back, &findings)
    }
    for chain in chains.indices where compiler.chainTrees[chain] == nil {
      for index in findings.seen[chain].indices { findings.seen[chain][index].isMatchable = true }
    }
  }

  /// - Parameters:
  ///   - front: functions of what comes before this part.
  ///   - back: functions of what comes behind it, the nearest last.
  private mutating func visit(
    _ list: Int, _ tree: RuleTree, _ part: Range<Int>, _ place: Int, _ front: inout [Node], _ back: inout [Node],
    _ findings: inout Findings
  ) {
    guard !part.isEmpty, !diagram.isExhausted else { return }
    if part.count == 1 {
      judge(list, part.lowerBound, tree, place, front, back, &findings)
      return
    }
    let (left, right, leftPlace, rightPlace) = RuleTree.halves(part, place)
    back.append(tree.roots[rightPlace])
    visit(list, tree, left, leftPlace, &front, &back, &findings)
    back.removeLast()
    front.append(tree.reach[leftPlace])
    visit(list, tree, right, rightPlace, &front, &back, &findings)
    front.removeLast()
  }

  private mutating func judge(
    _ list: Int, _ index: Int, _ tree: RuleTree, _ place: Int, _ front: [Node], _ back: [Node],
    _ findings: inout Findings
  ) {
    guard tree.reach[place] != 1 else { return }
    findings.seen[list][index].isMatchable = true
    let chains = compiler.ruleSet.chains
    let isBase = list == chains.count
    let rule = isBase ? compiler.ruleSet.rules[index] : chains[list].rules[index]
    let region = diagram.apply(.touched, isBase ? DecisionDiagram.all : arrivals[list], tree.reach[place])
    switch rule.action {
    case .jump(let name), .goto(let name):
      guard let chain = compiler.ruleSet.chainIndex(name) else { return }
      var here = region
      for before in front { here = diagram.apply(.passing, here, before) }
      arrivals[chain] = diagram.apply(.or, arrivals[chain], here)
    default: break
    }
    var search = WitnessSearch()
    defer { steps += search.steps }
    let decided = diagram.outcomes(tree.roots[place]) & ~1
    let isCertain = (decided == 2 || decided == 4) && !diagram.meets(region, tree.roots[place], 1)
    // RETURN leads to the policy.
    let other = (6 & ~decided) | (compiler.afterAll == decided ? 0 : 8)
    if isBase, isCertain {
      // One certain outcome: a header that comes here and fares otherwise behind proves the rule needed.
      let found = search.exists(
        in: region, past: front, meeting: other, in: back.reversed(), budget: Self.witnessBudget, diagram)
      if found == true {
        findings.seen[list][index].isReached = true
        findings.seen[list][index].isNeeded = true
        return
      }
    }
    var here = region
    for before in front where here != 0 { here = diagram.apply(.passing, here, before) }
    guard here != 0 else { return }
    findings.seen[list][index].isReached = true
    if !isBase {
      findings.seen[list][index].isNeeded = true
    } else if isCertain {
      for next in back.reversed() where here != 0 {
        if diagram.meets(here, next, other) { findings.seen[list][index].isNeeded = true }
        here = findings.seen[list][index].isNeeded ? 0 : diagram.apply(.passing, here, next)
      }
    } else if isNeeded(tree.roots[place], on: here, before: back) {
      findings.seen[list][index].isNeeded = true
    }
  }

  /// Steps after which a search for a witness gives up; a path has some hundred.
  private static let witnessBudget = 100

  /// The same for a rule with several outcomes, by building what happens with and without it.
  private mutating func isNeeded(
    _ rule: Node, on here: Node, before back: [Node]
  ) -> Bool {
    var rest = DecisionDiagram.none
    for next in back { rest = diagram.apply(.override, diagram.apply(.and, here, next), rest) }
    let with = diagram.apply(.override, diagram.apply(.and, here, rule), rest)
    let closing: [Node] = (0..<16).map { $0 & 8 == 0 ? $0 : $0 & ~8 | compiler.afterAll }
    let closedWith = diagram.map(with, closing)
    return closedWith != diagram.map(rest, closing)
  }
}
