import Foundation
import SimulationRecordings
import Testing
import TwinCTLDomain
import TwinProto

@testable import TwinCTLCommands

@Suite struct LedgerTests {
  private let now = ContinuousClock.now

  private func ledger(_ log: AckLog? = nil, capacity: Int = 10) -> ReplayLedger {
    ReplayLedger(
      vehicles: [ReplayVehicle(twin: "twin-001", physical: "AV-001")], source: "twinctl", capacity: capacity, log: log)
  }

  private func sample(_ sequence: UInt64) -> ResendBuffer.Sample {
    ResendBuffer.Sample(vehicle: 0, message: TelemetrySample(sequence: sequence))
  }

  private func ack(_ batch: UInt64, duplicate: UInt32 = 0, rejections: [RejectedSample] = [])
    -> StreamTelemetryResponse
  {
    StreamTelemetryResponse(
      content: .ack(TelemetryAck(vehicleID: "twin-001", batchID: batch, duplicate: duplicate, rejections: rejections)))
  }

  @Test func settlesAfterAcknowledgementAndState() async throws {
    let ledger = ledger()
    #expect(await ledger.offer(sample(1)))
    let request = try #require(await ledger.nextRequest(at: now))
    #expect(request.physicalVehicleID == "AV-001")
    #expect(request.wantVirtualTelemetry)
    await ledger.close()
    #expect(await !ledger.isDone)
    try await ledger.received(ack(request.batchID), at: now)
    #expect(await ledger.isDone)
    #expect(await !ledger.isSettled)
    let state = VehicleState(vehicleID: "twin-001", sync: SyncState(lastSequence: 1, source: "other"))
    try await ledger.received(
      StreamTelemetryResponse(content: .virtualTelemetry(VirtualTelemetry(state: state))), at: now)
    #expect(await !ledger.isSettled, "another source's sequence says nothing")
    var own = state
    own.sync?.source = "twinctl"
    try await ledger.received(
      StreamTelemetryResponse(content: .virtualTelemetry(VirtualTelemetry(state: own))), at: now)
    #expect(await ledger.isSettled)
    let report = await ledger.report(failure: nil)
    #expect(report.isComplete)
    #expect(report.latency.count == 1)
  }

  @Test func sendsAgainWhatWasUnderWayAndCountsDuplicates() async throws {
    let ledger = ledger()
    for sequence in 1...3 { _ = await ledger.offer(sample(UInt64(sequence))) }
    _ = await ledger.nextRequest(at: now)
    await ledger.disconnected()
    let again = try #require(await ledger.nextRequest(at: now))
    #expect(again.samples.map(\.sequence) == [1, 2, 3])
    try await ledger.received(ack(again.batchID, duplicate: 2), at: now)
    let counts = await ledger.counts
    #expect(counts.sent == 3)
    #expect(counts.resent == 3)
    #expect(counts.acknowledged == 3)
    #expect(counts.duplicate == 2)
    #expect(counts.interruptions == 1)
  }

  @Test func rejectedSamplesMakeTheReplayIncomplete() async throws {
    let ledger = ledger()
    for sequence in 1...2 { _ = await ledger.offer(sample(UInt64(sequence))) }
    let request = try #require(await ledger.nextRequest(at: now))
    await ledger.close()
    try await ledger.received(
      ack(
        request.batchID,
        rejections: [
          RejectedSample(sequence: 2, reason: .outOfRange, field: "speed_mps", message: "must be at most 150")
        ]),
      at: now)
    let report = await ledger.report(failure: nil)
    #expect(!report.isComplete)
    #expect(report.counts.acknowledged == 1)
    #expect(report.counts.rejected == 1)
    #expect(report.lines.contains { $0.contains("speed_mps: must be at most 150") })
    #expect(report.lines.last == "NOT every sample was acknowledged: 1 of 2 missing.")
  }

  @Test func keepsSamplesOfAVehicleThatIsNotKnownYet() async throws {
    let ledger = ledger()
    _ = await ledger.offer(sample(1))
    let request = try #require(await ledger.nextRequest(at: now))
    await #expect(throws: ReplayLedger.VehicleNotKnownYet.self) {
      try await ledger.received(
        ack(request.batchID, rejections: [RejectedSample(sequence: 1, reason: .unknownVehicle, message: "AV-001")]),
        at: now)
    }
    await ledger.disconnected()
    #expect(await ledger.nextRequest(at: now)?.samples.count == 1)
  }

  @Test func writesTheLogOnlyAfterTheAcknowledgement() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "acks-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let ledger = ledger(try AckLog(path: path))
    for sequence in 7...9 { _ = await ledger.offer(sample(UInt64(sequence))) }
    let request = try #require(await ledger.nextRequest(at: now))
    #expect(try String(contentsOfFile: path, encoding: .utf8).isEmpty)
    try await ledger.received(ack(request.batchID), at: now)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "twin-001,twinctl,7\ntwin-001,twinctl,8\ntwin-001,twinctl,9\n")
  }
}
