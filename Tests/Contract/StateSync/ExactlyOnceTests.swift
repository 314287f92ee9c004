import FleetCore
import RPCCore
import RuntimeSystem
import Testing
import TwinProto

@testable import StateSyncService

/// What must be known of a source, kept as simply as can be.
private struct SourceModel {
  var seen: Set<UInt64> = []
  var late: UInt64 = 0
  var duplicate: UInt64 = 0
  var rejected: UInt64 = 0
  /// What a checkpoint has stored of those two: no row tells of them.
  var stored: (duplicate: UInt64, rejected: UInt64) = (0, 0)

  var highest: UInt64 { seen.max() ?? 0 }
  var contiguous: UInt64 { (1...).first { !seen.contains($0) }.map { $0 - 1 } ?? 0 }

  mutating func checkpoint() { stored = (duplicate, rejected) }
  mutating func crash() { (duplicate, rejected) = stored }
}

@Suite("Exactly once, in whatever order, over crashes and restarts")
struct ExactlyOnceTests {
  private struct Sender: Hashable {
    var twin: String
    var source: String
  }

  private static let senders = ["twin-001", "twin-002"].flatMap { twin in
    ["can", "gnss"].map { Sender(twin: twin, source: $0) }
  }

  /// Samples of one push: mostly ahead, reordered, repeated, some lost, some that can't be taken.
  private static func draw(_ model: SourceModel, _ random: inout SplitMix64) -> [TelemetrySample] {
    let base = random.next() % 10 == 0 ? 0 : model.highest
    return (0..<(1 + random.next() % 12)).map { _ in
      var sample = Replica.sample(max(1, base + random.next() % 16 &- min(base, 6)))
      switch random.next() % 20 {
      case 0: sample.speedMps = 1e9
      case 1: sample.time?.seconds -= 40 * 86_400
      default: break
      }
      return sample
    }
  }

  /// What the answer to a push must be.
  private static func expected(
    _ samples: [TelemetrySample], _ model: inout SourceModel
  ) -> (accepted: UInt32, duplicate: UInt32, late: UInt32, rejected: UInt32) {
    var answer: (accepted: UInt32, duplicate: UInt32, late: UInt32, rejected: UInt32) = (0, 0, 0, 0)
    for sample in samples {
      let isGood = sample.speedMps != 1e9 && sample.time == Replica.sample(sample.sequence).time
      let isLate = sample.sequence < model.highest
      if !isGood {
        answer.rejected += 1
      } else if model.seen.insert(sample.sequence).inserted {
        answer.accepted += 1
        answer.late += isLate ? 1 : 0
      } else {
        answer.duplicate += 1
      }
    }
    model.late += UInt64(answer.late)
    model.duplicate += UInt64(answer.duplicate)
    model.rejected += UInt64(answer.rejected)
    return answer
  }

