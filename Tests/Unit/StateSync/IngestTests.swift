import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Taking telemetry in")
struct IngestTests {
  @Test("a call is answered with what became of its samples")
  func push() async throws {
    let stage = try await SyncStage()
    let first = try await stage.push(1...3)
    #expect(first == PushTelemetryResponse(vehicleID: "twin-001", lastSequence: 3, accepted: 3))
    let second = try await stage.push([2, 3, 6, 5])
    #expect(second.accepted == 2)
    #expect(second.duplicate == 2)
    #expect(second.late == 1)
    #expect(second.lastSequence == 6)
    #expect(stage.storedSequences == [1, 2, 3, 6, 5])
    #expect(stage.store.allRows.allSatisfy { $0.sample.vehicleID == nil && $0.sample.time == $0.time.timestamp })
  }

  @Test("an acknowledgement leaves after the commit, not before")
  func acknowledgedAfterCommit() async throws {
    let stage = try await SyncStage()
    stage.store.hold()
    let acknowledged = Tally()
    try await stage.telemetry.streamTelemetry { requests, responses in
      try await requests.write(stage.batch(1, 1...2))
      try await requests.write(stage.batch(2, 3...3))
      async let acks = {
        var acks: [TelemetryAck] = []
        for try await response in responses {
          guard case .ack(let ack)? = response.content else { continue }
          acknowledged.add()
          acks.append(ack)
          if acks.count == 2 { break }
        }
        return acks
      }()
      try await until { stage.store.heldAppends == 1 }
      #expect(stage.store.allRows.isEmpty)
      #expect(acknowledged.count == 0)
      stage.store.release()
      let answers = try await acks
      #expect(answers.map(\.batchID) == [1, 2])
      #expect(answers.map(\.lastSequence) == [2, 3])
      #expect(answers.map(\.contiguousSequence) == [2, 3])
      #expect(answers.map(\.accepted) == [2, 1])
      #expect(answers.allSatisfy { $0.commitTime != nil && $0.vehicleID == "twin-001" && $0.source == "default" })
      #expect(stage.storedSequences == [1, 2, 3])
      requests.finish()
    }
  }

  @Test("a duplicate of a sample whose commit is under way is answered after that commit, too")
  func duplicateOfUncommitted() async throws {
    let stage = try await SyncStage()
    stage.store.hold()
    async let first = stage.push(1...1)
    try await until { stage.store.heldAppends == 1 }
    async let second = stage.push(1...1)
    stage.store.release()
    let (one, two) = try await (first, second)
    #expect(one.accepted == 1)
    #expect(two.accepted == 0)
    #expect(two.duplicate == 1)
    #expect(stage.storedSequences == [1])
  }

  @Test("many vehicles share a stream; one that isn't known is rejected by name and stops nobody")
  func manyVehicles() async throws {
    let stage = try await SyncStage(vehicles: ["AV-001", "AV-002"])
    let acks = try await stage.telemetry.streamTelemetry { requests, responses in
      for (index, vehicle) in ["AV-001", "AV-009", "AV-002", "AV-001"].enumerated() {
        try await requests.write(stage.batch(UInt64(index + 1), UInt64(index + 1)...UInt64(index + 1), of: vehicle))
      }
      requests.finish()
      var acks: [UInt64: TelemetryAck] = [:]
      for try await response in responses {
        if case .ack(let ack)? = response.content { acks[ack.batchID] = ack }
      }
      return acks
    }
    #expect(acks.count == 4)
    #expect(acks[1]?.vehicleID == "twin-001")
    #expect(acks[3]?.vehicleID == "twin-002")
    #expect(acks[4]?.lastSequence == 4)
    #expect(acks[4]?.contiguousSequence == 1)
    let unknown = try #require(acks[2])
    #expect(unknown.rejected == 1)
    #expect(unknown.accepted == 0)
    #expect(unknown.rejections.first?.reason == .unknownVehicle)
    #expect(unknown.rejections.first?.field == "physical_vehicle_id")
    #expect(unknown.rejections.first?.message.contains("AV-009") == true)
    let error = await fault { try await stage.push(1...1, to: "twin-009") }
    #expect(error?.code == .notFound)
    #expect(error?.reason == "TWIN_NOT_FOUND")
  }

