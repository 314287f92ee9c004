import TwinProto

/// The samples that aren't acknowledged, in the order in which they were measured: waiting to be sent, or under way.
///
/// When a connection is lost, everything under way waits again, before what wasn't sent yet; the service counts what it
/// had committed as duplicates.
struct ResendBuffer: Sendable {
  /// One measured sample of one vehicle, counted from 0.
  struct Sample: Sendable, Equatable {
    var vehicle: Int
    var message: TelemetrySample

    var sequence: UInt64 { message.sequence }
  }

  /// What goes out together: samples of one vehicle.
  struct Batch: Sendable, Equatable {
    var id: UInt64
    var vehicle: Int
    var samples: [Sample]
    /// How many of them were under way before.
    var resent: Int
  }

  /// What an acknowledgement says of a batch.
  struct Settlement: Sendable, Equatable {
    var acknowledged: [Sample]
    var rejected: [Sample]
  }

  private struct Entry: Sendable {
    var ordinal: UInt64
    var sample: Sample
    var wasSent: Bool
  }

  /// Samples in a batch. An acknowledgement names at most 100 rejected ones, and each must be named.
  static let maximumBatch = 100

  /// Samples held at most; who measures faster than they are acknowledged waits.
  let capacity: Int
  private var waiting: [Entry] = []
  /// Entries before this one have left `waiting`; they are dropped in one go now and then.
  private var head = 0
  private var underWay: [UInt64: [Entry]] = [:]
  private var nextOrdinal: UInt64 = 0
  private var nextBatchID: UInt64 = 1
  private(set) var count = 0

  /// - Precondition: `capacity` is positive.
  init(capacity: Int) {
    precondition(capacity > 0, "a buffer has room for a sample")
    self.capacity = capacity
  }

  var isEmpty: Bool { count == 0 }
  var isFull: Bool { count >= capacity }
  var hasWaiting: Bool { head < waiting.count }
  var hasUnderWay: Bool { !underWay.isEmpty }

  /// Takes a sample in; false when there is no room.
  mutating func append(_ sample: Sample) -> Bool {
    guard !isFull else { return false }
    waiting.append(Entry(ordinal: nextOrdinal, sample: sample, wasSent: false))
    nextOrdinal += 1
    count += 1
    return true
  }

  /// The next samples to send; nil when none wait.
  mutating func nextBatch() -> Batch? {
    guard head < waiting.count else { return nil }
    let vehicle = waiting[head].sample.vehicle
    var entries: [Entry] = []
    while head < waiting.count, entries.count < Self.maximumBatch, waiting[head].sample.vehicle == vehicle {
      entries.append(waiting[head])
      head += 1
    }
    if head == waiting.count || head > capacity {
      waiting.removeFirst(head)
      head = 0
    }
    let batch = Batch(
      id: nextBatchID, vehicle: vehicle, samples: entries.map(\.sample), resent: entries.count { $0.wasSent })
    nextBatchID += 1
    for index in entries.indices { entries[index].wasSent = true }
    underWay[batch.id] = entries
    return batch
  }

  /// Takes the samples of an acknowledged batch out; nil for a batch that isn't under way.
  mutating func settle(batch id: UInt64, rejectedSequences: Set<UInt64>) -> Settlement? {
    guard let entries = underWay.removeValue(forKey: id) else { return nil }
    count -= entries.count
    return Settlement(
      acknowledged: entries.map(\.sample).filter { !rejectedSequences.contains($0.sequence) },
      rejected: entries.map(\.sample).filter { rejectedSequences.contains($0.sequence) })
  }

  /// Lets everything under way wait again.
  mutating func connectionLost() {
    let lost = underWay.values.joined().sorted { $0.ordinal < $1.ordinal }
    underWay.removeAll()
    waiting = lost + waiting[head...]
    head = 0
  }
}
