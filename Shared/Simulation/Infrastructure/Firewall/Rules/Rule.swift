/// What a rule does with a packet that matches.
public enum RuleAction: Sendable, Hashable {
  case accept
  /// DROP and REJECT: the packet does not pass. What the sender hears is not part of the model.
  case deny
  /// Logging, counting, marking: the packet goes on to the next rule.
  case proceed
  case returnToCaller
  case jump(String)
  case goto(String)
  /// A target this model does not know, by name: it may accept, deny, or go on.
  case undecided(String)
}

/// One rule: it applies if any of its matches does.
public struct Rule: Sendable, Hashable {
  /// Alternatives. Nearly always one; empty never matches.
  public var matches: [Match]
  public var action: RuleAction
  /// The rule as its source wrote it, for reports.
  public var text: String

  public init(_ action: RuleAction, matches: [Match] = [Match()], text: String = "") {
    self.action = action
    self.matches = matches
    self.text = text
  }

  /// The structured form of cloud security groups and of change requests.
  ///
  /// - Parameters:
  ///   - proto: a name or number, or `any`, `all`, `-1`, `*`.
  ///   - ports: ``PortSet``'s text, or `any`; only for protocols with ports.
  ///   - source: ``AddressSet``'s text.
  public init(
    action: String, proto: String = "any", ports: String = "any", source: String = "any", destination: String = "any"
  ) throws(RuleSyntaxError) {
    let text = "\(action) \(proto) \(ports) \(source) \(destination)"
    switch action.uppercased() {
    case "ACCEPT", "ALLOW", "PERMIT": self.action = .accept
    case "DROP", "DENY", "REJECT", "BLOCK": self.action = .deny
    default: throw RuleSyntaxError(.unknownAction(action), text: text)
    }
    var match = Match()
    let anything = ["any", "all", "-1", "*", ""]
    if !anything.contains(proto.lowercased()) {
      guard let number = IPProtocol.number(proto) else { throw RuleSyntaxError(.unknownProtocol(proto), text: text) }
      match.protocols = [number]
    }
    if !anything.contains(ports.lowercased()) {
      guard let set = PortSet(ports) else { throw RuleSyntaxError(.malformedPorts(ports), text: text) }
      if let number = match.protocols?.first, !IPProtocol.withPorts.contains(number) {
        throw RuleSyntaxError(.protocolWithoutPorts(proto), text: text)
      }
      match.destinationPorts = set
    }
    match.source = try Self.addresses(source, text)
    match.destination = try Self.addresses(destination, text)
    matches = [match]
    self.text = text
  }

  private static func addresses(_ part: String, _ text: String) throws(RuleSyntaxError) -> AddressSet? {
    guard let set = AddressSet(part.isEmpty ? "any" : part) else {
      throw RuleSyntaxError(.malformedAddress(part), text: text)
    }
    return set.isEverything ? nil : set
  }

  /// Names of all conditions and targets that are approximated in both directions.
  public var undecided: [String] {
    var names = matches.flatMap(\.undecided)
    if case .undecided(let target) = action { names.append(target) }
    return names
  }
}

/// Why a text is no rule.
public struct RuleSyntaxError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case unknownAction(String)
    case unknownProtocol(String)
    case malformedPorts(String)
    case protocolWithoutPorts(String)
    case malformedAddress(String)
    case unexpected(String)
    /// A word that could stand for two things.
    case ambiguous(String)
    case unknownTable(String)
    case unknownChain(String)
    case unfinished
  }
  public let reason: Reason
  /// The offending rule or line.
  public let text: String

  public init(_ reason: Reason, text: String) {
    self.reason = reason
    self.text = text
  }
}
