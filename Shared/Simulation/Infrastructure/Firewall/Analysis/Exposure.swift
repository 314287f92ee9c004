/// What a rule set lets in from given sources.
public struct Exposure: Sendable, Hashable {
  /// Services reachable by the same sources at the same destinations. Entries are disjoint.
  public struct Entry: Sendable, Hashable {
    public let version: IPVersion
    /// Sorted protocol numbers; nil for any.
    public let protocols: [UInt8]?
    /// Nil for any, and for protocols without ports.
    public let ports: PortSet?
    /// ICMP types times 256 plus codes; nil for any and for other protocols.
    public let icmp: PortSet?
    public let sources: AddressSet
    public let destinations: AddressSet

    public func covers(proto: UInt8, port: UInt16) -> Bool {
      (protocols?.contains(proto) ?? true) && icmp == nil && (ports?.contains(port) ?? true)
    }
  }

  /// A sensitive service within reach.
  public struct Finding: Sendable, Hashable {
    public let service: SensitivePorts.Service
    public let version: IPVersion
    /// All given sources that reach it somewhere.
    public let sources: AddressSet
    public let destinations: AddressSet
    /// Every public address of the version reaches it.
    public let isOpenToEveryone: Bool
    /// Number of the control of ``SensitivePorts/benchmark`` that speaks of this; nil if none does.
    public let control: String?
    /// False if conditions that cannot be decided may close it.
    public let isCertain: Bool
  }

  /// What is let in for certain.
  public let certain: [Entry]
  /// What is let in or may be: certain, and what conditions that cannot be decided leave open.
  public let possible: [Entry]
  /// False if there were more entries than the listing holds.
  public let isComplete: Bool

  /// Sensitive services among the entries, by version and port.
  public var sensitive: [Finding] {
    var result: [Finding] = []
    for version in IPVersion.allCases {
      for service in SensitivePorts.services {
        let covers = { (entry: Entry) in
          entry.version == version && entry.covers(proto: service.proto, port: service.port)
        }
        let open = possible.filter(covers)
        guard !open.isEmpty else { continue }
        let sources = AddressSet(ranges: open.flatMap(\.sources.ranges))
        let publicOnes = SpecialPurposeAddresses.publicAddresses.intersection(.everything(version))
        let everyone = publicOnes.subtracting(sources).isEmpty
        result.append(
          Finding(
            service: service, version: version, sources: sources,
            destinations: AddressSet(ranges: open.flatMap(\.destinations.ranges)), isOpenToEveryone: everyone,
            control: everyone ? SensitivePorts.control(service, version) : nil,
            isCertain: certain.contains(where: covers)))
      }
    }
    return result
  }
}

extension RuleSetAnalysis {
  /// New connections that the rules let in: state NEW, for TCP the flag SYN alone, any source port, any interface but
  /// the loopback's, on which nothing comes from elsewhere.
  ///
  /// - Parameters:
  ///   - sources: where the packets come from; the public Internet by default.
  ///   - destinations: where they go.
  ///   - listing: at most so many entries of each kind.
  public func exposure(
    from sources: AddressSet = SpecialPurposeAddresses.publicAddresses, to destinations: AddressSet = .everything,
    inInterface: String? = nil, listing: Int = 10_000
  ) -> Exposure {
    var certain: [Exposure.Entry] = []
    var possible: [Exposure.Entry] = []
    var isComplete = true
    for part in parts {
      var match = Match(source: sources, destination: destinations, states: [.new])
      match.inInterfaces = inInterface.map { [InterfaceCondition($0)] } ?? [InterfaceCondition("lo", negated: true)]
      var compiler = part
      func entries(_ root: DecisionDiagram.Node) -> [Exposure.Entry] {
        let sets = compiler.headerSets(root, where: [Int32(Outcome.accept.rawValue)], limit: listing)
        isComplete = isComplete && sets.isComplete
        return sets.sets.map { set in
          Exposure.Entry(
            version: set.version, protocols: set.protocols, ports: set.destinationPorts, icmp: set.icmp,
            sources: set.source, destinations: set.destination)
        }
      }
      let accepted = compiler.open(match, to: .accept)
      possible += entries(compiler.services(accepted))
      if ruleSet.undecided.isEmpty { continue }
      let denied = compiler.open(match, to: .deny)
      // On both sides where the verdict is open: what may be denied is not certain.
      let surely = compiler.diagram.apply(
        .without, accepted, compiler.diagram.map(denied, [0, 0, 0, 0, 15] + Array(repeating: 0, count: 11)))
      certain += entries(compiler.services(surely))
    }
    if ruleSet.undecided.isEmpty { certain = possible }
    return Exposure(certain: certain, possible: possible, isComplete: isComplete)
  }

  /// Whether, and where, any new connection can pass from one prefix to another.
  public func reachability(from source: IPPrefix, to destination: IPPrefix) -> Exposure {
    exposure(from: AddressSet(source), to: AddressSet(destination))
  }
}

extension RuleCompiler {
  /// The outcome's terminal on all matching headers that may meet it, for TCP with SYN alone; elsewhere 0.
  fileprivate mutating func open(_ match: Match, to outcome: Outcome) -> Node {
    let box = encode(match, inside: Node(outcome.rawValue), outside: DecisionDiagram.none)
    // Flags are read for TCP only, so asking for them in the match would leave out the other protocols.
    let syn = UInt128(TCPFlags.syn.rawValue)
    let first = diagram.encode(
      layout[.flags], [syn...syn], inside: DecisionDiagram.all, outside: DecisionDiagram.none)
    let region = diagram.apply(.and, box, first)
    return diagram.apply(.and, verdict, region)
  }

  /// Forgets the fields that do not tell services apart.
  fileprivate mutating func services(_ root: Node) -> Node {
    diagram.project(root, [.sourcePort, .state, .inInterface, .outInterface, .flags].map { layout[$0].levels })
  }
}
