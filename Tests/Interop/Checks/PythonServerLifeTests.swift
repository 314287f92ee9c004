import Foundation
import RPCCore
import RPCTransport
import Synchronization
import Testing
import TwinProto

extension Interop {
  /// Our client on a Python server: slow readers, drains, frozen and lost servers, TLS.
  @Suite struct PythonServerLife {
    private static let options = CallOptions(timeout: .seconds(60))
    /// What the windows and queues of both sides hold together at the very most; 30 MB wait to be sent.
    private static let bound = 512 * 1024
    /// Without measuring the bandwidth, after which grpcio would take megabytes ahead.
    private static let smallWindow = ["--option", "grpc.http2.bdp_probe=0"]

    private static func unary(_ client: RPCClient, _ name: String, _ text: String) async throws -> String {
      let response: Bytes = try await client.unary(PeerService.method(name, .unary), Bytes(text), options: options)
      return response.text
    }

    private static func withServer(
      _ arguments: [String] = [], limits: ClientLimits = ClientLimits(), tls: RPCClientTLS? = nil,
      _ body: (RPCClient, ChildProcess, Int) async throws -> Void
    ) async throws {
      try await Programs.withPython("server", arguments) { server in
        let port = try #require(Int(try await server.line(after: "listening ")))
        try await PeerClient.run(port: port, tls: tls, limits: limits) { try await body($0, server, port) }
      }
    }

    /// Waits until a count stays the same for 200 calls in a row on the same connection.
    private static func settled(_ client: RPCClient, _ count: () async throws -> Int) async throws -> Int {
      var (last, quiet) = (-1, 0)
      while quiet < 200 {
        let now = try await count()
        quiet = now == last ? quiet + 1 : 0
        last = now
        _ = try await unary(client, "Echo", "")
      }
      return last
    }

    @Test func slowHandlerStopsTheSender() async throws {
      let (count, size) = (3_000, 10_000)
      try await Self.withServer(Self.smallWindow) { client, _, _ in
        let sent = Atomic(0)
        async let sum: Bytes = client.clientStreaming(
          PeerService.method("GatedSum", .clientStreaming), options: Self.options
        ) { requests in
          for index in 0..<count {
            try await requests.write(Bytes.pattern(size, seed: index))
            sent.add(1, ordering: .relaxed)
          }
        }
        _ = try await Self.unary(client, "Await", "begun gate")
        let stalled = try await Self.settled(client) { sent.load(ordering: .relaxed) }
        #expect(stalled * size <= Self.bound)
        _ = try await Self.unary(client, "Record", "gate")
        #expect(try await sum.text == "\(count) \(count * size)")
      }
    }

