import Foundation
import NIOCore
import RPCCore
import RPCErrors
import RPCTransport
import Testing
import TwinProto

extension Interop {
  /// Our client on a Python server (`Python/peer/service.py`).
  @Suite struct PythonServer {
    private static let longest = Duration.seconds(60)

    private static func method(_ name: String, _ kind: MethodKind) -> MethodDescriptor {
      PeerService.method(name, kind)
    }

    private static func withServer(
      _ arguments: [String] = [], limits: ClientLimits = ClientLimits(),
      _ body: (RPCClient, ChildProcess) async throws -> Void
    ) async throws {
      try await Programs.withPython("server", arguments) { server in
        let port = try #require(Int(try await server.line(after: "listening ")))
        try await PeerClient.run(port: port, limits: limits) { try await body($0, server) }
      }
    }

    private static func unary(
      _ client: RPCClient, _ name: String, _ request: Bytes, _ options: CallOptions = CallOptions(timeout: longest)
    ) async throws -> Bytes {
      try await client.unary(method(name, .unary), request, options: options)
    }

    private static func expectEcho(_ client: RPCClient, _ message: Bytes) async throws {
      let answer = try await unary(client, "Echo", message)
      #expect(answer == message)
    }

    /// The status that the call ends with; `.ok` when it ends well.
    private static func code(_ body: () async throws -> Void) async -> StatusCode {
      do {
        try await body()
        return .ok
      } catch { return RPCError(thrown: error).code }
    }

    // MARK: Kinds of calls

    @Test func everyKind() async throws {
      try await Self.withServer { client, _ in
        let options = CallOptions(timeout: Self.longest)
        for size in [0, 1, 16_384, 70_000, 3 * 1024 * 1024] {
          try await Self.expectEcho(client, .pattern(size))
        }
        let sum: Bytes = try await client.clientStreaming(Self.method("Sum", .clientStreaming), options: options) {
          for size in [0, 1, 70_000] { try await $0.write(Bytes.pattern(size)) }
        }
        #expect(sum.text == "3 70001")
        let repeated = try await client.serverStreaming(
          Self.method("Repeat", .serverStreaming), Bytes("20 70000"), options: options
        ) { (responses: ClientResponses<Bytes>) in
          try await responses.reduce(into: [Bytes]()) { $0.append($1) }
        }
        #expect(repeated == (0..<20).map { .pattern(70_000, seed: $0) })
        try await client.bidirectional(Self.method("Chat", .bidirectional), options: options) {
          (requests: ClientRequests<Bytes>, responses: ClientResponses<Bytes>) in
          var answers = responses.makeAsyncIterator()
          for size in [0, 1, 70_000, 3 * 1024 * 1024] {
            try await requests.write(.pattern(size))
            #expect(try await answers.next() == .pattern(size))
          }
          requests.finish()
          #expect(try await answers.next() == nil)
        }
      }
    }

    @Test func manyMessagesBothWaysAtOnce() async throws {
      try await Self.withServer { client, _ in
        let count = 5_000
        let received = try await client.bidirectional(
          Self.method("Chat", .bidirectional), options: CallOptions(timeout: Self.longest)
        ) { (requests: ClientRequests<Bytes>, responses: ClientResponses<Bytes>) in
          async let sent: Void = {
            for index in 0..<count { try await requests.write(.pattern(300, seed: index)) }
            requests.finish()
          }()
          var index = 0
          for try await response in responses {
            #expect(response == .pattern(300, seed: index))
            index += 1
          }
          try await sent
          return index
        }
        #expect(received == count)
      }
    }

    @Test func manyCallsAtOnce() async throws {
      try await Self.withServer(["--option", "grpc.max_concurrent_streams=10"]) { client, _ in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for index in 0..<500 {
            group.addTask {
              let answer = try await Self.unary(client, "Echo", .pattern(500, seed: index))
              #expect(answer == .pattern(500, seed: index))
            }
          }
          try await group.waitForAll()
        }
      }
    }

    @Test func gzipBothWays() async throws {
      try await Self.withServer { client, _ in
        let options = CallOptions(timeout: Self.longest, encoding: .gzip)
        #expect(try await Self.unary(client, "Echo", .pattern(3_000_000), options) == .pattern(3_000_000))
        let answer = try await client.call(Self.method("Compressed", .unary), options: options) { call in
          try await call.send(Bytes("any"))
          call.finishSending()
          let answer = try await call.receive(Bytes.self)
          #expect(call.lastResponseWasCompressed)
          return answer
        }
        #expect(answer?.text == String(repeating: "x", count: 10_000))
      }
    }

    // MARK: Metadata and endings

