import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import RPCErrors

/// An error as the public contract tells it. Source: RFC 9457
struct Problem: Error, Encodable, Equatable {
  /// One field that is wrong.
  struct Field: Encodable, Equatable {
    var field: String
    var message: String
  }

  var type = "about:blank"
  var title: String
  var status: Int
  var detail: String
  /// Stable, for programs.
  var code: String
  var errors: [Field]?
  /// Seconds; sent as Retry-After.
  var retryAfter: Int?
  var requestID: String?
  /// The methods that the path has; sent as Allow.
  var allowed: [HTTPRequest.Method] = []
  /// Sent beside those.
  var headers: HTTPFields = [:]

  enum CodingKeys: String, CodingKey {
    case type, title, status, detail, code, errors
    case requestID = "request_id"
  }

  init(_ status: HTTPResponse.Status, _ code: String, _ detail: String, errors: [Field]? = nil) {
    self.status = status.code
    title = status.reasonPhrase
    self.code = code
    self.detail = detail
    self.errors = errors
  }

  static func invalid(_ errors: [Field]) -> Problem {
    Problem(
      .badRequest, "INVALID_ARGUMENT",
      errors.map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }.joined(separator: "; "),
      errors: errors)
  }

  static func invalid(_ field: String, _ message: String) -> Problem {
    invalid([Field(field: field, message: message)])
  }

  static let bodyTooLarge = bodyTooLarge(Transcoding.maxBody, nil)

  /// - Parameter bound: what else a caller must know of it.
  static func bodyTooLarge(_ bytes: Int, _ bound: String?) -> Problem {
    Problem(
      .contentTooLarge, "BODY_TOO_LARGE", "the body is larger than \(bytes) bytes" + (bound.map { "; \($0)" } ?? ""))
  }

  /// What an RPC's status is over HTTP. Source of the mapping: google/rpc/code.proto, with 409 for a state that forbids it
  init(_ error: RPCError) {
    let status: HTTPResponse.Status =
      switch error.code {
      case .invalidArgument, .outOfRange: .badRequest
      case .unauthenticated: .unauthorized
      case .permissionDenied: .forbidden
      case .notFound: .notFound
      case .alreadyExists, .failedPrecondition, .aborted: .conflict
      case .resourceExhausted: .tooManyRequests
      case .cancelled: .init(code: 499, reasonPhrase: "Client Closed Request")
      case .unimplemented: .notImplemented
      case .unavailable: .serviceUnavailable
      case .deadlineExceeded: .gatewayTimeout
      case .ok, .unknown, .internalError, .dataLoss: .internalServerError
      }
    guard let fault = ServiceFault(error) else {
      self.init(status, error.code.name, error.message)
      if error.code == .unavailable { retryAfter = 1 }
      return
    }
    let errors = fault.violations.map { Field(field: $0.field, message: $0.description) }
    self.init(status, fault.reason, fault.message, errors: errors.isEmpty ? nil : errors)
    retryAfter = fault.retryAfter.map { max(1, Int(($0 / .seconds(1)).rounded(.up))) }
  }

  /// What is wrong with a document.
  init(_ error: ProtoJSONError) {
    switch error.reason {
    case .documentTooLarge: self.init(.contentTooLarge, "BODY_TOO_LARGE", error.description)
    case .malformedMessage, .unknownMessage: self.init(.internalServerError, "INTERNAL", "the answer can't be read")
    default: self = .invalid(error.violations.map { Field(field: $0.path, message: $0.message) })
    }
  }

  /// Whatever a handler threw.
  init(thrown error: any Error) {
    switch error {
    case let error as Problem: self = error
    case let error as RPCError: self.init(error)
    case let error as any RPCErrorConvertible: self.init(error.rpcError)
    case let error as ProtoJSONError: self.init(error)
    case let error as HTTPError:
      let code =
        switch error.status {
        case .notFound: "NOT_FOUND"
        case .contentTooLarge: "BODY_TOO_LARGE"
        case .methodNotAllowed: "METHOD_NOT_ALLOWED"
        default: "HTTP_\(error.status.code)"
        }
      self.init(error.status, code, error.body ?? error.status.reasonPhrase)
    case is NIOTooManyBytesError: self = .bodyTooLarge
    case let error as any HTTPResponseError:
      self.init(error.status, "HTTP_\(error.status.code)", error.status.reasonPhrase)
    case is CancellationError: self.init(RPCError(.cancelled, "the client went away"))
    default: self.init(.internalServerError, "INTERNAL", "an unexpected fault; the log of the edge tells more")
    }
  }

  var response: Response {
    var headers = headers
    headers[.contentType] = "application/problem+json"
    if let retryAfter { headers[.retryAfter] = String(retryAfter) }
    if !allowed.isEmpty { headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = (try? encoder.encode(self)) ?? Data()
    return Response(
      status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}
