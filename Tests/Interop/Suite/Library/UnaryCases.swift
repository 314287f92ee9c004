import RPCCore
import TestProto

/// `empty_unary`, `large_unary` and `custom_metadata`.
enum UnaryCases {
  static func empty(_ client: CaseClient) async throws {
    let response = try await client.service.emptyCall(Empty(), options: client.options())
    try expect(response, equals: Empty(), "EmptyCall")
  }

  static func large(_ client: CaseClient) async throws {
    let response = try await client.service.unaryCall(Zeros.largeRequest, options: client.options())
    try Zeros.check(response.payload, Zeros.unaryResponse, "UnaryCall")
  }

  private static let initialValue = "test_initial_metadata_value"
  private static let trailingValue: [UInt8] = [0xAB, 0xAB, 0xAB]

  static func customMetadata(_ client: CaseClient) async throws {
    var metadata = Metadata()
    metadata.add(EchoMetadata.initialKey, initialValue)
    metadata.add(EchoMetadata.trailingKey, bytes: trailingValue)

    let unary = try await client.unary(Zeros.largeRequest, metadata: metadata)
    try Zeros.check(unary.response.payload, Zeros.unaryResponse, "UnaryCall")
    try check(initial: unary.initial, trailing: unary.trailing, "UnaryCall")

    let (initial, trailing) = try await client.channel.call(
      TestServiceMethods.fullDuplexCall, options: client.options(metadata: metadata)
    ) { call in
      try await call.send(
        StreamingOutputCallRequest(
          responseParameters: [ResponseParameters(size: Int32(Zeros.unaryResponse))],
          payload: Zeros.payload(Zeros.unaryRequest)))
      call.finishSending()
      let response = try await call.receive(StreamingOutputCallResponse.self)
      try Zeros.check(response?.payload, Zeros.unaryResponse, "FullDuplexCall")
      guard try await call.receive(StreamingOutputCallResponse.self) == nil else {
        throw CaseFailure("FullDuplexCall: more than one response")
      }
      return (try await call.initialMetadata, call.trailers)
    }
    try check(initial: initial, trailing: trailing, "FullDuplexCall")
  }

  private static func check(initial: Metadata, trailing: Metadata, _ what: String) throws {
    try expect(
      initial.values(EchoMetadata.initialKey), equals: [.text(initialValue)],
      "\(what): \(EchoMetadata.initialKey) in the initial metadata")
    try expect(
      trailing.values(EchoMetadata.trailingKey), equals: [.binary(trailingValue)],
      "\(what): \(EchoMetadata.trailingKey) in the trailing metadata")
  }
}
