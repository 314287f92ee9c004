import RPCCore
import RPCTransport
import Testing

extension Interop {
  /// Our client on a server that misbehaves on purpose (`Python/peer/raw_server.py`).
  @Suite struct RawServer {
    private static func withServer(
      limits: ClientLimits = ClientLimits(), _ body: (RPCClient) async throws -> Void
    ) async throws {
      try await Programs.withPython("raw_server", []) { server in
        let port = try #require(Int(try await server.line(after: "listening ")))
        // What it says beside its port is that it failed at something that isn't meant to fail.
        defer { #expect(!server.transcript.contains("Traceback"), "\(server.transcript)") }
        try await PeerClient.run(port: port, limits: limits, body)
      }
    }

    private static func call(_ client: RPCClient, _ name: String, _ text: String = "abc") async throws -> Bytes {
      try await client.unary(
        MethodDescriptor(service: "raw", method: name, kind: .unary), Bytes(text),
        options: CallOptions(timeout: .seconds(60), waitForReady: true))
    }

    private static func expect(_ client: RPCClient, _ name: String, _ text: String, gives answer: String) async throws {
      let response = try await call(client, name, text)
      #expect(response.text == answer)
    }

    /// The status of a call that must fail.
    private static func error(_ client: RPCClient, _ name: String, _ text: String = "abc") async throws -> RPCError {
      do {
        let response = try await call(client, name, text)
        Issue.record("\(name) ended with OK and \(response.text)")
        return RPCError(.ok, "")
      } catch let error as RPCError { return error }
    }

    @Test(arguments: ["echo", "informational", "reset_after_end", "pieces", "big_headers"])
    func oddButRight(_ name: String) async throws {
      try await Self.withServer { client in
        for _ in 0..<3 { try await Self.expect(client, name, "abcdef", gives: "abcdef") }
      }
    }

    @Test(arguments: [
      ("no_status", StatusCode.unknown), ("no_trailers", .internalError), ("status_text", .unknown),
      ("status_unknown", .unknown), ("html", .unknown), ("two", .unimplemented), ("none", .unimplemented),
      ("unknown_encoding", .internalError), ("flag_without_encoding", .internalError), ("gzip_broken", .internalError),
      ("gzip_bomb", .resourceExhausted), ("cut_short", .internalError), ("hang_up", .unavailable),
      ("huge_headers", .resourceExhausted),
    ])
    func wrong(_ name: String, _ code: StatusCode) async throws {
      try await Self.withServer { client in
        let error = try await Self.error(client, name)
        #expect(error.code == code, "\(error)")
        try await Self.expect(client, "echo", "after", gives: "after")
      }
    }

    /// Source: http-grpc-status-mapping.md of the gRPC project
    @Test func statusesOfHTTP() async throws {
      let mapping: [(Int, StatusCode)] = [
        (400, .internalError), (401, .unauthenticated), (403, .permissionDenied), (404, .unimplemented),
        (429, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable), (418, .unknown),
        (500, .unknown),
      ]
      try await Self.withServer { client in
        for (status, code) in mapping {
          let error = try await Self.error(client, "http", "\(status)")
          #expect(error.code == code, "HTTP status \(status): \(error)")
        }
      }
    }

    /// Source: PROTOCOL-HTTP2.md, "Errors"
    @Test func codesOfReset() async throws {
      let mapping: [(Int, StatusCode)] = [
        (0x0, .internalError), (0x1, .internalError), (0x2, .internalError), (0x3, .internalError),
        (0x5, .internalError), (0x6, .internalError), (0x7, .unavailable), (0x8, .cancelled), (0x9, .internalError),
        (0xA, .internalError), (0xB, .resourceExhausted), (0xC, .permissionDenied),
      ]
      try await Self.withServer { client in
        for (reset, code) in mapping {
          let error = try await Self.error(client, "reset", "\(reset)")
          #expect(error.code == code, "RST_STREAM \(reset): \(error)")
        }
      }
    }

    @Test func brokenMessagesAreShownAsTheyCame() async throws {
      try await Self.withServer { client in
        let error = try await Self.error(client, "message_broken")
        #expect(error.message == "100%% %4 %zz \u{263A}")
      }
    }

    /// A call that the server says it never saw is made again, although it isn't idempotent.
    @Test func unseenCallsAreMadeAgain() async throws {
      try await Self.withServer { client in
        try await Self.expect(client, "refused", "abc", gives: "1")
      }
      try await Self.withServer { client in
        try await Self.expect(client, "goaway", "abc", gives: "2")
      }
    }

    /// Source: gRPC A8, "Server Enforcement"
    @Test func keepaliveSlowsDownWhenAServerComplains() async throws {
      var limits = ClientLimits()
      limits.keepaliveTime = .seconds(1)
      try await Self.withServer(limits: limits) { client in
        let error = try await Self.error(client, "silent_until_pinged")
        #expect(error.code == .unavailable)
        #expect(error.message.contains("too_many_pings"))
        #expect(client.keepaliveTime == .seconds(2))
        try await Self.expect(client, "echo", "after", gives: "after")
      }
    }

    @Test func callsQueueForStreams() async throws {
      try await Self.withServer { client in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for index in 0..<100 {
            group.addTask {
              let answer = try await Self.call(client, "echo", "\(index)")
              #expect(answer.text == "\(index)")
            }
          }
          try await group.waitForAll()
        }
        // All on the one connection that was made first.
        try await Self.expect(client, "connection", "abc", gives: "1")
      }
    }
  }
}