  @Test("while twin-engine is away a vehicle that isn't known is no final rejection")
  func unknownWhileAway() async throws {
    let stage = try await SyncStage()
    stage.crashEngine()
    let error = await fault {
      try await stage.telemetry.streamTelemetry { requests, responses in
        try await requests.write(stage.batch(1, 1...1, of: "AV-009"))
        for try await response in responses {
          if case .ack(let ack)? = response.content { Issue.record("\(ack)") }
        }
      }
    }
    #expect(error?.code == .unavailable)
  }

  @Test("a source with control characters is refused, and stops no other sender")
  func badSource() async throws {
    let stage = try await SyncStage()
    let error = await fault { try await stage.push(1...1, source: "a\0b") }
    #expect(error?.code == .invalidArgument)
    #expect(error?.violations.first?.field == "source")
    #expect(try await stage.push(1...1).accepted == 1)
  }

  private static let spoiled: [(String, RejectionReason, @Sendable (inout TelemetrySample) -> Void)] = [
    ("sequence", .missingField, { $0.sequence = 0 }),
    ("sequence", .outOfRange, { $0.sequence = .max }),
    ("time", .missingField, { $0.time = nil }),
    ("time", .outOfRange, { $0.time?.nanos = -1 }),
    ("time", .inFuture, { $0.time?.seconds += 10_000 }),
    ("lon", .missingField, { $0.lat = 48 }),
    ("y_m", .missingField, { $0.yM = nil }),
    (
      "lat", .outOfRange,
      {
        $0.lat = 90.1
        $0.lon = 11
      }
    ),
    ("speed_mps", .outOfRange, { $0.speedMps = .nan }),
    ("heading_deg", .outOfRange, { $0.headingDeg = 361 }),
    ("gear", .outOfRange, { $0.gear = 21 }),
    ("speed_std_mps", .outOfRange, { $0.speedStdMps = 0 }),
    ("energy_j", .outOfRange, { $0.energyJ = .infinity }),
    ("sensors[1].sensor_id", .missingField, { $0.sensors = [SensorSample(sensorID: "a"), SensorSample()] }),
    (
      "sensors", .outOfRange,
      {
        let detection = Detection(category: String(repeating: "c", count: 2_000))
        $0.sensors = [SensorSample(sensorID: "a", detections: Array(repeating: detection, count: 200))]
      }
    ),
    ("vehicle_id", .malformed, { $0.vehicleID = "twin-002" }),
    ("source", .malformed, { $0.source = "other" }),
  ]

  @Test(
    "each sample is checked on its own; the reason and the field are named",
    arguments: Self.spoiled)
  func validation(_ field: String, _ reason: RejectionReason, _ spoil: @Sendable (inout TelemetrySample) -> Void)
    async throws
  {
    let stage = try await SyncStage()
    var samples = (1...3).map { stage.sample($0) }
    spoil(&samples[1])
    let answer = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", samples: samples))
    #expect(answer.accepted == 2)
    #expect(answer.rejected == 1)
    let rejection = try #require(answer.rejections.first)
    #expect(rejection.row == 1)
    #expect(rejection.field == field)
    #expect(rejection.reason == reason)
    #expect(stage.storedSequences == [1, 3])
  }

  @Test("requests that make no sense are refused as a whole")
  func wrongRequests() async throws {
    let stage = try await SyncStage()
    for (field, request) in [
      ("samples", PushTelemetryRequest(vehicleID: "twin-001")),
      ("vehicle_id", PushTelemetryRequest(samples: [stage.sample(1)])),
      ("samples", PushTelemetryRequest(vehicleID: "twin-001", samples: (1...1_001).map { stage.sample($0) })),
      (
        "source",
        PushTelemetryRequest(
          vehicleID: "twin-001", source: String(repeating: "x", count: 129), samples: [stage.sample(1)])
      ),
      (
        "physical_vehicle_id",
        PushTelemetryRequest(
          vehicleID: "twin-001", physicalVehicleID: "AV-009", samples: [stage.sample(1)])
      ),
    ] {
      let error = await fault { try await stage.telemetry.pushTelemetry(request) }
      #expect(error?.code == .invalidArgument)
      #expect(error?.violations.map(\.field) == [field])
    }
    #expect(stage.store.allRows.isEmpty)
  }

