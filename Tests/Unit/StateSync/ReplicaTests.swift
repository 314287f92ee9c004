import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto
import Waiting

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Replicas of state-sync and twin-engine", .timeLimit(.minutes(2)))
struct ReplicaTests {
  private static let engines = ReplicaStage.engineAddresses
  private static let syncs = ReplicaStage.syncAddresses

  @Test("each twin is kept at its home, each vehicle's samples in the log of its home, whoever takes them")
  func homes() async throws {
    let stage = try await ReplicaStage()
    for address in Self.engines + Self.syncs { #expect(!ReplicaStage.twins(at: address).isEmpty) }
    let acks = try await stage.stream(1...20, through: Self.syncs[0])
    #expect(acks.count == ReplicaStage.vehicleCount)
    #expect(Set(acks.map(\.batchID)) == Set(1...UInt64(ReplicaStage.vehicleCount)))
    for ack in acks {
      #expect(ack.accepted == 20)
      #expect(ack.vehicleID == ReplicaStage.twin(Int(ack.batchID)))
    }
    // Sent again through the other one, they are known.
    for ack in try await stage.stream(1...20, through: Self.syncs[1]) { #expect(ack.duplicate == 20) }
    try await stage.caughtUp(20)
    for address in Self.engines {
      #expect(stage.engine(address).parts.fleet.ids(here: true).sorted() == ReplicaStage.twins(at: address))
    }
    for address in Self.syncs {
      let parts = stage.sync(address).parts
      let own = Set(ReplicaStage.twins(at: address).compactMap { parts.directory.known(.twin($0))?.key })
      let hold = try #require(parts.log.hold)
      let page = try await stage.store.rows(of: hold.log, after: 0, limit: 1_000, bytes: .max)
      #expect(Set(page.rows.map(\.vehicleKey)) == own)
      #expect(page.rows.count == 20 * own.count)
    }
  }

  @Test("one sample, the quality of a vehicle and its live updates are there through any replica")
  func anyReplica() async throws {
    let stage = try await ReplicaStage()
    let other = try #require(ReplicaStage.twins(at: Self.syncs[1]).first)
    let sync = stage.sync(Self.syncs[0])
    try await until { stage.sync(Self.syncs[0]).parts.directory.known(.twin(other)) != nil }
    try await sync.fleet.subscribeFleet(SubscribeFleetRequest(vehicleIds: [other])) { updates in
      _ = try await updates.call.initialMetadata
      var iterator = updates.makeAsyncIterator()
      let push = PushTelemetryRequest(vehicleID: other, samples: [stage.sample(1)])
      #expect(try await sync.telemetry.pushTelemetry(push).accepted == 1)
      var (real, virtual): (UInt64, UInt64) = (0, 0)
      while real == 0 || virtual == 0, let update = try await iterator.next() {
        switch update.content {
        case .real(let sample): real = sample.sequence
        case .virtualState(let state): virtual = state.sync?.lastSequence ?? 0
        default: break
        }
      }
      #expect((real, virtual) == (1, 1))
    }
    let report = try await sync.fleet.getSyncReport(GetSyncReportRequest(vehicleID: other))
    #expect(report.sources.first?.accepted == 1)
    #expect(report.status != .waiting)
  }

  @Test("virtual telemetry of a vehicle with its home elsewhere comes back on its own stream")
  func virtualTelemetry() async throws {
    let stage = try await ReplicaStage()
    let other = try #require(ReplicaStage.twins(at: Self.syncs[1]).first)
    try await stage.sync(Self.syncs[0]).telemetry.streamTelemetry { requests, responses in
      var iterator = responses.makeAsyncIterator()
      var state: VehicleState?
      var sequence: UInt64 = 0
      // The other replica may not be followed when the first ones are taken.
      while state == nil {
        sequence += 1
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: other, batchID: sequence, samples: [stage.sample(sequence)], wantVirtualTelemetry: true))
        var isAcknowledged = false
        while !isAcknowledged, let response = try await iterator.next() {
          switch response.content {
          case .ack: isAcknowledged = true
          case .virtualTelemetry(let telemetry): state = telemetry.state
          case .refused, nil: break
          }
        }
      }
      #expect(state?.vehicleID == other)
      requests.finish()
    }
  }

