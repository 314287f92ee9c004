import RPCCore
import TestProto

/// The cases of calls that the server ends with an error.
enum StatusCases {
  static func codeAndMessage(_ client: CaseClient) async throws {
    let status = EchoStatus(code: 2, message: "test status message")
    try await unary(client, status)
    let error = try await expectStatus(.unknown, "FullDuplexCall") {
      try await client.service.fullDuplexCall(options: client.options()) { requests, responses in
        try await requests.write(StreamingOutputCallRequest(responseStatus: status))
        requests.finish()
        for try await _ in responses { throw CaseFailure("FullDuplexCall: a response beside the status") }
      }
    }
    try expect(error.message, equals: status.message, "FullDuplexCall: status message")
  }

  static func specialMessage(_ client: CaseClient) async throws {
    try await unary(
      client,
      EchoStatus(
        code: 2, message: "\t\ntest with whitespace\r\nand Unicode BMP \u{263A} and non-BMP \u{1F608}\t\n"))
  }

  private static func unary(_ client: CaseClient, _ status: EchoStatus) async throws {
    let error = try await expectStatus(.unknown, "UnaryCall") {
      _ = try await client.service.unaryCall(SimpleRequest(responseStatus: status), options: client.options())
    }
    // Byte for byte: Swift's == would take other normal forms for the same text.
    try expect(Array(error.message.utf8), equals: Array(status.message.utf8), "UnaryCall: bytes of the status message")
  }

  static func unimplementedMethod(_ client: CaseClient) async throws {
    try await expectStatus(.unimplemented, "TestService/UnimplementedCall") {
      _ = try await client.service.unimplementedCall(Empty(), options: client.options())
    }
  }

  static func unimplementedService(_ client: CaseClient) async throws {
    try await expectStatus(.unimplemented, "UnimplementedService/UnimplementedCall") {
      _ = try await UnimplementedServiceClient(client.channel).unimplementedCall(Empty(), options: client.options())
    }
  }
}
