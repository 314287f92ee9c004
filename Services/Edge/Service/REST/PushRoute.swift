import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// Takes samples of one vehicle in.
struct PushRoute: Sendable {
  let path: String
  private let push: Transcoding
  private let response: ProtoJSONTranscoder
  /// Where a rejected sample stands in a body, which is an array or isn't.
  private let place: @Sendable (RejectedSample, _ isArray: Bool) -> String

  /// `POST …/vehicles/{id}/telemetry`: one vehicle sample, or an array.
  static func telemetry(_ stateSync: any RPCChannel, _ schema: ProtoJSONSchema) throws -> PushRoute {
    try PushRoute(
      "/api/v1/twin/vehicles/{id}/telemetry", .init(field: "samples"), stateSync, schema
    ) { rejection, isArray in isArray ? "[\(rejection.row)]" : "" }
  }

  /// `POST …/vehicles/{id}/observations`: sensor, environment and operations samples, and vehicle samples beside them.
  static func observations(_ stateSync: any RPCChannel, _ schema: ProtoJSONSchema) throws -> PushRoute {
    try PushRoute("/api/v1/twin/vehicles/{id}/observations", .init(), stateSync, schema) { rejection, _ in
      // Those of the other kinds say which sample it is.
      rejection.field.contains("_samples[") ? "" : "samples[\(rejection.row)]"
    }
  }

  private init(
    _ path: String, _ body: Endpoint.Body, _ stateSync: any RPCChannel, _ schema: ProtoJSONSchema,
    place: @escaping @Sendable (RejectedSample, Bool) -> String
  ) throws {
    self.path = path
    self.place = place
    push = try Transcoding(
      Endpoint(
        .post, path, TelemetryServiceMethods.pushTelemetry, PushTelemetryRequest.self, PushTelemetryResponse.self,
        pathField: ["id": "vehicle_id"], query: ["source"], body: body),
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
          let place = place(rejection, isArray)
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
