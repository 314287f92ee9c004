import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `GET …/vehicles/{id}/history`: what was received, as JSON or CSV.
struct HistoryRoute: Sendable {
  private static let fields = ["from", "to", "limit", "page_token", "interval_s", "source"]

  let fleet: FleetServiceClient
  private let request: ProtoJSONTranscoder
  private let response: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    fleet = FleetServiceClient(stateSync)
    request = try schema.transcoder(for: GetHistoryRequest.messageName)
    response = try schema.transcoder(for: GetHistoryResponse.messageName)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    var parameters = [(name: "vehicle_id", value: try RunRoutes.id(context))]
    var format = "json"
    for (name, value) in http.uri.queryParameters {
      if name == "format" {
        format = String(value)
      } else if Self.fields.contains(String(name)) {
        parameters.append((String(name), String(value)))
      } else {
        throw Problem.invalid(String(name), "isn't a parameter of this call")
      }
    }
    guard format == "json" || format == "csv" else { throw Problem.invalid("format", "must be json or csv") }
    let answer = try await fleet.channel.unary(
      FleetServiceMethods.getHistory, EncodedMessage(try request.encode(parameters: parameters)),
      response: EncodedMessage.self)
    if format == "json" {
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(bytes: try response.decode(protobuf: answer.array))))
    }
    let history = try GetHistoryResponse(serialized: answer.bytes)
    var lines = [Self.columns.map(\.name).joined(separator: ",")]
    lines += try history.samples.map { sample in
      try Self.columns.map { try $0.text(sample) }.joined(separator: ",")
    }
    var headers: HTTPFields = [.contentType: "text/csv; charset=utf-8"]
    // A table has no place for it.
    if !history.nextPageToken.isEmpty { headers[.nextPageToken] = history.nextPageToken }
    return Response(
      status: .ok, headers: headers,
      body: .init(byteBuffer: ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n")))
  }

  private struct Column: Sendable {
    var name: String
    var text: @Sendable (TelemetrySample) throws -> String

    init(_ name: String, _ value: @escaping @Sendable (TelemetrySample) -> Double?) {
      self.name = name
      text = { sample in value(sample).map { "\($0)" } ?? "" }
    }

    init(_ name: String, text: @escaping @Sendable (TelemetrySample) throws -> String) {
      self.name = name
      self.text = text
    }
  }

  /// The columns of a telemetry table, as the contract names them.
  private static let columns: [Column] = [
    Column("sequence", text: { "\($0.sequence)" }),
    Column("time", text: { $0.time.map(RFC3339.text) ?? "" }),
    Column("lat") { $0.lat }, Column("lon") { $0.lon }, Column("x_m") { $0.xM }, Column("y_m") { $0.yM },
    Column("altitude_m") { $0.altitudeM }, Column("speed_mps") { $0.speedMps },
    Column("heading_deg") { $0.headingDeg }, Column("yaw_rate_rps") { $0.yawRateRps },
    Column("steering_rad") { $0.steeringRad }, Column("acceleration_mps2") { $0.accelerationMps2 },
    Column("lateral_acceleration_mps2") { $0.lateralAccelerationMps2 }, Column("throttle") { $0.throttle },
    Column("brake") { $0.brake }, Column("gear", text: { $0.gear.map { "\($0)" } ?? "" }),
  ]
}

/// Moments as text.
enum RFC3339 {
  /// In UTC, with as many decimals of a second as are needed, in threes.
  static func text(_ timestamp: ProtoTimestamp) -> String {
    let seconds = Date(timeIntervalSince1970: Double(timestamp.seconds)).formatted(.iso8601)
    guard timestamp.nanos != 0 else { return seconds }
    var fraction = String(1_000_000_000 + Int(timestamp.nanos)).dropFirst()
    while fraction.hasSuffix("000") { fraction.removeLast(3) }
    return "\(seconds.dropLast()).\(fraction)Z"
  }
}

extension HTTPField.Name {
  static let nextPageToken = HTTPField.Name("X-Next-Page-Token")!
}
