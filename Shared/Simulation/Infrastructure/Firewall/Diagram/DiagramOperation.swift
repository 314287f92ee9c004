extension DecisionDiagram {
  enum Operation: Int32 {
    /// What `a` leaves to proceed goes on in `b`.
    case override
    case and
    case or
    /// `a` and not `b`.
    case without
    /// `a` is a condition whose terminals are outcomes of "proceed" (no match), "accept" (match) or both (either).
    case guarded
    /// Compares final verdicts: see ``VerdictChange``.
    case change
    /// The set of headers on which `a` and `b` differ.
    case differs
    /// The part of the set `a` on which the rules `b` do anything.
    case touched
    /// The part of the set `a` that the rules `b` may leave to proceed.
    case passing
  }
}

extension DecisionDiagram.Operation {
  // The outcome's bit as a node number.
  private static var proceed: DecisionDiagram.Node { 1 }

  /// The result where it needs no look inside, else -1.
  @inline(__always)
  func shortcut(_ a: DecisionDiagram.Node, _ b: DecisionDiagram.Node) -> DecisionDiagram.Node {
    let proceed = Self.proceed
    switch self {
    case .override:
      if a < 16 {
        if a & proceed == 0 { return a }
        if a == proceed { return b }
        if b < 16 { return (a & ~proceed) | b }
      }
      return b == proceed ? a : -1
    case .and:
      if a == 0 || b == 0 { return 0 }
      if a == 15 || a == b { return b }
      if b == 15 { return a }
      return a < 16 && b < 16 ? a & b : -1
    case .or:
      if a == 15 || b == 15 { return 15 }
      if a == 0 || a == b { return b }
      if b == 0 { return a }
      return a < 16 && b < 16 ? a | b : -1
    case .without:
      if a == 0 || b == 15 || a == b { return 0 }
      if b == 0 { return a }
      return a < 16 && b < 16 ? a & ~b : -1
    case .guarded:
      if a == proceed { return proceed }
      if a == 2 { return b }
      if b == proceed { return proceed }
      return a < 16 && b < 16 ? b | proceed : -1
    case .change:
      if a == b { return 0 }
      return a < 16 && b < 16 ? VerdictChange.terminal(from: a, to: b) : -1
    case .differs:
      if a == b { return 0 }
      return a < 16 && b < 16 ? 15 : -1
    case .touched:
      if a == 0 || b == proceed { return 0 }
      return b < 16 ? a : -1
    case .passing:
      if a == 0 || b == proceed { return a }
      return b < 16 ? (b & proceed == 0 ? 0 : a) : -1
    }
  }
}
