import FleetCore
import Synchronization

/// What is known of the clocks of those who send.
final class ClockSkews: Sendable {
  /// Sources whose clocks are remembered; one more takes the place of another.
  static let maximumSources = 200_000

  private let estimators = Mutex<[SourceName: ClockSkewEstimator]>([:])

  /// Takes in an exchange of a batch and its acknowledgement.
  func observe(_ exchange: ClockSkewEstimator.Exchange, of source: SourceName) {
    change(source) { $0.observe(exchange) }
  }

  /// Takes in when something was sent by the source's clock, and when it arrived by ours.
  func observe(sent: UTCInstant, received: UTCInstant, of source: SourceName) {
    change(source) { $0.observe(sent: sent, received: received) }
  }

  private func change(_ source: SourceName, _ body: (inout ClockSkewEstimator) -> Void) {
    estimators.withLock { estimators in
      if estimators[source] == nil, estimators.count >= Self.maximumSources, let other = estimators.keys.first {
        estimators[other] = nil
      }
      body(&estimators[source, default: ClockSkewEstimator()])
    }
  }

  /// The source's clock minus ours; nil before anything is known.
  func estimate(of source: SourceName, at now: UTCInstant) -> ClockSkewEstimator.Estimate? {
    estimators.withLock { $0[source]?.estimate(at: now) }
  }
}

/// The batches of one stream that may still become exchanges of four times: those whose acknowledgement hasn't come back as
/// an echo, the newest first to stay.
struct ClockExchanges: Sendable {
  /// A batch of a stream.
  struct Batch: Sendable, Hashable {
    var vehicleID: String
    var source: String
    var id: UInt64
  }

  /// Batches that are remembered: more than may be under way, as echoes come later than acknowledgements.
  static let capacity = 2 * TelemetryStream.maximumInFlight
  /// The same of a stream that carries what the senders of another replica send: an echo comes with its vehicle's next
  /// batch, and the batches of all others come before.
  static let gatewayCapacity = 8_192

  private struct Times: Sendable {
    var sent: UTCInstant
    var received: UTCInstant
    var answered: UTCInstant?
  }

  private var times: RecentBatches<Times>

  init(capacity: Int = Self.capacity) { times = RecentBatches(capacity: capacity) }

  /// A batch arrived that says when it was sent.
  mutating func arrived(_ batch: Batch, sent: UTCInstant, received: UTCInstant) {
    times[batch] = Times(sent: sent, received: received)
  }

  /// Its acknowledgement leaves.
  mutating func answered(_ batch: Batch, at time: UTCInstant) { times[batch]?.answered = time }

  /// The sender says when the acknowledgement arrived. The first echo counts.
  mutating func returned(_ batch: Batch, at time: UTCInstant) -> ClockSkewEstimator.Exchange? {
    guard let known = times[batch], let answered = known.answered else { return nil }
    times.remove(batch)
    return .init(sent: known.sent, received: known.received, answered: answered, returned: time)
  }
}

/// What is known of the newest batches of a stream.
struct RecentBatches<Value: Sendable>: Sendable {
  private let capacity: Int
  private var values: [ClockExchanges.Batch: Value] = [:]
  /// Of those that were put in, removed ones included.
  private var order: [ClockExchanges.Batch] = []

  /// - Parameter capacity: so many are kept at least, and twice as many at most.
  init(capacity: Int) { self.capacity = capacity }

  subscript(batch: ClockExchanges.Batch) -> Value? {
    get { values[batch] }
    set {
      guard let newValue else {
        values[batch] = nil
        return
      }
      if values.updateValue(newValue, forKey: batch) == nil { order.append(batch) }
      guard order.count > 2 * capacity else { return }
      for old in order.prefix(capacity) { values[old] = nil }
      order.removeFirst(capacity)
    }
  }

  @discardableResult
  mutating func remove(_ batch: ClockExchanges.Batch) -> Value? { values.removeValue(forKey: batch) }
}
