/// When to send which sample of recorded drives to how many vehicles: the whole replay as a sequence, without a clock.
///
/// Every vehicle sends at `rate`; the vehicles share the period evenly, so that they don't all send at once.
public struct ReplayPlan: Sendable, Sequence {
  public struct Item: Sendable, Hashable {
    /// Seconds after the start of the replay at which to send.
    public var due: Double
    /// Seconds after the start of the drive, which differs from `due` by the speed-up.
    public var time: Double
    /// Counted from 0.
    public var vehicle: Int
    /// Counted from 1 for each vehicle.
    public var sequence: UInt64
    public var values: TelemetryValues
  }

  /// Vehicle `i` drives recording `i` modulo their number.
  public let recordings: [Recording]
  public let vehicleCount: Int
  /// Samples a second of driven time.
  public let rate: Double
  /// Seconds of driven time per second of replay.
  public let speedUp: Double

  /// - Precondition: there are recordings and vehicles, and rate and speed-up are positive.
  public init(recordings: [Recording], vehicleCount: Int = 1, rate: Double = 10, speedUp: Double = 1) {
    precondition(!recordings.isEmpty && vehicleCount > 0 && rate > 0 && speedUp > 0, "a replay has something to do")
    self.recordings = recordings
    self.vehicleCount = vehicleCount
    self.rate = rate
    self.speedUp = speedUp
  }

  /// Samples of one vehicle, gaps in its recording included.
  private func tickCount(of vehicle: Int) -> Int {
    Int((recording(of: vehicle).duration * rate + 1e-9).rounded(.down)) + 1
  }

  private func recording(of vehicle: Int) -> Recording { recordings[vehicle % recordings.count] }

  /// An upper bound of the number of items; gaps in a recording make it less.
  public var maximumCount: Int { (0..<vehicleCount).reduce(0) { $0 + tickCount(of: $1) } }

  /// Seconds from the first to the last item.
  public var duration: Double {
    let longest = (0..<Swift.min(vehicleCount, recordings.count)).map { recording(of: $0).duration }.max() ?? 0
    return (longest + Double(vehicleCount - 1) / (rate * Double(vehicleCount))) / speedUp
  }

  public func makeIterator() -> Iterator { Iterator(plan: self) }

  /// Goes tick by tick through the drive and, within a tick, through the vehicles: that is the order of `due`.
  public struct Iterator: IteratorProtocol {
    private let plan: ReplayPlan
    private let ticks: [Int]
    private let lastTick: Int
    private var sequences: [UInt64]
    private var tick = 0
    private var vehicle = 0

    fileprivate init(plan: ReplayPlan) {
      self.plan = plan
      ticks = (0..<plan.vehicleCount).map { plan.tickCount(of: $0) }
      lastTick = ticks.max() ?? 0
      sequences = [UInt64](repeating: 0, count: plan.vehicleCount)
    }

    public mutating func next() -> Item? {
      while tick < lastTick {
        let (currentTick, current) = (tick, vehicle)
        vehicle += 1
        if vehicle == plan.vehicleCount {
          vehicle = 0
          tick += 1
        }
        let time = Double(currentTick) / plan.rate
        guard currentTick < ticks[current], let values = plan.recording(of: current).values(at: time) else { continue }
        sequences[current] += 1
        let phase = Double(current) / (plan.rate * Double(plan.vehicleCount))
        return Item(
          due: (time + phase) / plan.speedUp, time: time, vehicle: current, sequence: sequences[current],
          values: values)
      }
      return nil
    }
  }
}
