import Foundation
import NIOPosix
import PostgresDriver
import PostgresTesting
import RPCCore
import RPCTransport
import SystemTesting
import Testing
import TwinProto
import Waiting

/// A gateway sends for several vehicles over one stream, some samples twice and many out of order, while what takes them
/// is killed: what was acknowledged is there, once.
extension SystemTests {
  @Suite(.serialized) struct GatewayFaultTests {
    private static let vehicles = 6
    private static let samples = 1_200
    private static let source = "gateway"

    /// What is sent and what was acknowledged, whatever becomes of the streams.
    private actor Ledger {
      struct Batch: Sendable {
        var id: UInt64
        var twin: String
        var samples: [TelemetrySample]
      }

      /// Batches that wait for their acknowledgement at most.
      static let window = 64

      private var waiting: ArraySlice<Batch>
      private var underWay: [UInt64: Batch] = [:]
      /// How many batches may be acknowledged or under way so far.
      private var released = 0
      private let count: Int
      private(set) var acknowledged: [String: [UInt64]] = [:]
      private(set) var stored = 0
      private(set) var duplicate = 0
      private(set) var late = 0
      private(set) var lostStreams = 0

      init(_ batches: [Batch]) {
        waiting = batches[...]
        count = batches.count
      }

      /// Lets so many batches more go out.
      func release(_ more: Int) { released = min(count, released + more) }

      /// Batches that were acknowledged.
      var settled: Int { count - rest }

      /// Whether an acknowledgement is owed.
      var isOwed: Bool { !underWay.isEmpty }

      /// Batches of which nothing was heard.
      var rest: Int { waiting.count + underWay.count }

      func next() -> Batch? {
        guard underWay.count < Self.window, settled + underWay.count < released, let batch = waiting.popFirst() else {
          return nil
        }
        underWay[batch.id] = batch
        return batch
      }

      func hear(_ ack: TelemetryAck) {
        guard let batch = underWay.removeValue(forKey: ack.batchID) else { return }
        #expect(ack.rejected == 0, "\(ack.rejections)")
        acknowledged[batch.twin, default: []] += batch.samples.map(\.sequence)
        stored += Int(ack.accepted)
        duplicate += Int(ack.duplicate)
        late += Int(ack.late)
      }

      func loseStream() {
        lostStreams += 1
        waiting = (underWay.values.sorted { $0.id < $1.id } + waiting)[...]
        underWay = [:]
      }
    }

    /// Batches of all vehicles in turn; of each vehicle's samples some are swapped with the next and some come twice.
    private static func batches(_ twins: [String], at start: Date) -> [Ledger.Batch] {
      let place = { (number: Int) in Double(number) }
      func sample(_ number: Int) -> TelemetrySample {
        let time = start.timeIntervalSince1970 + Double(number) * 0.01
        return TelemetrySample(
          sequence: UInt64(number),
          time: ProtoTimestamp(seconds: Int64(time), nanos: Int32((time - time.rounded(.down)) * 1e6) * 1_000),
          xM: place(number) / 10, yM: 0, speedMps: 10)
      }
      var batches: [Ledger.Batch] = []
      var number = 1
      while number <= samples {
        for (index, twin) in twins.enumerated() {
          var order = Array(number..<min(number + 4, samples + 1))
          if (number / 4 + index).isMultiple(of: 3), order.count > 2 { order.swapAt(0, 2) }
          if (number / 4 + index).isMultiple(of: 5) { order.append(order[0]) }
          batches.append(.init(id: UInt64(batches.count + 1), twin: twin, samples: order.map(sample)))
        }
        number += 4
      }
      // Whole batches late: behind the one that this vehicle sends next.
      for index in stride(from: 0, to: batches.count - twins.count, by: 7 * twins.count + 1) {
        batches.swapAt(index, index + twins.count)
      }
      return batches
    }

    private static func duplicates(_ batches: [Ledger.Batch]) -> Int {
      batches.reduce(0) { $0 + $1.samples.count } - vehicles * samples
    }

    /// Sends until everything is acknowledged, over as many streams as it takes.
    private static func send(_ ledger: Ledger, _ service: TelemetryServiceClient) async throws {
      while await ledger.rest > 0 {
        do {
          try await service.streamTelemetry { requests, responses in
            var incoming = responses.makeAsyncIterator()
            while true {
              while let batch = await ledger.next() {
                try await requests.write(
                  StreamTelemetryRequest(
                    vehicleID: batch.twin, source: source, batchID: batch.id, samples: batch.samples))
              }
              guard await ledger.rest > 0 else { return requests.finish() }
              guard await ledger.isOwed else {
                try await Task.sleep(for: .milliseconds(5))
                continue
              }
              guard let response = try await incoming.next() else {
                throw RPCError(.unavailable, "the service ended the stream")
              }
              if case .ack(let ack)? = response.content { await ledger.hear(ack) }
            }
          }
        } catch let error as RPCError where error.code == .unavailable || error.code == .cancelled {
          await ledger.loseStream()
          try await Task.sleep(for: .milliseconds(50))
        }
      }
    }

    @Test func whatAGatewayWasAcknowledgedIsThereOnceWhateverIsKilled() async throws {
      let suite = try await SystemTests.shared.processes()
      var twins: [String] = []
      for _ in 0..<Self.vehicles {
        let created = try await suite.rest.call(
          "POST", "/api/v1/twin/vehicles",
          json: #"{"physical_vehicle_id":"AV-gw-\#(UUID().uuidString.prefix(8))","model_type":"sedan"}"#)
        twins.append(try #require(created.value("id") as? String, "\(created.text)"))
      }
      let batches = Self.batches(twins, at: Date(timeIntervalSinceNow: -60))
      let ledger = Ledger(batches)
      let target = try #require(RPCTarget(suite.address("state-sync")))
      let client = try RPCClient(RPCClientConfiguration(target: target), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      let sender = Task { try await Self.send(ledger, TelemetryServiceClient(client)) }
      // A quarter of the batches goes out before each kill, and some are acknowledged.
      for fault in ["state-sync", "twin-engine", "PostgreSQL"] {
        let before = await ledger.settled
        await ledger.release(batches.count / 4)
        try await eventually("the gateway goes on before the kill of \(fault)") { await ledger.settled > before }
        if fault == "PostgreSQL" {
          try await suite.killDatabase()
          try await suite.startDatabase()
        } else {
          try await suite.kill(fault)
          try await suite.launch(fault)
          try await suite.awaitReady(fault)
        }
      }
      await ledger.release(batches.count)
      try await sender.value
      #expect(await ledger.lostStreams >= 1)
      #expect(await ledger.late > 0)
      // A batch that was sent again because nobody knew is a duplicate, too.
      #expect(await ledger.duplicate >= Self.duplicates(batches))
      let acknowledged = await ledger.acknowledged
      let connection = try await PostgresConnection.connect(try await suite.databaseForQuestions().admin)
      for twin in twins {
        let stored = try await connection.query(
          "SELECT sequence FROM state_sync.telemetry_samples WHERE vehicle_id = \(twin) ORDER BY sequence"
        ).map { try $0.decode(Int64.self) }
        // Each one, once, and no others.
        #expect(stored == (1...Int64(Self.samples)).map(\.self), "\(twin): \(stored.count) rows")
        #expect(Set(acknowledged[twin] ?? []) == Set(stored.map { UInt64($0) }), "\(twin)")
        try await eventually("\(twin) has caught up") {
          let state = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
          return state.value("sync", "last_sequence") as? Int == Self.samples
        }
      }
      await connection.close()
    }
  }
}
