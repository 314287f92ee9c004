import NIOCore
import ProtobufCodec
import RPCCore
import RPCInProcess
import Testing
import TwinProto

@testable import RPCErrors
@testable import RPCServices

@Suite(.timeLimit(.minutes(1))) struct HealthWatches {
  @Test func aWatchThatComesAfterTheEndOfWatchesEndsAtOnce() async throws {
    let health = HealthService(services: ["a"])
    health.set("a", .serving)
    health.endWatches()
    let client = GRPCHealthClient(InProcessChannel(Router(services: [health])))
    let error = await #expect(throws: RPCError.self) {
      try await client.watch(GRPCHealthCheckRequest(service: "a")) { answers in
        var statuses: [HealthService.Status] = []
        do {
          for try await answer in answers { statuses.append(answer.status) }
        } catch {
          #expect(statuses == [.serving])
          throw error
        }
      }
    }
    #expect(error?.code == .unavailable)
  }
}

@Suite struct RetryDelays {
  private func received(_ seconds: Int64, _ nanos: Int32 = 0) throws -> ServiceFault? {
    func packed<Message: RPCMessage>(_ message: Message) throws -> ProtoAny {
      var buffer = ByteBuffer()
      try message.serialize(into: &buffer)
      return ProtoAny(
        typeURL: "type.googleapis.com/\(Message.messageName)", value: Array(buffer.readableBytesView))
    }
    let status = GoogleRPCStatus(
      code: 14, message: "later",
      details: [
        try packed(GoogleRPCErrorInfo(reason: "STORE_UNAVAILABLE", domain: ServiceFault.domain, metadata: [:])),
        try packed(GoogleRPCRetryInfo(retryDelay: ProtoDuration(seconds: seconds, nanos: nanos))),
      ])
    var buffer = ByteBuffer()
    try status.serialize(into: &buffer)
    return ServiceFault(RPCError(.unavailable, "later", statusDetails: Array(buffer.readableBytesView)))
  }

  @Test(arguments: [Int64.max, .min, -1, 86_401])
  func anAbsurdDelayCountsAsNone(seconds: Int64) throws {
    let fault = try #require(try received(seconds))
    #expect(fault.reason == "STORE_UNAVAILABLE")
    #expect(fault.retryAfter == nil)
  }

  @Test func aDelayWithinADayIsKept() throws {
    #expect(try received(0)?.retryAfter == .zero)
    #expect(try received(1, 500_000_000)?.retryAfter == .milliseconds(1_500))
    #expect(try received(86_400)?.retryAfter == .seconds(86_400))
    #expect(try received(86_400, 1)?.retryAfter == nil)
    #expect(try received(0, -1)?.retryAfter == nil)
  }
}

@Suite struct ReflectedSymbols {
  private static let index = ReflectionIndex(services: [], files: TwinDescriptors.files)

  @Test func everyTypeAndServiceThatAFileListsIsFound() {
    for file in TwinDescriptors.files {
      for symbol in file.services + file.types {
        #expect(Self.index.file(containing: symbol)?.first == file.descriptor, "\(symbol)")
      }
    }
  }

  @Test(arguments: [
    "google.rpc.NOT_FOUND", "google.rpc.Code.NOT_FOUND", "grpc.health.v1.HealthCheckResponse.SERVING",
    "grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc.health.v1.HealthCheckResponse.status",
    "grpc.health.v1.Health.Check", "google.protobuf.Value.kind", "google.protobuf.NULL_VALUE",
  ])
  func whatLiesInsideIsFound(symbol: String) { #expect(Self.index.file(containing: symbol) != nil) }

  @Test(arguments: [
    "", "google", "google.rpc", "google.rpc.NO_SUCH", "grpc.health.v1.Health.NoSuch",
    "grpc.health.v1.HealthCheckResponse.no_such", "grpc.health.v1.Health.Check.more",
  ])
  func whatNobodyDeclaresIsNot(symbol: String) { #expect(Self.index.file(containing: symbol) == nil) }
}
