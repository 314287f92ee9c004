import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/vehicles/{id}/observations`: sensor, environment and operations samples, and vehicle samples beside them.
struct ObservationRoute: Sendable {
  static let path = "/api/v1/twin/vehicles/{id}/observations"

  private let push: Transcoding
  private let response: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    push = try Transcoding(
      Endpoint(
        .post, Self.path, TelemetryServiceMethods.pushTelemetry, PushTelemetryRequest.self,
        PushTelemetryResponse.self, pathField: ["id": "vehicle_id"], query: ["source"], body: .init()),
      channel: stateSync, schema: schema)
    response = try schema.transcoder(for: PushTelemetryResponse.messageName)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    let answer = try await push.channel.unary(
      push.endpoint.rpc, EncodedMessage(try await push.message(http, context)), response: EncodedMessage.self)
    let pushed = try PushTelemetryResponse(serialized: answer.bytes)
    // Of several samples some may be good: then the answer tells of each. When none is, the request is wrong.
    guard pushed.accepted > 0 || pushed.duplicate > 0 || pushed.rejected == 0 else {
      throw Problem.invalid(
        pushed.rejections.map { rejection in
          // Those of the other kinds say which sample it is.
          let isVehicleSample = !rejection.field.contains("_samples[")
          let place = isVehicleSample ? "samples[\(rejection.row)]" : ""
          let dot = place.isEmpty || rejection.field.isEmpty ? "" : "."
          return Problem.Field(field: place + dot + rejection.field, message: rejection.message)
        })
    }
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try response.decode(protobuf: answer.array))))
  }
}
