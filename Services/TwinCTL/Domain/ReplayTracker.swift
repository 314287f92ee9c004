/// Follows the samples of one vehicle from their sending to their visibility in the virtual state.
///
/// A virtual state names the newest sequence in it, so every sample up to that sequence became visible with it. The
/// memory is bounded: beyond `capacity` unseen samples the oldest is given up and counted.
public struct ReplayTracker: Sendable {
  /// Samples whose visibility is waited for at the same time: 100 s at 10 Hz.
  public static let capacity = 1_000

  private var sent: [(sequence: UInt64, nanoseconds: Int64)] = []
  private var first = 0
  /// Samples sent, acknowledged by the service, seen in the virtual state, and given up.
  public private(set) var sentCount: UInt64 = 0
  public private(set) var acknowledged: UInt64 = 0
  public private(set) var visible: UInt64 = 0
  public private(set) var givenUp: UInt64 = 0
  private var highestVisible: UInt64 = 0

  public init() {}

  /// Samples sent but not yet seen.
  public var outstanding: Int { sent.count - first }

  /// Notes that a sample left at an instant of a monotonic clock.
  public mutating func send(_ sequence: UInt64, at nanoseconds: Int64) {
    sentCount += 1
    guard sequence > highestVisible else {
      // Its state overtook the note: it was visible at once.
      visible += 1
      return
    }
    sent.append((sequence, nanoseconds))
    if outstanding > Self.capacity {
      first += 1
      givenUp += 1
    }
    if first > Self.capacity {
      sent.removeFirst(first)
      first = 0
    }
  }

  /// Notes that the service stored every sample up to a sequence.
  public mutating func acknowledge(through sequence: UInt64) { acknowledged = max(acknowledged, sequence) }

  /// Notes a virtual state and passes on the latency, nanoseconds, of every sample that became visible with it.
  public mutating func see(through sequence: UInt64, at nanoseconds: Int64, latency: (Int64) -> Void) {
    highestVisible = max(highestVisible, sequence)
    while first < sent.count, sent[first].sequence <= sequence {
      latency(max(0, nanoseconds - sent[first].nanoseconds))
      visible += 1
      first += 1
    }
    if first == sent.count {
      sent.removeAll(keepingCapacity: true)
      first = 0
    }
  }
}
