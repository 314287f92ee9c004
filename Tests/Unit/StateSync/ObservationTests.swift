import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Taking sensor, environment and operations samples in")
struct ObservationTests {
  static func time(_ seconds: Double) -> ProtoTimestamp { SyncStage.epoch.adding(seconds: seconds).timestamp }

  static func radar(_ sequence: UInt64, _ health: SensorHealth = .ok, id: String = "front") -> SensorSample {
    SensorSample(sensorID: id, kind: .radar, health: health, sequence: sequence, time: time(Double(sequence)))
  }

  static func weather(_ sequence: UInt64, friction: Double = 0.5) -> EnvironmentSample {
    EnvironmentSample(
      sequence: sequence, time: time(Double(sequence)), roadCondition: .wet, roadFriction: friction, rainMmPerH: 2)
  }

  static func load(_ sequence: UInt64, kg: Double = 100) -> OperationsSample {
    OperationsSample(sequence: sequence, time: time(Double(sequence)), driverMode: .manual, loadKg: kg)
  }

  private func list(_ stage: SyncStage, _ kind: ObservationKind = .unspecified, pageSize: Int32 = 0) async throws
    -> [Observation]
  {
    var request = ListObservationsRequest(vehicleID: "twin-001", kind: kind, pageSize: pageSize)
    var all: [Observation] = []
    while true {
      let page = try await stage.fleet.listObservations(request)
      all += page.observations
      if page.nextPageToken.isEmpty { return all }
      request.pageToken = page.nextPageToken
    }
  }

  @Test("a call is answered with what became of the samples of all kinds; each kind counts its sequences on its own")
  func push() async throws {
    let stage = try await SyncStage()
    let request = PushTelemetryRequest(
      vehicleID: "twin-001", source: "can", samples: [stage.sample(1)],
      sensorSamples: [Self.radar(1), Self.radar(1, id: "rear")],
      environmentSamples: [Self.weather(1)], operationsSamples: [Self.load(1), Self.load(3), Self.load(2)])
    let first = try await stage.telemetry.pushTelemetry(request)
    #expect(first == PushTelemetryResponse(vehicleID: "twin-001", lastSequence: 1, accepted: 7, late: 1))
    let second = try await stage.telemetry.pushTelemetry(request)
    #expect(second.accepted == 0)
    #expect(second.duplicate == 7)
    #expect(stage.observations.count == 6)
    let alone = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", source: "can", sensorSamples: [Self.radar(2)]))
    #expect(alone.accepted == 1)
    #expect(alone.lastSequence == 1)
    let all = try await list(stage)
    #expect(all.count == 7)
    #expect(all.allSatisfy { $0.source == "can" && $0.receiveTime != nil })
    #expect(try await list(stage, .operations).map(\.content) == [1, 2, 3].map { .operations(Self.load($0)) })
    #expect(try await list(stage, pageSize: 2) == all)
  }

  @Test("on a stream a batch with several kinds gets one acknowledgement, after both commits")
  func stream() async throws {
    let stage = try await SyncStage()
    stage.observations.hold()
    let acknowledged = Tally()
    try await stage.telemetry.streamTelemetry { requests, responses in
      try await requests.write(
        StreamTelemetryRequest(
          physicalVehicleID: "AV-001", batchID: 1, samples: [stage.sample(1)],
          sensorSamples: [Self.radar(1), Self.radar(0)],
          environmentSamples: [Self.weather(1)], operationsSamples: [Self.load(1)]))
      async let acks = {
        var acks: [TelemetryAck] = []
        for try await response in responses {
          guard case .ack(let ack)? = response.content else { continue }
          acknowledged.add()
          acks.append(ack)
        }
        return acks
      }()
      try await until { stage.observations.heldAppends == 1 && stage.storedSequences == [1] }
      #expect(acknowledged.count == 0)
      stage.observations.release()
      requests.finish()
      let ack = try #require(try await acks.first)
      #expect(ack.batchID == 1)
      #expect(ack.accepted == 4)
      #expect(ack.rejected == 1)
      #expect(ack.rejections.map(\.field) == ["sensor_samples[1].sequence"])
      #expect(ack.contiguousSequence == 1)
    }
    #expect(stage.observations.count == 3)
  }

