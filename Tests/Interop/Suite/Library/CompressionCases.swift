import RPCCore
import TestProto

/// The cases that look at the compressed flag of single messages.
enum CompressionCases {
  static func clientUnary(_ client: CaseClient, probes: Bool) async throws {
    var request = Zeros.largeRequest
    request.expectCompressed = BoolValue(value: true)
    if probes {
      try await expectStatus(.invalidArgument, "UnaryCall, uncompressed where compression is expected") { [request] in
        _ = try await client.unary(request)
      }
    }
    let compressed = try await client.unary(request, compressed: true)
    try Zeros.check(compressed.response.payload, Zeros.unaryResponse, "UnaryCall, compressed")
    request.expectCompressed = BoolValue(value: false)
    let uncompressed = try await client.unary(request)
    try Zeros.check(uncompressed.response.payload, Zeros.unaryResponse, "UnaryCall, uncompressed")
  }

  static func serverUnary(_ client: CaseClient) async throws {
    for isCompressed in [true, false] {
      var request = Zeros.largeRequest
      request.responseCompressed = BoolValue(value: isCompressed)
      let answer = try await client.unary(request)
      try Zeros.check(answer.response.payload, Zeros.unaryResponse, "UnaryCall")
      try expect(answer.wasCompressed, equals: isCompressed, "UnaryCall: compressed flag of the response")
    }
  }

  static func clientStreaming(_ client: CaseClient, probes: Bool) async throws {
    let first = StreamingInputCallRequest(payload: Zeros.payload(27_182), expectCompressed: BoolValue(value: true))
    let second = StreamingInputCallRequest(payload: Zeros.payload(45_904), expectCompressed: BoolValue(value: false))
    if probes {
      try await expectStatus(.invalidArgument, "StreamingInputCall, uncompressed where compression is expected") {
        _ = try await client.service.streamingInputCall(options: client.options()) { try await $0.write(first) }
      }
    }
    let response = try await client.service.streamingInputCall(options: client.options(encoding: .gzip)) { requests in
      try await requests.write(first)
      try await requests.write(second, compress: false)
    }
    try expect(response.aggregatedPayloadSize, equals: 73_086, "StreamingInputCall: aggregated_payload_size")
  }

  static func serverStreaming(_ client: CaseClient) async throws {
    let wanted = [(size: 31_415, isCompressed: true), (size: 92_653, isCompressed: false)]
    let request = StreamingOutputCallRequest(
      responseParameters: wanted.map {
        ResponseParameters(size: Int32($0.size), compressed: BoolValue(value: $0.isCompressed))
      })
    try await client.service.streamingOutputCall(request, options: client.options()) { responses in
      var answers = responses.makeAsyncIterator()
      for (size, isCompressed) in wanted {
        guard let answer = try await answers.next() else {
          throw CaseFailure("StreamingOutputCall: the stream ended before the response of \(size) bytes")
        }
        try Zeros.check(answer.payload, size, "StreamingOutputCall")
        try expect(
          responses.call.lastResponseWasCompressed, equals: isCompressed,
          "StreamingOutputCall: compressed flag of the response of \(size) bytes")
      }
      guard try await answers.next() == nil else {
        throw CaseFailure("StreamingOutputCall: more responses than asked for")
      }
    }
  }
}
