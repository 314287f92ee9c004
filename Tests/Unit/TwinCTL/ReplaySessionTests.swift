import NIOCore
import RPCCore
import RPCInProcess
import SimulationRecordings
import Synchronization
import Testing
import TwinCTLDomain
import TwinProto

@testable import TwinCTLCommands

/// A state-sync that commits what comes, and whose streams break where a test says.
private final class FlakyStateSync: TelemetryServiceHandler {
  struct State {
    var stored: [UInt64: Int] = [:]
    var streams = 0
  }

  /// Requests that each of the first streams commits before it breaks without an acknowledgement of the last.
  private let breaks: [Int]
  let state = Mutex(State())

  init(breaks: [Int]) { self.breaks = breaks }

  func streamTelemetry(
    _ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>, _ call: ServerCall
  ) async throws {
    let number = state.withLock { state in
      state.streams += 1
      return state.streams - 1
    }
    var count = 0
    for try await request in requests {
      let duplicates = state.withLock { state in
        var duplicates: UInt32 = 0
        for sample in request.samples {
          if state.stored[sample.sequence] != nil { duplicates += 1 }
          state.stored[sample.sequence, default: 0] += 1
        }
        return duplicates
      }
      count += 1
      if breaks.indices.contains(number), count == breaks[number] {
        throw RPCError(.unavailable, "the service is killed")
      }
      let last = request.samples.last?.sequence ?? 0
      try await responses.write(
        StreamTelemetryResponse(
          content: .ack(
            TelemetryAck(
              vehicleID: "twin-001", source: request.source, batchID: request.batchID,
              accepted: UInt32(request.samples.count) - duplicates, duplicate: duplicates))))
      try await responses.write(
        StreamTelemetryResponse(
          content: .virtualTelemetry(
            VirtualTelemetry(
              state: VehicleState(
                vehicleID: "twin-001", sync: SyncState(lastSequence: last, source: request.source))))))
    }
  }

  func pushTelemetry(_ request: PushTelemetryRequest, _ call: ServerCall) async throws -> PushTelemetryResponse {
    throw RPCError(.unimplemented, "a replay streams")
  }

  func uploadTelemetry(_ requests: RPCReader<UploadTelemetryRequest>, _ call: ServerCall) async throws -> Upload {
    throw RPCError(.unimplemented, "a replay streams")
  }

  func getUpload(_ request: GetUploadRequest, _ call: ServerCall) async throws -> Upload {
    throw RPCError(.unimplemented, "a replay streams")
  }

  func listUploadRejections(_ request: ListUploadRejectionsRequest, _ call: ServerCall) async throws
    -> ListUploadRejectionsResponse
  { throw RPCError(.unimplemented, "a replay streams") }

  func publishEvents(_ request: PublishEventsRequest, _ call: ServerCall) async throws -> PublishEventsResponse {
    throw RPCError(.unimplemented, "a replay streams")
  }
}

@Suite struct ReplaySessionTests {
  /// 31 samples, a thousand times faster than driven.
  private func plan() throws -> ReplayPlan {
    let cycle = try DriveCycle(
      name: "short", points: [DriveCycle.Point(time: 0, speed: 0), DriveCycle.Point(time: 3, speed: 6)])
    return ReplayPlan(recordings: [Recording(driving: cycle)], rate: 10, speedUp: 1_000)
  }

  private func replay(_ service: any RPCService, capacity: Int = 100, patience: Duration = .seconds(600)) async throws
    -> ReplayReport
  {
    let ledger = ReplayLedger(
      vehicles: [ReplayVehicle(twin: "twin-001", physical: "AV-001")], source: "twinctl", capacity: capacity, log: nil)
    let channel = InProcessChannel(Router(services: [service]))
    let session = ReplaySession(
      plan: try plan(), firstSequences: [5], ledger: ledger, service: TelemetryServiceClient(channel),
      patience: Patience(limit: patience))
    return await ledger.report(failure: await session.run())
  }

  @Test func sendsEverySampleOnceOverASoundConnection() async throws {
    let service = FlakyStateSync(breaks: [])
    let report = try await replay(service)
    #expect(report.isComplete)
    #expect(report.counts.acknowledged == 31)
    #expect(report.counts.duplicate == 0)
    #expect(report.latency.count == 31)
    #expect(service.state.withLock { $0.stored.keys.sorted() } == Array(5...35))
  }

  @Test func survivesBrokenStreamsWithoutLosingASample() async throws {
    let service = FlakyStateSync(breaks: [1, 1, 2])
    let report = try await replay(service, capacity: 4)
    #expect(report.isComplete)
    #expect(report.counts.acknowledged == 31)
    #expect(report.counts.resent >= 3, "each break loses an acknowledgement")
    #expect(report.counts.duplicate >= 1)
    #expect(report.counts.interruptions == 3)
    #expect(service.state.withLock { $0.stored.keys.sorted() } == Array(5...35))
  }

  @Test func saysWhatIsMissingWhenTheServiceStaysAway() async throws {
    let service = FlakyStateSync(breaks: Array(repeating: 1, count: 10_000))
    let report = try await replay(service, patience: .milliseconds(1))
    #expect(!report.isComplete)
    #expect(report.failure?.contains("the service is killed") == true)
    #expect(report.lines.last?.hasPrefix("NOT every sample was acknowledged") == true)
  }
}
