import RPCCore
import TestProto

/// The cases of calls that the client ends.
enum CancellationCases {
  static func afterBegin(_ client: CaseClient) async throws {
    try await expectStatus(.cancelled, "StreamingInputCall") {
      try await client.channel.call(TestServiceMethods.streamingInputCall, options: client.options()) { call in
        call.cancel()
        _ = try await call.receive(StreamingInputCallResponse.self)
      }
    }
  }

  static func afterFirstResponse(_ client: CaseClient) async throws {
    try await expectStatus(.cancelled, "FullDuplexCall") {
      try await client.channel.call(TestServiceMethods.fullDuplexCall, options: client.options()) { call in
        try await call.send(
          StreamingOutputCallRequest(
            responseParameters: [ResponseParameters(size: 31_415)], payload: Zeros.payload(27_182)))
        let response = try await call.receive(StreamingOutputCallResponse.self)
        try Zeros.check(response?.payload, 31_415, "FullDuplexCall")
        call.cancel()
        if try await call.receive(StreamingOutputCallResponse.self) != nil {
          throw CaseFailure("FullDuplexCall: a response after the cancellation")
        }
      }
    }
  }

  static func timeout(_ client: CaseClient) async throws {
    try await expectStatus(.deadlineExceeded, "FullDuplexCall with a timeout of 1 ms") {
      try await client.channel.call(
        TestServiceMethods.fullDuplexCall, options: client.options(timeout: .milliseconds(1))
      ) { call in
        try await call.send(StreamingOutputCallRequest(payload: Zeros.payload(27_182)))
        // Left open: only the timeout ends the call.
        if try await call.receive(StreamingOutputCallResponse.self) != nil {
          throw CaseFailure("FullDuplexCall: a response that nobody asked for")
        }
      }
    }
  }
}
