import FleetCore
import RuntimeSystem
import TwinCTLDomain
import TwinProto

/// When a virtual state with a sample arrived.
struct LagEntry: Sendable {
  /// The sample's time, ns since 1970.
  var due: Int64
  /// Until the arrival, ns.
  var lag: Int64
}

/// What a gateway has counted.
struct GatewayCounts: Sendable {
  var measured = 0
  var duplicated = 0
  var reordered = 0
  var lost = 0
  /// Of connections that were lost.
  var resent = 0
  var accepted = 0
  var duplicate = 0
  var late = 0
  var rejected = 0
  var interruptions = 0
  var firstRejection: String?

  static func + (a: GatewayCounts, b: GatewayCounts) -> GatewayCounts {
    GatewayCounts(
      measured: a.measured + b.measured, duplicated: a.duplicated + b.duplicated, reordered: a.reordered + b.reordered,
      lost: a.lost + b.lost, resent: a.resent + b.resent, accepted: a.accepted + b.accepted,
      duplicate: a.duplicate + b.duplicate, late: a.late + b.late, rejected: a.rejected + b.rejected,
      interruptions: a.interruptions + b.interruptions, firstRejection: a.firstRejection ?? b.firstRejection)
  }
}

/// One vehicle as its gateway knows it.
struct GatewayVehicle: Sendable {
  let id: String
  var course: Course
  /// Its samples are measured at this and every `Gateway.period` after, ns since 1970.
  var next: Int64 = 0
  /// The highest sequence measured.
  var sequence: UInt64 = 0
  /// The highest sequence that a virtual state has shown.
  var visible: UInt64 = 0
  /// The times of the samples after `visible`; nil of those that the injected network held back.
  var times: [Int64?] = []
  /// Whether the stream that is open was asked for its virtual telemetry.
  var isFollowed = false

  init(id: String, seed: UInt64) {
    self.id = id
    course = Course(seed: seed)
  }
}

/// What is measured, under way, acknowledged and visible at one gateway, whatever becomes of its connections.
struct GatewayState: Sendable {
  /// A sample that is to be sent.
  struct Item: Sendable {
    var vehicle: Int
    var sample: TelemetrySample
  }

  struct Batch: Sendable {
    var items: [Item]
    var sent: Int64
    var wasResent: Bool
  }

  var vehicles: [GatewayVehicle]
  let places: [String: Int]
  let disturbance: Disturbance
  var random: SplitMix64
  var counts = GatewayCounts()
  /// To be sent now.
  private var outgoing: [Item] = []
  /// Until these times nothing is sent of them; each ascending.
  private var again: Delayed = Delayed()
  private var reordered = Delayed()
  private var lost = Delayed()
  private(set) var underWay: [UInt64: Batch] = [:]
  private var nextBatch: UInt64 = 1
  var lags: [LagEntry] = []
  /// From sending to acknowledgement, ns, of batches that were sent once.
  var acks = LatencySummary()
  /// Samples measured before this don't count in the figures, ns since 1970.
  var countFrom: Int64 = .max

  init(vehicles: [GatewayVehicle], disturbance: Disturbance, seed: UInt64) {
    self.vehicles = vehicles
    places = Dictionary(uniqueKeysWithValues: vehicles.enumerated().map { ($1.id, $0) })
    self.disturbance = disturbance
    random = SplitMix64(state: seed)
  }

  /// Samples in the order in which they become due.
  private struct Delayed: Sendable {
    private var items: [(at: Int64, item: Item)] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }

    mutating func append(_ item: Item, at time: Int64) { items.append((time, item)) }

