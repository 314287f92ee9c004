/// Looks for one header with a wanted fate, without building the set of all such headers.
///
/// Nearly every rule of a rule set has some header that needs it, and finding one takes a single path down the diagrams
/// of what comes before and behind; building the sets costs hundreds of times that.
struct WitnessSearch {
  typealias Node = DecisionDiagram.Node

  /// Frames of the recursion: functions that must let the header proceed, then functions whose first decision counts.
  private var stack: ContiguousArray<Node> = []
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
    stack += front
    stack += back
    let found = search(region, 0, front.count, stack.count, outcomes, isMet: back.isEmpty, diagram)
    return !found && steps >= self.budget ? nil : found
  }

  private mutating func search(
    _ region: Node, _ start: Int, _ middle: Int, _ end: Int, _ outcomes: Int32, isMet: Bool,
    _ diagram: DecisionDiagram
  ) -> Bool {
    if region == DecisionDiagram.none || steps >= budget { return false }
    steps += 1
    // The frame without what has nothing more to say.
    let front = stack.count
    for index in start..<middle {
      let node = stack[index]
      if diagram.outcomes(node) & 1 == 0 {
        stack.removeLast(stack.count - front)
        return false
      }
      if !DecisionDiagram.isTerminal(node) { stack.append(node) }
    }
    let back = stack.count
    var isMet = isMet
    var possible: Int32 = 0
    if !isMet {
      for index in middle..<end {
        let node = stack[index]
        if node == 1 { continue }
        if DecisionDiagram.isTerminal(node), stack.count == back {
          // The first decision.
          isMet = node & outcomes != 0
          if isMet || node & 1 == 0 { break }
          continue
        }
        stack.append(node)
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
    var level = diagram.level(region)
    for index in front..<last { level = min(level, diagram.level(stack[index])) }
    // First the half where fewer functions have a say: a witness is likelier there.
    var talk = 0
    for index in front..<last where diagram.level(stack[index]) == level {
      talk += (DecisionDiagram.isTerminal(diagram.low(stack[index])) ? 0 : 1)
      talk -= (DecisionDiagram.isTerminal(diagram.high(stack[index])) ? 0 : 1)
    }
    for high in talk > 0 ? [true, false] : [false, true] {
      for index in front..<last {
        let node = stack[index]
        stack.append(
          diagram.level(node) != level ? node : high ? diagram.high(node) : diagram.low(node))
      }
      let half =
        diagram.level(region) != level ? region : high ? diagram.high(region) : diagram.low(region)
      if search(half, last, last + back - front, stack.count, outcomes, isMet: isMet, diagram) { return true }
      stack.removeLast(stack.count - last)
    }
    return false
  }
}