  @Test("a database that commits slowly slows the senders down instead of filling the memory")
  func backPressure() async throws {
    let stage = try await SyncStage()
    stage.store.hold()
    let sent = Tally()
    let total = 20_000
    try await stage.telemetry.streamTelemetry { requests, responses in
      async let sending: Void = {
        for index in 1...UInt64(total) {
          try await requests.write(stage.batch(index, index...index))
          sent.add()
        }
        requests.finish()
      }()
      // All places of the stream are taken: one batch is being committed, the others wait.
      try await until { stage.store.heldRows + stage.parts.log.backlog == TelemetryStream.maximumInFlight }
      #expect(sent.count < total / 2)
      stage.store.release()
      var highest: UInt64 = 0
      for try await response in responses {
        if case .ack(let ack)? = response.content { highest = max(highest, ack.contiguousSequence) }
      }
      try await sending
      #expect(highest == UInt64(total))
    }
    #expect(stage.store.allRows.count == total)
  }

  @Test("while the database is away senders are told, and afterwards the same samples are taken")
  func storeAway() async throws {
    let stage = try await SyncStage()
    try await stage.push(1...1)
    stage.store.isAway = true
    let error = await fault { try await stage.push(2...3) }
    #expect(error?.code == .unavailable)
    #expect(error?.reason == "STORE_UNAVAILABLE")
    #expect(error?.retryAfter != nil)
    let streamError = await fault {
      try await stage.telemetry.streamTelemetry { requests, responses in
        try await requests.write(stage.batch(1, 2...3))
        for try await _ in responses {}
      }
    }
    #expect(streamError?.reason == "STORE_UNAVAILABLE")
    stage.store.isAway = false
    #expect(try await stage.push(2...3).accepted == 2)
    #expect(stage.storedSequences == [1, 2, 3])
  }

  @Test("reordered, repeated and lost samples of several sources end up in the log exactly once", arguments: 1...5)
  func exactlyOnce(_ seed: Int) async throws {
    let stage = try await SyncStage(vehicles: ["AV-001", "AV-002"])
    var random = SplitMix(state: UInt64(seed))
    var model: [String: Set<UInt64>] = [:]
    var accepted = 0
    for _ in 0..<60 {
      let vehicle = random.next() % 2 == 0 ? "twin-001" : "twin-002"
      let source = random.next() % 2 == 0 ? "can" : "gnss"
      let base = random.next() % 100
      let sequences = (0..<(1 + random.next() % 8)).map { _ in base + random.next() % 20 + 1 }
      let answer = try await stage.push(sequences, to: vehicle, source: source)
      var expected = (accepted: 0, duplicate: 0, late: 0)
      for sequence in sequences {
        let key = vehicle + source
        let highest = model[key]?.max() ?? 0
        if model[key, default: []].insert(sequence).inserted {
          expected.accepted += 1
          if sequence < highest { expected.late += 1 }
        } else {
          expected.duplicate += 1
        }
      }
      accepted += expected.accepted
      #expect(Int(answer.accepted) == expected.accepted)
      #expect(Int(answer.duplicate) == expected.duplicate)
      #expect(Int(answer.late) == expected.late)
      #expect(answer.lastSequence == model[vehicle + source]?.max())
    }
    #expect(stage.store.allRows.count == accepted)
    #expect(stage.store.allRows.map(\.position) == stage.store.allRows.map(\.position).sorted())
    for vehicle in ["twin-001", "twin-002"] {
      let report = try await stage.fleet.getSyncReport(GetSyncReportRequest(vehicleID: vehicle))
      for source in report.sources {
        let set = model[vehicle + source.source] ?? []
        #expect(source.accepted == UInt64(set.count))
        #expect(source.lastSequence == set.max())
        #expect(source.missing == (set.max() ?? 0) - UInt64(set.count))
      }
    }
  }
}

/// SplitMix64, as in G. Steele et al., OOPSLA 2014.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
