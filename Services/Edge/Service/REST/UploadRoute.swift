import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/telemetry:batch`: a file of samples of any number of vehicles, passed on as it comes.
struct UploadRoute: Sendable {
  static let path = "/api/v1/twin/telemetry:batch"
  /// The longest part that is passed on in one message, in bytes.
  private static let chunk = 256 << 10
  private static let formats: [String: UploadFormat] = ["ndjson": .ndjson, "csv": .csv]
  private static let mediaTypes: [String: UploadFormat] = [
    "application/x-ndjson": .ndjson, "application/ndjson": .ndjson, "application/jsonl": .ndjson,
    "application/x-jsonlines": .ndjson, "text/csv": .csv,
  ]
  private static let taken =
    "application/x-ndjson, application/jsonl or text/csv are taken, also with Content-Encoding: gzip"

  private let telemetry: any RPCChannel
  private let response: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    telemetry = stateSync
    response = try schema.transcoder(for: Upload.messageName)
  }

  func handle(_ http: Request) async throws -> Response {
    let header = try Self.header(http)
    let length = http.headers[.contentLength].flatMap { UInt64($0) }
    let answer: EncodedMessage
    do {
      answer = try await telemetry.clientStreaming(
        TelemetryServiceMethods.uploadTelemetry, response: EncodedMessage.self
      ) { requests in
        try await requests.write(UploadTelemetryRequest(content: .header(header)))
        try await Self.pass(http.body, length, WebSocketGateway.channel, to: requests)
      }
    } catch let error as RPCError {
      throw Self.asWritten(error)
    }
    let upload = try Upload(serialized: answer.bytes)
    return Response(
      status: .accepted,
      headers: [.contentType: "application/json", .location: "/api/v1/twin/uploads/\(upload.id)"],
      body: .init(byteBuffer: ByteBuffer(bytes: try response.decode(protobuf: answer.array))))
  }

  /// Passes the body on; not faster than it is taken.
  ///
  /// - Throws: `CancellationError` when the connection breaks, whose end must not look like that of the file.
  private static func pass(
    _ body: RequestBody, _ length: UInt64?, _ connection: (any Channel)?,
    to requests: ClientRequests<UploadTelemetryRequest>
  ) async throws {
    var bytes: UInt64 = 0
    for try await var buffer in body {
      bytes += UInt64(buffer.readableBytes)
      while buffer.readableBytes > 0, let part = buffer.readBytes(length: min(chunk, buffer.readableBytes)) {
        try await requests.write(UploadTelemetryRequest(content: .chunk(part)))
      }
    }
    guard length.map({ $0 == bytes }) ?? (connection?.isActive ?? true) else { throw CancellationError() }
  }

  private static func header(_ http: Request) throws -> UploadHeader {
    var header = UploadHeader()
    for (name, value) in http.uri.queryParameters {
      let text = String(value)
      switch name {
      case "format":
        guard let format = formats[text] else { throw Problem.invalid("format", "must be ndjson or csv") }
        header.format = format
      case "vehicle_id": header.vehicleID = text
      case "source": header.source = text
      default: throw Problem.invalid(String(name), "isn't a parameter of this call")
      }
    }
    if let key = http.headers[.idempotencyKey] {
      guard (1...Transcoding.maxKeyLength).contains(key.count) else {
        throw Problem.invalid("Idempotency-Key", "must have 1 to \(Transcoding.maxKeyLength) characters")
      }
      header.requestID = key
    }
    let type = http.headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
    let media = type?.lowercased() ?? ""
    if header.format == .unspecified {
      guard let format = mediaTypes[media] else {
        let stated = media.isEmpty ? "of no stated type" : media
        throw unsupported("the body is \(stated); \(taken), or name it by ?format=")
      }
      header.format = format
    }
    switch http.headers[.contentEncoding]?.lowercased() ?? "identity" {
    case "identity": header.gzip = media == "application/gzip"
    case "gzip", "x-gzip": header.gzip = true
    case let other: throw unsupported("the body is encoded by \(other); \(taken)")
    }
    return header
  }

  private static func unsupported(_ detail: String) -> Problem {
    Problem(.unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", detail)
  }

  /// Fields of the messages by what they were made of.
  private static func asWritten(_ error: RPCError) -> any Error {
    var problem = Problem(error)
    guard let errors = problem.errors else { return error }
    problem.errors = errors.map { wrong in
      let field = wrong.field.hasPrefix("header.") ? String(wrong.field.dropFirst("header.".count)) : wrong.field
      return Problem.Field(field: field == "chunk" ? "body" : field, message: wrong.message)
    }
    problem.detail = Problem.invalid(problem.errors ?? []).detail
    return problem
  }
}
