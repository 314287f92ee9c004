import RPCCore
import RPCInProcess
import Testing
import TwinProto

private typealias Message = GRPCHealthCheckRequest

/// A method of any kind, served in this process.
private struct Served: RPCService {
  let methods: [RPCMethod]

  static func method(_ kind: MethodKind) -> MethodDescriptor {
    MethodDescriptor(service: "twin.test.InProcess", method: "Call", kind: kind)
  }

  static func channel(_ method: RPCMethod) -> InProcessChannel {
    InProcessChannel(Router(services: [Served(methods: [method])]))
  }
}

@Suite(.timeLimit(.minutes(1))) struct InProcessCalls {
  @Test func cancellingACallByHandCancelsItsHandler() async throws {
    let (events, sink) = AsyncStream.makeStream(of: String.self)
    let channel = Served.channel(
      .bidirectional(Served.method(.bidirectional)) {
        (_: RPCReader<Message>, _: RPCWriter<Message>, call: ServerCall) in
        call.sendInitialMetadata()
        // Looks at neither side of the call, so nothing but its task's cancellation ends it.
        do { try await Task.sleep(for: .seconds(3_600)) } catch { sink.yield("cancelled") }
        sink.finish()
      })
    try await channel.call(Served.method(.bidirectional), options: CallOptions()) { call in
      _ = try await call.initialMetadata
      call.cancel()
      // Inside the closure: leaving it would cancel the handler, too.
      var seen: [String] = []
      for await event in events { seen.append(event) }
      #expect(seen == ["cancelled"])
      let error = await #expect(throws: RPCError.self) { try await call.receive(Message.self) }
      #expect(error?.code == .cancelled)
    }
  }

  @Test func aClientStreamThatIsAnsweredEarlyEndsWell() async throws {
    let channel = Served.channel(
      .clientStreaming(Served.method(.clientStreaming)) { (_: RPCReader<Message>, _) in Message(service: "early") })
    let answer: Message = try await channel.clientStreaming(Served.method(.clientStreaming)) {
      (requests: ClientRequests<Message>) in
      // Until the end of the call stops it.
      while true {
        try await requests.write(Message(service: "more"))
        await Task.yield()
      }
    }
    #expect(answer.service == "early")
  }

  @Test func aClientStreamThatIsAnsweredWithAnErrorFailsWithIt() async throws {
    let channel = Served.channel(
      .clientStreaming(Served.method(.clientStreaming)) { (_: RPCReader<Message>, _) -> Message in
        throw RPCError(.outOfRange, "early")
      })
    let error = await #expect(throws: RPCError.self) {
      let _: Message = try await channel.clientStreaming(Served.method(.clientStreaming)) {
        (requests: ClientRequests<Message>) in
        while true {
          try await requests.write(Message(service: "more"))
          await Task.yield()
        }
      }
    }
    #expect(error == RPCError(.outOfRange, "early"))
  }
}
