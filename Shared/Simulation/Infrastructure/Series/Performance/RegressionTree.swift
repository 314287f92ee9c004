internal import SimulationKernel

/// A regression tree grown to purity by least squares.
///
/// Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees", 1984. Ties between
/// equally good cuts go to the first option drawn, so that a tree depends on its random stream and nothing else.
struct RegressionTree: Sendable, Hashable {
  private struct Node: Sendable, Hashable {
    /// Option that is compared; −1 marks a leaf.
    var option: Int
    var cut: Double
    var left: Int
    var right: Int
    var value: Double
  }

  private var nodes: [Node] = []

  /// - Parameters:
  ///   - rows: Configurations, each with the same number of options.
  ///   - sample: Indices into `rows`, with repetitions, that this tree learns from; at least one.
  ///   - drawn: Options tried at each cut.
  init(
    rows: [[Double]], targets: [Double], sample: [Int], drawn: Int, smallestLeaf: Int, stream: inout RandomStream
  ) {
    var pending: [(node: Int, sample: [Int])] = []
    nodes.append(Node(option: -1, cut: 0, left: 0, right: 0, value: 0))
    pending.append((0, sample))
    while let (node, members) = pending.popLast() {
      var sum = 0.0
      for index in members { sum += targets[index] }
      nodes[node].value = sum / Double(members.count)
      guard members.count >= 2 * smallestLeaf,
        let cut = Self.bestCut(
          rows: rows, targets: targets, members: members, total: sum, drawn: drawn, smallestLeaf: smallestLeaf,
          stream: &stream)
      else { continue }
      let left = nodes.count
      nodes.append(Node(option: -1, cut: 0, left: 0, right: 0, value: 0))
      nodes.append(Node(option: -1, cut: 0, left: 0, right: 0, value: 0))
      nodes[node].option = cut.option
      nodes[node].cut = cut.value
      nodes[node].left = left
      nodes[node].right = left + 1
      pending.append((left, members.filter { rows[$0][cut.option] <= cut.value }))
      pending.append((left + 1, members.filter { rows[$0][cut.option] > cut.value }))
    }
  }

  func predict(_ row: [Double]) -> Double {
    var node = 0
    while nodes[node].option >= 0 {
      node = row[nodes[node].option] <= nodes[node].cut ? nodes[node].left : nodes[node].right
    }
    return nodes[node].value
  }

  private static func bestCut(
    rows: [[Double]], targets: [Double], members: [Int], total: Double, drawn: Int, smallestLeaf: Int,
    stream: inout RandomStream
  ) -> (option: Int, value: Double)? {
    let width = rows[0].count
    var options = Array(0..<width)
    for index in 0..<min(drawn, width) {
      let other = index + Int(stream.uniform() * Double(width - index))
      options.swapAt(index, other)
    }
    var best: (option: Int, value: Double)?
    // Between-group sum of squares relative to no cut at all; rounding must not look like a gain.
    var bestGain = 1e-12
    let count = Double(members.count)
    let base = total * total / count
    for option in options.prefix(drawn) {
      let sorted = members.sorted { (rows[$0][option], $0) < (rows[$1][option], $1) }
      var leftSum = 0.0
      for position in 0..<(sorted.count - 1) {
        leftSum += targets[sorted[position]]
        let here = rows[sorted[position]][option]
        let next = rows[sorted[position + 1]][option]
        guard next > here, position + 1 >= smallestLeaf, sorted.count - position - 1 >= smallestLeaf else { continue }
        let left = Double(position + 1)
        let rightSum = total - leftSum
        let gain = leftSum * leftSum / left + rightSum * rightSum / (count - left) - base
        if gain > bestGain {
          bestGain = gain
          best = (option, here + (next - here) / 2)
        }
      }
    }
    return best
  }
}
