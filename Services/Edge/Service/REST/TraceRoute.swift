import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `GET …/results/{id}/trace`: the time series of every actor, streamed as JSON or CSV.
struct TraceRoute: Sendable {
  private static let fields = ["actor", "from_s", "to_s", "interval_s"]

  let results: ResultServiceClient
  let runs: RunRoutes
  private let request: ProtoJSONTranscoder
  private let chunk: ProtoJSONTranscoder

  init(results: any RPCChannel, runs: RunRoutes, schema: ProtoJSONSchema) throws {
    self.results = ResultServiceClient(results)
    self.runs = runs
    request = try schema.transcoder(for: StreamTraceRequest.messageName)
    chunk = try schema.transcoder(for: TraceChunk.messageName)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    var parameters = [(name: "id", value: try RunRoutes.id(context))]
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
    let bytes = try request.encode(parameters: parameters)
    let message = try StreamTraceRequest(serialized: ByteBuffer(bytes: bytes))
    switch format {
    case "json": return try await json(message)
    case "csv": return try await csv(message)
    default: throw Problem.invalid("format", "must be json or csv")
    }
  }

  /// Reads the whole trace once before the first byte leaves: an error must still be able to be one, and a table needs
  /// its columns.
  private func survey(_ message: StreamTraceRequest) async throws -> (runID: String, columns: TraceColumns) {
    do {
      return try await results.streamTrace(message) { chunks in
        var runID = ""
        var columns = TraceColumns()
        for try await chunk in chunks {
          runID = chunk.runID
          for row in chunk.rows { columns.add(row) }
        }
        return (runID, columns)
      }
    } catch let error as RPCError where error.code == .notFound {
      throw await runs.explained(error, message.id)
    }
  }

  private func json(_ message: StreamTraceRequest) async throws -> Response {
    let runID = try await survey(message).runID
    let results = results
    let chunk = chunk
    let body = ResponseBody { writer in
      let sink = BodySink(writer)
      try await sink.write(ByteBuffer(string: "{\"run_id\":\"\(runID)\",\"rows\":["))
      try await results.channel.serverStreaming(ResultServiceMethods.streamTrace, message) {
        (parts: ClientResponses<EncodedMessage>) in
        for try await part in parts {
          let rows = try chunk.decode(protobuf: part.array, options: .init(bodyField: "rows", emitsDefaults: true))
          // Without the brackets of its own array.
          guard rows.count > 2 else { continue }
          try await sink.write(ByteBuffer(bytes: rows.dropFirst().dropLast()), separator: ",")
        }
      }
      try await sink.write(ByteBuffer(string: "]}"))
      try await sink.finish()
    }
    return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
  }

  private func csv(_ message: StreamTraceRequest) async throws -> Response {
    let columns = try await survey(message).columns
    let results = results
    let body = ResponseBody { writer in
      let sink = BodySink(writer)
      try await sink.write(ByteBuffer(string: columns.header + "\r\n"))
      try await results.streamTrace(message) { chunks in
        for try await chunk in chunks {
          var buffer = ByteBuffer()
          for row in chunk.rows { buffer.writeString(columns.line(row) + "\r\n") }
          try await sink.write(buffer)
        }
      }
      try await sink.finish()
    }
    return Response(status: .ok, headers: [.contentType: "text/csv; charset=utf-8"], body: body)
  }
}

/// Writes a response while a call is read. The call's closure may run anywhere, but it and what is around it take turns,
/// so the writer is never used by two at once.
private final class BodySink: @unchecked Sendable {
  private var writer: any ResponseBodyWriter
  private var hasParts = false

  init(_ writer: any ResponseBodyWriter) { self.writer = writer }

  func write(_ bytes: ByteBuffer) async throws { try await writer.write(bytes) }

  /// Writes a part, with a separator before each but the first.
  func write(_ bytes: ByteBuffer, separator: StaticString) async throws {
    if hasParts { try await writer.write(ByteBuffer(staticString: separator)) }
    hasParts = true
    try await writer.write(bytes)
  }

  func finish() async throws { try await writer.finish(nil) }
}

/// The columns of a trace as a table: those that every row has, then those that any row has.
struct TraceColumns: Sendable {
  private static let optional: [(name: String, value: @Sendable (TraceRow) -> Double?)] = [
    ("lateral_acceleration_mps2", { $0.lateralAccelerationMps2 }), ("slip_angle_rad", { $0.slipAngleRad }),
    ("gap_m", { $0.gapM }), ("ttc_s", { $0.ttcS }), ("throttle", { $0.throttle }), ("brake", { $0.brake }),
    ("distance_m", { $0.distanceM }), ("energy_j", { $0.energyJ }), ("fuel_l", { $0.fuelL }),
    ("power_w", { $0.powerW }), ("grade", { $0.grade }),
  ]

  private var present = [Bool](repeating: false, count: optional.count)
  private var hasEvents = false
  private var extra: [String] = []

  mutating func add(_ row: TraceRow) {
    for (index, column) in Self.optional.enumerated() where !present[index] && column.value(row) != nil {
      present[index] = true
    }
    if !row.event.isEmpty { hasEvents = true }
    for name in row.extra.keys where !extra.contains(name) {
      extra.append(name)
      extra.sort()
    }
  }

  var header: String {
    var names = [
      "t_s", "actor", "x_m", "y_m", "heading_rad", "speed_mps", "acceleration_mps2", "yaw_rate_rps", "steering_rad",
    ]
    for (index, column) in Self.optional.enumerated() where present[index] { names.append(column.name) }
    names += extra
    if hasEvents { names.append("event") }
    return names.map(Self.quoted).joined(separator: ",")
  }

  func line(_ row: TraceRow) -> String {
    var cells = ["\(row.tS)", Self.quoted(row.actor)]
    cells += [
      row.xM, row.yM, row.headingRad, row.speedMps, row.accelerationMps2, row.yawRateRps, row.steeringRad,
    ].map { "\($0)" }
    for (index, column) in Self.optional.enumerated() where present[index] {
      cells.append(column.value(row).map { "\($0)" } ?? "")
    }
    for name in extra { cells.append(row.extra[name].map { "\($0)" } ?? "") }
    if hasEvents { cells.append(Self.quoted(row.event)) }
    return cells.joined(separator: ",")
  }

  /// Source: RFC 4180 §2
  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
