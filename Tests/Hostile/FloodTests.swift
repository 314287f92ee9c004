import NIOCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

/// Peers that keep to the rules of framing and send, or ask for, far too much.
extension HostileTests {
  @Suite struct FloodTests {
    private static let enhanceYourCalm: UInt32 = 11

    /// Sends the same bytes until the server has had enough.
    ///
    /// - Returns: how often they were sent.
    private static func flood(_ peer: RawPeer, _ bytes: [UInt8], atMost times: Int) async -> Int {
      var count = 0
      while count < times, peer.isOpen {
        await peer.write(bytes)
        count += 1
      }
      return count
    }

    @Test func aFloodOfPingsIsCutOff() async throws {
      try await Besieged.during { server in
        let peer = try await server.connect()
        await peer.write(WireFrame.hello)
        _ = await Self.flood(peer, WireFrame.frame(.ping, Array(repeating: 3, count: 8)), atMost: 10_000)
        try await peer.waitUntilClosed()
        #expect(peer.goAwayCode == Self.enhanceYourCalm)
      }
    }

    @Test func aFloodOfSettingsThatNobodyReadsTheAnswersOfIsCutOff() async throws {
      try await Besieged.during { server in
        for frame in [WireFrame.settings(), WireFrame.settings([(id: 4, value: 100_000)])] {
          let peer = try await RawPeer.connect(port: server.server.port, reads: false, receiveBuffer: 4_096)
          await peer.write(WireFrame.hello)
          let batch = Array(repeating: frame, count: 2_000).flatMap { $0 }
          let count = await Self.flood(peer, batch, atMost: 2_000)
          #expect(count < 2_000, "four million SETTINGS were taken in")
          await peer.close()
        }
      }
    }

    @Test func rapidResetsTripTheLimitOfResets() async throws {
      try await Besieged.during(limits: { limits in
        limits.http2.streamResetBurst = 5_000
        limits.http2.streamResetsPerSecond = 10
      }) { server in
        let peer = try await server.connect()
        await peer.write(WireFrame.hello)
        var stream: UInt32 = 1
        var sent = 0
        while peer.isOpen, sent < 40_000 {
          var batch: [UInt8] = []
          for _ in 0..<500 {
            batch += WireFrame.headers(stream, WireFrame.call("/test.Service/Bidirectional")) + WireFrame.reset(stream)
            stream += 2
          }
          sent += 500
          await peer.write(batch)
        }
        try await peer.waitUntilClosed()
        #expect(sent >= 5_000)
        #expect(peer.goAwayCode != nil)
      }
    }

    @Test func threeThousandHonestCancelsPass() async throws {
      try await Besieged.during { server in
        var bytes = WireFrame.hello
        for index in 0..<3_000 as Range<UInt32> {
          bytes +=
            WireFrame.headers(index * 2 + 1, WireFrame.call("/test.Service/Bidirectional"))
            + WireFrame.reset(index * 2 + 1)
        }
        try await server.expectServed(after: bytes, stream: 6_001, "3,000 cancelled calls")
      }
    }

    @Test func handlersThatGoOnAfterTheirCallWasResetAreBounded() async throws {
      let bound = 50
      try await Besieged.during(limits: { $0.maxHandlersPerConnection = bound }) { server in
        let peer = try await server.connect()
        var bytes = WireFrame.hello
        for index in 0..<1_000 as Range<UInt32> {
          bytes +=
            WireFrame.headers(index * 2 + 1, WireFrame.call("/test.Service/ClientStreaming"))
            + WireFrame.reset(index * 2 + 1)
        }
        await peer.write(bytes + WireFrame.headers(9_001, WireFrame.call("/test.Service/ClientStreaming")))
        try await peer.waitForBytes { _ in peer.resetCode(9_001) != nil }
        let refusedStream: UInt32 = 7
        #expect(peer.resetCode(9_001) == refusedStream)
        #expect(server.started.all.count == bound)
        await peer.close()
      }
    }