    mutating func take(until now: Int64, into taken: inout [Item]) {
      while head < items.count, items[head].at <= now {
        taken.append(items[head].item)
        head += 1
      }
      if head == items.count || head > 4_096 {
        items.removeFirst(head)
        head = 0
      }
    }
  }

  // MARK: Measuring

  /// Starts measuring, the vehicles spread evenly over the period.
  mutating func begin(at start: Int64, phase: (Int) -> Int64) {
    for index in vehicles.indices { vehicles[index].next = start + phase(index) }
  }

  /// Takes the samples that have become due, up to an end.
  mutating func measure(now: Int64, until end: Int64) {
    for index in vehicles.indices {
      while vehicles[index].next <= now, vehicles[index].next < end {
        let time = vehicles[index].next
        vehicles[index].next += Gateway.period
        take(index, at: time)
      }
    }
    again.take(until: now, into: &outgoing)
    reordered.take(until: now, into: &outgoing)
    lost.take(until: now, into: &outgoing)
  }

  private mutating func take(_ index: Int, at time: Int64) {
    vehicles[index].sequence += 1
    let sequence = vehicles[index].sequence
    // In whole microseconds, as they are stored.
    let instant = UTCInstant(microseconds: time / 1_000)
    let item = Item(vehicle: index, sample: vehicles[index].course.sample(sequence, at: instant))
    counts.measured += 1
    let fate = disturbance.fate(&random)
    vehicles[index].times.append(fate == .normal || fate == .duplicated ? time : nil)
    switch fate {
    case .normal: outgoing.append(item)
    case .duplicated:
      counts.duplicated += 1
      outgoing.append(item)
      again.append(item, at: time + Int64(Disturbance.duplicateAfter * 1e9))
    case .reordered:
      counts.reordered += 1
      // At the time of the next one, behind it.
      reordered.append(item, at: time + Gateway.period)
    case .lost:
      counts.lost += 1
      lost.append(item, at: time + Int64(Disturbance.resentAfter * 1e9))
    }
  }

  /// Whether everything measured is acknowledged.
  var isSettled: Bool { outgoing.isEmpty && again.isEmpty && reordered.isEmpty && lost.isEmpty && underWay.isEmpty }

  /// Whether the newest sample of every vehicle is visible, or one that came after it in time.
  var isVisible: Bool { vehicles.allSatisfy { vehicle in vehicle.times.allSatisfy { $0 == nil } } }

  /// Samples that aren't acknowledged.
  var backlog: Int { outgoing.count + underWay.values.reduce(0) { $0 + $1.items.count } }

  // MARK: Sending

  /// What is to be sent: a request a sample as long as the gateway keeps up, else a request a vehicle.
  mutating func requests(now: Int64, isGroupingResends: Bool) -> [StreamTelemetryRequest] {
    guard !outgoing.isEmpty else { return [] }
    var groups: [(vehicle: Int, items: [Item])] = []
    if outgoing.count > 2 * vehicles.count || isGroupingResends {
      var open: [Int: Int] = [:]
      for item in outgoing {
        if let place = open[item.vehicle], groups[place].items.count < Gateway.maximumSamples {
          groups[place].items.append(item)
        } else {
          open[item.vehicle] = groups.count
          groups.append((item.vehicle, [item]))
        }
      }
    } else {
      groups = outgoing.map { ($0.vehicle, [$0]) }
    }
    outgoing.removeAll(keepingCapacity: true)
    return groups.map { group in
      let id = nextBatch
      nextBatch += 1
      underWay[id] = Batch(items: group.items, sent: now, wasResent: isGroupingResends)
      defer { vehicles[group.vehicle].isFollowed = true }
      return StreamTelemetryRequest(
        vehicleID: vehicles[group.vehicle].id, source: Gateway.source, batchID: id, samples: group.items.map(\.sample),
        wantVirtualTelemetry: !vehicles[group.vehicle].isFollowed)
    }
  }

  /// A connection is gone: what was under way is sent again first.
  mutating func disconnected() {
    let lost = underWay.sorted { $0.key < $1.key }.flatMap(\.value.items)
    underWay.removeAll()
    counts.resent += lost.count
    counts.interruptions += 1
    outgoing = lost + outgoing
    for index in vehicles.indices { vehicles[index].isFollowed = false }
  }

  // MARK: Hearing

  mutating func hear(_ ack: TelemetryAck, at now: Int64) {
    guard let batch = underWay.removeValue(forKey: ack.batchID) else { return }
    if !batch.wasResent, batch.sent >= countFrom { acks.record(nanoseconds: now - batch.sent) }
    counts.accepted += Int(ack.accepted)
    counts.duplicate += Int(ack.duplicate)
    counts.late += Int(ack.late)
    counts.rejected += Int(ack.rejected)
    if let first = ack.rejections.first, counts.firstRejection == nil { counts.firstRejection = first.message }
  }

  mutating func hear(_ state: VehicleState, at now: Int64) {
    guard let place = places[state.vehicleID], let sync = state.sync, sync.source == Gateway.source,
      sync.lastSequence > vehicles[place].visible, sync.lastSequence <= vehicles[place].sequence
    else { return }
    let count = Int(sync.lastSequence - vehicles[place].visible)
    for time in vehicles[place].times.prefix(count) {
      if let time, time >= countFrom { lags.append(LagEntry(due: time, lag: now - time)) }
    }
    vehicles[place].times.removeFirst(count)
    vehicles[place].visible = sync.lastSequence
  }
}
