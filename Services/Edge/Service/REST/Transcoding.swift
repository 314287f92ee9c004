import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import RPCErrors

/// The bytes of a message, so that the edge need not know its type.
struct EncodedMessage: RPCMessage {
  static let messageName = "encoded"
  var bytes: ByteBuffer

  init(_ bytes: [UInt8]) { self.bytes = ByteBuffer(bytes: bytes) }

  init(serialized buffer: ByteBuffer) { bytes = buffer }

  func serialize(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }

  var array: [UInt8] { Array(bytes.readableBytesView) }
}

/// Makes an RPC of a REST request, and a response of the answer.
struct Transcoding: Sendable {
  /// The longest body of a call that isn't an upload, in bytes.
  static let maxBody = 4 * 1024 * 1024
  /// The longest Idempotency-Key, in characters.
  static let maxKeyLength = 128
  private static let requestIDField = "request_id"

  let endpoint: Endpoint
  let channel: any RPCChannel
  private let request: ProtoJSONTranscoder
  private let response: ProtoJSONTranscoder

  init(_ endpoint: Endpoint, channel: any RPCChannel, schema: ProtoJSONSchema) throws {
    self.endpoint = endpoint
    self.channel = channel
    request = try schema.transcoder(for: endpoint.requestMessage)
    response = try schema.transcoder(for: endpoint.responseMessage)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    let message = try await message(http, context, ignoring: endpoint.ignoredQuery)
    let answer: EncodedMessage
    do {
      answer = try await channel.unary(
        endpoint.rpc, EncodedMessage(message), options: CallOptions(timeout: endpoint.timeout),
        response: EncodedMessage.self)
    } catch let error as RPCError where error.code == .resourceExhausted && ServiceFault(error) == nil {
      // Not the service's answer: the message is longer than one may be.
      guard let bound = endpoint.body?.bound else { throw error }
      throw Problem(.contentTooLarge, "BODY_TOO_LARGE", "\(error.message); \(bound)")
    } catch let error as RPCError {
      throw asWritten(error)
    }
    guard !endpoint.isEmpty else { return Response(status: endpoint.status) }
    let json = try response.decode(protobuf: answer.array, options: .init(bodyField: endpoint.answerField))
    var headers: HTTPFields = [.contentType: "application/json"]
    if let location = endpoint.location { headers[.location] = Self.filled(location, json) }
    return Response(status: endpoint.status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json)))
  }

  /// Fields that the service names in the message have other paths in a document that is only a part of it.
  private func asWritten(_ error: RPCError) -> any Error {
    guard let field = endpoint.body?.field else { return error }
    var problem = Problem(error)
    guard let errors = problem.errors, errors.contains(where: { $0.field.hasPrefix("\(field).") }) else { return error }
    let own = errors.map { wrong in
      wrong.field.hasPrefix("\(field).")
        ? Problem.Field(field: String(wrong.field.dropFirst(field.count + 1)), message: wrong.message) : wrong
    }
    problem.errors = own
    problem.detail = Problem.invalid(own).detail
    return problem
  }

  /// The request message: its body, with what path, query and headers give.
  ///
  /// - Parameter ignoring: what the query may hold beside fields of the message.
  func message(_ http: Request, _ context: BasicRequestContext, ignoring: Set<String> = []) async throws -> [UInt8] {
    var outside: [(name: String, value: String)] = []
    for name in endpoint.pathNames {
      guard let value = context.parameters.get(name)?.removingPercentEncoding else {
        throw Problem.invalid(name, "can't be read from the path")
      }
      outside.append((endpoint.pathField[name] ?? name, value))
    }
    for (name, value) in http.uri.queryParameters where !ignoring.contains(String(name)) {
      guard endpoint.query.contains(String(name)) else {
        throw Problem.invalid(String(name), "isn't a parameter of this call")
      }
      outside.append((String(name), String(value)))
    }
    var reserved = Set(outside.map(\.name))
    if let key = http.headers[.idempotencyKey] {
      guard (1...Self.maxKeyLength).contains(key.count) else {
        throw Problem.invalid("Idempotency-Key", "must have 1 to \(Self.maxKeyLength) characters")
      }
    }
    if let key = http.headers[.idempotencyKey], request.fieldNames.contains(Self.requestIDField) {
      outside.append((Self.requestIDField, key))
      reserved.insert(Self.requestIDField)
    }
    var bytes: [UInt8] = []
    if let body = endpoint.body {
      let document = try await Self.document(http, isOptional: body.isOptional, bounds: body)
      var options = ProtoJSONTranscoder.EncodingOptions(
        bodyField: body.field, foldField: body.fold, reservedFields: reserved, aliases: body.aliases)
      options.limits.maximumDocumentBytes = body.maxBytes
      bytes = try request.encode(json: document, options: options)
    }
    if !outside.isEmpty { bytes += try request.encode(parameters: outside) }
    return bytes
  }

  /// The request's body, which stays readable.
  static func collected(_ http: inout Request, bounds: Endpoint.Body = .init()) async throws -> ByteBuffer {
    let tooLarge = Problem.bodyTooLarge(bounds.maxBytes, bounds.bound)
    // Told before it is sent: who waits for a 100 needs not send it at all.
    if let length = http.headers[.contentLength].flatMap({ Int($0) }), length > bounds.maxBytes { throw tooLarge }
    do {
      return try await http.collectBody(upTo: bounds.maxBytes)
    } catch is NIOTooManyBytesError {
      throw tooLarge
    }
  }

  /// The request's JSON document.
  static func document(_ http: Request, isOptional: Bool, bounds: Endpoint.Body = .init()) async throws -> [UInt8] {
    var http = http
    let body = try await collected(&http, bounds: bounds)
    if body.readableBytes == 0, isOptional { return Array("{}".utf8) }
    if let type = http.headers[.contentType] {
      let media = type.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? ""
      // curl's -d says it sends a form when it isn't told otherwise.
      guard media == "application/json" || media.hasSuffix("+json") || media == "application/x-www-form-urlencoded"
      else {
        throw Problem(
          .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json, not \(media)")
      }
    }
    guard body.readableBytes > 0 else { throw Problem.invalid("", "the request needs a JSON body") }
    return Array(body.readableBytesView)
  }

  /// The address of a new resource. The members it names are texts of the answer's top level.
  private static func filled(_ template: String, _ json: [UInt8]) -> String? {
    guard let members = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any] else { return nil }
    var address = template
    for (name, value) in members {
      if let text = value as? String { address = address.replacing("{\(name)}", with: text) }
    }
    return address
  }
}
