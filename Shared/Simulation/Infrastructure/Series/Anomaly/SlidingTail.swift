/// A tail estimate over the most recent scores, renewed at a fixed pace rather than at every score.
struct SlidingTail: Sendable {
  private var scores: [Double] = []
  private var next = 0
  private var sinceRenewal = 0
  private var estimate: TailEstimate?
  private let capacity: Int
  private let pace: Int

  init(capacity: Int, pace: Int) {
    self.capacity = capacity
    self.pace = pace
    scores.reserveCapacity(capacity)
  }

  /// The surprise of `score` given those before it, which it then joins; `nil` while these are too few.
  mutating func observe(_ score: Double) -> Double? {
    if estimate == nil || sinceRenewal >= pace {
      estimate = TailEstimate(scores: scores)
      sinceRenewal = 0
    }
    let surprise = estimate?.surprise(of: score)
    if scores.count < capacity {
      scores.append(score)
    } else {
      scores[next] = score
      next = (next + 1) % capacity
    }
    sinceRenewal += 1
    return surprise
  }
}
