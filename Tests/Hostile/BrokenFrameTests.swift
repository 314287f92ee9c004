import NIOCore
import RPCHTTP2
import RPCTesting
import RPCTransport
import Testing

/// Peers that break the framing rules. Source of the rules: RFC 9113, whose sections the cases name.
extension HostileTests {
  @Suite struct BrokenFrameTests {
    @Test func whatIsNotHTTP2IsClosed() async throws {
      try await Besieged.during { server in
        let strangers: [(String, [UInt8])] = [
          ("an HTTP/1.1 request", Array("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)),
          ("an upgrade", Array("OPTIONS * HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n".utf8)),
          ("a TLS hello", [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3] + Array(repeating: 7, count: 400)),
          ("SSH", Array("SSH-2.0-OpenSSH_9.2p1 Debian\r\n.............".utf8)),
          ("a preface with one letter wrong", Array("PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n".utf8)),
          ("zeros", Array(repeating: 0, count: 1_000)),
          // §3.4: the preface is followed by SETTINGS.
          ("a call instead of settings", WireFrame.preface + WireFrame.headers(1, WireFrame.call(Besieged.path))),
        ]
        for (what, bytes) in strangers { try await server.expectClosed(after: bytes, what) }
      }
    }

    @Test func connectionsThatNeverFinishTheirPrefaceAreClosed() async throws {
      try await Besieged.during(limits: { limits in
        limits.handshakeTimeout = .milliseconds(50)
        limits.housekeepingInterval = .milliseconds(10)
      }) { server in
        let beginnings: [[UInt8]] = [
          [], Array(WireFrame.preface.prefix(1)), Array(WireFrame.preface.prefix(23)), WireFrame.preface,
          WireFrame.preface + WireFrame.settings().prefix(5),
          WireFrame.preface + WireFrame.frame(.settings, [], length: 600),
        ]
        for bytes in beginnings { try await server.expectClosed(after: bytes, "\(bytes.count) bytes of a preface") }
      }
    }

    @Test func framesOfAWrongLengthEndTheConnection() async throws {
      try await Besieged.during { server in
        let frameSizeError: UInt32 = 6
        let wrong: [(String, [UInt8])] = [
          // §4.2
          ("a frame over the maximum", WireFrame.frame(.data, stream: 1, [], length: 16_385)),
          ("a frame of the longest length", WireFrame.frame(.headers, stream: 1, [], length: 0xFF_FFFF)),
          // §6.3 to §6.9
          ("RST_STREAM of 3 bytes", WireFrame.frame(.reset, stream: 1, [0, 0, 0])),
          ("SETTINGS of 5 bytes", WireFrame.frame(.settings, [0, 4, 0, 0, 0])),
          ("an acknowledgement with content", WireFrame.frame(.settings, flags: 1, [0, 4, 0, 0, 0, 0])),
          ("PING of 7 bytes", WireFrame.frame(.ping, Array(repeating: 0, count: 7))),
          ("PING of 9 bytes", WireFrame.frame(.ping, Array(repeating: 0, count: 9))),
          ("GOAWAY of 7 bytes", WireFrame.frame(.goAway, Array(repeating: 0, count: 7))),
          ("WINDOW_UPDATE of 5 bytes", WireFrame.frame(.windowUpdate, Array(repeating: 0, count: 5))),
        ]
        for (what, bytes) in wrong {
          let code = try await server.expectClosed(after: WireFrame.hello + bytes, what)
          #expect(code == frameSizeError, "\(what) was answered with \(String(describing: code))")
        }
      }
    }

    @Test func framesInTheWrongPlaceEndTheConnection() async throws {
      try await Besieged.during { server in
        let call = WireFrame.headers(1, WireFrame.call(Besieged.path))
        let misplaced: [(String, [UInt8])] = [
          ("DATA on stream 0", WireFrame.frame(.data, stream: 0, [1])),
          ("HEADERS on stream 0", WireFrame.frame(.headers, flags: 4, stream: 0, [0x82])),
          ("HEADERS on an even stream", WireFrame.headers(2, WireFrame.call(Besieged.path))),
          ("SETTINGS on a stream", WireFrame.frame(.settings, stream: 1)),
          ("PING on a stream", WireFrame.frame(.ping, stream: 1, Array(repeating: 0, count: 8))),
          ("GOAWAY on a stream", WireFrame.frame(.goAway, stream: 1, Array(repeating: 0, count: 8))),
          ("RST_STREAM of an idle stream", WireFrame.reset(7)),
          ("WINDOW_UPDATE of an idle stream", WireFrame.windowUpdate(7, 1)),
          ("DATA on an idle stream", WireFrame.message(7, [1])),
          ("PUSH_PROMISE by a client", WireFrame.frame(.pushPromise, flags: 4, stream: 1, [0, 0, 0, 2, 0x82])),
          ("CONTINUATION without HEADERS", WireFrame.frame(.continuation, flags: 4, stream: 1, [0x82])),
          (
            "a frame between HEADERS and CONTINUATION",
            WireFrame.frame(.headers, stream: 1, [0x83]) + WireFrame.frame(.ping, Array(repeating: 0, count: 8))
          ),
          ("padding longer than the frame", call + WireFrame.frame(.data, flags: 8, stream: 1, [200, 0, 0])),
        ]
        for (what, bytes) in misplaced { try await server.expectClosed(after: WireFrame.hello + bytes, what) }
      }
    }

    @Test func anIdThatWasPassedOverStartsNothing() async throws {
      try await Besieged.during { server in
        // §5.1.1 calls for the end of the connection; nghttp2 takes such headers for late ones and drops them.
        let path = "/test.Service/Bidirectional"
        try await server.expectServed(
          after: WireFrame.hello + WireFrame.headers(5, WireFrame.call(path))
            + WireFrame.headers(3, WireFrame.call(path)), "an id that was passed over")
        #expect(server.started.all.count == 1)
      }
    }

    @Test func headersThatCannotBeUnpackedEndTheConnection() async throws {
      try await Besieged.during { server in
        // RFC 7541 §2.3.3, §5.1, §5.2, §6.1, §6.3
        let garbage: [(String, [UInt8])] = [
          ("index 0", [0x80]),
          ("an index beyond the table", [0xFF, 0xFF, 0x7F]),
          ("an integer without end", [0xFF] + Array(repeating: 0xFF, count: 20)),
          ("a table size over the setting", [0x3F, 0xE1, 0xFF, 0x7F]),
          ("a name longer than the block", [0x00, 0x7F, 0xFF, 0x01, 0x61]),
          ("Huffman code of the end of string", [0x00, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x00]),
          ("Huffman padding of eight bits", [0x00, 0x82, 0x1F, 0xFF, 0x00]),
          ("a block that breaks off", [0x40]),
        ]
        let compressionError: UInt32 = 9
        for (what, block) in garbage {
          let bytes = WireFrame.hello + WireFrame.frame(.headers, flags: 5, stream: 1, block)
          let code = try await server.expectClosed(after: bytes, what)
          #expect(code == compressionError, "\(what) was answered with \(String(describing: code))")
        }
      }
    }

    @Test func headersThatAreNotARequestEndOnlyTheirStream() async throws {
      try await Besieged.during { server in
        let broken: [(String, [(String, String)])] = [
          ("no pseudo-headers", [("te", "trailers")]),
          ("two paths", WireFrame.call(Besieged.path) + [(":path", "/")]),
          ("an upper-case name", WireFrame.call(Besieged.path, [("X-Upper", "1")])),
          ("a connection header", WireFrame.call(Besieged.path, [("connection", "close")])),
          ("a pseudo-header of answers", [(":status", "200")] + WireFrame.call(Besieged.path)),
          ("an empty path", WireFrame.call("")),
          ("a line break in a value", WireFrame.call(Besieged.path, [("x-break", "a\r\nb")])),
          ("a zero byte in a value", WireFrame.call(Besieged.path, [("x-zero", "a\0b")])),
        ]
        for (what, fields) in broken {
          try await server.expectServed(
            after: WireFrame.hello + WireFrame.headers(1, fields) + WireFrame.message(1, [9]), what)
        }
      }
    }

    @Test func foreignAndUnknownFramesAreIgnored() async throws {
      try await Besieged.during { server in
        let harmless: [(String, [UInt8])] = [
          ("unknown frames", (10...255).flatMap { WireFrame.frame(UInt8($0), flags: 0xFF, stream: 9, [1, 2, 3]) }),
          (
            "priorities",
            (0..<5_000).flatMap { WireFrame.frame(.priority, stream: UInt32($0 * 2 + 3), [0, 0, 0, 0, 16]) }
          ),
          ("unknown settings", WireFrame.settings((20..<40).map { (id: UInt16($0), value: UInt32.max) })),
          (
            "extreme settings",
            WireFrame.settings([
              (id: 1, value: .max), (id: 3, value: 0), (id: 4, value: 0x7FFF_FFFF), (id: 5, value: 0xFF_FFFF),
            ])
          ),
          ("a table of no size", WireFrame.settings([(id: 1, value: 0)])),
        ]
        for (what, bytes) in harmless {
          try await server.expectServed(after: WireFrame.hello + bytes, stream: 20_001, what)
        }
      }
    }

    @Test func settingsThatMakeNoSenseEndTheConnection() async throws {
      try await Besieged.during { server in
        // §6.5.2, and the limit maxSettingsEntries.
        let absurd: [(String, [(id: UInt16, value: UInt32)])] = [
          ("a window over the maximum", [(id: 4, value: 0x8000_0000)]),
          ("frames of no length", [(id: 5, value: 0)]),
          ("frames over the maximum", [(id: 5, value: 0x100_0000)]),
          ("ENABLE_PUSH of 2", [(id: 2, value: 2)]),
          ("more entries than anyone needs", Array(repeating: (id: 4, value: 65_535), count: 33)),
        ]
        for (what, entries) in absurd {
          try await server.expectClosed(after: WireFrame.hello + WireFrame.settings(entries), what)
        }
        let overflow =
          WireFrame.headers(1, WireFrame.call("/test.Service/Bidirectional"))
          + WireFrame.windowUpdate(1, 0x7FFF_0000) + WireFrame.settings([(id: 4, value: 0x7FFF_FFFF)])
        let peer = try await server.connect()
        await peer.write(WireFrame.hello + overflow)
        try await peer.waitForBytes { _ in peer.resetCode(1) != nil }
        #expect(peer.resetCode(1) == 3)
        await peer.close()
      }
    }

    @Test func windowsThatAreOverrunOrOverflowAreEnded() async throws {
      try await Besieged.during(limits: { $0.http2.connectionWindow = 100_000 }) { server in
        let call = WireFrame.headers(1, WireFrame.call("/test.Service/ClientStreaming"))
        // Whole messages, which the handler doesn't read: for a part of one the window would be given back.
        let piece = WireFrame.frame(.data, stream: 1, [0, 0, 0, 0x3E, 0x80] + Array(repeating: 0, count: 16_000))
        let overrun = try await server.expectClosed(
          after: WireFrame.hello + call + (0..<40).flatMap { _ in piece }, "data beyond the window")
        #expect(overrun == 3)
        let overflow = try await server.expectClosed(
          after: WireFrame.hello + WireFrame.windowUpdate(0, 0x7FFF_FFFF), "a connection window over the maximum")
        #expect(overflow == 3)
        try await server.expectClosed(after: WireFrame.hello + WireFrame.windowUpdate(0, 0), "an increment of 0")

        let peer = try await server.connect()
        await peer.write(WireFrame.hello + call + WireFrame.windowUpdate(1, 0x7FFF_FFFF))
        try await peer.waitForBytes { _ in peer.resetCode(1) != nil }
        #expect(peer.resetCode(1) == 3)
        #expect(peer.isOpen)
        await peer.close()
      }
    }

    @Test func messagesThatLieAboutThemselvesEndTheirCall() async throws {
      try await Besieged.during { server in
        let cases: [(String, [UInt8], String)] = [
          ("a message of 4 GiB", [0, 255, 255, 255, 255], "8"),
          ("an unknown flag", [2, 0, 0, 0, 0], "13"),
          ("half a prefix", [0, 0, 0], "13"),
          ("half a message", [0, 0, 0, 0, 9, 1], "13"),
          ("compressed under no encoding", [1, 0, 0, 0, 1, 7], "13"),
          ("no message", [], "12"),
          ("two messages", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "12"),
        ]
        for (what, payload, expected) in cases {
          let statuses = Events<String>()
          let peer = try await ScriptedPeer.connect(port: server.server.port) { _, event in
            if case .headers(_, let block, _) = event { statuses.record(block.text(.grpcStatus) ?? "none") }
          }
          try await peer.perform { connection in
            let headers = ScriptedPeer.list(WireFrame.call(Besieged.path))
            guard let stream = try? connection.http2.request(headers) else { return }
            connection.http2.send(stream, ByteBuffer(bytes: payload))
            connection.http2.end(stream)
          }
          try await within { try await statuses.wait(count: 1) }
          #expect(statuses.all == [expected], "\(what)")
          await peer.close()
        }
      }
    }

    @Test func aSenderOfOneByteAtATimeIsServed() async throws {
      try await Besieged.during { server in
        let peer = try await server.connect()
        let bytes =
          WireFrame.hello + WireFrame.headers(1, WireFrame.call(Besieged.path))
          + WireFrame.message(1, Array(repeating: 5, count: 300))
        for byte in bytes { await peer.write([byte]) }
        try await peer.waitForBytes { _ in peer.hasAnswer(1, Array(repeating: 5, count: 300)) }
        #expect(peer.hasAnswer(1, Array(repeating: 5, count: 300)))
        await peer.close()
      }
    }

    @Test func aConversationCutOffAnywhereLeavesNothingBehind() async throws {
      try await Besieged.during { server in
        let bytes =
          WireFrame.hello + WireFrame.headers(1, WireFrame.call("/test.Service/Bidirectional"))
          + WireFrame.message(1, [1, 2, 3], endStream: false) + WireFrame.windowUpdate(1, 1_000)
          + WireFrame.message(1, [4, 5, 6]) + WireFrame.frame(.ping, Array(repeating: 1, count: 8))
        for length in 0...bytes.count {
          let peer = try await server.connect()
          await peer.write(Array(bytes.prefix(length)))
          await peer.close()
        }
        // All gone but the good client's.
        while server.server.statistics.snapshot.connectionsOpen > 1 {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    }
  }
}