    @Test func slowReaderStopsTheHandler() async throws {
      let (count, size) = (3_000, 10_000)
      try await Self.withServer(Self.smallWindow) { client, _, _ in
        try await client.serverStreaming(
          PeerService.method("Flood", .serverStreaming), Bytes("\(count) \(size)"), options: Self.options
        ) { (responses: ClientResponses<Bytes>) in
          var answers = responses.makeAsyncIterator()
          #expect(try await answers.next() == .pattern(size))
          let stalled = try await Self.settled(client) {
            try #require(Int(try await Self.unary(client, "Count", "flooded")))
          }
          #expect(stalled * size <= Self.bound)
          for index in 1..<count { #expect(try await answers.next() == .pattern(size, seed: index)) }
          #expect(try await answers.next() == nil)
        }
      }
    }

    /// grpcio ends a call that it has received, but not begun when it is told to stop, with CANCELLED.
    private static func labelWhileStopping(_ client: RPCClient) async throws -> String {
      do {
        return try await unary(client, "Label", "")
      } catch let error as RPCError where error.code == .cancelled { return "" }
    }

    @Test func drainedServerLetsCallsFinish() async throws {
      try await Self.withServer { client, first, port in
        try await client.bidirectional(PeerService.method("Chat", .bidirectional), options: Self.options) {
          (requests: ClientRequests<Bytes>, responses: ClientResponses<Bytes>) in
          var answers = responses.makeAsyncIterator()
          try await requests.write(Bytes("one"))
          #expect(try await answers.next() == Bytes("one"))
          #expect(try await Self.unary(client, "Label", "") == "first")
          try await Programs.withPython("server", ["--port", "\(port)", "--label", "second"]) { second in
            _ = try await second.line(after: "listening ")
            try first.send("stop 60")
            while try await Self.labelWhileStopping(client) != "second" {}
            // The call that was open goes on where it began.
            try await requests.write(Bytes("two"))
            #expect(try await answers.next() == Bytes("two"))
            requests.finish()
            #expect(try await answers.next() == nil)
            _ = try await first.line(after: "stopped")
            #expect(try await Self.unary(client, "Label", "") == "second")
          }
        }
      }
    }

    @Test func lostServerFailsEveryCall() async throws {
      try await Self.withServer { client, server, port in
        let calls = (0..<20).map { index in Task { try await Self.unary(client, "Hang", "\(index)") } }
        for index in 0..<20 { _ = try await Self.unary(client, "Await", "begun \(index)") }
        server.kill()
        for call in calls {
          guard case .failure(let error) = await call.result else {
            Issue.record("a call to a lost server ended with OK")
            continue
          }
          #expect((error as? RPCError)?.code == .unavailable)
        }
        // It comes back by itself.
        try await Programs.withPython("server", ["--port", "\(port)", "--label", "second"]) { second in
          _ = try await second.line(after: "listening ")
          let options = CallOptions(timeout: .seconds(60), waitForReady: true)
          let label: Bytes = try await client.unary(PeerService.method("Label", .unary), Bytes(""), options: options)
          #expect(label.text == "second")
        }
      }
    }

    @Test func keepaliveFindsAFrozenServer() async throws {
      var limits = ClientLimits()
      limits.keepaliveTime = .seconds(1)
      limits.keepaliveTimeout = .seconds(1)
      try await Self.withServer(limits: limits) { client, server, _ in
        let call = Task { try await Self.unary(client, "Hang", "frozen") }
        _ = try await Self.unary(client, "Await", "begun frozen")
        #expect(kill(server.identifier, SIGSTOP) == 0)
        guard case .failure(let error) = await call.result else {
          Issue.record("a call to a frozen server ended with OK")
          return
        }
        #expect((error as? RPCError)?.code == .unavailable)
      }
    }

    @Test func health() async throws {
      try await Self.withServer { client, _, _ in
        let health = GRPCHealthClient(client)
        let known = GRPCHealthCheckRequest(service: PeerService.name)
        #expect(try await health.check(known, options: Self.options).status == .serving)
        try await health.watch(known, options: Self.options) { updates in
          var updates = updates.makeAsyncIterator()
          let first = try await updates.next()
          #expect(first?.status == .serving)
        }
        await #expect(throws: RPCError.self) {
          try await health.check(GRPCHealthCheckRequest(service: "no.Such"), options: Self.options)
        }
      }
    }

    @Test func tls() async throws {
      try await Certificate.withSelfSigned { certificate in
        let arguments = ["--certificate", certificate.certificate, "--key", certificate.key]
        let trusting = RPCClientTLS(trustedRootsFile: certificate.certificate, serverName: "localhost")
        try await Self.withServer(arguments, tls: trusting) { client, _, port in
          #expect(try await Self.unary(client, "Echo", "over TLS") == "over TLS")
          let size = 3 * 1024 * 1024
          try await client.bidirectional(PeerService.method("Chat", .bidirectional), options: Self.options) {
            (requests: ClientRequests<Bytes>, responses: ClientResponses<Bytes>) in
            var answers = responses.makeAsyncIterator()
            for index in 0..<5 {
              try await requests.write(.pattern(size, seed: index))
              #expect(try await answers.next() == .pattern(size, seed: index))
            }
          }
          let strangers: [RPCClientTLS?] = [
            RPCClientTLS(),  // doesn't trust the authority
            RPCClientTLS(trustedRootsFile: certificate.certificate, serverName: "other.example"),
            RPCClientTLS(trustedRootsFile: certificate.certificate),  // by address, which the certificate doesn't carry
            nil,  // doesn't speak TLS
          ]
          for tls in strangers {
            try await PeerClient.run(port: port, tls: tls) { stranger in
              do {
                _ = try await Self.unary(stranger, "Echo", "")
                Issue.record("\(String(describing: tls)) got through")
              } catch let error as RPCError {
                #expect(error.code == .unavailable)
              }
            }
          }
        }
      }
    }
  }
}
