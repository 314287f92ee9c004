/// Looks for one header with a wanted fate, without building the set of all such headers.
///
/// Nearly every rule of a rule set has some header that needs it, and finding one takes a single path down the diagrams
/// of what comes before and behind; building the sets costs hundreds of times that.
struct WitnessSearch {
  typealias Node = DecisionDiagram.Node

  /// A function: a node of whose pattern the first `skip` bits matched.
  fileprivate struct Function {
    var node: Node
    var skip = 0
  }

  /// Frames of the recursion: functions that must let the header proceed, then functions whose first decision counts.
  private var stack: ContiguousArray<Function> = []
  private(set) var steps = 0
  private var budget = 0

  /// Whether a header of the set `region` may pass all of `front` and then meets one of `outcomes` as the first decision
  /// of `back`; with an empty `back`, passing is enough. Nil if that is still open after so many steps: then there is
  /// likely none, and building the sets is the faster way to be sure.
  mutating func exists(
    in region: Node, past front: [Node], meeting outcomes: Int32, in back: [Node], budget: Int,
    _ diagram: DecisionDiagram
  ) -> Bool? {
    self.budget = steps + budget
    stack.removeAll(keepingCapacity: true)
    for node in front { stack.append(Function(node: node)) }
    for node in back { stack.append(Function(node: node)) }
    let found = search(Function(node: region), 0, front.count, stack.count, outcomes, isMet: back.isEmpty, diagram)
    return !found && steps >= self.budget ? nil : found
  }

  private mutating func search(
    _ region: Function, _ start: Int, _ middle: Int, _ end: Int, _ outcomes: Int32, isMet: Bool,
    _ diagram: DecisionDiagram
  ) -> Bool {
    if region.node == DecisionDiagram.none || steps >= budget { return false }
    steps += 1
    // The frame without what has nothing more to say.
    let front = stack.count
    for index in start..<middle {
      let function = stack[index]
      if diagram.outcomes(function.node) & 1 == 0 {
        stack.removeLast(stack.count - front)
        return false
      }
      if !DecisionDiagram.isTerminal(function.node) { stack.append(function) }
    }
    let back = stack.count
    var isMet = isMet
    var possible: Int32 = 0
    if !isMet {
      for index in middle..<end {
        let function = stack[index]
        let node = function.node
        if node == 1 { continue }
        if DecisionDiagram.isTerminal(node), stack.count == back {
          // The first decision.
          isMet = node & outcomes != 0
          if isMet || node & 1 == 0 { break }
          continue
        }
        stack.append(function)
        possible |= diagram.outcomes(node)
        if DecisionDiagram.isTerminal(node), node & 1 == 0 { break }
      }
      if isMet {
        stack.removeLast(stack.count - back)
      } else if possible & outcomes == 0 {
        stack.removeLast(stack.count - front)
        return false
      }
    }
    let last = stack.count
    defer { stack.removeLast(stack.count - front) }
    if last == front { return isMet }
    let fork = fork(region, front..<last, diagram)
    // First the side where fewer functions have a say: a witness is likelier there.
    var talk = 0
    for index in front..<last {
      let function = stack[index]
      talk += DecisionDiagram.isTerminal(fork.side(of: function, matching: true, diagram).node) ? 0 : 1
      talk -= DecisionDiagram.isTerminal(fork.side(of: function, matching: false, diagram).node) ? 0 : 1
    }
    for turn in 0..<2 {
      let isMatching = (turn == 0) == (talk <= 0)
      for index in front..<last { stack.append(fork.side(of: stack[index], matching: isMatching, diagram)) }
      let part = fork.side(of: region, matching: isMatching, diagram)
      if search(part, last, last + back - front, stack.count, outcomes, isMet: isMet, diagram) { return true }
      stack.removeLast(stack.count - last)
    }
    return false
  }

  /// The bits on which the search parts: headers that have them, and all others.
  fileprivate struct Fork {
    var level = Int.max
    var length = 0
    var pattern: UInt32 = 0

    /// What becomes of a function on one side.
    func side(of function: Function, matching: Bool, _ diagram: DecisionDiagram) -> Function {
      let inner = diagram[function.node]
      guard Int(inner.level) + function.skip == level else { return function }
      // Functions that begin here have the same bits, or the other value of a single one.
      let own = inner.prefix(function.skip + length) & (UInt32.max >> UInt32(32 - length))
      guard (own == pattern) == matching else { return Function(node: inner.other) }
      let next = function.skip + length
      return next == inner.length ? Function(node: inner.match) : Function(node: function.node, skip: next)
    }
  }

  /// As many bits as all functions that look at the first of them agree on, and no other function looks at.
  private func fork(_ region: Function, _ part: Range<Int>, _ diagram: DecisionDiagram) -> Fork {
    var fork = Fork()
    func take(_ function: Function) {
      let inner = diagram[function.node]
      let level = Int(inner.level) + function.skip
      let length = Int(inner.length) - function.skip
      guard length > 0 else { return }
      if level > fork.level {
        fork.shorten(to: min(fork.length, level - fork.level))
        return
      }
      let pattern = inner.pattern & (UInt32.max >> UInt32(32 - length))
      if level < fork.level {
        let shared = fork.length == 0 ? length : min(length, fork.level - level)
        fork = Fork(level: level, length: length, pattern: pattern)
        fork.shorten(to: shared)
        return
      }
      let shorter = min(length, fork.length)
      let difference = (pattern >> UInt32(length - shorter)) ^ (fork.pattern >> UInt32(fork.length - shorter))
      fork.shorten(to: max(1, difference.leadingZeroBitCount - (32 - shorter)))
    }
    take(region)
    for index in part { take(stack[index]) }
    return fork
  }
}

extension WitnessSearch.Fork {
  fileprivate mutating func shorten(to count: Int) {
    pattern >>= UInt32(length - count)
    length = count
  }
}
