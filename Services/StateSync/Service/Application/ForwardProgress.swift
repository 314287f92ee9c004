import Synchronization

/// How far each of several receivers of one log has come, and so how far all of them have. What a receiver confirms is
/// up to whoever asks: that it has taken batches in, or that it has stored them.
final class ForwardProgress: Sendable {
  private struct Lane {
    /// Everything up to here is either confirmed or isn't for it.
    var safe: Int64
    /// The log was read for it up to here.
    var read: Int64
    /// The newest batch that was sent to it, by its last position; 0 when everything that was sent is confirmed.
    var sent: Int64 = 0
  }

  private struct State {
    var lanes: [String: Lane]
    var isFailing: Set<String> = []
  }

  private let state: Mutex<State>

  /// - Parameter start: everything up to here is wherever it belongs.
  init(_ addresses: [String], start: Int64) {
    state = Mutex(
      State(lanes: Dictionary(uniqueKeysWithValues: addresses.map { ($0, Lane(safe: start, read: start)) })))
  }

  /// Everything up to here is confirmed wherever it belongs.
  var safe: Int64 { state.withLock { $0.lanes.values.lazy.map(\.safe).min() ?? 0 } }

  /// From where to send to a receiver whose call is made anew: what it was sent counts as lost as far as it isn't confirmed.
  ///
  /// - Parameter position: what was confirmed after this counts as lost, too.
  @discardableResult
  func restart(_ address: String, at position: Int64 = .max) -> Int64 {
    state.withLock { state in
      guard var lane = state.lanes[address] else { return 0 }
      lane.safe = min(lane.safe, position)
      lane.read = lane.safe
      lane.sent = 0
      state.lanes[address] = lane
      return lane.safe
    }
  }

  /// Notes that the log was read for a receiver, and that a batch is on its way to it.
  func didRead(_ address: String, to position: Int64, isSent: Bool) {
    state.withLock { state in
      guard var lane = state.lanes[address] else { return }
      lane.read = max(lane.read, position)
      if isSent { lane.sent = position }
      if lane.sent == 0 { lane.safe = lane.read }
      state.lanes[address] = lane
    }
  }

  /// Notes that a receiver has confirmed everything up to a batch.
  func didConfirm(_ address: String, batch: Int64) {
    state.withLock { state in
      guard var lane = state.lanes[address], lane.sent > 0 else { return }
      if batch >= lane.sent {
        lane.sent = 0
        lane.safe = lane.read
      } else {
        lane.safe = max(lane.safe, batch)
      }
      state.lanes[address] = lane
    }
  }
}
