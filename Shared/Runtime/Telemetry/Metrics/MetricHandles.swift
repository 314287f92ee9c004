public import CoreMetrics
import Synchronization

// The handles that code holds on to. Getting one takes a lock and a look-up; using one is a few atomic operations.

/// A count that only goes up. Negative increments are ignored.
public final class MetricCounter: CounterHandler {
  private let count = Atomic<Int64>(0)

  init() {}

  public func increment(by amount: Int64) {
    if amount > 0 { count.wrappingAdd(amount, ordering: .relaxed) }
  }

  /// Adds one.
  public func increment() { count.wrappingAdd(1, ordering: .relaxed) }

  public func reset() { count.store(0, ordering: .relaxed) }

  public var value: Int64 { count.load(ordering: .relaxed) }
}

/// A sum of fractions that only goes up. Negative increments are ignored.
public final class MetricFloatCounter: FloatingPointCounterHandler {
  private let sum = AtomicDouble()

  init() {}

  public func increment(by amount: Double) {
    if amount > 0 { sum.add(amount) }
  }

  public func reset() { sum.store(0) }

  public var value: Double { sum.load() }
}

/// A value that goes up and down.
public final class MetricGauge: MeterHandler, RecorderHandler {
  private let current = AtomicDouble()

  init() {}

  public func set(_ value: Int64) { current.store(Double(value)) }
  public func set(_ value: Double) { current.store(value) }
  public func increment(by amount: Double) { current.add(amount) }
  public func decrement(by amount: Double) { current.add(-amount) }
  public func record(_ value: Int64) { current.store(Double(value)) }
  public func record(_ value: Double) { current.store(value) }

  public var value: Double { current.load() }
}

/// Counts of observed values by size, and their sum.
public final class MetricHistogram: TimerHandler, RecorderHandler {
  let upperBounds: [Double]
  /// Observations per bucket, not cumulated; the one after the last bound takes the rest.
  private let counts: InlineArray<25, Atomic<Int>>
  private let total = AtomicDouble()

  init(buckets: Buckets) {
    upperBounds = buckets.upperBounds
    counts = InlineArray { _ in Atomic(0) }
  }

  /// Counts one value in the metric's base unit. A value that isn't a number is ignored.
  public func observe(_ value: Double) {
    if value.isNaN { return }
    var bucket = 0
    while bucket < upperBounds.count, value > upperBounds[bucket] { bucket += 1 }
    counts[bucket].wrappingAdd(1, ordering: .relaxed)
    total.add(value)
  }

  /// Counts a length of time in seconds.
  public func observe(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    observe(Double(seconds) + Double(attoseconds) * 1e-18)
  }

  public func recordNanoseconds(_ duration: Int64) { observe(Double(duration) * 1e-9) }
  public func record(_ value: Int64) { observe(Double(value)) }
  public func record(_ value: Double) { observe(value) }

  /// Cumulative counts per bound, the last for +Inf, which is the number of all observations.
  var cumulativeCounts: [Int] {
    var sum = 0
    return (0...upperBounds.count).map { index in
      sum += counts[index].load(ordering: .relaxed)
      return sum
    }
  }

  var sum: Double { total.load() }
}

/// A double that many threads add to.
struct AtomicDouble: ~Copyable {
  private let bits = Atomic<UInt64>(0)

  borrowing func load() -> Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  borrowing func store(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  borrowing func add(_ amount: Double) {
    var old = bits.load(ordering: .relaxed)
    while true {
      let new = (Double(bitPattern: old) + amount).bitPattern
      let (exchanged, original) = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
      if exchanged { return }
      old = original
    }
  }
}