    @Test func aFloodOfContinuationsIsCutOff() async throws {
      try await Besieged.during { server in
        for payload in [[UInt8](), [0x82], WireFrame.block([("x-more", String(repeating: "a", count: 10_000))])] {
          let peer = try await server.connect()
          await peer.write(
            WireFrame.hello + WireFrame.frame(.headers, stream: 1, WireFrame.block(WireFrame.call("/x"))))
          let frame = WireFrame.frame(.continuation, stream: 1, payload)
          let batch = Array(repeating: frame, count: 100).flatMap { $0 }
          let count = await Self.flood(peer, batch, atMost: 1_000)
          #expect(count < 1_000, "\(count * 100) CONTINUATION frames were taken in")
          await peer.close()
        }
      }
    }

    @Test func aHeaderBombEndsItsStreamAndNotTheConnection() async throws {
      try await Besieged.during { server in
        // One entry of 3.9 kB in the table, then 12,000 references of one byte each: 48 MB of fields in 16 kB.
        let entry =
          [0x40] + WireFrame.integer(1, prefix: 7) + [0x61] + WireFrame.integer(3_900, prefix: 7)
          + [UInt8](repeating: 0x62, count: 3_900)
        let bomb = WireFrame.block(WireFrame.call(Besieged.path)) + entry + Array(repeating: 0xBE, count: 12_000)
        let references = WireFrame.block(WireFrame.call(Besieged.path)) + Array(repeating: 0xBE, count: 12_000)
        var bytes = WireFrame.hello + WireFrame.frame(.headers, flags: 5, stream: 1, bomb)
        for index in 1..<200 as Range<UInt32> {
          bytes += WireFrame.frame(.headers, flags: 5, stream: index * 2 + 1, references)
        }
        let peer = try await server.connect()
        await peer.write(
          bytes + WireFrame.headers(1_001, WireFrame.call(Besieged.path)) + WireFrame.message(1_001, [7]))
        try await peer.waitForBytes { _ in peer.hasAnswer(1_001, [7]) }
        #expect(peer.hasAnswer(1_001, [7]))
        #expect(peer.resetCode(1) == Self.enhanceYourCalm)
        #expect(peer.resetCode(399) == Self.enhanceYourCalm)
        await peer.close()
      }
    }

    @Test func aHeaderListOverTheLimitIsRefusedWithAStatus() async throws {
      try await Besieged.during { server in
        let statuses = Events<String>()
        let peer = try await ScriptedPeer.connect(port: server.server.port) { _, event in
          if case .headers(_, let block, _) = event { statuses.record(block.text(.grpcStatus) ?? "none") }
        }
        try await peer.perform { connection in
          let long = ScriptedPeer.list(
            WireFrame.call(Besieged.path, (0..<20).map { ("x-\($0)", String(repeating: "v", count: 1_000)) }))
          guard let stream = try? connection.http2.request(long) else { return }
          connection.http2.end(stream)
        }
        try await within { try await statuses.wait(count: 1) }
        #expect(statuses.all == ["8"])
        await peer.close()
      }
    }

    @Test func moreStreamsThanAllowedAreRefused() async throws {
      try await Besieged.during(limits: { $0.http2.maxConcurrentStreams = 20 }) { server in
        let peer = try await server.connect()
        var bytes = WireFrame.hello
        for index in 0..<100 as Range<UInt32> {
          bytes += WireFrame.headers(index * 2 + 1, WireFrame.call("/test.Service/Bidirectional"))
        }
        await peer.write(bytes)
        try await peer.waitForBytes { _ in peer.goAwayCode != nil || peer.resetCode(199) != nil }
        #expect(server.started.all.count <= 20)
        await peer.close()
      }
    }