    private static var metadata: Metadata {
      var metadata = Metadata()
      metadata.add("echo-initial", "one")
      metadata.add("echo-initial", "two, with a comma and  two spaces")
      metadata.add("echo-initial-bin", bytes: Array(0...255))
      metadata.add("echo-initial-bin", bytes: [])
      metadata.add("echo-trailing", "~!@#$%^&*()")
      metadata.add("echo-trailing-bin", bytes: [0xAB])
      metadata.add("echo-trailing-bin", bytes: [0xAB, 0xCD, 0xEF])
      return metadata
    }

    private static func isEchoed(_ initial: Metadata, _ trailing: Metadata) -> Bool {
      let wanted = metadata
      return ["echo-initial", "echo-initial-bin"].allSatisfy { initial.values($0) == wanted.values($0) }
        && ["echo-trailing", "echo-trailing-bin"].allSatisfy { trailing.values($0) == wanted.values($0) }
    }

    @Test func metadataComesBack() async throws {
      let options = CallOptions(timeout: Self.longest, metadata: Self.metadata)
      try await Self.withServer { client, _ in
        let unary: UnaryResponse<Bytes> = try await client.unaryWithMetadata(
          Self.method("Echo", .unary), Bytes("a"), options: options)
        #expect(Self.isEchoed(unary.initialMetadata, unary.trailers))
        let isEchoed = try await client.call(Self.method("Chat", .bidirectional), options: options) { call in
          try await call.send(Bytes("a"))
          // Before any request is finished: initial metadata doesn't wait for the end.
          let initial = try await call.initialMetadata
          call.finishSending()
          #expect(try await call.receive(Bytes.self) == Bytes("a"))
          #expect(try await call.receive(Bytes.self) == nil)
          return Self.isEchoed(initial, call.trailers)
        }
        #expect(isEchoed)
        do {
          _ = try await Self.unary(client, "Fail", Bytes("5 gone"), options)
          Issue.record("Fail ended with OK")
        } catch let error as RPCError {
          #expect(error.code == .notFound)
          #expect(error.trailers.values("echo-trailing-bin") == Self.metadata.values("echo-trailing-bin"))
        }
        #expect(try await Self.unary(client, "UserAgent", Bytes("")).text.hasPrefix("grpc-swift-nghttp2/"))
      }
    }

    @Test func everyStatus() async throws {
      try await Self.withServer { client, _ in
        for code in StatusCode.allCases where code != .ok {
          for message in ["", "plain", "100% – ünïcode \u{263A}\n\ttab %41"] {
            do {
              _ = try await Self.unary(client, "Fail", Bytes("\(code.rawValue) \(message)"))
              Issue.record("\(code) ended with OK")
            } catch let error as RPCError {
              #expect(error.code == code)
              #expect(error.message == message)
            }
          }
          let seen = try await client.serverStreaming(
            Self.method("FailLate", .serverStreaming), Bytes("\(code.rawValue) late"),
            options: CallOptions(timeout: Self.longest)
          ) { (responses: ClientResponses<Bytes>) -> (Int, RPCError?) in
            var count = 0
            do {
              for try await _ in responses { count += 1 }
            } catch let error as RPCError { return (count, error) }
            return (count, nil)
          }
          #expect(seen.0 == 2)
          #expect(seen.1?.code == code)
          #expect(seen.1?.message == "late")
        }
      }
    }

    @Test func richErrors() async throws {
      try await Self.withServer { client, _ in
        do {
          _ = try await Self.unary(client, "Rich", Bytes(""))
          Issue.record("Rich ended with OK")
        } catch let error as RPCError {
          let fault = try #require(ServiceFault(error))
          #expect(fault.code == .invalidArgument)
          #expect(fault.reason == "INVALID_ARGUMENT")
          #expect(fault.facts == ["twin": "twin-001"])
          #expect(fault.violations == [ServiceFault.FieldViolation("mass_kg", "must be positive")])
          #expect(fault.retryAfter == .milliseconds(2_500))
        }
      }
    }

    /// The server ends the call while this side still sends: the caller gets that end, whatever a write meets.
    @Test func earlyEnd() async throws {
      try await Self.withServer { client, _ in
        for _ in 0..<50 {
          let response: Bytes = try await client.clientStreaming(
            Self.method("FirstOnly", .clientStreaming), options: CallOptions(timeout: Self.longest)
          ) { requests in
            try await requests.write(Bytes("0"))
            for _ in 0..<200 { try await requests.write(Bytes.pattern(10_000)) }
          }
          #expect(response.text == "first")
          do {
            let _: Bytes = try await client.clientStreaming(
              Self.method("FirstOnly", .clientStreaming), options: CallOptions(timeout: Self.longest)
            ) { requests in
              try await requests.write(Bytes("9 enough"))
              for _ in 0..<200 { try await requests.write(Bytes.pattern(10_000)) }
            }
            Issue.record("the error was lost")
          } catch let error as RPCError {
            #expect(error.code == .failedPrecondition)
            #expect(error.message == "enough")
          }
        }
      }
    }

