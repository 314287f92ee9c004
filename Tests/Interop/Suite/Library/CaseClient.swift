import RPCCore
import TestProto

/// Makes the calls of the cases, in the forms that they need.
struct CaseClient: Sendable {
  let channel: any RPCChannel
  let metadata: Metadata

  /// No case may hang: the longest that any one call may take.
  private static let longest = Duration.seconds(60)

  func options(timeout: Duration? = nil, metadata own: Metadata = Metadata(), encoding: MessageEncoding = .identity)
    -> CallOptions
  {
    var all = metadata
    all.append(contentsOf: own)
    return CallOptions(timeout: timeout ?? Self.longest, metadata: all, waitForReady: false, encoding: encoding)
  }

  var service: TestServiceClient { TestServiceClient(channel) }

  /// A unary call on which the compression of the one request and the one answer can be seen and set.
  ///
  /// - Returns: the answer, and whether it came compressed.
  func unary(_ request: SimpleRequest, compressed: Bool = false, metadata: Metadata = Metadata()) async throws -> (
    response: SimpleResponse, wasCompressed: Bool, initial: Metadata, trailing: Metadata
  ) {
    try await channel.call(
      TestServiceMethods.unaryCall, options: options(metadata: metadata, encoding: compressed ? .gzip : .identity)
    ) { call in
      try await call.send(request, compress: compressed)
      call.finishSending()
      guard let response = try await call.receive(SimpleResponse.self) else {
        throw CaseFailure("UnaryCall: status OK without a response")
      }
      let wasCompressed = call.lastResponseWasCompressed
      guard try await call.receive(SimpleResponse.self) == nil else {
        throw CaseFailure("UnaryCall: more than one response")
      }
      return (response, wasCompressed, try await call.initialMetadata, call.trailers)
    }
  }
}

/// The payloads of the cases.
enum Zeros {
  static let unaryRequest = 271_828
  static let unaryResponse = 314_159

  static func payload(_ size: Int) -> Payload { Payload(body: [UInt8](repeating: 0, count: size)) }

  /// Checks that a payload is there and is so many zeros.
  static func check(_ payload: Payload?, _ size: Int, _ what: String) throws {
    guard let payload else { throw CaseFailure("\(what): the response has no payload") }
    try expect(payload.body.count, equals: size, "\(what): size of the payload")
    try expect(payload.body.allSatisfy { $0 == 0 }, "\(what): the payload is not all zeros")
  }

  static var largeRequest: SimpleRequest {
    SimpleRequest(responseSize: Int32(unaryResponse), payload: payload(unaryRequest))
  }
}