  private static let spoiled: [(String, RejectionReason, PushTelemetryRequest)] = {
    func sensor(_ field: String, _ reason: RejectionReason, _ spoil: (inout SensorSample) -> Void) -> (
      String, RejectionReason, PushTelemetryRequest
    ) {
      var sample = radar(7)
      spoil(&sample)
      return (
        "sensor_samples[1].\(field)", reason,
        PushTelemetryRequest(vehicleID: "twin-001", sensorSamples: [radar(1), sample])
      )
    }
    func environment(_ field: String, _ reason: RejectionReason, _ spoil: (inout EnvironmentSample) -> Void) -> (
      String, RejectionReason, PushTelemetryRequest
    ) {
      var sample = weather(7)
      spoil(&sample)
      return (
        "environment_samples[1].\(field)", reason,
        PushTelemetryRequest(vehicleID: "twin-001", environmentSamples: [weather(1), sample])
      )
    }
    func operations(_ field: String, _ reason: RejectionReason, _ spoil: (inout OperationsSample) -> Void) -> (
      String, RejectionReason, PushTelemetryRequest
    ) {
      var sample = load(7)
      spoil(&sample)
      return (
        "operations_samples[1].\(field)", reason,
        PushTelemetryRequest(vehicleID: "twin-001", operationsSamples: [load(1), sample])
      )
    }
    return [
      sensor("sensor_id", .missingField) { $0.sensorID = "" },
      sensor("sensor_id", .malformed) { $0.sensorID = "a\nb" },
      sensor("sequence", .missingField) { $0.sequence = nil },
      sensor("time", .missingField) { $0.time = nil },
      sensor("health", .outOfRange) { $0.health = .unrecognized(99) },
      sensor("rate_hz", .outOfRange) { $0.rateHz = -1 },
      sensor("latency_ms", .outOfRange) { $0.latencyMs = .nan },
      sensor("detections[1].confidence", .outOfRange) {
        $0.detections = [Detection(confidence: 1), Detection(confidence: 1.01)]
      },
      sensor("detections", .outOfRange) { $0.detections = Array(repeating: Detection(), count: 1_025) },
      sensor("detections", .outOfRange) {
        $0.detections = Array(repeating: Detection(category: String(repeating: "c", count: 1_000)), count: 300)
      },
      environment("sequence", .missingField) { $0.sequence = 0 },
      environment("time", .inFuture) { $0.time?.seconds += 10_000 },
      environment("road_friction", .outOfRange) { $0.roadFriction = 1.51 },
      environment("temperature_c", .outOfRange) { $0.temperatureC = -81 },
      environment("wind_from_deg", .outOfRange) { $0.windFromDeg = 361 },
      environment("illuminance_lx", .outOfRange) { $0.illuminanceLx = .infinity },
      operations("mission_id", .outOfRange) { $0.missionID = String(repeating: "m", count: 129) },
      operations("driver_mode", .outOfRange) { $0.driverMode = .unrecognized(9) },
      operations("load_kg", .outOfRange) { $0.loadKg = 100_001 },
      operations("passengers", .outOfRange) { $0.passengers = 301 },
      operations("fuel_share", .outOfRange) { $0.fuelShare = 1.1 },
    ]
  }()

  @Test("each sample is checked on its own; list, index and field are named", arguments: Self.spoiled)
  func validation(_ field: String, _ reason: RejectionReason, _ request: PushTelemetryRequest) async throws {
    let stage = try await SyncStage()
    let answer = try await stage.telemetry.pushTelemetry(request)
    #expect(answer.accepted == 1)
    #expect(answer.rejected == 1)
    let rejection = try #require(answer.rejections.first)
    #expect(rejection.field == field)
    #expect(rejection.reason == reason)
    #expect(rejection.row == 1)
    #expect(rejection.message.hasPrefix(field))
    #expect(stage.observations.count == 1)
  }

  @Test("a batch of an unknown vehicle is rejected with all its samples; too many of all kinds are refused")
  func wrongBatches() async throws {
    let stage = try await SyncStage()
    let ack = try await stage.telemetry.streamTelemetry { requests, responses -> TelemetryAck? in
      try await requests.write(
        StreamTelemetryRequest(
          physicalVehicleID: "AV-009", batchID: 1, samples: [stage.sample(1)], environmentSamples: [Self.weather(1)]))
      requests.finish()
      for try await response in responses { if case .ack(let ack)? = response.content { return ack } }
      return nil
    }
    #expect(ack?.rejected == 2)
    #expect(ack?.rejections.map(\.reason) == [.unknownVehicle, .unknownVehicle])
    let error = await fault {
      try await stage.telemetry.pushTelemetry(
        PushTelemetryRequest(
          vehicleID: "twin-001", samples: (1...600).map { stage.sample($0) },
          environmentSamples: (1...401).map { Self.weather($0) }))
    }
    #expect(error?.violations.map(\.field) == ["samples"])
    #expect(stage.observations.count == 0)
    #expect(stage.store.allRows.isEmpty)
  }

  @Test("what becomes of observations is counted by kind")
  func metrics() async throws {
    let registry = MetricRegistry()
    let stage = try await SyncStage(observationMetrics: ObservationMetrics(registry))
    for _ in 1...2 {
      _ = try await stage.telemetry.pushTelemetry(
        PushTelemetryRequest(
          vehicleID: "twin-001", sensorSamples: [Self.radar(1), Self.radar(0)], operationsSamples: [Self.load(1)]))
      _ = try await stage.telemetry.publishEvents(
        PublishEventsRequest(events: [EventTests.event(), EventTests.event(subject: "nobody")]))
    }
    let text = registry.prometheusText()
    for (kind, outcome, count) in [
      ("sensor", "accepted", 1), ("sensor", "duplicate", 1), ("sensor", "rejected", 2), ("operations", "duplicate", 1),
      ("environment", "accepted", 0), ("event", "accepted", 1), ("event", "duplicate", 1), ("event", "rejected", 2),
    ] {
      #expect(
        text.contains(#"state_sync_observations_total{kind="\#(kind)",outcome="\#(outcome)"} \#(count)"#),
        "\(kind) \(outcome)")
    }
  }

