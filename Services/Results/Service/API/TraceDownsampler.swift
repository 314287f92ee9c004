import TwinProto

/// Keeps the last row of every interval and actor, while rows come in the order of time.
struct TraceDownsampler {
  let interval: Double
  private var current: [String: (slot: Double, row: TraceRow)] = [:]

  /// - Parameter interval: seconds, over 0.
  init(interval: Double) { self.interval = interval }

  /// The rows that are known to be the last of their interval now.
  mutating func add(_ rows: [TraceRow]) -> [TraceRow] {
    var done: [TraceRow] = []
    for row in rows {
      let slot = (row.tS / interval).rounded(.down)
      if let last = current[row.actor], last.slot != slot { done.append(last.row) }
      current[row.actor] = (slot, row)
    }
    return done
  }

  /// The last rows of all.
  mutating func finish() -> [TraceRow] {
    defer { current = [:] }
    return current.values.map(\.row).sorted { ($0.tS, $0.actor) < ($1.tS, $1.actor) }
  }
}
