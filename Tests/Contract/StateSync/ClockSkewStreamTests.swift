import FleetCore
import NIOPosix
import RPCCore
import RPCTransport
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Clock skew over a real connection")
struct ClockSkewStreamTests {
  /// Runs a state-sync on a port of this machine.
  private func served(_ body: (Replica, RPCClient) async throws -> Void) async throws {
    let replica = try await Replica(MemoryTelemetryStore(), clock: .system)
    let group = MultiThreadedEventLoopGroup.singleton
    let server = try await RPCServer.start(
      RPCServerConfiguration(port: 0), router: Router(services: replica.parts.rpcServices), group: group)
    let target = RPCTarget(host: "127.0.0.1", port: server.port)
    let client = try RPCClient(RPCClientConfiguration(target: target), group: group)
    do {
      try await body(replica, client)
    } catch {
      client.shutDown()
      await server.shutdown(grace: .zero)
      throw error
    }
    client.shutDown()
    await server.shutdown(grace: .zero)
    replica.crash()
  }

  private func source(_ client: RPCClient) async throws -> SourceReport? {
    try await FleetServiceClient(client).getSyncReport(GetSyncReportRequest(vehicleID: "twin-001")).sources.first
  }

  @Test(
    "a source whose clock is 10 to 50 ms off is found out within 5 ms, with echoes and without",
    arguments: [-50.0, -25, -10, 10, 25, 50], [true, false])
  func injected(_ skew: Double, _ echoes: Bool) async throws {
    try await served { replica, client in
      let vehicleClock = WallClock { WallClock.system.now().adding(seconds: skew / 1_000) }
      let name = SourceName(
        vehicleKey: try await replica.parts.directory.resolve(.twin("twin-001")).key, name: "default")
      try await TelemetryServiceClient(client).streamTelemetry { requests, responses in
        var iterator = responses.makeAsyncIterator()
        var echo: AckEcho?
        // Until it is known well enough: a machine at its limits needs more attempts.
        for sequence in 1...2_000 as ClosedRange<UInt64> {
          let now = vehicleClock.now()
          let sample = TelemetrySample(sequence: sequence, time: now.timestamp, speedMps: 20)
          try await requests.write(
            StreamTelemetryRequest(
              vehicleID: "twin-001", batchID: sequence, samples: [sample], sendTime: echoes ? now.timestamp : nil,
              echo: echo))
          guard case .ack(let ack)? = try await iterator.next()?.content else { continue }
          #expect(ack.receiveTime != nil)
          if echoes { echo = AckEcho(batchID: ack.batchID, receiveTime: vehicleClock.now().timestamp) }
          let estimate = replica.parts.skews.estimate(of: name, at: WallClock.system.now())
          if echoes, let estimate, estimate.isExchanged, estimate.standardDeviationMS < 2 { break }
          // The least delay of a machine that is busy comes late.
          if !echoes, sequence >= 200, let estimate, abs(estimate.milliseconds - skew) < 4 { break }
        }
        requests.finish()
      }
      let source = try #require(try await source(client))
      let found = try #require(source.clockSkewMs)
      #expect(abs(found - skew) < 5)
      let deviation = try #require(source.clockSkewStdMs)
      // One-way times don't know the path.
      #expect(echoes ? deviation < 5 : deviation >= 20)
    }
  }

  @Test("an echo of nothing, or a second one, tells nothing")
  func wrongEchoes() async throws {
    try await served { replica, client in
      let old = WallClock.system.now().adding(seconds: -3_600)
      try await TelemetryServiceClient(client).streamTelemetry { requests, responses in
        var iterator = responses.makeAsyncIterator()
        for batch in 1...5 as ClosedRange<UInt64> {
          let sample = TelemetrySample(sequence: batch, time: old.timestamp, speedMps: 20)
          try await requests.write(
            StreamTelemetryRequest(
              vehicleID: "twin-001", batchID: batch, samples: [sample],
              echo: AckEcho(batchID: batch - 1, receiveTime: old.timestamp)))
          _ = try await iterator.next()
        }
        requests.finish()
      }
      #expect(try await source(client)?.clockSkewMs == nil)
    }
  }
}
