import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/events`: CloudEvents in the structured, batched and binary mode; `GET`: the events that are about no vehicle.
///
/// Source: CloudEvents HTTP protocol binding 1.0.2, section 3. Beyond it, a JSON document without `ce-` headers is taken
/// for a structured event, or for a batch when it is an array, whatever its media type says.
struct EventRoute: Sendable {
  static let path = "/api/v1/twin/events"
  private static let structured = "application/cloudevents"
  private static let batch = "application/cloudevents-batch"
  private static let listFields = ["from", "to", "page_size", "page_token"]

  private let telemetry: TelemetryServiceClient
  private let fleet: FleetServiceClient
  private let request: ProtoJSONTranscoder
  private let event: ProtoJSONTranscoder
  private let response: ProtoJSONTranscoder
  private let listRequest: ProtoJSONTranscoder
  private let listResponse: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    telemetry = TelemetryServiceClient(stateSync)
    fleet = FleetServiceClient(stateSync)
    request = try schema.transcoder(for: PublishEventsRequest.messageName)
    event = try schema.transcoder(for: Event.messageName)
    response = try schema.transcoder(for: PublishEventsResponse.messageName)
    listRequest = try schema.transcoder(for: ListObservationsRequest.messageName)
    listResponse = try schema.transcoder(for: ListObservationsResponse.messageName)
  }

  // MARK: Publishing

  func publish(_ http: Request) async throws -> Response {
    if let name = http.uri.queryParameters.first?.key {
      throw Problem.invalid(String(name), "isn't a parameter of this call")
    }
    var http = http
    let body = try await Transcoding.collected(&http)
    let media = Self.mediaType(http)
    let attributes = try BinaryEvent.attributes(of: http.headers)
    let isDocument = media.hasPrefix(Self.structured) || attributes.isEmpty
    let first = body.readableBytesView.first { !Self.isSpace($0) }
    let isArray = isDocument && first == UInt8(ascii: "[")
    let events: [Event]
    if isDocument {
      try Self.check(media, isArray: isArray)
      guard first != nil else { throw Problem.invalid("", "the request needs an event") }
      let message = try request.encode(
        json: Array(body.readableBytesView), options: .init(bodyField: "events", foldField: "extensions"))
      events = try PublishEventsRequest(serialized: ByteBuffer(bytes: message)).events
    } else {
      events = [try BinaryEvent(attributes: attributes, body: body, mediaType: http.headers[.contentType]).event(event)]
    }
    // A batch may be empty; source: section 3.3.2
    let answer =
      events.isEmpty ? PublishEventsResponse() : try await telemetry.publishEvents(PublishEventsRequest(events: events))
    guard answer.accepted > 0 || answer.duplicate > 0 || answer.rejected == 0 else {
      throw Problem.invalid(
        answer.rejections.map { rejection in
          Problem.Field(field: (isArray ? "[\(rejection.index)]." : "") + rejection.field, message: rejection.message)
        })
    }
    return try Self.document(response, answer)
  }

  /// The media type without its parameters, in lower case; empty when there is none.
  private static func mediaType(_ http: Request) -> String {
    (http.headers[.contentType]?.prefix { $0 != ";" } ?? "").lowercased().trimmingSpaces
  }

  private static func check(_ media: String, isArray: Bool) throws {
    guard media.hasPrefix(structured) else { return }
    guard media == "\(structured)+json" || media == "\(batch)+json" else {
      throw Problem(
        .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "of the event formats only JSON is read, not \(media)")
    }
    if isArray != media.hasPrefix(batch) {
      throw Problem.invalid("", isArray ? "one event must be an object" : "a batch must be an array of events")
    }
  }

  /// Source: RFC 8259 §2
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  // MARK: Reading

  func list(_ http: Request) async throws -> Response {
    var parameters: [(name: String, value: String)] = [("kind", "event")]
    for (name, value) in http.uri.queryParameters {
      guard Self.listFields.contains(String(name)) else {
        throw Problem.invalid(String(name), "isn't a parameter of this call")
      }
      parameters.append((String(name), String(value)))
    }
    let message = try listRequest.encode(parameters: parameters)
    let list = try ListObservationsRequest(serialized: ByteBuffer(bytes: message))
    return try Self.document(listResponse, try await fleet.listObservations(list))
  }

  private static func document(_ transcoder: ProtoJSONTranscoder, _ message: some RPCMessage) throws -> Response {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    let json = try transcoder.decode(protobuf: Array(buffer.readableBytesView))
    return Response(
      status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: json)))
  }
}

extension String {
  var trimmingSpaces: String {
    var text = self[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text.drop { $0 == " " || $0 == "\t" })
  }
}