  @Test("many rejections are counted, and the first of them told")
  func manyRejections() async throws {
    let stage = try await SyncStage()
    let answer = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(
        vehicleID: "twin-001", sensorSamples: (1...300).map { _ in Self.radar(0) },
        environmentSamples: (1...300).map { Self.weather($0, friction: 9) }))
    #expect(answer.rejected == 600)
    #expect(answer.rejections.count == Ingest.maximumRejections)
  }

  @Test("a database that commits slowly slows the senders down instead of filling the memory")
  func backPressure() async throws {
    let stage = try await SyncStage()
    stage.observations.hold()
    let sent = Tally()
    let total = 5_000
    try await stage.telemetry.streamTelemetry { requests, responses in
      async let sending: Void = {
        for index in 1...UInt64(total) {
          var sample = Self.weather(index)
          sample.time = Self.time(1)
          try await requests.write(
            StreamTelemetryRequest(vehicleID: "twin-001", batchID: index, environmentSamples: [sample]))
          sent.add()
        }
        requests.finish()
      }()
      // All places of the stream are taken: some batches are being committed, the others wait.
      try await until {
        stage.observations.heldRows + stage.parts.observations.log.backlog == TelemetryStream.maximumInFlight
      }
      #expect(sent.count < total / 2)
      stage.observations.release()
      var accepted = 0
      for try await response in responses {
        if case .ack(let ack)? = response.content { accepted += Int(ack.accepted) }
      }
      try await sending
      #expect(accepted == total)
    }
    // What waited together was committed together.
    #expect(stage.observations.appends < total / 2)
  }

  @Test("while the database is away senders are told; the same samples are taken afterwards")
  func storeAway() async throws {
    let stage = try await SyncStage()
    stage.observations.isAway = true
    let request = PushTelemetryRequest(
      vehicleID: "twin-001", samples: [stage.sample(1)], environmentSamples: [Self.weather(1)])
    let error = await fault { try await stage.telemetry.pushTelemetry(request) }
    #expect(error?.reason == "STORE_UNAVAILABLE")
    stage.observations.isAway = false
    let answer = try await stage.telemetry.pushTelemetry(request)
    #expect(answer.accepted + answer.duplicate == 2)
    #expect(stage.observations.count == 1)
  }

  // MARK: Forwarding

  @Test("the newest conditions reach the twin, and again after it lost them")
  func forwards() async throws {
    let stage = try await SyncStage()
    _ = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(
        vehicleID: "twin-001", sensorSamples: [Self.radar(2, .failed), Self.radar(1)],
        environmentSamples: [Self.weather(2, friction: 0.2), Self.weather(1, friction: 0.9)],
        operationsSamples: [Self.load(1, kg: 250)]))
    try await until { stage.twins.fleet.twin("twin-001")?.conditions?.operations?.loadKg == 250 }
    let conditions = try #require(stage.twins.fleet.twin("twin-001")?.conditions)
    #expect(conditions.environment?.roadFriction == 0.2)
    #expect(conditions.sensors["front"]?.health == .failed)
    // Lost with the process: nothing was flushed.
    stage.crashEngine()
    _ = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", environmentSamples: [Self.weather(3, friction: 0.7)]))
    try await stage.restartEngine()
    try await until {
      stage.twins.fleet.twin("twin-001")?.conditions?.environment?.roadFriction == 0.7
        && stage.twins.fleet.twin("twin-001")?.conditions?.operations?.loadKg == 250
    }
    // Stored there, nothing is left to be told.
    try await until {
      try await stage.twins.writer.flush()
      return try await stage.observations.unforwarded(after: 0, limit: 10).isEmpty
    }
  }

  @Test("after a crash of its own nothing is taken twice, and what twin-engine hasn't stored is told")
  func ownCrash() async throws {
    let stage = try await SyncStage()
    // The vehicle is known from here on.
    try await stage.push([1])
    stage.crashEngine()
    _ = try await stage.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", environmentSamples: [Self.weather(1, friction: 0.4)]))
    stage.stop()
    let next = try await SyncStage(after: stage)
    try await until { next.twins.fleet.twin("twin-001")?.conditions?.environment?.roadFriction == 0.4 }
    let answer = try await next.telemetry.pushTelemetry(
      PushTelemetryRequest(vehicleID: "twin-001", environmentSamples: [Self.weather(1), Self.weather(2)]))
    #expect(answer.accepted == 1)
    #expect(answer.duplicate == 1)
  }
}
