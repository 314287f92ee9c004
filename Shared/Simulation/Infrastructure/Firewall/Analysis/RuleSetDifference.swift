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
  ///   - nodeLimit: bound on memory, 16 bytes each and as much for the tables.
  /// - Throws: ``RuleSetError/tooComplex(nodes:)``.
  public init(
    before: RuleSet, after: RuleSet, listing: Int = 1000, nodeLimit: Int = FirewallLimits.nodes
  ) throws(RuleSetError) {
    var parts = [VerdictChange: HeaderSets]()
    var steps = 0
    for version in IPVersion.allCases where before.versions.contains(version) || after.versions.contains(version) {
      let layout = HeaderLayout(version, interfaces: before.interfaceConditions + after.interfaceConditions)
      let first = try RuleCompiler(before, layout, DecisionDiagram(limit: nodeLimit))
      var second = try RuleCompiler(after, layout, first.diagram)
      let from = before.versions.contains(version) ? first.verdict : first.afterAll
      let to = after.versions.contains(version) ? second.verdict : second.afterAll
      let change = second.diagram.apply(.change, from, to)
      if second.diagram.isExhausted { throw .tooComplex(nodes: second.diagram.count) }
      steps += second.diagram.steps
      for kind in VerdictChange.allCases {
        let sets = second.headerSets(change, where: [kind.rawValue], limit: listing)
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

/// Bounds on what an analysis may cost.
public enum FirewallLimits {
  /// Nodes of one diagram; at 24 bytes a node with its place in the table, some 200 MB.
  public static let nodes = 8_000_000
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
