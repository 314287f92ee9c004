import Foundation
import RPCTransport
import Testing
import TwinProto
import RPCServices

extension Interop {
  /// Python clients on our server. What they do stands in `Python/peer/checks`.
  @Suite struct PythonClient {
    /// The checks that need nothing but a server.
    private static let plain = [
      "unary", "client_streaming", "server_streaming", "bidirectional", "many_messages", "many_calls",
      "larger_than_window", "gzip", "gzip_not_wanted", "deflate_unknown",
      "metadata_unary", "metadata_streaming", "metadata_with_error", "metadata_large",
      "every_status", "rich_error", "early_end", "unknown_paths", "wrong_kind",
      "deadline", "deadline_is_seen", "deadline_passes_on", "cancel_unary", "cancel_stream", "channel_closed",
      "too_many_pings", "request_too_long", "response_too_long", "slow_reader_harms_no_other",
      "reflection_alpha", "reflection_current",
      "trailers_only", "unknown_encoding", "compressed_flag", "deadline_without_cancel", "timeout_values", "not_grpc",
      "odd_frames", "broken_requests", "binary_metadata", "small_windows", "client_goes_away", "stream_refused",
    ]
    /// Those that have a test of their own.
    private static let special = [
      "rapid_cancels", "drain", "drain_gives_up", "keepalive", "frozen_server", "slow_reader", "slow_handler",
      "health_check", "health_watch", "tls",
    ]

    @Test(arguments: plain)
    func check(_ name: String) async throws {
      try await PeerServer.run { server in try await Programs.runPython("client", [name, "\(server.port)"]) }
    }

    @Test func noCheckIsForgotten() async throws {
      try await Programs.withPython("client", ["--list"]) { child in
        let names = try await child.line(after: "checks ").split(separator: " ").map(String.init)
        #expect(Set(names) == Set(Self.plain + Self.special))
        #expect(names.count == Self.plain.count + Self.special.count)
      }
    }

    @Test func rapidCancels() async throws {
      try await PeerServer.run { server in
        try await Programs.runPython("client", ["rapid_cancels", "\(server.port)"])
        // One connection served all of it, and no handler is left behind: each that began was cancelled.
        #expect(server.server.statistics.snapshot.connectionsOpened == 1)
        try await server.events.wait(for: "cancelled rapid", count: server.events.count("begun rapid"))
        let calls = server.server.statistics.snapshot
        #expect(calls.callsStarted == calls.callsEnded)
      }
    }

    @Test func drain() async throws {
      let first = try await PeerServer.start(label: "first")
      try await Programs.withPython("client", ["drain", "\(first.port)"]) { child in
        _ = try await child.line(after: "ready")
        async let drained: Void = first.server.shutdown(grace: .seconds(60))
        let second = try await Self.successor(of: first)
        try child.send("draining")
        _ = try await child.line(after: "finish")
        first.events.record("go on")
        #expect(try await child.exitCode() == 0, "\(child.transcript)")
        await drained
        #expect(first.server.statistics.snapshot.connectionsOpen == 0)
        await second.server.shutdown(grace: .zero)
      }
    }

    /// A second server on the same port, which becomes free when the first one stops listening.
    private static func successor(of first: PeerServer) async throws -> PeerServer {
      let end = ContinuousClock.now + ChildProcess.patience
      while true {
        do {
          return try await PeerServer.start(label: "second", port: first.port)
        } catch  where ContinuousClock.now < end {
          await Task.yield()
        }
      }
    }

    @Test func drainGivesUp() async throws {
      let server = try await PeerServer.start()
      try await Programs.withPython("client", ["drain_gives_up", "\(server.port)"]) { child in
        _ = try await child.line(after: "ready")
        await server.server.shutdown(grace: .milliseconds(100))
        #expect(try await child.exitCode() == 0, "\(child.transcript)")
        try await server.events.wait(for: "cancelled stuck")
      }
    }

    @Test func keepalive() async throws {
      var limits = ServerLimits()
      limits.minPingInterval = .zero
      try await PeerServer.run(limits: limits) { server in
        try await Programs.runPython("client", ["keepalive", "\(server.port)"])
      }
    }

    @Test func frozenServer() async throws {
      try await ChildProcess.run(try Programs.built("interop-server"), ["--port=0", "--host=127.0.0.1"]) { server in
        let port = try await server.line(after: "listening on 127.0.0.1:")
        try await Programs.withPython("client", ["frozen_server", port]) { child in
          _ = try await child.line(after: "ready")
          #expect(kill(server.identifier, SIGSTOP) == 0)
          try child.send("frozen")
          #expect(try await child.exitCode() == 0, "\(child.transcript)")
        }
      }
    }

    // grpcio lets 64 KiB come for a call that isn't read, and keeps about as much of one that it sends; ours lets 256 KiB
    // come and keeps 64 KiB and one message. 30 MB wait to be sent.
    @Test(arguments: [("slow_reader", 256 * 1024), ("slow_handler", 512 * 1024)])
    func backPressure(_ name: String, bound: Int) async throws {
      try await PeerServer.run { server in
        try await Programs.runPython("client", [name, "\(server.port)", "\(bound)"])
      }
    }

    @Test(arguments: ["health_check", "health_watch"])
    func health(_ name: String) async throws {
      try await PeerServer.run { server in
        try await Programs.withPython("client", [name, "\(server.port)"]) { child in
          _ = try await child.line(after: "ready")
          server.health.set(PeerService.name, .serving)
          try child.send("serving")
          if name == "health_watch" {
            _ = try await child.line(after: "ready")
            server.health.set(PeerService.name, .notServing)
            try child.send("not serving")
          }
          #expect(try await child.exitCode() == 0, "\(child.transcript)")
        }
      }
    }

    @Test func tls() async throws {
      try await Certificate.withSelfSigned { certificate in
        let tls = RPCServerTLS(certificateChainFile: certificate.certificate, privateKeyFile: certificate.key)
        try await PeerServer.run(tls: tls) { server in
          try await Programs.runPython("client", ["tls", "\(server.port)", certificate.certificate])
        }
      }
    }
  }
}
