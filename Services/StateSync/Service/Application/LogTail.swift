import FleetCore

/// The newest end of the log in memory, for those who forward it. What fell out is read from the store.
final class LogTail: Sendable {
  /// Rows that are kept.
  static let capacity = 4_096
  /// What they take at most, by the encodings of their samples.
  static let capacityBytes = 16 << 20

  /// Where the rows after a position are.
  enum Part: Sendable {
    case rows(ArraySlice<LogRow>)
    /// Not in memory any more, up to this position.
    case inStore(Int64)
    case nothing
  }

  private struct State {
    var rows: [LogRow] = []
    /// What the rows take.
    var bytes = 0
    /// The end of the log.
    var last: Int64 = 0
    /// Everything up to this position is out of memory.
    var forgotten: Int64 = 0
    /// Everything up to this position is stored by twin-engine.
    var forwarded: Int64 = 0
    /// Everything up to this position is in the twins, stored or not.
    var applied: Int64 = 0
    /// Counts the recoveries; 0 before the first.
    var epoch = 0

    /// Lets the first rows go.
    mutating func forget(_ count: Int) {
      guard count > 0 else { return }
      forgotten = rows[count - 1].position
      bytes -= rows[..<count].reduce(0) { $0 + $1.bytes }
      rows.removeFirst(count)
    }
  }

  private let state = Watched(State())

  /// Starts over from what the store says.
  ///
  /// - Parameters:
  ///   - last: the end of the log.
  ///   - forwarded: up to where twin-engine has stored it.
  func recover(last: Int64, forwarded: Int64) {
    state.change { state in
      state.rows = []
      state.bytes = 0
      state.last = last
      state.forgotten = last
      state.forwarded = forwarded
      state.applied = forwarded
      state.epoch += 1
    }
  }

  /// Adds committed rows, ascending.
  func append(_ rows: [LogRow]) {
    guard !rows.isEmpty else { return }
    state.change { state in
      state.rows += rows
      state.bytes += rows.reduce(0) { $0 + $1.bytes }
      state.last = rows[rows.count - 1].position
      // In large steps, because each moves what is left.
      if state.rows.count > 2 * Self.capacity { state.forget(state.rows.count - Self.capacity) }
      if state.bytes > 2 * Self.capacityBytes {
        var (excess, bytes) = (0, state.bytes)
        while bytes > Self.capacityBytes {
          bytes -= state.rows[excess].bytes
          excess += 1
        }
        state.forget(excess)
      }
    }
  }

  /// Notes that twin-engine has stored everything up to a position.
  ///
  /// - Parameter epoch: that of the forwarding; one before the last recovery says nothing any more.
  func didForward(_ position: Int64, epoch: Int) {
    state.withLock { state in
      guard state.epoch == epoch, position > state.forwarded else { return }
      state.forwarded = position
      // What won't be asked for again needs no memory.
      let done = state.rows.prefix { $0.position <= position }.count
      state.forget(done)
    }
  }

  /// Notes that everything up to a position is in the twins, stored or not; less than before when some may have lost it.
  func didApply(_ position: Int64, epoch: Int) {
    state.withLock { state in
      if state.epoch == epoch { state.applied = position }
    }
  }

  /// From where to forward, and which recovery that follows; epoch 0 when nothing is known yet.
  var start: (forwarded: Int64, epoch: Int) { state.withLock { ($0.forwarded, $0.epoch) } }

  /// Positions of the log that twin-engine hasn't stored yet; those of failed commits count, too.
  var pending: Int64 { state.withLock { $0.last - $0.forwarded } }

  /// Positions of the log that aren't in the twins yet, so that a sample which comes now waits for them.
  var unapplied: Int64 { state.withLock { $0.last - max($0.applied, $0.forwarded) } }

  /// What follows a position, at most `limit` rows and `bytes`, but at least one row.
  func part(after position: Int64, limit: Int, bytes: Int) -> Part {
    state.withLock { state in
      if position < state.forgotten { return .inStore(state.forgotten) }
      guard let last = state.rows.last, last.position > position else { return .nothing }
      var (low, high) = (0, state.rows.count)
      while low < high {
        let middle = (low + high) / 2
        if state.rows[middle].position <= position { low = middle + 1 } else { high = middle }
      }
      return .rows(state.rows[low...].prefix(limit).prefix(bytes: bytes)[...])
    }
  }

  /// Returns when there is something after a position, or a recovery after `epoch`.
  ///
  /// - Throws: `CancellationError`.
  func waitForMore(after position: Int64, epoch: Int) async throws {
    try await state.wait { state in
      state.epoch == epoch && position >= state.forgotten && (state.rows.last?.position ?? 0) <= position
    }
  }
}