    @Test func unknownMethod() async throws {
      try await Self.withServer { client, _ in
        #expect(await Self.code { _ = try await Self.unary(client, "Nothing", Bytes("")) } == .unimplemented)
      }
    }

    // MARK: Deadlines and cancellation

    @Test func deadline() async throws {
      try await Self.withServer { client, _ in
        let short = CallOptions(timeout: .milliseconds(200))
        #expect(await Self.code { _ = try await Self.unary(client, "Hang", Bytes("late"), short) } == .deadlineExceeded)
        #expect(try await Self.unary(client, "Await", Bytes("cancelled late")).text == "1")
        let left = try #require(Int(try await Self.unary(client, "TimeLeft", Bytes("")).text))
        #expect(left > 0 && left <= 60_000)
        #expect(try await Self.unary(client, "TimeLeft", Bytes(""), CallOptions()).text == "none")
        // What is made on behalf of a call gets what is left of that call's time, and no more.
        let inherited = CallContext(deadline: .after(.seconds(20)))
        let less = try await CallContext.$current.withValue(inherited) {
          try await Self.unary(client, "TimeLeft", Bytes(""))
        }
        #expect(try #require(Int(less.text)) <= 20_000)
      }
    }

    @Test func cancelledTask() async throws {
      try await Self.withServer { client, _ in
        let unary = Task { try await Self.unary(client, "Hang", Bytes("unary")) }
        _ = try await Self.unary(client, "Await", Bytes("begun unary"))
        unary.cancel()
        #expect(await Self.code { _ = try await unary.value } == .cancelled)
        _ = try await Self.unary(client, "Await", Bytes("cancelled unary"))

        let stream = Task {
          try await client.bidirectional(Self.method("HangOpen", .bidirectional)) {
            (requests: ClientRequests<Bytes>, responses: ClientResponses<Bytes>) in
            try await requests.write(Bytes("stream"))
            for try await _ in responses {}
          }
        }
        _ = try await Self.unary(client, "Await", Bytes("begun stream"))
        stream.cancel()
        #expect(await Self.code { try await stream.value } == .cancelled)
        _ = try await Self.unary(client, "Await", Bytes("cancelled stream"))
      }
    }

    @Test func leavingTheCallCancelsIt() async throws {
      try await Self.withServer { client, _ in
        try await client.call(Self.method("HangOpen", .bidirectional), options: CallOptions(timeout: Self.longest)) {
          try await $0.send(Bytes("left"))
          #expect(try await $0.receive(Bytes.self) == Bytes("begun"))
          // grpcio doesn't go on with a handler whose call is cancelled while it hands its answer over.
          _ = try await Self.unary(client, "Await", Bytes("begun left"))
        }
        _ = try await Self.unary(client, "Await", Bytes("cancelled left"))
      }
    }

    @Test func cancelledByTheServer() async throws {
      try await Self.withServer { client, _ in
        #expect(await Self.code { _ = try await Self.unary(client, "Cancel", Bytes("")) } == .cancelled)
      }
    }

    @Test func rapidCancels() async throws {
      try await Self.withServer { client, _ in
        for index in 0..<3_000 {
          let code = await Self.code {
            try await client.call(
              Self.method("Hang", .unary), options: CallOptions(timeout: Self.longest)
            ) { call in
              if index % 2 == 0 { try await call.send(Bytes("rapid")) }
              if index % 3 == 0 { _ = try await Self.unary(client, "Echo", Bytes("between")) }
              call.cancel()
              _ = try await call.receive(Bytes.self)
            }
          }
          #expect(code == .cancelled)
        }
        try await Self.expectEcho(client, Bytes("after"))
      }
    }

    // MARK: Limits

    @Test func tooLong() async throws {
      try await Self.withServer(["--option", "grpc.max_receive_message_length=1000"]) { client, _ in
        try await Self.expectEcho(client, .pattern(1_000))
        #expect(await Self.code { _ = try await Self.unary(client, "Echo", .pattern(1_001)) } == .resourceExhausted)
        let most = 4 * 1024 * 1024
        // Refused on this side, before anything leaves.
        #expect(await Self.code { _ = try await Self.unary(client, "Echo", .pattern(most + 1)) } == .resourceExhausted)
        for (size, wanted) in [(most, StatusCode.ok), (most + 1, .resourceExhausted)] {
          let code = await Self.code {
            try await client.serverStreaming(
              Self.method("Repeat", .serverStreaming), Bytes("2 \(size)"), options: CallOptions(timeout: Self.longest)
            ) { (responses: ClientResponses<Bytes>) in
              for try await response in responses { #expect(response.bytes.count == size) }
            }
          }
          #expect(code == wanted)
        }
        try await Self.expectEcho(client, Bytes("after"))
      }
    }
  }
}
