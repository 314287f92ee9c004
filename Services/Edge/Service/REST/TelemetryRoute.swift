import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/vehicles/{id}/telemetry`: one sample, or an array.
struct TelemetryRoute: Sendable {
  static let path = "/api/v1/twin/vehicles/{id}/telemetry"

  private let push: Transcoding
  private let response: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    push = try Transcoding(
      Endpoint(
        .post, Self.path, TelemetryServiceMethods.pushTelemetry, PushTelemetryRequest.self,
        PushTelemetryResponse.self, pathField: ["id": "vehicle_id"], query: ["source"], body: .init(field: "samples")),
      channel: stateSync, schema: schema)
    response = try schema.transcoder(for: PushTelemetryResponse.messageName)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    var http = http
    let body = try await Transcoding.collected(&http)
    let isArray = body.readableBytesView.first { !Self.isSpace($0) } == UInt8(ascii: "[")
    let answer = try await push.channel.unary(
      push.endpoint.rpc, EncodedMessage(try await push.message(http, context)), response: EncodedMessage.self)
    let pushed = try PushTelemetryResponse(serialized: answer.bytes)
    // Of several samples some may be good: then the answer tells of each. When none is, the request is wrong.
    guard pushed.accepted > 0 || pushed.duplicate > 0 || pushed.rejected == 0 else {
      throw Problem.invalid(
        pushed.rejections.map { rejection in
          let place = isArray ? "[\(rejection.row)]" : ""
          let dot = place.isEmpty || rejection.field.isEmpty ? "" : "."
          return Problem.Field(field: place + dot + rejection.field, message: rejection.message)
        })
    }
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try response.decode(protobuf: answer.array))))
  }

  /// Source: RFC 8259 §2
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
