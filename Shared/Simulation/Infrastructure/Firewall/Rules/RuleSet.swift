/// Ordered rules with a policy for packets that none decides, and the user chains they may jump to.
///
/// A value of this type is one hook's filter: iptables' FORWARD chain of the filter table, an nftables base chain, or a
/// cloud security group (rules of accept, policy deny). Editing returns a new value, so that a change can be compared
/// with what it changes.
public struct RuleSet: Sendable, Hashable {
  public struct Chain: Sendable, Hashable {
    public let name: String
    public var rules: [Rule]

    public init(name: String, rules: [Rule]) {
      self.name = name
      self.rules = rules
    }
  }

  /// The base chain, first match first.
  public private(set) var rules: [Rule]
  /// User chains by name, sorted.
  public private(set) var chains: [Chain]
  /// True if a packet that no rule decides passes.
  public let acceptsByDefault: Bool
  /// Versions of the Internet Protocol the rules see.
  public let versions: [IPVersion]

  /// - Throws: ``RuleSetError/unknownChain(_:)`` for a jump into nothing, ``RuleSetError/cyclicChains(_:)`` for chains
  ///   that call each other in a circle, which the kernel refuses too.
  public init(
    _ rules: [Rule], chains: [Chain] = [], acceptsByDefault: Bool = false, versions: [IPVersion] = IPVersion.allCases
  ) throws(RuleSetError) {
    self.rules = rules
    self.chains = chains.sorted { $0.name < $1.name }
    self.acceptsByDefault = acceptsByDefault
    self.versions = versions
    _ = try chainOrder()
  }

  public func inserting(_ rule: Rule, at index: Int) throws(RuleSetError) -> RuleSet {
    guard rules.indices.contains(index) || index == rules.count else { throw .noSuchRule(index) }
    var copy = rules
    copy.insert(rule, at: index)
    return try replacingRules(copy)
  }

  public func removing(at index: Int) throws(RuleSetError) -> RuleSet {
    guard rules.indices.contains(index) else { throw .noSuchRule(index) }
    var copy = rules
    copy.remove(at: index)
    return try replacingRules(copy)
  }

  public func replacing(at index: Int, with rule: Rule) throws(RuleSetError) -> RuleSet {
    guard rules.indices.contains(index) else { throw .noSuchRule(index) }
    var copy = rules
    copy[index] = rule
    return try replacingRules(copy)
  }

  public func appending(_ rule: Rule) throws(RuleSetError) -> RuleSet { try inserting(rule, at: rules.count) }

  public func withDefault(accepts: Bool) throws(RuleSetError) -> RuleSet {
    try RuleSet(rules, chains: chains, acceptsByDefault: accepts, versions: versions)
  }

  private func replacingRules(_ rules: [Rule]) throws(RuleSetError) -> RuleSet {
    try RuleSet(rules, chains: chains, acceptsByDefault: acceptsByDefault, versions: versions)
  }

  public func chain(_ name: String) -> Chain? { chainIndex(name).map { chains[$0] } }

  func chainIndex(_ name: String) -> Int? {
    var low = 0
    var high = chains.count
    while low < high {
      let middle = (low + high) / 2
      if chains[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < chains.count && chains[low].name == name ? low : nil
  }

  /// Indices of the chains that the base chain can reach, each after all chains it calls.
  func chainOrder() throws(RuleSetError) -> [Int] {
    enum Mark { case open, done }
    var marks = [Mark?](repeating: nil, count: chains.count)
    var order: [Int] = []
    func visit(_ rules: [Rule]) throws(RuleSetError) {
      for rule in rules {
        let name: String
        switch rule.action {
        case .jump(let target), .goto(let target): name = target
        default: continue
        }
        guard let index = chainIndex(name) else { throw .unknownChain(name) }
        if marks[index] == .open { throw .cyclicChains(name) }
        guard marks[index] == nil else { continue }
        marks[index] = .open
        try visit(chains[index].rules)
        marks[index] = .done
        order.append(index)
      }
    }
    try visit(rules)
    return order
  }

  /// Every condition and target that is approximated, without repetition, in the order of the rules.
  public var undecided: [String] {
    var seen: Set<String> = []
    return (rules + chains.flatMap(\.rules)).flatMap(\.undecided).filter { seen.insert($0).inserted }
  }
}

public enum RuleSetError: Error, Sendable, Hashable {
  case noSuchRule(Int)
  case unknownChain(String)
  case cyclicChains(String)
  /// The diagram of the rules needs more nodes than the given limit.
  case tooComplex(nodes: Int)
}