  @Test("the clock of a vehicle with its home elsewhere becomes known there by the echoes on its own stream")
  func clockSkew() async throws {
    let stage = try await ReplicaStage()
    let other = try #require(ReplicaStage.twins(at: Self.syncs[1]).first)
    let home = stage.sync(Self.syncs[1]).parts
    let key = try await home.directory.resolve(.twin(other)).key
    // The links' numbers aren't the stream's.
    try await stage.stream(1...1, through: Self.syncs[0])
    try await stage.sync(Self.syncs[0]).telemetry.streamTelemetry { requests, responses in
      var iterator = responses.makeAsyncIterator()
      let theirs = stage.clock.wallClock.now().adding(seconds: 0.03).timestamp
      for batch in [7, 8] as [UInt64] {
        try await requests.write(
          StreamTelemetryRequest(
            vehicleID: other, source: "can", batchID: batch, samples: [stage.sample(batch)], sendTime: theirs,
            echo: batch == 7 ? nil : AckEcho(batchID: 7, receiveTime: theirs)))
        guard case .ack(let ack)? = try await iterator.next()?.content else { continue }
        #expect(ack.batchID == batch)
      }
      requests.finish()
    }
    let estimate = try #require(
      home.skews.estimate(of: SourceName(vehicleKey: key, name: "can"), at: stage.clock.wallClock.now()))
    #expect(estimate.isExchanged)
    #expect(abs(estimate.milliseconds - 30) < 1)
  }

  @Test("replicas that don't agree on a vehicle's home hold up that vehicle only")
  func disagreement() async throws {
    let stage = try await ReplicaStage()
    let known = stage.sync(Self.syncs[1]).replicas
    let all = ReplicaStage.twins(at: Self.syncs[1])
    // It knows of a third replica, which would be the home of some of its vehicles.
    let rings = (3...99).map { HashRing(Self.syncs + ["sync-\($0):1"]) }
    let splitting = rings.first { ring in
      (1..<all.count).contains(all.count { ring.home(of: $0) == Self.syncs[1] })
    }
    let third = try #require(splitting)
    let refused = try #require(all.first { third.home(of: $0) != Self.syncs[1] })
    let agreed = try #require(all.first { third.home(of: $0) == Self.syncs[1] })
    known.update(third.nodes)
    let telemetry = stage.sync(Self.syncs[0]).telemetry
    // Senders that never give up, as senders do.
    let stubborn = Task {
      await withTaskGroup(of: Int.self, returning: Int.self) { group in
        for _ in 0..<50 {
          group.addTask {
            var refusals = 0
            while !Task.isCancelled {
              let found = await fault {
                try await telemetry.streamTelemetry { requests, responses in
                  try await requests.write(
                    StreamTelemetryRequest(vehicleID: refused, batchID: 1, samples: [stage.sample(1)]))
                  for try await _ in responses {}
                }
              }
              #expect(found?.code == .unavailable || Task.isCancelled)
              #expect(found?.facts["twin"] == refused || Task.isCancelled)
              refusals += 1
            }
            return refusals
          }
        }
        return await group.reduce(0, +)
      }
    }
    try await telemetry.streamTelemetry { requests, responses in
      var iterator = responses.makeAsyncIterator()
      for sequence in 1...20 as ClosedRange<UInt64> {
        try await requests.write(
          StreamTelemetryRequest(vehicleID: agreed, batchID: sequence, samples: [stage.sample(sequence)]))
        guard case .ack(let ack)? = try await iterator.next()?.content else { continue }
        #expect(ack.batchID == sequence)
        #expect(ack.contiguousSequence == sequence)
      }
      requests.finish()
    }
    stubborn.cancel()
    #expect(await stubborn.value > 50)
  }

  @Test("a cursor is good for the replica that gave it; another one says so instead of guessing")
  func cursors() async throws {
    let stage = try await ReplicaStage()
    let first = stage.sync(Self.syncs[0])
    let cursor = try await first.fleet.subscribeFleet(SubscribeFleetRequest(kinds: [.real])) { updates in
      _ = try await updates.call.initialMetadata
      var iterator = updates.makeAsyncIterator()
      try await stage.stream(1...1, through: Self.syncs[0])
      return try await iterator.next()?.cursor
    }
    let resumed = SubscribeFleetRequest(kinds: [.real], resumeFrom: cursor)
    try await first.fleet.subscribeFleet(resumed) { updates in
      _ = try await updates.call.initialMetadata
      var iterator = updates.makeAsyncIterator()
      var seen: Set<String> = []
      while seen.count < ReplicaStage.vehicleCount - 1, let update = try await iterator.next() {
        #expect(update.cursor > cursor ?? 0)
        seen.insert(update.vehicleID)
      }
      #expect(seen.count == ReplicaStage.vehicleCount - 1)
    }
    let elsewhere = await fault {
      try await stage.sync(Self.syncs[1]).fleet.subscribeFleet(resumed) { updates in
        for try await _ in updates {}
      }
    }
    #expect(elsewhere?.reason == "HISTORY_EXPIRED")
  }

  @Test("a twin-engine that is gone holds up its own twins only; when others are their homes nothing is missing")
  func engineGone() async throws {
    let stage = try await ReplicaStage()
    try await stage.stream(1...20, through: Self.syncs[0])
    try await stage.caughtUp(20)
    stage.killEngine(Self.engines[0])
    let (lost, kept) = (ReplicaStage.twins(at: Self.engines[0]), ReplicaStage.twins(at: Self.engines[1]))
    try await stage.stream(21...40, through: Self.syncs[1])
    try await stage.caughtUp(40, kept)
    for twin in lost { #expect(stage.states(of: twin).isEmpty) }
    for address in Self.syncs { #expect(stage.sync(address).parts.tail.pending > 0) }
    stage.setEngines([Self.engines[1]])
    try await stage.caughtUp(40)
    // All of it is stored, and nobody has anything left to send.
    try await until { Self.syncs.allSatisfy { stage.sync($0).parts.tail.pending == 0 } }
    for twin in ReplicaStage.twins { #expect(stage.states(of: twin).first?.samples == 40) }
  }

  @Test("a twin-engine that joins takes its twins over while samples flow")
  func engineJoins() async throws {
    let stage = try await ReplicaStage()
    stage.setEngines([Self.engines[0]])
    try await stage.stream(1...20, through: Self.syncs[0])
    try await stage.caughtUp(20)
    async let more = stage.stream(21...60, through: Self.syncs[0])
    stage.setEngines(Self.engines)
    _ = try await more
    try await stage.caughtUp(60)
    for address in Self.engines {
      #expect(stage.engine(address).parts.fleet.ids(here: true).sorted() == ReplicaStage.twins(at: address))
    }
  }

  @Test("what a state-sync acknowledged reaches the twins though it never comes back")
  func syncGone() async throws {
    let stage = try await ReplicaStage()
    // Nobody takes samples: what is acknowledged is in the log only.
    for address in Self.engines { stage.killEngine(address) }
    let acks = try await stage.stream(1...20, through: Self.syncs[0])
    #expect(acks.reduce(0) { $0 + Int($1.accepted) } == 20 * ReplicaStage.vehicleCount)
    stage.killSync(Self.syncs[1])
    // Its vehicles can't be taken in while it is expected back.
    let other = try #require(ReplicaStage.twins(at: Self.syncs[1]).first)
    await #expect(throws: RPCError.self) {
      try await stage.sync(Self.syncs[0]).telemetry.pushTelemetry(
        PushTelemetryRequest(vehicleID: other, samples: [stage.sample(21)]))
    }
    for address in Self.engines { try await stage.startEngine(address) }
    stage.setSyncs([Self.syncs[0]])
    try await stage.caughtUp(20)
    // And it goes on with its vehicles, knowing what came.
    let more = try await stage.stream(15...30, through: Self.syncs[0])
    for ack in more {
      #expect(ack.duplicate == 6)
      #expect(ack.accepted == 10)
    }
    try await stage.caughtUp(30)
    try await until {
      try await stage.store.logs().allSatisfy { !$0.isBehind } || stage.sync(Self.syncs[0]).parts.tail.pending == 0
    }
    // What came by its log is noted for good.
    try await until {
      try await stage.store.logs().allSatisfy { $0.name != Self.syncs[1] || !$0.isUnsettled }
    }
    // Back again, it takes its log and its vehicles.
    try await stage.startSync(Self.syncs[1])
    stage.setSyncs(Self.syncs)
    for ack in try await stage.stream(25...40, through: Self.syncs[0]) { #expect(ack.accepted == 10) }
    try await stage.caughtUp(40)
  }
}

@Suite("How far several receivers of a log have come")
struct ForwardProgressTests {
  @Test("all have come as far as the last of them; one that has nothing to do holds nobody up")
  func least() {
    let progress = ForwardProgress(["a", "b"], start: 10)
    #expect(progress.safe == 10)
    progress.didRead("a", to: 20, isSent: true)
    progress.didRead("b", to: 20, isSent: false)
    #expect(progress.safe == 10)
    progress.didRead("a", to: 30, isSent: true)
    progress.didRead("b", to: 40, isSent: true)
    progress.didConfirm("a", batch: 20)
    #expect(progress.safe == 20)
    progress.didConfirm("a", batch: 30)
    progress.didRead("a", to: 40, isSent: false)
    #expect(progress.safe == 20)
    progress.didConfirm("b", batch: 40)
    #expect(progress.safe == 40)
  }

  @Test("a receiver that is called anew gets again what it hasn't stored, and an answer of before says nothing")
  func restarts() {
    let progress = ForwardProgress(["a"], start: 0)
    progress.didRead("a", to: 10, isSent: true)
    progress.didRead("a", to: 20, isSent: true)
    progress.didConfirm("a", batch: 10)
    #expect(progress.restart("a") == 10)
    progress.didConfirm("a", batch: 20)
    #expect(progress.safe == 10)
    progress.didRead("a", to: 15, isSent: true)
    progress.didConfirm("a", batch: 15)
    #expect(progress.safe == 15)
  }

  @Test("what a receiver took in and hasn't stored counts as lost when it is called anew")
  func losses() {
    let progress = ForwardProgress(["a", "b"], start: 0)
    for address in ["a", "b"] {
      progress.didRead(address, to: 30, isSent: true)
      progress.didConfirm(address, batch: 30)
    }
    #expect(progress.safe == 30)
    progress.restart("a", at: 10)
    #expect(progress.safe == 10)
    progress.didRead("a", to: 30, isSent: true)
    progress.didConfirm("a", batch: 30)
    #expect(progress.safe == 30)
  }

  @Test("a log tells how much of it isn't in the twins yet, also after some of them lost it")
  func unapplied() {
    let tail = LogTail()
    tail.recover(last: 100, forwarded: 40)
    let epoch = tail.start.epoch
    #expect(tail.unapplied == 60)
    tail.didApply(90, epoch: epoch)
    #expect(tail.unapplied == 10)
    #expect(tail.pending == 60)
    tail.didApply(50, epoch: epoch)
    #expect(tail.unapplied == 50)
    // What is stored is in the twins, whatever else was said.
    tail.didForward(80, epoch: epoch)
    #expect(tail.unapplied == 20)
    tail.didApply(100, epoch: epoch - 1)
    #expect(tail.unapplied == 20)
  }
}

@Suite("What is remembered of the newest batches of a stream")
struct RecentBatchesTests {
  @Test("the newest are there, however many came; the oldest go")
  func bounds() {
    func batch(_ id: UInt64) -> ClockExchanges.Batch { .init(vehicleID: "twin-001", source: "can", id: id) }
    var recent = RecentBatches<UInt64>(capacity: 10)
    for id in 1...1_000 as ClosedRange<UInt64> {
      recent[batch(id)] = id
      #expect((max(10, id) - 9...id).allSatisfy { $0 > id || recent[batch($0)] == $0 })
      #expect((1...id).count { recent[batch($0)] != nil } <= 20)
    }
    #expect(recent.remove(batch(1_000)) == 1_000)
    #expect(recent[batch(1_000)] == nil)
    #expect(recent.remove(batch(1)) == nil)
  }
}
