import RuntimeSystem

/// What the network between a vehicle and its gateway's partner does to samples. Every share is injected by a seed.
struct Disturbance: Sendable {
  /// Sent twice.
  var duplicates = 0.01
  /// Sent after the vehicle's next sample.
  var reordered = 0.02
  /// Lost at first, and sent again when the gateway has waited for its acknowledgement in vain.
  var lost = 0.01

  /// The second copy comes so much later, s.
  static let duplicateAfter = 0.03
  /// The gateway misses the acknowledgement of a lost sample after this, s.
  static let resentAfter = 0.4

  enum Fate: Sendable { case normal, duplicated, reordered, lost }

  func fate(_ random: inout SplitMix64) -> Fate {
    let share = random.share()
    if share < duplicates { return .duplicated }
    if share < duplicates + reordered { return .reordered }
    return share < duplicates + reordered + lost ? .lost : .normal
  }
}
