import RPCCore
import TestProto

/// The cases of streams that end well.
enum StreamingCases {
  private static let requestSizes = [27_182, 8, 1_828, 45_904]
  private static let responseSizes = [31_415, 9, 2_653, 58_979]

  static func client(_ client: CaseClient) async throws {
    let response = try await client.service.streamingInputCall(options: client.options()) { requests in
      for size in requestSizes { try await requests.write(StreamingInputCallRequest(payload: Zeros.payload(size))) }
    }
    try expect(response.aggregatedPayloadSize, equals: 74_922, "StreamingInputCall: aggregated_payload_size")
  }

  static func server(_ client: CaseClient) async throws {
    let request = StreamingOutputCallRequest(
      responseParameters: responseSizes.map { ResponseParameters(size: Int32($0)) })
    try await client.service.streamingOutputCall(request, options: client.options()) { responses in
      try await check(responses, "StreamingOutputCall")
    }
  }

  static func pingPong(_ client: CaseClient) async throws {
    try await client.service.fullDuplexCall(options: client.options()) { requests, responses in
      var answers = responses.makeAsyncIterator()
      for (request, response) in zip(requestSizes, responseSizes) {
        try await requests.write(Self.request(request, response))
        guard let answer = try await answers.next() else {
          throw CaseFailure("FullDuplexCall: the stream ended before the answer of \(response) bytes")
        }
        try Zeros.check(answer.payload, response, "FullDuplexCall")
      }
      requests.finish()
      guard try await answers.next() == nil else {
        throw CaseFailure("FullDuplexCall: more responses than asked for")
      }
    }
  }

  static func halfDuplex(_ client: CaseClient) async throws {
    try await client.service.halfDuplexCall(options: client.options()) { requests, responses in
      for (request, response) in zip(requestSizes, responseSizes) {
        try await requests.write(Self.request(request, response))
      }
      requests.finish()
      try await check(responses, "HalfDuplexCall")
    }
  }

  static func empty(_ client: CaseClient) async throws {
    let count = try await client.service.fullDuplexCall(options: client.options()) { requests, responses in
      requests.finish()
      var count = 0
      for try await _ in responses { count += 1 }
      return count
    }
    try expect(count, equals: 0, "FullDuplexCall: number of responses")
  }

  private static func request(_ request: Int, _ response: Int) -> StreamingOutputCallRequest {
    StreamingOutputCallRequest(
      responseParameters: [ResponseParameters(size: Int32(response))], payload: Zeros.payload(request))
  }

  /// Checks for the four responses, in order, and no other.
  private static func check(_ responses: ClientResponses<StreamingOutputCallResponse>, _ what: String) async throws {
    var sizes = responseSizes[...]
    for try await response in responses {
      guard let size = sizes.popFirst() else { throw CaseFailure("\(what): more responses than asked for") }
      try Zeros.check(response.payload, size, what)
    }
    try expect(sizes.count, equals: 0, "\(what): number of missing responses")
  }
}