    @Test func aPeerThatSendsCallsAndReadsNoAnswersIsBounded() async throws {
      try await Besieged.during(limits: { limits in
        limits.maxQueuedFrames = 1_000
        limits.maxUnsentBytesPerConnection = 8 << 20
      }) { server in
        // 200 answers of 1 MiB each, of which 8 MiB may wait.
        let peer = try await RawPeer.connect(port: server.server.port, reads: false, receiveBuffer: 4_096)
        // Windows that keep nothing back, so that the socket fills up.
        var bytes =
          WireFrame.preface + WireFrame.settings([(id: 4, value: 1 << 30)]) + WireFrame.windowUpdate(0, 1 << 30)
        for index in 0..<200 as Range<UInt32> {
          bytes +=
            WireFrame.headers(index * 2 + 1, WireFrame.call("/test.Service/Large"))
            + WireFrame.message(index * 2 + 1, [])
        }
        await peer.write(bytes)
        // Then calls without end, each of which is refused for some reason.
        var stream: UInt32 = 401
        var batches = 0
        while peer.isOpen, batches < 2_000 {
          var batch: [UInt8] = []
          for _ in 0..<200 {
            batch += WireFrame.headers(stream, WireFrame.call("/none/None"), endStream: true)
            stream += 2
          }
          await peer.write(batch)
          batches += 1
        }
        #expect(batches < 2_000, "400,000 calls were taken in without one answer read")
        await peer.close()
      }
    }

    @Test func aFloodOfEmptyDataFramesCostsNothing() async throws {
      try await Besieged.during { server in
        let empty = WireFrame.frame(.data, stream: 1, [])
        let padded = WireFrame.frame(.data, flags: 8, stream: 1, [255] + Array(repeating: 0, count: 255))
        try await server.expectServed(
          after: WireFrame.hello + WireFrame.headers(1, WireFrame.call("/test.Service/Bidirectional"))
            + Array(repeating: empty, count: 50_000).flatMap { $0 }
            + Array(repeating: padded, count: 500).flatMap { $0 },
          "50,000 empty DATA frames")
      }
    }

    @Test func aFloodOfEmptyMessagesIsBoundedByWhatTheyCost() async throws {
      try await Besieged.during(limits: { $0.maxUnreadBytesPerConnection = 1 << 20 }) { server in
        let statuses = Events<String>()
        let peer = try await ScriptedPeer.connect(port: server.server.port) { _, event in
          if case .headers(_, let block, _) = event, let status = block.text(.grpcStatus) { statuses.record(status) }
        }
        try await peer.perform { connection in
          let headers = ScriptedPeer.list(WireFrame.call("/test.Service/ClientStreaming"))
          guard let stream = try? connection.http2.request(headers) else { return }
          // 50,000 messages without content: a quarter of a megabyte on the wire, many times that in memory.
          connection.http2.send(stream, ByteBuffer(repeating: 0, count: 250_000))
        }
        try await within { try await statuses.wait(count: 1) }
        #expect(statuses.all == ["8"])
        await peer.close()
      }
    }

    @Test func connectionsBeyondTheLimitAreClosedAndOthersGoOn() async throws {
      try await Besieged.during(limits: { $0.maxConnections = 10 }) { server in
        var peers: [RawPeer] = []
        for _ in 0..<9 {
          let peer = try await server.connect()
          await peer.write(WireFrame.hello)
          try await peer.waitForBytes { !$0.isEmpty }
          peers.append(peer)
        }
        for _ in 0..<40 { try await server.expectClosed(after: WireFrame.hello, "the eleventh connection") }
        #expect(server.server.statistics.snapshot.connectionsRefused == 40)
        #expect(peers.filter { !$0.isOpen }.isEmpty)
        for peer in peers { await peer.close() }
        while server.server.statistics.snapshot.connectionsOpen > 1 {
          try Task.checkCancellation()
          await Task.yield()
        }
        try await server.expectServed(after: WireFrame.hello, "there was room again")
      }
    }
  }
}