  private func push(
    _ samples: [TelemetrySample], of sender: Sender, to replica: Replica, _ models: inout [Sender: SourceModel]
  ) async throws {
    let expected = Self.expected(samples, &models[sender, default: SourceModel()])
    let answer = try await replica.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: sender.twin, source: sender.source, samples: samples))
    #expect(answer.accepted == expected.accepted)
    #expect(answer.duplicate == expected.duplicate)
    #expect(answer.late == expected.late)
    #expect(answer.rejected == expected.rejected)
    #expect(answer.lastSequence == models[sender]?.highest)
  }

  private func check(_ replica: Replica, _ models: [Sender: SourceModel]) async throws {
    for twin in Set(models.keys.map(\.twin)) {
      let report = try await replica.fleet.getSyncReport(GetSyncReportRequest(vehicleID: twin))
      #expect(report.sources.map(\.source) == models.keys.filter { $0.twin == twin }.map(\.source).sorted())
      for source in report.sources {
        guard let model = models[Sender(twin: twin, source: source.source)] else { continue }
        #expect(source.accepted == UInt64(model.seen.count))
        #expect(source.late == model.late)
        #expect(source.duplicate == model.duplicate)
        #expect(source.rejected == model.rejected)
        #expect(source.lastSequence == model.highest)
        #expect(source.contiguousSequence == model.contiguous)
        #expect(source.missing == model.highest - UInt64(model.seen.count))
        let stored = try await replica.fleet.getHistory(
          GetHistoryRequest(vehicleID: twin, limit: 10_000, source: source.source))
        #expect(stored.samples == model.seen.sorted().map { Replica.sample($0) })
      }
    }
  }

  @Test(
    "acknowledgements, the sync report and the store say what a set says", arguments: StoreKind.allCases,
    1...4 as ClosedRange<UInt64>)
  func againstModel(_ kind: StoreKind, _ seed: UInt64) async throws {
    let store = try await kind.make()
    let twins = ["twin-001", "twin-002"]
    var random = SplitMix64(state: seed)
    var models: [Sender: SourceModel] = [:]
    var replica = try await Replica(store, twins: twins)
    for _ in 0..<70 {
      switch random.next() % 20 {
      case 0:
        replica.crash()
        for sender in models.keys { models[sender]?.crash() }
        replica = try await Replica(store, twins: twins)
        try await check(replica, models)
      case 1:
        try await replica.stop()
        for sender in models.keys { models[sender]?.checkpoint() }
        replica = try await Replica(store, twins: twins)
        try await check(replica, models)
      case 2, 3:
        _ = try await replica.parts.checkpoint(since: nil)
        for sender in models.keys { models[sender]?.checkpoint() }
      default:
        let sender = Self.senders[Int(random.next() % 4)]
        let samples = Self.draw(models[sender] ?? SourceModel(), &random)
        try await push(samples, of: sender, to: replica, &models)
      }
    }
    try await check(replica, models)
    replica.crash()
  }

  @Test(
    "a vehicle whose home moves between two replicas is counted by both as one source", arguments: StoreKind.allCases,
    1...4 as ClosedRange<UInt64>)
  func moving(_ kind: StoreKind, _ seed: UInt64) async throws {
    let store = try await kind.make()
    let replicas = [try await Replica(store, log: "a"), try await Replica(store, log: "b")]
    let vehicle = try await replicas[0].parts.directory.resolve(.twin("twin-001")).key
    let sender = Sender(twin: "twin-001", source: "can")
    var random = SplitMix64(state: seed)
    var models: [Sender: SourceModel] = [:]
    for turn in 0..<12 {
      let home = replicas[turn % 2]
      for _ in 0..<5 {
        try await push(Self.draw(models[sender] ?? SourceModel(), &random), of: sender, to: home, &models)
      }
      // Every third home leaves without a word: what its log has after its checkpoint must do.
      let forgets = turn % 3 == 0
      if !forgets { _ = try await home.parts.checkpoint(since: nil) }
      home.parts.log.release([vehicle])
    }
    for replica in replicas { _ = try await replica.parts.checkpoint(since: nil) }
    for replica in replicas { try await check(replica, models) }
    for replica in replicas { replica.crash() }
  }

  @Test("batches of a stream that overtake each other are settled one by one", arguments: StoreKind.allCases)
  func stream(_ kind: StoreKind) async throws {
    let replica = try await Replica(try await kind.make())
    var random = SplitMix64(state: 5)
    // Each sample in two batches, all batches in any order.
    let once = Array(1...400 as ClosedRange<UInt64>)
    let sequences = (once + once).shuffled(using: &random)
    let batches = sequences.chunks(of: 20)
    let acks = try await replica.telemetry.streamTelemetry { requests, responses in
      for (index, batch) in batches.enumerated() {
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: "twin-001", batchID: UInt64(index + 1), samples: batch.map { Replica.sample($0) }))
      }
      requests.finish()
      var acks: [TelemetryAck] = []
      for try await response in responses { if case .ack(let ack)? = response.content { acks.append(ack) } }
      return acks
    }
    #expect(acks.map(\.batchID) == Array(1...UInt64(batches.count)))
    #expect(acks.reduce(0) { $0 + $1.accepted } == 400)
    #expect(acks.reduce(0) { $0 + $1.duplicate } == 400)
    var model = SourceModel()
    for (ack, batch) in zip(acks, batches) {
      _ = Self.expected(batch.map { Replica.sample($0) }, &model)
      #expect(ack.lastSequence == model.highest)
      #expect(ack.contiguousSequence == model.contiguous)
    }
    try await check(replica, [Sender(twin: "twin-001", source: "default"): model])
    replica.crash()
  }
}
